import type { Sender } from '../../messages/index.js';
import { presets } from '../../policy/presets/index.js';
import type { Documents } from '../../policy/types.js';
import { homeZone } from './schedule.js';

/** Colombian holidays of the period; those of other countries are left to a real plan. */
const holidays = ['2026-01-12', '2026-03-23', '2026-04-02', '2026-04-03'];

/** The three presets side by side: balanced for most, preventive for key accounts, exporter for buyers abroad. */
export function demoDocuments(): Documents {
  const options = { zone: homeZone, language: 'es', holidays };
  const balanced = presets.balanced(options);
  const preventive = presets.preventive(options);
  const exporter = presets.exporter(options);
  return {
    plan: {
      ...balanced.plan,
      id: 'ondaluz',
      segments: [
        { id: 'key-accounts', when: { fact: 'account.tags', has: 'key' } },
        { id: 'export', when: { fact: 'account.tags', has: 'export' } },
      ],
      assign: [
        { segment: 'key-accounts', policy: 'preventive' },
        { segment: 'export', policy: 'exporter' },
      ],
    },
    policies: [...balanced.policies, ...exporter.policies, ...preventive.policies],
    messages: {
      ...balanced.messages,
      id: 'ondaluz',
      messages: [
        ...balanced.messages.messages,
        ...exporter.messages.messages.filter(({ id }) => !has(balanced, id)),
      ],
    },
  };
}

function has(documents: Documents, message: string): boolean {
  return documents.messages.messages.some(({ id }) => id === message);
}

export const domain = 'ondaluz.example';

/** The invented company as its customers see it. Numbers with zeros after the country code are nobody's. */
export const sender: Sender = {
  name: 'Telares Ondaluz',
  team: 'Crédito y Cartera',
  phone: '+57 000 000 0042',
  email: `cartera@${domain}`,
  address: 'Telares Ondaluz S.A.S., Medellín, Colombia',
  pay: {
    EUR: 'IBAN ES00 0000 0000 0000 0000 0001, Banco Ejemplo',
    USD: 'Banco Ejemplo, account 000-0001, SWIFT EJEMCOBB',
    INR: 'Banco Ejemplo, account 000-0002, SWIFT EJEMCOBB',
    BRL: `Pix: cartera@${domain}`,
    online: `https://pagos.${domain}`,
  },
};
