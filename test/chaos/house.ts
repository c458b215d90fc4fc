import type { LedgerFacts } from '../../src/ledger/facts.js';
import type { Documents } from '../../src/policy/types.js';

const stageDays = [1, 3, 5, 8] as const;

/** How many days it takes until the last stage of the last account. */
export function daysOf(days: number): number {
  return days + Math.max(...stageDays);
}

/** Whether anything new comes up on a day. */
export function isBusy(day: number, accounts: number, days: number): boolean {
  return debtors(accounts, days).some(
    ({ due, pays }) => due === day || pays === day || stageDays.some((plus) => due + plus === day),
  );
}

/** One ladder of four messages, which the default contact rules (one a day, three in seven) just let through. */
export const documents: Documents = {
  plan: { id: 'plan', version: 1, zone: 'America/Bogota', language: 'en', default: 'ladder' },
  policies: [
    {
      id: 'ladder',
      version: 1,
      via: [{ channel: 'whatsapp' }],
      stages: stageDays.map((day, index) => ({
        id: `s${index + 1}`,
        tone: 'friendly' as const,
        at: { from: 'due' as const, plus: `${day}d` },
        do: [{ send: `s${index + 1}` }],
      })),
    },
  ],
  messages: {
    id: 'messages',
    version: 1,
    messages: stageDays.map((_, index) => ({
      id: `s${index + 1}`,
      about: 'items' as const,
      text: {
        en: {
          whatsapp: {
            one: 'Hello {{contact.name}}, invoice {{invoice.number}} of {{amount}} was due on {{due}}. Thanks.',
            many: 'Hello {{contact.name}}, {{count}} invoices, {{amount}} in all. Thanks.',
          },
        },
      },
    })),
  },
};

/** Ten in the morning of a day, in Bogotá (UTC−5 all year). */
export function morning(day: number): number {
  return Date.UTC(2026, 0, 5 + day, 15);
}

function dateOf(day: number): string {
  return new Date(Date.UTC(2026, 0, 5 + day)).toISOString().slice(0, 10);
}

/** The local day of an instant, numbered as {@link morning} does. */
export function dayOf(instant: number): number {
  return Math.floor((instant - Date.UTC(2026, 0, 5, 5)) / 86_400_000);
}

interface Debtor {
  readonly id: string;
  /** Due day of its invoice, after which the ladder begins. */
  readonly due: number;
  /** The day on whose morning it pays, if it does. */
  readonly pays?: number | undefined;
}

/** Accounts spread over the days; one in eleven pays on the morning of its second stage. */
export function debtors(accounts: number, days: number): readonly Debtor[] {
  return Array.from({ length: accounts }, (_, index) => {
    const due = Math.floor((index * days) / accounts);
    return { id: `a${index}`, due, ...(index % 11 === 5 ? { pays: due + 3 } : {}) };
  });
}

/** What becomes known on the morning of a day: new accounts, and payments. */
export function factsOf(day: number, accounts: number, days: number): LedgerFacts {
  const all = debtors(accounts, days);
  const fresh = all.filter((one) => one.due === day);
  return {
    accounts: fresh.map(({ id }) => ({
      id,
      name: `Company ${id}`,
      contacts: [
        {
          role: 'billing',
          name: 'Inés',
          phone: `+57300${String(id.slice(1)).padStart(7, '0')}`,
          consent: { whatsapp: 'granted' },
        },
      ],
    })),
    invoices: fresh.map(({ id }) => ({
      id: `F-${id}`,
      account: id,
      issued: '2026-01-01',
      due: dateOf(day),
      total: { amount: '1000.00', currency: 'COP' },
    })),
    payments: all
      .filter((one) => one.pays === day)
      .map(({ id }) => ({
        id: `P-${id}`,
        account: id,
        invoice: `F-${id}`,
        date: dateOf(day),
        amount: { amount: '1000.00', currency: 'COP' },
      })),
  };
}

/** A message that must go out, and on which day. */
export interface Wanted {
  readonly account: string;
  readonly stage: string;
  readonly day: number;
}

/** One for each stage that comes before the payment. */
export function wanted(accounts: number, days: number): readonly Wanted[] {
  return debtors(accounts, days).flatMap(({ id, due, pays = Number.MAX_SAFE_INTEGER }) =>
    stageDays.flatMap((plus, index) =>
      due + plus < pays ? [{ account: id, stage: `s${index + 1}`, day: due + plus }] : [],
    ),
  );
}
