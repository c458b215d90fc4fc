import { contactsOfBranch, type Place } from '../contact/recipients.js';
import { byAge, type Item } from '../ledger/items.js';
import type { ActItem } from './acts.js';
import { type Candidate, topicOf } from './candidate.js';
import type { CasesNow } from './cases-now.js';
import type { CompiledPolicy, Engine } from './compile.js';
import { lateBefore } from './grace.js';
import { levelReached, sharedBy } from './grouping.js';
import { runningCase, spokenOf, type Unit } from './units.js';
import { type AccountView, isOverdue } from './view.js';

/** What messages of one review list: worked out once per policy, not once per message. */
export class Listing {
  /** What climbs by policies that list more than what acts, by their ids. */
  readonly #climbing: ReadonlyMap<string, readonly Unit[]>;
  readonly #engine: Engine;
  readonly #cases: CasesNow;
  readonly #view: AccountView;
  #known: Map<CompiledPolicy, ReadonlyMap<string, readonly Item[]>> | undefined;

  constructor(
    engine: Engine,
    cases: CasesNow,
    view: AccountView,
    climbing: ReadonlyMap<string, readonly Unit[]>,
  ) {
    this.#climbing = climbing;
    this.#engine = engine;
    this.#cases = cases;
    this.#view = view;
  }

  /** The items whose stages act and, where the policy says so, what else is overdue or open under it; oldest first. */
  items(lead: Candidate, group: readonly Candidate[], place: Place | undefined): ActItem[] {
    const { today } = this.#view;
    // What was promised or disputed is named, whether or not it may be chased.
    if (lead.answer !== undefined) return lead.unit.items.map((item) => actItem(item, today, true));
    if (group.length === 1) {
      const spoken = spokenOf(lead.unit, today);
      if (spoken.length === 1 && !this.#listsMore(lead)) return [actItem(spoken[0]!, today, true)];
    }
    const acting = new Set<Item>();
    for (const one of group) for (const item of spokenOf(one.unit, today)) acting.add(item);
    const listed = [...acting];
    if (this.#listsMore(lead))
      for (const item of this.#others(lead, place)) if (!acting.has(item)) listed.push(item);
    if (listed.length > 1) listed.sort(byAge);
    return listed.map((item) => actItem(item, today, acting.has(item)));
  }

  #listsMore(lead: Candidate): boolean {
    const { list } = lead.policy.message;
    if (list === 'acting' || lead.stage === undefined) return false;
    return list === 'open' || topicOf(this.#view, lead) === 'overdue';
  }

  #others(lead: Candidate, place: Place | undefined): readonly Item[] {
    const { policy } = lead;
    this.#known ??= new Map();
    let known = this.#known.get(policy);
    if (known === undefined) {
      known = this.#sorted(policy);
      this.#known.set(policy, known);
    }
    const level = lead.stage?.level;
    const key = sharedBy(policy.message, { item: lead.unit.lead, subject: lead.unit.id, level });
    const same = known.get(key) ?? [];
    const { account } = this.#view.file;
    if (account?.branches === undefined) return same;
    // Debts of a branch that has people of its own are told to those people.
    const isOf = (branch: string | undefined): boolean =>
      contactsOfBranch(account, branch).some((contact) => contact.id === place?.contact?.id);
    return same.filter(({ invoice: { branch } }) =>
      contactsOfBranch(account, branch).length > 0
        ? isOf(branch)
        : !account.branches?.some((one) => isOf(one.id)),
    );
  }

  /** What may be listed by a policy, by the values of its keys. */
  #sorted(policy: CompiledPolicy): ReadonlyMap<string, readonly Item[]> {
    const { today } = this.#view;
    // What has grace left does not count as overdue under the policy.
    const late = lateBefore(this.#engine, policy, today) ?? today;
    const sorted = new Map<string, Item[]>();
    for (const { id: subject, items } of this.#climbing.get(policy.ref.id) ?? []) {
      const one = runningCase(this.#cases.file, subject, policy.ref.id);
      // What was handed over is not written to any more.
      if (one === undefined || one.handed !== undefined) continue;
      const level = policy.message.keys.includes('level') ? levelReached(policy.byId, one) : undefined;
      for (const item of items) {
        if (item.dunnable <= 0 || (policy.message.list === 'overdue' && !isOverdue(item, late))) continue;
        const key = sharedBy(policy.message, { item, subject, level });
        const group = sorted.get(key);
        if (group === undefined) sorted.set(key, [item]);
        else group.push(item);
      }
    }
    return sorted;
  }
}

/** An item as an act knows it. */
export function actItem(item: Item, today: number, acting: boolean): ActItem {
  const { invoice, instalment } = item;
  const due = instalment === undefined ? invoice.due : instalment.due;
  return {
    item: item.id,
    invoice: invoice.id,
    ...(instalment === undefined ? undefined : { instalment: instalment.id }),
    number: invoice.number,
    currency: invoice.currency,
    original: item.original,
    paid: item.paid,
    outstanding: item.outstanding,
    ...(item.blocks.length === 0 ? undefined : disputedOf(item)),
    dunnable: item.dunnable,
    ...(due === undefined ? undefined : { due }),
    daysPastDue: item.due === undefined ? 0 : today - item.due,
    acting,
  };
}

function disputedOf({ blocks }: Item): { readonly disputed?: number } {
  let disputed = 0;
  for (const block of blocks) if (block.kind === 'dispute') disputed += block.amount;
  return disputed === 0 ? {} : { disputed };
}
