import type { Charge } from '../charges/index.js';
import type { ActKind, Cover, Purpose, Topic } from '../ledger/file.js';
import type { Money } from '../money/index.js';
import type { Tone } from '../policy/types.js';

/** Which document decided, so that any decision can be replayed. */
export interface DocumentRef {
  readonly id: string;
  readonly version: number;
  /** SHA-256 of the canonical document, hex, first 16 digits. */
  readonly hash: string;
  /** Hash of what the plan adjusts of the policy for this account, where it does. */
  readonly adjusted?: string | undefined;
}

/** Which words a message has: those of one message of the catalogue for one channel. */
export interface TextRef {
  /** Id of the catalogue. */
  readonly id: string;
  readonly version: number;
  /** SHA-256 of the message's texts for the channel, in all languages, hex, first 16 digits; other messages do not touch it. */
  readonly hash: string;
}

/** The words that went out. */
export interface SentText extends TextRef {
  /** The language that was read, BCP 47; absent where only a receipt told that it went out. */
  readonly language?: string | undefined;
}

/** One item as the act knew it. */
export interface ActItem {
  readonly item: string;
  readonly invoice: string;
  readonly instalment?: string | undefined;
  readonly number: string;
  readonly currency: string;
  readonly original: number;
  /** Paid so far, by payments or by what a pushed balance says. */
  readonly paid: number;
  readonly outstanding: number;
  /** The part of `outstanding` that is disputed, where any is. */
  readonly disputed?: number | undefined;
  readonly dunnable: number;
  readonly due?: string | undefined;
  readonly daysPastDue: number;
  /** Whether a stage of this item acts, or it is only listed. */
  readonly acting: boolean;
}

/**
 * One row of the outbox: one message or task, to one contact, at one place of
 * its channel chain. Holds no address and no text: both are made at dispatch
 * from the facts of that moment.
 */
export interface Act {
  /** Readable and deterministic: `account/policy/subject#opening/stage.occurrence@contact.position`, `!n` after n withdrawals. */
  readonly id: string;
  readonly account: string;
  readonly kind: ActKind;
  /** Waits for a person before it goes out (`approve`), or is done by a person (`task`). Absent: goes out by itself. */
  readonly mode?: 'approve' | 'task' | undefined;
  /** Last day of a proposal; then it lapses. */
  readonly lapses?: string | undefined;
  readonly purpose: Purpose;
  /** What a message is about: thanks, the acknowledgement of a promise, dispute or reported payment, or debts that are overdue or coming. */
  readonly topic?: Topic | undefined;
  /**
   * What it acknowledges: the promise, with the day by which payment was promised, the dispute or the reported payment; or the message that
   * it answers in words of its own, and whether that one is dealt with thereby.
   */
  readonly answers?:
    | {
        readonly kind: 'promise' | 'dispute' | 'report' | 'message';
        readonly id: string;
        readonly by?: string | undefined;
        readonly settles?: true | undefined;
      }
    | undefined;
  readonly plan: DocumentRef;
  readonly policy: DocumentRef;
  /**
   * Stage whose message this is: the highest of those covered; `on:paid` for thanks, `on:promised`, `on:disputed` and
   * `on:reported` for acknowledgements, `on:message` for answers in words of their own, whose `policy` is the plan.
   */
  readonly stage: string;
  readonly tone: Tone;
  readonly covers: readonly Cover[];
  /** Absent for tasks. */
  readonly contact?: string | undefined;
  readonly channel?: string | undefined;
  /** Place in the channel chain, from 0: how many places before it were refused for the first cover. */
  readonly position: number;
  /** Message of the catalogue; absent for tasks. */
  readonly message?: string | undefined;
  /** The words that it was planned with. Absent where texts play no part, as in simulations. */
  readonly text?: TextRef | undefined;
  /** Roles whose contacts get a copy. */
  readonly copy?: readonly string[] | undefined;
  /** Sender profile. */
  readonly from?: string | undefined;
  /** Documents to attach. */
  readonly attach?: readonly string[] | undefined;
  /** Instant by which it must be delivered, or the next place is tried, is this long after sending; milliseconds. */
  readonly patience?: number | undefined;
  /** Of a message that a person brings: the instant at which the next place has its turn, where nobody told what came of it. */
  readonly until?: number | undefined;
  /** Kind of task; name of the alert, effect or fee; `agency` or `legal`. */
  readonly name?: string | undefined;
  /** Of an effect: whether it is wanted (`on`) or released (`off`). */
  readonly effect?: 'on' | 'off' | undefined;
  /** Charges that are booked once it is done. */
  readonly charges?: readonly Charge[] | undefined;
  /** Of a hand-over: everything the receiver needs. */
  readonly dossier?: Dossier | undefined;
  /** Why the task exists: code. */
  readonly reason?: string | undefined;
  readonly owner?: string | undefined;
  /** Deadline of a task, or of a message that a person brings. */
  readonly deadline?: string | undefined;
  readonly language: string;
  readonly items: readonly ActItem[];
  /** Dunnable amounts of the acting items, or amounts paid for thanks, promised, disputed or reported for acknowledgements; by currency. */
  readonly totals: readonly Money[];
  /** The review that planned it: its instant; of a run on request a number of its own within that millisecond, only to be compared. */
  readonly review: number;
  /** Local day in the book zone. */
  readonly on: string;
  /** Uniqueness keys: one per cover, with contact and position. */
  readonly keys: readonly string[];
}

/** What an agency or lawyer needs to know of a debt. Data; a document is made from it above the core. */
export interface Dossier {
  readonly account: string;
  readonly items: readonly ActItem[];
  readonly totals: readonly Money[];
  /** Every stage done, promise, dispute, plan and contact of the cases, oldest first. */
  readonly history: readonly DossierLine[];
}

export interface DossierLine {
  readonly on: string;
  readonly kind: 'stage' | 'contact' | 'promise' | 'dispute' | 'plan' | 'payment' | 'credit';
  readonly item?: string | undefined;
  readonly detail: string;
  readonly amount?: Money | undefined;
}

/** What was said of an act when it was planned, so that it can be compared with what would be planned now. */
export interface Said {
  /** See {@link contentOf}. */
  readonly content?: string | undefined;
  /** Hash of its words. */
  readonly words?: string | undefined;
}

/** Of an act that was planned. */
export function saidBy(act: Act): Said {
  return { content: contentOf(act), words: act.text?.hash };
}

/**
 * Whether an act would still say it: to the same people, in the same words, of
 * the same debts and amounts. Where one of the two knows no words, as an engine
 * without messages, they count as unchanged.
 */
export function stillSaid({ content, words }: Said, now: Act): boolean {
  if (words !== undefined && now.text !== undefined && words !== now.text.hash) return false;
  return contentOf(now) === content;
}

/** What an act says but for its words, as text: same people, same message, same debts and amounts. Days overdue may differ: texts are made at dispatch. */
export function contentOf(act: Act): string {
  return JSON.stringify([
    act.kind,
    act.policy,
    act.plan,
    act.keys,
    act.contact,
    act.channel,
    act.message,
    act.copy,
    act.from,
    act.attach,
    act.language,
    act.totals,
    ...(act.answers === undefined ? [] : [act.answers]),
    // Not the day up to which they are reckoned: what is asked for counts.
    act.charges?.map(({ fee, currency, amount, items }) => [fee, currency, amount, items]),
    act.items.map((item) => [
      item.item,
      item.number,
      item.currency,
      item.original,
      item.paid,
      item.outstanding,
      item.dunnable,
      item.due,
    ]),
  ]);
}

/** An account's id as keys have it: a slash is escaped, so that no two accounts can meet. */
export function accountKey(id: string): string {
  const plain = !id.includes('%') && !id.includes('/');
  return plain ? id : id.replaceAll('%', '%25').replaceAll('/', '%2F');
}
