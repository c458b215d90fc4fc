import { describe, expect, it } from 'vitest';
import { compile, decide, type Engine, evolveAll, type FileEvent, settle } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Adjustment, Plan, Policy } from '../../src/policy/types.js';
import { codeOf } from '../money/thrown.js';
import {
  aCredit,
  aHold,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPaymentPlan,
  aPlan,
  aStage,
  engineOf,
  fileOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { actsIn, sent, story, walk } from '../support/walk.js';

const on = (day: string): number => instant(`${day}T10:00:00-06:00`);

function ladder(offsets: readonly string[], own: Partial<Policy> = {}, plan: Partial<Plan> = {}): Engine {
  return engineOf(aLadder(offsets, own), aPlan(plan, free));
}

describe('the scope of a policy', () => {
  const scope = { fact: 'item.attributes.book', eq: 'trade' } as const;
  const trade = anInvoice({ attributes: { book: 'trade' } });
  const other = anInvoice({ id: 'F2', attributes: { book: 'rent' } });

  it('leaves what it does not know untouched, and says so', () => {
    const engine = ladder(['1d'], { scope });
    const { events, acts, last } = settle(engine, owing(trade, other), on('2026-03-02'));
    expect(acts.map((act) => act.items.map((item) => item.item))).toEqual([['F1']]);
    expect(events.flatMap((event) => (event.type === 'case.opened' ? event.subject : []))).toEqual(['F1']);
    expect(last.waiting).toContainEqual({
      item: 'F2',
      policy: 'ladder',
      reason: 'out_of_scope',
      case: undefined,
    });
  });

  it('keeps it out of the totals of a group', () => {
    const engine = ladder(['1d'], { scope, unit: { group: ['account'] } });
    const [act] = settle(engine, owing(trade, other), on('2026-03-02')).acts;
    expect(act?.totals).toEqual([{ minor: 10_000, currency: 'MXN' }]);
  });

  it('closes the case of an item that leaves it, and keeps what was done when it returns', () => {
    const facts = {
      '2026-03-04': [told.invoice({ ...trade, attributes: { book: 'rent' } })],
      '2026-03-06': [told.invoice(trade)],
    };
    const walked = walk(ladder(['1d', '6d'], { scope }), owing(trade), '2026-03-01', 10, { facts });
    expect(story(walked)).toContain('2026-03-04 close F1 (out_of_scope)');
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-07 s6d F1']);
  });

  it('may change overnight, so the account is looked at again', () => {
    const old = ladder(['1d'], { scope: { fact: 'item.daysPastDue', gte: 5 } });
    expect(decide(old, owing(anInvoice()), on('2026-03-02')).next).toBe(instant('2026-03-03T00:00:00-06:00'));
    expect(sent(walk(old, owing(anInvoice()), '2026-03-01', 8))).toEqual(['2026-03-06 s1d F1']);
  });
});

describe('what is no receivable', () => {
  it('is never chased, and the reason says what it is', () => {
    for (const status of ['draft', 'void', 'deleted', 'written-off'] as const) {
      const file = owing(anInvoice({ status }));
      expect(decide(ladder(['1d']), file, on('2026-03-10'))).toMatchObject({ acts: [], events: [] });
    }
    const payable = owing(anInvoice({ type: 'payable' }));
    expect(decide(ladder(['1d']), payable, on('2026-03-10'))).toMatchObject({
      acts: [],
      events: [],
      waiting: [],
    });
  });

  it('closes the case of what becomes one', () => {
    const facts = { '2026-03-04': [told.invoice(anInvoice({ type: 'payable' }))] };
    const walked = walk(ladder(['1d', '9d']), owing(anInvoice()), '2026-03-01', 12, { facts });
    expect(story(walked)).toContain('2026-03-04 close F1 (payable)');
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1']);
  });
});

describe('minimum arrears', () => {
  const arrears = { arrears: '10d' };

  it('let the account be once its oldest overdue item is not that old, and say until when', () => {
    const engine = ladder(['1d', '5d', '20d'], arrears);
    const decision = decide(engine, owing(anInvoice()), on('2026-03-04'));
    expect(decision).toMatchObject({
      acts: [],
      events: [],
      waiting: [{ item: 'F1', reason: 'arrears', at: instant('2026-03-11T00:00:00-06:00') }],
      next: instant('2026-03-11T00:00:00-06:00'),
    });
  });

  it('let all overdue items in on the day they are reached, each by the rule for its entry', () => {
    const file = owing(
      anInvoice(),
      anInvoice({ id: 'F2', due: '2026-03-08' }),
      anInvoice({ id: 'F3', due: '2026-04-30' }),
    );
    const walked = walk(ladder(['1d', '5d'], arrears), file, '2026-03-01', 20);
    expect(sent(walked)).toEqual(['2026-03-11 s1d F1+F2', '2026-03-15 s5d F1+F2']);
    const latest = walk(ladder(['1d', '5d'], { ...arrears, entry: 'latest' }), file, '2026-03-01', 14);
    expect(sent(latest)).toEqual(['2026-03-11 s5d F1+F2', '2026-03-13 s5d F2']);
  });

  it('leave reminders before the due date alone; what had begun waits and then begins as at entry', () => {
    const walked = walk(ladder(['-3d', '1d', '5d'], arrears), owing(anInvoice()), '2026-02-26', 25);
    expect(sent(walked)).toEqual(['2026-02-26 s-3d F1', '2026-03-11 s1d F1', '2026-03-15 s5d F1']);
  });

  it('hold again what is left once the old item is paid', () => {
    const file = owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-09' }));
    const facts = { '2026-03-12': [told.payment(aPayment({ to: 'F1', date: '2026-03-12' }))] };
    const walked = walk(ladder(['1d', '5d'], arrears), file, '2026-03-01', 25, { facts });
    expect(sent(walked)).toEqual(['2026-03-11 s1d F1+F2', '2026-03-19 s5d F2']);
  });

  it('count by policy, and not what is blocked', () => {
    const two = [aLadder(['1d'], arrears), aLadder(['1d'], { ...arrears, id: 'other' })];
    const engine = engineOf(two, aPlan({}, free));
    const fresh = anInvoice({ id: 'F2', due: '2026-03-09', policy: 'other' });
    expect(sent(walk(engine, owing(anInvoice(), fresh), '2026-03-01', 12))).toEqual(['2026-03-11 s1d F1']);
    const held = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice()),
      told.invoice(anInvoice({ id: 'F2', due: '2026-03-09' })),
      told.hold(aHold({ invoice: 'F1', from: '2026-03-01' })),
    );
    expect(sent(walk(engine, held, '2026-03-01', 18))).toEqual([]);
  });
});

describe('a person', () => {
  const assigned: FileEvent = {
    type: 'account.assigned',
    to: { owner: 'luis', author: 'luis', on: '2026-03-03', reason: 'talks' },
  };
  const released: FileEvent = { type: 'account.released', author: 'luis', on: '2026-03-08' };

  it('who leads the conversation stops automation for the account until it is released', () => {
    const facts = { '2026-03-03': [assigned], '2026-03-08': [released] };
    const file = owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-04' }));
    const walked = walk(ladder(['1d', '5d']), file, '2026-03-01', 16, { facts });
    const during = walked.days.find(({ day }) => day === '2026-03-06')?.settled[0]?.last;
    expect(during?.waiting.map(({ item, reason }) => [item, reason])).toEqual([
      ['F1', 'assigned'],
      ['F2', 'assigned'],
    ]);
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-09 s5d F1+F2', '2026-03-13 s5d F2']);
    expect(story(walked)).toContain('2026-03-03 pause F1 (assigned)');
  });

  it('who leads the conversation says thanks, too', () => {
    const paid = told.payment(aPayment({ to: 'F1', date: '2026-03-04' }));
    const engine = ladder(['1d', '5d'], { on: { paid: [{ send: 'thanks' }] } });
    const days = (facts: Readonly<Record<string, readonly FileEvent[]>>): readonly string[] =>
      actsIn(walk(engine, owing(anInvoice()), '2026-03-01', 20, { facts })).map(
        (act) => `${act.on} ${act.message}`,
      );
    expect(days({ '2026-03-04': [paid] })).toEqual(['2026-03-02 s1d', '2026-03-04 thanks']);
    expect(days({ '2026-03-03': [assigned], '2026-03-04': [paid] })).toEqual(['2026-03-02 s1d']);
  });

  it('or agency to whom a case was handed has it to themselves', () => {
    const one = { subject: 'F1', case: 'ladder/F1#1', on: '2026-03-03' };
    const facts = {
      '2026-03-03': [{ type: 'case.handed', ...one, to: 'agency' } as const],
      '2026-03-20': [told.payment(aPayment({ to: 'F1', date: '2026-03-20' }))],
    };
    const walked = walk(ladder(['1d', '5d']), owing(anInvoice()), '2026-03-01', 22, { facts });
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1']);
    const waiting = walked.days.find(({ day }) => day === '2026-03-06')?.settled[0]?.last.waiting;
    expect(waiting).toMatchObject([{ reason: 'handed_over', case: 'ladder/F1#1' }]);
    expect(story(walked)).toContain('2026-03-20 close F1 (paid)');
  });

  it('who resets a case has its counters begin anew; contacts stay', () => {
    const reset: FileEvent = {
      type: 'case.reset',
      subject: 'F1',
      case: 'ladder/F1#1',
      on: '2026-03-04',
      author: 'luis',
    };
    const engine = engineOf(aLadder(['1d', '5d']), aPlan({}, { gap: '4d' }));
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 12, { facts: { '2026-03-04': [reset] } });
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-06 s1d F1', '2026-03-10 s5d F1']);
    expect(walked.file.cases.get('F1')?.map((one) => one.state)).toEqual(['closed', 'exhausted']);
  });
});

describe('a debt that comes back', () => {
  const engine = ladder(['1d', '5d', '20d']);
  const restart = ladder(['1d', '5d', '20d'], { reopen: 'restart' });
  const payment = aPayment({ to: 'F1', date: '2026-03-08' });
  const credit = aCredit({ to: 'F1', date: '2026-03-08' });
  const gone: Readonly<Record<string, readonly [FileEvent, FileEvent]>> = {
    'a chargeback': [
      told.payment(payment),
      told.payment({ ...payment, state: 'reversed', reversedOn: '2026-03-12' }),
    ],
    'a cancelled credit note': [told.credit(credit), told.credit({ ...credit, state: 'cancelled' })],
    'an undone write-off': [told.invoice(anInvoice({ status: 'written-off' })), told.invoice(anInvoice())],
    'a write-off of the amount, undone': [
      told.invoice(anInvoice({ writtenOff: 10_000 })),
      told.invoice(anInvoice()),
    ],
    'an undone void': [told.invoice(anInvoice({ status: 'void' })), told.invoice(anInvoice())],
  };

  for (const [what, [away, back]] of Object.entries(gone)) {
    it(`by ${what} keeps its dates and history, repeats nothing, and closes again`, () => {
      const facts = {
        '2026-03-08': [away],
        // Told twice: the rule is idempotent.
        '2026-03-12': [back],
        '2026-03-13': [back],
        '2026-03-16': [away],
        '2026-03-18': [back],
      };
      const walked = walk(engine, owing(anInvoice()), '2026-03-01', 30, { facts });
      expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-06 s5d F1', '2026-03-21 s20d F1']);
      expect(walked.file.cases.get('F1')?.map((one) => [one.opening, one.opened])).toEqual([
        [1, '2026-03-01'],
        [2, '2026-03-12'],
        [3, '2026-03-18'],
      ]);
    });

    it(`by ${what} begins anew, if told so`, () => {
      const facts = { '2026-03-08': [away], '2026-03-12': [back] };
      const walked = walk(restart, owing(anInvoice()), '2026-03-01', 18, { facts });
      expect(sent(walked)).toEqual([
        '2026-03-02 s1d F1',
        '2026-03-06 s5d F1',
        '2026-03-12 s1d F1',
        '2026-03-16 s5d F1',
      ]);
    });
  }

  it('begins anew only after a settlement: being without a policy for a while is none', () => {
    const account = (policy?: null) => told.account(anAccount(policy === null ? { policy } : {}));
    const facts = { '2026-03-04': [account(null)], '2026-03-05': [account()] };
    expect(sent(walk(restart, owing(anInvoice()), '2026-03-01', 10, { facts }))).toEqual([
      '2026-03-02 s1d F1',
      '2026-03-06 s5d F1',
    ]);
  });

  it('after a new beginning counts from that one only', () => {
    const moved = (file: AccountFile): AccountFile =>
      evolveAll(file, [
        { type: 'case.closed', subject: 'F1', case: 'ladder/F1#1', reason: 'moved', on: '2026-03-07' },
      ]);
    const before = walk(engine, owing(anInvoice()), '2026-03-01', 6).file;
    const after = walk(engine, moved(before), '2026-03-07', 3).file;
    const [, second] = after.cases.get('F1') ?? [];
    expect(second?.marks.filter((mark) => mark.reason === 'done_before')).toEqual([]);
    expect(second?.marks.filter((mark) => mark.state === 'done').map((mark) => mark.stage)).toEqual(['s1d']);
  });
});

describe('a hold', () => {
  const facts = { '2026-03-03': [told.hold(aHold({ from: '2026-03-03', until: '2026-03-06' }))] };

  it('freezes the level, or clears it: then the ladder begins anew after the restart gap', () => {
    const file = owing(anInvoice());
    expect(sent(walk(ladder(['1d', '5d']), file, '2026-03-01', 14, { facts }))).toEqual([
      '2026-03-02 s1d F1',
      '2026-03-08 s5d F1',
    ]);
    const clear = ladder(['1d', '5d'], { restart: '2d' }, { blocks: { hold: 'clear' } });
    const walked = walk(clear, file, '2026-03-01', 14, { facts });
    expect(sent(walked)).toEqual(['2026-03-02 s1d F1', '2026-03-09 s1d F1', '2026-03-13 s5d F1']);
    expect(walked.file.cases.get('F1')?.[0]?.closed?.reason).toBe('cleared');
  });

  it('clears nothing for other pauses', () => {
    const clear = ladder(['1d', '5d'], {}, { blocks: { hold: 'clear' } });
    const pause = {
      '2026-03-03': [told.payment(aPayment({ date: '2026-03-03' }))],
      '2026-03-05': [
        told.payment(aPayment({ date: '2026-03-03', state: 'reversed', reversedOn: '2026-03-05' })),
      ],
    };
    expect(sent(walk(clear, owing(anInvoice()), '2026-03-01', 14, { facts: pause }))).toEqual([
      '2026-03-02 s1d F1',
      '2026-03-06 s5d F1',
    ]);
  });
});

describe('an adjustment', () => {
  const segments = [{ id: 'vip', when: { fact: 'account.tags', has: 'vip' } }];
  const adjusted = (...adjust: readonly Adjustment[]): Engine =>
    ladder(['-3d', '1d', '5d'], {}, { adjust, segments });
  const file = owing(anInvoice());
  const vip = fileOf(told.account(anAccount({ tags: ['vip'] })), told.invoice(anInvoice()));
  const days = (engine: Engine, of: AccountFile = file): readonly string[] =>
    sent(walk(engine, of, '2026-02-20', 40));

  it('delays what comes after the due date, for one account or a segment', () => {
    const later = ['2026-02-26 s-3d F1', '2026-03-05 s1d F1', '2026-03-09 s5d F1'];
    expect(days(adjusted({ account: 'robles', delay: '3d' }))).toEqual(later);
    expect(days(adjusted({ segment: 'vip', delay: '3d' }), vip)).toEqual(later);
    const plain = ['2026-02-26 s-3d F1', '2026-03-02 s1d F1', '2026-03-06 s5d F1'];
    expect(days(adjusted({ account: 'other', delay: '3d' }, { segment: 'vip', delay: '3d' }))).toEqual(plain);
    expect(days(adjusted({ account: 'robles', policy: 'ladder', delay: '3d' }))).toEqual(later);
  });

  it('leaves stages out, moves them, and changes who does them and how', () => {
    const engine = adjusted({
      account: 'robles',
      stages: {
        's-3d': { skip: true },
        s1d: { at: { from: 'due', plus: '2d' }, via: [{ channel: 'sms' }, { channel: 'email' }] },
        s5d: { mode: 'approve' },
      },
    });
    expect(days(engine)).toEqual(['2026-03-03 s1d F1', '2026-03-06 s5d F1']);
    const acts = actsIn(walk(engine, file, '2026-02-20', 40));
    expect(acts.map((act) => [act.stage, act.channel, act.mode])).toEqual([
      ['s1d', 'email', undefined],
      ['s5d', 'email', 'approve'],
    ]);
    const policy = engine.policies.get('ladder')!;
    const variant = engine.adjust?.of(policy, 'robles', undefined);
    expect(variant?.byId.get('s1d')?.sends[0]?.via).toEqual([{ channel: 'sms' }, { channel: 'email' }]);
    expect([variant?.byId.get('s5d')?.mode, policy.byId.get('s5d')?.mode]).toEqual(['approve', 'auto']);
    // Compiled once, however often it is asked for.
    expect(engine.adjust?.of(policy, 'robles', undefined)).toBe(variant);
    expect(engine.adjust?.of(policy, 'other', undefined)).toBe(policy);
  });

  it('of an account comes over that of its segment, and of one policy over that of all', () => {
    const engine = adjusted(
      { segment: 'vip', delay: '3d', stages: { 's-3d': { skip: true } } },
      { account: 'robles', delay: '1d' },
      { account: 'robles', policy: 'ladder', delay: '2d' },
    );
    expect(days(engine, vip)).toEqual(['2026-03-04 s1d F1', '2026-03-08 s5d F1']);
  });

  it('is chosen anew at each review, while the case keeps its version', () => {
    const before = walk(adjusted(), file, '2026-03-01', 3).file;
    const engine = adjusted({ account: 'robles', delay: '4d' });
    const walked = walk(engine, before, '2026-03-04', 10);
    expect(sent(walked)).toEqual(['2026-03-10 s5d F1']);
    const [act] = actsIn(walked);
    expect(act?.policy).toMatchObject({
      id: 'ladder',
      version: 1,
      hash: engine.policies.get('ladder')?.ref.hash,
    });
    expect(act?.policy.adjusted).toMatch(/^[0-9a-f]{16}$/);
    expect(walked.file.cases.get('F1')).toHaveLength(1);
    expect(story(walked).some((line) => line.includes('adopt'))).toBe(false);
  });

  it('that cannot be meant is refused', () => {
    const wrong = (...adjust: readonly Adjustment[]): string => codeOf(() => adjusted(...adjust));
    expect(wrong({ delay: '1d' })).toBe('invalid_document');
    expect(wrong({ account: 'robles', segment: 'vip', delay: '1d' })).toBe('invalid_document');
    expect(wrong({ segment: 'none', delay: '1d' })).toBe('invalid_document');
    expect(wrong({ account: 'robles', policy: 'none', delay: '1d' })).toBe('invalid_document');
    expect(wrong({ account: 'robles', stages: { none: { skip: true } } })).toBe('invalid_document');
    expect(wrong({ account: 'robles', delay: '2bd' })).toBe('invalid_duration');
    const twice = { account: 'robles', delay: '1d' };
    expect(wrong(twice, twice)).toBe('invalid_document');
  });

  it('that leaves out what the next stage counts from is refused', () => {
    const stages = [aStage('a', '1d'), aStage('b', '0d', { at: { from: 'previous', plus: '3d' } })];
    const adjust = [{ account: 'robles', stages: { a: { skip: true } } }];
    const plan = aPlan({ adjust }, free);
    expect(codeOf(() => compile({ plan, policies: [aLadder([], { stages })] }))).toBe('invalid_document');
  });
});

describe('a payment plan', () => {
  const agreed = aPaymentPlan({ made: '2026-03-04' });
  const engine = ladder(['1d', '5d', '20d'], { on: { paid: [{ send: 'thanks' }] } });

  it('takes the place of what it covers; once broken, that goes on where it was, without thanks', () => {
    const facts = {
      '2026-03-04': [told.plan(agreed)],
      '2026-03-10': [told.plan({ ...agreed, state: 'broken' })],
    };
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 14, { facts });
    expect(story(walked)).toContain('2026-03-04 pause F1 (plan)');
    const own = sent(walked).filter((line) => !line.includes('~plan'));
    expect(own).toEqual(['2026-03-02 s1d F1', '2026-03-11 s5d F1']);
    expect(walked.file.cases.get('F1')?.map((one) => one.state)).toEqual(['open']);
  });
});
