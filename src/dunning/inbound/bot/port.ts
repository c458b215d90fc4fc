import { type DayWindow, isDay, isZone, parseClock, parseDay } from '../../../calendar/index.js';
import { weekdayOfName } from '../../../contact/gate.js';
import { isRecobroError } from '../../../errors.js';
import type { AnswerOption } from '../../../ledger/file.js';
import type { Weekday } from '../../../policy/types.js';
import type { BotContext, BotMessage } from './context.js';

export type { AnswerOption };

/** What a bot has to say. Neither `text` nor `handOver`: nothing; the message is for people. */
export interface BotAnswer {
  /**
   * What the person gets, as it is: up to 4,000 characters of plain text with line breaks and no other control
   * characters. It is data: nothing in it is a variable or markup. Whatever it says, it changes nothing.
   */
  readonly text?: string | undefined;
  /**
   * Up to three answers that the person may choose, with titles of up to 20 characters: buttons over WhatsApp, else
   * lines below the text. What is chosen comes in as a message and is read like any other.
   */
  readonly options?: readonly AnswerOption[] | undefined;
  /**
   * A person is wanted. `true`: whoever sees to the account, its owner or your queue, gets the task to answer, and
   * automation pauses as for any reply. `to`: that person leads the conversation from now on, and automation for the
   * account stops until it is released. Either way the bot keeps silent until then.
   */
  readonly handOver?: boolean | { readonly to: string } | undefined;
}

/** Hours in which people answer. */
export interface BotHours {
  /** As in a plan's contact windows; without `days` every day. */
  readonly windows: readonly {
    readonly days?: readonly Weekday[] | undefined;
    /** `HH:MM` */
    readonly from: string;
    readonly to: string;
  }[];
  /** IANA zone of the hours. Default: the account's. */
  readonly zone?: string | undefined;
  /** Days on which nobody answers, `YYYY-MM-DD`. Default: the plan's holidays, where it closes on them. */
  readonly closed?: readonly string[] | undefined;
}

/** A bot of the host's own that answers people while nobody else does. */
export interface BotOptions {
  /**
   * Asked once for a message that is taken in, before anything of it is written. What it throws, takes too long for or
   * answers out of form leaves the message to people.
   */
  answer(
    message: BotMessage,
    context: BotContext,
    options: { readonly signal: AbortSignal },
  ): Promise<BotAnswer | undefined> | BotAnswer | undefined;
  /** `outside`: while people do not answer. `always`: at any hour. Default `outside`. */
  readonly when?: 'outside' | 'always' | undefined;
  /** When people answer. Default: the plan's contact windows and holidays, in the account's zone. */
  readonly hours?: BotHours | undefined;
  /** Answers to an account on one day, so that two machines do not talk for ever. From 1 to 200, default 10. */
  readonly perDay?: number | undefined;
  /** Milliseconds that it may take. From 1 to 120,000, default 10,000. */
  readonly timeoutMs?: number | undefined;
}

/** The same with everything said. */
export interface Bot {
  readonly answer: BotOptions['answer'];
  readonly when: 'outside' | 'always';
  readonly hours: CompiledHours | undefined;
  readonly perDay: number;
  readonly timeoutMs: number;
}

export interface CompiledHours {
  readonly windows: readonly DayWindow[];
  readonly zone: string | undefined;
  readonly closed: ReadonlySet<number> | undefined;
}

const everyDay = [1, 2, 3, 4, 5, 6, 7];

/**
 * Reads the options of a bot; each thing that is wrong is told to `expect`, with its path.
 *
 * @param hasHours whether the plan says when people are written to, which stands for when they answer
 */
export function botOf(
  options: BotOptions | undefined,
  hasHours: boolean,
  expect: (fine: boolean, path: string, message: string) => void,
): Bot | undefined {
  if (options === undefined) return undefined;
  if (typeof options !== 'object' || options === null || typeof options.answer !== 'function') {
    expect(false, 'bot.answer', 'must be a function');
    return undefined;
  }
  const { when = 'outside', perDay = 10, timeoutMs = 10_000 } = options;
  expect(when === 'outside' || when === 'always', 'bot.when', "must be 'outside' or 'always'");
  expect(isWhole(perDay, 200), 'bot.perDay', 'must be a whole number from 1 to 200');
  expect(isWhole(timeoutMs, 120_000), 'bot.timeoutMs', 'must be milliseconds from 1 to 120,000');
  const hours = options.hours === undefined ? undefined : hoursOf(options.hours, expect);
  expect(
    when === 'always' || options.hours !== undefined || hasHours,
    'bot.hours',
    "are needed: the plan has no contact windows; or say when: 'always'",
  );
  return { answer: options.answer.bind(options), when, hours, perDay, timeoutMs };
}

function isWhole(value: unknown, most: number): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= most;
}

function hoursOf(
  { windows, zone, closed }: BotHours,
  expect: (fine: boolean, path: string, message: string) => void,
): CompiledHours {
  const list = Array.isArray(windows) ? windows : [];
  expect(list.length > 0, 'bot.hours.windows', 'must be a list of windows, at least one');
  const known = list.flatMap((window, index) => {
    const read = windowOf(window);
    expect(
      read !== undefined,
      `bot.hours.windows[${index}]`,
      'must have from before to, as HH:MM, and weekdays from mon to sun',
    );
    return read === undefined ? [] : [read];
  });
  expect(
    zone === undefined || (typeof zone === 'string' && isZone(zone)),
    'bot.hours.zone',
    'must be an IANA zone, such as America/Lima',
  );
  const days =
    closed === undefined ||
    (Array.isArray(closed) && closed.every((day) => typeof day === 'string' && isDay(day)));
  expect(days, 'bot.hours.closed', 'must be a list of dates, as YYYY-MM-DD');
  return {
    windows: known,
    zone,
    closed: closed === undefined || !days ? undefined : new Set(closed.map(parseDay)),
  };
}

function windowOf(window: BotHours['windows'][number]): DayWindow | undefined {
  try {
    const [from, to] = [parseClock(window.from), parseClock(window.to)];
    const days = window.days?.map(weekdayOfName) ?? everyDay;
    const fine = from < to && days.length > 0 && days.every((day) => day !== undefined);
    return fine ? { days, from, to } : undefined;
  } catch (error) {
    if (isRecobroError(error) || error instanceof TypeError) return undefined;
    throw error;
  }
}
