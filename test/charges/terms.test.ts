import { describe, expect, it } from 'vitest';
import { type ChargeInput, chargeAllowed, type NamedFeeRule, type Terms } from '../../src/charges/index.js';
import { answer, charged, debt } from './build.js';

const source = 'contract, clause 4';
const refused = (at: string) => ({ allowed: false, reason: 'not_agreed', at });
const notAgreed = (at: string) => ({ made: false, reason: 'not_agreed', at });

describe('what no terms cover is never charged', () => {
  it('without terms on record', () => {
    expect(chargeAllowed({ fixed: { EUR: '5.00' } }, undefined)).toEqual(refused('terms'));
    expect(answer({ fixed: { EUR: '5.00' } }, { terms: undefined })).toEqual(notAgreed('terms'));
  });

  it.each<[string, Omit<NamedFeeRule, 'fee'>]>([
    ['fixed', { fixed: { EUR: '5.00' } }],
    ['percent', { percent: '1' }],
    ['tiers', { tiers: [{ from: { EUR: '0' }, percent: '1' }] }],
  ])('%s, where only interest was agreed', (_, rule) => {
    for (const terms of [
      { source, interest: true },
      { source, fees: false, interest: '12' },
    ]) {
      expect(chargeAllowed(rule, terms)).toEqual(refused('terms.fees'));
      expect(answer(rule, { terms })).toEqual(notAgreed('terms.fees'));
      expect(chargeAllowed({ ...rule, interest: { rate: '10' } }, terms)).toEqual(refused('terms.fees'));
    }
  });

  it('interest, where only fees were agreed', () => {
    for (const terms of [
      { source, fees: true },
      { source, fees: true, interest: false },
    ]) {
      expect(chargeAllowed({ interest: { rate: '1' } }, terms)).toEqual(refused('terms.interest'));
      expect(answer({ interest: { rate: '1' } }, { terms })).toEqual(notAgreed('terms.interest'));
    }
  });

  it('interest above the agreed rate, by however little', () => {
    const terms = { source, interest: '12.5' };
    const rule = (rate: string) => ({ interest: { rate } });
    expect(chargeAllowed(rule('12.50'), terms)).toEqual({ allowed: true, terms });
    expect(chargeAllowed(rule('9'), terms)).toEqual({ allowed: true, terms });
    expect(chargeAllowed(rule('12.501'), terms)).toEqual(refused('terms.interest'));
    expect(answer(rule('12.501'), { terms })).toEqual(notAgreed('terms.interest'));
  });
});

describe('agreed sums', () => {
  const terms: Terms = { source, fees: { EUR: '25.00' }, interest: true };

  it('are the most of all that is no interest', () => {
    expect(charged({ fixed: { EUR: '25.00' }, interest: { rate: '10' } }, { terms }).amount).toBe(2500 + 822);
    expect(answer({ fixed: { EUR: '25.01' } }, { terms })).toEqual(notAgreed('terms.fees.EUR'));
    expect(answer({ fixed: { EUR: '20.00' }, percent: '0.6' }, { terms })).toEqual(
      notAgreed('terms.fees.EUR'),
    );
  });

  it('are not stretched by interest that is deducted', () => {
    const item = debt({ charged: { to: '2026-03-11', amount: 800 } });
    const rule = { fixed: { EUR: '25.01' }, interest: { rate: '10', from: 'due' } } as const;
    expect(answer(rule, { terms }, item)).toEqual(notAgreed('terms.fees.EUR'));
    expect(charged({ ...rule, fixed: { EUR: '25.00' } }, { terms }, item).amount).toBe(2500 + 22);
  });

  it('hold after the most that the rule charges', () => {
    expect(charged({ percent: '10', max: { EUR: '25.00' } }, { terms }).amount).toBe(2500);
    expect(answer({ percent: '10', max: { EUR: '25.01' } }, { terms })).toEqual(notAgreed('terms.fees.EUR'));
  });

  it('of another currency are none', () => {
    const usd = debt({ currency: 'USD' });
    expect(answer({ fixed: { USD: '1.00' } }, { terms }, usd)).toEqual(notAgreed('terms.fees.USD'));
    expect(charged({ interest: { rate: '10' } }, { terms }, usd).amount).toBe(822);
  });

  it('are needed where a minimum lifts interest', () => {
    const rule = { interest: { rate: '10' }, min: { EUR: '10.00' } };
    expect(answer(rule, { terms: { source, interest: '10' } })).toEqual(notAgreed('terms.fees'));
    expect(charged(rule, { terms }).amount).toBe(1000);
    expect(charged({ ...rule, min: { EUR: '8.22' } }, { terms: { source, interest: '10' } }).amount).toBe(
      822,
    );
  });
});

describe('agreed rates', () => {
  it('are charged where the rule names none', () => {
    expect(charged({ interest: {} }, { terms: { source, interest: '10' } }).parts).toMatchObject([
      { rate: '10', amount: 822 },
    ]);
    const interest = [
      { from: '2026-01-01', rate: '10' },
      { from: '2026-03-11', rate: '20' },
    ];
    expect(charged({ interest: {} }, { terms: { source, interest } }).amount).toBe(247 + 1150);
  });

  it('by date bind each day, also within a stretch of one rate of the rule', () => {
    const interest = [
      { from: '2026-01-01', rate: '12' },
      { from: '2026-03-11', rate: '10' },
    ];
    const input = (on: string): Partial<ChargeInput> => ({ on, terms: { source, interest } });
    const rule = { interest: { rate: '12' } };
    expect(charged(rule, input('2026-03-10')).parts).toHaveLength(1);
    expect(answer(rule, input('2026-03-11'))).toEqual({ ...notAgreed('terms.interest'), day: '2026-03-11' });
    // What binds splits nothing: rounding is the rule's affair.
    expect(charged({ interest: { rate: '10' } }, input('2026-03-31')).parts).toHaveLength(1);
  });

  it('of days without one are none', () => {
    const interest = [{ from: '2026-03-05', rate: '12' }];
    const terms = { source, interest };
    const none = { ...notAgreed('terms.interest'), day: '2026-03-02' };
    expect(answer({ interest: { rate: '10' } }, { terms })).toEqual(none);
    const missing = { made: false, reason: 'missing_rate', at: 'interest.rate', day: '2026-03-02' };
    expect(answer({ interest: {} }, { terms })).toEqual(missing);
  });
});

it('a charge says whether it rests on an agreement or a statute', () => {
  const statute: Terms = { source: 'Ley 3/2004, art. 7', basis: 'statute', interest: '10.40' };
  expect(charged({ interest: {} }, { terms: statute })).toMatchObject({
    basis: 'statute',
    source: 'Ley 3/2004, art. 7',
  });
});
