import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresStore } from '../../src/stores/postgres/index.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import type { Law } from './books.js';
import type { Town } from './house.js';
import { type LaneOptions, type LaneResult, runLane } from './lane.js';
import { bundle, type Programs } from './processes.js';
import { type Kill, type Life, type StepId, steps, type Variant } from './steps.js';

let server: PostgresServer;
let programs: Programs;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recobro-chaos-pglite-'));
  [programs, server] = await Promise.all([bundle(), startPostgres()]);
}, 60_000);
afterAll(async () => {
  await server?.stop();
  await programs?.remove();
  await rm(folder, { recursive: true, force: true });
});

/** A store that nobody has used. */
async function place(store: Life['store'], name: string): Promise<string> {
  if (store === 'pglite') return join(folder, name);
  const url = await server.createDatabase(name);
  await postgresStore({ client: server.pool({ connectionString: url }) }).migrate();
  return url;
}

/** A death at each of these steps from its day on; a step that no worker came to is the first of the next day. */
function each(plan: readonly (readonly [day: number, ids: readonly StepId[]])[]) {
  const left = plan.flatMap(([from, ids]) => ids.map((step) => ({ from, step })));
  const reached: string[] = [];
  return {
    reached,
    nextKill(day: number): Kill | undefined {
      const [first] = left;
      return first === undefined || first.from > day ? undefined : { step: first.step, nth: 1 };
    },
    onDeath(_: Kill, at: Kill['step'] | undefined): void {
      if (at === undefined) return;
      reached.push(at);
      left.shift();
    },
  };
}

/** About a hundred and thirty messages: three stages of 54 accounts. */
const usual = {
  town: { accounts: 54, days: 1 },
  last: 5,
  provider: { untaken: 0.02, taken: 0.02, silent: 0, mute: 0.05 },
};

async function run(
  store: Life['store'],
  name: string,
  deaths: ReturnType<typeof each>,
  changed: Partial<LaneOptions> = {},
): Promise<LaneResult> {
  return runLane({
    programs,
    store,
    where: await place(store, name),
    workers: 1,
    parallel: 2,
    seed: 7,
    ...usual,
    nextKill: deaths.nextKill,
    onDeath: deaths.onDeath,
    ...changed,
  });
}

/**
 * By day, since a review is made once a day, and so that lost acts, which are
 * found only where a worker died while it sent, are there to be found.
 */
const everyStep = [
  [0, ['I1', 'I2', 'R1', 'R2', 'R3', 'R5']],
  [
    1,
    [
      'R4',
      'D1',
      'L1',
      'L2',
      'L3',
      'D2',
      'D3',
      'D4',
      'D5',
      'P1',
      'D6',
      'P2',
      'D7',
      'P3',
      'D8',
      'D9',
      'D10',
      'D11',
    ],
  ],
  [1, ['C1', 'C2', 'C3', 'T1', 'T2']],
  [3, ['W1', 'W2', 'W3', 'W4', 'M1', 'M2', 'M3', 'M4', 'M5', 'M7']],
  [3, ['R6', 'C4', 'C5', 'C6', 'S1', 'S2']],
  [5, ['M6']],
] as const;

/** At these the store holds what it holds a step earlier or later; PGlite, which is slow to open, is spared them here. */
const asBefore: ReadonlySet<StepId> = new Set<StepId>([
  ...(['R1', 'R2', 'R3', 'D2', 'D3', 'D9', 'C1', 'C3', 'C6', 'P1'] as const),
  ...(['L1', 'L2', 'L3', 'W1', 'W2', 'W3', 'W4', 'M1', 'M2', 'M3', 'M7', 'T1'] as const),
]);
const steppedOnPGlite = everyStep.map(([day, ids]) => [day, ids.filter((id) => !asBefore.has(id))] as const);

it('the page of steps lists what is tested', async () => {
  const page = await readFile(new URL('../../docs/crash-steps.md', import.meta.url), 'utf8');
  const listed = [...page.matchAll(/^\| ([A-Z]\d+) \|/gm)].map(([, id]) => id);
  expect(listed.sort()).toEqual(steps.map(([id]) => id).sort());
});

describe.concurrent('a worker is killed at every step', () => {
  it.each([
    ['postgres', everyStep],
    ['pglite', steppedOnPGlite],
  ] as const)('and nothing is lost or sent twice, on %s', { timeout: 600_000 }, async (store, plan) => {
    const deaths = each(plan);
    const result = await run(store, `every_${store}`, deaths);
    expect(result.faults).toEqual([]);
    // Two ways lead to a stop, and where they meet its commits are one: then M6 is M4.
    const reached = (ids: readonly string[]): readonly string[] => ids.filter((id) => id !== 'M6');
    expect(reached(deaths.reached)).toEqual(reached(plan.flatMap(([, ids]) => ids)));
    expect(result.messages).toBeGreaterThan(110);
  });
});

it('no more people are written to than a limit allows, and as many, whoever dies over their places', {
  timeout: 300_000,
}, async () => {
  const deaths = each([
    [1, ['L1', 'L2', 'D4', 'D7']],
    [2, ['L2', 'L3']],
  ]);
  const town = { accounts: 24, days: 1, limits: { people: 6 } };
  const { faults, kills } = await run('postgres', 'limited', deaths, { town, last: 3 });
  expect(faults).toEqual([]);
  expect(kills).toBe(6);
});

it('every step is one of them', () => {
  expect(everyStep.flatMap(([, ids]) => ids).sort()).toEqual(steps.map(([id]) => id).sort());
});

describe.concurrent('the books find what is wrong', () => {
  const faithful = { untaken: 0, taken: 0, silent: 0, mute: 0 };
  const few = { accounts: 5, days: 1 };
  const crowd = { accounts: 9, days: 1, limits: { people: 3 } };
  it.each<readonly [Variant, StepId, LaneOptions['provider'], readonly Law[], day: number, town: Town]>([
    [
      'resends',
      'D7',
      { ...faithful, mute: 1 },
      ['a message key is taken once at most', 'a stage is told once at most'],
      1,
      few,
    ],
    [
      'guesses',
      'D6',
      faithful,
      ['every stage that was due is told', 'books and provider agree on what was sent'],
      1,
      few,
    ],
    ['deaf', 'D8', faithful, ['a receipt that was acknowledged is never forgotten'], 1, few],
    ['hasty', 'M3', faithful, ['what debtors write is taken in once'], 3, few],
    ['greedy', 'D11', faithful, ['limits hold'], 1, crowd],
  ])('with a worker that %s', { timeout: 300_000 }, async (variant, step, provider, laws, last, town) => {
    const lane = { town, last, provider };
    const { faults, kills } = await run('postgres', `wrong_${variant}`, each([[last, [step]]]), {
      ...lane,
      variant,
    });
    expect(kills).toBe(1);
    const found = new Set(faults.map(({ law }) => law));
    for (const law of laws) expect(found).toContain(law);
  });
});
