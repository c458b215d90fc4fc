import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { type Problem, RecobroError } from '../errors.js';

/** JSON and YAML texts with the line on which each value stands. The only home of the YAML parser. */

/** A problem in a text. */
export interface LocatedProblem extends Problem {
  /** Line of the text, from 1. */
  readonly line?: number | undefined;
}

/** A text taken apart, but not checked. */
export interface Notation {
  readonly value: unknown;
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
  const faults = [...parsed.errors, ...parsed.warnings].map((fault): LocatedProblem => {
    const message = fault.message.split('\n')[0] ?? '';
    return { path: '', code: 'invalid_format', message, line: lines.linePos(fault.pos[0]).line };
  });
  if (json && faults.length === 0) faults.push(...jsonFaults(text, parsed, lines));
  if (faults.length > 0)
    throw new RecobroError('invalid_file', `${name} is no ${json ? 'JSON' : 'YAML'}`, { problems: faults });
  const root = parsed.contents;
  return {
    value: json ? JSON.parse(text) : plainOf(name, () => parsed.toJS({ maxAliasCount: 100 })),
    lineOf: (path) => lineAt(root, path, lines),
  };
}

/** What YAML lets pass and JSON does not. */
function jsonFaults(text: string, parsed: Document.Parsed, lines: LineCounter): LocatedProblem[] {
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    const message = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
    // Node does not always say where; then it is the first text that only YAML takes for one.
    const told = /position (\d+)/.exec(message)?.[1];
    const place = told === undefined ? firstForeign(parsed) : Number(told);
    const line = place === undefined ? undefined : lines.linePos(place).line;
    return [{ path: '', code: 'invalid_format', message, line }];
  }
}

function firstForeign(parsed: Document.Parsed): number | undefined {
  let place: number | undefined;
  visit(parsed, {
    Scalar(_, { type, source, range }) {
      const known = type === 'QUOTE_DOUBLE' || /^(?:true|false|null|-?\d[\d.eE+-]*)$/.test(source ?? '');
      if (known) return undefined;
      place = range?.[0];
      return visit.BREAK;
    },
  });
  return place;
}

function plainOf(file: string, convert: () => unknown): unknown {
  try {
    return convert();
  } catch (error) {
    // The parser ends a document whose aliases would grow without bounds.
    const message = error instanceof Error ? error.message : String(error);
    throw new RecobroError('invalid_file', `${file} cannot be used: ${message}`, { cause: error });
  }
}

function lineAt(root: Node | null, path: string, lines: LineCounter): number | undefined {
  let node: unknown = root;
  let offset = root?.range?.[0];
  for (const [, quoted, index, plain] of path.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)) {
    const key = quoted ?? plain;
    let next: unknown;
    if (isMap(node) && key !== undefined) {
      const pair = node.items.find((one) => isScalar(one.key) && String(one.key.value) === key);
      if (pair === undefined) break;
      offset = isScalar(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
      next = pair.value;
    } else if (isSeq(node) && index !== undefined) {
      next = node.items[Number(index)];
      if (next === undefined) break;
      offset = rangeOf(next) ?? offset;
    } else break;
    node = next;
  }
  return offset === undefined ? undefined : lines.linePos(offset).line;
}

function rangeOf(node: unknown): number | undefined {
  return isMap(node) || isSeq(node) || isScalar(node) ? node.range?.[0] : undefined;
}
