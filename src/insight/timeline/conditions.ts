import { isCurrency } from '../../money/index.js';
import { factOf } from '../../policy/facts.js';
import type { Condition, ConditionValue, FactCondition, MoneyThreshold } from '../../policy/types.js';
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
  const { timeline } = speech.words;
  if ('fact' in condition) return factText(condition, speech);
  if ('not' in condition) return `${timeline.not} ${conditionText(condition.not, speech, true)}`;
  const [parts, word] = 'all' in condition ? [condition.all, timeline.and] : [condition.any, timeline.or];
  const text = parts.map((part) => conditionText(part, speech, parts.length > 1)).join(` ${word} `);
  return nested && parts.length > 1 ? `(${text})` : text;
}

function factText(condition: FactCondition, speech: Speech): string {
  const { timeline } = speech.words;
  const name = factName(condition.fact, speech);
  const parts: string[] = [];
  if (condition.exists !== undefined)
    parts.push(`${name} ${condition.exists ? timeline.known : timeline.unknown}`);
  if (condition.has !== undefined) parts.push(`${name} ${timeline.has} “${condition.has}”`);
  if (condition.in !== undefined)
    parts.push(`${name} ${timeline.isOneOf} ${speech.format.or(condition.in.map(String))}`);
  for (const [key, sign] of comparisons) {
    const value = condition[key];
    if (value === undefined) continue;
    const plain = factOf(condition.fact)?.type === 'boolean' && (key === 'eq' || key === 'ne');
    // "overdue" reads better than "overdue = yes".
    if (plain && typeof value === 'boolean')
      parts.push(value === (key === 'eq') ? name : `${timeline.not} ${name}`);
    else parts.push(`${name} ${sign} ${valueText(value, speech)}`);
  }
  return parts.join(` ${timeline.and} `);
}

function factName(fact: string, { words }: Speech): string {
  if (Object.hasOwn(words.facts, fact)) return words.facts[fact] ?? fact;
  return fact.replace(/^(?:account|item)\.(?:attributes|scores)\./, '');
}

function valueText(value: ConditionValue, speech: Speech): string {
  if (typeof value === 'number') return speech.format.count(value);
  if (typeof value === 'boolean') return value ? speech.words.timeline.yes : speech.words.timeline.no;
  return typeof value === 'string' ? `“${value}”` : moneyText(value, speech);
}

/** Thresholds of several currencies stand side by side: each counts for its own. */
function moneyText(threshold: MoneyThreshold, { format }: Speech): string {
  return Object.entries(threshold)
    .map(([currency, text]) => (isCurrency(currency) ? `${grouped(text, format.locale)} ${currency}` : text))
    .join(' / ');
}

/** Decimal text with separators, without going through a binary fraction. */
function grouped(text: string, locale: string): string {
  const decimals = text.split('.')[1]?.length ?? 0;
  const format = new Intl.NumberFormat([locale, 'en'], {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: 'always',
  });
  return /^\d+(?:\.\d+)?$/.test(text) ? format.format(text as `${number}`) : text;
}
