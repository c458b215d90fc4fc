import { formatDay, isOpen, localDay } from '../../../calendar/index.js';
import { addressOf } from '../../../contact/recipients.js';
import { type BotOutcome, openOf, whyUnanswered } from '../../../engine/index.js';
import type { AccountFile } from '../../../ledger/file.js';
import { isOver, pausesOf } from '../../../ledger/pauses.js';
import type { Money } from '../../../money/index.js';
import type { Context } from '../../context.js';
import { codeOf } from '../../failures.js';
import { pausesNow } from '../../outbox/pauses.js';
import { dayOf } from '../../outcomes.js';
import { addressKey } from '../keys.js';
import { TooLong, within } from '../within.js';
import { type BotReply, checkedReply } from './checked.js';
import { type Asking, botContext, botMessage } from './context.js';
import type { Bot } from './port.js';

/** What a bot made of a message, before anything of it is written. */
export interface BotTold {
  readonly outcome: BotOutcome;
  readonly reply?: BotReply | undefined;
  /** What was open when it was asked. */
  readonly open: readonly Money[];
  readonly now: number;
}

/** What somebody says; not what a machine says, nor what says nothing. */
const askable: ReadonlySet<string> = new Set([
  'text',
  'button',
  'list',
  'media',
  'location',
  'contact',
  'email',
]);

/**
 * Asks the host's bot what to answer, outside any transaction; undefined where it is not to be asked. Never rejects for
 * what the bot does.
 */
export async function askBot(context: Context, asking: Asking): Promise<BotTold | undefined> {
  const { bot } = context.conversation;
  if (bot === undefined || !isForBot(context, bot, asking)) return undefined;
  const { channel, file, now } = asking;
  // What could not go out would keep the message from people until the pause is over.
  const paused = await pausesNow(context, now);
  if (paused.some((one) => one.channel === undefined || one.channel === channel)) return undefined;
  const open = openOf(context.engine, file, now);
  const told = (outcome: BotOutcome, reply?: BotReply): BotTold => ({
    outcome,
    open,
    now,
    ...(reply === undefined ? {} : { reply }),
  });
  if (file.bot?.on === dayOf(context, file, now) && file.bot.answers >= bot.perDay) {
    context.logger.warn('the bot has answered an account often enough for today', { account: file.id });
    return told('limit');
  }
  const known = await botContext(context, asking);
  try {
    const found = await within(bot.timeoutMs, (signal) => bot.answer(botMessage(asking), known, { signal }));
    const reply = checkedReply(found);
    if (reply === undefined) return told('nothing');
    if (reply !== 'invalid') return told(reply.handOver === undefined ? 'answered' : 'handed_over', reply);
    context.logger.error('what the bot answered is no answer; people have to', { account: file.id });
    return told('invalid');
  } catch (error) {
    const timeout = error instanceof TooLong;
    const code = timeout ? 'timeout' : codeOf(error);
    context.logger.error('the bot failed; people have to answer', { account: file.id, code });
    return told(timeout ? 'timeout' : 'failed');
  }
}

function isForBot(context: Context, bot: Bot, asking: Asking): boolean {
  const { channel, event, file, contact, judged, now } = asking;
  const { intent } = judged;
  // Whoever says stop gets no word more, however surely it was said; and the provider itself answers its own words.
  if (!askable.has(event.kind) || intent === 'stop' || intent === 'start' || event.keyword !== undefined)
    return false;
  // Of whom nobody knows who it is a person takes a look first.
  if (event.unproven === true) return false;
  if (file.assigned !== undefined || isWithPeople(context, file, now)) return false;
  if (bot.when === 'outside' && doPeopleAnswer(context, bot, asking)) return false;
  const adapter = context.channels.get(channel);
  const own = adapter === undefined ? undefined : addressOf(contact, adapter);
  if (own === undefined) return false;
  // An answer goes to the address on file: only there, if it is the one that asks.
  const { address } = event.from;
  if (address !== undefined && adapter?.address !== 'none' && addressKey('', own) !== addressKey('', address))
    return false;
  return (
    whyUnanswered(context.engine, opened(asking), { contact: contact.id, channel, at: now }, now) ===
    undefined
  );
}

/** The file with the window that the message opens. */
function opened({ file, event, channel, contact: { id } }: Asking): AccountFile {
  const { windowUntil } = event;
  if (windowUntil === undefined) return file;
  const others = (file.windows ?? []).filter((one) => one.contact !== id || one.channel !== channel);
  return { ...file, windows: [...others, { contact: id, channel, until: windowUntil }] };
}

/** Whether the bot left the account to people who have not dealt with it yet, or one of them was in contact today. */
function isWithPeople(context: Context, file: AccountFile, now: number): boolean {
  const { plan, reckoning } = context.engine;
  const today = localDay(now, file.account?.zone ?? plan.zone);
  const on = formatDay(today);
  // What a person recorded is an occasion of its own, below zero.
  if (file.touches.some((touch) => touch.occasion < 0 && touch.on === on)) return true;
  const reply = file.replies.get(file.bot?.handed ?? '');
  if (reply === undefined || reply.handled) return false;
  const pauses = pausesOf(file, reckoning.ledger);
  const pause = pauses.find(({ kind, id }) => kind === 'reply' && id === reply.id);
  return reply.on === on || (pause !== undefined && !isOver(pause, today));
}

/** Whether people answer at that moment. Hours of other channels count where this one has none. */
function doPeopleAnswer({ engine }: Context, { hours }: Bot, { file, channel, now }: Asking): boolean {
  const zone = file.account?.zone ?? engine.plan.zone;
  const { windows, closed } = engine.gate;
  if (hours !== undefined) {
    const days = hours.closed;
    const isClosed = days === undefined ? closed : (day: number) => days.has(day);
    return isOpen(now, hours.windows, hours.zone ?? zone, isClosed);
  }
  const own = windows.filter(({ channels }) => channels === undefined || channels.includes(channel));
  const used = (own.length === 0 ? windows : own).map(({ window }) => window);
  return isOpen(now, used, zone, closed);
}
