declare const problem: unique symbol;

/**
 * What a wrong place of a document is required to be: nothing is, so the
 * compiler complains at that place and prints the sentence.
 */
export interface Problem<Sentence extends string> {
  readonly [problem]: Sentence;
}

/** A name in a sentence. */
export type Quoted<Name extends PropertyKey> = `"${Name & string}"`;

/** The names of a union in a sentence: only that there are such, since unions have no order to list them in. */
export type IsLiteral<Text> = [Text] extends [string] ? (string extends Text ? false : true) : false;
