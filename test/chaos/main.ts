/**
 * `npm run chaos`: the long form. Half of the messages and deaths are on PGlite
 * in a folder, half on PostgreSQL with several workers at once. Progress goes
 * to standard error; the figures, as JSON and as a table, come at the end.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { postgresStore } from '../../src/stores/postgres/index.js';
import { startPostgres } from '../support/postgres.js';
import { debtors, type Town, wanted } from './house.js';
import { type LaneResult, runLane } from './lane.js';
import { Plans } from './plans.js';
import { bundle, type Programs } from './processes.js';
import { dice, type Life, type StepId, steps } from './steps.js';

const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '10400' },
    kills: { type: 'string', default: '510' },
    seed: { type: 'string', default: '1' },
    days: { type: 'string', default: '24' },
    /** After so many minutes nobody is killed any more, and what is left is done in peace. */
    minutes: { type: 'string', default: '60' },
    /** One lane only. */
    only: { type: 'string' },
  },
});
const seed = Number(values.seed);
const days = Number(values.days);
const parallel = 4;
const end = performance.now() + Number(values.minutes) * 60_000;

/** Accounts whose ladders come to so many messages. */
function townFor(messages: number): Town {
  let accounts = Math.ceil(messages / 4);
  while (wanted({ accounts, days }).length < messages) accounts++;
  return { accounts, days };
}

/** Ninety people, of whom thirty may be written to in 24 hours, by workers of whom some die each day. */
const crowd: Town = { accounts: 90, days: 1, limits: { people: 30 } };
const limiting: readonly StepId[] = ['L1', 'L2', 'L3', 'D1', 'D3', 'D4', 'D5', 'D7', 'D10'];

interface Lane {
  readonly result: LaneResult;
  readonly limited: LaneResult;
  readonly plans: Plans;
  readonly seconds: number;
}

async function lane(
  programs: Programs,
  store: Life['store'],
  [where, whereLimited]: readonly [string, string],
  workers: number,
): Promise<Lane> {
  const town = townFor(Number(values.messages) / 2);
  const own = seed + (store === 'pglite' ? 1000 : 2000);
  const plans = new Plans(Number(values.kills) / 2, town, own);
  const begun = performance.now();
  const result = await runLane({
    programs,
    store,
    where,
    workers,
    parallel,
    town,
    seed: own,
    provider: { untaken: 0.01, taken: 0.01, silent: 0.002, mute: 0.03 },
    nextKill: (day) => (performance.now() > end ? undefined : plans.next(day)),
    onDeath: (_, at) => plans.died(at),
    onDay: (day, killed) => console.error(`${store}: day ${day}, ${killed} killed`),
  });
  const limited = await limitedLane(programs, store, whereLimited, workers);
  return { result, limited, plans, seconds: Math.round((performance.now() - begun) / 1000) };
}

/** As many deaths a day as limits have steps, in any order. */
function limitedLane(
  programs: Programs,
  store: Life['store'],
  where: string,
  workers: number,
): Promise<LaneResult> {
  const random = dice(seed);
  const left = new Map<number, number>();
  return runLane({
    programs,
    store,
    where,
    workers,
    parallel,
    town: crowd,
    last: 4,
    seed,
    provider: { untaken: 0, taken: 0.02, silent: 0, mute: 0.03 },
    nextKill(day) {
      const today = left.get(day) ?? (day === 0 ? 0 : limiting.length);
      if (today === 0) return undefined;
      left.set(day, today - 1);
      const step = limiting[Math.floor(random() * limiting.length)] ?? 'L2';
      return { step, nth: 1 + Math.floor(random() * 3) };
    },
    onDeath: () => undefined,
    onDay: (day, killed) => console.error(`${store}, limited: day ${day}, ${killed} killed`),
  });
}

function figures(name: string, { result, limited, plans, seconds }: Lane) {
  const { kills, lives, messages, evenings, foundSent, foundNotSent, store, provider } = result;
  const faults = [...result.faults, ...limited.faults];
  const logged = (type: string): number =>
    Object.entries(store.log).reduce(
      (sum, [what, count]) => sum + (what.split(' ')[1] === type ? count : 0),
      0,
    );
  const answered = store.acts.filter((act) => act.answers);
  const keys = new Map(provider.taken.map(({ key, at }) => [key, at.length]));
  const acts: Record<string, number> = {};
  for (const { state } of store.acts) acts[state] = (acts[state] ?? 0) + 1;
  const lost = store.parked['recobro:worker_lost'] ?? 0;
  return {
    name,
    seconds,
    kills,
    lives,
    messages,
    keys: provider.taken.length,
    written: debtors(result.town).filter(({ writes }) => writes !== undefined).length,
    received: logged('message.received'),
    hooks: provider.hooks,
    answers: answered.length,
    answersSent: answered.reduce((sum, { id }) => sum + (keys.get(id) ?? 0), 0),
    calls: logged('act.confirmed'),
    limited: { messages: limited.messages, kills: limited.kills, days: 4, people: crowd.limits?.people },
    acts,
    parked: store.parked,
    lost,
    mostLost: kills * parallel,
    unknownOnEvenings: evenings,
    foundSent,
    foundNotSent,
    broken: provider.broken,
    earlyReceipts: provider.early,
    deaths: Object.fromEntries([...plans.deaths].sort(([a], [b]) => (a < b ? -1 : 1))),
    verified: store.verified,
    replayed: store.replayed,
    faults: faults.length,
    firstFaults: faults.slice(0, 10),
  };
}

const programs = await bundle();
const folder = await mkdtemp(join(tmpdir(), 'recobro-chaos-pglite-'));
const server = values.only === 'pglite' ? undefined : await startPostgres();
console.error(`seed ${seed}: ${values.messages} messages, ${values.kills} deaths, ${days} days`);
try {
  const running: Promise<readonly [string, Lane]>[] = [];
  if (server !== undefined) {
    await postgresStore({ client: server.pool() }).migrate();
    const limited = await server.createDatabase('limited');
    await postgresStore({ client: server.pool({ connectionString: limited }) }).migrate();
    running.push(lane(programs, 'postgres', [server.url, limited], 3).then((one) => ['PostgreSQL', one]));
  }
  if (values.only !== 'postgres')
    running.push(
      lane(programs, 'pglite', [join(folder, 'store'), join(folder, 'limited')], 1).then((one) => [
        'PGlite',
        one,
      ]),
    );
  const done = (await Promise.all(running)).map(([name, one]) => figures(name, one));
  const total = (of: (one: (typeof done)[number]) => number): number =>
    done.reduce((sum, one) => sum + of(one), 0);
  const summary = {
    seed,
    node: process.version,
    cores: cpus().length,
    messages: total((one) => one.messages),
    kills: total((one) => one.kills),
    faults: total((one) => one.faults),
  };
  console.log(JSON.stringify({ ...summary, lanes: done }, null, 2));
  const row = (name: string, of: (one: (typeof done)[number]) => unknown): string =>
    `| ${name} | ${done.map((one) => String(of(one))).join(' | ')} |`;
  const lines = [
    row('', (one) => one.name),
    row('---', () => '---'),
    row('messages taken', (one) => one.messages),
    row('webhooks answered', (one) => one.hooks),
    row('debtors’ messages written / taken in', (one) => `${one.written} / ${one.received}`),
    row('bot’s answers given / sent', (one) => `${one.answers} / ${one.answersSent}`),
    row('calls told', (one) => one.calls),
    row(
      'under a limit of people: messages, workers killed',
      (one) => `${one.limited.messages}, ${one.limited.kills}`,
    ),
    row('workers killed', (one) => one.kills),
    row('lives', (one) => one.lives),
    row('sent twice', (one) => one.messages - one.keys),
    row('parked, worker lost (most allowed)', (one) => `${one.lost} (${one.mostLost})`),
    row('parked, all codes', (one) => Object.values(one.parked).reduce((sum, count) => sum + count, 0)),
    row('unknown on evenings, after receipts', (one) => one.unknownOnEvenings),
    row('looked up: sent / not sent', (one) => `${one.foundSent} / ${one.foundNotSent}`),
    row('receipts before the answer', (one) => one.earlyReceipts),
    row('faults', (one) => one.faults),
    row('seconds', (one) => one.seconds),
  ];
  console.log(lines.join('\n'));
  const never = steps.filter(([id]) => done.every((one) => one.deaths[id] === undefined)).map(([id]) => id);
  if (never.length > 0) console.log(`no worker died at ${never.join(', ')}`);
  if (summary.faults > 0) process.exitCode = 1;
} finally {
  await server?.stop();
  await programs.remove();
  await rm(folder, { recursive: true, force: true });
}
process.exit();
