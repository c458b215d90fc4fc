import { describe, expect, it } from 'vitest';
import { formatDay, parseDay } from '../../src/calendar/index.js';
import { type FileEvent, leavingOf, viewOf } from '../../src/engine/index.js';
import type { AccountFile, Case, OpenAct } from '../../src/ledger/file.js';
import { leftKey } from '../../src/ledger/left.js';
import { lastPromiseDay } from '../../src/ledger/promises.js';
import {
  aCredit,
  aDispute,
  aHold,
  aLadder,
  anInvoice,
  anUnbooked,
  aPayment,
  aPaymentPlan,
  aPlan,
  aPromise,
  aRefund,
  aReply,
  engineOf,
  fileOf,
  instant,
  inTwoParts,
  told,
} from '../support/build.js';

/** What a date of each record keeps in the file: every one that docs/closed-items.md names has to be old. */

const engine = engineOf(aLadder(['3d']), aPlan());
const now = instant('2027-06-01T10:00:00-06:00');
/** With 400 days, the last day that is old and the first that is too young. */
const old = '2026-04-26';
const young = '2026-04-27';
const noon = (day: string): number => instant(`${day}T12:00:00-06:00`);

function keysOf(file: AccountFile, by = engine): readonly string[] {
  return leavingOf(by, viewOf(by, file, now), 400).map(({ kind, id }) => leftKey(kind, id));
}

const leaving = (...facts: readonly FileEvent[]): readonly string[] => keysOf(fileOf(...facts));

/** F1, paid with P1. */
const base = [told.invoice(anInvoice()), told.payment(aPayment({ to: 'F1' }))];
const f1 = ['invoice/F1', 'payment/P1'];
const ended = (on: string, outcome: 'kept' | 'broken' | 'cancelled' = 'kept', id = 'W1'): FileEvent => ({
  type: 'promise.ended',
  promise: { id, outcome, on },
});
const aCase: Case = {
  id: 'ladder/F1#1',
  policy: 'ladder',
  version: 1,
  hash: '',
  subject: 'F1',
  opening: 1,
  opened: '2026-02-01',
  state: 'closed',
  closed: { reason: 'paid', on: '2026-03-02' },
  shift: 0,
  marks: [],
};
const imported = (own: Partial<Case>): FileEvent => ({ type: 'case.imported', case: { ...aCase, ...own } });
const mark = { stage: 's3d', occurrence: 1, state: 'done', on: old, tried: [], revision: 0 } as const;

/** What leaves with a date that is old, and with one that is a day too young. */
const dated: readonly (readonly [
  string,
  (day: string) => readonly FileEvent[],
  readonly string[],
  readonly string[],
])[] = [
  ['issue', (issued) => [told.invoice(anInvoice({ issued, due: issued })), base[1]!], f1, []],
  ['due date', (due) => [told.invoice(anInvoice({ due })), base[1]!], f1, []],
  [
    'issue after the due date',
    (issued) => [told.invoice(anInvoice({ issued, due: '2026-03-01' })), base[1]!],
    f1,
    [],
  ],
  [
    'due date of an instalment',
    (due) => [
      told.invoice(
        inTwoParts({
          instalments: [
            { id: '1', due: '2026-03-01', amount: 5_000 },
            { id: '2', due, amount: 5_000 },
          ],
        }),
      ),
      base[1]!,
    ],
    f1,
    [],
  ],
  [
    'charge',
    (on) => [told.invoice(anInvoice({ charges: [{ id: 'c', amount: 100, on, waived: false }] })), base[1]!],
    f1,
    [],
  ],
  [
    'balance',
    (day) => [told.invoice(anInvoice({ balance: { amount: 0, asOf: noon(day) } }))],
    ['invoice/F1'],
    [],
  ],
  ['payment', (date) => [base[0]!, told.payment(aPayment({ to: 'F1', date }))], f1, []],
  ['booking', (day) => [base[0]!, told.payment(aPayment({ to: 'F1', bookedAt: noon(day) }))], f1, []],
  [
    'reversal',
    (reversedOn) => [
      told.invoice(anInvoice({ status: 'void' })),
      told.payment(aPayment({ to: 'F1', state: 'reversed', reversedOn })),
    ],
    f1,
    [],
  ],
  ['credit', (date) => [base[0]!, told.credit(aCredit({ to: 'F1', date }))], ['invoice/F1', 'credit/C1'], []],
  [
    'refund',
    (date) => [
      told.invoice(anInvoice({ status: 'void' })),
      told.payment(aPayment({ to: 'F1' })),
      told.refund(aRefund({ date })),
    ],
    [...f1, 'refund/R1'],
    [],
  ],
  [
    'refund of money that was put to nothing',
    (date) => [told.payment(aPayment()), told.refund(aRefund({ date }))],
    ['payment/P1', 'refund/R1'],
    [],
  ],
  [
    'hold',
    (from) => [...base, told.hold(aHold({ invoice: 'F1', from, released: true }))],
    [...f1, 'hold/H1'],
    [],
  ],
  ['end of a hold', (until) => [...base, told.hold(aHold({ invoice: 'F1', until }))], [...f1, 'hold/H1'], []],
  ['end of a hold of the account', (until) => [told.hold(aHold({ until }))], ['hold/H1'], []],
  [
    'dispute',
    (opened) => [...base, told.dispute(aDispute({ opened, state: 'rejected' }))],
    [...f1, 'dispute/D1'],
    [],
  ],
  [
    'report of payment',
    (on) => [...base, told.unbooked(anUnbooked({ invoice: 'F1', on, until: on }))],
    [...f1, 'unbooked/U1'],
    [],
  ],
  [
    'end of a report of payment',
    (until) => [...base, told.unbooked(anUnbooked({ invoice: 'F1', until }))],
    [...f1, 'unbooked/U1'],
    [],
  ],
  [
    'promise',
    (made) => [...base, told.promise(aPromise({ invoice: 'F1', made, date: made })), ended('2026-03-02')],
    ['invoice/F1', 'promise/W1', 'payment/P1'],
    [],
  ],
  [
    'end of a promise',
    (on) => [...base, told.promise(aPromise()), ended(on)],
    ['invoice/F1', 'promise/W1', 'payment/P1'],
    [],
  ],
  [
    'payment plan',
    (made) => [...base, told.plan(aPaymentPlan({ made, state: 'cancelled', instalments: [] }))],
    ['invoice/F1', 'plan/p1', 'payment/P1'],
    [],
  ],
  [
    'instalment of a payment plan',
    (due) => [
      ...base,
      told.plan(aPaymentPlan({ state: 'cancelled', instalments: [{ id: '1', due, amount: 10_000 }] })),
    ],
    ['invoice/F1', 'plan/p1', 'payment/P1'],
    [],
  ],
  ['end of a case', (on) => [...base, imported({ closed: { reason: 'paid', on } })], f1, []],
  ['stage of a case', (on) => [...base, imported({ marks: [{ ...mark, on }] })], f1, []],
  [
    'case of a payment plan',
    (on) => [
      ...base,
      told.plan(aPaymentPlan({ state: 'cancelled', instalments: [] })),
      imported({ subject: '~plan:p1~1', closed: { reason: 'paid', on } }),
    ],
    ['invoice/F1', 'plan/p1', 'payment/P1'],
    [],
  ],
  [
    'reply',
    (on) => [told.reply(aReply({ on })), told.reply(aReply({ id: 'Y2', on: '2027-05-01' }))],
    ['reply/Y1'],
    [],
  ],
  [
    'pause after a reply',
    (until) => [told.reply(aReply({ until })), told.reply(aReply({ id: 'Y2', on: '2027-05-01' }))],
    ['reply/Y1'],
    [],
  ],
  ['report about the account', (on) => [told.unbooked(anUnbooked({ on, until: on }))], ['unbooked/U1'], []],
  [
    'end of a promise of the account',
    (on) => [told.promise(aPromise({ invoice: undefined })), ended(on)],
    ['promise/W1'],
    [],
  ],
];

describe('what a date keeps in the file', () => {
  it.each(dated)('%s', (_, facts, gone, kept) => {
    expect(leaving(...facts(old))).toEqual(gone);
    expect(leaving(...facts(young))).toEqual(kept);
  });

  it('a report without an end keeps for as long as reports count', () => {
    const days = engine.reckoning.ledger.unbookedDays;
    expect(days).toBeGreaterThan(1);
    expect(leaving(told.unbooked(anUnbooked({ on: old })))).toEqual([]);
    expect(leaving(told.unbooked(anUnbooked({ on: '2026-04-01' })))).toEqual(['unbooked/U1']);
  });
});

describe('promises of the whole account', () => {
  const promise = (own: Parameters<typeof aPromise>[0] = {}) =>
    told.promise(aPromise({ invoice: undefined, ...own }));
  const lastDay = formatDay(lastPromiseDay(aPromise(), engine.reckoning.ledger));
  const after = formatDay(parseDay(lastDay) + 1);

  it('stay while their outcome may be another: cancelled and told anew, or given a later day', () => {
    expect(leaving(promise(), ended(after, 'cancelled'))).toEqual([]);
    expect(leaving(promise({ state: 'cancelled' }), ended('2026-03-05', 'cancelled'))).toEqual([
      'promise/W1',
    ]);
    expect(leaving(promise(), ended(after, 'broken'))).toEqual(['promise/W1']);
    expect(leaving(promise(), ended(lastDay, 'broken'))).toEqual([]);
    expect(leaving(promise(), ended('2026-03-05', 'broken'))).toEqual([]);
    expect(leaving(promise(), ended('2026-03-05', 'kept'))).toEqual(['promise/W1']);
    // Kept before its day, which is still to come.
    expect(leaving(promise({ date: '2027-07-01' }), ended('2026-03-05', 'kept'))).toEqual([]);
  });

  it('keep money that came since they were made, until they are over', () => {
    expect(leaving(...base, promise({ made: '2026-03-01' }))).toEqual([]);
    expect(leaving(...base, promise({ made: '2026-03-02' }))).toEqual([]);
    expect(leaving(...base, promise({ made: '2026-03-03' }))).toEqual(f1);
    expect(leaving(...base, promise({ made: '2026-02-01', state: 'cancelled' }))).toEqual(f1);
    const kept = [promise({ made: '2026-02-01' }), ended('2026-03-05')];
    expect(leaving(...base, ...kept)).toEqual(['invoice/F1', 'promise/W1', 'payment/P1']);
    expect(leaving(...base, ...kept, promise({ id: 'W2', made: '2026-02-15' }))).toEqual([]);
    // Of an invoice that is not there it counts no money of the account.
    expect(leaving(...base, told.promise(aPromise({ invoice: 'F9', made: '2026-02-01' })))).toEqual(f1);
  });
});

describe('what leaves alone', () => {
  it.each<readonly [string, readonly FileEvent[], readonly string[]]>([
    ['money that was reversed', [told.payment(aPayment({ state: 'reversed' }))], ['payment/P1']],
    ['not money put to nothing', [told.payment(aPayment())], []],
    ['a credit note that was cancelled', [told.credit(aCredit({ state: 'cancelled' }))], ['credit/C1']],
    ['not one put to nothing', [told.credit(aCredit())], []],
    ['not the draft of one', [told.credit(aCredit({ state: 'draft' }))], []],
    [
      'a draft that names what is over',
      [told.invoice(anInvoice({ status: 'void' })), told.credit(aCredit({ to: 'F1', state: 'draft' }))],
      ['invoice/F1', 'credit/C1'],
    ],
    [
      'not a credit note of which some is put to nothing',
      [
        told.invoice(anInvoice()),
        told.credit({ ...aCredit({ amount: 12_000 }), allocations: [{ invoice: 'F1', amount: 10_000 }] }),
      ],
      ['invoice/F1'],
    ],
    [
      'a hold of the account that was released before its end',
      [told.hold(aHold({ released: true, until: '2027-12-01' }))],
      ['hold/H1'],
    ],
    ['a hold that was never to end, released', [told.hold(aHold({ released: true }))], ['hold/H1']],
    [
      'not the newest reply, whichever was told first',
      [told.reply(aReply({ id: 'Y2', on: '2026-03-06' })), told.reply(aReply({ id: 'Y9' }))],
      ['reply/Y9'],
    ],
    [
      'not a draft',
      [told.invoice(anInvoice({ status: 'draft' })), told.reply(aReply({ handled: true }))],
      [],
    ],
    [
      'not a hold of an invoice that stays',
      [told.invoice(anInvoice()), told.hold(aHold({ invoice: 'F1', released: true }))],
      [],
    ],
    [
      'not what a promise names whose day is still to come',
      [...base, told.promise(aPromise({ date: '2027-07-01' })), ended('2026-03-02')],
      [],
    ],
    [
      'a payment plan that is over, whatever else is open',
      [
        ...base,
        told.invoice(anInvoice({ id: 'F2' })),
        told.plan(aPaymentPlan({ state: 'cancelled', instalments: [] })),
      ],
      ['invoice/F1', 'plan/p1', 'payment/P1'],
    ],
    [
      'what is paid of a group that still runs for others',
      [...base, imported({ id: 'ladder/~MXN#1', subject: '~MXN', state: 'open', closed: undefined })],
      f1,
    ],
    ['of two replies of the last day neither', [told.reply(aReply()), told.reply(aReply({ id: 'Y2' }))], []],
    [
      'a refund of no payment, put to what is over',
      [
        told.invoice(anInvoice({ status: 'void' })),
        told.refund(aRefund({ payment: undefined, allocations: [{ invoice: 'F1', amount: 10_000 }] })),
      ],
      ['invoice/F1', 'refund/R1'],
    ],
    [
      'not one of which some is put to nothing',
      [
        told.invoice(anInvoice({ status: 'void' })),
        told.refund(aRefund({ payment: undefined, allocations: [{ invoice: 'F1', amount: 9_999 }] })),
      ],
      ['invoice/F1'],
    ],
    [
      'a refund that was reversed, whatever it was put to',
      [told.refund(aRefund({ payment: undefined, state: 'reversed' }))],
      ['refund/R1'],
    ],
    [
      'not a refund of no payment that names what is open',
      [
        told.invoice(anInvoice({ due: '2026-03-01' })),
        told.refund(aRefund({ payment: undefined, allocations: [{ invoice: 'F1', amount: 10_000 }] })),
      ],
      [],
    ],
  ])('%s', (_, facts, keys) => {
    expect(leaving(...facts)).toEqual(keys);
  });
});

describe('what is going on keeps in the file', () => {
  const running = (opened: string): FileEvent[] => [
    told.invoice(anInvoice({ id: 'F2', due: '2026-03-01' })),
    imported({ id: 'ladder/F2#1', subject: 'F2', opened, state: 'open' }),
  ];
  const act = (own: Partial<OpenAct>): OpenAct => ({
    ...{
      id: 't1',
      kind: 'task',
      purpose: 'dunning',
      state: 'planned',
      review: 0,
      on: '2026-03-01',
      covers: [],
    },
    ...own,
  });
  const busy = (facts: readonly FileEvent[], stage: string, subject = 'F9') => {
    const covers = [{ subject, case: 'c', stage, occurrence: 1 }];
    return keysOf({ ...fileOf(...facts), acts: new Map([['t1', act({ covers })]]) });
  };

  it('an unfinished mark or an effect of its case', () => {
    for (const state of ['unknown', 'planned'] as const)
      expect(leaving(...base, imported({ marks: [{ ...mark, state }] }))).toEqual([]);
    expect(leaving(...base, imported({ effects: ['stop'] }))).toEqual([]);
    expect(leaving(...base, imported({ effects: [] }))).toEqual(f1);
    expect(leaving(...base, imported({ state: 'exhausted' }))).toEqual([]);
  });

  it('what the carrier of a group is, and the items of a group of which an act is', () => {
    const group = imported({ id: 'ladder/~MXN#1', subject: '~MXN', carrier: 'F1', state: 'open' });
    expect(leaving(...base, group)).toEqual([]);
    const other = imported({ id: 'ladder/~MXN#1', subject: '~MXN', carrier: 'F9', state: 'open' });
    expect(leaving(...base, other)).toEqual(f1);
    const grouping = engineOf(aLadder(['3d'], { unit: { group: ['account'] } }), aPlan());
    const covers = (subject: string) => [{ subject, case: 'c', stage: 's3d', occurrence: 1 }];
    const with_ = (subject: string) =>
      keysOf({ ...fileOf(...base), acts: new Map([['t1', act({ covers: covers(subject) })]]) }, grouping);
    expect(with_('~MXN')).toEqual([]);
    expect(with_('~USD')).toEqual(f1);
  });

  it('the reply or report of which a task is', () => {
    const replies = [told.reply(aReply()), told.reply(aReply({ id: 'Y2', on: '2026-03-06' }))];
    expect(busy(replies, 'task:reply:Y1')).toEqual([]);
    expect(busy(replies, 'task:reply:Y2')).toEqual(['reply/Y1']);
    expect(busy([told.unbooked(anUnbooked())], 'task:unbooked:U1')).toEqual([]);
    expect(busy([told.unbooked(anUnbooked())], 'task:unbooked:U2')).toEqual(['unbooked/U1']);
  });

  it('replies that nobody handled while a case runs that was opened by then', () => {
    const replies = (handled: boolean) => [
      told.reply(aReply({ handled })),
      told.reply(aReply({ id: 'Y2', on: '2026-03-06' })),
    ];
    expect(leaving(...running('2026-03-05'), ...replies(false))).toEqual([]);
    expect(leaving(...running('2026-03-06'), ...replies(false))).toEqual(['reply/Y1']);
    expect(leaving(...running('2026-03-05'), ...replies(true))).toEqual(['reply/Y1']);
  });

  it('promises of the account that ended while a case runs that was opened by then', () => {
    const promise = [told.promise(aPromise({ invoice: undefined })), ended('2026-03-11')];
    expect(leaving(...running('2026-03-11'), ...promise)).toEqual([]);
    expect(leaving(...running('2026-03-12'), ...promise)).toEqual(['promise/W1']);
  });

  it('all that one promise, report or dispute names, until all of it is over', () => {
    const two = [told.invoice(anInvoice()), told.invoice(anInvoice({ id: 'F2' }))];
    const promise = told.promise(aPromise({ invoice: undefined, invoices: ['F1', 'F2'] }));
    const paid = [told.payment(aPayment({ to: 'F1' })), told.payment(aPayment({ id: 'P2', to: 'F2' }))];
    expect(leaving(...two, paid[0]!, promise, ended('2026-03-11'))).toEqual([]);
    expect(leaving(...two, ...paid, promise, ended('2026-03-11'))).toEqual([
      ...['invoice/F1', 'invoice/F2', 'promise/W1', 'payment/P1', 'payment/P2'],
    ]);
    const report = told.unbooked(anUnbooked({ invoices: ['F1', 'F2'] }));
    expect(leaving(...two, paid[0]!, report)).toEqual([]);
    expect(leaving(...two, ...paid, report)).toEqual([
      ...['invoice/F1', 'invoice/F2', 'payment/P1', 'payment/P2', 'unbooked/U1'],
    ]);
    // Its other invoice still waits for a credit note, and would be chased without it.
    const dispute = told.dispute(aDispute({ invoice: undefined, invoices: ['F1', 'F2'], state: 'accepted' }));
    expect(leaving(...two, paid[0]!, dispute)).toEqual([]);
    expect(leaving(...two, ...paid, dispute)).toEqual([
      ...['invoice/F1', 'invoice/F2', 'payment/P1', 'payment/P2', 'dispute/D1'],
    ]);
    // What hangs together with what stays, stays, however long the chain.
    const third = told.invoice(anInvoice({ id: 'F3' }));
    const chain = told.promise(aPromise({ id: 'W2', invoice: undefined, invoices: ['F2', 'F3'] }));
    expect(
      leaving(
        ...two,
        third,
        ...paid,
        promise,
        ended('2026-03-11'),
        chain,
        ended('2026-03-11', 'broken', 'W2'),
      ),
    ).toEqual([]);
  });
});

it('what leaves says when its items were issued, due and paid; what was never paid says nothing', () => {
  const records = (...facts: readonly FileEvent[]) =>
    leavingOf(engine, viewOf(engine, fileOf(...facts), now), 400);
  expect(records(...base)).toStrictEqual([
    { kind: 'invoice', id: 'F1', paid: [['2026-01-30', '2026-03-01', '2026-03-02']] },
    { kind: 'payment', id: 'P1' },
  ]);
  expect(records(told.invoice(anInvoice({ due: undefined })), base[1]!)).toMatchObject([
    { paid: [['2026-01-30', null, '2026-03-02']] },
    {},
  ]);
  expect(records(told.invoice(anInvoice({ status: 'void' })))).toStrictEqual([{ kind: 'invoice', id: 'F1' }]);
});

it('a payment plan that was paid goes with its invoices, and says when its parts were paid', () => {
  const paid = (to: string, id: string) =>
    told.payment(aPayment({ id, to, amount: 5_000, date: '2026-04-01' }));
  const file = fileOf(
    base[0]!,
    told.plan(aPaymentPlan({ instalments: [{ id: '1', due: '2026-03-20', amount: 10_000 }] })),
    paid('F1', 'P1'),
    paid('F1', 'P2'),
  );
  const records = leavingOf(engine, viewOf(engine, file, now), 400);
  expect(records).toStrictEqual([
    { kind: 'invoice', id: 'F1' },
    { kind: 'plan', id: 'p1', paid: [['2026-03-05', '2026-03-20', '2026-04-01']] },
    { kind: 'payment', id: 'P1' },
    { kind: 'payment', id: 'P2' },
  ]);
});
