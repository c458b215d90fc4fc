import { createDunning, type Dunning, type DunningOptions } from '../../src/dunning/index.js';
import type { LedgerFacts } from '../../src/ledger/facts.js';
import type { Documents, Message } from '../../src/policy/types.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import type { Store } from '../../src/stores/store.js';
import { idSequence } from '../../src/testing/id-sequence.js';
import { type RecordingChannel, recordingChannel } from '../../src/testing/recording-channel.js';
import { type VirtualClock, virtualClock } from '../../src/testing/virtual-clock.js';

/** A message about items in English, by WhatsApp and e-mail. */
export function reminder(id: string): Message {
  return {
    id,
    about: 'items',
    text: {
      en: {
        whatsapp: {
          one: `${id}: {{contact.name}}, invoice {{invoice.number}} of {{amount}} was due on {{due}}. Thanks.`,
          many: `${id}: {{contact.name}}, {{count}} invoices, {{amount}} in all. Thanks.`,
        },
        email: { subject: `${id} {{amount}}`, body: 'Dear {{contact.name}}, please pay {{amount}}.' },
      },
    },
  };
}

/** A small company in Bogotá with one policy: +3 friendly, +10 firm. */
export const documents: Documents = {
  plan: {
    id: 'plan',
    version: 1,
    zone: 'America/Bogota',
    language: 'en',
    default: 'ladder',
    contact: { windows: [{ from: '09:00', to: '18:00' }] },
  },
  policies: [
    {
      id: 'ladder',
      version: 1,
      via: [{ channel: 'whatsapp' }, { channel: 'email' }],
      stages: [
        { id: 'soft', tone: 'friendly', at: { from: 'due', plus: '3d' }, do: [{ send: 'soft' }] },
        {
          id: 'firm',
          tone: 'firm',
          at: { from: 'due', plus: '10d' },
          do: [{ send: 'firm' }, { task: 'call', owner: 'ana' }],
        },
      ],
      on: { paid: [{ send: 'thanks' }] },
    },
  ],
  messages: {
    id: 'messages',
    version: 1,
    messages: [
      reminder('soft'),
      reminder('firm'),
      {
        id: 'thanks',
        about: 'payment',
        text: {
          en: {
            whatsapp: {
              one: 'Thanks {{contact.name}}, we have it.',
              many: 'Thanks {{contact.name}}, we have them.',
            },
            email: { subject: 'Thank you, {{contact.name}}', body: 'Thanks {{contact.name}}, all is well.' },
          },
        },
      },
    ],
  },
};

/** An instant of 2026 in Bogotá (UTC−5 all year). */
export function at(day: string, time = '10:00'): number {
  return Date.parse(`2026-${day}T${time}:00-05:00`);
}

export const account = {
  id: 'robles',
  name: 'Robles Ltda',
  contacts: [
    {
      role: 'billing',
      name: 'Inés',
      phone: '+573001112233',
      email: 'ines@robles.example',
      consent: { whatsapp: 'granted' as const },
    },
  ],
};

/** An invoice of the account above, due on a day of 2026. */
export function invoice(
  id: string,
  due: string,
  amount = '1000.00',
): NonNullable<LedgerFacts['invoices']>[number] {
  return {
    id,
    account: 'robles',
    issued: '2026-01-01',
    due: `2026-${due}`,
    total: { amount, currency: 'COP' },
  };
}

/** A payment of an invoice in full. */
export function payment(
  id: string,
  invoiceId: string,
  date: string,
  amount = '1000.00',
): NonNullable<LedgerFacts['payments']>[number] {
  return {
    id,
    account: 'robles',
    invoice: invoiceId,
    date: `2026-${date}`,
    amount: { amount, currency: 'COP' },
  };
}

/** A tenant with recording channels and a clock that stands still. */
export interface World {
  readonly dunning: Dunning;
  readonly store: Store;
  readonly clock: VirtualClock;
  readonly whatsapp: RecordingChannel;
  readonly email: RecordingChannel;
}

export function world(changed: Partial<DunningOptions> = {}): World {
  const store = changed.store ?? memoryStore();
  const clock = virtualClock(at('01-02'));
  const whatsapp = recordingChannel('whatsapp');
  const email = recordingChannel('email');
  const dunning = createDunning({
    ...documents,
    channels: [whatsapp, email],
    sender: { name: 'Acme', phone: '+57 601 555 0100', pay: { bank: 'Cuenta 1' } },
    clock,
    ids: idSequence('w'),
    ...changed,
    store,
  });
  return { dunning, store, clock, whatsapp, email };
}

/** Collects a stream. */
export async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const one of stream) list.push(one);
  return list;
}
