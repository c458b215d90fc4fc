import { describe, expect, it } from 'vitest';
import {
  type Act,
  decide,
  evolveAll,
  type InOutbox,
  nextActionOf,
  statusOf,
} from '../../src/engine/index.js';
import type { AccountFile, Case, StageMark } from '../../src/ledger/file.js';
import type { CreditLine } from '../../src/ledger/types.js';
import {
  aHold,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
  aStage,
  engineOf,
  free,
  instant,
  inTwoParts,
  owing,
  told,
} from '../support/build.js';

/** Whole answers, strictly: what is not known is not there. */

const noon = (day: string): number => instant(`2026-${day}T12:00:00-06:00`);
const now = noon('03-05');
const mxn = (minor: number) => [{ minor, currency: 'MXN' }];
const stages = [
  aStage('a', '1d'),
  aStage('b', '9d', { tone: 'firm', level: 4, do: [{ task: 'call' }] }),
  aStage('c', '20d', { tone: 'firm', do: [{ send: 'c' }] }),
];
const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
const mark = (stage: string, own: Partial<StageMark> = {}): StageMark => ({
  ...{ stage, occurrence: 1, state: 'done', on: '2026-03-02', tried: [], revision: 0 },
  ...own,
});
const aCase = (subject: string, own: Partial<Case> = {}): Case => ({
  ...{ id: `ladder/${subject}#1`, policy: 'ladder', version: 1, hash: '', subject, opening: 1 },
  ...{ opened: '2026-03-02', state: 'open', shift: 0, marks: [mark('a')], ...own },
});
const having = (file: AccountFile, ...cases: readonly Case[]): AccountFile => ({
  ...file,
  cases: Map.groupBy(cases, ({ subject }) => subject),
});
const chased = having(owing(anInvoice()), aCase('F1'));
const task = {
  ...{ at: noon('03-10') - 12 * 3_600_000, on: '2026-03-10', kind: 'task', becomes: 'raised' },
  ...{ policy: 'ladder', stage: 'b', name: 'call', items: ['F1'], totals: mxn(10_000), reason: 'not_yet' },
};
const item = {
  ...{ item: 'F1', invoice: 'F1', number: 'F1', currency: 'MXN', outstanding: 10_000, dunnable: 10_000 },
  ...{ due: '2026-03-01', overdue: true, daysPastDue: 4, policy: 'ladder' },
};

describe('the status', () => {
  it('of an account that is chased', () => {
    const level = { stage: 'a', number: 1 };
    expect(statusOf(engine, chased, now)).toStrictEqual({
      ...{ account: 'robles', on: '2026-03-05', effects: [] },
      policies: [
        {
          ...{ policy: 'ladder', currency: 'MXN', level },
          ...{ outstanding: 10_000, overdue: 10_000, dunnable: 10_000, next: task },
        },
      ],
      items: [
        {
          ...item,
          ...{ case: 'ladder/F1#1', state: 'open', level, reminders: 1, lastReminder: '2026-03-02' },
          ...{ daysSince: 3, next: task },
        },
      ],
      ...{ next: task, addresses: [], notes: [] },
    });
  });

  it('tells the exposure of an account with a credit line, a limit and its use where there is one', () => {
    const exposure = (credit: CreditLine | undefined, day = '03-05') => {
      const changed = told.account(anAccount({ credit }));
      return statusOf(engine, evolveAll(chased, [changed]), noon(day)).exposure;
    };
    const own = { draft: 0, open: 0, overdue: 10_000, returned: 0, total: 10_000, uninsured: 10_000 };
    const line = { currency: 'MXN', limit: 15_001 };
    expect(exposure(line)).toStrictEqual({
      ...{ currency: 'MXN', ...own, over: false },
      ...{ limit: 15_001, usedShare: 66 },
    });
    expect(exposure(line, '03-01')).toMatchObject({ open: 10_000, overdue: 0, total: 10_000 });
    expect(exposure({ ...line, insured: 1_000 })).toMatchObject({ limit: 16_001, uninsured: 9_000 });
    expect(exposure({ currency: 'MXN', limit: 0 })).toMatchObject({ limit: 0, usedShare: 1_000, over: true });
    expect(exposure({ currency: 'MXN' })).toStrictEqual({ currency: 'MXN', ...own, over: false });
    expect(statusOf(engine, chased, now)).not.toHaveProperty('exposure');
  });

  it('of what nobody chases, what is settled and what has no due date', () => {
    const nobody = engineOf(aLadder([], { stages }), aPlan({ default: null }, free));
    const { policy: _, ...bare } = item;
    expect(statusOf(nobody, owing(anInvoice()), now)).toStrictEqual({
      ...{ account: 'robles', on: '2026-03-05', effects: [], policies: [] },
      items: [{ ...bare, reminders: 0 }],
      ...{ addresses: [], notes: [] },
    });
    const paid = evolveAll(owing(anInvoice()), [told.payment(aPayment({ to: 'F1' }))]);
    expect(statusOf(engine, paid, now, { settled: true }).items).toStrictEqual([
      { ...bare, outstanding: 0, dunnable: 0, overdue: false, reminders: 0, settled: 'paid' },
    ]);
    const { due: _due, daysPastDue: _days, ...undated } = { ...item, overdue: false };
    const open = statusOf(engine, owing(anInvoice({ due: undefined })), now);
    expect(open.items).toMatchObject([undated]);
    expect(open.items[0]).not.toHaveProperty('daysPastDue');
  });

  it('names the segment, and a case that is over no more than its reminders', () => {
    const rule = { id: 'big', when: { fact: 'account.openItems', gte: 1 } } as const;
    const segmented = engineOf(aLadder([], { stages }), aPlan({ segments: [rule] }, free));
    expect(statusOf(segmented, chased, now).segment).toBe('big');
    const over = aCase('F1', { state: 'closed', closed: { reason: 'reset', on: '2026-03-03' } });
    const [one] = statusOf(engine, having(owing(anInvoice()), over), now).items;
    expect(one).toMatchObject({ policy: 'ladder', reminders: 1, lastReminder: '2026-03-02' });
    expect(Object.keys(one ?? {})).not.toContain('case');
    // What runs is told, wherever it stands among those before it.
    const again = aCase('F1', { id: 'ladder/F1#2', opening: 2, marks: [] });
    const [two] = statusOf(engine, having(owing(anInvoice()), again, over), now).items;
    expect(two).toMatchObject({ case: 'ladder/F1#2', state: 'open', reminders: 1 });
  });

  it('counts the messages of versions that nobody has any more, and of groups that an item left', () => {
    const reminders = (file: AccountFile): number | undefined =>
      statusOf(engine, file, now).items[0]?.reminders;
    const gone = aCase('F1', { policy: 'gone', id: 'gone/F1#1', marks: [mark('z')] });
    expect(reminders(having(owing(anInvoice()), gone))).toBe(1);
    const unknown = aCase('F1', { marks: [mark('z')] });
    expect(reminders(having(owing(anInvoice()), unknown))).toBe(1);
    const group = (told: readonly string[] | undefined) =>
      aCase('~MXN', { id: 'old/~MXN#1', policy: 'old', marks: [mark('a', { told })] });
    expect(reminders(having(owing(anInvoice()), group(['F1'])))).toBe(1);
    expect(reminders(having(owing(anInvoice()), group(['F2'])))).toBe(0);
    expect(reminders(having(owing(anInvoice()), group(undefined)))).toBe(0);
    const other = aCase('F2', { id: 'old/F2#1', policy: 'old', marks: [mark('a', { told: ['F1'] })] });
    expect(reminders(having(owing(anInvoice()), other))).toBe(0);
  });

  it('takes a group for an item only under its policy, and by its own key', () => {
    const grouping = engineOf(aLadder([], { stages, unit: { group: ['account'] } }), aPlan({}, free));
    const file = owing(anInvoice(), anInvoice({ id: 'U1', currency: 'USD' }));
    const one = aCase('~MXN', { carrier: 'F1' });
    const rows = (...cases: readonly Case[]) =>
      statusOf(grouping, having(file, ...cases), now).items.map(({ item: id, case: own, reminders }) => [
        id,
        own,
        reminders,
      ]);
    expect(rows(one)).toEqual([
      ['F1', 'ladder/~MXN#1', 1],
      ['U1', undefined, 0],
    ]);
    expect(rows(aCase('~MXN', { policy: 'other', id: 'other/~MXN#1' }))).toEqual([
      ['F1', undefined, 0],
      ['U1', undefined, 0],
    ]);
  });

  it('of an account with parts and money beyond is none below zero', () => {
    const file = evolveAll(owing(inTwoParts()), [told.payment(aPayment({ amount: 20_000, to: 'F1' }))]);
    expect(
      statusOf(engine, file, now, { settled: true }).items.map(({ outstanding }) => outstanding),
    ).toEqual([0, 0]);
  });
});

describe('what is next', () => {
  const fresh = owing(anInvoice());
  const sent = {
    ...{ kind: 'message', becomes: 'sent', policy: 'ladder', stage: 'a', name: 'a', channel: 'email' },
    ...{ contact: 'ana', role: 'billing', items: ['F1'], totals: mxn(10_000) },
  };

  it('is told with its message, channel, contact and role, at once without a reason', () => {
    expect(nextActionOf(engine, fresh, now)).toStrictEqual({
      ...{ account: 'robles', on: '2026-03-05', work: [], none: [] },
      next: { at: now, on: '2026-03-05', ...sent },
    });
  });

  it('is told with why it is not yet', () => {
    expect(nextActionOf(engine, chased, now).next).toStrictEqual(task);
    const held = evolveAll(fresh, [told.hold(aHold({ from: '2026-03-01', until: '2026-03-07' }))]);
    expect(nextActionOf(engine, held, now).next).toMatchObject({ on: '2026-03-09', reason: 'hold' });
    const grouping = engineOf(aLadder([], { stages, unit: { group: ['account'] } }), aPlan({}, free));
    expect(nextActionOf(grouping, held, now).next).toMatchObject({ on: '2026-03-09', reason: 'hold' });
  });

  it('is with nothing coming why, and with what was decided why it is kept back', () => {
    const forever = evolveAll(fresh, [told.hold(aHold({ from: '2026-03-01' }))]);
    const { next, none } = nextActionOf(engine, forever, now);
    expect([next, none.map(({ item: id, reason }) => [id, reason])]).toEqual([undefined, [['F1', 'hold']]]);
    const { acts, events } = decide(engine, fresh, now);
    const planned = evolveAll(fresh, events);
    const row = (own: Partial<InOutbox> = {}): InOutbox => ({ act: acts[0] as Act, notBefore: now, ...own });
    const later = now + 3_600_000;
    const outbox = (own: Partial<InOutbox>) => ({ outbox: [row(own)] });
    expect(nextActionOf(engine, planned, now, outbox({})).next).toMatchObject({ at: now, stage: 'a' });
    expect(
      nextActionOf(engine, planned, now, outbox({ notBefore: later, reason: 'capacity' })).next,
    ).toMatchObject({ at: later, reason: 'capacity' });
    // What was kept back until now is not any more.
    const over = nextActionOf(engine, planned, now, outbox({ notBefore: now - 1, reason: 'capacity' })).next;
    expect(over?.reason).not.toBe('capacity');
  });

  it('is not told of the time before the last review, and of that review itself', () => {
    const reviewed = (at: number) => nextActionOf(engine, { ...fresh, reviewed: at }, now);
    expect(reviewed(now).next).toMatchObject({ stage: 'a' });
    expect(reviewed(now - 1).next).toMatchObject({ stage: 'a' });
    expect(reviewed(now + 1).next).toBeUndefined();
  });

  it('leaves out what does not chase, and has no role for whom the account does not know', () => {
    const thanking = engineOf(aLadder([], { stages, on: { paid: [{ send: 'thanks' }] } }), aPlan({}, free));
    const paid = evolveAll(chased, [told.payment(aPayment({ to: 'F1', date: '2026-03-05' }))]);
    expect(nextActionOf(thanking, paid, now).next).toBeUndefined();
    const { acts, events } = decide(engine, fresh, now);
    const left = evolveAll(fresh, [...events, told.account(anAccount({ contacts: [] }))]);
    const { next } = nextActionOf(engine, left, now, { outbox: [{ act: acts[0] as Act, notBefore: now }] });
    expect(next?.role).toBeUndefined();
  });
});
