import { expect, it } from 'vitest';
import {
  type AbcThresholds,
  abcClasses,
  armPicker,
  isInPilot,
  portfolioOf,
  riskScorer,
  scoreBy,
} from '../../src/segments/index.js';
import { history, saidBy } from './support.js';

/** What people read when they set something that cannot be. */

it('says what is wrong with an experiment or a pilot', () => {
  const none = 'arms no_weight: an experiment needs at least one arm with a weight above 0';
  const refusal = 'invalid_option: the experiment cannot divide accounts';
  expect(saidBy(() => armPicker({ id: 'x', arms: [] }))).toEqual([refusal, none]);
  expect(
    saidBy(() =>
      armPicker({
        id: 'x',
        arms: [
          { id: 'a', weight: 1 },
          { id: 'a', weight: -1 },
        ],
      }),
    ),
  ).toEqual([
    refusal,
    'arms[1].id duplicate: another arm has this id',
    'arms[1].weight invalid_value: a weight must be a whole number from 0 to 1000000',
  ]);
  expect(saidBy(() => isInPilot(101, 'x', 'robles'))).toEqual([
    'invalid_option: the pilot cannot choose accounts',
    'percent invalid_value: the percentage of a pilot must be a number from 0 to 100 with at most two decimals',
  ]);
});

it('says what is wrong with thresholds', () => {
  const of = (thresholds: AbcThresholds) => saidBy(() => abcClasses([], thresholds));
  const refusal = 'invalid_option: accounts cannot be classed';
  expect(of([0, 95])).toEqual([
    refusal,
    'thresholds[0] invalid_value: a threshold must be a number above 0 and at most 100, with at most two decimals',
  ]);
  expect(of([95, 80])).toEqual([
    refusal,
    'thresholds[1] invalid_value: the threshold of B must not be below that of A',
  ]);
  expect(of(JSON.parse('[80]'))).toEqual([
    refusal,
    'thresholds invalid_value: there must be two thresholds, that of A and that of B',
  ]);
});

it('says what is wrong with a portfolio', () => {
  expect(saidBy(() => portfolioOf([], { asOf: 'today' }))).toEqual([
    'invalid_date: asOf must be a date of the form YYYY-MM-DD',
  ]);
  const good = { from: 'USD', to: 'MXN', rate: '18.25', on: '2026-03-30' };
  const rates = [
    { from: 'usd', to: 'mxn', rate: '18,25', on: '30/03/2026' },
    good,
    { ...good, rate: '18.2' },
  ];
  expect(saidBy(() => portfolioOf([], { asOf: '2026-03-31', currency: 'peso', rates: [] }))).toEqual([
    'invalid_option: the rates cannot be used',
    'currency invalid_value: must be an ISO 4217 currency code',
  ]);
  expect(saidBy(() => portfolioOf([], { asOf: '2026-03-31', currency: 'MXN', rates }))).toEqual([
    'invalid_option: the rates cannot be used',
    'rates[0].from invalid_value: must be an ISO 4217 currency code',
    'rates[0].to invalid_value: must be an ISO 4217 currency code',
    "rates[0].rate invalid_value: must be decimal text above zero, such as '0.0581'",
    'rates[0].on invalid_value: must be a date of the form YYYY-MM-DD',
    'rates[2] invalid_value: another rate of the same day says otherwise',
  ]);
});

it('says what is wrong with a scorer', () => {
  expect(saidBy(() => riskScorer({ minimum: 9, last: 0 }))).toEqual([
    'invalid_option: the risk scorer cannot be made',
    'last invalid_value: must be a whole number from 1 to 10000',
    'minimum invalid_value: must not be above last, or no history is ever long enough',
  ]);
  const weights = JSON.parse('{ "latee": 1, "late": "1" }');
  expect(saidBy(() => riskScorer({ weights })).slice(1)).toEqual([
    'weights.late invalid_value: must be a whole number from 0 to 10000',
    'weights.latee unknown_key: there is no such part; there are late, delay, trend, promises, overdue, credit',
  ]);
  expect(saidBy(() => scoreBy(() => ({ score: 1.5, parts: [] }), history([])))).toEqual([
    'invalid_option: a risk scorer must answer whole numbers from 0 to 100',
    'score invalid_value: the score is no whole number from 0 to 100',
  ]);
});
