import { wholeDays } from '../contact/gate.js';
import type { Case, StageMark } from '../ledger/file.js';
import type { Item } from '../ledger/items.js';
import type { Policy } from '../policy/types.js';
import { compileCondition, isTimed, type Test } from './conditions.js';
import { isOver, stageOfMark } from './marks.js';
import { itemUnit } from './units.js';
import type { AccountView } from './view.js';

/** What a policy says of opening, keeping and closing cases. */
export interface CaseRules {
  /** Whether it knows an item; undefined where it knows all. */
  readonly scope: Test | undefined;
  readonly scopeTimed: boolean;
  /** Days past due that the account's oldest overdue item must have. */
  readonly arrears: number | undefined;
  /** Whether a settled debt that comes back begins anew. */
  readonly restarts: boolean;
  /** When counters of what climbs together start anew. */
  readonly counters: NonNullable<Policy['counters']>;
  /** Whether running cases move to this version once it is loaded. */
  readonly adopts: boolean;
  /** What earlier versions' stages are called in this one. */
  readonly map: Readonly<Record<string, string>> | undefined;
}

export function caseRulesOf({ scope, arrears, reopen, counters, adopt }: Policy): CaseRules {
  return {
    scope: scope === undefined ? undefined : compileCondition(scope),
    scopeTimed: scope !== undefined && isTimed(scope),
    arrears: arrears === undefined ? undefined : wholeDays(arrears),
    restarts: reopen === 'restart',
    counters: counters ?? 'settled',
    adopts: adopt !== undefined && adopt !== 'pin',
    map: typeof adopt === 'object' ? adopt.map : undefined,
  };
}

/** Whether a policy knows an item. Others are untouched, and outside its thresholds and totals. */
export function inScope({ scope }: CaseRules, view: AccountView, item: Item): boolean {
  return scope === undefined || scope({ view, unit: itemUnit(item) });
}

/** What a stage of an earlier version is called now. */
export function mappedStage(map: Readonly<Record<string, string>> | undefined, stage: string): string {
  if (map === undefined) return stage;
  const end = stage.indexOf('/');
  const id = end < 0 ? stage : stage.slice(0, end);
  const now = Object.hasOwn(map, id) ? map[id] : undefined;
  return now === undefined ? stage : now + stage.slice(id.length);
}

/** What went furthest comes first. */
const strength: readonly StageMark['state'][] = [
  'done',
  'unknown',
  'planned',
  'skipped',
  'failed',
  'withdrawn',
];

/** Marks under the names of another version. Where stages have become one, what went furthest counts. */
function renamedMarks(
  marks: readonly StageMark[],
  map: Readonly<Record<string, string>> | undefined,
): readonly StageMark[] {
  if (map === undefined) return marks;
  const best = new Map<string, StageMark>();
  for (const known of marks) {
    const mark = { ...known, stage: mappedStage(map, known.stage) };
    const key = `${mark.stage}.${mark.occurrence}`;
    const other = best.get(key);
    if (other === undefined || goesFurther(mark, other)) best.set(key, mark);
  }
  return [...best.values()];
}

function goesFurther(a: StageMark, b: StageMark): boolean {
  const further = strength.indexOf(b.state) - strength.indexOf(a.state);
  return further === 0 ? a.tried.length > b.tried.length : further > 0;
}

/** A case under the names of another version. */
export function renamedCase(one: Case, map: Readonly<Record<string, string>> | undefined): Case {
  if (map === undefined) return one;
  const { level, asked } = one;
  const marks = renamedMarks(one.marks, map);
  const turns = renamedTurns(one, marks, map);
  return {
    ...one,
    marks,
    ...(level === undefined ? {} : { level: mappedStage(map, level) }),
    ...(asked === undefined ? {} : { asked: mappedStage(map, asked) }),
    ...(Object.keys(turns).length === 0 ? {} : { turns }),
  };
}

/**
 * A stage of this version that bears the name of another one of the last
 * begins with a later occurrence: acts under that name have been made.
 */
function renamedTurns(
  one: Case,
  marks: readonly StageMark[],
  map: Readonly<Record<string, string>>,
): Readonly<Record<string, number>> {
  const turns: Record<string, number> = {};
  const raise = (stage: string, turn: number): void => {
    turns[stage] = Math.max(turns[stage] ?? 1, turn);
  };
  for (const [stage, turn] of Object.entries(one.turns ?? {})) raise(mappedStage(map, stage), turn);
  const taken = new Set(marks.filter(isOver).map((mark) => mark.stage));
  for (const { stage, occurrence } of one.marks) {
    const id = stageOfMark({ stage });
    if (mappedStage(map, id) !== id && !taken.has(id)) raise(id, occurrence + 1);
  }
  return turns;
}
