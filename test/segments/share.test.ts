import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareOf } from '../../src/segments/index.js';
import { avalanche, fnv1a, sharesUnder } from '../../src/segments/share.js';

/** The algorithm as its description says it, on bytes and bigint. */
function described(key: string, salt: string): number {
  const utf8 = new TextEncoder();
  const bytes = [...utf8.encode(salt), 0xff, ...utf8.encode(key)];
  const wrap = (value: bigint): bigint => BigInt.asUintN(32, value);
  let h = 0x811c9dc5n;
  for (const byte of bytes) h = wrap((h ^ BigInt(byte)) * 0x01000193n);
  h ^= h >> 16n;
  h = wrap(h * 0x85ebca6bn);
  h ^= h >> 13n;
  h = wrap(h * 0xc2b2ae35n);
  h ^= h >> 16n;
  return Number((h * 10_000n) >> 32n);
}

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), loneSurrogates());

function loneSurrogates(): fc.Arbitrary<string> {
  return fc
    .array(fc.integer({ min: 0xd700, max: 0xe0ff }), { maxLength: 6 })
    .map((units) => String.fromCharCode(...units));
}

describe('shareOf', () => {
  // Worked out by another program from the description. They never change: a share is for ever.
  it.each([
    ['', '', 7217],
    ['robles', 'tone-test', 9353],
    ['robles', 'pilot-2026', 2934],
    ['robles', 'acme/tone-test', 4860],
    ['a', 'b', 9945],
    ['ab', '', 3763],
    ['', 'ab', 3723],
    ['Müller & Söhne', 'tone-test', 2036],
    ['株式会社', 'tone-test', 1456],
    ['🦊', 'tone-test', 8992],
    ['\ufffd', 'x', 3662],
    ['\ud83e', 'x', 3662],
    ['\udd8a', 'x', 3662],
  ])('%j under %j is %i', (key, salt, share) => {
    expect(shareOf(key, salt)).toBe(share);
  });

  it('rests on FNV-1a and the finaliser of MurmurHash3 as published', () => {
    expect(['', 'a', 'foobar', 'Müller', '🦊'].map(fnv1a)).toEqual([
      0x811c9dc5, 0xe40c292c, 0xbf9cf968, 0x78b60f3c, 0x0e130b58,
    ]);
    expect([0, 1, 0xffffffff].map(avalanche)).toEqual([0, 0x514e28b7, 0x81f16f39]);
  });

  it('is what its description says, for any texts', () => {
    fc.assert(
      fc.property(anyText, anyText, (key, salt) => {
        expect(shareOf(key, salt)).toBe(described(key, salt));
        expect(sharesUnder(salt)(key)).toBe(described(key, salt));
      }),
      { numRuns: 2000 },
    );
  });

  it('knows where one byte, two, three and four begin and end', () => {
    const edges = [
      0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xd800, 0xdbff, 0xdc00, 0xdfff, 0xe000, 0xffff, 0x10000, 0x10ffff,
    ];
    for (const point of edges) {
      const key = `${String.fromCodePoint(point)}a`;
      expect([point, shareOf(key, key)]).toEqual([point, described(key, key)]);
    }
  });

  it('spreads ids evenly, whatever they look like and whatever the salt', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 30 }), fc.constantFrom(...shapes), (salt, shape) => {
        const counts = new Array<number>(cells).fill(0);
        for (let n = 0; n < sample; n++) {
          const cell = Math.floor((shareOf(shape(n), salt) * cells) / 10_000);
          counts[cell] = (counts[cell] ?? 0) + 1;
        }
        expect(chiSquare(counts, sample / cells)).toBeLessThan(tooUneven);
      }),
      // A fixed seed: the law is statistical, its test is not.
      { seed: 20_260_301, numRuns: 60 },
    );
  });

  it('gives one account independent places under different salts', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.string({ minLength: 1, maxLength: 3 }), (salt, more) => {
        const counts = new Array<number>(cells).fill(0);
        for (let n = 0; n < sample; n++) {
          const key = `account-${n}`;
          const first = Math.floor((shareOf(key, salt) * 10) / 10_000);
          const second = Math.floor((shareOf(key, salt + more) * 10) / 10_000);
          counts[first * 10 + second] = (counts[first * 10 + second] ?? 0) + 1;
        }
        expect(chiSquare(counts, sample / cells)).toBeLessThan(tooUneven);
      }),
      { seed: 20_260_302, numRuns: 30 },
    );
  });
});

const sample = 10_000;
const cells = 100;
/** 99 degrees of freedom: chance goes beyond 165 less than once in 20,000 tries. */
const tooUneven = 165;

/** What ids of hosts look like. */
const shapes: readonly ((n: number) => string)[] = [
  (n) => String(n),
  (n) => `C${String(n).padStart(8, '0')}`,
  (n) => `${n * 1000}`,
  (n) => `cus_${(n * 2_654_435_761).toString(36)}`,
  (n) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`,
  (n) => `cliente-${n}@acme.example`,
];

function chiSquare(counts: readonly number[], expected: number): number {
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
