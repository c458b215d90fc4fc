import type { SyncResult } from '../../dunning/index.js';
import type { OneOrMany } from '../../schema/index.js';
import { listOf } from './plain.js';
import type { Tenant, World } from './world.js';

/** What operations of a step answered, for expectations. */
export interface Answered {
  synced?: SyncResult;
  portfolio?: unknown;
  impact?: unknown;
  /** Accounts that could not be reviewed. */
  readonly failed: { readonly account: string; readonly code: string }[];
}

/** Where, when and for whom something is done. */
export interface Stage {
  readonly world: World;
  readonly tenant: Tenant;
  /** Path of the step. */
  readonly path: string;
  readonly author: string;
  readonly reason: string | undefined;
  /** The business instant of the operations, where it is apart from the clock. */
  readonly asOf: number | undefined;
  readonly answered: Answered;
}

/** Author, reason and instant of what a person does. */
export function by({ author, reason, asOf }: Stage): {
  readonly author: string;
  readonly reason?: string;
  readonly now?: number;
} {
  return {
    author,
    ...(reason === undefined ? {} : { reason }),
    ...(asOf === undefined ? {} : { now: asOf }),
  };
}

/** The instant of an operation, where it is apart from the clock. */
export function now({ asOf }: Stage): { readonly now?: number } {
  return asOf === undefined ? {} : { now: asOf };
}

/** The account and the items that are meant. */
export function choice(
  { tenant }: Stage,
  value: true | { readonly account?: string | undefined; readonly items?: OneOrMany<string> | undefined },
  path: string,
): { readonly account: string; readonly items?: readonly string[] } {
  const { account, items } = value === true ? {} : value;
  const list = items === undefined ? undefined : listOf(items);
  return {
    account: tenant.book.account(account, list ?? [], path),
    ...(list === undefined ? {} : { items: list }),
  };
}
