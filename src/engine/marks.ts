import { type Day, parseDay } from '../calendar/index.js';
import type { Case, StageMark } from '../ledger/file.js';
import type { Policy } from '../policy/types.js';
import type { CompiledPolicy, CompiledStage } from './compile.js';

/** What counts as done. */
export type DoneRule = NonNullable<Policy['done']>;

/** Mark of the thanks for a payment. */
export const thanksStage = 'on:paid';
/** Names of acknowledgements: of the act that sends one, and what their marks begin with. */
export const answerStages = {
  promise: 'on:promised',
  dispute: 'on:disputed',
  report: 'on:reported',
} as const;
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
export function stageOfMark(mark: Pick<StageMark, 'stage'>): string {
  const end = mark.stage.indexOf('/');
  return end < 0 ? mark.stage : mark.stage.slice(0, end);
}

/** Whether the mark is that of a stage itself, not of what it raises beside its message nor of a reaction. */
export function isStageMark(mark: Pick<StageMark, 'stage'>): boolean {
  return !mark.stage.includes('/') && !mark.stage.includes(':');
}

export function markOf(one: Case | undefined, stage: string, occurrence: number): StageMark | undefined {
  return one?.marks.find((mark) => mark.stage === stage && mark.occurrence === occurrence);
}

/** Mark of the acknowledgement of a promise, dispute or reported payment. @param id without the signs that divide marks */
export function answerMark(kind: keyof typeof answerStages, id: string): string {
  return `${answerStages[kind]}:${id}`;
}

const answerMarks = Object.values(answerStages).map((stage) => `${stage}:`);

function isAnswerMark({ stage }: StageMark): boolean {
  return answerMarks.some((begin) => stage.startsWith(begin));
}

/** Whether an act for it is under way or may have gone out. The ladder waits for no acknowledgement. */
export function isBusy(mark: StageMark): boolean {
  return (mark.state === 'planned' || mark.state === 'unknown') && !isAnswerMark(mark);
}

/** Whether nothing is to be done for it any more. */
export function isOver(mark: StageMark): boolean {
  return mark.state === 'done' || mark.state === 'skipped';
}

/** Whether a message for this mark may be planned: never tried, taken back, or refused at a place. */
export function isOpenMark(mark: StageMark | undefined): boolean {
  return mark === undefined || mark.state === 'withdrawn' || mark.state === 'failed';
}

/** Whether contact rules kept it back, so that it keeps its turn. */
export function isDelayed(mark: StageMark | undefined): boolean {
  return mark?.keepsTurn === true;
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

/**
 * The occurrence of a stage by which the ladder goes: 1, or a later one once
 * the ladder was put back to before the stage. Earlier ones are history.
 */
export function turnOf(one: Case | undefined, stage: string): number {
  const turns = one?.turns;
  return turns === undefined ? 1 : (turns[stage] ?? 1);
}

/** The occurrence that comes next, were the stage to act now. */
export function nextOccurrence(one: Case, stage: string): number {
  let next = turnOf(one, stage);
  for (const mark of one.marks) {
    if (mark.stage === stage && isOver(mark) && mark.occurrence >= next) next = mark.occurrence + 1;
  }
  return next;
}

/** The mark of the latest occurrence of a stage in this turn of the ladder. */
export function latestMark(one: Case | undefined, stage: string): StageMark | undefined {
  if (one === undefined) return undefined;
  const turn = turnOf(one, stage);
  let latest: StageMark | undefined;
  for (const mark of one.marks) {
    if (mark.stage !== stage || mark.occurrence < turn) continue;
    if (latest === undefined || mark.occurrence > latest.occurrence) latest = mark;
  }
  return latest;
}

/** Reasons of marks that are done without a message of their own, of which no delivery will ever be heard. */
const elsewhere = new Set(['moved', 'imported', 'absorbed']);

/**
 * The day from which a mark counts as done by what its policy counts as such;
 * undefined while it does not. What was done before this opening counts.
 */
export function countedOn(done: DoneRule, mark: StageMark): string | undefined {
  if (mark.reason === 'done_before') return mark.on;
  switch (done) {
    case 'sent':
      return mark.state === 'done' ? mark.on : undefined;
    case 'confirmed':
      if (mark.state === 'done') return mark.confirmed ?? mark.on;
      return isBusy(mark) ? mark.confirmed : undefined;
    case 'proposed':
      // A proposal that gave way to a later stage was made all the same.
      if (mark.state === 'skipped' && mark.reason === 'superseded') return mark.proposed;
      return mark.state === 'done' || isBusy(mark) ? (mark.proposed ?? mark.on) : undefined;
    case 'delivered':
      if (mark.state !== 'done') return undefined;
      return mark.delivered ?? (elsewhere.has(mark.reason ?? '') ? mark.on : undefined);
  }
}

/** By what a stage counts as done; one without a message cannot be delivered. */
export function ruleOf(policy: CompiledPolicy, stage: CompiledStage): DoneRule {
  return stage.sends.length === 0 ? 'sent' : policy.done;
}
