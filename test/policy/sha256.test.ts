import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/policy/sha256.js';

const expected = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

describe('sha256', () => {
  it('gives the digests of the standard', () => {
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('pads texts of every length to whole blocks', () => {
    for (let length = 0; length <= 200; length++) {
      const text = 'x'.repeat(length);
      expect([length, sha256(text)]).toEqual([length, expected(text)]);
    }
  });

  it('agrees with the one of Node on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(sha256(text)).toBe(expected(text));
      }),
    );
    expect(sha256('\u{d800}¿é€😀')).toBe(expected('\u{d800}¿é€😀'));
  });
});
