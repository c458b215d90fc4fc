/**
 * Careful reading of JSON from outside: any shape may come, nothing is trusted,
 * nothing throws, and only own properties are looked at.
 */

/** The parsed text, or undefined where it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an expected answer (error pages of proxies); the caller decides by the status.
    return undefined;
  }
}

/** An own property of an object, or undefined. */
export function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  const found: unknown = Reflect.get(value, name);
  return found;
}

/** The first entry of a list, or undefined. */
export function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}

/** A text, or an empty one for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A whole number, also where it was sent as text. */
export function wholeOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** An id as providers give them: 1 to 512 visible ASCII characters. */
export function idOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[!-~]{1,512}$/.test(value) ? value : undefined;
}
