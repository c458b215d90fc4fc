import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Planned } from '../../src/engine/index.js';
import { anyDocuments } from '../support/arbitrary-plans.js';
import { fullLedger, steps } from '../support/arbitrary-steps.js';
import { type Life, Living } from '../support/life.js';
import { type Shell, shellWith, tickAsNamed } from '../support/shell.js';

/** Forecasts are what then really happens, over documents of any keys and lives of any kind. */

/** The same lives at every run; `LIFE_SEED` and `LIFE_RUNS` (times as many) go hunting for others. */
const seed = Number(process.env.LIFE_SEED ?? 20_260_301);
const times = Number(process.env.LIFE_RUNS ?? 1);
const day = 86_400_000;

const lives: fc.Arbitrary<Life> = fc.record({ documents: anyDocuments, ledger: fullLedger, steps });

/** A shell in which a life has been lived up to a moment. */
async function shellAfter(life: Life): Promise<Shell> {
  const living = new Living(life).run(life.steps);
  const { documents } = life;
  const newer = living.engine.versions.has(`${documents.newer.id}@${documents.newer.version}`);
  const policies = newer ? [...documents.policies, documents.newer] : documents.policies;
  const { plan, messages } = documents;
  return shellWith({ plan, policies, messages }, living.file, living.moment.acts, living.now);
}

/** What is compared: everything, byte for byte; those of one instant in the order of their ids. */
function lines(planned: readonly Planned[]): readonly string[] {
  return planned
    .map(
      ({ at, becomes, act }) => `${new Date(at).toISOString()} ${becomes} ${act.id} ${JSON.stringify(act)}`,
    )
    .sort();
}

describe('a forecast', () => {
  it('is what ticks at the instants that the account names then do', async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (life) => {
        const shell = await shellAfter(life);
        const to = shell.clock.now() + 45 * day;
        const { planned } = await shell.dunning.forecast('robles', { to });
        await tickAsNamed(shell, to, async () => false);
        expect(lines(planned)).toEqual(lines(shell.done));
      }),
      { numRuns: 60 * times, seed },
    );
  });
});
