import { createHmac } from 'node:crypto';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { twilioSms, twilioWhatsapp } from '../../../src/channels/sms/index.js';
import { whatsapp } from '../../../src/channels/whatsapp/index.js';
import type { Channel, ChannelEvent, StatusEvent } from '../../../src/index.js';
import { fixture } from '../fixtures.js';
import { hex, request } from './request.js';

/**
 * The contract has a vocabulary of its own for what comes in. Every published example is read, said again in that
 * vocabulary by nothing but the event, and held to its schema: so nothing that the contract asks for is lost.
 */

const valid = new Ajv2020({ strict: false, validateFormats: false }).compile(
  Object(fixture('normalised-event.schema.json')),
);
const now = Date.parse('2026-11-22T12:00:00Z');

function iso(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}

function statusWord({ status, failure }: StatusEvent): string {
  if (status !== 'failed' || failure === undefined) return status;
  return failure.complained === true ? 'complained' : failure.optedOut === true ? 'unsubscribed' : 'failed';
}

function inContract(channel: string, event: ChannelEvent): object {
  const base = { channel, provider: event.provider, occurredAt: iso(event.at), dedupeKey: event.key };
  switch (event.type) {
    case 'status': {
      const { providerId = null, correlation = null, to, failure, billing } = event;
      return {
        ...base,
        type: 'message.status',
        providerMessageId: providerId,
        correlation,
        status: statusWord(event),
        ...(to === undefined
          ? {}
          : { recipient: { address: to.address ?? null, providerUserId: to.userId ?? null } }),
        ...(failure === undefined
          ? {}
          : {
              error: {
                code: failure.code,
                class: failure.temporary ? 'retryable' : 'permanent',
                scope: failure.scope,
              },
            }),
        ...(billing === undefined ? {} : { billing }),
      };
    }
    case 'message': {
      const { kind, text, payload, replyTo, windowUntil, providerId, from } = event;
      return {
        ...base,
        type: 'message.inbound',
        providerMessageId: providerId,
        recipient: { address: from.address ?? null, providerUserId: from.userId ?? null },
        inbound: { kind, text: text ?? null, payload: payload ?? null, inReplyTo: replyTo ?? null },
        opensServiceWindow: windowUntil !== undefined,
      };
    }
    case 'consent':
      return {
        ...base,
        type: 'consent.changed',
        consent: { value: event.value === 'stop' ? 'opt-out' : 'opt-in' },
      };
    case 'template': {
      const { name, language, event: word, usable } = event;
      return { ...base, type: 'template.status', template: { name, language, event: word, usable } };
    }
    case 'address':
      return { ...base, type: 'recipient.address-changed' };
    default:
      return { ...base, type: 'ignored' };
  }
}

async function told(channel: Channel, made: ReturnType<typeof request>): Promise<readonly ChannelEvent[]> {
  const received = await channel.receive?.(made, { now });
  expect(received?.refused).toBeUndefined();
  return received?.events ?? [];
}

function hold(channel: string, events: readonly ChannelEvent[]): void {
  for (const event of events) {
    const said: unknown = JSON.parse(JSON.stringify(inContract(channel, event)));
    expect(valid(said), JSON.stringify([valid.errors, said])).toBe(true);
  }
}

describe('published examples in the words of the contract', () => {
  const meta = fixture('whatsapp-webhook-examples.json') as {
    readonly examples: readonly { readonly name: string; readonly body: unknown }[];
  };
  const twilio = fixture('twilio-webhook-examples.json') as {
    readonly examples: readonly {
      readonly name: string;
      readonly params: Readonly<Record<string, string>>;
    }[];
  };

  it.each(meta.examples.map(({ name, body }) => [name, body] as const))('whatsapp: %s', async (_, body) => {
    const channel = whatsapp({
      phoneNumberId: '108200000000033',
      accessToken: 't',
      templates: {},
      appSecret: 'secret',
    });
    const text = JSON.stringify(body);
    const events = await told(
      channel,
      request(text, { 'x-hub-signature-256': `sha256=${hex('secret', text)}` }),
    );
    expect(events.length).toBeGreaterThan(0);
    hold('whatsapp', events);
  });

  it.each(twilio.examples.map(({ name, params }) => [name, params] as const))(
    'twilio: %s',
    async (_, params) => {
      const url = 'https://acme.example/hooks/twilio';
      const account = { accountSid: params.AccountSid ?? '', authToken: 'token', from: '+15005550006' };
      const rest = Object.keys(params)
        .sort()
        .map((name) => `${name}${params[name]}`);
      const signature = createHmac('sha1', 'token')
        .update([url, ...rest].join(''))
        .digest('base64');
      const made = request(
        new URLSearchParams(params).toString(),
        { 'x-twilio-signature': signature },
        { url },
      );
      const sms = await told(twilioSms(account), made);
      const chat = await told(twilioWhatsapp({ ...account, contents: {} }), made);
      // Each is of one channel.
      expect([sms.length, chat.length].sort()).toEqual([0, 1]);
      hold('sms', sms);
      hold('whatsapp', chat);
    },
  );
});
