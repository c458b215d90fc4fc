import { describe, expect, it } from 'vitest';
import { derivedTemplates, templateFor } from '../../src/channels/whatsapp/templates.js';
import { isRecobroError } from '../../src/errors.js';
import { lint } from '../../src/lint/index.js';
import { renderMessage } from '../../src/messages/index.js';
import { presets } from '../../src/policy/presets/index.js';
import { type PackLanguage, presetMessages } from '../../src/policy/presets/messages/catalogue.js';
import type { PresetMessage } from '../../src/policy/presets/messages/pack.js';
import type { MessageTexts } from '../../src/policy/types.js';
import { compiled, contentOf, entries, ids, label, normal } from './presets-messages-samples.js';

const catalogue = presetMessages('presets', ids);
const variants = ['es-CO', 'es-ES', 'es-MX'] as const;
const textsOf = (id: string, tag: string): MessageTexts =>
  catalogue.messages.find((message) => message.id === id)?.text[tag] ?? {};

/** The language in which a text is found. */
const foundIn = (languages: readonly string[], message = 'firm', channel = 'email') =>
  renderMessage(compiled, {
    message,
    channel,
    languages,
    facts: normal({ message, channel, language: 'es', form: 'one' }),
  }).language;

describe('regional Spanish', () => {
  it('falls back from country to language, from channel to channel, then to the next language', () => {
    expect(foundIn(['es-MX'])).toBe('es-MX');
    expect(foundIn(['es-mx'])).toBe('es-MX');
    expect(foundIn(['es-AR'])).toBe('es');
    expect(foundIn(['es-419'])).toBe('es');
    expect(foundIn(['es'])).toBe('es');
    expect(foundIn(['es-AR', 'es-MX'])).toBe('es');
    expect(foundIn(['fr', 'es-CO'])).toBe('es-CO');
    // What is said alike everywhere stands once.
    expect(foundIn(['es-MX'], 'firm', 'sms')).toBe('es');
    expect(foundIn(['es-ES'], 'firm', 'sms')).toBe('es-ES');
  });

  it('takes the Portuguese of Brazil for every Portuguese', () => {
    for (const tag of ['pt', 'pt-BR', 'pt-PT']) expect(foundIn([tag])).toBe('pt');
    expect(foundIn(['pt-BR', 'es'])).toBe('pt');
  });

  it.each(variants)('%s has no text that is the same in es', (tag) => {
    for (const id of ids) {
      for (const [channel, text] of Object.entries(textsOf(id, tag))) {
        expect(text, `${tag} ${id} ${channel}`).not.toEqual(textsOf(id, 'es')[channel]);
      }
    }
    // Usage differs in every message, if not on every channel.
    expect(ids.filter((id) => Object.keys(textsOf(id, tag)).length === 0)).toEqual([]);
  });

  it.each(variants)('%s names the same things in the same order, so that a template of es fits', (tag) => {
    for (const entry of entries) {
      if (entry.language !== tag || entry.content.kind !== 'text') continue;
      const general = entries.find(
        (other) => other.language === 'es' && label({ ...other, language: tag }) === label(entry),
      );
      if (general?.content.kind !== 'text') return expect.unreachable();
      expect(entry.content.template.variables, label(entry)).toEqual(general.content.template.variables);
    }
  });

  it('can be sent with the templates of es alone', () => {
    const rendered = {
      key: 'k',
      tenant: 't',
      account: 'a',
      to: '+525512345678',
      message: 'firm',
      form: 'one',
      language: 'es-CO',
      content: contentOf({ message: 'firm', channel: 'whatsapp', language: 'es-CO', form: 'one' }),
      thread: 't/a/p',
    } as const;
    expect(templateFor(derivedTemplates({ languages: { 'es-CO': 'es' } }), rendered)).toEqual({
      name: 'recobro_firm',
      language: 'es',
    });
    expect(templateFor(derivedTemplates(), rendered)?.language).toBe('es_CO');
  });

  it('uses the words of the place', () => {
    const words = (tag: string, message: string) => {
      const own = { ...textsOf(message, 'es'), ...textsOf(message, tag) };
      return JSON.stringify(own);
    };
    const said: Readonly<Record<string, readonly [message: string, words: RegExp][]>> = {
      es: [
        ['reminder', /comuníquese con/],
        ['statement', /estado de cuenta/],
        ['collection-notice', /aviso de cobro/i],
        ['thanks', /Recibimos/],
      ],
      'es-ES': [
        ['reminder', /póngase en contacto con/],
        ['follow-up', /justificante/],
        ['firm', /de retraso.*a la mayor brevedad/],
        ['statement', /extracto de cuenta/],
        ['collection-notice', /Reclamación de pago/],
        ['thanks', /Hemos recibido/],
        ['dispute-noted', /su disconformidad con/],
        ['payment-noted', /su comunicación de pago.*enviarnos el justificante/],
      ],
      'es-MX': [
        ['upcoming', /Datos para su pago.*está a sus órdenes.*Gracias por su preferencia/],
        ['reminder', /XML/],
        ['statement', /Monto/],
        ['thanks', /complemento de pago/],
        ['dispute-noted', /su solicitud de aclaración sobre/],
        ['payment-noted', /su aviso de pago.*enviarnos el comprobante/],
      ],
      'es-CO': [
        ['upcoming', /Cordial saludo.*Medios de pago.*inquietud/],
        ['follow-up', /soporte/],
        ['firm', /de vencida/],
        ['statement', /Valor.*Cordialmente/],
        ['dispute-noted', /su reclamación sobre/],
        ['payment-noted', /su reporte de pago.*enviarnos el soporte/],
      ],
    };
    for (const [tag, pairs] of Object.entries(said)) {
      for (const [message, pattern] of pairs) expect(words(tag, message), tag).toMatch(pattern);
    }
    // And not those of elsewhere.
    for (const id of ids) {
      expect(words('es-ES', id)).not.toMatch(
        /comuníquese|comunicarse|comprobante|\batraso|Recibimos|realizó/i,
      );
      expect(words('es-CO', id)).not.toMatch(/comprobante|\batraso|importe|\bduda\b/i);
      expect(words('es-MX', id)).not.toMatch(/justificante|retraso|importe|inquietud/i);
      expect(words('es', id)).not.toMatch(/justificante|retraso|inquietud|preferencia|soporte/i);
    }
  });

  it.each([
    ['es-MX', 'MX', '$1,250.00', '3 de marzo de 2026'],
    ['es-CO', 'CO', '$ 1.250.000', '3 de marzo de 2026'],
    ['es-ES', 'ES', '1.250,00 €', '3 de marzo de 2026'],
    ['pt', 'BR', 'R$ 1.250,00', '3 de março de 2026'],
    ['en', 'US', '$1,250.00', 'March 3, 2026'],
  ])('%s writes amounts and dates as in %s', (language, _, amount, date) => {
    const content = contentOf({ message: 'firm', channel: 'whatsapp', language, form: 'one' });
    expect(content.kind === 'text' && content.variables).toMatchObject({ amount, due: date });
  });

  it('can be taken alone, or left out', () => {
    const tagsOf = (languages: readonly PackLanguage[]) =>
      presetMessages('m', ['firm'], { languages }).messages.map(({ text }) =>
        Object.entries(text).map(([tag, texts]) => `${tag}: ${Object.keys(texts).join(' ')}`),
      );
    expect(tagsOf(['es', 'es-MX'])).toEqual([['es: whatsapp sms email', 'es-MX: whatsapp email']]);
    // Without es to fall back to, the variant says everything.
    expect(tagsOf(['es-MX', 'en'])).toEqual([['es-MX: whatsapp sms email', 'en: whatsapp sms email']]);
    expect(tagsOf(['pt'])).toEqual([['pt: whatsapp sms email']]);
  });

  it('is refused where there is none, and so are unknown messages', () => {
    const wrong = () =>
      presetMessages('m', ['firm', 'frim', 'firm'] as PresetMessage[], {
        languages: ['es', 'es-AR'] as PackLanguage[],
      });
    try {
      wrong();
      expect.unreachable();
    } catch (error) {
      if (!isRecobroError(error)) throw error;
      expect(error.code).toBe('invalid_option');
      expect(error.problems.map(({ path, code }) => `${path} ${code}`)).toEqual([
        'messages[1] unknown_message',
        'messages[2] duplicate_message',
        'languages[1] unknown_language',
      ]);
    }
  });

  it('refuses what is no id and no list, from hosts without types', () => {
    const problems = (...given: readonly unknown[]): string[] => {
      try {
        Reflect.apply(presetMessages, undefined, given);
      } catch (error) {
        if (isRecobroError(error, 'invalid_option')) return error.problems.map(({ path }) => path);
        throw error;
      }
      return [];
    };
    expect(problems('acme', ['firm'])).toEqual([]);
    expect(problems('', 'firm')).toEqual(['id', 'messages']);
    expect(problems('1 <b>', ['firm'], { languages: [] })).toEqual(['id', 'languages']);
    expect(problems(undefined, [])).toEqual(['id', 'messages']);
  });

  it('leaves lint of the presets clean, in any language', () => {
    for (const language of ['es', 'es-MX', 'es-CO', 'es-ES', 'es-PE', 'en', 'pt', 'pt-BR']) {
      const { messages, plan, policies } = presets.balanced({ zone: 'UTC', language });
      const findings = lint({ plan, policies, messages });
      expect(findings.filter(({ id }) => /missing|long|thin|threat/.test(id))).toEqual([]);
    }
  });

  it('lets lint see a text that neither a variant nor its language has', () => {
    const { messages, plan, policies } = presets.exporter({ zone: 'UTC', language: 'es-MX' });
    const without = messages.messages.map((message) =>
      message.id === 'firm' ? { ...message, text: { ...message.text, es: {} } } : message,
    );
    const found = lint({ plan, policies, messages: { ...messages, messages: without } });
    const paths = found.filter(({ id }) => id === 'missing-variant').map(({ message }) => message);
    expect(paths.filter((text) => text.includes('for sms in es-MX'))).toHaveLength(1);
    expect(paths.filter((text) => text.includes('for whatsapp in es-MX'))).toEqual([]);
  });
});
