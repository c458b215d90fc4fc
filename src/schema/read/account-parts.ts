import type { CreditLineInput, ScoresInput } from '../../ledger/facts.js';
import type { AccountScores, CreditLine, ExposureBucket, LevelCap } from '../../ledger/types.js';
import { isCurrency } from '../../money/index.js';
import { type Cursor, isRecord } from '../cursor.js';
import * as forms from '../forms.js';
import { amount, checkKeys, date, formed, keysOf, optional, refused, text, whole } from './values.js';

const creditKeys = keysOf<CreditLineInput>({ currency: true, limit: true, insured: true, buckets: true });
const bucketKeys = keysOf<Record<ExposureBucket, number>>({
  draft: true,
  open: true,
  overdue: true,
  returned: true,
});
const scoreKeys = keysOf<ScoresInput>({ asOf: true, class: true, percentile: true, risk: true, own: true });

/** A stage's id, or the number of a level. */
export function levelCap(at: Cursor): LevelCap {
  if (typeof at.value === 'number') return whole(at, 0, 1000);
  if (typeof at.value !== 'string') return refused(at, 'the id of a stage, or the number of a level') ?? '';
  return formed(forms.id)(at);
}

export function readCredit(at: Cursor): CreditLine {
  checkKeys(at, creditKeys);
  const code = at.at('currency');
  const currency = formed(forms.currency)(code);
  if (forms.currency.pattern.test(currency) && !isCurrency(currency))
    code.report('unknown_currency', `${currency} is no ISO 4217 currency`);
  const known = isCurrency(currency) ? currency : '';
  const limit = (one: Cursor): number => {
    const value = amount(one, known);
    if (value < 0) one.report('invalid_amount', 'a limit cannot be negative');
    return value;
  };
  const buckets = at.at('buckets');
  if (buckets.exists) checkKeys(buckets, bucketKeys);
  return {
    currency,
    limit: optional(at.at('limit'), limit),
    insured: optional(at.at('insured'), limit),
    ...(buckets.exists
      ? { buckets: Object.fromEntries(buckets.entries().map(([key, one]) => [key, limit(one)] as const)) }
      : {}),
  };
}

const percent = (at: Cursor): number => whole(at, 0, 100);

export function readScores(at: Cursor): AccountScores {
  checkKeys(at, scoreKeys);
  return {
    asOf: date(at.at('asOf')),
    class: optional(at.at('class'), (one) => text(one, 20)),
    percentile: optional(at.at('percentile'), percent),
    risk: optional(at.at('risk'), percent),
    own: optional(at.at('own'), readOwn),
  };
}

function readOwn(at: Cursor): Readonly<Record<string, number>> {
  if (!isRecord(at.value)) {
    refused(at, 'an object of numbers by name, such as { bureau: 640 }');
    return {};
  }
  const found = at.entries();
  if (found.length > 100) {
    at.report('too_large', `at most 100 members are allowed, not ${found.length}`);
    return {};
  }
  return Object.fromEntries(
    found.map(([key, one]) => {
      if (!/^[^\s\p{Cc}]{1,64}$/u.test(key))
        one.report('invalid_id', 'a key must have 1 to 64 characters and no spaces');
      if (typeof one.value !== 'number') refused(one, 'a number');
      return [key, typeof one.value === 'number' ? one.value : 0] as const;
    }),
  );
}
