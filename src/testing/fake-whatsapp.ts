import { type Clock, systemClock } from '../clock.js';
import { FakeMeta, type FakeUpload, type MetaLimits } from './fake-meta.js';
import {
  type FakeProvider,
  type FakeProviderOptions,
  type ParsedRequest,
  startFakeProvider,
} from './fake-provider.js';

export type { FakeUpload } from './fake-meta.js';

/** Options of {@link startFakeWhatsapp}. */
export interface FakeWhatsappOptions extends FakeProviderOptions {
  /** Requests with any other token are answered 401. Default: any token will do. */
  readonly accessToken?: string | undefined;
  /** Names of the approved templates; others are answered with error 132001. Default: every name exists. */
  readonly templates?: readonly string[] | undefined;
  /**
   * What it lets out: people in 24 hours outside of their service windows (131048 beyond), messages in a second of a
   * number (130429), and `pair`, one message in six seconds to one person, of which 45 may be borrowed at once
   * (131056). Default: no limits.
   */
  readonly limits?: MetaLimits | undefined;
  /** For service windows, limits, and files that are forgotten after 30 days. Default: the system's. */
  readonly clock?: Clock | undefined;
}

/** A stand-in for Meta's Cloud API. */
export interface FakeWhatsapp extends FakeProvider {
  /** Files that were handed over, in order. */
  readonly uploads: readonly FakeUpload[];
  /** A person wrote: for 24 hours messages in any words are taken, and take no place among people. */
  wrote(from: string): void;
}

/**
 * A stand-in for Meta's Cloud API on 127.0.0.1: takes messages and files as the
 * real one does, refuses what the real one refuses (a number without plus, an
 * empty value, line breaks in a value, words of one's own outside of the service
 * window, a file that was never handed over), keeps limits that it is given,
 * and fails on demand.
 *
 * @example
 * await using meta = await startFakeWhatsapp({ limits: { peoplePerDay: 250 } });
 * meta.script('+525512345678', { kind: 'fail', code: 131056 });
 * meta.wrote('+525587654321');
 * const channel = whatsapp({ phoneNumberId, accessToken, templates, baseUrl: meta.url });
 */
export async function startFakeWhatsapp(options: FakeWhatsappOptions = {}): Promise<FakeWhatsapp> {
  const meta = new FakeMeta(options.clock ?? systemClock, options.limits);
  const server = await startFakeProvider(
    {
      other: ({ path, authorization, body }) => {
        if (!/^\/v\d+\.\d+\/\d+\/media$/.test(path)) return undefined;
        const code = unauthorised(authorization, options);
        const upload = code === undefined ? meta.take(body) : undefined;
        return upload === undefined ? failed(code ?? 100) : { status: 200, body: { id: upload.id } };
      },
      parse: ({ path, authorization, body }) => {
        const payload = payloadOf(body);
        const parsed = {
          to: textOf(payload.to),
          ...(payload.biz_opaque_callback_data === undefined
            ? {}
            : { key: textOf(payload.biz_opaque_callback_data) }),
        };
        const code =
          faultOf(path, authorization, payload, meta, options) ?? meta.limitOf(numberOf(path), parsed.to);
        return code === undefined ? parsed : { ...parsed, fault: { code } };
      },
      idOf: (fingerprint) => `wamid.${Buffer.from(fingerprint.slice(0, 36)).toString('base64url')}`,
      accepted: (id, { to }: ParsedRequest) => ({
        status: 200,
        body: {
          messaging_product: 'whatsapp',
          contacts: [{ input: to, wa_id: to.replace(/\D/g, '') }],
          messages: [{ id, message_status: 'accepted' }],
        },
      }),
      failed,
    },
    {
      ...options,
      onRequest: (request) => {
        // What was taken counts, also where the connection is cut then.
        if (request.providerId !== undefined) meta.sent(numberOf(request.path), request.to);
        options.onRequest?.(request);
      },
    },
  );
  return { ...server, uploads: meta.uploads, wrote: (from) => meta.wrote(from) };
}

function failed(code: number): { readonly status: number; readonly body: unknown } {
  return {
    status: statusOf(code),
    body: {
      error: {
        message: `(#${code}) stand-in`,
        type: 'OAuthException',
        code,
        error_data: { messaging_product: 'whatsapp', details: 'Answer of a stand-in.' },
        fbtrace_id: 'stand-in',
      },
    },
  };
}

type Json = Readonly<Record<string, unknown>>;

function unauthorised(authorization: string, { accessToken }: FakeWhatsappOptions): number | undefined {
  if (!/^Bearer \S+$/.test(authorization)) return 200;
  return accessToken !== undefined && authorization !== `Bearer ${accessToken}` ? 190 : undefined;
}

/** The number that a path is about. */
function numberOf(path: string): string {
  return path.split('/')[2] ?? '';
}

function faultOf(
  path: string,
  authorization: string,
  payload: Json,
  meta: FakeMeta,
  options: FakeWhatsappOptions,
): number | undefined {
  if (!/^\/v\d+\.\d+\/\d+\/messages$/.test(path)) return 100;
  const denied = unauthorised(authorization, options);
  if (denied !== undefined) return denied;
  const type = textOf(payload.type);
  if (payload.messaging_product !== 'whatsapp' || !types.includes(type)) return 100;
  if (payload.to === undefined) return 131008;
  const to = textOf(payload.to);
  if (!/^\+[1-9]\d{6,14}$/.test(to)) return 131009;
  // Files are known by their ids, wherever they stand in a message.
  if (idsOf(payload[type]).some((id) => !meta.knows(id))) return 131053;
  if (type !== 'template') return meta.isOpen(to) ? wordsFault(type, objectOf(payload[type])) : 131047;
  const template = objectOf(payload.template);
  const name = textOf(template.name);
  if (!/^[a-z0-9_]{1,512}$/.test(name)) return 132001;
  if (options.templates !== undefined && !options.templates.includes(name)) return 132001;
  if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(textOf(objectOf(template.language).code))) return 132001;
  return valuesOf(template).every(isValue) ? undefined : 100;
}

const types: readonly string[] = ['template', 'text', 'document', 'interactive'];

/** Words of one's own have an end (Meta: send-messages). */
function wordsFault(type: string, content: Json): number | undefined {
  const said = type === 'interactive' ? textOf(objectOf(content.body).text) : textOf(content.body);
  if (type === 'document') return undefined;
  return said === '' || said.length > (type === 'interactive' ? 1024 : 4096) ? 100 : undefined;
}

/** Ids of the documents in a message, at any depth that Meta takes them. */
function idsOf(value: unknown, depth = 0): readonly string[] {
  if (depth > 8) return [];
  if (Array.isArray(value)) return value.flatMap((one) => idsOf(one, depth + 1));
  return Object.entries(objectOf(value)).flatMap(([key, one]) => {
    const id = key === 'document' ? objectOf(one).id : undefined;
    return [...(typeof id === 'string' ? [id] : []), ...idsOf(one, depth + 1)];
  });
}

/** Meta refuses empty values, line breaks, tabs and more than four spaces in a row. */
function isValue(value: string): boolean {
  return value !== '' && !/[\n\r\t]| {5}/.test(value);
}

function valuesOf(template: Json): string[] {
  const components = listOf(template.components);
  return components.flatMap((component) =>
    listOf(objectOf(component).parameters).flatMap((parameter) => {
      const { type, text } = objectOf(parameter);
      return type === undefined || type === 'text' ? [textOf(text)] : [];
    }),
  );
}

function statusOf(code: number): number {
  if (code === 0 || code === 190) return 401;
  if (code === 10 || (code >= 200 && code <= 299) || code === 131005) return 403;
  if (code === 4 || code === 80007 || code === 130429 || code === 131048 || code === 131056) return 429;
  if (code === 1 || code === 3 || code === 131000) return 500;
  return code === 2 || code === 131016 ? 503 : 400;
}

function payloadOf(body: string): Json {
  try {
    return objectOf(JSON.parse(body));
  } catch {
    // A body that is no JSON is found faulty like an empty one.
    return {};
  }
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
