import {
  type FakeProvider,
  type FakeProviderOptions,
  type ParsedRequest,
  startFakeProvider,
} from './fake-provider.js';

/** Options of {@link startFakeWhatsapp}. */
export interface FakeWhatsappOptions extends FakeProviderOptions {
  /** Requests with any other token are answered 401. Default: any token will do. */
  readonly accessToken?: string | undefined;
  /** Names of the approved templates; others are answered with error 132001. Default: every name exists. */
  readonly templates?: readonly string[] | undefined;
}

/**
 * A stand-in for Meta's Cloud API on 127.0.0.1: takes template sends as the
 * real one does, refuses what the real one refuses (a number without plus, an
 * empty value, line breaks in a value), and fails on demand.
 *
 * @example
 * await using meta = await startFakeWhatsapp();
 * meta.script('+525512345678', { kind: 'fail', code: 131056 });
 * const channel = whatsapp({ phoneNumberId, accessToken, templates, baseUrl: meta.url });
 */
export function startFakeWhatsapp(options: FakeWhatsappOptions = {}): Promise<FakeProvider> {
  return startFakeProvider(
    {
      parse: ({ path, authorization, body }) => {
        const payload = payloadOf(body);
        const parsed = {
          to: textOf(payload.to),
          ...(payload.biz_opaque_callback_data === undefined
            ? {}
            : { key: textOf(payload.biz_opaque_callback_data) }),
        };
        const code = faultOf(path, authorization, payload, options);
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
      failed: (code) => ({
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
      }),
    },
    options,
  );
}

type Json = Readonly<Record<string, unknown>>;

function faultOf(
  path: string,
  authorization: string,
  payload: Json,
  options: FakeWhatsappOptions,
): number | undefined {
  if (!/^\/v\d+\.\d+\/\d+\/messages$/.test(path)) return 100;
  if (!/^Bearer \S+$/.test(authorization)) return 200;
  if (options.accessToken !== undefined && authorization !== `Bearer ${options.accessToken}`) return 190;
  if (payload.messaging_product !== 'whatsapp' || payload.type !== 'template') return 100;
  if (payload.to === undefined) return 131008;
  if (!/^\+[1-9]\d{6,14}$/.test(textOf(payload.to))) return 131009;
  const template = objectOf(payload.template);
  const name = textOf(template.name);
  if (!/^[a-z0-9_]{1,512}$/.test(name)) return 132001;
  if (options.templates !== undefined && !options.templates.includes(name)) return 132001;
  if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(textOf(objectOf(template.language).code))) return 132001;
  return valuesOf(template).every(isValue) ? undefined : 100;
}

/** Meta refuses empty values, line breaks, tabs and more than four spaces in a row. */
function isValue(value: string): boolean {
  return value !== '' && !/[\n\r\t]| {5}/.test(value);
}

function valuesOf(template: Json): string[] {
  const components = listOf(template.components);
  return components.flatMap((component) =>
    listOf(objectOf(component).parameters).map((parameter) => textOf(objectOf(parameter).text)),
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
