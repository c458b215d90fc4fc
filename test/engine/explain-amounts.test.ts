import { describe, expect, it } from 'vitest';
import type { Policy, StageMinimum } from '../../src/policy/types.js';
import { anInvoice, aPayment, aStage, owing, told } from '../support/build.js';
import { type Situation, stands } from '../support/standing.js';

/** How much more would make something owed, or worth a stage: to the minor unit. */

const line = (situation: Situation): string | undefined => stands('2026-03-05', situation)[0]?.split(': ')[1];
/** Another invoice of the account, which stands first and has nothing to do with it. */
const old = anInvoice({ id: 'F0', due: '2026-01-01', total: 77_700 });
const paid = (amount: number) => told.payment(aPayment({ to: 'F1', amount }));

describe('what would make an item owed', () => {
  it.each<[string, Situation, string]>([
    [
      'is another kind of document, and what would be missing of that',
      { file: owing(old, anInvoice({ type: 'payable', total: 30_000 })), facts: [paid(30_000)] },
      'owed payable [invoice type payable + amount outstanding MXN 1]',
    ],
    [
      'is another status, and what is missing to the tolerance',
      {
        file: owing(old, anInvoice({ status: 'draft' })),
        facts: [paid(9_900)],
        plan: { tolerance: { MXN: '5.00' } },
      },
      'owed draft [invoice status draft open + amount outstanding MXN 400]',
    ],
    [
      'is both, and an amount',
      { file: owing(anInvoice({ status: 'draft', type: 'payable', total: 0 })) },
      'owed draft [invoice status draft open + invoice type payable + amount outstanding MXN 1]',
    ],
    [
      'is what was paid beyond it, and one more',
      { file: owing(anInvoice({ total: -5_00 })) },
      'owed negative [amount outstanding MXN 501]',
    ],
    [
      'is the least of a tolerance in another currency',
      {
        file: owing(anInvoice({ total: 3_00 })),
        plan: {
          ...{ tolerance: { USD: '1.00' }, otherCurrency: 'convert' },
          rates: [{ from: 'MXN', to: 'USD', rate: '0.05', on: '2026-01-01' }],
        },
      },
      'owed tolerance [amount outstanding MXN 1700]',
    ],
  ])('%s', (_, situation, answer) => {
    expect(line(situation)).toBe(answer);
  });
});

describe('what would make a stage worth it', () => {
  const asking = (min: StageMinimum, own: Partial<Policy['stages'][number]> = {}): Situation => ({
    policy: { stages: [aStage('a', '1d', { min, ...own })] },
  });
  const country = { when: { fact: 'account.country', eq: 'MX' } } as const;
  const usd = { amount: { USD: '50.00' } };

  it.each<[string, Situation, string]>([
    [
      'is no amount where it is reached and another condition fails',
      asking({ amount: { MXN: '50.00' } }, country),
      'condition condition [condition account.country eq MX]',
    ],
    [
      'is an amount for the currency beside the condition',
      asking(usd, country),
      'condition condition [condition account.country eq MX + threshold MXN]',
    ],
    [
      'is a rate to any of the currencies that have one',
      { ...asking({ amount: { USD: '50.00', EUR: '50.00' } }), plan: { otherCurrency: 'convert' } },
      'condition no_rate [rate MXN ["USD","EUR"]]',
    ],
    [
      'is what is missing in another currency',
      {
        ...asking(usd),
        plan: {
          otherCurrency: 'convert',
          rates: [{ from: 'MXN', to: 'USD', rate: '0.05', on: '2026-01-01' }],
        },
      },
      'condition minimum [amount dunnable MXN 90000]',
    ],
    [
      'is what is missing to a share of all, which grows with it',
      {
        ...asking({ share: 60, of: 'account' }),
        file: owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-09-01', total: 30_000 })),
      },
      'condition minimum [amount dunnable MXN 35000]',
    ],
    [
      'is either of an amount and a share that cannot be',
      asking({ amount: { MXN: '100.01' }, share: 200, any: true }),
      'condition minimum [amount dunnable MXN 1]',
    ],
    ['is nothing for a share that cannot be', asking({ share: 200 }), 'condition minimum []'],
  ])('%s', (_, situation, answer) => {
    expect(line(situation)).toBe(answer);
  });
});
