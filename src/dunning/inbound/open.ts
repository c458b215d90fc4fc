import type { AccountView } from '../../engine/index.js';
import type { Item } from '../../ledger/items.js';
import type { OpenInvoice } from './conversation.js';

/** What is owed to us; somebody of a branch sees that of the branch. */
export function openItems(view: AccountView, contact: string | undefined): readonly Item[] {
  const branch = view.file.account?.branches?.find((one) => one.contacts.some(({ id }) => id === contact));
  return view.items.filter(
    ({ outstanding, invoice }) =>
      outstanding > 0 &&
      invoice.status === 'open' &&
      invoice.type !== 'payable' &&
      (branch === undefined || invoice.branch === branch.id),
  );
}

/** The same by invoice, oldest due first. */
export function openInvoices(view: AccountView, contact: string | undefined): readonly OpenInvoice[] {
  const all = new Map<string, OpenInvoice>();
  const items = openItems(view, contact).toSorted((a, b) => (a.due ?? 0) - (b.due ?? 0));
  for (const { invoice, outstanding } of items) {
    const { id, number = id, currency } = invoice;
    const known = all.get(id)?.outstanding ?? 0;
    all.set(id, { invoice: id, number, currency, outstanding: known + outstanding });
  }
  return [...all.values()];
}
