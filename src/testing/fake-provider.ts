import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a stand-in does with a request. */
export type FakeBehaviour =
  /** Takes the message. */
  | { readonly kind: 'accept' }
  /** Answers with an error of the provider; the status follows from the code unless given. */
  | {
      readonly kind: 'fail';
      readonly code: number;
      readonly status?: number | undefined;
      /** Seconds, as a Retry-After header. */
      readonly retryAfter?: number | undefined;
    }
  /** Answers with exactly this. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: string;
      readonly headers?: Readonly<Record<string, string>> | undefined;
    }
  /** Takes the message and cuts the connection without a word. */
  | { readonly kind: 'drop' }
  /** Takes the message and never answers. */
  | { readonly kind: 'hang' };

/** A request as a stand-in saw it, without its credentials. */
export interface FakeRequest {
  readonly path: string;
  /** The body as it came. */
  readonly body: string;
  /** The recipient's number. */
  readonly to: string;
  /** The act's key, where the request carries it. */
  readonly key?: string | undefined;
  /** What was done with it. */
  readonly behaviour: FakeBehaviour['kind'];
  /** The id given to the message; also where the connection was then cut. */
  readonly providerId?: string | undefined;
}

/** A provider's server on 127.0.0.1 that sends nothing to anybody and remembers everything. */
export interface FakeProvider extends AsyncDisposable {
  /** For the adapter's `baseUrl`. */
  readonly url: string;
  /** In order of arrival. */
  readonly requests: readonly FakeRequest[];
  /** What happens to the next requests to a number, in order; further ones are accepted. `*` is any number. */
  script(to: string, ...behaviours: FakeBehaviour[]): void;
  /** What happens to every request to a number that has no script left. `*` is any number. */
  always(to: string, behaviour: FakeBehaviour): void;
  /** Cuts what is open and stops. */
  close(): Promise<void>;
}

/** Options of every stand-in. */
export interface FakeProviderOptions {
  /** Default: a free one. */
  readonly port?: number | undefined;
  /** Decides about a request before any script does; undefined leaves it to them. */
  readonly behave?: ((request: ParsedRequest) => FakeBehaviour | undefined) | undefined;
  /** Called for every request, once it is known what is done with it. */
  readonly onRequest?: ((request: FakeRequest) => void) | undefined;
}

/** What a request is about, as far as a provider's format tells. */
export interface ParsedRequest {
  readonly to: string;
  readonly key?: string | undefined;
  /** A fault that the provider itself would find, before any script applies. */
  readonly fault?: { readonly code: number } | undefined;
}

/** The provider's format: what a stand-in adds to the common part. */
export interface FakeFormat {
  parse(request: { path: string; authorization: string; body: string }): ParsedRequest;
  /** Answers what is no message at all, such as a file that is handed over; undefined for messages. */
  other?(request: {
    readonly path: string;
    readonly authorization: string;
    readonly body: Uint8Array;
  }): { readonly status: number; readonly body: unknown } | undefined;
  /** Id for the n-th message with that fingerprint (hex, 64 digits). */
  idOf(fingerprint: string): string;
  accepted(id: string, request: ParsedRequest): { status: number; body: unknown };
  failed(code: number): { status: number; body: unknown };
}

/** Starts a stand-in that speaks the given format. */
export async function startFakeProvider(
  format: FakeFormat,
  options: FakeProviderOptions = {},
): Promise<FakeProvider> {
  const requests: FakeRequest[] = [];
  const scripts = new Map<string, FakeBehaviour[]>();
  const standing = new Map<string, FakeBehaviour>();
  const seen = new Map<string, number>();

  const behaviourFor = (request: ParsedRequest): FakeBehaviour =>
    behaveOf(request) ?? scriptedFor(request.to);
  const behaveOf = options.behave ?? (() => undefined);
  const scriptedFor = (to: string): FakeBehaviour =>
    scripts.get(to)?.shift() ??
    scripts.get('*')?.shift() ??
    standing.get(to) ??
    standing.get('*') ?? { kind: 'accept' };

  // Ids depend on what is sent, not on the order of arrival, so that a run can be repeated exactly.
  const idFor = (body: string): string => {
    const count = (seen.get(body) ?? 0) + 1;
    seen.set(body, count);
    return format.idOf(createHash('sha256').update(`${count}\n${body}`).digest('hex'));
  };

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const bytes = await bytesOf(incoming);
    const path = incoming.url ?? '';
    const authorization = incoming.headers.authorization ?? '';
    const other = format.other?.({ path, authorization, body: bytes });
    if (other !== undefined) {
      answerJson(response, other.status, other.body);
      return;
    }
    const body = bytes.toString('utf8');
    const parsed = format.parse({ path, authorization, body });
    const behaviour: FakeBehaviour =
      parsed.fault === undefined ? behaviourFor(parsed) : { kind: 'fail', code: parsed.fault.code };
    const taken = behaviour.kind === 'accept' || behaviour.kind === 'drop' || behaviour.kind === 'hang';
    const providerId = taken ? idFor(body) : undefined;
    const request = { path, body, to: parsed.to, key: parsed.key, behaviour: behaviour.kind, providerId };
    requests.push(request);
    options.onRequest?.(request);
    switch (behaviour.kind) {
      case 'drop':
        incoming.socket.destroy();
        return;
      case 'hang':
        return;
      case 'answer':
        response.writeHead(behaviour.status, { ...behaviour.headers }).end(behaviour.body);
        return;
      case 'fail': {
        const { status, body: answer } = format.failed(behaviour.code);
        const wait =
          behaviour.retryAfter === undefined ? {} : { 'retry-after': String(behaviour.retryAfter) };
        answerJson(response, behaviour.status ?? status, answer, wait);
        return;
      }
      case 'accept': {
        const { status, body: answer } = format.accepted(providerId ?? '', parsed);
        answerJson(response, status, answer);
      }
    }
  };

  const server = createServer((incoming, response) => {
    // A client that goes away while it is being read is no concern of a stand-in.
    handle(incoming, response).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    requests,
    script(to, ...behaviours) {
      scripts.set(to, [...(scripts.get(to) ?? []), ...behaviours]);
    },
    always(to, behaviour) {
      standing.set(to, behaviour);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The port of a listening server's address. */
export function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function answerJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
