import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Channel, OutboundMessage } from '../../../src/channels/channel.js';
import type { HttpTransport } from '../../../src/channels/http.js';
import { twilioSms, twilioWhatsapp } from '../../../src/channels/sms/index.js';
import { fixture } from '../fixtures.js';
import { now, textMessage } from '../message.js';

// `format` is said by patterns as well.
const valid = new Ajv2020({ strict: false, validateFormats: false }).compile(
  Object(fixture('twilio-send.schema.json')),
);

/** The form that one send makes; undefined where nothing goes out. */
async function formOf(
  make: (fetch: HttpTransport) => Channel,
  message: OutboundMessage,
): Promise<object | undefined> {
  let form: URLSearchParams | undefined;
  const channel = make(async (_, { body }) => {
    form = new URLSearchParams(String(body));
    return { status: 201, headers: { get: () => null }, body: null };
  });
  await channel.send(message, { now });
  if (form === undefined) return undefined;
  const { MediaUrl: _, ...single } = Object.fromEntries(form);
  const media = form.getAll('MediaUrl');
  // Nothing but media may stand there twice.
  expect([...form.keys()].length).toBe(Object.keys(single).length + media.length);
  return media.length === 0 ? single : { ...single, MediaUrl: media };
}

const account = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'secret' };
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('', ' \n ', 'ñ'.repeat(1_600), 'x'.repeat(1_601), '\0'),
);
const sms = fc.record(
  {
    messagingServiceSid: fc.constant(`MG${'a1'.repeat(16)}`),
    statusCallback: fc.constantFrom('https://acme.example', 'https://acme.example/h?tenant=a%2Fb&act=old#x'),
    validitySeconds: fc.integer({ min: 1, max: 36_000 }),
  },
  { requiredKeys: [] },
);
const parameters = fc.array(fc.record({ name: fc.constantFrom('a', 'b', '1'), value: text }), {
  maxLength: 3,
});
const messages = fc
  .record({
    key: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 900 }),
    to: fc.constantFrom(
      '+525512345678',
      '+5215512345678',
      '+5491123456789',
      '+551199998888',
      '525512345678',
      '',
    ),
    words: text,
    parameters,
    windowUntil: fc.constantFrom(undefined, now - 1, now + 86_400_000),
  })
  .map(({ words, parameters: values, ...more }) =>
    textMessage({
      ...more,
      content: {
        kind: 'text',
        text: words,
        variables: Object.fromEntries(values.map(({ name, value }) => [name, value])),
        parameters: values,
      },
    }),
  );

describe('whatever is sent over Twilio fits the contract', () => {
  const tally = { sent: 0, not: 0 };

  async function check(make: (fetch: HttpTransport) => Channel, message: OutboundMessage): Promise<void> {
    const form = await formOf(make, message);
    tally[form === undefined ? 'not' : 'sent']++;
    if (form !== undefined) expect(valid(form), JSON.stringify([valid.errors, form])).toBe(true);
  }

  it('as SMS', async () => {
    const more = fc.record(
      {
        from: fc.constantFrom('+15005550006', '70700', 'ACME Pagos'),
        smartEncoded: fc.boolean(),
        transliterate: fc.boolean(),
      },
      { requiredKeys: ['from'] },
    );
    await fc.assert(
      fc.asyncProperty(messages, sms, more, (message, options, own) =>
        check((fetch) => twilioSms({ ...account, ...options, ...own, fetch }), message),
      ),
    );
  });

  it('as WhatsApp', async () => {
    const content = fc.record(
      {
        contentSid: fc.constant(`HX${'c3'.repeat(16)}`),
        variables: fc.constantFrom(['a', 'b'], { '1': 'a', monto: '1' }, []),
      },
      { requiredKeys: ['contentSid'] },
    );
    await fc.assert(
      fc.asyncProperty(messages, sms, content, (message, options, chosen) =>
        check(
          (fetch) =>
            twilioWhatsapp({ ...account, ...options, from: '+14155238886', contents: () => chosen, fetch }),
          message,
        ),
      ),
    );
    expect(Math.min(tally.sent, tally.not)).toBeGreaterThan(20);
  });
});
