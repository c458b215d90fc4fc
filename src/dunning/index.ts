export type { RestoreChoice } from './addresses.js';
export type { ChangeEvent, ChangePage, ChangeRequest } from './audit/changes.js';
export type { Erasure, ErasureChoice } from './audit/erase.js';
export type { Stranger } from './audit/erase-stranger.js';
export type { AuditFooter, AuditHeader, AuditLine, AuditRequest } from './audit/export.js';
export type { Replay, ReplayDifference, ReplayRequest } from './audit/replay.js';
export type { ChainFault, Checkpoint, Verification, VerifyRequest } from './audit/verify.js';
export { type AuditVerdict, verifyAudit } from './audit/verify-audit.js';
export type { ByHand } from './by-hand.js';
export type { Calendar, CalendarRequest } from './calendar.js';
export { createDunning, type Dunning } from './create-dunning.js';
export type { DocumentPort, DocumentRequest } from './documents.js';
export type { DunningEvent, DunningEvents, EventContext } from './emitter.js';
export type { AccountExplanation, KeptMessage, NamedExplanation } from './explaining.js';
export type { FactFinding } from './findings.js';
export type { AccountForecast, ForecastChoice } from './forecasts.js';
export type { DunningOptions, TenantOptions } from './handle/options.js';
export type { Completion } from './handle/people.js';
export type { ForecastPeriod, IngestOptions, RunOptions, SyncOptions } from './handle/run-options.js';
export type { ActFilter, ActRecord, HistoryEntry } from './history.js';
export type { HoldChoice } from './holds.js';
export type { ImpactReport } from './impact.js';
export type { AsideEvent } from './inbound/aside.js';
export type { BotContext, BotItem, BotMessage } from './inbound/bot/context.js';
export type { AnswerOption, BotAnswer, BotHours, BotOptions } from './inbound/bot/port.js';
export type { CustomerContext, OpenTotal } from './inbound/context.js';
export type {
  Classified,
  ClassifierInput,
  ConversationOptions,
  OpenInvoice,
  ReplyClassifier,
} from './inbound/conversation.js';
export type { PlanOffer, PlanOffers, PlanProposal, PlanRequest } from './inbound/offers.js';
export type { ReplyMeaning } from './inbound/settle.js';
export type { TalkEntry } from './inbound/talk.js';
export type { RawRequest, WebhookHandler } from './inbound/webhook.js';
export type { FactSource, IngestChoice, IngestPage, IngestResult, RefusedRecord } from './ingest/types.js';
export type { LinkAnswer, LinkAnswered } from './links/answer.js';
export type { LinkRequest } from './links/link.js';
export type { LinkKey, LinkOptions, UnsubscribeOptions } from './links/options.js';
export type { Statement, StatementItem, StatementPromise, StatementTotal } from './links/statement.js';
export type { LinkPurpose } from './links/token.js';
export type { When } from './options.js';
export type { CrowdedDay } from './outbox/capacity/ahead.js';
export type { CapacityChange } from './outbox/capacity/note.js';
export type { CapacityInForce } from './outbox/capacity/report.js';
export type { DeadLetter, DeadLetterFilter, TryMade } from './outbox/dead-letters.js';
export type { Pause, PauseChoice } from './outbox/pauses.js';
export type { FullRate } from './outbox/rates/full.js';
export type { LimitOf, RateLimit, ReachedLimit } from './outbox/rates/limits.js';
export type { RunCounts, RunRecord } from './outbox/runs.js';
export type { WideScope } from './outbox/scopes.js';
export type { DispatchOptions } from './outbox/settings.js';
export type { Counted, OpenCircuit, StuckAct, StuckReport, StuckRequest } from './outbox/stuck.js';
export type { Reconciled, UnknownAct } from './outbox/unknown.js';
export type { Stopped } from './outbox/work.js';
export type { DeadReason, Dispatched } from './outcomes.js';
export type { PaymentAnswer, PaymentItem, PaymentPort, PaymentRequest } from './payments.js';
export type { PortfolioRequest, PortfolioResult } from './portfolio.js';
export type { Followed } from './pull/cursor.js';
export type {
  ChangedAccounts,
  GoneInvoice,
  LedgerAnswer,
  LedgerQuery,
  LedgerSource,
  PulledKind,
  UnreadAccount,
} from './pull/source.js';
export type { CountedRun, ReviewCounts, Reviewed, ReviewFailure, ReviewRun } from './review.js';
export type { SyncResult } from './sync.js';
export type { Draft } from './tasks/draft.js';
export type { OutcomeTold, TaskOutcome } from './tasks/outcome.js';
export type { RunEntry, TickResult } from './tick.js';
export type { Adopted } from './versions/adopt.js';
export type { DocumentSet, DocumentVersionRef } from './versions/sets.js';
export {
  type ActiveDocuments,
  type Saver,
  type StoredDocuments,
  storedDocuments,
} from './versions/stored-documents.js';
export type { Tickable, Worker, WorkerEvents, WorkerOptions } from './workers/worker.js';
export type { Worklist, WorklistLine, WorklistRequest } from './worklist.js';
