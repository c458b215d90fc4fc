import { operatorsOf } from '../../policy/facts.js';
import { isOwnFact } from '../../policy/own-facts.js';
import type { Cursor } from '../cursor.js';
import { hint } from '../nearest.js';

/** Names that a plan declares, and the stages that conditions name: held against every place that uses them. */

/** What a plan declares, and that its own conditions keep to it. */
export function checkDeclarations(plan: Cursor): void {
  for (const [name, at] of plan.at('facts').entries()) {
    if (!isOwnFact(name))
      at.report(
        'unknown_fact',
        'a fact of your own is account.attributes.x, item.attributes.x or account.scores.x',
      );
    else if (name.startsWith('account.scores.') && at.exists && at.text() !== 'number')
      at.report('invalid_value', 'a score is a number; write "number"');
  }
  const own = declared(plan);
  for (const group of [...plan.at('segments').items(), ...plan.at('experiments').items()])
    checkFacts(group.at('when'), own);
}

/** That policies keep to what the plan declares, and name stages of their own. */
export function checkNames(plan: Cursor, policies: readonly Cursor[]): void {
  const own = declared(plan);
  const roles = plan.at('roles').items().flatMap(textOf);
  for (const policy of policies) {
    const stages = policy.at('stages').items();
    for (const at of [policy.at('scope'), ...stages.map((stage) => stage.at('when'))]) checkFacts(at, own);
    const by = policy.at('message').at('by');
    for (const key of [...policy.at('unit').at('group').items(), ...by.items(), by]) checkKey(key, own);
    if (roles.length === 0) continue;
    for (const send of sendsOf(policy, stages))
      for (const role of [send.at('to'), ...send.at('copy').items()]) checkRole(role, roles);
  }
}

/** That conditions of a policy about its stages name such as it has. */
export function checkStageNames(policy: Cursor): void {
  const stages = policy.at('stages').items();
  const ids = stages.flatMap((stage) => textOf(stage.at('id')));
  for (const stage of stages) eachFact(stage.at('when'), (at, name) => checkStageName(at, name, ids));
}

function checkStageName(at: Cursor, name: string, ids: readonly string[]): void {
  if (name !== 'case.stage') return;
  for (const operand of [at.at('eq'), at.at('ne'), ...at.at('in').items()]) {
    const id = operand.text();
    if (id !== undefined && !ids.includes(id))
      operand.report('unknown_reference', `there is no stage ${JSON.stringify(id)}${hint(id, ids)}`);
  }
}

type Declared = ReadonlyMap<string, Cursor> | undefined;

function declared(plan: Cursor): Declared {
  const facts = plan.at('facts');
  return facts.exists ? new Map(facts.entries()) : undefined;
}

function checkFacts(condition: Cursor, own: Declared): void {
  if (own === undefined) return;
  eachFact(condition, (at, name) => {
    if (!isOwnFact(name)) return;
    const type = own.get(name);
    if (type === undefined) reportFact(at.at('fact'), name, own);
    else checkOperands(at, name, type);
  });
}

function checkKey(key: Cursor, own: Declared): void {
  const name = key.text();
  if (own === undefined || name === undefined || !isOwnFact(name) || own.has(name)) return;
  reportFact(key, name, own);
}

function reportFact(at: Cursor, name: string, own: ReadonlyMap<string, Cursor>): void {
  const shown = JSON.stringify(name.slice(0, 80));
  at.report('unknown_fact', `plan.facts does not declare ${shown}${hint(name, [...own.keys()])}`);
}

const kinds = ['text', 'number', 'boolean'] as const;
const inWords = { text: 'text', number: 'a number', boolean: 'true or false' } as const;

/** Operators and values of a fact whose type the plan declares. */
function checkOperands(at: Cursor, name: string, type: Cursor): void {
  const values = type.items().flatMap(textOf);
  const kind = values.length > 0 ? 'text' : kinds.find((one) => one === type.text());
  if (kind === undefined) return;
  const fits: readonly string[] = operatorsOf[kind];
  for (const [operator, operand] of at.entries()) {
    if (operator === 'fact' || operator === 'exists') continue;
    if (!fits.includes(operator)) {
      operand.report(
        'wrong_operator',
        `${operator} does not fit ${name}, which is ${inWords[kind]}; use ${fits.join(', ')}`,
      );
      continue;
    }
    for (const one of operator === 'in' ? operand.items() : [operand]) checkValue(one, name, kind, values);
  }
}

function checkValue(at: Cursor, name: string, kind: (typeof kinds)[number], values: readonly string[]): void {
  const text = at.text();
  const isKind = kind === 'text' ? text !== undefined : typeof at.value === kind;
  if (!isKind) at.report('invalid_type', `${name} is ${inWords[kind]}; write ${inWords[kind]}`);
  else if (text !== undefined && values.length > 0 && !values.includes(text))
    at.report('invalid_value', `${name} is never ${JSON.stringify(text.slice(0, 80))}${hint(text, values)}`);
}

/** Every part of a condition that asks about a fact. */
function eachFact(at: Cursor, look: (at: Cursor, name: string) => void): void {
  for (const part of ['all', 'any']) for (const one of at.at(part).items()) eachFact(one, look);
  if (at.at('not').exists) eachFact(at.at('not'), look);
  const name = at.at('fact').text();
  if (name !== undefined) look(at, name);
}

function sendsOf(policy: Cursor, stages: readonly Cursor[]): readonly Cursor[] {
  const actions = stages.flatMap((stage) => stage.at('do').items());
  const reactions = policy
    .at('on')
    .entries()
    .flatMap(([, list]) => list.items());
  return [...actions, ...reactions].filter((action) => action.at('send').exists);
}

function checkRole(at: Cursor, roles: readonly string[]): void {
  const role = at.text();
  if (role !== undefined && !roles.includes(role))
    at.report('unknown_reference', `plan.roles does not name ${JSON.stringify(role)}${hint(role, roles)}`);
}

function textOf(at: Cursor): readonly string[] {
  const text = at.text();
  return text === undefined ? [] : [text];
}
