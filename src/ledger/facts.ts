import type { MoneyInput } from '../money/index.js';
import type {
  Account,
  Attributes,
  CreditNote,
  Dispute,
  ExposureBucket,
  Hold,
  Invoice,
  InvoiceStatus,
  LevelCap,
  Payment,
  PaymentPlan,
  PaymentPromise,
  Refund,
  Reply,
  SourceHealth,
  Terms,
  UnbookedPayment,
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
  /** Only for chasing (`dunning`) or for thanks and the like (`service`). Default: for both. */
  readonly purpose?: 'dunning' | 'service' | undefined;
  /** Where the proof is: a form's id, a message's id, a contract clause. */
  readonly proof?: string | undefined;
}

/** A person or address of an account. */
export interface ContactInput {
  /** Default: the role; of a branch `north` it is `north.` and the role. No two of an account are the same. */
  readonly id?: string | undefined;
  /** Default `billing`. */
  readonly role?: string | undefined;
  /** Default: the account's name. */
  readonly name?: string | undefined;
  /** One address, without a name. What cannot be one is kept, told as a finding, and never written to. */
  readonly email?: string | undefined;
  /**
   * Serves WhatsApp and SMS. Best as E.164, such as `+525512345678`; a national number is read by the account's
   * country. What cannot be a number is kept, told as a finding, and never written to.
   */
  readonly phone?: string | undefined;
  /** As `phone`, where WhatsApp answers on another number. */
  readonly whatsapp?: string | undefined;
  /** Postal address as it stands on an envelope: 2 to 10 lines parted by `\n`, without the name. Else as `email`. */
  readonly postal?: string | undefined;
  /** BCP 47, such as `es-MX`. Default: the account's. */
  readonly language?: string | undefined;
  /** IANA zone of the person, for contact windows. */
  readonly zone?: string | undefined;
  /** Channels in the order this person prefers. */
  readonly prefers?: readonly string[] | undefined;
  /**
   * By channel. `'granted'` alone is permission of unknown date: it never
   * outweighs a withdrawal, whenever that came. A withdrawal needs its moment.
   * Of several records of a channel, such as one for each purpose, write a list.
   *
   * @example { whatsapp: 'granted', sms: { state: 'withdrawn', at: '2026-03-03T10:00:00-06:00' } }
   */
  readonly consent?: Readonly<Record<string, 'granted' | ConsentInput | readonly ConsentInput[]>> | undefined;
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
  /** Branches of a head office, which share its file, its contact caps and its credit line. Invoices name theirs. */
  readonly branches?: readonly BranchInput[] | undefined;
  /** Credit given to it. */
  readonly credit?: CreditLineInput | undefined;
  /** No item of the account climbs beyond this stage (its id) or level number. */
  readonly cap?: LevelCap | undefined;
  /** Local time from which stages act for this account: `10:00`. */
  readonly time?: string | undefined;
  /** What was agreed about charges; without it nothing is charged. */
  readonly terms?: Terms | undefined;
  /** Scores and classes worked out over the portfolio or by you. Left out, those that are known stay. */
  readonly scores?: ScoresInput | undefined;
}

/** A branch of a head office. Its contacts come first for its own invoices. */
export interface BranchInput {
  readonly id: string;
  readonly name: string;
  readonly contacts?: readonly ContactInput[] | undefined;
}

/**
 * Credit given to an account. All amounts are in `currency`.
 *
 * @example { currency: 'MXN', limit: '100000.00', insured: '50000.00', buckets: { overdue: '20000.00' } }
 */
export interface CreditLineInput {
  readonly currency: string;
  /** Own limit for the total. */
  readonly limit?: AmountInput | undefined;
  /** What an insurer covers, on top of the own limit. */
  readonly insured?: AmountInput | undefined;
  /** Limits of single buckets of exposure: `draft`, `open`, `overdue`, `returned`. */
  readonly buckets?: { readonly [bucket in ExposureBucket]?: AmountInput | undefined } | undefined;
}

/** Facts about an account that its own file cannot tell. */
export interface ScoresInput {
  /** The day they are of, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Share of revenue: A, B or C, or a class of your own. */
  readonly class?: string | undefined;
  /** Percent of the other accounts with strictly less revenue, 0 to 100. */
  readonly percentile?: number | undefined;
  /** Risk from 0 (best) to 100. Default: worked out from the account's own history. */
  readonly risk?: number | undefined;
  /** Your own scores by name, usable in conditions as `account.scores.x`. At most 100. */
  readonly own?: Readonly<Record<string, number>> | undefined;
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
  /** Kind of document; `payable` is what you owe yourself and never chased. Default `invoice`. */
  readonly type?: string | undefined;
  /** Id of the branch of the account that owes it. */
  readonly branch?: string | undefined;
  /** The legal entity that is owed. */
  readonly entity?: string | undefined;
  /** Dunning area: a business unit with a procedure of its own. */
  readonly area?: string | undefined;
  /** No climbing beyond this stage (its id) or level number. */
  readonly cap?: LevelCap | undefined;
  /** What was agreed for this invoice, in place of the account's terms. */
  readonly terms?: Terms | undefined;
  /**
   * Charges of reminders that you booked onto this invoice, all of them part
   * of its total (waived ones too, until you take them out of both). Owed and
   * shown, but no anchor, count, threshold or fee base; money pays the debt first.
   */
  readonly charges?: readonly BookedChargeInput[] | undefined;
}

/** A fee or interest that was booked onto an invoice, in its currency. */
export interface BookedChargeInput {
  /** Yours, or the id of the act that asked for it. */
  readonly id: string;
  readonly amount: AmountInput;
  /** The day it was booked. */
  readonly on: string;
  /** Waived or void: not owed any more. Default `false`. */
  readonly waived?: boolean | undefined;
  /** Whose part of the total it is, on invoices with instalments. Default: the one that is due last. */
  readonly instalment?: string | undefined;
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
  /** Default `booked`. A payment that came back is `reversed`; booked again it settles again. */
  readonly state?: Payment['state'] | undefined;
  /** How much of it was given back in all, in its currency: tell the new sum each time. Beside pushed balances use `refunds`. */
  readonly refunded?: AmountInput | undefined;
  /** Day on which it came back. Default: the day on which recobro first hears of it. */
  readonly reversedOn?: string | undefined;
}

/**
 * Money given back, one record for each time. Where a payment also tells how
 * much of it was given back in all, the greater of the two counts.
 */
export interface RefundInput extends AllocatedInput {
  readonly id: string;
  readonly account: string;
  readonly version?: number | undefined;
  /** Id of the payment that it gives back. Default: none; then say of which invoices, or it lowers money put to none. */
  readonly payment?: string | undefined;
  /** More than nothing. */
  readonly amount: MoneyInput;
  readonly date: string;
  /** Default: when recobro first hears of it. */
  readonly bookedAt?: InstantInput | undefined;
  /** Default `booked`. */
  readonly state?: Refund['state'] | undefined;
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

/** Keeps an account, an invoice, an instalment, or part of its amount, out of dunning. */
export interface HoldInput {
  readonly id: string;
  readonly account: string;
  readonly version?: number | undefined;
  /** Default: the whole account. */
  readonly invoice?: string | undefined;
  readonly instalment?: string | undefined;
  /** Part of what is open, in its currency; the rest is chased. Default: all of it. */
  readonly amount?: MoneyInput | undefined;
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
  readonly invoice?: string | undefined;
  readonly instalment?: string | undefined;
  /** Several invoices of which one amount is contested, in place of `invoice`. */
  readonly invoices?: readonly string[] | undefined;
  /** In the currency of its invoices. Default: all of what is open. */
  readonly amount?: MoneyInput | undefined;
  readonly reason: string;
  readonly author: string;
  /** Who clears it up. Default: whoever looks after the account. */
  readonly owner?: string | undefined;
  /** Default: the day on which recobro first hears of it. */
  readonly opened?: string | undefined;
  /** Default `open`. */
  readonly state?: Dispute['state'] | undefined;
}

/** A promise to pay: one invoice, several, or (where none is named) the whole account. */
export interface PromiseInput {
  readonly id: string;
  readonly account: string;
  readonly version?: number | undefined;
  readonly invoice?: string | undefined;
  readonly instalment?: string | undefined;
  /** Several invoices that one amount was promised for, in place of `invoice`. */
  readonly invoices?: readonly string[] | undefined;
  /** In the currency of its invoices. Default: all of what is open. */
  readonly amount?: MoneyInput | undefined;
  /** The day by which it is to be paid. Default: the plan's `blocks.promise.within` after `made`. */
  readonly date?: string | undefined;
  /** Days after `date` during which it still counts. Default: the plan's `blocks.promise.grace`. */
  readonly graceDays?: number | undefined;
  /** Percent of the amount that may be lacking, two decimals at most. Default: the plan's `blocks.promise.tolerance`. */
  readonly tolerance?: number | undefined;
  /** Default: the day on which recobro first hears of it. */
  readonly made?: string | undefined;
  /** Who said so: `debtor`, `agent`, `portal`, … */
  readonly source: string;
  /** Default `active`. */
  readonly state?: PaymentPromise['state'] | undefined;
}

/**
 * Money that was seen or reported but is not booked: the debtor says that it is
 * paid, a receipt came without allocation, a charge is in progress. It holds
 * what it names, else the whole account, since an amount alone never identifies.
 */
export interface UnbookedInput {
  readonly id: string;
  readonly account: string;
  readonly version?: number | undefined;
  readonly source: UnbookedPayment['source'];
  readonly invoice?: string | undefined;
  readonly instalment?: string | undefined;
  /** Several invoices that one payment was for, in place of `invoice`. */
  readonly invoices?: readonly string[] | undefined;
  /** For people; what is held is the whole item. */
  readonly amount?: MoneyInput | undefined;
  /** The day on which it was seen: the first blocked one. Default: the day on which recobro first hears of it. */
  readonly on?: string | undefined;
  /** Last blocked day. Default: the plan's `blocks.unbooked` after `on`. */
  readonly until?: string | undefined;
  /** Default `pending`. `booked` and `failed` end it. */
  readonly state?: UnbookedPayment['state'] | undefined;
}

/** A reply of the debtor: automation pauses for a while. */
export interface ReplyInput {
  readonly id: string;
  readonly account: string;
  readonly version?: number | undefined;
  /** When it came. Default: when recobro first hears of it. */
  readonly at?: InstantInput | undefined;
  /** The day on which it came. Default: that of `at`. */
  readonly on?: string | undefined;
  readonly channel?: string | undefined;
  /** Id of the contact that replied. */
  readonly contact?: string | undefined;
  /** Last blocked day. Default: the plan's `blocks.reply` after `on`. */
  readonly until?: string | undefined;
  /** A person dealt with it: the pause is over. Default `false`. */
  readonly handled?: boolean | undefined;
}

/**
 * A payment plan. Write `instalments` with their amounts, or a `total` that is
 * split evenly over `dues`, exact to the minor unit, the units left over one
 * each to the first.
 *
 * @example { id: 'P-7', account: 'robles', invoices: ['F-1', 'F-2'], author: 'ana',
 *   total: { amount: '1000.00', currency: 'MXN' }, dues: ['2026-04-01', '2026-05-01', '2026-06-01'] }
 */
export interface PaymentPlanInput {
  /** Yours: 1 to 128 characters, without `~`, `#`, `@` and `!`. */
  readonly id: string;
  readonly account: string;
  readonly version?: number | undefined;
  /** What the debtor knows it by. Default: the id. */
  readonly number?: string | undefined;
  /** All in the plan's currency. */
  readonly invoices: readonly string[];
  /** What was open when it was made. Where instalments are given they sum to it. */
  readonly total: MoneyInput;
  readonly instalments?: readonly InstalmentInput[] | undefined;
  readonly dues?: readonly string[] | undefined;
  /** Default: the day on which recobro first hears of it. */
  readonly made?: string | undefined;
  readonly author: string;
  /** Default `active`. `broken` and `cancelled` give the invoices their own dates back. */
  readonly state?: PaymentPlan['state'] | undefined;
  /** A policy for its instalments; `null` means: do not dun. Default: that of the first invoice. */
  readonly policy?: string | null | undefined;
}

/** When a source of facts was last heard of, by the name that the plan's `sources` gives it. */
export interface SourceInput {
  readonly id: string;
  readonly account: string;
  readonly version?: number | undefined;
  /** The moment as of which its facts are. */
  readonly at: InstantInput;
  /** Default `ok`. */
  readonly state?: SourceHealth['state'] | undefined;
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
  readonly refunds?: readonly RefundInput[] | undefined;
  readonly credits?: readonly CreditNoteInput[] | undefined;
  readonly holds?: readonly HoldInput[] | undefined;
  readonly disputes?: readonly DisputeInput[] | undefined;
  readonly promises?: readonly PromiseInput[] | undefined;
  /** Money that was seen or reported but is not booked. */
  readonly unbooked?: readonly UnbookedInput[] | undefined;
  readonly replies?: readonly ReplyInput[] | undefined;
  /** Payment plans. */
  readonly plans?: readonly PaymentPlanInput[] | undefined;
  /** Health of the sources that facts come from. */
  readonly sources?: readonly SourceInput[] | undefined;
}

/** A list of {@link LedgerFacts}. */
export type FactKind = keyof LedgerFacts;

const kinds: Readonly<Record<FactKind, true>> = {
  accounts: true,
  invoices: true,
  payments: true,
  refunds: true,
  credits: true,
  holds: true,
  disputes: true,
  promises: true,
  unbooked: true,
  replies: true,
  plans: true,
  sources: true,
};

/** All kinds of records, in the order in which they are told. */
export const factKinds = Object.keys(kinds) as readonly FactKind[];

/** The facts of one account in their normal forms, in the order of the input. */
export interface AccountFacts {
  readonly account?: Account | undefined;
  readonly invoices: readonly Invoice[];
  readonly payments: readonly Payment[];
  readonly refunds: readonly Refund[];
  readonly credits: readonly CreditNote[];
  readonly holds: readonly Hold[];
  readonly disputes: readonly Dispute[];
  readonly promises: readonly PaymentPromise[];
  readonly unbooked: readonly UnbookedPayment[];
  readonly replies: readonly Reply[];
  readonly plans: readonly PaymentPlan[];
  readonly sources: readonly SourceHealth[];
  /**
   * Members that the host left out, by record: those filled from the clock,
   * which say when recobro first heard of it, and those that others write. See
   * {@link settled}.
   */
  readonly assumed: ReadonlyMap<object, readonly string[]>;
}

/** Facts in their normal forms, by account id. */
export type NormalFacts = ReadonlyMap<string, AccountFacts>;

/**
 * The record as it is to be compared with the known one and stored: members
 * that the host left out keep their known values, so that telling the same fact
 * twice changes nothing.
 */
export function settled<T extends object>(facts: AccountFacts, record: T, known: T | undefined): T {
  const members = facts.assumed.get(record);
  if (members === undefined || known === undefined) return record;
  const kept = Object.entries(known).filter(
    ([member, value]) => value !== undefined && members.includes(member),
  );
  return Object.assign({ ...record }, Object.fromEntries(kept));
}
