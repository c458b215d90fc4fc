import { type Day, instantAt, parseClock } from '../calendar/index.js';
import { opensOnDay } from '../contact/gate.js';
import type { Case } from '../ledger/file.js';
import type { CompiledPolicy, CompiledStage, Engine } from './compile.js';
import { lifeEndOf } from './last-stage.js';
import { scheduleOf } from './schedule.js';
import type { Unit } from './units.js';
import type { Skip, Verdict } from './verdict.js';
import type { AccountView } from './view.js';

/** A verdict within the longest life of the case and the hours of its stages. */
export function bounded(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  one: Case,
  verdict: Verdict,
): Verdict {
  if (isEnded(one) && !(verdict.kind === 'act' && verdict.stage.stage.id === one.asked))
    return { kind: 'wait', reason: 'exhausted', stage: undefined, day: undefined, skips: [] };
  const living = policy.life === undefined ? verdict : withinLife(engine, policy, view, unit, one, verdict);
  return living.kind === 'act' ? atItsHour(engine, policy, view, unit, one, living) : living;
}

/**
 * Whether nothing follows in this opening but what somebody asks for: a stage
 * closed the case, its life is over, or another system was done with it. One
 * that only came to its last stage goes on where the host moves its due date.
 */
function isEnded({ state, closed }: Case): boolean {
  return state === 'exhausted' && closed?.reason !== 'last_stage_over';
}

/** The longest life of a case beats what is left of its ladder, but not what somebody asks for. */
function withinLife(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  one: Case,
  verdict: Verdict,
): Verdict {
  if (verdict.kind === 'act' && verdict.stage.stage.id === one.asked) return verdict;
  if (one.state === 'exhausted') return verdict;
  const end = lifeEndOf(engine, policy, unit, one);
  if (end === undefined || verdict.kind === 'exhaust') return verdict;
  if (view.today >= end) return { kind: 'exhaust', reason: 'life_over', skips: [] };
  return { ...verdict, day: earlier(verdict.day, end) };
}

/** A stage acts from its hour of the local day on; what somebody asks for acts at once. */
function atItsHour(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  one: Case,
  verdict: Verdict & { readonly kind: 'act' },
): Verdict {
  const { stage, day } = verdict;
  const minute = minuteOf(view, stage);
  if (minute === undefined || stage.stage.id === one.asked) return verdict;
  const at = instantAt(view.today, minute, view.zone);
  if (view.now >= at) return verdict;
  const planned = scheduleOf(engine, policy, unit, one, view.today).days[stage.index] ?? view.today;
  if (planned < view.today && isNeverOpen(engine, policy, view, verdict, at)) return verdict;
  return { kind: 'wait', reason: 'time', stage, day, at, skips: verdict.skips.filter(isOfCalendar) };
}

/** Minute of the local day from which a stage acts; undefined where it may from the start of the day. */
export function minuteOf({ file }: AccountView, { minute }: CompiledStage): number | undefined {
  const own = file.account?.time;
  return own === undefined ? minute : parseClock(own);
}

/**
 * Whether the contact hours are over by the hour of a stage, so that it would
 * never act: past its own day it then moves to where they open.
 */
function isNeverOpen(
  { gate }: Engine,
  policy: CompiledPolicy,
  { file, zone }: AccountView,
  { stage }: Verdict & { readonly kind: 'act' },
  at: number,
): boolean {
  if (gate.windows.length === 0) return false;
  const zones = new Set([zone, ...(file.account?.contacts.map((contact) => contact.zone ?? zone) ?? [])]);
  const channels = stage.sends.flatMap((send) => (send.via ?? policy.via).map(({ channel }) => channel));
  return channels.some((channel) => [...zones].some((place) => !opensOnDay(gate, at, channel, place)));
}

/** Over by itself, whatever acts. */
export function isOfCalendar({ reason }: Skip): boolean {
  return reason === 'expired' || reason === 'missed';
}

/** The earlier of two days, where there is any. */
export function earlier(a: Day | undefined, b: Day | undefined): Day | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}
