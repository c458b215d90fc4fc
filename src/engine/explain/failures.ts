import { formatDay, instantAt, startOfDay } from '../../calendar/index.js';
import { permission } from '../../contact/gate.js';
import type { AccountFile, Case } from '../../ledger/file.js';
import { isByHand } from '../actions/by-hand.js';
import { answeredStage } from '../answers.js';
import { minuteOf } from '../bounds.js';
import type { CompiledPolicy, CompiledStage } from '../compile.js';
import { requestOf } from '../contact-request.js';
import { graceEndOf } from '../grace.js';
import { lifecycle } from '../lifecycle.js';
import { isBusy, latestMark, stageOfMark } from '../marks.js';
import { isHeldByGrace } from '../schedule.js';
import type { StageState } from '../stage-state.js';
import { awaitsDelivery, isUpcoming } from '../trigger-days.js';
import { isEmpty, isTimedRefusal, type Refusal, refusalOf, type Verdict } from '../verdict.js';
import { firstDay, sameUnit, viewAt } from './ahead.js';
import { owedWays } from './amount-ways.js';
import type { Asked, Failure, Noted } from './asked.js';
import { blockWays } from './block-ways.js';
import { barWays, refusalWays } from './condition-guard.js';
import { conditionWays } from './condition-ways.js';
import { guardOf, guardOfPassed } from './guards.js';
import { recipientWays } from './recipient-ways.js';
import { seenOf } from './seen-of.js';
import type { Change, ContactRule, Way } from './types.js';
import { either, together } from './ways.js';

/** Why something does not climb today at all; undefined where it does. */
export function unitFailure(asked: Asked): Failure | undefined {
  const { engine, view, settled, reason } = asked;
  if (settled !== undefined)
    return { guard: 'owed', reason: settled.reason, would: owedWays(engine, view, settled.item) };
  if (reason !== undefined) return { guard: guardOf({ reason }), reason, would: reasonWays(asked, reason) };
  const { verdict } = asked;
  if (verdict?.kind !== 'wait') return undefined;
  if (verdict.reason !== 'act_pending' && verdict.reason !== 'act_unknown') return undefined;
  return { guard: 'not_under_way', reason: verdict.reason, would: [underWay(asked)] };
}

type ActChange = Change & { readonly kind: 'act' };

/** Acts of the case that are not finished, oldest mark first. */
export function underWay({ engine, case: one, file }: Asked): readonly ActChange[] {
  const changes = new Map<string, ActChange>();
  for (const mark of one?.marks ?? []) {
    if (!isBusy(mark) || mark.act === undefined) continue;
    const open = file.acts.get(mark.act);
    const state = open?.state ?? (mark.state === 'unknown' ? 'unknown' : 'planned');
    const hand = open?.state === 'proposed' && isByHand(engine, open);
    const byHand = hand && open.channel !== undefined ? { byHand: open.channel } : {};
    changes.set(mark.act, { kind: 'act', id: mark.act, state, stage: stageOfMark(mark), ...byHand });
  }
  return [...changes.values()];
}

function reasonWays(asked: Asked, reason: string): readonly Way[] {
  const { engine, view, unit, assignment, policy, case: one } = asked;
  const { account, assigned } = view.file;
  switch (guardOf({ reason })) {
    case 'account':
      return [[{ kind: 'account', account: view.file.id }]];
    case 'policy': {
      const scope = policy?.policy.scope;
      if (reason === 'out_of_scope' && scope !== undefined) return conditionWays(scope, { view, unit });
      const named = unit.lead.invoice.policy ?? account?.policy ?? undefined;
      const about = named === undefined ? {} : { policy: named };
      return [[{ kind: 'assignment', reason, by: assignment.by, ...about }]];
    }
    case 'date': {
      const day = arrearsOver(asked);
      return day === undefined ? [] : [[dateOf(asked, day)]];
    }
    default:
  }
  if (reason === 'discarded') return askedFor(asked, discardedStage(asked));
  if (reason !== 'assigned' && reason !== 'handed_over') return blockWays(engine, view, unit);
  const back: Way = one?.handed === undefined ? [] : [{ kind: 'handover', ...one.handed }];
  const person: Way = assigned === undefined ? [] : [{ kind: 'person', owner: assigned.owner }];
  return together([[[...back, ...person]], freeWays(asked)]);
}

/** How often the end of something is looked for where other things move it on. */
const mostTries = 12;

/** The first day on which the account is long enough in arrears: what is blocked by then counts no more. */
function arrearsOver({ engine, view, unit, policy, until }: Asked): number | undefined {
  let day = until === undefined ? undefined : until + 1;
  for (let tries = 0; day !== undefined && tries < mostTries; tries++) {
    const then = viewAt(engine, view.file, startOfDay(day, view.zone));
    const subject = lifecycle(engine, then).subjects.find(
      (one) => one.unit.id === unit.id && one.policy?.ref.id === policy?.ref.id,
    );
    if (subject?.reason !== 'arrears') return day;
    day = subject.until === undefined ? undefined : subject.until + 1;
  }
  return undefined;
}

/** What else keeps it from being chased, besides what comes first; nothing where nothing does. */
function freeWays({ engine, view, unit }: Asked): readonly Way[] {
  if (unit.dunnable > 0) return [[]];
  return blockWays(engine, view, unit).filter((way) => way.every((change) => change.kind === 'block'));
}

function discardedStage({ case: one, policy }: Asked): CompiledStage | undefined {
  const reason = one?.stopped?.reason;
  const mark = one?.marks.findLast((known) => known.state === 'withdrawn' && known.reason === reason);
  return mark === undefined ? undefined : policy?.byId.get(stageOfMark(mark));
}

/** A stage that a person asks for acts whatever the ladder says, if it has anything to do and nothing bars it. */
export function askedFor({ policy, view, unit }: Asked, stage: CompiledStage | undefined): readonly Way[] {
  if (policy === undefined || stage === undefined || isEmpty(stage)) return [];
  return together([[[{ kind: 'ask', stage: stage.stage.id }]], barWays(policy, view, unit, stage)]);
}

/** What climbs: the ladder of a running case was asked. */
type Climbing = Asked & {
  readonly policy: CompiledPolicy;
  readonly case: Case;
  readonly verdict: Verdict;
};

/** Only of a running case is its ladder asked. */
function isClimbing(asked: Asked): asked is Climbing {
  return asked.verdict !== undefined;
}

/** Why a stage does not act now; undefined where it does. The stage was not performed. */
export function stageFailure(asked: Asked, noted: Noted): Failure | undefined {
  const { stage, state, mark } = noted;
  if (state === 'skipped' || state === 'passed') {
    const would = asked.settled === undefined ? askedFor(asked, stage) : [];
    return { guard: guardOfPassed(mark?.reason), reason: mark?.reason ?? 'passed', would, past: true };
  }
  const whole = unitFailure(asked);
  if (whole !== undefined)
    return whole.reason === 'discarded' ? { ...whole, would: askedFor(asked, stage) } : whole;
  return isClimbing(asked) ? ladderFailure(asked, noted, state) : undefined;
}

function ladderFailure(
  asked: Climbing,
  noted: Noted,
  state: Exclude<StageState, 'skipped' | 'passed'>,
): Failure {
  const { verdict } = asked;
  const { stage } = noted;
  if (verdict.kind === 'exhaust' || (verdict.kind === 'wait' && verdict.reason === 'exhausted'))
    return order('exhausted', askedFor(asked, stage));
  if (state === 'unknown' || state === 'planned') return ownAct(asked, stage, state);
  if (verdict.stage === stage) return chosenFailure(asked, noted, verdict);
  const first = verdict.stage?.stage.id;
  switch (state) {
    case 'expired':
    case 'missed':
      return { guard: 'date', reason: state, would: askedFor(asked, stage) };
    case 'no_date':
      return noDate();
    case 'later':
      return laterFailure(asked, noted);
    case 'due':
    case 'superseded':
      // Where each has its turn, what is due comes once the one before it is done; what is passed with another does not.
      return state === 'due' && asked.policy.late === 'each' && !asked.policy.byState && first !== undefined
        ? behind(first)
        : order('superseded', askedFor(asked, stage), first);
    case 'done':
    case 'failed':
    case 'withdrawn':
      return order('passed', askedFor(asked, stage), first);
    default:
      return refused(asked, stage, state);
  }
}

/** A stage under way that does not keep its ladder back. */
function ownAct(asked: Asked, stage: CompiledStage, state: 'planned' | 'unknown'): Failure {
  const reason = state === 'unknown' ? 'act_unknown' : 'act_pending';
  const own = underWay(asked).filter((act) => act.stage === stage.stage.id);
  return { guard: 'not_under_way', reason, would: [own] };
}

/** A stage that comes once another is done. */
function behind(first: string): Failure {
  return order('earlier_first', [[{ kind: 'stage', stage: first, state: 'done' }]], first);
}

function order(reason: string, would: readonly Way[], first?: string): Failure {
  return { guard: 'order', reason, would, ...(first === undefined ? {} : { first }) };
}

function noDate(): Failure {
  return { guard: 'date', reason: 'no_date', would: [[{ kind: 'invoice', field: 'due' }]] };
}

/** A stage whose day is to come, or not known yet. */
function laterFailure(asked: Climbing, { stage, day }: Noted): Failure {
  const { engine, policy, unit, view, case: one, verdict } = asked;
  if (day === undefined || floats(asked, stage)) {
    const before = policy.stages[stage.index - 1]?.stage.id;
    if (before === undefined) return noDate();
    if (awaitsDelivery(policy, stage, one))
      return {
        guard: 'date',
        reason: 'not_delivered',
        would: [[{ kind: 'stage', stage: before, state: 'delivered' }]],
        first: before,
      };
    // It counts from what the stage before does not have, as a deadline: nothing that comes gives it a day.
    if (latestMark(one, before)?.state === 'done') return { guard: 'date', reason: 'no_date', would: [] };
    return order('after_previous', [[{ kind: 'stage', stage: before, state: stateAwaited(stage) }]], before);
  }
  if (policy.climb) {
    const from = runDay(asked, day);
    const way: Way = from > view.today ? [dateOf(asked, from), { kind: 'run' }] : [{ kind: 'run' }];
    return { guard: 'date', reason: 'no_run', would: [way] };
  }
  // Another was asked for, and acts before it.
  const first = verdict.kind === 'exhaust' ? undefined : verdict.stage?.stage.id;
  if (day <= view.today && first !== undefined) return behind(first);
  const held = isHeldByGrace(engine, policy, unit, stage, view.today);
  return { guard: 'date', reason: held ? 'grace' : 'not_yet', would: [[dateOf(asked, day, stage)]] };
}

/** Whether a stage counts from one that would only be over if something acted today: its day moves on with every day. */
function floats(asked: Climbing, stage: CompiledStage): boolean {
  const before = asked.policy.stages[stage.index - 1];
  if (before === undefined || !stage.follower || stage.combine === 'earliest') return false;
  const { id } = before.stage;
  return latestMark(asked.case, id) === undefined && overNow(asked, id) === undefined;
}

/** What says that a stage is over as of this review. */
function overNow({ decision, case: one }: Climbing, id: string) {
  for (const event of decision.events) {
    if (event.type !== 'stage.skipped' && event.type !== 'stage.done') continue;
    if (event.case === one.id && event.stage === id) return event;
  }
  return undefined;
}

/** What of the stage before a stage counts from. */
function stateAwaited({ triggers }: CompiledStage): 'done' | 'proposed' | 'delivered' {
  const states = triggers.flatMap(({ basis, of }) => (basis === 'previous' ? [of] : []));
  if (states.includes('delivered')) return 'delivered';
  return states.length > 0 && states.every((of) => of === 'proposed') ? 'proposed' : 'done';
}

/** The first day on which a run brings a case to a stage. */
function runDay({ engine, policy, unit }: Climbing, day: number): number {
  if (isUpcoming(unit, day) || unit.due === undefined) return day;
  return graceEndOf(engine, policy, unit.due) + 1;
}

function dateOf({ view }: Asked, day: number, stage?: CompiledStage): Change {
  const minute = stage === undefined ? undefined : minuteOf(view, stage);
  const at = minute === undefined ? startOfDay(day, view.zone) : instantAt(day, minute, view.zone);
  return { kind: 'date', day: formatDay(day), at };
}

function refused(asked: Climbing, stage: CompiledStage, reason: Refusal): Failure {
  const { engine, policy, view, unit, case: one } = asked;
  const ways = refusalWays(engine, policy, view, unit, one, stage);
  const timed = isTimedRefusal(engine, policy, stage, reason);
  const later = timed
    ? firstDay(engine, view, (then) => {
        const own = sameUnit(unit, then);
        return own !== undefined && refusalOf(engine, policy, then, own, one, stage) === undefined;
      })
    : undefined;
  const would = either([later === undefined ? [] : [[dateOf(asked, later.day, stage)]], ways]);
  return { guard: 'condition', reason, would };
}

function isContactRule(reason: string): reason is ContactRule {
  return guardOf({ reason }) === 'contact_rules';
}

/** Waiting until contact rules permit it; where that instant moves on with messages still on their way, once these are out. */
function permittedWay(asked: Asked, stage: CompiledStage, rule: ContactRule, at: number | undefined): Way {
  const { engine, view } = asked;
  const permitted: Change = { kind: 'contact', rule, ...(at === undefined ? {} : { at }) };
  const seen = seenOf(asked, stage);
  if (at === undefined || seen?.place === undefined) return [permitted];
  const request = requestOf(view, { wanted: seen.wanted, place: seen.place }, at);
  if (permission(engine.gate, view.file, at, request).at === at) return [permitted];
  return [...onTheirWay(view.file), permitted];
}

/** Messages that are not out yet. */
function onTheirWay({ acts }: AccountFile): Way {
  return [...acts.values()].flatMap(({ id, kind, state, covers }): Way => {
    if (kind !== 'message' || state !== 'planned') return [];
    return [{ kind: 'act', id, state, stage: stageOfMark({ stage: covers[0]?.stage ?? answeredStage }) }];
  });
}

/** The stage that the ladder names: what else keeps it from acting. */
function chosenFailure(
  asked: Climbing,
  noted: Noted,
  verdict: Exclude<Verdict, { readonly kind: 'exhaust' }>,
): Failure {
  const { decision, case: one, engine, view } = asked;
  const { stage, day, state } = noted;
  const { id } = stage.stage;
  if (verdict.kind === 'wait') {
    const { reason } = verdict;
    switch (reason) {
      case 'not_yet':
      case 'grace':
      case 'last_wait':
      case 'time': {
        const own = state === 'done' || state === 'due' ? undefined : day;
        const until = own ?? verdict.day ?? view.today + 1;
        const change: Change =
          reason === 'time' && verdict.at !== undefined
            ? { kind: 'date', day: formatDay(view.today), at: verdict.at }
            : dateOf(asked, until, stage);
        return { guard: 'date', reason, would: [[change]] };
      }
      case 'no_date':
        return state === 'later' ? laterFailure(asked, noted) : noDate();
      case 'no_run':
      case 'not_delivered':
        return laterFailure(asked, { ...noted, day: reason === 'no_run' ? (day ?? view.today) : undefined });
      case 'level_holds':
      case 'no_level':
      case 'exhausted':
      case 'act_pending':
      case 'act_unknown':
        return order(reason, askedFor(asked, stage));
      default:
        return refused(asked, stage, reason);
    }
  }
  const waiting = decision.waiting.find((other) => other.case === one.id && other.stage === id);
  const passed = overNow(asked, id);
  if (waiting?.reason === 'unreachable') {
    const message = stage.sends[0]?.send ?? '';
    const would = recipientWays(engine, view.file, message, waiting.refusals ?? [], view.now);
    return { guard: 'recipient', reason: waiting.reason, would };
  }
  if (waiting !== undefined && isContactRule(waiting.reason)) {
    const { at, reason } = waiting;
    // What gives way to the next stage does not come back by itself.
    const would = passed === undefined ? [permittedWay(asked, stage, reason, at)] : askedFor(asked, stage);
    return { guard: 'contact_rules', reason, would, ...(at === undefined ? {} : { at }) };
  }
  return order(passed?.reason ?? 'superseded', askedFor(asked, stage));
}
