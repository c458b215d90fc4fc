import { type Day, shiftDay } from '../calendar/index.js';
import type { CompiledPolicy, Engine } from './compile.js';

/** The last day on which an item due on `due` does not count as overdue under a policy. */
export function graceEndOf(engine: Engine, policy: CompiledPolicy, due: Day): Day {
  const { grace } = policy;
  return grace === undefined ? due : shiftDay(due, grace, engine.calendar);
}

/** Whether what is due on `due` counts as overdue under a policy: its grace is over as well. */
export function isPastGrace(
  engine: Engine,
  policy: CompiledPolicy,
  due: Day | undefined,
  today: Day,
): boolean {
  return due !== undefined && today > graceEndOf(engine, policy, due);
}
