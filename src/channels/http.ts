/**
 * One HTTP request and an honest account of what became of it. Shared by the
 * adapters whose providers speak HTTP.
 */

import { type AttemptLimit, attemptLimit } from './limit.js';

/** The part of a `fetch` request that is used. */
export interface HttpRequest {
  /** Messages are sent by `POST`; only calls that manage something, such as templates, use the others. */
  readonly method: 'POST' | 'GET';
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes where a file is handed over; absent for `GET`. */
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly redirect: 'manual';
  readonly signal: AbortSignal;
}

/** The part of a `fetch` answer that is used. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: HttpBody | null;
}

/** A web stream, as `fetch` gives it, or anything that can be iterated, such as a Node stream. */
export type HttpBody =
  | {
      getReader(): {
        read(): Promise<{ readonly done: boolean; readonly value?: Uint8Array | undefined }>;
        cancel(): Promise<void>;
      };
    }
  | AsyncIterable<Uint8Array>;

/**
 * How requests go out. The built-in `fetch` fits as it is; so does any function
 * of that shape (a proxy agent, undici's own fetch, a recording one in tests).
 *
 * It must not repeat a request by itself and must reject when it has no answer.
 * Give errors the usual Node `code` (on the error or its `cause`): it is what
 * tells a connection that was refused from one that broke.
 */
export type HttpTransport = (url: string, request: HttpRequest) => Promise<HttpResponse>;

/** One POST to make. */
export interface PostOptions extends GetOptions {
  readonly body: string | Uint8Array<ArrayBuffer>;
}

/** One GET to make. */
export interface GetOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds for the whole exchange, the reading of the answer included. */
  readonly timeout: number;
  readonly signal?: AbortSignal | undefined;
}

/** What became of one request. */
export type HttpResult =
  /** A status came back. `complete` is false where the body broke off, timed out or was cut at the limit. */
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: string;
      readonly complete: boolean;
      readonly retryAfter?: string | undefined;
    }
  /** Surely nothing was handed over: no connection was ever made for it. */
  | { readonly kind: 'not_sent'; readonly code: string }
  /** It may have arrived. */
  | { readonly kind: 'unknown'; readonly code: string };

/** Long enough for a slow provider, longer than the 10 s after which Node's fetch gives up connecting. */
export const defaultTimeout = 15_000;

/** No answer that means anything is longer; the rest is not read. */
const bodyLimit = 64 * 1024;

/** POSTs a JSON body. See {@link post}. */
export function postJson(
  transport: HttpTransport,
  json: unknown,
  options: Omit<PostOptions, 'body'>,
): Promise<HttpResult> {
  const headers = { ...options.headers, 'content-type': 'application/json' };
  return post(transport, { ...options, headers, body: JSON.stringify(json) });
}

/** POSTs form fields. See {@link post}. */
export function postForm(
  transport: HttpTransport,
  fields: ReadonlyMap<string, string>,
  options: Omit<PostOptions, 'body'>,
): Promise<HttpResult> {
  const headers = { ...options.headers, 'content-type': 'application/x-www-form-urlencoded' };
  return post(transport, { ...options, headers, body: new URLSearchParams([...fields]).toString() });
}

/**
 * Makes one POST and never throws for what the network does. Redirects are not
 * followed: a 3xx is an answer like any other. The time limit and the signal
 * hold even where the transport ignores its signal.
 */
export function post(transport: HttpTransport, options: PostOptions): Promise<HttpResult> {
  return exchange(transport, 'POST', options);
}

/** Makes one GET, under the same rules as {@link post}. */
export function get(transport: HttpTransport, options: GetOptions): Promise<HttpResult> {
  return exchange(transport, 'GET', options);
}

async function exchange(
  transport: HttpTransport,
  method: HttpRequest['method'],
  options: GetOptions & { readonly body?: PostOptions['body'] },
): Promise<HttpResult> {
  if (options.signal?.aborted) return { kind: 'not_sent', code: 'aborted' };
  const limit = attemptLimit(options.timeout, options.signal);
  try {
    const request: HttpRequest = {
      method,
      headers: options.headers,
      ...(options.body === undefined ? {} : { body: options.body }),
      redirect: 'manual',
      signal: limit.signal,
    };
    const response = await limit.race(transport(options.url, request));
    return response === undefined
      ? { kind: 'unknown', code: limit.reason() }
      : await answered(response, limit);
  } catch (error) {
    const before = codeBeforeSending(error);
    if (before !== undefined) return { kind: 'not_sent', code: before };
    return { kind: 'unknown', code: innermostCode(error) ?? 'failed' };
  } finally {
    limit.clear();
  }
}

/**
 * Milliseconds that a Retry-After header asks for, given as seconds or as a
 * date. Absent for nonsense; at most a day, because what a provider asks beyond
 * that is a matter for a person.
 */
export function retryAfterOf(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const value = header.trim();
  const wait = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  if (!Number.isFinite(wait) || wait < 0) return undefined;
  return Math.min(wait, 24 * 60 * 60 * 1000);
}

async function answered(response: HttpResponse, limit: AttemptLimit): Promise<HttpResult> {
  const retryAfter = response.headers.get('retry-after') ?? undefined;
  const chunks: Uint8Array[] = [];
  const whole = await limit.race(collect(response.body, chunks));
  const body = new TextDecoder().decode(Buffer.concat(chunks));
  return { kind: 'answered', status: response.status, body, complete: whole === true, retryAfter };
}

/** Fills `chunks` up to the limit; false where the body broke off or was longer. */
async function collect(body: HttpBody | null, chunks: Uint8Array[]): Promise<boolean> {
  if (body === null) return true;
  let size = 0;
  try {
    for await (const chunk of 'getReader' in body ? chunksOf(body) : body) {
      if (size + chunk.length > bodyLimit) return false;
      size += chunk.length;
      chunks.push(chunk);
    }
    return true;
  } catch {
    // The status has arrived, so the exchange as such did not fail: the caller is told the body is incomplete.
    return false;
  }
}

/** Not every type declaration of a web stream lets it be iterated, though every one can be read. */
async function* chunksOf(body: Extract<HttpBody, { getReader: unknown }>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      if (value !== undefined) yield value;
    }
  } finally {
    await reader.cancel();
  }
}

/**
 * Failures in which no byte of the request can have left: the name did not
 * resolve, no connection came about, or the server's certificate was rejected,
 * which Node does before it hands the connection over for writing.
 *
 * Left out on purpose: ECONNRESET, EPIPE, ETIMEDOUT on a read, `other side
 * closed` (UND_ERR_SOCKET) and everything else that can also strike after the
 * request was written; also EPROTO, since a TLS 1.3 server may send its alert
 * after the client has already written.
 */
const beforeSending: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'CERT_REJECTED',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'HOSTNAME_MISMATCH',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** Causes are followed this deep; a chain that bites its own tail must not hang us. */
const deepest = 5;

/** The code of a failure that surely came before anything was sent, else undefined. */
export function codeBeforeSending(error: unknown, depth = 0): string | undefined {
  if (depth > deepest) return undefined;
  const parts = partsOf(error);
  if (parts !== undefined) {
    // Several addresses were tried (happy eyeballs): all of them must have failed this way.
    const codes = parts.map((part) => codeBeforeSending(part, depth + 1));
    return codes.every((code) => code !== undefined) ? codes[0] : undefined;
  }
  const code = textAt(error, 'code');
  const syscall = textAt(error, 'syscall');
  if (code !== undefined && (beforeSending.has(code) || syscall === 'connect' || syscall === 'getaddrinfo')) {
    return plain(code);
  }
  return hasCause(error) ? codeBeforeSending(error.cause, depth + 1) : undefined;
}

/** The innermost code among the error and its causes, as a plain word. */
function innermostCode(error: unknown, depth = 0): string | undefined {
  const inner = depth < deepest && hasCause(error) ? innermostCode(error.cause, depth + 1) : undefined;
  const own = textAt(error, 'code');
  return inner ?? (own === undefined ? undefined : plain(own));
}

function partsOf(error: unknown): readonly unknown[] | undefined {
  if (typeof error !== 'object' || error === null || !('errors' in error)) return undefined;
  return Array.isArray(error.errors) && error.errors.length > 0 ? error.errors : undefined;
}

function hasCause(error: unknown): error is { cause: unknown } {
  return typeof error === 'object' && error !== null && 'cause' in error;
}

function textAt(error: unknown, name: 'code' | 'syscall'): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : undefined;
}

/** Codes come from outside; only what looks like one is passed on. */
function plain(code: string): string {
  return /^[A-Za-z][A-Za-z0-9_]{0,59}$/.test(code) ? code : 'failed';
}
