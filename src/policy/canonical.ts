import { RecobroError } from '../errors.js';
import { sha256 } from './sha256.js';

const deepest = 64;

/**
 * JSON text that is the same for equal documents: object keys sorted by code
 * unit, no white space, members that are `undefined` left out. Two documents
 * that differ only in the order of keys, or that were written by different
 * tools, have one canonical text. Arrays keep their order, since it means
 * something (segments, stages, channel chains).
 *
 * @example canonicalJson({ b: 1, a: [true, null] }) // '{"a":[true,null],"b":1}'
 * @throws RecobroError `invalid_document` for what JSON cannot hold: functions, symbols, bigint,
 *   `NaN` and infinities, class instances such as `Date`, `undefined` in a list, cycles, nesting beyond 64
 */
export function canonicalJson(value: unknown): string {
  return written(value, '', 0);
}

/**
 * Identity of a document's content, recorded with every decision: the first 16
 * hexadecimal digits of SHA-256 over {@link canonicalJson}. Equal content has
 * an equal hash whatever the order of its keys; the version number is part of
 * the content.
 *
 * @example contentHash(policy) // '9f86d081884c7d65'
 * @throws RecobroError `invalid_document` as {@link canonicalJson}
 */
export function contentHash(document: unknown): string {
  return sha256(canonicalJson(document)).slice(0, 16);
}

function written(value: unknown, path: string, depth: number): string {
  if (depth > deepest)
    throw refused(path, 'too_large', `is nested deeper than ${deepest} levels, or refers to itself`);
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw refused(path, 'invalid_type', 'is no finite number');
      return JSON.stringify(value);
    case 'object':
      break;
    default:
      throw refused(path, 'invalid_type', `is ${typeof value}, which JSON cannot hold`);
  }
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    const members: string[] = [];
    for (let i = 0; i < value.length; i++) members.push(written(value[i], `${path}[${i}]`, depth + 1));
    return `[${members.join(',')}]`;
  }
  if (!isPlain(value))
    throw refused(path, 'invalid_type', 'is an instance of a class; only plain objects are data');
  const members: string[] = [];
  // Default sort compares code units: no locale, the same in every process.
  for (const key of Object.keys(value).sort()) {
    const member: unknown = (value as Record<string, unknown>)[key];
    if (member === undefined) continue;
    members.push(
      `${JSON.stringify(key)}:${written(member, path === '' ? key : `${path}.${key}`, depth + 1)}`,
    );
  }
  return `{${members.join(',')}}`;
}

// By what the prototype is, not whose: plain objects of another realm (vm, worker, test runner) are data too.
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function refused(path: string, code: string, why: string): RecobroError {
  return new RecobroError('invalid_document', 'the document is not plain JSON data', {
    problems: [{ path, code, message: `the value ${why}` }],
  });
}
