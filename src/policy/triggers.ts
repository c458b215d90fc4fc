import type { Stage, Trigger } from './types.js';

const opening: Trigger = { from: 'opened' };

/** The triggers of a stage; one that has none counts from the opening of its case. */
export function triggersOf({ at }: Pick<Stage, 'at'>): readonly Trigger[] {
  if (at === undefined) return [opening];
  if ('all' in at) return at.all;
  return 'any' in at ? at.any : [at];
}

/** The first trigger of a stage: what a picture or a rule about a single day speaks of. */
export function mainTrigger(stage: Pick<Stage, 'at'>): Trigger {
  return triggersOf(stage)[0] ?? opening;
}
