import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendOptions, SendOutcome } from '../../../src/channels/channel.js';
import type { HttpResult } from '../../../src/channels/http.js';
import { outcomeOfAnswer } from '../../../src/channels/whatsapp/answer.js';
import { whatsappFaults } from '../../../src/channels/whatsapp/codes.js';
import { codesIn, expectedOutcome } from '../fixtures.js';
import { now } from '../message.js';

const codes = codesIn('whatsapp-error-codes.json');

function answer(
  status: number,
  body: unknown,
  more: { retryAfter?: string; text?: string } = {},
): HttpResult {
  return {
    kind: 'answered',
    status,
    body: more.text ?? JSON.stringify(body),
    complete: true,
    retryAfter: more.retryAfter,
  };
}

function outcome(result: HttpResult, options: Partial<SendOptions> = {}): SendOutcome {
  return outcomeOfAnswer(result, { now, ...options });
}

const failed = (code: unknown, status = 400) =>
  answer(status, { error: { message: 'x', type: 'OAuthException', code } });

const sent = {
  messaging_product: 'whatsapp',
  contacts: [{ input: '+52', wa_id: '52' }],
  messages: [{ id: 'wamid.A', message_status: 'accepted' }],
};

describe('an accepted template', () => {
  it('has Meta’s id', () => {
    expect(outcome(answer(200, sent))).toEqual({ outcome: 'accepted', providerId: 'wamid.A' });
    expect(outcome(answer(200, { messages: [{ id: 'x' }] }))).toMatchObject({ outcome: 'accepted' });
    expect(outcome(answer(200, { messages: [{ id: 'x'.repeat(512) }] }))).toMatchObject({
      outcome: 'accepted',
    });
    expect(outcome(answer(200, { messages: [{ id: 'wamid.B' }] }))).toEqual({
      outcome: 'accepted',
      providerId: 'wamid.B',
    });
  });

  it.each(['held_for_quality_assessment', 'paused'])('is held while Meta says %s', (message_status) => {
    const result = outcome(answer(200, { messages: [{ id: 'wamid.A', message_status }] }));
    expect(result).toEqual({ outcome: 'accepted', providerId: 'wamid.A', held: true });
  });

  it('needs a status of success beside the id', () => {
    expect(outcome(answer(299, sent)).outcome).toBe('accepted');
    expect(outcome(answer(300, sent)).outcome).toBe('unknown');
    expect(outcome(answer(500, sent)).outcome).toBe('unknown');
  });

  it('is unknown without an id that can be used', () => {
    for (const messages of [
      undefined,
      [],
      [{}],
      [{ id: '' }],
      [{ id: 5 }],
      'wamid',
      [{ id: 'a b' }],
      [{ id: 'x'.repeat(600) }],
    ]) {
      expect(outcome(answer(200, { messages }))).toEqual({ outcome: 'unknown', code: 'http:200' });
    }
    expect(outcome(answer(200, null, { text: '<html>' }))).toEqual({ outcome: 'unknown', code: 'http:200' });
  });
});

describe('an error code', () => {
  it('is in the table as the contract has it', () => {
    const numbers = codes.filter(({ code }) => typeof code === 'number');
    expect(new Set(whatsappFaults.keys())).toEqual(new Set(numbers.map(({ code }) => code)));
    for (const { code, class: fault, scope, autoRetry, minRetryDelaySeconds } of numbers) {
      const passing = fault === 'retryable' || fault === 'throttle';
      expect(whatsappFaults.get(Number(code)), `${code}`).toEqual({
        class: fault,
        scope,
        ...(passing && minRetryDelaySeconds !== null ? { delay: minRetryDelaySeconds } : {}),
        ...(passing && !autoRetry ? { manual: true } : {}),
      });
    }
    expect(numbers.length).toBeGreaterThan(70);
  });

  it.each(codes.filter(({ code }) => typeof code === 'number').map((one) => [one.code, one] as const))(
    '%s has the outcome of its class, whatever the status',
    (code, one) => {
      for (const status of [400, 401, 403, 429, 500, 503]) {
        const result = outcome(failed(code, status));
        expect(result.outcome).toBe(expectedOutcome(one));
        expect('code' in result && result.code).toBe(`whatsapp:${code}`);
        if (result.outcome === 'retry' && code !== 131056)
          expect(result.after).toBe((one.minRetryDelaySeconds ?? 0) * 1000);
      }
    },
  );

  it('0 is a code, and 200 to 299 one range', () => {
    expect(outcome(failed(0, 401))).toEqual({
      outcome: 'misconfigured',
      scope: 'sender',
      code: 'whatsapp:0',
    });
    for (const code of [200, 230, 299]) {
      expect(outcome(failed(code))).toEqual({
        outcome: 'misconfigured',
        scope: 'account',
        code: `whatsapp:${code}`,
      });
    }
    expect(outcome(failed(300))).toMatchObject({ outcome: 'refused' });
  });

  it('reaches as far as it says', () => {
    expect(outcome(failed(131056))).toMatchObject({ outcome: 'retry', scope: 'pair' });
    expect(outcome(failed(130429))).toEqual({
      outcome: 'retry',
      scope: 'sender',
      code: 'whatsapp:130429',
      after: 1_000,
    });
    expect(outcome(failed(131049))).toMatchObject({
      outcome: 'retry',
      scope: 'recipient',
      after: 86_400_000,
    });
    expect(outcome(failed(132015))).toMatchObject({ outcome: 'refused', scope: 'template' });
    expect(outcome(failed(131042))).toMatchObject({ outcome: 'refused', scope: 'account' });
    expect(outcome(failed(132001))).toMatchObject({ outcome: 'misconfigured', scope: 'template' });
  });

  it('does not repeat by itself what repeating makes worse', () => {
    expect(outcome(failed(131048, 429))).toEqual({
      outcome: 'refused',
      scope: 'sender',
      code: 'whatsapp:131048',
    });
  });

  it('condemns the number only where it is not on WhatsApp', () => {
    expect(outcome(failed(131026))).toMatchObject({
      outcome: 'refused',
      scope: 'recipient',
      addressUnusable: true,
    });
    for (const code of [131030, 130472, 131021, 131009])
      expect(outcome(failed(code))).not.toHaveProperty('addressUnusable');
  });

  it('asks for growing waits for the same pair', () => {
    const waits = [1, 2, 3, 4, 5, 6, 50].map((attempt) => {
      const result = outcome(failed(131056, 429), { attempt });
      return result.outcome === 'retry' && result.after;
    });
    expect(waits).toEqual([6_000, 16_000, 64_000, 256_000, 1_024_000, 3_600_000, 3_600_000]);
  });

  it('waits as long as the longer of table and answer says', () => {
    const body = { error: { code: 130429 } };
    expect(outcome(answer(429, body, { retryAfter: '30' }))).toMatchObject({ after: 30_000 });
    expect(outcome(answer(429, { error: { code: 4 } }, { retryAfter: '1' }))).toMatchObject({
      after: 60_000,
    });
  });

  it.each([
    [500, 'retry', 'account'],
    [429, 'retry', 'account'],
    [401, 'misconfigured', 'sender'],
    [403, 'misconfigured', 'sender'],
    [400, 'refused', 'message'],
  ])('that nobody knows follows the status %i', (status, kind, scope) => {
    expect(outcome(failed(987654, status))).toMatchObject({ outcome: kind, scope, code: 'whatsapp:987654' });
  });
});

describe('an answer without an error of Meta', () => {
  it.each([500, 502, 503, 504, 599])('%i leaves open whether the message went out', (status) => {
    expect(outcome(answer(status, null, { text: '<html>Bad gateway</html>' }))).toEqual({
      outcome: 'unknown',
      code: `http:${status}`,
    });
  });

  it('503 with a wait is a deliberate "not now"', () => {
    expect(outcome(answer(503, null, { text: '', retryAfter: '20' }))).toEqual({
      outcome: 'retry',
      scope: 'account',
      code: 'http:503',
      after: 20_000,
    });
  });

  it.each([
    [301, 'misconfigured'],
    [303, 'unknown'],
    [307, 'misconfigured'],
    [400, 'refused'],
    [401, 'misconfigured'],
    [302, 'misconfigured'],
    [308, 'misconfigured'],
    [404, 'misconfigured'],
    [405, 'misconfigured'],
    [407, 'misconfigured'],
    [403, 'misconfigured'],
    [425, 'retry'],
    [406, 'refused'],
    [408, 'retry'],
    [413, 'refused'],
    [429, 'retry'],
    [204, 'unknown'],
  ])('%i is %s', (status, kind) => {
    expect(outcome(answer(status, null, { text: '' }))).toMatchObject({
      outcome: kind,
      code: `http:${status}`,
    });
  });

  it('passes on what happened on the way', () => {
    expect(outcome({ kind: 'unknown', code: 'timeout' })).toEqual({
      outcome: 'unknown',
      code: 'http:timeout',
    });
    expect(outcome({ kind: 'not_sent', code: 'ECONNREFUSED' })).toEqual({
      outcome: 'retry',
      scope: 'account',
      code: 'http:ECONNREFUSED',
    });
  });
});

describe('hostile bodies', () => {
  const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
  it.each([
    deep,
    '{"__proto__":{"messages":[{"id":"wamid.X"}]}}',
    '{"error":{"code":1e999}}',
    '{"error":{"code":-1}}',
    '{"error":{"code":"131026x"}}',
    '\u0000',
    '"',
    '[]',
    '5',
    'null',
    '{"error":null}',
    '{"error":{"code":null}}',
  ])('%#: no success, no crash', (text) => {
    expect(outcome(answer(200, null, { text })).outcome).toBe('unknown');
    expect(outcome(answer(400, null, { text }))).toEqual({
      outcome: 'refused',
      scope: 'message',
      code: 'http:400',
    });
  });

  it('takes codes that came as text', () => {
    expect(outcome(failed('131026'))).toMatchObject({ code: 'whatsapp:131026' });
  });

  it('gives a proper outcome for any JSON and any status', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 100, max: 599 }), (body, status) => {
        const result = outcome(answer(status, body));
        if (result.outcome !== 'accepted') expect(result.code).toMatch(/^[a-z]+:[A-Za-z0-9._-]+$/);
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 100, max: 599 }), (code, status) => {
        const result = outcome(failed(code, status));
        if (result.outcome !== 'accepted') expect(result.code).toMatch(/^(whatsapp|http):\d+$/);
      }),
    );
  });
});
