import { type Child, el, group, type Markup } from '../draw/markup.js';
import type { Theme } from '../draw/palette.js';
import type { ReportInput } from '../run/types.js';
import type { SimulationResult } from '../simulate/types.js';
import { timelineFigure } from '../timeline/figure.js';
import { type Speech, speechOf } from '../words/index.js';
import { accountsSection } from './accounts.js';
import { agingSection } from './aging.js';
import { calendarSection } from './calendar.js';
import { heldSection } from './held.js';
import { moneySection } from './money.js';
import { monthsSection } from './months.js';
import { panel } from './parts.js';
import { stagesSection } from './stages.js';
import { reportStyle } from './style.js';
import { totalsSection } from './totals.js';

/** How a report is made. */
export interface ReportOptions {
  /** Heading. Default: what it is, a simulation or a run. */
  readonly title?: string | undefined;
  /** BCP 47: English, Spanish or Portuguese. Default: the plan's language. */
  readonly language?: string | undefined;
  /** Default `auto`: light or dark as the reader's device says. */
  readonly theme?: Theme | undefined;
  /** Accounts shown, those with most messages first. Default 500. */
  readonly accounts?: number | undefined;
  /** Lines shown of an account's story. Default 400. */
  readonly lines?: number | undefined;
}

/**
 * A run or a simulation as one HTML file that stands by itself: no script, no
 * font, no picture from elsewhere. Totals, aging over time, stages and
 * channels, months, contact calendar, what was held back, the policies drawn,
 * and the story of each account. For screens of any width, light and dark, and
 * for paper. Whatever comes from ledgers and documents is escaped.
 *
 * @example writeFileSync('report.html', htmlReport(simulate({ documents, ledger, from, to, payments: 'before' })))
 */
export function htmlReport(run: ReportInput, options: ReportOptions = {}): string {
  const speech = speechOf(options.language ?? run.plan.language);
  const { report } = speech.words;
  const title = options.title ?? report[run.kind];
  const period = `${speech.format.longDate(run.from)} – ${speech.format.longDate(run.to)}`;
  const sections = sectionsOf(run, speech, options);
  const head = el(
    'head',
    {},
    el('meta', { charset: 'utf-8' }),
    el('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    // Nothing may be loaded or run, whatever a ledger's texts hold.
    el('meta', {
      'http-equiv': 'Content-Security-Policy',
      content: "default-src 'none'; style-src 'unsafe-inline'",
    }),
    el('title', {}, `${title}, ${period}`),
    el('style', {}, reportStyle(options.theme ?? 'auto')),
  );
  const header = el(
    'header',
    {},
    el('h1', {}, title),
    el('p', { class: 'period' }, period),
    ...factsOf(run, speech).map((line) => el('p', { class: 'facts' }, line.join(' · '))),
  );
  const links = sections.map(([id]) => el('a', { href: `#${id}` }, report.sections[id]));
  const body = el(
    'body',
    {},
    el(
      'div',
      { class: 'page' },
      header,
      el('nav', { 'aria-label': title }, ...links),
      el('main', {}, ...sections.map(([, section]) => section)),
      footer(run, speech),
    ),
  );
  return `<!doctype html>\n${el('html', { lang: speech.format.locale }, head, body).text}\n`;
}

type SectionId = keyof Speech['words']['report']['sections'];

function sectionsOf(
  run: ReportInput,
  speech: Speech,
  options: ReportOptions,
): (readonly [SectionId, Markup])[] {
  const bounds = { accounts: options.accounts ?? 500, lines: options.lines ?? 400 };
  const months = monthsSection(run, speech);
  return [
    ['totals', totalsSection(run, speech)],
    ['money', moneySection(run, speech)],
    ['aging', agingSection(run, speech)],
    ['stages', stagesSection(run, speech)],
    ...(months === undefined ? [] : [['months', months] as const]),
    ['calendar', calendarSection(run, speech)],
    ['held', heldSection(run, speech)],
    ['policy', policySection(run, speech, options.theme)],
    ['accounts', accountsSection(run, speech, bounds)],
  ];
}

/** What was looked at, and how, in one line each. */
function factsOf(run: ReportInput, { words, format }: Speech): string[][] {
  const { report } = words;
  const { accounts, invoices, payments } = run.ledger;
  const ledger = report.ledgerLine(format.count(accounts), format.count(invoices), format.count(payments));
  if (!isSimulation(run)) return [[ledger, run.zone]];
  const order = run.payments === 'before' ? report.paymentsBefore : report.paymentsAfter;
  return [
    [ledger, run.zone],
    [order, report.disputes[run.disputed], report.reach[run.reach]],
  ];
}

function isSimulation(run: ReportInput): run is SimulationResult {
  return run.kind === 'simulation' && 'payments' in run;
}

function policySection(run: ReportInput, speech: Speech, theme: Theme | undefined): Markup {
  const language = speech.format.locale;
  const ids = new Set(run.policies.map((policy) => policy.id));
  const drawn = [...ids].map((policy) => timelineFigure(run, { policy, theme, language }));
  const heading = speech.words.report.sections.policy;
  return panel('policy', heading, undefined, el('div', { class: 'policies' }, ...drawn));
}

function footer(run: ReportInput, { words }: Speech): Markup {
  const refs = [run.refs.plan, ...run.refs.policies].map(({ id, version, hash }): Child => {
    return group(`${id} v${version} `, el('code', {}, hash));
  });
  const listed = refs.flatMap((one, index) => (index === 0 ? [one] : [', ', one]));
  return el(
    'footer',
    {},
    el('p', {}, `${words.report.documents}: `, ...listed, '.'),
    el('p', {}, words.report.madeBy),
  );
}
