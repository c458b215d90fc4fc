import { performance } from 'node:perf_hooks';
import { createDunning, type Dunning } from '../src/dunning/index.js';
import type { LedgerFacts } from '../src/ledger/facts.js';
import { memoryStore } from '../src/stores/memory/index.js';
import { pgliteStore } from '../src/stores/pglite/index.js';
import type { Store } from '../src/stores/store.js';
import { recordingChannel } from '../src/testing/recording-channel.js';
import { account, documents } from '../test/support/world.js';
import { median } from './statistics.js';

/**
 * What an account with years of history costs: ten open invoices beside
 * thousands that are settled, with these in its working file and after they
 * left it; and what it costs that many messages of one account go out.
 *
 * node --import ./test/support/run-typescript.mjs bench/closed.ts [settled] [open]
 */

const settled = Number(process.argv[2] ?? 5_000);
const open = Number(process.argv[3] ?? 400);
const dayMs = 86_400_000;
const now = Date.parse('2026-03-02T10:00:00-05:00');
const dateOf = (days: number): string => new Date(now - days * dayMs).toISOString().slice(0, 10);
const total = { amount: '1000.00', currency: 'COP' };

function worldOf(store: Store, closedAfter: string): Dunning {
  return createDunning({
    ...documents,
    plan: { ...documents.plan, contact: { gap: 'none', caps: [] } },
    policies: documents.policies.map((policy) => ({ ...policy, message: { by: 'item' as const } })),
    store,
    closedAfter,
    channels: [recordingChannel('whatsapp'), recordingChannel('email')],
    sender: { name: 'Acme', phone: '+57 601 555 0100', pay: { bank: 'Cuenta 1' } },
  });
}

/** One invoice a day and more, back from fourteen months ago, all paid; ten that are open. */
function history(): LedgerFacts {
  const invoices: NonNullable<LedgerFacts['invoices']>[number][] = [];
  const payments: NonNullable<LedgerFacts['payments']>[number][] = [];
  for (let n = 0; n < settled; n++) {
    const age = 450 + Math.floor((n * 3_200) / settled);
    const id = `F${n}`;
    invoices.push({ id, account: 'robles', issued: dateOf(age + 30), due: dateOf(age), total });
    const date = dateOf(age - 3);
    payments.push({
      id: `P${n}`,
      account: 'robles',
      invoice: id,
      date,
      amount: total,
      bookedAt: `${date}T12:00:00Z`,
    });
  }
  for (let n = 0; n < 10; n++)
    invoices.push({ id: `O${n}`, account: 'robles', issued: dateOf(30), due: dateOf(-20), total });
  return { accounts: [account], invoices, payments };
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

async function aged(name: string, store: Store, closedAfter: string): Promise<void> {
  await store.migrate();
  const dunning = worldOf(store, closedAfter);
  await dunning.sync(history(), { now: now - dayMs });
  const first = await timed(() => dunning.review({ accounts: ['robles'], now }));
  const [stored] = await store.load('default', ['robles']);
  const header = JSON.stringify(stored?.header).length;
  const rows = stored?.rows.size ?? 0;
  const times: number[] = [];
  for (let n = 0; n < 7; n++) {
    const pay = {
      id: `X${n}`,
      account: 'robles',
      invoice: 'O0',
      date: dateOf(0),
      amount: { ...total, amount: '1.00' },
    };
    times.push(
      await timed(async () => {
        await dunning.sync({ payments: [pay] }, { now: now + n });
        await dunning.review({ accounts: ['robles'], now: now + n });
      }),
    );
  }
  const again = await timed(() => dunning.sync(history(), { now: now + 10 }));
  console.log(
    `${name} ${closedAfter}: header ${header} bytes, ${rows} rows; first review ${first.toFixed(0)} ms, ` +
      `payment and review ${median(times).toFixed(1)} ms, the whole history told again ${again.toFixed(0)} ms`,
  );
  await dunning.close();
}

async function crowd(name: string, store: Store, count: number): Promise<void> {
  await store.migrate();
  const dunning = worldOf(store, '400d');
  const invoices = Array.from({ length: count }, (_, n) => ({
    id: `O${n}`,
    account: 'robles',
    issued: dateOf(30),
    due: dateOf(4),
    total,
  }));
  await dunning.sync({ accounts: [account], invoices }, { now });
  const review = await timed(() => dunning.review({ now }));
  let sent = 0;
  const dispatch = await timed(async () => {
    sent = (await dunning.dispatch({ now })).length;
  });
  console.log(
    `${name}: ${count} open invoices: review ${review.toFixed(0)} ms, ${sent} messages ${dispatch.toFixed(0)} ms`,
  );
  await dunning.close();
}

for (const closedAfter of ['never', '400d']) {
  await aged('memory', memoryStore(), closedAfter);
  await aged('PGlite', pgliteStore(), closedAfter);
}
for (const count of [open / 4, open / 2, open]) await crowd('memory', memoryStore(), count);
await crowd('PGlite', pgliteStore(), open);
