import {
  compileMessages,
  type MessageFacts,
  type MessageItem,
  renderMessage,
  type Sender,
  type TextEntry,
  textsOf,
} from '../../src/messages/index.js';
import { presetMessages } from '../../src/policy/presets/messages/catalogue.js';
import { aboutOf, type PresetMessage } from '../../src/policy/presets/messages/pack.js';

/** Data with which the preset messages are read, and the longest that they must hold. */

export const ids = Object.keys(aboutOf) as PresetMessage[];
export const compiled = compileMessages(presetMessages('presets', ids));
export const entries: readonly TextEntry[] = [...textsOf(compiled)];
export const tags = ['es', 'en', 'pt', 'es-CO', 'es-ES', 'es-MX'] as const;
export const places = { es: 'MX', en: 'US', pt: 'BR', 'es-CO': 'CO', 'es-ES': 'ES', 'es-MX': 'MX' } as const;
export type Tag = (typeof tags)[number];

const mexican: Sender = {
  name: 'Acme',
  team: 'Crédito y Cobranza',
  phone: '+52 55 1234 5678',
  email: 'cobranza@acme.example',
  address: 'Av. Reforma 1, Ciudad de México',
  pay: { bank: 'CLABE 012180001234567895' },
};
export const senders: Readonly<Record<Tag, Sender>> = {
  es: mexican,
  'es-MX': mexican,
  'es-ES': {
    name: 'Acme',
    team: 'Administración',
    phone: '+34 910 000 000',
    email: 'cobros@acme.example',
    address: 'Calle Mayor 1, Madrid',
    pay: { bank: 'IBAN ES91 2100 0418 4502 0005 1332' },
  },
  'es-CO': {
    name: 'Acme S.A.S.',
    team: 'Cartera',
    phone: '+57 601 000 0000',
    email: 'cartera@acme.example',
    address: 'Carrera 7 # 1-01, Bogotá',
    pay: { PSE: 'https://pse.acme.example', bank: 'Banco Uno, cuenta de ahorros 123-456789-00' },
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
const currencies: Readonly<Record<Tag, string>> = {
  es: 'MXN',
  'es-MX': 'MXN',
  'es-ES': 'EUR',
  'es-CO': 'COP',
  en: 'USD',
  pt: 'BRL',
};

/** Days past due that fit the message. */
const ages: Readonly<Partial<Record<string, number>>> = {
  upcoming: -7,
  'due-today': 0,
  statement: 12,
  reminder: 1,
  'follow-up': 3,
  firm: 10,
  'service-warning': 15,
  'service-stopped': 20,
  'collection-notice': 21,
  'standing-reminder': 45,
  'final-notice': 60,
};

/** One text as a reader of a language gets it. */
export interface Reading {
  readonly message: string;
  readonly channel: string;
  readonly language: string;
  readonly form: 'one' | 'many';
}
export type FactsOf = (reading: Reading) => MessageFacts;

/** A usual day: a known contact, one invoice with a payment link, or two without. */
export const normal: FactsOf = ({ message, language, form }) => {
  const tag = language as Tag;
  const currency = currencies[tag];
  // Amounts as they are usual in the country.
  const unit = currency === 'COP' ? 1_000 : 1;
  const days = ages[message] ?? 5;
  const item = (number: string, original: number, dunnable: number, due: string): MessageItem => ({
    number,
    currency,
    original: original * unit,
    outstanding: dunnable * unit,
    dunnable: dunnable * unit,
    paid: original * unit,
    due,
    daysPastDue: days - (due === '2026-03-03' ? 0 : 1),
    acting: true,
    ...(form === 'one' ? { paymentUrl: 'https://pay.acme.example/f-1023' } : {}),
  });
  const all = [item('F-1023', 250_000, 125_000, '2026-03-03'), item('F-1031', 84_050, 84_050, '2026-03-04')];
  const items = form === 'one' ? all.slice(0, 1) : all;
  return {
    account: { name: 'Comercial Robles' },
    contact: { name: 'María Robles' },
    sender: senders[tag],
    items,
    promised: '2026-03-20',
    ...totalsOf(message, items),
  };
};

/** What a payment, a promise or a dispute comes to is not summed up from the items. */
function totalsOf(message: string, items: readonly MessageItem[]): Pick<MessageFacts, 'totals'> {
  if (aboutOf[message as PresetMessage] === 'items') return {};
  const sums = new Map<string, number>();
  for (const { currency, original } of items) sums.set(currency, (sums.get(currency) ?? 0) + original);
  return { totals: [...sums].map(([currency, minor]) => ({ currency, minor })) };
}

/** Everything at its longest: names beyond what is shown, 40 invoices in two currencies, billions, a sender at all its limits. */
export const worst: FactsOf = ({ message, form }) => {
  const name = 'Distribuidora y Comercializadora Internacional de Ñandúes del Pacífico Sur';
  const items = Array.from(
    { length: form === 'one' ? 1 : 40 },
    (_, index): MessageItem => ({
      number: `FAC-ELEC-2026-0000${100_000 + index}`,
      currency: index % 3 === 2 ? 'USD' : 'COP',
      original: 98_765_432_109_00,
      outstanding: 98_765_432_109_00,
      dunnable: 98_765_432_109_00,
      paid: 98_765_432_109_00,
      due: '2025-09-30',
      daysPastDue: message === 'upcoming' ? -10 : message === 'due-today' ? 0 : 1234,
      acting: true,
    }),
  );
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
    promised: '2026-09-30',
    ...totalsOf(message, items),
  };
};

/** The longest in one currency, as nearly everybody has it. */
export const long: FactsOf = (reading) => {
  const facts = worst(reading);
  const items = facts.items.map((item) => ({ ...item, currency: 'COP' }));
  return { ...facts, items, ...totalsOf(reading.message, items) };
};

export function contentOf(reading: Reading, facts: FactsOf = normal, languages = [reading.language]) {
  return renderMessage(compiled, {
    message: reading.message,
    channel: reading.channel,
    languages,
    region: places[reading.language as Tag],
    facts: facts(reading),
  }).content;
}

/** The text as it is read; of an e-mail the subject and the plain text. */
export function plainOf(reading: Reading, facts: FactsOf = normal): string {
  const content = contentOf(reading, facts);
  return content.kind === 'text' ? content.text : `${content.subject}\n\n${content.text}`;
}

export const label = ({ message, language, channel, form }: Reading) =>
  `${language} ${channel} ${message} ${form}`;

/** Language of a tag without its country. */
export const base = (language: string): 'es' | 'en' | 'pt' => language.slice(0, 2) as 'es' | 'en' | 'pt';
