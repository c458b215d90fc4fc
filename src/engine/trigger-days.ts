import { type Day, endOfMonth, adjust as onBusinessDay, parseDay, shiftDay } from '../calendar/index.js';
import type { Case } from '../ledger/file.js';
import type { CompiledPolicy, CompiledStage, Engine } from './compile.js';
import type { CompiledTrigger } from './compile-policy.js';
import { graceEndOf } from './grace.js';
import { countedOn, isBusy, isOver, latestMark, ruleOf } from './marks.js';
import type { Unit } from './units.js';

/** What the triggers of a ladder are reckoned from. */
export interface Reckoning {
  readonly engine: Engine;
  readonly policy: CompiledPolicy;
  readonly unit: Unit;
  readonly one: Case | undefined;
  readonly today: Day;
  /** Days by which stages after the due date are displaced. */
  readonly shift: number;
}

/** The day of a stage: the latest of its triggers', or the earliest. Undefined where one that counts is missing. */
export function triggerDay(from: Reckoning, stage: CompiledStage): Day | undefined {
  let found: Day | undefined;
  const latest = stage.combine === 'latest';
  for (const trigger of stage.triggers) {
    const base = basisDay(from, stage, trigger);
    if (base === undefined) {
      if (latest) return undefined;
      continue;
    }
    const day = displaced(from, stage, trigger, base);
    if (found === undefined || (latest ? day > found : day < found)) found = day;
  }
  return found;
}

/** The day of a stage that counts from nothing but the due date, as its document says it. */
export function dayFromDue(engine: Engine, stage: CompiledStage, due: Day): Day {
  let found: Day | undefined;
  for (const trigger of stage.triggers) {
    const day = plainDay(engine, trigger, due, 0);
    if (found === undefined || (stage.combine === 'latest' ? day > found : day < found)) found = day;
  }
  return found ?? due;
}

/** Stages that fall before or on the due date belong to that date: pauses and late entries do not move them. */
export function isUpcoming(unit: Unit, day: Day): boolean {
  return unit.due !== undefined && day <= unit.due;
}

function displaced(
  { engine, unit, shift }: Reckoning,
  stage: CompiledStage,
  trigger: CompiledTrigger,
  base: Day,
): Day {
  const day = plainDay(engine, trigger, base, 0);
  // What counts from the stage before already moved with it; what has no day of its own has none to move.
  if (shift === 0 || trigger.basis === 'previous' || stage.anytime || isUpcoming(unit, day)) return day;
  return plainDay(engine, trigger, base, shift);
}

function plainDay(engine: Engine, trigger: CompiledTrigger, base: Day, shift: number): Day {
  if (trigger.days !== undefined) return base + trigger.days + shift;
  const moved = shiftDay(base, trigger.offset, engine.calendar);
  const ended = (trigger.endOfMonth ? endOfMonth(moved) : moved) + trigger.further + shift;
  const asIs = trigger.convention === 'as-is';
  // Business days that were displaced stay on business days.
  const convention = asIs && shift > 0 && trigger.offset.unit === 'bd' ? 'next' : trigger.convention;
  return onBusinessDay(ended, convention, engine.calendar);
}

function basisDay(from: Reckoning, stage: CompiledStage, trigger: CompiledTrigger): Day | undefined {
  const { engine, policy, unit, one, today } = from;
  switch (trigger.basis) {
    case 'due':
      return unit.due;
    case 'issue':
      return parseDay(unit.lead.invoice.issued);
    case 'grace':
      return unit.due === undefined ? undefined : graceEndOf(engine, policy, unit.due);
    case 'opened':
      return one === undefined ? today : parseDay(one.opened);
    case 'previous':
      return previousDay(engine, policy, stage, trigger, one);
  }
}

function previousDay(
  engine: Engine,
  policy: CompiledPolicy,
  stage: CompiledStage,
  { of }: CompiledTrigger,
  one: Case | undefined,
): Day | undefined {
  const before = policy.stages[stage.index - 1];
  const mark = before && latestMark(one, before.stage.id);
  if (before === undefined || mark === undefined) return undefined;
  // A stage that was passed over has no message that could be sent, delivered or paid upon.
  if (mark.state === 'skipped' && mark.reason !== 'done_before') {
    // A proposal that gave way was made all the same, where that is what counts.
    const made = of === 'proposed' || (of === 'done' && policy.done === 'proposed');
    return parseDay(made && mark.reason === 'superseded' ? (mark.proposed ?? mark.on) : mark.on);
  }
  const silent = before.sends.length === 0;
  const done = countedOn(ruleOf(policy, before), mark);
  const on = done === undefined ? undefined : parseDay(done);
  switch (of) {
    case 'done':
      return isOver(mark) ? on : undefined;
    case 'proposed':
      return isOver(mark) || isBusy(mark) ? parseDay(mark.proposed ?? mark.on) : undefined;
    case 'delivered':
      if (silent || mark.reason === 'done_before') return on;
      return isOver(mark) && mark.delivered !== undefined ? parseDay(mark.delivered) : undefined;
    case 'deadline':
      if (on === undefined || !isOver(mark) || before.deadline === undefined) return undefined;
      return shiftDay(on, before.deadline, engine.calendar);
  }
}

/** Whether a stage waits for news of the message before it: it was sent, but nobody knows whether it arrived. */
export function awaitsDelivery(policy: CompiledPolicy, stage: CompiledStage, one: Case): boolean {
  const before = policy.stages[stage.index - 1];
  const mark = before === undefined ? undefined : latestMark(one, before.stage.id);
  if (before === undefined || mark?.state !== 'done' || mark.delivered !== undefined) return false;
  if (before.sends.length === 0) return false;
  return stage.triggers.some(
    ({ basis, of }) =>
      basis === 'previous' && (of === 'delivered' || (of !== 'proposed' && policy.done === 'delivered')),
  );
}
