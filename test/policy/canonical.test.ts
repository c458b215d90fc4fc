import { createHash } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRecobroError } from '../../src/errors.js';
import { canonicalJson, contentHash } from '../../src/policy/canonical.js';

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, shuffled(member)]),
  );
}

describe('canonicalJson', () => {
  it('sorts keys at every level and keeps lists in order', () => {
    expect(canonicalJson({ b: [{ z: 1, a: 2 }, 'x'], a: null, é: true })).toBe(
      '{"a":null,"b":[{"a":2,"z":1},"x"],"é":true}',
    );
  });

  it('leaves undefined members out, as JSON does', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  it('is JSON, and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = canonicalJson(value);
        // -0 is written as 0, as JSON.stringify does.
        expect(JSON.stringify(JSON.parse(text))).toBe(
          JSON.stringify(JSON.parse(canonicalJson(shuffled(value)))),
        );
        expect(text).toBe(canonicalJson(shuffled(value)));
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('takes plain objects of any origin', () => {
    expect(canonicalJson(Object.assign(Object.create(null), { b: 1, a: 2 }))).toBe('{"a":2,"b":1}');
    expect(canonicalJson(runInNewContext('({ b: [1], a: null })'))).toBe('{"a":null,"b":[1]}');
  });

  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  class Own {
    readonly amount = 1;
  }
  const nested = (levels: number): unknown => (levels === 0 ? 'end' : [nested(levels - 1)]);
  const refused: [string, unknown, string, string, string][] = [
    [
      'a function',
      { a: { f: () => 1 } },
      'a.f',
      'invalid_type',
      'the value is function, which JSON cannot hold',
    ],
    ['nothing at all', undefined, '', 'invalid_type', 'the value is undefined, which JSON cannot hold'],
    ['NaN', [0, Number.NaN], '[1]', 'invalid_type', 'the value is no finite number'],
    ['infinity', { a: Number.POSITIVE_INFINITY }, 'a', 'invalid_type', 'the value is no finite number'],
    ['bigint', { a: 1n }, 'a', 'invalid_type', 'the value is bigint, which JSON cannot hold'],
    ['a symbol', { a: Symbol('x') }, 'a', 'invalid_type', 'the value is symbol, which JSON cannot hold'],
    [
      'a Date',
      { when: new Date(0) },
      'when',
      'invalid_type',
      'the value is an instance of a class; only plain objects are data',
    ],
    [
      'a Map',
      { when: new Map() },
      'when',
      'invalid_type',
      'the value is an instance of a class; only plain objects are data',
    ],
    [
      'an object of a class',
      [new Own()],
      '[0]',
      'invalid_type',
      'the value is an instance of a class; only plain objects are data',
    ],
    [
      'a hole in a list',
      { a: [undefined] },
      'a[0]',
      'invalid_type',
      'the value is undefined, which JSON cannot hold',
    ],
    [
      'a document that refers to itself',
      cyclic,
      new Array(65).fill('self').join('.'),
      'too_large',
      'the value is nested deeper than 64 levels, or refers to itself',
    ],
    [
      'one that is nested too deeply',
      nested(65),
      '[0]'.repeat(65),
      'too_large',
      'the value is nested deeper than 64 levels, or refers to itself',
    ],
  ];
  it.each(refused)('refuses %s with its path', (_, value, path, code, message) => {
    try {
      canonicalJson(value);
    } catch (error) {
      if (!isRecobroError(error, 'invalid_document')) throw error;
      expect(error.problems).toEqual([{ path, code, message }]);
      expect(error.message).toMatch(/^the document is not plain JSON data\n/);
      return;
    }
    expect.unreachable();
  });

  it('takes 64 levels', () => {
    expect(canonicalJson(nested(64))).toBe(`${'['.repeat(64)}"end"${']'.repeat(64)}`);
  });
});

describe('contentHash', () => {
  it('is the head of SHA-256 over the canonical text', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const expected = createHash('sha256').update(canonicalJson(value), 'utf8').digest('hex').slice(0, 16);
        expect(contentHash(value)).toBe(expected);
      }),
    );
  });

  it('changes with content and not with the order of keys', () => {
    expect(contentHash({ id: 'a', version: 1 })).toBe(contentHash({ version: 1, id: 'a' }));
    expect(contentHash({ id: 'a', version: 1 })).not.toBe(contentHash({ id: 'a', version: 2 }));
  });
});
