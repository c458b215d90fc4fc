import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresStore } from '../../src/stores/postgres/index.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import type { Law } from './books.js';
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

/** A death at each of these steps, in this order; a step that no worker came to waits for the next day. */
function each(ids: readonly StepId[]) {
  const left: Kill[] = ids.map((step) => ({ step, nth: 1 }));
  const reached: string[] = [];
  return {
    left,
    reached,
    nextKill: () => left.shift(),
    onDeath: (kill: Kill, at: Kill['step'] | undefined): void => {
      if (at !== undefined) reached.push(at);
      else left.push(kill);
    },
  };
}

/** About a hundred messages, over the first three stages of 36 accounts. */
const usual = { accounts: 36, last: 5, provider: { untaken: 0.02, taken: 0.02, silent: 0, mute: 0.05 } };

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
    days: 1,
    seed: 7,
    ...usual,
    nextKill: deaths.nextKill,
    onDeath: deaths.onDeath,
    ...changed,
  });
}

/** Lost acts are found only where a worker died while it sent, so those steps take turns. */
const order: readonly StepId[] = [
  ...['I1', 'I2', 'R1', 'R2', 'R3', 'R4', 'R5'],
  ...['D1', 'D2', 'D3', 'D4', 'D5', 'P1', 'D6', 'P2', 'D7', 'P3', 'D8', 'D9', 'D10', 'D11'],
  ...['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'S1', 'S2', 'R6'],
] as readonly StepId[];

it('the page of steps lists what is tested', async () => {
  const page = await readFile(new URL('../../docs/crash-steps.md', import.meta.url), 'utf8');
  const listed = [...page.matchAll(/^\| ([A-Z]\d+) \|/gm)].map(([, id]) => id);
  expect(listed.sort()).toEqual(steps.map(([id]) => id).sort());
});

describe.concurrent('a worker is killed at every step', () => {
  it.each(['postgres', 'pglite'] as const)(
    'and nothing is lost or sent twice, on %s',
    {
      timeout: 120_000,
    },
    async (store) => {
      expect([...order].sort()).toEqual(steps.map(([id]) => id).sort());
      const deaths = each(order);
      const result = await run(store, `every_${store}`, deaths);
      expect(result.faults).toEqual([]);
      expect(deaths.reached.sort()).toEqual([...order].sort());
      expect(result.messages).toBeGreaterThan(90);
    },
  );
});

describe.concurrent('the books find what is wrong', () => {
  const faithful = { untaken: 0, taken: 0, silent: 0, mute: 0 };
  it.each<readonly [Variant, StepId, LaneOptions['provider'], readonly Law[]]>([
    [
      'resends',
      'D7',
      { ...faithful, mute: 1 },
      ['a message key is taken once at most', 'a stage is told once at most'],
    ],
    [
      'guesses',
      'D6',
      faithful,
      ['every stage that was due is told', 'books and provider agree on what was sent'],
    ],
    ['deaf', 'D8', faithful, ['a receipt that was acknowledged is never forgotten']],
  ])('with a worker that %s', { timeout: 120_000 }, async (variant, step, provider, laws) => {
    const deaths = each([step]);
    const nextKill = (day: number): Kill | undefined => (day === 1 ? deaths.nextKill() : undefined);
    const lane = { accounts: 5, last: 1, provider, nextKill };
    const right = await run('postgres', `right_${variant}`, deaths, lane);
    expect([right.kills, right.faults]).toEqual([1, []]);
    deaths.left.push({ step, nth: 1 });
    const { faults } = await run('postgres', `wrong_${variant}`, deaths, { ...lane, variant });
    const found = new Set(faults.map(({ law }) => law));
    for (const law of laws) expect(found).toContain(law);
  });
});
