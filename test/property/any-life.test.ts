import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { anyDocuments } from '../support/arbitrary-plans.js';
import { fullLedger, steps } from '../support/arbitrary-steps.js';
import { type Life, Living, type Witness } from '../support/life.js';
import * as laws from '../support/life-laws.js';
import { text } from '../support/text.js';

/** Laws over documents of any keys, facts of every kind, and whatever people do and providers answer. */

/** The same lives at every run; `LIFE_SEED` and `LIFE_RUNS` (times as many) go hunting for others. */
const seed = Number(process.env.LIFE_SEED ?? 20_260_301);
const times = Number(process.env.LIFE_RUNS ?? 1);

const lives: fc.Arbitrary<Life> = fc.record({ documents: anyDocuments, ledger: fullLedger, steps });

function holds(law: (life: Life) => Witness, numRuns: number): void {
  fc.assert(
    fc.property(lives, (life) => {
      new Living(life, law(life)).run(life.steps);
    }),
    { numRuns: numRuns * times, seed },
  );
}

describe('any life', () => {
  it('says the same when asked twice, or from a file at rest', () => holds(() => laws.sameBytes, 30));

  it('comes to rest, and wakes before anything would be done', () => holds(() => laws.wakesInTime, 40));

  it('plans what is right at once, and explains what it decides', () =>
    holds(() => laws.together(laws.rightAtOnce, laws.explainedAsDecided), 50));

  it('chases what is owed, never early, never twice, within caps', () =>
    holds(
      (life) =>
        laws.together(laws.chasesWhatIsOwed, laws.neverEarly(life), laws.uniqueKeys(), laws.capsHold()),
      60,
    ));

  it('answers promises and disputes once, while they are open and fresh', () =>
    holds(() => laws.answeredOnce, 60));

  it('keeps effects, contacts and the log true', () =>
    holds((life) => laws.together(laws.effectsAreWanted, laws.contactsHappened, laws.foldsAlike(life)), 50));
});

describe('the process', () => {
  const { TZ } = process.env;
  afterEach(() => {
    vi.useRealTimers();
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  });

  it('may be in January or July, here or there: a life leaves the same bytes', () => {
    const places = [
      ['2026-01-10T12:00:00Z', 'Pacific/Kiritimati'],
      ['2031-07-10T12:00:00Z', 'America/St_Johns'],
    ] as const;
    fc.assert(
      fc.property(lives, (life) => {
        const bytes = places.map(([date, zone]) => {
          process.env.TZ = zone;
          vi.useFakeTimers({ toFake: ['Date'] });
          vi.setSystemTime(new Date(date));
          const { moment } = new Living(life).run(life.steps);
          return text([moment.log, moment.file]);
        });
        expect(bytes[1]).toBe(bytes[0]);
      }),
      { numRuns: 15 * times, seed },
    );
  });
});
