import { describe, expect, it } from 'vitest';
import { counted, latestKept, namingInvoices, ownerOf, type PaidDays } from '../../src/ledger/left.js';
import { type LeftRow, leftRows, overlaid, Recall, spokenOf } from '../../src/ledger/recall.js';
import { aHold, anInvoice, aPayment, aPromise, aRefund, fileOf, told } from '../support/build.js';

/** What a file keeps of records that left it, and what comes back together. */

const late: PaidDays = ['2026-01-01', '2026-01-31', '2026-02-10'];
const intime: PaidDays = ['2026-01-01', '2026-01-31', '2026-01-31'];
const open: PaidDays = ['2026-01-05', null, '2026-02-12'];

describe('what is counted of records that left', () => {
  it('is how many, what was paid and when, and how promises ended; it is taken back when they return', () => {
    const changes = [
      { paid: [late, intime, open], date: '2026-01-01' },
      { paid: [], outcome: 'kept', date: '2025-12-31' },
      { paid: [], outcome: 'cancelled', hold: 'h7' },
      { paid: [], outcome: 'partly', hold: 'talks8' },
    ] as const;
    const left = counted(undefined, changes, 1);
    expect(left).toEqual({
      records: 4,
      paid: { count: 2, late: 1, days: 70 },
      latest: [open, late, intime],
      promises: { kept: 1, partly: 1, broken: 0 },
      partly: [],
      newest: '2026-01-01',
      hold: 7,
    });
    const more = counted(left, [{ paid: [late], outcome: 'broken', hold: 'h3', date: '2026-03-01' }], 1);
    expect(more).toMatchObject({
      records: 5,
      paid: { count: 3, late: 2, days: 110 },
      latest: [open, late, late, intime],
      promises: { kept: 1, partly: 1, broken: 1 },
      newest: '2026-03-01',
      hold: 7,
    });
    // The days that were looked back on, and the numbers of holds, stay taken.
    expect(counted(more, [{ paid: [late, open], outcome: 'kept' }], -1)).toEqual({
      records: 4,
      paid: { count: 2, late: 1, days: 70 },
      latest: [late, intime],
      promises: { kept: 0, partly: 1, broken: 1 },
      partly: [],
      newest: '2026-03-01',
      hold: 7,
    });
  });

  it('knows the days of the last ones only', () => {
    const days = Array.from({ length: latestKept + 1 }, (_, day): PaidDays => {
      const on = `2026-${String(1 + (day % 12)).padStart(2, '0')}-${String(1 + (day % 28)).padStart(2, '0')}`;
      return [on, on, on];
    });
    const { latest, paid } = counted(undefined, [{ paid: days }], 1);
    expect([latest.length, paid.count]).toEqual([latestKept, latestKept + 1]);
    const oldest = days.map(([, , on]) => on).sort()[0];
    expect(latest.filter(([, , on]) => on === oldest)).toHaveLength(
      days.filter(([, , on]) => on === oldest).length - 1,
    );
  });
});

describe('what hangs together', () => {
  const file = fileOf(
    told.invoice(anInvoice()),
    told.invoice(anInvoice({ id: 'F2' })),
    told.payment(
      aPayment({
        allocations: [
          { invoice: 'F1', amount: 5_000 },
          { invoice: 'F2', amount: 5_000 },
        ],
      }),
    ),
    told.refund(aRefund({ allocations: [{ invoice: 'F2', amount: 100 }] })),
    told.promise(aPromise({ invoice: undefined, invoices: ['F1'] })),
    told.hold(aHold({ invoice: 'F2' })),
    told.hold(aHold({ id: 'H2' })),
  );
  const all = [
    { kind: 'invoice', id: 'F1' },
    { kind: 'invoice', id: 'F2' },
    { kind: 'payment', id: 'P1' },
    { kind: 'refund', id: 'R1' },
    { kind: 'promise', id: 'W1' },
    { kind: 'hold', id: 'H1' },
    { kind: 'hold', id: 'H2' },
    { kind: 'hold', id: 'H9' },
  ] as const;
  const rows = leftRows(file, all);
  const keyOf = ({ kind, id }: Pick<LeftRow, 'kind' | 'id'>): string => `${kind}/${id}`;

  /** What is asked for and comes back, with the keys that it began with, from everything that is out. */
  function back(...keys: readonly string[]): readonly string[] {
    const recall = new Recall(fileOf(), keys);
    while (recall.wanted.length > 0) {
      const { wanted } = recall;
      recall.take(rows.filter((row) => wanted.includes(keyOf(row))));
    }
    return recall.records.map(keyOf);
  }

  it('is what names the same invoices; a refund goes with its payment', () => {
    expect(Object.fromEntries(namingInvoices(file))).toEqual({
      F1: ['promise/W1', 'payment/P1', 'refund/R1'],
      F2: ['payment/P1', 'refund/R1', 'hold/H1'],
    });
    expect(Object.fromEntries(rows.map((row) => [keyOf(row), row.refs.join(' ')]))).toEqual({
      'invoice/F1': 'payment/P1 promise/W1 refund/R1',
      'invoice/F2': 'hold/H1 payment/P1 refund/R1',
      'payment/P1': 'invoice/F1 invoice/F2 refund/R1',
      'refund/R1': 'invoice/F2 payment/P1',
      'promise/W1': 'invoice/F1',
      'hold/H1': 'invoice/F2',
      'hold/H2': '',
    });
    expect(['F1', 'F1~2', '~plan:p1~1', '~MXN'].map(ownerOf)).toEqual([
      'invoice/F1',
      'invoice/F1',
      'plan/p1',
      undefined,
    ]);
  });

  it('comes back together, in one order', () => {
    expect(back('hold/H2')).toEqual(['hold/H2']);
    const paid = ['payment/P1', 'refund/R1'];
    // Money comes along, and the other invoices to which it went stay out.
    expect(back('invoice/F1')).toEqual(['invoice/F1', 'promise/W1', ...paid]);
    expect(back('hold/H1')).toEqual(['invoice/F2', ...paid, 'hold/H1']);
    expect(back('promise/W1')).toEqual(['invoice/F1', 'promise/W1', ...paid]);
    // Of money itself something is told: all that it is put to comes back.
    for (const own of paid)
      expect(back(own)).toEqual(['invoice/F1', 'invoice/F2', 'promise/W1', ...paid, 'hold/H1']);
    expect(back('promise/W9')).toEqual([]);
    expect(new Recall(file, ['invoice/F1', 'other/F1', 'hold/H9']).wanted).toEqual(['hold/H9']);
  });

  it('is looked for where a record that is told or known speaks of what the file lacks', () => {
    const lacking = fileOf(told.invoice(anInvoice()), told.refund(aRefund()));
    const refund = aRefund({ payment: 'P2', allocations: [{ invoice: 'F2', amount: 1 }] });
    expect(spokenOf(lacking, 'refund', 'R1', refund)).toEqual(['payment/P1', 'invoice/F2', 'payment/P2']);
    expect(spokenOf(lacking, 'refund', 'R1', undefined)).toEqual(['payment/P1']);
    expect(spokenOf(lacking, 'hold', 'H1', aHold())).toEqual(['hold/H1']);
    expect(spokenOf(lacking, 'invoice', 'F1', undefined)).toEqual([]);
  });

  it('is compared as if it were in the file', () => {
    const some = rows.filter(({ kind }) => kind === 'hold');
    const seen = overlaid(fileOf(told.hold(aHold({ id: 'H3' }))), some);
    expect([...seen.holds.keys()]).toEqual(['H3', 'H1', 'H2']);
    const empty = fileOf();
    expect(overlaid(empty, [])).toBe(empty);
  });
});
