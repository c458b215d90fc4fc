import { overrides } from '../messages/reading-order.js';
import type { Limits } from './limits.js';
import { grown, type ProblemList } from './problems.js';

const forbidden: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * A plain copy of a value, so that what is checked is what is used: later
 * changes by the host, getters and class instances have no say. Members that
 * are `undefined` are left out. Everything that JSON cannot hold, and text that
 * a database cannot store, is a problem.
 *
 * @returns the copy, or undefined when a limit was exceeded and nothing else is worth saying
 */
export function snapshot(
  value: unknown,
  limits: Limits,
  problems: ProblemList,
): { readonly copy: unknown } | undefined {
  let size = 0;
  let stopped = false;
  const ancestors = new Set<object>();

  function stop(at: Place | undefined, message: string): undefined {
    stopped = true;
    problems.add(pathOf(at), 'too_large', message);
  }

  function refuse(at: Place | undefined, code: 'invalid_type' | 'invalid_text', message: string): undefined {
    problems.add(pathOf(at), code, message);
  }

  function count(characters: number, at: Place | undefined): boolean {
    size += characters;
    if (size > limits.size) stop(at, `the whole holds more than ${limits.size} characters; split it`);
    return !stopped;
  }

  function text(value: string, at: Place | undefined): string | undefined {
    if (value.length > limits.text) {
      return stop(at, `this text has ${value.length} characters; at most ${limits.text} are allowed`);
    }
    if (!count(value.length + 3, at)) return undefined;
    // PostgreSQL stores neither in JSON.
    if (value.includes('\0') || !value.isWellFormed()) {
      refuse(at, 'invalid_text', 'the text holds a NUL or half a character; clean it');
    } else if (limits.inOrder === true && overrides(value)) {
      refuse(
        at,
        'invalid_text',
        'the text holds marks that turn the order of reading (U+202A to U+202E); take them out, and isolate what runs the other way (U+2066 to U+2069)',
      );
    }
    return value;
  }

  function scalar(value: unknown, at: Place | undefined): unknown {
    if (typeof value === 'string') return text(value, at);
    if (!count(4, at)) return undefined;
    if (typeof value === 'boolean') return value;
    if (typeof value === 'number') {
      if (!Number.isFinite(value)) refuse(at, 'invalid_type', `${value} is no number that JSON can hold`);
      return value === 0 ? 0 : value;
    }
    return refuse(at, 'invalid_type', `a ${typeof value} is no data; write text, a number, true or false`);
  }

  function walk(value: unknown, at: Place | undefined, depth: number): unknown {
    if (value === null) return count(4, at) ? null : undefined;
    if (typeof value !== 'object') return scalar(value, at);
    if (ancestors.has(value)) {
      return refuse(at, 'invalid_type', 'this refers back to something that holds it; write plain data');
    }
    if (depth > limits.depth) return stop(at, `this is nested deeper than ${limits.depth} levels`);
    ancestors.add(value);
    const copy = Array.isArray(value) ? list(value, at, depth) : record(value, at, depth);
    ancestors.delete(value);
    return copy;
  }

  function list(value: readonly unknown[], parent: Place | undefined, depth: number): unknown {
    // Before the loop: a list may claim any length without holding anything.
    if (!count(value.length * 2 + 2, parent)) return undefined;
    const copy: unknown[] = [];
    for (let key = 0; key < value.length && !stopped; key++) {
      const at: Place = { parent, key };
      if (value[key] === undefined)
        refuse(at, 'invalid_type', 'this place of the list is empty; leave it out');
      copy.push(value[key] === undefined ? undefined : walk(value[key], at, depth + 1));
    }
    return copy;
  }

  function record(value: object, parent: Place | undefined, depth: number): unknown {
    // By what the prototype is, not whose: plain objects of another realm are data too.
    const prototype: object | null = Object.getPrototypeOf(value);
    if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
      const name = className(prototype);
      const advice = name === 'Date' ? 'write the date as text' : 'write a plain object';
      return refuse(parent, 'invalid_type', `an instance of ${name} is no plain data; ${advice}`);
    }
    const copy: Record<string, unknown> = {};
    for (const key of Object.keys(value)) {
      const at: Place = { parent, key };
      if (!count(key.length + 4, at)) return undefined;
      if (forbidden.has(key)) {
        problems.add(pathOf(at), 'unknown_key', `the key ${JSON.stringify(key)} is not allowed anywhere`);
        continue;
      }
      const member = Object.getOwnPropertyDescriptor(value, key);
      if (member === undefined || member.get !== undefined || member.set !== undefined) {
        refuse(at, 'invalid_type', 'a getter is no plain data; write its value');
      } else if (member.value !== undefined) copy[key] = walk(member.value, at, depth + 1);
      if (stopped) return undefined;
    }
    return copy;
  }

  const copy = value === undefined ? undefined : walk(value, undefined, 1);
  return stopped ? undefined : { copy };
}

/** Where a value stands; made into text only for problems. */
interface Place {
  readonly parent: Place | undefined;
  readonly key: string | number;
}

function pathOf(at: Place | undefined): string {
  return at === undefined ? '' : grown(pathOf(at.parent), at.key);
}

function className(prototype: object): string {
  const made: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  return typeof made === 'function' && made.name !== '' ? made.name : 'a class';
}
