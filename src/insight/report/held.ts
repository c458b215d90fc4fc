import { el, type Markup } from '../draw/markup.js';
import type { ReasonCount, ReportInput } from '../run/types.js';
import { reasonOf, type Speech } from '../words/index.js';
import { panel, percent } from './parts.js';

/** What kept items out of dunning, and why nothing more goes out at the end. */
export function heldSection(run: ReportInput, speech: Speech): Markup {
  const { report } = speech.words;
  return panel(
    'held',
    report.sections.held,
    undefined,
    el(
      'div',
      { class: 'halves' },
      list(report.heldTitle, report.heldNote, run.held, speech),
      list(report.waitingTitle, report.waitingNote, run.waiting, speech),
    ),
  );
}

function list(title: string, note: string, counts: readonly ReasonCount[], speech: Speech): Markup {
  const most = Math.max(1, ...counts.map((one) => one.count));
  const bars = counts.map((one) =>
    el(
      'li',
      {},
      el('span', { class: 'name' }, reasonOf(one.reason, speech)),
      el('span', { class: 'figure' }, speech.format.count(one.count)),
      el('span', { class: 'track' }, el('i', { style: `width:${percent(one.count, most)}` })),
    ),
  );
  return el(
    'div',
    {},
    el('h3', {}, title),
    el('p', { class: 'note' }, note),
    bars.length === 0
      ? el('p', { class: 'none' }, speech.words.report.nothing)
      : el('ul', { class: 'bars quiet' }, ...bars),
  );
}
