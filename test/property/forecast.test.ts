import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantAt, parseDay } from '../../src/calendar/index.js';
import type { Assumptions, FileEvent, Planned } from '../../src/engine/index.js';
import { parseDocuments } from '../../src/schema/index.js';
import { aLedger, firstDay } from '../support/arbitrary.js';
import { aPlanOf, risingPolicy, wildPolicy } from '../support/arbitrary-documents.js';
import { anyDocuments, messages } from '../support/arbitrary-plans.js';
import { fullLedger, steps } from '../support/arbitrary-steps.js';
import { fileOf } from '../support/build.js';
import { type Life, Living } from '../support/life.js';
import { type Shell, shellWith, tickAsNamed, tickUntilRest } from '../support/shell.js';

/** Forecasts are what then really happens, over documents of any keys and lives of any kind. */

/** The same lives at every run; `LIFE_SEED` and `LIFE_RUNS` (times as many) go hunting for others. */
const seed = Number(process.env.LIFE_SEED ?? 20_260_301);
const times = Number(process.env.LIFE_RUNS ?? 1);
const hour = 3_600_000;
const days = 45;

/** Adjustments may fit the later version of a policy only. */
const documents = anyDocuments.filter(({ plan, policies, messages: own }) => {
  try {
    parseDocuments({ plan, policies, messages: own });
    return true;
  } catch {
    return false;
  }
});

/** Short ones: what is forecast is the rest of the ladder. */
const lives: fc.Arbitrary<Life> = fc.record({
  documents,
  ledger: fullLedger,
  steps: steps.map((all) => all.slice(0, 6)),
});

/** A shell in which a life has been lived up to a moment. */
async function shellAfter(life: Life): Promise<Shell> {
  const living = new Living(life).run(life.steps);
  const newer = living.engine.versions.has(`${life.documents.newer.id}@${life.documents.newer.version}`);
  const policies = newer ? [...life.documents.policies, life.documents.newer] : life.documents.policies;
  const { plan, messages: own } = life.documents;
  return shellWith({ plan, policies, messages: own }, living.file, living.moment.acts, living.now);
}

/** What is compared: everything, byte for byte; those of one instant in the order of their ids. */
function lines(planned: readonly Planned[]): readonly string[] {
  return planned
    .map(
      ({ at, becomes, act }) => `${new Date(at).toISOString()} ${becomes} ${act.id} ${JSON.stringify(act)}`,
    )
    .sort();
}

async function asForecast(
  life: Life,
  assumed: Assumptions,
  then: (shell: Shell) => Promise<boolean>,
): Promise<void> {
  const shell = await shellAfter(life);
  const to = shell.clock.now() + days * 24 * hour;
  const { planned } = await shell.dunning.forecast('robles', { to, ...assumed });
  await tickAsNamed(shell, to, () => then(shell));
  const told =
    assumed.proposals === 'confirmed' ? shell.done.filter((one) => !isConfirmed(one, shell)) : shell.done;
  expect(lines(planned)).toEqual(lines(told));
}

/** A proposal that was confirmed at the very instant at which it was made: told once, as confirmed. */
function isConfirmed(one: Planned, { done }: Shell): boolean {
  return (
    one.becomes === 'proposed' &&
    done.some(({ at, act, becomes }) => becomes === 'confirmed' && act.id === one.act.id && at === one.at)
  );
}

async function confirmAll({ dunning }: Shell): Promise<boolean> {
  let any = false;
  for await (const { act } of dunning.acts({ states: ['open'] })) {
    if (act.mode === undefined) continue;
    await dunning.confirm(act.id, { author: 'forecast' });
    any = true;
  }
  return any;
}

describe('a forecast', () => {
  it('is what ticks at the instants that the account names then do', async () => {
    await fc.assert(
      fc.asyncProperty(lives, (life) => asForecast(life, {}, async () => false)),
      { numRuns: 60 * times, seed },
    );
  });

  it('is what they do when people confirm each proposal at once', async () => {
    await fc.assert(
      fc.asyncProperty(lives, (life) => asForecast(life, { proposals: 'confirmed' }, confirmAll)),
      { numRuns: 40 * times, seed },
    );
  });

  it('is what they do when each message is delivered at once', async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (life) => {
        const told = new Set<string>();
        await asForecast(life, { messages: 'delivered' }, async ({ dunning, done }) => {
          const fresh = done.filter(({ becomes, act }) => becomes === 'sent' && !told.has(act.id));
          for (const { act } of fresh) {
            told.add(act.id);
            await dunning.delivered(act.id);
          }
          return fresh.length > 0;
        });
      }),
      { numRuns: 40 * times, seed },
    );
  });

  it('is what they do however many ticks come between', async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (life) => {
        const shell = await shellAfter(life);
        const start = shell.clock.now();
        const to = start + 7 * 24 * hour;
        const { planned } = await shell.dunning.forecast('robles', { to });
        // Every instant that these documents can name lies on a quarter of an hour.
        for (let at = start; at <= to; at += hour / 4) {
          shell.clock.moveTo(at);
          await tickUntilRest(shell, async () => false);
        }
        expect(lines(planned)).toEqual(lines(shell.done));
      }),
      { numRuns: 20 * times, seed },
    );
  });

  it('begins in the future with what has happened until then', async () => {
    await fc.assert(
      fc.asyncProperty(lives, fc.integer({ min: 0, max: 20 * 24 }), async (life, hours) => {
        const shell = await shellAfter(life);
        const from = shell.clock.now() + hours * hour;
        const to = from + 20 * 24 * hour;
        const { planned } = await shell.dunning.forecast('robles', { from, to });
        await tickAsNamed(shell, to, async () => false);
        expect(lines(planned)).toEqual(lines(shell.done.filter(({ at }) => at >= from)));
      }),
      { numRuns: 20 * times, seed },
    );
  });

  it('begins with the act that is said to be next, of the account and of each item', async () => {
    await fc.assert(
      fc.asyncProperty(lives, async (life) => {
        const { dunning, clock } = await shellAfter(life);
        const to = clock.now() + 400 * 24 * hour;
        const { planned } = await dunning.forecast('robles', { to, purposes: ['dunning'] });
        const { next, items } = await dunning.account('robles');
        expect(next?.at).toBe(planned[0]?.at);
        expect((await dunning.nextAction('robles')).next).toEqual(next);
        for (const { item, next: own } of items) {
          const first = planned.find(({ act }) => act.items.some((one) => one.acting && one.item === item));
          expect([item, own?.at, own?.stage]).toEqual([item, first?.at, first?.act.stage]);
        }
      }),
      { numRuns: 20 * times, seed },
    );
  });

  it('names the days of one tick a day, where no hours are counted and the tick lies in the window', async () => {
    const plainDocuments = fc
      .record({ plan: aPlanOf, ladder: wildPolicy('ladder'), other: risingPolicy('other') })
      .map(({ plan: { contact, ...plan }, ladder, other }) => ({
        plan: { ...plan, contact: { ...contact, windows: [{ from: '09:00', to: '18:00' }] } },
        policies: [ladder, other],
        messages,
      }));
    await fc.assert(
      fc.asyncProperty(plainDocuments, aLedger, async (documents, ledger) => {
        const { zone } = documents.plan;
        const file = fileOf(...ledger.map(withoutZones));
        const first = parseDay(firstDay);
        const shell = await shellWith(documents, file, new Map(), instantAt(first, 9 * 60, zone));
        const last = first + 30;
        const to = instantAt(last, 23 * 60, zone);
        const { planned } = await shell.dunning.forecast('robles', { to });
        for (let today = first; today <= last; today++) {
          shell.clock.moveTo(instantAt(today, 10 * 60, zone));
          await tickUntilRest(shell, async () => false);
        }
        expect(brief(planned)).toEqual(brief(shell.done));
      }),
      { numRuns: 60 * times, seed },
    );
  });
});

/** What a person sees of it: the instant within the day may differ. */
function brief(planned: readonly Planned[]): readonly string[] {
  return planned
    .map(({ becomes, act }) => {
      const { id, on, channel, contact, totals, items } = act;
      return JSON.stringify([on, becomes, id, channel, contact, totals, items]);
    })
    .sort();
}

/** Books and people of one place. */
function withoutZones(event: FileEvent): FileEvent {
  if (event.type !== 'account.upserted') return event;
  const { zone: _, contacts, ...account } = event.account;
  return {
    ...event,
    account: { ...account, contacts: contacts.map(({ zone: _zone, ...contact }) => contact) },
  };
}
