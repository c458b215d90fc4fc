import { el, type Markup } from '../draw/markup.js';
import type { ReportInput } from '../run/types.js';
import type { Speech } from '../words/index.js';
import { panel } from './parts.js';

/** The figures that everybody asks for first. */
export function totalsSection(run: ReportInput, speech: Speech): Markup {
  const { report } = speech.words;
  const { totals } = run;
  const tile = (count: number, label: string, note: string, look = ''): Markup =>
    el(
      'div',
      { class: `tile ${count === 0 ? 'zero' : look}`.trim() },
      el('b', {}, speech.format.count(count)),
      el('span', { class: 'label' }, label),
      el('span', { class: 'hint' }, note),
    );
  const accounts = report.contactedNote(speech.format.count(run.ledger.accounts));
  return panel(
    'totals',
    report.sections.totals,
    undefined,
    el(
      'div',
      { class: 'tiles' },
      tile(totals.reached, report.reached, report.reachedNote, 'lead'),
      tile(totals.messages, report.messages, report.messagesNote, 'lead'),
      tile(totals.accountsContacted, report.contacted, accounts),
      tile(totals.thanks, report.thanks, report.thanksNote),
      tile(totals.tasks, report.tasks, report.tasksNote),
      tile(totals.skipped, report.skipped, report.skippedNote),
      totals.refused === 0 ? undefined : tile(totals.refused, report.refused, report.refusedNote, 'bad'),
      totals.unknown === 0 ? undefined : tile(totals.unknown, report.unknown, report.unknownNote, 'bad'),
    ),
  );
}
