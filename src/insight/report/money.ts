import { formatAmount, type Money } from '../../money/index.js';
import { el, type Markup } from '../draw/markup.js';
import type { ReportInput } from '../run/types.js';
import type { Speech } from '../words/index.js';
import { panel, table } from './parts.js';

/** Amounts, each currency for itself, with a plus between them, since they are never added. */
export function amountsText(amounts: readonly Money[], { format }: Speech): string {
  return amounts.map((one) => format.money(one)).join(' + ');
}

/** An amount in the least space for the scale of a chart: `1.2M`. The currency stands beside the chart. */
export function compact(minor: number, currency: string, { format }: Speech): string {
  const short = new Intl.NumberFormat([format.locale, 'en'], {
    notation: 'compact',
    maximumSignificantDigits: 3,
  });
  return short.format(formatAmount(minor, currency) as `${number}`);
}

/** What was invoiced, paid and is open, one line per currency. */
export function moneySection(run: ReportInput, speech: Speech): Markup {
  const { report } = speech.words;
  const rows = run.money.map(({ currency, opening, invoiced, paid, credited, outstanding, overdue }) => [
    currency,
    ...[opening, invoiced, paid, credited, outstanding, overdue].map((minor) =>
      speech.format.money({ minor, currency }),
    ),
  ]);
  const head = [
    report.currency,
    report.opening,
    report.invoiced,
    report.paid,
    report.credited,
    report.open,
    report.overdue,
  ];
  return panel(
    'money',
    report.sections.money,
    run.money.length > 1 ? report.moneyNote : undefined,
    rows.length === 0 ? el('p', { class: 'none' }, report.nothing) : table(head, rows, [1, 2, 3, 4, 5, 6]),
  );
}
