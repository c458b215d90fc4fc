import type { Case } from '../../ledger/file.js';
import { type ActFacts, actOf } from './act-of.js';
import type { Follow } from './completions.js';
import { effectChanges } from './effects.js';
import { itemsOfCase } from './members.js';

/**
 * Turns effects on the host on and off. Every case notes what it wants; the
 * host hears only of the first that wants an effect and of the last that did.
 */
export function switchEffects(facts: ActFacts): Follow {
  const follow: Follow = { events: [], acts: [] };
  const { on } = facts.view;
  for (const { case: one, policy, effect, wanted, turns } of effectChanges(facts.engine, facts.file)) {
    const base = { subject: one.subject, case: one.id, on, effect };
    follow.events.push({ type: wanted ? 'effect.wanted' : 'effect.released', ...base });
    if (!turns) continue;
    // What the host has not done yet is overtaken.
    for (const act of facts.file.acts.values()) {
      if (act.kind === 'effect' && act.name === effect)
        follow.events.push({ type: 'task.closed', act: act.id, reason: 'overtaken', on });
    }
    const mark = `effect:${effect}.${wanted ? 'on' : 'off'}`;
    const act = actOf(facts, {
      kind: 'effect',
      name: effect,
      policy,
      stage: mark,
      covered: [{ case: one, occurrence: timesOf(one, mark) + 1 }],
      mark,
      items: itemsOfCase(facts.engine, facts.view, policy, one),
      reason: wanted ? 'stage' : 'released',
    });
    follow.acts.push({ ...act, effect: wanted ? 'on' : 'off' });
  }
  return follow;
}

function timesOf(one: Case, mark: string): number {
  return one.marks.reduce(
    (most, known) => (known.stage === mark ? Math.max(most, known.occurrence) : most),
    0,
  );
}
