import { isCurrency } from '../../money/index.js';
import { factOf } from '../../policy/facts.js';
import type {
  Condition,
  ConditionValue,
  FactCondition,
  MoneyThreshold,
  StageMinimum,
} from '../../policy/types.js';
import type { Speech } from '../words/index.js';

const comparisons = [
  ['eq', '='],
  ['ne', '≠'],
  ['gte', '≥'],
  ['gt', '>'],
  ['lte', '≤'],
  ['lt', '<'],
] as const;

/** A condition as a person reads it: `amount to chase ≥ 10,000.00 MXN and not in hardship`. */
export function conditionText(condition: Condition, speech: Speech, nested = false): string {
  const words = speech.words.timeline.condition;
  if ('fact' in condition) return factText(condition, speech);
  if ('not' in condition) return `${words.not} ${conditionText(condition.not, speech, true)}`;
  const [parts, word] = 'all' in condition ? [condition.all, words.and] : [condition.any, words.or];
  const text = parts.map((part) => conditionText(part, speech, parts.length > 1)).join(` ${word} `);
  return nested && parts.length > 1 ? `(${text})` : text;
}

/** Least amounts of a stage: `at least 500.00 EUR to chase; otherwise the level below acts`. */
export function minimumText(minimum: StageMinimum, isFirst: boolean, speech: Speech): string {
  const words = speech.words.timeline.condition;
  const of = minimum.of ?? 'case';
  const parts: string[] = [];
  if (minimum.amount !== undefined) parts.push(words.amount(moneyText(minimum.amount, speech), of));
  if (minimum.share !== undefined) parts.push(words.share(speech.format.count(minimum.share), of));
  const joined = parts.join(` ${minimum.any === true ? words.or : words.and} `);
  return isFirst ? capital(joined) : `${capital(joined)}; ${words.belowActs}`;
}

function factText(condition: FactCondition, speech: Speech): string {
  const words = speech.words.timeline.condition;
  const name = factName(condition.fact, speech);
  const parts: string[] = [];
  if (condition.exists !== undefined) parts.push(`${name} ${condition.exists ? words.known : words.unknown}`);
  if (condition.has !== undefined) parts.push(`${name} ${words.has} “${condition.has}”`);
  if (condition.in !== undefined)
    parts.push(`${name} ${words.isOneOf} ${speech.format.or(condition.in.map(String))}`);
  for (const [key, sign] of comparisons) {
    const value = condition[key];
    if (value === undefined) continue;
    const plain = factOf(condition.fact)?.type === 'boolean' && (key === 'eq' || key === 'ne');
    // "overdue" reads better than "overdue = yes".
    if (plain && typeof value === 'boolean')
      parts.push(value === (key === 'eq') ? name : `${words.not} ${name}`);
    else parts.push(`${name} ${sign} ${valueText(value, speech)}`);
  }
  return parts.join(` ${words.and} `);
}

function factName(fact: string, { words }: Speech): string {
  if (Object.hasOwn(words.facts, fact)) return words.facts[fact] ?? fact;
  return fact.replace(/^(?:account|item)\.(?:attributes|scores)\./, '');
}

function valueText(value: ConditionValue, speech: Speech): string {
  if (typeof value === 'number') return speech.format.count(value);
  const words = speech.words.timeline.condition;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  return typeof value === 'string' ? `“${value}”` : moneyText(value, speech);
}

/** Thresholds of several currencies stand side by side: each counts for its own. */
export function moneyText(threshold: MoneyThreshold, { format }: Speech): string {
  return Object.entries(threshold)
    .map(([currency, text]) => (isCurrency(currency) ? `${grouped(text, format.locale)} ${currency}` : text))
    .join(' / ');
}

/** Decimal text with separators, without going through a binary fraction. */
export function grouped(text: string, locale: string): string {
  const decimals = text.split('.')[1]?.length ?? 0;
  const format = new Intl.NumberFormat([locale, 'en'], {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: 'always',
  });
  return /^\d+(?:\.\d+)?$/.test(text) ? format.format(text as `${number}`) : text;
}

export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
