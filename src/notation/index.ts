import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { type Problem, RecobroError } from '../errors.js';
import { aliasText, type Fault, jsonFault, yamlFaults } from './faults.js';

/** JSON and YAML texts with the line on which each value stands. The only home of the YAML parser. */

/** A problem in a text. */
export interface LocatedProblem extends Problem {
  /** Line of the text, from 1. */
  readonly line?: number | undefined;
  /** Column on that line, from 1. */
  readonly column?: number | undefined;
}

/** From where to where something stands in a text: lines and columns from 1, the end exclusive. */
export interface Region {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A text taken apart, but not checked. */
export interface Notation {
  readonly value: unknown;
  /** Where the key and plain value at a path stand, or the key of what holds them where there is no such value. */
  regionOf(path: string): Region | undefined;
  /** Line on which the value at a path stands, or what holds it where there is no such value. */
  lineOf(path: string): number | undefined;
}

/**
 * Takes a text of JSON or YAML apart.
 *
 * @param name what the text is called in messages, such as the file's name
 * @throws RecobroError `invalid_file` with the line of each problem
 */
export function readNotation(text: string, name: string, as: 'json' | 'yaml'): Notation {
  const json = as === 'json';
  const lines = new LineCounter();
  // YAML holds JSON within it, so one parser knows the lines of both; it is told not to guess at anything else.
  const parsed = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    merge: false,
  });
  // Of a text that is no JSON, the reader wants to hear what JSON lacks, not what YAML makes of it.
  const foreign = json ? jsonFault(text) : undefined;
  const faults = foreign === undefined ? yamlFaults([...parsed.errors, ...parsed.warnings]) : [foreign];
  if (faults.length > 0)
    throw new RecobroError('invalid_file', `${name} cannot be read as ${json ? 'JSON' : 'YAML'}`, {
      problems: faultsByLine(faults, lines),
    });
  const root = parsed.contents;
  return {
    value: json ? JSON.parse(text) : plainOf(name, () => parsed.toJS({ maxAliasCount: 100 })),
    lineOf: (path) => regionAt(root, path, lines)?.startLine,
    regionOf: (path) => regionAt(root, path, lines),
  };
}

/** The first of each line: what follows on it is mostly its consequence. */
function faultsByLine(faults: readonly Fault[], lines: LineCounter): readonly LocatedProblem[] {
  const found = new Map<number, LocatedProblem>();
  for (const { message, at } of faults) {
    const { line, col } = lines.linePos(at);
    if (!found.has(line)) found.set(line, { path: '', code: 'invalid_format', message, line, column: col });
  }
  return [...found.values()];
}

function plainOf(file: string, convert: () => unknown): unknown {
  try {
    return convert();
  } catch (error) {
    // The parser ends a document whose aliases would grow without bounds.
    const message = aliasText(error);
    throw new RecobroError('invalid_file', `${file} cannot be used: ${message}`, { cause: error });
  }
}

function regionAt(root: Node | null, path: string, lines: LineCounter): Region | undefined {
  let node: unknown = root;
  let region = rangeOf(root);
  for (const [, quoted, index, plain] of path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)) {
    const key = quoted ?? plain;
    let next: unknown;
    if (isMap(node) && key !== undefined) {
      const pair = node.items.find((one) => isScalar(one.key) && String(one.key.value) === key);
      if (pair === undefined) break;
      next = pair.value;
      const own = rangeOf(pair.key) ?? region;
      const value = isScalar(next) ? rangeOf(next) : undefined;
      region = own === undefined ? undefined : [own[0], value?.[1] ?? own[1]];
    } else if (isSeq(node) && index !== undefined) {
      next = node.items[Number(index)];
      if (next === undefined) break;
      region = rangeOf(next) ?? region;
    } else break;
    node = next;
  }
  if (region === undefined) return undefined;
  const [start, end] = region.map((offset) => lines.linePos(offset));
  if (start === undefined || end === undefined) return undefined;
  return { startLine: start.line, startColumn: start.col, endLine: end.line, endColumn: end.col };
}

/** Where a value begins and ends: of an object or list, its first line stands for it. */
function rangeOf(node: unknown): readonly [start: number, end: number] | undefined {
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) return undefined;
  const { range } = node;
  if (range === null || range === undefined) return undefined;
  if (isScalar(node)) return [range[0], range[1]];
  const key = isMap(node) ? rangeOf(node.items[0]?.key) : undefined;
  // In brackets the bracket, else the first key.
  return [range[0], node.flow === true ? range[0] + 1 : (key?.[1] ?? range[0] + 1)];
}
