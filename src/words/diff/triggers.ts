import type { StageTrigger, Trigger } from '../../policy/types.js';
import { type Speech, spanOf } from '../speech.js';
import { diffWordsOf } from './all.js';
import type { Basis } from './words.js';

/** When a stage comes: `10 days after the due date, moved to the next business day`. */
export function triggerText(trigger: StageTrigger | undefined, speech: Speech): string {
  const words = diffWordsOf(speech).trigger;
  if (trigger === undefined) return words.opening;
  if ('all' in trigger) return words.all(trigger.all.map((one) => oneText(one, speech)));
  if ('any' in trigger) return words.any(trigger.any.map((one) => oneText(one, speech)));
  return oneText(trigger, speech);
}

function oneText(trigger: Trigger, speech: Speech): string {
  const words = diffWordsOf(speech).trigger;
  const from = basisOf(trigger);
  const { plus, minus, businessDay } = trigger;
  const span = plus ?? minus;
  const moved = span === undefined || /^0/.test(span) ? undefined : spanOf(span, speech);
  const day =
    moved === undefined
      ? words.on[from]
      : plus === undefined
        ? words.before(moved, from)
        : words.after(moved, from);
  return [
    day,
    ...(trigger.endOfMonth === true ? [words.endOfMonth] : []),
    ...(trigger.exclusive === true ? [words.exclusive] : []),
    ...(businessDay === undefined || businessDay === 'as-is' ? [] : [words.businessDay[businessDay]]),
  ].join(', ');
}

function basisOf({ from, of }: Trigger): Basis {
  return from === 'previous' ? `previous.${of ?? 'done'}` : from;
}

/** The span alone of two triggers that differ in nothing else: `7 days` says enough beside the other. */
export function onlySpan(
  before: StageTrigger | undefined,
  after: StageTrigger | undefined,
  speech: Speech,
): string | undefined {
  if (before === undefined || after === undefined || !('from' in before) || !('from' in after))
    return undefined;
  for (const key of ['plus', 'minus'] as const) {
    const { [key]: own, ...rest } = before;
    const { [key]: other, ...others } = after;
    if (own === undefined || other === undefined || /^0/.test(own) || /^0/.test(other)) continue;
    if (JSON.stringify(sorted(rest)) === JSON.stringify(sorted(others))) return spanOf(own, speech);
  }
  return undefined;
}

function sorted(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}
