import { RecobroError } from '../../errors.js';
import type { HttpBody, HttpRequest, HttpResponse, HttpTransport } from '../http.js';

export type { HttpBody, HttpRequest, HttpResponse, HttpTransport } from '../http.js';

/** What is asked of a dispatcher: one request, as undici's `Dispatcher.request` takes it. */
export interface UndiciRequest {
  readonly origin: string;
  readonly path: string;
  readonly method: 'POST' | 'GET';
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly signal: AbortSignal;
}

/** What it answers. */
export interface UndiciResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** The part of undici's dispatchers (`Agent`, `Pool`, `ProxyAgent`, `MockAgent`, …) that is used. */
export interface UndiciDispatcher {
  request(options: UndiciRequest): Promise<UndiciResponse>;
}

/**
 * Sends through a dispatcher of undici (optional peer, 7 or later) instead of the built-in `fetch`, which
 * costs several times as much processor time per request. Undici neither repeats a POST that it has begun to
 * write nor follows redirects by itself: hand in no dispatcher that was taught to (`RetryAgent`, the
 * interceptors `retry` and `redirect`, `cache`), or one message may go out twice. Its errors carry the codes
 * by which a refused connection (`retry`) is told from one that broke (`unknown`).
 *
 * Give it as many connections as calls are in flight (`dispatch.parallel`): a request that waits in line for
 * one when its time is over counts as unknown. The dispatcher stays the host's, who closes it.
 *
 * @example
 * const agent = new Agent({ connections: 64 });
 * const channel = whatsapp({ phoneNumberId, accessToken, templates, fetch: undiciTransport(agent) });
 * @throws RecobroError `invalid_option` for what is no dispatcher
 */
export function undiciTransport(dispatcher: UndiciDispatcher): HttpTransport {
  if (!isDispatcher(dispatcher)) {
    const message = 'must be a dispatcher of undici, such as an Agent';
    throw new RecobroError('invalid_option', `undiciTransport: the dispatcher ${message}`, {
      problems: [{ path: 'dispatcher', code: 'invalid_value', message }],
    });
  }
  return async (url, request) => responseOf(await dispatcher.request(requestOf(url, request)));
}

function requestOf(url: string, { method, headers, body, signal }: HttpRequest): UndiciRequest {
  const { origin, pathname, search } = new URL(url);
  const path = `${pathname}${search}`;
  return { origin, path, method, headers: { ...headers }, ...(body === undefined ? {} : { body }), signal };
}

function responseOf({ statusCode, headers, body }: UndiciResponse): HttpResponse {
  return {
    status: statusCode,
    headers: {
      get(name) {
        // Undici writes names in lower case.
        const value = headers[name.toLowerCase()];
        return value === undefined ? null : Array.isArray(value) ? value.join(', ') : value;
      },
    },
    body: body satisfies HttpBody,
  };
}

function isDispatcher(value: unknown): value is UndiciDispatcher {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'request') === 'function';
}
