import { systemClock } from '../clock.js';
import { randomIds } from '../ids.js';
import { silentLogger } from '../logger.js';
import type { Documents } from '../policy/types.js';
import { localQueue } from '../queues/local-queue.js';
import { parseDocuments } from '../schema/index.js';
import { profilesOf } from './carried.js';
import type { Context } from './context.js';
import { Announcer, type DunningEvent, type DunningEvents } from './emitter.js';
import { callsOf } from './handle/calls.js';
import { type FactCalls, factCalls } from './handle/facts.js';
import { type LogCalls, logCalls } from './handle/log.js';
import type { DunningOptions, TenantOptions } from './handle/options.js';
import { type OutboxCalls, outboxCalls } from './handle/outbox.js';
import { type PeopleCalls, peopleCalls } from './handle/people.js';
import { type ReadCalls, readCalls } from './handle/reads.js';
import { type ReceivingCalls, receivingCalls } from './handle/receiving.js';
import { type RunCalls, runCalls } from './handle/runs.js';
import { conversationOf } from './inbound/conversation.js';
import { leaveAfter } from './leave-after.js';
import { linksOf } from './links/options.js';
import { checkOptions, objectOf } from './options.js';
import { outboxOf } from './outbox/work.js';
import { paymentsOf } from './payments.js';
import { readerOf } from './pull/options.js';
import { together } from './together.js';
import { Adopter, decidingBy } from './versions/adopt.js';
import { commitAndWake } from './workers/waking.js';
import { startWorker, type Worker, type WorkerOptions } from './workers/worker.js';

/** A tenant's dunning. */
export interface Dunning
  extends FactCalls,
    RunCalls,
    OutboxCalls,
    ReadCalls,
    PeopleCalls,
    ReceivingCalls,
    LogCalls {
  readonly tenant: string;
  /**
   * The same store, clock and logger for another tenant, with its own
   * documents, sender and channels where given. Settings never cross tenants.
   */
  for(tenant: string, options?: Partial<TenantOptions>): Dunning;
  /**
   * Works until it is stopped: looks at once, when it is woken, at the next instant that is known, and at
   * an interval. After a failure of the store it waits, longer each time. Several workers, of one process
   * or of many on one database, share the work; each act goes out once. Give the handles of several tenants
   * and they take turns, so that none starves.
   *
   * @example
   * const worker = dunning.start({ intervalMs: 30_000 });
   * worker.on('error', (error) => console.error(error));
   * process.once('SIGTERM', () => worker.stop().then(() => dunning.close()));
   * @throws RecobroError `invalid_option`
   */
  start(options?: WorkerOptions): Worker;
  /** Hears of events after their commit; answers a function that stops listening. A listener that throws harms nothing. */
  on<K extends keyof DunningEvents>(name: K, listener: DunningEvents[K]): () => void;
  /**
   * Closes this handle's adapters and the store, which other tenants' handles
   * share. Let running calls end first. May be called twice.
   */
  close(): Promise<void>;
}

/**
 * Wires a store, documents and channels together.
 *
 * @example
 * const dunning = createDunning({
 *   store: memoryStore(),
 *   ...presets.exporter({ zone: 'America/Mexico_City', language: 'es' }),
 *   channels: [email({ transport, from: 'cobranza@acme.example' })],
 *   sender: { name: 'Acme', phone: '+52 55 1234 5678', pay: { bank: 'CLABE 646180…' } },
 * });
 * await dunning.sync({ accounts, invoices });
 * console.log((await dunning.tick()).text);
 *
 * @throws RecobroError `invalid_document`, `invalid_template` or `invalid_option`, listing every problem with its path
 */
export function createDunning(options: DunningOptions): Dunning {
  const given = objectOf(options, 'options');
  const { store, logger = silentLogger, queue = localQueue({ clock: given.clock }) } = given;
  const shared = {
    store,
    // A store that is none is refused below, with its path.
    leave: store?.left === undefined ? undefined : leaveAfter(given.closedAfter),
    together: together({
      load: (tenant, accounts) => store.load(tenant, accounts),
      commit: (changes) => commitAndWake({ store, queue, logger }, changes, {}),
    }),
    clock: given.clock ?? systemClock,
    ids: given.ids ?? randomIds,
    logger,
    queue,
    outbox: outboxOf(store, given.dispatch),
  };
  const handle = bind(shared, given.tenant ?? 'default', given);
  // No error: another tenant's handle may have the channel.
  for (const { channel } of shared.outbox.settings.rates)
    if (channel !== undefined && !given.channels.some(({ id }) => id === channel))
      logger.warn('a limit of dispatch.rates is about a channel that is not set up', { channel });
  return handle;
}

type Shared = Pick<Context, 'store' | 'leave' | 'together' | 'clock' | 'ids' | 'logger' | 'queue' | 'outbox'>;

function bind(shared: Shared, tenant: string, options: TenantOptions): Dunning {
  checkOptions(tenant, shared.store, options);
  const documents: Documents = parseDocuments({
    plan: options.plan,
    policies: options.policies,
    messages: options.messages,
  });
  const deciding = decidingBy(documents, options);
  const channels = new Map(options.channels.map((channel) => [channel.id, channel]));
  const context: Context = {
    ...shared,
    ...deciding,
    tenant,
    channels,
    sender: options.sender,
    senders: profilesOf(options.senders),
    documents: options.documents,
    payments: paymentsOf(options.payments, shared.clock),
    announcer: new Announcer(shared.logger),
    ledger: readerOf(options.ledger, tenant, shared.clock, () => context.engine),
    conversation: conversationOf(options.conversation, (documents.plan.contact?.windows ?? []).length > 0),
    links: linksOf(options.links),
  };
  const adopter = new Adopter(context, options, (parts) => Object.assign(context, parts));
  const calls = callsOf(shared.clock);
  let closing: Promise<void> | undefined;
  const handle: Dunning = {
    tenant,
    ...factCalls(context, calls),
    ...runCalls(context, calls, adopter),
    ...outboxCalls(context, calls),
    ...readCalls(context, calls),
    ...peopleCalls(context, calls),
    ...receivingCalls(context, calls),
    ...logCalls(context, calls, options),
    for: (other, changed = {}) => bind(shared, other, { ...options, ...changed }),
    start: (options) => startWorker(shared, handle, options),
    on: (name, listener) => context.announcer.on(name, listener as (event: DunningEvent) => unknown),
    close: () => {
      closing ??= closeAll([...options.channels, shared.store]);
      return closing;
    },
  };
  return handle;
}

/** One that does not close keeps none of the others open. */
async function closeAll(parts: readonly { close?(): Promise<void> }[]): Promise<void> {
  const done = await Promise.allSettled(parts.map(async (part) => part.close?.()));
  for (const one of done) if (one.status === 'rejected') throw one.reason;
}
