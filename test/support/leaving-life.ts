import { formatDay, localDay } from '../../src/calendar/index.js';
import { decide, type FileEvent } from '../../src/engine/index.js';
import { type LeftKind, leftKey } from '../../src/ledger/left.js';
import { type LeftRow, leftRows, Recall, spokenOf } from '../../src/ledger/recall.js';
import { invoiceOfSubject } from '../../src/ledger/subject.js';
import { type Life, Living } from './life.js';

const kinds: Readonly<Record<string, LeftKind>> = {
  'invoice.upserted': 'invoice',
  'payment.upserted': 'payment',
  'refund.upserted': 'refund',
  'credit.upserted': 'credit',
  'hold.upserted': 'hold',
  'dispute.upserted': 'dispute',
  'promise.upserted': 'promise',
  'unbooked.upserted': 'unbooked',
  'reply.upserted': 'reply',
  'plan.upserted': 'plan',
};

/** A life whose records leave once they are over, and come back when something is told of them. */
export class LeavingLife extends Living {
  /** How many records left, and how many came back. */
  left = 0;
  returned = 0;
  readonly #days: number;
  readonly #kept = new Map<string, LeftRow>();

  constructor(life: Life, days: number) {
    super(life);
    this.#days = days;
  }

  override review(options: { readonly run?: string } = {}): void {
    super.review(options);
    // Whether it leaves at once or later, nothing else changes by it.
    const { events } = decide(this.engine, this.file, this.now, { leave: this.#days });
    this.take(events);
  }

  override take(events: readonly FileEvent[]): void {
    for (const event of events) {
      if (event.type === 'items.left') {
        for (const row of leftRows(this.file, event.records)) this.#kept.set(leftKey(row.kind, row.id), row);
        this.left += event.records.length;
      }
      const kind = kinds[event.type];
      if (kind !== undefined) {
        const record = Object.values(event).find((value) => typeof value === 'object') as LeftRow['record'];
        this.recall(spokenOf(this.file, kind, record.id, record));
      }
      super.take([event]);
    }
  }

  /** Brings back what left, as the shell does. */
  recall(keys: readonly string[]): void {
    const recall = new Recall(this.file, keys);
    while (recall.wanted.length > 0) recall.take(recall.wanted.flatMap((key) => this.#kept.get(key) ?? []));
    const { records } = recall;
    if (records.length === 0) return;
    this.returned += records.length;
    for (const { kind, id } of records) this.#kept.delete(leftKey(kind, id));
    const on = formatDay(localDay(this.now, this.file.account?.zone ?? this.engine.plan.zone));
    super.take([{ type: 'items.returned', on, records }]);
  }

  /** What people name comes back first. */
  override step(step: Life['steps'][number]): void {
    const { what } = step;
    if ('items' in what && what.items !== undefined)
      this.recall(what.items.map((id) => leftKey('invoice', invoiceOfSubject(id) ?? id)));
    super.step(step);
  }
}
