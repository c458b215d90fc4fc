import { el, type Markup } from '../draw/markup.js';
import { lineText } from '../timeline/actions.js';
import { capital } from '../timeline/conditions.js';
import type { Line, PolicyModel } from '../timeline/rows.js';
import type { Speech } from '../words/index.js';

/** The ladder as a table, and what happens outside of it as another. */
export function ladderTables(model: PolicyModel, speech: Speech): Markup {
  const { preview, timeline } = speech.words;
  return el(
    'details',
    { class: 'fold tables' },
    el('summary', {}, preview.table),
    el(
      'dl',
      { class: 'rules' },
      ...model.rules.map((rule) => el('div', {}, el('dt', {}, rule.heading), el('dd', {}, rule.text))),
    ),
    model.stages.length === 0
      ? el('p', { class: 'none' }, timeline.last.noStages)
      : stageTable(model, speech),
    causeTable(model, speech),
  );
}

function stageTable(model: PolicyModel, speech: Speech): Markup {
  const { preview, tones } = speech.words;
  const { columns } = preview;
  const rows = model.stages.map((stage) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, stage.name),
      cell(columns.when, capital(stage.when)),
      el(
        'td',
        { class: 'one', 'data-name': columns.tone },
        el('i', { class: `tone ${stage.tone}` }),
        ' ',
        tones[stage.tone],
      ),
      cell(columns.does, list(stage.lines)),
      cell(
        columns.notes,
        ...stage.notes
          .filter((note) => note.text !== capital(stage.when))
          .map((note) => el('p', {}, note.text)),
      ),
    ),
  );
  const after = [
    ...(model.repeat === undefined ? [] : [model.repeat]),
    ...(model.end === undefined ? [] : [`${model.end.title}: ${model.end.texts.join(' ')}`]),
  ];
  return el(
    'div',
    { class: 'scroll' },
    el(
      'table',
      {},
      el('caption', {}, model.name),
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          ...[columns.stage, columns.when, columns.tone, columns.does, columns.notes].map((name) =>
            el('th', { scope: 'col' }, name),
          ),
        ),
      ),
      el('tbody', {}, ...rows),
    ),
    ...after.map((text) => el('p', { class: 'after' }, text)),
  );
}

function causeTable(model: PolicyModel, speech: Speech): Markup {
  const { preview } = speech.words;
  const rows = model.causes.map((cause) =>
    el(
      'tr',
      {},
      el('th', { scope: 'row' }, cause.title),
      cell(
        preview.happens,
        ...cause.texts.map((text) => el('p', {}, text)),
        ...cause.outcomes.map(({ label, lines }) =>
          el('div', {}, label === '' ? undefined : el('b', {}, `${label}: `), list(lines)),
        ),
      ),
    ),
  );
  return el(
    'div',
    { class: 'scroll' },
    el(
      'table',
      {},
      el('caption', {}, preview.causeTable),
      el(
        'thead',
        {},
        el('tr', {}, el('th', { scope: 'col' }, preview.cause), el('th', { scope: 'col' }, preview.happens)),
      ),
      el('tbody', {}, ...rows),
    ),
  );
}

function cell(name: string, ...content: readonly (Markup | string)[]): Markup {
  return el('td', { 'data-name': name }, ...content);
}

function list(lines: readonly Line[]): Markup {
  return el('ul', {}, ...lines.map((line) => el('li', {}, lineText(line))));
}
