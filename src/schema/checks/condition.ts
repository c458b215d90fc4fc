import { isCurrency } from '../../money/index.js';
import {
  type Fact,
  type FactPlace,
  factNames,
  factOf,
  type Operator,
  operators,
  operatorsOf,
} from '../../policy/facts.js';
import { type Cursor, isRecord } from '../cursor.js';
import { hint } from '../nearest.js';
import { checkThreshold } from './scalars.js';

/** A condition: facts that exist where it stands, an operator that fits, a value of the fact's type. */
export function checkCondition(at: Cursor, place: FactPlace): void {
  for (const part of ['all', 'any']) for (const one of at.at(part).items()) checkCondition(one, place);
  if (at.at('not').exists) checkCondition(at.at('not'), place);
  const name = at.at('fact').text();
  if (name === undefined) return;
  const given = operators.filter((operator) => at.at(operator).exists);
  if (given.length === 0) {
    const fits = operatorsFor(factOf(name)).join(', ');
    at.report('wrong_operator', `compare the fact with one of ${fits}`);
  }
  if (given.length > 1) {
    at.report('wrong_operator', `one operator per fact, not ${given.join(' and ')}; put several under all`);
  }
  const fact = factOf(name);
  if (fact === undefined) {
    const own = 'fields of your own are account.attributes.* and item.attributes.*';
    at.at('fact').report(
      'unknown_fact',
      `there is no fact ${JSON.stringify(name.slice(0, 80))}${hint(name, factNames(place)) || `; ${own}`}`,
    );
    return;
  }
  if (!fact.places.includes(place)) {
    at.at('fact').report(
      'wrong_place',
      `a segment groups accounts and knows no ${name}; use a fact of the account`,
    );
    return;
  }
  for (const operator of given) checkOperand(at.at(operator), name, fact, operator);
}

function operatorsFor(fact: Fact | undefined): readonly Operator[] {
  return fact === undefined ? operators : operatorsOf[fact.type];
}

function checkOperand(at: Cursor, name: string, fact: Fact, operator: Operator): void {
  const fits = operatorsFor(fact);
  if (!fits.includes(operator)) {
    at.report(
      'wrong_operator',
      `${operator} does not fit ${name}, which is ${kinds[fact.type]}; use ${fits.join(', ')}`,
    );
    return;
  }
  if (operator === 'exists' || operator === 'has') return;
  if (operator === 'in') {
    for (const one of at.items()) checkType(one, name, fact, operator);
    return;
  }
  checkType(at, name, fact, operator);
}

const kinds = {
  money: 'money',
  number: 'a number',
  days: 'a number of days',
  text: 'text',
  boolean: 'true or false',
  list: 'a list',
  attribute: 'a field of your own',
} as const satisfies Readonly<Record<Fact['type'], string>>;

function checkType(at: Cursor, name: string, fact: Fact, operator: Operator): void {
  const { value } = at;
  switch (fact.type) {
    case 'money':
      if (isRecord(value)) checkThreshold(at);
      else
        at.report('invalid_type', `${name} is money; write amounts by currency, such as { MXN: '10000.00' }`);
      return;
    case 'number':
    case 'days':
      if (typeof value !== 'number')
        at.report('invalid_type', `${name} is ${kinds[fact.type]}; write a number`);
      return;
    case 'text':
      if (typeof value !== 'string') at.report('invalid_type', `${name} is text; write text`);
      else if (name === 'item.currency' && !isCurrency(value)) {
        at.report('unknown_currency', `${JSON.stringify(value)} is no ISO 4217 currency`);
      }
      return;
    case 'boolean':
      if (typeof value !== 'boolean')
        at.report('invalid_type', `${name} is true or false; write one of them`);
      return;
    case 'attribute': {
      const ordered = operator !== 'eq' && operator !== 'ne' && operator !== 'in';
      if (isRecord(value))
        at.report('invalid_type', 'fields of your own are compared with text, numbers, true or false');
      else if (ordered && typeof value !== 'number')
        at.report('invalid_type', `${operator} compares numbers; write a number`);
      return;
    }
    case 'list':
      return;
  }
}
