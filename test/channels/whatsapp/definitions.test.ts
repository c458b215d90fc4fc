import { describe, expect, it } from 'vitest';
import type { OutboundMessage } from '../../../src/channels/channel.js';
import {
  derivedTemplates,
  type TemplateDefinitionOptions,
  templateDefinitions,
} from '../../../src/channels/whatsapp/index.js';
import { templatePayload } from '../../../src/channels/whatsapp/payload.js';
import { isRecobroError } from '../../../src/errors.js';
import { presetMessages } from '../../../src/index.js';
import {
  compileMessages,
  exampleFacts,
  exampleSender,
  renderMessage,
  templatesOf,
} from '../../../src/messages/index.js';

const compiled = compileMessages(presetMessages('acme', ['firm'], { languages: ['es', 'es-MX', 'en'] }));
const templates = templatesOf(compiled);
const options: TemplateDefinitionOptions = {
  prefix: 'acme',
  ttlSeconds: 21_600,
  documentHandle: '4::aW',
  parts: {
    firm: {
      header: { type: 'document' },
      buttons: [
        { type: 'reply', payload: 'paid', text: { es: 'Ya pagué', en: 'Already paid' } },
        { type: 'url', url: 'https://pay.acme.example/i/', suffix: '{{contact.name}}', text: 'Link' },
        { type: 'phone', phone: '+525512345678', text: 'Tel' },
      ],
    },
  },
};

describe('templateDefinitions', () => {
  it('are what is posted to Meta: one per name and language', () => {
    const definitions = templateDefinitions(templates, options);
    expect(definitions.map(({ name, language }) => `${name} ${language}`).sort()).toEqual([
      'acme_firm en',
      'acme_firm es',
      'acme_firm es_MX',
      'acme_firm_many en',
      'acme_firm_many es',
      'acme_firm_many es_MX',
    ]);
    const one = definitions.find(({ name, language }) => name === 'acme_firm' && language === 'es');
    const source = templates.find(({ language, form }) => language === 'es' && form === 'one');
    expect(one).toEqual({
      name: 'acme_firm',
      language: 'es',
      category: 'UTILITY',
      parameter_format: 'POSITIONAL',
      message_send_ttl_seconds: 21_600,
      components: [
        { type: 'HEADER', format: 'DOCUMENT', example: { header_handle: ['4::aW'] } },
        {
          type: 'BODY',
          text: source?.body,
          example: { body_text: [source?.parameters.map(({ example }) => example)] },
        },
        {
          type: 'BUTTONS',
          buttons: [
            { type: 'QUICK_REPLY', text: 'Ya pagué' },
            {
              type: 'URL',
              text: 'Link',
              url: 'https://pay.acme.example/i/{{1}}',
              example: [expect.stringMatching(/^https:\/\/pay\.acme\.example\/i\/[^{}\s]+$/)],
            },
            { type: 'PHONE_NUMBER', text: 'Tel', phone_number: '+525512345678' },
          ],
        },
      ],
    });
  });

  it('drops late messages after twelve hours unless told otherwise', () => {
    expect(templateDefinitions(templates).map((one) => one.message_send_ttl_seconds)).toEqual(
      Array.from({ length: 6 }, () => 43_200),
    );
  });

  it('gives languages that share a code the words of the one whose code it is', () => {
    const languages = { 'es-MX': 'es' };
    const shared = templateDefinitions([...templates].reverse(), { languages });
    expect(shared).toHaveLength(4);
    const bodies = (list: readonly { readonly language: string; readonly components: readonly object[] }[]) =>
      list
        .filter(({ language }) => language === 'es')
        .map(({ components }) => components)
        .sort();
    expect(bodies(shared)).toEqual(bodies(templateDefinitions([...templates].reverse())));
  });

  it.each([false, true])('fit what is sent with the same options; named: %s', (named) => {
    const both = { ...options, named };
    const choose = derivedTemplates(both);
    for (const definition of templateDefinitions(templates, both)) {
      const source = templates.find(
        ({ language, form }) =>
          language.replace('-', '_') === definition.language &&
          definition.name.endsWith('_many') === (form === 'many'),
      );
      if (source === undefined) throw new Error('no source');
      const { message, language, form } = source;
      const facts = exampleFacts(language, form, exampleSender);
      const { content } = renderMessage(compiled, {
        message,
        channel: 'whatsapp',
        languages: [language],
        facts,
      });
      const send = { message, language, form, content, to: '+525512345678', key: 'k' } as OutboundMessage;
      const template = choose(send);
      expect(template).toMatchObject({ name: definition.name, language: definition.language });
      const payload = template && templatePayload(send, template, { id: '1' });
      const sent = payload?.template.components?.find(({ type }) => type === 'body')?.parameters ?? [];
      const body = definition.components.find((part) => part.type === 'BODY');
      const places = [...(body?.text ?? '').matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
      // Every placeholder that was approved is filled, and nothing else is sent.
      const filled = sent.map((value, index) =>
        'parameter_name' in value ? value.parameter_name : String(index + 1),
      );
      expect([...new Set(places)].sort()).toEqual([...filled].sort());
      const examples = body?.example?.body_text_named_params?.map(({ param_name }) => param_name);
      if (named) expect(examples).toEqual(filled);
    }
  });

  it('names everything that is missing', () => {
    const wrong: TemplateDefinitionOptions = {
      ttlSeconds: 86_400,
      parts: {
        firm: {
          header: { type: 'document' },
          buttons: [
            { type: 'reply', payload: 'dispute:{{nothing}}', text: { es: 'No' } },
            { type: 'url', url: 'https://a.example/', suffix: '{{promise.date}}' },
          ],
        },
      },
    };
    let thrown: unknown;
    try {
      templateDefinitions(templates, wrong);
    } catch (error) {
      thrown = error;
    }
    if (!isRecobroError(thrown, 'invalid_option')) throw thrown;
    expect([...new Set(thrown.problems.map(({ path }) => path))].sort()).toEqual([
      'documentHandle',
      'parts.firm.buttons[0].payload',
      'parts.firm.buttons[0].text',
      'parts.firm.buttons[1].suffix',
      'parts.firm.buttons[1].text',
      'ttlSeconds',
    ]);
  });
});
