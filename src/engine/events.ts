import type { Charge } from '../charges/index.js';
import type { AnswerOption, AssignedTo, Case, Cover, Note, PromiseOutcome } from '../ledger/file.js';
import type { LeavingRecord, LeftRecord } from '../ledger/left.js';
import type {
  Account,
  AccountScores,
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
} from '../ledger/types.js';
import type { Money } from '../money/index.js';
import type { Act, DocumentRef, SentText } from './acts.js';
import type { ReviewLimits } from './review-limits.js';

/** What happened to a case on a local day of the account. */
interface CaseEvent {
  readonly subject: string;
  readonly case: string;
  readonly on: string;
}

/** What a person did, and why. */
interface Authored {
  readonly author: string;
  readonly reason?: string | undefined;
}

/** By what a review decided. */
export interface ReviewFrame {
  /** Hash of all documents and channels. */
  readonly documents: string;
  readonly plan: DocumentRef;
  /** Version of the time zone data. */
  readonly tz: string;
  /** How many events the review made, this one included: they end here. */
  readonly events: number;
  /** What was asked for, where it was anything: see `DecideOptions`. */
  readonly occasion?: number | undefined;
  readonly only?: ReviewLimits | undefined;
  readonly run?: string | number | undefined;
  readonly backdated?: 'refuse' | 'accept' | undefined;
  /** Days after which what is over leaves the file. */
  readonly leave?: number | undefined;
}

/**
 * What came of a message that a person brought: somebody was `reached`, a `messageLeft`, a letter `sent`; or they
 * said when they pay, that they have, or that they do not owe it.
 */
export type DoneOutcome = 'reached' | 'messageLeft' | 'sent' | 'promised' | 'paid' | 'disputed';

/** Who tried by hand what did not work, and their own words. */
interface TriedByHand {
  readonly author?: string | undefined;
  readonly note?: string | undefined;
}

/**
 * What the host's bot made of a message: it `answered`; it had `nothing` to say; it `handed_over` to people, with or
 * without words; it `failed`, took too long (`timeout`) or gave an `invalid` answer; it was not asked, since the day's
 * `limit` was reached; or the account `changed` while it was asked. All but the first are for people.
 */
export type BotOutcome =
  | 'answered'
  | 'nothing'
  | 'handed_over'
  | 'failed'
  | 'timeout'
  | 'invalid'
  | 'limit'
  | 'changed';

/** Records that leave the file when their source does not list them any more; an invoice stays, settled or deleted. */
export type GoneKind = 'payments' | 'refunds' | 'credits' | 'holds' | 'disputes' | 'promises' | 'unbooked';

/**
 * Everything that ever changes an account file. `evolve` folds them; the shell
 * stores them as the audit log. Data only: no locale text, no clock.
 */
export type FileEvent =
  // facts
  | { readonly type: 'account.upserted'; readonly account: Account }
  | { readonly type: 'invoice.upserted'; readonly invoice: Invoice }
  | { readonly type: 'payment.upserted'; readonly payment: Payment }
  | { readonly type: 'refund.upserted'; readonly refund: Refund }
  | { readonly type: 'credit.upserted'; readonly credit: CreditNote }
  | { readonly type: 'hold.upserted'; readonly hold: Hold }
  | { readonly type: 'dispute.upserted'; readonly dispute: Dispute }
  | { readonly type: 'promise.upserted'; readonly promise: PaymentPromise }
  | { readonly type: 'unbooked.upserted'; readonly unbooked: UnbookedPayment }
  | { readonly type: 'reply.upserted'; readonly reply: Reply }
  | { readonly type: 'plan.upserted'; readonly plan: PaymentPlan }
  | { readonly type: 'source.upserted'; readonly source: SourceHealth }
  | { readonly type: 'account.scored'; readonly scores: AccountScores }
  // the source that owns these records does not list them any more
  | { readonly type: 'facts.gone'; readonly kind: GoneKind; readonly ids: readonly string[] }
  // decisions
  | (CaseEvent & {
      readonly type: 'case.opened';
      readonly policy: string;
      readonly version: number;
      readonly hash: string;
      readonly opening: number;
      /** Of a group: the item that carries it. */
      readonly carrier?: string | undefined;
    })
  | (CaseEvent & { readonly type: 'case.carried'; readonly carrier: string })
  // another version of the policy, or another policy, from here on
  | (CaseEvent & {
      readonly type: 'case.adopted';
      readonly policy: string;
      readonly version: number;
      readonly hash: string;
      /**
       * `new_version`: as the policy says; `version_gone`: the one that it was pinned to is not passed any
       * more; `policy_changed`: the document was edited without raising its version.
       */
      readonly reason: 'new_version' | 'version_gone' | 'policy_changed';
      /** Old stage ids and what they are called now. */
      readonly map?: Readonly<Record<string, string>> | undefined;
    })
  // level: 'state': one event per transition; without `to` the case has no level
  | (CaseEvent & {
      readonly type: 'case.level';
      readonly from?: string | undefined;
      readonly to?: string | undefined;
    })
  // the stage acts without waiting for its day
  | (CaseEvent &
      Authored & {
        readonly type: 'case.asked';
        readonly stage: string;
        /** The run on request that asks. */
        readonly run?: string | undefined;
      })
  // a person put the case to a stage; it climbs on from there
  | (CaseEvent & Authored & { readonly type: 'case.moved'; readonly stage: string })
  // a person put an item under another policy
  | (Authored & {
      readonly type: 'item.moved';
      readonly item: string;
      readonly policy: string;
      readonly on: string;
    })
  // counters start anew; contacts and caps stay
  | (CaseEvent & Authored & { readonly type: 'case.reset' })
  | (CaseEvent & { readonly type: 'case.handed'; readonly to: string })
  // whoever had it gave it back: it climbs on
  | (CaseEvent & Authored & { readonly type: 'case.returned' })
  | (CaseEvent & {
      readonly type: 'case.reacted';
      /** `promiseBroken:p1` */
      readonly cause: string;
      readonly effects?: readonly string[] | undefined;
    })
  | (CaseEvent & { readonly type: 'effect.wanted'; readonly effect: string })
  | (CaseEvent & { readonly type: 'effect.released'; readonly effect: string })
  // history that another system made
  | {
      readonly type: 'case.imported';
      readonly case: Case;
      readonly author?: string | undefined;
      readonly reason?: string | undefined;
    }
  | { readonly type: 'promise.ended'; readonly promise: PromiseOutcome }
  | { readonly type: 'account.assigned'; readonly to: AssignedTo }
  | (Authored & { readonly type: 'account.released'; readonly on: string })
  // what a person wrote down; nothing is decided by it
  | { readonly type: 'note.added'; readonly note: Note }
  // personal data of a contact, or of the whole account, are gone
  | (Authored & {
      readonly type: 'account.erased';
      /** Absent: everybody's. */
      readonly contact?: string | undefined;
      /** Of a contact: notes that named it. */
      readonly notes?: readonly string[] | undefined;
      readonly on: string;
    })
  // a contact made elsewhere: counts for gap and caps
  | (Authored & {
      readonly type: 'contact.recorded';
      readonly at: number;
      readonly on: string;
      readonly channel?: string | undefined;
      readonly contact?: string | undefined;
      readonly cases: readonly string[];
    })
  | (CaseEvent & {
      readonly type: 'case.shifted';
      readonly days: number;
      /** Due date of the item at that time. */
      readonly due?: string | undefined;
      readonly reason: 'entry' | 'resume' | 'moved';
    })
  | (CaseEvent & { readonly type: 'case.paused'; readonly reason: string })
  | (CaseEvent & { readonly type: 'case.resumed'; readonly notBefore: string })
  // the ladder stands before these stages again: their next occurrence counts, earlier ones are history
  | (CaseEvent & {
      readonly type: 'case.rewound';
      readonly turns: Readonly<Record<string, number>>;
    })
  | (CaseEvent & { readonly type: 'case.closed'; readonly reason: string })
  | (CaseEvent & { readonly type: 'case.exhausted'; readonly reason: string })
  // a stage that neither writes nor gives anybody a task is done by being reached
  | (CaseEvent & {
      readonly type: 'stage.done';
      readonly stage: string;
      readonly occurrence: number;
      /** `absorbed`: by the stronger stage of the same message. */
      readonly reason?: 'absorbed' | undefined;
      /** The act that absorbed it: withdrawn, it gives the stage back. */
      readonly with?: string | undefined;
    })
  // contact rules keep it back: moved onto or past the day of the next one, before which it keeps its turn
  // (`pushed`), or without room on an occasion of that day (`message_limit`)
  | (CaseEvent & {
      readonly type: 'stage.delayed';
      readonly stage: string;
      readonly occurrence: number;
      readonly reason: 'pushed' | 'message_limit';
    })
  | (CaseEvent & {
      readonly type: 'stage.skipped';
      readonly stage: string;
      readonly occurrence: number;
      readonly reason: string;
      /** The act that goes in its place: withdrawn, it gives the stage back. */
      readonly with?: string | undefined;
      /** A person, where it was by hand. */
      readonly author?: string | undefined;
      /** The person's own words. */
      readonly note?: string | undefined;
    })
  | { readonly type: 'act.planned'; readonly act: Act }
  // what people did with acts
  | (Authored & {
      readonly type: 'act.approved';
      readonly act: string;
      readonly on: string;
      readonly at: number;
    })
  // done by hand: the stage counts as done on `on`
  | (Authored & {
      readonly type: 'act.confirmed';
      readonly act: string;
      readonly on: string;
      readonly at: number;
      /** What came of it, where a person told: then it is an occasion of its own for caps. */
      readonly outcome?: DoneOutcome | undefined;
    })
  | (Authored & {
      readonly type: 'act.discarded';
      readonly act: string;
      readonly on: string;
      /** As the policy says: the stage is over, proposed anew, or the case waits for a person. */
      readonly next: 'skip' | 'again' | 'hold';
    })
  // a host booked or waived a fee
  | (Authored & {
      readonly type: 'fee.settled';
      readonly act: string;
      readonly on: string;
      readonly outcome: 'booked' | 'waived' | 'void';
      /** With `void`: the charges of the act, whose interest may be charged again. */
      readonly charges?: readonly Charge[] | undefined;
    })
  // what became of acts
  | { readonly type: 'act.withdrawn'; readonly act: string; readonly reason: string; readonly on: string }
  | {
      readonly type: 'act.accepted';
      readonly act: string;
      readonly at: number;
      readonly on: string;
      /** The words that went out. */
      readonly text?: SentText | undefined;
      readonly provider?: string | undefined;
    }
  | (TriedByHand & {
      readonly type: 'act.refused';
      readonly act: string;
      readonly at: number;
      readonly on: string;
      readonly code: string;
      readonly scope: string;
      readonly address?: string | undefined;
      /** The address could not be reached this time, and may be again. */
      readonly soft?: boolean | undefined;
    })
  | {
      readonly type: 'act.unknown';
      readonly act: string;
      readonly at: number;
      readonly on: string;
      /** The words that went out, if it did. */
      readonly text?: SentText | undefined;
      readonly code: string;
    }
  // surely not sent, to be tried again later
  | (TriedByHand & {
      readonly type: 'act.delayed';
      readonly act: string;
      readonly at: number;
      readonly on: string;
      readonly code: string;
      readonly until: number;
    })
  // the act is finished already, so the event names what it covered
  | {
      readonly type: 'act.delivered';
      readonly act: string;
      readonly at: number;
      readonly on: string;
      readonly covers: readonly Cover[];
      /** Whom it reached, and how. */
      readonly contact?: string | undefined;
      readonly channel?: string | undefined;
    }
  // it had been accepted, and its provider gave it up: the next place of the chain has its turn
  | {
      readonly type: 'act.failed';
      readonly act: string;
      readonly at: number;
      readonly on: string;
      readonly code: string;
      readonly scope: string;
      readonly covers: readonly Cover[];
      /** Where it went, as `contact:channel`, and on which occasion. */
      readonly place: string;
      readonly occasion: number;
      readonly contact?: string | undefined;
      readonly channel?: string | undefined;
      /** Where the address itself was the fault. */
      readonly address?: string | undefined;
      /** The address could not be reached this time, and may be again. */
      readonly soft?: boolean | undefined;
      /** Of an answer: the message that is not dealt with after all. */
      readonly unsettles?: string | undefined;
    }
  // somebody says that what is known against a contact's addresses holds no longer
  | (Authored & {
      readonly type: 'address.restored';
      readonly contact: string;
      /** Absent: on all channels. */
      readonly channel?: string | undefined;
      readonly at: number;
      readonly on: string;
    })
  // a contact said itself whether it wants to be written to
  | {
      readonly type: 'consent.heard';
      readonly contact: string;
      readonly channel: string;
      readonly state: 'granted' | 'withdrawn';
      readonly at: number;
      readonly on: string;
      readonly purpose?: 'dunning' | 'service' | undefined;
      /** The message or click that said so. */
      readonly proof: string;
    }
  // somebody wrote
  | {
      readonly type: 'message.received';
      /** The same however often it comes. */
      readonly id: string;
      readonly channel: string;
      readonly at: number;
      readonly on: string;
      readonly kind: string;
      /** Absent: the address is of no contact any more. */
      readonly contact?: string | undefined;
      readonly text?: string | undefined;
      readonly subject?: string | undefined;
      /** Ids of files at the provider. */
      readonly media?: readonly string[] | undefined;
      /** The act that it answers. */
      readonly about?: string | undefined;
      /** Who sees to it: whoever leads the conversation, else the account's owner. */
      readonly owner?: string | undefined;
      /** The offered plan that it accepts. */
      readonly offer?: string | undefined;
      /** What it was read as, how surely, and by what. */
      readonly intent?: string | undefined;
      readonly confidence?: number | undefined;
      readonly by?: string | undefined;
      /** An earlier message that waits to be answered: whoever answers it answers this one too. */
      readonly joins?: string | undefined;
      /** Of a promise: the day that was read. */
      readonly date?: string | undefined;
      /** How much was read to be paid, promised or disputed. Absent: nothing of how much. */
      readonly amount?: Money | undefined;
      /** Until when free-form answers may be sent. */
      readonly windowUntil?: number | undefined;
      /** What the host's bot made of it, where it was asked. */
      readonly bot?: BotOutcome | undefined;
    }
  // the host's bot answers a message, in words of its own; an act follows that brings them
  | {
      readonly type: 'answer.given';
      readonly act: string;
      readonly message: string;
      readonly channel: string;
      readonly contact: string;
      readonly at: number;
      readonly on: string;
      readonly text: string;
      readonly options?: readonly AnswerOption[] | undefined;
      /** The provider's id of the message that it answers. */
      readonly replyTo?: string | undefined;
      readonly subject?: string | undefined;
      /** The message is dealt with by it. */
      readonly settles?: true | undefined;
    }
  // nobody knows whether it went out until a person, a callback or a look-up says so
  | {
      readonly type: 'act.resolved';
      readonly act: string;
      readonly at: number;
      readonly on: string;
      readonly sent: boolean;
      readonly author: string;
      readonly reason?: string | undefined;
    }
  // a person has what was refused for good planned anew; the act is finished already, so the event names what it covers
  | (Authored & {
      readonly type: 'act.retried';
      readonly act: string;
      readonly on: string;
      readonly covers: readonly Cover[];
    })
  // a task's cause ended, or a person completed it
  | {
      readonly type: 'task.closed';
      readonly act: string;
      /** Code: `completed` by somebody, or what ended its cause. */
      readonly reason: string;
      readonly on: string;
      /** A person or the host, where it was completed. */
      readonly author?: string | undefined;
      /** Their own words. */
      readonly note?: string | undefined;
    }
  // over for so long that they count by statistics alone: the shell keeps them apart, whole
  | { readonly type: 'items.left'; readonly on: string; readonly records: readonly LeavingRecord[] }
  // something was told or asked of records that had left: they are back as they were
  | { readonly type: 'items.returned'; readonly on: string; readonly records: readonly LeftRecord[] }
  // reviews that changed something leave their instant
  | {
      readonly type: 'review.made';
      readonly at: number;
      /** Written down by the shell, so that the review can be made again. */
      readonly by?: ReviewFrame | undefined;
    };
