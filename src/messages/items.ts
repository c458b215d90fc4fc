import { type Money, sumByCurrency } from '../money/index.js';
import { clean } from './clean.js';
import type { MessageItem } from './facts.js';

/** An instalment's id is shown when it is like "2" or "2/6", not when it is a database key. */
const shownInstalment = /^[\p{L}\p{N}/.-]{1,6}$/u;

/** What a message about items asks for: one amount per currency, summed from the very items it lists. */
export function totalOf(items: readonly MessageItem[]): Money[] {
  return sumByCurrency(items.map(({ dunnable, currency }) => ({ minor: dunnable, currency })));
}

/** All that is open on the items that it lists, also what is disputed: one amount per currency. */
export function balanceOf(items: readonly MessageItem[]): Money[] {
  return sumByCurrency(items.map(({ outstanding, currency }) => ({ minor: outstanding, currency })));
}

/** Items by due date, oldest first; those without one last, all else in the given order. */
export function byDue(items: readonly MessageItem[]): MessageItem[] {
  return [...items].sort((a, b) => {
    if (a.due === b.due) return 0;
    if (a.due === undefined) return 1;
    if (b.due === undefined) return -1;
    return a.due < b.due ? -1 : 1;
  });
}

/** The number by which the debtor knows the item. */
export function numberOf(item: MessageItem): string {
  const number = clean(item.number);
  const { instalment } = item;
  return number === '' || instalment === undefined || !shownInstalment.test(instalment)
    ? number
    : `${number}/${instalment}`;
}
