import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derivedTemplates, metaLanguage } from '../../../src/channels/whatsapp/index.js';
import {
  isTemplate,
  templateFor,
  type WhatsappTemplateMap,
} from '../../../src/channels/whatsapp/templates.js';
import { textMessage } from '../message.js';

describe('metaLanguage', () => {
  it.each([
    ['es', 'es'],
    ['es-MX', 'es_MX'],
    ['es-mx', 'es_MX'],
    ['pt-BR', 'pt_BR'],
    ['pt-PT', 'pt_PT'],
    ['pt', 'pt_BR'],
    ['en', 'en'],
    ['en-GB', 'en_GB'],
    ['es-419', 'es'],
    ['zh-Hans-CN', 'zh_CN'],
    ['zh-Hant-TW', 'zh_TW'],
    ['zh', 'zh_CN'],
    ['fil', 'fil'],
    ['en-US-u-ca-gregory', 'en_US'],
  ])('%s is %s', (tag, code) => expect(metaLanguage(tag)).toBe(code));

  it('knows what is no language', () => {
    for (const tag of ['', 'e', 'es_MX_', 'not a tag', '12']) expect(metaLanguage(tag)).toBeUndefined();
  });
});

describe('derivedTemplates', () => {
  it('names the template after message, form and language', () => {
    expect(derivedTemplates({ prefix: 'acme' })(textMessage())).toEqual({
      name: 'acme_firm',
      language: 'es_MX',
    });
    expect(derivedTemplates()(textMessage({ form: 'many', language: 'pt' }))).toEqual({
      name: 'recobro_firm_many',
      language: 'pt_BR',
    });
  });

  it('takes languages of one’s own', () => {
    const choose = derivedTemplates({ languages: { pt: 'pt_PT' } });
    expect(choose(textMessage({ language: 'pt' }))?.language).toBe('pt_PT');
  });

  it('always gives what Meta can have', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 40 });
    fc.assert(
      fc.property(texts, texts, (prefix, message) => {
        expect(isTemplate(derivedTemplates({ prefix })(textMessage({ message })))).toBe(true);
      }),
    );
    expect(derivedTemplates({ prefix: 'Acme-Pagos' })(textMessage({ message: 'Aviso.1' }))?.name).toBe(
      'acme_pagos_aviso_1',
    );
  });

  it('has none for a message without a language', () => {
    expect(derivedTemplates()(textMessage({ language: '??' }))).toBeUndefined();
  });
});

describe('templateFor', () => {
  const one = { name: 'firme', language: 'es' };
  const many = { name: 'firme_varias', language: 'es' };
  const map: WhatsappTemplateMap = {
    firm: {
      es: { one, many },
      'es-AR': { name: 'firme_ar', language: 'es_AR' },
      pt: { one: { name: 'firme', language: 'pt_BR' } },
    },
  };

  it('chooses by message, form and language', () => {
    expect(templateFor(map, textMessage({ language: 'es' }))).toBe(one);
    expect(templateFor(map, textMessage({ language: 'es', form: 'many' }))).toBe(many);
    expect(templateFor(map, textMessage({ language: 'es-AR', form: 'many' }))?.name).toBe('firme_ar');
  });

  it('falls back to the plain language, never to another one or to the other form', () => {
    expect(templateFor(map, textMessage({ language: 'es-MX' }))).toBe(one);
    expect(templateFor(map, textMessage({ language: 'es-Latn-MX' }))).toBe(one);
    expect(templateFor(map, textMessage({ language: 'en' }))).toBeUndefined();
    expect(templateFor(map, textMessage({ language: 'pt', form: 'many' }))).toBeUndefined();
    expect(templateFor(map, textMessage({ message: 'friendly' }))).toBeUndefined();
  });

  it('does not take what every object has for an entry', () => {
    for (const name of ['constructor', 'toString', '__proto__']) {
      expect(templateFor(map, textMessage({ message: name }))).toBeUndefined();
      expect(templateFor(map, textMessage({ language: name }))).toBeUndefined();
    }
  });

  it('knows what can be no template', () => {
    for (const good of [undefined, [], ['a'], {}, { a_1: 'b' }]) {
      expect(isTemplate({ name: 'a', language: 'es', parameters: good }), JSON.stringify(good)).toBe(true);
    }
    for (const bad of [null, 'a', 5, [5], { a: 5 }, { A: 'b' }, { 'a b': 'c' }]) {
      expect(isTemplate({ name: 'a', language: 'es', parameters: bad }), JSON.stringify(bad)).toBe(false);
    }
    for (const bad of [
      undefined,
      null,
      'a',
      {},
      { name: 'a' },
      { name: 5, language: 'es' },
      { name: 'a', language: 'es-MX' },
    ]) {
      expect(isTemplate(bad), JSON.stringify(bad)).toBe(false);
    }
  });

  it('asks a function', () => {
    expect(templateFor((message) => ({ name: message.message, language: 'es' }), textMessage())?.name).toBe(
      'firm',
    );
  });
});
