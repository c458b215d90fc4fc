import type { Item } from '../ledger/items.js';
import type { CompiledPolicy, Engine } from './compile.js';
import type { AccountView } from './view.js';

/** Which policy an item is under, and why. */
export interface Assignment {
  /** Absent: it is not dunned. */
  readonly policy: CompiledPolicy | undefined;
  readonly by: 'invoice' | 'account' | 'segment' | 'default' | 'none';
  readonly segment: string | undefined;
  /** Why there is no policy: told not to dun, nothing assigned, or an id that no policy has. */
  readonly reason?: 'do_not_dun' | 'no_policy' | 'unknown_policy' | undefined;
}

/** The first segment whose condition holds. */
export function segmentOf(engine: Engine, view: AccountView): string | undefined {
  for (const segment of engine.segments) if (segment.test({ view })) return segment.id;
  return undefined;
}

/**
 * The most specific assignment of each item: invoice, account, segment, then
 * the plan's default. A `null` means "do not dun" and stops the search there.
 * What the record itself says comes before what the plan says of it.
 */
export function assigner(engine: Engine, view: AccountView): (item: Item) => Assignment {
  const { assigned, plan } = engine;
  const { account } = view.file;
  const segment = segmentOf(engine, view);
  const named = (by: Assignment['by'], id: string | null): Assignment => {
    if (id === null) return { policy: undefined, by, segment, reason: 'do_not_dun' };
    const policy = engine.policies.get(id);
    return policy === undefined ? { policy, by, segment, reason: 'unknown_policy' } : { policy, by, segment };
  };
  const ofAccount = (): Assignment => {
    const own = account?.policy === undefined ? assigned.accounts.get(view.file.id) : account.policy;
    if (own !== undefined) return named('account', own);
    const common = segment === undefined ? undefined : assigned.segments.get(segment);
    if (common !== undefined) return named('segment', common);
    if (plan.default !== undefined) return named('default', plan.default);
    return { policy: undefined, by: 'none', segment, reason: 'no_policy' };
  };
  let shared: Assignment | undefined;
  return ({ invoice }) => {
    const own = invoice.policy === undefined ? assigned.invoices.get(invoice.id) : invoice.policy;
    if (own !== undefined) return named('invoice', own);
    shared ??= ofAccount();
    return shared;
  };
}
