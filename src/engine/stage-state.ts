import type { Day } from '../calendar/index.js';
import type { StageMark } from '../ledger/file.js';
import type { CompiledStage } from './compile.js';
import type { Refusal } from './verdict.js';

/** What `explain` wants to know of each stage; decides nothing. */
export type StageNote = (
  stage: CompiledStage,
  state: StageState,
  day: Day | undefined,
  mark: StageMark | undefined,
) => void;
export type StageState =
  | StageMark['state']
  | 'due'
  | 'later'
  | 'expired'
  | 'superseded'
  | 'missed'
  | Refusal
  | 'no_date'
  | 'passed';
