import type { PlaceRefusal } from '../../contact/recipients.js';
import type { Block, BlockKind } from '../../ledger/block.js';
import type { CaseState } from '../../ledger/file.js';
import type { LevelCap } from '../../ledger/types.js';
import type { ConditionValue, Tone, TriggerBasis } from '../../policy/types.js';
import type { Act, DocumentRef } from '../acts.js';
import type { ArmOfExperiment } from '../assign.js';
import type { ConditionReport, Found } from '../condition-report.js';
import type { StageState } from '../stage-state.js';
import type { Guard } from './guards.js';

/**
 * What must be other than it is. Amounts are minor units, days ISO dates,
 * instants milliseconds. Data only: sentences are made above the core.
 */
export type Change =
  /** Time passes: from this instant, the start of `day` or an hour of it, the guard passes if nothing else changes. */
  | { readonly kind: 'date'; readonly day: string; readonly at: number }
  /** One comparison of a condition. `not`: it holds and must not. */
  | {
      readonly kind: 'condition';
      readonly fact: string;
      readonly op: ConditionOperator;
      readonly wanted: ConditionValue | readonly (string | number)[];
      readonly found?: Found | undefined;
      readonly not?: true | undefined;
    }
  /**
   * So much more must be there. `outstanding`: owed on the item. `dunnable`: of
   * what may be chased and counts for the stage's least amount.
   */
  | {
      readonly kind: 'amount';
      readonly of: 'outstanding' | 'dunnable';
      readonly currency: string;
      readonly missing: number;
    }
  /** Something that keeps amounts out of dunning ends. `by` says how; `until` is its last blocked day, where it ends by itself. */
  | {
      readonly kind: 'block';
      readonly block: BlockKind;
      /** Absent for money put to no invoice. */
      readonly id?: string | undefined;
      readonly reason: string;
      /** What it keeps back of the item or group. */
      readonly amount: number;
      readonly currency: string;
      readonly by: BlockEnd;
      readonly until?: string | undefined;
    }
  /** A person leads the conversation and releases it. */
  | { readonly kind: 'person'; readonly owner: string }
  /** What was handed over is taken back. */
  | { readonly kind: 'handover'; readonly to: string; readonly on: string }
  /** The account itself is told: only items of it are known. */
  | { readonly kind: 'account'; readonly account: string }
  /** The invoice says something else of itself: its status, what kind of document it is, or the date that is missing. */
  | {
      readonly kind: 'invoice';
      readonly field: 'status' | 'type' | 'due';
      readonly found?: string | undefined;
      /** Absent where any other will do. */
      readonly wanted?: string | undefined;
    }
  /** Some assignment gives it a policy that is active. `policy` is the one that was named and cannot be. */
  | {
      readonly kind: 'assignment';
      readonly reason: string;
      readonly by: string;
      readonly policy?: string | undefined;
    }
  /** An act that is under way, waits for a person, or has an unknown outcome comes to its end. */
  | {
      readonly kind: 'act';
      readonly id: string;
      readonly state: 'proposed' | 'planned' | 'unknown';
      readonly stage: string;
      /** Where a person brings it: by which channel. */
      readonly byHand?: string | undefined;
    }
  /** Another stage comes first: this one counts from it, or it is its turn. */
  | { readonly kind: 'stage'; readonly stage: string; readonly state: 'done' | 'proposed' | 'delivered' }
  /** A person asks for the stage: no day, condition or order holds it then. */
  | { readonly kind: 'ask'; readonly stage: string }
  /** A review on request (a run) comes. */
  | { readonly kind: 'run' }
  /** The level up to which the account or an invoice may climb is raised or taken away. */
  | {
      readonly kind: 'cap';
      readonly of: 'account' | 'invoice';
      readonly id: string;
      readonly found: LevelCap;
      /** The stage's own level. */
      readonly wanted: number;
    }
  /** The stage or plan gives an amount for the currency, or says what happens where there is none. */
  | { readonly kind: 'threshold'; readonly currency: string }
  /** The plan has a rate from the item's currency to one of those in which amounts are given. */
  | { readonly kind: 'rate'; readonly from: string; readonly to: readonly string[] }
  /** A contact consents to a channel; without a contact: whoever is added. */
  | {
      readonly kind: 'consent';
      readonly contact?: string | undefined;
      readonly channel: string;
      readonly found: 'none' | 'withdrawn';
    }
  /** An address: there is none, it was refused for good, or this place was tried already. Without a contact: somebody to write to. */
  | {
      readonly kind: 'address';
      readonly contact?: string | undefined;
      readonly channel: string;
      readonly found: 'missing' | 'unusable' | 'tried';
    }
  /** An address that could not be reached lately is tried again from `at` on, or as soon as there is a sign of life. */
  | {
      readonly kind: 'address';
      readonly contact?: string | undefined;
      readonly channel: string;
      readonly found: 'resting';
      readonly at: number;
    }
  /** The channel is set up. */
  | { readonly kind: 'channel'; readonly channel: string }
  /** The message gets a text for the channel. */
  | { readonly kind: 'text'; readonly message: string; readonly channel: string }
  /** The contact rules permit it from `at` on; absent where they never do. */
  | { readonly kind: 'contact'; readonly rule: ContactRule; readonly at?: number | undefined };

/** Operators of conditions. */
export type ConditionOperator = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'has' | 'exists';

/**
 * How a block ends before its time: a hold is released, a dispute settled, a
 * promise cancelled, money booked (or found not to come), a reply dealt with, a
 * payment plan broken or cancelled, a source heard of again, money put to invoices.
 */
export type BlockEnd = 'release' | 'settle' | 'cancel' | 'book' | 'handle' | 'end' | 'refresh' | 'apply';

/**
 * What delays a message: the least time between contacts, the most contacts in
 * a period, contact hours, a day off, a message of a policy with higher
 * priority, or no room for another message on one occasion.
 */
export type ContactRule = 'gap' | 'cap' | 'window' | 'holiday' | 'priority' | 'message_limit';

/** One way to make a guard pass: all of these changes together. */
export type Way = readonly Change[];

/** One guard's answer with what it looked at. The guards stand in the order in which they were asked; the last one failed, or all passed. */
export type Tried = { readonly passed: boolean; readonly reason?: string | undefined } & (
  | { readonly guard: 'owed'; readonly inputs: OwedInputs }
  | { readonly guard: 'account'; readonly inputs: { readonly known: boolean } }
  | { readonly guard: 'policy'; readonly inputs: PolicyInputs }
  | { readonly guard: 'not_blocked'; readonly inputs: BlockedInputs }
  | { readonly guard: 'not_under_way'; readonly inputs: UnderWayInputs }
  | { readonly guard: 'date'; readonly inputs: DateInputs }
  | { readonly guard: 'condition'; readonly inputs: ConditionInputs }
  | { readonly guard: 'order'; readonly inputs: OrderInputs }
  | { readonly guard: 'recipient'; readonly inputs: RecipientInputs }
  | { readonly guard: 'contact_rules'; readonly inputs: ContactInputs }
);

export interface OwedInputs {
  readonly status: string;
  readonly type?: string | undefined;
  readonly outstanding: number;
  /** The part of it that is booked fees. */
  readonly charges: number;
  readonly currency: string;
  /** Less than this counts as settled. */
  readonly tolerance?: number | undefined;
}

export interface PolicyInputs {
  readonly policy?: DocumentRef | undefined;
  /** What named it: `invoice`, `segment`, `default`, … */
  readonly by: string;
  readonly segment?: string | undefined;
  /** The policy's scope, part by part. */
  readonly scope?: ConditionReport | undefined;
}

export interface BlockedInputs {
  /** What may be chased of the item or group. */
  readonly dunnable: number;
  readonly currency: string;
  readonly blocks: readonly Block[];
  /** Who leads the conversation. */
  readonly assigned?: string | undefined;
  /** To whom it was handed over. */
  readonly handed?: string | undefined;
}

export interface UnderWayInputs {
  /** Acts of the case that are not finished. */
  readonly acts: readonly {
    readonly id: string;
    readonly state: 'proposed' | 'planned' | 'unknown';
    readonly stage: string;
  }[];
}

export interface DateInputs {
  readonly today: string;
  /** The day of the stage, with its displacement, grace and the restart gap after a pause. */
  readonly day?: string | undefined;
  /** What its triggers count from. */
  readonly from: readonly TriggerBasis[];
  readonly due?: string | undefined;
  /** Last day on which the item does not count as overdue, where the policy grants grace. */
  readonly graceUntil?: string | undefined;
  /** First day after a pause on which anything acts. */
  readonly notBefore?: string | undefined;
  /** Days by which the ladder is displaced after a late entry or a pause. */
  readonly shift?: number | undefined;
  /** Instant of the day from which it acts, where there is an hour. */
  readonly hour?: number | undefined;
  /** Last day on which it may act. */
  readonly lastDay?: string | undefined;
}

export interface ConditionInputs {
  readonly hardship?: true | undefined;
  /** Levels up to which the account or its invoices may climb. */
  readonly cap?: LevelCap | undefined;
  /** The stage's condition, part by part, with what was found. */
  readonly condition?: ConditionReport | undefined;
  /** The stage's least amounts. */
  readonly minimum?: MinimumReport | undefined;
}

/** What a stage asks of the amounts, and what there is. */
export interface MinimumReport {
  readonly currency: string;
  /** Minor units, where the stage gives an amount in the currency. */
  readonly wanted?: number | undefined;
  /** Percent of all open items. */
  readonly share?: number | undefined;
  /** Either is enough. */
  readonly any: boolean;
  readonly of: 'case' | 'account';
  /** What counts: dunnable and overdue, in scope, without booked fees. */
  readonly counted: number;
  /** All that is open, of which `share` is asked. */
  readonly open: number;
}

export interface OrderInputs {
  /** The stage that acts, is asked for, or must come first. */
  readonly stage?: string | undefined;
  /** When it was passed over. */
  readonly on?: string | undefined;
}

export interface RecipientInputs {
  /** Places that were tried in vain, in order. */
  readonly passed: readonly PlaceRefusal[];
  readonly chosen?: PlaceChoice | undefined;
}

export interface ContactInputs {
  readonly contact?: string | undefined;
  readonly channel: string;
  /** Zone whose hours count. */
  readonly zone: string;
  /** Earliest permitted instant; absent where there is none. */
  readonly at?: number | undefined;
}

/** Whom a message goes to over which channel, and why. */
export interface PlaceChoice {
  /** Absent for channels that need nobody. */
  readonly contact?: string | undefined;
  readonly channel: string;
  /**
   * Why this contact: it has the `role` asked for, the `invoice` names it, or
   * neither can be reached and it is the next (`fallback`); `nobody` where the channel needs none.
   */
  readonly contactBy: 'role' | 'invoice' | 'fallback' | 'nobody';
  /** The role that the stage asks for. */
  readonly role: string;
  /**
   * Why this channel: the contact prefers it (`preference`), it was reached there last (`lastWorked`), or it comes first
   * in the stage's order (`order`).
   */
  readonly channelBy: 'preference' | 'lastWorked' | 'order';
  /** Channels in the order in which they come for this contact. */
  readonly channels: readonly string[];
  /** Places that come before it and cannot be used. */
  readonly passed: readonly PlaceRefusal[];
}

/** An answer to "why, or why not". */
export interface Answer {
  /** Acts now. */
  readonly acts: boolean;
  /** The first guard that failed; absent where it acts, and for stages that were performed. */
  readonly failed?: Guard | undefined;
  /** Code of the failing guard's answer. */
  readonly reason?: string | undefined;
  /** When the answer may change by itself. */
  readonly at?: number | undefined;
  /** The guards in order with what they looked at, up to the first that failed. */
  readonly tried: readonly Tried[];
  /** Ways to make the failing guard pass, each enough by itself; none is known where it is empty. Present where a guard failed. */
  readonly would?: readonly Way[] | undefined;
}

/** One stage of an item's ladder as seen today. */
export interface StageExplanation extends Answer {
  readonly stage: string;
  readonly tone: Tone;
  readonly state: StageState;
  /** Planned day; absent when the date it counts from is missing. */
  readonly day?: string | undefined;
  /** Day on which it was done or skipped. */
  readonly on?: string | undefined;
  /** Code of the failing guard's answer; of a stage that is over the reason that was recorded, if any. */
  readonly reason?: string | undefined;
  /** Where the stage's condition was asked: part by part, with what was found. */
  readonly condition?: ConditionReport | undefined;
  /** Where its message goes, of a stage that acts. */
  readonly place?: PlaceChoice | undefined;
}

/** The group that an item climbs with. */
export interface GroupExplanation {
  readonly id: string;
  /** The item that carries it. */
  readonly carrier: string;
  /**
   * Why that one: it is the `only` one on which something may be chased, the
   * `oldest`, has the `highest` balance of those due on that day, or the first
   * `id` of equals; `blocked` where nothing may be chased of any.
   */
  readonly why: 'only' | 'oldest' | 'highest' | 'id' | 'blocked';
  /** All items of it, oldest first. */
  readonly items: readonly string[];
  /** Older items that do not carry it, since nothing may be chased of them today. */
  readonly passed: readonly string[];
}

/** Why an item is or is not dunned today. Codes and data; sentences are made above the core. */
export interface ItemExplanation extends Answer {
  readonly item: string;
  readonly invoice: string;
  readonly number: string;
  readonly currency: string;
  readonly outstanding: number;
  readonly dunnable: number;
  readonly due?: string | undefined;
  readonly daysPastDue?: number | undefined;
  readonly blocks: readonly Block[];
  readonly policy?: DocumentRef | undefined;
  /** What assigned the policy. */
  readonly assignedBy: string;
  /** The experiment and its arm, where one gave the policy. */
  readonly experiment?: ArmOfExperiment | undefined;
  readonly group?: GroupExplanation | undefined;
  /** Its running case; of an item that is settled its last one. */
  readonly case?: string | undefined;
  readonly caseState?: CaseState | undefined;
  /** Why and when the case closed or was exhausted. */
  readonly closed?: { readonly reason: string; readonly on: string } | undefined;
  /** In the order of the ladder. */
  readonly stages: readonly StageExplanation[];
  /** The stage that acts, or that it waits with. */
  readonly stage?: string | undefined;
  readonly refusals?: readonly PlaceRefusal[] | undefined;
  readonly place?: PlaceChoice | undefined;
}

/** Everything `decide` looked at for an account at an instant. */
export interface Explanation {
  readonly account: string;
  readonly at: number;
  readonly day: string;
  readonly zone: string;
  readonly segment?: string | undefined;
  readonly plan: DocumentRef;
  readonly items: readonly ItemExplanation[];
  /** What would be planned now. */
  readonly acts: readonly Act[];
  readonly next?: number | undefined;
}
