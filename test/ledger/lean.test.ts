import { describe, expect, it } from 'vitest';
import { lean } from '../../src/ledger/lean.js';
import type { Invoice } from '../../src/ledger/types.js';

const invoice = (more: Partial<Invoice> & { readonly id: string }): Invoice => ({
  number: more.id,
  status: 'open',
  currency: 'MXN',
  total: 100,
  issued: '2026-01-01',
  due: '2026-03-01',
  instalments: [],
  writtenOff: 0,
  externalIds: {},
  tags: [],
  attributes: {},
  ...more,
});

describe('a lean invoice', () => {
  it('says the same in the same order of keys, and shares what is empty with all others', () => {
    const one = invoice({ id: 'F-1' });
    const other = lean(invoice({ id: 'F-2' }));
    const kept = lean(one);
    expect(JSON.stringify(kept)).toBe(JSON.stringify(one));
    expect(kept.tags).toBe(other.tags);
    expect(kept.instalments).toBe(other.instalments);
    expect(kept.attributes).toBe(other.attributes);
    expect(kept.externalIds).toBe(other.externalIds);
    expect(Object.isFrozen(kept.tags) && Object.isFrozen(kept.attributes)).toBe(true);
  });

  it('keeps what is there', () => {
    const one = invoice({
      id: 'F-1',
      instalments: [{ id: '1', amount: 100, due: '2026-03-01' }],
      tags: ['export'],
      attributes: { contract: 'C-1' },
      externalIds: { sat: 'x' },
    });
    expect(lean(one)).toEqual(one);
  });
});
