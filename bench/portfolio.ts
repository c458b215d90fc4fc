import { type AccountFile, type Engine, emptyFile, evolveAll, type FileEvent, settle } from 'recobro/engine';
import { type Currency, now, today } from './work.js';

/**
 * The receivables, made by a seeded generator: an account is the same whichever
 * others are made. Ten open invoices each, due between 45 days ago and 45 days
 * ahead, one in ten paid in part; beside them up to six paid ones, by which the
 * account is known to pay in time or late. Records are those that `sync` keeps:
 * dates as text, amounts in minor units.
 */
export const openPerAccount = 10;

const dayMs = 86_400_000;
const dayOfToday = Date.parse(today) / dayMs;
const invoiceTerm = 30;

/** The file of an account on which nothing was decided yet. */
export function accountFile(index: number): AccountFile {
  const chance = seeded(index);
  const id = `A${String(index).padStart(6, '0')}`;
  const currency: Currency = index % 5 === 0 ? 'USD' : 'MXN';
  const events: FileEvent[] = [accountTold(id, index)];
  for (let nth = 0; nth < openPerAccount; nth++) {
    const due = dayOfToday - 45 + Math.floor(chance() * 91);
    const total = amount(chance(), currency);
    const invoice = `${id}-${nth}`;
    events.push(invoiceTold(invoice, currency, total, due));
    if (chance() < 0.1) {
      const part = Math.floor(total * (0.2 + 0.6 * chance()));
      events.push(paymentTold(`${invoice}-p`, invoice, currency, part, Math.min(due, dayOfToday) - 1));
    }
  }
  const lateness = chance();
  const paid = Math.floor(chance() * 7);
  for (let nth = 0; nth < paid; nth++) {
    const due = dayOfToday - 60 - Math.floor(chance() * 240);
    const total = amount(chance(), currency);
    const invoice = `${id}-h${nth}`;
    const days = chance() < lateness ? 1 + Math.floor(chance() * 30) : -Math.floor(chance() * 10);
    events.push(invoiceTold(invoice, currency, total, due));
    events.push(paymentTold(`${invoice}-p`, invoice, currency, total, due + days));
  }
  return evolveAll(emptyFile(id), events);
}

/** The files of accounts, one at a time. */
export function* accountFiles(accounts: number): Generator<AccountFile> {
  for (let index = 0; index < accounts; index++) yield accountFile(index);
}

/** The same file after a review on the day before, with every message sent: what a daily review meets. */
export function reviewedYesterday(engine: Engine, file: AccountFile): AccountFile {
  return settle(engine, file, now - dayMs).file;
}

function accountTold(id: string, index: number): FileEvent {
  const contact = {
    id: 'billing',
    role: 'billing',
    name: `Contact ${index}`,
    email: `billing@account-${index}.example`,
    prefers: [],
    consents: [],
  };
  const account = {
    id,
    name: `Account ${index}`,
    tags: [],
    attributes: {},
    hardship: false,
    contacts: [contact],
    branches: [],
  };
  return { type: 'account.upserted', account };
}

function invoiceTold(id: string, currency: Currency, total: number, due: number): FileEvent {
  const invoice = {
    id,
    number: id,
    status: 'open' as const,
    currency,
    total,
    issued: dateOf(due - invoiceTerm),
    due: dateOf(due),
    instalments: [],
    writtenOff: 0,
    externalIds: {},
    tags: [],
    attributes: {},
  };
  return { type: 'invoice.upserted', invoice };
}

function paymentTold(id: string, invoice: string, currency: Currency, paid: number, day: number): FileEvent {
  const payment = {
    id,
    currency,
    amount: paid,
    date: dateOf(day),
    bookedAt: day * dayMs,
    state: 'booked' as const,
    allocations: [{ invoice, amount: paid }],
  };
  return { type: 'payment.upserted', payment };
}

/** 50.00 to 50,000.00 in pesos, many small and few large; a seventeenth of that in dollars. */
function amount(chance: number, currency: Currency): number {
  const pesos = Math.round(5_000 * 1_000 ** chance);
  return currency === 'MXN' ? pesos : Math.ceil(pesos / 17);
}

function dateOf(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
