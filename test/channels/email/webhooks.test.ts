import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callbackKey } from '../../../src/channels/callback-key.js';
import {
  email,
  type MailWebhook,
  postmarkWebhook,
  resendWebhook,
  sendgridWebhook,
  sesWebhook,
} from '../../../src/channels/email/index.js';
import type { ChannelEvent, Received } from '../../../src/index.js';
import { fixture } from '../fixtures.js';
import { mailMessage } from '../message.js';
import { request } from '../webhooks/request.js';

const now = Date.parse('2026-11-22T12:00:00Z');
const address = 'ines@robles.example';
const message = { tenant: 'acme', key: 'robles/ladder/F-1#1/soft.1@billing.0' };
const key = callbackKey(message);

/** A provider with a way to sign a body and one to wrap what an event says. */
interface Provider {
  readonly webhook: MailWebhook;
  post(body: unknown, spoil?: { readonly body?: string; readonly at?: number }): Promise<Received>;
  wrap(when: Readonly<Record<string, unknown>>): unknown;
}

const svixKey = Buffer.from('a secret of twenty-four b').toString('base64');
const resend: Provider = {
  webhook: resendWebhook({ secret: [`whsec_${Buffer.from('next').toString('base64')}`, `whsec_${svixKey}`] }),
  async post(body, { body: other, at = now } = {}) {
    const text = JSON.stringify(body);
    const timestamp = String(Math.floor(at / 1000));
    const signature = createHmac('sha256', Buffer.from(svixKey, 'base64'))
      .update(`msg_1.${timestamp}.${text}`)
      .digest('base64');
    const headers = {
      'svix-id': 'msg_1',
      'svix-timestamp': timestamp,
      'svix-signature': `v1,AAAA v1,${signature}`,
    };
    return this.webhook.receive(request(other ?? text, headers), { now });
  },
  wrap: (when) => {
    const { type, 'data.bounce.type': bounce } = when;
    const headers = Object.entries(resend.webhook.headers?.(message) ?? {}).map(([name, value]) => ({
      name,
      value,
    }));
    return {
      type,
      created_at: '2026-11-22T11:59:00Z',
      data: {
        email_id: 'e1',
        to: [address],
        headers,
        ...(bounce === undefined ? {} : { bounce: { type: first(bounce) } }),
      },
    };
  },
};

const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const sendgrid: Provider = {
  webhook: sendgridWebhook({
    publicKey: ec.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
  }),
  async post(body, { body: other, at = now } = {}) {
    // The line break at the end belongs to what is signed.
    const text = `${JSON.stringify(Array.isArray(body) ? body : [body])}\r\n`;
    const timestamp = String(Math.floor(at / 1000));
    const signature = sign('sha256', Buffer.from(timestamp + text), ec.privateKey).toString('base64');
    const headers = {
      'X-Twilio-Email-Event-Webhook-Signature': signature,
      'X-Twilio-Email-Event-Webhook-Timestamp': timestamp,
    };
    return this.webhook.receive(request(other ?? text, headers), { now });
  },
  wrap: ({ event, type, reason }) => ({
    email: address,
    timestamp: 1795348740,
    'smtp-id': '<act.1@acme.example>',
    sg_event_id: 'ev1',
    act: encodeURIComponent(key),
    event: first(event),
    ...(type === undefined ? {} : { type }),
    ...(reason === undefined ? {} : { reason: first(reason) }),
  }),
};

const postmark: Provider = {
  webhook: postmarkWebhook({ user: 'recobro', password: 'pw' }),
  async post(body, { body: other } = {}) {
    const authorization = `Basic ${Buffer.from('recobro:pw').toString('base64')}`;
    return this.webhook.receive(
      request(other ?? JSON.stringify(body), other === undefined ? { authorization } : {}),
      { now },
    );
  },
  wrap: ({ RecordType, TypeCode, SuppressSending }) => ({
    RecordType,
    MessageID: 'pm1',
    Recipient: address,
    Metadata: { act: encodeURIComponent(key) },
    DeliveredAt: '2026-11-22T11:59:00Z',
    ...(TypeCode === undefined ? {} : { TypeCode: Number(first(TypeCode)), Type: 'HardBounce' }),
    ...(SuppressSending === undefined ? {} : { SuppressSending }),
  }),
};

function first(value: unknown): string {
  return String(value).split(/ \| | or /)[0] ?? '';
}

describe.each([
  ['resend', resend],
  ['sendgrid', sendgrid],
  ['postmark', postmark],
] as const)('%s', (name, provider) => {
  interface Row {
    readonly when: Readonly<Record<string, unknown>>;
    readonly status: string;
    readonly suppress: string;
  }
  const { providers } = fixture('email-events.json') as {
    readonly providers: Readonly<Record<string, { readonly events: readonly Row[] }>>;
  };
  const rows = providers[name]?.events ?? [];

  it('has events to be held to', () => {
    expect(rows.length).toBeGreaterThan(8);
  });

  it.each(rows.map((row) => [JSON.stringify(row.when), row] as const))(
    '%s',
    async (_, { when, status, suppress }) => {
      const { answer, events } = await provider.post(provider.wrap(when));
      expect(answer).toEqual({ status: 200 });
      expect(events).toHaveLength(1);
      const event = events[0] as ChannelEvent;
      expect(told(event)).toBe(expectedWord(status, name, when));
      expect(event.type === 'status' && event.failure?.addressUnusable === true).toBe(
        suppress === 'address' && status !== 'complained',
      );
      if (event.type === 'status') expect(event.correlation ?? event.providerId).toBe(key);
      if (event.type === 'status' || event.type === 'consent')
        expect(event.type === 'status' ? event.to : event.from).toEqual({ address });
    },
  );

  it('refuses what is not signed, or another body under the signature', async () => {
    expect(await provider.post(provider.wrap(rows[0]?.when ?? {}), { body: '[]' })).toMatchObject({
      answer: { status: 401 },
      events: [],
      refused: 'signature',
    });
    const bare = await provider.webhook.receive(request('{}'), { now });
    expect(bare.refused).toBe('signature');
    const get = await provider.webhook.receive(request('', {}, { method: 'GET' }), { now });
    expect(get.answer.status).toBe(405);
  });

  it('of any body never throws, and every event can be stored', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(...rows), async (value, { when }) => {
        for (const body of [
          value,
          { ...(provider.wrap(when) as object), ...(isObject(value) ? value : { data: value }) },
        ]) {
          const { answer, events } = await provider.post(body);
          expect([200, 400, 413]).toContain(answer.status);
          for (const event of events) expect(JSON.parse(JSON.stringify(event))).toEqual(event);
        }
      }),
      { numRuns: 60 },
    );
  });
});

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Hard bounces and suppressed addresses are one; who complains or unsubscribes has read it, but for a mail that was dropped for it. */
function expectedWord(status: string, name: string, when: Readonly<Record<string, unknown>>): string {
  if (status === 'inbound') return 'ignored';
  if (status === 'bounced-hard' || status === 'suppressed') return 'bounced';
  if (status === 'unsubscribed' && name === 'sendgrid' && when.event === 'dropped') return 'unsubscribed';
  return status === 'complained' || status === 'unsubscribed' ? 'stopped' : status;
}

/** The event in the words of the table. */
function told(event: ChannelEvent): string {
  if (event.type === 'consent') return event.value === 'resume' ? 'resubscribed' : 'stopped';
  if (event.type !== 'status') return event.type;
  if (event.trace !== undefined) return event.trace;
  const { failure, status } = event;
  if (failure === undefined) return status;
  if (failure.optedOut === true) return 'unsubscribed';
  if (failure.temporary) return 'bounced-soft';
  return failure.addressUnusable === true ? 'bounced' : 'rejected';
}

describe('replays', () => {
  it('are refused outside the window', async () => {
    const body = resend.wrap({ type: 'email.delivered' });
    expect((await resend.post(body, { at: now - 299_000 })).refused).toBeUndefined();
    expect((await resend.post(body, { at: now - 301_000 })).refused).toBe('expired');
    expect((await resend.post(body, { at: now + 301_000 })).refused).toBe('expired');
    const event = sendgrid.wrap({ event: 'delivered' });
    expect((await sendgrid.post(event, { at: now - 86_000_000 })).refused).toBeUndefined();
    expect((await sendgrid.post(event, { at: now - 87_000_000 })).refused).toBe('expired');
  });
});

describe('an e-mail channel', () => {
  it('receives with a webhook, and its mails carry what brings their key back', async () => {
    const mails: { readonly headers?: unknown }[] = [];
    const transport = {
      sendMail: async (mail: { readonly headers?: unknown }) => {
        mails.push(mail);
        return { accepted: ['ana.robles@cliente.example'], messageId: '<other@relay.example>' };
      },
    };
    const channel = email({ transport, from: 'a@acme.example', webhook: postmark.webhook } as never);
    const outcome = await channel.send(mailMessage(), { now });
    expect(outcome).toMatchObject({ outcome: 'accepted', aliases: [expect.stringMatching(/^<act\./)] });
    expect(mails[0]?.headers).toEqual({
      'Auto-Submitted': 'auto-generated',
      'X-PM-Metadata-act': encodeURIComponent(callbackKey(mailMessage())),
    });
    expect(channel.receive).toBeDefined();
    expect(email({ transport, from: 'a@acme.example' } as never).receive).toBeUndefined();
  });

  it('names options that cannot work', () => {
    expect(() => resendWebhook({ secret: 'whsec_*' })).toThrow(/secret/);
    expect(() => sendgridWebhook({ publicKey: 'AAAA' })).toThrow(/publicKey/);
    expect(() => postmarkWebhook({ user: 'a:b', password: '' })).toThrow(
      /user[\s\S]*password|password[\s\S]*user/,
    );
    expect(() => sesWebhook({ topic: 'mail' })).toThrow(/topic/);
  });
});
