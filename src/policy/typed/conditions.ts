import type { FactPlace, FactType, Operator, operatorsOf } from '../facts.js';
import type { CurrencyCode } from './currency-code.js';
import type { NoFact, TextsOf, TypeOf } from './facts.js';
import type { Demand, Get } from './keys.js';
import type { IsLiteral, Problem, Quoted } from './problem.js';

type Fits<Type extends FactType> = (typeof operatorsOf)[Type][number];

/** What names in conditions are held against. */
export interface Names {
  /** Facts of the host's own that are declared; never: any name. */
  readonly own: unknown;
  /** Ids of the stages of the policy. */
  readonly stages: unknown;
}
/** Nothing is declared, and no stages are known. */
export interface AnyNames {
  readonly own: never;
  readonly stages: string;
}

/** Requires that a condition names facts that exist in its place, with operators and values that fit them. */
export type CheckedCondition<Value, Place extends FactPlace, Known extends Names = AnyNames> = Value extends {
  readonly fact: infer Name extends string;
}
  ? CheckedFact<Value, Name, Place, Known>
  : Demand<
      Value,
      {
        all: CheckedConditions<Get<Value, 'all'>, Place, Known>;
        any: CheckedConditions<Get<Value, 'any'>, Place, Known>;
        not: CheckedCondition<Get<Value, 'not'>, Place, Known>;
      }
    >;

type CheckedConditions<List, Place extends FactPlace, Known extends Names> = {
  readonly [Index in keyof List]: CheckedCondition<List[Index], Place, Known>;
};

type CheckedFact<Value, Name extends string, Place extends FactPlace, Known extends Names> =
  IsLiteral<Name> extends false
    ? unknown
    : [TypeOf<Name, Known['own']>] extends [never]
      ? Demand<Value, { fact: NoFact<Name, Known['own']> }>
      : [Place, Name] extends ['segment', `item.${string}` | `case.${string}`]
        ? Demand<Value, { fact: Problem<`a segment groups accounts and knows no ${Quoted<Name>}`> }>
        : CheckedOperands<
            Value,
            Name,
            TypeOf<Name, Known['own']>,
            Name extends 'case.stage' ? Known['stages'] : TextsOf<Name, Known['own']>
          >;

type CheckedOperands<Value, Name extends string, Type extends FactType, Texts> = {
  readonly [Key in keyof Value]: Key extends Operator
    ? Key extends Fits<Type>
      ? CheckedOperand<Value[Key], Name, Type, Texts, Key>
      : Problem<`${Quoted<Key>} does not fit ${Quoted<Name>}, which is of type ${Type}`>
    : unknown;
};

type CheckedOperand<
  Operand,
  Name extends string,
  Type extends FactType,
  Texts,
  Key,
> = Operand extends undefined
  ? unknown
  : Key extends 'exists' | 'has'
    ? unknown
    : Key extends 'in'
      ? { readonly [Index in keyof Operand]: CheckedValue<Operand[Index], Name, Type, Texts> }
      : CheckedValue<Operand, Name, Type, Texts>;

type CheckedText<Text extends string, Name extends string, Texts> =
  IsLiteral<Text> extends false
    ? unknown
    : string extends Texts
      ? unknown
      : Text extends Texts
        ? unknown
        : Name extends 'case.stage'
          ? Problem<`there is no stage ${Quoted<Text>}`>
          : Problem<`${Quoted<Name>} is never ${Quoted<Text>}`>;

type CheckedValue<Operand, Name extends string, Type extends FactType, Texts> = Type extends 'money'
  ? Operand extends string | number | boolean
    ? Problem<`${Quoted<Name>} is money: write amounts by currency, such as { MXN: '100.00' }`>
    : CheckedThreshold<Operand>
  : Type extends 'number' | 'days'
    ? Operand extends number
      ? unknown
      : Problem<`${Quoted<Name>} is a number`>
    : Type extends 'text'
      ? Operand extends string
        ? CheckedText<Operand, Name, Texts>
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
