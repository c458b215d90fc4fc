import type { Charge, ChargeAnswer, ChargeItem, NamedFeeRule, Terms } from '../../src/charges/index.js';
import { type ChargeInput, chargeFor } from '../../src/charges/index.js';

/** Terms under which everything is agreed. */
export const agreed: Terms = { source: 'contract, clause 4', fees: true, interest: true };

/** A debt of 1,000.00 EUR due on 1 March 2026, unless told otherwise; `amount` is all of its amounts. */
export function debt({
  amount = 100_000,
  ...rest
}: Partial<ChargeItem> & { amount?: number } = {}): ChargeItem {
  return {
    id: 'A-1',
    currency: 'EUR',
    due: '2026-03-01',
    original: amount,
    outstanding: amount,
    dunnable: amount,
    ...rest,
  };
}

/** The answer for a rule on one debt, thirty days after the due date of {@link debt} unless told otherwise. */
export function answer(
  rule: Omit<NamedFeeRule, 'fee'>,
  input: Partial<ChargeInput> = {},
  ...items: readonly ChargeItem[]
): ChargeAnswer {
  const all = items.length === 0 ? [debt()] : items;
  return chargeFor({ fee: 'late', ...rule }, { on: '2026-03-31', items: all, terms: agreed, ...input });
}

/** The charge; no charge fails the test. */
export function charged(...args: Parameters<typeof answer>): Charge {
  const found = answer(...args);
  if (!found.made) throw new Error(`no charge: ${found.reason} at ${found.at}`);
  return found.charge;
}
