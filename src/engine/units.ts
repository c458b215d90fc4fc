import type { Day } from '../calendar/index.js';
import type { Block } from '../ledger/block.js';
import type { AccountFile, Case } from '../ledger/file.js';
import { byAge, type Item } from '../ledger/items.js';
import type { GroupKey } from '../policy/types.js';
import type { CompiledPolicy } from './compile.js';
import { isOverdue } from './view.js';

/** What climbs: one item, or a group of items of one currency carried by the oldest. */
export interface Unit {
  /** The subject of its cases: the item's id, or `~MXN`, `~entity=mx~MXN` for a group. */
  readonly id: string;
  /** Oldest first. Of a group only those on which something is owed. */
  readonly items: readonly Item[];
  /** The item itself; of a group the one that carries it. */
  readonly lead: Item;
  readonly due: Day | undefined;
  readonly currency: string;
  readonly original: number;
  readonly outstanding: number;
  readonly dunnable: number;
  readonly blocks: readonly Block[];
  /** Of a group whose policy grants grace: the first due date that does not count as overdue today. */
  readonly lateBefore?: Day | undefined;
}

/** An item that climbs alone. */
export function itemUnit(item: Item): Unit {
  return {
    id: item.id,
    items: [item],
    lead: item,
    due: item.due,
    currency: item.invoice.currency,
    original: item.original,
    outstanding: item.outstanding,
    dunnable: item.dunnable,
    blocks: item.blocks,
  };
}

/**
 * A group of items. The oldest on which something may be chased carries it,
 * ties by highest balance, then id; where nothing may be chased, the oldest.
 */
export function groupUnit(id: string, members: readonly Item[], lateBefore?: Day): Unit {
  const items = [...members].sort(byAge);
  const free = items.filter((item) => item.dunnable > 0);
  const lead = [...(free.length > 0 ? free : items)].sort(byCarrying)[0]!;
  let original = 0;
  let outstanding = 0;
  let dunnable = 0;
  for (const item of items) {
    original += item.original;
    outstanding += item.outstanding;
    dunnable += item.dunnable;
  }
  return {
    id,
    items,
    lead,
    due: lead.due,
    currency: lead.invoice.currency,
    original,
    outstanding,
    dunnable,
    blocks: items.flatMap((item) => item.blocks),
    ...(lateBefore === undefined ? {} : { lateBefore }),
  };
}

/** Of items in the order of their age, which settles the last ties. */
function byCarrying(a: Item, b: Item): number {
  const x = a.due ?? Number.MAX_SAFE_INTEGER;
  const y = b.due ?? Number.MAX_SAFE_INTEGER;
  return x - y || b.outstanding - a.outstanding;
}

/** The subject of the group to which an item belongs. Ids of invoices hold no `~`, so no item can meet it. */
export function groupId(keys: readonly GroupKey[], item: Item): string {
  const parts = keys.flatMap((key) => {
    const value = keyOf(key, item);
    return key === 'account' || value === undefined ? [] : [`${nameOf(key)}=${escaped(value)}`];
  });
  return ['', ...parts, item.invoice.currency].join('~');
}

/** What an item says for a key; undefined where it says nothing. */
export function keyOf(key: GroupKey, { invoice }: Item): string | undefined {
  switch (key) {
    case 'account':
      return undefined;
    case 'entity':
      return invoice.entity;
    case 'area':
      return invoice.area;
    case 'branch':
      return invoice.branch;
    default: {
      const name = key.slice('item.attributes.'.length);
      const value = Object.hasOwn(invoice.attributes, name) ? invoice.attributes[name] : undefined;
      return value === undefined || value === null ? undefined : String(value);
    }
  }
}

function nameOf(key: GroupKey): string {
  return key.startsWith('item.attributes.') ? key.slice('item.attributes.'.length) : key;
}

/** Without the characters that divide the parts of keys. */
function escaped(value: string): string {
  return value.replace(/[%~#@!/=]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * The items of a unit that a message of today speaks of: what is overdue of
 * it, or what falls due with its lead; all of it where nothing is owed any more.
 */
export function spokenOf(unit: Unit, today: Day): readonly Item[] {
  if (unit.items.length === 1 || unit.outstanding <= 0) return unit.items;
  const chased = unit.items.filter((item) => item.dunnable > 0);
  const { lateBefore = today } = unit;
  if (isOverdue(unit.lead, lateBefore)) return chased.filter((item) => isOverdue(item, lateBefore));
  return chased.filter((item) => item.due === unit.due);
}

/**
 * The running case of a subject: the last one that is not closed. Groups of
 * several policies may have one subject; an item is under one policy at a time.
 */
export function runningCase(file: AccountFile, subject: string, policy?: string): Case | undefined {
  if (file.cases.size === 0) return undefined;
  const cases = file.cases.get(subject);
  if (cases === undefined) return undefined;
  const latest = cases[cases.length - 1];
  const last =
    policy === undefined || latest?.policy === policy
      ? latest
      : cases.findLast((one) => one.policy === policy);
  return last === undefined || last.state === 'closed' ? undefined : last;
}

/** The subject under which an item climbs by a policy. */
export function subjectOf(policy: CompiledPolicy, item: Item): string {
  return policy.groupBy === undefined ? item.id : groupId(policy.groupBy, item);
}
