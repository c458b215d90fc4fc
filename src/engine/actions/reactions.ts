import type { Case } from '../../ledger/file.js';
import { byId } from '../../ledger/order.js';
import { promisedItems } from '../../ledger/promises.js';
import type { Reaction } from '../../policy/types.js';
import type { CompiledPolicy } from '../compile.js';
import { isOver, isStageMark, latestMark } from '../marks.js';
import { type ActAbout, type ActFacts, actOf } from './act-of.js';
import { isAlerted } from './alerts.js';
import type { Follow } from './completions.js';
import { dossierOf } from './dossier.js';
import { itemsOfCase } from './members.js';

interface Cause {
  /** `promiseBroken:p1`, `exhausted:1` */
  readonly id: string;
  readonly reason: 'promise_broken' | 'promise_kept' | 'exhausted';
  readonly reactions: readonly Reaction[];
}

/** What a policy does when a promise is kept or broken or a case is exhausted; each cause once per opening. */
export function reactionsOf(
  facts: ActFacts,
  cases: readonly { readonly case: Case; readonly policy: CompiledPolicy }[],
): Follow {
  const follow: Follow = { events: [], acts: [] };
  for (const { case: one, policy } of cases) {
    if (one.state === 'closed') continue;
    for (const cause of causesOf(facts, one, policy)) {
      if (cause.reactions.length === 0 || one.reacted?.includes(cause.id) === true) continue;
      react(facts, one, policy, cause, follow);
    }
  }
  return follow;
}

/** Whether a case is exhausted without a reaction: the version that it takes over now may be the first to have one. */
export function lacksReaction({ policy: { on } }: CompiledPolicy, one: Case): boolean {
  return (
    one.state === 'exhausted' &&
    (on?.exhausted ?? []).length > 0 &&
    one.reacted?.includes('exhausted') !== true
  );
}

function causesOf({ engine, file, view }: ActFacts, one: Case, policy: CompiledPolicy): readonly Cause[] {
  const { promiseBroken = [], promiseKept = [], exhausted = [] } = policy.policy.on ?? {};
  const causes: Cause[] = [];
  if (promiseBroken.length + promiseKept.length > 0) {
    const items = new Set(itemsOfCase(engine, view, policy, one).map((item) => item.id));
    for (const ended of [...file.kept.values()].sort(byId)) {
      const promise = file.promises.get(ended.id);
      const own =
        promise !== undefined && promisedItems(promise, view.items).some((item) => items.has(item.id));
      // What ended before the case was opened belongs to an earlier story.
      if (!own || ended.on < one.opened || ended.outcome === 'cancelled') continue;
      const kept = ended.outcome === 'kept';
      causes.push({
        id: `${kept ? 'promiseKept' : 'promiseBroken'}:${ended.id}`,
        reason: kept ? 'promise_kept' : 'promise_broken',
        reactions: kept ? promiseKept : promiseBroken,
      });
    }
  }
  if (one.state === 'exhausted') causes.push({ id: 'exhausted', reason: 'exhausted', reactions: exhausted });
  return causes;
}

function react(facts: ActFacts, one: Case, policy: CompiledPolicy, cause: Cause, follow: Follow): void {
  const { on } = facts.view;
  const base = { subject: one.subject, case: one.id, on };
  const items = itemsOfCase(facts.engine, facts.view, policy, one);
  const effects: string[] = [];
  cause.reactions.forEach((reaction, index) => {
    const about: Omit<ActAbout, 'kind' | 'name'> = {
      policy,
      stage: cause.reason,
      covered: [{ case: one, occurrence: 1 }],
      mark: `on:${cause.id}.${index}`,
      items,
      reason: cause.reason,
    };
    if ('task' in reaction) {
      const { task: name, owner, within } = reaction;
      follow.acts.push(actOf(facts, { ...about, kind: 'task', name, owner, within }));
    } else if ('alert' in reaction) {
      if (isAlerted(facts, follow.acts, reaction.alert, one)) return;
      follow.acts.push(actOf(facts, { ...about, kind: 'alert', name: reaction.alert, owner: reaction.to }));
    } else if ('effect' in reaction) {
      effects.push(reaction.effect);
    } else if ('handover' in reaction) {
      const act = actOf(facts, { ...about, kind: 'handover', name: reaction.handover, owner: reaction.to });
      follow.acts.push({ ...act, dossier: dossierOf(facts, [one], items) });
      follow.events.push({ type: 'case.handed', ...base, to: reaction.to ?? reaction.handover });
    } else if ('writeOff' in reaction) {
      follow.acts.push(actOf(facts, { ...about, kind: 'write-off', name: 'propose' }));
    } else {
      const stage = nextStage(policy, one);
      if (stage !== undefined)
        follow.events.push({
          type: 'case.asked',
          ...base,
          stage,
          author: 'recobro',
          reason: cause.reason,
        });
    }
  });
  follow.events.push({
    type: 'case.reacted',
    ...base,
    cause: cause.id,
    ...(effects.length === 0 ? {} : { effects }),
  });
}

/** The first stage after the last one done that is not over; in document order. */
function nextStage(policy: CompiledPolicy, one: Case): string | undefined {
  let from = 0;
  for (const mark of one.marks) {
    const stage = isStageMark(mark) && mark.state === 'done' ? policy.byId.get(mark.stage) : undefined;
    if (stage !== undefined) from = Math.max(from, stage.index + 1);
  }
  return policy.stages.find((stage) => {
    const mark = latestMark(one, stage.stage.id);
    return stage.index >= from && (mark === undefined || !isOver(mark));
  })?.stage.id;
}
