import { type Child, el, type Markup } from '../draw/markup.js';
import type { AccountRun, ReportInput } from '../run/types.js';
import type { Speech } from '../words/index.js';
import { amountsText } from './money.js';
import { panel } from './parts.js';
import { toneMark } from './stages.js';
import { merged, storyList } from './story.js';

/** Bounds of the page: who wants more has the data. */
export interface AccountBounds {
  readonly accounts: number;
  readonly lines: number;
}

/** Every account with its story, those with most messages first. */
export function accountsSection(run: ReportInput, speech: Speech, bounds: AccountBounds): Markup {
  const { report } = speech.words;
  const sorted = [...run.accounts].sort(
    (a, b) => b.messages - a.messages || b.reached - a.reached || (a.id < b.id ? -1 : 1),
  );
  const left = sorted.length - bounds.accounts;
  return panel(
    'accounts',
    report.sections.accounts,
    report.accountsNote,
    ...sorted.slice(0, bounds.accounts).map((account) => accountFold(account, speech, bounds.lines)),
    left > 0 ? el('p', { class: 'note' }, report.accountsLeftOut(speech.format.count(left))) : undefined,
  );
}

function accountFold(account: AccountRun, speech: Speech, most: number): Markup {
  const { report } = speech.words;
  const lines = merged(account.story);
  if (lines.length === 0)
    return el('div', { class: 'account' }, el('div', { class: 'line' }, ...headline(account, speech)));
  const left = lines.length - most;
  return el(
    'details',
    { class: 'account' },
    el('summary', { class: 'line' }, ...headline(account, speech)),
    storyList(lines.slice(0, most), speech),
    left > 0 ? el('p', { class: 'note' }, report.linesLeftOut(speech.format.count(left))) : undefined,
  );
}

function headline(account: AccountRun, speech: Speech): Child[] {
  const { report } = speech.words;
  const { highest, outstanding, overdue } = account;
  const reached =
    highest === undefined ? report.noContact : [toneMark(highest.tone, speech), ' ', highest.name];
  const owed = `${report.open}: ${amountsText(outstanding, speech)}`;
  const small = account.name === account.id ? undefined : el('small', {}, account.id);
  return [
    el('span', { class: 'who' }, account.name, small),
    el(
      'span',
      { class: 'how' },
      el('span', {}, reached),
      el('span', {}, `${report.messages}: ${speech.format.count(account.messages)}`),
      outstanding.length === 0
        ? undefined
        : el('span', { class: overdue.length > 0 ? 'late' : undefined }, owed),
    ),
  ];
}
