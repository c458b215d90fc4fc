import type { DispatchOptions, DispatchResult } from './dispatch-worker.js';
import { schema } from './house.js';
import { helper } from './process.js';
import { rawDispatch } from './raw.js';
import { reviewed } from './review.js';
import { type Server, since } from './server.js';

export interface DispatchRow {
  readonly transport: DispatchOptions['transport'];
  readonly workers: number;
  readonly parallel: number;
  readonly messages: number;
  /** That each message is about. */
  readonly invoices: number;
  readonly milliseconds: number;
  readonly perSecond: number;
  /** Calls that the provider saw, which are as many as messages. */
  readonly calls: number;
  readonly serverCpuMs: number | undefined;
  readonly results: readonly DispatchResult[];
}

export interface DispatchTable {
  readonly rows: readonly DispatchRow[];
  /** Actions a second claimed and finished by raw statements. */
  readonly raw: number;
}

const workers = 2;
const parallel = 64;

/**
 * Sends what a review left ready, by each transport from a copy of the same database: messages about one
 * invoice each, and by undici also about five, each of which is a case of its own that goes on.
 */
export async function dispatchTable(server: Server, messages: number): Promise<DispatchTable> {
  const rows: DispatchRow[] = [];
  await reviewed(server, 'single', messages, 1);
  for (const [transport, from, invoices] of [
    ['fetch', 'single', 1],
    ['undici', 'single', 1],
    ['undici', 'reviewed', 5],
  ] as const) {
    await server.create('sending', from);
    await server.settle('sending');
    rows.push({ ...(await send(server, transport, messages)), invoices });
    await server.drop('sending');
  }
  await server.drop('single');
  const raw = await rawDispatch(server, messages);
  return { rows, raw: (messages / raw) * 1000 };
}

async function send(
  server: Server,
  transport: DispatchOptions['transport'],
  messages: number,
): Promise<Omit<DispatchRow, 'invoices'>> {
  const provider = helper('provider.ts', {});
  const { port } = await provider.next<{ readonly port: number }>();
  const options: DispatchOptions = {
    url: server.url('sending'),
    provider: `http://127.0.0.1:${port}`,
    transport,
    parallel,
    connections: 4,
  };
  const helpers = Array.from({ length: workers }, () => helper('dispatch-worker.ts', options));
  for (const one of helpers) await one.next();
  const used = server.cpu();
  const start = performance.now();
  for (const one of helpers) one.tell('go');
  await emptied(server);
  const milliseconds = performance.now() - start;
  const serverCpuMs = since(server, used);
  for (const one of helpers) one.tell('stop');
  const results = await Promise.all(helpers.map((one) => one.next<DispatchResult>()));
  provider.tell('count');
  const counted = await provider.next<{ readonly messages: number; readonly calls: number }>();
  await provider.end();
  const failed = results.reduce((sum, one) => sum + one.failed, 0);
  if (failed > 0 || counted.calls !== messages || counted.messages !== messages)
    throw new Error(`not every message went out once: ${JSON.stringify({ failed, ...counted })}`);
  return {
    transport,
    workers,
    parallel,
    messages,
    milliseconds,
    perSecond: (messages / milliseconds) * 1000,
    calls: counted.calls,
    serverCpuMs,
    results,
  };
}

/** Resolves when nothing is ready, claimed or being sent any more: all is committed then. */
async function emptied(server: Server): Promise<void> {
  const pool = server.pool('sending', 1);
  for (;;) {
    const left = await pool.query<{ readonly left: boolean }>(
      `SELECT EXISTS (SELECT 1 FROM ${schema}.recobro_acts WHERE state IN ('ready', 'claimed'))
         OR EXISTS (SELECT 1 FROM ${schema}.recobro_acts WHERE state = 'sending') AS left`,
    );
    if (left.rows[0]?.left === false) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await pool.end();
}
