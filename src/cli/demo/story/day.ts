import type { Day } from '../../../calendar/index.js';
import type { Act } from '../../../engine/index.js';
import { plural } from '../../text.js';
import { placed, widthOf, wrap } from './lines.js';
import { channelWord, weekdayText } from './words.js';

interface Line {
  readonly order: number;
  readonly time: string;
  readonly place: string;
  readonly text: string;
}

/** What is counted of a day. */
interface Counts {
  readonly invoices?: number | undefined;
  readonly payments?: number | undefined;
  readonly tasks?: number | undefined;
}

/** Stands where something happened at no hour that matters. */
export const untimed = '  ·  ';

/** Days in a row on which nobody was contacted. */
interface Quiet {
  readonly from: Day;
  readonly to: Day;
  readonly payments: number;
  readonly lines: readonly Line[];
}

/** Collects one day's lines and counts; days on which nobody is contacted are put together. */
export class DayBook {
  readonly #width: number;
  #lines: Line[] = [];
  #counts = { invoices: 0, payments: 0, tasks: 0, thanks: 0 };
  #channels = new Map<string, number>();
  #quiet: Quiet | undefined;

  constructor(columns: number) {
    this.#width = widthOf(columns);
  }

  line(order: number, time: string, place: string, text: string): void {
    this.#lines.push({ order, time, place, text });
  }

  count({ invoices = 0, payments = 0, tasks = 0 }: Counts): void {
    this.#counts.invoices += invoices;
    this.#counts.payments += payments;
    this.#counts.tasks += tasks;
  }

  sent(act: Act): void {
    const channel = act.channel ?? '';
    this.#channels.set(channel, (this.#channels.get(channel) ?? 0) + 1);
    if (act.stage === 'on:paid') this.#counts.thanks++;
  }

  /** The text of the day, or nothing when nobody was contacted: that is told together with the days around it. */
  end(day: Day): string[] {
    const messages = [...this.#channels.values()].reduce((sum, count) => sum + count, 0);
    if (messages === 0) {
      this.#rest(day);
      return [];
    }
    const text = [...this.finish(), ...this.#busy(day, messages)];
    this.#lines = [];
    this.#counts = { invoices: 0, payments: 0, tasks: 0, thanks: 0 };
    this.#channels = new Map();
    return text;
  }

  /** Adds a day on which nobody was contacted to those before it; what happened of itself is told with the next. */
  #rest(day: Day): void {
    const known = this.#quiet ?? { from: day, payments: 0, lines: [] };
    this.#quiet = {
      from: known.from,
      to: day,
      payments: known.payments + this.#counts.payments,
      lines: [...known.lines, ...this.#lines.filter(({ time }) => time !== untimed)],
    };
    this.#lines = this.#lines.filter(({ time }) => time === untimed);
    this.#counts.payments = 0;
  }

  /** The text of the quiet days that have not been told yet. */
  finish(): string[] {
    const quiet = this.#quiet;
    this.#quiet = undefined;
    if (quiet === undefined || (quiet.payments === 0 && quiet.lines.length === 0)) return [];
    const { from, to, payments, lines } = quiet;
    const days = from === to ? weekdayText(from) : `${weekdayText(from)} to ${weekdayText(to)}`;
    const came = payments === 0 ? '' : `; ${plural(payments, 'payment')} came in`;
    return [`${days}  nobody is contacted${came}`, ...this.#body(lines), ''];
  }

  #busy(day: Day, messages: number): string[] {
    const summary = this.#summary(messages);
    const heading = weekdayText(day);
    if (this.#lines.length === 0) return [...wrap(`${heading}  ${summary}`, this.#width, '', '    '), ''];
    return [heading, ...this.#body(this.#lines), ...wrap(summary, this.#width, '  = ', '    '), ''];
  }

  #body(lines: readonly Line[]): string[] {
    const sorted = [...lines].sort((a, b) => a.order - b.order);
    return sorted.flatMap(({ time, place, text }) => placed(time, place, text, this.#width));
  }

  #summary(messages: number): string {
    const { invoices, payments, tasks, thanks } = this.#counts;
    const byChannel = ['whatsapp', 'email', 'sms'].flatMap((channel) => {
      const count = this.#channels.get(channel);
      return count === undefined ? [] : [`${count} ${channelWord(channel)}`];
    });
    const thanked = thanks === 0 ? '' : `; ${thanks} of them thanks`;
    return [
      `${plural(messages, 'message')} (${byChannel.join(', ')}${thanked})`,
      ...(payments === 0 ? [] : [plural(payments, 'payment')]),
      ...(invoices === 0 ? [] : [plural(invoices, 'new invoice')]),
      ...(tasks === 0 ? [] : [`${plural(tasks, 'task')} for people`]),
    ].join(' · ');
  }
}
