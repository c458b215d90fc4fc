import { formatDay, parseDuration, shiftDay } from '../calendar/index.js';
import type { Place } from '../contact/recipients.js';
import type { AccountFile, Case, Cover } from '../ledger/file.js';
import { byAge, dueOf } from '../ledger/items.js';
import { type Money, sumByCurrency } from '../money/index.js';
import type { SendAction, TaskAction } from '../policy/types.js';
import type { Act, ActItem } from './acts.js';
import type { CompiledPolicy, CompiledStage, Engine } from './compile.js';
import { markOf, sendMark, taskMark, thanksStage, unreachableStage } from './marks.js';
import { runningCase, spokenOf, subjectOf, type Unit } from './units.js';
import { type AccountView, isOverdue } from './view.js';

/** A case that acts today. Without a stage it gives thanks. */
export interface Candidate {
  readonly unit: Unit;
  readonly case: Case;
  readonly policy: CompiledPolicy;
  readonly stage: CompiledStage | undefined;
  readonly occurrence: number;
  /** Which of the stage's messages: 0 is the stage itself. */
  readonly part: number;
  readonly send: SendAction | undefined;
}

/** Cases that share a message, and where it goes. */
export interface Group {
  /** The strongest comes first: it decides words, channel and tone. */
  readonly members: readonly [Candidate, ...Candidate[]];
  readonly place: Place;
}

export interface PlanFacts {
  readonly engine: Engine;
  readonly view: AccountView;
  readonly file: AccountFile;
  readonly review: number;
}

/** What a message is about: thanks, or debts that are overdue or coming. */
export function kindOf(view: AccountView, one: Candidate): 'thanks' | 'overdue' | 'upcoming' {
  if (one.stage === undefined) return 'thanks';
  return isOverdue(one.unit.lead, view.today) ? 'overdue' : 'upcoming';
}

/** Highest tone, then the stage that comes last, then the oldest item. */
export function byStrength(a: Candidate, b: Candidate): number {
  const tone = (b.stage?.tone ?? 0) - (a.stage?.tone ?? 0);
  return tone || (b.stage?.index ?? 0) - (a.stage?.index ?? 0) || byAge(a.unit.lead, b.unit.lead);
}

/** The mark that a candidate's act sets. */
export function markOfCandidate(one: Candidate): string {
  return sendMark(one.stage?.stage.id ?? thanksStage, one.part);
}

/** One message for a group. Each case keeps its own level; the message speaks in the tone of the highest. */
export function planMessage(facts: PlanFacts, { members, place }: Group): Act {
  const { view, engine } = facts;
  const [lead] = members;
  const { contact, channel } = place;
  const covers = members
    .map((one) => {
      const stage = markOfCandidate(one);
      const mark = markOf(one.case, stage, one.occurrence);
      const position = mark?.tried.length ?? 0;
      const cover = coverOf(one, stage);
      return { cover, position, key: `${coverKey(facts, cover)}@${contact?.id ?? '-'}.${position}`, mark };
    })
    .sort((a, b) => byCase(a.cover, b.cover));
  const first = covers[0]!;
  const items = listed(facts, lead, members);
  const thanks = lead.stage === undefined;
  return {
    id: actId(first.key, first.mark?.revision),
    account: facts.file.id,
    kind: 'message',
    purpose: thanks ? 'service' : 'dunning',
    plan: engine.planRef,
    policy: lead.policy.ref,
    stage: lead.stage?.stage.id ?? thanksStage,
    tone: lead.stage?.stage.tone ?? 'friendly',
    covers: covers.map(({ cover }) => cover),
    contact: contact?.id,
    channel: channel.id,
    position: first.position,
    message: lead.send?.send,
    language: contact?.language ?? facts.file.account?.language ?? engine.language,
    items,
    totals: totalsOf(items, thanks),
    review: facts.review,
    on: view.on,
    keys: covers.map(({ key }) => key),
  };
}

/** The items that act, and where the policy says so, what else is overdue under it. */
function listed(facts: PlanFacts, lead: Candidate, group: readonly Candidate[]): ActItem[] {
  const { view } = facts;
  const acting = new Set(group.flatMap((one) => spokenOf(one.unit, view.today)));
  const { policy } = lead;
  const more = policy.listOverdue && kindOf(view, lead) === 'overdue';
  const items = view.items.filter((item) => {
    if (acting.has(item)) return true;
    if (!more || item.dunnable <= 0 || !isOverdue(item, view.today)) return false;
    if (policy.byInvoice && item.invoice.id !== lead.unit.lead.invoice.id) return false;
    return runningCase(facts.file, subjectOf(policy, item))?.policy === policy.ref.id;
  });
  return items.map((item) => ({
    item: item.id,
    invoice: item.invoice.id,
    ...(item.instalment === undefined ? {} : { instalment: item.instalment.id }),
    number: item.invoice.number,
    currency: item.invoice.currency,
    original: item.original,
    paid: item.paid,
    outstanding: item.outstanding,
    dunnable: item.dunnable,
    ...dueOf(item),
    daysPastDue: item.due === undefined ? 0 : view.today - item.due,
    acting: acting.has(item),
  }));
}

function totalsOf(items: readonly ActItem[], thanks: boolean): Money[] {
  return sumByCurrency(
    items
      .filter((item) => item.acting)
      .map((item) => ({ minor: thanks ? item.paid : item.dunnable, currency: item.currency })),
  );
}

/** Tasks that a stage gives to people, one per account, stage and task; raised once. */
export function planStageTasks(facts: PlanFacts, candidates: readonly Candidate[]): Act[] {
  const groups = new Map<string, { task: TaskAction; stage: string; members: Candidate[] }>();
  for (const one of candidates) {
    one.stage?.tasks.forEach((task, index) => {
      // A stage that has nothing but tasks is marked itself; beside a message a task has a mark of its own.
      const alone = one.stage?.sends.length === 0 && index === 0;
      const id = one.stage?.stage.id ?? '';
      const stage = alone ? id : taskMark(id, index);
      const mark = markOf(one.case, stage, one.occurrence);
      if (mark !== undefined && mark.state !== 'skipped') return;
      const key = JSON.stringify([one.policy.ref.id, stage]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { task, stage, members: [one] });
      else group.members.push(one);
    });
  }
  return [...groups.values()].map(({ task, stage, members }) =>
    taskAct(facts, members, stage, task, 'stage'),
  );
}

/** One task per case for which nobody can be reached; raised once per opening. */
export function planUnreachable(facts: PlanFacts, candidates: readonly Candidate[]): Act[] {
  const groups = new Map<string, Candidate[]>();
  for (const one of candidates) {
    if (one.case.marks.some((mark) => mark.stage === unreachableStage)) continue;
    const key = `${one.policy.ref.id} ${unsendable(one) ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()].map((group) => {
    const reason = unsendable(group[0]!);
    const task = reason === undefined ? 'find-contact' : 'fix-message';
    return taskAct(facts, group, unreachableStage, { task }, reason ?? 'unreachable');
  });
}

/** The message itself could not be made, on the last channel tried: no contact is to blame. */
function unsendable(one: Candidate): string | undefined {
  const reason = markOf(one.case, markOfCandidate(one), one.occurrence)?.reason;
  return reason?.startsWith('recobro:') === true ? reason : undefined;
}

function taskAct(
  facts: PlanFacts,
  group: readonly Candidate[],
  stage: string,
  task: TaskAction,
  reason: string,
): Act {
  const { view, engine } = facts;
  const lead = [...group].sort(byStrength)[0]!;
  const covers = group.map((one) => coverOf(one, stage)).sort(byCase);
  const items = listed(facts, lead, group);
  const owner = task.owner ?? facts.file.account?.owner;
  return {
    id: `${coverKey(facts, covers[0]!)}@-.0`,
    account: facts.file.id,
    kind: 'task',
    purpose: 'dunning',
    plan: engine.planRef,
    policy: lead.policy.ref,
    stage: lead.stage?.stage.id ?? stage,
    tone: lead.stage?.stage.tone ?? 'friendly',
    covers,
    position: 0,
    name: task.task,
    reason,
    ...(owner === undefined ? {} : { owner }),
    ...(task.within === undefined
      ? {}
      : { deadline: formatDay(shiftDay(view.today, parseDuration(task.within), engine.calendar)) }),
    language: facts.file.account?.language ?? engine.language,
    items,
    totals: totalsOf(items, false),
    review: facts.review,
    on: view.on,
    keys: covers.map((cover) => `${coverKey(facts, cover)}@-.0`),
  };
}

function coverOf(one: Candidate, stage: string): Cover {
  return { subject: one.unit.id, case: one.case.id, stage, occurrence: one.occurrence };
}

function byCase(a: Cover, b: Cover): number {
  return a.case < b.case ? -1 : a.case > b.case ? 1 : 0;
}

/**
 * Readable identity of a cover within the tenant: `account/policy/subject#opening/stage.occurrence`.
 * Invoices are numbered within their account; a slash in the account's id is
 * escaped, so that no two accounts can meet.
 */
function coverKey({ file }: PlanFacts, cover: Cover): string {
  const account = file.id.replaceAll('%', '%25').replaceAll('/', '%2F');
  return `${account}/${cover.case}/${cover.stage}.${cover.occurrence}`;
}

/** The first cover names the act; `!n` tells it from n earlier ones that were withdrawn. */
function actId(key: string, revision: number | undefined): string {
  return revision === undefined || revision === 0 ? key : `${key}!${revision}`;
}
