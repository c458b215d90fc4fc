import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantAt, parseDay } from '../../src/calendar/index.js';
import { climb } from '../../src/engine/climb.js';
import { decide, evolveAll } from '../../src/engine/index.js';
import { lifecycle } from '../../src/engine/lifecycle.js';
import { look } from '../../src/engine/look.js';
import { dayAfter, firstDay } from '../support/arbitrary.js';
import { richPortfolio } from '../support/arbitrary-ladders.js';
import { portfolioOfMessages } from '../support/arbitrary-messages.js';
import { after, days, portfolio, risingPortfolio } from '../support/portfolio.js';
import { text } from '../support/text.js';

const anyPortfolio = fc.oneof(portfolio, risingPortfolio, richPortfolio, portfolioOfMessages());
const aCount = fc.integer({ min: 1, max: days - 1 });
const runs = { numRuns: 300 };

/** The account on the day after, with the facts of that day told and nothing reviewed. */
function nextDay(one: Parameters<typeof after>[0], count: number) {
  const { engine, file } = after(one, count);
  const told = evolveAll(file, one.facts[dayAfter(count)] ?? []);
  const zone = told.account?.zone ?? one.plan.zone;
  return { engine, file: told, now: instantAt(parseDay(firstDay) + count, one.hour * 60, zone) };
}

describe('what is found the short way', () => {
  it('is the verdict of the long way, stage by stage', () => {
    let short = 0;
    fc.assert(
      fc.property(anyPortfolio, aCount, (one, count) => {
        const { engine, file, now } = nextDay(one, count);
        const { view } = look(engine, file, now);
        const { subjects, events } = lifecycle(engine, view);
        const begun = evolveAll(view.file, events);
        for (const { unit, case: id, policy, reason } of subjects) {
          const known = begun.cases.get(unit.id)?.find((other) => other.id === id);
          if (policy === undefined || known === undefined || reason !== undefined || policy.byState) continue;
          if (policy.plain) short++;
          // Who notes what is said of each stage goes the long way.
          const long = climb(engine, policy, view, unit, known, () => {});
          expect(climb(engine, policy, view, unit, known)).toEqual(long);
        }
      }),
      runs,
    );
    expect(short).toBeGreaterThan(100);
  });

  it('is the case as the file has it once what began is told', () => {
    fc.assert(
      fc.property(anyPortfolio, aCount, (one, count) => {
        const { engine, file, now } = nextDay(one, count);
        const { view } = look(engine, file, now);
        const { subjects, events } = lifecycle(engine, view);
        const begun = evolveAll(view.file, events);
        for (const { unit, case: id, known } of subjects) {
          if (known === undefined) continue;
          expect(known).toEqual(begun.cases.get(unit.id)?.find((other) => other.id === id));
        }
      }),
      runs,
    );
  });

  it('is the same decision without a trace, but for what waits', () => {
    fc.assert(
      fc.property(anyPortfolio, aCount, (one, count) => {
        const { engine, file, now } = nextDay(one, count);
        const traced = decide(engine, file, now);
        expect(text(decide(engine, file, now, { trace: false }))).toBe(text({ ...traced, waiting: [] }));
      }),
      runs,
    );
  });
});
