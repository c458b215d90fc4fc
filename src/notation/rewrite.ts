import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { aligned } from './align.js';
import { blockText, columnAt, flowText, jsonText, type Style, scalarText } from './style.js';
import { isPlain, orderedKeys, orderedValue, type Plain, type Steps, same } from './values.js';

/** A stretch of a text with what comes in its place. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Where a value stands. */
interface Place {
  readonly steps: Steps;
  /** In a block: a member of an object, or an entry of a list, whose sign (`:` or `-`) ends here. */
  readonly block?:
    | { readonly kind: 'member' | 'entry'; readonly sign: number; readonly column: number }
    | undefined;
}

/** Where something stands that a text could not be changed for: it is written anew instead. */
export class Unwritable extends Error {
  override readonly name = 'Unwritable';
}

/**
 * Finds the stretches of a text that change when its value does. Everything
 * else stays byte for byte: comments, blank lines, order, quotes and anchors.
 */
export class Rewriting {
  readonly #text: string;
  readonly #style: Style;
  readonly #aliased: boolean;
  readonly #splices: Splice[] = [];
  /** What stands at anchors once all is changed. */
  readonly #anchors = new Map<string, unknown>();
  readonly #aliases: {
    readonly name: string;
    readonly node: Node;
    readonly next: unknown;
    readonly place: Place;
  }[] = [];

  constructor(text: string, style: Style, aliased: boolean) {
    this.#text = text;
    this.#style = style;
    this.#aliased = aliased;
  }

  /** @throws Unwritable where the text is written in a way that cannot be changed in place */
  splices(root: Node, old: unknown, next: unknown): readonly Splice[] {
    this.#change(root, old, next, { steps: [] });
    // What it stood for is gone, or says something else now.
    for (const { name, node, next: wanted, place } of this.#aliases)
      if (!same(this.#anchors.get(name), wanted)) this.#replace(node, wanted, place);
    return this.#splices.toSorted((a, b) => a.from - b.from || a.to - b.to);
  }

  #change(node: Node, old: unknown, next: unknown, place: Place): void {
    if (isAlias(node)) {
      this.#aliases.push({ name: node.source, node, next, place });
      return;
    }
    if (!this.#aliased && same(old, next)) return;
    if (isMap(node) && isPlain(old) && isPlain(next)) this.#changeMap(node, old, next, place);
    else if (isSeq(node) && Array.isArray(old) && Array.isArray(next))
      this.#changeSeq(node, old, next, place);
    else if (isScalar(node) && same(old, next)) this.#keep(node, next);
    else this.#replace(node, next, place);
  }

  #keep(node: Node, next: unknown): void {
    const anchor = 'anchor' in node ? node.anchor : undefined;
    if (anchor === undefined) return;
    // Two anchors of one name: which one an alias means depends on the order, which changes may turn.
    if (this.#anchors.has(anchor)) throw new Unwritable();
    this.#anchors.set(anchor, next);
  }

  #changeMap(node: YAMLMap, old: Plain, next: Plain, place: Place): void {
    const pairs = node.items.map((pair) => ({ pair, key: keyOf(pair) }));
    const stays = pairs.map(({ key }) => Object.hasOwn(next, key));
    const added = orderedKeys(next, place.steps, this.#style.order).filter((key) => !Object.hasOwn(old, key));
    if (!stays.includes(true)) {
      if (pairs.length === 0 && added.length === 0) this.#keep(node, next);
      else this.#replace(node, next, place);
      return;
    }
    this.#keep(node, next);
    const flow = this.#style.json || node.flow === true;
    const column = flow ? 0 : columnAt(this.#text, startOf(pairs[0]?.pair));
    const spans = pairs.map(({ pair }, index) => ({
      start: startOf(pair),
      end: this.#endOfPair(node, index),
    }));
    for (const [index, { pair, key }] of pairs.entries()) {
      if (stays[index] !== true) continue;
      const steps = [...place.steps, key];
      const block = flow
        ? undefined
        : ({ kind: 'member', sign: this.#signOf(node, index) + 1, column } as const);
      if (pair.value === null && !same(old[key], next[key])) throw new Unwritable();
      if (pair.value !== null) this.#change(pair.value as Node, old[key], next[key], { steps, block });
    }
    this.#remove(spans, stays, flow);
    const order = orderedKeys(next, place.steps, this.#style.order);
    this.#insert(
      node,
      spans,
      added.map((key) => {
        const before = order.slice(0, order.indexOf(key)).filter((one) => Object.hasOwn(old, one));
        const after = pairs.findLastIndex((one) => one.key === before.at(-1));
        return {
          after: after < 0 ? firstKept(stays) : after,
          steps: [...place.steps, key],
          value: next[key],
          key,
        };
      }),
      flow,
      column,
    );
  }

  #changeSeq(node: YAMLSeq, old: readonly unknown[], next: readonly unknown[], place: Place): void {
    const kept = aligned(old, next);
    if (kept.size === 0) {
      if (old.length === 0 && next.length === 0) this.#keep(node, next);
      else this.#replace(node, next, place);
      return;
    }
    this.#keep(node, next);
    const flow = this.#style.json || node.flow === true;
    const nodes = node.items as readonly Node[];
    const signs = flow ? [] : nodes.map((_, index) => this.#dashOf(node, index));
    const column = flow ? 0 : columnAt(this.#text, signs[0] ?? 0);
    const spans = nodes.map((one, index) => ({
      start: flow ? startOfNode(one) : (signs[index] ?? 0),
      end: Math.max(this.#endOf(one), flow ? 0 : (signs[index] ?? 0) + 1),
    }));
    const places = new Map([...kept].map(([a, b]) => [b, a] as const));
    for (const [a, b] of kept) {
      const one = nodes[a];
      if (one === undefined) throw new Unwritable();
      const block = flow ? undefined : ({ kind: 'entry', sign: (signs[a] ?? 0) + 1, column } as const);
      this.#change(one, old[a], next[b], { steps: [...place.steps, b], block });
    }
    const stays = nodes.map((_, index) => kept.has(index));
    this.#remove(spans, stays, flow);
    let after: number | undefined;
    const added = next.flatMap((value, index) => {
      const known = places.get(index);
      if (known !== undefined) {
        after = known;
        return [];
      }
      return [{ after: after ?? firstKept(stays), steps: [...place.steps, index], value, key: undefined }];
    });
    this.#insert(node, spans, added, flow, column);
  }

  /** Takes members or entries out, with the comments above them. */
  #remove(spans: readonly Span[], stays: readonly boolean[], flow: boolean): void {
    for (let from = 0; from < spans.length; from++) {
      if (stays[from] === true) continue;
      let to = from;
      while (to + 1 < spans.length && stays[to + 1] !== true) to++;
      const [first, last] = [spans[from], spans[to]];
      const next = spans[to + 1];
      const before = spans[from - 1];
      if (first === undefined || last === undefined) throw new Unwritable();
      if (flow) {
        if (next !== undefined) this.#splice(first.start, next.start, '');
        else if (before !== undefined) this.#splice(before.end, last.end, '');
      } else if (this.#opensLine(first.start)) {
        this.#splice(this.#withComments(first.start, from === 0), this.#lineEnd(last.end), '');
      } else if (next !== undefined) {
        // `- id: a`: what comes next takes its place behind the sign.
        this.#splice(first.start, next.start, '');
      } else throw new Unwritable();
      from = to;
    }
  }

  /** Puts members or entries behind what stays, or before the first where `after` is its complement. */
  #insert(
    node: YAMLMap | YAMLSeq,
    spans: readonly Span[],
    added: readonly Added[],
    flow: boolean,
    column: number,
  ): void {
    const first = spans[0];
    if (added.length === 0 || first === undefined) return;
    const open = node.range?.[0] ?? 0;
    const several = flow && this.#text.slice(open, first.start).includes('\n');
    const inner = columnAt(this.#text, first.start);
    for (const [after, group] of Map.groupBy(added, (one) => one.after)) {
      const at = spans[after < 0 ? ~after : after];
      if (at === undefined) throw new Unwritable();
      const texts = group.map((one) =>
        flow ? this.#flowPart(one, several, inner) : this.#blockPart(one, column),
      );
      if (flow) {
        const gap = several ? `,\n${' '.repeat(inner)}` : this.#style.airy ? ', ' : ',';
        if (after < 0) this.#splice(at.start, at.start, texts.map((text) => text + gap).join(''));
        else this.#splice(at.end, at.end, texts.map((text) => gap + text).join(''));
        continue;
      }
      const space = ' '.repeat(column);
      if (after < 0) {
        const inLine = !this.#opensLine(at.start);
        const above = isSeq(node) ? this.#withComments(at.start, false) : at.start - column;
        const start = inLine ? at.start : above;
        this.#splice(
          start,
          start,
          texts.map((text) => `${inLine ? '' : space}${text}\n${inLine ? space : ''}`).join(''),
        );
        continue;
      }
      const end = this.#lineEnd(at.end);
      const whole = this.#text[end - 1] === '\n';
      const apart = isSeq(node) && this.#areApart(spans) ? '\n' : '';
      const lines = texts.map((text) => `${apart}${space}${text}\n`).join('');
      this.#splice(end, end, whole ? lines : `\n${lines.slice(0, -1)}`);
    }
  }

  #flowPart({ key, steps, value }: Added, several: boolean, column: number): string {
    const style = this.#style;
    const own =
      style.json && several
        ? jsonText(orderedValue(value, steps, style.order), style, column)
        : flowText(value, steps, style);
    return key === undefined ? own : `${scalarText(key, style, true)}:${style.airy ? ' ' : ''}${own}`;
  }

  #blockPart({ key, steps, value }: Added, column: number): string {
    const own = orderedValue(value, steps, this.#style.order);
    return blockText(key === undefined ? [own] : { [key]: own }, this.#style, column);
  }

  /** Another value in place of one. */
  #replace(node: Node, next: unknown, { steps, block }: Place): void {
    const style = this.#style;
    const type = isScalar(node) ? (node.type as Scalar.Type | undefined) : undefined;
    const blockScalar = type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED;
    const scalar = next === null || typeof next !== 'object';
    const start = startOfNode(node);
    const end = this.#endOf(node);
    const oneLine = !(typeof next === 'string' && next.includes('\n'));
    if (steps.length === 0) throw new Unwritable();
    if (block === undefined || (isScalar(node) && scalar && oneLine && !blockScalar && end > start)) {
      if (scalar) {
        this.#keep(node, next);
        this.#splice(start, end, scalarText(next, style, block === undefined, type));
        return;
      }
      const own = orderedValue(next, steps, style.order);
      const line = this.#text.slice(this.#text.lastIndexOf('\n', start - 1) + 1, start);
      const column = /^ */.exec(line)?.[0].length ?? 0;
      const text = style.json && !style.compact ? jsonText(own, style, column) : flowText(own, steps, style);
      this.#splice(start, end, text);
      return;
    }
    const own = orderedValue(next, steps, style.order);
    const { kind, sign, column } = block;
    const text = blockText(kind === 'member' ? { k: own } : [own], style, column, type);
    this.#splice(sign, Math.max(end, sign), text.slice(kind === 'member' ? 2 : 1));
  }

  #splice(from: number, to: number, text: string): void {
    if (to < from) throw new Unwritable();
    this.#splices.push({ from, to, text });
  }

  /** Whether nothing but spaces stands before it on its line. */
  #opensLine(place: number): boolean {
    return this.#text.slice(this.#text.lastIndexOf('\n', place - 1) + 1, place).trim() === '';
  }

  /** The start of the line behind the one on which a place is. */
  #lineEnd(place: number): number {
    const end = this.#text.indexOf('\n', place);
    return end < 0 ? this.#text.length : end + 1;
  }

  /** The start of the line of a place, or of the comments right above it; those above the first may speak of all. */
  #withComments(place: number, isFirst: boolean): number {
    let start = this.#text.lastIndexOf('\n', place - 1) + 1;
    while (start > 0 && !isFirst) {
      const above = this.#text.lastIndexOf('\n', start - 2) + 1;
      if (!this.#text.slice(above, start).trimStart().startsWith('#')) break;
      start = above;
    }
    return start;
  }

  #areApart(spans: readonly Span[]): boolean {
    const [first, second] = spans;
    if (first === undefined || second === undefined) return false;
    return /\n[ \t]*\n/.test(this.#text.slice(first.end, second.start));
  }

  #signOf(node: YAMLMap, index: number): number {
    const token = tokensOf(node, index)?.sep?.find((one) => one.type === 'map-value-ind');
    if (token === undefined) throw new Unwritable();
    return token.offset;
  }

  #dashOf(node: YAMLSeq, index: number): number {
    const token = tokensOf(node, index)?.start.find((one) => one.type === 'seq-item-ind');
    if (token === undefined) throw new Unwritable();
    return token.offset;
  }

  #endOfPair(node: YAMLMap, index: number): number {
    const pair = node.items[index];
    const key = pair?.key as Node | undefined;
    const sign = tokensOf(node, index)?.sep?.find((one) => one.type === 'map-value-ind')?.offset ?? -1;
    const value = pair?.value as Node | null | undefined;
    return Math.max(
      key?.range?.[1] ?? 0,
      sign + 1,
      value === null || value === undefined ? 0 : this.#endOf(value),
    );
  }

  /** Where the last sign of a value stands, without the line break behind it. */
  #endOf(node: Node): number {
    const end = node.range?.[1] ?? 0;
    if (isMap(node) && node.flow !== true) return this.#endOfPair(node, node.items.length - 1);
    if (isSeq(node) && node.flow !== true) {
      const last = node.items.length - 1;
      return Math.max(this.#endOf(node.items[last] as Node), this.#dashOf(node, last) + 1);
    }
    if (isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED))
      return this.#text[end - 1] === '\n' ? end - 1 : end;
    return end;
  }
}

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Added {
  /** Index of what it stands behind; the complement of the index of what it stands before. */
  readonly after: number;
  readonly steps: Steps;
  readonly value: unknown;
  readonly key: string | undefined;
}

function firstKept(stays: readonly boolean[]): number {
  return ~stays.indexOf(true);
}

function keyOf({ key }: Pair): string {
  if (!isScalar(key)) throw new Unwritable();
  return String(key.value);
}

function startOf(pair: Pair | undefined): number {
  const key = pair?.key;
  if (!isScalar(key) || key.anchor !== undefined || key.tag !== undefined) throw new Unwritable();
  return key.range?.[0] ?? 0;
}

function startOfNode(node: Node): number {
  return node.range?.[0] ?? 0;
}

interface Token {
  readonly type: string;
  readonly offset: number;
}

/** How a member or an entry stands in the text. */
function tokensOf(
  { srcToken }: YAMLMap | YAMLSeq,
  index: number,
): { readonly start: readonly Token[]; readonly sep?: readonly Token[] | undefined } | undefined {
  return srcToken !== undefined && 'items' in srcToken ? srcToken.items[index] : undefined;
}
