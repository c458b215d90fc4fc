import { describe, expect, it } from 'vitest';
import { parseDay } from '../../src/calendar/index.js';
import { defaultLedgerRules, type FileEvent, itemsOf, type LedgerRules } from '../../src/engine/index.js';
import { type Exposure, exposureOf } from '../../src/ledger/exposure.js';
import type { CreditLine } from '../../src/ledger/types.js';
import { anAccount, anInvoice, aPayment, aPaymentPlan, fileOf, told } from '../support/build.js';

const today = parseDay('2026-03-10');

function exposure(
  credit: Partial<CreditLine> | undefined,
  facts: readonly FileEvent[],
  own: Partial<LedgerRules['credit']> = {},
): Exposure | undefined {
  const line = credit === undefined ? undefined : { currency: 'MXN', ...credit };
  const file = fileOf(told.account(anAccount({ credit: line })), ...facts);
  const rules = { ...defaultLedgerRules, credit: { ...defaultLedgerRules.credit, ...own } };
  return exposureOf(file, itemsOf(file, today, rules), today, rules);
}

const overdue = told.invoice(anInvoice());
const open = told.invoice(anInvoice({ id: 'F2', due: '2026-03-20', total: 2_000 }));
const draft = told.invoice(anInvoice({ id: 'F3', status: 'draft', total: 300 }));

describe('exposure', () => {
  it('is draft, open, overdue and their total', () => {
    expect(exposure({}, [overdue, open, draft])).toMatchObject({
      draft: 300,
      open: 2_000,
      overdue: 10_000,
      returned: 0,
      total: 12_300,
    });
  });

  it('is unknown without a credit line', () => {
    expect(exposure(undefined, [overdue])).toBeUndefined();
  });

  it('becomes overdue beyond the margin only', () => {
    expect(exposure({}, [overdue], { marginDays: 8 })).toMatchObject({ open: 0, overdue: 10_000 });
    expect(exposure({}, [overdue], { marginDays: 9 })).toMatchObject({ open: 10_000, overdue: 0 });
  });

  it('is of the currency of the line; payables and what is settled play no part', () => {
    const others = [
      told.invoice(anInvoice({ id: 'USD', currency: 'USD' })),
      told.invoice(anInvoice({ id: 'USD-draft', currency: 'USD', status: 'draft' })),
      told.invoice(anInvoice({ id: 'ours', type: 'payable' })),
      told.invoice(anInvoice({ id: 'ours-draft', type: 'payable', status: 'draft' })),
      told.invoice(anInvoice({ id: 'gone', status: 'void' })),
      told.invoice(anInvoice({ id: 'credit', total: -500 })),
    ];
    expect(exposure({}, others)?.total).toBe(0);
  });

  it('of payments that came back stands apart, for a while, as far as it is owed', () => {
    const back = (own: Parameters<typeof aPayment>[0]): FileEvent =>
      told.payment(aPayment({ to: 'F1', amount: 4_000, state: 'reversed', ...own }));
    expect(exposure({}, [overdue, back({})])).toMatchObject({
      returned: 4_000,
      overdue: 6_000,
      total: 10_000,
    });
    expect(exposure({}, [overdue, back({ state: 'booked' })])).toMatchObject({ returned: 0, overdue: 6_000 });
    expect(exposure({}, [overdue, back({ amount: 99_000 })])).toMatchObject({ returned: 10_000, overdue: 0 });
    const week = { returnedDays: 7 };
    expect(exposure({}, [overdue, back({ date: '2026-03-02' })], week)).toMatchObject({ returned: 0 });
    expect(exposure({}, [overdue, back({ date: '2026-03-03' })], week)).toMatchObject({ returned: 4_000 });
    const late = back({ date: '2026-01-02', reversedOn: '2026-03-05' });
    expect(exposure({}, [overdue, late], week)).toMatchObject({ returned: 4_000 });
    expect(exposure({}, [overdue, back({ currency: 'USD' })])).toMatchObject({ returned: 0 });
    const both = told.plan(aPaymentPlan({ invoices: ['F1', 'F2'] }));
    expect(exposure({}, [overdue, open, back({ to: 'F2', amount: 1_000 }), both])).toMatchObject({
      returned: 1_000,
      total: 12_000,
    });
    expect(exposure({}, [overdue, back({}), told.plan(aPaymentPlan())])).toMatchObject({
      returned: 4_000,
      open: 6_000,
      overdue: 0,
    });
  });
});

describe('limits', () => {
  it('are own and insured together; at the limit is within it', () => {
    const both = { limit: 6_000, insured: 4_000 };
    expect(exposure(both, [overdue])).toMatchObject({ limit: 10_000, uninsured: 6_000, over: false });
    expect(exposure(both, [overdue, draft])).toMatchObject({ uninsured: 6_300, over: true });
    expect(exposure({ limit: 9_999 }, [overdue])).toMatchObject({ limit: 9_999, over: true });
    expect(exposure({ insured: 20_000 }, [overdue])).toMatchObject({
      limit: 20_000,
      uninsured: 0,
      over: false,
    });
    expect(exposure({}, [overdue])).toMatchObject({ uninsured: 10_000, over: false });
    expect(exposure({}, [overdue])).not.toHaveProperty('limit');
  });

  it('may be of a single bucket', () => {
    expect(exposure({ limit: 99_000, buckets: { overdue: 9_999 } }, [overdue])?.over).toBe(true);
    expect(exposure({ limit: 99_000, buckets: { overdue: 10_000, draft: 0 } }, [overdue])?.over).toBe(false);
    expect(exposure({ buckets: { draft: 0 } }, [overdue, draft])?.over).toBe(true);
  });
});
