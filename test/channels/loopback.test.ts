import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Server } from 'node:net';
import { Agent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import type { Channel, SendOutcome } from '../../src/channels/channel.js';
import type { HttpTransport } from '../../src/channels/http.js';
import { twilioSms, twilioWhatsapp } from '../../src/channels/sms/index.js';
import { undiciTransport } from '../../src/channels/undici/index.js';
import { derivedTemplates, whatsapp } from '../../src/channels/whatsapp/index.js';
import { portOf } from '../../src/testing/fake-provider.js';
import { now, textMessage } from './message.js';

/** Every provider over both transports against a server that does what servers and networks do. */

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

type Options = { readonly baseUrl: string; readonly fetch: HttpTransport; readonly timeout: number };

const accountSid = `AC${'0'.repeat(32)}`;
const twilioAccount = { accountSid, authToken: 'secret', from: '+15005550006' };
const contents = { firm: { es: { contentSid: `HX${'1'.repeat(32)}` } } };
const providers: Readonly<Record<string, (options: Options) => Channel>> = {
  whatsapp: (options) =>
    whatsapp({
      phoneNumberId: '106540352242922',
      accessToken: 't',
      templates: derivedTemplates(),
      ...options,
    }),
  'sms over Twilio': (options) => twilioSms({ ...twilioAccount, ...options }),
  'whatsapp over Twilio': (options) => twilioWhatsapp({ ...twilioAccount, contents, ...options }),
};

const transports: Readonly<Record<string, () => HttpTransport>> = {
  fetch: () => (url, request) => fetch(url, request),
  undici: () => {
    const agent = new Agent({ connections: 1 });
    closing.push(() => agent.destroy());
    return undiciTransport(agent);
  },
};

/** What both providers take for a message that they have taken. */
const taken = JSON.stringify({ messages: [{ id: 'wamid.A' }], sid: 'SM1', status: 'queued' });
type Handle = (request: IncomingMessage, response: ServerResponse) => void;

/** What the server does, and what is known then. Nothing of it may make a second message. */
const cases: readonly (readonly [string, Handle, SendOutcome['outcome']])[] = [
  ['answers', (_, response) => response.end(taken), 'accepted'],
  [
    'answers byte by byte, within the time',
    (_, response) => {
      for (const byte of taken) response.write(byte);
      response.end();
    },
    'accepted',
  ],
  ['says nothing', () => undefined, 'unknown'],
  ['closes before it answers', ({ socket }) => socket.destroy(), 'unknown'],
  ['resets before it answers', ({ socket }) => socket.resetAndDestroy(), 'unknown'],
  [
    'breaks off in its answer',
    ({ socket }, response) => {
      response.writeHead(200, { 'content-length': '500' });
      response.write(taken.slice(0, 12), () => socket.resetAndDestroy());
    },
    'unknown',
  ],
  [
    'does not end its answer',
    (_, response) => {
      response.writeHead(200);
      response.write(taken.slice(0, 12));
    },
    'unknown',
  ],
  ['answers with no end', (_, response) => response.end('x'.repeat(300_000)), 'unknown'],
  ['answers with a page', (_, response) => response.end('<html>signed in?</html>'), 'unknown'],
  ['redirects', (_, response) => response.writeHead(307, { location: '/' }).end(), 'misconfigured'],
  ['is a gateway whose server is gone', (_, response) => response.writeHead(502).end('<html>'), 'unknown'],
  [
    'is not now, and says when',
    (_, response) => response.writeHead(503, { 'retry-after': '30' }).end(),
    'retry',
  ],
  ['has had enough', (_, response) => response.writeHead(429, { 'retry-after': '7' }).end('{}'), 'retry'],
];

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${portOf(server.address())}`;
}

/** Short where a call is meant to end by its time limit; else nothing here waits. */
function timeoutOf(name: string): number {
  return name === 'says nothing' || name === 'does not end its answer' ? 300 : 20_000;
}

describe.each(Object.entries(providers))('%s', (_, make) => {
  describe.each(Object.entries(transports))('over %s, from a server that', (_name, transport) => {
    it.each(cases)('%s', async (name, handle, outcome) => {
      let calls = 0;
      const server = createServer(async (request, response) => {
        calls++;
        for await (const _chunk of request);
        handle(request, response);
      });
      const baseUrl = await listening(server);
      closing.push(async () => {
        server.close();
        server.closeAllConnections();
      });
      const channel = make({ baseUrl, fetch: transport(), timeout: timeoutOf(name) });
      const result = await channel.send(textMessage(), { now });
      expect(result.outcome, JSON.stringify(result)).toBe(outcome);
      // Never twice; an impatient call may be over before the server had it.
      expect(calls).toBeLessThanOrEqual(1);
    });

    it('speaks no HTTP', async () => {
      const server = createTcpServer((socket) => {
        socket.on('error', () => socket.destroy());
        socket.once('data', () => socket.end('220 mail.example ESMTP\r\n'));
      });
      const baseUrl = await listening(server);
      closing.push(async () => void server.close());
      const channel = make({ baseUrl, fetch: transport(), timeout: 20_000 });
      expect((await channel.send(textMessage(), { now })).outcome).toBe('unknown');
    });

    it('is not there', async () => {
      const server = createTcpServer();
      const baseUrl = await listening(server);
      await new Promise((resolve) => server.close(resolve));
      const channel = make({ baseUrl, fetch: transport(), timeout: 20_000 });
      expect(await channel.send(textMessage(), { now })).toMatchObject({
        outcome: 'retry',
        code: 'http:ECONNREFUSED',
      });
    });
  });
});
