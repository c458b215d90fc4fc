import { parseInstant } from '../calendar/index.js';
import type { Channel } from '../channels/channel.js';
import { type Clock, systemClock } from '../clock.js';
import { compile, type Forecast, forecast } from '../engine/index.js';
import { type Problem, RecobroError } from '../errors.js';
import { type IdSource, randomIds } from '../ids.js';
import type { InstantInput, LedgerFacts } from '../ledger/facts.js';
import { type Logger, silentLogger } from '../logger.js';
import { compileMessages, type Sender, senderProblems } from '../messages/index.js';
import type { Documents, Messages, Plan, Policy } from '../policy/types.js';
import { parseDocuments } from '../schema/index.js';
import type { ActState, Store } from '../stores/store.js';
import type { Context } from './context.js';
import { dispatchReady } from './dispatch.js';
import { Announcer, type DunningEvent, type DunningEvents } from './emitter.js';
import { type AccountExplanation, explainAccount, loadFile } from './explaining.js';
import { type ActRecord, actsOf, type HistoryEntry, historyOf } from './history.js';
import type { Dispatched } from './outcomes.js';
import { type ByHand, completeTask, resolveUnknown } from './people.js';
import { ReviewGuard, type ReviewRun, reviewAccounts, reviewDue } from './review.js';
import { type SyncResult, syncFacts } from './sync.js';
import { type TickResult, tickOnce } from './tick.js';

/** An instant: milliseconds since 1970, ISO 8601 text with an offset, or a `Date`. */
export type When = InstantInput | Date;

/** What belongs to one tenant. */
export interface TenantOptions {
  readonly plan: Plan;
  /** May hold several versions of a policy: running cases keep the one they opened with. */
  readonly policies: readonly Policy[];
  readonly messages: Messages;
  /** Who writes: name, whom to ask, how to pay. */
  readonly sender: Sender;
  readonly channels: readonly Channel[];
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
}

/** Options that every operation takes. */
export interface RunOptions {
  /** The instant to act at. Default: the clock's. */
  readonly now?: When | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface SyncOptions {
  /** The instant at which the facts are learnt. Default: the clock's. */
  readonly now?: When | undefined;
  /** Who tells, for the log. Default `host`. */
  readonly actor?: string | undefined;
  /** The host's own transaction, as the store's documentation says. */
  readonly transaction?: unknown;
}

/** A tenant's dunning. */
export interface Dunning {
  readonly tenant: string;
  /**
   * The same store, clock and logger for another tenant, with its own
   * documents, sender and channels where given. Settings never cross tenants.
   */
  for(tenant: string, options?: Partial<TenantOptions>): Dunning;
  /**
   * Takes in facts: idempotent, all or nothing, in any order. Accounts touched
   * are reviewed at the next run.
   *
   * @throws RecobroError `invalid_input` or `version_conflict`, listing every problem with its path
   */
  sync(facts: LedgerFacts, options?: SyncOptions): Promise<SyncResult>;
  /** Review what is due, then dispatch what is ready. */
  tick(options?: RunOptions): Promise<TickResult>;
  /** Decides for the accounts that are due (or for those named) and plans acts; sends nothing. */
  review(options?: RunOptions & { readonly accounts?: readonly string[] | undefined }): Promise<ReviewRun>;
  /** Performs planned acts that are ready, each after a re-check. */
  dispatch(options?: RunOptions): Promise<readonly Dispatched[]>;
  /** Why and why not, as data and as text. @throws RecobroError `unknown_id` */
  explain(account: string, options?: { readonly at?: When | undefined }): Promise<AccountExplanation>;
  /** What will happen if no fact changes. @throws RecobroError `unknown_id` */
  forecast(
    account: string,
    period: { readonly from?: When | undefined; readonly to: When },
  ): Promise<Forecast>;
  /** The log of an account, oldest first. */
  history(account: string): AsyncIterable<HistoryEntry>;
  /** Acts with their state, by id. */
  acts(filter?: {
    readonly account?: string | undefined;
    readonly states?: readonly ActState[] | undefined;
  }): AsyncIterable<ActRecord>;
  /** Says whether an act of unknown outcome went out. @throws RecobroError `unknown_id`, `impossible_state` */
  resolve(
    act: string,
    outcome: 'sent' | 'not-sent',
    by: ByHand & { readonly now?: When | undefined },
  ): Promise<void>;
  /** Completes a task. @throws RecobroError `unknown_id`, `impossible_state` */
  complete(task: string, by: ByHand & { readonly now?: When | undefined }): Promise<void>;
  /** Hears of events after their commit; answers a function that stops listening. A listener that throws harms nothing. */
  on<K extends keyof DunningEvents>(name: K, listener: DunningEvents[K]): () => void;
  /** Frees what the adapters opened themselves, and the store. */
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
  const logger = options.logger ?? silentLogger;
  const shared = {
    store: options.store,
    clock: options.clock ?? systemClock,
    ids: options.ids ?? randomIds,
    logger,
  };
  return bind(shared, options.tenant ?? 'default', options);
}

type Shared = Pick<Context, 'store' | 'clock' | 'ids' | 'logger'>;

function bind(shared: Shared, tenant: string, options: TenantOptions): Dunning {
  checkOptions(tenant, options);
  const documents: Documents = parseDocuments({
    plan: options.plan,
    policies: options.policies,
    messages: options.messages,
  });
  const channels = new Map(options.channels.map((channel) => [channel.id, channel]));
  const context: Context = {
    ...shared,
    tenant,
    engine: compile({ ...documents, channels: options.channels }),
    messages: compileMessages(documents.messages),
    channels,
    sender: options.sender,
    announcer: new Announcer(shared.logger),
  };
  const instant = (value: When | undefined): number =>
    value === undefined ? shared.clock.now() : instantOf(value);
  /** A given instant stands still; the clock goes on. */
  const timer = (value: When | undefined): (() => number) => {
    if (value === undefined) return () => shared.clock.now();
    const fixed = instantOf(value);
    return () => fixed;
  };
  return {
    tenant,
    for: (other, changed = {}) => bind(shared, other, { ...options, ...changed }),
    sync: (facts, { now, actor, transaction } = {}) =>
      syncFacts(context, facts, { at: instant(now), actor: actor ?? 'host', transaction }),
    tick: async ({ now, signal } = {}) => tickOnce(context, timer(now), signal),
    review: async ({ now, signal, accounts } = {}) =>
      accounts === undefined
        ? reviewDue(context, instant(now), new ReviewGuard(), signal)
        : reviewAccounts(context, accounts, instant(now)),
    dispatch: async ({ now, signal } = {}) => dispatchReady(context, timer(now), signal),
    explain: async (account, { at } = {}) => explainAccount(context, account, instant(at)),
    forecast: async (account, { from, to }) => {
      const file = await loadFile(context, account);
      return forecast(context.engine, file, instant(from), instantOf(to));
    },
    history: (account) => historyOf(context, account),
    acts: (filter = {}) => actsOf(context, filter),
    resolve: async (act, outcome, by) =>
      resolveUnknown(context, act, outcome === 'sent', by, instant(by.now)),
    complete: async (task, by) => completeTask(context, task, by, instant(by.now)),
    on: (name, listener) => context.announcer.on(name, listener as (event: DunningEvent) => unknown),
    close: async () => {
      for (const channel of options.channels) await channel.close?.();
      await shared.store.close();
    },
  };
}

/** Milliseconds of an instant in any of the accepted forms. */
export function instantOf(value: When): number {
  if (typeof value === 'string') return parseInstant(value);
  const millis = typeof value === 'number' ? value : value.getTime();
  if (!Number.isSafeInteger(millis)) {
    throw new RecobroError(
      'invalid_instant',
      'an instant is whole milliseconds since 1970, a valid Date, or ISO 8601 text with an offset',
    );
  }
  return millis;
}

function checkOptions(tenant: string, options: TenantOptions): void {
  const problems: Problem[] = [...senderProblems(options.sender)];
  if (tenant === '' || tenant.length > 200) {
    problems.push({ path: 'tenant', code: 'invalid_id', message: 'is a text of 1 to 200 characters' });
  }
  const seen = new Set<string>();
  options.channels.forEach((channel, index) => {
    if (seen.has(channel.id)) {
      problems.push({
        path: `channels[${index}]`,
        code: 'duplicate_id',
        message: `a second channel ${JSON.stringify(channel.id)}`,
      });
    }
    seen.add(channel.id);
  });
  if (problems.length > 0)
    throw new RecobroError('invalid_option', 'the options of createDunning are not valid', { problems });
}
