import fc from 'fast-check';
import { formatDay, parseDay } from '../../src/calendar/index.js';
import type { FileEvent } from '../../src/engine/index.js';
import type { Account, Contact, Invoice } from '../../src/ledger/types.js';
import { aContact, anAccount, anInvoice, told } from './build.js';

/** Everything happens around this day. */
export const firstDay = '2026-03-01';
const start = parseDay(firstDay);

/** The day so many days after the first. */
export function dayAfter(offset: number): string {
  return formatDay(start + offset);
}

/** One time in ten the first. */
export function rarely<A, B>(seldom: A, usual: B): fc.Arbitrary<A | B> {
  return fc.integer({ min: 0, max: 9 }).map((n) => (n === 9 ? seldom : usual));
}

// Clocks that change within the period, half hours, a date line away.
export const aZone = fc.constantFrom(
  'America/Mexico_City',
  'Europe/Madrid',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'America/Santiago',
);

export const channels = ['email', 'whatsapp', 'sms'] as const;

const aContactOf = (id: string): fc.Arbitrary<Contact> =>
  fc
    .record({
      role: fc.constantFrom('billing', 'manager', 'other'),
      email: rarely(undefined, `${id}@robles.example`),
      phone: rarely(undefined, '+525512345678'),
      zone: fc.option(aZone, { nil: undefined }),
      prefers: fc.shuffledSubarray([...channels], { maxLength: 2 }),
      consents: rarely(
        [
          { channel: 'sms', state: 'withdrawn' as const, at: 2 },
          { channel: 'email', state: 'withdrawn' as const, at: 1 },
        ],
        [
          { channel: 'whatsapp', state: 'granted' as const, at: 1 },
          { channel: 'sms', state: 'granted' as const, at: 1 },
        ],
      ),
    })
    .map((own) => aContact({ id, ...own }));

export const anAccountOf: fc.Arbitrary<Account> = fc
  .record({
    contacts: fc.oneof(
      { weight: 4, arbitrary: fc.tuple(aContactOf('ana')) },
      { weight: 4, arbitrary: fc.tuple(aContactOf('ana'), aContactOf('luis')) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
    zone: fc.option(aZone, { nil: undefined }),
    hardship: rarely(true, false),
    policy: rarely(null, undefined),
  })
  .map((own) => anAccount(own));

/** Due within 25 days of the first day; whole or in up to three instalments. */
export const anInvoiceOf = (id: string): fc.Arbitrary<Invoice> =>
  fc
    .record({
      due: fc.integer({ min: -25, max: 25 }).map(dayAfter),
      total: fc.integer({ min: 1, max: 20_000 }),
      currency: fc.constantFrom('MXN', 'MXN', 'MXN', 'USD'),
      status: rarely('void' as const, 'open' as const),
      parts: fc.integer({ min: 1, max: 3 }),
      contact: fc.constantFrom(undefined, 'ana', 'luis'),
      undated: rarely(true, false),
    })
    .map(({ due, total, parts, undated, ...own }) => {
      const issued = formatDay(parseDay(due) - 30);
      if (parts === 1 || total < parts)
        return anInvoice({ id, total, issued, due: undated ? undefined : due, ...own });
      const each = Math.floor(total / parts);
      const instalments = Array.from({ length: parts }, (_, index) => ({
        id: String(index + 1),
        due: formatDay(parseDay(due) + index * 11),
        amount: index === 0 ? total - each * (parts - 1) : each,
      }));
      return anInvoice({ id, total, issued, due: undefined, instalments, ...own });
    });

/** An account with up to three invoices. */
export const aLedger: fc.Arbitrary<readonly FileEvent[]> = fc
  .record({
    account: anAccountOf,
    invoices: fc.tuple(anInvoiceOf('F1'), anInvoiceOf('F2'), anInvoiceOf('F3')),
    count: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ account, invoices, count }) => [
    told.account(account),
    ...invoices.slice(0, count).map(told.invoice),
  ]);
