import { describe, expect, it } from 'vitest';
import { callbackKey } from '../../src/channels/callback-key.js';
import { twilioSms } from '../../src/channels/sms/index.js';
import { derivedTemplates, whatsapp } from '../../src/channels/whatsapp/index.js';
import type { FakeRequest } from '../../src/testing/fake-provider.js';
import { startFakeTwilio } from '../../src/testing/fake-twilio.js';
import { startFakeWhatsapp } from '../../src/testing/fake-whatsapp.js';
import { virtualClock } from '../../src/testing/virtual-clock.js';
import { now, textMessage } from '../channels/message.js';

const accountSid = `AC${'0'.repeat(32)}`;
const post = (url: string, body: string, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'POST', body, headers });

function channelOn(baseUrl: string) {
  return whatsapp({
    phoneNumberId: '106540352242922',
    accessToken: 'token',
    templates: derivedTemplates(),
    baseUrl,
  });
}

describe('the stand-in of a provider', () => {
  it('follows its script, then what always holds, then accepts', async () => {
    await using meta = await startFakeWhatsapp();
    meta.script(
      '+525512345678',
      { kind: 'fail', code: 131056, retryAfter: 20 },
      { kind: 'fail', code: 131000 },
    );
    meta.always('+525500000000', { kind: 'fail', code: 131026 });
    const channel = channelOn(meta.url);
    const outcomes = [];
    for (const to of ['+525512345678', '+525512345678', '+525512345678', '+525500000000', '+525500000000']) {
      outcomes.push(await channel.send(textMessage({ to }), { now }));
    }
    expect(outcomes).toMatchObject([
      { outcome: 'retry', code: 'whatsapp:131056', after: 20_000 },
      { outcome: 'retry', code: 'whatsapp:131000' },
      { outcome: 'accepted' },
      { outcome: 'refused', code: 'whatsapp:131026' },
      { outcome: 'refused', code: 'whatsapp:131026' },
    ]);
    expect(meta.requests.map(({ behaviour }) => behaviour)).toEqual([
      'fail',
      'fail',
      'accept',
      'fail',
      'fail',
    ]);
  });

  it('takes the message before it drops the connection, and says so to whoever counts', async () => {
    const seen: FakeRequest[] = [];
    await using meta = await startFakeWhatsapp({ onRequest: (request) => seen.push(request) });
    meta.script('*', { kind: 'drop' });
    expect(await channelOn(meta.url).send(textMessage(), { now })).toMatchObject({ outcome: 'unknown' });
    expect(seen).toEqual([...meta.requests]);
    expect(seen[0]).toMatchObject({
      behaviour: 'drop',
      key: callbackKey(textMessage()),
      providerId: expect.stringMatching(/^wamid\./),
    });
    expect(JSON.stringify(seen)).not.toContain('Bearer');
  });

  it('gives the same ids in every run, and each message its own', async () => {
    const run = async (keys: readonly string[]) => {
      await using meta = await startFakeWhatsapp();
      const channel = channelOn(meta.url);
      const ids: Record<string, unknown> = {};
      for (const [n, key] of keys.entries())
        ids[`${key}#${n}`] = await channel.send(textMessage({ key }), { now });
      return Object.values(ids).map((outcome) => JSON.stringify(outcome));
    };
    const [a, b, again] = await run(['a', 'b', 'a']);
    expect(new Set([a, b, again]).size).toBe(3);
    expect(await run(['b', 'a'])).toEqual([b, a]);
  });

  it('takes the port it is given', async () => {
    const first = await startFakeWhatsapp();
    const port = Number(new URL(first.url).port);
    await first.close();
    await using second = await startFakeWhatsapp({ port });
    expect(second.url).toBe(first.url);
    await expect(startFakeWhatsapp({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('can be closed with requests hanging', async () => {
    const meta = await startFakeWhatsapp();
    meta.always('*', { kind: 'hang' });
    const sending = channelOn(meta.url).send(textMessage(), { now });
    while (meta.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await meta.close();
    expect(await sending).toMatchObject({ outcome: 'unknown' });
    expect(meta.requests[0]?.providerId).toMatch(/^wamid\./);
  });
});

describe('the stand-in for Meta', () => {
  const body = (more: object) =>
    JSON.stringify({
      messaging_product: 'whatsapp',
      to: '+525512345678',
      type: 'template',
      template: { name: 'a', language: { code: 'es_MX' } },
      ...more,
    });
  const named = (text: string) => ({
    template: {
      name: 'a',
      language: { code: 'es' },
      components: [{ type: 'body', parameters: [{ type: 'text', text }] }],
    },
  });

  it.each<[number, number, string]>([
    [100, 400, 'no json'],
    [100, 400, body({ type: 'sticker' })],
    [131047, 400, body({ type: 'text' })],
    [131008, 400, body({ to: undefined })],
    [131009, 400, body({ to: '525512345678' })],
    [132001, 400, body({ template: { name: 'Not a name', language: { code: 'es' } } })],
    [132001, 400, body({ template: { name: 'unapproved', language: { code: 'es' } } })],
    [132001, 400, body({ template: { name: 'a', language: { code: 'es-MX' } } })],
    [100, 400, body(named(''))],
    [100, 400, body(named('a\nb'))],
    [100, 400, body(named('a     b'))],
  ])('refuses with %i', async (code, status, text) => {
    await using meta = await startFakeWhatsapp({ templates: ['a'] });
    const response = await post(`${meta.url}/v25.0/106540352242922/messages`, text, {
      authorization: 'Bearer x',
    });
    expect([response.status, await response.json()]).toMatchObject([status, { error: { code } }]);
  });

  it.each([
    [401, [0, 190]],
    [403, [10, 200, 299, 131005]],
    [429, [4, 80007, 130429, 131048, 131056]],
    [500, [1, 3, 131000]],
    [503, [2, 131016]],
    [400, [11, 100, 199, 300, 131026]],
  ])('answers %i where Meta does', async (status, codes) => {
    await using meta = await startFakeWhatsapp();
    for (const code of codes) {
      meta.script('*', { kind: 'fail', code });
      const response = await post(`${meta.url}/v25.0/1/messages`, body({}), { authorization: 'Bearer x' });
      expect(response.status, `${code}`).toBe(status);
    }
    meta.script('*', { kind: 'fail', code: 1, status: 418 });
    expect((await post(`${meta.url}/v25.0/1/messages`, body({}), { authorization: 'Bearer x' })).status).toBe(
      418,
    );
  });

  it('asks for a token', async () => {
    await using meta = await startFakeWhatsapp({ accessToken: 'right' });
    const url = `${meta.url}/v25.0/106540352242922/messages`;
    expect(await (await post(url, body({}))).json()).toMatchObject({ error: { code: 200 } });
    expect(await (await post(url, body({}), { authorization: 'Bearer wrong' })).json()).toMatchObject({
      error: { code: 190 },
    });
    expect((await post(url, body({}), { authorization: 'Bearer right' })).status).toBe(200);
    expect((await post(`${meta.url}/x`, body({}), { authorization: 'Bearer right' })).status).toBe(400);
  });
});

describe('the stand-in for Twilio', () => {
  it.each<[number, Record<string, string>]>([
    [21604, { From: '+1', Body: 'x' }],
    [21211, { To: '5255', From: '+1', Body: 'x' }],
    [21603, { To: '+525512345678', Body: 'x' }],
    [21602, { To: '+525512345678', From: '+1' }],
    [21617, { To: '+525512345678', From: '+1', Body: 'x'.repeat(1601) }],
  ])('refuses with %i', async (code, fields) => {
    await using twilio = await startFakeTwilio();
    const url = `${twilio.url}/2010-04-01/Accounts/${accountSid}/Messages.json`;
    const response = await post(url, new URLSearchParams(fields).toString(), { authorization: 'Basic eA==' });
    expect([response.status, await response.json()]).toMatchObject([400, { code }]);
  });

  it.each([
    [401, 20003],
    [404, 20404],
    [429, 20429],
    [400, 30007],
  ])('answers %i for %i', async (status, code) => {
    await using twilio = await startFakeTwilio();
    twilio.script('*', { kind: 'fail', code });
    const url = `${twilio.url}/2010-04-01/Accounts/${accountSid}/Messages.json`;
    const body = new URLSearchParams({ To: '+525512345678', From: '+15005550006', Body: 'x' }).toString();
    expect((await post(url, body, { authorization: 'Basic eA==' })).status).toBe(status);
  });

  it('asks for credentials and fails on demand', async () => {
    await using twilio = await startFakeTwilio({ credentials: `${accountSid}:right` });
    const options = { accountSid, from: '+15005550006', baseUrl: twilio.url };
    twilio.script('*', { kind: 'fail', code: 21610 });
    const right = twilioSms({ ...options, authToken: 'right' });
    expect(await right.send(textMessage(), { now })).toMatchObject({ outcome: 'refused', optedOut: true });
    expect(await right.send(textMessage(), { now })).toMatchObject({
      outcome: 'accepted',
      providerId: expect.stringMatching(/^SM[0-9a-f]{32}$/),
    });
    const wrong = twilioSms({ ...options, authToken: 'wrong' });
    expect(await wrong.send(textMessage(), { now })).toMatchObject({
      outcome: 'misconfigured',
      code: 'twilio:20003',
    });
    expect((await post(`${twilio.url}/x`, '')).status).toBe(404);
  });
});

describe('the stand-in of Meta', () => {
  const day = 86_400_000;
  const to = (n: number) => `+52551234000${n}`;

  it('takes files, and messages with no other files; forgets them after thirty days', async () => {
    const clock = virtualClock(now);
    await using meta = await startFakeWhatsapp({ clock });
    const template = { name: 'firme', language: 'es_MX', header: { type: 'document' } } as const;
    const channel = whatsapp({
      phoneNumberId: '106540352242922',
      accessToken: 'token',
      templates: { firm: { es: template } },
      baseUrl: meta.url,
    });
    // Bytes that no text has, and a line that looks like the end of a form.
    const content = Uint8Array.from([37, 80, ...Array(256).keys(), 13, 10, 45, 45, 114]);
    const file = { name: 'Factura 1.pdf', type: 'application/pdf', content };
    const message = textMessage({ message: 'firm', attachments: [file] });
    expect(await channel.send(message, { now })).toMatchObject({ outcome: 'accepted' });
    expect(meta.uploads).toMatchObject([{ type: 'application/pdf', content }]);
    clock.advance(31 * day);
    // The channel counts by its own instants: to it the file is still there.
    expect(await channel.send(message, { now })).toMatchObject({ code: 'whatsapp:131053' });
    expect((await post(`${meta.url}/v25.0/1/media`, 'no form', { authorization: 'Bearer x' })).status).toBe(
      400,
    );
  });

  it('takes words of one’s own only while the window is open', async () => {
    const clock = virtualClock(now);
    await using meta = await startFakeWhatsapp({ clock });
    const channel = channelOn(meta.url);
    const send = () => channel.send(textMessage({ to: to(1), windowUntil: now + 10 * day }), { now });
    expect(await send()).toMatchObject({ code: 'whatsapp:131047' });
    meta.wrote(to(1));
    expect(await send()).toMatchObject({ outcome: 'accepted' });
    clock.advance(day);
    expect(await send()).toMatchObject({ code: 'whatsapp:131047' });
  });

  it('keeps limits of people, numbers and pairs as Meta does', async () => {
    const clock = virtualClock(now);
    await using meta = await startFakeWhatsapp({
      clock,
      limits: { peoplePerDay: 2, perSecond: 50, pair: true },
    });
    const channel = channelOn(meta.url);
    const send = async (n: number) => {
      const outcome = await channel.send(textMessage({ to: to(n) }), { now });
      return 'code' in outcome ? outcome.code : outcome.outcome;
    };
    meta.wrote(to(9));
    const outcomes = [];
    for (const n of [1, 2, 3, 1, 9]) outcomes.push(await send(n));
    expect(outcomes).toEqual(['accepted', 'accepted', 'whatsapp:131048', 'accepted', 'accepted']);
    clock.advance(day);
    expect(await send(3)).toBe('accepted');
    let taken = 1;
    while (taken < 60 && (await send(3)) === 'accepted') taken++;
    expect(taken).toBe(45);
    expect(await send(3)).toBe('whatsapp:131056');
    for (let n = 45; n < 50; n++) expect(await send(1)).toBe('accepted');
    expect(await send(1)).toBe('whatsapp:130429');
    clock.advance(6_000);
    expect([await send(3), await send(3)]).toEqual(['accepted', 'whatsapp:131056']);
  });
});
