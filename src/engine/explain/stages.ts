import { formatDay } from '../../calendar/index.js';
import type { Case } from '../../ledger/file.js';
import { stateVerdict } from '../actions/level-state.js';
import { climb } from '../climb.js';
import type { CompiledPolicy, Engine } from '../compile.js';
import { reportCondition } from '../condition-report.js';
import { latestMark } from '../marks.js';
import { scheduleOf } from '../schedule.js';
import type { StageNote, StageState } from '../stage-state.js';
import type { Unit } from '../units.js';
import type { Verdict } from '../verdict.js';
import type { AccountView } from '../view.js';
import type { Asked, Failure, Noted } from './asked.js';
import { stageFailure } from './failures.js';
import { choiceOf } from './recipient-ways.js';
import { seenOf } from './seen-of.js';
import { triedOf } from './tried.js';
import type { PlaceChoice, StageExplanation, Way } from './types.js';

/** What the ladder says, and how it sees each of its stages. */
export interface Climbed {
  readonly verdict: Verdict | undefined;
  readonly noted: readonly Noted[];
}

/** Asks the ladder of a running case, as a review does. */
export function climbed(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  one: Case,
): Climbed {
  const noted = new Map<string, Noted>();
  const note: StageNote = (stage, state, day, mark) => {
    noted.set(stage.stage.id, { stage, state, day, mark });
  };
  const verdict = policy.byState
    ? stateVerdict(engine, policy, view, unit, one, note).verdict
    : climb(engine, policy, view, unit, one, note);
  return { verdict, noted: [...noted.values()] };
}

/** The stages of a ladder that nothing climbs: with the case that climbed it last, if any did. */
export function atRest(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  one: Case | undefined,
): Climbed {
  const { days, order } = scheduleOf(engine, policy, unit, one, view.today);
  const noted = order.map((stage): Noted => {
    const mark = latestMark(one, stage.stage.id);
    const day = days[stage.index];
    const state: StageState = mark?.state ?? (day === undefined && !stage.follower ? 'no_date' : 'later');
    return { stage, state, day, mark };
  });
  return { verdict: undefined, noted };
}

/** States in which a stage's condition was asked. */
const conditionAsked: ReadonlySet<StageState> = new Set([
  'due',
  'condition',
  'superseded',
  'minimum',
  'no_threshold',
  'no_rate',
]);

/** One stage: what became of it, or which guard fails and what would make it pass. */
export function stageOf(asked: Asked, noted: Noted): StageExplanation {
  const { view, unit, case: one, policy } = asked;
  const { stage, state, day, mark } = noted;
  const { id, tone, when } = stage.stage;
  const acts = actsNow(asked, noted);
  const failure = acts || isPerformed(asked, noted) ? undefined : stageFailure(asked, noted);
  const reason = failure?.reason ?? (acts ? undefined : mark?.reason);
  const at = failure === undefined ? undefined : (failure.at ?? instantOf(failure.would));
  const place = acts ? placeOf(asked, noted) : undefined;
  const condition =
    when === undefined || policy === undefined || !conditionAsked.has(state)
      ? undefined
      : reportCondition(when, { view, unit, case: one, policy });
  return {
    stage: id,
    tone,
    state,
    ...(day === undefined ? {} : { day: formatDay(day) }),
    ...(mark === undefined ? {} : { on: mark.on }),
    acts,
    ...(failure === undefined ? {} : { failed: failure.guard }),
    ...(reason === undefined ? {} : { reason }),
    ...(at === undefined ? {} : { at }),
    tried: failure === undefined && !acts ? [] : triedOf(asked, noted, failure),
    ...(failure === undefined ? {} : { would: failure.would }),
    ...(condition === undefined ? {} : { condition }),
    ...(place === undefined ? {} : { place }),
  };
}

/** The instant from which mere waiting is enough. */
export function instantOf(would: Failure['would']): number | undefined {
  for (const way of would) {
    const [change] = way;
    if (way.length > 1 || change === undefined) continue;
    if (change.kind === 'date') return change.at;
  }
  return undefined;
}

/** Whether a stage acts at this review: an act is planned for it, or it is done by being reached. */
function actsNow({ acts, decision, case: one }: Asked, { stage }: Noted): boolean {
  if (one === undefined) return false;
  const { id } = stage.stage;
  for (const { covers, answers } of acts) {
    if (answers !== undefined) continue;
    for (const cover of covers) {
      if (cover.case !== one.id) continue;
      if (cover.stage === id) return true;
    }
  }
  return decision.events.some(
    (event) =>
      event.type === 'stage.done' &&
      event.case === one.id &&
      event.stage === id &&
      event.reason !== 'absorbed',
  );
}

/** Whether a stage was performed, and does not wait to act again. */
function isPerformed({ verdict }: Asked, { stage, state }: Noted): boolean {
  if (state !== 'done') return false;
  if (verdict === undefined || verdict.kind === 'exhaust' || verdict.stage !== stage) return true;
  return verdict.kind === 'wait' && (verdict.reason === 'last_wait' || verdict.reason === 'level_holds');
}

/** Where the message of a stage that acts goes: with others it may go by the channel of the strongest. */
function placeOf(asked: Asked, { stage }: Noted): PlaceChoice | undefined {
  const { engine, view } = asked;
  const own = seenOf(asked, stage);
  const act = asked.acts.find(
    ({ kind, covers, answers }) =>
      kind === 'message' &&
      answers === undefined &&
      covers.some((cover) => cover.case === asked.case?.id && cover.stage === stage.stage.id),
  );
  if (act === undefined) return undefined;
  for (const { case: id, stage: mark } of act.covers) {
    const seen = asked.seen.placeOf(id, mark);
    if (seen?.place === undefined) continue;
    if (seen.place.channel.id === act.channel && seen.place.contact?.id === act.contact)
      return choiceOf(engine, view.file, seen);
  }
  return own === undefined ? undefined : choiceOf(engine, view.file, own);
}

/** Ways of several stages: any of them. */
export function waysOf(stages: readonly StageExplanation[]): readonly Way[] {
  return stages.flatMap((stage) => stage.would ?? []);
}
