/**
 * How a record pushed by the host meets the one already known. Records may
 * carry a `version`: older never overwrites newer; equal version with other
 * content is an error. Without versions the later push wins.
 */
export type Upsert = 'new' | 'changed' | 'same' | 'older' | 'conflict';

/** Compares an incoming record with the known one. */
export function upsert<T extends { readonly version?: number | undefined }>(
  known: T | undefined,
  incoming: T,
): Upsert {
  if (known === undefined) return 'new';
  const same = equal(known, incoming);
  if (known.version !== undefined && incoming.version !== undefined) {
    if (incoming.version < known.version) return 'older';
    if (incoming.version === known.version) return same ? 'same' : 'conflict';
    return 'changed';
  }
  return same ? 'same' : 'changed';
}

/** Deep equality of plain data; `undefined` members count as absent. */
export function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((value, index) => equal(value, b[index]));
  }
  const x = new Map(Object.entries(a).filter(([, value]) => value !== undefined));
  const y = new Map(Object.entries(b).filter(([, value]) => value !== undefined));
  if (x.size !== y.size) return false;
  for (const [key, value] of x) if (!y.has(key) || !equal(value, y.get(key))) return false;
  return true;
}
