import type { IsLiteral, Problem, Quoted } from './problem.js';

type Plain = string | number | boolean | null | undefined;

/** Keys of any member of a union. */
type KeysOf<Shape> = Shape extends Plain ? never : Shape extends unknown ? keyof Shape : never;

/** What stands under a key in the members of a union that have it. */
type At<Shape, Key extends PropertyKey> = Shape extends Plain
  ? never
  : Key extends keyof Shape
    ? Shape[Key]
    : never;

type ElementOf<Shape> = Shape extends readonly (infer Element)[] ? Element : never;

/**
 * Requires that every key of `Value`, however deep, is a key of `Shape`.
 * TypeScript alone would take any key, since the document's type is inferred.
 */
export type KnownKeys<Value, Shape> = Value extends Plain
  ? unknown
  : Value extends readonly unknown[]
    ? { readonly [Index in keyof Value]: KnownKeys<Value[Index], ElementOf<Shape>> }
    : {
        readonly [Key in keyof Value]: Key extends KeysOf<Shape>
          ? KnownKeys<Value[Key], At<Shape, Key>>
          : Problem<`unknown key ${Quoted<Key>}`>;
      };

/**
 * An object with what is required of some of its keys. All keys are named, also
 * those of which nothing is required: within lists TypeScript would otherwise
 * take them for too many.
 */
export type Demand<Value, Checks> = {
  readonly [Key in keyof Value]: Key extends keyof Checks ? Checks[Key] : unknown;
};

/** What stands under a key of an object that may lack it. */
export type Get<Value, Key extends PropertyKey> = Key extends keyof Value ? Value[Key] : never;

/** Requires an id among those that are known; where either is not known at compile time, nothing. */
export type Named<Id, Known, What extends string> =
  IsLiteral<Id> extends false
    ? unknown
    : string extends Known
      ? unknown
      : Id extends Known
        ? unknown
        : Id extends string
          ? Problem<`there is no ${What} ${Quoted<Id>}`>
          : unknown;
