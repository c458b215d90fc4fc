import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/engine/index.js';
import { isRecobroError } from '../../src/errors.js';
import { presets } from '../../src/policy/presets/index.js';
import type { Documents, Messages } from '../../src/policy/types.js';
import { parseDocuments } from '../../src/schema/index.js';

/** Options as they should be and as they should not, of every kind that some option takes. */
const duration = fc.constantFrom(
  '0d',
  '1d',
  '5d',
  '14d',
  '2w',
  '3bd',
  '1mo',
  '99999d',
  'none',
  'never',
  '',
  7,
);
const whole = fc.oneof(
  fc.integer({ min: -1, max: 40 }),
  fc.constantFrom(0, 1.5, 999, 1000, 1001, 10_000, '3'),
);
const amounts = fc.oneof(
  fc.dictionary(
    fc.constantFrom('EUR', 'USD', 'CLP', 'EURO', 'constructor'),
    fc.constantFrom('0', '50.00', '1.005', '-1.00', '1e3', 5, '99999999999999.99'),
    { maxKeys: 2 },
  ),
  fc.constantFrom('50 EUR', null, []),
);
const word = fc.constantFrom(
  ...[
    'days',
    'runs',
    'approve',
    'task',
    'auto',
    'skip',
    'again',
    'hold',
    'level',
    'account',
    'agency',
    'legal',
  ],
  ...['standard', 'contextual', 'overdue', 'open', 'once', 'repeat', 'met', 'unmet', 'convert', 'settled'],
  ...['last-message', 'reset', 'never', 'contact', 'due', 'issue', 'previous', 'end-of-month', 'branch', 'x'],
);
const level = fc.record(
  {
    days: whole,
    basis: word,
    amount: amounts,
    share: fc.constantFrom(0, 0.01, 12.5, 33.333, 100, 101),
    either: fc.boolean(),
    charge: amounts,
  },
  { requiredKeys: [] },
);
const levels = fc.oneof(
  fc.array(fc.record({ days: whole, basis: word }, { requiredKeys: ['days'] }), { maxLength: 10 }),
  fc.array(level, { maxLength: 4 }),
);
const criteria = fc.record({ days: whole, invoices: whole, total: amounts }, { requiredKeys: [] });
const texts = fc.array(fc.constantFrom('a', '', 'vip', 'account', 'item.attributes.contract'), {
  maxLength: 3,
});
const terms = fc.constantFrom({ source: 'clause 8', fees: true }, { fees: true }, 'clause 8');

const byName: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  levels,
  pace: word,
  confirm: word,
  lapses: duration,
  discarded: word,
  between: duration,
  letters: word,
  finalAfter: duration,
  final: word,
  interval: duration,
  grace: duration,
  arrears: duration,
  terms,
  always: fc.boolean(),
  otherCurrency: word,
  logic: word,
  floor: duration,
  before: duration,
  reminders: fc.array(whole, { maxLength: 5 }),
  list: word,
  group: texts,
  reminder: criteria,
  warning: criteria,
  blocked: criteria,
  stopped: criteria,
  block: fc.constantFrom('block', 'a b', ''),
  stop: fc.constantFrom('stop', 'block', 'x'.repeat(400)),
  include: texts,
  exclude: texts,
  reentry: word,
  amounts,
  attempts: whole,
  every: duration,
  after: duration,
  counters: word,
  limit: whole,
  from: word,
  least: amounts,
  weekend: fc.subarray(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
  holidays: fc.subarray(['2026-12-25', '2027-01-01']),
  language: fc.constantFrom('es', 'pt-BR', 'en', 'fr', 'x', 'zh-Hant-TW'),
  id: fc.constantFrom('one', 'prototype', 'constructor', 'a b', 'x'.repeat(64), 'x'.repeat(65)),
};

/** The same messages with a word each: their texts, which are long to check, depend on no option. */
function withoutWords(messages: Messages): Messages {
  const text = { en: { email: { subject: 'x', body: 'x' } } };
  return { ...messages, messages: messages.messages.map(({ id, about }) => ({ id, about, text })) };
}

/** Names of the options of a preset, as its refusals tell them. */
function optionsOf(make: (options: never) => Documents): string[] {
  try {
    Reflect.apply(make, undefined, [{ zone: 'UTC', 'no such option': 1 }]);
  } catch (error) {
    if (!isRecobroError(error, 'invalid_option')) throw error;
    const [, list = ''] = /there are (.*)$/.exec(error.problems[0]?.message ?? '') ?? [];
    return list.split(', ').filter((name) => name !== 'zone');
  }
  throw new Error('an unknown option is refused');
}

describe.each(Object.entries(presets))('%s', (name, make) => {
  const names = optionsOf(make);

  it('refuses options as invalid, with places that are theirs, or makes documents that hold', () => {
    const parts = Object.fromEntries(
      names.map((option) => [option, byName[option] ?? fc.constant(undefined)]),
    );
    expect(names.filter((option) => byName[option] === undefined)).toEqual([]);
    let valid = 0;
    fc.assert(
      fc.property(
        fc.record(parts, { requiredKeys: [] }).chain((all) =>
          // A few at a time, so that many are valid.
          fc
            .subarray(Object.keys(all), { maxLength: Math.min(3, Object.keys(all).length) })
            .map((some) => Object.fromEntries(some.map((key) => [key, all[key]]))),
        ),
        (some) => {
          let documents: Documents;
          try {
            documents = Reflect.apply(make, undefined, [{ zone: 'Europe/Madrid', ...some }]);
          } catch (error) {
            if (!isRecobroError(error, 'invalid_option')) throw error;
            expect(error.problems.length).toBeGreaterThan(0);
            for (const { path } of error.problems) expect(names).toContain(path.split(/[.[]/)[0]);
            return;
          }
          valid++;
          const light = { ...documents, messages: withoutWords(documents.messages) };
          expect(parseDocuments(light)).toEqual(light);
          compile(light);
        },
      ),
      { numRuns: 400, seed: 4 },
    );
    expect(valid, name).toBeGreaterThan(20);
  });
});
