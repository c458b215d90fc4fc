/**
 * The stand-in for a provider, in a process of its own: counts what it takes
 * by the key of the message, sends receipts and what debtors write twice and in any order to whichever
 * worker lives, leaves calls unanswered, and kills workers when their request
 * arrives. Nothing in it knows the store.
 */
import { createHmac } from 'node:crypto';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Incoming } from './house.js';
import { appSecret, dice, numbers, type ProviderBooks } from './steps.js';

interface Settings {
  readonly seed: number;
  /** Shares of requests that are broken off, from 0 to 1. */
  readonly untaken: number;
  readonly taken: number;
  readonly silent: number;
  /** Share of messages of which no receipt ever comes. */
  readonly mute: number;
}

// Whoever started it is gone.
process.stdin.on('end', () => process.exit(0)).resume();

const settings = JSON.parse(process.argv[2] ?? '{}') as Settings;
const random = dice(settings.seed);
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

interface Taken {
  readonly account: string;
  readonly senders: string[];
  readonly at: number[];
  acknowledged: number;
}

const taken = new Map<string, Taken>();
const orders = new Map<number, { readonly step: string; nth: number }>();
const broken = { untaken: 0, taken: 0, silent: 0 };
const refused: Record<string, number> = {};
let early = 0;
let hooks = 0;
/** The number by which an account was written to last. */
const numberOf = new Map<string, string>();

/** What workers are told: a receipt of a message, or a request to the webhook. */
interface Receipt {
  readonly path: '/receipt' | '/webhook';
  readonly body: string;
  readonly key?: string | undefined;
  due: number;
  /** A worker that dies when this one is acknowledged. */
  readonly kills?: number | undefined;
}

/** Receipts that nobody has acknowledged, and ports of workers with how many each is at. */
const pending = new Set<Receipt>();
const flying = new Set<Receipt>();
const targets = new Map<number, number>();

async function read(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function answer(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** Counts a message, and sees to its receipts; true when one of them is sent before the answer. */
function take(message: Message, kills?: number): boolean {
  const { key, account, at, sender } = message;
  const known = taken.get(key) ?? { account, senders: [], at: [], acknowledged: 0 };
  known.at.push(at);
  known.senders.push(sender);
  numberOf.set(account, sender);
  taken.set(key, known);
  const receipt = (word: string, due: number): Receipt => {
    const body = JSON.stringify({ id: `${key}#${known.at.length}:${word}`, key });
    return { path: '/receipt', body, key, due, kills };
  };
  if (kills !== undefined) {
    pending.add(receipt('delivered', 0));
    return true;
  }
  if (random() < settings.mute) return false;
  const first = random() < 0.4;
  const ids = random() < 0.5 ? ['sent', 'delivered'] : ['delivered', 'sent'];
  ids.forEach((id, index) => {
    const due = Date.now() + (first && index === 0 ? 0 : 5 + random() * 80);
    pending.add(receipt(id, due));
  });
  if (first) early++;
  return first;
}

interface Message {
  readonly key: string;
  readonly account: string;
  readonly sender: string;
  readonly at: number;
}

/** Each message by itself and once more among others, in any order, as a provider does that was not answered in time. */
function write(all: readonly Incoming[]): void {
  const again = all.toSorted(() => random() - 0.5);
  const batches: Incoming[][] = all.map((one) => [one]);
  for (let at = 0; at < again.length; at += 4) batches.push(again.slice(at, at + 4));
  for (const batch of batches)
    for (const number of numbers) {
      const own = batch.filter(({ account }) => (numberOf.get(account) ?? numbers[0]) === number);
      if (own.length === 0) continue;
      const due = Date.now() + random() * 150;
      pending.add({ path: '/webhook', body: bodyOf(number, own), due });
    }
}

function bodyOf(number: string, batch: readonly Incoming[]): string {
  const messages = batch.map(({ id, phone, at, text, payload }) => ({
    id,
    from: phone.slice(1),
    timestamp: String(at / 1000),
    ...(payload === undefined
      ? { type: 'text', text: { body: text } }
      : { type: 'button', button: { text, payload } }),
  }));
  const metadata = { display_phone_number: '576015550100', phone_number_id: number };
  const value = { messaging_product: 'whatsapp', metadata, messages };
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'messages', value }] }],
  });
}

function send(incoming: IncomingMessage, response: ServerResponse, body: string): void {
  const pid = Number(incoming.headers['x-worker']);
  const at = Number(incoming.headers['x-now']);
  const account = String(incoming.headers['x-account']);
  const sender = numbers.find((one) => incoming.url?.includes(one) === true) ?? '?';
  const { biz_opaque_callback_data: told } = JSON.parse(body) as { biz_opaque_callback_data: string };
  // Behind the digest of the tenant.
  const key = told.slice(told.indexOf(':') + 1);
  const message = { key, account, sender, at };
  const order = orders.get(pid);
  if (order !== undefined && --order.nth === 0) {
    if (order.step === 'D8') {
      take(message, pid);
      return;
    }
    if (order.step === 'D7') take(message);
    process.kill(pid, 'SIGKILL');
    return;
  }
  const fate = random();
  const { untaken, taken: dropped, silent } = settings;
  if (fate < untaken) {
    broken.untaken++;
    incoming.socket.destroy();
    return;
  }
  const first = take(message);
  if (fate < untaken + dropped) {
    broken.taken++;
    incoming.socket.destroy();
  } else if (fate < untaken + dropped + silent) {
    // Never answered: the worker gives up, and finds out by a receipt or by asking.
    broken.silent++;
  } else {
    const say = (): void => answer(response, { messages: [{ id: `wamid.${key}` }] });
    // Time for the receipt to be there first.
    if (first) setTimeout(say, 4 + random() * 8);
    else say();
  }
}

const perTarget = 4;

function deliver(): void {
  const now = Date.now();
  for (const receipt of pending) {
    if (receipt.due > now || flying.has(receipt)) continue;
    const free = [...targets].filter(([, busy]) => busy < perTarget).map(([port]) => port);
    const port = free[Math.floor(random() * free.length)];
    if (port === undefined) return;
    post(port, receipt);
  }
}

function post(port: number, receipt: Receipt): void {
  flying.add(receipt);
  targets.set(port, (targets.get(port) ?? 0) + 1);
  const over = (): void => {
    flying.delete(receipt);
    const busy = targets.get(port);
    if (busy !== undefined) targets.set(port, busy - 1);
  };
  const again = (): void => {
    over();
    receipt.due = Date.now() + 30;
  };
  const { path, body, key } = receipt;
  const signature = createHmac('sha256', appSecret).update(body).digest('hex');
  const headers = path === '/webhook' ? { 'x-hub-signature-256': `sha256=${signature}` } : {};
  const call = request({ port, host: '127.0.0.1', method: 'POST', path, headers, agent }, (response) => {
    void read(response).then(
      (text) => {
        if (response.statusCode === 200) {
          over();
          pending.delete(receipt);
          if (path === '/webhook') hooks++;
          const known = key === undefined ? undefined : taken.get(key);
          if (known !== undefined) known.acknowledged++;
          if (receipt.kills !== undefined) process.kill(receipt.kills, 'SIGKILL');
        } else {
          const what = `${path} ${response.statusCode} ${text}`;
          refused[what] = (refused[what] ?? 0) + 1;
          again();
        }
      },
      () => again(),
    );
  });
  call.on('error', () => {
    // Nobody is there any more, or it died over this one.
    targets.delete(port);
    again();
  });
  call.end(body);
}

setInterval(deliver, 3);

function books(): ProviderBooks {
  return {
    taken: [...taken].map(([key, one]) => ({ key, ...one })),
    hooks,
    broken,
    refused,
    early,
  };
}

const server = createServer((incoming, response) => {
  void read(incoming).then(
    (body) => {
      const url = new URL(incoming.url ?? '/', 'http://provider');
      if (url.pathname.endsWith('/messages')) return send(incoming, response, body);
      if (url.pathname === '/lookup') {
        const known = taken.get(url.searchParams.get('key') ?? '');
        return answer(response, { taken: known !== undefined });
      }
      if (url.pathname === '/register') {
        targets.set(Number(url.searchParams.get('port')), 0);
        return answer(response, {});
      }
      if (url.pathname === '/write') {
        write(JSON.parse(body) as Incoming[]);
        return answer(response, {});
      }
      if (url.pathname === '/order') {
        const { pid, step, nth } = JSON.parse(body) as { pid: number; step: string; nth: number };
        orders.set(pid, { step, nth });
        return answer(response, {});
      }
      if (url.pathname === '/gone') {
        targets.delete(Number(url.searchParams.get('port')));
        return answer(response, {});
      }
      if (url.pathname === '/pending') return answer(response, { pending: pending.size, hooks });
      return answer(response, books());
    },
    // The worker died over its request.
    () => response.destroy(),
  );
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(String(address.port));
});
