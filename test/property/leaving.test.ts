import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFact } from '../../src/engine/conditions.js';
import { decide, type Engine, type FileEvent, viewOf } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import { anyDocuments } from '../support/arbitrary-plans.js';
import { fullLedger, type Step, steps } from '../support/arbitrary-steps.js';
import { aPayment, told } from '../support/build.js';
import { LeavingLife } from '../support/leaving-life.js';
import { type Life, Living } from '../support/life.js';

/** Whether records leave the file or not, everything else is the same. */

const seed = Number(process.env.LIFE_SEED ?? 20_260_301);
const times = Number(process.env.LIFE_RUNS ?? 1);

const facts = [
  'account.outstanding',
  'account.overdue',
  'account.dunnable',
  'account.openItems',
  'account.overdueItems',
  'account.oldestDaysPastDue',
  'account.itemsPaid',
  'account.itemsPaidLate',
  'account.shareLate',
  'account.daysToPay',
  'account.unapplied',
  'account.disputed',
  'account.openPromises',
  'account.promisesKept',
  'account.promisesPartlyKept',
  'account.promisesBroken',
  'account.daysSinceReply',
  'account.typicalDaysToPay',
  'account.typicalDaysLate',
  'account.risk',
  'exposure.total',
  'exposure.returned',
  'exposure.overLimit',
].map((name) => [name, readFact(name)] as const);

function factsOf(engine: Engine, file: AccountFile, now: number): unknown {
  const view = viewOf(engine, file, now);
  return facts.map(([name, read]) => {
    const value = read({ view });
    return [name, value instanceof Map ? [...value].sort() : value];
  });
}

/** What a life says, but for what tells of leaving alone. */
function said(log: readonly FileEvent[]): readonly FileEvent[] {
  return log.filter(
    ({ type }) => type !== 'review.made' && type !== 'items.left' && type !== 'items.returned',
  );
}

/** Groups look back on what was paid within them only as far as the horizon: a window that is documented. */
const alone = anyDocuments.filter(({ policies, newer }) =>
  [...policies, newer].every(({ unit }) => typeof unit !== 'object'),
);
/** Money for several invoices at once, and enough of it. */
const settling: fc.Arbitrary<Step> = fc
  .record({
    id: fc.constantFrom('P1', 'P4', 'P5'),
    to: fc.subarray(['F1', 'F2', 'F3'], { minLength: 1 }),
    amount: fc.constantFrom(2_000, 5_000, 10_000),
    hours: fc.constantFrom(1, 24, 300),
  })
  .map(({ id, to, amount, hours }) => {
    const allocations = to.map((invoice) => ({ invoice, amount }));
    const fact = (date: string): FileEvent =>
      told.payment({ ...aPayment({ id, date, amount: amount * to.length }), allocations });
    return { hours, what: { kind: 'fact', fact } };
  });
const lives: fc.Arbitrary<Life> = fc.record({
  documents: alone,
  ledger: fullLedger,
  steps: fc
    .tuple(steps, fc.array(settling, { maxLength: 6 }))
    .map(([all, paid]) => [
      ...all.flatMap((step, index) => [step, ...paid.slice(index, index + 1)]),
      ...all.map((step) => ({ ...step, hours: step.hours * 5 })),
    ]),
});

describe('records that leave', () => {
  it('change no fact, no decision and no id of an act', () => {
    let left = 0;
    let returned = 0;
    fc.assert(
      fc.property(lives, fc.integer({ min: 8, max: 20 }), (life, days) => {
        const stays = new Living(life);
        const leaves = new LeavingLife(life, days);
        for (const step of life.steps) {
          stays.step(step);
          leaves.step(step);
          const { engine, file, now } = leaves.moment;
          expect(said(leaves.moment.log)).toEqual(said(stays.moment.log));
          expect(factsOf(engine, file, now)).toEqual(factsOf(engine, stays.moment.file, now));
          expect(decide(engine, file, now).waiting).toEqual(decide(engine, stays.moment.file, now).waiting);
        }
        left += leaves.left;
        returned += leaves.returned;
      }),
      { numRuns: 60 * times, seed },
    );
    expect([left > 60, returned > 20, left, returned]).toEqual([true, true, left, returned]);
  });
});
