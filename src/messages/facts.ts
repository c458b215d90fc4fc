import type { Money } from '../money/index.js';
import type { PayMethods, Sender } from './sender.js';

/** One item as a message shows it. An act's item fits as it is; add the invoice's payment link. */
export interface MessageItem {
  /** The number printed on the invoice. */
  readonly number: string;
  /** Shown with the number where it is short enough to be one that the debtor knows. */
  readonly instalment?: string | undefined;
  readonly currency: string;
  /** Minor units, as when issued. */
  readonly original: number;
  /** Minor units that are owed. */
  readonly outstanding: number;
  /** Minor units that may be chased: what a message asks for. */
  readonly dunnable: number;
  /** Minor units that were paid: what thanks name. An item of a message about a payment needs it where the text shows it. */
  readonly paid?: number | undefined;
  /** Calendar date. */
  readonly due?: string | undefined;
  readonly daysPastDue: number;
  /** Whether a stage of the item acts, or it is only listed. */
  readonly acting: boolean;
  readonly paymentUrl?: string | undefined;
}

/** How the very sum of a message can be paid. */
export interface PaymentFacts {
  /** Where all of it is paid: an http(s) address. */
  readonly url?: string | undefined;
  /** Ways to pay, in the order in which they are shown; in place of the sender's. */
  readonly methods?: PayMethods | undefined;
}

/** What a message is made from. */
export interface MessageFacts {
  readonly account: { readonly name: string };
  readonly contact: { readonly name: string };
  readonly sender: Sender;
  /** Listed items, at least one. */
  readonly items: readonly MessageItem[];
  /**
   * About a payment, a promise or a dispute: what was paid, is promised or is disputed. About items: what the listed items, or
   * those that act, come to; a contradiction to the items is refused.
   */
  readonly totals?: readonly Money[] | undefined;
  /** About a promise: the calendar date by which payment was promised. */
  readonly promised?: string | undefined;
  /** The reader's own page, where items can be seen and answered: an http(s) address. */
  readonly link?: string | undefined;
  /** Made for this sum, before what invoices and sender say of paying. */
  readonly payment?: PaymentFacts | undefined;
  /** Late fees and interest that are charged with the message. An act's charges fit with `minor` for `amount`. */
  readonly fees?: readonly Money[] | undefined;
}

/** Which message, where, in which language, with which facts. */
export interface RenderRequest {
  /** Id of the catalogue. */
  readonly message: string;
  /** Channel id. */
  readonly channel: string;
  /** BCP 47 tags in order of preference, such as contact's, account's, plan's. */
  readonly languages: readonly string[];
  /** ISO 3166 alpha-2 code of the reader's country, for the form of amounts and dates. */
  readonly region?: string | undefined;
  readonly facts: MessageFacts;
}

/** A finished text of a channel other than e-mail; fits the channel port. */
export interface TextContent {
  readonly kind: 'text';
  readonly text: string;
  /** Every variable of the text with its value, and `payment.link` where there is one: buttons need it. */
  readonly variables: Readonly<Record<string, string>>;
  /** The same in order of first appearance: what template sends need. */
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
}

/** A finished e-mail; fits the channel port. */
export interface EmailContent {
  readonly kind: 'email';
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}
