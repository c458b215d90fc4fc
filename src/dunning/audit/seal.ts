import { RecobroError } from '../../errors.js';
import type { AuditStore } from '../../stores/audit.js';
import type { Store } from '../../stores/store.js';
import type { Context } from '../context.js';
import { codeOf } from '../failures.js';
import { link } from './chain.js';

/** Commits sealed together. */
const batch = 500;

/** @throws RecobroError `invalid_option` for a store without a chain */
export function auditOf(store: Store): AuditStore {
  if (store.audit !== undefined) return store.audit;
  throw new RecobroError('invalid_option', 'the store has no chain over its log and cannot erase', {
    problems: [{ path: 'store', code: 'missing_ability', message: 'offers no `audit`, which is optional' }],
  });
}

/** Whose log. */
export type Logged = Pick<Context, 'store' | 'tenant'>;

/**
 * Seals everything of the tenant that was committed before the call; answers how many events.
 *
 * @param wait whether to wait for another sealer of the tenant; without, it may be that one which seals the rest
 */
export async function sealLog({ store, tenant }: Logged, signal?: AbortSignal, wait = true): Promise<number> {
  const audit = auditOf(store);
  let sealed = 0;
  for (;;) {
    signal?.throwIfAborted();
    const fresh = await audit.seal({ tenant, limit: batch, wait, link });
    if (fresh === 0) return sealed;
    sealed += fresh;
  }
}

/**
 * The same at the end of a run, whose result does not hang on it: what is not
 * sealed now is sealed by the next run, or by the sealer that is at it.
 */
export async function sealAfterRun(context: Context, signal?: AbortSignal): Promise<void> {
  if (context.store.audit === undefined) return;
  try {
    await sealLog(context, signal, false);
  } catch (error) {
    if (signal?.aborted === true) return;
    context.logger.error('the log could not be sealed', { code: codeOf(error) });
  }
}
