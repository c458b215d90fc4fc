import type { Context } from '../context.js';
import { type ActFilter, type ActRecord, actsOf } from '../history.js';
import type { When } from '../options.js';
import { type CapacityChange, setCapacity } from '../outbox/capacity/note.js';
import { type CapacityInForce, capacityOf } from '../outbox/capacity/report.js';
import { type DeadLetter, type DeadLetterFilter, deadLettersOf, retryAct } from '../outbox/dead-letters.js';
import { type Pause, type PauseChoice, pausesOf, setPause } from '../outbox/pauses.js';
import { type StuckReport, type StuckRequest, stuckWork } from '../outbox/stuck.js';
import { type Reconciled, reconcileUnknown, type UnknownAct, unknownActs } from '../outbox/unknown.js';
import * as people from '../people.js';
import type { Calls } from './calls.js';
import type { By, RunOptions } from './run-options.js';

/** What goes out, and what becomes of it. Part of {@link Dunning}. */
export interface OutboxCalls {
  /** Acts with their state, by id. */
  acts(filter?: ActFilter): AsyncIterable<ActRecord>;
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
   * @throws RecobroError `unknown_id` for a channel that there is not; `invalid_option`
   */
  pause(what: PauseChoice, by: By): Promise<void>;
  /**
   * Ends a pause; what it kept back goes out within a minute, after a re-check.
   *
   * @throws RecobroError `unknown_id` for a channel that there is not and that no pause is about; `invalid_option`
   */
  resume(what: PauseChoice, by: By): Promise<void>;
  /** The pauses that hold, those of all tenants first. */
  pauses(): Promise<readonly Pause[]>;
  /**
   * The limits of senders and accounts that hold now, as the host set them or as providers told them, with what is
   * used of each.
   *
   * @example
   * for (const { channel, sender, counts, most, free } of await dunning.capacity())
   *   console.log(channel, sender, `${free} of ${most} ${counts} left`);
   */
  capacity(request?: { readonly now?: When | undefined }): Promise<readonly CapacityInForce[]>;
  /**
   * Says what a provider grants a channel, one of its senders, or the account behind it: for hosts that ask their
   * provider themselves. Webhooks that tell it do the same. Holds for all workers on the store within a second.
   *
   * @example await dunning.setCapacity({ channel: 'whatsapp', people: 2_000, quality: 'high' }, { author: 'nightly' });
   * @throws RecobroError `unknown_id`, `invalid_option`
   */
  setCapacity(what: CapacityChange, by: By): Promise<void>;
  /** A message was delivered. Late and repeated receipts change nothing; one of unknown outcome is thereby known to be sent. @throws RecobroError `unknown_id`, `impossible_state` */
  delivered(act: string, options?: { readonly now?: When | undefined }): Promise<void>;
}

export function outboxCalls(context: Context, calls: Calls): OutboxCalls {
  const { instant, timer, byHand } = calls;
  return {
    acts: (filter = {}) => actsOf(context, filter),
    resolve: async (act, outcome, by) =>
      byHand(by, (who, at) => people.resolveUnknown(context, act, outcome, who, at)),
    unknown: (filter = {}) => unknownActs(context, filter),
    reconcile: async ({ now, signal } = {}) => reconcileUnknown(context, timer(now), signal),
    deadLetters: (filter = {}) => deadLettersOf(context, filter),
    retry: async (act, by) => byHand(by, (who, at) => retryAct(context, act, who, at)),
    stuck: async ({ now, ...request } = {}) => stuckWork(context, request, instant(now)),
    pause: async (what, by) => byHand(by, (who, at) => setPause(context, what, who, at, true)),
    resume: async (what, by) => byHand(by, (who, at) => setPause(context, what, who, at, false)),
    pauses: () => pausesOf(context.outbox.shared, context.tenant),
    capacity: async ({ now } = {}) => capacityOf(context, instant(now)),
    setCapacity: async (what, by) => byHand(by, (who, at) => setCapacity(context, what, who, at)),
    delivered: async (act, { now } = {}) => people.noteReceipt(context, act, instant(now)),
  };
}
