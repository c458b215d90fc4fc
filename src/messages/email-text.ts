import type { Block, Inline, TableRow } from './markup.js';
import { methodLine, type PayAdvice } from './pay.js';
import { renderTemplate } from './template.js';

/** What the e-mail writers put into the blocks. */
export interface BodyValues {
  readonly text: Reader;
  /** One reader per listed item, in order. */
  readonly items: readonly Reader[];
  readonly pay: PayAdvice;
  /** What the text asks for or thanks for, one amount per currency. */
  readonly totals: readonly string[];
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
      return block.rows
        .flatMap(({ repeat, content }) =>
          readers(repeat, values).map((read) => `- ${inlineText(content, read)}`),
        )
        .join('\n');
    case 'table':
      return tableText(block.rows, block.numeric, values);
    case 'pay':
      return payText(values.pay);
  }
}

/** Rows outside of the section are written once, with the text's variables. */
export function readers(repeat: boolean, values: BodyValues): readonly Reader[] {
  return repeat ? values.items : [values.text];
}

/** The cells of a table row as often as it is written, each with what reads its values. */
export function rowCells(
  row: TableRow,
  values: BodyValues,
): { content: readonly Inline[]; read: Reader }[][] {
  const { repeat, total, cells } = row;
  if (total === undefined || values.totals.length < 2) {
    return readers(repeat, values).map((read) => cells.map((content) => ({ content, read })));
  }
  return values.totals.map((amount, index) =>
    cells.map((content, column) =>
      column === total
        ? { content, read: () => amount }
        : { content: index === 0 ? content : [], read: values.text },
    ),
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
    rowCells(row, values).map((cells) => cells.map(({ content, read }) => inlineText(content, read))),
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
      return advice.url;
    case 'links':
      return advice.links.map(({ number, url }) => `${number}: ${url}`).join('\n');
    case 'methods':
      return advice.methods.map(methodLine).join('\n');
  }
}

function widthOf(text: string): number {
  return [...text].length;
}
