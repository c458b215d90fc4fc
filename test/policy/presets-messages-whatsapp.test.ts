import { describe, expect, it } from 'vitest';
import { derivedTemplates, isTemplate, templateFor } from '../../src/channels/whatsapp/templates.js';
import { templatesOf, wordlessTemplates } from '../../src/messages/index.js';
import { compiled, contentOf, entries, senders, tags } from './presets-messages-samples.js';

// Meta, template guidelines and components (2025-10-31, 2026-05-06): see the notes at each rule.
const definitions = templatesOf(compiled, senders.es);
const where = ({ message, language, form }: (typeof definitions)[number]) => `${language} ${message} ${form}`;

describe('WhatsApp templates of the presets', () => {
  it('are one per message, language and form that has a text of its own', () => {
    const own = entries.filter(({ channel }) => channel === 'whatsapp');
    expect(definitions.map(where)).toEqual(
      own.map(({ language, message, form }) => `${language} ${message} ${form}`),
    );
    expect(new Set(definitions.map(where)).size).toBe(definitions.length);
    // Meta takes 250 templates of an unverified business.
    expect(definitions.length).toBeLessThanOrEqual(250);
  });

  it('are of the utility category and about one transaction', () => {
    for (const { message, category, parameters } of definitions) {
      expect(category).toBe('utility');
      const variables = parameters.map(({ variable }) => variable);
      expect(variables.some((name) => name === 'invoice.number' || name === 'invoice.numbers')).toBe(true);
      // Who says that it is paid often does not say how much.
      if (message === 'payment-noted') continue;
      expect(variables.some((name) => name.endsWith('amount'))).toBe(true);
    }
  });

  it('number their parameters as they come, each with an example that could be sent', () => {
    for (const definition of definitions) {
      const { body, parameters } = definition;
      const found = [...body.matchAll(/\{\{(\d+)\}\}/g)].map(([, place]) => Number(place));
      expect(found, where(definition)).toEqual(parameters.map(({ position }) => position));
      expect(found).toEqual(found.map((_, index) => index + 1));
      for (const { example } of parameters) {
        expect(example.trim()).not.toBe('');
        // Refused within a parameter: line breaks, tabs and more than four spaces in a row.
        expect(example).not.toMatch(/[\n\t]| {4}/);
      }
    }
  });

  it('begin and end with words, and have words between and around the parameters', () => {
    for (const definition of definitions) {
      for (const part of definition.body.split(/\{\{\d+\}\}/))
        expect(part, where(definition)).toMatch(/\p{L}{2}|^ \($|^\), $/u);
      expect(definition.body).toMatch(/^\p{L}/u);
      expect(definition.body).toMatch(/\p{L}\.$/u);
    }
    expect(wordlessTemplates(compiled)).toEqual([]);
  });

  it('keep to plain text within 1024 characters', () => {
    for (const { body } of definitions) {
      expect(body.length).toBeLessThanOrEqual(1024);
      expect(body).not.toMatch(/\n{3}| {2}|\t/);
      expect(body).not.toMatch(/\p{Extended_Pictographic}/u);
      // Marks of emphasis would change how it looks.
      expect(body).not.toMatch(/[*_~`#$%]/);
    }
  });

  it('ask for no number of a card, an account or a person', () => {
    for (const { body } of definitions) {
      expect(body).not.toMatch(
        /tarjeta|card|cart[ãa]o|cuenta bancaria|account number|CPF|RFC|NIT|DNI|PIN\b|contrase/i,
      );
    }
  });

  it.each(tags)('are found again when a text in %s is sent', (language) => {
    const choose = derivedTemplates();
    for (const { message, channel, form } of entries.filter((entry) => entry.language === language)) {
      if (channel !== 'whatsapp') continue;
      const content = contentOf({ message, channel, language, form });
      const template = templateFor(choose, {
        key: 'k',
        tenant: 't',
        account: 'a',
        to: '+525512345678',
        message,
        form,
        language,
        content,
        thread: 't/a/p',
      });
      expect(isTemplate(template)).toBe(true);
      expect(template?.language).toBe(language === 'pt' ? 'pt_BR' : language.replace('-', '_'));
      const definition = definitions.find((one) => where(one) === `${language} ${message} ${form}`);
      if (content.kind !== 'text' || definition === undefined) return expect.unreachable();
      // What the provider puts together is what was shown and checked.
      const filled = definition.body.replace(
        /\{\{(\d+)\}\}/g,
        (_, place) => content.parameters[Number(place) - 1]?.value ?? '',
      );
      expect(filled).toBe(content.text);
    }
  });
});
