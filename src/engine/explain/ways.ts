import type { Change, Way } from './types.js';

/** More ways than these, or longer ones, help nobody. */
const mostWays = 12;

/** Nothing has to change. */
export const satisfied: readonly Way[] = [[]];

/** Any of these ways. */
export function either(parts: readonly (readonly Way[])[]): readonly Way[] {
  return sorted(parts.flat());
}

/** One way of each part, together. No way where some part has none. */
export function together(parts: readonly (readonly Way[])[]): readonly Way[] {
  let ways: readonly Way[] = satisfied;
  for (const part of parts) {
    const next: Way[] = [];
    for (const way of ways) for (const other of part) next.push(joined(way, other));
    ways = sorted(next);
  }
  return ways;
}

/** The shortest first, none of which holds all of another. */
function sorted(ways: readonly Way[]): readonly Way[] {
  const kept: Way[] = [];
  for (const way of [...ways].sort((a, b) => a.length - b.length)) {
    if (kept.length === mostWays) break;
    if (!kept.some((other) => other.every((change) => has(way, change)))) kept.push(way);
  }
  return kept;
}

function joined(way: Way, other: Way): Way {
  return [...way, ...other.filter((change) => !has(way, change))];
}

function has(way: Way, change: Change): boolean {
  const text = JSON.stringify(change);
  return way.some((one) => JSON.stringify(one) === text);
}
