import { startOfDay } from '../../calendar/index.js';
import type { AccountFile } from '../../ledger/file.js';
import type { Engine } from '../compile.js';
import { groupUnit, itemUnit, type Unit } from '../units.js';
import { AccountView } from '../view.js';

/** Days for which it is asked whether mere waiting helps. */
export const daysAhead = 120;

/** An account as it will be at a later instant, or would be with other facts, if nothing else changes. */
export function viewAt(
  engine: Engine,
  file: AccountFile,
  at: number,
  reckoning: Engine['reckoning'] = engine.reckoning,
): AccountView {
  return new AccountView(file, engine.plan.zone, at, reckoning);
}

/** The same that climbs, in another view; undefined where nothing of it is there. */
export function sameUnit(unit: Unit, view: AccountView): Unit | undefined {
  const ids = new Set(unit.items.map((item) => item.id));
  const items = view.items.filter((item) => ids.has(item.id));
  const [first] = items;
  if (first === undefined) return undefined;
  return unit.id === first.id ? itemUnit(first) : groupUnit(unit.id, items, unit.lateBefore);
}

/** The first later day, from its start on, on which something holds; undefined where none of the next days will do. */
export function firstDay(
  engine: Engine,
  view: AccountView,
  holds: (view: AccountView) => boolean,
): { readonly day: number; readonly at: number } | undefined {
  for (let day = view.today + 1; day <= view.today + daysAhead; day++) {
    const at = startOfDay(day, view.zone);
    if (holds(viewAt(engine, view.file, at))) return { day, at };
  }
  return undefined;
}
