/**
 * The pure core: facts in, decisions and reasons out. No I/O, no clock, no
 * randomness, no zod: the same input gives the same output, byte for byte.
 */

export type { AddressHealth, AddressTrouble } from '../contact/health.js';
export type { PlaceRefusal } from '../contact/recipients.js';
export { type ChannelTraits, neutralChannel, shippedChannels } from '../contact/traits.js';
export type { Block, BlockKind } from '../ledger/block.js';
export type {
  AccountFile,
  Case,
  Cover,
  OpenAct,
  Purpose,
  StageMark,
  Touch,
} from '../ledger/file.js';
export { chargeFree, type Item, isDebt, itemsOf } from '../ledger/items.js';
export type { LeavingRecord, LeftKind, LeftRecord, LeftStatistics, PaidDays } from '../ledger/left.js';
export { unappliedOf } from '../ledger/movements.js';
export { promiseOutcomes } from '../ledger/promises.js';
export { type LeftRow, leftRows, Recall, spokenOf } from '../ledger/recall.js';
export { defaultLedgerRules, type LedgerRules } from '../ledger/rules.js';
export { type Follow, followUps } from './actions/index.js';
export type { Act, ActItem, DocumentRef, SentText, TextRef } from './acts.js';
export type { Assumptions, Becomes, InOutbox, Planned } from './ahead.js';
export {
  answerAct,
  answeredStage,
  answerId,
  botAuthor,
  isAnswer,
  openOf,
  sameMoney,
  whyUnanswered,
} from './answers.js';
export type { ArmOfExperiment, AssignedBy } from './assign.js';
export { type CalendarDay, type CalendarEntry, CalendarTally } from './calendar-of.js';
export type { StageState } from './climb.js';
export { compile, type Engine, type EngineInput } from './compile.js';
export type { ConditionReport, Found } from './condition-report.js';
export { type DecideOptions, type Decision, decide, type Waiting } from './decide.js';
export type { BotOutcome, DoneOutcome, FileEvent, GoneKind } from './events.js';
export { emptyFile, evolve, evolveAll } from './evolve.js';
export { type Guard, guardOf, guards } from './explain/guards.js';
export type {
  Answer,
  BlockEnd,
  BlockedInputs,
  Change,
  ConditionInputs,
  ConditionOperator,
  ContactInputs,
  ContactRule,
  DateInputs,
  Explanation,
  GroupExplanation,
  ItemExplanation,
  MinimumReport,
  OrderInputs,
  OwedInputs,
  PlaceChoice,
  PolicyInputs,
  RecipientInputs,
  StageExplanation,
  Tried,
  UnderWayInputs,
  Way,
} from './explain/types.js';
export { explain } from './explain.js';
export {
  type Forecast,
  type ForecastOptions,
  forecast,
  type Settled,
  settle,
  upcoming,
} from './forecast.js';
export { type ImportedHistory, importHistory } from './history-import.js';
export {
  type CaseImpact,
  type FeeImpact,
  type Impact,
  type ImpactOptions,
  type ItemLevel,
  impactOf,
  type LevelImpact,
} from './impact.js';
export { type ImpactCounts, ImpactTally, type ImpactTotals, isAffected } from './impact-totals.js';
export { leavingOf } from './leaving.js';
export { viewOf } from './look.js';
export { type NextAct, type NextAction, type NextOptions, nextActionOf } from './next-action.js';
export { type NoticeStatus, noticeOf } from './notice.js';
export { type OpenWork, openWorkOf } from './open-work.js';
export {
  type Author,
  askStage,
  type ContactMade,
  dayDone,
  moveItems,
  recordContact,
  resetItems,
  type Selection,
  skipStage,
  takeBackItems,
} from './people.js';
export { type Ranked, rankOf, ranksUntil } from './rank.js';
export { type Recheck, recheck } from './recheck.js';
export type { ReviewLimits } from './review-limits.js';
export {
  type AccountStatus,
  type ExposureStatus,
  type ItemStatus,
  type Level,
  levelOf,
  type PendingAct,
  type PolicyStatus,
  statusOf,
} from './status.js';
export { AccountView } from './view.js';
export {
  OverdueMeans,
  Ranking,
  type ScorePart,
  type ScorePartName,
  type WorklistEntry,
  type WorklistScoring,
  type WorkReason,
  type WorkReasonCode,
} from './worklist.js';
export { Scoring } from './worklist-score.js';
