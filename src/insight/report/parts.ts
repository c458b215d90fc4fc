import { type Child, el, type Markup } from '../draw/markup.js';

/** A part of the page with its heading. */
export function panel(id: string, heading: string, note: string | undefined, ...content: Child[]): Markup {
  return el(
    'section',
    { id, class: 'panel', 'aria-labelledby': `${id}-h` },
    el('h2', { id: `${id}-h` }, heading),
    note === undefined ? undefined : el('p', { class: 'note' }, note),
    ...content,
  );
}

/**
 * A table. `numbers` are places of columns. Where the page is too narrow for
 * it, it scrolls by itself; with many columns its rows become blocks.
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly Child[])[],
  numbers: readonly number[],
  foot?: readonly Child[],
): Markup {
  const blocks = head.length > 4;
  const look = (index: number): string | undefined => (numbers.includes(index) ? 'n' : undefined);
  const line = (cells: readonly Child[]): Markup =>
    el(
      'tr',
      {},
      ...cells.map((cell, index) =>
        index === 0
          ? el('th', { scope: 'row' }, cell)
          : el('td', { class: look(index), 'data-name': blocks ? head[index] : undefined }, cell),
      ),
    );
  const heading = head.map((name, index) => el('th', { scope: 'col', class: look(index) }, name));
  return el(
    'div',
    { class: blocks ? 'scroll blocks' : 'scroll' },
    el(
      'table',
      {},
      el('thead', {}, el('tr', {}, ...heading)),
      el('tbody', {}, ...rows.map(line)),
      foot === undefined ? undefined : el('tfoot', {}, line(foot)),
    ),
  );
}

/** Something to open. */
export function fold(label: Child, ...content: Child[]): Markup {
  return el('details', { class: 'fold' }, el('summary', {}, label), ...content);
}

/** A percentage for a width or place, short. */
export function percent(part: number, whole: number): string {
  return `${Math.round((whole === 0 ? 0 : part / whole) * 10_000) / 100}%`;
}
