import type { Block, Inline, ListRow, TableRow } from './markup.js';
import { methodLine, type PayAdvice } from './pay.js';
import { renderTemplate } from './template.js';

/** What the e-mail writers put into the blocks. */
export interface BodyValues {
  readonly text: Reader;
  /** One reader per item that is shown, in order. */
  readonly items: readonly Reader[];
  /** Of the items that are not shown: how many they are, and what they come to, one reader per currency. */
  readonly rest: { readonly more: string; readonly totals: readonly Reader[] } | undefined;
  readonly pay: PayAdvice;
  /** One reader per currency, for the totals of all items. */
  readonly totals: readonly Reader[];
}

/** Reads a variable's value. */
export type Reader = (name: string) => string;

/** The body as plain text: links written out, tables as aligned columns. */
export function emailText(blocks: readonly Block[], values: BodyValues): string {
  return `${blocks.map((block) => blockText(block, values)).join('\n\n')}\n`;
}

function blockText(block: Block, values: BodyValues): string {
  switch (block.kind) {
    case 'paragraph':
      return block.lines.map((line) => inlineText(line, values.text)).join('\n');
    case 'list':
      return listLines(block.rows, values, inlineText, (text) => text)
        .map((text) => `- ${text}`)
        .join('\n');
    case 'table':
      return tableText(block.rows, block.numeric, values);
    case 'pay':
      return payText(values.pay);
  }
}

/** The entries of a list, each as `write` has it. Those outside of the section are written once, with the text's variables. */
export function listLines(
  rows: readonly ListRow[],
  { text, items, rest }: BodyValues,
  write: (content: readonly Inline[], read: Reader) => string,
  plain: (text: string) => string,
): string[] {
  return rows.flatMap(({ repeat, content }) => [
    ...(repeat ? items : [text]).map((read) => write(content, read)),
    ...(repeat && rest !== undefined ? [plain(rest.more)] : []),
  ]);
}

/** What stands in a cell: runs with what reads their values, or a text as it is. */
export type Cell = { readonly content: readonly Inline[]; readonly read: Reader } | string;

/** The cells of a table row as often as it is written. */
export function rowCells(row: TableRow, { text, items, rest, totals }: BodyValues): Cell[][] {
  const { repeat, cells } = row;
  const written = (read: Reader): Cell[] => cells.map((content) => ({ content, read }));
  if (repeat) {
    // How many more there are, and below each sum what they come to, so that a total can be checked by adding up.
    const { more, totals: sums } = rest ?? { more: '', totals: [] };
    const others = summed(row, sums, (_, column) => (column === 0 ? more : ''));
    return [...items.map(written), ...others];
  }
  if (!row.totals || totals.length < 2) return [written(text)];
  return summed(row, totals, (content) => ({ content, read: text }));
}

/** A row for each currency; what is no sum stands in the first alone. */
function summed(
  { cells, alone }: TableRow,
  totals: readonly Reader[],
  other: (content: readonly Inline[], column: number) => Cell,
): Cell[][] {
  return totals.map((total, index) =>
    cells.map((content, column): Cell => {
      const name = alone[column];
      if (name !== undefined && total(name) !== '') return { content, read: total };
      return index === 0 ? other(content, column) : '';
    }),
  );
}

/** A run of text without its markup. */
export function inlineText(content: readonly Inline[], read: Reader): string {
  return content
    .map((part) => {
      const text = renderTemplate(part.template, read);
      if (part.kind !== 'link') return text;
      const href = renderTemplate(part.href, read).replace(/^(?:mailto|tel):/, '');
      return href === text ? text : `${text} (${href})`;
    })
    .join('');
}

function tableText(rows: readonly TableRow[], numeric: readonly boolean[], values: BodyValues): string {
  const lines = rows.flatMap((row) =>
    rowCells(row, values).map((cells) =>
      cells.map((cell) => (typeof cell === 'string' ? cell : inlineText(cell.content, cell.read))),
    ),
  );
  const widths = numeric.map((_, column) => Math.max(...lines.map((cells) => widthOf(cells[column] ?? ''))));
  const aligned = lines.map((cells) =>
    cells
      .map((cell, column) => {
        const fill = ' '.repeat(Math.max(0, (widths[column] ?? 0) - widthOf(cell)));
        return numeric[column] ? fill + cell : cell + fill;
      })
      .join('  ')
      .trimEnd(),
  );
  const rule = '-'.repeat(Math.max(...aligned.map(widthOf)));
  const [head = '', ...body] = aligned;
  return [head, rule, ...body].join('\n');
}

function payText(advice: PayAdvice): string {
  switch (advice.kind) {
    case 'none':
      return '';
    case 'link':
      return [advice.url, ...advice.methods.map(methodLine)].join('\n');
    case 'links':
      return advice.links.map(({ number, url }) => `${number}: ${url}`).join('\n');
    case 'methods':
      return advice.methods.map(methodLine).join('\n');
  }
}

function widthOf(text: string): number {
  return [...text].length;
}
