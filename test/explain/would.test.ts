import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Answer, explain, guards, type ItemExplanation, type Way } from '../../src/engine/index.js';
import { anyDocuments } from '../support/arbitrary-plans.js';
import { fullLedger, steps } from '../support/arbitrary-steps.js';
import { type Life, Living, type Moment } from '../support/life.js';
import { applied } from './change.js';

/** The same lives at every run; `LIFE_SEED` and `LIFE_RUNS` (times as many) go hunting for others. */
const seed = Number(process.env.LIFE_SEED ?? 20_260_301);
const times = Number(process.env.LIFE_RUNS ?? 1);

const lives: fc.Arbitrary<Life> = fc.record({ documents: anyDocuments, ledger: fullLedger, steps });

function atRest(look: (moment: Moment) => void, numRuns: number): void {
  fc.assert(
    fc.property(lives, (life) => {
      new Living(life, { rested: look }).run(life.steps);
    }),
    { numRuns: numRuns * times, seed, endOnFailure: true },
  );
}

const hour = 3_600_000;

/** Kinds of changes that are common enough to come true in any run. */
const kinds = ['act', 'ask', 'block', 'cap', 'contact', 'date', 'invoice'];

describe('what is explained of any life', { timeout: 120_000 }, () => {
  it('has one answer for each stage, and guards in order up to the first that failed', () => {
    atRest(({ engine, file, now }) => {
      for (const at of [now, now + 26 * hour, now - 40 * hour]) {
        for (const item of explain(engine, file, at).items) {
          isWellFormed(item, item.item);
          for (const stage of item.stages) isWellFormed(stage, `${item.item} ${stage.stage}`);
          const own = item.stages.find((stage) => stage.stage === item.stage);
          // What it waits with may be over itself: the last stage, whose wait is running.
          if (own?.failed === undefined || own.state === 'skipped' || item.acts) continue;
          if (own.failed === item.failed) expect([item.item, item.reason]).toEqual([item.item, own.reason]);
        }
      }
    }, 40);
  });

  it('is true: what would make a guard pass makes it pass', () => {
    const tried = new Map<string, number>();
    atRest((moment) => {
      const { items } = explain(moment.engine, moment.file, moment.now);
      for (const item of items)
        for (const stage of item.stages)
          for (const way of stage.would ?? []) {
            const verdict = follow(moment, items, item, stage.stage, way);
            for (const { kind } of way)
              tried.set(`${kind} ${verdict}`, (tried.get(`${kind} ${verdict}`) ?? 0) + 1);
          }
    }, 60);
    // Nothing is true by not being asked.
    const held = [...tried.keys()].filter((key) => key.endsWith(' held')).map((key) => key.split(' ')[0]);
    expect(held).toEqual(expect.arrayContaining(kinds));
  });
});

function isWellFormed({ acts, failed, reason, tried, would }: Answer, where: string): void {
  const order = tried.map(({ guard }) => guards.indexOf(guard));
  expect([where, order]).toEqual([where, [...order].sort((a, b) => a - b)]);
  const failing = tried.filter(({ passed }) => !passed);
  if (failed === undefined) {
    expect([where, failing, would]).toEqual([where, [], undefined]);
    return;
  }
  expect([where, acts, would !== undefined]).toEqual([where, false, true]);
  expect([where, failing.map(({ guard }) => guard)]).toEqual([where, [failed]]);
  expect([where, failing[0]?.reason]).toEqual([where, reason]);
  expect([where, tried.at(-1)?.guard]).toEqual([where, failed]);
}

/** Follows a way and asks again. */
function follow(
  moment: Moment,
  items: readonly ItemExplanation[],
  item: ItemExplanation,
  name: string,
  way: Way,
): 'held' | 'untold' | 'gone' {
  const then = applied(moment, way, item);
  if (then === undefined) return 'untold';
  const before = item.stages.find((stage) => stage.stage === name);
  const all = explain(then.engine, then.file, then.now);
  const again = all.items.find((one) => one.item === item.item);
  const after = again?.stages.find((stage) => stage.stage === name);
  if (again === undefined || after === undefined) return 'gone';
  // Money that is there already may be put to what is added.
  const carrier = items.find((one) => one.item === (item.group?.carrier ?? item.item));
  const raised = all.items.find((one) => one.item === (item.group?.carrier ?? item.item));
  for (const change of way) {
    const added = (raised?.outstanding ?? 0) - (carrier?.outstanding ?? 0);
    if (change.kind === 'amount' && added !== change.missing) return 'untold';
  }
  const same =
    after.failed !== undefined && after.failed === before?.failed && after.reason === before.reason;
  if (same)
    throw new Error(
      `${item.item} ${name}: ${JSON.stringify(way)} left ${after.failed}: ${after.reason} at ${then.now}: ${JSON.stringify(after)}`,
    );
  return 'held';
}
