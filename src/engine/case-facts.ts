import { type Day, parseDay } from '../calendar/index.js';
import type { AccountFile, Case, StageMark } from '../ledger/file.js';
import type { CompiledPolicy, CompiledStage } from './compile.js';
import type { FactValue, Subject } from './conditions.js';
import { countedOn, isStageMark, ruleOf, turnOf } from './marks.js';

/**
 * The stage whose level a case has: by state, the one that holds; else the
 * highest that counts as done in this turn of the ladder.
 */
export function levelOf(policy: CompiledPolicy, one: Case): CompiledStage | undefined {
  if (policy.byState) return one.level === undefined ? undefined : policy.byId.get(one.level);
  let highest: CompiledStage | undefined;
  for (const mark of one.marks) {
    const stage = policy.byId.get(mark.stage);
    if (stage === undefined || mark.occurrence < turnOf(one, mark.stage)) continue;
    if (countedOn(ruleOf(policy, stage), mark) === undefined) continue;
    if (highest === undefined || isHigher(stage, highest)) highest = stage;
  }
  return highest;
}

function isHigher(a: CompiledStage, b: CompiledStage): boolean {
  return a.level === b.level ? a.index > b.index : a.level > b.level;
}

/** The last day on which somebody was contacted about a case, whoever did it, or one of its stages acted. */
export function lastContactOf(file: AccountFile, one: Case): Day | undefined {
  let last: string | undefined;
  const take = (on: string): void => {
    if (last === undefined || on > last) last = on;
  };
  for (const mark of one.marks) if (isContact(mark)) take(mark.on);
  for (const touch of file.touches) {
    if (touch.purpose === 'dunning' && touch.cases?.includes(one.id) === true) take(touch.on);
  }
  return last === undefined ? undefined : parseDay(last);
}

/** A person who puts a case to a stage contacts nobody. */
function isContact(mark: StageMark): boolean {
  return mark.state === 'done' && mark.reason !== 'moved' && isStageMark(mark);
}

/** Facts of a case's own past. */
export const caseFacts: readonly (readonly [string, (subject: Subject) => FactValue])[] = [
  [
    'case.stagesDone',
    ({ case: one }) =>
      new Set(one?.marks.flatMap((mark) => (mark.state === 'done' && isStageMark(mark) ? [mark.stage] : [])))
        .size,
  ],
  [
    'case.level',
    ({ case: one, policy }) =>
      one === undefined || policy === undefined ? undefined : (levelOf(policy, one)?.level ?? 0),
  ],
  [
    'case.stage',
    ({ case: one, policy }) =>
      one === undefined || policy === undefined ? undefined : levelOf(policy, one)?.stage.id,
  ],
  [
    'case.daysSinceContact',
    ({ case: one, view }) => {
      const last = one === undefined ? undefined : lastContactOf(view.file, one);
      return last === undefined ? undefined : view.today - last;
    },
  ],
  ['case.opening', ({ case: one }) => one?.opening],
  [
    'case.daysOpen',
    ({ case: one, view }) => (one === undefined ? undefined : view.today - parseDay(one.opened)),
  ],
];
