import { nearest } from '../../schema/nearest.js';

/** One thing that was expected and not found so. */
export interface Mismatch {
  /** Where the expectation stands, such as `when[2].then.sent[0].channel`. */
  readonly path: string;
  readonly expected: unknown;
  readonly found: unknown;
  /** In one sentence. */
  readonly message: string;
}

type Members = Readonly<Record<string, unknown>>;

/** Words that compare instead of being members. */
const operators = new Set([
  'is',
  'not',
  'oneOf',
  'contains',
  'lacks',
  'like',
  'gt',
  'gte',
  'lt',
  'lte',
  'exists',
]);
/** Words that speak of a list. */
const listWords = new Set(['some', 'exactly', 'none', 'every', 'count', 'inOrder']);
/** Members whose texts may hold `*`. */
const globbed = new Set(['id', 'act', 'case', 'key', 'thread', 'message', 'hash']);
/** What a bare text or number is compared with where an object was found. */
const faces = ['item', 'id', 'stage', 'name', 'code', 'type'];

/** Compares what was expected with what was found: partial for objects and lists. Answers every difference. */
export function match(expected: unknown, found: unknown, path: string): readonly Mismatch[] {
  const wrong: Mismatch[] = [];
  compare(expected, found, path, wrong);
  return wrong;
}

/** Whether it fits. */
export function fits(expected: unknown, found: unknown): boolean {
  return match(expected, found, '').length === 0;
}

function compare(expected: unknown, found: unknown, path: string, wrong: Mismatch[]): void {
  const fail = (message: string): void => {
    wrong.push({ path, expected, found, message });
  };
  if (expected === null || expected === 'none') {
    const empty = found === undefined || found === null || found === 'none';
    const list = Array.isArray(found);
    const bare = isMembers(found) && Object.keys(found).length === 0;
    if (!empty && !bare && !(list && found.length === 0))
      fail(`expected nothing, found ${list ? `${found.length}${listed(found)}` : show(found)}`);
    return;
  }
  // What is counted and never happened is not there.
  if (expected === 0 && found === undefined) return;
  if (Array.isArray(expected)) {
    if (Array.isArray(found)) compareSome(expected, found, path, wrong);
    else fail(`expected a list, found ${show(found)}`);
    return;
  }
  if (isMembers(expected)) {
    if (isOf(expected, operators)) operate(expected, found, path, wrong);
    else if (Array.isArray(found) && isOf(expected, listWords)) compareList(expected, found, path, wrong);
    else if (isMembers(found)) compareMembers(expected, found, path, wrong);
    else if (Array.isArray(found) && found.length === 1) compare(expected, found[0], path, wrong);
    else fail(`expected ${show(expected)}, found ${show(found)}`);
    return;
  }
  if (Array.isArray(found)) {
    if (typeof expected === 'number') {
      if (found.length !== expected) fail(`expected ${expected}, found ${found.length}${listed(found)}`);
    } else if (found.length === 1) compare(expected, found[0], path, wrong);
    else fail(`expected ${show(expected)}, found ${show(found)}`);
    return;
  }
  if (isMembers(found)) {
    const face = faces.find((key) => found[key] !== undefined);
    if (face !== undefined && same(expected, found[face], face)) return;
    fail(`expected ${show(expected)}, found ${show(found)}`);
    return;
  }
  if (!same(expected, found, lastKey(path))) fail(`expected ${show(expected)}, found ${show(found)}`);
}

function compareMembers(expected: Members, found: Members, path: string, wrong: Mismatch[]): void {
  for (const [key, value] of Object.entries(expected)) {
    const at = `${path}.${key}`;
    const inner = found[key];
    const absent = inner === undefined && !Object.hasOwn(found, key);
    const near = absent ? nearest(key, Object.keys(found)) : undefined;
    // Nothing is always found under a misspelt name.
    if (absent && (near !== undefined || !wantsNothing(value))) {
      const known = Object.keys(found).filter((one) => found[one] !== undefined);
      const hint =
        near === undefined ? `; there is ${known.slice(0, 12).join(', ')}` : `; did you mean ${near}?`;
      wrong.push({
        path: at,
        expected: value,
        found: undefined,
        message: `expected ${show(value)}, found nothing${known.length === 0 ? '' : hint}`,
      });
    } else compare(value, inner, at, wrong);
  }
}

/** Everything that is said of a list. */
function compareList(expected: Members, found: readonly unknown[], path: string, wrong: Mismatch[]): void {
  const { some, exactly, none, every, count, inOrder } = expected;
  if (Array.isArray(some)) {
    if (inOrder === true) compareInOrder(some, found, `${path}.some`, wrong);
    else compareSome(some, found, `${path}.some`, wrong);
  }
  if (Array.isArray(exactly)) {
    const at = `${path}.exactly`;
    if (exactly.length !== found.length)
      wrong.push({
        path: at,
        expected: exactly,
        found,
        message: `expected exactly ${exactly.length}, found ${found.length}${listed(found)}`,
      });
    else if (inOrder === true) {
      exactly.forEach((one, index) => {
        compare(one, found[index], `${at}[${index}]`, wrong);
      });
    } else compareSome(exactly, found, at, wrong);
  }
  if (Array.isArray(none)) {
    none.forEach((one, index) => {
      const hit = found.find((candidate) => fits(one, candidate));
      if (hit !== undefined)
        wrong.push({
          path: `${path}.none[${index}]`,
          expected: one,
          found: hit,
          message: `expected none like ${show(one)}, found ${show(brief(hit, one))}`,
        });
    });
  }
  if (every !== undefined) {
    for (const one of found) compare(every, one, `${path}.every`, wrong);
  }
  if (count !== undefined) compare(count, found.length, `${path}.count`, wrong);
}

/** Each of the expected fits one of the found, and no two of them the same. */
function compareSome(
  expected: readonly unknown[],
  found: readonly unknown[],
  path: string,
  wrong: Mismatch[],
): void {
  const fitting = expected.map((one) => found.flatMap((candidate, at) => (fits(one, candidate) ? [at] : [])));
  const takenBy = new Map<number, number>();
  // Kuhn's augmenting paths: a broad expectation must not take the only one that a narrow one fits.
  const place = (which: number, seen: Set<number>): boolean => {
    for (const at of fitting[which] ?? []) {
      if (seen.has(at)) continue;
      seen.add(at);
      const holder = takenBy.get(at);
      if (holder === undefined || place(holder, seen)) {
        takenBy.set(at, which);
        return true;
      }
    }
    return false;
  };
  expected.forEach((one, index) => {
    if (place(index, new Set())) return;
    const free = found.filter((_, at) => !takenBy.has(at));
    wrong.push(...missing(one, free.length === 0 ? found : free, `${path}[${index}]`));
  });
}

function compareInOrder(
  expected: readonly unknown[],
  found: readonly unknown[],
  path: string,
  wrong: Mismatch[],
): void {
  let from = 0;
  expected.forEach((one, index) => {
    const at = found.findIndex((candidate, place) => place >= from && fits(one, candidate));
    if (at < 0) wrong.push(...missing(one, found.slice(from), `${path}[${index}]`));
    else from = at + 1;
  });
}

/** None fits: says what the one that comes nearest has instead. */
function missing(expected: unknown, found: readonly unknown[], path: string): readonly Mismatch[] {
  const tries = found.map((candidate) => ({ candidate, wrong: match(expected, candidate, path) }));
  const best = tries.sort((a, b) => a.wrong.length - b.wrong.length)[0];
  const near = found.length === 1 || (best?.wrong.length ?? 0) < Object.keys(expected ?? {}).length;
  if (best !== undefined && isMembers(expected) && near) return best.wrong;
  return [
    {
      path,
      expected,
      found,
      message: `expected one like ${show(expected)}, found ${
        found.length === 0
          ? 'none'
          : found
              .map((one) => show(brief(one, expected)))
              .join(', ')
              .slice(0, 600)
      }`,
    },
  ];
}

/** What was found, as far as it was spoken of. */
function brief(found: unknown, expected: unknown): unknown {
  if (!isMembers(found)) return found;
  const keys = isMembers(expected) ? Object.keys(expected) : faces;
  return Object.fromEntries(keys.map((key) => [key, found[key]]));
}

function operate(expected: Members, found: unknown, path: string, wrong: Mismatch[]): void {
  for (const [word, value] of Object.entries(expected)) {
    const ok = holds(word, value, found);
    if (!ok)
      wrong.push({
        path: `${path}.${word}`,
        expected: value,
        found,
        message: `expected ${phrases[word] ?? word} ${show(value)}, found ${show(found)}`,
      });
  }
}

const phrases: Readonly<Record<string, string>> = {
  is: '',
  not: 'anything but',
  oneOf: 'one of',
  contains: 'something that contains',
  lacks: 'something without',
  like: 'something like',
  gt: 'more than',
  gte: 'at least',
  lt: 'less than',
  lte: 'at most',
  exists: 'existence to be',
};

function holds(word: string, value: unknown, found: unknown): boolean {
  switch (word) {
    case 'is':
      return fits(value, found);
    case 'not':
      return !fits(value, found);
    case 'oneOf':
      return Array.isArray(value) && value.some((one) => fits(one, found));
    case 'exists':
      return (found !== undefined && found !== null) === value;
    case 'contains':
      return texts(value).every((part) => includes(found, part));
    case 'lacks':
      return texts(value).every((part) => !includes(found, part));
    case 'like':
      return typeof value === 'string' && glob(value, String(found ?? ''));
    default: {
      const a = numberOf(found);
      const b = numberOf(value);
      const order = a === undefined || b === undefined ? textOrder(found, value) : a - b;
      if (order === undefined) return false;
      if (word === 'gt') return order > 0;
      if (word === 'gte') return order >= 0;
      return word === 'lt' ? order < 0 : order <= 0;
    }
  }
}

/** Dates and other texts stand in their own order. */
function textOrder(a: unknown, b: unknown): number | undefined {
  if (typeof a !== 'string' || typeof b !== 'string') return undefined;
  return a < b ? -1 : a > b ? 1 : 0;
}

function texts(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function includes(found: unknown, part: unknown): boolean {
  if (Array.isArray(found)) return found.some((one) => fits(part, one));
  return typeof found === 'string' && found.includes(String(part));
}

function same(expected: unknown, found: unknown, key: string): boolean {
  if (Object.is(expected, found)) return true;
  if (found === undefined || found === null) return false;
  if (typeof found === 'boolean' || typeof expected === 'boolean') return false;
  const [wanted, got] = [String(expected), String(found)];
  if (wanted === got) return true;
  if (decimal.test(wanted) && decimal.test(got) && (got.includes('.') || wanted.includes('.')))
    return plainDecimal(wanted) === plainDecimal(got);
  return typeof expected === 'string' && globbed.has(key) && wanted.includes('*') && glob(wanted, got);
}

const decimal = /^-?\d+(?:\.\d+)?$/;

/** `100.00` and `100` are one amount. */
function plainDecimal(text: string): string {
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && decimal.test(value) ? Number(value) : undefined;
}

/** Whether a text fits a pattern in which `*` stands for any characters. */
export function glob(pattern: string, text: string): boolean {
  const parts = pattern.split('*');
  const [first = ''] = parts;
  const last = parts.at(-1) ?? '';
  if (parts.length === 1) return pattern === text;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false;
  let from = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const at = text.indexOf(part, from);
    if (at < 0 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
}

function wantsNothing(value: unknown): boolean {
  return value === null || value === 'none' || value === 0 || (isMembers(value) && value.exists === false);
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOf(value: Members, words: ReadonlySet<string>): boolean {
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => words.has(key));
}

function lastKey(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).replace(/\[\d+\]$/, '');
}

const longest = 300;

/** A value as a reader of a report wants it. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function listed(found: readonly unknown[]): string {
  return found.length === 0 ? '' : `: ${show(found.map((one) => brief(one, undefined)))}`;
}
