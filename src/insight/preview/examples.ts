import { formatDay, parseDay } from '../../calendar/index.js';
import {
  exampleFacts,
  type MessageFacts,
  type MessageForm,
  type MessageItem,
  type Sender,
} from '../../messages/index.js';
import type { MessageAbout } from '../../policy/types.js';

/** The day on which the examples are read: a Tuesday. */
export const exampleDay = '2026-03-17';

interface Setting {
  readonly currency: string;
  /** Minor units of a middling invoice. */
  readonly amount: number;
  readonly account: string;
  readonly contact: string;
  readonly sender: Pick<Sender, 'name' | 'team' | 'phone' | 'email' | 'address'>;
}

const aurora = (team: string, phone: string, email: string, address: string): Setting['sender'] => ({
  name: 'Textiles Aurora',
  team,
  phone,
  email,
  address,
});

const mexico: Setting = {
  currency: 'MXN',
  amount: 1_284_050,
  account: 'Ferretería Los Olivos',
  contact: 'Marcela Quiroga',
  sender: aurora('Crédito y Cobranza', '+52 55 5550 0142', 'cobranza@aurora.example', 'Ciudad de México'),
};
const brazil: Setting = {
  currency: 'BRL',
  amount: 418_090,
  account: 'Casa das Ferragens',
  contact: 'Renata Siqueira',
  sender: aurora('Contas a receber', '+55 11 5550 0142', 'cobranca@aurora.example', 'São Paulo'),
};
const unitedStates: Setting = {
  currency: 'USD',
  amount: 184_050,
  account: 'Olive Street Hardware',
  contact: 'Dana Whitfield',
  sender: {
    name: 'Aurora Textiles',
    team: 'Accounts Receivable',
    phone: '+1 212 555 0142',
    email: 'billing@aurora.example',
    address: 'New York',
  },
};

/** Made-up people and companies by language, the exact tag before the language alone. Numbers are reserved for fiction where a country reserves some. */
const settings: Readonly<Record<string, Setting>> = {
  es: mexico,
  'es-MX': mexico,
  'es-ES': {
    currency: 'EUR',
    amount: 184_050,
    account: 'Ferretería Los Olivos',
    contact: 'Marta Quiroga',
    sender: aurora('Administración', '+34 910 550 142', 'cobros@aurora.example', 'Madrid'),
  },
  'es-CO': {
    currency: 'COP',
    amount: 284_050_000,
    account: 'Ferretería Los Olivos',
    contact: 'Marcela Quiroga',
    sender: aurora('Cartera', '+57 601 555 0142', 'cartera@aurora.example', 'Bogotá'),
  },
  pt: brazil,
  'pt-PT': { ...brazil, currency: 'EUR', amount: 184_050 },
  en: unitedStates,
  'en-GB': { ...unitedStates, currency: 'GBP', amount: 144_050 },
};

export interface ExampleRequest {
  /** BCP 47. */
  readonly language: string;
  readonly form: MessageForm;
  readonly about: MessageAbout;
  /** Days past due on which the message goes out; negative before. */
  readonly days: number;
  readonly sender?: Sender | undefined;
}

/** Facts as they might be: everything invented, dates around {@link exampleDay}. */
export function previewFacts({ language, form, about, days, sender }: ExampleRequest): MessageFacts {
  const setting = settingOf(language);
  const { currency, amount } = setting;
  const from = sender ?? { ...setting.sender, pay: 'https://pay.aurora.example/olivos' };
  const item = (number: string, late: number, share: number): MessageItem => {
    const total = roundTo(amount * share, currency);
    return {
      number,
      currency,
      original: total,
      outstanding: total,
      dunnable: total,
      paid: total,
      due: formatDay(parseDay(exampleDay) - late),
      daysPastDue: late,
      acting: true,
      // A sender of one's own says how to pay; a link of ours would hide that.
      ...(sender === undefined && form === 'one'
        ? { paymentUrl: `https://pay.aurora.example/${number.toLowerCase()}` }
        : {}),
    };
  };
  const others = days > 0 ? [Math.max(1, days - 6), Math.max(1, days - 11)] : [days, days];
  const items =
    form === 'one'
      ? [item('F-2041', days, 1)]
      : [
          item('F-2041', days, 1),
          item('F-2057', others[0] ?? days, 0.43),
          item('F-2063', others[1] ?? days, 0.185),
        ];
  const sum = items.reduce((all, one) => all + one.dunnable, 0);
  const part = about === 'dispute' || about === 'promise' ? roundTo(sum * 0.4, currency) : sum;
  return {
    ...exampleFacts(language, form, from),
    account: { name: setting.account },
    contact: { name: setting.contact },
    sender: from,
    payment: undefined,
    items,
    totals: [{ minor: part, currency }],
    promised: formatDay(parseDay(exampleDay) + 7),
    fees: [{ minor: roundTo(amount * 0.02, currency), currency }],
  };
}

function settingOf(language: string): Setting {
  const [base = 'en'] = language.split('-');
  return settings[language] ?? settings[base] ?? unitedStates;
}

/** Amounts as invoices have them: whole pesos where nobody writes cents. */
function roundTo(minor: number, currency: string): number {
  const step = currency === 'COP' ? 100_000 : 10;
  return Math.max(step, Math.round(minor / step) * step);
}
