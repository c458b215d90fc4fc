import type { Day } from '../calendar/index.js';
import type { Case } from '../ledger/file.js';
import type { CompiledStage } from './compile.js';
import type { Unit } from './units.js';
import type { AccountView } from './view.js';

/** A stage passed over, and why. */
export interface Skip {
  readonly stage: CompiledStage;
  readonly reason: 'superseded' | 'expired' | 'missed' | 'condition' | 'hardship' | 'nothing_to_do';
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
  /** `day`: the first day on which the answer may differ though no fact was told. */
  | {
      readonly kind: 'wait';
      readonly reason: WaitReason;
      readonly stage: CompiledStage | undefined;
      readonly day: Day | undefined;
    }
  | { readonly kind: 'exhaust'; readonly reason: 'last_stage_over' };

export type WaitReason =
  | 'not_yet'
  | 'no_level'
  | 'level_holds'
  | 'condition'
  | 'hardship'
  | 'no_date'
  | 'act_pending'
  | 'act_unknown'
  | 'exhausted'
  | 'last_wait';

/** Why a stage that is due does not act. */
export function refusalOf(
  view: AccountView,
  unit: Unit,
  one: Case,
  stage: CompiledStage,
): 'condition' | 'hardship' | undefined {
  if (stage.tone > 0 && view.file.account?.hardship === true) return 'hardship';
  return stage.test === undefined || stage.test({ view, unit, case: one }) ? undefined : 'condition';
}

/** A stage that only marks how far a case has come. */
export function isEmpty(stage: CompiledStage): boolean {
  return stage.sends.length + stage.tasks.length + stage.effects.length + stage.follows.length === 0;
}
