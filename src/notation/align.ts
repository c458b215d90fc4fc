import { isPlain, same } from './values.js';

/** What becomes of a list: which entries stay, by their old and new places. */
export type Kept = ReadonlyMap<number, number>;

/** Beyond this many comparisons entries are matched by place alone. */
const mostComparisons = 4_000_000;

/**
 * Matches the entries of a list with those that it had, so that an entry keeps
 * its text and comments when others come, go or change: by `id` where entries
 * have one, else by what they say; what is left between two matches is taken
 * as changed in place.
 *
 * @returns new place by old place, rising
 */
export function aligned(old: readonly unknown[], next: readonly unknown[]): Kept {
  const kept = new Map<number, number>();
  let start = 0;
  while (start < old.length && start < next.length && matches(old[start], next[start])) {
    kept.set(start, start);
    start++;
  }
  let end = 0;
  while (
    end < old.length - start &&
    end < next.length - start &&
    matches(old[old.length - 1 - end], next[next.length - 1 - end])
  )
    end++;
  const before = old.slice(start, old.length - end);
  const after = next.slice(start, next.length - end);
  let [from, to] = [0, 0];
  for (const [i, j] of [...common(before, after), [before.length, after.length] as const]) {
    pair(before, after, from, i, to, j, (a, b) => kept.set(start + a, start + b));
    if (i < before.length) kept.set(start + i, start + j);
    [from, to] = [i + 1, j + 1];
  }
  for (let index = end; index > 0; index--) kept.set(old.length - index, next.length - index);
  return kept;
}

function idOf(value: unknown): string | undefined {
  return isPlain(value) && typeof value.id === 'string' ? value.id : undefined;
}

function matches(a: unknown, b: unknown): boolean {
  const id = idOf(a);
  return id === undefined ? same(a, b) : id === idOf(b);
}

/** What stands between two matches: entries without ids, or with ids that are new, are the old ones changed. */
function pair(
  before: readonly unknown[],
  after: readonly unknown[],
  from: number,
  until: number,
  to: number,
  last: number,
  keep: (a: number, b: number) => void,
): void {
  let [a, b] = [from, to];
  while (a < until && b < last) {
    const one = before[a];
    const other = after[b];
    if (after.some((candidate) => idOf(one) !== undefined && idOf(candidate) === idOf(one))) a++;
    else if (before.some((candidate) => idOf(other) !== undefined && idOf(candidate) === idOf(other))) b++;
    else keep(a++, b++);
  }
}

/** A longest common subsequence. */
function common(a: readonly unknown[], b: readonly unknown[]): readonly (readonly [number, number])[] {
  if (a.length === 0 || b.length === 0 || a.length * b.length > mostComparisons) return [];
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  const equal = a.map((one) => b.map((other) => matches(one, other)));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        equal[i]?.[j] === true
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
  const found: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (equal[i]?.[j] === true) found.push([i++, j++]);
    else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
  return found;
}
