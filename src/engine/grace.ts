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

/** The first due date that does not count as overdue on a day; undefined where a policy grants no grace. */
export function lateBefore(engine: Engine, policy: CompiledPolicy, today: Day): Day | undefined {
  if (policy.grace === undefined) return undefined;
  let due = today;
  while (graceEndOf(engine, policy, due - 1) >= today) due--;
  return due;
}
