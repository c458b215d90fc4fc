import { formatDay, parseDay } from '../../../calendar/index.js';
import { RecobroError } from '../../../errors.js';
import type { AccountInput, AllocationInput, InvoiceInput, PaymentInput } from '../../../ledger/facts.js';
import { toMinor } from '../../../money/index.js';
import { type Customer, customers } from './customers.js';
import { invoiceTable } from './invoice-table.js';
import { paymentTable } from './payment-table.js';

const byId = new Map(customers.map((customer) => [customer.id, customer]));

/** @throws RecobroError `unknown_id` */
export function customerOf(id: string): Customer {
  const customer = byId.get(id);
  if (customer === undefined) throw new RecobroError('unknown_id', `the demo has no customer ${id}`);
  return customer;
}

const capitals = {
  CO: 'America/Bogota',
  MX: 'America/Mexico_City',
  ES: 'Europe/Madrid',
  CL: 'America/Santiago',
  IN: 'Asia/Kolkata',
  BR: 'America/Sao_Paulo',
} as const;
const languages = { CO: 'es-CO', MX: 'es-MX', ES: 'es-ES', CL: 'es-CL', IN: 'en-IN', BR: 'pt-BR' } as const;
/** Who looks after the customers of a country. */
const owners = {
  CO: 'Lucía Barragán',
  MX: 'Tomás Echavarri',
  CL: 'Tomás Echavarri',
  ES: 'Inés Carvajalino',
  IN: 'Inés Carvajalino',
  BR: 'Inés Carvajalino',
} as const;

export function zoneOf(customer: Customer): string {
  return customer.zone ?? capitals[customer.country];
}

export function ownerOf(customer: Customer): string {
  return owners[customer.country];
}

/** The name without its legal form. */
export function shortName(customer: Customer): string {
  return customer.name.replace(
    /,? (S\.A\.S\.|S\.A\. de C\.V\.|S\.A\.|S\.L\.|S\.Coop\.|SpA|Ltda\.|Pvt\. Ltd\.|LLP)$/,
    '',
  );
}

/** The customer as it is told to recobro; `changed` overrides what is known of its contact. */
export function accountInput(
  customer: Customer,
  changed: Partial<NonNullable<AccountInput['contacts']>[number]> = {},
): AccountInput {
  const { id, name, country, tags, policy, hardship, person, email, phone, prefers } = customer;
  const consent = Object.fromEntries(
    (customer.consents ?? []).map((channel) => [
      channel,
      { state: 'granted', at: '2025-09-01T12:00:00-05:00', proof: `supply agreement, ${id}` } as const,
    ]),
  );
  return {
    id,
    name,
    country,
    zone: zoneOf(customer),
    language: languages[country],
    owner: ownerOf(customer),
    tags,
    hardship,
    ...(policy === undefined ? {} : { policy }),
    attributes: { city: customer.city, terms: customer.terms },
    contacts: [{ name: person, email, phone, prefers, consent, ...changed }],
  };
}

/** An invoice with its day. */
export interface InvoiceRow {
  readonly customer: Customer;
  readonly input: InvoiceInput;
}

/** Companies at home and next door pay through the invented payment page; others by transfer. */
const payOnline: ReadonlySet<string> = new Set(['COP', 'MXN', 'CLP']);

export const invoices: readonly InvoiceRow[] = linesOf(invoiceTable).map((fields) => {
  const [number = '', account = '', amount = '', currency = '', issued = '', ...rest] = fields;
  const customer = customerOf(account);
  const dates = rest.filter((field) => field !== 'draft');
  const input: InvoiceInput = {
    id: number,
    account,
    total: { amount, currency },
    issued,
    ...(rest.includes('draft') ? { status: 'draft' } : {}),
    ...(dates.length === 0
      ? { due: formatDay(parseDay(issued) + customer.terms) }
      : { instalments: dates.map((due) => ({ due, amount: shareOf(amount, dates.length) })) }),
    ...(payOnline.has(currency) ? { paymentUrl: `https://pagos.ondaluz.example/${number}` } : {}),
  };
  return { customer, input };
});

/** A payment and when the bank shows it. */
export interface PaymentRow {
  readonly customer: Customer;
  readonly half: 'am' | 'pm';
  readonly input: PaymentInput;
}

export const payments: readonly PaymentRow[] = linesOf(paymentTable).map((fields) => {
  const [date = '', half = '', account = '', currency = '', ...parts] = fields;
  const allocations = parts.map((part): AllocationInput => {
    const [target = '', amount = ''] = part.split('=');
    const [invoice = '', instalment] = target.split('/');
    return { invoice, amount, ...(instalment === undefined ? {} : { instalment }) };
  });
  const input: PaymentInput = {
    id: `P-${date}-${allocations[0]?.invoice ?? account}`,
    account,
    amount: { amount: sumOf(allocations.map((one) => String(one.amount))), currency },
    date,
    allocations,
  };
  return { customer: customerOf(account), half: half === 'pm' ? 'pm' : 'am', input };
});

/** The invoice as it was issued, with another status. */
export function invoiceWith(id: string, status: 'void' | 'written-off'): InvoiceInput {
  const found = invoices.find(({ input }) => input.id === id);
  if (found === undefined) throw new RecobroError('unknown_id', `the demo has no invoice ${id}`);
  return { ...found.input, status };
}

/** The day on which payments have come to all of an invoice. */
export function paidOn(invoice: string): string | undefined {
  const found = invoices.find(({ input }) => input.id === invoice);
  if (found === undefined) return undefined;
  const { minor: total, currency } = toMinor(found.input.total);
  let paid = 0;
  for (const { input } of payments) {
    for (const part of input.allocations ?? [])
      if (part.invoice === invoice) paid += toMinor({ amount: String(part.amount), currency }).minor;
    if (paid >= total) return input.date;
  }
  return undefined;
}

function linesOf(table: string): string[][] {
  return table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/ +/));
}

/** The tables have two decimals or none, so hundredths are exact for all of them. */
function hundredths(amount: string): number {
  const [whole = '', fraction = ''] = amount.split('.');
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}

function textOf(value: number): string {
  const fraction = value % 100;
  const whole = String((value - fraction) / 100);
  return fraction === 0 ? whole : `${whole}.${String(fraction).padStart(2, '0')}`;
}

function sumOf(amounts: readonly string[]): string {
  return textOf(amounts.reduce((sum, amount) => sum + hundredths(amount), 0));
}

function shareOf(amount: string, parts: number): string {
  return textOf(hundredths(amount) / parts);
}
