import type { AccountFile } from '../ledger/file.js';
import { lean } from '../ledger/lean.js';
import {
  counted,
  type LeavingRecord,
  type LeftRecord,
  leftKey,
  leftRecords,
  namedBy,
  ownerOf,
  placeOfKind,
} from '../ledger/left.js';
import { type Draft, missing } from './draft.js';

/** Takes records out of the file that are over, and counts them in. */
export function takeRecords(draft: Draft, leaving: readonly LeavingRecord[]): void {
  const records = leftRecords(draft.file, leaving);
  const [first] = leaving.filter(({ kind, id }) => !draft.file[placeOfKind[kind]].has(id));
  if (first !== undefined) throw missing(first.kind, first.id);
  const left = counted(draft.file.left, changesOf(records), 1);
  const owners = new Set(records.map(({ kind, id }) => leftKey(kind, id)));
  const byKind = Map.groupBy(records, ({ kind }) => kind);
  for (const [kind, own] of byKind) {
    const ids = own.map(({ id }) => id);
    if (kind === 'invoice') for (const id of ids) draft.invoices().delete(id);
    else draft.remove(placeOfKind[kind], ids);
    if (kind === 'promise') draft.remove('kept', ids);
  }
  const goes = (subject: string): boolean => owners.has(ownerOf(subject) ?? '');
  for (const subject of [...draft.file.cases.keys()].filter(goes)) draft.cases().delete(subject);
  for (const key of ['moved', 'charged'] as const)
    draft.remove(key, [...draft.file[key].keys()].filter(goes));
  const out = (byKind.get('invoice') ?? []).map(({ id }) => id);
  draft.file.left = { ...left, partly: partlyOut(draft.file, [...left.partly, ...out]) };
}

/** Puts records back into the file as they were. What the file has is newer, and stays. */
export function returnRecords(draft: Draft, records: readonly LeftRecord[]): void {
  const back = records.filter(({ kind, id }) => !draft.file[placeOfKind[kind]].has(id));
  const named = new Set<string>();
  for (const { kind, id, record, cases = [], moved = [], charged = [], kept } of back) {
    if (kind === 'invoice') {
      if ('total' in record) draft.invoices().set(id, lean(record));
    } else draft.putBack(placeOfKind[kind], record);
    for (const [subject, own] of cases) draft.cases().set(subject, own);
    for (const one of moved) draft.put('moved', one);
    for (const one of charged) draft.put('charged', one);
    if (kept !== undefined) draft.put('kept', kept);
    for (const invoice of namedBy(record)) named.add(invoice);
  }
  const left = counted(draft.file.left, changesOf(back), -1);
  // All that leaves has known invoices alone: what is named and not there is out.
  const partly = partlyOut(draft.file, [...left.partly, ...named]);
  draft.file.left = left.records <= 0 ? undefined : { ...left, partly };
}

function changesOf(records: readonly LeftRecord[]): Parameters<typeof counted>[1] {
  return records.map(({ kind, id, record, paid = [], kept }) => ({
    paid,
    ...('issued' in record ? { date: record.issued } : {}),
    ...(kind === 'credit' && 'date' in record ? { date: record.date } : {}),
    ...(kept === undefined ? {} : { outcome: kept.outcome }),
    ...(kind === 'hold' ? { hold: id } : {}),
  }));
}

/** Of invoices those that are not there and that money or credits of the file name. */
function partlyOut(file: AccountFile, ids: readonly string[]): readonly string[] {
  const gone = new Set(ids.filter((id) => !file.invoices.has(id)));
  if (gone.size === 0) return [];
  const named = new Set<string>();
  for (const records of [file.payments, file.refunds, file.credits])
    for (const record of records.values()) for (const id of namedBy(record)) if (gone.has(id)) named.add(id);
  return [...named].sort();
}
