import type { MessageFacts, MessageItem } from './facts.js';
import type { Sender } from './sender.js';
import type { MessageForm } from './variables.js';

/** A sender for examples; every part is there, so that every variable has a value. */
export const exampleSender: Sender = {
  name: 'Acme',
  team: 'Acme',
  phone: '+52 55 1234 5678',
  email: 'pagos@acme.example',
  pay: 'https://pay.acme.example',
};

const currencyOf: Readonly<Record<string, string>> = { es: 'MXN', 'es-CO': 'COP', 'es-ES': 'EUR', pt: 'BRL' };

/** Made-up facts in a language's usual currency: what a provider's reviewer and a preview are shown. */
export function exampleFacts(language: string, form: MessageForm, sender: Sender): MessageFacts {
  const currency = currencyOf[language] ?? currencyOf[new Intl.Locale(language).language] ?? 'USD';
  const item = (number: string, due: string, daysPastDue: number, amount: number): MessageItem => ({
    number,
    currency,
    original: amount,
    outstanding: amount,
    dunnable: amount,
    paid: amount,
    due,
    daysPastDue,
    acting: true,
    paymentUrl: `https://pay.acme.example/${number.toLowerCase()}`,
  });
  const all = [item('F-1023', '2026-03-03', 10, 125_000), item('F-1031', '2026-03-06', 7, 84_050)];
  const items = form === 'one' ? all.slice(0, 1) : all;
  return {
    account: { name: 'Comercial Robles' },
    contact: { name: 'María Robles' },
    sender,
    items,
    totals: [{ minor: items.reduce((sum, one) => sum + one.dunnable, 0), currency }],
    promised: '2026-03-20',
    link: 'https://acme.example/s/AfX4w8m2kQ',
    payment: form === 'one' ? undefined : { url: 'https://pay.acme.example/comercial-robles' },
    fees: [{ minor: 5_000, currency }],
  };
}
