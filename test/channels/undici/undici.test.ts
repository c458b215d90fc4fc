import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Agent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { type PostOptions, post, postJson } from '../../../src/channels/http.js';
import { type UndiciDispatcher, undiciTransport } from '../../../src/channels/undici/index.js';
import { derivedTemplates, whatsapp } from '../../../src/channels/whatsapp/index.js';
import { portOf } from '../../../src/testing/fake-provider.js';
import { textMessage } from '../message.js';

const servers: Server[] = [];
const agents: Agent[] = [];

afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.destroy()));
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function serve(
  handle: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<string> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    handle(request, response, body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${portOf(server.address())}/v1/messages?x=1`;
}

function agent(options: Agent.Options = {}): Agent {
  const made = new Agent({ connections: 2, ...options });
  agents.push(made);
  return made;
}

function options(url: string, more: Partial<PostOptions> = {}): PostOptions {
  return { url, headers: { authorization: 'Bearer secret' }, body: '{}', timeout: 5_000, ...more };
}

describe('undiciTransport', () => {
  it('posts what it is given and hands back status, headers and body', async () => {
    const url = await serve((request, response, body) => {
      response.writeHead(429, { 'Retry-After': '7', 'x-many': ['a', 'b'] });
      response.end(
        JSON.stringify([request.method, request.url, request.headers.authorization, JSON.parse(body)]),
      );
    });
    const transport = undiciTransport(agent());
    expect(await postJson(transport, { a: 'ñ' }, options(url))).toEqual({
      kind: 'answered',
      status: 429,
      complete: true,
      retryAfter: '7',
      body: '["POST","/v1/messages?x=1","Bearer secret",{"a":"ñ"}]',
    });
    const { signal } = new AbortController();
    const response = await transport(url, {
      method: 'POST',
      headers: {},
      body: '{}',
      redirect: 'manual',
      signal,
    });
    expect([response.headers.get('X-Many'), response.headers.get('absent')]).toEqual(['a, b', null]);
    if (response.body !== null && Symbol.asyncIterator in response.body)
      for await (const chunk of response.body) expect(chunk).toBeInstanceOf(Uint8Array);
  });

  it('fits the channels', async () => {
    const url = await serve((_, response) =>
      response.end(JSON.stringify({ messages: [{ id: 'wamid.1', message_status: 'accepted' }] })),
    );
    const channel = whatsapp({
      phoneNumberId: '106540352242922',
      accessToken: 'token',
      templates: derivedTemplates({ prefix: 'acme' }),
      baseUrl: new URL(url).origin,
      fetch: undiciTransport(agent()),
    });
    const outcome = await channel.send(textMessage(), { now: 0, attempt: 1 });
    expect(outcome).toEqual({ outcome: 'accepted', providerId: 'wamid.1' });
  });

  it('follows no redirect and reads no more than 64 KiB', async () => {
    let calls = 0;
    const url = await serve((_, response) => {
      calls++;
      response.writeHead(307, { location: '/elsewhere' }).end('x'.repeat(1_000_000));
    });
    const result = await post(undiciTransport(agent()), options(url));
    expect(result).toMatchObject({ kind: 'answered', status: 307, complete: false });
    expect(calls).toBe(1);
  });

  it('says that a body that breaks off, or does not end in time, is incomplete', async () => {
    const broken = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"id":', () => request.socket.destroy());
    });
    const transport = undiciTransport(agent());
    expect(await post(transport, options(broken))).toMatchObject({ status: 200, complete: false });
    const endless = await serve((_, response) => {
      response.writeHead(400).write('{"error":');
    });
    expect(await post(transport, options(endless, { timeout: 150 }))).toMatchObject({
      status: 400,
      complete: false,
      body: '{"error":',
    });
  });

  it('does not know after a time-out, a broken connection, a reset or a limit of undici’s own', async () => {
    let calls = 0;
    const silent = await serve(() => undefined);
    const closing = await serve((request) => {
      calls++;
      request.socket.destroy();
    });
    const resetting = await serve((request) => {
      calls++;
      request.socket.resetAndDestroy();
    });
    const transport = undiciTransport(agent());
    const unknown = (code: string) => ({ kind: 'unknown', code });
    expect(await post(transport, options(silent, { timeout: 50 }))).toEqual(unknown('timeout'));
    expect(await post(transport, options(closing))).toEqual(unknown('UND_ERR_SOCKET'));
    expect(await post(transport, options(resetting))).toEqual(unknown('ECONNRESET'));
    const impatient = undiciTransport(agent({ headersTimeout: 20 }));
    expect(await post(impatient, options(silent))).toEqual(unknown('UND_ERR_HEADERS_TIMEOUT'));
    // Not one of them was sent a second time.
    expect(calls).toBe(2);
  });

  it('repeats nothing when a kept connection breaks under the next request', async () => {
    let calls = 0;
    const url = await serve((request, response) => {
      calls++;
      if (calls === 1) response.end('{}');
      else request.socket.destroy();
    });
    const transport = undiciTransport(agent({ connections: 1 }));
    expect(await post(transport, options(url))).toMatchObject({ kind: 'answered', status: 200 });
    expect(await post(transport, options(url))).toEqual({ kind: 'unknown', code: 'UND_ERR_SOCKET' });
    expect(calls).toBe(2);
  });

  it('obeys a signal before and during the call', async () => {
    const controller = new AbortController();
    let calls = 0;
    const url = await serve(() => {
      calls++;
      controller.abort();
    });
    const transport = undiciTransport(agent());
    const { signal } = controller;
    expect(await post(transport, options(url, { signal }))).toEqual({ kind: 'unknown', code: 'aborted' });
    expect(await post(transport, options(url, { signal }))).toEqual({ kind: 'not_sent', code: 'aborted' });
    expect(calls).toBe(1);
  });

  it('knows that nothing was sent where nobody listens, at one address of a name or at all', async () => {
    const url = await serve(() => undefined);
    const server = servers.pop();
    await new Promise((resolve) => server?.close(resolve));
    const transport = undiciTransport(agent());
    const refused = { kind: 'not_sent', code: 'ECONNREFUSED' };
    expect(await post(transport, options(url))).toEqual(refused);
    expect(await post(transport, options(url.replace('127.0.0.1', 'localhost')))).toEqual(refused);
    const lost = await post(transport, options('http://nobody.invalid/'));
    expect(lost.kind).toBe('not_sent');
  });

  it('refuses what is no dispatcher', () => {
    expect(() => undiciTransport({} as UndiciDispatcher)).toThrow(
      expect.objectContaining({ code: 'invalid_option' }),
    );
  });
});
