import { describe, expect, it } from 'vitest';
import { type AccountStatus, evolveAll, type FileEvent, statusOf } from '../../src/engine/index.js';
import type { AccountFile, Case, OpenAct, StageMark } from '../../src/ledger/file.js';
import type { Policy } from '../../src/policy/types.js';
import {
  aHold,
  aLadder,
  anInvoice,
  aPayment,
  aPlan,
  aStage,
  engineOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';

/** An account as a person sees it: levels, counts, what is under way and what comes next. */

const at = instant('2026-03-05T10:00:00-06:00');
const stages = [
  aStage('a', '1d'),
  aStage('b', '3d', { tone: 'firm', level: 4 }),
  aStage('c', '9d', { tone: 'firm' }),
  aStage('d', '20d', { do: [{ task: 'call' }] }),
];
const policies: readonly Policy[] = [aLadder([], { stages }), aLadder([], { id: 'other', stages })];
const engine = engineOf(policies, aPlan({}, free));
const aCase = (subject: string, own: Partial<Case> = {}): Case => ({
  ...{ id: `ladder/${subject}#1`, policy: 'ladder', version: 1, hash: '', subject, opening: 1 },
  ...{ opened: '2026-03-02', state: 'open', shift: 0, marks: [], ...own },
});
const mark = (stage: string, own: Partial<StageMark> = {}): StageMark => ({
  ...{ stage, occurrence: 1, state: 'done', on: '2026-03-02', tried: [], revision: 0 },
  ...own,
});
const having = (file: AccountFile, ...cases: readonly Case[]): AccountFile => ({
  ...file,
  cases: Map.groupBy(cases, ({ subject }) => subject),
});
const one = owing(anInvoice());
const status = (file: AccountFile, options = {}): AccountStatus => statusOf(engine, file, at, options);
const item = (own: Partial<Case>, file = one) => status(having(file, aCase('F1', own))).items[0];

describe('the reminders of an item', () => {
  const count = (...marks: readonly StageMark[]) => {
    const { reminders, lastReminder, daysSince } = item({ marks }) ?? {};
    return [reminders, lastReminder, daysSince];
  };

  it('are messages that went out, the last of them by day', () => {
    expect(count()).toEqual([0, undefined, undefined]);
    expect(count(mark('a'))).toEqual([1, '2026-03-02', 3]);
    expect(count(mark('b', { on: '2026-03-04' }), mark('a'))).toEqual([2, '2026-03-04', 1]);
    expect(count(mark('a', { reason: 'by_hand' }))[0]).toBe(1);
  });

  it('are not what was passed over, moved or absorbed, nor tasks and what stands beside the message', () => {
    for (const state of ['skipped', 'planned', 'unknown', 'failed', 'withdrawn'] as const)
      expect(count(mark('a', { state }))[0]).toBe(0);
    for (const reason of ['moved', 'absorbed']) expect(count(mark('a', { reason }))[0]).toBe(0);
    expect(count(mark('d'), mark('a/task.1'), mark('on:paid'))[0]).toBe(0);
  });

  it('of a group are those since the item was invoiced', () => {
    const grouping = engineOf(aLadder([], { stages, unit: { group: ['account'] } }), aPlan({}, free));
    const two = owing(anInvoice(), anInvoice({ id: 'F2', issued: '2026-03-03', due: '2026-03-20' }));
    const group = aCase('~MXN', { carrier: 'F1', marks: [mark('a'), mark('b', { on: '2026-03-03' })] });
    const found = statusOf(grouping, having(two, group), at).items.map(({ item: id, reminders }) => [
      id,
      reminders,
    ]);
    expect(found).toEqual([
      ['F1', 2],
      ['F2', 1],
    ]);
  });
});

describe('the level of an item', () => {
  it('is the severest stage done, by its number or place', () => {
    expect(item({})?.level).toBeUndefined();
    expect(item({ marks: [mark('a')] })?.level).toEqual({ stage: 'a', number: 1 });
    expect(item({ marks: [mark('b'), mark('a')] })?.level).toEqual({ stage: 'b', number: 4 });
    expect(item({ marks: [mark('a'), mark('c', { state: 'planned' })] })?.level?.stage).toBe('a');
    expect(item({ marks: [mark('c', { state: 'skipped', reason: 'done_before' })] })?.level?.number).toBe(3);
    expect(
      item({ marks: [mark('a')], state: 'closed', closed: { reason: 'reset', on: '2026-03-03' } })?.level,
    ).toBe(undefined);
  });
});

describe('the message that is under way', () => {
  const covers = [{ subject: 'F1', case: 'ladder/F1#1', stage: 'a', occurrence: 1 }];
  const act: OpenAct = {
    ...{
      id: 'm1',
      kind: 'message',
      purpose: 'dunning',
      state: 'planned',
      review: 0,
      on: '2026-03-04',
      covers,
    },
  };
  const pending = (own: Partial<OpenAct>, marks: readonly StageMark[] = []) => {
    const file = having(one, aCase('F1', { marks }));
    return status({ ...file, acts: new Map([['m1', { ...act, ...own }]]) }).items[0]?.pending;
  };

  it('is named with its stage, how it stands and since when', () => {
    const known = { act: 'm1', stage: 'a', state: 'planned', since: '2026-03-04' };
    expect(pending({})).toEqual(known);
    expect(pending({ state: 'unknown' })).toEqual({ ...known, state: 'unknown' });
    expect(pending({ state: 'proposed' })).toEqual({ ...known, state: 'proposed' });
    expect(pending({ approved: true })).toEqual({ ...known, state: 'approved' });
    expect(pending({ approved: true, state: 'unknown' })).toEqual({ ...known, state: 'unknown' });
    const proposed = [mark('a', { state: 'planned', proposed: '2026-03-03', act: 'm1' })];
    expect(pending({}, proposed)?.since).toBe('2026-03-03');
    expect(pending({ covers: [{ ...covers[0]!, stage: 'a/send.1' }] })?.stage).toBe('a');
  });

  it('is none of another case, no thanks and no task', () => {
    expect(pending({ covers: [{ ...covers[0]!, case: 'ladder/F2#1' }] })).toBeUndefined();
    expect(pending({ purpose: 'service' })).toBeUndefined();
    expect(pending({ kind: 'task' })).toBeUndefined();
  });
});

describe('an account', () => {
  it('is summed up by policy and currency, with the highest level', () => {
    const file = having(
      evolveAll(
        owing(
          anInvoice(),
          anInvoice({ id: 'F2', total: 5_000, due: '2026-03-20' }),
          anInvoice({ id: 'F3', total: 700, currency: 'USD' }),
          anInvoice({ id: 'F4', total: 900, policy: 'other' }),
        ),
        [told.hold(aHold({ invoice: 'F2', from: '2026-03-01' }))],
      ),
      aCase('F1', { marks: [mark('a')] }),
      aCase('F2', { marks: [mark('b')] }),
      aCase('F4', { id: 'other/F4#1', policy: 'other' }),
    );
    const rows = status(file).policies.map(({ next: _, ...row }) => row);
    expect(rows).toStrictEqual([
      {
        ...{ policy: 'ladder', currency: 'MXN', level: { stage: 'b', number: 4 } },
        ...{ outstanding: 15_000, overdue: 10_000, dunnable: 10_000 },
      },
      { policy: 'ladder', currency: 'USD', outstanding: 700, overdue: 700, dunnable: 700 },
      { policy: 'other', currency: 'MXN', outstanding: 900, overdue: 900, dunnable: 900 },
    ]);
  });

  it('says what comes next, for each row the soonest', () => {
    const two = owing(anInvoice({ due: '2026-03-10' }), anInvoice({ id: 'F2', due: '2026-03-08' }));
    const { next, policies: rows, items } = status(two);
    expect(next).toMatchObject({ stage: 'a', items: ['F2'] });
    expect(rows[0]?.next).toEqual(next);
    expect(items.map(({ item: id, next: own }) => [id, own?.items])).toEqual([
      ['F2', ['F2']],
      // By then the first one is spoken of as well.
      ['F1', ['F2', 'F1']],
    ]);
  });

  it('has what is settled only where asked, and says how', () => {
    const paid = evolveAll(owing(anInvoice(), anInvoice({ id: 'F2' })), [
      told.payment(aPayment({ to: 'F2' })),
    ]);
    expect(status(paid).items.map(({ item: id }) => id)).toEqual(['F1']);
    const all = status(paid, { settled: true }).items;
    expect(all.map(({ item: id, settled, policy }) => [id, settled, policy])).toEqual([
      ['F1', undefined, 'ladder'],
      ['F2', 'paid', undefined],
    ]);
  });

  it('names effects once each, who leads, and the newest note first', () => {
    const note = (id: string): FileEvent => ({
      type: 'note.added',
      note: { id, text: id, author: 'eva', at: 0, on: '2026-03-01' },
    });
    const led: FileEvent = {
      type: 'account.assigned',
      to: { owner: 'luis', author: 'eva', on: '2026-03-04' },
    };
    const known = evolveAll(owing(anInvoice(), anInvoice({ id: 'F2' })), [note('n1'), note('n2'), led]);
    const file = having(known, aCase('F1', { effects: ['stop', 'ban'] }), aCase('F2', { effects: ['stop'] }));
    const { effects, assignedTo, notes, segment } = status(file);
    expect([effects, assignedTo, notes.map(({ id }) => id), segment]).toEqual([
      ['ban', 'stop'],
      'luis',
      ['n2', 'n1'],
      undefined,
    ]);
    expect(Object.keys(status(one))).toEqual([
      ...['account', 'on', 'effects', 'policies', 'items', 'next', 'addresses', 'notes'],
    ]);
  });
});
