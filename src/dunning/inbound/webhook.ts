import type { ChannelEvent, WebhookAnswer, WebhookRequest } from '../../channels/inbound.js';
import { largestBody } from '../../channels/webhook-body.js';
import { RecobroError } from '../../errors.js';
import { toJson } from '../codec.js';
import type { Context } from '../context.js';
import { codeOf } from '../failures.js';
import { knownChannel } from '../known-channel.js';
import { takeStops } from './at-once.js';
import { inboxKey, takeEvent, workInbox } from './inbox.js';
import { Stranger } from './message.js';
import { NotYet } from './status.js';

/** A provider's request in the form that frameworks without web-standard requests have it. */
export interface RawRequest {
  readonly method: string;
  /** Whole address, as the provider called it. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes as they came: a body that was parsed and written anew has another signature. */
  readonly body: Uint8Array | string;
}

/** Mounts anywhere: `Request` in, `Response` out; `raw` for what has neither. */
export interface WebhookHandler {
  (request: Request): Promise<Response>;
  raw(request: RawRequest): Promise<WebhookAnswer>;
}

/**
 * The handler of a channel's webhooks. It checks the signature, keeps what came in, answers, and works on it then; a
 * store without an inbox works before the answer. It rejects for nothing that comes from outside: a store that fails is
 * told as 503, so that the provider comes again. Only a body that a parser took before is thrown back at the host.
 *
 * @throws RecobroError `unknown_id` for a channel that there is not; `invalid_option` for one that does not receive
 */
export function webhookOf(context: Context, channel: string): WebhookHandler {
  const adapter = knownChannel(context, channel);
  const { receive } = adapter;
  if (receive === undefined)
    throw new RecobroError(
      'invalid_option',
      `the channel ${JSON.stringify(channel)} does not receive: give it the secret that its webhooks are signed with`,
    );

  async function handle(request: WebhookRequest): Promise<WebhookAnswer> {
    try {
      const now = context.clock.now();
      const { answer, events, refused } = await receive!.call(adapter, request, { now });
      if (!isAnswer(answer)) throw new RecobroError('impossible_state', 'no server can answer so');
      if (refused !== undefined) context.logger.warn('a webhook was refused', { channel, code: refused });
      await keep(context, channel, events, now);
      return answer;
    } catch (error) {
      context.logger.error('a webhook could not be taken in; its provider will come again', {
        channel,
        code: codeOf(error),
      });
      return { status: 503, headers: { 'retry-after': '30' } };
    }
  }

  return handlerOf(handle);
}

/** Channels of the host's own may answer anything. */
function isAnswer({ status }: WebhookAnswer): boolean {
  return Number.isInteger(status) && status >= 200 && status <= 599;
}

/** A handler in both forms. */
export function handlerOf(handle: (request: WebhookRequest) => Promise<WebhookAnswer>): WebhookHandler {
  const handler = async (request: Request): Promise<Response> => {
    if (request.bodyUsed || request.body?.locked === true) throw parsed();
    const body = await bodyOf(request);
    // Whoever sent it broke off: nobody is there to be answered.
    if (body === undefined) return new Response(null, { status: 400 });
    const { method, url, headers } = request;
    const header = (name: string): string | undefined => headers.get(name) ?? undefined;
    const answer = await handle({ method: method.toUpperCase(), url, header, body });
    // Some statuses, and answers to HEAD, carry no body, and `Response` takes not even an empty one.
    const silent = method === 'HEAD' || [204, 205, 304].includes(answer.status);
    return new Response(silent ? null : (answer.body ?? null), {
      status: answer.status,
      headers: { ...answer.headers },
    });
  };
  return Object.assign(handler, { raw: async (request: RawRequest) => handle(rawOf(request)) });
}

function parsed(): RecobroError {
  return new RecobroError(
    'invalid_input',
    'the body was read before: hand over the bytes as they came, by a handler that stands before any body parser',
  );
}

/** @throws RecobroError `invalid_input` for a body that is no bytes any more */
function rawOf({ method, url, headers, body: given }: RawRequest): WebhookRequest {
  // A GET has none, whatever its framework makes of that.
  const body = given ?? '';
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  if (!isRaw && /^post$/i.test(method)) throw parsed();
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    method: method.toUpperCase(),
    url,
    header: (name) => {
      const value = lower.get(name.toLowerCase());
      return typeof value === 'string' ? value : value?.join(', ');
    },
    body: typeof body === 'string' ? new TextEncoder().encode(body) : isRaw ? body : new Uint8Array(),
  };
}

/** Reads no more than a body may have: one byte more says that it is too large. Undefined where it was broken off. */
async function bodyOf(request: Request): Promise<Uint8Array | undefined> {
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of request.body) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > largestBody) break;
    }
  } catch {
    // The connection's end, and the sender's to repeat.
    return undefined;
  }
  return Buffer.concat(chunks, Math.min(length, largestBody + 1));
}

/** Keeps events until they are worked on, which begins at once. */
export async function keep(
  context: Context,
  channel: string,
  events: readonly ChannelEvent[],
  now: number,
): Promise<void> {
  if (events.length === 0) return;
  const { inbox } = context.store;
  if (inbox === undefined) return workNow(context, channel, events, now);
  const entries = events.map((event) => ({
    key: inboxKey(channel, event),
    at: now,
    data: toJson({ channel, event }),
  }));
  const fresh = await inbox.receive(context.tenant, entries);
  // A stop that comes again may have been followed by a start.
  const first = events.filter((_, index) => fresh[index] === true);
  void context.outbox.work.track(takeStops(context, channel, first, now));
  workSoon(context);
}

/** Begins to work on what is due, and waits for nothing. */
export function workSoon(context: Context): void {
  void context.outbox.work.track(inBackground(context));
}

async function inBackground(context: Context): Promise<void> {
  try {
    await workInbox(context, () => context.clock.now(), context.outbox.work.ending);
  } catch (error) {
    context.logger.warn('what came in waits for the next run', { code: codeOf(error) });
  }
}

async function workNow(
  context: Context,
  channel: string,
  events: readonly ChannelEvent[],
  now: number,
): Promise<void> {
  for (const event of events) {
    try {
      await takeEvent(context, channel, event, now);
    } catch (error) {
      // Without an inbox nothing waits: the provider is not asked to come again for what it cannot change.
      if (!(error instanceof Stranger) && !(error instanceof NotYet)) throw error;
      context.logger.warn('what came in is about nobody that is known', { channel, type: event.type });
    }
  }
}
