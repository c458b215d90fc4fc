import { type Document, isCollection, isScalar, isSeq, Scalar, stringify, visit } from 'yaml';
import { isPlain, type KeyOrder, orderedKeys, type Plain, type Steps } from './values.js';

/** How a text is written, so that what is added looks like what is there. */
export interface Style {
  readonly json: boolean;
  /** Spaces for each level. */
  readonly indent: number;
  /** Whether the entries of a list stand further in than its key. */
  readonly indentSeq: boolean;
  readonly singleQuote: boolean;
  /** Spaces behind colons and commas, and within braces, of what stands in one line. */
  readonly airy: boolean;
  /** JSON in one line. */
  readonly compact: boolean;
  readonly order: KeyOrder | undefined;
}

/** Finds out how a text is written. */
export function styleOf(
  text: string,
  parsed: Document.Parsed,
  json: boolean,
  order: KeyOrder | undefined,
): Style {
  let indent: number | undefined;
  let indentSeq: boolean | undefined;
  let [single, double] = [0, 0];
  visit(parsed, {
    Scalar(_, { type }) {
      if (type === Scalar.QUOTE_SINGLE) single++;
      if (type === Scalar.QUOTE_DOUBLE) double++;
    },
    Pair(_, { key, value }) {
      if (!isScalar(key) || !isCollection(value) || value.flow === true) return;
      const own = columnAt(text, key.range?.[0] ?? 0);
      const inner = columnAt(text, value.range?.[0] ?? 0);
      if (isSeq(value)) indentSeq ??= inner > own;
      if (inner > own) indent ??= inner - own;
    },
  });
  const spaces = /\n( +)\S/.exec(text)?.[1]?.length;
  return {
    json,
    indent: Math.min((json ? spaces : indent) ?? 2, 8),
    indentSeq: indentSeq ?? true,
    singleQuote: single >= double,
    airy: !json || !/[{,]"[^"]*":\S/.test(text),
    compact: json && !text.trim().includes('\n'),
    order,
  };
}

/** Characters before a place on its line. */
export function columnAt(text: string, place: number): number {
  return place - (text.lastIndexOf('\n', place - 1) + 1);
}

/** A scalar in one line; `type` is how the one before it was written. */
export function scalarText(value: unknown, style: Style, flow: boolean, type?: Scalar.Type): string {
  if (style.json) return JSON.stringify(value);
  const scalar = new Scalar(value);
  if (type === Scalar.QUOTE_SINGLE || type === Scalar.QUOTE_DOUBLE) scalar.type = type;
  const options = { lineWidth: 0, singleQuote: style.singleQuote };
  if (!flow && !(typeof value === 'string' && value.includes('\n')))
    return stringify({ k: scalar }, options).slice(3).trimEnd();
  if (typeof value === 'string' && value.includes('\n')) return JSON.stringify(value);
  return stringify([scalar], { ...options, collectionStyle: 'flow', flowCollectionPadding: false })
    .trimEnd()
    .slice(1, -1);
}

/** A value within braces or brackets, in one line. */
export function flowText(value: unknown, steps: Steps, style: Style): string {
  const gap = style.airy ? ' ' : '';
  if (Array.isArray(value))
    return `[${value.map((one, index) => flowText(one, [...steps, index], style)).join(`,${gap}`)}]`;
  if (!isPlain(value)) return scalarText(value, style, true);
  const members = orderedKeys(value, steps, style.order).map((key) => memberText(key, value, steps, style));
  return members.length === 0 ? '{}' : `{${gap}${members.join(`,${gap}`)}${gap}}`;
}

function memberText(key: string, value: Plain, steps: Steps, style: Style): string {
  return `${scalarText(key, style, true)}:${style.airy ? ' ' : ''}${flowText(value[key], [...steps, key], style)}`;
}

/** JSON over several lines, as `JSON.stringify` writes it; further lines stand so far in. */
export function jsonText(value: unknown, style: Style, column: number): string {
  const text = JSON.stringify(value, null, style.indent);
  return text.replaceAll('\n', `\n${' '.repeat(column)}`);
}

/**
 * A member or an entry over as many lines as it takes: `key: …`, `- …`. The
 * first line is not moved in, further ones are, to the column of the first.
 */
export function blockText(
  value: Plain | readonly unknown[],
  style: Style,
  column: number,
  type?: Scalar.Type,
): string {
  const text = stringify(value, {
    lineWidth: 0,
    indent: style.indent,
    indentSeq: style.indentSeq,
    singleQuote: style.singleQuote,
    ...(type === Scalar.BLOCK_FOLDED ? { blockQuote: 'folded' as const } : {}),
  });
  const lines = text.replace(/\n$/, '').split('\n');
  const space = ' '.repeat(column);
  return lines.map((line, index) => (index === 0 || line === '' ? line : space + line)).join('\n');
}
