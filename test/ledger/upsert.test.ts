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

  it('of the same version and other content is a conflict', () => {
    expect(upsert(known, anInvoice({ version: 3, total: 1 }))).toBe('conflict');
  });
});

describe('equality of records', () => {
  it('does not care about order of keys or about members that are undefined', () => {
    expect(equal({ a: 1, b: [{ c: 2 }] }, { b: [{ c: 2, d: undefined }], a: 1 })).toBe(true);
  });

  it('tells lists from objects, null from nothing, order of lists', () => {
    expect(equal([], {})).toBe(false);
    expect(equal({ a: null }, {})).toBe(false);
    expect(equal([1, 2], [2, 1])).toBe(false);
    expect(equal({ a: 1 }, { b: 1 })).toBe(false);
    expect(equal(null, {})).toBe(false);
  });
});
