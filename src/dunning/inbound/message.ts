import { formatDay, parseDay } from '../../calendar/index.js';
import type { InboundMessage } from '../../channels/inbound.js';
import { evolveAll, type FileEvent, viewOf } from '../../engine/index.js';
import { RecobroError } from '../../errors.js';
import { isErased } from '../../ledger/erased.js';
import type { AccountFile } from '../../ledger/file.js';
import type { Contact } from '../../ledger/types.js';
import { changeAccount } from '../change.js';
import type { Context } from '../context.js';
import { dayOf } from '../outcomes.js';
import { type Settled, settledReply } from './bot/answer.js';
import { askBot, type BotTold } from './bot/ask.js';
import { waitingReply } from './burst.js';
import { consentHeard } from './consent.js';
import type { Judged } from './conversation.js';
import { factsOf } from './facts.js';
import { recordId } from './keys.js';
import { type Match, matchMessage } from './match.js';
import { agreed, offersFor, type PlanOffer } from './offers.js';
import { openInvoices } from './open.js';
import { readMessage } from './reading.js';
import { referUser } from './references.js';

/** Nobody knows who wrote. */
export class Stranger extends Error {}

/**
 * Takes a person's message in, once: into the log of the account that is meant, as a reply that pauses automation or
 * as what it surely says (a payment reported, a promise, a dispute), all in one commit. Who says stop is stopped in
 * all accounts that the person answers for.
 *
 * @throws Stranger where no account knows the person
 */
export async function takeMessage(
  context: Context,
  channel: string,
  event: InboundMessage,
  now: number,
): Promise<void> {
  const matches = await matchMessage(context, channel, event);
  const id = recordId(channel, event.key);
  // Whoever began with it and died chose already: by now another account may have been written to last.
  const meant = matches.find(({ file }) => file.replies.has(id)) ?? matches[0];
  if (meant === undefined) throw new Stranger('no account knows the address');
  const others = matches.filter((one) => one !== meant);
  const at = instantOf(event.at, now);
  const { file, contact } = meant;
  // At once: who is erased while a model thinks about the answer is not led to again.
  if (event.from.userId !== undefined && contact !== undefined && !isErased(file.erased, contact.id))
    await referUser(context, { channel, userId: event.from.userId, account: file.id, contact: contact.id });
  const languages = [contact?.language, file.account?.language, context.engine.plan.language].filter(
    (one) => one !== undefined,
  );
  // In the account's zone, which promises are counted in: "today" is no day before the promise was made.
  const [today, read] = [parseDay(dayOf(context, file, at)), parseDay(dayOf(context, file, now))];
  const open = openInvoices(viewOf(context.engine, file, at), contact?.id);
  const judged = await readMessage(context, event, { channel, languages, today, now: read, open });
  const asking = { id, channel, event, file, judged, languages, at, now };
  const told =
    contact === undefined || file.replies.has(id) ? undefined : await askBot(context, { ...asking, contact });
  await takeIn(context, channel, event, meant, { judged, told }, at);
  if (judged.acts && (judged.intent === 'stop' || judged.intent === 'start'))
    for (const other of others) {
      const proof = recordId(channel, event.key);
      await tellConsent(context, other, { channel, value: judged.intent, proof, at });
    }
}

async function takeIn(
  context: Context,
  channel: string,
  event: InboundMessage,
  { file: seen, contact, act }: Match,
  { judged, told }: { readonly judged: Judged; readonly told: BotTold | undefined },
  at: number,
): Promise<void> {
  const id = recordId(channel, event.key);
  const done = await changeAccount(context, seen.id, { at, actor: 'debtor' }, (file) => {
    // It was taken in already; whoever did so died before it could say that.
    if (file.replies.has(id)) return undefined;
    const on = dayOf(context, file, at);
    const automatic = event.kind === 'auto-reply';
    const offer = offerOf(context, file, contact, judged, at);
    const said =
      automatic || !judged.acts
        ? undefined
        : whatItSays(context, channel, event, { file, contact, act, judged, at, on, id, offer });
    const dealtWith = automatic || event.kind === 'reaction' || said !== undefined;
    const { intent, confidence, by, day, amount } = judged;
    // Of people who were erased nothing is kept but that somebody wrote.
    const silent = isErased(file.erased, contact?.id ?? act?.contact);
    const received: Extract<FileEvent, { type: 'message.received' }> = {
      type: 'message.received',
      id,
      channel,
      at,
      on,
      kind: event.kind,
      contact: contact?.id,
      ...(silent
        ? {}
        : {
            text: event.text,
            subject: event.subject,
            media: event.media?.map((one) => one.id),
          }),
      about: act?.id,
      owner: ownerOf(file),
      offer: offer?.offer,
      ...(intent === undefined ? {} : { intent, confidence, by }),
      ...(day === undefined ? {} : { date: formatDay(day) }),
      ...(amount === undefined ? {} : { amount }),
      windowUntil: event.windowUntil,
    };
    const whose = contact === undefined ? {} : { contact: contact.id };
    const reply = { id, at, on, channel, ...whose };
    const events = (bot: Settled | undefined): readonly FileEvent[] => {
      const handled = bot?.outcome === 'answered' || (dealtWith && bot?.outcome !== 'handed_over');
      const { outcome, owner = received.owner } = bot ?? {};
      const waits = handled || outcome === 'handed_over' ? undefined : waitingReply(file, contact?.id);
      // The pause begins anew with what was written last.
      const later = waits !== undefined && at > waits.at ? { ...waits, at, on } : undefined;
      return [
        withoutAbsent({ ...received, owner, bot: outcome, joins: waits?.id }),
        { type: 'reply.upserted', reply: { ...reply, handled: handled || waits !== undefined } },
        ...(later === undefined ? [] : [{ type: 'reply.upserted', reply: later } as const]),
        ...(said ?? []),
      ];
    };
    const bot =
      told === undefined || contact === undefined
        ? undefined
        : settledReply(
            context,
            told,
            {
              id,
              channel,
              contact: contact.id,
              replyTo: event.providerId,
              subject: event.subject,
              handled: dealtWith,
            },
            file,
            evolveAll(file, events(undefined)),
          );
    return {
      events: [...events(bot), ...(bot?.events ?? [])],
      acts: bot?.acts ?? [],
      next: () => 0,
      result: undefined,
    };
  });
  if (done?.ok === false)
    throw new RecobroError('store_conflict', 'an act changed meanwhile', { retryable: true });
}

/** Who sees to what an account says. */
export function ownerOf({ assigned, account }: AccountFile): string | undefined {
  return assigned?.owner ?? account?.owner;
}

/** Mails carry the date of the writer's own clock: one that is far off counts as of now. */
function instantOf(at: number | undefined, now: number): number {
  return at === undefined || at > now || at < now - longestWay ? now : at;
}

/** Providers try for a week. */
const longestWay = 14 * 86_400_000;

interface Saying {
  readonly file: AccountFile;
  readonly contact: Match['contact'];
  readonly act: Match['act'];
  readonly judged: Judged;
  readonly at: number;
  readonly on: string;
  readonly id: string;
  readonly offer: PlanOffer | undefined;
}

/** The plan whose button was pressed, if it is still what was offered. */
function offerOf(
  context: Context,
  file: AccountFile,
  contact: Contact | undefined,
  { intent, by, detail }: Judged,
  at: number,
): PlanOffer | undefined {
  if (intent !== 'cannot_pay' || by !== 'button' || detail === undefined) return undefined;
  return offersFor(context, file, contact?.id, at).find((one) => one.offer === detail);
}

/** What a sure reading changes; undefined where a person has to look after all. */
function whatItSays(
  context: Context,
  channel: string,
  event: InboundMessage,
  saying: Saying,
): readonly FileEvent[] | undefined {
  const { judged, contact, at, on, id } = saying;
  if (judged.intent === 'stop' || judged.intent === 'start') {
    if (contact === undefined) return undefined;
    return consentHeard(context, { contact: contact.id, channel, value: judged.intent, at, on, proof: id });
  }
  if (saying.offer !== undefined) return agreed(context, saying.offer, { id, on });
  return factsOf({
    ...saying,
    promiseDays: context.conversation.promiseDays,
    open: () => openInvoices(viewOf(context.engine, saying.file, at), contact?.id),
    text: event.text,
    detail: judged.detail,
  });
}

/** A word of consent in one account, where it was not taken in already. */
async function tellConsent(
  context: Context,
  { file: seen, contact }: Pick<Match, 'file' | 'contact'>,
  told: {
    readonly channel: string;
    readonly value: 'stop' | 'start';
    readonly proof: string;
    readonly at: number;
  },
): Promise<void> {
  if (contact === undefined) return;
  const { at, proof } = told;
  await changeAccount(context, seen.id, { at, actor: 'debtor' }, (file) => {
    if (file.heard?.some((one) => one.contact === contact.id && one.proof === proof) === true)
      return undefined;
    const on = dayOf(context, file, at);
    return {
      events: consentHeard(context, { contact: contact.id, ...told, on }),
      next: () => 0,
      result: undefined,
    };
  });
}

/** The same wish in the other accounts that a person answers for, found by the person's addresses. */
export async function stopElsewhere(
  context: Context,
  { email, phone, whatsapp }: Contact,
  told: {
    /** Where it was taken in already. */
    readonly account: string;
    readonly channel: string;
    readonly proof: string;
    readonly at: number;
    /** Given: this channel alone, whatever `conversation.stops` says. Absent: all of them. */
    readonly only?: string | undefined;
  },
): Promise<void> {
  const { account, channel, proof, at, only } = told;
  const stops = only === undefined ? 'everywhere' : 'channel';
  const own = { ...context, conversation: { ...context.conversation, stops } as const };
  for (const address of new Set([email, phone, whatsapp])) {
    if (address === undefined) continue;
    for (const match of await matchMessage(context, channel, { from: { address } }))
      if (match.file.id !== account) await tellConsent(own, match, { channel, value: 'stop', proof, at });
  }
}

function withoutAbsent(event: FileEvent): FileEvent {
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined)) as FileEvent;
}
