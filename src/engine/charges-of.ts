import type { Act } from './acts.js';
import type { Candidate, PlanFacts } from './candidate.js';

/** The charges that a message tells of. Messages tell of none yet: fees are acts of their own. */
export function chargesOf(
  _facts: PlanFacts,
  _lead: Candidate,
  _members: readonly Candidate[],
): Act['charges'] {
  return undefined;
}
