import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callbackKey } from '../../../src/channels/callback-key.js';
import type { OutboundMessage } from '../../../src/channels/channel.js';
import { parameterText } from '../../../src/channels/parameter-text.js';
import { derivedTemplates } from '../../../src/channels/whatsapp/index.js';
import { templatePayload } from '../../../src/channels/whatsapp/payload.js';
import { windowPayload } from '../../../src/channels/whatsapp/window.js';
import { fixture } from '../fixtures.js';
import { now, textMessage, valueMessage } from '../message.js';

const schema = fixture('whatsapp-send.schema.json');
const valid = new Ajv2020({ strict: false, allErrors: true }).compile(Object(schema));

function expectValid(payload: unknown): void {
  expect(valid(payload), JSON.stringify(valid.errors)).toBe(true);
}

const template = { name: 'firme', language: 'es_MX' };

describe('templatePayload', () => {
  it('sends the text’s variables in order by default', () => {
    const payload = templatePayload(textMessage(), template);
    expectValid(payload);
    expect(payload).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+525512345678',
      type: 'template',
      biz_opaque_callback_data: callbackKey(textMessage()),
      template: {
        name: 'firme',
        language: { code: 'es_MX' },
        components: [
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'Ana Robles' },
              { type: 'text', text: 'F-1001' },
              { type: 'text', text: '$1,250.00' },
            ],
          },
        ],
      },
    });
  });

  it('sends the listed variables, in the listed order', () => {
    const payload = templatePayload(textMessage(), { ...template, parameters: ['total', 'name', 'total'] });
    expectValid(payload);
    expect(
      payload?.template.components?.[0]?.parameters.map((value) => 'text' in value && value.text),
    ).toEqual(['$1,250.00', 'Ana Robles', '$1,250.00']);
  });

  it('sends named parameters by name', () => {
    const payload = templatePayload(textMessage(), {
      ...template,
      parameters: { monto: 'total', cliente: 'name' },
    });
    expectValid(payload);
    expect(payload?.template.components?.[0]?.parameters).toEqual([
      { type: 'text', parameter_name: 'monto', text: '$1,250.00' },
      { type: 'text', parameter_name: 'cliente', text: 'Ana Robles' },
    ]);
  });

  it('sends a single value as well', () => {
    const payload = templatePayload(valueMessage('uno'), template);
    expectValid(payload);
    expect(payload?.template.components).toEqual([
      { type: 'body', parameters: [{ type: 'text', text: 'uno' }] },
    ]);
  });

  it('has no components where the template has no placeholders', () => {
    const payload = templatePayload(textMessage(), { ...template, parameters: [] });
    expectValid(payload);
    expect(payload?.template).toEqual({ name: 'firme', language: { code: 'es_MX' } });
  });

  it('never lets a placeholder go out empty', () => {
    expect(templatePayload(textMessage(), { ...template, parameters: ['nobody'] })).toBeUndefined();
    expect(templatePayload(textMessage(), { ...template, parameters: ['constructor'] })).toBeUndefined();
    for (const value of ['', ' ', '\n\t', '\u0000', '- ']) {
      expect(templatePayload(valueMessage(value), template), JSON.stringify(value)).toBeUndefined();
    }
  });

  it('replaces a key that is too long by its hash, and only that', () => {
    const data = (key: string) =>
      templatePayload(textMessage({ key }), template)?.biz_opaque_callback_data ?? '';
    expect(data('k'.repeat(495))).toMatch(/^[0-9a-f]{16}:k{495}$/);
    expect(data('k'.repeat(496))).toMatch(/^[0-9a-f]{16}:sha256:[0-9a-f]{64}$/);
    expect(data('ñ'.repeat(248))).toMatch(/:sha256:/);
    expect(data(`${'k'.repeat(600)}a`)).not.toBe(data(`${'k'.repeat(600)}b`));
  });

  it('always fits the contract', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    const values = fc.array(fc.record({ name: fc.string({ minLength: 1 }), value: text }), { maxLength: 6 });
    const message = fc.record<Pick<OutboundMessage, 'key' | 'message' | 'form' | 'language'>>({
      key: fc.string({ minLength: 1, maxLength: 900, unit: 'grapheme' }),
      message: fc.string({ minLength: 1 }),
      form: fc.constantFrom('one', 'many'),
      language: fc.constantFrom('es', 'es-MX', 'en-GB', 'pt', 'es-419', 'fil'),
    });
    fc.assert(
      fc.property(message, values, (more, parameters) => {
        const content = { kind: 'text' as const, text: '-', variables: {}, parameters };
        const full = textMessage({ ...more, content });
        const chosen = derivedTemplates()(full);
        const payload = chosen === undefined ? undefined : templatePayload(full, chosen);
        if (payload !== undefined) expectValid(payload);
        else expect(parameters.some(({ value }) => parameterText(value) === '')).toBe(true);
      }),
    );
  });
});

describe('parameterText', () => {
  it.each([
    ['Ana   Robles', 'Ana Robles'],
    ['Ana\tRobles', 'Ana Robles'],
    ['  $1.250,00\u00a0€ ', '$1.250,00\u00a0€'],
    ['F-1: $10\nF-2: $20', 'F-1: $10; F-2: $20'],
    ['- F-1: $10\r\n- F-2: $20\r\n', 'F-1: $10; F-2: $20'],
    ['Vencidas:\n• F-1\n• F-2.\nGracias', 'Vencidas: F-1; F-2. Gracias'],
    ['-5 °C', '-5 °C'],
    ['a\u0000b', 'a b'],
    ['नमस्ते', 'नमस्ते'],
  ])('%j is %j', (value, expected) => expect(parameterText(value)).toBe(expected));

  it('gives what Meta takes, and gives it again unchanged', () => {
    const unit = fc.oneof(
      fc.constantFrom(' ', '\n', '\t', '\r', '\u00a0', '\u2028', '- ', '•', 'a', '.'),
      fc.string({ unit: 'grapheme', maxLength: 2 }),
    );
    fc.assert(
      fc.property(
        fc.array(unit, { maxLength: 30 }).map((units) => units.join('')),
        (value) => {
          const text = parameterText(value);
          expect(text).not.toMatch(/[\n\r\t\p{Cc}]| {2}|^\s|\s$/u);
        },
      ),
    );
  });
});

describe('windowPayload', () => {
  const hour = 3_600_000;

  it('sends the text itself while the window is open long enough', () => {
    const payload = windowPayload(textMessage({ windowUntil: now + hour }), now);
    expectValid(payload);
    expect(payload).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+525512345678',
      type: 'text',
      biz_opaque_callback_data: callbackKey(textMessage()),
      text: {
        preview_url: false,
        body: 'Hola Ana Robles: la factura F-1001 por $1,250.00 sigue pendiente.',
      },
    });
  });

  it('is none where the window is closed, closes within minutes, or the text does not fit', () => {
    expect(windowPayload(textMessage(), now)).toBeUndefined();
    expect(windowPayload(textMessage({ windowUntil: now - 1 }), now)).toBeUndefined();
    expect(windowPayload(textMessage({ windowUntil: now + 5 * 60_000 - 1 }), now)).toBeUndefined();
    expect(windowPayload(textMessage({ windowUntil: now + 5 * 60_000 }), now)).toBeDefined();
    const { content } = textMessage();
    for (const text of ['x'.repeat(4097), ' '])
      expect(
        windowPayload(textMessage({ windowUntil: now + hour, content: { ...content, text } as never }), now),
      ).toBeUndefined();
  });
});
