import type {
  Account,
  CreditNote,
  Dispute,
  Hold,
  Invoice,
  Payment,
  PaymentPromise,
} from '../ledger/types.js';
import type { Act } from './acts.js';

/** What happened to a case on a local day of the account. */
interface CaseEvent {
  readonly invoice: string;
  readonly case: string;
  readonly on: string;
}

/**
 * Everything that ever changes an account file. `evolve` folds them; the shell
 * stores them as the audit log. Data only: no locale text, no clock.
 */
export type FileEvent =
  // facts
  | { readonly type: 'account.upserted'; readonly account: Account }
  | { readonly type: 'invoice.upserted'; readonly invoice: Invoice }
  | { readonly type: 'payment.upserted'; readonly payment: Payment }
  | { readonly type: 'credit.upserted'; readonly credit: CreditNote }
  | { readonly type: 'hold.upserted'; readonly hold: Hold }
  | { readonly type: 'dispute.upserted'; readonly dispute: Dispute }
  | { readonly type: 'promise.upserted'; readonly promise: PaymentPromise }
  // decisions
  | (CaseEvent & {
      readonly type: 'case.opened';
      readonly policy: string;
      readonly version: number;
      readonly hash: string;
      readonly subject: string;
      readonly opening: number;
    })
  | (CaseEvent & {
      readonly type: 'case.shifted';
      readonly days: number;
      /** Due date of the item at that time. */
      readonly due?: string | undefined;
      readonly reason: 'entry' | 'resume';
    })
  | (CaseEvent & { readonly type: 'case.paused'; readonly reason: string })
  | (CaseEvent & { readonly type: 'case.resumed'; readonly notBefore: string })
  | (CaseEvent & { readonly type: 'case.closed'; readonly reason: string })
  | (CaseEvent & { readonly type: 'case.exhausted'; readonly reason: string })
  | (CaseEvent & {
      readonly type: 'stage.skipped';
      readonly stage: string;
      readonly occurrence: number;
      readonly reason: string;
    })
  | { readonly type: 'act.planned'; readonly act: Act }
  // what became of acts
  | { readonly type: 'act.withdrawn'; readonly act: string; readonly reason: string; readonly on: string }
  | {
      readonly type: 'act.accepted';
      readonly act: string;
      readonly at: number;
      readonly on: string;
      readonly provider?: string | undefined;
    }
  | {
      readonly type: 'act.refused';
      readonly act: string;
      readonly at: number;
      readonly on: string;
      readonly code: string;
      readonly scope: string;
      readonly address?: string | undefined;
    }
  | {
      readonly type: 'act.unknown';
      readonly act: string;
      readonly at: number;
      readonly on: string;
      readonly code: string;
    }
  // surely not sent, to be tried again later
  | {
      readonly type: 'act.delayed';
      readonly act: string;
      readonly at: number;
      readonly on: string;
      readonly code: string;
      readonly until: number;
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
  // a task's cause ended, or a person completed it
  | { readonly type: 'task.closed'; readonly act: string; readonly reason: string; readonly on: string }
  // reviews that changed something leave their instant
  | { readonly type: 'review.made'; readonly at: number };
