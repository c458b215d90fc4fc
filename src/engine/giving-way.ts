import { type Day, localDay } from '../calendar/index.js';
import type { CompiledStage, Engine } from './compile.js';
import { ahead, scheduleOf } from './schedule.js';
import { barOf } from './verdict.js';
import type { AccountView } from './view.js';
import type { Wanted } from './wanted.js';

/** The stage on or past whose day another one is pushed. */
export interface NextStage {
  readonly stage: CompiledStage;
  readonly day: Day;
}

/**
 * The next stage of a case, where contact rules push the one that would act
 * today onto or past its day. Only one that surely acts then counts: where
 * its condition may fail, the earlier stage keeps its turn.
 */
export function pushedOnto(
  engine: Engine,
  view: AccountView,
  { unit, case: one, policy, stage, part, instead }: Wanted,
  at: number | undefined,
): NextStage | undefined {
  if (at === undefined || stage === undefined || part > 0 || instead !== undefined) return undefined;
  const pushed = localDay(at, view.zone);
  if (pushed <= view.today || policy.byState || policy.climb) return undefined;
  // What a person asked for keeps its turn.
  if (one.asked === stage.stage.id) return undefined;
  const schedule = scheduleOf(engine, policy, unit, one, view.today);
  const rest = ahead(engine, schedule, unit, one);
  const place = rest.indexOf(stage);
  if (place < 0) return undefined;
  for (const next of rest.slice(place + 1)) {
    const day = schedule.days[next.index];
    // What was due before it was pushed has its turn as the rule for late reviews says.
    if (day === undefined || day <= view.today || next.sends.length === 0) continue;
    if (day > pushed) return undefined;
    const certain = next.test === undefined && next.minimum === undefined;
    if (certain && barOf(policy, view, unit, next) === undefined) return { stage: next, day };
  }
  return undefined;
}
