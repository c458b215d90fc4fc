import type { Problem } from '../errors.js';
import { authorLink } from './links.js';
import { parseTemplate, type Template, templateOf } from './template.js';
import { itemsSection } from './variables.js';

/**
 * The light markup of e-mail bodies, from which HTML and plain text are both
 * made. Blocks are parted by empty lines:
 *
 * - a paragraph; its line breaks are kept
 * - a list: every line begins with `- `
 * - a table: every line stands between `|` and `|`; the first is the head
 * - `{{pay}}` alone: a button, or the ways to pay one below the other
 *
 * `{{#items}}` and `{{/items}}`, each on a line of its own within a list or
 * table, repeat the lines between them for every item. In a line, `**x**` is
 * strong and `[x](https://…)` a link. Markup is read from the template, before
 * any value is put in, so no value can ever be markup.
 */
export type Block =
  | { readonly kind: 'paragraph'; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: 'list'; readonly rows: readonly ListRow[] }
  | {
      readonly kind: 'table';
      readonly rows: readonly TableRow[];
      readonly numeric: readonly boolean[];
      readonly dates: readonly boolean[];
    }
  | { readonly kind: 'pay' };

export interface ListRow {
  readonly repeat: boolean;
  readonly content: readonly Inline[];
}

export interface TableRow {
  readonly repeat: boolean;
  /** A total by itself outside of the section takes a row for each currency. */
  readonly totals: boolean;
  /** What cells hold that are one variable of an item and nothing else. */
  readonly alone: readonly (string | undefined)[];
  readonly cells: readonly (readonly Inline[])[];
}

/** A run of text. `href` is a template too: an address may hold a variable. */
export type Inline =
  | { readonly kind: 'text' | 'strong'; readonly template: Template }
  | { readonly kind: 'link'; readonly template: Template; readonly href: Template };

const payAlone = /^\{\{\s*pay\s*\}\}$/;
const open = new RegExp(`^\\{\\{\\s*#\\s*${itemsSection}\\s*\\}\\}$`);
const close = new RegExp(`^\\{\\{\\s*/\\s*${itemsSection}\\s*\\}\\}$`);
/** Variables that are an address or nothing. */
const wholeAddress = /^\{\{(?:link|payment\.link)\}\}$/;
const anySection = /\{\{\s*[#/^]/;
const marks = /\*\*(.+?)\*\*|\[([^\]]+)\]\(([^()\s]+)\)/g;
const aloneCell = /^(?:\*\*)?\{\{\s*([a-z.]+)\s*\}\}(?:\*\*)?$/;
const numericCells: readonly unknown[] = ['amount', 'balance', 'original', 'paid', 'days', 'paid.amount'];
const totalCells: readonly unknown[] = ['amount', 'balance.amount', 'paid.amount'];

/** Blocks of a body whose templates parse as a whole. Problems are added to the list. */
export function parseMarkup(source: string, path: string, problems: Problem[]): Block[] {
  const blocks: Block[] = [];
  for (const chunk of source.replace(/\r\n?/g, '\n').split(/\n[^\S\n]*(?:\n[^\S\n]*)+/)) {
    const lines = chunk
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    if (lines.length > 0) blocks.push(blockOf(lines, path, problems));
  }
  return blocks;
}

function blockOf(lines: readonly string[], path: string, problems: Problem[]): Block {
  const rows = lines.filter((line) => !open.test(line) && !close.test(line));
  if (lines.length === 1 && payAlone.test(lines[0] ?? '')) return { kind: 'pay' };
  if (
    rows.length > 0 &&
    rows.every((line) => line.length > 1 && line.startsWith('|') && line.endsWith('|'))
  ) {
    return tableOf(lines, path, problems);
  }
  if (rows.length > 0 && rows.every((line) => line.startsWith('- '))) {
    const content = repeated(lines).map(({ line, repeat }) => ({
      repeat,
      content: inlines(line.slice(2).trim(), path, problems),
    }));
    return { kind: 'list', rows: content };
  }
  if (lines.some((line) => anySection.test(line))) {
    const problem: Problem = {
      path,
      code: 'section_needs_rows',
      message: `put {{#${itemsSection}}} and {{/${itemsSection}}} on lines of their own, around rows that begin with - or stand between |, without empty lines`,
    };
    // Its end, torn off, would say the same again.
    if (!problems.some((known) => known.path === path && known.code === problem.code)) problems.push(problem);
    return { kind: 'paragraph', lines: [] };
  }
  return { kind: 'paragraph', lines: lines.map((line) => inlines(line, path, problems)) };
}

function tableOf(lines: readonly string[], path: string, problems: Problem[]): Block {
  const cells = (line: string) =>
    line
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim());
  const rows = repeated(lines);
  const width = cells(rows[0]?.line ?? '').length;
  if (rows.some(({ line }) => cells(line).length !== width)) {
    problems.push({
      path,
      code: 'uneven_table',
      message: 'every row of a table must have as many cells as its head',
    });
  }
  const repeating = rows.filter((row) => row.repeat).map((row) => cells(row.line));
  const columns = (of: (name: string | undefined) => boolean): boolean[] =>
    Array.from({ length: width }, (_, column) => repeating.some((row) => of(aloneIn(row[column] ?? ''))));
  return {
    kind: 'table',
    rows: rows.map(({ line, repeat }) => {
      const alone = cells(line).map(aloneIn);
      return {
        repeat,
        totals: !repeat && alone.some((name) => totalCells.includes(name)),
        alone,
        cells: cells(line).map((cell) => inlines(cell, path, problems)),
      };
    }),
    numeric: columns((name) => numericCells.includes(name)),
    dates: columns((name) => name === 'due'),
  };
}

function aloneIn(cell: string): string | undefined {
  return aloneCell.exec(cell)?.[1];
}

// The template was parsed as a whole before, so opening and closing tags are known to match.
function repeated(lines: readonly string[]): { line: string; repeat: boolean }[] {
  const out: { line: string; repeat: boolean }[] = [];
  let repeat = false;
  for (const line of lines) {
    if (open.test(line)) repeat = true;
    else if (close.test(line)) repeat = false;
    else out.push({ line, repeat });
  }
  return out;
}

function inlines(text: string, path: string, problems: Problem[]): Inline[] {
  const out: Inline[] = [];
  const template = (source: string): Template => {
    const found = parseTemplate(source, path);
    if (found.tokens !== undefined) return templateOf(source);
    problems.push({
      path,
      code: 'torn_variable',
      message: 'a variable stands across the markup of strong text, a link or a cell',
    });
    return templateOf('');
  };
  let at = 0;
  for (const match of text.matchAll(marks)) {
    if (match.index > at) out.push({ kind: 'text', template: template(text.slice(at, match.index)) });
    const [whole, strong, label, href] = match;
    if (strong !== undefined) out.push({ kind: 'strong', template: template(strong) });
    else if (label !== undefined && href !== undefined) {
      if (!wholeAddress.test(href) && authorLink(href.replace(/\{\{[^}]*\}\}/g, 'x')) === undefined) {
        problems.push({
          path,
          code: 'unsafe_link',
          message:
            'a link must begin with https:, http:, mailto: or tel:, or be {{link}} or {{payment.link}}',
        });
      }
      out.push({ kind: 'link', template: template(label), href: template(href) });
    }
    at = match.index + whole.length;
  }
  if (at < text.length) out.push({ kind: 'text', template: template(text.slice(at)) });
  return out;
}
