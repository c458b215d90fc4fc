/** A worker that lives once: it does what is due, deals with receipts, and dies where it is told to. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Channel } from '../../src/channels/channel.js';
import { derivedTemplates, type HttpTransport, whatsapp } from '../../src/channels/whatsapp/index.js';
import { createDunning, type Dunning } from '../../src/dunning/index.js';
import { isRecobroError } from '../../src/errors.js';
import { localQueue } from '../../src/queues/local-queue.js';
import { pgliteStore } from '../../src/stores/pglite/index.js';
import { postgresStore } from '../../src/stores/postgres/index.js';
import type { Store } from '../../src/stores/store.js';
import { Fuse, say } from './fuse.js';
import { documents, factsOf } from './house.js';
import { breaking, killingQueue, killingStore, scenes } from './killing-store.js';
import type { Life, StoreBooks, Told } from './steps.js';

const tenant = 'chaos';

/** How long a call may take, in milliseconds; silent ones take longer. */
const callTimeout = 1_500;

// What takes long to load is there before the life begins.
if (process.argv[2] === 'pglite') await import('@electric-sql/pglite');
const { default: pg } = await import('pg');
say({ say: 'warm' });

// Whoever started it is gone.
process.stdin.on('end', () => process.exit(0));
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function told(): Promise<string> {
  const next = await lines.next();
  // Whoever would hear of it is gone.
  if (next.done === true) process.exit(0);
  return next.value;
}

const life = JSON.parse(await told()) as Life;
const fuse = new Fuse(life.kill, life.depth);
const begun = performance.now();
const now = (): number => life.now + Math.floor(performance.now() - begun);
const base = `http://127.0.0.1:${life.provider}`;

const transport: HttpTransport = async (url, { headers, ...request }) => {
  const { key } = readKey(String(request.body));
  const response = await fetch(url, {
    ...request,
    headers: {
      ...headers,
      'x-worker': String(process.pid),
      'x-now': String(now()),
      'x-account': accountOf(key),
    },
  });
  const body = Buffer.from(await response.arrayBuffer());
  fuse.at('D9');
  return new Response(body, { status: response.status, headers: response.headers });
};

function readKey(body: string): { readonly key: string } {
  const { biz_opaque_callback_data: told } = JSON.parse(body) as { biz_opaque_callback_data: string };
  // Behind the digest of the tenant.
  return { key: told.slice(told.indexOf(':') + 1) };
}

/** An act's id begins with its account. */
function accountOf(key: string): string {
  return key.slice(0, key.indexOf('/'));
}

const channel: Channel = {
  ...whatsapp({
    phoneNumberId: '106540352242922',
    accessToken: 'token',
    templates: derivedTemplates({ prefix: 'acme' }),
    // The stand-in takes as much as comes; limits have tests of their own.
    limits: { perSecond: null, pairPerMinute: null },
    baseUrl: base,
    timeout: callTimeout,
    fetch: transport,
  }),
  // The stand-in's own records, which miss nothing.
  async lookup({ key }) {
    const response = await fetch(`${base}/lookup?key=${encodeURIComponent(key)}`);
    const { taken } = (await response.json()) as { taken: boolean };
    return taken ? { outcome: 'accepted', providerId: `wamid.${key}` } : { outcome: 'absent' };
  },
};

const pool = life.store === 'postgres' ? new pg.Pool({ connectionString: life.where, max: 6 }) : undefined;
const bare: Store =
  pool === undefined ? pgliteStore({ folder: life.where }) : postgresStore({ client: pool });
const { variant } = life;
const inner = variant === 'resends' || variant === 'guesses' ? breaking(bare, variant) : bare;
const store = killingStore(inner, fuse);
const dunning: Dunning = createDunning({
  ...documents,
  store,
  tenant,
  channels: [channel],
  sender: { name: 'Acme', phone: '+57 601 555 0100', pay: { bank: 'Cuenta 1' } },
  clock: { now },
  queue: killingQueue(localQueue({ clock: { now } }), fuse),
  dispatch: { leaseMs: 60_000, timeoutMs: callTimeout + 500, parallel: life.parallel },
});

async function body(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** As a host does it: what came in is written down, and what it says is done, whether it is told once or again. */
async function receive(text: string): Promise<void> {
  const { id, key } = JSON.parse(text) as { id: string; key: string };
  await store.appendOnce(tenant, `receipt:${id}`, now(), { id, key });
  await dunning.delivered(key);
}

const server = createServer((incoming, response) => {
  fuse.at('C1');
  const done = scenes.run({ of: 'receipt' }, async () => {
    const text = await body(incoming);
    if (variant === 'deaf') {
      response.end();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await receive(text);
  });
  done.then(
    () => response.end(() => setImmediate(() => fuse.at('C6'))),
    (error: unknown) => {
      response.statusCode = 500;
      response.end(isRecobroError(error) ? error.code : String(error));
    },
  );
});

async function listening(): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Runs until one finds nothing to do; how much was done. */
async function settle(): Promise<number> {
  let done = 0;
  for (let runs = 0; runs < 200; runs++) {
    const run = await scenes.run({ of: 'review' }, () => dunning.tick());
    const some = run.reviewed + run.sent.length + run.failed.length + run.skipped.length;
    if (some === 0) return done;
    done += some;
  }
  throw new Error('the worker never comes to rest');
}

async function unknown(): Promise<string[]> {
  const acts: string[] = [];
  for await (const { act } of dunning.unknown()) acts.push(act.id);
  return acts;
}

async function books(): Promise<StoreBooks> {
  const acts: StoreBooks['acts'][number][] = [];
  for await (const { act, state } of dunning.acts()) {
    const { id, account, stage } = act;
    const covers = act.covers.map((one) => [one.subject, one.case, one.stage, one.occurrence].join('|'));
    acts.push({ id, account, state, stage, covers });
  }
  const parked: Record<string, number> = {};
  for await (const { type, data } of bare.events(tenant)) {
    if (type !== 'act.unknown') continue;
    const code = typeof data === 'object' && data !== null && 'code' in data ? String(data.code) : '?';
    parked[code] = (parked[code] ?? 0) + 1;
  }
  await dunning.seal();
  const { ok: verified } = await dunning.verify();
  const { ok: replayed } = await dunning.replay();
  const { leases } = await dunning.stuck();
  return { verified, replayed, acts, parked, leases: leases.count };
}

try {
  await store.migrate();
  const port = await listening();
  await fetch(`${base}/register?port=${port}`, { method: 'POST' });
  say({ say: 'open', port });
  const { facts } = life;
  if (facts !== undefined) {
    const given = factsOf(facts.day, facts.accounts, facts.days);
    await scenes.run({ of: 'facts' }, () => dunning.sync(given));
  }
  say({ say: 'synced' });
  say({ say: 'idle', done: await settle() });
  for (;;) {
    const line = (await told()) as Told;
    if (line === 'again') say({ say: 'idle', done: await settle() });
    else if (line === 'unknown') say({ say: 'unknown', acts: await unknown() });
    else if (line === 'reconcile') {
      const { sent, notSent, open } = await dunning.reconcile();
      say({ say: 'reconciled', sent: sent.length, notSent: notSent.length, open: open.length });
    } else if (line === 'books') {
      const file = join(tmpdir(), `recobro-books-${randomUUID()}.json`);
      await writeFile(file, JSON.stringify(await books()));
      say({ say: 'books', file });
    } else break;
  }
  await fetch(`${base}/gone?port=${port}`, { method: 'POST' });
  await dunning.close();
  await pool?.end();
} catch (error) {
  say({ say: 'failed', error: error instanceof Error ? `${error.stack}` : String(error) });
}
process.exit(0);
