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
 * The most specific assignment: invoice, account, segment, then the plan's
 * default. A `null` means "do not dun" and stops the search there. What the
 * record itself says comes before what the plan says of it.
 */
export function assignmentOf(
  engine: Engine,
  view: AccountView,
  item: Item,
  segment: string | undefined,
): Assignment {
  const { assigned, plan } = engine;
  const { account } = view.file;
  const ranks = [
    ['invoice', item.invoice.policy],
    ['invoice', assigned.invoices.get(item.invoice.id)],
    ['account', account?.policy],
    ['account', assigned.accounts.get(view.file.id)],
    ['segment', segment === undefined ? undefined : assigned.segments.get(segment)],
    ['default', plan.default],
  ] as const;
  for (const [by, id] of ranks) {
    if (id === undefined) continue;
    if (id === null) return { policy: undefined, by, segment, reason: 'do_not_dun' };
    const policy = engine.policies.get(id);
    return policy === undefined ? { policy, by, segment, reason: 'unknown_policy' } : { policy, by, segment };
  }
  return { policy: undefined, by: 'none', segment, reason: 'no_policy' };
}
