import type { AccountFile } from '../../ledger/file.js';
import type { Act } from '../acts.js';
import type { Engine } from '../compile.js';
import { reaches } from '../exchange.js';
import { markOf } from '../marks.js';
import type { AccountView } from '../view.js';
import { type ActFacts, actOf, type Covered } from './act-of.js';
import { allCases, itemsOfCase, policyOf } from './members.js';

/** Mark of the task to say from how much on a currency is worth chasing. */
const toleranceMark = 'task:no_tolerance';

/** Whether an invoice is in a currency for which the plan's tolerance says nothing, so that a person may have to be asked. */
export function mayLackTolerance({ tolerance }: Engine, { invoices }: AccountFile): boolean {
  if (tolerance.size === 0) return false;
  for (const { currency, status } of invoices.values())
    if (status === 'open' && !tolerance.has(currency)) return true;
  return false;
}

/**
 * One task per currency for the cases that run in it. What is owed is chased
 * all the same: nobody said that it is a trifle.
 */
export function tasksOfTolerance(facts: ActFacts): Act[] {
  const { engine, view, file } = facts;
  const byCurrency = Map.groupBy(
    allCases(file).flatMap((one) => {
      const policy = policyOf(engine, one);
      if (policy === undefined || one.state === 'closed') return [];
      const items = itemsOfCase(engine, view, policy, one);
      const currency = items[0]?.invoice.currency;
      return currency === undefined ? [] : [{ case: one, policy, items, currency }];
    }),
    (member) => member.currency,
  );
  const acts: Act[] = [];
  for (const [currency, members] of byCurrency) {
    const name = taskFor(engine, view, currency);
    const [first, ...others] = members;
    if (name === undefined || first === undefined) continue;
    if (members.some((member) => markOf(member.case, toleranceMark, 1) !== undefined)) continue;
    const coveredBy = (member: typeof first): Covered => ({ case: member.case, occurrence: 1 });
    acts.push(
      actOf(facts, {
        kind: 'task',
        name,
        policy: first.policy,
        stage: toleranceMark,
        covered: [coveredBy(first), ...others.map(coveredBy)],
        mark: toleranceMark,
        items: members.flatMap((member) => member.items),
        reason: 'no_tolerance',
      }),
    );
  }
  return acts;
}

/** Why the task has no cause any more; undefined while it has one, and for other tasks. */
export function toleranceTaskOver(
  engine: Engine,
  view: AccountView,
  currency: string | undefined,
  mark: string,
): string | undefined {
  if (mark !== toleranceMark || currency === undefined) return undefined;
  return taskFor(engine, view, currency) === undefined ? 'resolved' : undefined;
}

function taskFor(
  { tolerance, currencies }: Engine,
  view: AccountView,
  currency: string,
): 'set-tolerance' | 'set-rate' | undefined {
  if (tolerance.size === 0) return undefined;
  switch (reaches(currencies, tolerance, 0, currency, view.on)) {
    case 'no_threshold':
      return 'set-tolerance';
    case 'no_rate':
      return 'set-rate';
    default:
      return undefined;
  }
}
