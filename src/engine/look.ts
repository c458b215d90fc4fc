import type { AccountFile } from '../ledger/file.js';
import { promiseOutcomes } from '../ledger/promises.js';
import type { Engine } from './compile.js';
import type { FileEvent } from './events.js';
import { evolveAll } from './evolve.js';
import { AccountView } from './view.js';

/** An account at an instant, and what became of it by the mere passing of time. */
export interface Look {
  /** Of the file after `events`. */
  readonly view: AccountView;
  /** Promises that ended, each told once. */
  readonly events: readonly FileEvent[];
}

/** An account at an instant, by the rules of the plan. */
export function viewOf(engine: Engine, file: AccountFile, now: number): AccountView {
  return new AccountView(file, engine.plan.zone, now, engine.reckoning);
}

/** Looks at an account: promises whose day is over, or that are kept, end first, so that everything else knows. */
export function look(engine: Engine, file: AccountFile, now: number): Look {
  const { plan, reckoning } = engine;
  const view = new AccountView(file, plan.zone, now, reckoning);
  if (file.promises.size === 0) return { view, events: [] };
  const ended = promiseOutcomes(file, view.items, view.today, reckoning.ledger);
  if (ended.length === 0) return { view, events: [] };
  const events = ended.map((one): FileEvent => ({ type: 'promise.ended', promise: { ...one, on: view.on } }));
  return { view: new AccountView(evolveAll(file, events), plan.zone, now, reckoning), events };
}
