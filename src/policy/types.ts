import type { BusinessDayConvention } from '../calendar/index.js';

/**
 * The three documents: **plan** (one per tenant), **policy** (a ladder of
 * stages) and **messages** (the catalogue). All are JSON-serialisable data.
 * Durations are texts of one grammar: `10d`, `2bd` (business days), `2w`,
 * `1mo`, `24h`, `30min`. Money thresholds are always per currency.
 */

/** Friendly, then firm, then formal. */
export type Tone = 'friendly' | 'firm' | 'formal';

/** Decimal texts by ISO currency, such as `{ MXN: '10000.00', COP: '2000000' }`. */
export type MoneyThreshold = Readonly<Record<string, string>>;

/** What a fact is compared with. */
export type ConditionValue = string | number | boolean | MoneyThreshold;

/**
 * One fact with one operator. Which facts exist, and of which type, is listed
 * in `factCatalogue`.
 */
export interface FactCondition {
  readonly fact: string;
  readonly eq?: ConditionValue | undefined;
  readonly ne?: ConditionValue | undefined;
  readonly gt?: ConditionValue | undefined;
  readonly gte?: ConditionValue | undefined;
  readonly lt?: ConditionValue | undefined;
  readonly lte?: ConditionValue | undefined;
  /** The fact is one of these. */
  readonly in?: readonly (string | number)[] | undefined;
  /** The list (such as `account.tags`) holds this. */
  readonly has?: string | undefined;
  /** The fact is known (`true`) or not (`false`). */
  readonly exists?: boolean | undefined;
}

/** A structured condition. */
export type Condition =
  | FactCondition
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** A named group of accounts; the first segment whose condition holds wins. */
export interface Segment {
  readonly id: string;
  readonly when: Condition;
}

/** Which policy for whom. The most specific wins: invoice, account, segment. `null` means: do not dun. */
export interface Assignment {
  readonly invoice?: string | undefined;
  readonly account?: string | undefined;
  readonly segment?: string | undefined;
  readonly policy: string | null;
}

/** What consent a channel needs. `contract`: business contacts may be written to without a record. */
export type ConsentRule = 'required' | 'contract' | 'off';

/** At most `max` occasions (reviews that contacted somebody) in any `per`. */
export interface ContactCap {
  readonly max: number;
  /** Days: `1d`, `7d`, … counted as rolling local days. */
  readonly per: string;
  /** Whose contacts are counted. Default `account`. */
  readonly of?: 'account' | 'contact' | undefined;
  /** Only contacts on this channel. */
  readonly channel?: string | undefined;
}

/** Hours in which contact is allowed, in the contact's zone. */
export interface ContactWindow {
  /** `mon` … `sun`. Default: every day. */
  readonly days?: readonly Weekday[] | undefined;
  /** `09:00` */
  readonly from: string;
  /** `18:00`, exclusive; `24:00` is the end of the day. */
  readonly to: string;
  /** Only for these channels. Default: all. */
  readonly channels?: readonly string[] | undefined;
}

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

/** Rules about contacting people, across all policies and cases. */
export interface ContactRules {
  /** Least days between two occasions, inclusive; `none` for no gap. Default `1d`. */
  readonly gap?: string | undefined;
  /** Default: 1 per `1d` and 3 per `7d`. An empty list means no caps. */
  readonly caps?: readonly ContactCap[] | undefined;
  /** Default: any time. */
  readonly windows?: readonly ContactWindow[] | undefined;
  /** Whether holidays of the calendar are closed for contact. Default `true`. */
  readonly closedOnHolidays?: boolean | undefined;
  /** By channel id. Default: as the channel says. */
  readonly consent?: Readonly<Record<string, ConsentRule>> | undefined;
}

/** Days that are no business days. */
export interface CalendarRules {
  /** Default `['sat', 'sun']`. */
  readonly weekend?: readonly Weekday[] | undefined;
  /** Dates. */
  readonly holidays?: readonly string[] | undefined;
}

/** A tenant's document: whom to treat how. */
export interface Plan {
  readonly id: string;
  readonly version: number;
  /** IANA zone of the books of the company that is owed. */
  readonly zone: string;
  /** BCP 47; used where neither contact nor account says. Default `en`. */
  readonly language?: string | undefined;
  readonly segments?: readonly Segment[] | undefined;
  readonly assign?: readonly Assignment[] | undefined;
  /** Policy of whoever no assignment names. Absent or `null`: not dunned, with that reason. */
  readonly default?: string | null | undefined;
  readonly contact?: ContactRules | undefined;
  readonly calendar?: CalendarRules | undefined;
  /** Items whose outstanding amount is strictly below count as settled for dunning. */
  readonly tolerance?: MoneyThreshold | undefined;
}

/** From which date a stage counts. `previous`: the day the stage before it was done. */
export type TriggerBasis = 'due' | 'issue' | 'previous' | 'opened';

/** When a stage may act: inclusive, from the start of that local day. */
export interface Trigger {
  readonly from: TriggerBasis;
  /** After: `10d`, `2bd`, `1mo`. */
  readonly plus?: string | undefined;
  /** Before: `7d`. */
  readonly minus?: string | undefined;
  /** What to do when the day is no business day. Default `as-is`. */
  readonly businessDay?: BusinessDayConvention | undefined;
}

/** One place of a channel chain. */
export interface Via {
  readonly channel: string;
}

/** Send a message of the catalogue. */
export interface SendAction {
  readonly send: string;
  /** Role of the contact. Default `billing`, falling back to any contact that can be reached. */
  readonly to?: string | undefined;
  /** Channels in order. Default: the policy's. */
  readonly via?: readonly Via[] | undefined;
}

/** Give a person something to do. */
export interface TaskAction {
  /** What kind of task: `call`, `letter`, `review`, … */
  readonly task: string;
  readonly owner?: string | undefined;
  /** Deadline after the day it is raised: `2bd`. */
  readonly within?: string | undefined;
}

export type Action = SendAction | TaskAction;

/** A rung of the ladder. */
export interface Stage {
  readonly id: string;
  /** For people; default the id. */
  readonly name?: string | undefined;
  readonly tone: Tone;
  readonly at: Trigger;
  /** Must hold when the stage is to act. */
  readonly when?: Condition | undefined;
  readonly do: readonly Action[];
}

/** How items share messages. */
export interface MessageGrouping {
  /** One message per account, policy and contact (default), or per invoice. */
  readonly by?: 'account' | 'invoice' | undefined;
  /** Items listed: those whose stage acts (default), or all that are overdue. Listing gives no level. */
  readonly list?: 'acting' | 'overdue' | undefined;
}

/** What follows the last stage while the item stays open. */
export interface LastRule {
  /** Repeat the last stage every so often, counted from its last contact. */
  readonly repeat: string;
  /** At most so many repeats. */
  readonly times: number;
}

/** Reactions to what happens. */
export interface Reactions {
  /** Once, when a case is settled by payment. */
  readonly paid?: readonly SendAction[] | undefined;
}

/** A ladder of stages with its rules. */
export interface Policy {
  readonly id: string;
  readonly version: number;
  readonly name?: string | undefined;
  readonly message?: MessageGrouping | undefined;
  /** Channels for stages that name none. */
  readonly via?: readonly Via[] | undefined;
  /** Several stages have passed: `latest` acts once and skips the milder (default), `each` acts on one per review, `drop` lets a stage live for its day only. */
  readonly late?: 'latest' | 'each' | 'drop' | undefined;
  /** An item is already overdue when its case opens: `first` overdue stage, then the policy's own distances (default), or the `latest` stage that fits its age. */
  readonly entry?: 'first' | 'latest' | undefined;
  /** Days between the end of a pause (hold, dispute, promise) and the next stage. Default `1d`. */
  readonly restart?: string | undefined;
  readonly stages: readonly Stage[];
  readonly last?: LastRule | undefined;
  readonly on?: Reactions | undefined;
}

/** One text, or one for a single item and one for several. */
export type TextVariant = string | { readonly one: string; readonly many: string };

/** Subject and body, in the light markup of the messages module. */
export interface EmailText {
  readonly subject: TextVariant;
  readonly body: TextVariant;
}

/** One language's texts of a message, by channel id. Channels other than `email` take one text. */
export interface MessageTexts {
  readonly whatsapp?: TextVariant | undefined;
  readonly sms?: TextVariant | undefined;
  readonly email?: EmailText | undefined;
  readonly [channel: string]: TextVariant | EmailText | undefined;
}

/** What a message is about decides which variables it may use. */
export type MessageAbout = 'items' | 'payment';

/** A message of the catalogue. */
export interface Message {
  readonly id: string;
  readonly about: MessageAbout;
  /** By BCP 47 language; the fall-back chain is `es-MX`, `es`, then the plan's language. */
  readonly text: Readonly<Record<string, MessageTexts>>;
}

/** The catalogue. */
export interface Messages {
  readonly id: string;
  readonly version: number;
  readonly messages: readonly Message[];
}

/** Plan, policies and messages that belong together. */
export interface Documents {
  readonly plan: Plan;
  readonly policies: readonly Policy[];
  readonly messages: Messages;
}
