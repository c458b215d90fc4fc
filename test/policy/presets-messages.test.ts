import { describe, expect, it } from 'vitest';
import { plainSms } from '../../src/channels/sms/plain.js';
import { segmentsOf } from '../../src/channels/sms/segments.js';
import {
  compileMessages,
  type MessageFacts,
  type MessageItem,
  missingContent,
  renderMessage,
  type Sender,
  senderProblems,
  templatesOf,
  textsOf,
  wordlessTemplates,
  worstLengths,
} from '../../src/messages/index.js';
import { presets } from '../../src/policy/presets/index.js';
import { presetMessages } from '../../src/policy/presets/messages/catalogue.js';

const ids = [
  'upcoming',
  'due-today',
  'reminder',
  'follow-up',
  'firm',
  'collection-notice',
  'thanks',
] as const;
const compiled = compileMessages(presetMessages('presets', ids));
const entries = [...textsOf(compiled)];
const smsSegments = (text: string) => segmentsOf(plainSms(text)).segments;

const senders: Readonly<Record<string, Sender>> = {
  es: {
    name: 'Acme',
    team: 'Crédito y Cobranza',
    phone: '+52 55 1234 5678',
    email: 'cobranza@acme.example',
    address: 'Av. Reforma 1, Ciudad de México',
    pay: { bank: 'CLABE 012180001234567895' },
  },
  en: {
    name: 'Acme',
    team: 'Accounts Receivable',
    phone: '+1 212 555 0100',
    email: 'ar@acme.example',
    address: '1 Main Street, New York',
    pay: { bank: 'account 123456789, routing 021000021' },
  },
  pt: {
    name: 'Acme',
    team: 'Contas a Receber',
    phone: '+55 11 91234-5678',
    email: 'cobranca@acme.example',
    address: 'Av. Paulista 1, São Paulo',
    pay: { pix: 'cobranca@acme.example', bank: 'Banco 001, ag. 1234, conta 56789-0' },
  },
};
const currencies: Readonly<Record<string, string>> = { es: 'MXN', en: 'USD', pt: 'BRL' };
const regions: Readonly<Record<string, string>> = { es: 'MX', en: 'US', pt: 'BR' };

/** Days past due that fit the message. */
const ageOf = (message: string) =>
  ({ upcoming: -7, 'due-today': 0, reminder: 1, 'follow-up': 3, firm: 10, 'collection-notice': 21 })[
    message
  ] ?? 0;

function normal(message: string, language: string, form: string): MessageFacts {
  const currency = currencies[language] ?? 'USD';
  const days = ageOf(message);
  const base: Omit<MessageItem, 'number' | 'original' | 'outstanding' | 'dunnable'> = {
    currency,
    due: '2026-03-03',
    daysPastDue: days,
    acting: true,
  };
  const first: MessageItem = {
    ...base,
    number: 'F-1023',
    original: 250_000,
    outstanding: 125_000,
    dunnable: 125_000,
    paid: 250_000,
    ...(form === 'one' ? { paymentUrl: 'https://pay.acme.example/f-1023' } : {}),
  };
  const second: MessageItem = {
    ...base,
    number: 'F-1031',
    original: 84_050,
    outstanding: 84_050,
    dunnable: 84_050,
    paid: 84_050,
    due: '2026-03-04',
    daysPastDue: days - 1,
  };
  const items = form === 'one' ? [first] : [first, second];
  return {
    account: { name: 'Comercial Robles' },
    contact: { name: 'María Robles' },
    sender: senders[language] ?? { name: 'Acme', phone: '1' },
    items,
    ...(message === 'thanks'
      ? { totals: [{ minor: items.reduce((sum, one) => sum + one.original, 0), currency }] }
      : {}),
  };
}

function worst(message: string, language: string, form: string): MessageFacts {
  const name = 'Distribuidora y Comercializadora Internacional de Alimentos del Pacífico Sur';
  const item = (index: number): MessageItem => ({
    number: `FAC-2026-0000${1000 + index}`,
    currency: index % 3 === 2 ? 'USD' : (currencies[language] ?? 'USD'),
    original: 1_234_567_890_12,
    outstanding: 1_234_567_890_12,
    dunnable: 1_234_567_890_12,
    paid: 1_234_567_890_12,
    due: '2025-09-30',
    daysPastDue: Math.max(ageOf(message), 1) * 100,
    acting: true,
  });
  const items = Array.from({ length: form === 'one' ? 1 : 25 }, (_, index) => item(index));
  return {
    account: { name },
    contact: { name },
    sender: {
      name: 'Grupo Industrial y Comercial del Norte S.A. de C.V',
      team: 'Departamento de Crédito y Cobranza Norte',
      phone: '+52 (55) 1234 5678 ext 99',
      email: 'departamento.de.credito.y.cobranza@grupo-industrial.example',
      address: 'Av. Insurgentes Sur 1234, piso 12, Ciudad de México',
      pay: { bank: `CLABE 012180001234567895, ${'referencia del cliente '.repeat(5)}fin` },
    },
    items,
    ...(message === 'thanks' ? { totals: [{ minor: 1_234_567_890_12, currency: 'MXN' }] } : {}),
  };
}

function render(
  { message, channel, language, form }: { message: string; channel: string; language: string; form: string },
  facts: typeof normal,
) {
  const rendered = renderMessage(compiled, {
    message,
    channel,
    languages: [language],
    region: regions[language],
    facts: facts(message, language, form),
  });
  return rendered.content;
}

function plainOf(entry: (typeof entries)[number], facts: typeof normal = normal): string {
  const content = render(entry, facts);
  return content.kind === 'text' ? content.text : `${content.subject}\n${content.text}`;
}

const label = ({ message, language, channel, form }: (typeof entries)[number]) =>
  `${language} ${channel} ${message} ${form}`;

describe('preset messages', () => {
  it('exist in three languages, three channels and both forms', () => {
    expect(entries).toHaveLength(7 * 3 * 3 * 2);
    for (const preset of Object.values(presets)) {
      const documents = preset({ zone: 'UTC' });
      const texts = [...textsOf(compileMessages(documents.messages))];
      expect(texts).toHaveLength(documents.messages.messages.length * 3 * 3 * 2);
    }
  });

  it('say which invoice, how much, due when, how to pay and whom to ask', () => {
    expect(missingContent(compiled)).toEqual([]);
  });

  it('keep their length in the worst case, and with the longest sender that is allowed', () => {
    const sender = worst('reminder', 'es', 'one').sender;
    expect(senderProblems(sender)).toEqual([]);
    for (const known of [undefined, sender]) {
      const lengths = worstLengths(compiled, { smsSegments, sender: known });
      const measured = known === undefined ? lengths : lengths.filter(({ channel }) => channel !== 'sms');
      expect(measured.filter(({ length, limit }) => length > limit)).toEqual([]);
    }
  });

  it.each(['es', 'en', 'pt'])('fit two cheap segments of SMS on a normal day, in %s', (language) => {
    for (const entry of entries) {
      if (entry.channel !== 'sms' || entry.language !== language) continue;
      const cost = segmentsOf(plainSms(plainOf(entry)));
      expect(cost.encoding, label(entry)).toBe('gsm7');
      expect(cost.segments, label(entry)).toBeLessThanOrEqual(2);
    }
  });

  it('stay below what WhatsApp takes with the worst data', () => {
    for (const entry of entries) {
      if (entry.channel === 'whatsapp')
        expect(plainOf(entry, worst).length, label(entry)).toBeLessThanOrEqual(1024);
    }
  });
});

describe('WhatsApp templates of the presets', () => {
  const definitions = templatesOf(compiled, senders.es);

  it('are one per message, language and form, with an example for each parameter', () => {
    expect(definitions).toHaveLength(7 * 3 * 2);
    for (const { body, parameters } of definitions) {
      const places = [...body.matchAll(/\{\{(\d+)\}\}/g)].map(([, place]) => Number(place));
      expect(places).toEqual(parameters.map(({ position }) => position));
      expect(places).toEqual(places.map((_, index) => index + 1));
      for (const { example } of parameters) expect(example).not.toBe('');
    }
  });

  it('begin and end with words, and have words between and around the parameters', () => {
    for (const { body } of definitions) {
      const parts = body.split(/\{\{\d+\}\}/);
      // Two parameters may be parted by a comma only where a word stands near; the presets never do that.
      for (const part of parts) expect(part).toMatch(/\p{L}{2}/u);
      expect(body).not.toMatch(/\n{3}/);
    }
    expect(wordlessTemplates(compiled)).toEqual([]);
  });
});

const threats =
  /abogad|jur[ií]dic|legal|demanda|tribunal|embarg|judicial|denunci|bur[oó]\b|penal|sanci[oó]n|recargo|consecuenc|[uú]ltimo aviso|lawyer|attorney|court\b|lawsuit|sue\b|credit bureau|penalt|seize|consequence|final warning|immediately|advogad|justi[cç]a|processo|protest|negativa|serasa|spc\b|multa|vergonha|shame|verg[uü]enza|moros[oa]|deudor|devedor|inadimpl|debtor|deadbeat/i;
const promotion = /oferta|descuento|promoci[oó]n|discount|offer|promo|desconto|gr[aá]tis|free\b|%/i;
const accusing =
  /venci[oó]|venceu|vencid|overdue|past due|atras|mora\b|was due|em aberto|pendiente|outstanding/i;
const today = {
  es: /hoy, 3 de marzo de 2026|hoy, 03\/03\/2026/,
  en: /today, (?:March|Mar) 3, 2026/,
  pt: /hoje, 3 de março de 2026|hoje, 03\/03\/2026/,
};
const thanks = {
  es: /[Gg]racias por su|Agradecemos su/,
  en: /Thank you for|We appreciate/,
  pt: /Agradecemos/,
};

describe('tone', () => {
  it.each(entries.map((entry) => [label(entry), entry] as const))('%s', (_, entry) => {
    const text = plainOf(entry);
    expect(text).not.toMatch(threats);
    expect(text).not.toMatch(promotion);
    // No hole, no leftover of the template, no doubled space, no space before a stop.
    expect(text).not.toMatch(/\{\{|\}\}|undefined|null|NaN/);
    if (entry.channel !== 'email') expect(text).not.toMatch(/ {2}| [.,;:)]|[.,;]{2}/);
    expect(text).toContain('María Robles');
    expect(text).toContain('Acme');
    const language = entry.language as keyof typeof thanks;
    expect(text).toMatch(thanks[language]);
    if (entry.message === 'upcoming' || entry.message === 'due-today') expect(text).not.toMatch(accusing);
    if (entry.message === 'due-today') expect(text).toMatch(today[language]);
    else if (entry.message !== 'thanks') expect(text).not.toMatch(/(?:hoy|hoje), \d|today, [A-Z]/);
  });

  it('is usted in Spanish', () => {
    const tu = /\b(?:tu|tus|ti|contigo|tienes|debes|puedes|paga tu|te recordamos|tú)\b/i;
    for (const entry of entries)
      if (entry.language === 'es') expect(plainOf(entry), label(entry)).not.toMatch(tu);
  });

  it('speaks of one day as of one', () => {
    const facts = normal('firm', 'es', 'one');
    const one = { ...facts, items: facts.items.map((item) => ({ ...item, daysPastDue: 1 })) };
    const text = (language: string) => {
      const { content } = renderMessage(compiled, {
        message: 'firm',
        channel: 'sms',
        languages: [language],
        facts: one,
      });
      return content.kind === 'text' ? content.text : '';
    };
    expect(text('es')).toContain('1 día de atraso');
    expect(text('pt')).toContain('1 dia de atraso');
    expect(text('en')).toContain('1 day overdue');
  });
});

describe.each(['es', 'en', 'pt'])('as sent in %s', (language) => {
  const own = entries.filter((entry) => entry.language === language);

  it.each(own.map((entry) => [`${entry.message} ${entry.form} ${entry.channel}`, entry] as const))(
    '%s',
    (_, entry) => {
      expect(plainOf(entry)).toMatchSnapshot();
    },
  );

  it('at worst', () => {
    for (const entry of own) expect(plainOf(entry, worst)).toMatchSnapshot(label(entry));
  });

  it('as HTML', () => {
    const entry = own.find(
      ({ message, channel, form }) => `${message} ${channel} ${form}` === 'firm email many',
    );
    const content = entry && render(entry, normal);
    expect(content?.kind === 'email' && content.html).toMatchSnapshot();
  });
});
