import type { Act } from '../acts.js';
import type { Candidate } from '../candidate.js';
import { type ActFacts, actOf } from './act-of.js';

/**
 * A stage that writes to nobody and gives nobody a task, but waits for a
 * person: to approve it, or to do what it says. Everything it brings (a fee, a
 * hand-over, an effect) comes once they have.
 */
export function proposeStages(facts: ActFacts, candidates: readonly Candidate[]): Act[] {
  return candidates.flatMap(({ unit, case: one, policy, stage, occurrence }) => {
    if (stage === undefined || stage.mode === 'auto') return [];
    return [
      actOf(facts, {
        kind: 'task',
        name: stage.mode === 'approve' ? 'approve-stage' : 'perform-stage',
        policy,
        stage: stage.stage.id,
        tone: stage.stage.tone,
        covered: [{ case: one, occurrence }],
        mark: stage.stage.id,
        items: unit.items,
        reason: 'stage',
      }),
    ];
  });
}
