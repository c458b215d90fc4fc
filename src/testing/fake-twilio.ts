import { type FakeProvider, type FakeProviderOptions, startFakeProvider } from './fake-provider.js';

/** Options of {@link startFakeTwilio}. */
export interface FakeTwilioOptions extends FakeProviderOptions {
  /** User and password of basic authentication as `user:password`; others are answered 401. Default: any will do. */
  readonly credentials?: string | undefined;
}

/**
 * A stand-in for Twilio's Messages resource on 127.0.0.1: takes messages as the
 * real one does, refuses what the real one refuses (no recipient, no sender, no
 * or too long a body), and fails on demand.
 *
 * @example
 * await using twilio = await startFakeTwilio();
 * twilio.always('+525500000000', { kind: 'fail', code: 21610 });
 * const channel = twilioSms({ accountSid, authToken, from, baseUrl: twilio.url });
 */
export function startFakeTwilio(options: FakeTwilioOptions = {}): Promise<FakeProvider> {
  return startFakeProvider(
    {
      parse: ({ path, authorization, body }) => {
        const fields = new URLSearchParams(body);
        const callback = fields.get('StatusCallback') ?? '';
        const key = URL.canParse(callback) ? new URL(callback).searchParams.get('act') : null;
        const to = (fields.get('To') ?? '').replace(/^whatsapp:/, '');
        const parsed = { to, ...(key === null ? {} : { key }) };
        const code = faultOf(path, authorization, fields, options);
        return code === undefined ? parsed : { ...parsed, fault: { code } };
      },
      idOf: (fingerprint) => `SM${fingerprint.slice(0, 32)}`,
      accepted: (sid, { to }) => ({
        status: 201,
        body: { sid, to, status: 'queued', error_code: null, error_message: null, num_segments: '1' },
      }),
      failed: (code) => {
        const status = statusOf(code);
        const body = { code, message: 'Answer of a stand-in.', status };
        return { status, body };
      },
    },
    options,
  );
}

function faultOf(
  path: string,
  authorization: string,
  fields: URLSearchParams,
  options: FakeTwilioOptions,
): number | undefined {
  if (!/^\/2010-04-01\/Accounts\/AC[0-9a-fA-F]{32}\/Messages\.json$/.test(path)) return 20404;
  const [scheme, credentials = ''] = authorization.split(' ');
  if (scheme !== 'Basic') return 20003;
  if (
    options.credentials !== undefined &&
    Buffer.from(credentials, 'base64').toString() !== options.credentials
  ) {
    return 20003;
  }
  const to = fields.get('To') ?? '';
  if (to === '') return 21604;
  if (!/^(?:whatsapp:)?\+[1-9]\d{6,14}$/.test(to)) return 21211;
  if (!fields.has('From') && !fields.has('MessagingServiceSid')) return 21603;
  if (fields.has('ContentSid')) return undefined;
  const body = fields.get('Body') ?? '';
  if (body === '') return 21602;
  return body.length > 1600 ? 21617 : undefined;
}

function statusOf(code: number): number {
  if (code === 20003) return 401;
  if (code === 20404) return 404;
  return code === 20429 ? 429 : 400;
}
