/** The host's own facts: fields and scores that accounts and invoices carry, as a plan may declare them. */

const prefixes = ['account.attributes.', 'item.attributes.', 'account.scores.'] as const;

/** Whether a name is of a fact of the host's own: `account.attributes.tier`, but not `account.risk`. */
export function isOwnFact(name: string): boolean {
  return prefixes.some((prefix) => name.length > prefix.length && name.startsWith(prefix));
}
