import { describe, expect, it } from 'vitest';
import { equal, upsert } from '../../src/ledger/upsert.js';
import { anInvoice } from '../support/build.js';

describe('a record pushed again', () => {
  const known = anInvoice({ version: 3 });

  it('is new, the same, or changed', () => {
    expect(upsert(undefined, known)).toBe('new');
    expect(upsert(known, anInvoice({ version: 3 }))).toBe('same');
    expect(upsert(known, anInvoice({ version: 4 }))).toBe('changed');
    expect(upsert(anInvoice(), anInvoice())).toBe('same');
    expect(upsert(anInvoice(), anInvoice({ total: 1 }))).toBe('changed');
  });

  it('never replaces a newer one', () => {
    expect(upsert(known, anInvoice({ version: 2, total: 1 }))).toBe('older');
  });

  it('with a version replaces one without, and the other way round', () => {
    expect(upsert(anInvoice(), anInvoice({ version: 1 }))).toBe('changed');
    expect(upsert(known, anInvoice({ total: 1 }))).toBe('changed');
  });

  it('of the same version and other content is a conflict', () => {
    expect(upsert(known, anInvoice({ version: 3, total: 1 }))).toBe('conflict');
  });
});

describe('equality of records', () => {
  it('does not care about order of keys or about members that are undefined', () => {
    expect(equal({ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2, d: undefined }], a: 1 })).toBe(true);
  });

  it.each<[string, unknown, unknown]>([
    ['a number and an object without members', 1, {}],
    ['a text and a list without members', '', []],
    ['nothing and an object', undefined, {}],
    ['null and an object', null, {}],
    ['null and a list', null, []],
    ['a list and an object, both without members', [], {}],
    ['a list and an object of the same members', ['x'], { 0: 'x' }],
    ['a list and an object that has a length', ['x'], { 0: 'x', length: 1 }],
    ['a list and a longer one', [1], [1, 2]],
    ['a list and one with a hole at its end', [], [undefined]],
    ['an object and one with a member more', { a: 1 }, { a: 1, b: 2 }],
    ['an object and one with null in its place', { a: 1 }, { a: 1, b: null }],
    ['objects that differ deep down', { a: { b: [{ c: 1 }] } }, { a: { b: [{ c: 2 }] } }],
    ['the same text and number', '1', 1],
  ])('tells apart %s, either way round', (_, a, b) => {
    expect(equal(a, b)).toBe(false);
    expect(equal(b, a)).toBe(false);
  });

  it('holds for what has the same members, either way round', () => {
    const a = { n: Number.NaN, list: [undefined, { deep: [] }], gone: undefined };
    const b = { list: [undefined, { deep: [] }], n: Number.NaN };
    expect(equal(a, b)).toBe(true);
    expect(equal(b, a)).toBe(true);
    expect(equal({ c: undefined }, {})).toBe(true);
    expect(equal({}, { c: undefined })).toBe(true);
  });

  it('tells lists from objects, null from nothing, order of lists', () => {
    expect(equal([], {})).toBe(false);
    expect(equal({ a: null }, {})).toBe(false);
    expect(equal([1, 2], [2, 1])).toBe(false);
    expect(equal({ a: 1 }, { b: 1 })).toBe(false);
    expect(equal(null, {})).toBe(false);
  });
});
