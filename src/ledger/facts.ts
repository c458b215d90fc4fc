import type { MoneyInput } from '../money/index.js';
import type {
  Account,
  Attributes,
  CreditNote,
  Dispute,
  Hold,
  Invoice,
  InvoiceStatus,
  Payment,
  PaymentPromise,
} from './types.js';

/**
 * What a host hands to `sync`: the records of `types.ts` in a form that is easy
 * to write. Amounts are decimal text or whole minor units, never fractions:
 * `{ amount: '1250.00', currency: 'MXN' }` or `{ minor: 125000, currency: 'MXN' }`.
 * Parts of a record (instalments, allocations) are in its currency and leave it
 * out. Dates are `YYYY-MM-DD`. A record replaces the one known under its id.
 */

/** Part of an amount whose currency is known: `'1250.00'` or `{ minor: 125000 }`. */
export type AmountInput = string | { readonly minor: number };

/** ISO 8601 with an offset (`2026-03-03T10:00:00-06:00`), or milliseconds since 1970-01-01T00:00:00Z. */
export type InstantInput = string | number;

/** Permission to contact somebody on a channel, or its withdrawal. */
export interface ConsentInput {
  readonly state: 'granted' | 'withdrawn';
  /** When it was given or withdrawn. */
  readonly at: InstantInput;
  /** Where the proof is: a form's id, a message's id, a contract clause. */
  readonly proof?: string | undefined;
}

/** A person or address of an account. */
export interface ContactInput {
  /** Default: the role. */
  readonly id?: string | undefined;
  /** Default `billing`. */
  readonly role?: string | undefined;
  /** Default: the account's name. */
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  /** E.164, such as `+525512345678`; serves WhatsApp and SMS. */
  readonly phone?: string | undefined;
  /** E.164, where WhatsApp answers on another number than `phone`. */
  readonly whatsapp?: string | undefined;
  /** BCP 47, such as `es-MX`. Default: the account's. */
  readonly language?: string | undefined;
  /** IANA zone of the person, for contact windows. */
  readonly zone?: string | undefined;
  /** Channels in the order this person prefers. */
  readonly prefers?: readonly string[] | undefined;
  /**
   * By channel. `'granted'` alone is permission of unknown date: it never
   * outweighs a withdrawal, whenever that came. A withdrawal needs its moment.
   *
   * @example { whatsapp: 'granted', sms: { state: 'withdrawn', at: '2026-03-03T10:00:00-06:00' } }
   */
  readonly consent?: Readonly<Record<string, 'granted' | ConsentInput>> | undefined;
}

/** Who owes. */
export interface AccountInput {
  /** Yours: 1 to 128 characters. */
  readonly id: string;
  readonly name: string;
  /** Older never overwrites newer; equal with other content is an error. */
  readonly version?: number | undefined;
  /** IANA zone of its books. Default: the plan's. */
  readonly zone?: string | undefined;
  /** BCP 47. Default: the plan's. */
  readonly language?: string | undefined;
  /** ISO 3166 alpha-2. */
  readonly country?: string | undefined;
  /** A policy of its own; `null` means: do not dun. */
  readonly policy?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Your own fields, usable in conditions as `account.attributes.x`. At most 100. */
  readonly attributes?: Attributes | undefined;
  /** Who looks after the account at the company that is owed. */
  readonly owner?: string | undefined;
  /** Difficulties known: no escalation beyond friendly stages. Default `false`. */
  readonly hardship?: boolean | undefined;
  readonly contacts?: readonly ContactInput[] | undefined;
}

/** Part of an invoice with a due date of its own. */
export interface InstalmentInput {
  /** Default: its place in the list, from 1. */
  readonly id?: string | undefined;
  readonly due: string;
  /** In the invoice's currency. */
  readonly amount: AmountInput;
}

/** A balance told by the host: it replaces everything booked up to `asOf`. */
export type BalanceInput = MoneyInput & { readonly asOf: InstantInput };

/** A receivable. */
export interface InvoiceInput {
  /** Yours: 1 to 128 characters, without `~`, `#`, `@` and `!`. */
  readonly id: string;
  /** Id of the account that owes it. */
  readonly account: string;
  readonly version?: number | undefined;
  /** The number printed on it. Default: the id. */
  readonly number?: string | undefined;
  /** Default `open`. Only open invoices are chased. */
  readonly status?: InvoiceStatus | undefined;
  readonly total: MoneyInput;
  readonly issued: string;
  /** Leave out where it is not known, or where instalments have their own. */
  readonly due?: string | undefined;
  /** Sum to the total to the minor unit. */
  readonly instalments?: readonly InstalmentInput[] | undefined;
  /** In the currency of the total. */
  readonly balance?: BalanceInput | undefined;
  /** Amount written off so far, in the invoice's currency. Default nothing. */
  readonly writtenOff?: AmountInput | undefined;
  /** Fiscal id such as a CFDI UUID or an IRN. */
  readonly fiscalId?: string | undefined;
  /** Ids in your other systems. */
  readonly externalIds?: Readonly<Record<string, string>> | undefined;
  /** A web address. */
  readonly paymentUrl?: string | undefined;
  /** Where the document is, as your document port understands it. */
  readonly document?: string | undefined;
  /** Id of the contact that this invoice goes to. */
  readonly contact?: string | undefined;
  /** A policy of its own; `null` means: do not dun. */
  readonly policy?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Your own fields, usable in conditions as `item.attributes.x`. At most 100. */
  readonly attributes?: Attributes | undefined;
}

/** Money put to an invoice or instalment. */
export interface AllocationInput {
  readonly invoice: string;
  readonly instalment?: string | undefined;
  /** In the payment's currency. */
  readonly amount: AmountInput;
}

/** Where money goes: all of it to one `invoice`, or parts of it by `allocations`, or nowhere yet. */
interface AllocatedInput {
  /** Short for one allocation of the whole amount. */
  readonly invoice?: string | undefined;
  /** With `invoice`: which instalment. */
  readonly instalment?: string | undefined;
  /** Sum to the amount at most; the rest is unapplied. */
  readonly allocations?: readonly AllocationInput[] | undefined;
}

/** Money received. */
export interface PaymentInput extends AllocatedInput {
  readonly id: string;
  readonly account: string;
  readonly version?: number | undefined;
  /** More than nothing. */
  readonly amount: MoneyInput;
  readonly date: string;
  /** When you booked it, to be told apart from a pushed balance. Default: when recobro first hears of it. */
  readonly bookedAt?: InstantInput | undefined;
  /** Default `booked`. */
  readonly state?: Payment['state'] | undefined;
}

/** A credit note. Only finalised ones count. */
export interface CreditNoteInput extends AllocatedInput {
  readonly id: string;
  readonly account: string;
  readonly version?: number | undefined;
  /** Default: the id. */
  readonly number?: string | undefined;
  /** More than nothing. */
  readonly amount: MoneyInput;
  readonly date: string;
  /** Default: when recobro first hears of it. */
  readonly bookedAt?: InstantInput | undefined;
  /** Default `finalised`. */
  readonly state?: CreditNote['state'] | undefined;
}

/** Keeps an account, an invoice or an instalment out of dunning. */
export interface HoldInput {
  readonly id: string;
  readonly account: string;
  readonly version?: number | undefined;
  /** Default: the whole account. */
  readonly invoice?: string | undefined;
  readonly instalment?: string | undefined;
  /** Reason code of your own list. */
  readonly reason: string;
  readonly author: string;
  /** First blocked day. Default: the day on which recobro first hears of it. */
  readonly from?: string | undefined;
  /** Last blocked day, inclusive. Default: until released. */
  readonly until?: string | undefined;
  /** Default `false`. */
  readonly released?: boolean | undefined;
}

/** A contested amount. */
export interface DisputeInput {
  readonly id: string;
  readonly account: string;
  readonly version?: number | undefined;
  readonly invoice: string;
  readonly instalment?: string | undefined;
  /** In the invoice's currency. Default: all of what is open. */
  readonly amount?: MoneyInput | undefined;
  readonly reason: string;
  readonly author: string;
  /** Default: the day on which recobro first hears of it. */
  readonly opened?: string | undefined;
  /** Default `open`. */
  readonly state?: Dispute['state'] | undefined;
}

/** A promise to pay. */
export interface PromiseInput {
  readonly id: string;
  readonly account: string;
  readonly version?: number | undefined;
  readonly invoice: string;
  readonly instalment?: string | undefined;
  /** In the invoice's currency. Default: all of what is open. */
  readonly amount?: MoneyInput | undefined;
  /** The day by which it is to be paid. */
  readonly date: string;
  /** Days after `date` during which it still counts. Default 0. */
  readonly graceDays?: number | undefined;
  /** Default: the day on which recobro first hears of it. */
  readonly made?: string | undefined;
  /** Who said so: `debtor`, `agent`, `portal`, … */
  readonly source: string;
  /** Default `active`. */
  readonly state?: PaymentPromise['state'] | undefined;
}

/**
 * Facts for `sync`, in any order; records of many accounts together.
 *
 * @example
 * await dunning.sync({
 *   accounts: [{ id: 'robles', name: 'Comercial Robles', contacts: [{ email: 'pagos@robles.example' }] }],
 *   invoices: [
 *     { id: 'F-1023', account: 'robles', total: { amount: '1250.00', currency: 'MXN' }, issued: '2026-02-01', due: '2026-03-03' },
 *   ],
 *   payments: [{ id: 'P-1', account: 'robles', invoice: 'F-1023', amount: { amount: '250.00', currency: 'MXN' }, date: '2026-03-01' }],
 * });
 */
export interface LedgerFacts {
  readonly accounts?: readonly AccountInput[] | undefined;
  readonly invoices?: readonly InvoiceInput[] | undefined;
  readonly payments?: readonly PaymentInput[] | undefined;
  readonly credits?: readonly CreditNoteInput[] | undefined;
  readonly holds?: readonly HoldInput[] | undefined;
  readonly disputes?: readonly DisputeInput[] | undefined;
  readonly promises?: readonly PromiseInput[] | undefined;
}

/** The facts of one account in their normal forms, in the order of the input. */
export interface AccountFacts {
  readonly account?: Account | undefined;
  readonly invoices: readonly Invoice[];
  readonly payments: readonly Payment[];
  readonly credits: readonly CreditNote[];
  readonly holds: readonly Hold[];
  readonly disputes: readonly Dispute[];
  readonly promises: readonly PaymentPromise[];
  /**
   * Members that the host left out and that were filled from the clock, by
   * record. They say when recobro first heard of it: see {@link settled}.
   */
  readonly assumed: ReadonlyMap<object, readonly string[]>;
}

/** Facts in their normal forms, by account id. */
export type NormalFacts = ReadonlyMap<string, AccountFacts>;

/**
 * The record as it is to be compared with the known one and stored: members
 * that were filled from the clock keep their known values, so that telling the
 * same fact twice changes nothing.
 */
export function settled<T extends object>(facts: AccountFacts, record: T, known: T | undefined): T {
  const members = facts.assumed.get(record);
  if (members === undefined || known === undefined) return record;
  const kept = Object.entries(known).filter(([member]) => members.includes(member));
  return Object.assign({ ...record }, Object.fromEntries(kept));
}
