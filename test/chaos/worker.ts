/** A worker that lives once: it does what is due, deals with receipts, and dies where it is told to. */
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Channel, LookupOutcome } from '../../src/channels/channel.js';
import { rotating } from '../../src/channels/rotating.js';
import { callTask } from '../../src/channels/tasks/index.js';
import { derivedTemplates, type HttpTransport, whatsapp } from '../../src/channels/whatsapp/index.js';
import { decodeFile } from '../../src/dunning/codec.js';
import { type BotAnswer, createDunning, type Dunning, type RateLimit } from '../../src/dunning/index.js';
import { isRecobroError } from '../../src/errors.js';
import { localQueue } from '../../src/queues/local-queue.js';
import { pgliteStore } from '../../src/stores/pglite/index.js';
import { postgresStore } from '../../src/stores/postgres/index.js';
import type { Store } from '../../src/stores/store.js';
import { Fuse, say } from './fuse.js';
import { debtors, documents, factsOf, perSecond, says } from './house.js';
import { breaking, killingQueue, killingStore, scenes } from './killing-store.js';
import { appSecret, type Life, numbers, type StoreBooks, type Told } from './steps.js';

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
const now = (): number => life.now + Date.now() - life.since;
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

/** The stand-in's own records, which miss nothing. */
async function lookup({ key }: { readonly key: string }): Promise<LookupOutcome> {
  const response = await fetch(`${base}/lookup?key=${encodeURIComponent(key)}`);
  const { taken } = (await response.json()) as { taken: boolean };
  return taken ? { outcome: 'accepted', providerId: `wamid.${key}` } : { outcome: 'absent' };
}

const [north, south] = numbers.map(
  (phoneNumberId): Channel => ({
    ...whatsapp({
      phoneNumberId,
      accessToken: 'token',
      appSecret,
      templates: derivedTemplates({ prefix: 'acme' }),
      limits: { perSecond, pairPerMinute: null },
      baseUrl: base,
      timeout: callTimeout,
      fetch: transport,
    }),
    lookup,
  }),
);
if (north === undefined || south === undefined) throw new Error('there are two numbers');

/** Answers what has no answer in the rules, and hands over who asks for a person. */
function answerOf({ text }: { readonly text?: string | undefined }): BotAnswer | undefined {
  const what = says.find((one) => one.text === text)?.what;
  if (what === 'question') return { text: 'Into the one on your invoice.' };
  return what === 'person' ? { text: 'Ana will.', handOver: { to: 'ana' } } : undefined;
}

const pool = life.store === 'postgres' ? new pg.Pool({ connectionString: life.where, max: 6 }) : undefined;
const bare: Store =
  pool === undefined ? pgliteStore({ folder: life.where }) : postgresStore({ client: pool });
const { variant } = life;
const inner = variant === undefined || variant === 'deaf' ? bare : breaking(bare, variant);
const store = killingStore(inner, fuse);
const { limits } = life.town;
const rates: readonly RateLimit[] =
  limits === undefined
    ? []
    : [{ channel: 'whatsapp', each: 'tenant', counts: 'people', per: 'day', most: limits.people }];
const dunning: Dunning = createDunning({
  ...documents,
  store,
  tenant,
  channels: [rotating({ north, south }), callTask()],
  conversation: { bot: { answer: answerOf, when: 'always' } },
  sender: { name: 'Acme', phone: '+57 601 555 0100', pay: { bank: 'Cuenta 1' } },
  clock: { now },
  queue: killingQueue(localQueue({ clock: { now } }), fuse),
  dispatch: { leaseMs: 60_000, timeoutMs: callTimeout + 500, parallel: life.parallel, rates },
});

async function body(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** As a host does it: what came in is written down, and what it says is done, whether it is told once or again. */
async function receive(text: string): Promise<void> {
  const { id, key } = JSON.parse(text) as { id: string; key: string };
  await store.appendOnce(tenant, `receipt:${id}`, now(), { id, key });
  await dunning.delivered(key);
}

const hook = dunning.webhook('whatsapp');

const server = createServer((incoming, response) => {
  if (incoming.url === '/webhook') return webhook(incoming, response);
  fuse.at('C1');
  const done = scenes.run({ of: 'receipt' }, async () => {
    const text = (await body(incoming)).toString('utf8');
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

function webhook(incoming: IncomingMessage, response: ServerResponse): void {
  fuse.at('W1');
  void scenes.run({ of: 'webhook' }, async () => {
    const { method = '', url = '', headers } = incoming;
    const answer = await hook.raw({ method, url, headers, body: await body(incoming) });
    response.statusCode = answer.status;
    response.end(answer.body, () => setImmediate(() => fuse.at('W4')));
  });
}

/** Somebody at a desk tells what came of calls: of those that wait, and again of those that nobody answered. */
async function desk(retell: readonly string[]): Promise<void> {
  const called = new Map(debtors(life.town).map((one) => [one.id, one.called]));
  const open: string[] = [];
  for await (const { act } of dunning.acts({ states: ['open'] }))
    if (act.kind === 'message' && act.mode === 'task') open.push(act.id);
  for (const act of new Set([...retell, ...open])) {
    say({ say: 'telling', act });
    const promised = called.get(accountOf(act)) === 'promised';
    const outcome = promised ? { outcome: 'promised', date: '2026-02-27' } : { outcome: 'reached' };
    let taken = true;
    try {
      await dunning.complete(act, { author: 'ana', ...outcome } as CallTold);
    } catch (error) {
      if (!isRecobroError(error, 'impossible_state')) throw error;
      taken = false;
    }
    say({ say: 'told', act, taken });
  }
}

type CallTold = Parameters<Dunning['complete']>[1];

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

/** Types of events of which each has to be there so often and no more. */
const counted: ReadonlySet<string> = new Set([
  ...['message.received', 'answer.given', 'consent.heard', 'promise.upserted', 'dispute.upserted'],
  ...['unbooked.upserted', 'account.assigned', 'act.confirmed'],
]);

async function books(): Promise<StoreBooks> {
  const acts: StoreBooks['acts'][number][] = [];
  for await (const { act, state } of dunning.acts()) {
    const { id, account, stage, kind } = act;
    const covers = act.covers.map((one) => [one.subject, one.case, one.stage, one.occurrence].join('|'));
    acts.push({ id, account, state, stage, covers, kind, answers: act.answers?.kind === 'message' });
  }
  const parked: Record<string, number> = {};
  const log: Record<string, number> = {};
  for await (const { account, type, data } of bare.events(tenant)) {
    const of = (name: string): string =>
      typeof data === 'object' && data !== null && name in data ? String(Reflect.get(data, name)) : '?';
    if (type === 'act.unknown') parked[of('code')] = (parked[of('code')] ?? 0) + 1;
    if (!counted.has(type)) continue;
    const what = `${account} ${type}${type === 'consent.heard' ? ` ${of('channel')}` : ''}`;
    log[what] = (log[what] ?? 0) + 1;
  }
  const waiting: string[] = [];
  for await (const stored of bare.files(tenant))
    if ([...decodeFile(stored).replies.values()].some(({ handled }) => !handled))
      waiting.push(stored.account);
  const inbox = (await bare.inbox?.waiting(tenant))?.count ?? 0;
  await dunning.seal();
  const { ok: verified } = await dunning.verify();
  const { ok: replayed } = await dunning.replay();
  const { leases } = await dunning.stuck();
  return { verified, replayed, acts, parked, log, waiting, inbox, leases: leases.count };
}

try {
  await store.migrate();
  const port = await listening();
  await fetch(`${base}/register?port=${port}`, { method: 'POST' });
  say({ say: 'open', port });
  const { facts } = life;
  if (facts !== undefined) {
    const given = factsOf(facts, life.town);
    await scenes.run({ of: 'facts' }, () => dunning.sync(given));
  }
  say({ say: 'synced' });
  const done = await settle();
  await desk(life.retell);
  say({ say: 'idle', done });
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
