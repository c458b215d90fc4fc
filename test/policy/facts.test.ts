import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../src/calendar/index.js';
import { compile } from '../../src/engine/compile.js';
import { readFact } from '../../src/engine/conditions.js';
import { emptyFile } from '../../src/engine/evolve.js';
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
import type { Policy } from '../../src/policy/types.js';
import { parseFacts } from '../../src/schema/facts.js';

const now = parseInstant('2026-03-10T12:00:00Z');

const money = (amount: string) => ({ amount, currency: 'MXN' });
const paid = (id: string) => ({
  invoice: { id, account: 'a', total: money('100.00'), issued: '2026-01-01', due: '2026-02-01' },
  payment: { id: `p-${id}`, account: 'a', invoice: id, amount: money('100.00'), date: '2026-02-11' },
});
const settled = ['one', 'two', 'three'].map(paid);

/** An account of which every fact is known. */
function subject() {
  const facts = parseFacts(
    {
      accounts: [
        {
          id: 'a',
          name: 'A',
          country: 'MX',
          language: 'es',
          tags: ['x'],
          attributes: { sector: 'retail' },
          branches: [{ id: 'north', name: 'North' }],
          credit: { currency: 'MXN', limit: '1000.00', insured: '500.00' },
          scores: { asOf: '2026-03-01', class: 'A', percentile: 90, own: { bureau: 640 } },
        },
      ],
      invoices: [
        {
          id: 'open',
          account: 'a',
          total: money('100.00'),
          issued: '2026-01-01',
          due: '2026-02-01',
          tags: ['y'],
          attributes: { site: 'n' },
          branch: 'north',
          entity: 'mx',
          area: 'retail',
        },
        ...settled.map(({ invoice }) => invoice),
      ],
      payments: settled.map(({ payment }) => payment),
      replies: [{ id: 'r', account: 'a', at: '2026-03-01T10:00:00Z', handled: true }],
    },
    { now, zone: 'UTC' },
  ).get('a')!;
  const policy: Policy = {
    id: 'p',
    version: 1,
    stages: [{ id: 's', tone: 'friendly', at: { from: 'due' }, do: [{ send: 's' }] }],
  };
  const engine = compile({ plan: { id: 'plan', version: 1, zone: 'UTC' }, policies: [policy] });
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
    marks: [{ stage: 's', occurrence: 1, state: 'done', on: '2026-03-01', tried: [], revision: 0 }],
  };
  const file: AccountFile = {
    ...emptyFile('a'),
    account: facts.account,
    invoices: new Map(facts.invoices.map((invoice) => [invoice.id, invoice])),
    cases: new Map([['open', [running]]]),
    payments: new Map(facts.payments.map((payment) => [payment.id, payment])),
    replies: new Map(facts.replies.map((reply) => [reply.id, reply])),
  };
  const view = new AccountView(file, 'UTC', now);
  const item = view.items.find((one) => one.id === 'open');
  return { view, unit: item && itemUnit(item), case: running, policy: engine.policies.get('p') };
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

  it('finds the host’s own scores', () => {
    expect(factOf('account.scores.bureau')).toMatchObject({ type: 'number', places: ['segment', 'stage'] });
    expect(readFact('account.scores.bureau')(known)).toBe(640);
    expect(readFact('account.scores.toString')(known)).toBeUndefined();
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

  it.each([
    '',
    'account',
    'account.attributes.',
    'account.attributes',
    'account.scores.',
    'toString',
    'item.Dunnable',
  ])('knows no %j', (name) => {
    expect(factOf(name)).toBeUndefined();
  });

  it('lets segments see nothing of items', () => {
    expect(factNames('segment').every((name) => /^(account|exposure)\./.test(name))).toBe(true);
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
