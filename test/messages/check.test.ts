import { describe, expect, it } from 'vitest';
import { plainSms } from '../../src/channels/sms/plain.js';
import { segmentsOf } from '../../src/channels/sms/segments.js';
import { missingContent, wordlessTemplates, worstLengths } from '../../src/messages/index.js';
import { catalogue, sender } from './samples.js';

const smsSegments = (text: string) => segmentsOf(plainSms(text)).segments;

describe('worstLengths', () => {
  it('reckons every value at its longest', () => {
    const compiled = catalogue({
      sms: 'Pague {{amount}}',
      whatsapp: 'Pague {{amount}} hoy',
      email: { subject: 'Pague {{amount}}', body: 'x' },
    });
    const lengths = worstLengths(compiled, { smsSegments, limits: { subject: 30 } });
    expect(lengths.filter(({ form }) => form === 'one')).toEqual([
      expect.objectContaining({ channel: 'sms', length: 1, limit: 3, unit: 'segments' }),
      expect.objectContaining({ channel: 'whatsapp', length: 'Pague  hoy'.length + 40, limit: 1024 }),
      expect.objectContaining({ channel: 'email', part: 'subject', length: 'Pague '.length + 40, limit: 30 }),
    ]);
  });

  it('measures the texts of the sender where it is known', () => {
    const compiled = catalogue({ whatsapp: 'Pregunte a {{sender.name}}, {{ask}}, o pague: {{pay}} y ya' });
    const length = (pay: string) =>
      worstLengths(compiled, { smsSegments, sender: { ...sender, pay } })[0]?.length ?? 0;
    expect(length('x'.repeat(400)) - length('x'.repeat(300))).toBe(100);
    expect(length('x')).toBe(length('x'.repeat(100)));
  });
});

describe('missingContent', () => {
  it('names what a text does not say', () => {
    const compiled = catalogue({
      sms: { one: 'Factura {{invoice.number}}: {{amount}}', many: '{{sender.phone}}' },
      email: {
        subject: 'x',
        body: '| F | V | S |\n{{#items}}\n| {{number}} | {{due}} | {{amount}} |\n{{/items}}\n\n{{pay}}\n\n{{ask}}',
      },
    });
    expect(missingContent(compiled)).toEqual([
      { message: 'm', language: 'es', channel: 'sms', form: 'one', missing: ['due', 'pay', 'ask'] },
      {
        message: 'm',
        language: 'es',
        channel: 'sms',
        form: 'many',
        missing: ['number', 'amount', 'due', 'pay'],
      },
    ]);
    expect(missingContent(catalogue({ sms: '{{invoice.numbers}}' }, 'payment'))[0]?.missing).toEqual([
      'amount',
    ]);
  });
});

describe('wordlessTemplates', () => {
  it('finds templates with few words around many variables', () => {
    expect(
      wordlessTemplates(catalogue({ whatsapp: 'Hola {{contact.name}}: debe {{amount}} hoy' })),
    ).toHaveLength(2);
    expect(
      wordlessTemplates(catalogue({ whatsapp: 'Hola {{contact.name}}: su saldo es {{amount}} hoy' })),
    ).toEqual([]);
  });
});
