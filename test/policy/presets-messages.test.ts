import { describe, expect, it } from 'vitest';
import { compileMessages, missingContent, renderMessage, textsOf } from '../../src/messages/index.js';
import { presets } from '../../src/policy/presets/index.js';
import {
  base,
  compiled,
  contentOf,
  entries,
  ids,
  label,
  normal,
  plainOf,
  type Tag,
  tags,
} from './presets-messages-samples.js';

describe('preset messages', () => {
  it('exist in three languages, three channels and both forms', () => {
    for (const id of ids) {
      for (const language of ['es', 'en', 'pt'] as const) {
        const own = entries.filter((entry) => entry.message === id && entry.language === language);
        expect(own.map(({ channel, form }) => `${channel} ${form}`).sort(), `${language} ${id}`).toEqual(
          ['email', 'sms', 'whatsapp'].flatMap((channel) => [`${channel} many`, `${channel} one`]),
        );
      }
    }
  });

  it('of every preset are there', () => {
    for (const preset of Object.values(presets)) {
      const { messages } = preset({ zone: 'UTC' });
      const texts = [...textsOf(compileMessages(messages))].filter(({ language }) => !language.includes('-'));
      expect(texts).toHaveLength(messages.messages.length * 3 * 3 * 2);
    }
  });

  it('say which invoice, how much, due when, how to pay and whom to ask', () => {
    expect(missingContent(compiled)).toEqual([]);
    const answers = ['thanks', 'promise-noted', 'dispute-noted', 'payment-noted'];
    for (const entry of entries) {
      const text = plainOf(entry);
      expect(text, label(entry)).toMatch(/\+\d/);
      if (answers.includes(entry.message)) continue;
      expect(text, label(entry)).toMatch(/CLABE|IBAN|https:|routing|cobranca@/);
    }
  });
});

/** Words that accuse, shame, scare or look like a court's; a review refuses them, and so do we. */
const threats =
  /abogad|jur[ií]dic|legal|demanda|tribunal|embarg|judicial|denunci|bur[oó]\b|penal|sanci[oó]n|recargo|consecuenc|[uú]ltimo aviso|[uú]ltima oportunidad|requerimiento|citaci[oó]n|apercib|reporta|lawyer|attorney|court\b|lawsuit|sue\b|credit bureau|penalt|seize|consequence|final warning|last chance|immediately|failure to|advogad|justi[cç]a|processo|protest|negativa|serasa|spc\b|multa|intima[cç]|vergonha|shame|verg[uü]enza|moros[oa]|deudor|devedor|inadimpl|debtor|deadbeat|urgente?\b/i;
const promotion =
  /oferta|descuento|promoci[oó]n|discount|offer|promo|desconto|gr[aá]tis|free\b|%|pronto pago|[!¡]/i;
const accusing =
  /venci[oó]|venceu|vencid|overdue|past due|atras|retras|mora\b|was due|outstanding|pendiente de pago|sigue/i;
/** Nobody asks why: in Colombia a creditor may not (Ley 2300 of 2023), and it helps nowhere. */
const prying = /motivo|raz[oó]n|por qu[eé]|reason|\bwhy\b|causa\b|dificultad/i;
/** Stages attach documents or do not; texts that are sent with both speak of neither. */
const attached = /adjunt|anex|attach|enclos/i;
const last = /[uú]ltim|\blast\b|final\b|derradeir/i;
const today = {
  es: /hoy, 3 de marzo de 2026|hoy, 0?3\/0?3\/2026/,
  en: /today, (?:March|Mar) 3, 2026/,
  pt: /hoje, 3 de março de 2026|hoje, 03\/03\/2026/,
};
const thanks = {
  es: /[Gg]racias por (?:su|informarnos)|Agradecemos su/,
  en: /Thank you for|We appreciate/,
  pt: /Agradecemos/,
};
const before = ['upcoming', 'due-today', 'statement'];

describe('tone', () => {
  it.each(entries.map((entry) => [label(entry), entry] as const))('%s', (_, entry) => {
    const text = plainOf(entry);
    for (const words of [threats, promotion, prying, attached]) expect(text).not.toMatch(words);
    // No hole, no leftover of the template, no doubled space, no space before a stop.
    expect(text).not.toMatch(/\{\{|\}\}|undefined|null|NaN/);
    if (entry.channel !== 'email') expect(text).not.toMatch(/ {2}| [.,;:)]|[,;]{2}|\.{2}/);
    expect(text).toContain('María Robles');
    expect(text).toContain('Acme');
    expect(text).toMatch(thanks[base(entry.language)]);
    if (before.includes(entry.message)) expect(text.replaceAll(/Vencida hace/g, '')).not.toMatch(accusing);
    if (entry.message === 'due-today') expect(text).toMatch(today[base(entry.language)]);
    else expect(text).not.toMatch(/(?:hoy|hoje), \d|today, [A-Z]/);
    // What is sent again and again never calls itself the last.
    if (entry.message === 'final-notice') expect(text).toMatch(/final/i);
    else expect(text).not.toMatch(last);
  });

  it('is usted in Spanish, in Spain as well', () => {
    const tu = /\b(?:tu|tus|ti|contigo|tienes|debes|puedes|paga tu|te recordamos|tú|vos|tenés|podés)\b/i;
    for (const entry of entries)
      if (base(entry.language) === 'es') expect(plainOf(entry), label(entry)).not.toMatch(tu);
  });

  it('names no sex of the reader', () => {
    const gendered = /estimad[oa]|\bprezad[oa]\b|\bcar[oa] |obrigad[oa]|\bsr\.|\bsra\.|señor|senhor/i;
    for (const entry of entries) expect(plainOf(entry), label(entry)).not.toMatch(gendered);
  });

  it('grows firmer from stage to stage', () => {
    const asks: Readonly<Record<string, RegExp>> = {
      reminder: /Es posible que el pago ya esté en camino/,
      'follow-up': /¿Podría confirmarnos/,
      firm: /Le pedimos realizar el pago lo antes posible/,
      'collection-notice': /Le solicitamos formalmente/,
      'final-notice': /continuaremos la gestión según las condiciones acordadas/,
    };
    for (const [message, words] of Object.entries(asks)) {
      for (const [other] of Object.entries(asks)) {
        const text = plainOf({ message: other, channel: 'whatsapp', language: 'es', form: 'one' });
        // The final notice also asks formally.
        if (other === 'final-notice' && message === 'collection-notice') continue;
        if (other === message) expect(text).toMatch(words);
        else expect(text).not.toMatch(words);
      }
    }
  });

  it('speaks of one day as of one', () => {
    const oneDay = (language: string) => {
      const facts = normal({ message: 'firm', channel: 'sms', language, form: 'one' });
      const { content } = renderMessage(compiled, {
        message: 'firm',
        channel: 'sms',
        languages: [language],
        facts: { ...facts, items: facts.items.map((item) => ({ ...item, daysPastDue: 1 })) },
      });
      return content.kind === 'text' ? content.text : '';
    };
    expect(oneDay('es')).toContain('1 día de atraso');
    expect(oneDay('es-ES')).toContain('1 día de retraso');
    expect(oneDay('es-CO')).toContain('1 día de vencida');
    expect(oneDay('pt')).toContain('1 dia de atraso');
    expect(oneDay('en')).toContain('1 day overdue');
  });
});

// Files that a person can read through, one per language; the page opens in a browser.
describe('as sent', () => {
  it.each(tags)('in %s', async (tag) => {
    const pages = ids.map((id) => {
      const own = entries.filter(({ message, language }) => message === id && language === tag);
      const texts = own.map((entry) => `--- ${entry.channel}, ${entry.form}\n\n${plainOf(entry).trim()}\n`);
      return texts.length === 0 ? '' : `===== ${id} =====\n\n${texts.join('\n')}`;
    });
    await expect(`${pages.filter((page) => page !== '').join('\n')}`).toMatchFileSnapshot(
      `__snapshots__/messages/${tag}.txt`,
    );
  });

  it.each(['es-MX', 'en', 'pt'] satisfies Tag[])('as HTML in %s', async (tag) => {
    const content = contentOf({ message: 'firm', channel: 'email', language: tag, form: 'many' });
    if (content.kind !== 'email') return expect.unreachable();
    await expect(content.html).toMatchFileSnapshot(`__snapshots__/messages/firm-many.${tag}.html`);
  });
});
