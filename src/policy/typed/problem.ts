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

/**
 * Every sentence of what is required of a document, with the place in front.
 * Lists whose length is not known hold nothing literal, and conditions may hold
 * conditions without end where nothing is literal: neither is walked.
 */
export type Sentences<Checks, Path extends string, Depth extends 0[] = []> = Depth['length'] extends 14
  ? never
  : Checks extends Problem<infer Sentence>
    ? `${Path}: ${Sentence}`
    : Checks extends readonly unknown[]
      ? number extends Checks['length']
        ? never
        : {
            [Index in keyof Checks & `${number}`]: Sentences<
              Checks[Index],
              `${Path}[${Index}]`,
              [...Depth, 0]
            >;
          }[keyof Checks & `${number}`]
      : Checks extends object
        ? {
            [Key in keyof Checks & string]: Sentences<Checks[Key], `${Path}.${Key}`, [...Depth, 0]>;
          }[keyof Checks & string]
        : never;

/**
 * Nothing where a document is right, else what is required of it. What is right
 * is not looked at again: comparing a long document with all that is required
 * of it costs more than finding that nothing is.
 *
 * What is wrong stands at its place where the document is written there, and
 * once more with its path: a document handed over by name has no place of its
 * own to complain at, and the compiler would print the types of all that lies
 * between.
 */
export type Objections<Checks, Path extends string> = [Sentences<Checks, Path>] extends [never]
  ? unknown
  : Problem<Sentences<Checks, Path>> & Checks;

/** The same for two kinds of requirements. */
export type ObjectionsOfBoth<Checks, More, Path extends string> = [
  Sentences<Checks, Path> | Sentences<More, Path>,
] extends [never]
  ? unknown
  : Problem<Sentences<Checks, Path> | Sentences<More, Path>> & Checks & More;
