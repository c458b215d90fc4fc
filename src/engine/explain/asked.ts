import type { AccountFile, Case, StageMark } from '../../ledger/file.js';
import type { Item } from '../../ledger/items.js';
import type { Act } from '../acts.js';
import type { Assignment } from '../assign.js';
import type { CompiledPolicy, CompiledStage, Engine } from '../compile.js';
import type { Decision } from '../decide.js';
import type { StageState } from '../stage-state.js';
import type { Unit } from '../units.js';
import type { Verdict } from '../verdict.js';
import type { AccountView } from '../view.js';
import type { Guard } from './guards.js';
import type { Seen } from './report.js';
import type { Way } from './types.js';

/** What is asked about one thing that climbs, or would. */
export interface Asked {
  readonly engine: Engine;
  readonly view: AccountView;
  /** The file with its cases as they are at this review. */
  readonly file: AccountFile;
  readonly unit: Unit;
  readonly policy: CompiledPolicy | undefined;
  readonly assignment: Assignment;
  readonly case: Case | undefined;
  /** Why it does not climb today, whatever its ladder says. */
  readonly reason: string | undefined;
  /** The last day of that, where it ends by itself. */
  readonly until: number | undefined;
  /** What the ladder says. */
  readonly verdict: Verdict | undefined;
  readonly decision: Decision;
  /** All acts of the review. */
  readonly acts: readonly Act[];
  readonly seen: Seen;
  /** Of a settled item: why, and the item. */
  readonly settled?: { readonly reason: string; readonly item: Item } | undefined;
}

/** A stage as the ladder sees it. */
export interface Noted {
  readonly stage: CompiledStage;
  readonly state: StageState;
  readonly day: number | undefined;
  readonly mark: StageMark | undefined;
}

/** The first guard that fails. */
export interface Failure {
  readonly guard: Guard;
  readonly reason: string;
  readonly would: readonly Way[];
  /** When the answer may change by itself, where the ways do not say so. */
  readonly at?: number | undefined;
  /** Of the order: the stage that acts, is asked for, or must come first. */
  readonly first?: string | undefined;
  /** It failed when the ladder passed the stage, not today. */
  readonly past?: true | undefined;
}
