import type { Act } from '../acts.js';
import type { Candidate } from '../candidate.js';
import type { CompiledStage } from '../compile.js';
import { type ActFacts, actOf } from './act-of.js';

/** A case that acts on a stage. */
export type AtStage = Candidate & { readonly stage: CompiledStage };

/**
 * A stage that writes to nobody and gives nobody a task, but waits for a
 * person: to approve it, or to do what it says. Everything it brings (a fee, a
 * hand-over, an effect) comes once they have.
 */
export function proposeStage(facts: ActFacts, { unit, case: one, policy, stage, occurrence }: AtStage): Act {
  return actOf(facts, {
    kind: 'task',
    name: stage.mode === 'approve' ? 'approve-stage' : 'perform-stage',
    policy,
    stage: stage.stage.id,
    tone: stage.stage.tone,
    covered: [{ case: one, occurrence }],
    mark: stage.stage.id,
    items: unit.items,
    reason: 'stage',
  });
}
