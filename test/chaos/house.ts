import type { LedgerFacts } from '../../src/ledger/facts.js';
import type { Documents } from '../../src/policy/types.js';

const stageDays = [1, 3, 5, 8] as const;

/** How many days it takes until the last stage of the last account. */
export function daysOf(days: number): number {
  return days + Math.max(...stageDays);
}

/** Whether anything new comes up on a day. */
export function isBusy(day: number, town: Town): boolean {
  return debtors(town).some(
    ({ due, pays }) => due === day || pays === day || stageDays.some((plus) => due + plus === day),
  );
}

/** Who lives in a lane. */
export interface Town {
  readonly accounts: number;
  /** Days over which accounts fall due. */
  readonly days: number;
  /** Limits that are reached each day; nobody writes then, and nobody is called. */
  readonly limits?: Limits | undefined;
}

export interface Limits {
  /** Different people in 24 hours. */
  readonly people: number;
}

/** Messages a second of each sender, in every lane. */
export const perSecond = 12;

/**
 * One ladder of four messages, which the default contact rules (one a day, three in seven) just let through; and one
 * that a person calls for.
 */
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
    {
      id: 'calls',
      version: 1,
      via: [{ channel: 'call' }],
      stages: [{ id: 'c1', tone: 'friendly', at: { from: 'due', plus: '1d' }, do: [{ send: 'c1' }] }],
    },
  ],
  messages: {
    id: 'messages',
    version: 1,
    messages: ['s1', 's2', 's3', 's4', 'c1'].map((id) => ({
      id,
      about: 'items' as const,
      text: {
        en: {
          whatsapp: {
            one: 'Hello {{contact.name}}, invoice {{invoice.number}} of {{amount}} was due on {{due}}. Thanks.',
            many: 'Hello {{contact.name}}, {{count}} invoices, {{amount}} in all. Thanks.',
          },
          call: 'Ask {{contact.name}} for {{amount}}, due since {{oldest.due}}.',
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

/** What somebody writes on the morning of a later stage, and what has to come of it. */
export const says = [
  { what: 'question', text: 'Which account do I pay into?', facts: ['answer.given'] },
  { what: 'stop', text: 'STOP', facts: ['consent.heard whatsapp', 'consent.heard call'] },
  { what: 'promise', text: 'I will', payload: 'promise:2026-02-27', facts: ['promise.upserted'] },
  { what: 'dispute', text: 'That is wrong', payload: 'dispute:F-*', facts: ['dispute.upserted'] },
  { what: 'paid', text: 'Paid', payload: 'paid', facts: ['unbooked.upserted'] },
  { what: 'person', text: 'May somebody call me?', facts: ['answer.given', 'account.assigned'] },
  { what: 'riddle', text: 'Well, well', facts: [] },
] as const satisfies readonly {
  readonly what: string;
  readonly text: string;
  readonly payload?: string;
  /** Each of these exactly once in the log, and none of the others. */
  readonly facts: readonly string[];
}[];

export type Says = (typeof says)[number];

interface Debtor {
  readonly id: string;
  /** Due day of its invoice, after which the ladder begins. */
  readonly due: number;
  /** The day on whose morning it pays, if it does. */
  readonly pays?: number | undefined;
  /** What it writes, and on which day. */
  readonly writes?: { readonly says: Says; readonly day: number } | undefined;
  /** The person behind it, where that is the one of another account as well: who stops there stops here. */
  readonly shares?: { readonly account: string; readonly until: number } | undefined;
  /** It is not written to but called, and says so. */
  readonly called?: 'reached' | 'promised' | undefined;
}

/**
 * Accounts spread over the days; one in eleven pays on the morning of its second stage, one in six writes then, one in
 * twelve is called. Who stops is behind two accounts.
 */
export function debtors(town: Town): readonly Debtor[] {
  const all = alone(town);
  return all.map((one, index) => {
    const next = all[index + 1];
    const stops = next?.writes?.says.what === 'stop';
    const free = one.pays === undefined && one.called === undefined && one.writes === undefined;
    return stops && free ? { ...one, shares: { account: next.id, until: next.writes?.day ?? 0 } } : one;
  });
}

function alone({ accounts, days, limits }: Town): readonly Debtor[] {
  let writers = 0;
  let calls = 0;
  return Array.from({ length: accounts }, (_, index): Debtor => {
    const due = Math.floor((index * days) / accounts);
    const one = { id: `a${index}`, due };
    if (limits !== undefined) return one;
    if (index % 11 === 5) return { ...one, pays: due + 3 };
    if (index % 12 === 3) return { ...one, called: calls++ % 2 === 0 ? 'promised' : 'reached' };
    const what = says[writers % says.length];
    if (index % 6 !== 1 || what === undefined) return one;
    writers++;
    // Who stops does so two days later, on the morning of another stage, and alone.
    return { ...one, writes: { says: what, day: due + (what.what === 'stop' ? 5 : 3) } };
  });
}

/** A message of a debtor, as the provider has it. */
export interface Incoming {
  readonly id: string;
  readonly account: string;
  readonly phone: string;
  readonly at: number;
  readonly text: string;
  readonly payload?: string | undefined;
}

export function incomingOf(day: number, town: Town): readonly Incoming[] {
  return debtors(town).flatMap(({ id, writes }) =>
    writes?.day !== day
      ? []
      : [
          {
            id: `wamid.in.${id}`,
            account: id,
            phone: phoneOf(id),
            at: morning(day),
            text: writes.says.text,
            ...('payload' in writes.says ? { payload: writes.says.payload.replace('*', id) } : {}),
          },
        ],
  );
}

function phoneOf(id: string): string {
  return `+57300${id.slice(1).padStart(7, '0')}`;
}

/** What becomes known on the morning of a day: new accounts, and payments. */
export function factsOf(day: number, town: Town): LedgerFacts {
  const all = debtors(town);
  const fresh = all.filter((one) => one.due === day);
  return {
    accounts: fresh.map(({ id, called, shares }) => ({
      id,
      name: `Company ${id}`,
      ...(called === undefined ? {} : { policy: 'calls' }),
      contacts: [
        {
          role: 'billing',
          name: 'Inés',
          phone: phoneOf(shares?.account ?? id),
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

/** One for each stage that comes before the payment, and before what was written: whose message was answered hears on. */
export function wanted(town: Town): readonly Wanted[] {
  return debtors(town).flatMap(({ id, due, pays, writes, called, shares }) => {
    if (called !== undefined) return [];
    const rests = writes === undefined || writes.says.what === 'question' ? undefined : writes.day;
    const end = pays ?? rests ?? shares?.until ?? Number.MAX_SAFE_INTEGER;
    return stageDays.flatMap((plus, index) =>
      due + plus < end ? [{ account: id, stage: `s${index + 1}`, day: due + plus }] : [],
    );
  });
}
