import { describe, expect, it } from 'vitest';
import { asksLevel, compileCondition, isTimed, readFact } from '../../src/engine/conditions.js';
import { itemUnit } from '../../src/engine/units.js';
import { AccountView } from '../../src/engine/view.js';
import { factNames } from '../../src/policy/facts.js';
import type { Condition } from '../../src/policy/types.js';
import { anAccount, anInvoice, aPayment, fileOf, instant, told, zone } from '../support/build.js';

const account = anAccount({
  tags: ['key', 'export'],
  country: 'MX',
  language: 'es-MX',
  attributes: { sector: 'food', score: 71, insured: true, nothing: null, digits: '5' },
});
const file = fileOf(
  told.account(account),
  told.invoice(anInvoice({ tags: ['urgent'], attributes: { po: 'PO-1' } })),
  told.invoice(anInvoice({ id: 'F2', due: '2026-04-01', total: 5_000 })),
  told.invoice(anInvoice({ id: 'USD', currency: 'USD', due: '2026-02-20', total: 900 })),
  told.invoice(anInvoice({ id: 'OLD', issued: '2026-01-01', due: '2026-01-31', total: 700 })),
  told.invoice(anInvoice({ id: 'EARLY', issued: '2026-01-01', due: '2026-01-31', total: 700 })),
  told.invoice(anInvoice({ id: 'EUR', currency: 'EUR', due: '2026-05-01', total: 300 })),
  told.payment(aPayment({ amount: 2_000, to: 'F1' })),
  told.payment(aPayment({ id: 'P2', amount: 700, to: 'OLD', date: '2026-02-20' })),
  told.payment(aPayment({ id: 'P3', amount: 700, to: 'EARLY', date: '2026-01-31' })),
);
const view = new AccountView(file, zone, instant('2026-03-05T12:00:00-06:00'));
const item = view.items.find((one) => one.id === 'F1');
const unit = item && itemUnit(item);

function holds(condition: Condition): boolean {
  return compileCondition(condition)({ view, unit });
}

describe('facts', () => {
  const read = (name: string): unknown => {
    const value = readFact(name)({ view, unit });
    return value instanceof Map ? Object.fromEntries(value) : value;
  };

  it('of the catalogue all have a value, or are known to be unknown', () => {
    const values = Object.fromEntries(factNames().map((name) => [name, read(name)]));
    // No case, no credit line, no scores, no replies, and too thin a history.
    const unknownHere = Object.fromEntries(
      factNames()
        .filter((name) =>
          /^(case|exposure)\.|^account\.(typical|risk|class|percentile|creditLimit|daysSinceReply)|^item\.(branch|entity|area)/.test(
            name,
          ),
        )
        .map((name) => [name, undefined]),
    );
    expect(values).toEqual({
      ...unknownHere,
      'item.charges': { MXN: 0 },
      'item.type': 'invoice',
      'item.inPlan': false,
      'account.unapplied': {},
      'account.disputed': {},
      'account.openPromises': {},
      'account.promisesKept': 0,
      'account.promisesPartlyKept': 0,
      'account.promisesBroken': 0,
      'account.branches': 0,
      'item.outstanding': { MXN: 8_000 },
      'item.dunnable': { MXN: 8_000 },
      'item.original': { MXN: 10_000 },
      'item.daysPastDue': 4,
      'item.overdue': true,
      'item.currency': 'MXN',
      'item.tags': ['urgent'],
      'case.stagesDone': 0,
      'account.outstanding': { EUR: 300, MXN: 13_000, USD: 900 },
      'account.overdue': { MXN: 8_000, USD: 900 },
      'account.dunnable': { EUR: 300, MXN: 13_000, USD: 900 },
      'account.openItems': 4,
      'account.overdueItems': 2,
      'account.oldestDaysPastDue': 13,
      'account.itemsPaid': 2,
      'account.itemsPaidLate': 1,
      'account.shareLate': 50,
      'account.daysToPay': 40,
      'account.country': 'MX',
      'account.language': 'es-MX',
      'account.tags': ['key', 'export'],
      'account.hardship': false,
    });
  });

  it('of the host are read by name, own members only', () => {
    expect(read('account.attributes.sector')).toBe('food');
    expect(read('item.attributes.po')).toBe('PO-1');
    expect(read('account.attributes.constructor')).toBeUndefined();
    expect(read('account.attributes.none')).toBeUndefined();
  });

  it('are unknown where nobody told of the account, and of items where none is looked at', () => {
    const nothing = new AccountView(fileOf(), zone, 0);
    const known = factNames().flatMap((name) => {
      const value = readFact(name)({ view: nothing });
      return value === undefined || value === 0 || (value instanceof Map && value.size === 0) ? [] : [name];
    });
    expect(known).toEqual([]);
    for (const name of ['account.attributes.x', 'item.attributes.x', 'account.scores.x', 'account.nonsense'])
      expect(readFact(name)({ view: nothing })).toBeUndefined();
    expect(readFact('item.attributes.po')({ view })).toBeUndefined();
    expect(readFact('item.outstanding')({ view })).toBeUndefined();
    expect(compileCondition({ fact: 'item.outstanding', gte: { MXN: '0.00' } })({ view })).toBe(false);
  });

  it('of the host that are scores are read by name', () => {
    const scored = (scores: ReturnType<typeof anAccount>['scores']) => {
      const known = new AccountView(fileOf(told.account(anAccount({ scores }))), zone, 0);
      return (name: string) => readFact(name)({ view: known });
    };
    expect(scored({ asOf: '2026-03-01', own: { churn: 0.4 } })('account.scores.churn')).toBe(0.4);
    expect(scored({ asOf: '2026-03-01', own: { churn: 0.4 } })('account.scores.constructor')).toBeUndefined();
    expect(scored({ asOf: '2026-03-01' })('account.scores.churn')).toBeUndefined();
    expect(scored(undefined)('account.scores.churn')).toBeUndefined();
  });

  it('of a thin history are unknown, never zero', () => {
    const fresh = new AccountView(fileOf(told.account(anAccount())), zone, 0);
    for (const name of ['account.shareLate', 'account.daysToPay', 'account.oldestDaysPastDue'])
      expect(readFact(name)({ view: fresh })).toBeUndefined();
    const late: Condition = { fact: 'account.shareLate', gte: 0 };
    expect(compileCondition(late)({ view: fresh })).toBe(false);
  });
});

describe('operators', () => {
  it('compare numbers, texts and booleans of one type only', () => {
    expect(holds({ fact: 'account.attributes.score', gte: 71, lt: 72 })).toBe(true);
    expect(holds({ fact: 'account.attributes.score', gt: 71 })).toBe(false);
    expect(holds({ fact: 'account.attributes.score', eq: '71' })).toBe(false);
    expect(holds({ fact: 'account.attributes.score', ne: '70' })).toBe(false);
    expect(holds({ fact: 'account.country', gt: 'A' })).toBe(false);
    expect(holds({ fact: 'account.country', ne: 'ES' })).toBe(true);
    expect(holds({ fact: 'account.country', ne: 'MX' })).toBe(false);
    expect(holds({ fact: 'account.country', eq: 'MX' })).toBe(true);
    expect(holds({ fact: 'account.attributes.score', eq: 71 })).toBe(true);
    expect(holds({ fact: 'account.attributes.score', eq: 70 })).toBe(false);
    expect(holds({ fact: 'account.attributes.score', lte: 71 })).toBe(true);
    expect(holds({ fact: 'account.attributes.score', lte: 70 })).toBe(false);
    expect(holds({ fact: 'account.attributes.digits', gt: 3 })).toBe(false);
    expect(holds({ fact: 'account.attributes.score', gt: '3' })).toBe(false);
    expect(holds({ fact: 'account.attributes.nothing', ne: 1 })).toBe(false);
    expect(holds({ fact: 'account.attributes.score', in: [71] })).toBe(true);
    expect(holds({ fact: 'account.country', in: ['ES'] })).toBe(false);
    expect(holds({ fact: 'account.attributes.none', in: ['ES'] })).toBe(false);
    expect(holds({ fact: 'account.tags', in: ['key'] })).toBe(false);
    expect(holds({ fact: 'account.attributes.insured', eq: true })).toBe(true);
    expect(holds({ fact: 'account.country', in: ['ES', 'MX'] })).toBe(true);
    expect(holds({ fact: 'account.tags', has: 'key' })).toBe(true);
    expect(holds({ fact: 'account.tags', has: 'ke' })).toBe(false);
  });

  it('never hold for what is not known, but exists tells', () => {
    for (const operator of ['eq', 'ne', 'lt', 'gte'] as const)
      expect(holds({ fact: 'account.attributes.none', [operator]: 1 })).toBe(false);
    expect(holds({ fact: 'account.attributes.none', exists: false })).toBe(true);
    expect(holds({ fact: 'account.attributes.nothing', exists: true })).toBe(false);
    expect(holds({ not: { fact: 'account.attributes.none', eq: 1 } })).toBe(true);
  });

  it('compare money by currency: at least in any, at most in all', () => {
    const owes = (operator: 'gte' | 'gt' | 'lte' | 'lt', limits: Record<string, string>): boolean =>
      holds({ fact: 'account.overdue', [operator]: limits });
    expect(owes('gte', { MXN: '80.00' })).toBe(true);
    expect(owes('gt', { MXN: '80.00' })).toBe(false);
    expect(owes('gte', { MXN: '999.00', USD: '9.00' })).toBe(true);
    expect(owes('gte', { EUR: '0.00' })).toBe(false);
    expect(owes('lte', { MXN: '80.00', USD: '9.00' })).toBe(true);
    expect(owes('lt', { MXN: '80.01', USD: '9.00' })).toBe(false);
    expect(holds({ fact: 'item.dunnable', ne: { MXN: '80.00' } })).toBe(false);
    expect(holds({ fact: 'item.dunnable', ne: { MXN: '80.01' } })).toBe(true);
    expect(holds({ fact: 'item.dunnable', eq: { MXN: '80.00' } })).toBe(true);
    expect(holds({ fact: 'item.dunnable', gte: { MXN: '80.00' }, lt: { MXN: '80.01' } })).toBe(true);
    expect(holds({ fact: 'item.dunnable', gt: { MXN: '80.00' }, lt: { MXN: '80.01' } })).toBe(false);
    expect(holds({ fact: 'item.dunnable', gte: { USD: '1.00' } })).toBe(false);
    expect(holds({ fact: 'item.dunnable', lte: { USD: '1.00' } })).toBe(false);
    expect(holds({ fact: 'item.dunnable', lte: { MXN: '79.99' } })).toBe(false);
    expect(holds({ fact: 'item.dunnable', exists: true })).toBe(true);
    expect(holds({ fact: 'item.dunnable', gte: 1 })).toBe(false);
    expect(holds({ fact: 'account.overdue', eq: { MXN: '80.00' } })).toBe(true);
    expect(holds({ fact: 'account.overdue', eq: { MXN: '80.01' } })).toBe(false);
    expect(holds({ fact: 'account.country', gte: { MXN: '1.00' } })).toBe(false);
    // What has no threshold is not known to be small.
    expect(owes('lte', { MXN: '80.00' })).toBe(false);
  });

  it('join under all, any and not', () => {
    const yes: Condition = { fact: 'account.country', eq: 'MX' };
    const no: Condition = { fact: 'account.country', eq: 'ES' };
    expect(
      [{ all: [yes, no] }, { any: [no, yes] }, { not: no }, { all: [yes, { not: no }] }].map(holds),
    ).toEqual([false, true, true, true]);
  });
});

it.each([
  'item.daysPastDue',
  'item.overdue',
  'account.overdue',
  'account.overdueItems',
  'account.oldestDaysPastDue',
  'case.daysSinceContact',
  'case.daysOpen',
])('a condition on %s may change overnight, in any place', (fact) => {
  const timed: Condition = { fact, exists: true };
  const still: Condition = { fact: 'account.country', eq: 'MX' };
  for (const condition of [timed, { all: [still, timed] }, { any: [still, timed] }, { not: timed }])
    expect(isTimed(condition)).toBe(true);
});

it('conditions on days past due may change overnight, others may not', () => {
  expect(
    isTimed({ any: [{ fact: 'account.country', eq: 'MX' }, { not: { fact: 'item.overdue', eq: true } }] }),
  ).toBe(true);
  expect(
    isTimed({
      all: [
        { fact: 'account.country', eq: 'MX' },
        { fact: 'item.dunnable', gt: {} },
      ],
    }),
  ).toBe(false);
});

it('conditions ask for the level in any place, or not', () => {
  const level: Condition = { fact: 'case.level', gte: 1 };
  const stage: Condition = { fact: 'case.stage', eq: 'a' };
  const still: Condition = { fact: 'account.country', eq: 'MX' };
  for (const condition of [level, stage, { all: [still, level] }, { any: [still, stage] }, { not: level }])
    expect(asksLevel(condition)).toBe(true);
  for (const condition of [still, { all: [still] }, { any: [still] }, { not: still }])
    expect(asksLevel(condition)).toBe(false);
});
