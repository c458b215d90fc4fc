import type { Day } from '../calendar/index.js';
import type { Case } from '../ledger/file.js';
import type { LevelCap } from '../ledger/types.js';
import type { CompiledPolicy, CompiledStage, Engine } from './compile.js';
import { isTimedMinimum, type Shortfall, shortfallOf } from './minimum.js';
import type { Unit } from './units.js';
import type { AccountView } from './view.js';

/** A stage passed over, and why. */
export interface Skip {
  readonly stage: CompiledStage;
  readonly reason: 'superseded' | 'expired' | 'missed' | 'nothing_to_do' | Refusal;
  /** It is over only because another stage acts, and comes back where that act is withdrawn. */
  readonly passed?: true | undefined;
}

/** What is to be done for a case today, and which stages are over without having acted. */
export type Verdict = Step & { readonly skips: readonly Skip[] };

export type Step =
  | {
      readonly kind: 'act';
      readonly stage: CompiledStage;
      readonly occurrence: number;
      /** The first day on which, should it not act today, the answer may be another. */
      readonly day: Day | undefined;
    }
  /** `day`: the first day on which the answer may differ though no fact was told; `at`: an instant before that day. */
  | {
      readonly kind: 'wait';
      readonly reason: WaitReason;
      readonly stage: CompiledStage | undefined;
      readonly day: Day | undefined;
      readonly at?: number | undefined;
    }
  | { readonly kind: 'exhaust'; readonly reason: 'last_stage_over' | 'life_over' };

export type WaitReason =
  | 'not_yet'
  | 'grace'
  | 'no_level'
  | 'level_holds'
  | Refusal
  | 'no_date'
  | 'not_delivered'
  | 'no_run'
  | 'time'
  | 'act_pending'
  | 'act_unknown'
  | 'exhausted'
  | 'last_wait';

/** Why a stage whose day has come does not act. */
export type Refusal = 'hardship' | 'level_cap' | 'condition' | Shortfall;

/** Why a stage that is due does not act; undefined where it does. */
export function refusalOf(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  one: Case,
  stage: CompiledStage,
): Refusal | undefined {
  const barred = barOf(policy, view, unit, stage);
  if (barred !== undefined) return barred;
  if (stage.test !== undefined && !stage.test({ view, unit, case: one, policy })) return 'condition';
  const { minimum } = stage;
  return minimum === undefined ? undefined : shortfallOf(engine, policy, minimum, view, unit);
}

/** What keeps a stage from acting even when somebody asks for it. */
export function barOf(
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  stage: CompiledStage,
): 'hardship' | 'level_cap' | undefined {
  const { account } = view.file;
  if (stage.tone > 0 && account?.hardship === true) return 'hardship';
  return isBeyondCap(policy, account?.cap, unit, stage) ? 'level_cap' : undefined;
}

/** No item of a unit climbs beyond its own cap or the account's. */
function isBeyondCap(
  policy: CompiledPolicy,
  account: LevelCap | undefined,
  unit: Unit,
  stage: CompiledStage,
): boolean {
  if (isAbove(policy, stage, account)) return true;
  for (const { invoice } of unit.items) if (isAbove(policy, stage, invoice.cap)) return true;
  return false;
}

/** Whether a stage lies above a cap. A cap that names a stage of another policy says nothing here. */
export function isAbove(policy: CompiledPolicy, stage: CompiledStage, cap: LevelCap | undefined): boolean {
  if (cap === undefined) return false;
  const most = typeof cap === 'number' ? cap : policy.byId.get(cap)?.level;
  return most !== undefined && stage.level > most;
}

/** Whether a stage that is refused may act tomorrow though no fact is told. */
export function isTimedRefusal(
  engine: Engine,
  policy: CompiledPolicy,
  stage: CompiledStage,
  reason: Refusal,
): boolean {
  if (reason === 'condition') return stage.timed;
  const { minimum } = stage;
  if (minimum === undefined || reason === 'hardship' || reason === 'level_cap') return false;
  return isTimedMinimum(engine, policy, minimum);
}

/** Whether a stage may be refused or let act tomorrow though no fact is told. */
export function isTimedStage(engine: Engine, policy: CompiledPolicy, stage: CompiledStage): boolean {
  const { minimum } = stage;
  return stage.timed || (minimum !== undefined && isTimedMinimum(engine, policy, minimum));
}

/** A stage that only marks how far a case has come. */
export function isEmpty(stage: CompiledStage): boolean {
  return stage.sends.length + stage.tasks.length + stage.effects.length + stage.follows.length === 0;
}
