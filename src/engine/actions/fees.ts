import { balancesOf, type Charge, type ChargeItem, chargeFor, type NotCharged } from '../../charges/index.js';
import type { Item } from '../../ledger/items.js';
import { linesOf } from '../../ledger/settlement.js';
import type { Terms } from '../../ledger/types.js';
import type { FeeAction } from '../../policy/types.js';
import { isOverdue } from '../view.js';
import type { ActFacts } from './act-of.js';

/** What a fee of a stage comes to: charges to be booked, or why there is none. */
export interface FeeOutcome {
  readonly charges: readonly Charge[];
  readonly refused: readonly NotCharged[];
}

/**
 * Reckons a fee on the amounts of today, without earlier charges. It rests on
 * recorded terms (of the invoice, else the account, else the house) or is not
 * made: items under different terms, or of different currencies, never share a
 * charge. Interest goes on from the last day that was charged.
 */
export function feesOf(facts: ActFacts, action: FeeAction, items: readonly Item[]): FeeOutcome {
  const { engine, view } = facts;
  const charges: Charge[] = [];
  const refused: NotCharged[] = [];
  for (const group of groupsOf(facts, action, spokenOf(facts, items))) {
    const [first] = group;
    if (first === undefined) continue;
    const answer = chargeFor(action, {
      on: view.on,
      items: group.map((item) => chargeItem(facts, item)),
      terms: termsOf(facts, first),
      currency: engine.plan.currency,
    });
    if (answer.made) charges.push(answer.charge);
    else refused.push(answer);
  }
  return { charges, refused };
}

/** What a stage speaks of: of a group neither what is kept back nor, once it is late, what is not due yet. */
function spokenOf({ view }: ActFacts, items: readonly Item[]): readonly Item[] {
  const chased = items.filter((item) => item.dunnable > 0);
  const late = chased.filter((item) => isOverdue(item, view.today));
  return late.length > 0 ? late : chased;
}

function groupsOf(facts: ActFacts, action: FeeAction, items: readonly Item[]): Item[][] {
  if (action.per !== 'message') return items.map((item) => [item]);
  const groups: { readonly terms: Terms | undefined; readonly currency: string; readonly items: Item[] }[] =
    [];
  for (const item of items) {
    const terms = termsOf(facts, item);
    const { currency } = item.invoice;
    const group = groups.find((one) => one.terms === terms && one.currency === currency);
    if (group === undefined) groups.push({ terms, currency, items: [item] });
    else group.items.push(item);
  }
  return groups.map((group) => group.items);
}

/** The most specific terms on record. */
function termsOf({ engine, view }: ActFacts, { invoice }: Item): Terms | undefined {
  return invoice.terms ?? view.file.account?.terms ?? engine.plan.terms;
}

function chargeItem({ file }: ActFacts, item: Item): ChargeItem {
  const { invoice, instalment, original, outstanding, dunnable, charges } = item;
  const charged = file.charged.get(item.id);
  const due = instalment === undefined ? invoice.due : instalment.due;
  const owed = Math.max(outstanding - charges, 0);
  // Money that names no instalment went to the earliest; only what names this one is known to be its own.
  const lines = (linesOf(file)?.get(invoice.id) ?? []).filter(
    (line) => instalment === undefined || line.instalment === instalment.id,
  );
  return {
    id: item.id,
    currency: invoice.currency,
    ...(due === undefined ? {} : { due }),
    original,
    outstanding: owed,
    dunnable: Math.max(dunnable - charges, 0),
    balances: balancesOf(owed, lines),
    ...(charged === undefined ? {} : { charged: { to: charged.to, amount: charged.amount } }),
  };
}
