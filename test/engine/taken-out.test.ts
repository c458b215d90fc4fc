import { describe, expect, it } from 'vitest';
import { evolve, evolveAll, type FileEvent } from '../../src/engine/index.js';
import type { AccountFile, Case } from '../../src/ledger/file.js';
import { type LeavingRecord, leftRecords } from '../../src/ledger/left.js';
import {
  aCredit,
  aHold,
  anInvoice,
  aPayment,
  aPaymentPlan,
  aPromise,
  aRefund,
  fileOf,
  told,
} from '../support/build.js';

/** What goes out of a file with a record, what is kept of it, and what comes back. */

const on = '2027-06-01';
const aCase = (subject: string): Case => ({
  ...{ id: `ladder/${subject}#1`, policy: 'ladder', version: 1, hash: '', subject, opening: 1 },
  ...{
    opened: '2026-03-02',
    state: 'closed',
    closed: { reason: 'paid', on: '2026-03-05' },
    shift: 0,
    marks: [],
  },
});
const both = (id: string) => [
  { invoice: 'F1', amount: 100 },
  { invoice: id, amount: 100 },
];
const subjects = ['F1', 'F1~2', 'F2', '~plan:p1~1', '~MXN'];
const start: AccountFile = {
  ...evolveAll(fileOf(told.invoice(anInvoice()), told.invoice(anInvoice({ id: 'F2' }))), [
    told.payment({ ...aPayment({ amount: 200 }), allocations: both('F2') }),
    told.credit({ ...aCredit({ amount: 200 }), allocations: both('F2') }),
    told.refund(aRefund({ payment: undefined, amount: 200, allocations: both('F2') })),
    told.hold(aHold({ invoice: 'F1' })),
    told.plan(aPaymentPlan()),
    told.promise(aPromise()),
    { type: 'promise.ended', promise: { id: 'W1', outcome: 'kept', on: '2026-03-10' } },
  ]),
  cases: new Map(subjects.map((subject) => [subject, [aCase(subject)]])),
  moved: new Map(['F1', 'F2', '~plan:p1~1'].map((id) => [id, { id, days: 1 } as never])),
  charged: new Map(['F1', 'F2'].map((id) => [id, { id, to: '2026-03-10', amount: 5 }])),
};
const out = (file: AccountFile, ...records: readonly LeavingRecord[]): AccountFile =>
  evolve(file, { type: 'items.left', on, records });
const invoice: LeavingRecord = {
  kind: 'invoice',
  id: 'F1',
  paid: [['2026-01-30', '2026-03-01', '2026-03-11']],
};
const keys = (map: ReadonlyMap<string, unknown>): readonly string[] => [...map.keys()];

describe('a record that leaves', () => {
  it('takes its cases, moves and interest along, and nobody else’s', () => {
    const file = out(start, invoice);
    expect([keys(file.invoices), keys(file.cases)]).toEqual([['F2'], ['F2', '~plan:p1~1', '~MXN']]);
    expect([keys(file.moved), keys(file.charged)]).toEqual([['F2', '~plan:p1~1'], ['F2']]);
    const plan = out(start, { kind: 'plan', id: 'p1' });
    expect([keys(plan.plans), keys(plan.cases)]).toEqual([[], ['F1', 'F1~2', 'F2', '~MXN']]);
    expect([keys(plan.moved), keys(plan.charged)]).toEqual([
      ['F1', 'F2'],
      ['F1', 'F2'],
    ]);
    const promise = out(start, { kind: 'promise', id: 'W1' });
    expect([keys(promise.promises), keys(promise.kept), keys(promise.cases)]).toEqual([[], [], subjects]);
    expect(promise.left?.promises).toEqual({ kept: 1, partly: 0, broken: 0 });
    expect(keys(out(start, { kind: 'hold', id: 'H1' }).kept)).toEqual(['W1']);
  });

  it('is counted, and named for as long as money of the file names it', () => {
    const first = out(start, invoice);
    expect(first.left).toMatchObject({
      ...{ records: 1, paid: { count: 1, late: 1, days: 40 }, partly: ['F1'], newest: '2026-01-30' },
    });
    const second = out(first, { kind: 'invoice', id: 'F2' });
    expect(second.left).toMatchObject({ records: 2, partly: ['F1', 'F2'] });
    const money: readonly LeavingRecord[] = [
      { kind: 'payment', id: 'P1' },
      { kind: 'refund', id: 'R1' },
      { kind: 'credit', id: 'C1' },
    ];
    expect(out(second, ...money.slice(0, 2)).left?.partly).toEqual(['F1', 'F2']);
    expect(out(second, ...money.slice(1)).left?.partly).toEqual(['F1', 'F2']);
    expect(out(second, money[0]!, money[2]!).left?.partly).toEqual(['F1', 'F2']);
    expect(out(second, ...money).left).toMatchObject({ partly: [], newest: '2026-03-02', records: 5 });
  });
});

describe('a record that comes back', () => {
  const all: readonly LeavingRecord[] = [
    invoice,
    { kind: 'plan', id: 'p1' },
    { kind: 'promise', id: 'W1' },
    { kind: 'payment', id: 'P1' },
    { kind: 'refund', id: 'R1' },
    { kind: 'credit', id: 'C1' },
    { kind: 'hold', id: 'H1' },
  ];
  const kept = leftRecords(start, all);
  const gone = out(start, ...all);
  const back = (...kinds: readonly string[]): AccountFile => {
    const records = kept.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
    return evolve(gone, { type: 'items.returned', on, records } as FileEvent);
  };

  it('is what it was, with all that went along', () => {
    const file = back();
    expect(file.left).toBeUndefined();
    for (const key of ['invoices', 'plans', 'promises', 'payments', 'refunds', 'credits', 'holds'] as const)
      expect(new Map<string, unknown>([...file[key]].sort())).toEqual(
        new Map<string, unknown>([...start[key]].sort()),
      );
    for (const key of ['cases', 'moved', 'charged', 'kept'] as const)
      expect(keys(file[key]).toSorted()).toEqual(keys(start[key]).toSorted());
  });

  it('of money names what is still out', () => {
    for (const kind of ['payment', 'refund', 'credit']) expect(back(kind).left?.partly).toEqual(['F1']);
    expect(back('hold').left?.partly).toEqual([]);
    expect(back('invoice', 'payment').left?.partly).toEqual([]);
    expect(back('promise').left?.promises).toEqual({ kept: 0, partly: 0, broken: 0 });
  });

  it('gives way to what the file has by now', () => {
    const newer = evolve(gone, told.hold(aHold({ reason: 'newer' })));
    const file = evolve(newer, { type: 'items.returned', on, records: kept } as FileEvent);
    expect(file.holds.get('H1')?.reason).toBe('newer');
    expect(file.left?.records).toBe(1);
  });
});
