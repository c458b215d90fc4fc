import type { Channel } from '../../channels/channel.js';
import type { Clock } from '../../clock.js';
import type { IdSource } from '../../ids.js';
import type { Logger } from '../../logger.js';
import type { Sender, SenderProfile } from '../../messages/index.js';
import type { Messages, Plan, Policy } from '../../policy/types.js';
import type { Queue } from '../../queues/queue.js';
import type { RiskScorer } from '../../segments/index.js';
import type { Store } from '../../stores/store.js';
import type { DocumentPort } from '../documents.js';
import type { ConversationOptions } from '../inbound/conversation.js';
import type { LinkOptions } from '../links/options.js';
import type { DispatchOptions } from '../outbox/settings.js';
import type { PaymentPort } from '../payments.js';
import type { LedgerSource } from '../pull/source.js';

/** What belongs to one tenant. */
export interface TenantOptions {
  readonly plan: Plan;
  /**
   * May hold several versions of a policy: running cases keep the one they
   * opened with for as long as it is among these, and go on with the newest
   * when it is not. Raise the version with each change, and keep the old one
   * here until its cases are closed.
   */
  readonly policies: readonly Policy[];
  readonly messages: Messages;
  /** Who writes: name, whom to ask, how to pay. */
  readonly sender: Sender;
  /** Senders in place of `sender`, by the name under which a stage asks for one (`from`). Needed where one does. */
  readonly senders?: Readonly<Record<string, SenderProfile>> | undefined;
  /** Where documents to attach come from. Needed where a stage has `attach`. */
  readonly documents?: DocumentPort | undefined;
  /** Where links and ways to pay come from that are made for one sum. Default: the invoice's link, else the sender's instructions. */
  readonly payments?: PaymentPort | undefined;
  readonly channels: readonly Channel[];
  /** How what people answer is read and acted on. */
  readonly conversation?: ConversationOptions | undefined;
  /** How links are signed that let debtors see and answer without a login. Needed for {@link Dunning.link}. */
  readonly links?: LinkOptions | undefined;
  /**
   * Where facts are read from at each review and right before each message, in place of being pushed
   * with {@link Dunning.sync}, or beside it for other kinds of records.
   */
  readonly ledger?: LedgerSource | undefined;
  /**
   * Documents that were activated in the store ({@link storedDocuments}) take the place of those given, from
   * the next tick, review or dispatch on; those given hold until the first activation. Default `false`.
   */
  readonly adopt?: boolean | undefined;
  /** How risky an account is, where nobody wrote it onto the account. Pure. Default: `riskScore` of `recobro/segments`. */
  readonly scorer?: RiskScorer | undefined;
}

/** Options of {@link createDunning}. */
export interface DunningOptions extends TenantOptions {
  readonly store: Store;
  /** Default `default`. */
  readonly tenant?: string | undefined;
  /** Default: the process clock. */
  readonly clock?: Clock | undefined;
  /** Default: random. Names workers; decides nothing. */
  readonly ids?: IdSource | undefined;
  /** Default: silent. */
  readonly logger?: Logger | undefined;
  /**
   * Wakes workers ({@link Dunning.start}) for what is decided, here or in other processes, such as
   * `pgBossQueue()`. Default: those of this process.
   */
  readonly queue?: Queue | undefined;
  /**
   * After how many days on which nothing happened records that are over leave the working file of their
   * account, such as `400d`; `never`: they stay, and large accounts grow slower with the years. They are kept
   * apart and come back by themselves; docs/closed-items.md says what looks back how far. Default `400d`, at
   * least `30d`; nothing leaves in a store without `left`.
   */
  readonly closedAfter?: string | undefined;
  /** How acts are performed: leases, time limits, calls in flight, when senders that fail are held back. */
  readonly dispatch?: DispatchOptions | undefined;
}
