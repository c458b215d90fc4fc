import type { FileEvent } from '../../engine/index.js';
import type { AccountFile } from '../../ledger/file.js';
import type { BulkChange, BulkEvent } from '../../stores/bulk.js';
import type { StoredFile } from '../../stores/store.js';
import { changedParts } from '../codec.js';
import { type Context, stamp } from '../context.js';

/** Facts that tell of no person, so that nothing of them has to stand apart. */
const impersonal: ReadonlySet<FileEvent['type']> = new Set([
  'invoice.upserted',
  'payment.upserted',
  'refund.upserted',
  'credit.upserted',
]);

/** What a commit of facts writes, as text. */
export function encodeFacts(
  context: Pick<Context, 'tenant' | 'store' | 'ids'>,
  stored: StoredFile | undefined,
  before: AccountFile,
  after: AccountFile,
  events: readonly FileEvent[],
  frame: { readonly at: number; readonly actor: string },
): BulkChange {
  const { header, put, remove } = changedParts(stored === undefined ? undefined : before, after);
  const rows = [...put].map(([id, row]) => [id, JSON.stringify(row)] as const);
  return {
    tenant: context.tenant,
    account: after.id,
    expected: stored?.version ?? 0,
    header: JSON.stringify(header),
    add: stored === undefined ? rows : rows.filter(([id]) => !stored.rows.has(id)),
    replace: stored === undefined ? [] : rows.filter(([id]) => stored.rows.has(id)),
    remove,
    events: eventsAsText(context, events, before, frame),
    // At once, as after `sync`.
    next: 0,
  };
}

/** {@link stamp} as text, without the way over objects where nothing is taken out of them. */
function eventsAsText(
  context: Pick<Context, 'store' | 'ids'>,
  events: readonly FileEvent[],
  file: AccountFile,
  frame: { readonly at: number; readonly actor: string },
): BulkEvent[] {
  return events.flatMap((event, index): BulkEvent[] => {
    const { type, ...data } = event;
    const seq = file.seq + index + 1;
    if (impersonal.has(type)) return [{ seq, ...frame, type, data: JSON.stringify(data) }];
    return stamp(context, [event], { ...file, seq: seq - 1 }, frame).map(
      ({ data: parted, personal, ...one }) => ({
        ...one,
        data: JSON.stringify(parted),
        ...(personal === undefined ? {} : { personal: JSON.stringify(personal) }),
      }),
    );
  });
}
