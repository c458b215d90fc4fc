import { formatDay, parseDuration, shiftDay } from '../calendar/index.js';
import type { Place } from '../contact/recipients.js';
import type { AccountFile, Cover } from '../ledger/file.js';
import { byText } from '../ledger/order.js';
import { type Money, sumByCurrency } from '../money/index.js';
import type { SendAction, TaskAction } from '../policy/types.js';
import { type Act, type ActItem, accountKey } from './acts.js';
import {
  type Acknowledged,
  byStrength,
  type Candidate,
  markOfCandidate,
  type PlanFacts,
  topicOf,
} from './candidate.js';
import type { CasesNow } from './cases-now.js';
import { chargesOf } from './charges-of.js';
import type { Engine } from './compile.js';
import { patienceOf } from './grouping.js';
import { Listing } from './listing.js';
import { answerStages, markOf, taskMark, thanksStage, unreachableStage } from './marks.js';
import type { Unit } from './units.js';
import type { AccountView } from './view.js';

/** What acts are planned from, with what is worked out once for all of a review. */
export class Planning implements PlanFacts {
  readonly engine: Engine;
  readonly view: AccountView;
  readonly review: number;
  readonly listing: Listing;
  /** The account's id, as keys have it: escaped, so that no two accounts can meet. */
  readonly prefix: string;
  readonly #cases: CasesNow;

  constructor(
    engine: Engine,
    view: AccountView,
    cases: CasesNow,
    climbing: ReadonlyMap<string, readonly Unit[]>,
    review: number,
  ) {
    const { id } = view.file;
    this.engine = engine;
    this.view = view;
    this.review = review;
    this.listing = new Listing(engine, cases, view, climbing);
    this.prefix = accountKey(id);
    this.#cases = cases;
  }

  get file(): AccountFile {
    return this.#cases.file;
  }
}

/**
 * One message for cases that share it; the strongest leads and decides words,
 * channel and tone. Each case keeps its own level; the message speaks in the
 * tone of the highest.
 */
export function planMessage(
  facts: Planning,
  lead: Candidate,
  members: readonly Candidate[],
  place: Place,
): Act {
  const { view, engine } = facts;
  const { contact, channel } = place;
  const { answer } = lead;
  const speaking =
    answer === undefined ? members : [lead, ...answer.others.map((one) => ({ ...lead, ...one }))];
  const own = coveredBy(facts, lead, contact?.id);
  let first = own;
  let covers: readonly Cover[];
  let keys: readonly string[];
  // Most messages are of one case, and there are many of them.
  if (speaking.length === 1) {
    covers = [own.cover];
    keys = [own.key];
  } else {
    const covered = speaking.map((one) => (one === lead ? own : coveredBy(facts, one, contact?.id)));
    covered.sort((a, b) => byCase(a.cover, b.cover));
    first = covered[0]!;
    covers = covered.map(({ cover }) => cover);
    keys = covered.map(({ key }) => key);
  }
  const items = facts.listing.items(lead, members, place);
  const topic = topicOf(view, lead);
  const { send } = lead;
  const act: Act = {
    id: actId(first.key, first.revision),
    account: view.file.id,
    kind: 'message',
    purpose: lead.stage === undefined ? 'service' : 'dunning',
    topic,
    plan: engine.planRef,
    policy: lead.policy.ref,
    stage: lead.stage?.stage.id ?? (answer === undefined ? thanksStage : answerStages[answer.kind]),
    tone: lead.stage?.stage.tone ?? 'friendly',
    covers,
    contact: contact?.id,
    channel: channel.id,
    position: first.position,
    message: send?.send,
    language: contact?.language ?? view.file.account?.language ?? engine.language,
    items,
    totals: answer?.amounts ?? totalsOf(items, topic === 'thanks'),
    // What goes in place of a message that was not delivered belongs to that one's occasion.
    review: lead.instead?.awaits?.occasion ?? facts.review,
    on: view.on,
    keys,
  };
  const text = send === undefined ? undefined : engine.textOf?.(send.send, channel.id);
  const charges = chargesOf(facts, lead, members);
  // Once is enough: what goes in place of another message is not waited for.
  const patience = lead.instead === undefined ? patienceOf(place.patience) : undefined;
  if (
    text === undefined &&
    charges === undefined &&
    patience === undefined &&
    answer === undefined &&
    send !== undefined &&
    isPlain(send)
  )
    return act;
  return {
    ...act,
    ...(text === undefined ? {} : { text }),
    ...(send?.copy === undefined ? {} : { copy: send.copy }),
    ...(send?.from === undefined ? {} : { from: send.from }),
    ...(send?.attach === undefined ? {} : { attach: send.attach }),
    ...(patience === undefined ? {} : { patience }),
    ...(charges === undefined ? {} : { charges }),
    ...(answer === undefined ? {} : { answers: answersOf(answer) }),
  };
}

function answersOf({ kind, id, by }: Acknowledged): NonNullable<Act['answers']> {
  return { kind, id, ...(by === undefined ? {} : { by }) };
}

function isPlain({ copy, from, attach }: SendAction): boolean {
  return copy === undefined && from === undefined && attach === undefined;
}

interface Covered {
  readonly cover: Cover;
  /** How many places of the channel chain came before. */
  readonly position: number;
  readonly key: string;
  readonly revision: number | undefined;
}

function coveredBy(facts: Planning, one: Candidate, contact: string | undefined): Covered {
  const stage = markOfCandidate(one);
  const mark = one.case.marks.length === 0 ? undefined : markOf(one.case, stage, one.occurrence);
  const before = one.instead === undefined ? 0 : one.instead.tried.length + 1;
  const position = before + (mark?.tried.length ?? 0);
  const cover = coverOf(one, stage);
  return {
    cover,
    position,
    key: `${coverKey(facts, cover)}@${contact ?? '-'}.${position}`,
    revision: mark?.revision,
  };
}

function totalsOf(items: readonly ActItem[], thanks: boolean): Money[] {
  const [only] = items;
  if (only !== undefined && items.length === 1 && only.acting)
    return [{ minor: thanks ? only.paid : only.dunnable, currency: only.currency }];
  return sumByCurrency(
    items
      .filter((item) => item.acting)
      .map((item) => ({ minor: thanks ? item.paid : item.dunnable, currency: item.currency })),
  );
}

/** Tasks that a stage gives to people, one per account, stage and task; raised once. */
export function planStageTasks(facts: Planning, candidates: readonly Candidate[]): Act[] {
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
export function planUnreachable(facts: Planning, candidates: readonly Candidate[]): Act[] {
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
  facts: Planning,
  group: readonly Candidate[],
  stage: string,
  task: TaskAction,
  reason: string,
): Act {
  const { view, engine } = facts;
  const lead = [...group].sort(byStrength)[0]!;
  const covers = group.map((one) => coverOf(one, stage)).sort(byCase);
  const items = facts.listing.items(lead, group, undefined);
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
  return byText(a.case, b.case);
}

/** Readable identity of a cover within the tenant: `account/policy/subject#opening/stage.occurrence`. */
function coverKey({ prefix }: Planning, cover: Cover): string {
  return `${prefix}/${cover.case}/${cover.stage}.${cover.occurrence}`;
}

/** The first cover names the act; `!n` tells it from n earlier ones that were withdrawn. */
function actId(key: string, revision: number | undefined): string {
  return revision === undefined || revision === 0 ? key : `${key}!${revision}`;
}
