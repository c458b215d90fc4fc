import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRecobroError } from '../../src/errors.js';
import { canonicalJson } from '../../src/policy/canonical.js';
import { presets } from '../../src/policy/presets/index.js';
import type { Documents } from '../../src/policy/types.js';
import { parseDocuments } from '../../src/schema/index.js';
import { changeText, diffDocuments, diffText, languages } from '../../src/words/index.js';
import { anyDocuments } from '../support/arbitrary-plans.js';

type Steps = readonly (string | number)[];

const presetDocuments = (['exporter', 'preventive', 'balanced'] as const).map((name) =>
  presets[name]({ zone: 'America/Bogota', language: 'es' }),
);
const documents: fc.Arbitrary<Documents> = fc.oneof(
  {
    weight: 4,
    arbitrary: anyDocuments.map(({ plan, policies, messages }) => ({ plan, policies, messages })),
  },
  { weight: 1, arbitrary: fc.constantFrom(...presetDocuments) },
);

// Documents are dear to make and cheap to compare: each serves many times.
const pool = fc.sample(documents, { numRuns: 30, seed: 20260301 });
const some = fc.constantFrom(...pool);

/** Every place of a document, the inner ones after the outer. */
function placesOf(value: unknown, at: Steps = []): Steps[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, own]) => placesOf(own, [...at, key]))];
}

function valueAt(value: unknown, steps: Steps): unknown {
  return steps.reduce<unknown>(
    (own, key) =>
      typeof own === 'object' && own !== null ? (own as Record<string, unknown>)[key] : undefined,
    value,
  );
}

/** A copy with another value at a place; with none, without what stands there. */
function withAt(value: unknown, [first, ...rest]: Steps, other: unknown): unknown {
  if (first === undefined) return other;
  if (Array.isArray(value)) {
    const copy = value.map((own: unknown, index) =>
      index === Number(first) ? withAt(own, rest, other) : own,
    );
    return copy.filter((own) => own !== undefined);
  }
  const copy = { ...(value as Record<string, unknown>) };
  const inner = withAt(copy[first], rest, other);
  if (inner === undefined) delete copy[first];
  else copy[first] = inner;
  return copy;
}

/** Documents and the same with one place changed: to what stands there in others, or to nothing. */
const edited = fc
  .tuple(some, some, fc.nat(), fc.boolean())
  .map(([one, other, pick, drop]): readonly [Documents, Documents] => {
    const places = placesOf(one).filter((steps) => steps.length > 1 && steps.at(-1) !== 'id');
    const steps = places[pick % places.length] ?? [];
    const value = valueAt(other, steps);
    return [one, withAt(one, steps, drop ? undefined : value) as Documents];
  })
  .filter(([, after]) => isValid(after));

function isValid(value: Documents): boolean {
  try {
    parseDocuments(value);
    return true;
  } catch (error) {
    if (isRecobroError(error, 'invalid_document')) return false;
    throw error;
  }
}

function told(before: Documents, after: Documents): string[] {
  const { changes } = diffDocuments(before, after);
  for (const language of languages) {
    const text = diffText({ changes }, { language });
    expect(text).not.toMatch(/undefined|\[object|NaN|\(\)|: \.|“”|«»/);
    expect(text.split('\n').length).toBeGreaterThanOrEqual(changes.length);
  }
  return changes.map((change) => changeText(change));
}

/** Places where two documents differ, found without the code under test: things by id, other lists as a whole. */
function differences(
  before: unknown,
  after: unknown,
  at: readonly string[] = [],
): readonly (readonly string[])[] {
  if (before === undefined || after === undefined) return before === after ? [] : [at];
  if (canonicalJson(before) === canonicalJson(after)) return [];
  if (isObject(before) && isObject(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    const inner = [...keys].flatMap((key) => differences(before[key], after[key], [...at, key]));
    return inner.length === 0 ? [at] : inner;
  }
  const [old, now] = [byId(before), byId(after)];
  if (old === undefined || now === undefined) return [at];
  const ids = new Set([...old.keys(), ...now.keys()]);
  return [...ids].flatMap((id) => differences(old.get(id), now.get(id), [...at, id]));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function byId(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (!Array.isArray(value)) return undefined;
  const all = new Map(
    value.map((one: unknown) => [isObject(one) && typeof one.id === 'string' ? one.id : '', one] as const),
  );
  return all.has('') || all.size < value.length ? undefined : all;
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((step, index) => path[index] === step);
}

/** With one policy, so that there is no doubt which is compared with which. */
const single = some.map((one) => ({ ...one, policies: one.policies.slice(0, 1) }));

describe('the differences of documents', () => {
  it('are none where the canonical texts are equal', () => {
    fc.assert(
      fc.property(some, (one) => {
        const turned = JSON.parse(canonicalJson(one)) as Documents;
        expect(told(one, turned)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('are at least one sentence where the canonical texts differ, both ways', () => {
    fc.assert(
      fc.property(some, some, (before, after) => {
        fc.pre(canonicalJson(before) !== canonicalJson(after));
        expect(told(before, after).length).toBeGreaterThan(0);
        expect(told(after, before).length).toBeGreaterThan(0);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  it('name every place that differs', () => {
    fc.assert(
      fc.property(single, single, (before, after) => {
        const [a, b] = [before, after].map((one) => ({ ...one, policies: { own: one.policies[0] } }));
        const { changes } = diffDocuments(before, after);
        const paths = changes.map(({ path }) =>
          path[0] === 'policies' ? ['policies', 'own', ...path.slice(2)] : [...path],
        );
        for (const place of differences(a, b))
          expect(paths.filter((path) => startsWith(path, place) || startsWith(place, path))).not.toEqual([]);
      }),
      { numRuns: 150, endOnFailure: true },
    );
  });

  it('tell of every new order, by as few moves as explain it', () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 });
    const stages = [0, 1, 2, 3, 4, 5].map((n) => ({ id: `s${n}`, tone: 'firm' as const, do: [] }));
    fc.assert(
      fc.property(order, (shuffled) => {
        const policy = { id: 'p', version: 1, stages };
        const after = { ...policy, stages: shuffled.flatMap((n) => stages[n] ?? []) };
        const { changes } = diffDocuments({ policies: [policy] }, { policies: [after] });
        expect(changes.every(({ kind }) => kind === 'moved')).toBe(true);
        // What was not moved kept its order, and no larger set of stages did.
        const moved = new Set(changes.map(({ things }) => things.at(-1)?.id));
        const kept = shuffled.filter((n) => !moved.has(`s${n}`));
        expect(kept).toEqual([...kept].sort((a, b) => a - b));
        expect(kept.length).toBe(longestRising(shuffled));
      }),
      { numRuns: 200 },
    );
  });

  it('are told of a single place too, whichever it is, and never as the same in place of the same', () => {
    fc.assert(
      fc.property(edited, ([before, after]) => {
        fc.pre(canonicalJson(before) !== canonicalJson(after));
        const sentences = told(before, after);
        expect(sentences.length).toBeGreaterThan(0);
        for (const sentence of sentences) {
          const [, now, old] = /: (.*) instead of (.*)\.$/.exec(sentence) ?? [];
          if (now !== undefined) expect(now).not.toBe(old);
        }
      }),
      { numRuns: 250, endOnFailure: true },
    );
  });
});

/** Length of the longest rising run, by trying every subset. */
function longestRising(list: readonly number[]): number {
  let best = 0;
  for (let mask = 0; mask < 2 ** list.length; mask++) {
    const chosen = list.filter((_, index) => (mask & (1 << index)) !== 0);
    if (chosen.every((value, index) => index === 0 || value > (chosen[index - 1] ?? 0)))
      best = Math.max(best, chosen.length);
  }
  return best;
}
