import { type Charge, type ChargeItem, chargeFor, type NoCharge } from '../../charges/index.js';
import type { Item } from '../../ledger/items.js';
import type { Terms } from '../../ledger/types.js';
import type { FeeAction } from '../../policy/types.js';
import type { ActFacts } from './act-of.js';

/** What a fee of a stage comes to: charges to be booked, or why there is none. */
export interface FeeOutcome {
  readonly charges: readonly Charge[];
  /** By item, where a charge was refused for it. */
  readonly refused: readonly { readonly item: string; readonly reason: NoCharge; readonly at: string }[];
}

/**
 * Reckons a fee on the amounts of today, without earlier charges. It rests on
 * recorded terms (of the invoice, else the account, else the house) or is not
 * made. Interest goes on from the last day that was charged.
 */
export function feesOf(facts: ActFacts, action: FeeAction, items: readonly Item[]): FeeOutcome {
  const { engine, view } = facts;
  const charges: Charge[] = [];
  const refused: { item: string; reason: NoCharge; at: string }[] = [];
  const groups = action.per === 'message' ? [items] : items.map((item) => [item]);
  for (const group of groups) {
    const [first] = group;
    if (first === undefined) continue;
    const answer = chargeFor(action, {
      on: view.on,
      items: group.map((item) => chargeItem(facts, item)),
      terms: termsOf(facts, first),
      currency: engine.plan.currency,
    });
    if (answer.made) charges.push(answer.charge);
    else for (const { id } of group) refused.push({ item: id, reason: answer.reason, at: answer.at });
  }
  return { charges, refused };
}

/** The most specific terms on record. */
function termsOf({ engine, view }: ActFacts, { invoice }: Item): Terms | undefined {
  return invoice.terms ?? view.file.account?.terms ?? engine.plan.terms;
}

function chargeItem({ file }: ActFacts, item: Item): ChargeItem {
  const { invoice, instalment, original, outstanding, dunnable, charges } = item;
  const charged = file.charged.get(item.id);
  const due = instalment === undefined ? invoice.due : instalment.due;
  return {
    id: item.id,
    currency: invoice.currency,
    ...(due === undefined ? {} : { due }),
    original,
    outstanding: Math.max(outstanding - charges, 0),
    dunnable: Math.max(dunnable - charges, 0),
    ...(charged === undefined ? {} : { charged: { to: charged.to, amount: charged.amount } }),
  };
}
