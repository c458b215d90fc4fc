import fc from 'fast-check';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { callbackKey } from '../../../src/channels/callback-key.js';
import type { SendOutcome } from '../../../src/channels/channel.js';
import type { HttpTransport } from '../../../src/channels/http.js';
import { type TwilioSmsOptions, twilioSms } from '../../../src/channels/sms/index.js';
import { outcomeOfAnswer } from '../../../src/channels/sms/twilio/answer.js';
import { twilioFaults } from '../../../src/channels/sms/twilio/codes.js';
import { isRecobroError } from '../../../src/errors.js';
import { startFakeTwilio } from '../../../src/testing/fake-twilio.js';
import { describeChannel } from '../../support/channel-suite.js';
import { codesIn, expectedOutcome } from '../fixtures.js';
import { now, textMessage } from '../message.js';
import { providerBench } from '../provider-bench.js';

const accountSid = `AC${'0123456789abcdef'.repeat(2)}`;
const authToken = 'auth-token-secret';
const options: TwilioSmsOptions = { accountSid, authToken, from: '+15005550006' };
const endpoint = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages.json`;
const sid = `SM${'ab'.repeat(16)}`;

function text(content: string) {
  return textMessage({ content: { kind: 'text', text: content, variables: {}, parameters: [] } });
}

describe('twilioSms over msw', () => {
  const server = setupServer();
  beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  async function sent(more: Partial<TwilioSmsOptions>, message = text('Hola, su factura venció')) {
    const calls: { auth: string | null; fields: Record<string, string> }[] = [];
    server.use(
      http.post(endpoint, async ({ request }) => {
        const fields = Object.fromEntries(new URLSearchParams(await request.text()));
        calls.push({ auth: request.headers.get('authorization'), fields });
        return HttpResponse.json({ sid, status: 'queued', error_code: null }, { status: 201 });
      }),
    );
    const outcome = await twilioSms({ ...options, ...more }).send(message, { now });
    expect(outcome).toEqual({ outcome: 'accepted', providerId: sid });
    expect(calls).toHaveLength(1);
    return calls[0];
  }

  it('posts a form, once', async () => {
    const call = await sent({});
    expect(call?.auth).toBe(`Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`);
    expect(call?.fields).toEqual({
      To: '+525512345678',
      From: '+15005550006',
      Body: 'Hola, su factura vencio',
      ValidityPeriod: '14400',
    });
  });

  it('writes to the form of a number that networks route by', async () => {
    for (const [to, form] of [
      ['+5215512345678', '+525512345678'],
      ['+541112345678', '+5491112345678'],
      ['+551181234567', '+5511981234567'],
      ['+551123456789', '+551123456789'],
    ])
      expect((await sent({}, { ...text('Hola'), to: to ?? '' }))?.fields.To).toBe(form);
  });

  it('takes an API key, a service and the rest', async () => {
    const apiKey = `SK${'0'.repeat(32)}`;
    const messagingServiceSid = `MG${'1'.repeat(32)}`;
    const call = await sent({
      authToken: undefined,
      apiKey,
      apiSecret: 'key-secret',
      from: undefined,
      messagingServiceSid,
      statusCallback: 'https://acme.example/hooks/twilio?tenant=acme',
      validitySeconds: 600,
      smartEncoded: true,
      transliterate: false,
    });
    expect(call?.auth).toBe(`Basic ${Buffer.from(`${apiKey}:key-secret`).toString('base64')}`);
    expect(call?.fields).toEqual({
      To: '+525512345678',
      MessagingServiceSid: messagingServiceSid,
      Body: 'Hola, su factura venció',
      StatusCallback: `https://acme.example/hooks/twilio?tenant=acme&act=${encodeURIComponent(callbackKey(textMessage()))}`,
      ValidityPeriod: '600',
      SmartEncoded: 'true',
    });
    const callback = new URL(call?.fields.StatusCallback ?? '');
    expect(callback.searchParams.get('act')).toMatch(/^[0-9a-f]{16}:exporter\/inv-1#1\/firm\.1@billing\.0$/);
  });
});

describe('twilioSms before any call', () => {
  const never: HttpTransport = () => Promise.reject(new Error('called'));
  const channel = twilioSms({ ...options, fetch: never });

  it.each([
    ['sms:body_too_long', 'refused', 'a'.repeat(1601)],
    ['sms:body_empty', 'misconfigured', ' \n'],
  ])('says %s', async (code, outcome, body) => {
    expect(await channel.send(text(body), { now })).toMatchObject({ outcome, code });
  });

  it('keeps to a budget of segments, counted as it goes out', async () => {
    const two = twilioSms({ ...options, fetch: never, maxSegments: 2 });
    const refused = { outcome: 'refused', scope: 'message', code: 'sms:too_many_segments', called: false };
    expect(await two.send(text('a'.repeat(307)), { now })).toEqual(refused);
    expect(await two.send(text('😀'.repeat(68)), { now })).toEqual(refused);
    // Two hundred accents are two cheap segments once they are dropped, and three dear ones where they are kept.
    const accents = text('í'.repeat(200));
    expect(await two.send(accents, { now })).toMatchObject({ outcome: 'unknown' });
    const kept = twilioSms({ ...options, fetch: never, maxSegments: 2, transliterate: false });
    expect(await kept.send(accents, { now })).toEqual(refused);
  });

  it('takes only texts', async () => {
    const content = { kind: 'email' as const, subject: 's', text: 't', html: 'h' };
    expect(await channel.send(textMessage({ content }), { now })).toMatchObject({
      outcome: 'misconfigured',
      code: 'sms:content_not_text',
    });
  });
});

describe('twilioSms options', () => {
  const problems = (more: Partial<TwilioSmsOptions>): string[] => {
    try {
      twilioSms({ ...options, ...more });
    } catch (error) {
      if (!isRecobroError(error, 'invalid_option')) throw error;
      expect(String(error)).not.toContain('secret');
      return error.problems.map(({ path }) => path);
    }
    return [];
  };

  it.each<[string[], Partial<TwilioSmsOptions>]>([
    [[], {}],
    [[], { from: 'Acme Cobro' }],
    [[], { from: '55123' }],
    [['accountSid'], { accountSid: 'AC12' }],
    [['authToken'], { authToken: undefined }],
    [['authToken'], { authToken: 'a secret' }],
    [['authToken', 'apiKey'], { apiKey: 'SK1', apiSecret: 'secret' }],
    [['apiSecret'], { authToken: undefined, apiKey: `SK${'0'.repeat(32)}` }],
    [[], { from: 'Acme Cobran' }],
    [['from'], { from: 'Acme Cobranz' }],
    [[], { from: '123' }],
    [['from'], { from: '12' }],
    [['from'], { from: undefined }],
    [['from'], { from: '12345678901234' }],
    [['from'], { from: 'Acme\r\nTo: x' }],
    [['messagingServiceSid'], { messagingServiceSid: 'MG' }],
    [['statusCallback'], { statusCallback: '/hook' }],
    [['validitySeconds'], { validitySeconds: 36_001 }],
    [['validitySeconds'], { validitySeconds: 1.5 }],
    [['maxSegments'], { maxSegments: 0 }],
    [['maxSegments'], { maxSegments: 11 }],
    [['baseUrl', 'timeout'], { baseUrl: 'ftp://x', timeout: -1 }],
  ])('%j', (expected, more) => expect(problems(more)).toEqual(expected));
});

const codes = codesIn('twilio-error-codes.json');

function outcome(status: number, body: unknown, retryAfter?: string): SendOutcome {
  return outcomeOfAnswer(
    { kind: 'answered', status, body: JSON.stringify(body), complete: true, retryAfter },
    { now },
  );
}

describe('an error code of Twilio', () => {
  it('is in the table as the contract has it', () => {
    expect(new Set(twilioFaults.keys())).toEqual(new Set(codes.map(({ code }) => code)));
    for (const { code, class: fault, scope, autoRetry, minRetryDelaySeconds, consentEffect } of codes) {
      const passing = fault === 'retryable' || fault === 'throttle';
      expect(twilioFaults.get(Number(code)), `${code}`).toEqual({
        class: fault,
        scope,
        ...(passing && minRetryDelaySeconds !== null ? { delay: minRetryDelaySeconds } : {}),
        ...(passing && !autoRetry ? { manual: true } : {}),
        ...(consentEffect === 'channel-opt-out' ? { optOut: true } : {}),
      });
    }
    expect(codes.length).toBeGreaterThan(80);
  });

  it.each(codes.map((one) => [one.code, one] as const))(
    '%s has the outcome of its class, as an answer and in a failed message',
    (code, one) => {
      const expected = { outcome: expectedOutcome(one), code: `twilio:${code}` };
      expect(outcome(400, { code, message: 'x', status: 400 })).toMatchObject(expected);
      for (const status of ['failed', 'undelivered']) {
        expect(outcome(201, { sid, status, error_code: code })).toMatchObject(expected);
      }
    },
  );

  it('tells opt-outs and dead numbers', () => {
    expect(outcome(400, { code: 21610 })).toEqual({
      outcome: 'refused',
      scope: 'recipient',
      code: 'twilio:21610',
      optedOut: true,
    });
    expect(outcome(400, { code: 21614 })).toEqual({
      outcome: 'refused',
      scope: 'recipient',
      code: 'twilio:21614',
      addressUnusable: true,
    });
    for (const code of [21211, 30005, 30006, 63003, 63024]) {
      expect(outcome(400, { code })).toMatchObject({ outcome: 'refused', addressUnusable: true });
    }
    for (const code of [21608, 21612, 30004])
      expect(outcome(400, { code })).not.toHaveProperty('addressUnusable');
  });

  it('30410 may have been delivered', () => {
    expect(outcome(201, { sid, status: 'failed', error_code: 30410 })).toEqual({
      outcome: 'unknown',
      code: 'twilio:30410',
    });
  });

  it('waits as long as it is told', () => {
    expect(outcome(429, { code: 20429 }, '9')).toEqual({
      outcome: 'retry',
      scope: 'account',
      code: 'twilio:20429',
      after: 9_000,
    });
    expect(outcome(429, { code: 20429 })).toMatchObject({ after: 1_000 });
  });
});

describe('an answer of Twilio', () => {
  it.each(['queued', 'accepted', 'scheduled', 'sending', 'sent', 'delivered', 'something_new', undefined])(
    'with status %s is accepted',
    (status) => {
      expect(outcome(201, { sid, status, error_code: null })).toEqual({
        outcome: 'accepted',
        providerId: sid,
      });
    },
  );

  it('needs a status of success beside the id', () => {
    for (const status of [200, 201, 299])
      expect(outcome(status, { sid })).toMatchObject({ outcome: 'accepted' });
    for (const status of [199, 300, 500])
      expect(outcome(status, { sid })).toMatchObject({ outcome: 'unknown' });
  });

  it('with a failure that has no code is refused', () => {
    expect(outcome(201, { sid, status: 'failed', error_code: 0 })).toMatchObject({ code: 'twilio:failed' });
    for (const status of ['failed', 'undelivered', 'canceled']) {
      expect(outcome(201, { sid, status, error_code: null })).toEqual({
        outcome: 'refused',
        scope: 'message',
        code: 'twilio:failed',
      });
    }
  });

  it('without anything to go by', () => {
    expect(outcome(201, {})).toEqual({ outcome: 'unknown', code: 'http:201' });
    expect(outcome(500, {})).toEqual({ outcome: 'unknown', code: 'http:500' });
    expect(outcome(500, { code: 20500 })).toEqual({
      outcome: 'retry',
      scope: 'account',
      code: 'twilio:20500',
    });
    expect(outcome(401, {})).toMatchObject({ outcome: 'misconfigured' });
  });

  it('always has a proper outcome', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 100, max: 599 }), (body, status) => {
        for (const value of [body, { sid, status: body, error_code: body }, { code: body }]) {
          const result = outcome(status, value);
          if (result.outcome !== 'accepted') expect(result.code).toMatch(/^[a-z]+:[A-Za-z0-9._-]+$/);
        }
      }),
    );
  });
});

describeChannel('the channel contract on twilioSms', (situation) =>
  providerBench(
    situation,
    { throttled: 20429, refused: 21617, bad_address: 21211, misconfigured: 20003 },
    {
      start: (more) => startFakeTwilio({ credentials: `${accountSid}:${authToken}`, ...more }),
      channel: (baseUrl, timeout) =>
        twilioSms({ ...options, baseUrl, timeout, statusCallback: 'https://acme.example/hook' }),
      message: textMessage(),
      secrets: [accountSid, authToken],
    },
  ),
);
