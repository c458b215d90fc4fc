import { decimalText, momentText } from '../amounts.js';
import type { Speech } from '../speech.js';
import { runWordsOf } from './all.js';
import { pauseLine, type RunPause } from './pause.js';
import type { RunList } from './words.js';

/** One line of a run. */
export interface RunLine {
  readonly account: string;
  readonly invoices: readonly string[];
  /** Amounts as text, one for each currency. */
  readonly amounts: readonly string[];
  /** Sentence. */
  readonly reason: string;
  readonly next?: number | undefined;
}

/** What a run did. */
export interface RunLists extends Readonly<Record<RunList, readonly RunLine[]>> {
  readonly now: number;
  readonly reviewed: number;
  readonly next?: number | undefined;
  /** When the first of the messages that wait may be tried. */
  readonly message?: number | undefined;
  /** What is not sent for now, since when and by whose word. */
  readonly paused?: readonly RunPause[] | undefined;
}

/** Lists longer than this are cut in the text; the data has them all. */
const shown = 20;
const order: readonly RunList[] = ['sent', 'waiting', 'skipped', 'tasks', 'failed'];

/** What a run did and why it did no more, as a short text. */
export function runText(run: RunLists, zone: string, speech: Speech): string {
  const words = runWordsOf(speech);
  const number = (value: number): string => speech.format.count(value);
  const counts = order.map((list) => words.counts[list](number(run[list].length), run[list].length === 1));
  const lines = [`${momentText(run.now, zone, speech)} (${zone}): ${counts.join(', ')}`];
  for (const pause of run.paused ?? []) lines.push(`  ${pauseLine(pause, zone, speech)}`);
  const width = Math.max(...order.map((list) => words.heads[list].length)) + 2;
  for (const list of order) {
    const head = `  ${words.heads[list].padEnd(width)}`;
    const entries = run[list];
    for (const entry of entries.slice(0, shown)) lines.push(`${head}${lineOf(entry, zone, speech)}`);
    if (entries.length > shown) lines.push(`${head}${words.more(number(entries.length - shown))}`);
  }
  if (run.reviewed === 0 && order.every((list) => run[list].length === 0)) {
    const nothing =
      run.next === undefined ? words.nothingPlanned : words.nothingBefore(momentText(run.next, zone, speech));
    lines.push(`  ${nothing}`);
    if (run.message !== undefined)
      lines.push(`  ${words.messageWaits(momentText(run.message, zone, speech))}`);
  }
  return lines.join('\n');
}

/** When something goes on. */
export function nextText(instant: number, zone: string, speech: Speech): string {
  return runWordsOf(speech).next(momentText(instant, zone, speech));
}

function lineOf(entry: RunLine, zone: string, speech: Speech): string {
  const words = runWordsOf(speech);
  const some = entry.invoices.slice(0, 3).join(', ');
  const rest = entry.invoices.length - 3;
  const invoices = rest > 0 ? words.invoicesMore(some, speech.format.count(rest)) : some;
  const amounts = entry.amounts.map((amount) => grouped(amount, speech)).join(' + ');
  const about = [invoices, amounts].filter((part) => part !== '').join(', ');
  const next = entry.next === undefined ? '' : `; ${nextText(entry.next, zone, speech)}`;
  return `${entry.account}: ${entry.reason}${about === '' ? '' : ` (${about})`}${next}`;
}

/** `1250.00 MXN` as the reader writes it. */
function grouped(amount: string, speech: Speech): string {
  const [decimal = '', ...rest] = amount.split(' ');
  return [decimalText(decimal, speech), ...rest].join(' ');
}
