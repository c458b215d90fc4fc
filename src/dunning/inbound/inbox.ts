import type { ChannelEvent } from '../../channels/inbound.js';
import type { FinishedEntry } from '../../stores/inbox.js';
import { changeAccount } from '../change.js';
import { fromJson, toJson } from '../codec.js';
import type { Context } from '../context.js';
import { codeOf, isStoreFailure } from '../failures.js';
import { noteSender } from '../outbox/capacity/note.js';
import { rememberWriter } from '../outbox/going.js';
import { dayOf } from '../outcomes.js';
import { addressKey, recordId } from './keys.js';
import { keysOfParty, matchMessage } from './match.js';
import { Stranger, takeMessage } from './message.js';
import { leadsFrom, referUser } from './references.js';
import { NotYet, noteStatus } from './status.js';
import { noteTemplate } from './template.js';

/** Events taken at once, and for how long. */
const batch = 100;
const lease = 120_000;
/** What fails is tried again after a minute, then after twice as long each time, up to six hours. */
const firstWait = 60_000;
const longestWait = 6 * 3_600_000;
/** Callbacks of messages that nobody knows, and messages of strangers, are given up after so long. */
const statusPatience = 3_600_000;
const strangerPatience = 7 * 86_400_000;

/** Failures after which what came in is put aside: about a day of trying. */
const mostFailures = 12;
/** A store that hands an entry out this often and fails each time fails at the entry. */
const storePatience = 8;

interface Entry {
  readonly channel: string;
  readonly event: ChannelEvent;
  /** The host was told of the stranger. */
  readonly told?: true | undefined;
  /** How often it could not be worked on, and why the last time. */
  readonly failed?: { readonly times: number; readonly code: string } | undefined;
}

/** Key of an event in the inbox: one provider event, one entry. A digest, since it is kept and that of WhatsApp holds the number. */
export function inboxKey(channel: string, { key }: ChannelEvent): string {
  return recordId(channel, key);
}

/** What came to the inbox of one run. */
export interface InboxRun {
  readonly done: number;
  readonly later: number;
}

/** What this process works on, by handle: one run after the other, so that what one person says comes in order. */
const running = new WeakMap<Context, Promise<unknown>>();

/** Works on what came in until nothing is due, or the run is broken off. What fails alone harms nothing else. */
export async function workInbox(
  context: Context,
  time: () => number,
  signal: AbortSignal | undefined,
): Promise<InboxRun> {
  const before = running.get(context) ?? Promise.resolve();
  const run = before.then(
    () => workThrough(context, time, signal),
    // Whoever began the other run was told of its failure.
    () => workThrough(context, time, signal),
  );
  running.set(context, run);
  return run;
}

async function workThrough(
  context: Context,
  time: () => number,
  signal: AbortSignal | undefined,
): Promise<InboxRun> {
  const { inbox } = context.store;
  let done = 0;
  let later = 0;
  if (inbox === undefined) return { done, later };
  const token = context.ids.next();
  for (;;) {
    if (signal?.aborted === true) return { done, later };
    const now = time();
    const { tenant } = context;
    const taken = await inbox.take({ now, ...paceOf(context, now), token, tenant });
    if (taken.length === 0) return { done, later };
    // One after the other: what one person says comes in order.
    for (const { key, at, data, attempts } of taken) {
      const end = await attempt(context, fromJson<Entry>(data), { at, now: time(), attempts });
      await inbox.finish(tenant, token, [{ key, ...end }]);
      if (end.again === undefined && end.aside === undefined) done++;
      else later++;
    }
  }
}

/** Who asks models of the host's takes no more than it can ask about while it holds them: nobody else asks again. */
function paceOf(
  { conversation: { classifier, classifierTimeoutMs, bot } }: Context,
  now: number,
): { readonly limit: number; readonly lease: number } {
  const slowest = (classifier === undefined ? 0 : classifierTimeoutMs) + (bot?.timeoutMs ?? 0);
  const held = Math.max(lease, 2 * slowest);
  const limit = slowest === 0 ? batch : Math.min(batch, Math.max(1, Math.floor(held / (2 * slowest))));
  return { limit, lease: now + held };
}

/** What becomes of the entry: nothing more where it is dealt with, or given up. */
async function attempt(
  context: Context,
  entry: Entry,
  { at, now, attempts }: { readonly at: number; readonly now: number; readonly attempts: number },
): Promise<Omit<FinishedEntry, 'key'>> {
  const { channel, event, failed } = entry;
  try {
    await takeEvent(context, channel, event, now);
    return {};
  } catch (error) {
    if (error instanceof NotYet) return now - at < statusPatience ? { again: now + waitAfter(attempts) } : {};
    if (error instanceof Stranger) {
      if (entry.told !== true) tellStranger(context, channel, event);
      return now - at < strangerPatience
        ? { again: now + longestWait, data: toJson({ ...entry, told: true }) }
        : {};
    }
    if (isStoreFailure(error) && attempts < storePatience) throw error;
    const times = (failed?.times ?? 0) + 1;
    const code = codeOf(error);
    const data = toJson({ ...entry, failed: { times, code } });
    const about = { channel, type: event.type, code, key: inboxKey(channel, event) };
    if (times < mostFailures) {
      context.logger.error('what came in could not be worked on', about);
      return { again: now + waitAfter(times), data };
    }
    context.logger.error('what came in was put aside: mend the cause, then take it again', about);
    return { aside: true, data };
  }
}

function waitAfter(times: number): number {
  return Math.min(firstWait * 2 ** Math.min(times - 1, 20), longestWait);
}

function tellStranger({ conversation, logger }: Context, channel: string, event: ChannelEvent): void {
  if (event.type !== 'message') return;
  const failed = (error: unknown): void =>
    logger.error('a listener failed', { event: 'onStranger', code: codeOf(error) });
  try {
    // One that is asynchronous fails later, and must not end the process.
    Promise.resolve(conversation.onStranger?.({ channel, key: event.key, party: event.from })).catch(failed);
  } catch (error) {
    failed(error);
  }
}

/**
 * Takes in one event of a provider. Done twice it changes nothing more.
 *
 * @throws NotYet, Stranger
 */
export async function takeEvent(
  context: Context,
  channel: string,
  event: ChannelEvent,
  now: number,
): Promise<void> {
  switch (event.type) {
    case 'status':
      return noteStatus(context, channel, event, now);
    case 'message':
      await rememberWriter(context, channel, event);
      return takeMessage(context, channel, event, now);
    case 'consent':
      if (event.scope === 'channel') await takeConsent(context, channel, event, now);
      return;
    case 'address':
      return takeAddress(context, channel, event);
    case 'template':
      await noteTemplate(context, channel, event, now);
      tellOf(context, channel, event);
      return;
    case 'sender':
      await noteSender(context, channel, event, now);
      tellOf(context, channel, event);
      return;
    case 'ignored':
      tellOf(context, channel, event);
      return;
  }
}

function tellOf(
  { logger }: Context,
  channel: string,
  event: Extract<ChannelEvent, { type: 'template' | 'sender' | 'ignored' }>,
): void {
  const what = event.type === 'ignored' ? event.what : event.event;
  const name = event.type === 'template' ? { template: event.name } : {};
  logger.info('a provider told of itself', { channel, type: event.type, what, ...name });
}

async function takeConsent(
  context: Context,
  channel: string,
  { from, value, at = 0, key }: Extract<ChannelEvent, { type: 'consent' }>,
  now: number,
): Promise<void> {
  const matches = await matchMessage(context, channel, { from });
  if (matches.length === 0) throw new Stranger('no account knows the address');
  const when = Math.min(at === 0 ? now : at, now);
  // Not the provider's own key: that of WhatsApp holds the number.
  const proof = recordId(channel, key);
  for (const { file: seen, contact: person } of matches) {
    const contact = person?.id;
    if (contact === undefined) continue;
    await changeAccount(context, seen.id, { at: when, actor: 'debtor' }, (file) => {
      if (file.heard?.some((one) => one.contact === contact && one.proof === proof) === true)
        return undefined;
      const on = dayOf(context, file, when);
      const state = value === 'stop' ? 'withdrawn' : 'granted';
      return {
        events: [{ type: 'consent.heard', contact, channel, state, at: when, on, proof }],
        next: () => 0,
        result: undefined,
      };
    });
  }
}

/** Somebody who is reached elsewhere from now on is known there as well. The host's records stay the host's to change. */
async function takeAddress(
  context: Context,
  channel: string,
  { from, now }: Extract<ChannelEvent, { type: 'address' }>,
): Promise<void> {
  const leads = await leadsFrom(context, keysOfParty(context.tenant, channel, from));
  for (const { account, contact } of leads) {
    if (contact === undefined) continue;
    if (now.userId !== undefined) await referUser(context, { channel, userId: now.userId, account, contact });
    if (now.address !== undefined)
      await context.store.references?.put(context.tenant, [
        { key: addressKey(context.tenant, now.address), account, value: toJson({ contact }) },
      ]);
  }
}
