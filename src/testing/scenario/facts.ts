import { formatDay, isDay, parseDay } from '../../calendar/index.js';
import type { FactKeys, Loose } from '../../schema/index.js';
import { show } from './match.js';
import { instantOf, type Moments } from './moments.js';
import { impossible, isLoose, listOf, textOf } from './plain.js';

/** Kinds of records, in the order in which they lean on each other. */
export const factKinds = [
  'accounts',
  'invoices',
  'payments',
  'refunds',
  'credits',
  'holds',
  'disputes',
  'promises',
  'unbooked',
  'replies',
  'plans',
  'sources',
] as const;
export type FactKind = (typeof factKinds)[number];

export function isFactKind(key: string): key is FactKind {
  return factKinds.some((kind) => kind === key);
}

const prefixes: Readonly<Record<FactKind, string>> = {
  accounts: 'A',
  invoices: 'F',
  payments: 'P',
  refunds: 'R',
  credits: 'C',
  holds: 'H',
  disputes: 'D',
  promises: 'PR',
  unbooked: 'U',
  replies: 'RE',
  plans: 'PP',
  sources: 'S',
};

export interface FillOptions {
  readonly moments: Moments;
  readonly currency: string | undefined;
  readonly now: number;
  readonly today: string;
  readonly author: string;
  /** Decimal text of what is outstanding on items, and its currency. */
  owed(
    account: string,
    items: readonly string[],
  ): Promise<{ readonly amount: string; readonly currency: string } | undefined>;
}

/** With the place of the record, for what only the scenario is to blame for. */
interface Filling extends FillOptions {
  readonly path: string;
}

/** Remembers the records that a scenario told, and fills in what it leaves out. */
export class Book {
  readonly #told = new Map<FactKind, Map<string, Loose>>(factKinds.map((kind) => [kind, new Map()]));
  readonly #counts = new Map<FactKind, number>();

  /** The record as it was told last. */
  known(kind: FactKind, id: string): Loose | undefined {
    return this.#told.get(kind)?.get(id);
  }

  ids(kind: FactKind): readonly string[] {
    return [...(this.#told.get(kind)?.keys() ?? [])];
  }

  /** The account that an item belongs to: of an invoice, one of its instalments, or one of a payment plan. */
  accountOf(item: string): string | undefined {
    const [first = '', second = ''] = item.split('~');
    const plan = first === '' ? second.replace(/^plan:/, '') : undefined;
    const record = plan === undefined ? this.known('invoices', first) : this.known('plans', plan);
    return textOf(record?.account) ?? (plan === undefined ? this.only() : undefined);
  }

  /** The account where there is only one. */
  only(): string | undefined {
    const ids = this.ids('accounts');
    return ids.length === 1 ? ids[0] : undefined;
  }

  /** Whose account is meant where none is named. */
  account(named: unknown, items: readonly string[], path: string): string {
    if (typeof named === 'string') return named;
    const [first] = items;
    const found = first === undefined ? this.only() : this.accountOf(first);
    if (found !== undefined) return found;
    throw impossible(path, 'several accounts there are; say which one with `account`');
  }

  /** The facts of a step, complete. What is told for certain is remembered; see {@link remember}. */
  async fill(keys: FactKeys, path: string, options: FillOptions): Promise<Readonly<Record<string, Loose[]>>> {
    const facts: Record<string, Loose[]> = {};
    for (const kind of factKinds) {
      const told = keys[kind];
      if (told === undefined) continue;
      const made: Loose[] = [];
      for (const [index, record] of listOf(told).entries()) {
        const at = Array.isArray(told) ? `${path}.${kind}[${index}]` : `${path}.${kind}`;
        const filled = await this.#filled(kind, withLists(kind, record), { ...options, path: at });
        made.push(filled);
        this.#told.get(kind)?.set(String(filled.id), filled);
      }
      facts[kind] = made;
      if (kind === 'invoices') this.#implied(facts, { ...options, path });
    }
    return facts;
  }

  /** Members that change of records that were told before. `null` takes a member out, unless the record takes null there. */
  change(keys: FactKeys, path: string): FactKeys {
    const facts: Record<string, Loose[]> = {};
    for (const kind of factKinds) {
      const told = keys[kind];
      if (told === undefined) continue;
      facts[kind] = listOf(told).map((record) => {
        const before = this.known(kind, String(record.id));
        if (before === undefined)
          throw impossible(`${path}.${kind}`, `nothing was told of ${JSON.stringify(record.id)} before`);
        const merged = { ...before, ...withLists(kind, record) };
        return Object.fromEntries(
          Object.entries(merged).filter(([key, value]) => value !== null || key === 'policy'),
        );
      });
    }
    return facts;
  }

  /** Accounts that invoices name and nobody told of. */
  #implied(facts: Record<string, Loose[]>, options: Filling): void {
    for (const invoice of facts.invoices ?? []) {
      const id = textOf(invoice.account);
      if (id === undefined || this.known('accounts', id) !== undefined) continue;
      const account = accountOf({ id }, options);
      this.#told.get('accounts')?.set(id, account);
      const accounts = facts.accounts ?? [];
      accounts.push(account);
      facts.accounts = accounts;
    }
  }

  #nextId(kind: FactKind): string {
    const taken = this.#told.get(kind);
    for (;;) {
      const number = (this.#counts.get(kind) ?? 0) + 1;
      this.#counts.set(kind, number);
      const id = `${prefixes[kind]}-${number}`;
      if (taken?.has(id) !== true) return id;
    }
  }

  async #filled(kind: FactKind, told: Loose, options: Filling): Promise<Loose> {
    if (!isLoose(told)) return told;
    const id = told.id ?? this.#nextId(kind);
    if (kind === 'accounts') return accountOf({ ...told, id }, options);
    const named = itemsNamed(told);
    const account =
      told.account ??
      (kind === 'invoices'
        ? (this.only() ?? (this.ids('accounts').length === 0 ? 'customer' : undefined))
        : this.account(undefined, named, options.path));
    const record = moneyOf({ ...told, id, ...(account === undefined ? {} : { account }) }, options);
    const { today, author } = options;
    switch (kind) {
      case 'invoices':
        return invoiceOf(record, today);
      case 'payments':
      case 'credits':
        return { date: today, ...record, ...(await this.#amount(record, named, 'amount', options)) };
      case 'refunds': {
        const paid = this.known('payments', String(record.payment));
        return { date: today, ...record, amount: record.amount ?? paid?.amount };
      }
      case 'holds':
      case 'disputes':
        return { reason: kind === 'holds' ? 'hold' : 'dispute', author, ...record };
      case 'promises':
      case 'unbooked':
        return { source: 'debtor', ...record };
      case 'plans':
        return { author, ...record, ...(await this.#amount(record, named, 'total', options)) };
      case 'sources':
        return { ...record, at: record.at ?? options.now };
      default:
        return record;
    }
  }

  async #amount(
    record: Loose,
    items: readonly string[],
    member: 'amount' | 'total',
    options: FillOptions,
  ): Promise<Loose> {
    if (record[member] !== undefined || items.length === 0) return {};
    const owed = await options.owed(String(record.account), items);
    return owed === undefined ? {} : { [member]: owed };
  }
}

function itemsNamed(record: Loose): readonly string[] {
  const { invoice, instalment, invoices } = record;
  if (typeof invoice === 'string')
    return [typeof instalment === 'string' ? `${invoice}~${instalment}` : invoice];
  return Array.isArray(invoices) ? invoices.filter((one) => typeof one === 'string') : [];
}

/** With a name and, unless contacts are told, somebody who reads e-mail. */
function accountOf(record: Loose, options: Filling): Loose {
  const id = String(record.id);
  const host = id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const contacts =
    record.contacts === undefined
      ? [
          {
            role: 'billing',
            name: `Billing of ${id}`,
            email: `billing@${host === '' ? 'customer' : host}.example`,
          },
        ]
      : record.contacts;
  return moneyOf({ name: id, ...record, contacts }, options);
}

function invoiceOf(record: Loose, today: string): Loose {
  if (record.issued !== undefined) return record;
  const due = textOf(record.due) ?? today;
  const early = isDay(due) ? formatDay(parseDay(due) - 30) : today;
  return { ...record, issued: early < today ? early : today };
}

const moneyMembers = new Set(['total', 'amount']);
const partMembers = new Set(['limit', 'insured', 'writtenOff', 'refunded']);
const instantMembers = new Set(['at', 'bookedAt', 'asOf']);
/** Amounts and instants in short, written out: `'100.00'`, `100`, `'100.00 EUR'`; `2026-03-03`. */
function moneyOf(record: Loose, options: Filling): Loose {
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => [key, expanded(key, value, options)]),
  );
}

function expanded(key: string, value: unknown, options: Filling): unknown {
  if (moneyMembers.has(key)) return money(value, `${options.path}.${key}`, options);
  if (partMembers.has(key)) return part(value);
  if (key === 'balance' && value !== null) {
    const { asOf, ...rest } = isLoose(value) ? value : {};
    const moment = textOf(asOf);
    const sum =
      isLoose(value) && !('amount' in rest)
        ? rest
        : money(isLoose(value) ? rest : value, `${options.path}.balance`, options);
    return {
      ...(isLoose(sum) ? sum : {}),
      asOf: moment === undefined ? (asOf ?? options.now) : instantOf(moment, options.moments, options.now),
    };
  }
  if (instantMembers.has(key) && typeof value === 'string' && key !== 'asOf')
    return instantOf(value, options.moments, options.now);
  if (key === 'contacts' && Array.isArray(value))
    return value.map((one: unknown) => (isLoose(one) ? contactOf(one, options) : one));
  if (key === 'branches' && Array.isArray(value))
    return value.map((one: unknown) =>
      isLoose(one) ? moneyOf({ name: one.id, ...withLists('accounts', one) }, options) : one,
    );
  if (key === 'credit' && isLoose(value)) {
    const { buckets, ...rest } = moneyOf(value, options) as Record<string, unknown>;
    const parts = isLoose(buckets)
      ? { buckets: Object.fromEntries(Object.entries(buckets).map(([name, one]) => [name, part(one)])) }
      : {};
    return { currency: options.currency, ...rest, ...parts };
  }
  if ((key === 'instalments' || key === 'allocations' || key === 'charges') && Array.isArray(value))
    return value.map((one: unknown) => (isLoose(one) ? { ...one, amount: part(one.amount) } : one));
  return value;
}

/** Consents with local moments; one that is withdrawn without saying when is so from now on. */
function contactOf(contact: Loose, options: Filling): Loose {
  const { consent } = contact;
  if (!isLoose(consent)) return contact;
  const at = (one: unknown): unknown => {
    if (one === 'withdrawn') return { state: one, at: options.now };
    return isLoose(one) && typeof one.at === 'string'
      ? { ...one, at: instantOf(one.at, options.moments, options.now) }
      : one;
  };
  return {
    ...contact,
    consent: Object.fromEntries(
      Object.entries(consent).map(([channel, one]) => [channel, Array.isArray(one) ? one.map(at) : at(one)]),
    ),
  };
}

/** What is not understood stays, for the library to refuse. */
function money(value: unknown, path: string, { currency }: FillOptions): unknown {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text === 'string') {
    const [amount = '', code = currency, ...rest] = text.split(' ');
    if (rest.length > 0) return value;
    if (code === undefined)
      throw impossible(
        path,
        `${show(value)} needs a currency: write '${amount} EUR', or say \`currency\` in given`,
      );
    return { amount, currency: code };
  }
  if (!isLoose(value)) return value;
  const { amount, ...others } = value;
  const sum =
    typeof amount === 'number' ? { amount: String(amount) } : amount === undefined ? {} : { amount };
  return { ...(currency === undefined ? {} : { currency }), ...others, ...sum };
}

function part(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}

/** Members of records that are lists; a single one does as well. */
const lists: Readonly<Partial<Record<FactKind, readonly string[]>>> = {
  accounts: ['contacts', 'branches', 'tags'],
  invoices: ['instalments', 'charges', 'tags'],
  disputes: ['invoices'],
  promises: ['invoices'],
  plans: ['invoices', 'dues', 'instalments'],
};

function withLists(kind: FactKind, record: Loose): Loose {
  const made: Record<string, unknown> = { ...record };
  for (const key of lists[kind] ?? []) {
    const value = made[key];
    if (typeof value === 'string' || isLoose(value)) made[key] = [value];
  }
  return made;
}
