import type { Act } from '../acts.js';
import type { CompiledPolicy, Engine } from '../compile.js';
import type { Waiting } from '../decide.js';
import { markOf } from '../marks.js';
import { shortfallOf } from '../minimum.js';
import type { Unit } from '../units.js';
import type { AccountView } from '../view.js';
import { type ActFacts, actOf } from './act-of.js';
import { allCases, itemsOfCase, policyOf } from './members.js';

/** What a person is asked to do where a case cannot go on by itself; once per opening. */
const taskOf: Readonly<Record<string, string>> = {
  // A stage asks for a least amount and has none for the currency, nor a rate where the plan converts.
  no_threshold: 'set-threshold',
  no_rate: 'set-rate',
  // No escalation of an account in difficulties: it is offered a plan of payments.
  hardship: 'offer-plan',
};

/** Whether a reason to wait gives a person something to do. */
export function needsPerson(reason: string): boolean {
  return Object.hasOwn(taskOf, reason);
}

/**
 * Why a task of this mark has no cause any more: the difficulties are over, or
 * a plan of payments was agreed on; the threshold or the rate is there. Undefined
 * while it has one, and for other tasks.
 *
 * @param unit of the case, by its policy
 */
export function reasonTaskOver(
  engine: Engine,
  view: AccountView,
  policy: CompiledPolicy,
  unit: Unit,
  mark: string,
): string | undefined {
  if (mark === 'task:hardship') {
    if (view.file.account?.hardship !== true) return 'no_hardship';
    return unit.items.every((item) => item.blocks.some(({ kind }) => kind === 'plan')) ? 'plan' : undefined;
  }
  if (mark !== 'task:no_threshold' && mark !== 'task:no_rate') return undefined;
  const lacks = policy.stages.some(
    ({ minimum }) =>
      minimum !== undefined && `task:${shortfallOf(engine, policy, minimum, view, unit)}` === mark,
  );
  return lacks ? undefined : 'resolved';
}

/** Tasks for cases that wait for a person. */
export function tasksOfReasons(facts: ActFacts, waiting: readonly Waiting[]): Act[] {
  const asked = waiting.filter(({ reason }) => needsPerson(reason));
  if (asked.length === 0) return [];
  const acts: Act[] = [];
  const cases = new Map(allCases(facts.file).map((one) => [one.id, one]));
  for (const { case: id, reason } of asked) {
    const one = id === undefined ? undefined : cases.get(id);
    const policy = one === undefined ? undefined : policyOf(facts.engine, one);
    const name = taskOf[reason];
    if (one === undefined || policy === undefined || name === undefined) continue;
    const mark = `task:${reason}`;
    if (markOf(one, mark, 1) !== undefined) continue;
    acts.push(
      actOf(facts, {
        kind: 'task',
        name,
        policy,
        stage: mark,
        covered: [{ case: one, occurrence: 1 }],
        mark,
        items: itemsOfCase(facts.engine, facts.view, policy, one),
        reason,
      }),
    );
  }
  return acts;
}
