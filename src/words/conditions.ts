import { factOf } from '../policy/facts.js';
import type { Condition, ConditionValue, FactCondition } from '../policy/types.js';
import { thresholdText } from './amounts.js';
import type { Speech } from './speech.js';

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
  const { conditions } = speech.words;
  if ('fact' in condition) return factText(condition, speech);
  if ('not' in condition) return negated(condition.not, speech);
  const [parts, word] = 'all' in condition ? [condition.all, conditions.and] : [condition.any, conditions.or];
  const text = parts.map((part) => conditionText(part, speech, parts.length > 1)).join(` ${word} `);
  return nested && parts.length > 1 ? `(${text})` : text;
}

/** `country is not one of MX or CO`, `not (amount to chase ≥ 10.00 MXN)`. */
function negated(condition: Condition, speech: Speech): string {
  const { conditions, quote } = speech.words;
  const text = conditionText(condition, speech);
  const whole = `${conditions.not} (${text})`;
  if (!('fact' in condition)) return whole;
  const { fact, ...asked } = condition;
  const name = factName(fact, speech);
  // Comparisons are not turned round: of what is not known neither ≥ nor < holds.
  if (Object.keys(asked).length === 1) {
    if (condition.has !== undefined) return `${name} ${conditions.hasNot} ${quote(condition.has)}`;
    if (condition.in !== undefined)
      return `${name} ${conditions.isNotOneOf} ${speech.format.or(condition.in.map(String))}`;
    if (condition.exists !== undefined)
      return `${name} ${condition.exists ? conditions.unknown : conditions.known}`;
    if (text === name) return `${conditions.not} ${name}`;
  }
  return whole;
}

function factText(condition: FactCondition, speech: Speech): string {
  const { conditions, quote } = speech.words;
  const name = factName(condition.fact, speech);
  const parts: string[] = [];
  if (condition.exists !== undefined)
    parts.push(`${name} ${condition.exists ? conditions.known : conditions.unknown}`);
  if (condition.has !== undefined) parts.push(`${name} ${conditions.has} ${quote(condition.has)}`);
  if (condition.in !== undefined)
    parts.push(`${name} ${conditions.isOneOf} ${speech.format.or(condition.in.map(String))}`);
  for (const [key, sign] of comparisons) {
    const value = condition[key];
    if (value === undefined) continue;
    const plain = factOf(condition.fact)?.type === 'boolean' && (key === 'eq' || key === 'ne');
    // "overdue" reads better than "overdue = yes".
    if (plain && typeof value === 'boolean')
      parts.push(value === (key === 'eq') ? name : `${conditions.not} ${name}`);
    else parts.push(`${name} ${sign} ${valueText(value, speech)}`);
  }
  return parts.join(` ${conditions.and} `);
}

/** A fact's name; of a host's own field the name that it has there. */
export function factName(fact: string, { words }: Speech): string {
  if (Object.hasOwn(words.facts, fact)) return words.facts[fact] ?? fact;
  return fact.replace(/^(?:account|item)\.(?:attributes|scores)\./, '');
}

/** What a fact is compared with. */
export function valueText(value: ConditionValue, speech: Speech): string {
  if (typeof value === 'number') return speech.format.count(value);
  if (typeof value === 'boolean') return value ? speech.words.conditions.yes : speech.words.conditions.no;
  return typeof value === 'string' ? speech.words.quote(value) : thresholdText(value, speech);
}
