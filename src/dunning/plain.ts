import type { Json } from '../stores/store.js';

/**
 * A value made of plain data as JSON: what `JSON.parse(JSON.stringify(value))` gives, but parts that are
 * plain JSON already are handed back as they are, and most are. The result shares memory with the
 * value; neither may be written to.
 */
export function plainOf(value: unknown): Json {
  return partOf(value) ?? null;
}

/** Undefined for what JSON leaves out of an object. */
function partOf(value: unknown): Json | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? (value === 0 ? 0 : value) : null;
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return listOf(value);
      return isPlain(value) ? objectOf(value) : strictly(value);
    default:
      return typeof value === 'bigint' ? strictly(value) : undefined;
  }
}

function listOf(list: readonly unknown[]): Json {
  let copy: Json[] | undefined;
  for (let index = 0; index < list.length; index++) {
    const member = list[index];
    const part = partOf(member) ?? null;
    if (copy === undefined && Object.is(part, member)) continue;
    copy ??= list.slice(0, index) as Json[];
    copy.push(part);
  }
  return copy ?? (list as readonly Json[]);
}

function objectOf(object: Readonly<Record<string, unknown>>): Json {
  let copy: [string, Json][] | undefined;
  const keys = Object.keys(object);
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? '';
    const member = object[key];
    const part = partOf(member);
    if (copy === undefined && part !== undefined && Object.is(part, member)) continue;
    copy ??= keys.slice(0, index).map((before) => [before, object[before] as Json]);
    if (part !== undefined) copy.push([key, part]);
  }
  // From entries, for a key may be called `__proto__`.
  return copy === undefined ? (object as Readonly<Record<string, Json>>) : Object.fromEntries(copy);
}

/** What has a form of its own in JSON, or none, is left to JSON. */
function strictly(value: unknown): Json | undefined {
  const text: string | undefined = JSON.stringify(value);
  return text === undefined ? undefined : (JSON.parse(text) as Json);
}

function isPlain(value: object): value is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
