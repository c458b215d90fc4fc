import type { Messages, Plan, Policy } from '../types.js';
import type { LinkedPlan, LinkedTo } from './links.js';
import type { CheckedPlan } from './plan.js';
import type { CheckedPolicy } from './policy.js';
import type { ObjectionsOfBoth } from './problem.js';

/** Documents side by side, each checked on its own and against the others. */

export type TogetherPlan<P extends Plan, L extends readonly Policy[], M extends Messages> = P &
  ObjectionsOfBoth<LinkedPlan<P, L, M>, CheckedPlan<P>, 'plan'>;

export type TogetherPolicies<L extends readonly Policy[], P extends Plan, M extends Messages> = {
  readonly [Index in keyof L]: L[Index] &
    ObjectionsOfBoth<LinkedTo<L[Index], P, M>, CheckedPolicy<L[Index]>, `policies[${Index & string}]`>;
};
