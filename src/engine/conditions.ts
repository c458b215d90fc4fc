import type { Case } from '../ledger/file.js';
import { parseAmount } from '../money/index.js';
import type { Condition, ConditionValue, FactCondition, MoneyThreshold } from '../policy/types.js';
import { caseFacts } from './case-facts.js';
import type { CompiledPolicy } from './compile.js';
import { accountFacts, itemFacts, timedLedgerFacts, unitAmounts } from './ledger-facts.js';
import type { Unit } from './units.js';
import type { AccountView, Amounts } from './view.js';
import { isOverdue } from './view.js';

/** What a condition is asked about: an account, and one of its units where a stage asks. */
export interface Subject {
  readonly view: AccountView;
  readonly unit?: Unit | undefined;
  readonly case?: Case | undefined;
  /** The ladder that the case climbs. */
  readonly policy?: CompiledPolicy | undefined;
}

export type FactValue = string | number | boolean | readonly string[] | Amounts | null | undefined;

export type Test = (subject: Subject) => boolean;

/** Compiles a condition to a closure. A fact that is not known makes every comparison false, and `ne` too. */
export function compileCondition(condition: Condition): Test {
  if ('all' in condition) {
    return allOf(condition.all.map(compileCondition));
  }
  if ('any' in condition) {
    const tests = condition.any.map(compileCondition);
    return (subject) => tests.some((test) => test(subject));
  }
  if ('not' in condition) {
    const test = compileCondition(condition.not);
    return (subject) => !test(subject);
  }
  return compileFact(condition);
}

function allOf<T>(tests: readonly ((value: T) => boolean)[]): (value: T) => boolean {
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  return (value) => {
    for (const test of tests) if (!test(value)) return false;
    return true;
  };
}

/** Facts that change with the mere passing of days. */
const timedFacts = new Set([
  'item.daysPastDue',
  'item.overdue',
  'account.overdue',
  'account.overdueItems',
  'account.oldestDaysPastDue',
  'case.daysSinceContact',
  'case.daysOpen',
  ...timedLedgerFacts,
]);

/** Whether a condition may change its answer overnight, though no fact was told. */
export function isTimed(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(isTimed);
  if ('any' in condition) return condition.any.some(isTimed);
  if ('not' in condition) return isTimed(condition.not);
  return timedFacts.has(condition.fact);
}

/** Whether a condition asks for the level that it is to decide. */
export function asksLevel(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(asksLevel);
  if ('any' in condition) return condition.any.some(asksLevel);
  if ('not' in condition) return asksLevel(condition.not);
  return condition.fact === 'case.level' || condition.fact === 'case.stage';
}

/** The value of a fact. Names are those of the fact catalogue of the policy module. */
export function readFact(name: string): (subject: Subject) => FactValue {
  const known = readers.get(name);
  if (known !== undefined) return known;
  const score = /^account\.scores\.(.+)$/.exec(name)?.[1];
  if (score !== undefined) {
    return ({ view }) => {
      const own = view.file.account?.scores?.own;
      return own !== undefined && Object.hasOwn(own, score) ? own[score] : undefined;
    };
  }
  const attribute = /^(item|account)\.attributes\.(.+)$/.exec(name);
  if (attribute === null) return () => undefined;
  const [, owner, key = ''] = attribute;
  return (subject) => {
    const attributes =
      owner === 'item' ? subject.unit?.lead.invoice.attributes : subject.view.file.account?.attributes;
    return attributes !== undefined && Object.hasOwn(attributes, key) ? attributes[key] : undefined;
  };
}

/** Each as a fact: the amount by the unit's currency. */
function unitAmountReaders(): (readonly [string, (subject: Subject) => FactValue])[] {
  return [...unitAmounts].map(([name, amount]) => [
    name,
    ({ unit }) => (unit === undefined ? undefined : new Map([[unit.currency, amount(unit)]])),
  ]);
}

const readers = new Map<string, (subject: Subject) => FactValue>([
  ...unitAmountReaders(),
  [
    'item.daysPastDue',
    ({ unit, view }: Subject) => (unit?.due === undefined ? undefined : view.today - unit.due),
  ],
  [
    'item.overdue',
    ({ unit, view }: Subject) => (unit === undefined ? undefined : isOverdue(unit.lead, view.today)),
  ],
  ['item.currency', ({ unit }: Subject) => unit?.lead.invoice.currency],
  ['item.tags', ({ unit }: Subject) => unit?.lead.invoice.tags],
  ...itemFacts,
  ...caseFacts,
  ['account.outstanding', ({ view }: Subject) => view.outstanding],
  ['account.overdue', ({ view }: Subject) => view.overdue],
  ['account.dunnable', ({ view }: Subject) => view.dunnable],
  ['account.openItems', ({ view }: Subject) => view.openItems],
  ['account.overdueItems', ({ view }: Subject) => view.overdueItems],
  ['account.oldestDaysPastDue', ({ view }: Subject) => view.oldestDaysPastDue],
  ['account.itemsPaid', ({ view }: Subject) => view.history.paid],
  ['account.itemsPaidLate', ({ view }: Subject) => view.history.paidLate],
  [
    'account.shareLate',
    ({ view }: Subject) =>
      view.history.paid === 0 ? undefined : (100 * view.history.paidLate) / view.history.paid,
  ],
  ['account.daysToPay', ({ view }: Subject) => view.history.daysToPay],
  ['account.country', ({ view }: Subject) => view.file.account?.country],
  ['account.language', ({ view }: Subject) => view.file.account?.language],
  ['account.tags', ({ view }: Subject) => view.file.account?.tags],
  ['account.hardship', ({ view }: Subject) => view.file.account?.hardship],
  ...accountFacts,
]);

type Comparison = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte';
const comparisons: readonly Comparison[] = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte'];

function compileFact(condition: FactCondition): Test {
  const read = readFact(condition.fact);
  const amount = unitAmounts.get(condition.fact);
  const tests: Test[] = [];
  for (const comparison of comparisons) {
    const wanted = condition[comparison];
    if (wanted === undefined) continue;
    if (typeof wanted !== 'object') tests.push((subject) => comparePlain(read(subject), comparison, wanted));
    else if (amount === undefined) {
      const limits = thresholds(wanted);
      tests.push((subject) => {
        const value = read(subject);
        return value instanceof Map && compareAmounts(value, comparison, limits);
      });
    } else tests.push(unitAmountTest(amount, comparison, thresholds(wanted)));
  }
  const { in: list, has, exists } = condition;
  if (list !== undefined)
    tests.push((subject) => {
      const value = read(subject);
      return list.some((one) => one === value);
    });
  if (has !== undefined)
    tests.push((subject) => {
      const value = read(subject);
      return Array.isArray(value) && value.includes(has);
    });
  if (exists !== undefined)
    tests.push((subject) => {
      const value = read(subject);
      return (value !== undefined && value !== null) === exists;
    });
  return allOf(tests);
}

/** An amount of what climbs, which has one currency, against a threshold: what stages ask most, without a map for each. */
function unitAmountTest(
  amount: (unit: Unit) => number,
  comparison: Comparison,
  limits: ReadonlyMap<string, number>,
): Test {
  return ({ unit }) => {
    const limit = unit === undefined ? undefined : limits.get(unit.currency);
    return unit !== undefined && limit !== undefined && compare(amount(unit), comparison, limit);
  };
}

function thresholds(threshold: MoneyThreshold): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(threshold).map(([currency, text]) => [currency, parseAmount(text, currency)]),
  );
}

/**
 * Amounts are compared currency by currency, never converted. "At least" and
 * "more than" hold if any currency reaches its threshold; "at most" and "less
 * than" only if every currency that is held has a threshold and keeps to it.
 */
function compareAmounts(
  amounts: Amounts,
  comparison: Comparison,
  limits: ReadonlyMap<string, number>,
): boolean {
  const holds = (amount: number, limit: number): boolean => compare(amount, comparison, limit);
  if (comparison === 'gt' || comparison === 'gte' || comparison === 'eq') {
    for (const [currency, limit] of limits)
      if (holds(amounts.get(currency) ?? 0, limit) && amounts.has(currency)) return true;
    return false;
  }
  for (const [currency, amount] of amounts) {
    const limit = limits.get(currency);
    if (limit === undefined || !holds(amount, limit)) return false;
  }
  return true;
}

function comparePlain(
  value: FactValue,
  comparison: Comparison,
  wanted: Exclude<ConditionValue, MoneyThreshold>,
): boolean {
  if (typeof value === 'number' && typeof wanted === 'number') return compare(value, comparison, wanted);
  if (typeof value !== typeof wanted) return false;
  return comparison === 'eq' ? value === wanted : comparison === 'ne' && value !== wanted;
}

function compare(value: number, comparison: Comparison, limit: number): boolean {
  switch (comparison) {
    case 'eq':
      return value === limit;
    case 'ne':
      return value !== limit;
    case 'gt':
      return value > limit;
    case 'gte':
      return value >= limit;
    case 'lt':
      return value < limit;
    case 'lte':
      return value <= limit;
  }
}
