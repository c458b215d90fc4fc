/**
 * What people read about a place in a document: in forms, in editors, in
 * generated references. The words stand beside the shapes, not in them, so
 * that neither hides the other; the compiler sees to it that no key lacks them.
 */
export interface Words {
  /** A few words, as over a field of a form. */
  readonly title: string;
  /** One or two sentences: what it says and what follows from it. */
  readonly description: string;
  /** Values that may stand here; the first is the most usual. */
  readonly examples?: readonly [unknown, ...unknown[]] | undefined;
  /** The kind of text that it is, where JSON Schema has a name for it. */
  readonly format?: 'date' | undefined;
  /** What holds where nothing stands here, in words or as written. */
  readonly otherwise?: string | undefined;
  /** What each of a fixed set of values means, in the order of the schema. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Of several forms, in the order of the schema. */
  readonly options?: readonly Words[] | undefined;
  /** Of each entry of a list. */
  readonly items?: Words | undefined;
  /** Of each member of an object whose keys are data. */
  readonly each?: Words | undefined;
  /** Of each key of an object. */
  readonly keys?: Readonly<Record<string, Words>> | undefined;
}

/** Words for every key of a type. */
export type KeysOf<T> = { readonly [Key in keyof Required<T>]: Words };

/** Words of something that stands in several places, with what is other here. */
export function as(words: Words, other: Partial<Words>): Words {
  return { ...words, ...other };
}
