import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Channel, HttpTransport } from '../../src/channels/index.js';
import type { Dunning } from '../../src/dunning/index.js';
import { type ChannelSituation, channelContract, webhookContract } from '../../src/testing/index.js';
import { textMessage } from '../channels/message.js';
import { request } from '../channels/webhooks/request.js';
import { account, at, documents, invoice, world } from '../support/world.js';

interface Page {
  telegram(options: object): Channel;
  slack(options: object): Channel;
  tellAlerts(dunning: Dunning, room: Channel, now: number): Promise<void>;
}

// Inside the project, so that packages are found; removed afterwards.
const work = mkdtempSync(join(import.meta.dirname, 'run-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
let page: Page;
beforeAll(async () => {
  const text = readFileSync(resolve(import.meta.dirname, '../../docs/tutorial-channels.md'), 'utf8');
  const blocks = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
  const modules: object[] = [];
  for (const [index, block] of blocks.entries()) {
    writeFileSync(join(work, `channel-${index}.ts`), block);
    modules.push((await import(join(work, `channel-${index}.ts`))) as object);
  }
  page = Object.assign({}, ...modules) as Page;
});

interface Posted {
  readonly url: string;
  readonly body: string;
}

/** A provider that answers as the situation says, without a network. */
function provider(situation: ChannelSituation, answers: Readonly<Record<string, [number, unknown]>>) {
  const posted: Posted[] = [];
  const arrival = Promise.withResolvers<void>();
  const fetch: HttpTransport = (url, { body }) => {
    if (situation === 'unreachable')
      return Promise.reject(Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }));
    posted.push({ url, body: String(body) });
    arrival.resolve();
    if (situation === 'silent') return new Promise(() => undefined);
    if (situation === 'cut') return Promise.reject(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    const [status, value] = answers[situation] ?? [200, '['];
    return Promise.resolve(
      url.endsWith('history')
        ? Response.json({
            ok: true,
            messages: posted
              .filter(({ url: to }) => to.endsWith('postMessage'))
              .map(({ body: text }) => ({ ts: '1.2', ...(JSON.parse(text) as object) })),
          })
        : new Response(JSON.stringify(value), { status }),
    );
  };
  return { posted, fetch, arrived: () => arrival.promise };
}

const failed = (error_code: number, description: string): [number, unknown] => [
  error_code,
  { ok: false, error_code, description },
];
const telegramAnswers = {
  accepted: [200, { ok: true, result: { message_id: 7 } }] as [number, unknown],
  throttled: failed(429, 'Too Many Requests: retry after 3'),
  refused: failed(400, 'Bad Request: message text is empty'),
  bad_address: failed(400, 'Bad Request: chat not found'),
  misconfigured: failed(401, 'Unauthorized'),
};
const slackAnswers = {
  accepted: [200, { ok: true, ts: '1.2' }] as [number, unknown],
  throttled: [200, { ok: false, error: 'ratelimited' }] as [number, unknown],
  refused: [200, { ok: false, error: 'msg_too_long' }] as [number, unknown],
  misconfigured: [200, { ok: false, error: 'invalid_auth' }] as [number, unknown],
};

const chats = { of: async () => '4711', learn: async () => undefined };
function bench(situation: ChannelSituation, kind: 'telegram' | 'slack') {
  const { posted, fetch, arrived } = provider(situation, kind === 'slack' ? slackAnswers : telegramAnswers);
  const timeout = situation === 'silent' ? 200 : 5_000;
  const token = 'the-token';
  const options = { token, secret: 'the-secret', chats, room: 'C1', fetch, timeout };
  return {
    channel: page[kind](options),
    message: textMessage(),
    secrets: [token],
    arrivals: () => posted.filter(({ url }) => !url.endsWith('history')).length,
    arrived,
    keys: () => posted.map(({ body }) => /"key":"([^"]*)"/.exec(body)?.[1] ?? ''),
  };
}

describe.each([
  ['telegram', { key: 'Telegram takes no reference' }],
  ['slack', { bad_address: 'a room has no address of a person' }],
] as const)('the tutorial’s %s adapter', (kind, without) => {
  const cases = channelContract((situation) => bench(situation, kind), { without });
  for (const one of cases) if (one.skip === undefined) it(one.name, () => one.run());
});

describe('the tutorial’s telegram webhook', () => {
  const post = (body: Uint8Array, secret = 'the-secret') =>
    request(body, { 'X-Telegram-Bot-Api-Secret-Token': secret });
  const chat = { id: 4711, type: 'private' };
  const message = { message_id: 9, date: 1_795_348_740, chat, from: { id: 4711 } };
  const body = (update_id: number, more: object) => JSON.stringify({ update_id, ...more });
  const cases = webhookContract(() => ({
    channel: page.telegram({ token: 'the-token', secret: 'the-secret', chats }),
    now: at('02-03'),
    request: (bytes) => post(bytes),
    forged: (bytes) => [post(bytes, 'other'), request(bytes)],
    covers: 'nothing',
    examples: [
      { name: 'text', body: body(1, { message: { ...message, text: 'pago mañana' } }), events: ['message'] },
      {
        name: 'button',
        body: body(2, { callback_query: { data: 'promise:F-1', message } }),
        events: ['message'],
      },
      {
        name: 'blocked',
        body: body(3, {
          my_chat_member: { chat, date: 1_795_348_740, new_chat_member: { status: 'kicked' } },
        }),
        events: ['consent'],
      },
    ],
    unknown: [body(4, { teleported: {} })],
    secrets: ['the-token', 'the-secret'],
    texts: ['pago mañana'],
  }));
  for (const one of cases) it(one.name, () => one.run());
});

it('alerts are told once, also where the telling was not written down', async () => {
  const [policy] = documents.policies;
  const stages = [
    { id: 'soft', at: { from: 'due', plus: '3d' }, tone: 'friendly', do: [{ alert: 'watch' }] },
  ] as const;
  const { dunning, clock } = world({ policies: [{ ...policy!, stages }] });
  await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
  clock.moveTo(at('02-06'));
  await dunning.tick();
  const { posted, fetch } = provider('accepted', slackAnswers);
  const room = page.slack({ token: 't', room: 'C1', fetch });
  const crashing = {
    ...dunning,
    tenant: dunning.tenant,
    worklist: dunning.worklist.bind(dunning),
    complete: () => Promise.reject(new Error('died')),
  };
  await expect(page.tellAlerts(crashing, room, clock.now())).rejects.toThrow('died');
  await page.tellAlerts(dunning, room, clock.now());
  await page.tellAlerts(dunning, room, clock.now());
  expect(posted.filter(({ url }) => url.endsWith('postMessage'))).toHaveLength(1);
  expect((await dunning.worklist({ reasons: ['alert'] })).lines).toEqual([]);
});
