import fc from 'fast-check';

/** Inputs that look enough like the right ones to get deep into a parser, and are wrong somewhere. */

/** Stands in texts of people: wherever it shows up in an answer or an error, something was given away. */
export const canary = 'canary-5f2c9e';

/** Every UTF-16 unit, halves of surrogate pairs and controls included. */
const units: fc.Arbitrary<string> = fc
  .array(fc.nat(0xffff), { maxLength: 40 })
  .map((list) => String.fromCharCode(...list));

/** Any text at all. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  units,
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '\r\nX: y',
    '__proto__',
    'constructor',
    canary,
    '9'.repeat(400),
    'a'.repeat(70_000),
  ),
);

/** Words of a parser's own in any order, with anything between. */
export function soup(words: readonly string[]): fc.Arbitrary<string> {
  const part = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...words) },
    { weight: 2, arbitrary: fc.nat(9999).map(String) },
    { weight: 1, arbitrary: anyText },
  );
  return fc
    .array(fc.tuple(part, fc.constantFrom(' ', '', ', ', '-', '/', '.', '\n', ' ')), { maxLength: 14 })
    .map((parts) => parts.flat().join(''));
}

/** A JSON value of texts like these. */
export function anyJson(texts: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const leaf = fc.oneof(texts, fc.integer(), fc.double(), fc.boolean(), fc.constant(null));
  const { node } = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      leaf,
      fc.array(tie('node'), { maxLength: 4 }),
      fc.dictionary(texts, tie('node'), { maxKeys: 5, noNullPrototype: true }),
    ),
  }));
  return node;
}

/** One of these values with up to five of its members replaced, removed or repeated. */
export function mutated(examples: readonly unknown[], texts: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  const change = fc.record({
    at: fc.nat(10_000),
    how: fc.constantFrom('replace', 'replace', 'remove', 'wrap', 'repeat'),
    by: anyJson(texts),
  });
  return fc
    .tuple(fc.constantFrom(...examples), fc.array(change, { maxLength: 5 }))
    .map(([example, changes]) => {
      const top: { value: unknown } = { value: structuredClone(example) };
      for (const { at, how, by } of changes) {
        const places = placesOf(top);
        const [owner, key] = places[at % places.length] ?? [top, 'value'];
        const old: unknown = Reflect.get(owner, key);
        if (how === 'remove' && owner !== top) Reflect.deleteProperty(owner, key);
        else if (how === 'wrap') Reflect.set(owner, key, [old]);
        else if (how === 'repeat')
          Reflect.set(owner, key, Array.isArray(old) ? [...old, ...old] : [old, old]);
        else Reflect.set(owner, key, structuredClone(by));
      }
      return top.value;
    });
}

function placesOf(root: object): (readonly [object, string])[] {
  const places: (readonly [object, string])[] = [];
  const visit = (owner: object): void => {
    for (const [key, value] of Object.entries(owner)) {
      places.push([owner, key]);
      if (typeof value === 'object' && value !== null && places.length < 400) visit(value);
    }
  };
  visit(root);
  return places;
}

/** Names and texts of the examples, for mutations that stay near. */
export function wordsOf(examples: readonly unknown[]): readonly string[] {
  const words = new Set<string>(['__proto__', 'constructor', canary]);
  const visit = (value: unknown): void => {
    if (typeof value === 'string') words.add(value.slice(0, 200));
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) {
        words.add(key);
        visit(inner);
      }
  };
  for (const example of examples) visit(example);
  return [...words];
}

/** Texts of the examples or any others. */
export function textsLike(examples: readonly unknown[]): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...wordsOf(examples)) },
    { weight: 1, arbitrary: anyText },
  );
}

/** Bytes of a text, now and then with one byte wrong, cut, or nested beyond measure. */
export function bytesOf(texts: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array> {
  const spoil = fc.option(fc.record({ at: fc.nat(), byte: fc.nat(255), cut: fc.boolean() }), { freq: 6 });
  return fc.tuple(texts, spoil).map(([text, spoiled]) => {
    const bytes = new TextEncoder().encode(text);
    if (spoiled === null || bytes.length === 0) return bytes;
    const at = spoiled.at % bytes.length;
    if (spoiled.cut) return bytes.slice(0, at);
    bytes[at] = spoiled.byte;
    return bytes;
  });
}

/** JSON texts near the examples, of any shape, or nested beyond measure. */
export function jsonLike(examples: readonly unknown[]): fc.Arbitrary<Uint8Array> {
  const texts = textsLike(examples);
  const deep = fc
    .tuple(fc.constantFrom('[', '{"a":', '[{"entry":'), fc.nat(30_000))
    .map(([open, times]) => open.repeat(times));
  return bytesOf(
    fc.oneof(
      { weight: 90, arbitrary: mutated(examples, texts).map((value) => JSON.stringify(value) ?? '') },
      { weight: 8, arbitrary: anyJson(texts).map((value) => JSON.stringify(value)) },
      { weight: 4, arbitrary: anyText },
      { weight: 1, arbitrary: deep },
    ),
  );
}
