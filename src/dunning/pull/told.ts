import { evolveAll, type FileEvent, type GoneKind } from '../../engine/index.js';
import type { AccountFacts } from '../../ledger/facts.js';
import type { AccountFile } from '../../ledger/file.js';
import { linesOf, settlementOf } from '../../ledger/settlement.js';
import type { Invoice } from '../../ledger/types.js';
import { targetsOf } from '../../schema/read/together.js';
import { changesOf, conflict } from '../fact-changes.js';
import type { GoneInvoice, PulledKind } from './source.js';

/** What a source said of one account. */
export interface PulledFacts {
  readonly facts: AccountFacts;
  readonly owns: ReadonlySet<PulledKind>;
  /** What became of invoices that are not listed, by id. */
  readonly gone: ReadonlyMap<string, GoneInvoice['as']>;
  /** What became of the others. */
  readonly unlisted: GoneInvoice['as'];
  readonly at: number;
}

/**
 * The events that bring a file up to what its source says: what is new or
 * other, then what is gone. Nothing when all is as it was.
 *
 * @throws RecobroError `version_conflict`, `invalid_input` as `sync`
 */
export function toldBy(file: AccountFile, pulled: PulledFacts): readonly FileEvent[] {
  const found = changesOf(file, pulled.facts);
  if (found.conflicts.length > 0) throw conflict(found.conflicts);
  const told = evolveAll(file, found.events);
  const gone = goneFrom(told, pulled);
  return [...found.events, ...gone, ...unlistedInvoices(evolveAll(told, gone), pulled)];
}

const money = ['refunds', 'payments', 'credits'] as const;
const blocks = ['holds', 'disputes', 'promises', 'unbooked'] as const;

/** Records that leave the file. */
function goneFrom(file: AccountFile, { facts, owns }: PulledFacts): FileEvent[] {
  const events: FileEvent[] = [];
  const put = (kind: GoneKind, ids: readonly string[]): void => {
    if (ids.length > 0) events.push({ type: 'facts.gone', kind, ids: [...ids].sort() });
  };
  const listed = new Set(facts.invoices.map(({ id }) => id));
  const stands = (invoice: string): boolean =>
    owns.has('invoices') ? listed.has(invoice) : file.invoices.has(invoice);
  for (const kind of money) {
    if (!owns.has(kind)) continue;
    const told = idsOf(facts[kind]);
    const gone = [...file[kind].values()].filter((record) => {
      if (told.has(record.id)) return false;
      const named = record.allocations.map(({ invoice }) => invoice);
      const given =
        'payment' in record && record.payment !== undefined ? file.payments.get(record.payment) : undefined;
      const invoices = [...named, ...(given?.allocations.map(({ invoice }) => invoice) ?? [])];
      // What settled an invoice that is not listed either is history, and tells when it was paid.
      return invoices.length === 0 || invoices.some(stands);
    });
    put(kind, [...idsOf(gone)]);
  }
  for (const kind of blocks) {
    if (!owns.has(kind)) continue;
    const told = idsOf(facts[kind]);
    const gone = [...file[kind].values()].filter((record) => {
      // What people said to recobro itself is no matter of the source.
      if (told.has(record.id) || record.pulled !== true) return false;
      const invoices = targetsOf(record).map(({ invoice }) => invoice);
      return kind !== 'promises' || invoices.length === 0 || invoices.some(stands);
    });
    put(kind, [...idsOf(gone)]);
  }
  if (owns.has('plans')) {
    const told = idsOf(facts.plans);
    for (const plan of file.plans.values())
      if (plan.pulled === true && plan.state === 'active' && !told.has(plan.id)) {
        const { version: _, ...rest } = plan;
        events.push({ type: 'plan.upserted', plan: { ...rest, state: 'cancelled' } });
      }
  }
  return events;
}

/** Invoices stay in the file: settled, as of now, or deleted. A version is given up, so that the same record may come back. */
function unlistedInvoices(file: AccountFile, pulled: PulledFacts): FileEvent[] {
  const { facts, owns, gone, unlisted, at } = pulled;
  if (!owns.has('invoices')) return [];
  const listed = idsOf(facts.invoices);
  const missing = [...file.invoices.values()].filter(({ id }) => !listed.has(id));
  if (missing.length === 0) return [];
  const lines = linesOf(file);
  return missing.flatMap(({ version: _, ...invoice }): FileEvent[] => {
    if (over.has(invoice.status)) return [];
    const isOwed = settlementOf(invoice, lines?.get(invoice.id)).outstanding > 0;
    // A draft was never owed, so that it cannot be settled.
    const as = invoice.status === 'draft' ? 'withdrawn' : gone.get(invoice.id);
    if ((as ?? unlisted) === 'withdrawn') {
      // Paid before it was last listed: it left the list for that reason.
      if (as === undefined && !isOwed) return [];
      return [{ type: 'invoice.upserted', invoice: { ...invoice, status: 'deleted' } }];
    }
    if (!isOwed) return [];
    return [{ type: 'invoice.upserted', invoice: { ...invoice, balance: { amount: 0, asOf: at } } }];
  });
}

const over: ReadonlySet<Invoice['status']> = new Set(['void', 'written-off', 'deleted']);

function idsOf(records: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(records.map(({ id }) => id));
}
