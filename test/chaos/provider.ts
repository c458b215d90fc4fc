/**
 * The stand-in for a provider, in a process of its own: counts what it takes
 * by the key of the message, sends receipts twice and in any order to whichever
 * worker lives, leaves calls unanswered, and kills workers when their request
 * arrives. Nothing in it knows the store.
 */
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { dice, type ProviderBooks } from './steps.js';

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
  readonly at: number[];
  acknowledged: number;
}

const taken = new Map<string, Taken>();
const orders = new Map<number, { readonly step: string; nth: number }>();
const broken = { untaken: 0, taken: 0, silent: 0 };
const refused: Record<string, number> = {};
let early = 0;

interface Receipt {
  readonly id: string;
  readonly key: string;
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
function take(key: string, account: string, at: number, kills?: number): boolean {
  const known = taken.get(key) ?? { account, at: [], acknowledged: 0 };
  known.at.push(at);
  taken.set(key, known);
  if (kills !== undefined) {
    pending.add({ id: `${key}#${known.at.length}:delivered`, key, due: 0, kills });
    return true;
  }
  if (random() < settings.mute) return false;
  const first = random() < 0.4;
  const ids = random() < 0.5 ? ['sent', 'delivered'] : ['delivered', 'sent'];
  ids.forEach((id, index) => {
    const due = Date.now() + (first && index === 0 ? 0 : 5 + random() * 80);
    pending.add({ id: `${key}#${known.at.length}:${id}`, key, due });
  });
  if (first) early++;
  return first;
}

function send(incoming: IncomingMessage, response: ServerResponse, body: string): void {
  const pid = Number(incoming.headers['x-worker']);
  const at = Number(incoming.headers['x-now']);
  const account = String(incoming.headers['x-account']);
  const { biz_opaque_callback_data: told } = JSON.parse(body) as { biz_opaque_callback_data: string };
  // Behind the digest of the tenant.
  const key = told.slice(told.indexOf(':') + 1);
  const order = orders.get(pid);
  if (order !== undefined && --order.nth === 0) {
    if (order.step === 'D8') {
      take(key, account, at, pid);
      return;
    }
    if (order.step === 'D7') take(key, account, at);
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
  const first = take(key, account, at);
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
  const body = JSON.stringify({ id: receipt.id, key: receipt.key });
  const call = request({ port, host: '127.0.0.1', method: 'POST', path: '/receipt', agent }, (response) => {
    void read(response).then(
      (text) => {
        if (response.statusCode === 200) {
          over();
          pending.delete(receipt);
          const known = taken.get(receipt.key);
          if (known !== undefined) known.acknowledged++;
          if (receipt.kills !== undefined) process.kill(receipt.kills, 'SIGKILL');
        } else {
          refused[text] = (refused[text] ?? 0) + 1;
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
    pending: pending.size,
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
      if (url.pathname === '/order') {
        const { pid, step, nth } = JSON.parse(body) as { pid: number; step: string; nth: number };
        orders.set(pid, { step, nth });
        return answer(response, {});
      }
      if (url.pathname === '/gone') {
        targets.delete(Number(url.searchParams.get('port')));
        return answer(response, {});
      }
      if (url.pathname === '/pending') return answer(response, { pending: pending.size });
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
