import { parseDuration } from '../../calendar/index.js';
import { triggersOf } from '../../policy/triggers.js';
import type { Policy, Stage, Trigger } from '../../policy/types.js';
import { type Speech, spanOf } from '../words/index.js';
import type { Mark } from './rows.js';

/** When a stage acts: on the scale, as a phrase, and in days from the due date. */
export interface StageTime {
  readonly mark: Mark;
  readonly when: string;
  readonly day: number | undefined;
}

interface Offset {
  readonly count: number;
  readonly unit: 'd' | 'bd' | 'w' | 'mo';
}

const roughDays: Readonly<Record<Offset['unit'], number>> = { d: 1, w: 7, mo: 30.4, bd: 1.4 };

/** `10d` as days, roughly where business days or months are meant. */
export function roughly(text: string): number {
  const { count, unit } = parseDuration(text);
  return unit === 'h' || unit === 'min' ? 0 : count * roughDays[unit];
}

/** The time of a stage; `before` is the day of the stage before it in the document, where that is known. */
export function stageTime(
  policy: Policy,
  stage: Stage,
  before: number | undefined,
  speech: Speech,
): StageTime {
  const { trigger: words } = speech.words.timeline;
  const plain = (text: string, when: string): StageTime => ({
    mark: { text, isNumber: false, unit: '', short: '', isSeveral: false, isChained: false },
    when,
    day: undefined,
  });
  if (stage.at === undefined && policy.climb !== true) {
    const conditional = stage.when !== undefined || stage.min !== undefined;
    return conditional ? plain(words.badge.holds, words.holds) : plain(words.badge.start, words.opening);
  }
  const triggers = triggersOf(stage);
  const days = triggers.map((one) => dayOf(one, policy, before));
  // Before the due date days count also where runs are asked for.
  if (policy.climb === true && !days.some((day) => day !== undefined && day <= 0))
    return plain(words.badge.requested, words.requested);
  const [only] = triggers;
  if (only !== undefined && triggers.length === 1) return single(only, days[0], speech);
  const known = days.filter((day) => day !== undefined);
  const all = stage.at !== undefined && 'all' in stage.at;
  const exact = known.length === days.length && known.length > 0;
  const day = exact ? Math.round((all ? Math.max : Math.min)(...known)) : undefined;
  const list = triggers.map((one) => phrase(one, speech)).join('; ');
  return {
    mark: {
      text: words.badge.several,
      isNumber: false,
      unit: '',
      short: day === undefined ? '' : signed(day),
      isSeveral: true,
      isChained: triggers.some((one) => one.from === 'previous'),
    },
    when: (all ? words.latestOf : words.earliestOf)(list),
    day,
  };
}

function single(trigger: Trigger, day: number | undefined, speech: Speech): StageTime {
  const { trigger: words } = speech.words.timeline;
  const offset = offsetOf(trigger);
  const { from } = trigger;
  const unit = unitOf(offset, speech);
  const about = from === 'previous' && day !== undefined ? `, ${words.roughly(signed(Math.round(day)))}` : '';
  return {
    mark: {
      text: signed(offset.count),
      isNumber: true,
      unit: from === 'due' ? unit : `${unit} ${words.short[from]}`,
      short: from === 'due' ? shortOf(offset, speech) : day === undefined ? '' : signed(Math.round(day)),
      isSeveral: false,
      isChained: from === 'previous',
    },
    when: `${phrase(trigger, speech)}${about}`,
    day,
  };
}

/** `10 days after the due date, moved to the next business day` */
export function phrase(trigger: Trigger, speech: Speech): string {
  const { trigger: words } = speech.words.timeline;
  const offset = offsetOf(trigger);
  const basis =
    trigger.from === 'previous' ? words.previous[trigger.of ?? 'done'] : words.basis[trigger.from];
  const span = spanOf(trigger.plus ?? trigger.minus ?? '0d', speech);
  const place = offset.count < 0 ? words.before : words.after;
  const parts = [offset.count === 0 ? words.on(basis) : place(span, basis)];
  if (trigger.endOfMonth === true) parts.push(words.endOfMonth);
  if (trigger.exclusive === true) parts.push(words.exclusive);
  if (trigger.businessDay === 'next' || trigger.businessDay === 'previous')
    parts.push(words.businessDay[trigger.businessDay]);
  return parts.join(', ');
}

/** Nominal days from the due date: what nobody can know beforehand is left unknown. */
function dayOf(trigger: Trigger, policy: Policy, before: number | undefined): number | undefined {
  const { count, unit } = offsetOf(trigger);
  const days = count * roughDays[unit] + (trigger.exclusive === true ? 1 : 0);
  if (trigger.from === 'due') return days;
  if (trigger.from === 'grace') return days + roughly(policy.grace ?? '0d');
  // A delivery takes hours and a proposal as long as people do: both are drawn as if they took none.
  if (trigger.from === 'previous' && before !== undefined) return before + days;
  return undefined;
}

function offsetOf(trigger: Trigger): Offset {
  const { count, unit } = parseDuration(trigger.plus ?? trigger.minus ?? '0d');
  // Triggers count days, business days, weeks or months; hours move no date.
  const plain = unit === 'h' || unit === 'min' ? 'd' : unit;
  return { count: trigger.plus === undefined && count > 0 ? -count : count, unit: plain };
}

function unitOf({ count, unit }: Offset, { words }: Speech): string {
  if (count === 0) return words.timeline.trigger.day;
  const [one, many] = words.shortUnits[unit];
  return Math.abs(count) === 1 ? one : many;
}

function shortOf({ count, unit }: Offset, { words }: Speech): string {
  return unit === 'd' || count === 0 ? signed(count) : `${signed(count)} ${words.tinyUnits[unit]}`;
}

function signed(count: number): string {
  if (count === 0) return '0';
  return count < 0 ? `−${-count}` : `+${count}`;
}
