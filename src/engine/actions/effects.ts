import type { AccountFile, Case } from '../../ledger/file.js';
import { byId } from '../../ledger/order.js';
import type { CompiledPolicy, Engine } from '../compile.js';
import { compilePolicy } from '../compile-policy.js';
import { policyOf } from './members.js';

/**
 * The effects on the host that a case wants now. Latched: those of every stage
 * that was done, in this opening or, for a debt that came back, before. By
 * state: those of the level that holds, and those of levels reached in this
 * opening that last until the case is settled. A closed case wants none.
 */
export function effectsWantedBy(policy: CompiledPolicy, one: Case): readonly string[] {
  if (one.state === 'closed') return [];
  const wanted = new Set<string>();
  for (const { stage, effects } of policy.stages) {
    for (const { effect, until } of effects) {
      const reached = one.marks.some(
        (mark) => mark.stage === stage.id && (mark.state === 'done' || mark.reason === 'done_before'),
      );
      const holds = policy.byState && until !== 'settled' ? one.level === stage.id : reached;
      if (holds) wanted.add(effect);
    }
  }
  for (const effect of one.reactionEffects ?? []) wanted.add(effect);
  return [...wanted].sort();
}

/** A change of what one case wants. */
export interface EffectChange {
  readonly case: Case;
  readonly policy: CompiledPolicy;
  readonly effect: string;
  readonly wanted: boolean;
  /** Whether the account's state changes with it: the first case that wants it, or the last that did. */
  readonly turns: boolean;
}

/** What must change so that the effects are those that the cases want. */
export function effectChanges(engine: Engine, file: AccountFile): readonly EffectChange[] {
  const cases = [...file.cases.values()].flat().sort(byId);
  const holders = new Map<string, number>();
  for (const one of cases)
    for (const effect of one.effects ?? []) holders.set(effect, (holders.get(effect) ?? 0) + 1);
  const changes: EffectChange[] = [];
  // What is wanted comes first: an effect that goes from one case to another never flickers.
  for (const wanted of [true, false]) {
    for (const one of cases) {
      const policy = policyOf(engine, one) ?? gone(one);
      const own = one.effects ?? [];
      if (own.length === 0 && one.state === 'closed') continue;
      const now = effectsWantedBy(policy, one);
      for (const effect of wanted ? now : own) {
        if (wanted ? own.includes(effect) : now.includes(effect)) continue;
        const count = (holders.get(effect) ?? 0) + (wanted ? 1 : -1);
        holders.set(effect, count);
        changes.push({ case: one, policy, effect, wanted, turns: count === (wanted ? 1 : 0) });
      }
    }
  }
  return changes;
}

/** A policy that is not passed any more wants nothing: what it wanted is released under its name. */
function gone({ policy: id, version, hash }: Case): CompiledPolicy {
  const empty = compilePolicy({ id, version, stages: [] });
  return { ...empty, ref: { id, version, hash } };
}
