import type { ErasedPeople } from './erased.js';
import type { LeftStatistics } from './left.js';
import type {
  Account,
  Consent,
  CreditNote,
  Dispute,
  Hold,
  Invoice,
  Payment,
  PaymentPlan,
  PaymentPromise,
  Refund,
  Reply,
  SourceHealth,
  UnbookedPayment,
} from './types.js';

/**
 * The account file: everything decided together and committed together for one
 * account. Immutable; only `evolve` makes a new one. Maps keep insertion
 * order, and nothing that is decided depends on that order.
 */
export interface AccountFile {
  /** The account's id. */
  readonly id: string;
  /** Number of events that made this file; the sequence of the last one. */
  readonly seq: number;
  /** Absent while only items of the account are known (facts may arrive in any order). */
  readonly account?: Account | undefined;
  /** Instant of the latest review, so that a back-dated one is refused. */
  readonly reviewed?: number | undefined;
  readonly invoices: ReadonlyMap<string, Invoice>;
  /** By subject (an item's id or a group's), each by opening; the last one of a subject is the running one. */
  readonly cases: ReadonlyMap<string, readonly Case[]>;
  readonly payments: ReadonlyMap<string, Payment>;
  readonly refunds: ReadonlyMap<string, Refund>;
  readonly credits: ReadonlyMap<string, CreditNote>;
  readonly holds: ReadonlyMap<string, Hold>;
  readonly disputes: ReadonlyMap<string, Dispute>;
  readonly promises: ReadonlyMap<string, PaymentPromise>;
  readonly unbooked: ReadonlyMap<string, UnbookedPayment>;
  readonly replies: ReadonlyMap<string, Reply>;
  readonly plans: ReadonlyMap<string, PaymentPlan>;
  readonly sources: ReadonlyMap<string, SourceHealth>;
  /** What became of promises whose day is over, by promise id. */
  readonly kept: ReadonlyMap<string, PromiseOutcome>;
  /** Interest charged so far, by item, so that no day is charged twice. */
  readonly charged: ReadonlyMap<string, InterestSoFar>;
  /** Items that a person put under another policy, by item id. */
  readonly moved: ReadonlyMap<string, MovedItem>;
  /** A person who leads the conversation; automation stops until released. */
  readonly assigned?: AssignedTo | undefined;
  /** Acts that are not finished, by id. */
  readonly acts: ReadonlyMap<string, OpenAct>;
  /** Contacts that happened, oldest first; pruned to what rules can look back on. */
  readonly touches: readonly Touch[];
  /** What is known against addresses. One that is not named here works, as far as anybody knows. */
  readonly health: readonly AddressMark[];
  /** On which channels contacts were reached last: a message arrived, or they wrote; the latest of each only. */
  readonly worked?: readonly WorkedChannel[] | undefined;
  /** What people told recobro itself about being written to, over a channel or a link; beside what the host says of it. */
  readonly heard?: readonly HeardConsent[] | undefined;
  /** Until when contacts may be answered freely, by contact and channel: the latest only. */
  readonly windows?: readonly ServiceWindow[] | undefined;
  /** Words of answers that are on their way, and leave the file with their acts. */
  readonly answers?: readonly GivenAnswer[] | undefined;
  /** What the host's bot did of late. */
  readonly bot?: BotState | undefined;
  /** The latest notes of people, oldest first; all of them stand in the log. Nothing is decided by them. */
  readonly notes?: readonly Note[] | undefined;
  /** Whose personal data was erased. */
  readonly erased?: ErasedPeople | undefined;
  /** What counts on of records that are over and left the file. Absent: none did. */
  readonly left?: LeftStatistics | undefined;
}

/** A contact's own word about a channel, as it came in. */
export interface HeardConsent extends Consent {
  readonly contact: string;
}

/** A channel's service window: whoever wrote may be answered in any words until it closes. */
export interface ServiceWindow {
  readonly contact: string;
  readonly channel: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** An answer in words of its own, as the host's bot gave it. Personal data. */
export interface GivenAnswer {
  /** The act that brings it. */
  readonly act: string;
  /** Id of the message that it answers. */
  readonly message: string;
  readonly contact: string;
  readonly text: string;
  readonly options?: readonly AnswerOption[] | undefined;
  /** The provider's id of the message that it answers. */
  readonly replyTo?: string | undefined;
  /** Of an e-mail: that of the one it answers. */
  readonly subject?: string | undefined;
  /** The message is dealt with by it: what does not go out is for people after all. */
  readonly settles?: true | undefined;
}

/** An answer that the reader may choose: a button, where the channel has such. */
export interface AnswerOption {
  /** What the reader sees. */
  readonly title: string;
  /** What comes in when it is chosen, read like that of any button: `paid`, `promise:2026-03-15`. */
  readonly payload: string;
}

/** What the host's bot did for an account. */
export interface BotState {
  /** Local day. */
  readonly on: string;
  /** Answers on that day. */
  readonly answers: number;
  /** The message with which it left the account to people; until that one is dealt with, or the account is released. */
  readonly handed?: string | undefined;
}

/** What a person wrote down about an account. */
export interface Note {
  readonly id: string;
  readonly text: string;
  readonly author: string;
  readonly at: number;
  /** Local day. */
  readonly on: string;
}

/** How a promise ended. */
export interface PromiseOutcome {
  readonly id: string;
  readonly outcome: 'kept' | 'partly' | 'broken' | 'cancelled';
  readonly on: string;
}

/** A person's choice of policy for one item; it stands above every other assignment. */
export interface MovedItem {
  readonly id: string;
  readonly policy: string;
  readonly author: string;
  readonly on: string;
}

/** Interest that was charged on an item and not voided; waived interest counts, or it would be charged again. */
export interface InterestSoFar {
  /** The item. */
  readonly id: string;
  /** The last day that was charged. */
  readonly to: string;
  /** Minor units. */
  readonly amount: number;
}

export interface AssignedTo {
  readonly owner: string;
  readonly author: string;
  readonly on: string;
  readonly reason?: string | undefined;
}

/** What went wrong with an address on a channel, and when. */
export interface AddressMark {
  readonly contact: string;
  readonly channel: string;
  readonly address: string;
  /** `bounced` and `invalid` end it until somebody says that it works; `unreachable` passes. */
  readonly state: 'bounced' | 'invalid' | 'unreachable';
  /** Code. */
  readonly reason: string;
  /** The last time. */
  readonly at: number;
  /** Of `unreachable`: how often in a row. */
  readonly failures?: number | undefined;
}

/** A channel on which a contact was reached. */
export interface WorkedChannel {
  readonly contact: string;
  readonly channel: string;
  readonly at: number;
}

/** One item climbing one policy. */
export interface Case {
  /** `policy/subject#opening`, readable and stable. */
  readonly id: string;
  readonly policy: string;
  /** The ladder is pinned to this version while the case runs. */
  readonly version: number;
  /** Content hash of that version. */
  readonly hash: string;
  /** The item (an invoice id, `invoice~instalment`, or `~plan:p1~1` of a payment plan) or the group (`~MXN`, `~entity=mx~MXN`). */
  readonly subject: string;
  readonly opening: number;
  /** Local day on which it opened. */
  readonly opened: string;
  readonly state: CaseState;
  /** Why and when it closed or was exhausted. */
  readonly closed?: { readonly reason: string; readonly on: string } | undefined;
  /** Days by which the overdue rest of the ladder is displaced after a late entry or a pause. */
  readonly shift: number;
  /** The due date from which `shift` was reckoned: when that moves, the displacement shrinks or grows with it. */
  readonly shiftedFrom?: string | undefined;
  /** First day on which the next stage may act: the restart gap after the last pause. */
  readonly notBefore?: string | undefined;
  /** Why the case rests since when; cleared on resuming. */
  readonly paused?: { readonly reason: string; readonly on: string } | undefined;
  /** What happened at each stage, in order. */
  readonly marks: readonly StageMark[];
  /** Stage whose level the case is in, with `level: 'state'`. */
  readonly level?: string | undefined;
  /** Of a group: the item that carries it. */
  readonly carrier?: string | undefined;
  /** Of a group: items that carried it before in this opening. */
  readonly carried?: readonly string[] | undefined;
  /** A stage that a person or a run asked for, or that a reaction brings forward: it acts without waiting for its day. */
  readonly asked?: string | undefined;
  /** The runs on request that brought it a stage further: one that is asked for again, however late, does nothing. */
  readonly runs?: readonly string[] | undefined;
  /** By stage: the occurrence that the ladder goes by, where it was put back to before the stage. Default 1. */
  readonly turns?: Readonly<Record<string, number>> | undefined;
  /** Effects on the host that this case wants, by name. */
  readonly effects?: readonly string[] | undefined;
  /** Given to an agency or to legal: the case rests. */
  readonly handed?: { readonly to: string; readonly on: string } | undefined;
  /** Waits until a person asks for a stage, skips one, moves or resets it: a proposal of it was discarded. */
  readonly stopped?: { readonly reason: string; readonly on: string } | undefined;
  /** Reactions that were made, as `cause:id`, so that each happens once. */
  readonly reacted?: readonly string[] | undefined;
  /** Effects that reactions brought; wanted until the case is settled. */
  readonly reactionEffects?: readonly string[] | undefined;
  /** Day of the last change of level, with `level: 'state'`. */
  readonly levelOn?: string | undefined;
}

export type CaseState = 'open' | 'exhausted' | 'closed';

/** What became of one occurrence of a stage. */
export interface StageMark {
  /** A stage's id, or one of the names of `engine/marks.ts`: `on:paid`, `on:promised:p1`, `firm/send.1`, `firm/task.0`, `task:unreachable`. */
  readonly stage: string;
  /** 1, or the number of the repeat. */
  readonly occurrence: number;
  readonly state: 'planned' | 'done' | 'skipped' | 'unknown' | 'failed' | 'withdrawn';
  /** Local day of what happened last. */
  readonly on: string;
  /** Code, where skipped or failed. */
  readonly reason?: string | undefined;
  readonly act?: string | undefined;
  /** The act with which it was passed over or absorbed: withdrawn, it gives the stage its turn back. */
  readonly with?: string | undefined;
  /** Contact rules kept it back: it keeps its turn, also where its act is made and withdrawn. */
  readonly keepsTurn?: boolean | undefined;
  /** Local day on which its act was first proposed or planned. */
  readonly proposed?: string | undefined;
  /** Local day on which a person confirmed it for sending. */
  readonly confirmed?: string | undefined;
  /** It acts, or acted, because it was asked for: taken back, it is asked for still. */
  readonly asked?: boolean | undefined;
  /** Local day on which its message was delivered. */
  readonly delivered?: string | undefined;
  /** Its message was accepted and is to be delivered in time, or the next place of the channel chain is tried. */
  readonly awaits?: Awaited | undefined;
  /** Of a group: the items that its message asked for. */
  readonly told?: readonly string[] | undefined;
  /** Places of the channel chain that refused for good, as `contact:channel`; `address contact:channel` where only the address was at fault. */
  readonly tried: readonly string[];
  /** How often an act for it was withdrawn; part of the next act's id. */
  readonly revision: number;
}

/** A message that has to be delivered in time. */
export interface Awaited {
  /** The last instant. */
  readonly until: number;
  /** Where it went, as `contact:channel`. */
  readonly place: string;
  /** The occasion that it belongs to. */
  readonly occasion: number;
  /** Its provider gave it up: where no place is left, people are told. */
  readonly failed?: boolean | undefined;
}

/** What an act is. */
export type ActKind = 'message' | 'task' | 'alert' | 'effect' | 'fee' | 'handover' | 'write-off';

/** An act that is not finished. A message that is planned or unknown counts for gap and caps, and holds its cases; a proposal holds its cases only. */
export interface OpenAct {
  readonly id: string;
  readonly kind: ActKind;
  readonly purpose: Purpose;
  /** `proposed`: waits for a person's approval, or to be done by a person. */
  readonly state: 'proposed' | 'planned' | 'unknown';
  /** A person approved it. */
  readonly approved?: boolean | undefined;
  /** Last day of a proposal. */
  readonly lapses?: string | undefined;
  /** Of what a person brings: the instant at which the next place has its turn. */
  readonly until?: number | undefined;
  /** Of what a person brings: how often it was tried in vain, and from when it is to be tried again. */
  readonly tries?: number | undefined;
  readonly again?: number | undefined;
  /** What a proposal says, so that a changed fact refreshes it. */
  readonly content?: string | undefined;
  /** Hash of the words of a proposal, so that changed words refresh it too. */
  readonly words?: string | undefined;
  /** Name of the task, alert, effect, fee or hand-over. */
  readonly name?: string | undefined;
  readonly contact?: string | undefined;
  readonly channel?: string | undefined;
  /** Of the first message of a stage: what it is about, for limits of what one occasion may have. */
  readonly topic?: Topic | undefined;
  /** Milliseconds within which it must be delivered once it is accepted. */
  readonly patience?: number | undefined;
  /** The review that planned it; contacts of one review are one occasion. */
  readonly review: number;
  /** Local day. */
  readonly on: string;
  readonly covers: readonly Cover[];
  /** Address book place, as `contact:channel`. */
  readonly place?: string | undefined;
}

/** Chasing counts for gap and caps; thanks and the like do not. */
export type Purpose = 'dunning' | 'service';

/** What a message is about: thanks, the acknowledgement of a promise, dispute or reported payment, or debts that are overdue or coming. */
export type Topic = 'thanks' | 'promise' | 'dispute' | 'report' | 'overdue' | 'upcoming';

/** What an act performs: one occurrence of one stage of one case. */
export interface Cover {
  readonly subject: string;
  readonly case: string;
  readonly stage: string;
  readonly occurrence: number;
}

/** A contact that happened, whoever made it. */
export interface Touch {
  readonly at: number;
  readonly on: string;
  /** Contacts of one occasion count once. */
  readonly occasion: number;
  readonly purpose: Purpose;
  readonly topic?: Topic | undefined;
  readonly channel?: string | undefined;
  readonly contact?: string | undefined;
  /** Cases that it was about, where it was about any. */
  readonly cases?: readonly string[] | undefined;
}
