/**
 * Marks that have a text read in another order than it stands in (UAX #9): what follows an override reads backwards, an
 * amount too. Where text of others is shown to people they could make one name or sum look like another.
 */
const turning = /[\u202a-\u202e\u2066-\u2069]/gu;
/** The same without isolates, which texts of two directions need and which turn nothing outside of themselves. */
const overriding = /[\u202a-\u202e]/u;
/** What copying out of an address book or chat leaves around a number or address, and nobody sees. */
const unseen = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** Whether a text holds marks that turn the order of reading. */
export function turns(text: string): boolean {
  return text.search(turning) >= 0;
}

/** Whether a text turns the order of what stands beside it, too. */
export function overrides(text: string): boolean {
  return overriding.test(text);
}

/** A text as it reads in the order in which it stands. */
export function inOrder(text: string): string {
  return text.replace(turning, '');
}

/** A number or address without what nobody sees. */
export function seen(text: string): string {
  return text.replace(unseen, '');
}
