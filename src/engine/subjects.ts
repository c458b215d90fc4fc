import type { AccountFile, Case } from '../ledger/file.js';
import type { Item } from '../ledger/items.js';
import { byId } from '../ledger/order.js';
import { type Assignment, assigner } from './assign.js';
import { inScope } from './case-rules.js';
import type { CompiledPolicy, Engine } from './compile.js';
import { lateBefore } from './grace.js';
import { settledReason } from './settled.js';
import { groupUnit, itemUnit, runningCase, subjectOf, type Unit } from './units.js';
import { ladderOf } from './versions.js';
import type { AccountView } from './view.js';

/** What may climb today. */
export interface Found {
  readonly unit: Unit;
  /** The case that runs for it under that policy. */
  readonly running: Case | undefined;
  readonly assignment: Assignment;
  /** The ladder it climbs: that of the running case where there is one; undefined where it climbs none. */
  readonly policy: CompiledPolicy | undefined;
  /** Why it does not climb although a policy is assigned, or which is missing. */
  readonly reason: string | undefined;
}

/** The items on which something is owed, alone or in the groups of their policy, oldest first. */
export function subjectsOf(engine: Engine, view: AccountView): Found[] {
  const known = view.file.account !== undefined;
  const assigned = assigner(engine, view);
  const found: Found[] = [];
  let groups: Map<string, { readonly at: number; readonly id: string; readonly items: Item[] }> | undefined;
  for (const item of view.items) {
    if (settledReason(engine, view, item) !== undefined) continue;
    const assignment = assigned(item);
    const wanted = assignment.policy;
    const running = wanted === undefined ? undefined : runningCase(view.file, item.id, wanted.ref.id);
    const ladder = known ? ladderOf(engine, view, wanted, item, running) : undefined;
    if (ladder === undefined) {
      const reason = known ? (assignment.reason ?? 'no_policy') : 'account_missing';
      found.push({ unit: itemUnit(item), running, assignment, policy: undefined, reason });
      continue;
    }
    const policy =
      engine.adjust === undefined ? ladder : engine.adjust.of(ladder, view.file.id, assignment.segment);
    if (!inScope(policy.rules, view, item)) {
      found.push({ unit: itemUnit(item), running, assignment, policy, reason: 'out_of_scope' });
      continue;
    }
    if (policy.groupBy === undefined) {
      found.push({ unit: itemUnit(item), running, assignment, policy, reason: undefined });
      continue;
    }
    const id = subjectOf(policy, item);
    const key = `${policy.ref.id}\n${id}`;
    groups ??= new Map();
    const group = groups.get(key);
    if (group !== undefined) {
      group.items.push(item);
      continue;
    }
    groups.set(key, { at: found.length, id, items: [item] });
    found.push({ unit: itemUnit(item), running: undefined, assignment, policy, reason: undefined });
  }
  for (const { at, id, items } of groups?.values() ?? []) {
    const first = found[at];
    if (first === undefined) continue;
    const running = first.policy === undefined ? undefined : runningCase(view.file, id, first.policy.ref.id);
    const late = first.policy === undefined ? undefined : lateBefore(engine, first.policy, view.today);
    found[at] = { ...first, unit: groupUnit(id, items, late), running };
  }
  return found;
}

function countOpen({ cases }: AccountFile): number {
  let count = 0;
  for (const all of cases.values()) for (const { state } of all) if (state !== 'closed') count++;
  return count;
}

/** Each has a case of its own: where there are no more cases than these, none is abandoned. */
function countClimbing(found: readonly Found[]): number {
  let count = 0;
  for (const { running, policy, reason } of found)
    if (running !== undefined && policy !== undefined && reason === undefined) count++;
  return count;
}

/** Cases that run, although nothing that climbs today is theirs, by subject. */
export function abandonedCases(file: AccountFile, found: readonly Found[]): readonly Case[] {
  if (countOpen(file) === countClimbing(found)) return [];
  const alone = new Map<string, string>();
  const groups = new Set<string>();
  for (const { unit, policy, reason } of found) {
    if (policy === undefined || reason !== undefined) continue;
    if (policy.groupBy === undefined) alone.set(unit.id, policy.ref.id);
    else groups.add(`${policy.ref.id}\n${unit.id}`);
  }
  const gone: Case[] = [];
  for (const [subject, cases] of file.cases) {
    for (const one of cases) {
      if (one.state === 'closed') continue;
      if (cases.length > 1 && runningCase(file, subject, one.policy) !== one) continue;
      if (alone.get(subject) === one.policy || groups.has(`${one.policy}\n${subject}`)) continue;
      gone.push(one);
    }
  }
  if (gone.length < 2) return gone;
  return gone.sort(byId);
}
