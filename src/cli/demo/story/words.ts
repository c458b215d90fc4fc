import { civilOf, type Day, formatInstant, weekdayOf } from '../../../calendar/index.js';
import type { Act, ActItem } from '../../../engine/index.js';
import { amount, plural } from '../../text.js';

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** What a stage sends, for one and for many. */
export const stageWords: Readonly<Record<string, readonly [one: string, many: string]>> = {
  upcoming: ['heads-up', 'heads-ups'],
  'due-today': ['note on the due day', 'notes on the due day'],
  reminder: ['friendly reminder', 'friendly reminders'],
  'follow-up': ['question for a date', 'questions for a date'],
  firm: ['firm reminder', 'firm reminders'],
  'collection-notice': ['formal notice', 'formal notices'],
  'on:paid': ['thank-you', 'thank-yous'],
};

export function stageWord(stage: string): string {
  return stageWords[stage]?.[0] ?? stage;
}

const channelWords: Readonly<Record<string, string>> = { whatsapp: 'WhatsApp', email: 'e-mail', sms: 'SMS' };

export function channelWord(channel: string | undefined): string {
  return channelWords[channel ?? ''] ?? channel ?? '';
}

const languageWords: Readonly<Record<string, string>> = { en: 'English', pt: 'Portuguese' };

/** The language's name where it is not Spanish, the company's own. */
export function languageWord(tag: string): string | undefined {
  return languageWords[tag.split('-')[0] ?? ''];
}

/** `5 January` */
export function dayText(day: Day): string {
  const { month, day: date } = civilOf(day);
  return `${date} ${months[month - 1] ?? ''}`;
}

/** `Mon 5 January` */
export function weekdayText(day: Day): string {
  return `${weekdays[weekdayOf(day) - 1] ?? ''} ${dayText(day)}`;
}

/** `09:30` */
export function timeText(instant: number, zone: string): string {
  return formatInstant(instant, zone).slice(11, 16);
}

/** `19,897.15 USD`, `238,737 INR` */
export function moneyText(minor: number, currency: string): string {
  return amount(minor, currency).replace(/\.00 /, ' ');
}

/** `A`, `A and B`, `A, B and C` */
export function listText(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** `TO-1, TO-2 and 3 more` */
export function someText(parts: readonly string[]): string {
  return parts.length > 3 ? `${parts.slice(0, 2).join(', ')} and ${parts.length - 2} more` : listText(parts);
}

/** The invoices of a message, without amounts. */
export function numbersText(act: Act): string {
  return someText([...new Set(acting(act).map(({ number }) => number))]);
}

/** The items that a message is about; all of them where none acts, as in thanks. */
export function acting(act: Act): readonly ActItem[] {
  const items = act.items.filter((item) => item.acting);
  return items.length === 0 ? act.items : items;
}

/** `TO-4114, 238,737 INR, 15 days late` */
export function aboutText(act: Act): string {
  const items = acting(act);
  const total = act.totals.map(({ minor, currency }) => moneyText(minor, currency)).join(' and ');
  const [first] = items;
  if (first === undefined) return total;
  if (items.length === 1) {
    const part = first.instalment === undefined ? '' : ` (instalment ${first.instalment})`;
    return `${first.number}${part}, ${total}, ${ageText(first.daysPastDue)}`;
  }
  const oldest = Math.max(...items.map(({ daysPastDue }) => daysPastDue));
  const which = oldest > 0 ? 'the oldest' : 'the first';
  return `${plural(items.length, 'invoice')}, ${total}, ${which} ${ageText(oldest)}`;
}

export function ageText(days: number): string {
  if (days === 0) return 'due today';
  return days > 0 ? `${plural(days, 'day')} late` : `due in ${plural(-days, 'day')}`;
}
