import type { AccountFile, Case, StageMark, Topic } from '../ledger/file.js';
import { byAge } from '../ledger/items.js';
import type { Money } from '../money/index.js';
import type { SendAction } from '../policy/types.js';
import type { CompiledPolicy, CompiledStage, Engine } from './compile.js';
import { sendMark, thanksStage } from './marks.js';
import type { Unit } from './units.js';
import { type AccountView, isOverdue } from './view.js';

/** A promise to pay, a dispute or a reported payment that a message acknowledges. */
export interface Acknowledged {
  readonly kind: 'promise' | 'dispute' | 'report';
  readonly id: string;
  /** The day by which payment was promised. */
  readonly by?: string | undefined;
  /** Mark that the message sets on each case. */
  readonly mark: string;
  /** What was promised, is disputed or was reported as paid, by currency. */
  readonly amounts: readonly Money[];
  /** The contact that its invoices agree on. */
  readonly contact: string | undefined;
  /** Further cases that it is about. */
  readonly others: readonly Pick<Candidate, 'unit' | 'case'>[];
}

/** A case that acts today. Without a stage it gives thanks, or acknowledges. */
export interface Candidate {
  readonly unit: Unit;
  readonly case: Case;
  readonly policy: CompiledPolicy;
  readonly stage: CompiledStage | undefined;
  readonly occurrence: number;
  /** Which of the stage's messages: 0 is the stage itself. */
  readonly part: number;
  readonly send: SendAction | undefined;
  /** What it acknowledges; its unit then holds every item that was named. */
  readonly answer?: Acknowledged | undefined;
  /** The message that was not delivered in time, in place of which this one goes. */
  readonly instead?: StageMark | undefined;
}

/** What acts are planned from. */
export interface PlanFacts {
  readonly engine: Engine;
  readonly view: AccountView;
  readonly file: AccountFile;
  readonly review: number;
}

/** What a candidate's message is about. */
export function topicOf(view: AccountView, one: Candidate): Topic {
  if (one.stage === undefined) return one.answer?.kind ?? 'thanks';
  return isOverdue(one.unit.lead, view.today) ? 'overdue' : 'upcoming';
}

/** Highest tone, then the stage that comes last, then the oldest item. */
export function byStrength(a: Candidate, b: Candidate): number {
  const tone = (b.stage?.tone ?? 0) - (a.stage?.tone ?? 0);
  return tone || (b.stage?.index ?? 0) - (a.stage?.index ?? 0) || byAge(a.unit.lead, b.unit.lead);
}

/** The mark that a candidate's act sets. */
export function markOfCandidate(one: Candidate): string {
  const own = sendMark(one.stage?.stage.id ?? one.answer?.mark ?? thanksStage, one.part);
  return one.instead === undefined ? own : againMark(own);
}

/** Mark of the message that goes in place of one that was not delivered in time. */
export function againMark(mark: string): string {
  return `${mark}/again`;
}
