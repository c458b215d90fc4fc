import { expect, it } from 'vitest';
import { renderMessage, type Sender } from '../../src/messages/index.js';
import { presets } from '../../src/policy/presets/index.js';
import { sender as acme, catalogue, facts, item } from './samples.js';

// Company forms of Latin America end with a full stop: S.A.S., Ltda., S.A. de C.V.
const sender: Sender = { ...acme, name: 'Acme S.A.S.' };

function sent(channel: 'sms' | 'email' | 'whatsapp', text: string): string {
  const compiled = catalogue(
    channel === 'email' ? { email: { subject: text, body: text } } : { [channel]: text },
  );
  const { content } = renderMessage(compiled, {
    message: 'm',
    channel,
    languages: ['es'],
    facts: facts({ sender }),
  });
  return content.kind === 'text' ? content.text : `${content.subject}|${content.text}|${content.html}`;
}

it('puts no second full stop after a name that ends with one', () => {
  expect(sent('sms', 'Es de {{sender.name}}. Pague')).toBe('Es de Acme S.A.S. Pague');
  expect(sent('sms', 'Es de {{sender.name}}, pague')).toBe('Es de Acme S.A.S., pague');
  expect(sent('sms', 'Es de {{sender.name}}... pague')).toBe('Es de Acme S.A.S.... pague');
  expect(sent('sms', 'Es de {{sender.team}}. Pague')).toBe('Es de Crédito y Cobranza. Pague');
  expect(sent('email', 'Es de {{sender.name}}. Pague')).not.toContain('S.A.S..');
});

it('says of a WhatsApp text what the provider makes of it', () => {
  expect(sent('whatsapp', 'Es de {{sender.name}}. Pague')).toBe('Es de Acme S.A.S.. Pague');
});

it.each(['es', 'en', 'pt'])(
  'no WhatsApp text of the presets in %s ends a sentence with a name',
  (language) => {
    const documents = Object.values(presets).map((preset) => preset({ zone: 'UTC', language }).messages);
    const texts = documents.flatMap((document) =>
      document.messages.flatMap((message) => {
        const variant = message.text[language]?.whatsapp;
        return typeof variant === 'object' ? [variant.one, variant.many] : [];
      }),
    );
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.filter((text) => /\{\{(?:sender|account|contact)\.name\}\}\./.test(text))).toEqual([]);
  },
);

it.each(['es', 'en', 'pt'])(
  'rows of thanks in %s add up to their total, also after a credit note',
  (language) => {
    const { messages } = presets.balanced({ zone: 'UTC', language });
    const compiled = catalogue(
      messages.messages.find(({ id }) => id === 'thanks')?.text[language] ?? {},
      'payment',
      language,
    );
    const { content } = renderMessage(compiled, {
      message: 'm',
      channel: 'email',
      languages: [language],
      facts: facts({
        sender,
        items: [
          item({ original: 125_000, paid: 120_000 }),
          item({ number: 'F-2', original: 38_000, paid: 38_000 }),
        ],
        totals: [{ minor: 158_000, currency: 'MXN' }],
      }),
    });
    const amounts =
      content.kind === 'email' ? [...content.text.matchAll(/\d[\d.,]*[.,]\d\d/g)].map(String) : [];
    const cents = amounts.map((amount) => Number(amount.replaceAll(/[.,]/g, '')));
    expect(cents).toEqual(expect.arrayContaining([120_000, 38_000, 158_000]));
    expect(cents).not.toContain(125_000);
  },
);
