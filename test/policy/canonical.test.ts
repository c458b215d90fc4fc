import { createHash } from 'node:crypto';
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

  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  const refused: [string, unknown, string][] = [
    ['a function', { a: { f: () => 1 } }, 'a.f'],
    ['NaN', [0, Number.NaN], '[1]'],
    ['infinity', { a: Number.POSITIVE_INFINITY }, 'a'],
    ['bigint', { a: 1n }, 'a'],
    ['a symbol', { a: Symbol('x') }, 'a'],
    ['a Date', { when: new Date(0) }, 'when'],
    ['a Map', { when: new Map() }, 'when'],
    ['a hole in a list', { a: [undefined] }, 'a[0]'],
  ];
  it.each(refused)('refuses %s with its path', (_, value, path) => {
    try {
      canonicalJson(value);
    } catch (error) {
      if (!isRecobroError(error, 'invalid_document')) throw error;
      expect(error.problems[0]?.path).toBe(path);
      return;
    }
    expect.unreachable();
  });

  it('refuses a document that refers to itself', () => {
    expect(() => canonicalJson(cyclic)).toThrow(/refers to itself/);
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
