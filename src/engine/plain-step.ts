import type { Day } from '../calendar/index.js';
import type { Case } from '../ledger/file.js';
import { earlier } from './bounds.js';
import type { CompiledPolicy, CompiledStage, Engine } from './compile.js';
import { isBusy, shiftFrom, turnOf } from './marks.js';
import { isBackAhead } from './schedule.js';
import type { Unit } from './units.js';
import {
  isEmpty,
  isTimedRefusal,
  isTimedStage,
  type Refusal,
  refusalOf,
  type Skip,
  type Verdict,
} from './verdict.js';
import type { AccountView } from './view.js';

const none: readonly Skip[] = [];

/** More stages than bits of a mask climb the long way. */
const mostStages = 30;

/**
 * The verdict on a case of a ladder whose stages wait for nothing but days
 * after the due date, in order: what most cases of most days are, found in one
 * pass over the marks and one over the stages. Answers undefined where anything
 * else plays a part; what it does answer is what the long way would.
 */
export function plainStep(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  one: Case,
): Verdict | undefined {
  const { stages } = policy;
  const { due } = unit;
  const { marks } = one;
  if (!policy.plain || stages.length > mostStages || due === undefined) return undefined;
  if (one.asked !== undefined || one.notBefore !== undefined) return undefined;
  // What contact rules pushed may keep its turn.
  if (policy.message.pushed === 'both' && marks.length > 0) return undefined;
  const shift = shiftFrom(one, due) + policy.delayDays;
  if (shift < 0) return undefined;
  const { today, on } = view;

  let start = 0;
  let skipped = false;
  let busy = false;
  let acted = false;
  // By index: lists of marks may be frozen, and an iterator over such makes an object for each step.
  for (let index = 0; index < marks.length; index++) {
    const mark = marks[index]!;
    const { state } = mark;
    // A stage of which nobody knows may have been passed.
    if (state === 'unknown' && policy.policy.unknown === 'act') return undefined;
    busy ||= isBusy(mark);
    if (state !== 'done' && state !== 'skipped') continue;
    const stage = policy.byId.get(mark.stage);
    if (stage === undefined) {
      // A stage of another version, or a mark beside a stage: the long way tells them apart.
      if (state === 'done' && mark.on === on) return undefined;
      continue;
    }
    acted ||= state === 'done' && mark.on === on;
    if (mark.occurrence < turnOf(one, mark.stage)) continue;
    if (state === 'done' || mark.reason === 'done_before') {
      if (stage.index >= start) start = stage.index + 1;
    } else skipped = true;
  }
  let over = skipped ? passedOver(engine, policy, unit, one, start) : 0;

  let skips: Skip[] | undefined;
  let chosen: CompiledStage | undefined;
  /** Refused stages: the first, and the last that tomorrow may let act. */
  let refused: CompiledStage | undefined;
  let timed: CompiledStage | undefined;
  let reasons: (Refusal | undefined)[] | undefined;
  let later: CompiledStage | undefined;
  let next: Day | undefined;
  /** The first day on which a stage that could act now is over. */
  let lapse: Day | undefined;
  let open = false;
  for (let index = start; index < stages.length; index++) {
    if ((over & (1 << index)) !== 0) continue;
    const stage = stages[index]!;
    const { days } = stage;
    if (days === undefined || stage.expires !== undefined) return undefined;
    open = true;
    const day = due + days + (days > 0 ? shift : 0);
    const expired = stage.early && today > due;
    if (!expired && day > today) {
      later = stage;
      next = day;
      break;
    }
    if (expired || (policy.late === 'drop' && day < today)) {
      // Conditions may ask what is under way, which a stage that is over is no more.
      if (busy) return undefined;
      skips ??= [];
      skips.push({ stage, reason: expired ? 'expired' : 'missed' });
      over |= 1 << index;
      continue;
    }
    const last = policy.late === 'drop' ? day : stage.early ? due : undefined;
    if (last !== undefined) lapse = earlier(lapse, last + 1);
    const reason = refusalOf(engine, policy, view, unit, one, stage);
    if (reason === undefined) {
      if (chosen === undefined || policy.late !== 'each') chosen = stage;
      continue;
    }
    reasons ??= [];
    reasons[index] = reason;
    refused ??= stage;
    if (isTimedRefusal(engine, policy, stage, reason)) timed = stage;
  }
  // What is refused today may act tomorrow, and what is held back today may be refused.
  if (timed !== undefined || (chosen !== undefined && isTimedStage(engine, policy, chosen)))
    next = earlier(next, today + 1);
  next = earlier(next, lapse);

  if (chosen !== undefined) {
    if (isEmpty(chosen)) return undefined;
    if (acted)
      return { kind: 'wait', reason: 'not_yet', stage: chosen, day: today + 1, skips: skips ?? none };
    for (let index = start; index < chosen.index; index++) {
      if ((over & (1 << index)) !== 0) continue;
      skips ??= [];
      skips.push({ stage: stages[index]!, reason: reasons?.[index] ?? 'superseded', passed: true });
    }
    const occurrence = turnOf(one, chosen.stage.id);
    return { kind: 'act', stage: chosen, occurrence, day: next, skips: skips ?? none };
  }
  const first = timed ?? refused;
  if (first !== undefined) {
    const reason = reasons?.[first.index] ?? 'condition';
    return { kind: 'wait', reason, stage: first, day: next, skips: skips ?? none };
  }
  if (later !== undefined)
    return { kind: 'wait', reason: 'not_yet', stage: later, day: next, skips: skips ?? none };
  if (!open && one.state === 'exhausted')
    return { kind: 'wait', reason: 'exhausted', stage: undefined, day: undefined, skips: none };
  return undefined;
}

/** A bit for each stage that was passed over and is not ahead again. */
function passedOver(engine: Engine, policy: CompiledPolicy, unit: Unit, one: Case, start: number): number {
  let over = 0;
  for (let index = 0; index < one.marks.length; index++) {
    const mark = one.marks[index]!;
    if (mark.state !== 'skipped' || mark.occurrence < turnOf(one, mark.stage)) continue;
    const stage = policy.byId.get(mark.stage);
    if (stage === undefined || stage.index < start) continue;
    if (!isBackAhead(engine, stage, unit, mark)) over |= 1 << stage.index;
  }
  return over;
}
