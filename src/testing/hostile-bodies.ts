/** Bodies that no provider sends, for the receiving half of the channel contract. */

/** Stands in every hostile text: wherever it shows up, something was let through. */
export const canary = 'canary-5f2c9e';

/** A body with a name for reports. */
export interface HostileBody {
  readonly name: string;
  readonly body: Uint8Array;
}

/** Whether something reached the prototype of all objects; leaves it clean. */
export function isPolluted(): boolean {
  const found = Reflect.get({}, canary) !== undefined || Reflect.get([], canary) !== undefined;
  for (const prototype of [Object.prototype, Array.prototype]) Reflect.deleteProperty(prototype, canary);
  return found;
}

const poison = `{"${canary}":"${canary}"}`;

const fixed: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['blanks', ' \n\t '],
  ...['null', 'true', '0', '-1e999', `"${canary}"`, '[]', '{}', '[null]', '[[]]', '[{}]', '{"":""}'].map(
    (text) => [`the value ${text}`, text] as const,
  ),
  ['a broken text', `{"a":"${canary}`],
  ['a page of HTML', `<!doctype html><p>${canary}</p>`],
  ['deep lists', '['.repeat(50_000) + ']'.repeat(50_000)],
  ['deep lists that are left open', '['.repeat(100_000)],
  ['deep objects', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
  ['many members', `{${Array.from({ length: 20_000 }, (_, n) => `"k${n}":${n}`).join(',')}}`],
  ['many entries', `[${Array.from({ length: 20_000 }, () => '{}').join(',')}]`],
  ['a long text', `{"text":"${canary.repeat(20_000)}"}`],
  ['numbers beyond all numbers', `{"id":${'9'.repeat(400)},"time":1e400,"n":-0}`],
  ['prototypes', `{"__proto__":${poison},"constructor":{"prototype":${poison}},"a":{"__proto__":${poison}}}`],
  ['broken surrogates', '{"text":"\\ud800","id":"\\udfff\\ud800"}'],
  ['controls', '{"text":"a\\u0000b\\r\\nX-Header: c"}'],
  ['a form', `a=1&a=2&__proto__=${canary}&%=%ZZ&=&${canary}`],
  ['a broken form', '%%%&&&==='],
];

/** Members in whose place any of these may come. */
const wrong: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  `${canary}\r\nX: y`,
  `\u0000\ud800${canary}`,
  [],
  [[[]]],
  {},
  { a: { b: canary } },
  Array.from({ length: 300 }, () => canary),
  'deep',
];

/** What stands for `deep`: too deep to be written by `JSON.stringify`, which calls itself. */
const deep = '['.repeat(20_000) + ']'.repeat(20_000);

/** Of every example, one copy for each member and a wrong value in its place, at most so many. */
const mostCopies = 80;

/** Bodies that are hostile by themselves, whatever the provider. */
export function* hostileTexts(): Generator<HostileBody> {
  for (const [name, text] of fixed) yield { name, body: utf8(text) };
  yield {
    name: 'bytes that are no UTF-8',
    body: Uint8Array.from({ length: 512 }, (_, n) => 255 - (n % 256)),
  };
  yield { name: 'UTF-16', body: new Uint8Array(Buffer.from(`\ufeff{"a":"${canary}"}`, 'utf16le')) };
}

/** Every example with each of its members spoiled, cut, and with broken bytes. */
export function* spoiledExamples(examples: readonly string[]): Generator<HostileBody> {
  for (const [index, text] of examples.entries()) {
    let count = 0;
    for (const body of spoiled(text)) {
      if (++count > mostCopies) break;
      yield { name: `example ${index} with its member ${count} spoiled`, body: utf8(body) };
    }
    const cut = Uint8Array.from(utf8(text));
    yield { name: `example ${index}, cut`, body: cut.slice(0, Math.floor(cut.length / 2)) };
    cut.fill(0xff, Math.floor(cut.length / 3), Math.floor(cut.length / 3) + 4);
    yield { name: `example ${index} with bytes that are no UTF-8`, body: cut };
  }
}

/** The same body with members that nobody knows in every object, or in the form. */
export function withUnknownFields(text: string): string {
  const value = jsonOf(text);
  if (value === undefined) return `${text}&XUnknownField=${canary}`;
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? { ...inner, x_unknown_field: [canary, 1, null] }
      : inner,
  );
}

function* spoiled(text: string): Generator<string> {
  const value = jsonOf(text);
  let nth = 0;
  const next = (): unknown => wrong[nth++ % wrong.length];
  if (value === undefined) {
    const form = [...new URLSearchParams(text)];
    for (const [name] of form) {
      const other = form.map(([key, old]): [string, string] => [key, key === name ? textOf(next()) : old]);
      yield new URLSearchParams(other).toString();
      yield new URLSearchParams(form.filter(([key]) => key !== name)).toString();
      yield new URLSearchParams([...form, [name, canary]]).toString();
    }
    return;
  }
  for (const path of pathsOf(value)) {
    yield JSON.stringify(replaced(value, path, next())).replace('"deep"', deep);
    yield JSON.stringify(replaced(value, path, undefined));
  }
}

type Path = readonly (string | number)[];

function* pathsOf(value: unknown, path: Path = []): Generator<Path> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key];
    yield at;
    yield* pathsOf(inner, at);
  }
}

function replaced(value: unknown, [head, ...rest]: Path, by: unknown): unknown {
  if (head === undefined) return by;
  if (Array.isArray(value))
    return value.map((one, index) => (index === head ? replaced(one, rest, by) : one));
  if (typeof value !== 'object' || value === null) return by;
  return { ...value, [head]: replaced(Reflect.get(value, head), rest, by) };
}

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    // A form, then: an example is one of the two.
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
