import { type Day, parseDay } from '../calendar/index.js';
import type { Case, StageMark } from '../ledger/file.js';

/** Mark of the thanks for a payment. */
export const thanksStage = 'on:paid';
/** Mark of the task to find somebody who can be reached. */
export const unreachableStage = 'task:unreachable';

/** Mark of one message of a stage: the first bears the stage's own id. */
export function sendMark(stage: string, part: number): string {
  return part === 0 ? stage : `${stage}/send.${part}`;
}

/** Mark of a task that a stage raises beside its message. */
export function taskMark(stage: string, index: number): string {
  return `${stage}/task.${index}`;
}

/** The stage that a mark belongs to; ids of stages hold neither `/` nor `:`. */
export function stageOfMark(mark: StageMark): string {
  const end = mark.stage.indexOf('/');
  return end < 0 ? mark.stage : mark.stage.slice(0, end);
}

/** Whether the mark is that of a stage itself, not of what it raises beside its message nor of a reaction. */
export function isStageMark(mark: StageMark): boolean {
  return !mark.stage.includes('/') && !mark.stage.includes(':');
}

export function markOf(one: Case | undefined, stage: string, occurrence: number): StageMark | undefined {
  return one?.marks.find((mark) => mark.stage === stage && mark.occurrence === occurrence);
}

/** Whether an act for it is under way or may have gone out. */
export function isBusy(mark: StageMark): boolean {
  return mark.state === 'planned' || mark.state === 'unknown';
}

/** Whether nothing is to be done for it any more. */
export function isOver(mark: StageMark): boolean {
  return mark.state === 'done' || mark.state === 'skipped';
}

/** Whether a message for this mark may be planned: never tried, taken back, or refused at a place. */
export function isOpenMark(mark: StageMark | undefined): boolean {
  return mark === undefined || mark.state === 'withdrawn' || mark.state === 'failed';
}

/**
 * Days by which a case's ladder is displaced for an item due on `due`. The
 * displacement was reckoned from a due date; when the host moves that date
 * later, the days it gave are part of the displacement, not on top of it.
 */
export function shiftFrom(one: Case | undefined, due: Day | undefined): number {
  if (one === undefined || one.shift === 0) return 0;
  if (due === undefined || one.shiftedFrom === undefined) return one.shift;
  return Math.max(0, one.shift - (due - parseDay(one.shiftedFrom)));
}
