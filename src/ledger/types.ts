/**
 * What recobro knows of the host's receivables: who owes what, since when, and
 * what must not be chased. Amounts are integers of minor units of the record's
 * currency, dates are calendar dates (`YYYY-MM-DD`), instants are milliseconds
 * since 1970-01-01T00:00:00Z.
 *
 * These are the *normal forms* held in an account file. What a host hands to
 * `sync` is described in `facts.ts`.
 */

/** The host's own fields, usable in conditions as `account.attributes.x`. */
export type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** Permission to contact somebody on a channel, or its withdrawal. The latest record of a channel counts. */
export interface Consent {
  readonly channel: string;
  readonly state: 'granted' | 'withdrawn';
  /** When it was given or withdrawn. */
  readonly at: number;
  /** Where the proof is: a form's id, a message's id, a contract clause. */
  readonly proof?: string | undefined;
}

/** An address that turned out not to work, so that it is not tried again. */
export interface UnusableAddress {
  readonly channel: string;
  readonly address: string;
  readonly reason: string;
  readonly at: number;
}

/** A person or address of an account. */
export interface Contact {
  readonly id: string;
  /** `billing`, `manager`, `legal`, … Stages address roles. */
  readonly role: string;
  readonly name: string;
  readonly email?: string | undefined;
  /** E.164, such as `+525512345678`; serves WhatsApp and SMS. */
  readonly phone?: string | undefined;
  /** E.164, where WhatsApp answers on another number than `phone`. */
  readonly whatsapp?: string | undefined;
  /** BCP 47, such as `es-MX`. */
  readonly language?: string | undefined;
  /** IANA zone of the person, for contact windows. */
  readonly zone?: string | undefined;
  /** Channels in the order this person prefers; others follow in the stage's order. */
  readonly prefers: readonly string[];
  readonly consents: readonly Consent[];
}

/** Who owes. */
export interface Account {
  readonly id: string;
  readonly name: string;
  /** Older never overwrites newer; equal with other content is an error. */
  readonly version?: number | undefined;
  /** IANA zone of its books; else the plan's. */
  readonly zone?: string | undefined;
  /** BCP 47; else the plan's. */
  readonly language?: string | undefined;
  /** ISO 3166 alpha-2. */
  readonly country?: string | undefined;
  /** A policy of its own; `null` means: do not dun. */
  readonly policy?: string | null | undefined;
  readonly tags: readonly string[];
  readonly attributes: Attributes;
  /** Who looks after the account at the company that is owed. */
  readonly owner?: string | undefined;
  /** Difficulties known: no escalation beyond friendly stages. */
  readonly hardship: boolean;
  readonly contacts: readonly Contact[];
}

/** Part of an invoice with a due date of its own. */
export interface Instalment {
  readonly id: string;
  readonly due: string;
  readonly amount: number;
}

/** Only `open` invoices are chased. */
export type InvoiceStatus = 'draft' | 'open' | 'void' | 'written-off';

/** A balance told by the host: it replaces everything booked up to `asOf`. */
export interface Balance {
  readonly amount: number;
  readonly asOf: number;
}

/** A receivable. */
export interface Invoice {
  readonly id: string;
  readonly version?: number | undefined;
  /** The number printed on it; the debtor knows the invoice by this. */
  readonly number: string;
  readonly status: InvoiceStatus;
  readonly currency: string;
  readonly total: number;
  readonly issued: string;
  /** Absent when every amount is due by instalment, or when it is not known. */
  readonly due?: string | undefined;
  /** Sum to `total` to the minor unit; each is dunned on its own due date. */
  readonly instalments: readonly Instalment[];
  readonly balance?: Balance | undefined;
  /** Amount written off so far. */
  readonly writtenOff: number;
  /** Fiscal id such as a CFDI UUID or an IRN. */
  readonly fiscalId?: string | undefined;
  /** Ids in the host's other systems. */
  readonly externalIds: Readonly<Record<string, string>>;
  readonly paymentUrl?: string | undefined;
  /** Where the document is, as the host's document port understands it. */
  readonly document?: string | undefined;
  /** The contact that this invoice goes to. */
  readonly contact?: string | undefined;
  /** A policy of its own; `null` means: do not dun. */
  readonly policy?: string | null | undefined;
  readonly tags: readonly string[];
  readonly attributes: Attributes;
}

/** Money put to an invoice or instalment. */
export interface Allocation {
  readonly invoice: string;
  readonly instalment?: string | undefined;
  readonly amount: number;
}

/** Money received. What is not allocated lowers `dunnable`, oldest item first, but settles nothing. */
export interface Payment {
  readonly id: string;
  readonly version?: number | undefined;
  readonly currency: string;
  readonly amount: number;
  readonly date: string;
  /** When the host booked it, to be told apart from a pushed balance. */
  readonly bookedAt: number;
  readonly state: 'booked' | 'reversed';
  readonly allocations: readonly Allocation[];
}

/** A credit note. Only finalised ones count. */
export interface CreditNote {
  readonly id: string;
  readonly version?: number | undefined;
  readonly number: string;
  readonly currency: string;
  readonly amount: number;
  readonly date: string;
  readonly bookedAt: number;
  readonly state: 'draft' | 'finalised' | 'cancelled';
  readonly allocations: readonly Allocation[];
}

/** Keeps an account, an invoice or an instalment out of dunning. Never changes whether it is overdue. */
export interface Hold {
  readonly id: string;
  readonly version?: number | undefined;
  /** Absent: the whole account. */
  readonly invoice?: string | undefined;
  readonly instalment?: string | undefined;
  /** Reason code of the host's own list. */
  readonly reason: string;
  readonly author: string;
  /** First blocked day. */
  readonly from: string;
  /** Last blocked day, inclusive. Absent: until released. */
  readonly until?: string | undefined;
  readonly released: boolean;
}

/** A contested amount: it leaves dunning, the rest is chased. */
export interface Dispute {
  readonly id: string;
  readonly version?: number | undefined;
  readonly invoice: string;
  readonly instalment?: string | undefined;
  /** Absent: all of what is open. */
  readonly amount?: number | undefined;
  /** Of the amount; that of the invoice, or the amount is not understood and all of it is meant. */
  readonly currency?: string | undefined;
  readonly reason: string;
  readonly author: string;
  readonly opened: string;
  /** `accepted` leaves as a credit of the host's; `rejected` is chased again from the original dates. */
  readonly state: 'open' | 'accepted' | 'rejected';
}

/** A promise to pay: pauses the promised amount until the end of its last local day plus grace. */
export interface PaymentPromise {
  readonly id: string;
  readonly version?: number | undefined;
  readonly invoice: string;
  readonly instalment?: string | undefined;
  /** Absent: all of what is open. */
  readonly amount?: number | undefined;
  /** Of the amount; that of the invoice, or the amount is not understood and all of it is meant. */
  readonly currency?: string | undefined;
  /** The day by which it is to be paid. */
  readonly date: string;
  /** Days after `date` during which it still counts. */
  readonly graceDays: number;
  readonly made: string;
  /** Who said so: `debtor`, `agent`, `portal`, … */
  readonly source: string;
  readonly state: 'active' | 'cancelled';
}
