import { formatDay } from '../calendar/index.js';
import type { FileEvent, Selection } from '../engine/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import { leftKey } from '../ledger/left.js';
import type { Hold } from '../ledger/types.js';
import { type ByHand, changeByHand } from './by-hand.js';
import type { Context } from './context.js';
import { keysOfItems } from './left.js';
import { daysOf, named } from './options.js';

/** What a person keeps out of dunning, and for how long. Without `items`: the whole account. */
export interface HoldChoice extends Selection {
  readonly account: string;
  /** Yours. Default: the next free of `h1`, `h2`, … */
  readonly id?: string | undefined;
  /** Reason code of your own list. */
  readonly reason: string;
  /** First blocked day. Default: today. */
  readonly from?: string | undefined;
  /** Last blocked day. Default: until released. */
  readonly until?: string | undefined;
}

/**
 * Keeps an account, or items of it, out of dunning.
 *
 * @returns the ids of the holds: one for the account or for each item
 * @throws RecobroError `unknown_id` (account or item); `empty_selection`; `invalid_date`; `impossible_state` when the id is taken
 */
export async function hold(
  context: Context,
  what: HoldChoice,
  by: ByHand,
  at: number,
): Promise<readonly string[]> {
  const reason = named(what.reason, 'what.reason');
  const id = what.id === undefined ? undefined : named(what.id, 'what.id');
  const made: string[] = [];
  await changeByHand(
    context,
    what.account,
    by,
    at,
    (file, today) => {
      made.length = 0;
      const { from, until } = period(what, today);
      const targets = what.items === undefined ? [{}] : targetsOf(file, what.items);
      const events = targets.map((target, index): FileEvent => {
        const own = id === undefined ? nextId(file, made) : targets.length > 1 ? `${id}.${index + 1}` : id;
        if (file.holds.has(own))
          throw new RecobroError('impossible_state', `there is a hold ${JSON.stringify(own)} already`);
        made.push(own);
        const record: Hold = {
          id: own,
          ...target,
          reason,
          author: by.author,
          from,
          ...(until === undefined ? {} : { until }),
          released: false,
        };
        return { type: 'hold.upserted', hold: record };
      });
      return { events, again: true };
    },
    [
      ...keysOfItems(what.items),
      ...(id === undefined ? [] : idsOf(id, what.items).map((own) => leftKey('hold', own))),
    ],
  );
  return made;
}

/** Ends a hold. @throws RecobroError `unknown_id` (account or hold); `impossible_state` when it is released already */
export async function release(
  context: Context,
  account: string,
  id: string,
  by: ByHand,
  at: number,
): Promise<void> {
  await changeByHand(
    context,
    account,
    by,
    at,
    (file) => {
      const known = file.holds.get(id);
      if (known === undefined)
        throw new RecobroError('unknown_id', `the account has no hold ${JSON.stringify(id)}`);
      if (known.released)
        throw new RecobroError('impossible_state', `the hold ${JSON.stringify(id)} is released already`);
      return { events: [{ type: 'hold.upserted', hold: { ...known, released: true } }], again: true };
    },
    [leftKey('hold', id)],
  );
}

type Target = Pick<Hold, 'invoice' | 'instalment'>;

function targetsOf(file: AccountFile, items: readonly string[]): readonly Target[] {
  if (items.length === 0)
    throw new RecobroError(
      'empty_selection',
      'no item is chosen; name at least one, or leave the list out for the whole account',
    );
  return [...new Set(items)].map((id) => {
    const [invoice = id, instalment] = id.split('~');
    const known = file.invoices.get(invoice);
    const part = known?.instalments.some((one) => one.id === instalment) === true;
    if (known === undefined || (instalment !== undefined && !part))
      throw new RecobroError('unknown_id', `the account has no item ${JSON.stringify(id)}`);
    return instalment === undefined ? { invoice } : { invoice, instalment };
  });
}

function period(
  what: HoldChoice,
  today: string,
): { readonly from: string; readonly until?: string | undefined } {
  const from = what.from === undefined ? today : formatDay(daysOf({ 'what.from': what.from })['what.from']);
  if (what.until === undefined) return { from };
  const until = formatDay(daysOf({ 'what.until': what.until })['what.until']);
  if (until < from) throw new RecobroError('invalid_date', 'a hold ends on its first day or later');
  return { from, until };
}

/** The ids that the holds on so many items will have. */
function idsOf(id: string, items: readonly string[] | undefined): readonly string[] {
  const count = new Set(items).size;
  return count > 1 ? Array.from({ length: count }, (_, index) => `${id}.${index + 1}`) : [id];
}

/** Free also among those that left the file. */
function nextId(file: AccountFile, taken: readonly string[]): string {
  for (let number = (file.left?.hold ?? 0) + 1; ; number++) {
    const id = `h${number}`;
    if (!file.holds.has(id) && !taken.includes(id)) return id;
  }
}
