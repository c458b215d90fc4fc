import type { Channel } from '../channels/channel.js';
import type { ChannelEvent } from '../channels/inbound.js';
import { type Clock, systemClock } from '../clock.js';
import type {
  AccountStatus,
  ContactMade,
  Impact,
  ImportedHistory,
  ItemStatus,
  NextAction,
  NoticeStatus,
} from '../engine/index.js';
import { RecobroError } from '../errors.js';
import { type IdSource, randomIds } from '../ids.js';
import type { LedgerFacts } from '../ledger/facts.js';
import type { Note } from '../ledger/file.js';
import { type Logger, silentLogger } from '../logger.js';
import type { Sender, SenderProfile } from '../messages/index.js';
import type { Documents, Messages, Plan, Policy } from '../policy/types.js';
import { localQueue } from '../queues/local-queue.js';
import type { Queue } from '../queues/queue.js';
import { parseDocuments } from '../schema/index.js';
import type { RiskScorer } from '../segments/index.js';
import type { Store } from '../stores/store.js';
import { type ChangePage, type ChangeRequest, changesAfter } from './audit/changes.js';
import { type Erasure, type ErasureChoice, erasePeople } from './audit/erase.js';
import { type AuditRequest, auditLines } from './audit/export.js';
import { type Replay, type ReplayRequest, replayLog } from './audit/replay.js';
import { sealAfterRun, sealLog } from './audit/seal.js';
import { type Verification, type VerifyRequest, verifyLog } from './audit/verify.js';
import type { ByHand } from './by-hand.js';
import { type Calendar, type CalendarRequest, calendarOf } from './calendar.js';
import { profilesOf } from './carried.js';
import type { Context } from './context.js';
import { dispatchReady } from './dispatch.js';
import type { DocumentPort } from './documents.js';
import { Announcer, type DunningEvent, type DunningEvents } from './emitter.js';
import { type AccountExplanation, explainAccount } from './explaining.js';
import {
  type AccountForecast,
  type ForecastChoice,
  forecastOf,
  forecastsOf,
  type Period,
} from './forecasts.js';
import { type ActFilter, type ActRecord, actsOf, type HistoryEntry, historyOf } from './history.js';
import { type HoldChoice, hold, release } from './holds.js';
import { type ImpactReport, impactOfDocuments, impactsOfDocuments } from './impact.js';
import { type CustomerContext, customerContextOf } from './inbound/context.js';
import { type ConversationOptions, conversationOf } from './inbound/conversation.js';
import { referAll } from './inbound/references.js';
import { type TalkEntry, talkOf } from './inbound/talk.js';
import { keep, type WebhookHandler, webhookOf } from './inbound/webhook.js';
import { ingestFacts } from './ingest/ingest.js';
import type { FactSource, IngestChoice, IngestResult } from './ingest/types.js';
import { leaveAfter } from './leave-after.js';
import { answerLink, type LinkAnswer, type LinkAnswered } from './links/answer.js';
import { follow, type LinkRequest, linkTo } from './links/link.js';
import { type LinkOptions, linksOf } from './links/options.js';
import { type Statement, statementOf } from './links/statement.js';
import { unsubscribeOf } from './links/unsubscribe.js';
import { addNote, notesOf } from './notes.js';
import { checkOptions, instantOf, named, objectOf, type When } from './options.js';
import { type DeadLetter, type DeadLetterFilter, deadLettersOf, retryAct } from './outbox/dead-letters.js';
import { type Pause, type PauseChoice, pausesOf, setPause } from './outbox/pauses.js';
import { countsOf, countsOfReview, loggedRun, type RunRecord, runsOf } from './outbox/runs.js';
import type { DispatchOptions } from './outbox/settings.js';
import { standing } from './outbox/still.js';
import { type StuckReport, type StuckRequest, stuckWork } from './outbox/stuck.js';
import { type Reconciled, reconcileUnknown, type UnknownAct, unknownActs } from './outbox/unknown.js';
import { outboxOf, type Stopped } from './outbox/work.js';
import type { Dispatched } from './outcomes.js';
import * as people from './people.js';
import { type PortfolioRequest, type PortfolioResult, scorePortfolio } from './portfolio.js';
import { type Followed, followChanges } from './pull/cursor.js';
import { readerOf, refuseOwned } from './pull/options.js';
import type { LedgerSource } from './pull/source.js';
import { touchAccounts } from './pull/touch.js';
import { addHistory, nextActionOfAccount, statusOfAccount, statusOfItem, statusOfNotice } from './reads.js';
import { type CountedRun, collect, ReviewGuard, reviewDue, reviewNamed } from './review.js';
import { type SyncResult, syncFacts } from './sync.js';
import { type TickResult, tickOnce } from './tick.js';
import { together } from './together.js';
import { type Adopted, Adopter, decidingBy } from './versions/adopt.js';
import { Turn } from './workers/turn.js';
import { commitAndWake } from './workers/waking.js';
import { startWorker, type Worker, type WorkerOptions } from './workers/worker.js';
import { type Worklist, type WorklistRequest, worklistOf } from './worklist.js';

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

/** Options that every operation takes. */
export interface RunOptions {
  /** The instant to act at. Default: the clock's. */
  readonly now?: When | undefined;
  /**
   * Stops the run between messages; it then rejects with the signal's reason.
   * Calls in flight are not broken off but awaited and recorded. Acts that were
   * claimed and not begun are given back.
   */
  readonly signal?: AbortSignal | undefined;
  /** Who asks for the run, for {@link Dunning.runs}. Default `recobro`. */
  readonly by?: string | undefined;
}

export interface SyncOptions {
  /** The instant at which the facts are learnt. Default: the clock's. */
  readonly now?: When | undefined;
  /** Who tells, for the log. Default `host`. */
  readonly actor?: string | undefined;
  /** The host's own transaction, as the store's documentation says. Listeners hear nothing of it, since it may be rolled back. */
  readonly transaction?: unknown;
}

/** Options of an ingest: those of `sync`, and how it is done. */
export interface IngestOptions extends SyncOptions, IngestChoice {}

/** What a forecast is asked for: a period, both ends inclusive, and what is taken for granted. */
export interface ForecastPeriod extends ForecastChoice {
  /** Default: the present. */
  readonly from?: When | undefined;
  readonly to: When;
  /** The present. Default: the clock's. */
  readonly now?: When | undefined;
}

/** Who does something by hand, why, and when. */
export interface By extends ByHand {
  /** Default: the clock's. */
  readonly now?: When | undefined;
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
   * Takes in facts: idempotent, in any order. One record that is not acceptable
   * stops the whole call before anything is written. What is written is all or
   * nothing for each account, and for the whole call in a transaction of yours;
   * without one, a call that fails half-way is made again. Accounts touched are
   * reviewed at the next run.
   *
   * @throws RecobroError `invalid_input` or `version_conflict`, listing every problem with its path
   */
  sync(facts: LedgerFacts, options?: SyncOptions): Promise<SyncResult>;
  /**
   * Takes in hundreds of thousands of records with flat memory: a stream of what `sync` takes, each piece
   * up to 100,000 records and best some hundred to some thousand. What is left behind is what `sync` of one
   * piece after the other leaves behind, in whatever order records come; told again, nothing changes, so
   * that after a crash it is simply done again. A record that is not acceptable is left out and told with
   * its path, and stops nothing else; `strict` has all looked at before anything is written. Pages of about
   * 2,000 records are committed together, each account's all or nothing; in a transaction of yours all of it.
   *
   * Workers may review an account as soon as something of it is in. So that nobody is reminded of what a
   * later piece tells as paid, hand over accounts with all that is theirs, or payments first and accounts last.
   *
   * @example
   * async function* pieces() {
   *   for await (const rows of erp.invoicesInBatches(1000)) yield { invoices: rows.map(toInvoice) };
   * }
   * const { written, refused, problems } = await dunning.ingest(pieces());
   * @throws RecobroError `invalid_option`; in strict mode `invalid_input` or `version_conflict`, listing problems with their paths
   */
  ingest(source: FactSource | (() => FactSource), options?: IngestOptions): Promise<IngestResult>;
  /**
   * Says that facts of these accounts changed in the host's own tables: they are read and reviewed at the
   * next run, those that are not known yet are from now on. As cheap for thousands as for one; told twice,
   * nothing else comes of it. In a transaction of yours it takes effect when that commits, together with the
   * change itself. Needed with a {@link LedgerSource} that lists no changes; harmless without one.
   *
   * @returns how many accounts
   * @example
   * await client.query('UPDATE invoices SET paid_on = $2 WHERE id = $1', [id, day]);
   * await dunning.touch(['robles'], { transaction: client });
   * @throws RecobroError `invalid_option` for what is no id; `store_conflict` when other changes keep coming first
   */
  touch(accounts: Iterable<string>, options?: { readonly transaction?: unknown }): Promise<number>;
  /**
   * Asks the ledger source which accounts changed since it was last asked, and has them reviewed at the next
   * run. {@link Dunning.tick} begins with it; for hosts that run reviews and dispatch by themselves. Undefined
   * for a source that lists no changes.
   */
  follow(options?: { readonly signal?: AbortSignal | undefined }): Promise<Followed | undefined>;
  /**
   * Takes up the documents that were activated in the store ({@link storedDocuments}) now, rather than with the
   * next run; undefined when none ever were.
   *
   * @throws RecobroError `invalid_option` for a store that keeps no documents; `invalid_document`,
   * `invalid_template` or `invalid_option` where this service cannot work with them: it goes on with what it has
   */
  adopt(): Promise<Adopted | undefined>;
  /** Review what is due, then dispatch what is ready. Sentences are in `language` (default: the plan's). */
  tick(
    options?: RunOptions & {
      readonly language?: string | undefined;
      /**
       * Ends the run after about so many accounts reviewed or acts performed, and says `more`; default: when
       * nothing is left. For functions whose time is limited, and so that others get their turn.
       */
      readonly limit?: number | undefined;
    },
  ): Promise<TickResult>;
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
  /** Decides for the accounts that are due (or for those named) and plans acts; sends nothing. Accounts that cannot be reviewed are listed, and do not stop the others. */
  review(
    options?: RunOptions & {
      /** `all` after a change of plan or policies: accounts are otherwise looked at again on their own day. */
      readonly accounts?: readonly string[] | 'all' | undefined;
      /** Only these; with any limit, and without `accounts`, all accounts are looked at. What lies outside stays due. */
      readonly policies?: readonly string[] | undefined;
      readonly stages?: readonly string[] | undefined;
      readonly currencies?: readonly string[] | undefined;
      /** Id of a run on request, for policies with `climb`: each case goes one stage further, once for a run. */
      readonly run?: string | number | undefined;
      /** For an instant on a local day before that of an account's last review: such accounts fail (`refuse`, default), or are reviewed all the same (`accept`); nothing that was done is done again. */
      readonly backdated?: 'refuse' | 'accept' | undefined;
      /**
       * Of what is due: ends the run after about so many accounts, and says `more`, so that memory does not
       * grow with a large portfolio. Default: when nothing is left. @throws RecobroError `invalid_option`
       */
      readonly limit?: number | undefined;
    },
  ): Promise<CountedRun>;
  /** Performs planned acts that are ready, each after a re-check. */
  dispatch(options?: RunOptions): Promise<readonly Dispatched[]>;
  /** Why and why not, as data and as text in a language (default: the plan's). @throws RecobroError `unknown_id` */
  explain(
    account: string,
    options?: { readonly at?: When | undefined; readonly language?: string | undefined },
  ): Promise<AccountExplanation>;
  /**
   * What will happen to an account if no fact is told: act for act (ids, instants, stages, channels,
   * contacts, amounts) what ticks then do at the instants that the account names, or between whole hours
   * on the same days, as long as providers accept everything. `messages: 'delivered'` takes receipts for
   * granted too, `proposals: 'confirmed'` people who confirm at once. Reads what is in the outbox; writes nothing.
   *
   * @example
   * const { planned } = await dunning.forecast('robles', { to: '2026-04-01T00:00:00Z' });
   * console.log(planned.map(({ act, becomes }) => `${act.on} ${becomes} ${act.stage}`));
   * @throws RecobroError `unknown_id`; `invalid_option` for a period that ends before it begins
   */
  forecast(account: string, period: ForecastPeriod): Promise<AccountForecast>;
  /** The same for every account, by id, one after the other: memory does not grow with their number. @throws RecobroError `invalid_option` */
  forecasts(period: ForecastPeriod): AsyncIterable<AccountForecast>;
  /**
   * Planned contacts per day in the plan's zone, of one account or of the portfolio, within gaps and caps:
   * counts by channel and stage, amounts by currency, and the first entries of each day. It is
   * {@link Dunning.forecast}, put on days. Memory does not grow with the portfolio.
   *
   * @example
   * const { days } = await dunning.calendar({ from: '2026-03-01', to: '2026-03-31' });
   * console.log(days.map(({ on, contacts, channels }) => [on, contacts, channels]));
   * @throws RecobroError `unknown_id`; `invalid_date`; `invalid_option` for a period that ends before it begins or is longer than 800 days
   */
  calendar(request: CalendarRequest & { readonly now?: When | undefined }): Promise<Calendar>;
  /**
   * What is next for an account: work that waits for people or the host now, the most pressing first, then
   * what recobro does next by itself (when, by which channel, which stage, to whom, and what it waits for),
   * or why nothing comes. The same `next` as in {@link Dunning.account}.
   *
   * @example
   * const { work, next, none } = await dunning.nextAction('robles');
   * console.log(work[0]?.name ?? next?.on ?? none[0]?.reason);
   * @throws RecobroError `unknown_id`
   */
  nextAction(account: string, options?: { readonly at?: When | undefined }): Promise<NextAction>;
  /**
   * The accounts that people are to work on: open tasks, proposals and alerts, outcomes that nobody knows,
   * broken promises, disputes to answer, cases that go no further, overdue debts without contact. By score
   * from 0 to 100, which is a weighted sum of amount, age, the most pressing reason, risk, broken promises,
   * class and silence (docs/ahead.md has the formula); ties by account id. Each line carries its parts.
   *
   * @example
   * const { lines } = await dunning.worklist({ owner: 'eva', weights: { age: 40 } });
   * console.log(lines.map(({ account, score, reasons }) => [account, Math.round(score), reasons[0]?.reason]));
   * @throws RecobroError `invalid_option`; `invalid_amount` and `unknown_currency` for a scale
   */
  worklist(request?: WorklistRequest & { readonly at?: When | undefined }): Promise<Worklist>;
  /** The log of an account, oldest first. */
  history(account: string): AsyncIterable<HistoryEntry>;
  /** Acts with their state, by id. */
  acts(filter?: ActFilter): AsyncIterable<ActRecord>;
  /**
   * What is still open of what a message asked for. It is resolved when every amount that it listed is
   * settled, even if an invoice stays partly open.
   *
   * @throws RecobroError `unknown_id`; `impossible_state` for an act that is no message
   */
  notice(act: string, options?: { readonly at?: When | undefined }): Promise<NoticeStatus>;
  /** Says whether an act of unknown outcome went out. @throws RecobroError `unknown_id`, `impossible_state`, `invalid_option` */
  resolve(act: string, outcome: 'sent' | 'not-sent', by: By): Promise<void>;
  /** Acts of which nobody knows whether they went out, by id. Their cases rest until a callback, a look-up or a person says. */
  unknown(filter?: { readonly account?: string | undefined }): AsyncIterable<UnknownAct>;
  /**
   * Asks the providers about acts of unknown outcome, where a channel can look a message up
   * (`Channel.lookup`), and settles those that are known there.
   *
   * @example
   * const { open } = await dunning.reconcile();
   * if (open.length > 0) console.log('a person has to look these up:', open);
   */
  reconcile(options?: RunOptions): Promise<Reconciled>;
  /**
   * Messages that ended without having gone out, by id: refused for good, not set up, tried too often, or
   * held back for too long; with every try, and what took their place.
   *
   * @example
   * for await (const { act, code } of dunning.deadLetters({ retryable: true })) console.log(act.id, code);
   */
  deadLetters(filter?: DeadLetterFilter): AsyncIterable<DeadLetter>;
  /**
   * Has a dead letter planned anew at its place of the chain, under a new id and within all rules; what its
   * channel holds back is tried again at once. Never what may have gone out.
   *
   * @throws RecobroError `unknown_id`; `impossible_state` when it was not refused, another act took its place, or its case is over
   */
  retry(act: string, by: By): Promise<void>;
  /**
   * Work that does not move by itself, as data and as text: unknown acts, lost workers, what is held back,
   * what should have gone out or been reviewed, proposals about to lapse, dead letters.
   *
   * @example console.log((await dunning.stuck({ language: 'es' })).text);
   */
  stuck(request?: StuckRequest & { readonly now?: When | undefined }): Promise<StuckReport>;
  /**
   * Safe mode: reviews go on, and no message goes out, by whichever worker, until {@link Dunning.resume}. Of
   * this tenant or of all (`everywhere`), of all channels or of one. Takes hold within a second; calls that
   * are under way are not broken off. Needs `Store.shared`, or it holds for this process alone.
   *
   * @example await dunning.pause({ channel: 'whatsapp' }, { author: 'ana', reason: 'template under review' });
   * @throws RecobroError `invalid_option`
   */
  pause(what: PauseChoice, by: By): Promise<void>;
  /** Ends a pause; what it kept back goes out within a minute, after a re-check. @throws RecobroError `invalid_option` */
  resume(what: PauseChoice, by: By): Promise<void>;
  /**
   * The last runs that did something (200 are kept), the newest first: what kind, who asked for it, when, and
   * what it came to. A run that found nothing to do is not among them.
   *
   * @example for (const { started, by, sent, failed } of await dunning.runs({ limit: 10 })) console.log(started, by, sent, failed);
   */
  runs(options?: { readonly limit?: number | undefined }): Promise<readonly RunRecord[]>;
  /** The pauses that hold, those of all tenants first. */
  pauses(): Promise<readonly Pause[]>;
  /**
   * Lets sending come to an end: nothing more is claimed by any handle of the same `createDunning`, acts that
   * were claimed and not begun are given back, calls in flight are awaited and written down, `withinMs` long
   * at most (default 30 seconds). Then `close`. There is no way back.
   *
   * @example
   * process.once('SIGTERM', async () => {
   *   await dunning.stop({ withinMs: 20_000 });
   *   await dunning.close();
   * });
   */
  stop(options?: { readonly withinMs?: number | undefined }): Promise<Stopped>;
  /**
   * Says that a task, alert, effect, hand-over or proposal to write off was dealt with.
   * `contacted: { channel: 'phone' }` says that the debtor was spoken to: it counts for gap and caps.
   *
   * @throws RecobroError `unknown_id`, `impossible_state`, `invalid_option`, `invalid_date`
   */
  complete(act: string, by: By & { readonly contacted?: people.Contacted | undefined }): Promise<void>;
  /** Lets a proposed message go out, within the contact rules. @throws RecobroError `unknown_id`, `impossible_state` */
  approve(act: string, by: By): Promise<void>;
  /** Says that a person did what a message that waits was to do; its stage is done on that day. @throws RecobroError `unknown_id`, `impossible_state`, `invalid_date` */
  confirm(act: string, by: By & { readonly on?: string | undefined }): Promise<void>;
  /** Takes a message back that is proposed or ready; its stage is skipped, proposed again or held, as the policy says. @throws RecobroError `unknown_id`, `impossible_state` */
  discard(act: string, by: By): Promise<void>;
  /** Says what the host did with a fee. @throws RecobroError `unknown_id`, `impossible_state`, `invalid_option` */
  settleFee(act: string, outcome: 'booked' | 'waived' | 'void', by: By): Promise<void>;
  /** A message was delivered. Late and repeated receipts change nothing; one of unknown outcome is thereby known to be sent. @throws RecobroError `unknown_id`, `impossible_state` */
  delivered(act: string, options?: { readonly now?: When | undefined }): Promise<void>;
  /**
   * Takes a channel's webhooks in: receipts and what people answer. Mount it where the provider posts to; it
   * wants the raw request, since signatures cover bytes. It answers as soon as what came in is kept, then works on it.
   *
   * @example
   * const hook = dunning.webhook('whatsapp');
   * server.post('/hooks/whatsapp', (request) => hook(request)); // Request → Promise<Response>
   * @throws RecobroError `unknown_id`; `invalid_option` for a channel that does not receive
   */
  webhook(channel: string): WebhookHandler;
  /**
   * Takes in what a host received in another way, such as mails of a mailbox that it fetches (`readMail` of
   * `recobro/channels/email`), as if a webhook had brought it.
   *
   * @throws RecobroError `unknown_id` for a channel that there is not
   */
  take(
    channel: string,
    events: readonly ChannelEvent[],
    options?: { readonly now?: When | undefined },
  ): Promise<void>;
  /** What was said to and by an account over all channels, oldest first. Empty for one that there is not. */
  conversation(account: string): Promise<readonly TalkEntry[]>;
  /**
   * All that somebody wants to know who answers a customer: what is open and overdue by currency, items, who sees to
   * the account, the latest messages both ways (20, or as many as `messages` says), promises, disputes, reported
   * payments, holds and notes.
   *
   * @example
   * dunning.on('message.received', async ({ account, owner, intent }) => {
   *   desk.open({ for: owner ?? 'queue', intent, about: await dunning.customerContext(account) });
   * });
   * @throws RecobroError `unknown_id`; `invalid_option`
   */
  customerContext(
    account: string,
    options?: { readonly at?: When | undefined; readonly messages?: number | undefined },
  ): Promise<CustomerContext>;
  /**
   * A token that lets somebody of an account see what is open and answer, without a login, until it expires. Whoever
   * has it may do so: send it to that person alone. It cannot be read, and is of this tenant only.
   *
   * @example
   * const token = await dunning.link({ account: 'robles', contact: 'billing', days: 14 });
   * const page = `https://acme.example/statement/${token}`;
   * @throws RecobroError `unknown_id`; `invalid_option`, also without `links`
   */
  link(what: LinkRequest & { readonly now?: When | undefined }): Promise<string>;
  /** What whoever opens a link may see: open items, totals, how to pay, in which language. @throws RecobroError `invalid_link`, `expired_link` */
  opened(token: string, options?: { readonly now?: When | undefined }): Promise<Statement>;
  /**
   * Takes in what somebody says through a link: paid, a promise, a dispute, a plan asked for, a message, stop. It is the
   * same as if it had been written, stands in the conversation, and counts once for its key.
   *
   * @example
   * await dunning.answered(token, { says: 'promise', key: form.id, date: '2026-03-15' });
   * @throws RecobroError `invalid_link`, also for one that may only be looked at; `expired_link`; `invalid_input` with paths; `impossible_state`
   */
  answered(
    token: string,
    answer: LinkAnswer,
    options?: { readonly now?: When | undefined },
  ): Promise<LinkAnswered>;
  /** The handler to mount at `links.unsubscribe.url`: one click of a mail program (POST) stops the mails; GET shows a button. */
  unsubscribe(): WebhookHandler;
  /**
   * Has the addresses of all accounts lead to them, so that what they answer is recognised; answers how many accounts.
   * Needed once, where accounts were taken in before any channel received.
   */
  reindex(options?: { readonly signal?: AbortSignal | undefined }): Promise<number>;
  /** A stage acts at the next review, whatever its day; blocks and contact rules stay. @throws RecobroError `unknown_id`, `empty_selection`, `nothing_to_chase`, `not_receivable` */
  ask(what: people.Choice & { readonly stage: string }, by: By): Promise<void>;
  /** Passes a stage over. @throws RecobroError as {@link Dunning.ask}; `impossible_state` */
  skip(what: people.Choice & { readonly stage: string }, by: By): Promise<void>;
  /** Puts items to a stage, of their policy or another; they climb on from there. @throws RecobroError as {@link Dunning.ask}; `out_of_scope` */
  move(
    what: people.Choice & { readonly stage: string; readonly policy?: string | undefined },
    by: By,
  ): Promise<void>;
  /** Takes debts back from an agency or legal; they climb on after the restart gap. @throws RecobroError as {@link Dunning.ask}; `impossible_state` when nothing chosen was handed over */
  takeBack(what: people.Choice, by: By): Promise<void>;
  /** Counters start anew; contacts and caps stay. @throws RecobroError as {@link Dunning.ask} */
  reset(what: people.Choice, by: By): Promise<void>;
  /** Notes a contact made elsewhere, today or on the day given: it counts for gap and caps. @throws RecobroError `unknown_id`, `empty_selection`, `invalid_date`, `impossible_state` */
  record(what: ContactMade & { readonly account: string }, by: By): Promise<void>;
  /** A person leads the conversation: automation for the account stops. @throws RecobroError `unknown_id` */
  assign(account: string, owner: string, by: By): Promise<void>;
  /** Automation goes on. @throws RecobroError `unknown_id`, `impossible_state` */
  unassign(account: string, by: By): Promise<void>;
  /**
   * Writes a note down about an account, up to 2000 characters; answers its id. It is kept with the account,
   * decides nothing, and listeners hear only its id.
   *
   * @example await dunning.note('robles', 'Pays on Fridays only.', { author: 'eva' });
   * @throws RecobroError `unknown_id`; `invalid_option` for a text that is blank or too long
   */
  note(account: string, text: string, by: By): Promise<string>;
  /** All notes of an account, oldest first; the latest ten stand in {@link Dunning.account} as well. @throws RecobroError `unknown_id` */
  notes(account: string): AsyncIterable<Note>;
  /** Keeps an account, or items of it, out of dunning; answers the ids of the holds. @throws RecobroError `unknown_id`, `empty_selection`, `invalid_date`, `impossible_state` */
  hold(what: HoldChoice, by: By): Promise<readonly string[]>;
  /** Ends a hold, told by hand or with the facts. @throws RecobroError `unknown_id`, `impossible_state` */
  release(account: string, hold: string, by: By): Promise<void>;
  /** Takes in what another system did, so that nothing is announced again. @throws RecobroError `unknown_id`, `invalid_input` */
  importHistory(account: string, entries: readonly ImportedHistory[], by: By): Promise<void>;
  /** Levels, counts and what comes next, of an account and its items. Changes nothing and tells nobody. @throws RecobroError `unknown_id` */
  account(
    account: string,
    options?: { readonly at?: When | undefined; readonly settled?: boolean | undefined },
  ): Promise<AccountStatus>;
  /** The same of one item. @throws RecobroError `unknown_id` */
  item(account: string, item: string, options?: { readonly at?: When | undefined }): Promise<ItemStatus>;
  /** Classes and scores all accounts, and writes onto each, dated, what its own file cannot tell. @throws RecobroError `invalid_option` */
  portfolio(request?: PortfolioRequest & { readonly now?: When | undefined }): Promise<PortfolioResult>;
  /**
   * Dry run of a change of documents on today's portfolio: who gains or loses a message, a fee or a level,
   * account by account and in all, amounts by currency. It is the difference between the next run (a review
   * of all accounts, then a tick in which everything is accepted) under the documents of today and under the
   * others. Writes nothing; memory does not grow with the portfolio.
   *
   * @example
   * const { messages, fees, levels } = await dunning.impact({ plan, policies: [...policies, newVersion], messages: texts });
   * console.log(`${messages.gained} messages more, ${messages.lost} less`, fees.amounts.gained, levels.raised);
   * @throws RecobroError `invalid_document`
   */
  impact(
    documents: Documents,
    options?: {
      readonly at?: When | undefined;
      /** Compare the timelines up to then as well. */
      readonly until?: When | undefined;
      /** How many affected accounts are listed at most. Default 1000. */
      readonly list?: number | undefined;
    },
  ): Promise<ImpactReport>;
  /**
   * The same for each account that is affected, by id, one after the other.
   *
   * @throws RecobroError `invalid_document`; `backdated_review` when an account was reviewed on a later day
   */
  impacts(
    documents: Documents,
    options?: { readonly at?: When | undefined; readonly until?: When | undefined },
  ): AsyncIterable<Impact>;
  /**
   * Gives events that are committed their place in the tenant's sequence and their hash in its chain, and
   * answers how many. {@link Dunning.tick} does so at its end; call it where you run reviews and dispatch
   * by themselves, or read changes right after a sync. Never holds up a commit.
   *
   * @throws RecobroError `invalid_option` for a store without a chain
   */
  seal(options?: { readonly signal?: AbortSignal | undefined }): Promise<number>;
  /**
   * Goes through the chain of sealed events and names the first position that was changed, removed, put in
   * or moved. Checkpoints that you noted elsewhere (`head` of an earlier answer) rule out a chain made anew.
   *
   * @example
   * const found = await dunning.verify();
   * if (!found.ok) console.error(`position ${found.fault.position}: ${found.fault.code}`);
   * @throws RecobroError `invalid_option` for a store without a chain
   */
  verify(request?: VerifyRequest): Promise<Verification>;
  /**
   * Sealed events as JSON Lines that prove themselves: `verifyAudit` checks them without a store. Of one
   * account only, the file still proves its place in the whole chain, and shows nothing of the others.
   *
   * @example
   * for await (const line of dunning.audit({ account: 'robles' })) file.write(`${line}\n`);
   * @throws RecobroError `invalid_option` for a store without a chain; `impossible_state` where the log has a gap
   */
  audit(request?: AuditRequest): AsyncIterable<string>;
  /**
   * The change feed: sealed events in their order, a page at a time. Each comes at least once (again, if you
   * did not keep the cursor) and always with the same id; none that commits late is passed over. Names,
   * addresses and free words are told only if asked for.
   *
   * @example
   * const page = await dunning.changes({ after: cursor });
   * for (const id of page.accounts) await crm.update(id, await dunning.account(id));
   * @throws RecobroError `invalid_option` for a cursor of another tenant, or a store without a chain
   */
  changes(request?: ChangeRequest): Promise<ChangePage>;
  /**
   * Erases the personal data of a contact, or of a whole account, from the file, the log and the outbox.
   * Ids, amounts and the chain stay; what is gone shows as erased, also when the host tells of it again.
   *
   * @throws RecobroError `unknown_id`; `still_needed` while something is owed or under way, unless `force`;
   * `invalid_option` for a store that cannot erase
   */
  erase(what: ErasureChoice, by: By): Promise<Erasure>;
  /**
   * Decides every review of the log again, from the log alone, and compares what comes out byte for byte:
   * events, act ids, amounts. Give the documents of earlier versions, or those reviews are reported.
   *
   * @example
   * const { ok, reviews, acts, difference } = await dunning.replay({ documents: [lastYear] });
   */
  replay(request?: ReplayRequest): Promise<Replay>;
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
  return bind(shared, given.tenant ?? 'default', given);
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
    announcer: new Announcer(shared.logger),
    ledger: readerOf(options.ledger, tenant, shared.clock, () => context.engine),
    conversation: conversationOf(options.conversation),
    links: linksOf(options.links),
  };
  const adopter = new Adopter(context, options, (parts) => Object.assign(context, parts));
  const instant = (value: When | undefined): number =>
    value === undefined ? shared.clock.now() : instantOf(value);
  /** A given instant stands still; the clock goes on. */
  const timer = (value: When | undefined): (() => number) => {
    if (value === undefined) return () => shared.clock.now();
    return standing(instantOf(value));
  };
  const byHand = <T>(by: By, work: (who: ByHand, at: number) => Promise<T>): Promise<T> => {
    const { author, reason, now } = objectOf(by, 'by');
    return work({ author, ...(reason === undefined ? {} : { reason }) }, instant(now));
  };
  const periodOf = (given: ForecastPeriod): readonly [Period, ForecastChoice] => {
    const { from, to, now, ...choice } = objectOf(given, 'period');
    const present = now === undefined ? instant(now) : instantOf(now, 'now');
    return [
      { from: from === undefined ? present : instantOf(from, 'from'), to: instantOf(to, 'to'), now: present },
      choice,
    ];
  };
  let closing: Promise<void> | undefined;
  const handle: Dunning = {
    tenant,
    for: (other, changed = {}) => bind(shared, other, { ...options, ...changed }),
    sync: async (facts, { now, actor, transaction } = {}) => {
      refuseOwned(context.ledger, facts);
      return syncFacts(context, facts, {
        at: instant(now),
        actor: named(actor ?? 'host', 'actor'),
        transaction,
      });
    },
    ingest: async (source, { now, actor, transaction, ...choice } = {}) =>
      ingestFacts(
        context,
        source,
        { clock: timer(now), actor: named(actor ?? 'host', 'actor'), transaction },
        choice,
      ),
    touch: async (accounts, { transaction } = {}) =>
      touchAccounts(context, accounts, transaction === undefined ? {} : { transaction }),
    follow: async ({ signal } = {}) => followChanges(context, signal),
    adopt: async () => adopter.adopt(),
    tick: async ({ now, signal, language, limit, by } = {}) => {
      await adopter.look();
      const time = timer(now);
      const tick = (): Promise<TickResult> => tickOnce(context, time, signal, { language, limit });
      const result = await loggedRun(context, { kind: 'tick', by, time }, tick, ({ counts }) => counts);
      await sealAfterRun(context, signal);
      return result;
    },
    runs: async ({ limit = 50 } = {}) => runsOf(context.outbox.shared, tenant, limit),
    start: (options) => startWorker(shared, handle, options),
    seal: async ({ signal } = {}) => sealLog(context, signal),
    verify: async (request = {}) => verifyLog(context, request),
    audit: (request = {}) => auditLines(context, request),
    changes: async (request = {}) => changesAfter(context, request),
    erase: async (what, by) => byHand(by, (who, at) => erasePeople(context, what, who, at)),
    replay: async (request = {}) => replayLog(context, options, request),
    review: async ({
      now,
      signal,
      accounts,
      policies,
      stages,
      currencies,
      run,
      backdated,
      limit,
      by,
    } = {}) => {
      await adopter.look();
      const time = timer(now);
      const logged = (work: () => Promise<CountedRun>): Promise<CountedRun> =>
        loggedRun(context, { kind: 'review', by, time }, work, countsOfReview);
      const limited = policies !== undefined || stages !== undefined || currencies !== undefined;
      const turn = new Turn(limit);
      if (accounts === undefined && !limited && run === undefined && backdated === undefined)
        return logged(() =>
          collect(reviewDue(context, time, instant(now), new ReviewGuard(), signal, turn), turn),
        );
      const only = limited ? { policies, stages, currencies } : undefined;
      return logged(() =>
        collect(reviewNamed(context, accounts ?? 'all', instant(now), signal, { only, run, backdated })),
      );
    },
    dispatch: async ({ now, signal, by } = {}) => {
      await adopter.look();
      const time = timer(now);
      const dispatch = (): Promise<readonly Dispatched[]> => dispatchReady(context, time, signal);
      return loggedRun(context, { kind: 'dispatch', by, time }, dispatch, countsOf);
    },
    explain: async (account, { at, language } = {}) =>
      explainAccount(context, account, instant(at), language),
    forecast: async (account, given) => {
      const [period, choice] = periodOf(given);
      return forecastOf(context, account, period, choice);
    },
    forecasts: (given) => {
      const [period, choice] = periodOf(given);
      return forecastsOf(context, period, choice);
    },
    calendar: async (request) => {
      const { now, ...rest } = objectOf(request, 'request');
      return calendarOf(context, rest, instant(now));
    },
    worklist: async ({ at, ...request } = {}) => worklistOf(context, request, instant(at)),
    nextAction: async (account, { at } = {}) => nextActionOfAccount(context, account, instant(at)),
    history: (account) => historyOf(context, account),
    acts: (filter = {}) => actsOf(context, filter),
    notice: async (act, { at } = {}) => statusOfNotice(context, act, instant(at)),
    resolve: async (act, outcome, by) =>
      byHand(by, (who, at) => people.resolveUnknown(context, act, outcome, who, at)),
    unknown: (filter = {}) => unknownActs(context, filter),
    reconcile: async ({ now, signal } = {}) => reconcileUnknown(context, timer(now), signal),
    deadLetters: (filter = {}) => deadLettersOf(context, filter),
    retry: async (act, by) => byHand(by, (who, at) => retryAct(context, act, who, at)),
    stuck: async ({ now, ...request } = {}) => stuckWork(context, request, instant(now)),
    pause: async (what, by) =>
      byHand(by, (who, at) => setPause(context, objectOf(what, 'what'), who, at, true)),
    resume: async (what, by) =>
      byHand(by, (who, at) => setPause(context, objectOf(what, 'what'), who, at, false)),
    pauses: () => pausesOf(context.outbox.shared, tenant),
    stop: async ({ withinMs = 30_000 } = {}) => context.outbox.work.stop(context.clock, withinMs),
    complete: async (act, by) =>
      byHand(by, (who, at) => people.completeTask(context, act, who, at, by.contacted)),
    approve: async (act, by) => byHand(by, (who, at) => people.approveAct(context, act, who, at)),
    confirm: async (act, by) =>
      byHand(by, (who, at) => people.confirmAct(context, act, { ...who, on: by.on }, at)),
    discard: async (act, by) => byHand(by, (who, at) => people.discardAct(context, act, who, at)),
    settleFee: async (act, outcome, by) =>
      byHand(by, (who, at) => people.settleFee(context, act, outcome, who, at)),
    delivered: async (act, { now } = {}) => people.noteReceipt(context, act, instant(now)),
    webhook: (channel) => webhookOf(context, channel),
    take: async (channel, events, { now } = {}) => {
      if (!channels.has(channel))
        throw new RecobroError('unknown_id', `there is no channel ${JSON.stringify(channel)}`);
      await keep(context, channel, events, instant(now));
    },
    conversation: (account) => talkOf(context, account),
    customerContext: (account, { at, messages = 20 } = {}) =>
      customerContextOf(context, account, instant(at), messages),
    link: async ({ now, ...what }) => linkTo(context, what, instant(now)),
    opened: async (token, { now } = {}) => {
      const at = instant(now);
      return statementOf(context, await follow(context, token, ['view', 'answer'], at), at);
    },
    answered: async (token, answer, { now } = {}) => answerLink(context, token, answer, instant(now)),
    unsubscribe: () => unsubscribeOf(context),
    reindex: ({ signal } = {}) => referAll(context, signal),
    ask: async (what, by) => byHand(by, (who, at) => people.ask(context, objectOf(what, 'what'), who, at)),
    skip: async (what, by) => byHand(by, (who, at) => people.skip(context, objectOf(what, 'what'), who, at)),
    move: async (what, by) => byHand(by, (who, at) => people.move(context, objectOf(what, 'what'), who, at)),
    reset: async (what, by) =>
      byHand(by, (who, at) => people.reset(context, objectOf(what, 'what'), who, at)),
    takeBack: async (what, by) =>
      byHand(by, (who, at) => people.takeBack(context, objectOf(what, 'what'), who, at)),
    record: async (what, by) =>
      byHand(by, (who, at) => people.record(context, objectOf(what, 'what'), who, at)),
    assign: async (account, owner, by) =>
      byHand(by, (who, at) => people.assign(context, account, owner, who, at)),
    unassign: async (account, by) => byHand(by, (who, at) => people.unassign(context, account, who, at)),
    note: async (account, text, by) => byHand(by, (who, at) => addNote(context, account, text, who, at)),
    notes: (account) => notesOf(context, account),
    hold: async (what, by) => byHand(by, (who, at) => hold(context, objectOf(what, 'what'), who, at)),
    release: async (account, id, by) => byHand(by, (who, at) => release(context, account, id, who, at)),
    importHistory: async (account, entries, by) =>
      byHand(by, (who, at) => addHistory(context, account, entries, who, at)),
    account: async (account, { at, settled } = {}) =>
      statusOfAccount(context, account, instant(at), { settled }),
    item: async (account, item, { at } = {}) => statusOfItem(context, account, item, instant(at)),
    portfolio: async ({ now, ...request } = {}) => scorePortfolio(context, request, instant(now)),
    impact: async (documents, { at, until, list } = {}) =>
      impactOfDocuments(context, documents, instant(at), {
        list,
        ...(until === undefined ? {} : { until: instantOf(until) }),
      }),
    impacts: (documents, { at, until } = {}) =>
      impactsOfDocuments(context, documents, instant(at), {
        ...(until === undefined ? {} : { until: instantOf(until) }),
      }),
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
