import { formatDay, localDay } from '../calendar/index.js';
import { type AccountFile, evolve, type FileEvent } from '../engine/index.js';
import type { AccountFacts } from '../ledger/facts.js';
import { type LeftKind, type LeftRecord, leftKey, ownerOf, placeOfKind } from '../ledger/left.js';
import { type LeftRow, leftRows, overlaid, Recall, spokenOf } from '../ledger/recall.js';
import type { Change, CommitOptions, Json, StoredFile } from '../stores/store.js';
import { decodeFile, fromJson, toJson } from './codec.js';
import type { Context } from './context.js';

/**
 * Records that left the working file, and how they come back: docs/closed-items.md.
 * Nothing is looked up of an account that nothing left.
 */

/** What is said or asked of an account: keys of records that come back, or facts that are compared with what left first. */
export interface Spoken {
  readonly keys?: readonly string[] | undefined;
  readonly facts?: readonly AccountFacts[] | undefined;
  /** With `facts`: what they change of a file. */
  readonly changes?: ((seen: AccountFile) => readonly FileEvent[]) | undefined;
  /** With `facts`: keys of what comes back because of what is not told any more beside it. */
  readonly missing?: ((rows: readonly LeftRow[]) => readonly string[]) | undefined;
}

export type SpokenOf = (account: string, file: AccountFile) => Spoken | undefined;

/** An account with what came back. */
export interface Recalled {
  /** To be written before what follows from it; absent where nothing comes back. */
  readonly back: FileEvent | undefined;
  /** The file with it. */
  readonly file: AccountFile;
  /** To compare facts with: also with records that are told as they left, and stay out. */
  readonly seen: AccountFile;
}

export type Recalls = ReadonlyMap<string, Recalled>;

type Reading = Pick<Context, 'tenant' | 'store'> & { readonly engine: Pick<Context['engine'], 'plan'> };

/** Whether records left the file of an account. Cheaper than to decode it. */
export function hasLeft({ header }: StoredFile): boolean {
  return fromJson<{ readonly left?: unknown }>(header).left !== undefined;
}

/** Brings back what is told of or asked for, and what hangs together with it. Few look-ups for all accounts. */
export async function recallAll(
  context: Reading,
  stored: readonly StoredFile[],
  spoken: SpokenOf,
  at: number,
  options: CommitOptions = {},
): Promise<Recalls> {
  const recalls = new Map<string, Recalled>();
  const out = stored.filter(hasLeft);
  if (out.length === 0) return recalls;
  const asked = out.flatMap((one) => {
    const file = decodeFile(one);
    const said = spoken(one.account, file);
    if (said === undefined) return [];
    const told = keysOf(file, said.facts ?? []);
    return [{ file, said, ...told }];
  });
  const rows = await find(
    context,
    asked.flatMap(({ file, own, named }) => [...own, ...named].map((id) => ({ account: file.id, id }))),
    options,
  );
  const under = asked.map(({ file, said, own }) => {
    const known = rows.get(file.id) ?? [];
    const seen = overlaid(file, known);
    const changed = known.length === 0 ? [] : (said.changes?.(seen) ?? []);
    const gone = said.missing?.(known) ?? [];
    const keys = [...(said.keys ?? []), ...gone, ...changed.flatMap((event) => keysTold(file, event))];
    const told = new Set(own);
    return {
      file,
      recall: new Recall(file, keys),
      same: known.filter((row) => told.has(leftKey(row.kind, row.id))),
    };
  });
  for (;;) {
    const wanted = under.flatMap(({ file, recall }) => recall.wanted.map((id) => ({ account: file.id, id })));
    if (wanted.length === 0) break;
    const found = await find(context, wanted, options);
    for (const { file, recall } of under) recall.take(found.get(file.id) ?? []);
  }
  for (const { file, recall, same } of under) {
    const { records } = recall;
    const on = formatDay(localDay(at, file.account?.zone ?? context.engine.plan.zone));
    const back: FileEvent | undefined =
      records.length === 0 ? undefined : { type: 'items.returned', on, records };
    const whole = back === undefined ? file : evolve(file, back);
    const out = same.filter((row) => !whole[placeOfKind[row.kind]].has(row.id));
    recalls.set(file.id, { back, file: whole, seen: overlaid(whole, out) });
  }
  return recalls;
}

async function find(
  { store, tenant }: Reading,
  keys: readonly { readonly account: string; readonly id: string }[],
  options: CommitOptions,
): Promise<ReadonlyMap<string, readonly LeftRow[]>> {
  if (keys.length === 0 || store.left === undefined) return new Map();
  const found = await store.left.find(tenant, keys, options);
  const byAccount = Map.groupBy(found, ({ account }) => account);
  return new Map(
    [...byAccount].map(([account, rows]) => [account, rows.map(({ data }) => fromJson<LeftRow>(data))]),
  );
}

/** Keys of told records that the file does not have, and of the invoices and payments that they name. */
function keysOf(
  file: AccountFile,
  all: readonly AccountFacts[],
): { readonly own: readonly string[]; readonly named: readonly string[] } {
  const own = new Set<string>();
  const named = new Set<string>();
  for (const [kind, records] of all.flatMap(listsOf))
    for (const record of records)
      for (const key of spokenOf(file, kind, record.id, record))
        (key === leftKey(kind, record.id) ? own : named).add(key);
  return { own: [...own], named: [...named].filter((key) => !own.has(key)) };
}

function listsOf(facts: AccountFacts): readonly (readonly [LeftKind, readonly LeftRecord['record'][]])[] {
  return (Object.keys(placeOfKind) as LeftKind[]).map((kind) => [kind, facts[placeOfKind[kind]]]);
}

/** Keys of what comes back because of an event that tells a record, or lets one go. */
function keysTold(file: AccountFile, event: FileEvent): readonly string[] {
  switch (event.type) {
    case 'invoice.upserted':
      return spokenOf(file, 'invoice', event.invoice.id, event.invoice);
    case 'payment.upserted':
      return spokenOf(file, 'payment', event.payment.id, event.payment);
    case 'refund.upserted':
      return spokenOf(file, 'refund', event.refund.id, event.refund);
    case 'credit.upserted':
      return spokenOf(file, 'credit', event.credit.id, event.credit);
    case 'hold.upserted':
      return spokenOf(file, 'hold', event.hold.id, event.hold);
    case 'dispute.upserted':
      return spokenOf(file, 'dispute', event.dispute.id, event.dispute);
    case 'promise.upserted':
      return spokenOf(file, 'promise', event.promise.id, event.promise);
    case 'unbooked.upserted':
      return spokenOf(file, 'unbooked', event.unbooked.id, event.unbooked);
    case 'reply.upserted':
      return spokenOf(file, 'reply', event.reply.id, event.reply);
    case 'plan.upserted':
      return spokenOf(file, 'plan', event.plan.id, event.plan);
    case 'facts.gone': {
      const kind = (Object.keys(placeOfKind) as LeftKind[]).find((one) => placeOfKind[one] === event.kind);
      return kind === undefined ? [] : event.ids.flatMap((id) => spokenOf(file, kind, id, undefined));
    }
    default:
      return [];
  }
}

/** Keys of the invoices and payment plans that items are of. */
export function keysOfItems(items: readonly string[] | undefined): readonly string[] {
  return (items ?? []).map((id) => ownerOf(id) ?? leftKey('invoice', id));
}

/** What a commit writes of records that leave or come back; undefined for nothing. */
export function leftChange(file: AccountFile, events: readonly FileEvent[]): Change['left'] {
  let put: Map<string, Json> | undefined;
  let remove: string[] | undefined;
  for (const event of events) {
    if (event.type === 'items.returned') {
      remove ??= [];
      for (const { kind, id } of event.records) remove.push(leftKey(kind, id));
    }
    if (event.type === 'items.left') {
      put ??= new Map();
      // Nothing that leaves is touched by what else is decided with it.
      for (const row of leftRows(file, event.records)) put.set(leftKey(row.kind, row.id), toJson(row));
    }
  }
  return put === undefined && remove === undefined
    ? undefined
    : { put: put ?? new Map(), remove: remove ?? [] };
}

/** A file with some of what left it, to be read: nothing is written. */
export async function fileWith(
  context: Reading,
  file: AccountFile,
  keys: readonly string[],
  at: number,
): Promise<AccountFile> {
  if (file.left === undefined) return file;
  const recall = new Recall(file, keys);
  while (recall.wanted.length > 0) {
    const wanted = recall.wanted.map((id) => ({ account: file.id, id }));
    recall.take((await find(context, wanted, {})).get(file.id) ?? []);
  }
  return withRecords(context, file, recall.records, at);
}

/** A file with everything that ever left it, to be read. */
export async function wholeFile(context: Reading, file: AccountFile, at: number): Promise<AccountFile> {
  if (file.left === undefined || context.store.left === undefined) return file;
  const records: LeftRecord[] = [];
  for await (const { data } of context.store.left.list(context.tenant, file.id)) {
    const { refs: _, ...record } = fromJson<LeftRow>(data);
    records.push(record);
  }
  return withRecords(context, file, records, at);
}

function withRecords(
  { engine }: Reading,
  file: AccountFile,
  records: readonly LeftRecord[],
  at: number,
): AccountFile {
  if (records.length === 0) return file;
  const on = formatDay(localDay(at, file.account?.zone ?? engine.plan.zone));
  return evolve(file, { type: 'items.returned', on, records });
}
