import type { Case, StageMark } from '../../ledger/file.js';
import type { Item } from '../../ledger/items.js';
import type { FeeAction } from '../../policy/types.js';
import type { Act } from '../acts.js';
import type { CompiledPolicy, CompiledStage } from '../compile.js';
import type { FileEvent } from '../events.js';
import { isStageMark, markOf, stageOfMark } from '../marks.js';
import { type ActAbout, type ActFacts, actOf, type Covered } from './act-of.js';
import { isAlerted } from './alerts.js';
import { dossierOf } from './dossier.js';
import { feesOf } from './fees.js';
import { type FollowAction, followMark } from './kinds.js';
import { itemsOfCase } from './members.js';

/** What comes of something: events of the file and acts for people or for the host. */
export interface Follow {
  readonly events: FileEvent[];
  readonly acts: Act[];
}

/** Reasons of marks that count as done without anything having been done here. */
const elsewhere = new Set(['moved', 'imported', 'absorbed', 'lifted', 'overridden']);

interface Due {
  readonly policy: CompiledPolicy;
  readonly stage: CompiledStage;
  readonly index: number;
  readonly action: FollowAction;
  readonly occurrence: number;
  readonly members: { readonly case: Case; readonly items: readonly Item[] }[];
}

/**
 * What the completion of stages brings: alerts, fees, hand-overs, proposals to
 * write off, and the end of a case. Whatever has its mark was made before, so
 * asking again changes nothing. What one message completed together is one act.
 */
export function completions(
  facts: ActFacts,
  cases: readonly { readonly case: Case; readonly policy: CompiledPolicy }[],
): Follow {
  const follow: Follow = { events: [], acts: [] };
  const due = new Map<string, Due>();
  for (const { case: one, policy } of cases)
    for (const lack of lacking(policy, one)) gather(due, facts, policy, one, lack);
  for (const one of due.values()) perform(facts, one, follow);
  return follow;
}

/** What a stage that is done was to bring and has not brought. */
interface Lack {
  readonly stage: CompiledStage;
  readonly index: number;
  readonly action: FollowAction;
  readonly mark: StageMark;
}

/**
 * Whether a case has stages that are done, and lacks what they bring. Mostly that comes with the outcome of an act,
 * but a stage may be done by its delivery, or another version of its policy may give it more to do.
 */
export function lacksCompletion(policy: CompiledPolicy, one: Case): boolean {
  return policy.follows && lacking(policy, one).length > 0;
}

function lacking(policy: CompiledPolicy, one: Case): readonly Lack[] {
  const all: Lack[] = [];
  if (one.state === 'closed') return all;
  for (const mark of one.marks) {
    if (!isStageMark(mark) || mark.state !== 'done' || elsewhere.has(mark.reason ?? '')) continue;
    const stage = policy.byId.get(mark.stage);
    for (const { index, action } of stage?.follows ?? []) {
      if (stage === undefined) continue;
      if (markOf(one, followMark(stage.stage.id, index, action), mark.occurrence) === undefined)
        all.push({ stage, index, action, mark });
    }
  }
  return all;
}

function gather(
  due: Map<string, Due>,
  facts: ActFacts,
  policy: CompiledPolicy,
  one: Case,
  { stage, index, action, mark }: Lack,
): void {
  const own = followMark(stage.stage.id, index, action);
  const key = [policy.ref.id, own, mark.occurrence, mark.act ?? `${one.id} ${mark.on}`].join('\n');
  const items = itemsOfCase(facts.engine, facts.view, policy, one);
  const known = due.get(key);
  if (known === undefined) {
    const members = [{ case: one, items }];
    due.set(key, { policy, stage, index, action, occurrence: mark.occurrence, members });
  } else known.members.push({ case: one, items });
}

function perform(facts: ActFacts, due: Due, follow: Follow): void {
  const { policy, stage, action, occurrence, members } = due;
  const [first, ...others] = members.map((member): Covered => ({ case: member.case, occurrence }));
  if (first === undefined) return;
  const items = members.flatMap((member) => member.items);
  const { on } = facts.view;
  const about: Omit<ActAbout, 'kind' | 'name'> = {
    policy,
    stage: stage.stage.id,
    tone: stage.stage.tone,
    covered: [first, ...others],
    mark: followMark(stage.stage.id, due.index, action),
    items,
    reason: 'stage',
  };
  if ('alert' in action) {
    const told = (covered: Covered): boolean => isAlerted(facts, follow.acts, action.alert, covered.case);
    const already = about.covered.filter(told);
    const [fresh, ...rest] = about.covered.filter((covered) => !already.includes(covered));
    if (fresh !== undefined)
      follow.acts.push(
        actOf(facts, {
          ...about,
          covered: [fresh, ...rest],
          kind: 'alert',
          name: action.alert,
          owner: action.to,
        }),
      );
    for (const { case: one } of already) follow.events.push(doneAlready(one, about.mark, occurrence, on));
  } else if ('fee' in action) {
    charge(facts, about, action, follow);
  } else if ('handover' in action) {
    const act = actOf(facts, { ...about, kind: 'handover', name: action.handover, owner: action.to });
    const dossier = dossierOf(
      facts,
      members.map((member) => member.case),
      items,
    );
    follow.acts.push({ ...act, dossier });
    for (const { case: one } of members)
      follow.events.push({
        type: 'case.handed',
        subject: one.subject,
        case: one.id,
        to: action.to ?? action.handover,
        on,
      });
  } else if ('writeOff' in action) {
    follow.acts.push(actOf(facts, { ...about, kind: 'write-off', name: 'propose' }));
  } else {
    for (const { case: one } of members) {
      const base = { subject: one.subject, case: one.id, on };
      follow.events.push(doneAlready(one, about.mark, occurrence, on));
      if (one.state === 'open') follow.events.push({ type: 'case.exhausted', ...base, reason: action.close });
    }
  }
}

function doneAlready(one: Case, stage: string, occurrence: number, on: string): FileEvent {
  return { type: 'stage.done', subject: one.subject, case: one.id, stage, occurrence, on };
}

/** What the debtor was told is what is charged, whatever was booked while the message was on its way. */
function toldOf(
  { told }: ActFacts,
  { covered, stage, items }: Omit<ActAbout, 'kind' | 'name'>,
  { fee }: FeeAction,
) {
  const covers = told?.covers.filter((cover) => stageOfMark(cover) === stage) ?? [];
  if (!covered.some(({ case: one }) => covers.some((cover) => cover.case === one.id))) return [];
  const own = new Set(items.map((item) => item.id));
  return (told?.charges ?? []).filter(
    (charge) => charge.fee === fee && charge.items.some((id) => own.has(id)),
  );
}

/** A fee is one intent for the host to book; what cannot be reckoned is work for a person, what was not agreed is passed over. */
function charge(
  facts: ActFacts,
  about: Omit<ActAbout, 'kind' | 'name'>,
  action: FeeAction,
  follow: Follow,
): void {
  const { covered, items, mark } = about;
  const { on } = facts.view;
  const told = toldOf(facts, about, action);
  if (told.length > 0) {
    follow.acts.push({ ...actOf(facts, { ...about, kind: 'fee', name: action.fee }), charges: told });
    return;
  }
  const { charges, refused } = feesOf(facts, action, items);
  if (charges.length > 0) {
    const act = actOf(facts, { ...about, kind: 'fee', name: action.fee });
    follow.acts.push({ ...act, charges });
    return;
  }
  const work = refused.find(({ reason }) => reason === 'missing_rate' || reason === 'missing_date');
  if (work !== undefined) {
    follow.acts.push(actOf(facts, { ...about, kind: 'task', name: 'set-fee', reason: work.reason }));
    return;
  }
  const reason = refused[0]?.reason ?? 'zero';
  for (const { case: one, occurrence } of covered)
    follow.events.push({
      type: 'stage.skipped',
      subject: one.subject,
      case: one.id,
      stage: mark,
      occurrence,
      reason,
      on,
    });
}
