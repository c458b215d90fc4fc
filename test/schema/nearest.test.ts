import { describe, expect, it } from 'vitest';
import { hint, nearest } from '../../src/schema/nearest.js';

describe('nearest', () => {
  it.each([
    ['zoen', 'zone'],
    ['ZONE', 'zone'],
    ['segmants', 'segments'],
    ['asign', 'assign'],
    ['contatc', 'contact'],
    ['defaultt', 'default'],
  ])('takes %s for %s', (word, meant) => {
    expect(nearest(word, ['zone', 'segments', 'assign', 'contact', 'default'])).toBe(meant);
  });

  it('counts two letters in each other’s place as one edit', () => {
    expect(nearest('ot', ['to'])).toBe('to');
    expect(nearest('abcd', ['badc'])).toBeUndefined();
  });

  it('takes the nearest of several', () => {
    expect(nearest('iten.due', ['item.dunnable', 'item.due', 'item.dues'])).toBe('item.due');
  });

  it('takes no short word for another: lun is not sun', () => {
    expect(nearest('lun', ['mon', 'sun'])).toBeUndefined();
  });

  it.each(['x', 'colour', 'zones and more', 'a'.repeat(100)])('takes %s for nothing', (word) => {
    expect(nearest(word, ['zone', 'segments', 'assign'])).toBeUndefined();
  });
});

describe('hint', () => {
  it('names what was probably meant, else what there is, else nothing', () => {
    expect(hint('zoen', ['zone', 'id'])).toBe('; did you mean "zone"?');
    expect(hint('x', ['zone', 'id'])).toBe('; known: zone, id');
    expect(hint('x', [])).toBe('');
    expect(
      hint(
        'x',
        Array.from({ length: 13 }, (_, i) => `key-${i}`),
      ),
    ).toBe('');
    expect(
      hint(
        'zoen',
        Array.from({ length: 301 }, () => 'zone'),
      ),
    ).toBe('');
  });
});
