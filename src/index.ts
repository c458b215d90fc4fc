/**
 * recobro: embeddable dunning. The everyday surface; capabilities have
 * subpaths of their own (`recobro/engine`, `recobro/channels/email`, …).
 */
export type { ChannelLimit, ChannelSender, Overflow, Sending } from './channels/capacity.js';
export type {
  AnswerParts,
  Attachment,
  Channel,
  ChannelTraits,
  FailureScope,
  LookupOutcome,
  LookupQuery,
  Mailbox,
  OutboundMessage,
  SendOutcome,
} from './channels/channel.js';
export type {
  AddressEvent,
  ChannelEvent,
  ConsentEvent,
  IgnoredEvent,
  InboundKind,
  InboundMessage,
  MessageStatus,
  Party,
  Received,
  ReceiveOptions,
  SenderEvent,
  StatusEvent,
  StatusFailure,
  TemplateEvent,
  WebhookAnswer,
  WebhookRequest,
} from './channels/inbound.js';
export { type Clock, systemClock } from './clock.js';
export * from './dunning/index.js';
export { type ErrorCode, isRecobroError, type Problem, RecobroError } from './errors.js';
export type { IdSource } from './ids.js';
export type * from './ledger/facts.js';
export type { Logger } from './logger.js';
export type { Sender, SenderProfile } from './messages/index.js';
export type { Money, MoneyInput } from './money/index.js';
export {
  defineDocuments,
  defineMessages,
  definePlan,
  definePolicy,
  defineWhatsappTemplates,
} from './policy/define.js';
export { type PresetOptions, presets } from './policy/presets/index.js';
export { type PresetMessagesOptions, presetMessages } from './policy/presets/messages/catalogue.js';
export type { PresetMessage } from './policy/presets/messages/pack.js';
export type { Documents, Message, Messages, Plan, Policy, Stage } from './policy/types.js';
export { localQueue } from './queues/local-queue.js';
export type { Queue, WakeListener, WakeOptions, Wakeup } from './queues/queue.js';
export type { AuditStore, ChainHead, SealedEvent, SealQuery } from './stores/audit.js';
export type { BulkChange, BulkEvent, BulkStore } from './stores/bulk.js';
export type {
  Activation,
  DocumentAuthor,
  DocumentStore,
  DocumentVersion,
  StoredDocument,
} from './stores/documents.js';
export type { LeftRecordRow, LeftStore } from './stores/left.js';
export { memoryStore } from './stores/memory/index.js';
export type { SharedStore, SharedValue } from './stores/shared.js';
export type { Store } from './stores/store.js';
