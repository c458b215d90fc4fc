import { parseAmount } from '../money/index.js';
import type { Condition, ConditionValue, FactCondition, MoneyThreshold } from '../policy/types.js';

/** The facts that must hold whatever else does. */
export function required(condition: Condition): readonly FactCondition[] {
  if ('all' in condition) return condition.all.flatMap(required);
  return 'fact' in condition ? [condition] : [];
}

/** Every fact that a condition asks about. */
export function factsOf(condition: Condition): readonly FactCondition[] {
  if ('all' in condition) return condition.all.flatMap(factsOf);
  if ('any' in condition) return condition.any.flatMap(factsOf);
  return 'not' in condition ? factsOf(condition.not) : [condition];
}

/** Facts that rise with every day on which nothing is paid. */
const rising: readonly string[] = ['item.daysPastDue', 'account.oldestDaysPastDue', 'case.daysOpen'];

/** Whether a condition comes to hold by itself, and stays so, while nothing is paid: `not` asks whether it comes to fail. */
export function comesByItself(condition: Condition, not = false): boolean {
  if ('not' in condition) return comesByItself(condition.not, !not);
  const parts = 'all' in condition ? condition.all : 'any' in condition ? condition.any : undefined;
  if (parts !== undefined) {
    const every = 'all' in condition !== not;
    return every
      ? parts.every((one) => comesByItself(one, not))
      : parts.some((one) => comesByItself(one, not));
  }
  if (!('fact' in condition)) return false;
  const { fact, ...asked } = condition;
  if (fact === 'item.overdue' && asked.eq === !not) return true;
  const wanted = not ? ['lt', 'lte'] : ['gt', 'gte'];
  return rising.includes(fact) && Object.keys(asked).every((operator) => wanted.includes(operator));
}

/** Least and most that a fact may be. */
interface Bounds {
  readonly least: number;
  readonly most: number;
}

const anything: Bounds = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };

/** The fact of which the conditions ask what can never be at once; undefined where there is none. */
export function contradiction(conditions: readonly Condition[]): string | undefined {
  const facts = Map.groupBy(conditions.flatMap(required), ({ fact }) => fact);
  for (const [fact, all] of facts) if (cannotBe(all)) return fact;
  return undefined;
}

function cannotBe(all: readonly FactCondition[]): boolean {
  const compares = all.some(({ exists, has, ...rest }) => Object.keys(rest).length > 1 || has !== undefined);
  if (all.some(({ exists }) => exists === false) && (compares || all.some(({ exists }) => exists === true)))
    return true;
  const equal = all.flatMap(({ eq }) => (typeof eq === 'object' || eq === undefined ? [] : [eq]));
  if (new Set(equal).size > 1) return true;
  if (equal.some((value) => all.some((one) => excludes(one, value)))) return true;
  const currencies = currenciesOf(all);
  if (currencies === undefined)
    return isEmpty(all.reduce((bounds, one) => within(bounds, one, asNumber), anything));
  const [first, ...others] = currencies.named;
  // An account may owe in several currencies and meet each part in another one.
  if (!all.every(({ fact }) => fact.startsWith('item.')) && (first === undefined || others.length > 0))
    return false;
  return [...currencies.shared].every((currency) =>
    isEmpty(all.reduce((bounds, one) => within(bounds, one, (value) => asMinor(value, currency)), anything)),
  );
}

function excludes({ ne, in: list }: FactCondition, value: ConditionValue): boolean {
  if (ne === value) return true;
  return (
    list !== undefined && typeof value !== 'boolean' && typeof value !== 'object' && !list.includes(value)
  );
}

function isEmpty({ least, most }: Bounds): boolean {
  return least > most;
}

type Read = (value: ConditionValue | undefined) => number | undefined;

/** Whole numbers and minor units: more than 5 is at least 6, up to fractions, which are looked at with care. */
function within({ least, most }: Bounds, one: FactCondition, read: Read): Bounds {
  const [eq, gt, gte, lt, lte] = [read(one.eq), read(one.gt), read(one.gte), read(one.lt), read(one.lte)];
  const above = gt === undefined ? undefined : gt + Number.EPSILON * Math.max(1, Math.abs(gt));
  const below = lt === undefined ? undefined : lt - Number.EPSILON * Math.max(1, Math.abs(lt));
  return {
    least: Math.max(least, eq ?? least, above ?? least, gte ?? least),
    most: Math.min(most, eq ?? most, below ?? most, lte ?? most),
  };
}

const asNumber: Read = (value) => (typeof value === 'number' ? value : undefined);

function asMinor(value: ConditionValue | undefined, currency: string): number | undefined {
  const text = typeof value === 'object' ? value[currency] : undefined;
  return text === undefined ? undefined : parseAmount(text, currency);
}

const moneyOperators = ['eq', 'gt', 'gte', 'lt', 'lte'] as const;

/** Currencies that amounts name, and those that all of them do; undefined where nothing is compared with amounts. */
function currenciesOf(
  all: readonly FactCondition[],
): { readonly named: ReadonlySet<string>; readonly shared: ReadonlySet<string> } | undefined {
  const amounts = all.flatMap((one) =>
    moneyOperators.flatMap((operator): MoneyThreshold[] => {
      const value = one[operator];
      return typeof value === 'object' ? [value] : [];
    }),
  );
  if (amounts.length === 0) return undefined;
  const named = new Set(amounts.flatMap((one) => Object.keys(one)));
  const shared = [...named].filter((currency) => amounts.every((one) => Object.hasOwn(one, currency)));
  return { named, shared: new Set(shared) };
}
