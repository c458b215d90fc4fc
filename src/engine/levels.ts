import type { Case } from '../ledger/file.js';
import type { Members } from './admission.js';
import type { CompiledStage } from './compile.js';
import type { FileEvent } from './events.js';
import { isOpenMark, markOf, nextOccurrence } from './marks.js';
import type { Placed, Wanted } from './wanted.js';

/** What a stage gives to a message that is still to be planned. */
type Given = Extract<FileEvent, { readonly type: 'stage.done' | 'stage.skipped' }>;

/** What a message is about once its levels are settled. */
export interface Levelled {
  readonly members: Members;
  /** Cases that act on another stage than their own. */
  readonly lifted: ReadonlySet<Case> | undefined;
  /** What is over with this message, though it does not speak of it. */
  readonly absorbed: readonly Wanted[];
  readonly events: readonly Given[];
}

/**
 * The levels of the items of one message: each its own, all lifted to that of
 * the strongest, or the milder absorbed by it.
 *
 * @param members the strongest first
 */
export function levelled(members: Members, on: string): Levelled {
  const [first, ...others] = members;
  const own: Levelled = { members, lifted: undefined, absorbed: [], events: [] };
  const { stage, part, instead, policy } = first.wanted;
  const { levels } = policy.message;
  if (stage === undefined || part > 0 || instead !== undefined) return own;
  const events: Given[] = [];
  const lifted = new Set<Case>();
  const absorbed: Wanted[] = [];
  const kept: Placed[] = [];
  for (const member of others) {
    const { wanted } = member;
    if (wanted.stage === undefined || wanted.stage.stage.id === stage.stage.id) {
      kept.push(member);
    } else if (levels === 'absorb') {
      absorbed.push(wanted);
      events.push({ type: 'stage.done', ...aboutOf(wanted, wanted.stage, on), reason: 'absorbed' });
    } else {
      const higher = liftedTo(stage, wanted);
      kept.push(higher === undefined ? member : { ...member, wanted: higher });
      if (higher === undefined) continue;
      lifted.add(wanted.case);
      events.push({ type: 'stage.skipped', ...aboutOf(wanted, wanted.stage, on), reason: 'lifted' });
    }
  }
  return { members: [first, ...kept], lifted, absorbed, events };
}

/** The same case at the stage of the strongest, where its own ladder has that ahead. */
function liftedTo(highest: CompiledStage, wanted: Wanted): Wanted | undefined {
  const stage = wanted.policy.byId.get(highest.stage.id);
  if (stage === undefined) return undefined;
  const occurrence = nextOccurrence(wanted.case, stage.stage.id);
  if (!isOpenMark(markOf(wanted.case, stage.stage.id, occurrence))) return undefined;
  return { ...wanted, stage, occurrence, send: stage.sends[0] ?? wanted.send };
}

function aboutOf({ unit, case: one, occurrence }: Wanted, { stage }: CompiledStage, on: string) {
  return { subject: unit.id, case: one.id, stage: stage.id, occurrence, on };
}
