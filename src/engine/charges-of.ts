import type { Charge } from '../charges/index.js';
import type { Case } from '../ledger/file.js';
import type { FeeAction } from '../policy/types.js';
import { feesOf } from './actions/fees.js';
import { isFee } from './actions/kinds.js';
import { itemsOfCase } from './actions/members.js';
import type { Act } from './acts.js';
import type { Candidate, PlanFacts } from './candidate.js';

/**
 * The charges that a message brings, so that it can tell of them: those of the
 * stages that are done with it, reckoned as they will be when it has gone out.
 * Undefined where it brings none. What is charged in the end is what it told.
 */
export function chargesOf(facts: PlanFacts, _lead: Candidate, members: readonly Candidate[]): Act['charges'] {
  if (!facts.engine.follows) return undefined;
  const fees = new Map<
    string,
    { readonly action: FeeAction; readonly policy: Candidate['policy']; readonly cases: Case[] }
  >();
  for (const { stage, part, instead, policy, case: one, occurrence } of members) {
    // A stage is done with its first message; another that stands in for it brings nothing more.
    if (stage === undefined || part > 0 || instead !== undefined) continue;
    for (const { index, action } of stage.follows) {
      if (!isFee(action)) continue;
      const key = [policy.ref.id, stage.stage.id, index, occurrence].join('\n');
      const known = fees.get(key);
      if (known === undefined) fees.set(key, { action, policy, cases: [one] });
      else known.cases.push(one);
    }
  }
  const charges: Charge[] = [];
  for (const { action, policy, cases } of fees.values()) {
    const items = cases.flatMap((one) => itemsOfCase(facts.engine, facts.view, policy, one));
    charges.push(...feesOf(facts, action, items).charges);
  }
  return charges.length === 0 ? undefined : charges;
}
