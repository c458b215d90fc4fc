import { isRecobroError } from '../../src/errors.js';
import type { Documents } from '../../src/policy/types.js';
import { parseDocuments } from '../../src/schema/index.js';

/** Each round takes out what is wrong; documents that need more are given up. */
const mostRounds = 40;

/**
 * The documents without what the parser refuses of them: settings that say
 * nothing in company of others go, until what is left is valid. Undefined
 * where nothing valid is left.
 */
export function validDocuments(documents: Documents): Documents | undefined {
  let value: unknown = JSON.parse(JSON.stringify(documents));
  for (let round = 0; round < mostRounds; round++) {
    try {
      return parseDocuments(value);
    } catch (error) {
      if (!isRecobroError(error, 'invalid_document') || error.problems.length === 0) throw error;
      // The last first, so that the places of the others stay theirs.
      for (const { path } of error.problems.toReversed()) {
        const next = without(value, stepsOf(path));
        if (next === undefined) return undefined;
        value = next;
      }
    }
  }
  return undefined;
}

function stepsOf(path: string): string[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, name]) => quoted ?? index ?? name ?? '',
  );
}

/** A copy without what stands at a path; where that is required, its owner goes with the next round. */
function without(value: unknown, steps: readonly string[]): unknown {
  const copy = structuredClone(value);
  const owners: unknown[] = [copy];
  for (const step of steps) owners.push(member(owners.at(-1), step));
  // What is missing cannot be taken out: its owner goes.
  let depth = steps.length;
  while (depth > 0 && owners[depth] === undefined) depth--;
  const step = steps[depth - 1];
  const owner = owners[depth - 1];
  if (step === undefined) return undefined;
  if (Array.isArray(owner)) owner.splice(Number(step), 1);
  else if (typeof owner === 'object' && owner !== null) Reflect.deleteProperty(owner, step);
  else return undefined;
  return copy;
}

function member(owner: unknown, step: string): unknown {
  if (typeof owner !== 'object' || owner === null) return undefined;
  return Reflect.get(owner, step);
}
