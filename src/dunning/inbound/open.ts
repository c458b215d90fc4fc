import type { AccountView } from '../../engine/index.js';
import type { Item } from '../../ledger/items.js';

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
