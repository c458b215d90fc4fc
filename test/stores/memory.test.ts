import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/stores/memory/index.js';
import { compareText } from '../../src/stores/memory/order.js';
import { describeStore } from '../support/store-suite.js';

const without = { transaction: 'the memory store has no transactions of the host to join' };

describeStore('memory store, a new one for each law', () => ({ store: memoryStore() }), { without });

describe('memory store', () => {
  it('refuses a transaction rather than ignoring it', async () => {
    const store = memoryStore();
    await expect(store.commit([], { transaction: {} })).rejects.toMatchObject({ code: 'invalid_option' });
    await expect(store.load('', [], { transaction: {} })).rejects.toMatchObject({ code: 'invalid_option' });
    await expect(store.appendOnce('', 'k', 0, null, { transaction: {} })).rejects.toMatchObject({
      code: 'invalid_option',
    });
  });

  it('writes nothing when a value of the batch is no JSON', async () => {
    const store = memoryStore();
    const circular: { self?: unknown } = {};
    circular.self = circular;
    const file = { header: circular as never, put: new Map(), remove: [] };
    const good = { tenant: '', account: 'a', expected: 0, events: [], acts: [] };
    await expect(store.commit([good, { ...good, account: 'b', file }])).rejects.toThrow();
    expect(await store.load('', ['a', 'b'])).toEqual([]);
  });

  it('orders texts by their UTF-8 bytes', () => {
    const texts = ['', 'a', 'B', 'ab', 'é', '\u{ff5e}', '\u{1f600}', '\u{d7ff}', '\u{e000}', '\u{10ffff}'];
    const byBytes = [...texts].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect([...texts].sort(compareText)).toEqual(byBytes);
  });
});
