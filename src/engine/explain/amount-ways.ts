import { type Item, isDebt } from '../../ledger/items.js';
import type { CompiledPolicy, CompiledStage, Engine } from '../compile.js';
import { type Minimum, type MinimumSums, shortfallFor, sumsFor } from '../minimum.js';
import { isTolerated } from '../settled.js';
import type { Unit } from '../units.js';
import type { AccountView } from '../view.js';
import { viewAt } from './ahead.js';
import type { Change, MinimumReport, Way } from './types.js';
import { satisfied } from './ways.js';

/** What would make an item owed that is settled, or never was. */
export function owedWays(engine: Engine, view: AccountView, item: Item): readonly Way[] {
  const { status, type, currency } = item.invoice;
  const way: Change[] = [];
  if (status !== 'open') way.push({ kind: 'invoice', field: 'status', found: status, wanted: 'open' });
  if (type === 'payable') way.push({ kind: 'invoice', field: 'type', found: type });
  // What a plan's instalment is owed is nothing that its invoice could tell.
  const { outstanding, charges } = way.length === 0 ? item : receivable(engine, view, item);
  const owed = (amount: number): boolean =>
    isDebt({ outstanding: amount, charges }) && !isTolerated(engine, view, amount, currency);
  const missing = leastFrom(0, (more) => owed(outstanding + more));
  if (missing === undefined) return [];
  if (missing > 0) way.push({ kind: 'amount', of: 'outstanding', currency, missing });
  return [way];
}

/** An item as it would be, were its invoice an open receivable: only of such is anything owed. */
function receivable(engine: Engine, view: AccountView, item: Item): Item {
  const invoices = new Map(view.file.invoices);
  const known = invoices.get(item.invoice.id);
  if (known !== undefined) invoices.set(known.id, { ...known, status: 'open', type: undefined });
  const { items } = viewAt(engine, { ...view.file, invoices }, view.now);
  return items.find((one) => one.id === item.id) ?? item;
}

/** A stage's least amounts with what there is. */
export function reportMinimum(
  engine: Engine,
  policy: CompiledPolicy,
  minimum: Minimum,
  stage: CompiledStage,
  view: AccountView,
  unit: Unit,
): MinimumReport {
  const { currency } = unit;
  const { amounts, any, ofAccount } = minimum;
  const wanted = amounts?.get(currency);
  const share = stage.stage.min?.share;
  return {
    currency,
    ...(wanted === undefined ? {} : { wanted }),
    ...(share === undefined ? {} : { share }),
    any,
    of: ofAccount ? 'account' : 'case',
    ...sumsFor(engine, policy, minimum, view, unit),
  };
}

/** What would make a stage's least amounts be reached. */
export function minimumWays(
  engine: Engine,
  policy: CompiledPolicy,
  minimum: Minimum,
  view: AccountView,
  unit: Unit,
): readonly Way[] {
  const { currency } = unit;
  const sums = sumsFor(engine, policy, minimum, view, unit);
  const shortfall = (known: MinimumSums) => shortfallFor(engine, minimum, known, currency, view.on);
  const failing = shortfall(sums);
  switch (failing) {
    case undefined:
      return satisfied;
    case 'no_threshold':
      return [[{ kind: 'threshold', currency }]];
    case 'no_rate':
      return [[{ kind: 'rate', from: currency, to: [...(minimum.amounts?.keys() ?? [])] }]];
    case 'minimum': {
      const missing = leastFrom(1, (more) => {
        const { open, counted } = sums;
        return shortfall({ open: open + more, counted: counted + more }) === undefined;
      });
      return missing === undefined ? [] : [[{ kind: 'amount', of: 'dunnable', currency, missing }]];
    }
  }
}

/** The least number, not below `from`, for which something holds that goes on holding; undefined where none will do. */
function leastFrom(from: number, holds: (value: number) => boolean): number | undefined {
  if (holds(from)) return from;
  let below = from;
  let step = 1;
  while (!holds(from + step)) {
    below = from + step;
    step *= 2;
    if (from + step > Number.MAX_SAFE_INTEGER / 4) return undefined;
  }
  let least = from + step;
  while (least - below > 1) {
    const middle = Math.floor((least + below) / 2);
    if (holds(middle)) least = middle;
    else below = middle;
  }
  return least;
}
