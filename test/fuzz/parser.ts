import fc from 'fast-check';
import { isRecobroError } from '../../src/errors.js';

/** What the long form looks after as well. */
export interface Watch {
  /** No input may take longer, in milliseconds. */
  readonly slowest: number;
  progress(done: number): void;
}

/** A parser with the inputs that it is tried on. */
export interface Parser {
  readonly name: string;
  /** How many inputs of the long form are its. */
  readonly inputs: number;
  /** Tries so many inputs; resolves to what went wrong first, with the input and the seed. Making it smaller could take for ever. */
  run(inputs: number, seed: number, watch?: Watch): Promise<string | undefined>;
}

/** A parser that may throw nothing but what `allowed` says. */
export function parser<T>(
  name: string,
  inputs: number,
  arbitrary: fc.Arbitrary<T>,
  attempt: (input: T) => void | Promise<void>,
): Parser {
  return {
    name,
    inputs,
    async run(numRuns, seed, watch) {
      let done = 0;
      const property = fc.asyncProperty(arbitrary, async (input) => {
        const begun = performance.now();
        await attempt(input);
        const took = performance.now() - begun;
        if (watch !== undefined && took > watch.slowest) throw new Error(`took ${Math.round(took)} ms`);
        if (++done % 100 === 0) watch?.progress(done);
      });
      const details = await fc.check(property, { numRuns, seed, endOnFailure: true });
      if (!details.failed) return undefined;
      const shown = fc.stringify(details.counterexample).slice(0, 2_000);
      const error = details.errorInstance;
      return `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n  seed ${details.seed}, path ${details.counterexamplePath}\n  input ${shown}`;
    },
  };
}

/** Runs what may refuse its input, but only by an error of recobro that repeats nothing of `hidden`. */
export function mayRefuse(call: () => unknown, hidden?: string): void {
  try {
    call();
  } catch (error) {
    if (!isRecobroError(error)) throw error;
    if (hidden === undefined) return;
    const told = JSON.stringify([error.message, error.problems]);
    if (told.includes(hidden)) throw new Error(`the error ${error.code} gives away a text`, { cause: error });
  }
}

/** The promise of what is read: plain data that a store can hold. */
export function isData(value: unknown): boolean {
  return value === undefined || JSON.stringify(JSON.parse(JSON.stringify(value))) === JSON.stringify(value);
}
