import type { AttributeFactName, FactName, FactType, factCatalogue, ScoreFactName } from '../facts.js';
import type { Plan } from '../types.js';
import type { IsLiteral, Problem, Quoted } from './problem.js';

/** Name of a fact of the host's own. */
export type OwnFactName = AttributeFactName | ScoreFactName;

/** The facts of the host's own that a plan declares; never where it declares none, or where they are not literal. */
export type DeclaredFacts<P> = P extends { readonly facts: infer Own }
  ? string extends keyof Own
    ? never
    : Own
  : never;

/** The type of a fact; never for one that there is not. */
export type TypeOf<Name extends string, Own> = Name extends FactName
  ? (typeof factCatalogue)[Name]['type']
  : Name extends OwnFactName
    ? OwnTypeOf<Name, Own>
    : never;

type OwnTypeOf<Name extends OwnFactName, Own> = [Own] extends [never]
  ? Name extends ScoreFactName
    ? 'number'
    : 'attribute'
  : Name extends keyof Own
    ? Own[Name] extends readonly unknown[]
      ? 'text'
      : Extract<Own[Name], FactType>
    : never;

/** The texts that a declared fact may be; `string` where any. */
export type TextsOf<Name extends string, Own> = [Own] extends [never]
  ? string
  : Name extends keyof Own
    ? Own[Name] extends readonly (infer Text)[]
      ? Text
      : string
    : string;

/** Why there is no such fact. */
export type NoFact<Name extends string, Own> = [Own] extends [never]
  ? Problem<`there is no fact ${Quoted<Name>}`>
  : Name extends OwnFactName
    ? Problem<`plan.facts does not declare ${Quoted<Name>}`>
    : Problem<`there is no fact ${Quoted<Name>}`>;

/** Requires that declared facts are of the host's own, and scores numbers. */
export type CheckedFacts<Facts> =
  Facts extends NonNullable<Plan['facts']>
    ? {
        readonly [Name in keyof Facts]: string extends Name
          ? unknown
          : Name extends ScoreFactName
            ? Facts[Name] extends 'number'
              ? unknown
              : Problem<`${Quoted<Name>} is a score, and scores are numbers`>
            : Name extends AttributeFactName
              ? unknown
              : Problem<`${Quoted<Name & string>} is no fact of your own, such as account.attributes.x, item.attributes.x or account.scores.x`>;
      }
    : unknown;

/** Requires of a key of a grouping that the plan declares it, where it declares any. */
export type DeclaredKey<Key, Own> = [Own] extends [never]
  ? unknown
  : IsLiteral<Key> extends false
    ? unknown
    : Key extends keyof Own
      ? unknown
      : Key extends OwnFactName
        ? NoFact<Key, Own>
        : unknown;
