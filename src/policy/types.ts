import type { BusinessDayConvention } from '../calendar/index.js';
import type { Terms } from '../ledger/types.js';
import type { FeeRule } from './fees.js';

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

/**
 * Which policy for whom. The most specific wins: invoice, account, branch,
 * entity or area, experiment, segment, everybody (one that names nobody),
 * then the plan's `default`. `null` means: do not dun, and stops the search.
 */
export interface Assignment {
  readonly invoice?: string | undefined;
  readonly account?: string | undefined;
  /** A branch of a head office. */
  readonly branch?: string | undefined;
  /** The legal entity that is owed. */
  readonly entity?: string | undefined;
  /** A dunning area: a business unit with a procedure of its own. */
  readonly area?: string | undefined;
  readonly segment?: string | undefined;
  /** Only for this share of the accounts, the same ones for ever; the others go on to the next in precedence. */
  readonly pilot?: Pilot | undefined;
  readonly policy: string | null;
}

/** A sticky share of accounts: raising `percent` keeps those who are in. */
export interface Pilot {
  /** 0 to 100, two decimals at most. */
  readonly percent: number;
  /** Accounts are drawn anew for each salt. Default: the policy's id. */
  readonly salt?: string | undefined;
}

/** Accounts drawn to arms by a stable hash of their ids. */
export interface Experiment {
  readonly id: string;
  /** Who takes part. Default: everybody. */
  readonly when?: Condition | undefined;
  readonly arms: readonly ExperimentArm[];
}

export interface ExperimentArm {
  readonly id: string;
  /** Share of the arm among the weights of all. */
  readonly weight: number;
  readonly policy: string | null;
}

/** Changes to a policy for one account or segment, so that nobody has to copy it. */
export interface Adjustment {
  readonly account?: string | undefined;
  readonly segment?: string | undefined;
  /** Only of this policy. Default: of whichever applies. */
  readonly policy?: string | undefined;
  /** Days by which every stage after the due date comes later: `3d`. */
  readonly delay?: string | undefined;
  /** By stage id. */
  readonly stages?: Readonly<Record<string, StageAdjustment>> | undefined;
}

/** What is other at one stage. */
export interface StageAdjustment {
  readonly skip?: boolean | undefined;
  readonly at?: StageTrigger | undefined;
  readonly mode?: StageMode | undefined;
  readonly via?: readonly Via[] | undefined;
}

/** What consent a channel needs. `contract`: business contacts may be written to without a record. */
export type ConsentRule = 'required' | 'contract' | 'off';

/** A channel's rule for every purpose, or one for chasing (`dunning`) and one for thanks and the like (`service`). */
export type ChannelConsent =
  | ConsentRule
  | { readonly dunning?: ConsentRule | undefined; readonly service?: ConsentRule | undefined };

/** At most `max` occasions (reviews that contacted somebody) in any `per`, or in each calendar week or month. */
export interface ContactCap {
  readonly max: number;
  /** Days: `1d`, `7d`, … counted as rolling local days. Required, unless `in` names a calendar period. */
  readonly per?: string | undefined;
  /** Whose contacts are counted. Default `account`. */
  readonly of?: 'account' | 'contact' | undefined;
  /** Only contacts on this channel. */
  readonly channel?: string | undefined;
  /** `rolling` days (default), or the calendar `week` (from Monday) or `month` in which the day lies, without `per`. */
  readonly in?: 'rolling' | 'week' | 'month' | undefined;
  /** Which contacts count. Default `dunning`. */
  readonly purpose?: 'dunning' | 'any' | undefined;
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
  /** Least days between two occasions, inclusive: `3d`; elapsed hours: `36h`; `none` for no gap. Default `1d`. */
  readonly gap?: string | undefined;
  /** Whose contacts the gap counts from. Default `account`. */
  readonly gapOf?: 'account' | 'case' | 'item' | undefined;
  /** Between two contacts on this channel, in place of `gap`; contacts on others still count by `gap`. */
  readonly gaps?: Readonly<Record<string, string>> | undefined;
  /** Default: 1 per `1d` and 3 per `7d`. An empty list means no caps. */
  readonly caps?: readonly ContactCap[] | undefined;
  /** Default: any time. */
  readonly windows?: readonly ContactWindow[] | undefined;
  /** Whether holidays of the calendar are closed for contact. Default `true`. */
  readonly closedOnHolidays?: boolean | undefined;
  /** By channel id. Default: as the channel says. */
  readonly consent?: Readonly<Record<string, ChannelConsent>> | undefined;
  /**
   * Where the channel comes on which a contact was reached last: a message arrived, or the contact wrote. `first`: before
   * the others; `fallback`: before those that come after the first. Channels that the contact prefers come before it, and
   * of channels that a stage does not name none is added. Default: as any other.
   */
  readonly lastWorked?: 'first' | 'fallback' | undefined;
  /**
   * Times in a row that an address could not be reached, after which it rests; any sign of life ends that. Addresses that
   * are refused for good are out at once. Default 3.
   */
  readonly restAfter?: number | undefined;
  /** How long an address rests since it failed last: `7d`, `36h`. Default `7d`. */
  readonly rest?: string | undefined;
}

/** Days that are no business days. */
export interface CalendarRules {
  /** Default `['sat', 'sun']`. */
  readonly weekend?: readonly Weekday[] | undefined;
  /** Dates. */
  readonly holidays?: readonly string[] | undefined;
}

/** What a fact of the host's own is: its type, or the texts that it may be. */
export type OwnFactType = 'text' | 'number' | 'boolean' | readonly string[];

/** A tenant's document: whom to treat how. */
export interface Plan {
  readonly id: string;
  readonly version: number;
  /** IANA zone of the books of the company that is owed. */
  readonly zone: string;
  /** BCP 47; used where neither contact nor account says. Default `en`. */
  readonly language?: string | undefined;
  /**
   * The host's own facts by their full names, such as `account.attributes.tier`,
   * `item.attributes.contract` or `account.scores.own`, each with its type or the
   * texts that it may be. Once any is declared, conditions and groupings know
   * these and no others. Default: any name.
   */
  readonly facts?: Readonly<Record<string, OwnFactType>> | undefined;
  /** Roles that contacts may have. Once any is named, messages go to these and no others. Default: any. */
  readonly roles?: readonly string[] | undefined;
  readonly segments?: readonly Segment[] | undefined;
  readonly assign?: readonly Assignment[] | undefined;
  /** Policy of whoever no assignment names. Absent or `null`: not dunned, with that reason. */
  readonly default?: string | null | undefined;
  readonly contact?: ContactRules | undefined;
  readonly calendar?: CalendarRules | undefined;
  /** Items whose outstanding amount is strictly below count as settled for dunning. */
  readonly tolerance?: MoneyThreshold | undefined;
  /** A threshold or tolerance that lacks the item's currency. Default `task`: a person is asked, the stage waits. */
  readonly otherCurrency?: 'task' | 'convert' | 'met' | 'unmet' | undefined;
  /** Dated rates for `convert`; the latest on or before the day counts. */
  readonly rates?: readonly ExchangeRate[] | undefined;
  readonly experiments?: readonly Experiment[] | undefined;
  readonly adjust?: readonly Adjustment[] | undefined;
  readonly blocks?: BlockRules | undefined;
  /** Facts that must be fresh before anybody is chased, by the host's name for the source. */
  readonly sources?: Readonly<Record<string, SourceRule>> | undefined;
  readonly credit?: CreditRules | undefined;
  /** Currency of fees that name none on messages in several currencies. */
  readonly currency?: string | undefined;
  /** What was agreed about paying late with everybody whose record says nothing else: general terms, a statute. */
  readonly terms?: Terms | undefined;
}

/** One unit of `from` is `rate` units of `to` since a date. */
export interface ExchangeRate {
  readonly from: string;
  readonly to: string;
  /** Decimal text. */
  readonly rate: string;
  readonly on: string;
}

/** What keeps amounts out of dunning, where a house may differ. */
export interface BlockRules {
  /** An open dispute takes out the disputed `part` (default), the `item`, or the whole `account`. */
  readonly dispute?: 'part' | 'item' | 'account' | undefined;
  /** Money put to no invoice lowers what is chased, oldest first (`reduce`, default), plays no part (`ignore`), or keeps all back only when it `covers` everything overdue. */
  readonly unapplied?: 'reduce' | 'ignore' | 'covers' | undefined;
  /** The last day of a hold is blocked (`inclusive`, default) or already free (`exclusive`). */
  readonly holdEnd?: 'inclusive' | 'exclusive' | undefined;
  /** A hold freezes the level (`freeze`, default) or begins the ladder anew after it (`clear`). */
  readonly hold?: 'freeze' | 'clear' | undefined;
  readonly promise?: PromiseRules | undefined;
  /** Days for which a payment that was seen or reported, but not booked, holds what it names. Default `5d`. */
  readonly unbooked?: string | undefined;
  /** Days for which a reply of the debtor holds the account, or `continue`. Default `3d`. */
  readonly reply?: string | undefined;
}

export interface PromiseRules {
  /** Days after the promised date during which it still counts, for promises that say none. Default `0d`. */
  readonly grace?: string | undefined;
  /** Percent of the promised amount that may be lacking and it still counts as kept. Default 0. */
  readonly tolerance?: number | undefined;
  /** Days until the promised date where none was said. Default `7d`. */
  readonly within?: string | undefined;
}

/** A source that is missing, failed or older holds the account, at decision and at dispatch. */
export interface SourceRule {
  /** `24h`, `2d` */
  readonly maxAge: string;
}

/** How exposure is reckoned against credit limits. */
export interface CreditRules {
  /** Days past due beyond which an item counts as overdue exposure. Default `0d`. */
  readonly margin?: string | undefined;
  /** Days for which a returned payment counts. Default `90d`. */
  readonly returned?: string | undefined;
}

/**
 * From which date a stage counts. `previous`: the stage before it (see `of`).
 * `grace`: the end of the policy's grace. `opened`: the case's first day.
 */
export type TriggerBasis = 'due' | 'issue' | 'previous' | 'grace' | 'opened';

/** When a stage may act: inclusive, from the start of that local day. */
export interface Trigger {
  readonly from: TriggerBasis;
  /** With `previous`: which day of it. `done` (default), `proposed`, `delivered`, or its own payment `deadline`. */
  readonly of?: 'proposed' | 'done' | 'delivered' | 'deadline' | undefined;
  /** Move to the last day of the month once the offset is added. */
  readonly endOfMonth?: boolean | undefined;
  /** The day itself does not count yet: one day later. */
  readonly exclusive?: boolean | undefined;
  /** After: `10d`, `2bd`, `1mo`. */
  readonly plus?: string | undefined;
  /** Before: `7d`. */
  readonly minus?: string | undefined;
  /** What to do when the day is no business day. Default `as-is`. */
  readonly businessDay?: BusinessDayConvention | undefined;
}

/** One trigger, or several of which the latest (`all`) or the earliest (`any`) day counts. */
export type StageTrigger =
  | Trigger
  | { readonly all: readonly Trigger[] }
  | { readonly any: readonly Trigger[] };

/** One place of a channel chain. */
export interface Via {
  readonly channel: string;
  /** Time within which the message must be delivered, or the next place is tried, once: `24h`. */
  readonly patience?: string | undefined;
}

/** Send a message of the catalogue. */
export interface SendAction {
  readonly send: string;
  /** Role of the contact. Default `billing`, falling back to any contact that can be reached. */
  readonly to?: string | undefined;
  /** Roles whose contacts get a copy where the channel knows copies. */
  readonly copy?: readonly string[] | undefined;
  /** Sender profile of the host, for messages that come from somebody higher up. */
  readonly from?: string | undefined;
  /** Documents to attach, as the host's document port names them: `invoice`, `statement`, … */
  readonly attach?: readonly string[] | undefined;
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

/** Tell people inside the company. Once per case and day however often reviewed. */
export interface AlertAction {
  readonly alert: string;
  /** Role or person inside. Default: the account's owner. */
  readonly to?: string | undefined;
}

/**
 * Want a state of the host: service stopped, orders blocked. On when the stage
 * is done; released when the case is settled or, in `level: 'state'`, when the
 * level is left. An effect that several cases want is released with the last.
 */
export interface EffectAction {
  readonly effect: string;
  /** `level` (default): while the level lasts. `settled`: until the case is settled, also when the level falls. */
  readonly until?: 'level' | 'settled' | undefined;
}

/** Give the debt to an agency or to legal, with a dossier. The case rests until the host reports back. */
export interface HandoverAction {
  readonly handover: 'agency' | 'legal';
  readonly to?: string | undefined;
}

/** Propose to write the debt off; a person decides. */
export interface WriteOffAction {
  readonly writeOff: 'propose';
}

/** End the case, with a reason: nothing follows in this opening. */
export interface CloseAction {
  readonly close: string;
}

/** Charge a fee or interest: an intent that the host books. See the charges module. */
export interface FeeAction extends FeeRule {
  /** Name of the fee; once per stage and name. */
  readonly fee: string;
}

export type Action =
  | SendAction
  | TaskAction
  | AlertAction
  | EffectAction
  | FeeAction
  | HandoverAction
  | WriteOffAction
  | CloseAction;

/** `auto` goes out by itself, `approve` waits for a person's approval, `task` is done by a person. */
export type StageMode = 'auto' | 'approve' | 'task';

/** What a stage asks of the amounts; on `dunnable` amounts of overdue items in scope, inclusive. */
export interface StageMinimum {
  /** Per currency. */
  readonly amount?: MoneyThreshold | undefined;
  /** Percent of all open items of the unit in that currency. */
  readonly share?: number | undefined;
  /** Either is enough. Default: both. */
  readonly any?: boolean | undefined;
  /** Of which amounts: those of the case (default), or of the account. */
  readonly of?: 'case' | 'account' | undefined;
}

/** A rung of the ladder. */
export interface Stage {
  readonly id: string;
  /** For people; default the id. */
  readonly name?: string | undefined;
  readonly tone: Tone;
  /** Its number where a house numbers its levels. Default: its place among the stages, from 1. */
  readonly level?: number | undefined;
  /** Absent: from the opening, as soon as `when` holds. */
  readonly at?: StageTrigger | undefined;
  /** Must hold when the stage is to act. */
  readonly when?: Condition | undefined;
  /** Least amounts; where they are not reached, the level below acts in its place, if it has not yet. */
  readonly min?: StageMinimum | undefined;
  /** Default: the policy's. */
  readonly mode?: StageMode | undefined;
  /** With `approve` and `task`: days after which the proposal lapses and the stage is skipped: `4d`. */
  readonly lapses?: string | undefined;
  /** Least days since the last contact, in place of the plan's gap. */
  readonly gap?: string | undefined;
  /** Local time from which it acts: `10:00`. Default: the policy's, else the start of the day. */
  readonly time?: string | undefined;
  /** Days after its own day during which it may act: `5d`; then it is over. Default: for ever, until a later stage acts. */
  readonly expires?: string | undefined;
  /** A stage meant for before the due date may also act after it. Default: it expires. */
  readonly keep?: boolean | undefined;
  /** Order among stages of one day; the higher is severer. Default: the later in the document. */
  readonly rank?: number | undefined;
  /** Days until its own payment deadline, counted from the day it is done: `10d`. */
  readonly deadline?: string | undefined;
  readonly do: readonly Action[];
}

/** Cases of several items that climb together. Currency is a key of every group. */
export interface GroupUnit {
  /** `account` alone, or with `entity`, `area`, `branch`, or the host's own fields: `item.attributes.contract`. */
  readonly group: readonly GroupKey[];
  /**
   * The oldest unpaid item carries the group (ties by highest balance, then id).
   * When it is paid: `recompute` the level from what is left (default),
   * `inherit` the level, or `restart`.
   */
  readonly carrier?: 'recompute' | 'inherit' | 'restart' | undefined;
}

export type GroupKey = 'account' | 'entity' | 'area' | 'branch' | `item.attributes.${string}`;

/** What must be the same for items to share a message. */
export type MessageKey =
  | 'account'
  | 'invoice'
  | 'item'
  | 'unit'
  | 'level'
  | 'channel'
  | 'currency'
  | 'entity'
  | 'area'
  | 'branch'
  | `item.attributes.${string}`;

/**
 * How items share messages. Policy and contact always tell messages apart, and
 * so do upcoming and overdue; where stages name different channels, the
 * strongest decides, unless `channel` is a key. Of a group of items that climb
 * together, the one that carries it says the value of a key.
 */
export interface MessageGrouping {
  /** One message per account (default), or for each value of these keys. */
  readonly by?: MessageKey | readonly MessageKey[] | undefined;
  /** Items listed: those whose stage acts (default), all that are overdue, or all that are open. Listing gives no level. */
  readonly list?: 'acting' | 'overdue' | 'open' | undefined;
  /**
   * Levels within one message: each keeps its `own` (default), all are `lift`ed
   * to the highest, or the highest `absorb`s the others: one occasion, and only
   * the highest stage's items are chased; the milder stages count as done.
   */
  readonly levels?: 'own' | 'lift' | 'absorb' | undefined;
  /**
   * At most so many messages of a kind per account and review, over all its
   * policies; the policy with the highest `priority`, then the strongest stage
   * goes, the others wait for the next permitted review. Default: one of each
   * kind where messages are by account alone (and one more for each branch that
   * has contacts of its own), else no limit.
   */
  readonly most?:
    | { readonly upcoming?: number | undefined; readonly overdue?: number | undefined }
    | undefined;
}

/** What follows the last stage while the item stays open. */
export interface LastRule {
  /** Repeat the last stage every so often. */
  readonly repeat?: string | undefined;
  /** At most so many repeats. */
  readonly times?: number | undefined;
  /** Repeats count from the last contact of the case (default), or are multiples from the due or issue date. */
  readonly from?: 'contact' | 'due' | 'issue' | undefined;
  /** Exhausted when the last act's wait is over (`waited`, default), with the last act (`acted`), or after so many days: `10d`. */
  readonly exhausted?: string | undefined;
}

/** The longest life of a case; then it is exhausted, whatever is left. */
export interface LifeRule {
  readonly from: 'due' | 'opened' | 'first';
  /** `180d`, `6mo` */
  readonly plus: string;
}

/** Reactions to what happens; each once per opening and cause. */
export interface Reactions {
  /** When a case is settled by payment. */
  readonly paid?: readonly SendAction[] | undefined;
  /**
   * When a promise to pay is recorded: its acknowledgement, once for each
   * promise. Only while it is open and was made within the last days, so that
   * history of an earlier system is not answered.
   */
  readonly promised?: readonly SendAction[] | undefined;
  /** When a dispute is recorded: its acknowledgement, once for each dispute, by the same rule. */
  readonly disputed?: readonly SendAction[] | undefined;
  /**
   * When the debtor reports a payment that is not booked yet: its
   * acknowledgement, once for each, by the same rule, while what it names rests.
   */
  readonly reported?: readonly SendAction[] | undefined;
  readonly promiseKept?: readonly Reaction[] | undefined;
  readonly promiseBroken?: readonly Reaction[] | undefined;
  /** When a case is exhausted. */
  readonly exhausted?: readonly Reaction[] | undefined;
}

export type Reaction =
  | TaskAction
  | AlertAction
  | EffectAction
  | HandoverAction
  | WriteOffAction
  | EscalateAction;

/** The next stage acts at once, without waiting for its day. */
export interface EscalateAction {
  readonly escalate: 'next';
}

/** A ladder of stages with its rules. */
export interface Policy {
  readonly id: string;
  readonly version: number;
  readonly name?: string | undefined;
  /** `false`: kept for running cases' history, gives nobody anything. Default `true`. */
  readonly active?: boolean | undefined;
  /** When messages of two policies compete for one occasion, the higher goes first. Default 0. */
  readonly priority?: number | undefined;
  /** Items that the policy knows; others are untouched and outside its thresholds. */
  readonly scope?: Condition | undefined;
  /** What climbs: each `item` (default), or groups of items. */
  readonly unit?: 'item' | GroupUnit | undefined;
  /**
   * `latched` by stages done (default), or `state`: the severest stage whose
   * conditions hold now, both ways. Where its conditions ask about the level
   * itself (`case.level`, `case.stage`) it moves once a day at most.
   */
  readonly level?: 'latched' | 'state' | undefined;
  readonly message?: MessageGrouping | undefined;
  /** Channels for stages that name none. */
  readonly via?: readonly Via[] | undefined;
  /** Mode of stages that name none. Default `auto`. */
  readonly mode?: StageMode | undefined;
  /** Local time from which stages act: `10:00`. */
  readonly time?: string | undefined;
  /** Days added to the due date before an item counts as overdue here: stages after the due date wait for them. Default `0d`. */
  readonly grace?: string | undefined;
  /** The account is chased only once its oldest overdue item has so many days past due: `10d`. Default none. */
  readonly arrears?: string | undefined;
  /** Several stages have passed: `latest` acts once and skips the milder (default), `each` acts on one per review, `drop` lets a stage live for its day only. */
  readonly late?: 'latest' | 'each' | 'drop' | undefined;
  /** An item is already overdue when its case opens: `first` overdue stage, then the policy's own distances (default), or the `latest` stage that fits its age. */
  readonly entry?: 'first' | 'latest' | undefined;
  /** Each review on request advances one stage, without waiting for days: as an ERP's dunning run does. Default `false`. */
  readonly climb?: boolean | undefined;
  /** Days between the end of a pause (hold, dispute, promise) and the next stage. Default `1d`. */
  readonly restart?: string | undefined;
  /** A stage that contact rules push onto or past the day of the next one: it `gives-way` and is skipped (default), or `both` act in turn. */
  readonly pushed?: 'gives-way' | 'both' | undefined;
  /** After a pause: the `next` stage (default), the `latest` that is due, the `same` again, or the `first`. */
  readonly resume?: 'next' | 'latest' | 'same' | 'first' | undefined;
  /** A stage with a message counts as done when it is `sent` (default), `confirmed` for sending, `proposed`, or `delivered`. */
  readonly done?: 'sent' | 'confirmed' | 'proposed' | 'delivered' | undefined;
  /** Nobody knows whether a message went out: its `case` waits until that is known (default), or that `act` only; it is not sent again by itself. */
  readonly unknown?: 'case' | 'act' | undefined;
  /** A review finds a proposal unconfirmed: `hold` it, refreshed when facts change (default), `regenerate` it, or let a due later stage `supersede` it. */
  readonly proposed?: 'hold' | 'regenerate' | 'supersede' | undefined;
  /** A person discarded a proposal: the stage is skipped (`skip`, default), proposed `again`, or the case waits (`hold`). */
  readonly discarded?: 'skip' | 'again' | 'hold' | undefined;
  /** A settled debt comes back: `continue` where it was (default) or `restart`. */
  readonly reopen?: 'continue' | 'restart' | undefined;
  /**
   * When a later debt finds its counters at nothing: when what climbs is
   * `settled` (default); already when everything that the `last-message` told
   * of is; only when a person resets it (`reset`); or `never`, and resetting is
   * refused. An item is its own debt: for it the last two say nothing more.
   */
  readonly counters?: 'settled' | 'last-message' | 'reset' | 'never' | undefined;
  /** With `level: 'state'`, a level is entered again: its stage acted `once` in this opening (default), or acts again (`repeat`). */
  readonly reentry?: 'once' | 'repeat' | undefined;
  /** A new version of this policy is loaded: running cases stay with theirs (`pin`, default), or `adopt` it; with `map`, old stage ids count as these new ones. */
  readonly adopt?: 'pin' | 'adopt' | { readonly map: Readonly<Record<string, string>> } | undefined;
  readonly stages: readonly Stage[];
  readonly last?: LastRule | undefined;
  readonly life?: LifeRule | undefined;
  readonly on?: Reactions | undefined;
}

/** One text, or one for a single item and one for several. */
export type TextVariant = string | { readonly one: string; readonly many: string };

/** Subject and body, in the light markup of the messages module. */
export interface EmailText {
  readonly subject: TextVariant;
  readonly body: TextVariant;
}

/** One language's texts of a message, by channel id. `email` takes subject and body, `whatsapp` and `sms` one text, all others either. */
export interface MessageTexts {
  readonly whatsapp?: TextVariant | undefined;
  readonly sms?: TextVariant | undefined;
  readonly email?: EmailText | undefined;
  /** What to say on the phone. With subject and body: the headline, and the script with its facts. */
  readonly call?: TextVariant | EmailText | undefined;
  readonly letter?: TextVariant | EmailText | undefined;
  readonly [channel: string]: TextVariant | EmailText | undefined;
}

/**
 * What a message is about decides which variables it may use, and where it may
 * be sent: `items` by stages, `payment` by `on.paid`, `promise` by
 * `on.promised`, `dispute` by `on.disputed`, `report` by `on.reported`.
 */
export type MessageAbout = 'items' | 'payment' | 'promise' | 'dispute' | 'report';

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
