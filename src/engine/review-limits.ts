import type { CompiledPolicy } from './compile.js';
import type { Unit } from './units.js';

/** What a review is limited to; absent means all. What lies outside waits, untouched, for the next full review. */
export interface ReviewLimits {
  readonly policies?: readonly string[] | undefined;
  readonly stages?: readonly string[] | undefined;
  readonly currencies?: readonly string[] | undefined;
}

/** Whether a review looks at a unit at all. */
export function looksAt(
  { policies, currencies }: ReviewLimits,
  policy: CompiledPolicy,
  { currency }: Unit,
): boolean {
  if (policies !== undefined && !policies.includes(policy.ref.id)) return false;
  return currencies === undefined || currencies.includes(currency);
}

/** Whether a stage may act in a review. */
export function allows({ stages }: ReviewLimits, stage: string): boolean {
  return stages === undefined || stages.includes(stage);
}
