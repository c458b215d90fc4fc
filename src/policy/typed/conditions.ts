import type {
  AttributeFactName,
  FactName,
  FactPlace,
  FactType,
  factCatalogue,
  Operator,
  operatorsOf,
  ScoreFactName,
} from '../facts.js';
import type { CurrencyCode } from './currency-code.js';
import type { Demand, Get } from './keys.js';
import type { IsLiteral, Problem, Quoted } from './problem.js';

type TypeOf<Name extends string> = Name extends FactName
  ? (typeof factCatalogue)[Name]['type']
  : Name extends AttributeFactName
    ? 'attribute'
    : Name extends ScoreFactName
      ? 'number'
      : never;

type Fits<Type extends FactType> = (typeof operatorsOf)[Type][number];

/** Requires that a condition names facts that exist in its place, with operators and values that fit them. */
export type CheckedCondition<Value, Place extends FactPlace> = Value extends {
  readonly fact: infer Name extends string;
}
  ? CheckedFact<Value, Name, Place>
  : Demand<
      Value,
      {
        all: CheckedConditions<Get<Value, 'all'>, Place>;
        any: CheckedConditions<Get<Value, 'any'>, Place>;
        not: CheckedCondition<Get<Value, 'not'>, Place>;
      }
    >;

type CheckedConditions<List, Place extends FactPlace> = {
  readonly [Index in keyof List]: CheckedCondition<List[Index], Place>;
};

type CheckedFact<Value, Name extends string, Place extends FactPlace> =
  IsLiteral<Name> extends false
    ? unknown
    : [TypeOf<Name>] extends [never]
      ? Demand<Value, { fact: Problem<`there is no fact ${Quoted<Name>}`> }>
      : [Place, Name] extends ['segment', `item.${string}` | `case.${string}`]
        ? Demand<Value, { fact: Problem<`a segment groups accounts and knows no ${Quoted<Name>}`> }>
        : CheckedOperands<Value, Name, TypeOf<Name>>;

type CheckedOperands<Value, Name extends string, Type extends FactType> = {
  readonly [Key in keyof Value]: Key extends Operator
    ? Key extends Fits<Type>
      ? CheckedOperand<Value[Key], Name, Type, Key>
      : Problem<`${Quoted<Key>} does not fit ${Quoted<Name>}, which is of type ${Type}`>
    : unknown;
};

type CheckedOperand<Operand, Name extends string, Type extends FactType, Key> = Operand extends undefined
  ? unknown
  : Key extends 'exists' | 'has'
    ? unknown
    : Key extends 'in'
      ? { readonly [Index in keyof Operand]: CheckedValue<Operand[Index], Name, Type> }
      : CheckedValue<Operand, Name, Type>;

type CheckedValue<Operand, Name extends string, Type extends FactType> = Type extends 'money'
  ? Operand extends string | number | boolean
    ? Problem<`${Quoted<Name>} is money: write amounts by currency, such as { MXN: '100.00' }`>
    : CheckedThreshold<Operand>
  : Type extends 'number' | 'days'
    ? Operand extends number
      ? unknown
      : Problem<`${Quoted<Name>} is a number`>
    : Type extends 'text'
      ? Operand extends string
        ? unknown
        : Problem<`${Quoted<Name>} is text`>
      : Type extends 'boolean'
        ? Operand extends boolean
          ? unknown
          : Problem<`${Quoted<Name>} is true or false`>
        : unknown;

/** Requires that amounts by currency name currencies that exist. */
export type CheckedThreshold<Value> = {
  readonly [Key in keyof Value]: Key extends CurrencyCode
    ? unknown
    : string extends Key
      ? unknown
      : Problem<`${Quoted<Key>} is no ISO 4217 currency`>;
};
