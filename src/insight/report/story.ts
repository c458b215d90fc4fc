import { type Child, el, type Markup } from '../draw/markup.js';
import type { StoryKind, StoryLine } from '../run/types.js';
import { channelName, reasonOf, type Speech } from '../words/index.js';
import { amountsText } from './money.js';
import { toneMark } from './stages.js';

const shownNumbers = 6;
const quiet: ReadonlySet<StoryKind> = new Set(['skipped', 'held', 'resumed', 'settled', 'exhausted']);

/** Lines that say the same of several invoices on one day become one. */
export function merged(story: readonly StoryLine[]): StoryLine[] {
  const lines: StoryLine[] = [];
  const places = new Map<string, number>();
  for (const line of story) {
    const key = JSON.stringify([line.date, line.kind, line.policy, line.stage, line.reason]);
    const place = quiet.has(line.kind) ? places.get(key) : undefined;
    const known = place === undefined ? undefined : lines[place];
    if (place === undefined || known === undefined) {
      places.set(key, lines.length);
      lines.push(line);
    } else lines[place] = { ...known, invoices: [...new Set([...known.invoices, ...line.invoices])] };
  }
  return lines;
}

/** Lines of one day below one date. */
export function storyList(lines: readonly StoryLine[], speech: Speech): Markup {
  const days: { readonly date: string; readonly lines: StoryLine[] }[] = [];
  for (const line of lines) {
    const last = days.at(-1);
    if (last?.date === line.date) last.lines.push(line);
    else days.push({ date: line.date, lines: [line] });
  }
  return el(
    'ol',
    { class: 'story' },
    ...days.map((day) =>
      el(
        'li',
        {},
        el('time', { datetime: day.date }, speech.format.shortDate(day.date)),
        el('ul', {}, ...day.lines.map((line) => storyItem(line, speech))),
      ),
    ),
  );
}

function storyItem(line: StoryLine, speech: Speech): Markup {
  const told = parts(line, speech).flatMap((part, index) => (index === 0 ? [part] : [' · ', part]));
  const kind = el('span', { class: 'kind' }, speech.words.story[line.kind]);
  return el('li', { class: `k-${lookOf(line.kind)}` }, kind, ' ', ...told);
}

function parts(line: StoryLine, speech: Speech): Child[] {
  const { report } = speech.words;
  const told: Child[] = [];
  const stage = line.name ?? (line.kind === 'skipped' ? line.stage : undefined);
  const mark = line.tone === undefined ? undefined : [toneMark(line.tone, speech), ' '];
  if (stage !== undefined) told.push(el('b', {}, mark, stage));
  if (line.task !== undefined) told.push(el('b', {}, line.task));
  if (line.channel !== undefined) told.push(channelName(line.channel, speech));
  if (line.invoices.length > 0) told.push(numbers(line.invoices, speech));
  if (line.amounts.length > 0) told.push(amountsText(line.amounts, speech));
  if (line.day !== undefined) {
    const word = line.kind.startsWith('invoice') ? report.due : report.until;
    told.push(`${word} ${speech.format.shortDate(line.day)}`);
  }
  // That a task is part of its stage goes without saying.
  if (line.reason !== undefined && line.reason !== 'stage') told.push(reasonOf(line.reason, speech));
  return told;
}

function numbers(invoices: readonly string[], { format }: Speech): string {
  const shown = invoices.slice(0, shownNumbers).join(', ');
  const left = invoices.length - shownNumbers;
  return left > 0 ? `${shown} +${format.count(left)}` : shown;
}

/** What a line is about, for its colour. */
function lookOf(kind: StoryKind): 'sent' | 'money' | 'stop' | 'trouble' | 'quiet' {
  switch (kind) {
    case 'message':
    case 'task':
      return 'sent';
    case 'payment':
    case 'credit':
    case 'thanks':
    case 'settled':
      return 'money';
    case 'hold':
    case 'dispute':
    case 'promise':
    case 'held':
      return 'stop';
    case 'refused':
    case 'unknown':
    case 'delayed':
    case 'withdrawn':
    case 'payment_reversed':
      return 'trouble';
    default:
      return 'quiet';
  }
}
