import { describe, expect, it } from 'vitest';
import { compileMessages, messageProblems, renderMessage, templatesOf } from '../../src/messages/index.js';
import { catalogue, document, facts, sender } from './samples.js';

const codes = (whatsapp: string) =>
  messageProblems(document({ id: 'm', about: 'items', text: { es: { whatsapp } } })).map(({ code }) => code);

describe('WhatsApp templates', () => {
  it.each([
    ['{{contact.name}}, hola', 'leading_variable'],
    ['¡{{contact.name}}, hola!', 'leading_variable'],
    ['Hola {{contact.name}}', 'trailing_variable'],
    ['Hola {{contact.name}}. ', 'trailing_variable'],
    ['Hola {{contact.name}} {{amount}} gracias', 'adjacent_variables'],
    ['Hola {{contact.name}}{{amount}} gracias', 'adjacent_variables'],
    ['Hola\n\n\n{{contact.name}} gracias', 'line_breaks'],
  ])('refuses %j', (text, code) => {
    expect(codes(text)).toEqual([code]);
  });

  it('numbers the variables by first appearance, and a send fills them in that order', () => {
    const compiled = catalogue({
      whatsapp: 'Hola {{contact.name}}: debe {{amount}}. {{contact.name}}, escriba a {{ask}} y gracias',
    });
    const [definition] = templatesOf(compiled, sender);
    expect(definition).toEqual({
      message: 'm',
      language: 'es',
      form: 'one',
      category: 'utility',
      body: 'Hola {{1}}: debe {{2}}. {{1}}, escriba a {{3}} y gracias',
      parameters: [
        { position: 1, variable: 'contact.name', example: 'María Robles' },
        { position: 2, variable: 'amount', example: '$1,250.00' },
        {
          position: 3,
          variable: 'ask',
          example: 'Crédito y Cobranza (+52 55 1234 5678 o pagos@acme.example)',
        },
      ],
    });
    const { content } = renderMessage(compiled, {
      message: 'm',
      channel: 'whatsapp',
      languages: ['es'],
      facts: facts(),
    });
    if (content.kind !== 'text' || definition === undefined) return expect.unreachable();
    expect(content.parameters.map(({ name }) => name)).toEqual(definition.parameters.map((p) => p.variable));
    const filled = definition.body.replace(
      /\{\{(\d+)\}\}/g,
      (_, position) => content.parameters[Number(position) - 1]?.value ?? '',
    );
    expect(filled).toBe(content.text);
  });

  it('defines nothing for channels other than WhatsApp', () => {
    expect(
      templatesOf(compileMessages(document({ id: 'm', about: 'items', text: { es: { sms: 'x' } } }))),
    ).toEqual([]);
  });
});
