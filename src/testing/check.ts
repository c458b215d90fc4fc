/**
 * The few assertions that the contract suites need, so that they run under
 * any test runner. They throw plain errors that say what was expected.
 */
export function check(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}

/** Equal as data: the order of object keys does not matter, that of lists does. */
export function same(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [canonical(actual), canonical(expected)];
  if (got !== wanted) throw new Error(`${what}: expected ${wanted}, got ${got}`);
}

/** Equal as JSON text: the order of object keys matters too. */
export function identical(actual: unknown, expected: unknown, what: string): void {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (got !== wanted) throw new Error(`${what}: expected ${wanted}, got ${got}`);
}

/** The call must throw an error of recobro with this code. */
export async function throwsCode(call: () => Promise<unknown>, code: string, what: string): Promise<void> {
  let thrown: unknown;
  try {
    await call();
  } catch (error) {
    thrown = error;
  }
  check(thrown !== undefined, `${what}: expected an error with code ${code}, but nothing was thrown`);
  const actual = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : undefined;
  if (actual === code) return;
  throw new Error(`${what}: expected an error with code ${code}, got ${String(thrown)}`, { cause: thrown });
}

/** Everything that a stream yields. */
export async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of stream) all.push(one);
  return all;
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
