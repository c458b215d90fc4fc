import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../src/calendar/index.js';
import { readFact } from '../../src/engine/conditions.js';
import { itemUnit } from '../../src/engine/units.js';
import { AccountView } from '../../src/engine/view.js';
import type { AccountFile, Case } from '../../src/ledger/file.js';
import {
  type Fact,
  factCatalogue,
  factNames,
  factOf,
  operators,
  operatorsOf,
} from '../../src/policy/facts.js';
import { parseFacts } from '../../src/schema/facts.js';

const now = parseInstant('2026-03-10T12:00:00Z');

/** An account of which every fact is known. */
function subject() {
  const total = { amount: '100.00', currency: 'MXN' };
  const facts = parseFacts(
    {
      accounts: [
        { id: 'a', name: 'A', country: 'MX', language: 'es', tags: ['x'], attributes: { sector: 'retail' } },
      ],
      invoices: [
        {
          id: 'open',
          account: 'a',
          total,
          issued: '2026-01-01',
          due: '2026-02-01',
          tags: ['y'],
          attributes: { site: 'n' },
        },
        { id: 'paid', account: 'a', total, issued: '2026-01-01', due: '2026-02-01' },
      ],
      payments: [{ id: 'p', account: 'a', invoice: 'paid', amount: total, date: '2026-02-11' }],
    },
    { now },
  ).get('a')!;
  const running: Case = {
    id: 'p/open#1',
    policy: 'p',
    version: 1,
    hash: '',
    subject: 'open',
    opening: 1,
    opened: '2026-01-01',
    state: 'open',
    shift: 0,
    marks: [],
  };
  const file: AccountFile = {
    id: 'a',
    seq: 1,
    account: facts.account,
    invoices: new Map(facts.invoices.map((invoice) => [invoice.id, invoice])),
    cases: new Map([['open', [running]]]),
    unbooked: new Map(),
    replies: new Map(),
    plans: new Map(),
    sources: new Map(),
    kept: new Map(),
    charged: new Map(),
    moved: new Map(),
    payments: new Map(facts.payments.map((payment) => [payment.id, payment])),
    credits: new Map(),
    holds: new Map(),
    disputes: new Map(),
    promises: new Map(),
    acts: new Map(),
    touches: [],
    unusable: [],
  };
  const view = new AccountView(file, 'UTC', now);
  const item = view.items.find((one) => one.id === 'open');
  return { view, unit: item && itemUnit(item), case: running };
}

describe('the fact catalogue', () => {
  const known = subject();

  it.each(factNames())('%s is read by the engine as the type that it claims', (name) => {
    const value = readFact(name)(known);
    const { type }: Fact = factCatalogue[name];
    switch (type) {
      case 'money':
        expect(value).toBeInstanceOf(Map);
        break;
      case 'number':
      case 'days':
        expect(value).toBeTypeOf('number');
        break;
      case 'text':
        expect(value).toBeTypeOf('string');
        break;
      case 'boolean':
        expect(value).toBeTypeOf('boolean');
        break;
      default:
        expect(value).toBeInstanceOf(Array);
    }
  });

  it('gives shares in percent and days to pay from issue', () => {
    expect(readFact('account.shareLate')(known)).toBe(100);
    expect(readFact('account.daysToPay')(known)).toBe(41);
  });

  it('finds the host’s own fields', () => {
    expect(factOf('account.attributes.sector')).toMatchObject({
      type: 'attribute',
      places: ['segment', 'stage'],
    });
    expect(readFact('account.attributes.sector')(known)).toBe('retail');
    expect(factOf('item.attributes.site')).toMatchObject({ type: 'attribute', places: ['stage'] });
    expect(readFact('item.attributes.site')(known)).toBe('n');
  });

  it.each(['', 'account', 'account.attributes.', 'account.attributes', 'toString', 'item.Dunnable'])(
    'knows no %j',
    (name) => {
      expect(factOf(name)).toBeUndefined();
    },
  );

  it('lets segments see nothing of items', () => {
    expect(factNames('segment').every((name) => name.startsWith('account.'))).toBe(true);
    expect(factNames('stage')).toEqual(factNames());
  });

  it('has operators of every type in their documented order', () => {
    for (const list of Object.values(operatorsOf)) {
      expect(operators.filter((one) => (list as readonly string[]).includes(one))).toEqual(list);
    }
  });

  it('describes every fact in a sentence', () => {
    for (const name of factNames()) expect(factCatalogue[name].description).toMatch(/^[A-Z].*\.$/);
  });
});
