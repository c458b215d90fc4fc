import { parseDay } from '../calendar/index.js';
import type { AccountFile, Case } from '../ledger/file.js';
import type { CompiledPolicy, CompiledStage, Engine } from './compile.js';
import type { FileEvent } from './events.js';
import { isPastGrace } from './grace.js';
import type { SubjectOfReview } from './lifecycle.js';
import { isBusy, turnOf } from './marks.js';
import { ahead, isExpired, type Schedule, scheduleOf } from './schedule.js';
import { isUpcoming } from './trigger-days.js';
import type { Unit } from './units.js';
import { isEmpty, refusalOf } from './verdict.js';
import type { AccountView } from './view.js';

/**
 * What a run on request asks of the policies that climb by runs: one further
 * stage of each case, whatever the days. The same run asks a case once; a case
 * that rests, or whose last stage is still under way, is not brought further.
 */
export function requestedStages(
  engine: Engine,
  view: AccountView,
  file: AccountFile,
  subjects: readonly SubjectOfReview[],
  run: string | number,
): FileEvent[] {
  const events: FileEvent[] = [];
  const id = String(run);
  for (const { unit, case: known, policy, reason } of subjects) {
    if (policy === undefined || !policy.climb || known === undefined || reason !== undefined) continue;
    const one = file.cases.get(unit.id)?.find((other) => other.id === known);
    if (
      one === undefined ||
      one.runs?.includes(id) === true ||
      one.asked !== undefined ||
      one.marks.some(isBusy)
    )
      continue;
    const stage = nextOnRequest(engine, policy, view, unit, one);
    if (stage === undefined) continue;
    const base = { subject: unit.id, case: one.id, on: view.on };
    events.push({ type: 'case.asked', ...base, stage: stage.stage.id, author: 'run', run: id });
  }
  return events;
}

/** The stage to which a run brings a case; undefined where it stays. */
function nextOnRequest(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  one: Case,
): CompiledStage | undefined {
  if (one.state !== 'open') return undefined;
  const { today } = view;
  if (one.notBefore !== undefined && parseDay(one.notBefore) > today) return undefined;
  const schedule = scheduleOf(engine, policy, unit, one, today);
  const rest = ahead(engine, schedule, unit, one);
  for (const stage of rest) {
    const day = schedule.days[stage.index];
    if ((day === undefined && !stage.follower) || isEmpty(stage)) continue;
    if (isExpired(engine, stage, unit, day, today)) continue;
    // Before the due date the days count: nobody is reminded by a run of what is months away.
    const upcoming = day !== undefined && isUpcoming(unit, day);
    if (upcoming ? day > today : !isPastGrace(engine, policy, unit.due ?? day, today)) return undefined;
    const reason = refusalOf(engine, policy, view, unit, one, stage);
    if (reason === undefined) return stage;
    if (reason !== 'condition') return undefined;
  }
  return rest.some((stage) => schedule.days[stage.index] !== undefined && !isEmpty(stage))
    ? undefined
    : repeated(policy, schedule, one);
}

function repeated(policy: CompiledPolicy, { days, order }: Schedule, one: Case): CompiledStage | undefined {
  const last = order.findLast((stage) => days[stage.index] !== undefined);
  if (last === undefined || policy.repeat === undefined || isEmpty(last)) return undefined;
  const turn = turnOf(one, last.stage.id);
  let done = turn;
  for (const mark of one.marks) if (mark.stage === last.stage.id) done = Math.max(done, mark.occurrence);
  return done - turn < policy.repeat.times ? last : undefined;
}
