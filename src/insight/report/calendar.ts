import { type Day, formatDay, parseDay, weekdayOf } from '../../calendar/index.js';
import { el, type Markup } from '../draw/markup.js';
import type { CalendarDay, ReportInput } from '../run/types.js';
import type { Speech } from '../words/index.js';
import { monthName } from './months.js';
import { panel } from './parts.js';

const cell = 14;
const step = cell + 2;

/** Messages by day as one block per month, weeks from Monday downwards. */
export function calendarSection(run: ReportInput, speech: Speech): Markup {
  const { report } = speech.words;
  const counts = new Map(run.calendar.map((day) => [day.date, day]));
  const bounds = levels(run.calendar.map((day) => day.messages));
  const months = new Map<string, Day[]>();
  const to = parseDay(run.to);
  for (let day = parseDay(run.from); day <= to; day++) {
    const month = formatDay(day).slice(0, 7);
    const days = months.get(month);
    if (days === undefined) months.set(month, [day]);
    else days.push(day);
  }
  const blocks = [...months].map(([month, days]) => block(month, days, counts, bounds, speech));
  return panel(
    'calendar',
    report.sections.calendar,
    report.calendarNote,
    scale(bounds, speech),
    el('div', { class: 'months' }, ...blocks),
  );
}

function block(
  month: string,
  days: readonly Day[],
  counts: ReadonlyMap<string, CalendarDay>,
  bounds: readonly number[],
  speech: Speech,
): Markup {
  const { report } = speech.words;
  const offset = weekdayOf(parseDay(`${month}-01`)) - 1;
  const label = monthName(month, speech);
  let sum = 0;
  const cells = days.map((day) => {
    const date = formatDay(day);
    const place = offset + Number(date.slice(8)) - 1;
    const known = counts.get(date);
    const messages = known?.messages ?? 0;
    sum += messages;
    const rect = {
      class: `h${levelOf(messages, bounds)}`,
      x: (place % 7) * step,
      y: Math.floor(place / 7) * step,
      width: cell,
      height: cell,
      rx: 3,
    };
    return known === undefined
      ? el('rect', rect)
      : el('rect', rect, el('title', {}, dayTitle(known, speech)));
  });
  const all = `${report.messages}: ${speech.format.count(sum)}`;
  return el(
    'figure',
    { class: 'month' },
    el('figcaption', {}, label, el('span', {}, sum === 0 ? '' : speech.format.count(sum))),
    el(
      'svg',
      { viewBox: `0 0 ${7 * step - 2} ${6 * step - 2}`, role: 'img', 'aria-label': `${label}. ${all}` },
      ...cells,
    ),
  );
}

function dayTitle(day: CalendarDay, { words, format }: Speech): string {
  const { report } = words;
  const told = [
    `${report.messages}: ${format.count(day.messages)}`,
    ...(day.thanks === 0 ? [] : [`${report.thanks}: ${format.count(day.thanks)}`]),
    ...(day.tasks === 0 ? [] : [`${report.tasks}: ${format.count(day.tasks)}`]),
  ];
  return `${format.longDate(day.date)}: ${told.join(', ')}`;
}

function scale(bounds: readonly number[], { words, format }: Speech): Markup {
  if (bounds.length === 0) return el('p', { class: 'none' }, words.report.nothing);
  const spans = bounds.map((upper, index) => {
    const lower = (bounds[index - 1] ?? 0) + 1;
    const label = lower === upper ? format.count(upper) : `${format.count(lower)}–${format.count(upper)}`;
    return el('li', {}, el('i', { class: `h${levelAt(index, bounds)}` }), label);
  });
  return el('ul', { class: 'legend' }, el('li', {}, el('i', { class: 'h0' }), '0'), ...spans);
}

/** Upper bounds of up to four levels that part the days with messages into quarters. */
function levels(counts: readonly number[]): number[] {
  const sorted = counts.filter((count) => count > 0).sort((a, b) => a - b);
  const bounds = [0.25, 0.5, 0.75, 1].flatMap(
    (share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? [],
  );
  return [...new Set(bounds)];
}

function levelOf(count: number, bounds: readonly number[]): number {
  return count === 0
    ? 0
    : levelAt(
        bounds.findIndex((upper) => count <= upper),
        bounds,
      );
}

/** The strongest colour belongs to the highest level, however few there are. */
function levelAt(index: number, bounds: readonly number[]): number {
  return 4 - (bounds.length - 1 - index);
}
