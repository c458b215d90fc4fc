import type { Tone } from '../../policy/types.js';
import type { Cause } from '../words/timeline/words.js';

/** A picture's contents, in words of one language, before anything is placed. */

/** One place of a channel chain. */
export interface Hop {
  /** Channel id, for its icon. */
  readonly channel: string;
  readonly name: string;
  /** How long it has before the next place is tried. */
  readonly patience?: string | undefined;
}

/** One message: channels in their order, then for whom and what else. */
export interface SendLine {
  readonly kind: 'send';
  /** Id in the catalogue. */
  readonly message: string;
  readonly hops: readonly Hop[];
  /** `to finance, copy to sales`; empty for the usual recipient. */
  readonly details: string;
}

export type DeedKind =
  | 'task'
  | 'alert'
  | 'effect'
  | 'fee'
  | 'handover'
  | 'writeOff'
  | 'close'
  | 'escalate'
  | 'nothing';

/** Anything else that is done. */
export interface DeedLine {
  readonly kind: DeedKind;
  readonly text: string;
}

export type Line = SendLine | DeedLine;

export type NoteKind = 'when' | 'least' | 'day' | 'person' | 'clock' | 'level';

/** What else is to be known of a stage: its conditions, who must approve, when it lapses. */
export interface Note {
  readonly kind: NoteKind;
  readonly text: string;
}

/** What stands on the scale beside a stage. */
export interface Mark {
  /** `−7`, `0`, `+10`, or a few words where no number says it. */
  readonly text: string;
  readonly isNumber: boolean;
  /** `days`, `business days after the stage before`. */
  readonly unit: string;
  /** Offset and unit in the least space: `+10`, `+1 mo`. */
  readonly short: string;
  /** Several dates count, which the card lists. */
  readonly isSeveral: boolean;
  /** Counts from the stage before. */
  readonly isChained: boolean;
}

export interface StageRow {
  readonly id: string;
  readonly name: string;
  readonly tone: Tone;
  /** Shown where a house numbers its levels or levels rise and fall. */
  readonly level: string | undefined;
  readonly mark: Mark;
  /** When it acts, as a phrase: what {@link Mark} says in short. */
  readonly when: string;
  /** Days from the due date, roughly where months or business days are meant; unknown for other dates. */
  readonly day: number | undefined;
  readonly lines: readonly Line[];
  readonly notes: readonly Note[];
}

/** A rule that holds for the whole policy. */
export interface Rule {
  readonly heading: string;
  readonly text: string;
}

/** Lines that belong to an outcome: `If it is kept: …`. */
export interface Outcome {
  readonly label: string;
  readonly lines: readonly Line[];
}

/** What happens when something happens. */
export interface CauseRow {
  readonly cause: Cause;
  readonly title: string;
  readonly texts: readonly string[];
  readonly outcomes: readonly Outcome[];
}

/** Everything that the picture of one policy shows. */
export interface PolicyModel {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly rules: readonly Rule[];
  readonly stages: readonly StageRow[];
  /** The last stage's repeats. */
  readonly repeat: string | undefined;
  /** How far apart repeats are, in days, and how many there are. */
  readonly repeats: { readonly every: number; readonly times: number } | undefined;
  readonly end: { readonly title: string; readonly texts: readonly string[] } | undefined;
  readonly causes: readonly CauseRow[];
}
