import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type TwilioSmsOptions, twilioSms } from '../../../src/channels/sms/index.js';
import { receiveFromTwilio } from '../../../src/channels/sms/twilio/webhook.js';
import type { Received } from '../../../src/index.js';
import { fixture } from '../fixtures.js';
import { request } from '../webhooks/request.js';

const accountSid = 'AC0123456789abcdef0123456789abcdef';
const token = '12345';
const url = 'https://acme.example/hooks/twilio?act=acme%2Fladder%2FF-1%231%2Fsoft.1%40billing.0';
const now = Date.parse('2026-11-22T12:00:00Z');

interface Example {
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: string;
}
const { examples } = fixture('twilio-webhook-examples.json') as { readonly examples: readonly Example[] };

function sign(address: string, params: Readonly<Record<string, string>>, by = token): string {
  const rest = Object.keys(params)
    .sort()
    .map((name) => `${name}${params[name]}`)
    .join('');
  return createHmac('sha1', by)
    .update(address + rest)
    .digest('base64');
}

function channel(more: Partial<TwilioSmsOptions> = {}) {
  const { receive } = twilioSms({ accountSid, authToken: token, from: '+15005550006', ...more });
  if (receive === undefined) throw new Error('does not receive');
  return receive;
}

function signed(params: Readonly<Record<string, string>>, at = url) {
  return request(
    new URLSearchParams(params).toString(),
    { 'X-Twilio-Signature': sign(at, params) },
    { url: at },
  );
}

function whatsapp(params: Readonly<Record<string, string>>): Received {
  return receiveFromTwilio(signed(params), { tokens: token, accountSid, kind: 'whatsapp' }, now);
}

const sid = (n: number): string => `SM${String(n).padStart(32, '0')}`;
const act = 'acme/ladder/F-1#1/soft.1@billing.0';
const status = (n: number, more: object) => ({
  type: 'status',
  provider: 'twilio',
  providerId: sid(n),
  correlation: act,
  ...more,
});
const spain = { to: { address: '+34600111222' } };
const colombia = { to: { address: '+573001234567' } };
const expected: Readonly<Record<string, object>> = {
  'SMS status queued': status(1, { status: 'accepted', ...spain }),
  'SMS status sent': status(1, { status: 'sent', ...spain }),
  'SMS status delivered': status(1, { status: 'delivered', ...spain }),
  'SMS undelivered 30005': status(2, {
    status: 'failed',
    ...spain,
    failure: { code: 'twilio:30005', scope: 'recipient', temporary: false, addressUnusable: true },
  }),
  'SMS failed 30007': status(3, {
    status: 'failed',
    ...spain,
    failure: { code: 'twilio:30007', scope: 'sender', temporary: false },
  }),
  'SMS undelivered 30003': status(4, {
    status: 'failed',
    ...spain,
    failure: { code: 'twilio:30003', scope: 'recipient', temporary: true },
  }),
  'WhatsApp via Twilio read': status(5, { status: 'read', ...colombia }),
  'WhatsApp via Twilio failed 63016': status(6, {
    status: 'failed',
    ...colombia,
    failure: { code: 'twilio:63016', scope: 'message', temporary: false },
  }),
  'inbound SMS text': {
    type: 'message',
    provider: 'twilio',
    key: sid(7),
    kind: 'text',
    from: { address: '+34600111222' },
    to: '+34910000000',
    providerId: sid(7),
    text: 'Ya está pagada',
  },
  'inbound SMS STOP with OptOutType': {
    type: 'message',
    provider: 'twilio',
    key: sid(8),
    kind: 'text',
    from: { address: '+34600111222' },
    to: '+34910000000',
    providerId: sid(8),
    text: 'STOP',
    keyword: 'stop',
  },
  'inbound WhatsApp quick reply': {
    type: 'message',
    provider: 'twilio',
    key: sid(9),
    kind: 'button',
    from: { address: '+573001234567', name: 'Compras Sur' },
    to: '+573150000000',
    providerId: sid(9),
    text: 'Pago esta semana',
    payload: 'promise:inv_1042',
    replyTo: sid(5),
    windowUntil: now + 86_400_000,
  },
};

describe('published examples', () => {
  it('are all expected here', () => {
    expect(Object.keys(expected)).toEqual(examples.map(({ name }) => name));
  });

  it.each(examples.map((one) => [one.name, one] as const))('%s', async (name, { params, body }) => {
    const overWhatsapp = params.From?.startsWith('whatsapp:') === true;
    // The encoded body of the example itself, not one of our making.
    const raw = request(body, { 'x-twilio-signature': sign(url, params) }, { url });
    const options = { tokens: token, accountSid, kind: overWhatsapp ? 'whatsapp' : 'sms' } as const;
    const { answer, events } = receiveFromTwilio(raw, options, now);
    expect(answer).toEqual({ status: 200, headers: { 'content-type': 'text/xml' }, body: '<Response/>' });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject(expected[name] ?? {});
    expect(events[0]).toEqual({ key: events[0]?.key, ...expected[name] });
    // The other channel on the same address passes over it.
    const other = receiveFromTwilio(raw, { ...options, kind: overWhatsapp ? 'sms' : 'whatsapp' }, now);
    expect(other).toEqual({ answer, events: [] });
  });
});

describe('signatures', () => {
  const params = examples[0]?.params ?? {};

  it('fit the vector that Twilio’s documents and libraries publish', () => {
    // https://www.twilio.com/docs/usage/security#validating-requests: token 12345, these parameters, this signature.
    const vector = {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675309',
      Digits: '1234',
      From: '+14158675309',
      To: '+18005551212',
    };
    const address = 'https://mycompany.com/myapp.php?foo=1&bar=2';
    const headers = { 'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' };
    const made = request(new URLSearchParams(vector).toString(), headers, { url: address });
    const options = { tokens: '12345', accountSid, kind: 'sms' } as const;
    expect(receiveFromTwilio(made, options, now).refused).toBeUndefined();
    expect(receiveFromTwilio(made, { ...options, tokens: '12346' }, now).refused).toBe('signature');
  });

  it.each(['https://acme.example:443/hooks/twilio', 'https://acme.example/hooks/twilio'])(
    'are taken with and without the standard port: signed for %s',
    async (signedFor) => {
      const body = new URLSearchParams(params).toString();
      for (const arrived of ['https://acme.example/hooks/twilio', 'https://acme.example:443/hooks/twilio']) {
        const made = request(body, { 'x-twilio-signature': sign(signedFor, params) }, { url: arrived });
        expect((await channel()(made, { now })).answer.status).toBe(200);
      }
    },
  );

  it('are checked for the address that Twilio knows, behind a proxy', async () => {
    const body = new URLSearchParams(params).toString();
    const inside = 'http://10.0.0.7:8080/twilio?act=A';
    const made = request(
      body,
      { 'x-twilio-signature': sign('https://acme.example/hooks/twilio?act=A', params) },
      { url: inside },
    );
    expect((await channel()(made, { now })).refused).toBe('signature');
    const known = channel({ webhookUrl: 'https://acme.example/hooks/twilio' });
    expect((await known(made, { now })).events).toMatchObject([{ correlation: 'A' }]);
    // Node's own servers name a path alone.
    const path = { ...made, url: '/twilio?act=A' };
    expect((await known(path, { now })).events).toMatchObject([{ correlation: 'A' }]);
    expect((await channel()(path, { now })).refused).toBe('signature');
  });

  it.each([
    [
      'https://acme.example/hooks/tw%C3%ADlio?act=acme%2Finv-1%231%2Ffirm.1%40billing.0',
      'acme/inv-1#1/firm.1@billing.0',
    ],
    ['https://acme.example/a%20b/%2e%2F?act=100%25%20%26%20m%C3%A1s', '100% & más'],
    ['https://acme.example/hooks?x=%E0%A4&y=a+b&act=%27%22', `'"`],
    ['https://acme.example?act=1', '1'],
  ])('cover the address as it was called, percent signs and all: %s', async (called, act) => {
    const body = new URLSearchParams(params).toString();
    // No path is the path `/` to Twilio's own libraries.
    const signedFor = called.replace('example?', 'example/?');
    const headers = { 'x-twilio-signature': sign(signedFor, params) };
    const { events, refused } = await channel()(request(body, headers, { url: called }), { now });
    expect([refused, events[0]]).toEqual([undefined, expect.objectContaining({ correlation: act })]);
    const plain = decodeURI(called.replace('%E0%A4', ''));
    const other = request(body, { 'x-twilio-signature': sign(plain, params) }, { url: called });
    if (plain !== signedFor && called.includes('%'))
      expect((await channel()(other, { now })).refused).toBe('signature');
  });

  it('cover values that repeat, once and in order', async () => {
    const rest = `AccountSid${accountSid}MessageSid${sid(1)}MessageStatusqueuedXaXb`;
    const body = `X=b&X=a&X=b&AccountSid=${accountSid}&MessageSid=${sid(1)}&MessageStatus=queued`;
    const signature = createHmac('sha1', token)
      .update(url + rest)
      .digest('base64');
    const made = request(body, { 'x-twilio-signature': signature }, { url });
    expect((await channel()(made, { now })).events).toHaveLength(1);
  });

  it('of JSON bodies go by their hash', async () => {
    const body = '{"a":1}';
    const digest = createHash('sha256').update(body).digest('hex');
    const address = `https://acme.example/hooks/twilio?bodySHA256=${digest}`;
    const headers = { 'x-twilio-signature': sign(address, {}) };
    // Taken as Twilio's: it is of no account.
    expect(await channel()(request(body, headers, { url: address }), { now })).toMatchObject({
      events: [{ what: 'other-account' }],
    });
    const changed = await channel()(request('{"a":2}', headers, { url: address }), { now });
    expect(changed.refused).toBe('signature');
  });

  it.each([
    ['missing', {}],
    ['of another token', { 'x-twilio-signature': sign(url, params, 'other') }],
    ['of another address', { 'x-twilio-signature': sign('https://acme.example/', params) }],
    ['no base64', { 'x-twilio-signature': '*' }],
  ])('%s: refused', async (_, headers) => {
    const made = request(new URLSearchParams(params).toString(), headers, { url });
    expect(await channel()(made, { now })).toMatchObject({
      answer: { status: 401 },
      events: [],
      refused: 'signature',
    });
  });

  it('a parameter added on the way is found out', async () => {
    const body = new URLSearchParams({ ...params, ErrorCode: '30005' }).toString();
    const made = request(body, { 'x-twilio-signature': sign(url, params) }, { url });
    expect((await channel()(made, { now })).refused).toBe('signature');
  });

  it('fit any token of a list, and the channel needs one to receive', async () => {
    const rotating = channel({ webhookToken: ['next', token] });
    expect((await rotating(signed(params), { now })).events).toHaveLength(1);
    const apiKey = `SK${'0'.repeat(32)}`;
    const byKey = { accountSid, apiKey, apiSecret: 'secret', from: '+15005550006' };
    expect(twilioSms(byKey).receive).toBeUndefined();
    expect(twilioSms({ ...byKey, webhookToken: token }).receive).toBeDefined();
    expect(() => channel({ webhookToken: [] })).toThrow(/webhookToken/);
    expect(() => channel({ webhookUrl: 'acme.example' })).toThrow(/webhookUrl/);
  });
});

describe('what is not known', () => {
  const base = { AccountSid: accountSid, MessageSid: sid(1), From: '+34600111222', To: '+34910000000' };

  it('becomes ignored, is passed over, or is refused', async () => {
    expect((await channel()(signed({ ...base, MessageStatus: 'teleported' }), { now })).events).toMatchObject(
      [{ type: 'ignored', what: 'teleported' }],
    );
    expect((await channel()(signed({ ...base, AccountSid: 'AC1' }), { now })).events).toMatchObject([
      { type: 'ignored', what: 'other-account' },
    ]);
    expect((await channel()(signed({ AccountSid: accountSid }), { now })).refused).toBe('malformed');
    expect((await channel()(signed({ ...base, From: 'ACME', Body: 'x' }), { now })).events).toMatchObject([
      { type: 'ignored' },
    ]);
    expect((await channel()(request('', {}, { method: 'GET', url }), { now })).answer.status).toBe(405);
  });

  it('files, places and lists are told apart', () => {
    const over = {
      ...base,
      From: 'whatsapp:+34600111222',
      To: 'whatsapp:+34910000000',
      SmsStatus: 'received',
    };
    const media = { NumMedia: '2', MediaUrl0: 'https://api.twilio.com/m/1', MediaContentType0: 'image/png' };
    expect(whatsapp({ ...over, ...media }).events).toMatchObject([
      { kind: 'media', media: [{ id: 'https://api.twilio.com/m/1', type: 'image/png' }] },
    ]);
    expect(whatsapp({ ...over, Latitude: '1', Longitude: '2' }).events).toMatchObject([{ kind: 'location' }]);
    expect(whatsapp({ ...over, ListId: 'plan:3x', Body: '3 cuotas' }).events).toMatchObject([
      { kind: 'list', payload: 'plan:3x' },
    ]);
  });

  it('of any parameters never throws', async () => {
    const names = fc.constantFrom(
      'MessageStatus',
      'SmsStatus',
      'Body',
      'ErrorCode',
      'NumMedia',
      'From',
      '__proto__',
    );
    const forms = fc.dictionary(fc.oneof(names, fc.string()), fc.string());
    await fc.assert(
      fc.asyncProperty(forms, async (form) => {
        const { answer, events } = await channel()(signed({ ...base, ...form }), { now });
        expect([200, 400, 401]).toContain(answer.status);
        for (const event of events) expect(JSON.parse(JSON.stringify(event))).toEqual(event);
      }),
      { numRuns: 200 },
    );
  });
});
