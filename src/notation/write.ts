import { type Document, isAlias, LineCounter, type Node, parseDocument, stringify, visit } from 'yaml';
import { RecobroError } from '../errors.js';
import { readNotation } from './index.js';
import { Rewriting, type Splice, Unwritable } from './rewrite.js';
import { type Style, styleOf } from './style.js';
import { type KeyOrder, orderedValue, same } from './values.js';

export type { KeyOrder, Steps } from './values.js';

/** How a text is written anew. */
export interface WriteOptions {
  readonly as: 'json' | 'yaml';
  /** What the text is called in messages. */
  readonly name: string;
  readonly order?: KeyOrder | undefined;
}

/**
 * A text with another value. What the change does not touch stays byte for
 * byte: comments, blank lines, the order of keys, quotes, anchors. What is
 * added is written the way the text is written, new keys in the order asked
 * for. Where a text cannot be changed in place, it is written anew behind its
 * first comment. The answer read again is the value, always.
 *
 * @throws RecobroError `invalid_file` for a text that is neither JSON nor YAML
 */
export function rewritten(text: string, value: unknown, { as, name, order }: WriteOptions): string {
  const next: unknown = JSON.parse(JSON.stringify(value) ?? 'null');
  const json = as === 'json';
  if (text.replaceAll(/^\s*#.*$/gm, '').trim() === '') return anew(text, next, emptyStyle(json, order));
  const { value: old } = readNotation(text, name, as);
  if (same(old, next)) return text;
  const parsed = parseDocument(text, {
    keepSourceTokens: true,
    lineCounter: new LineCounter(),
    merge: false,
  });
  const style = styleOf(text, parsed, json, order);
  const changed = spliced(text, parsed, old, next, style);
  if (changed !== undefined && isValue(changed, next, name, as)) return changed;
  return anew(text, next, style);
}

function spliced(
  text: string,
  parsed: Document.Parsed,
  old: unknown,
  next: unknown,
  style: Style,
): string | undefined {
  const root: Node | null = parsed.contents;
  if (root === null) return undefined;
  try {
    return applied(text, new Rewriting(text, style, hasAliases(parsed)).splices(root, old, next));
  } catch (error) {
    if (error instanceof Unwritable) return undefined;
    throw error;
  }
}

function applied(text: string, splices: readonly Splice[]): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  let result = '';
  let at = 0;
  for (const { from, to, text: own } of splices) {
    // One within another: what is taken out takes the rest with it.
    if (from < at) throw new Unwritable();
    result += text.slice(at, from) + (eol === '\n' ? own : own.replaceAll('\n', eol));
    at = to;
  }
  return result + text.slice(at);
}

function hasAliases(parsed: Document.Parsed): boolean {
  let found = false;
  visit(parsed, (_, node) => {
    found ||= isAlias(node);
    return found ? visit.BREAK : undefined;
  });
  return found;
}

function isValue(text: string, value: unknown, name: string, as: 'json' | 'yaml'): boolean {
  try {
    return same(readNotation(text, name, as).value, value);
  } catch (error) {
    if (error instanceof RecobroError) return false;
    throw error;
  }
}

function emptyStyle(json: boolean, order: KeyOrder | undefined): Style {
  return { json, indent: 2, indentSeq: true, singleQuote: true, airy: true, compact: false, order };
}

/** The whole value, behind the comment with which the text begins. */
function anew(text: string, value: unknown, style: Style): string {
  const own = orderedValue(value, [], style.order);
  if (style.json) {
    const end = /\n$/.test(text) || text.trim() === '' ? '\n' : '';
    return (style.compact ? JSON.stringify(own) : JSON.stringify(own, null, style.indent)) + end;
  }
  const head =
    /^(?:[ \t]*(?:#.*)?\r?\n)*/.exec(text.endsWith('\n') || text === '' ? text : `${text}\n`)?.[0] ?? '';
  const { indent, indentSeq, singleQuote } = style;
  return head + stringify(own, { lineWidth: 0, indent, indentSeq, singleQuote });
}
