import type { ContactMade } from '../../engine/index.js';
import { type RestoreChoice, restoreAddress } from '../addresses.js';
import type { Context } from '../context.js';
import { type HoldChoice, hold, release } from '../holds.js';
import { addNote } from '../notes.js';
import { objectOf, type When } from '../options.js';
import * as people from '../people.js';
import { type Draft, draftOf } from '../tasks/draft.js';
import { type OutcomeTold, tellOutcome } from '../tasks/outcome.js';
import type { Calls } from './calls.js';
import type { By } from './run-options.js';

/** How a task ended: that it did, perhaps with a conversation; or what came of what somebody was to be told. */
export type Completion =
  | { readonly contacted?: people.Contacted | undefined; readonly outcome?: undefined }
  | (OutcomeTold & { readonly contacted?: undefined });

/** What people do, always with author and reason. Part of {@link Dunning}. */
export interface PeopleCalls {
  /**
   * Says that a task, alert, effect, hand-over or proposal to write off was dealt with.
   * `contacted: { channel: 'phone' }` says that the debtor was spoken to: it counts for gap and caps.
   *
   * Of a call, a letter or another message that a person was to bring, `outcome` says what came of it: a contact,
   * with what was said (`promised`, `paid`, `disputed`), another try, or the next place of the chain. Told once:
   * whoever comes second, or after the debt was settled, is refused.
   *
   * @example
   * await dunning.complete(call, { author: 'ana', outcome: 'promised', date: '2026-03-20', reason: 'pays on Friday' });
   * @throws RecobroError `unknown_id`, `impossible_state`, `invalid_option`, `invalid_date`; `invalid_input` with the paths of what was said
   */
  complete(act: string, by: By & Completion): Promise<void>;
  /**
   * A message that waits, as it would go now: the script of a call with the number, the text of a letter with the
   * address, a proposal for whoever approves it; with owner, deadline, tries so far, and whether it may be done now.
   *
   * @example
   * const { message, not } = await dunning.draft(call);
   * if (not === undefined) console.log(message.to, message.content.text);
   * @throws RecobroError `unknown_id`; `impossible_state` for what is no message, or waits no more
   */
  draft(act: string, options?: { readonly at?: When | undefined }): Promise<Draft>;
  /** Lets a proposed message go out, within the contact rules. @throws RecobroError `unknown_id`, `impossible_state` */
  approve(act: string, by: By): Promise<void>;
  /** Says that a person did what a message that waits was to do; its stage is done on that day. @throws RecobroError `unknown_id`, `impossible_state`, `invalid_date` */
  confirm(act: string, by: By & { readonly on?: string | undefined }): Promise<void>;
  /** Takes a message back that is proposed or ready; its stage is skipped, proposed again or held, as the policy says. @throws RecobroError `unknown_id`, `impossible_state` */
  discard(act: string, by: By): Promise<void>;
  /** Says what the host did with a fee. @throws RecobroError `unknown_id`, `impossible_state`, `invalid_option` */
  settleFee(act: string, outcome: 'booked' | 'waived' | 'void', by: By): Promise<void>;
  /** A stage acts at the next review, whatever its day; blocks and contact rules stay. @throws RecobroError `unknown_id`, `empty_selection`, `nothing_to_chase`, `not_receivable` */
  ask(what: people.Choice & { readonly stage: string }, by: By): Promise<void>;
  /** Passes a stage over. @throws RecobroError as {@link Dunning.ask}; `impossible_state` */
  skip(what: people.Choice & { readonly stage: string }, by: By): Promise<void>;
  /** Puts items to a stage, of their policy or another; they climb on from there. @throws RecobroError as {@link Dunning.ask}; `out_of_scope` */
  move(
    what: people.Choice & { readonly stage: string; readonly policy?: string | undefined },
    by: By,
  ): Promise<void>;
  /** Takes debts back from an agency or legal; they climb on after the restart gap. @throws RecobroError as {@link Dunning.ask}; `impossible_state` when nothing chosen was handed over */
  takeBack(what: people.Choice, by: By): Promise<void>;
  /** Counters start anew; contacts and caps stay. @throws RecobroError as {@link Dunning.ask} */
  reset(what: people.Choice, by: By): Promise<void>;
  /** Notes a contact made elsewhere, today or on the day given: it counts for gap and caps. @throws RecobroError `unknown_id`, `empty_selection`, `invalid_date`, `impossible_state` */
  record(what: ContactMade & { readonly account: string }, by: By): Promise<void>;
  /** A person leads the conversation: automation for the account stops. @throws RecobroError `unknown_id` */
  assign(account: string, owner: string, by: By): Promise<void>;
  /** Automation goes on. @throws RecobroError `unknown_id`, `impossible_state` */
  unassign(account: string, by: By): Promise<void>;
  /**
   * Writes a note down about an account, up to 2000 characters; answers its id. It is kept with the account,
   * decides nothing, and listeners hear only its id.
   *
   * @example await dunning.note('robles', 'Pays on Fridays only.', { author: 'eva' });
   * @throws RecobroError `unknown_id`; `invalid_option` for a text that is blank or too long
   */
  note(account: string, text: string, by: By): Promise<string>;
  /**
   * Says that an address works again that was refused or could not be reached: what is known against the addresses of the
   * contact is taken back, on one channel or all. Telling another address with the facts does the same for it.
   *
   * @example await dunning.restoreAddress({ account: 'robles', contact: 'billing', channel: 'email' }, { author: 'eva' });
   * @throws RecobroError `unknown_id` for an account, contact or channel that there is not; `invalid_option`
   */
  restoreAddress(what: RestoreChoice, by: By): Promise<void>;
  /** Keeps an account, or items of it, out of dunning; answers the ids of the holds. @throws RecobroError `unknown_id`, `empty_selection`, `invalid_date`, `impossible_state` */
  hold(what: HoldChoice, by: By): Promise<readonly string[]>;
  /** Ends a hold, told by hand or with the facts. @throws RecobroError `unknown_id`, `impossible_state` */
  release(account: string, hold: string, by: By): Promise<void>;
}

export function peopleCalls(context: Context, calls: Calls): PeopleCalls {
  const { byHand, instant } = calls;
  return {
    complete: async (act, by) =>
      byHand(by, (who, at) =>
        by.outcome === undefined
          ? people.completeTask(context, act, who, at, by.contacted)
          : tellOutcome(context, act, by, who, at),
      ),
    draft: async (act, options) => draftOf(context, act, instant(options?.at)),
    approve: async (act, by) => byHand(by, (who, at) => people.approveAct(context, act, who, at)),
    confirm: async (act, by) =>
      byHand(by, (who, at) => people.confirmAct(context, act, { ...who, on: by.on }, at)),
    discard: async (act, by) => byHand(by, (who, at) => people.discardAct(context, act, who, at)),
    settleFee: async (act, outcome, by) =>
      byHand(by, (who, at) => people.settleFee(context, act, outcome, who, at)),
    ask: async (what, by) => byHand(by, (who, at) => people.ask(context, objectOf(what, 'what'), who, at)),
    skip: async (what, by) => byHand(by, (who, at) => people.skip(context, objectOf(what, 'what'), who, at)),
    move: async (what, by) => byHand(by, (who, at) => people.move(context, objectOf(what, 'what'), who, at)),
    takeBack: async (what, by) =>
      byHand(by, (who, at) => people.takeBack(context, objectOf(what, 'what'), who, at)),
    reset: async (what, by) =>
      byHand(by, (who, at) => people.reset(context, objectOf(what, 'what'), who, at)),
    record: async (what, by) =>
      byHand(by, (who, at) => people.record(context, objectOf(what, 'what'), who, at)),
    assign: async (account, owner, by) =>
      byHand(by, (who, at) => people.assign(context, account, owner, who, at)),
    unassign: async (account, by) => byHand(by, (who, at) => people.unassign(context, account, who, at)),
    note: async (account, text, by) => byHand(by, (who, at) => addNote(context, account, text, who, at)),
    restoreAddress: async (what, by) => byHand(by, (who, at) => restoreAddress(context, what, who, at)),
    hold: async (what, by) => byHand(by, (who, at) => hold(context, objectOf(what, 'what'), who, at)),
    release: async (account, id, by) => byHand(by, (who, at) => release(context, account, id, who, at)),
  };
}
