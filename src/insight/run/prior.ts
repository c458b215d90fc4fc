import type { FileEvent } from '../../engine/index.js';
import { namedBy } from '../../ledger/left.js';

/** The day from which a fact holds; undefined for what is no dated fact. */
export function factDay(event: FileEvent): string | undefined {
  switch (event.type) {
    case 'invoice.upserted':
      return event.invoice.issued;
    case 'payment.upserted':
      return event.payment.date;
    case 'credit.upserted':
      return event.credit.date;
    case 'hold.upserted':
      return event.hold.from;
    case 'dispute.upserted':
      return event.dispute.opened;
    case 'promise.upserted':
      return event.promise.made;
    case 'refund.upserted':
      return event.refund.date;
    case 'unbooked.upserted':
      return event.unbooked.on;
    case 'reply.upserted':
      return event.reply.on;
    case 'plan.upserted':
      return event.plan.made;
    default:
      return undefined;
  }
}

/** Invoices that a fact is about; none for those of the account as a whole. */
export function invoicesOf(event: FileEvent): readonly string[] {
  switch (event.type) {
    case 'invoice.upserted':
      return [event.invoice.id];
    case 'payment.upserted':
      return event.payment.allocations.map((one) => one.invoice);
    case 'credit.upserted':
      return event.credit.allocations.map((one) => one.invoice);
    case 'hold.upserted':
      return event.hold.invoice === undefined ? [] : [event.hold.invoice];
    case 'dispute.upserted':
      return namedBy(event.dispute);
    case 'promise.upserted':
      return event.promise.invoice === undefined ? (event.promise.invoices ?? []) : [event.promise.invoice];
    case 'refund.upserted':
      return event.refund.allocations.map((one) => one.invoice);
    case 'unbooked.upserted':
      return event.unbooked.invoice === undefined
        ? (event.unbooked.invoices ?? [])
        : [event.unbooked.invoice];
    case 'plan.upserted':
      return event.plan.invoices;
    default:
      return [];
  }
}
