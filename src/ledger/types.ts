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
  /** Only for chasing (`dunning`) or for thanks and the like (`service`). Absent: for both. */
  readonly purpose?: 'dunning' | 'service' | undefined;
  /** When it was given or withdrawn. */
  readonly at: number;
  /** Where the proof is: a form's id, a message's id, a contract clause. */
  readonly proof?: string | undefined;
}

/**
 * Why a text is no phone number that could be called: no digits of one; no country, neither in it nor of the account; a
 * calling code that no country has; too few, too many, or another number of digits than the country's.
 */
export type PhoneFault =
  | 'not_a_number'
  | 'no_country'
  | 'unknown_country'
  | 'too_short'
  | 'too_long'
  | 'invalid_length';

/** What is wrong with an address that the host gave: it is kept as it was written, and never written to. */
export interface AddressFault {
  readonly field: 'phone' | 'whatsapp' | 'email' | 'postal';
  /** `not_an_address` of an e-mail or postal address; of numbers the others. */
  readonly fault: PhoneFault | 'not_an_address';
}

/** A person or address of an account. */
export interface Contact {
  readonly id: string;
  /** `billing`, `manager`, `legal`, … Stages address roles. */
  readonly role: string;
  readonly name: string;
  /** One address, or what the host wrote where that is none. */
  readonly email?: string | undefined;
  /** E.164, such as `+525512345678`, or what the host wrote where that is none; serves WhatsApp and SMS. */
  readonly phone?: string | undefined;
  /** E.164, where WhatsApp answers on another number than `phone`. */
  readonly whatsapp?: string | undefined;
  /** Postal address as it stands on an envelope: 2 to 10 lines, without the name; or what the host wrote where that is none. */
  readonly postal?: string | undefined;
  /** BCP 47, such as `es-MX`. */
  readonly language?: string | undefined;
  /** IANA zone of the person, for contact windows. */
  readonly zone?: string | undefined;
  /** Channels in the order this person prefers; others follow in the stage's order. */
  readonly prefers: readonly string[];
  readonly consents: readonly Consent[];
  /** Addresses of the above that cannot be any. Absent: none. */
  readonly faults?: readonly AddressFault[] | undefined;
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
  /** Branches of a head office: they share its file. Invoices name theirs. */
  readonly branches?: readonly Branch[] | undefined;
  readonly credit?: CreditLine | undefined;
  /** No item of the account climbs beyond this stage (a stage id of its policy) or level number. */
  readonly cap?: LevelCap | undefined;
  /** Local time from which stages act for this account: `10:00`. */
  readonly time?: string | undefined;
  /** What was agreed about charges; without it nothing is charged. */
  readonly terms?: Terms | undefined;
  /** Scores and classes worked out over the portfolio or by the host, with their date. */
  readonly scores?: AccountScores | undefined;
}

/** A branch of a head office. Its contacts come first for its own invoices. */
export interface Branch {
  readonly id: string;
  readonly name: string;
  readonly contacts: readonly Contact[];
}

/** Credit given to an account, in minor units of `currency`. */
export interface CreditLine {
  readonly currency: string;
  /** Own limit for the total. */
  readonly limit?: number | undefined;
  /** What an insurer covers, on top of the own limit. */
  readonly insured?: number | undefined;
  /** Limits of single buckets of exposure. */
  readonly buckets?: Readonly<Partial<Record<ExposureBucket, number>>> | undefined;
}

/** `draft`: invoices not issued yet; `open`: not overdue beyond the margin; `overdue`: beyond it; `returned`: payments that came back. */
export type ExposureBucket = 'draft' | 'open' | 'overdue' | 'returned';

/** A stage id, or a level number. */
export type LevelCap = string | number;

/** A rate of its own from a date on, until the next entry. */
export interface DatedRate {
  /** First day on which it holds, `YYYY-MM-DD`. */
  readonly from: string;
  /** Percent a year, decimal text; `null`: from here on no rate is known, and nothing is computed past it. */
  readonly rate: string | null;
}

/** Percent a year: decimal text such as `24` or `10.15`, or a table by date, oldest first. */
export type Rates = string | readonly DatedRate[];

/**
 * What the debtor agreed to, or what a statute gives, about paying late. A
 * charge that no terms cover is never made.
 *
 * @example
 * const terms: Terms = { source: 'contract 2026-07, clause 4', fees: { EUR: '25.00' }, interest: '12' };
 */
export interface Terms {
  /** Where it is written, so that a person can look it up: a clause, general terms, a statute. */
  readonly source: string;
  /** What the terms rest on. Default `agreement`. */
  readonly basis?: 'agreement' | 'statute' | undefined;
  /** Fixed sums and percentages: agreed (`true`), or agreed up to so much per charge, decimal texts by currency. Default: none. */
  readonly fees?: boolean | Readonly<Record<string, string>> | undefined;
  /** Interest: agreed (`true`), or agreed up to these rates; rules without a rate charge these. Default: none. */
  readonly interest?: boolean | Rates | undefined;
}

/** Facts about an account that its own file cannot tell. */
export interface AccountScores {
  /** The day they were worked out. */
  readonly asOf: string;
  /** Share of revenue: A, B or C. */
  readonly class?: string | undefined;
  /** Percent of the other accounts with strictly less revenue, 0 to 100. */
  readonly percentile?: number | undefined;
  /** Risk from 0 (best) to 100. */
  readonly risk?: number | undefined;
  /** The host's own scores by name. */
  readonly own?: Readonly<Record<string, number>> | undefined;
}

/** Part of an invoice with a due date of its own. */
export interface Instalment {
  readonly id: string;
  readonly due: string;
  readonly amount: number;
}

/** Only `open` invoices are chased; a written-off one that is undone is `open` again. */
export type InvoiceStatus = 'draft' | 'open' | 'void' | 'written-off' | 'deleted';

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
  /** Kind of document; `payable` is what we owe ourselves and never chased. Default `invoice`. */
  readonly type?: string | undefined;
  /** Branch of the account that owes it. */
  readonly branch?: string | undefined;
  /** The legal entity that is owed. */
  readonly entity?: string | undefined;
  /** Dunning area: a business unit with its own procedure. */
  readonly area?: string | undefined;
  /** No climbing beyond this stage or level. */
  readonly cap?: LevelCap | undefined;
  /** What was agreed for this invoice, in place of the account's terms. */
  readonly terms?: Terms | undefined;
  /**
   * Charges of earlier reminders booked onto this invoice, all of them part of
   * `total`: owed and shown, but no anchor, count, threshold or fee base. Money
   * pays the debt first and charges last.
   */
  readonly charges?: readonly BookedCharge[] | undefined;
}

/** A booked fee: a marked component of an invoice, in its currency. */
export interface BookedCharge {
  readonly id: string;
  readonly amount: number;
  readonly on: string;
  /** Waived or void: not owed, though `total` still holds it. A balance told by the host has it out already. */
  readonly waived: boolean;
  /** Whose part of the total it is, on invoices with instalments. Default: the one that is due last. */
  readonly instalment?: string | undefined;
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
  /** How much of it was given back in all. Where {@link Refund} records tell more, they count. */
  readonly refunded?: number | undefined;
  /** Day on which it came back, where it is reversed. */
  readonly reversedOn?: string | undefined;
}

/**
 * Money given back. It takes back what its payment settled, so that the debt
 * is there again from its original dates: first what the payment put to no
 * invoice, then its allocations from the last to the first, unless the refund
 * names its own. Reversed, it never was.
 */
export interface Refund {
  readonly id: string;
  readonly version?: number | undefined;
  /** Id of the payment that it gives back. Absent: what it names, else money put to no invoice. */
  readonly payment?: string | undefined;
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

/** Keeps an account, an invoice, an instalment, or part of its amount, out of dunning. Never changes whether it is overdue. */
export interface Hold {
  readonly id: string;
  readonly version?: number | undefined;
  /** It came from a ledger source, and is gone when that does not list it any more. */
  readonly pulled?: true | undefined;
  /** Absent: the whole account. */
  readonly invoice?: string | undefined;
  readonly instalment?: string | undefined;
  /** Absent: all of it. */
  readonly amount?: number | undefined;
  /** Of the amount; that of what is held, or the amount is not understood and all of it is meant. */
  readonly currency?: string | undefined;
  /** Reason code of the host's own list. */
  readonly reason: string;
  readonly author: string;
  /** First blocked day. */
  readonly from: string;
  /** Last blocked day, inclusive unless the plan says `exclusive`. Absent: until released. */
  readonly until?: string | undefined;
  readonly released: boolean;
}

/** A contested amount: it leaves dunning, the rest is chased. */
export interface Dispute {
  readonly id: string;
  readonly version?: number | undefined;
  /** It came from a ledger source, and is gone when that does not list it any more. */
  readonly pulled?: true | undefined;
  /** Absent: those in `invoices`. */
  readonly invoice?: string | undefined;
  readonly instalment?: string | undefined;
  /** Several invoices of which one amount is contested, oldest item first. */
  readonly invoices?: readonly string[] | undefined;
  /** Absent: all of what is open. */
  readonly amount?: number | undefined;
  /** Of the amount; that of the invoice, or the amount is not understood and all of it is meant. */
  readonly currency?: string | undefined;
  readonly reason: string;
  readonly author: string;
  /** Who clears it up; absent: whoever looks after the account. */
  readonly owner?: string | undefined;
  readonly opened: string;
  /** `accepted` leaves as a credit of the host's, and is not chased until that is known; `rejected` is chased again from the original dates. */
  readonly state: 'open' | 'accepted' | 'rejected';
}

/** A promise to pay: pauses the promised amount until the end of its last local day plus grace. */
export interface PaymentPromise {
  readonly id: string;
  readonly version?: number | undefined;
  /** It came from a ledger source, and is gone when that does not list it any more. */
  readonly pulled?: true | undefined;
  /** Absent: those in `invoices`; where these are absent too, the whole account, oldest item first. */
  readonly invoice?: string | undefined;
  readonly instalment?: string | undefined;
  /** Several invoices that one amount was promised for, oldest item first. */
  readonly invoices?: readonly string[] | undefined;
  /** Absent: all of what is open. */
  readonly amount?: number | undefined;
  /** Of the amount; that of the invoice, or the amount is not understood and all of it is meant. */
  readonly currency?: string | undefined;
  /** The day by which it is to be paid. Absent: none was said, and the plan's default counts from `made`. */
  readonly date?: string | undefined;
  /** Days after `date` during which it still counts. Default: the plan's. */
  readonly graceDays?: number | undefined;
  readonly made: string;
  /** Who said so: `debtor`, `agent`, `portal`, … */
  readonly source: string;
  readonly state: 'active' | 'cancelled';
  /** Percent of the amount that may be lacking. Default: the plan's. */
  readonly tolerance?: number | undefined;
}

/**
 * Money that was seen or reported but is not booked: it holds the items it
 * names, else the account, until it is booked, failed, or its days are over.
 */
export interface UnbookedPayment {
  readonly id: string;
  readonly version?: number | undefined;
  /** It came from a ledger source, and is gone when that does not list it any more. */
  readonly pulled?: true | undefined;
  /** Who knows of it: the debtor's report, a receipt without allocation, a charge in progress. */
  readonly source: 'debtor' | 'receipt' | 'charge';
  /** Absent: those in `invoices`; where these are absent too, the whole account, since an amount alone never identifies. */
  readonly invoice?: string | undefined;
  readonly instalment?: string | undefined;
  /** Several invoices that one payment was for. */
  readonly invoices?: readonly string[] | undefined;
  readonly amount?: number | undefined;
  readonly currency?: string | undefined;
  /** The day on which it was seen: the first blocked one. */
  readonly on: string;
  /** Last blocked day. Default: the plan's number of days after `on`. */
  readonly until?: string | undefined;
  readonly state: 'pending' | 'booked' | 'failed';
}

/** A reply of the debtor: automation pauses for a while. */
export interface Reply {
  readonly id: string;
  readonly version?: number | undefined;
  /** When it came. */
  readonly at: number;
  readonly on: string;
  readonly channel?: string | undefined;
  readonly contact?: string | undefined;
  /** Last blocked day. Default: the plan's number of days after `on`, or no pause where it says `continue`. */
  readonly until?: string | undefined;
  /** Handled by a person: the pause is over. */
  readonly handled: boolean;
}

/**
 * A payment plan agreed with the debtor: it replaces the schedule of the
 * invoices it names, oldest item first. Its instalments are items of their
 * own, dunned on their own dates; money put to those invoices since it was
 * made pays the earliest instalment first. Broken or cancelled, the invoices
 * are dunned again from their own dates.
 */
export interface PaymentPlan {
  readonly id: string;
  readonly version?: number | undefined;
  /** It came from a ledger source, and is gone when that does not list it any more. */
  readonly pulled?: true | undefined;
  /** What the debtor knows it by. Default: the id. */
  readonly number?: string | undefined;
  readonly invoices: readonly string[];
  readonly currency: string;
  /** Sum to the amount that was open when the plan was made. */
  readonly instalments: readonly Instalment[];
  readonly made: string;
  readonly author: string;
  readonly state: 'active' | 'broken' | 'cancelled';
  /** A policy for its instalments. Default: that of the first invoice. */
  readonly policy?: string | null | undefined;
}

/** When a source of facts was last heard of, and whether it works. */
export interface SourceHealth {
  readonly id: string;
  readonly version?: number | undefined;
  readonly at: number;
  readonly state: 'ok' | 'failed';
}
