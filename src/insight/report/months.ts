import type { Tone } from '../../policy/types.js';
import { el, type Markup } from '../draw/markup.js';
import type { MonthTotals, ReportInput } from '../run/types.js';
import type { Speech } from '../words/index.js';
import { fold, panel, percent, table } from './parts.js';

const tones: readonly Tone[] = ['friendly', 'firm', 'formal'];
/** Labels below the columns, at most. */
const mostLabels = 5;

/** Stages reached month by month, coloured by tone. */
export function monthsSection(run: ReportInput, speech: Speech): Markup | undefined {
  if (run.months.length < 2) return undefined;
  const { report } = speech.words;
  const { format } = speech;
  const most = Math.max(1, ...run.months.map((month) => month.reached));
  const every = Math.ceil(run.months.length / mostLabels);
  return panel(
    'months',
    report.sections.months,
    report.monthsNote,
    el(
      'ol',
      { class: 'columns' },
      ...run.months.map((month, index) => column(run, month, most, index % every === 0, speech)),
    ),
    fold(
      report.showNumbers,
      table(
        [report.date, report.reached, report.messages, report.thanks, report.tasks],
        run.months.map((one) => [
          monthName(one.month, speech),
          ...[one.reached, one.messages, one.thanks, one.tasks].map((count) => format.count(count)),
        ]),
        [1, 2, 3, 4],
      ),
    ),
  );
}

function column(
  run: ReportInput,
  month: MonthTotals,
  most: number,
  labelled: boolean,
  speech: Speech,
): Markup {
  const { words, format } = speech;
  const label = monthName(month.month, speech);
  const parts = tones
    .map((tone) => ({ tone, count: reachedIn(run, month, tone) }))
    .filter((part) => part.count > 0);
  const told = parts.map((part) => `${words.tones[part.tone]} ${format.count(part.count)}`);
  const title = `${label}: ${format.count(month.reached)}${told.length > 1 ? ` (${told.join(', ')})` : ''}`;
  return el(
    'li',
    { title },
    el(
      'span',
      { class: 'column', role: 'img', 'aria-label': title },
      // The mildest stands at the bottom.
      ...[...parts]
        .reverse()
        .map((part) => el('i', { class: part.tone, style: `height:${percent(part.count, most)}` })),
    ),
    el('span', { class: labelled ? 'label' : 'label off' }, label),
  );
}

function reachedIn(run: ReportInput, month: MonthTotals, tone: Tone): number {
  return month.stages
    .filter((one) => {
      const stage = run.stages.find((known) => known.policy === one.policy && known.stage === one.stage);
      return stage?.tone === tone;
    })
    .reduce((sum, one) => sum + one.reached, 0);
}

/** `Mar 2026` */
export function monthName(month: string, { format }: Speech): string {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  const names = new Intl.DateTimeFormat([format.locale, 'en'], {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
    calendar: 'gregory',
  });
  return names.format(Date.UTC(year, number - 1, 1));
}
