import { checkZone, parseDay, startOfDay } from '../../calendar/index.js';
import { compile } from '../../engine/index.js';
import { Collector } from '../run/collector.js';
import { checkPeriod } from '../run/index.js';
import { normalFacts } from './facts.js';
import { live } from './live.js';
import { engineFor, planOf } from './reach.js';
import { timelineOf } from './timeline.js';
import type { SimulateInput, SimulationResult } from './types.js';

export type * from './types.js';

/**
 * Runs policies over a ledger on a virtual calendar: what would have gone out,
 * when and to whom, had they been in force. It is the core that decides in
 * production, called day by day; no message leaves, nothing is stored.
 *
 * Each invoice becomes known on its issue date, each payment on its day (before
 * or after that day's review), each hold, dispute and promise on the day it
 * begins. What is older than `from` is known on the first day.
 *
 * @example
 * const { ledger } = readLedger(text, { currency: 'USD' });
 * const result = simulate({ documents, ledger, from: '2012-01-01', to: '2014-02-28', payments: 'before' });
 * result.stages.map(({ stage, reached }) => [stage, reached]);
 * @throws RecobroError `invalid_option`, `unknown_zone`, `invalid_document`; `invalid_input` for a ledger with
 * records that are not valid
 */
export function simulate(input: SimulateInput): SimulationResult {
  checkPeriod(input.from, input.to);
  if (input.zone !== undefined) checkZone(input.zone);
  const { documents } = input;
  const plan = planOf(documents, input);
  const engine = engineFor(documents, input);
  const told = compile({ plan, policies: documents.policies });
  const from = parseDay(input.from);
  const to = parseDay(input.to);
  const disputed = input.disputed ?? 'hold';
  const collector = new Collector({
    kind: 'simulation',
    engine,
    plan,
    policies: documents.policies,
    refs: { plan: told.planRef, policies: [...told.versions.values()].map((one) => one.ref) },
    from: input.from,
    to: input.to,
    agingStep: input.agingStep,
    stories: input.stories ?? true,
  });
  const facts = [
    ...normalFacts(input.ledger, {
      now: startOfDay(from, plan.zone),
      zone: plan.zone,
      policies: documents.policies.map((policy) => policy.id),
    }),
  ].sort(([a], [b]) => (a < b ? -1 : 1));
  let messages = 0;
  facts.forEach(([account, known], index) => {
    const zone = known.account?.zone ?? plan.zone;
    const timeline = timelineOf(known, { zone, from, payments: input.payments, disputed });
    const entries = live({ engine, account, zone, timeline, from, to });
    collector.add({ account, entries });
    if (input.onProgress === undefined) return;
    for (const { event } of entries) if (event.type === 'act.accepted') messages++;
    input.onProgress({ accounts: index + 1, of: facts.length, messages });
  });
  return {
    ...collector.result(),
    kind: 'simulation',
    payments: input.payments,
    disputed,
    reach: input.reach ?? 'assumed',
  };
}
