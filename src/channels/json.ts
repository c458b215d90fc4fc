/**
 * Careful reading of JSON from outside: any shape may come, nothing is trusted,
 * nothing throws, and only own properties are looked at.
 */

/** Deeper ones mean nothing to anybody, and would overflow the stack of whoever writes them anew. */
const deepest = 100;

/** The parsed text, or undefined where it is not JSON or nested more than 100 deep. */
export function parseJson(text: string): unknown {
  if (isDeep(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an expected answer (error pages of proxies); the caller decides by the status.
    return undefined;
  }
}

/** Counts brackets outside of texts. */
function isDeep(text: string): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (isText) {
      if (unit === 0x5c) at++;
      else if (unit === 0x22) isText = false;
    } else if (unit === 0x22) isText = true;
    else if (unit === 0x5b || unit === 0x7b) {
      depth++;
      if (depth > deepest) return true;
    } else if (unit === 0x5d || unit === 0x7d) depth--;
  }
  return false;
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
