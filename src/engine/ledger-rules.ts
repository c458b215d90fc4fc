import { durationMillis, parseDuration } from '../calendar/index.js';
import { defaultLedgerRules, type LedgerRules } from '../ledger/rules.js';
import type { Plan } from '../policy/types.js';

const dayMs = 86_400_000;

/**
 * What a plan says about blocks, sources and credit, in days and milliseconds.
 * These are guards: the plan of today counts, whatever a running case is pinned to.
 */
export function ledgerRulesOf({
  blocks = {},
  sources = {},
  credit = {},
}: Pick<Plan, 'blocks' | 'sources' | 'credit'>): LedgerRules {
  const { promise = {} } = blocks;
  const base = defaultLedgerRules;
  return {
    dispute: blocks.dispute ?? base.dispute,
    unapplied: blocks.unapplied ?? base.unapplied,
    holdEnd: blocks.holdEnd ?? base.holdEnd,
    promise: {
      graceDays: days(promise.grace) ?? base.promise.graceDays,
      tolerance: promise.tolerance ?? base.promise.tolerance,
      withinDays: days(promise.within) ?? base.promise.withinDays,
    },
    unbookedDays: days(blocks.unbooked) ?? base.unbookedDays,
    replyDays: blocks.reply === 'continue' ? undefined : (days(blocks.reply) ?? base.replyDays),
    sources: Object.entries(sources).map(([id, { maxAge }]) => ({ id, maxAge: elapsed(maxAge) })),
    credit: {
      marginDays: days(credit.margin) ?? base.credit.marginDays,
      returnedDays: days(credit.returned) ?? base.credit.returnedDays,
    },
  };
}

/** Calendar days; weeks are seven of them. */
function days(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const { count, unit } = parseDuration(text);
  return unit === 'w' ? count * 7 : count;
}

/** An age is elapsed time: a day of it is 24 hours. */
function elapsed(text: string): number {
  const duration = parseDuration(text);
  if (duration.unit === 'd') return duration.count * dayMs;
  if (duration.unit === 'w') return duration.count * 7 * dayMs;
  return durationMillis(duration);
}
