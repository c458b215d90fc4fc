import type { Channel } from '../channels/channel.js';
import type { Clock } from '../clock.js';
import { botAuthor, type Engine, type FileEvent } from '../engine/index.js';
import type { IdSource } from '../ids.js';
import type { AccountFile } from '../ledger/file.js';
import type { Logger } from '../logger.js';
import type { CompiledMessages, Sender } from '../messages/index.js';
import type { Queue } from '../queues/queue.js';
import type { Store, StoredEvent } from '../stores/store.js';
import { part } from './audit/personal.js';
import type { Profile } from './carried.js';
import { toJson } from './codec.js';
import type { DocumentPort } from './documents.js';
import { type Announcer, announced } from './emitter.js';
import type { Conversation } from './inbound/conversation.js';
import type { Links } from './links/options.js';
import type { Outbox } from './outbox/work.js';
import type { Payments } from './payments.js';
import type { LedgerReader } from './pull/reader.js';
import type { Together } from './together.js';

/** What every part of the shell works with, for one tenant. */
export interface Context {
  readonly tenant: string;
  readonly store: Store;
  /** Loads and commits of all that goes on at once, where no transaction of the host's is joined. */
  readonly together: Together;
  readonly engine: Engine;
  readonly messages: CompiledMessages;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly sender: Sender;
  /** Senders that stages may name, by name. */
  readonly senders: ReadonlyMap<string, Profile>;
  readonly documents: DocumentPort | undefined;
  /** Where ways to pay one sum come from. */
  readonly payments: Payments | undefined;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly logger: Logger;
  /** Wakes workers, of this process or of others. */
  readonly queue: Queue;
  readonly announcer: Announcer;
  /** Reads the host's own tables, where facts are pulled. */
  readonly ledger: LedgerReader | undefined;
  /** Days after which records that are over leave the file; undefined: they never do. */
  readonly leave: number | undefined;
  /** How acts are performed, and what runs. */
  readonly outbox: Outbox;
  /** How what comes in is dealt with. */
  readonly conversation: Conversation;
  /** How links of debtors are made, where they are. */
  readonly links: Links | undefined;
  /** Hash of all documents and channels, which reviews write down. */
  readonly decidedBy: string;
}

/** Numbers events after those the file already has. Personal data stand apart where the store can erase them. */
export function stamp(
  { store, ids }: Pick<Context, 'store' | 'ids'>,
  events: readonly FileEvent[],
  file: AccountFile,
  { at, actor }: { readonly at: number; readonly actor: string },
): StoredEvent[] {
  return events.map((event, index) => {
    const { type, ...data } = event;
    const parted = store.audit === undefined ? { data: toJson(data) } : part(event, file, ids);
    return { seq: file.seq + index + 1, at, type, actor: actorOf(event, actor), ...parted };
  });
}

/** In one commit with what somebody wrote stands what the host's bot makes of it. */
function actorOf(event: FileEvent, actor: string): string {
  const byBot =
    event.type === 'answer.given' ||
    (event.type === 'account.assigned' && event.to.author === botAuthor && actor === 'debtor');
  return byBot ? botAuthor : actor;
}

/** Tells listeners of events that were committed. */
export function announce(
  context: Context,
  account: string,
  events: readonly FileEvent[],
  seq: number,
  at: number,
  actor: string,
): void {
  events.forEach((event, index) => {
    context.announcer.tell({
      tenant: context.tenant,
      account,
      seq: seq + index + 1,
      at,
      actor: actorOf(event, actor),
      ...announced(event),
    });
  });
}
