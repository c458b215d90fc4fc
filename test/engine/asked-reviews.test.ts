import { describe, expect, it } from 'vitest';
import {
  type AccountFile,
  type DecideOptions,
  decide,
  type Engine,
  emptyFile,
  evolveAll,
  type FileEvent,
} from '../../src/engine/index.js';
import type { Plan, Policy } from '../../src/policy/types.js';
import { codeOf } from '../money/thrown.js';
import {
  aCredit,
  aHold,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
  aPromise,
  aStage,
  engineOf,
  fileOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { linesOf, once } from '../support/review.js';

/** Whole answers of reviews that are asked in some way of their own, and of debts that change hands. */

const noon = (day: string): number => instant(`2026-${day}T12:00:00-06:00`);
const of = (policy: Policy | readonly Policy[], plan: Partial<Plan> = {}): Engine =>
  engineOf(policy, aPlan(plan, free));
const says = (engine: Engine, file: AccountFile, at: number, options?: DecideOptions) =>
  linesOf(decide(engine, file, at, options));
const and = (file: AccountFile, ...facts: readonly FileEvent[]): AccountFile => evolveAll(file, facts);
const ladder = aLadder(['1d', '9d']);

describe('a review', () => {
  it('writes down that it was made where anything happened, and only there', () => {
    const made = decide(of(ladder), owing(anInvoice()), noon('03-02')).events.at(-1);
    expect(made).toEqual({ type: 'review.made', at: noon('03-02') });
    const file = once(of(ladder), owing(anInvoice()), noon('03-02'));
    expect(decide(of(ladder), file, noon('03-02')).events).toEqual([]);
  });

  it('of a day before the last one is refused unless it is accepted; that of the same day is not', () => {
    const file = once(of(ladder), owing(anInvoice()), noon('03-04'));
    const more = and(file, told.invoice(anInvoice({ id: 'F2' })));
    expect(codeOf(() => decide(of(ladder), more, noon('03-03')))).toBe('backdated_review');
    expect(codeOf(() => decide(of(ladder), more, noon('03-03'), { backdated: 'refuse' }))).toBe(
      'backdated_review',
    );
    expect(says(of(ladder), more, noon('03-03'), { backdated: 'accept' })).toEqual([
      'case.shifted F2 (entry)',
      'message s1d email ana: F2 s1d; F2; 10000 MXN',
      'F1 waits at s9d: not_yet until 03-12',
      'next 03-12',
    ]);
    expect(says(of(ladder), more, noon('03-04') - 3_600_000)).toEqual([
      'case.shifted F2 (entry)',
      'message s1d email ana: F2 s1d; F2; 10000 MXN',
      'F1 waits at s9d: not_yet until 03-12',
      'next 03-12',
    ]);
  });

  it('of an account that owes nothing has nothing to wait for', () => {
    expect(says(of(ladder), emptyFile('robles'), noon('03-02'))).toEqual(['next never']);
    const paid = and(owing(anInvoice()), told.payment(aPayment({ to: 'F1', date: '2026-02-20' })));
    expect(says(of(ladder), paid, noon('03-02'))).toEqual(['next never']);
  });

  it('says nothing of what waits where nobody asks', () => {
    const { waiting, ...rest } = decide(of(ladder), owing(anInvoice()), noon('03-01'), { trace: false });
    expect(waiting).toEqual([]);
    expect(rest).toEqual({
      events: decide(of(ladder), owing(anInvoice()), noon('03-01')).events,
      acts: [],
      next: noon('03-02') - 12 * 3_600_000,
    });
  });

  it('belongs to the occasion that it is told', () => {
    const occasion = noon('03-02') - 60_000;
    const policy = aLadder([], {
      stages: [aStage('a', '1d'), aStage('b', '1d', { do: [{ alert: 'look' }] })],
      on: { exhausted: [{ alert: 'over' }] },
    });
    const file = once(of(policy), owing(anInvoice()), noon('03-02'), { occasion });
    const all = [
      decide(of(policy), owing(anInvoice()), noon('03-02'), { occasion }),
      decide(of(policy), file, noon('03-20'), { occasion }),
    ];
    const reviews = all.flatMap(({ acts }) => acts.map((act) => act.review));
    expect(new Set(reviews)).toEqual(new Set([occasion]));
  });

  it('lets records leave that are old, where it is asked to', () => {
    const file = and(owing(anInvoice()), told.payment(aPayment({ to: 'F1' })));
    const later = instant('2027-06-01T12:00:00-06:00');
    expect(says(of(ladder), file, later)).toEqual(['next never']);
    expect(says(of(ladder), file, later, { leave: 1_000 })).toEqual(['next never']);
    const { events } = decide(of(ladder), file, later, { leave: 100 });
    expect(events).toEqual([
      {
        type: 'items.left',
        on: '2027-06-01',
        records: [expect.objectContaining({ kind: 'invoice' }), expect.objectContaining({ kind: 'payment' })],
      },
      { type: 'review.made', at: later },
    ]);
  });
});

describe('a review on request', () => {
  const climbing = of(aLadder(['1d', '9d', '30d'], { climb: true }));

  it('brings each case one stage further, once for a run', () => {
    const start = owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-06-01' }));
    const at = noon('03-02');
    const one = once(climbing, start, at, { run: 1 });
    expect([
      says(climbing, start, at),
      says(climbing, start, at, { run: 1 }),
      says(climbing, one, at, { run: '1' }),
      says(climbing, one, noon('03-03'), { run: 2 }),
    ]).toEqual([
      ['F1 waits at s1d: no_run', 'F2 waits at s1d: no_run', 'next never'],
      [
        'case.asked F1 s1d',
        'message s1d email ana: F1 s1d; F1; 10000 MXN',
        'F2 waits at s1d: no_run',
        'next never',
      ],
      ['F1 waits at s9d: no_run', 'F2 waits at s1d: no_run', 'next never'],
      [
        'case.asked F1 s9d',
        'message s9d email ana: F1 s9d; F1; 10000 MXN',
        'F2 waits at s1d: no_run',
        'next never',
      ],
    ]);
    expect(says(of(ladder), owing(anInvoice()), at, { run: 1 })).toEqual([
      'message s1d email ana: F1 s1d; F1; 10000 MXN',
      'next never',
    ]);
  });
});

describe('proposals', () => {
  const engine = of(
    aLadder(['1d', '9d'], {
      mode: 'approve',
      stages: [aStage('a', '1d', { lapses: '4d' }), aStage('b', '9d')],
    }),
  );
  const file = once(engine, owing(anInvoice()), noon('03-02'));
  const more = and(file, told.invoice(anInvoice({ id: 'F2' })));

  it('wait for a person until they lapse', () => {
    expect([
      says(engine, owing(anInvoice()), noon('03-02')),
      says(engine, file, noon('03-03')),
      says(engine, file, noon('03-07')),
    ]).toEqual([
      ['message a email ana approve: F1 a; F1; 10000 MXN', 'next 03-07'],
      ['F1 waits at a: act_pending', 'next 03-07'],
      ['act.discarded (lapsed)', 'unfinished', 'next 03-07 12:00'],
    ]);
  });

  it('are over first where facts changed, unless a review is only thought', () => {
    expect(says(engine, more, noon('03-03'))).toEqual([
      'act.withdrawn (changed)',
      'case.asked F1 a (refreshed)',
      'unfinished',
      'next 03-03 12:00',
    ]);
    expect(says(engine, more, noon('03-03'), { thought: true })).toEqual([
      'case.shifted F2 (entry)',
      'message a email ana approve: F2 a; F2; 10000 MXN',
      'F1 waits at a: act_pending',
      'next never',
    ]);
    expect(decide(engine, more, noon('03-03')).events.at(-1)).toEqual({
      type: 'review.made',
      at: noon('03-03'),
    });
  });

  it('are over in a review of a day before, too, where that is accepted', () => {
    const paid = and(file, told.payment(aPayment({ to: 'F1', date: '2026-03-01' })));
    expect(says(engine, paid, noon('03-01'), { backdated: 'accept' })).toEqual([
      'act.withdrawn (settled)',
      'unfinished',
      'next 03-01 12:00',
    ]);
  });
});

describe('what is handed over, charged or exhausted', () => {
  it('comes first, and the rest of the review at once after it', () => {
    const policy = aLadder([], {
      stages: [
        aStage('a', '1d', { do: [{ send: 'a' }, { fee: 'late', fixed: { MXN: '5.00' } }] }),
        aStage('b', '3d', { do: [{ handover: 'agency' }] }),
      ],
    });
    const terms = told.account(anAccount({ terms: { source: 'contract', fees: true } }));
    const start = and(owing(anInvoice()), terms);
    const sent = once(of(policy), start, noon('03-02'));
    const charged = once(of(policy), sent, noon('03-02'));
    expect([
      says(of(policy), start, noon('03-02')),
      says(of(policy), sent, noon('03-02')),
      says(of(policy), charged, noon('03-04')),
    ]).toEqual([
      ['message a email ana: F1 a; F1; 10000 MXN', 'next never'],
      ['fee late stage: F1 a/fee.1; F1; 10000 MXN', 'unfinished', 'next 03-02 12:00'],
      [
        'stage.done F1 b',
        'case.handed F1',
        'handover agency stage: F1 b/handover.0; F1; 10000 MXN',
        'next never',
      ],
    ]);
    const handed = once(of(policy), charged, noon('03-04'));
    expect(says(of(policy), handed, noon('03-04'))).toEqual(['F1 waits: handed_over', 'next never']);
    expect(decide(of(policy), sent, noon('03-02')).events.at(-1)?.type).toBe('review.made');
  });

  it('by a promise that was broken is known before anything is written', () => {
    const policy = aLadder(['1d', '9d'], { on: { promiseBroken: [{ handover: 'legal' }] } });
    const file = and(
      once(of(policy), owing(anInvoice()), noon('03-02')),
      told.promise(aPromise({ date: '2026-03-05' })),
    );
    expect([says(of(policy), file, noon('03-03')), says(of(policy), file, noon('03-10'))]).toEqual([
      ['case.paused F1 (promise)', 'F1 waits: promise until 03-06', 'next 03-06'],
      [
        'promise.ended',
        'case.handed F1',
        'case.reacted F1',
        'handover legal promise_broken: F1 on:promiseBroken:W1.0; F1; 10000 MXN',
        'unfinished',
        'next 03-10 12:00',
      ],
    ]);
  });

  it('is an alert alone where nothing else changes', () => {
    const policy = aLadder(['1d', '9d'], { on: { promiseBroken: [{ alert: 'broken' }] } });
    const file = and(
      once(of(policy), owing(anInvoice()), noon('03-02')),
      told.promise(aPromise({ date: '2026-03-05' })),
    );
    expect(says(of(policy), file, noon('03-10'))).toEqual([
      'promise.ended',
      'message s9d email ana: F1 s9d; F1; 10000 MXN',
      'case.reacted F1',
      'alert broken promise_broken: F1 on:promiseBroken:W1.0; F1; 10000 MXN',
      'next never',
    ]);
  });
});

describe('the next review', () => {
  it.each<[string, Engine, readonly FileEvent[], string]>([
    ['the next stage', of(ladder), [], '2026-03-10'],
    [
      'the end of a hold',
      of(ladder),
      [told.hold(aHold({ from: '2026-03-01', until: '2026-03-04' }))],
      '2026-03-05',
    ],
    ['a hold that begins', of(ladder), [told.hold(aHold({ from: '2026-03-06' }))], '2026-03-06'],
    [
      'the morrow, where days choose the policy',
      of(ladder, { segments: [{ id: 's', when: { fact: 'item.daysPastDue', gte: 30 } }] }),
      [],
      '2026-03-04',
    ],
    [
      'another rate, where it decides what is tolerated',
      of(ladder, {
        otherCurrency: 'convert',
        tolerance: { MXN: '1.00' },
        rates: [
          { from: 'USD', to: 'MXN', rate: '17', on: '2026-01-01' },
          { from: 'USD', to: 'MXN', rate: '18', on: '2026-03-06' },
        ],
      }),
      [],
      '2026-03-06',
    ],
  ])('is for %s', (_, engine, facts, day) => {
    const file = and(once(engine, owing(anInvoice()), noon('03-02')), ...facts);
    expect(decide(engine, file, noon('03-03')).next).toBe(instant(`${day}T00:00:00-06:00`));
  });

  it('is for the end of a promise, though nothing is chased', () => {
    const file = and(
      owing(anInvoice({ type: 'payable' })),
      told.promise(aPromise({ invoice: undefined, date: '2026-03-10', amount: 100, currency: 'MXN' })),
    );
    expect(says(of(ladder), file, noon('03-03'))).toEqual(['next 03-11']);
  });
});

describe('debts that change hands', () => {
  const other = aLadder(['2d', '9d'], { id: 'other' });
  const group = aLadder(['1d', '9d'], { id: 'group', unit: { group: ['account'] } });
  const start = owing(anInvoice({ id: 'A' }), anInvoice({ id: 'B' }));
  const policies = [ladder, other, group];
  const sent = once(of(ladder), start, noon('03-02'));

  it('have no policy, or one that is not for them', () => {
    expect(
      says(
        of(ladder, { default: undefined, assign: [{ invoice: 'B', policy: 'ladder' }] }),
        start,
        noon('03-02'),
      ),
    ).toEqual(['message s1d email ana: B s1d; B; 10000 MXN', 'A waits: no_policy', 'next never']);
    expect(says(of(ladder, { assign: [{ invoice: 'B', policy: null }] }), start, noon('03-02'))).toEqual([
      'message s1d email ana: A s1d; A; 10000 MXN',
      'B waits: do_not_dun',
      'next never',
    ]);
    expect(
      says(of({ ...ladder, scope: { fact: 'item.attributes.book', eq: 'trade' } }), start, noon('03-02')),
    ).toEqual(['A waits: out_of_scope', 'B waits: out_of_scope', 'next never']);
    expect(says(of(ladder), fileOf(told.invoice(anInvoice())), noon('03-02'))).toEqual([
      'F1 waits: account_missing',
      'next never',
    ]);
  });

  it('leave their cases, which end, for those of another policy', () => {
    expect(says(of(policies, { assign: [{ invoice: 'B', policy: 'other' }] }), sent, noon('03-03'))).toEqual([
      'case.closed B (reassigned)',
      'message s2d email ana: other/B s2d; B; 10000 MXN',
      'A waits at s9d: not_yet until 03-10',
      'next 03-10',
    ]);
    expect(says(of(policies, { default: 'group' }), sent, noon('03-03'))).toEqual([
      'case.closed A (reassigned)',
      'case.closed B (reassigned)',
      'case.shifted group/~MXN (entry)',
      'message s1d email ana: group/~MXN s1d; A B; 20000 MXN',
      'next never',
    ]);
    const grouped = once(of(policies, { default: 'group' }), sent, noon('03-03'));
    expect(says(of(policies), grouped, noon('03-04'))).toEqual([
      'case.closed group/~MXN (reassigned)',
      'stage.skipped A#2 s1d (done_before)',
      'stage.skipped B#2 s1d (done_before)',
      'A waits at s9d: not_yet until 03-10',
      'B waits at s9d: not_yet until 03-10',
      'next 03-10',
    ]);
    expect(says(of(policies, { default: 'group' }), grouped, noon('03-04'))).toEqual([
      '~MXN waits at s9d: not_yet until 03-11',
      'next 03-11',
    ]);
    expect(
      says(of([{ ...ladder, scope: { fact: 'item.attributes.book', eq: 'trade' } }]), sent, noon('03-03')),
    ).toEqual([
      'case.closed A (out_of_scope)',
      'case.closed B (out_of_scope)',
      'A waits: out_of_scope',
      'B waits: out_of_scope',
      'next never',
    ]);
  });

  it('of a group of two policies are two groups', () => {
    const twin = { ...group, id: 'twin' };
    const engine = of([group, twin], { default: 'group', assign: [{ invoice: 'B', policy: 'twin' }] });
    const both = once(engine, start, noon('03-02'));
    expect([says(engine, start, noon('03-02')), says(engine, both, noon('03-03'))]).toEqual([
      [
        'stage.delayed twin/~MXN s1d (message_limit)',
        'message s1d email ana: group/~MXN s1d; A; 10000 MXN',
        '~MXN waits at s1d: message_limit until 03-03',
        'next 03-03',
      ],
      [
        'message s1d email ana: twin/~MXN s1d; B; 10000 MXN',
        '~MXN waits at s9d: not_yet until 03-10',
        'next 03-10',
      ],
    ]);
    expect(says(of([group, twin], { default: 'group' }), both, noon('03-03'))).toEqual([
      'case.closed twin/~MXN (reassigned)',
      '~MXN waits at s9d: not_yet until 03-10',
      'next 03-10',
    ]);
    const credited = and(both, told.credit(aCredit({ to: 'B' })));
    expect(says(engine, credited, noon('03-03'))).toEqual([
      'case.closed twin/~MXN (credited)',
      '~MXN waits at s9d: not_yet until 03-10',
      'next 03-10',
    ]);
  });
});
