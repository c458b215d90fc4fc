import { type ChangePage, type ChangeRequest, changesAfter } from '../audit/changes.js';
import { type Erasure, type ErasureChoice, erasePeople } from '../audit/erase.js';
import { forgetStranger, type Stranger } from '../audit/erase-stranger.js';
import { type AuditRequest, auditLines } from '../audit/export.js';
import { type Replay, type ReplayRequest, replayLog } from '../audit/replay.js';
import { sealLog } from '../audit/seal.js';
import { type Verification, type VerifyRequest, verifyLog } from '../audit/verify.js';
import type { Context } from '../context.js';
import type { Calls } from './calls.js';
import type { TenantOptions } from './options.js';
import type { By } from './run-options.js';

/** The log: sealed, verified, followed, replayed, and erased from. Part of {@link Dunning}. */
export interface LogCalls {
  /**
   * Gives events that are committed their place in the tenant's sequence and their hash in its chain, and
   * answers how many. {@link Dunning.tick} does so at its end; call it where you run reviews and dispatch
   * by themselves, or read changes right after a sync. Never holds up a commit.
   *
   * @throws RecobroError `invalid_option` for a store without a chain
   */
  seal(options?: { readonly signal?: AbortSignal | undefined }): Promise<number>;
  /**
   * Goes through the chain of sealed events and names the first position that was changed, removed, put in
   * or moved. Checkpoints that you noted elsewhere (`head` of an earlier answer) rule out a chain made anew.
   *
   * @example
   * const found = await dunning.verify();
   * if (!found.ok) console.error(`position ${found.fault.position}: ${found.fault.code}`);
   * @throws RecobroError `invalid_option` for a store without a chain
   */
  verify(request?: VerifyRequest): Promise<Verification>;
  /**
   * Sealed events as JSON Lines that prove themselves: `verifyAudit` checks them without a store. Of one
   * account only, the file still proves its place in the whole chain, and shows nothing of the others.
   *
   * @example
   * for await (const line of dunning.audit({ account: 'robles' })) file.write(`${line}\n`);
   * @throws RecobroError `invalid_option` for a store without a chain; `impossible_state` where the log has a gap
   */
  audit(request?: AuditRequest): AsyncIterable<string>;
  /**
   * The change feed: sealed events in their order, a page at a time. Each comes at least once (again, if you
   * did not keep the cursor) and always with the same id; none that commits late is passed over. Names,
   * addresses and free words are told only if asked for.
   *
   * @example
   * const page = await dunning.changes({ after: cursor });
   * for (const id of page.accounts) await crm.update(id, await dunning.account(id));
   * @throws RecobroError `invalid_option` for a cursor of another tenant, or a store without a chain
   */
  changes(request?: ChangeRequest): Promise<ChangePage>;
  /**
   * Erases the personal data of a contact, or of a whole account, from the file, the log, the outbox and the inbox.
   * Ids, amounts and the chain stay; what is gone shows as erased, also when the host tells of it again.
   *
   * @throws RecobroError `unknown_id`; `still_needed` while something is owed or under way, unless `force`;
   * `invalid_option` for a store that cannot erase
   */
  erase(what: ErasureChoice, by: By): Promise<Erasure>;
  /**
   * Forgets what somebody wrote whom no account knows: it waits for a week in the inbox, for an account that might.
   * Answers how many messages went. What is of somebody who is known goes with {@link LogCalls.erase}.
   *
   * @example
   * await dunning.eraseStranger({ address: '+573005550000' });
   * @throws RecobroError `invalid_option` where neither an address nor a `userId` is given
   */
  eraseStranger(who: Stranger): Promise<number>;
  /**
   * Decides every review of the log again, from the log alone, and compares what comes out byte for byte:
   * events, act ids, amounts. Give the documents of earlier versions, or those reviews are reported.
   *
   * @example
   * const { ok, reviews, acts, difference } = await dunning.replay({ documents: [lastYear] });
   */
  replay(request?: ReplayRequest): Promise<Replay>;
}

export function logCalls(context: Context, calls: Calls, options: TenantOptions): LogCalls {
  const { byHand } = calls;
  return {
    seal: async ({ signal } = {}) => sealLog(context, signal),
    verify: async (request = {}) => verifyLog(context, request),
    audit: (request = {}) => auditLines(context, request),
    changes: async (request = {}) => changesAfter(context, request),
    erase: async (what, by) => byHand(by, (who, at) => erasePeople(context, what, who, at)),
    eraseStranger: async (who) => forgetStranger(context, who),
    replay: async (request = {}) => replayLog(context, options, request),
  };
}
