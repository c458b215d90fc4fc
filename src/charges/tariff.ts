import { RecobroError } from '../errors.js';
import { addMinor, parseAmount } from '../money/index.js';
import type { FeeRule, FeeTier, Tariff } from '../policy/fees.js';
import type { MoneyThreshold } from '../policy/types.js';
import type { ChargePart, NotCharged } from './charge.js';
import { fractionText, rounded } from './fraction.js';
import { isNo, no } from './outcome.js';
import { shareOf } from './rates.js';

/** Sum of the amounts of parts. */
export function sumOf(parts: readonly ChargePart[]): number {
  return parts.reduce((sum, part) => addMinor(sum, part.amount), 0);
}

/** The amount of a currency. @throws RecobroError `invalid_amount` for one below zero, `unknown_currency` */
export function amountIn(amounts: MoneyThreshold, currency: string, at: string): number | NotCharged {
  const text = Object.hasOwn(amounts, currency) ? amounts[currency] : undefined;
  if (text === undefined) return no('missing_rate', `${at}.${currency}`);
  const amount = parseAmount(text, currency);
  if (amount < 0) throw new RecobroError('invalid_amount', `${at}.${currency} of a fee lies below zero`);
  return amount;
}

/** The fixed sum and the percentage of a tariff, without its limits. `tier`: where its tier begins. */
export function plainOf(
  tariff: Tariff,
  base: number,
  currency: string,
  at: string,
  tier?: number,
): ChargePart[] | NotCharged {
  const parts: ChargePart[] = [];
  const where = tier === undefined ? {} : { tier };
  if (tariff.fixed !== undefined) {
    const amount = amountIn(tariff.fixed, currency, `${at}fixed`);
    if (typeof amount !== 'number') return amount;
    parts.push({ kind: 'fixed', amount, ...where });
  }
  if (tariff.percent !== undefined) {
    const share = shareOf(tariff.percent);
    const exact = { n: BigInt(base) * share.n, d: share.d };
    const rate = tariff.percent;
    parts.push({ kind: 'percent', amount: rounded(exact), base, rate, ...where, exact: fractionText(exact) });
  }
  return parts;
}

/** The parts with what the limits add or take away. Nothing stays nothing. */
export function limited(
  parts: readonly ChargePart[],
  tariff: Tariff,
  currency: string,
  at: string,
  tier?: number,
): ChargePart[] | NotCharged {
  const where = tier === undefined ? {} : { tier };
  let sum = sumOf(parts);
  const all = [...parts];
  for (const kind of ['minimum', 'maximum'] as const) {
    const name = kind === 'minimum' ? 'min' : 'max';
    const amounts = tariff[name];
    if (amounts === undefined) continue;
    const limit = amountIn(amounts, currency, `${at}${name}`);
    if (typeof limit !== 'number') return limit;
    const beyond = kind === 'minimum' ? sum > 0 && sum < limit : sum > limit;
    if (!beyond) continue;
    all.push({ kind, amount: addMinor(limit, -sum), limit, ...where });
    sum = limit;
  }
  return all;
}

/** What the tiers come to. */
export function tiersOf(rule: FeeRule, base: number, currency: string): ChargePart[] | NotCharged {
  const reached: { readonly tier: FeeTier; readonly from: number; readonly place: number }[] = [];
  for (const [place, tier] of (rule.tiers ?? []).entries()) {
    const from = amountIn(tier.from, currency, `tiers[${place}].from`);
    if (typeof from !== 'number') return from;
    if (base > 0 && base >= from) reached.push({ tier, from, place });
  }
  const accumulated = rule.tiered === 'accumulated';
  const parts: ChargePart[] = [];
  for (const [index, { tier, from, place }] of reached.entries()) {
    const next = reached[index + 1]?.from;
    if (!accumulated && next !== undefined) continue;
    const slice = accumulated ? (next ?? base) - from : base;
    const at = `tiers[${place}].`;
    const plain = plainOf(tier, slice, currency, at, from);
    const priced = isNo(plain) ? plain : limited(plain, tier, currency, at, from);
    if (isNo(priced)) return priced;
    parts.push(...priced);
  }
  return parts;
}
