import { describe, expect, it } from 'vitest';
import { chargeProblems, type FeeRule, type Terms, termsProblems } from '../../src/charges/index.js';

const found = (rule: FeeRule) => chargeProblems(rule).map(({ path, code }) => `${path} ${code}`);

describe('rules', () => {
  it('that are right have no problems', () => {
    const rules: readonly FeeRule[] = [
      { fixed: { EUR: '5.00', CLP: '4500' } },
      { percent: '2.5', base: 'original', min: { EUR: '5.00' }, max: { EUR: '5.00', USD: '1.00' } },
      { interest: {} },
      { interest: { rate: '10' }, ignoreBelow: { EUR: '1.00' }, currency: 'EUR' },
      {
        interest: {
          rate: [
            { from: '2026-01-01', rate: '10.15' },
            { from: '2026-07-01', rate: null },
          ],
        },
      },
      {
        tiers: [
          { from: { EUR: '0' }, fixed: { EUR: '1.00' } },
          { from: { EUR: '0.01', USD: '0' }, percent: '1' },
        ],
        tiered: 'accumulated',
        base: 'overdue',
      },
    ];
    for (const rule of rules) expect(chargeProblems(rule)).toEqual([]);
  });

  it.each<[FeeRule, string]>([
    [{}, ' empty_fee'],
    [{ min: { EUR: '1.00' } }, ' empty_fee'],
    [{ percent: '2,5' }, 'percent invalid_rate'],
    [{ percent: '-1' }, 'percent invalid_rate'],
    [{ fixed: { EUR: '5.001' } }, 'fixed.EUR invalid_amount'],
    [{ fixed: { EUR: '-5.00' } }, 'fixed.EUR invalid_amount'],
    [{ fixed: { eur: '5.00' } }, 'fixed.eur unknown_currency'],
    [{ percent: '1', min: { XYZ: '5' } }, 'min.XYZ unknown_currency'],
    [{ percent: '1', max: { EUR: 'five' } }, 'max.EUR invalid_amount'],
    [{ percent: '1', ignoreBelow: { EUR: '' } }, 'ignoreBelow.EUR invalid_amount'],
    [{ percent: '1', min: { EUR: '5.01' }, max: { EUR: '5.00' } }, 'min.EUR wrong_order'],
    [{ percent: '1', currency: 'euro' }, 'currency unknown_currency'],
    [{ fixed: { EUR: '5.00' }, base: 'original' }, 'base unused_setting'],
    [{ percent: '1', tiered: 'single' }, 'tiered unused_setting'],
    [{ tiers: [] }, 'tiers empty_fee'],
    [{ tiers: [{ from: { EUR: '0' } }] }, 'tiers[0] empty_fee'],
    [{ tiers: [{ from: { EUR: 'x' }, percent: '1' }] }, 'tiers[0].from.EUR invalid_amount'],
    [{ tiers: [{ from: { EUR: '0' }, percent: 'x' }] }, 'tiers[0].percent invalid_rate'],
    [{ tiers: [{ from: { EUR: '0' }, fixed: { EUR: 'x' } }] }, 'tiers[0].fixed.EUR invalid_amount'],
    [
      {
        tiers: [
          { from: { EUR: '5.00' }, percent: '1' },
          { from: { EUR: '5.00' }, percent: '2' },
        ],
      },
      'tiers[1].from.EUR wrong_order',
    ],
    [{ interest: { rate: '8.' } }, 'interest.rate invalid_rate'],
    [{ interest: { rate: [] } }, 'interest.rate invalid_rate'],
    [{ interest: { rate: [{ from: '2026-02-30', rate: '1' }] } }, 'interest.rate[0].from invalid_date'],
    [{ interest: { rate: [{ from: '2026-01-01', rate: '1%' }] } }, 'interest.rate[0].rate invalid_rate'],
    [
      {
        interest: {
          rate: [
            { from: '2026-07-01', rate: '1' },
            { from: '2026-07-01', rate: '2' },
          ],
        },
      },
      'interest.rate[1].from wrong_order',
    ],
  ])('%j: %s', (rule, problem) => {
    expect(found(rule)).toEqual([problem]);
  });

  it('have all their problems told, below the path of the rule', () => {
    const rule: FeeRule = { percent: 'x', min: { EUR: 'y' } };
    expect(chargeProblems(rule, 'stages[2].do[1]').map(({ path }) => path)).toEqual([
      'stages[2].do[1].min.EUR',
      'stages[2].do[1].percent',
    ]);
    expect(chargeProblems({}, 'stages[2].do[1]').map(({ path }) => path)).toEqual(['stages[2].do[1]']);
  });

  it('are told how to write an amount of the currency', () => {
    const [problem] = chargeProblems({ fixed: { CLP: '4500.00' } });
    expect(problem?.message).toBe("write an amount of CLP as '1250', not below zero");
    expect(chargeProblems({ fixed: { KWD: '1.2345' } })[0]?.message).toContain("'1250.000'");
  });
});

describe('terms', () => {
  it.each<[Terms, readonly string[]]>([
    [{ source: 'clause 4' }, []],
    [{ source: 'clause 4', fees: true, interest: true }, []],
    [{ source: 'clause 4', fees: { EUR: '25.00' }, interest: '12' }, []],
    [{ source: ' ' }, ['source']],
    [{ source: 'clause 4', fees: { EUR: '25,00' } }, ['fees.EUR']],
    [{ source: 'clause 4', interest: '12%' }, ['interest']],
    [{ source: 'clause 4', interest: [{ from: '2026', rate: '12' }] }, ['interest[0].from']],
  ])('%j: %j', (terms, paths) => {
    expect(termsProblems(terms).map(({ path }) => path)).toEqual(paths);
    expect(termsProblems(terms, 'accounts[0].terms').map(({ path }) => path)).toEqual(
      paths.map((path) => `accounts[0].terms.${path}`),
    );
  });
});
