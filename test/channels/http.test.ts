import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, createServer as createSocketServer } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  codeBeforeSending,
  type HttpTransport,
  type PostOptions,
  post,
  postForm,
  postJson,
  retryAfterOf,
} from '../../src/channels/http.js';
import { portOf } from '../../src/testing/fake-provider.js';

const open: Server[] = [];

afterEach(() => {
  for (const server of open.splice(0)) {
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
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${portOf(server.address())}/messages`;
}

const transport: HttpTransport = (url, request) => fetch(url, request);

function options(url: string, more: Partial<PostOptions> = {}): PostOptions {
  return { url, headers: { authorization: 'Bearer secret' }, body: '{}', timeout: 5_000, ...more };
}

describe('post', () => {
  it('hands back status, body and Retry-After', async () => {
    const url = await serve((request, response, body) => {
      response.writeHead(429, { 'retry-after': '7' });
      response.end(
        JSON.stringify({ body, type: request.headers['content-type'], auth: request.headers.authorization }),
      );
    });
    const result = await postJson(transport, { a: 'ñ' }, options(url));
    expect(result).toEqual({
      kind: 'answered',
      status: 429,
      complete: true,
      retryAfter: '7',
      body: JSON.stringify({ body: '{"a":"ñ"}', type: 'application/json', auth: 'Bearer secret' }),
    });
  });

  it('encodes forms', async () => {
    const url = await serve((_, response, body) => response.end(body));
    const fields = new Map([
      ['To', '+5255'],
      ['Body', 'a&b=c ñ'],
    ]);
    const result = await postForm(transport, fields, options(url));
    expect(result).toMatchObject({ status: 200, body: 'To=%2B5255&Body=a%26b%3Dc+%C3%B1' });
  });

  it('does not follow redirects', async () => {
    let calls = 0;
    const url = await serve((_, response) => {
      calls += 1;
      response.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await post(transport, options(url))).toMatchObject({ kind: 'answered', status: 307 });
    expect(calls).toBe(1);
  });

  it('reads no more than 64 KiB', async () => {
    const url = await serve((_, response) => response.end('x'.repeat(1_000_000)));
    const result = await post(transport, options(url));
    expect(result).toMatchObject({ kind: 'answered', status: 200, complete: false });
    expect(result.kind === 'answered' && result.body.length).toBeLessThanOrEqual(64 * 1024);
  });

  it('takes the built-in fetch as it is, and bodies that can only be iterated', async () => {
    const url = await serve((_, response) => response.end('ñandú'));
    const builtIn: HttpTransport = fetch;
    expect(await post(builtIn, options(url))).toMatchObject({ status: 200, body: 'ñandú', complete: true });
    async function* chunks() {
      // A character cut in two by the chunks.
      yield* [Uint8Array.of(0xc3), Uint8Array.of(0xb1)];
    }
    const iterated: HttpTransport = async () => ({ status: 200, headers: new Headers(), body: chunks() });
    expect(await post(iterated, options(url))).toMatchObject({ status: 200, body: 'ñ', complete: true });
    const empty: HttpTransport = async () => ({ status: 204, headers: new Headers(), body: null });
    expect(await post(empty, options(url))).toMatchObject({ status: 204, body: '', complete: true });
  });

  it('says that a body that breaks off is incomplete', async () => {
    const url = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"id":', () => request.socket.destroy());
    });
    expect(await post(transport, options(url))).toMatchObject({ status: 200, complete: false });
  });

  it('keeps the status of an answer whose body does not end in time', async () => {
    const url = await serve((_, response) => {
      response.writeHead(400).write('{"error":');
    });
    const result = await post(transport, options(url, { timeout: 150 }));
    expect(result).toMatchObject({ status: 400, complete: false, body: '{"error":' });
  });

  it('does not know after a time-out', async () => {
    const url = await serve(() => undefined);
    expect(await post(transport, options(url, { timeout: 50 }))).toEqual({
      kind: 'unknown',
      code: 'timeout',
    });
  });

  it('holds its time limit against a transport that ignores the signal', async () => {
    const deaf: HttpTransport = () => new Promise(() => undefined);
    expect(await post(deaf, options('http://x.invalid', { timeout: 20 }))).toEqual({
      kind: 'unknown',
      code: 'timeout',
    });
  });

  it('does not know after the connection broke', async () => {
    const url = await serve((request) => request.socket.destroy());
    expect(await post(transport, options(url))).toEqual({ kind: 'unknown', code: 'UND_ERR_SOCKET' });
  });

  it('does not know after a reset', async () => {
    const url = await serve((request) => request.socket.resetAndDestroy());
    expect(await post(transport, options(url))).toEqual({ kind: 'unknown', code: 'ECONNRESET' });
  });

  it('does not know after an answer that is no HTTP', async () => {
    const server = createSocketServer((socket) => {
      socket.once('data', () => socket.end('SSH-2.0-what\r\n'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const result = await post(transport, options(`http://127.0.0.1:${portOf(server.address())}/`));
    server.close();
    expect(result.kind).toBe('unknown');
  });

  it('knows that nothing was sent where nobody listens', async () => {
    const url = await serve(() => undefined);
    const server = open.pop();
    await new Promise((resolve) => server?.close(resolve));
    expect(await post(transport, options(url))).toEqual({ kind: 'not_sent', code: 'ECONNREFUSED' });
  });

  it('knows that nothing was sent where both addresses of a name refuse', async () => {
    // localhost resolves to two addresses on most machines: an AggregateError then.
    const url = await serve(() => undefined);
    const port = new URL(url).port;
    const server = open.pop();
    await new Promise((resolve) => server?.close(resolve));
    const result = await post(transport, options(`http://localhost:${port}/`));
    expect(result).toEqual({ kind: 'not_sent', code: 'ECONNREFUSED' });
  });

  it('knows that nothing was sent where the name does not resolve', async () => {
    const result = await post(transport, options('http://nobody.invalid/'));
    expect(result.kind).toBe('not_sent');
    expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(result.kind === 'not_sent' && result.code);
  });

  it('obeys a signal before and during the call', async () => {
    const url = await serve(() => controller.abort());
    const controller = new AbortController();
    expect(await post(transport, options(url, { signal: controller.signal }))).toEqual({
      kind: 'unknown',
      code: 'aborted',
    });
    let calls = 0;
    const counting: HttpTransport = (to, request) => {
      calls += 1;
      return transport(to, request);
    };
    expect(await post(counting, options(url, { signal: AbortSignal.abort() }))).toEqual({
      kind: 'not_sent',
      code: 'aborted',
    });
    expect(calls).toBe(0);
  });

  it('leaves no listener on the caller’s signal', async () => {
    const url = await serve((_, response) => response.end());
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      listeners += 1;
      addEventListener.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      listeners -= 1;
      removeEventListener.apply(signal, args);
    };
    await post((to, request) => transport(to, request), options(url, { signal }));
    expect(listeners).toBe(0);
  });

  it('survives whatever a transport throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (thrown) => {
        const bad: HttpTransport = () => Promise.reject(thrown);
        const result = await post(bad, options('http://x.invalid'));
        expect(['unknown', 'not_sent']).toContain(result.kind);
        expect(result.kind !== 'answered' && result.code).toMatch(/^[A-Za-z][A-Za-z0-9_]{0,59}$/);
      }),
    );
    const sync: HttpTransport = () => {
      throw new TypeError('Headers.append: "Bearer secret" is an invalid header value.');
    };
    expect(await post(sync, options('http://x.invalid'))).toEqual({ kind: 'unknown', code: 'failed' });
  });

  it('does not pass on a code that could hold something else', async () => {
    const bad: HttpTransport = () => Promise.reject(Object.assign(new Error(), { code: 'to +525512345678' }));
    expect(await post(bad, options('http://x.invalid'))).toEqual({ kind: 'unknown', code: 'failed' });
  });
});

describe('codeBeforeSending', () => {
  const error = (fields: object, cause?: unknown) => Object.assign(new Error('x', { cause }), fields);

  it('sees through causes and several addresses', () => {
    const refused = error({ code: 'ECONNREFUSED', syscall: 'connect' });
    expect(codeBeforeSending(error({}, refused))).toBe('ECONNREFUSED');
    expect(
      codeBeforeSending(
        error({}, new AggregateError([refused, error({ code: 'ENETUNREACH', syscall: 'connect' })])),
      ),
    ).toBe('ECONNREFUSED');
    expect(
      codeBeforeSending(
        error({}, new AggregateError([refused, error({ code: 'ECONNRESET', syscall: 'read' })])),
      ),
    ).toBeUndefined();
  });

  it.each([
    'ENOTFOUND',
    'EAI_AGAIN',
    'UND_ERR_CONNECT_TIMEOUT',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
  ])('%s strikes before anything is sent', (code) =>
    expect(codeBeforeSending(error({}, error({ code })))).toBe(code),
  );

  it.each([
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    'UND_ERR_SOCKET',
    'UND_ERR_HEADERS_TIMEOUT',
    'UND_ERR_ABORTED',
    'EPROTO',
    'ABORT_ERR',
  ])('%s may strike afterwards', (code) =>
    expect(codeBeforeSending(error({}, error({ code })))).toBeUndefined(),
  );

  it('tells a connection that timed out from a read that did', () => {
    expect(codeBeforeSending(error({ code: 'ETIMEDOUT', syscall: 'connect' }))).toBe('ETIMEDOUT');
    expect(codeBeforeSending(error({ code: 'ETIMEDOUT', syscall: 'read' }))).toBeUndefined();
  });

  it('ends on causes that go in circles', () => {
    const first = error({ code: 'X' });
    const second = error({ code: 'Y' }, first);
    first.cause = second;
    expect(codeBeforeSending(first)).toBeUndefined();
    const group = new AggregateError([]);
    group.errors.push(group);
    expect(codeBeforeSending(group)).toBeUndefined();
  });

  it('knows a connection that really was refused', async () => {
    const server = createSocketServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const port = portOf(server.address());
    await new Promise((resolve) => server.close(resolve));
    const thrown = await new Promise((resolve) => connect(port, '127.0.0.1').once('error', resolve));
    expect(codeBeforeSending(thrown)).toBe('ECONNREFUSED');
  });
});

describe('retryAfterOf', () => {
  const now = Date.UTC(2026, 2, 3, 16);
  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['Tue, 03 Mar 2026 16:00:30 GMT', 30_000],
    ['Tue, 03 Mar 2026 15:00:00 GMT', undefined],
    ['999999999', 86_400_000],
    ['soon', undefined],
    ['-5', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s', (header, expected) => expect(retryAfterOf(header, now)).toBe(expected));
});
