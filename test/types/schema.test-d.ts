import type { z } from 'zod';
import type * as types from '../../src/policy/types.js';
import type { factCondition } from '../../src/schema/shapes/condition.js';
import type { documents } from '../../src/schema/shapes/documents.js';
import type { messages } from '../../src/schema/shapes/messages.js';
import type { plan } from '../../src/schema/shapes/plan.js';
import type { policy } from '../../src/schema/shapes/policy.js';

// The shapes that zod checks and the interfaces written by hand are the same, member by member.

type Frozen<T> = T extends (infer Element)[]
  ? readonly Frozen<Element>[]
  : T extends readonly unknown[]
    ? T
    : T extends object
      ? { readonly [Key in keyof T]: Frozen<T[Key]> }
      : T;

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

// Interfaces and mapped types are only identical once both are spelt out.
type Output<Shape extends z.ZodType> = Frozen<z.output<Shape>>;
const same = <A, B>(_: Equal<Frozen<A>, Frozen<B>>): void => undefined;

same<Output<typeof factCondition>, types.FactCondition>(true);
same<Output<typeof plan>, types.Plan>(true);
same<Output<typeof policy>, types.Policy>(true);

// Texts by channel have an index signature, which zod writes as an intersection: not identical, but each fits the other.
type Catalogue = Output<typeof messages>;
type ShapedMessage = Catalogue['messages'][number];
const fits = <A extends B, B>(): [A?, B?] => [];
same<Omit<Catalogue, 'messages'>, Omit<types.Messages, 'messages'>>(true);
same<Omit<ShapedMessage, 'text'>, Omit<types.Message, 'text'>>(true);
fits<ShapedMessage['text'], types.Message['text']>();
fits<types.Message['text'], ShapedMessage['text']>();
same<Omit<Output<typeof documents>, 'messages'>, Omit<types.Documents, 'messages'>>(true);
same<keyof Output<typeof documents>, keyof types.Documents>(true);

// The check itself notices: a member more, another type, a member that must be there.
// @ts-expect-error a member more
same<Output<typeof plan>, types.Plan & { readonly more?: string | undefined }>(true);
// @ts-expect-error another type
same<Output<typeof plan>, Omit<types.Plan, 'version'> & { readonly version: string }>(true);
// @ts-expect-error required instead of optional
same<Output<typeof plan>, Omit<types.Plan, 'language'> & { readonly language: string }>(true);
