import type { Case } from '../../ledger/file.js';
import type { Item } from '../../ledger/items.js';
import { namedBy } from '../../ledger/left.js';
import { byText } from '../../ledger/order.js';
import { promisedItems } from '../../ledger/promises.js';
import { sumByCurrency } from '../../money/index.js';
import type { Dossier, DossierLine } from '../acts.js';
import { isStageMark } from '../marks.js';
import { type ActFacts, itemOf } from './act-of.js';

/** Everything that the receiver of a debt needs to know of it: what is owed, and what was done and said about it. */
export function dossierOf({ view, file }: ActFacts, cases: readonly Case[], items: readonly Item[]): Dossier {
  const lines: DossierLine[] = [];
  const own = new Set(items.map((item) => item.invoice.id));
  const ids = new Set(cases.map((one) => one.id));
  for (const one of cases) {
    for (const mark of one.marks) {
      if (mark.state === 'done' && isStageMark(mark))
        lines.push({ on: mark.on, kind: 'stage', item: one.subject, detail: mark.stage });
    }
  }
  for (const touch of file.touches) {
    if (touch.cases?.some((id) => ids.has(id)) === true)
      lines.push({ on: touch.on, kind: 'contact', detail: touch.channel ?? 'other' });
  }
  for (const promise of file.promises.values()) {
    const promised = promisedItems(promise, view.items).map((item) => item.invoice.id);
    if (!promised.some((id) => own.has(id))) continue;
    const detail = file.kept.get(promise.id)?.outcome ?? promise.state;
    lines.push({
      on: promise.made,
      kind: 'promise',
      ...(promise.invoice === undefined ? {} : { item: promise.invoice }),
      detail,
    });
  }
  for (const dispute of file.disputes.values()) {
    if (namedBy(dispute).some((id) => own.has(id)))
      lines.push({
        on: dispute.opened,
        kind: 'dispute',
        ...(dispute.invoice === undefined ? {} : { item: dispute.invoice }),
        detail: `${dispute.state}: ${dispute.reason}`,
      });
  }
  for (const plan of file.plans.values()) {
    if (plan.invoices.some((id) => own.has(id)))
      lines.push({ on: plan.made, kind: 'plan', detail: plan.state });
  }
  for (const { date, state, currency, allocations } of file.payments.values()) {
    for (const { invoice, amount } of allocations) {
      if (own.has(invoice))
        lines.push({
          on: date,
          kind: 'payment',
          item: invoice,
          detail: state,
          amount: { minor: amount, currency },
        });
    }
  }
  for (const { date, state, currency, allocations } of file.credits.values()) {
    for (const { invoice, amount } of allocations) {
      if (own.has(invoice))
        lines.push({
          on: date,
          kind: 'credit',
          item: invoice,
          detail: state,
          amount: { minor: amount, currency },
        });
    }
  }
  const known = items.map((item) => itemOf(view, item));
  return {
    account: file.id,
    items: known,
    totals: sumByCurrency(known.map(({ outstanding, currency }) => ({ minor: outstanding, currency }))),
    history: lines.sort(byDay),
  };
}

function byDay(a: DossierLine, b: DossierLine): number {
  const keyOf = ({ on, kind, item = '', detail }: DossierLine): string => `${on} ${kind} ${item} ${detail}`;
  return byText(keyOf(a), keyOf(b));
}
