import { byText } from '../ledger/order.js';
import { formatAmount } from '../money/index.js';
import type { Condition, FactCondition } from '../policy/types.js';
import { compileCondition, type FactValue, readFact, type Subject } from './conditions.js';
import type { Amounts } from './view.js';

/** What a fact was found to be; money as decimal text by currency. Absent where it is unknown. */
export type Found = string | number | boolean | readonly string[] | Readonly<Record<string, string>>;

/** A condition with the answer to each of its parts: where it fails, `found` against what was wanted. */
export interface ConditionReport extends Partial<FactCondition> {
  readonly holds: boolean;
  readonly all?: readonly ConditionReport[] | undefined;
  readonly any?: readonly ConditionReport[] | undefined;
  readonly not?: ConditionReport | undefined;
  readonly found?: Found | undefined;
}

/** Asks a condition part by part. */
export function reportCondition(condition: Condition, subject: Subject): ConditionReport {
  const holds = compileCondition(condition)(subject);
  const each = (parts: readonly Condition[]): ConditionReport[] =>
    parts.map((part) => reportCondition(part, subject));
  if ('all' in condition) return { holds, all: each(condition.all) };
  if ('any' in condition) return { holds, any: each(condition.any) };
  if ('not' in condition) return { holds, not: reportCondition(condition.not, subject) };
  const found = foundOf(condition.fact, subject);
  return found === undefined ? { holds, ...condition } : { holds, ...condition, found };
}

/** What a fact is of a subject; undefined where it is unknown. */
export function foundOf(fact: string, subject: Subject): Found | undefined {
  return shown(readFact(fact)(subject));
}

function isAmounts(value: FactValue): value is Amounts {
  return value instanceof Map;
}

function shown(value: FactValue): Found | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isAmounts(value)) return value;
  const amounts: Record<string, string> = {};
  for (const [currency, minor] of [...value].sort(([a], [b]) => byText(a, b)))
    amounts[currency] = formatAmount(minor, currency);
  return amounts;
}
