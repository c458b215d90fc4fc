import type { InboundKind, InboundMessage } from '../../../channels/inbound.js';
import type { AccountFile } from '../../../ledger/file.js';
import type { Contact } from '../../../ledger/types.js';
import { formatLocale, formatterOf } from '../../../messages/index.js';
import type { Intent } from '../../../replies/index.js';
import type { Context } from '../../context.js';
import { type Statement, type StatementItem, statementOf } from '../../links/statement.js';
import type { Judged } from '../conversation.js';
import { type TalkEntry, talkOf } from '../talk.js';

/** The message that is to be answered. Personal data. */
export interface BotMessage {
  /** The same however often it comes. */
  readonly id: string;
  readonly channel: string;
  readonly kind: InboundKind;
  /** When it was written, in milliseconds. */
  readonly at: number;
  readonly text?: string | undefined;
  readonly subject?: string | undefined;
  /** What the button that was pressed carries. */
  readonly payload?: string | undefined;
  /** Files that came with it: how many. */
  readonly files: number;
  /** What it was read as, and whether it is acted on: then it counts as said, whatever the bot answers. */
  readonly reading: {
    readonly intent?: Intent | undefined;
    readonly confidence: number;
    readonly acts: boolean;
  };
}

/** An open item, with its amount as the reader writes it. */
export interface BotItem extends StatementItem {
  /** `outstanding` in the reader's language: `$1,250.00`. */
  readonly shown: string;
}

/**
 * What a bot may know: what the person who wrote may know as well, no more. Somebody of a branch asks about what the
 * branch owes, and what others of the account wrote is not among `messages`. Personal data.
 */
export interface BotContext extends Omit<Statement, 'purpose' | 'expires' | 'contact' | 'items' | 'totals'> {
  readonly contact: { readonly id: string; readonly name: string };
  /** BCP 47, the likeliest first. */
  readonly languages: readonly string[];
  /** Oldest due first. */
  readonly items: readonly BotItem[];
  readonly totals: readonly (Statement['totals'][number] & { readonly shown: string })[];
  /** The latest of the conversation with this person, oldest first, at most 20; without the message itself. */
  readonly messages: readonly TalkEntry[];
}

const mostMessages = 20;

/** What is asked about, and on which file. */
export interface Asking {
  readonly id: string;
  readonly channel: string;
  readonly event: InboundMessage;
  readonly file: AccountFile;
  readonly contact: Contact;
  readonly judged: Judged;
  readonly languages: readonly string[];
  /** When the message was written, and the present instant. */
  readonly at: number;
  readonly now: number;
}

export function botMessage({ id, channel, event, judged, at }: Asking): BotMessage {
  const { kind, text, subject, payload, media = [] } = event;
  const { intent, confidence, acts } = judged;
  return {
    id,
    channel,
    kind,
    at,
    ...(text === undefined ? {} : { text }),
    ...(subject === undefined ? {} : { subject }),
    ...(payload === undefined ? {} : { payload }),
    files: media.length,
    reading: { ...(intent === undefined ? {} : { intent }), confidence, acts },
  };
}

export async function botContext(context: Context, asking: Asking): Promise<BotContext> {
  const { file, contact, languages, now } = asking;
  const claims = { account: file.id, contact: contact.id, purpose: 'answer', expires: now } as const;
  const led = { claims, file, contact };
  const { purpose: _, expires: __, items, totals, ...statement } = statementOf(context, led, now);
  const { language } = statement;
  const currencies = totals.map(({ currency }) => currency);
  const region = file.account?.country;
  const format = formatterOf(formatLocale({ language, wanted: languages, region, currencies }));
  const shown = <T extends { readonly outstanding: number; readonly currency: string }>(one: T) => ({
    ...one,
    shown: format.money({ minor: one.outstanding, currency: one.currency }),
  });
  const talk = await talkOf(context, file.id);
  return {
    ...statement,
    contact: { id: contact.id, name: contact.name },
    languages,
    items: items.map(shown),
    totals: totals.map(shown),
    messages: talk.filter((one) => one.contact === contact.id).slice(-mostMessages),
  };
}
