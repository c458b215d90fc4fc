import type { CompiledStage } from '../compile.js';
import type { Asked } from './asked.js';
import type { SeenPlace } from './report.js';

/** Where the first message of a stage would go. */
export function seenOf({ seen, case: one }: Asked, stage: CompiledStage | undefined): SeenPlace | undefined {
  return one === undefined || stage === undefined ? undefined : seen.placeOf(one.id, stage.stage.id);
}
