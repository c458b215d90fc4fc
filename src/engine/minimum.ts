import { chargeFree, type Item } from '../ledger/items.js';
import { parseAmount } from '../money/index.js';
import type { StageMinimum } from '../policy/types.js';
import { inScope } from './case-rules.js';
import type { CompiledPolicy, Engine } from './compile.js';
import { reaches } from './exchange.js';
import { isPastGrace } from './grace.js';
import type { Unit } from './units.js';
import type { AccountView } from './view.js';

/** Least amounts of a stage, ready to be asked. */
export interface Minimum {
  /** Minor units by currency. */
  readonly amounts: ReadonlyMap<string, number> | undefined;
  /** Part of the whole, as an exact fraction. */
  readonly share: { readonly top: bigint; readonly bottom: bigint } | undefined;
  /** Either is enough. */
  readonly any: boolean;
  readonly ofAccount: boolean;
}

/** Why a stage's least amounts are not reached, or not known to be. */
export type Shortfall = 'minimum' | 'no_threshold' | 'no_rate';

/** @throws RecobroError `invalid_amount`, `unknown_currency` */
export function compileMinimum(min: StageMinimum): Minimum {
  const { amount, share } = min;
  return {
    amounts:
      amount === undefined
        ? undefined
        : new Map(Object.entries(amount).map(([currency, text]) => [currency, parseAmount(text, currency)])),
    share: share === undefined ? undefined : fractionOf(share),
    any: min.any === true,
    ofAccount: min.of === 'account',
  };
}

/** Percent as a fraction: 12.5 is 125/1000. Six decimals are more than any document may write. */
function fractionOf(percent: number): { readonly top: bigint; readonly bottom: bigint } {
  return { top: BigInt(Math.round(percent * 1e6)), bottom: 100_000_000n };
}

/** Whether the answer may be another tomorrow though no fact was told: other items fall due, rates have dates. */
export function isTimedMinimum(engine: Engine, policy: CompiledPolicy, minimum: Minimum): boolean {
  return minimum.ofAccount || policy.groupBy !== undefined || engine.currencies.otherCurrency === 'convert';
}

/**
 * Whether a stage's least amounts are reached, inclusive, by what may be
 * chased of the overdue items in the policy's scope, without booked fees. Of
 * a stage before the due date: of the items that fall due until then.
 */
export function shortfallOf(
  engine: Engine,
  policy: CompiledPolicy,
  minimum: Minimum,
  view: AccountView,
  unit: Unit,
): Shortfall | undefined {
  const sums = sumsFor(engine, policy, minimum, view, unit);
  return shortfallFor(engine, minimum, sums, unit.currency, view.on);
}

/** What a stage's least amounts are asked of, in minor units of the unit's currency. */
export interface MinimumSums {
  /** All open items, in scope and without booked fees. */
  readonly open: number;
  /** Of these what is overdue, or falls due until then. */
  readonly counted: number;
}

/** Adds up what a stage's least amounts are asked of. */
export function sumsFor(
  engine: Engine,
  policy: CompiledPolicy,
  minimum: Minimum,
  view: AccountView,
  unit: Unit,
): MinimumSums {
  let open = 0;
  let counted = 0;
  for (const item of minimum.ofAccount ? view.items : unit.items) {
    if (item.invoice.currency !== unit.currency) continue;
    const amount = chargeFree(item);
    if (amount <= 0 || !inScope(policy.rules, view, item)) continue;
    open += amount;
    if (counts(engine, policy, view, unit, item)) counted += amount;
  }
  return { open, counted };
}

/** Whether such sums are enough. */
export function shortfallFor(
  engine: Engine,
  { amounts, share, any }: Minimum,
  { open, counted }: MinimumSums,
  currency: string,
  on: string,
): Shortfall | undefined {
  const enough =
    share === undefined ? undefined : open > 0 && BigInt(counted) * share.bottom >= BigInt(open) * share.top;
  if (amounts === undefined) return enough === false ? 'minimum' : undefined;
  if (any === enough) return any ? undefined : 'minimum';
  const reached = reaches(engine.currencies, amounts, counted, currency, on);
  if (reached === true) return undefined;
  return reached === false ? 'minimum' : reached;
}

function counts(
  engine: Engine,
  policy: CompiledPolicy,
  { today }: AccountView,
  unit: Unit,
  item: Item,
): boolean {
  if (isPastGrace(engine, policy, item.due, today)) return true;
  if (isPastGrace(engine, policy, unit.due, today)) return false;
  if (unit.due === undefined || item.due === undefined) return unit.items.includes(item);
  return item.due <= unit.due;
}
