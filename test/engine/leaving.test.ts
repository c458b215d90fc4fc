import { describe, expect, it } from 'vitest';
import { evolve, evolveAll, type FileEvent, leavingOf, viewOf } from '../../src/engine/index.js';
import type { AccountFile, OpenAct } from '../../src/ledger/file.js';
import { leftKey } from '../../src/ledger/left.js';
import { leftRows, Recall } from '../../src/ledger/recall.js';
import {
  aCredit,
  aDispute,
  aHold,
  aLadder,
  anAccount,
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

const engine = engineOf(aLadder(['3d']), aPlan({ tolerance: { MXN: '1.00' } }));
const now = instant('2027-06-01T10:00:00-06:00');

/** F1 was paid on 2 March 2026, more than 400 days before. */
const base = [told.account(anAccount()), told.invoice(anInvoice()), told.payment(aPayment({ to: 'F1' }))];
const both = [
  told.account(anAccount()),
  told.invoice(anInvoice()),
  told.invoice(anInvoice({ id: 'F2' })),
  told.payment({
    ...aPayment({ amount: 12_000 }),
    allocations: [
      { invoice: 'F1', amount: 10_000 },
      { invoice: 'F2', amount: 2_000 },
    ],
  }),
];

function leaving(...facts: readonly FileEvent[]): readonly string[] {
  return keysOf(fileOf(...facts));
}

function keysOf(file: AccountFile, at = now): readonly string[] {
  return leavingOf(engine, viewOf(engine, file, at), 400).map(({ kind, id }) => leftKey(kind, id));
}

const f1 = ['invoice/F1', 'payment/P1'];
const ended: FileEvent = { type: 'promise.ended', promise: { id: 'W1', outcome: 'kept', on: '2026-03-02' } };
const aCase = {
  id: 'ladder/F1#1',
  policy: 'ladder',
  version: 1,
  hash: '',
  subject: 'F1',
  opening: 1,
  opened: '2026-02-01',
  shift: 0,
  marks: [],
} as const;

const table: readonly (readonly [string, readonly FileEvent[], readonly string[]])[] = [
  ['what is paid', base, f1],
  ['an invoice in parts, all paid', [told.invoice(inTwoParts()), told.payment(aPayment({ to: 'F1' }))], f1],
  [
    'an invoice of which one part is open',
    [told.invoice(inTwoParts()), told.payment(aPayment({ to: 'F1~1', amount: 5_000 }))],
    [],
  ],
  [
    'what is owed, though it is tolerated',
    [told.invoice(anInvoice()), told.payment(aPayment({ to: 'F1', amount: 9_990 }))],
    [],
  ],
  [
    'what is paid beyond what it owes',
    [told.invoice(anInvoice()), told.payment(aPayment({ to: 'F1', amount: 10_001 }))],
    [],
  ],
  ['a draft', [told.invoice(anInvoice({ status: 'draft' }))], []],
  ['what is void', [told.invoice(anInvoice({ status: 'void' }))], ['invoice/F1']],
  [
    'what was booked lately',
    [told.invoice(anInvoice()), told.payment(aPayment({ to: 'F1', bookedAt: now - 1 }))],
    [],
  ],
  [
    'what a balance says, and of when',
    [told.invoice(anInvoice({ balance: { amount: 0, asOf: now - 1 } }))],
    [],
  ],
  ['an open dispute', [...base, told.dispute(aDispute())], []],
  [
    'a dispute that is over',
    [...base, told.dispute(aDispute({ state: 'rejected' }))],
    ['invoice/F1', 'payment/P1', 'dispute/D1'],
  ],
  ['a hold of the invoice without end', [...base, told.hold(aHold({ invoice: 'F1' }))], [...f1, 'hold/H1']],
  [
    'a hold of the invoice that lasts',
    [...base, told.hold(aHold({ invoice: 'F1', until: '2027-05-01' }))],
    [],
  ],
  ['a hold of the account without end', [told.hold(aHold())], []],
  ['a hold of the account that is released', [told.hold(aHold({ released: true }))], ['hold/H1']],
  [
    'a promise that was kept',
    [...base, told.promise(aPromise()), ended],
    ['invoice/F1', 'promise/W1', 'payment/P1'],
  ],
  [
    'a promise of two invoices, one of them open',
    [...both, told.promise(aPromise({ invoice: undefined, invoices: ['F1', 'F2'] }))],
    [],
  ],
  [
    'a payment plan over an open invoice',
    [...both, told.plan(aPaymentPlan({ invoices: ['F1', 'F2'], state: 'cancelled' }))],
    [],
  ],
  [
    'a payment plan that is over',
    [
      ...base,
      told.plan(
        aPaymentPlan({ state: 'cancelled', instalments: [{ id: '1', due: '2026-04-01', amount: 10_000 }] }),
      ),
    ],
    ['invoice/F1', 'plan/p1', 'payment/P1'],
  ],
  ['money that an open invoice has, too', both, ['invoice/F1']],
  [
    'money of which some is put to nothing',
    [
      told.invoice(anInvoice()),
      told.payment({ ...aPayment({ amount: 12_000 }), allocations: [{ invoice: 'F1', amount: 10_000 }] }),
    ],
    ['invoice/F1'],
  ],
  ['money for an invoice that nobody knows', [told.payment(aPayment({ to: 'F9' }))], []],
  [
    'a payment with its refund',
    [
      told.payment(aPayment({ state: 'reversed', to: 'F1' })),
      told.refund(aRefund()),
      told.invoice(anInvoice({ status: 'void' })),
    ],
    ['invoice/F1', 'payment/P1', 'refund/R1'],
  ],
  [
    'a payment whose refund is young',
    [
      told.payment(aPayment({ to: 'F1' })),
      told.refund(aRefund({ date: '2027-05-01', state: 'reversed' })),
      told.invoice(anInvoice()),
    ],
    [],
  ],
  [
    'a credit note',
    [told.invoice(anInvoice()), told.credit(aCredit({ to: 'F1' }))],
    ['invoice/F1', 'credit/C1'],
  ],
  [
    'replies but the latest',
    [told.reply(aReply()), told.reply(aReply({ id: 'Y2', on: '2026-03-06' }))],
    ['reply/Y1'],
  ],
  ['a report of payment', [told.unbooked(anUnbooked())], ['unbooked/U1']],
  ['a promise of the account', [told.promise(aPromise({ invoice: undefined })), ended], ['promise/W1']],
  [
    'a promise of the account while another is undecided',
    [
      told.promise(aPromise({ invoice: undefined })),
      ended,
      told.promise(aPromise({ id: 'W2', made: '2027-05-30', date: '2027-06-30' })),
    ],
    [],
  ],
  [
    'what came since a promise that is undecided',
    [...base, told.promise(aPromise({ invoice: undefined, date: '2027-06-30', made: '2026-03-01' }))],
    [],
  ],
  ['a case that runs', [...base, { type: 'case.imported', case: { ...aCase, state: 'open' } }], []],
  [
    'a case that closed lately',
    [
      ...base,
      {
        type: 'case.imported',
        case: { ...aCase, state: 'closed', closed: { reason: 'paid', on: '2027-05-30' } },
      },
    ],
    [],
  ],
  [
    'a case that closed long ago',
    [
      ...base,
      {
        type: 'case.imported',
        case: { ...aCase, state: 'closed', closed: { reason: 'paid', on: '2026-03-02' } },
      },
    ],
    f1,
  ],
];

describe('what leaves a file', () => {
  it.each(table)('%s', (_, facts, keys) => {
    expect(leaving(...facts)).toEqual(keys);
  });

  it('waits for so many days, to the day', () => {
    const file = fileOf(...base);
    expect(keysOf(file, instant('2027-04-06T23:00:00-06:00'))).toEqual([]);
    expect(keysOf(file, instant('2027-04-07T01:00:00-06:00'))).toEqual(f1);
  });

  it('lets money go with the last of its invoices, and brings back only what is meant', () => {
    const file = fileOf(...both);
    const left: FileEvent = {
      type: 'items.left',
      on: '2027-06-01',
      records: leavingOf(engine, viewOf(engine, file, now), 400),
    };
    const rows = new Map(leftRows(file, left.records).map((row) => [leftKey(row.kind, row.id), row]));
    const paid = told.payment(aPayment({ id: 'P2', to: 'F2', amount: 8_000 }));
    const rest = evolveAll(file, [left, paid]);
    expect([rest.left?.records, rest.left?.partly, rest.left?.paid]).toEqual([
      1,
      ['F1'],
      { count: 1, late: 1, days: 31 },
    ]);
    const records = leavingOf(engine, viewOf(engine, rest, now), 400);
    expect(records.map(({ kind, id }) => leftKey(kind, id))).toEqual([
      'invoice/F2',
      'payment/P1',
      'payment/P2',
    ]);
    for (const row of leftRows(rest, records)) rows.set(leftKey(row.kind, row.id), row);
    const none = evolve(rest, { type: 'items.left', on: '2027-06-01', records });
    expect([none.invoices.size, none.payments.size, none.left?.partly]).toEqual([0, 0, []]);
    const recall = new Recall(none, ['invoice/F1']);
    while (recall.wanted.length > 0) recall.take(recall.wanted.flatMap((key) => rows.get(key) ?? []));
    const back = evolve(none, { type: 'items.returned', on: '2027-06-01', records: recall.records });
    expect([[...back.invoices.keys()], [...back.payments.keys()], back.left?.partly]).toEqual([
      ['F1'],
      ['P1'],
      ['F2'],
    ]);
  });

  it('brings back with money that changes all that it names', () => {
    const paid = told.payment(aPayment({ id: 'P2', to: 'F2', amount: 8_000 }));
    const file = fileOf(...both, paid);
    const records = leavingOf(engine, viewOf(engine, file, now), 400);
    const rows = new Map(leftRows(file, records).map((row) => [leftKey(row.kind, row.id), row]));
    const recall = new Recall(evolve(file, { type: 'items.left', on: '2027-06-01', records }), [
      'payment/P1',
    ]);
    while (recall.wanted.length > 0) recall.take(recall.wanted.flatMap((key) => rows.get(key) ?? []));
    expect(recall.records.map(({ id }) => id)).toEqual(['F1', 'F2', 'P1', 'P2']);
  });

  it.each([
    ['dispute', told.dispute(aDispute({ invoice: undefined, invoices: ['F1', 'F2'], state: 'accepted' }))],
    ['report of payment', told.unbooked(anUnbooked({ invoices: ['F1', 'F2'] }))],
    ['promise', told.promise(aPromise({ invoice: undefined, invoices: ['F1', 'F2'] }))],
  ])('brings back together what one %s names: what settled the others counts for it', (_, named) => {
    const two = told.credit(aCredit({ to: 'F2' }));
    const file = fileOf(...base, told.invoice(anInvoice({ id: 'F2' })), two, named, ended);
    const records = leavingOf(engine, viewOf(engine, file, now), 400);
    const rows = new Map(leftRows(file, records).map((row) => [leftKey(row.kind, row.id), row]));
    const none = evolve(file, { type: 'items.left', on: '2027-06-01', records });
    const recall = new Recall(none, ['invoice/F1']);
    while (recall.wanted.length > 0) recall.take(recall.wanted.flatMap((key) => rows.get(key) ?? []));
    expect(recall.records.map(({ id }) => id)).toEqual(records.map(({ id }) => id));
    const back = evolve(none, { type: 'items.returned', on: '2027-06-01', records: recall.records });
    expect(keysOf(back)).toEqual(keysOf(file));
  });

  it('takes all along that is of an item, and gives all of it back', () => {
    const closed: FileEvent = {
      type: 'case.imported',
      case: { ...aCase, state: 'closed', closed: { reason: 'paid', on: '2026-03-02' } },
    };
    const moved: FileEvent = {
      type: 'item.moved',
      item: 'F1',
      policy: 'other',
      on: '2026-02-10',
      author: 'eva',
    };
    const known = fileOf(...base, closed, moved, told.promise(aPromise()), ended);
    const file: AccountFile = {
      ...known,
      charged: new Map([['F1', { id: 'F1', to: '2026-03-01', amount: 150 }]]),
    };
    const records = leavingOf(engine, viewOf(engine, file, now), 400);
    const out = evolve(file, { type: 'items.left', on: '2027-06-01', records });
    const sizes = [out.invoices, out.cases, out.payments, out.promises, out.kept, out.moved, out.charged];
    expect(sizes.map(({ size }) => size)).toEqual(Array(7).fill(0));
    const rows = leftRows(file, records).map(({ refs: _, ...record }) => record);
    const back = evolve(out, { type: 'items.returned', on: '2027-06-01', records: rows });
    expect({ ...back, seq: 0 }).toEqual({ ...file, seq: 0 });
  });

  it('keeps what an act that is not finished is about', () => {
    const file = fileOf(...base);
    const covers = [{ subject: 'F1', case: 'ladder/F1#1', stage: 's3d/task.0', occurrence: 1 }];
    const task: OpenAct = {
      id: 't1',
      kind: 'task',
      purpose: 'dunning',
      state: 'planned',
      review: 0,
      on: '2026-03-01',
      covers,
    };
    expect(keysOf({ ...file, acts: new Map([['t1', task]]) })).toEqual([]);
    expect(keysOf({ ...file, acts: new Map([['t1', { ...task, covers: [] }]]) })).toEqual(f1);
  });

  it('remembers the newest invoice or credit note that left, and how holds were called', () => {
    const rest = (...facts: readonly FileEvent[]) => {
      const file = fileOf(...facts);
      return evolve(file, {
        type: 'items.left',
        on: '2027-06-01',
        records: leavingOf(engine, viewOf(engine, file, now), 400),
      }).left;
    };
    expect(rest(...base)?.newest).toBe('2026-01-30');
    const credit = told.credit(aCredit({ to: 'F1', date: '2026-02-20' }));
    expect(rest(told.invoice(anInvoice()), credit)?.newest).toBe('2026-02-20');
    expect(rest(...base, told.hold(aHold({ id: 'h7', released: true })))).toMatchObject({ hold: 7 });
    expect(rest(...base, told.promise(aPromise({ id: 'h9' })), ended)).toMatchObject({ hold: 0 });
  });

  it('refuses to let go what is not there', () => {
    const records = [{ kind: 'invoice' as const, id: 'F9' }];
    expect(() => evolve(fileOf(...base), { type: 'items.left', on: '2027-06-01', records })).toThrowError(
      expect.objectContaining({ code: 'impossible_state' }),
    );
  });
});
