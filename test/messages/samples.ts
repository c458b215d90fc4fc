import {
  compileMessages,
  type MessageFacts,
  type MessageItem,
  type Sender,
} from '../../src/messages/index.js';
import type { Message, MessageAbout, MessageTexts } from '../../src/policy/types.js';

export const sender: Sender = {
  name: 'Acme',
  team: 'Crédito y Cobranza',
  phone: '+52 55 1234 5678',
  email: 'pagos@acme.example',
  address: 'Av. Reforma 1, Ciudad de México',
  pay: { bank: 'CLABE 012180001234567895' },
};

export function item(changes: Partial<MessageItem> = {}): MessageItem {
  return {
    number: 'F-1023',
    currency: 'MXN',
    original: 250_000,
    outstanding: 125_000,
    dunnable: 125_000,
    due: '2026-03-03',
    daysPastDue: 10,
    acting: true,
    ...changes,
  };
}

export function facts(changes: Partial<MessageFacts> = {}): MessageFacts {
  return {
    account: { name: 'Comercial Robles' },
    contact: { name: 'María Robles' },
    sender,
    items: [item()],
    ...changes,
  };
}

/** A catalogue of one message in one language. */
export function catalogue(texts: MessageTexts, about: MessageAbout = 'items', language = 'es') {
  return compileMessages(document({ id: 'm', about, text: { [language]: texts } }));
}

export function document(...messages: Message[]) {
  return { id: 'test', version: 1, messages };
}
