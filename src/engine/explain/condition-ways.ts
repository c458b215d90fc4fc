import type { Condition, FactCondition } from '../../policy/types.js';
import { foundOf } from '../condition-report.js';
import { compileCondition, type Subject } from '../conditions.js';
import type { Change, ConditionOperator, Way } from './types.js';
import { either, satisfied, together } from './ways.js';

const operators: readonly ConditionOperator[] = ['eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'in', 'has', 'exists'];

/**
 * The smallest sets of comparisons that would have to come out otherwise for a
 * condition to hold (or, with `want` false, not to hold). Of `any` one part is
 * enough, of `all` every failing part is needed.
 */
export function conditionWays(condition: Condition, subject: Subject, want = true): readonly Way[] {
  if (compileCondition(condition)(subject) === want) return satisfied;
  if ('not' in condition) return conditionWays(condition.not, subject, !want);
  if ('all' in condition || 'any' in condition) {
    const parts = 'all' in condition ? condition.all : condition.any;
    const ways = parts.map((part) => conditionWays(part, subject, want));
    return 'all' in condition === want ? together(ways) : either(ways);
  }
  const changes = comparisonsOf(condition, subject, want);
  // All comparisons of a fact must hold; that one of them fails is enough for it not to.
  return want ? [changes] : either(changes.map((change) => [[change]]));
}

/** The comparisons of one fact that come out other than wanted. */
function comparisonsOf(condition: FactCondition, subject: Subject, want: boolean): Change[] {
  const { fact } = condition;
  const found = foundOf(fact, subject);
  return operators.flatMap((op): Change[] => {
    const wanted = condition[op];
    if (wanted === undefined || compileCondition({ fact, [op]: wanted })(subject) === want) return [];
    return [
      {
        kind: 'condition',
        fact,
        op,
        wanted,
        ...(found === undefined ? {} : { found }),
        ...(want ? {} : { not: true as const }),
      },
    ];
  });
}
