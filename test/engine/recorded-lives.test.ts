import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Engine,
  explain,
  forecast,
  impactOf,
  leavingOf,
  nextActionOf,
  noticeOf,
  openWorkOf,
  rankOf,
  Scoring,
  statusOf,
  viewOf,
} from '../../src/engine/index.js';
import { anyDocuments } from '../support/arbitrary-plans.js';
import { fullLedger, steps } from '../support/arbitrary-steps.js';
import { type Life, Living } from '../support/life.js';

/**
 * What was decided, said and read in these lives is recorded: a house that
 * updates gets the same answers to the same facts, unless somebody means to
 * change them. The records are digests; who changes behaviour on purpose, or how
 * lives are drawn, records anew with `npx vitest run test/engine/recorded-lives.test.ts -u`
 * and says in the changes what is different. To see a life, print what `Record` is given.
 */

const lives: fc.Arbitrary<Life> = fc.record({ documents: anyDocuments, ledger: fullLedger, steps });
const drawn = fc.sample(lives, { seed: 20_260_301, numRuns: 40 });

/** A short digest of all that it is given, in order. */
class Record {
  readonly #hash = createHash('sha256');

  take(value: unknown): void {
    this.#hash.update(JSON.stringify(value));
    for (const path of unknownIn(value)) unknown.add(path);
  }

  get digest(): string {
    return this.#hash.digest('hex').slice(0, 12);
  }
}

/** Members that were there without a value, by name. */
const unknown = new Set<string>();

/** To have no value is an answer of these; of anything else it would be a member that is not there. */
const mayBeUnknown = ['segment', 'next', 'policy', 'case', 'stage', 'contact', 'from', 'before', 'after'];

function unknownIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [name] : unknownIn(member),
  );
}

const days = 86_400_000;

/** @param other the documents of another house, for what they would change */
function recorded(life: Life, other: Engine): string {
  const [decided, explained, read, foreseen] = [new Record(), new Record(), new Record(), new Record()];
  let rests = 0;
  new Living(life, {
    decided: ({ events, acts, waiting, next }) => decided.take([events, acts, waiting, next ?? null]),
    rested: ({ engine, file, now, acts }) => {
      // Every fifth time is enough: it takes much longer to say why than to decide.
      if (rests++ % 5 !== 2) return;
      explained.take(explain(engine, file, now));
      read.take([statusOf(engine, file, now), nextActionOf(engine, file, now)]);
      const entry = new Scoring(engine, {}, new Map()).entryOf(file, now) ?? null;
      read.take([entry, openWorkOf(file, new Map()), [...file.cases.values()], [...file.kept.values()]]);
      const zone = engine.plan.zone;
      read.take([...acts.values()].map((act) => [noticeOf(engine, file, act, now), rankOf(act, zone)]));
      read.take(leavingOf(engine, viewOf(engine, file, now + 60 * days), 20));
      foreseen.take([
        forecast(engine, file, now, now + 10 * days).planned,
        impactOf(engine, other, file, now),
      ]);
    },
  }).run(life.steps);
  return `decided ${decided.digest}, explained ${explained.digest}, read ${read.digest}, foreseen ${foreseen.digest}`;
}

describe('recorded lives', { timeout: 120_000 }, () => {
  it('go as they went', () => {
    const others = drawn.map((life) => new Living(life).engine);
    expect(
      drawn.map((life, index) => recorded(life, others[(index + 1) % others.length]!)),
    ).toMatchSnapshot();
    // What is not known is not there: nothing has a member without a value but where that is the answer.
    expect([...unknown].filter((name) => !mayBeUnknown.includes(name))).toEqual([]);
  });
});
