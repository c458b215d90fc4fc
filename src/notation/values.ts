/** Values that JSON can hold. */

export type Plain = Readonly<Record<string, unknown>>;

export function isPlain(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two values are the same as JSON, whatever the order of keys. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, index) => same(one, b[index]));
  if (!isPlain(a) || !isPlain(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
  );
}

/** Where something stands: keys of objects and places in lists. */
export type Steps = readonly (string | number)[];

/** The keys that an object at a place has, in the order in which they are written; absent: as they come. */
export type KeyOrder = (steps: Steps, value: Plain) => readonly string[];

/** Keys of an object in the order that is wanted; those that it does not know come last, as they stand. */
export function orderedKeys(value: Plain, steps: Steps, order: KeyOrder | undefined): readonly string[] {
  const keys = Object.keys(value);
  if (order === undefined) return keys;
  const ranks = new Map(order(steps, value).map((key, index) => [key, index] as const));
  const rank = (key: string): number => ranks.get(key) ?? ranks.size;
  return keys.toSorted((a, b) => rank(a) - rank(b));
}

/** A copy with every object's keys in the order that is wanted. */
export function orderedValue(value: unknown, steps: Steps, order: KeyOrder | undefined): unknown {
  if (Array.isArray(value)) return value.map((one, index) => orderedValue(one, [...steps, index], order));
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    orderedKeys(value, steps, order).map((key) => [key, orderedValue(value[key], [...steps, key], order)]),
  );
}
