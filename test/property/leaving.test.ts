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
/** Money for all that is open of some invoices, or a step of any life. */
type Next = Step | { readonly hours: number; readonly pays: readonly string[] };

const settling: fc.Arbitrary<Next> = fc.record({
  hours: fc.constantFrom(1, 24, 300, 500),
  pays: fc.subarray(['F1', 'F2', 'F3'], { minLength: 1 }),
});

interface Told {
  readonly documents: Life['documents'];
  readonly ledger: Life['ledger'];
  readonly steps: readonly Next[];
}

const lives: fc.Arbitrary<Told> = fc.record({
  documents: alone,
  ledger: fullLedger,
  steps: fc
    .tuple(steps, fc.array(settling, { minLength: 1, maxLength: 6 }))
    .map(([long, paid]) => [long.slice(0, 16), paid] as const)
    .map(([all, paid]) => [
      ...all.flatMap((step, index): readonly Next[] => [step, ...paid.slice(index, index + 1)]),
      ...all.map((step) => ({ ...step, hours: step.hours * 5 })),
    ]),
});

/** One payment that settles what is open of invoices, to the cent, as the file that keeps everything knows it. */
function payingOff({ engine, file, now }: Living, next: Next, n: number): Step {
  if (!('pays' in next)) return next;
  const { items } = viewOf(engine, file, now);
  const allocations = next.pays.flatMap((invoice) => {
    const amount = items
      .filter((item) => item.plan === undefined && item.invoice.id === invoice)
      .reduce((sum, { outstanding }) => sum + Math.max(outstanding, 0), 0);
    return amount === 0 ? [] : [{ invoice, amount }];
  });
  const amount = allocations.reduce((sum, one) => sum + one.amount, 0);
  const { hours } = next;
  if (amount === 0) return { hours, what: { kind: 'review' } };
  const fact = (date: string): FileEvent =>
    told.payment({ ...aPayment({ id: `X${n}`, date, amount }), bookedAt: now, allocations });
  return { hours, what: { kind: 'fact', fact } };
}

describe('records that leave', () => {
  it('change no fact, no decision and no id of an act', () => {
    let left = 0;
    let returned = 0;
    let paid = 0;
    fc.assert(
      fc.property(lives, fc.integer({ min: 8, max: 20 }), (life, days) => {
        const { documents, ledger } = life;
        const stays = new Living({ documents, ledger, steps: [] });
        const leaves = new LeavingLife({ documents, ledger, steps: [] }, days);
        for (const [index, next] of life.steps.entries()) {
          const step = payingOff(stays, next, index);
          stays.step(step);
          leaves.step(step);
          const { engine, file, now } = leaves.moment;
          expect(said(leaves.moment.log)).toEqual(said(stays.moment.log));
          expect(factsOf(engine, file, now)).toEqual(factsOf(engine, stays.moment.file, now));
          expect(decide(engine, file, now).waiting).toEqual(decide(engine, stays.moment.file, now).waiting);
        }
        left += leaves.left;
        paid += leaves.moment.file.left?.paid.count ?? 0;
        returned += leaves.returned;
      }),
      { numRuns: 40 * times, seed },
    );
    // Lives in which nothing leaves, or nothing comes back, would prove nothing.
    expect({ left, returned, paid }).toSatisfy(() => left > 50 && returned > 8 && paid > 8);
  });
});
