import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ActRecord } from '../../src/dunning/index.js';
import { postgresStore } from '../../src/stores/postgres/index.js';
import { type Child, killChildren, startChild } from '../support/child.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { all, world } from '../support/world.js';
import { caps, crowd, crowdedHouse, dayClock, mostADay, tenants } from './crowded.js';
import type { Taken } from './processes/provider.js';

/** How many times as much work: `RECOBRO_FAULTS=10 npx vitest run test/faults/concurrency.test.ts` runs for minutes. */
const scale = Number(process.env.RECOBRO_FAULTS ?? 1);
const workers = 8;
/** What each worker hears of the hot account while all of them work. */
const heard = 4 * scale;

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
}, 60_000);
afterEach(killChildren);
afterAll(() => server?.stop());

interface End {
  readonly finished: boolean;
  readonly sent: number;
  readonly wrong: readonly string[];
}

/** Its last line, and that it has ended by itself. */
async function endOf(child: Child): Promise<End> {
  child.say('stop');
  const end = JSON.parse(await child.line()) as End;
  await expect(child.line()).rejects.toThrow('ended (0)');
  return end;
}

/** Groups that hold more of something than they may. */
function crowdedGroups<T>(
  rows: readonly T[],
  group: (row: T) => string,
  of: (row: T) => unknown,
  most: number,
) {
  return [...Map.groupBy(rows, group)]
    .map(([name, members]) => [name, new Set(members.map(of)).size] as const)
    .filter(([, size]) => size > most);
}

it('eight processes, two tenants, one hot account: each message once, caps hold, no deadlock', {
  timeout: 300_000 * scale,
}, async () => {
  const pool = server.pool();
  const store = postgresStore({ client: pool });
  await store.migrate();
  const started = Date.now();
  const clock = dayClock(started);
  const { dunning } = world({ ...crowdedHouse, store, tenant: tenants[0], clock });
  const handles = tenants.map((tenant) => dunning.for(tenant));
  const facts = crowd(40 * scale, 60 * scale);
  const first = facts.invoices!.map(({ id }) => id);
  for (const one of handles) await one.sync(facts);

  const provider = startChild('faults/processes/provider.ts');
  const url = `http://127.0.0.1:${await provider.line()}/`;
  const children = Array.from({ length: workers }, (_, n) =>
    startChild(
      'faults/processes/worker.ts',
      server.url,
      url,
      `w${n}`,
      String(started),
      String(heard),
      String(scale),
    ),
  );
  for (const child of children) expect(await child.line()).toBe('ready');
  for (const child of children) child.say('facts');
  for (const child of children) expect(await child.line()).toBe('told');

  /** Nothing is due or under way, but for what has to wait. */
  const quiet = async (): Promise<boolean> => {
    const now = clock.now();
    if ((await store.due({ before: now, limit: 1 })).length > 0) return false;
    const rows = await pool.query(
      `SELECT 1 FROM recobro_acts WHERE state IN ('claimed', 'sending') OR state = 'ready' AND not_before <= $1 LIMIT 1`,
      [now],
    );
    return rows.rows.length === 0;
  };
  // On the first day caps and the rate keep things back; on the fourth at the latest everything has gone out.
  for (let days = 0; days < 3; days++) {
    await expect.poll(quiet, { timeout: 250_000 * scale, interval: 50 }).toBe(true);
    const moment = Date.now() + 200;
    for (const child of children) child.say(`day ${moment}`);
    clock.jump(moment);
    while (Date.now() < moment) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await expect.poll(quiet, { timeout: 250_000 * scale, interval: 50 }).toBe(true);

  const ends = await Promise.all(children.map(endOf));
  expect(ends.map(({ finished, wrong }) => [finished, wrong])).toEqual(ends.map(() => [true, []]));
  const taken = (await (await fetch(url)).json()) as readonly Taken[];
  const acts = (await Promise.all(handles.map((one) => all(one.acts())))).map((rows, n) =>
    rows.map((row) => ({ ...row, tenant: tenants[n]! })),
  );
  const rows = acts.flat();

  // Each message once, and each of them a row that says so.
  const keys = taken.map(({ tenant, key }) => `${tenant} ${key}`);
  expect(new Set(keys).size).toBe(keys.length);
  const accepted = rows.filter(({ state }) => state === 'accepted');
  expect(accepted.map(({ tenant, act }) => `${tenant} ${act.id}`).sort()).toEqual([...keys].sort());
  expect(rows.filter(({ state }) => state !== 'accepted' && state !== 'withdrawn')).toEqual([]);

  // No two acts stand for the same stage of the same case, contact and place.
  const held = accepted.flatMap(({ tenant, act }) => act.keys.map((key) => `${tenant} ${key}`));
  expect(new Set(held).size).toBe(held.length);

  // Every invoice was spoken of once, but for those that were paid before their turn came.
  const spoken = accepted.flatMap(({ tenant, act }) =>
    act.items.map(({ invoice }) => `${tenant} ${invoice}`),
  );
  expect(new Set(spoken).size).toBe(spoken.length);
  const paid = (n: number): boolean => n % 2 === 0 && n + 1 < heard;
  const arrived = children.flatMap((_, w) =>
    Array.from({ length: heard }, (_, n) => n).flatMap((n) => (paid(n) ? [] : [`H-w${w}-${n}`])),
  );
  const unpaid = [
    ...first.flatMap((id) => tenants.map((tenant) => `${tenant} ${id}`)),
    ...arrived.map((id) => `north ${id}`),
  ];
  expect(unpaid.filter((one) => !spoken.includes(one))).toEqual([]);

  // Caps: so many occasions a day, of an account and of a contact.
  const dayOf = ({ result }: ActRecord): string =>
    new Date((result as { at: number }).at).toISOString().slice(0, 10);
  const occasion = ({ act }: ActRecord): number => act.review;
  const ofAccount = (row: (typeof rows)[number]): string => `${row.tenant} ${row.act.account} ${dayOf(row)}`;
  expect(crowdedGroups(accepted, ofAccount, occasion, caps.account)).toEqual([]);
  expect(
    crowdedGroups(accepted, (row) => `${ofAccount(row)} ${row.act.contact}`, occasion, caps.contact),
  ).toEqual([]);

  // The rate: so many in any day of each tenant's sender, whoever of the eight sent them.
  for (const tenant of tenants) {
    const times = taken.flatMap((one) => (one.tenant === tenant ? [one.at] : [])).sort((a, b) => a - b);
    const most = mostADay * scale;
    expect(times.length).toBeGreaterThan(tenant === 'north' ? most : 0);
    for (const [n, at] of times.entries())
      expect((times[n + most] ?? Infinity) - at).toBeGreaterThan(23.9 * 3_600_000);
  }

  // Eight sealers made one chain of each log.
  for (const one of handles) expect(await one.verify()).toMatchObject({ ok: true });
  expect(server.said().filter((line) => /deadlock|40P01|ERROR|PANIC/.test(line))).toEqual([]);
  if (scale > 1)
    process.stderr.write(
      `${taken.length} messages by ${ends.map(({ sent }) => sent).join('+')} of eight processes\n`,
    );
});
