import { addressesOf, contactsOf, sameAddress } from '../contact/identity.js';
import { isErased } from '../ledger/erased.js';
import type { AddressMark, BotState } from '../ledger/file.js';
import { coverMarks, type Draft } from './draft.js';
import type { FileEvent } from './events.js';

/** What becomes of a file by what comes in from outside: receipts of failure, words about consent, messages. */

type Of<T extends FileEvent['type']> = Extract<FileEvent, { type: T }>;

/**
 * A message that was accepted did not arrive. The next place of its chain has its turn at once, as where it was not
 * delivered in time; once. One that is known to have been delivered by now stays so.
 */
export function fail(draft: Draft, event: Of<'act.failed'>): void {
  coverMarks(draft, event.covers, event.on, (known) => {
    const { state, on, reason, with: by, awaits } = known;
    const same = {
      state,
      on,
      ...(reason === undefined ? {} : { reason }),
      ...(by === undefined ? {} : { with: by }),
    };
    if (known.act !== event.act || state !== 'done' || known.delivered !== undefined) return same;
    const until = Math.min(event.at, awaits?.until ?? event.at);
    return { ...same, awaits: { until, place: event.place, occasion: event.occasion, failed: true } };
  });
  if (event.unsettles !== undefined) unsettle(draft, event.unsettles);
  noteAddress(draft, { ...event, reason: event.code });
}

/** Failures longer ago have nothing to do with the next: they are counted anew. */
const inARow = 90 * 86_400_000;

/**
 * Notes what went wrong with an address. One that is over stays so; one that could not be reached counts up. Of people
 * who were erased nothing is remembered, however late it comes in.
 */
export function noteAddress(
  draft: Draft,
  told: {
    readonly contact?: string | undefined;
    readonly channel?: string | undefined;
    readonly address?: string | undefined;
    readonly reason: string;
    readonly at: number;
    readonly soft?: boolean | undefined;
  },
): void {
  const { contact, channel, address, reason, at, soft } = told;
  if (address === undefined || contact === undefined || channel === undefined) return;
  if (isErased(draft.file.erased, contact)) return;
  const { health } = draft.file;
  const known = health.find(
    (one) => one.contact === contact && one.channel === channel && sameAddress(one.address, address),
  );
  const base = { contact, channel, address, reason };
  const rest = health.filter((one) => one !== known);
  if (soft !== true) {
    draft.file.health = [...rest, { ...base, state: address.includes('@') ? 'bounced' : 'invalid', at }];
    return;
  }
  if (known !== undefined && known.state !== 'unreachable') return;
  const last = known === undefined ? at : Math.max(known.at, at);
  const failures = known === undefined || last - known.at > inARow ? 1 : (known.failures ?? 1) + 1;
  draft.file.health = [...rest, { ...base, state: 'unreachable', at: last, failures }];
}

/** Somebody was reached: the address works, whatever was known against it before, and the channel did. */
export function reached(
  draft: Draft,
  { contact, channel, at }: { readonly contact: string; readonly channel: string; readonly at: number },
): void {
  if (isErased(draft.file.erased, contact)) return;
  forget(draft, contact, (one) => one.channel === channel && one.at < at);
  const known = draft.file.worked ?? [];
  const before = known.find((one) => one.contact === contact && one.channel === channel);
  if (before !== undefined && before.at >= at) return;
  draft.file.worked = [...known.filter((one) => one !== before), { contact, channel, at }];
}

/** Whoever writes can be written to. A mailbox that answers by itself takes mails, and nobody may have read them. */
export function heardOf(draft: Draft, { contact, channel, at, kind }: Of<'message.received'>): void {
  // Mail providers press that button, too.
  if (contact === undefined || kind === 'unsubscribe') return;
  if (kind === 'auto-reply') forget(draft, contact, (one) => one.channel === channel && one.at < at);
  else reached(draft, { contact, channel, at });
}

/** Somebody says that addresses of a contact work. */
export function restore(draft: Draft, { contact, channel }: Of<'address.restored'>): void {
  forget(draft, contact, (one) => channel === undefined || one.channel === channel);
}

/** Takes back what is known against the addresses that a contact has now, under whichever name it became known. */
function forget(draft: Draft, contact: string, which: (one: AddressMark) => boolean): void {
  const { health, account } = draft.file;
  if (health.length === 0) return;
  const person = contactsOf(account).find((one) => one.id === contact);
  if (person === undefined) return;
  const own = [...addressesOf(person), person.postal];
  draft.file.health = health.filter(
    (one) => !which(one) || !own.some((address) => sameAddress(address, one.address)),
  );
}

/** Of each contact, channel and purpose the latest word; of two at one instant the withdrawal. */
export function hear(draft: Draft, event: Of<'consent.heard'>): void {
  const { contact, channel, state, at, purpose, proof } = event;
  const known = draft.file.heard ?? [];
  const before = known.find(
    (one) => one.contact === contact && one.channel === channel && one.purpose === purpose,
  );
  if (before !== undefined && (before.at > at || (before.at === at && before.state === 'withdrawn'))) return;
  const rest = known.filter((one) => one !== before);
  draft.file.heard = [
    ...rest,
    { contact, channel, state, at, proof, ...(purpose === undefined ? {} : { purpose }) },
  ];
}

/** Each message opens the window anew; one that comes late opens none that is over. */
export function openWindow(draft: Draft, event: Of<'message.received'>): void {
  const { contact, channel, windowUntil, on, id, bot } = event;
  if (bot === 'handed_over') draft.file.bot = { on, answers: 0, ...draft.file.bot, handed: id };
  if (contact === undefined || windowUntil === undefined || isErased(draft.file.erased, contact)) return;
  const known = draft.file.windows ?? [];
  const before = known.find((one) => one.contact === contact && one.channel === channel);
  if (before !== undefined && before.until >= windowUntil) return;
  const rest = known.filter((one) => one !== before);
  draft.file.windows = [...rest, { contact, channel, until: windowUntil }];
}

/** What the host's bot says: its words wait in the file until their act is over. */
export function give(draft: Draft, event: Of<'answer.given'>): void {
  const { act, message, contact, text, options, replyTo, subject, settles, on } = event;
  const known: Partial<BotState> = draft.file.bot ?? {};
  const before = known.on === on ? (known.answers ?? 0) : 0;
  draft.file.bot = { ...known, on, answers: before + 1 };
  if (isErased(draft.file.erased, contact)) return;
  draft.file.answers = [
    ...(draft.file.answers ?? []),
    {
      act,
      message,
      contact,
      text,
      ...(options === undefined ? {} : { options }),
      ...(replyTo === undefined ? {} : { replyTo }),
      ...(subject === undefined ? {} : { subject }),
      ...(settles === undefined ? {} : { settles }),
    },
  ];
}

/** Words leave the file with their act. A message whose answer did not go out is for people after all. */
export function closeAnswer(draft: Draft, event: FileEvent): void {
  const sent = isEnd(event);
  if (sent === undefined || !('act' in event)) return;
  const all = draft.file.answers ?? [];
  const own = all.find((one) => one.act === event.act);
  if (own === undefined) return;
  const rest = all.filter((one) => one !== own);
  draft.file.answers = rest.length === 0 ? undefined : rest;
  if (!sent && own.settles === true) unsettle(draft, own.message);
}

/** Whether an event that ends an act says that it went out; undefined for others. */
function isEnd(event: FileEvent): boolean | undefined {
  switch (event.type) {
    case 'act.accepted':
    case 'act.confirmed':
      return true;
    case 'act.withdrawn':
    case 'act.discarded':
    case 'act.refused':
      return false;
    case 'act.resolved':
      return event.sent;
    default:
      return undefined;
  }
}

function unsettle(draft: Draft, message: string): void {
  const reply = draft.file.replies.get(message);
  if (reply !== undefined) draft.put('replies', { ...reply, handled: false });
}

/** Words to people who were erased are gone; their acts find none and are withdrawn. */
export function silenceAnswers(draft: Draft, contact: string | undefined): void {
  const { answers } = draft.file;
  if (answers === undefined) return;
  const left = contact === undefined ? [] : answers.filter((one) => one.contact !== contact);
  draft.file.answers = left.length === 0 ? undefined : left;
}

/** Nobody leads the conversation any more: the bot may be asked again. */
export function takeBack(draft: Draft): void {
  const { bot } = draft.file;
  if (bot === undefined) return;
  const { handed: _, ...rest } = bot;
  draft.file.bot = rest;
}
