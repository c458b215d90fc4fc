import { formatDay, localDay, startOfDay } from '../calendar/index.js';
import type { AccountFile, Case } from '../ledger/file.js';
import type { Item } from '../ledger/items.js';
import { policyOf } from './actions/members.js';
import type { Act } from './acts.js';
import { assigner, segmentOf } from './assign.js';
import type { CompiledPolicy, Engine } from './compile.js';
import { type Decision, decide, type Waiting } from './decide.js';
import { evolveAll } from './evolve.js';
import { owedWays } from './explain/amount-ways.js';
import type { Asked, Failure } from './explain/asked.js';
import { blockWays } from './explain/block-ways.js';
import { askedFor, unitFailure } from './explain/failures.js';
import { groupOf } from './explain/groups.js';
import { guardOf } from './explain/guards.js';
import { Seen } from './explain/report.js';
import { atRest, type Climbed, climbed, instantOf, stageOf, waysOf } from './explain/stages.js';
import { triedOf } from './explain/tried.js';
import type { Answer, Explanation, ItemExplanation, StageExplanation } from './explain/types.js';
import { either } from './explain/ways.js';
import { graceEndOf } from './grace.js';
import { lifecycle, type SubjectOfReview } from './lifecycle.js';
import { look } from './look.js';
import { settledReason } from './settled.js';
import { itemUnit, subjectOf, type Unit } from './units.js';
import type { AccountView } from './view.js';

/** No review has to begin anew this often at one instant. */
const mostRounds = 50;

/**
 * Why and why not, for every item of an account and every stage of its ladder:
 * the guards in the order in which they are asked, the first that fails, and
 * what would make it pass. The answers are those of `decide`, asked for the
 * same file and instant; of a day before the last review, too, since asking
 * writes nothing.
 *
 * @example
 * const [item] = explain(engine, file, now).items;
 * item?.failed // 'not_blocked'
 * item?.would // [[{ kind: 'block', block: 'hold', id: 'H-1', by: 'release', … }], [{ kind: 'date', day: '2026-03-21', … }]]
 */
export function explain(engine: Engine, file: AccountFile, now: number): Explanation {
  const review = reviewOf(engine, file, now);
  const { view, decision, acts } = review;
  const cases = lifecycle(engine, view);
  const after = evolveAll(view.file, cases.events);
  const subjects = new Map<string, Explained>();
  for (const subject of cases.subjects) {
    const explained = explainSubject(review, subject, after);
    for (const item of subject.unit.items) subjects.set(item.id, explained);
  }
  const assigned = assigner(engine, view);
  const items = view.items.map((item): ItemExplanation => {
    const explained = subjects.get(item.id);
    return explained === undefined ? settledItem(review, item, after, assigned) : itemOf(explained, item);
  });
  return {
    account: file.id,
    at: now,
    day: formatDay(view.today),
    zone: view.zone,
    segment: segmentOf(engine, view),
    plan: engine.planRef,
    items,
    acts,
    next: decision.next,
  };
}

/** A review, with what it told. */
interface Review {
  readonly engine: Engine;
  readonly view: AccountView;
  readonly decision: Decision;
  readonly acts: readonly Act[];
  readonly seen: Seen;
}

/** Decides as a review of that instant would, and goes on where something has to leave first. */
function reviewOf(engine: Engine, file: AccountFile, now: number): Review {
  const acts: Act[] = [];
  let current = file;
  for (let round = 0; ; round++) {
    const seen = new Seen();
    const decision = decide(engine, current, now, { backdated: 'accept', report: seen });
    acts.push(...decision.acts);
    if (decision.unfinished !== true || round === mostRounds)
      return { engine, view: look(engine, current, now).view, decision, acts, seen };
    current = evolveAll(current, decision.events);
  }
}

/** What climbs together, with what it was asked and how its stages stand. */
interface Explained {
  readonly asked: Asked;
  readonly subject: SubjectOfReview;
  readonly stages: readonly StageExplanation[];
}

function explainSubject(
  { engine, view, decision, acts, seen }: Review,
  subject: SubjectOfReview,
  file: AccountFile,
): Explained {
  const { unit, policy, assignment, reason, until } = subject;
  const one = file.cases.get(unit.id)?.find((known) => known.id === subject.case);
  const { verdict, noted } = climbOf(engine, policy, view, unit, one);
  const asked: Asked = {
    engine,
    view,
    file,
    unit,
    policy,
    assignment,
    case: one,
    reason,
    until,
    verdict,
    decision,
    acts,
    seen,
  };
  return { asked, subject, stages: noted.map((one) => stageOf(asked, one)) };
}

function climbOf(
  engine: Engine,
  policy: CompiledPolicy | undefined,
  view: AccountView,
  unit: Unit,
  one: Case | undefined,
): Climbed {
  if (policy === undefined) return { verdict: undefined, noted: [] };
  return one === undefined
    ? atRest(engine, policy, view, unit, one)
    : climbed(engine, policy, view, unit, one);
}

function itemOf({ asked, stages }: Explained, item: Item): ItemExplanation {
  const { policy, assignment, unit, view, case: one } = asked;
  return {
    ...basicsOf(view, item),
    ...policyRefOf(policy),
    assignedBy: assignment.by,
    ...(assignment.experiment === undefined ? {} : { experiment: assignment.experiment }),
    ...(unit.id === item.id ? {} : { group: groupOf(unit) }),
    ...caseOf(one),
    stages,
    ...(ofGroup(asked, item, stages) ?? outcomeOf(asked, stages)),
  };
}

function basicsOf(view: AccountView, item: Item) {
  return {
    item: item.id,
    invoice: item.invoice.id,
    number: item.invoice.number,
    currency: item.invoice.currency,
    outstanding: item.outstanding,
    dunnable: item.dunnable,
    ...(item.due === undefined ? {} : { due: formatDay(item.due), daysPastDue: view.today - item.due }),
    blocks: item.blocks,
  };
}

function policyRefOf(policy: CompiledPolicy | undefined) {
  return policy === undefined ? {} : { policy: policy.ref };
}

function caseOf(one: Case | undefined) {
  if (one === undefined) return {};
  return {
    case: one.id,
    caseState: one.state,
    ...(one.closed === undefined ? {} : { closed: one.closed }),
  };
}

type Outcome = Answer & Pick<ItemExplanation, 'stage' | 'refusals' | 'place'>;

/** What a group does is not what each of its items does: one may be blocked or not due yet while the rest is chased. */
function ofGroup(asked: Asked, item: Item, stages: readonly StageExplanation[]): Outcome | undefined {
  const { engine, view, unit, policy, acts, case: one } = asked;
  if (unit.items.length < 2) return undefined;
  const [block] = item.blocks;
  const own: Asked = { ...asked, unit: itemUnit(item) };
  if (item.dunnable <= 0 && block !== undefined) {
    const would = blockWays(engine, view, own.unit);
    return failed(own, { guard: guardOf({ reason: block.kind }), reason: block.kind, would }, {});
  }
  const about = acts.filter(
    ({ covers, answers }) => answers === undefined && covers.some((cover) => cover.case === one?.id),
  );
  const spoken = about.some(({ items }) => items.some((other) => other.item === item.id && other.acting));
  if (about.length === 0 || spoken || !stages.some((stage) => stage.acts)) return undefined;
  const due = item.due;
  const day = due === undefined || policy === undefined ? undefined : graceEndOf(engine, policy, due) + 1;
  const would =
    day === undefined
      ? []
      : [[{ kind: 'date' as const, day: formatDay(day), at: startOfDay(day, view.zone) }]];
  return failed(own, { guard: 'date', reason: 'not_yet', would }, {});
}

/** What becomes of it now, in the words of the decision. */
function outcomeOf(asked: Asked, stages: readonly StageExplanation[]): Outcome {
  const { decision, unit, policy } = asked;
  const acting = stages.find((stage) => stage.acts);
  const id = policy?.ref.id;
  const waiting = decision.waiting.find(
    (one) => one.item === unit.id && one.policy === id && one.stage?.startsWith('on:') !== true,
  );
  const acts = acting !== undefined || isChased(asked);
  // Where nobody can be written to, what follows from a promise or an act of before is no answer to the debt.
  if (acts && waiting?.reason !== 'unreachable') return actingNow(acts, acting);
  if (waiting === undefined) return absorbedNow(stages) ?? actingNow(acts, acting);
  const { reason, stage: name, at, refusals } = waiting;
  const more = {
    ...(name === undefined ? {} : { stage: name }),
    ...(refusals === undefined ? {} : { refusals }),
  };
  const stage = stages.find((one) => one.stage === name);
  const guard = guardOf(waiting);
  if (stage?.failed === guard && stage.reason === reason) {
    const { tried, would } = stage;
    return { acts: false, failed: guard, reason, ...more, ...atOf(at), tried, would };
  }
  const failure = unitFailure(asked) ?? { guard, reason, would: waysFor(asked, stages, waiting) };
  return failed(asked, failure, { ...more, ...atOf(at) }, at);
}

function atOf(at: number | undefined): { at?: number } {
  return at === undefined ? {} : { at };
}

/** A case whose stage a sterner one of the same message stands for neither acts nor waits. */
function absorbedNow(stages: readonly StageExplanation[]): Outcome | undefined {
  const stage = stages.find((one) => one.reason === 'absorbed');
  if (stage?.failed === undefined) return undefined;
  const { failed: guard, reason, tried, would } = stage;
  return { acts: false, failed: guard, reason, stage: stage.stage, tried, would };
}

/** Whether further messages go out, though no stage acts anew. */
function isChased({ acts, case: one }: Asked): boolean {
  return acts.some(
    ({ covers, answers }) =>
      answers === undefined &&
      covers.some((cover) => cover.case === one?.id && !cover.stage.startsWith('task:')),
  );
}

function actingNow(acts: boolean, acting: StageExplanation | undefined): Outcome {
  if (acting === undefined) return { acts, tried: [] };
  const { stage, tried, place } = acting;
  return { acts, stage, tried, ...(place === undefined ? {} : { place }) };
}

function failed(
  asked: Asked,
  failure: Failure,
  more: Partial<Outcome>,
  at: number | undefined = instantOf(failure.would),
): Outcome {
  const { guard, reason, would } = failure;
  return {
    acts: false,
    failed: guard,
    reason,
    ...more,
    ...atOf(at),
    tried: triedOf(asked, undefined, failure),
    would,
  };
}

/** What would change an answer that is not about one stage. */
function waysFor(asked: Asked, stages: readonly StageExplanation[], waiting: Waiting): Failure['would'] {
  const { policy, view } = asked;
  const { reason, at } = waiting;
  switch (reason) {
    case 'no_level':
      return either([
        waysOf(stages.filter((stage) => stage.failed === 'condition' || stage.failed === 'date')),
      ]);
    case 'exhausted':
    case 'level_holds': {
      const named = policy?.byId.get(waiting.stage ?? '');
      return askedFor(asked, named ?? policy?.stages.findLast((stage) => askedFor(asked, stage).length > 0));
    }
    default:
      return at === undefined ? [] : [[{ kind: 'date', day: formatDay(localDay(at, view.zone)), at }]];
  }
}

/** An item on which nothing is owed, with the ladder that it climbed last or would climb. */
function settledItem(
  { engine, view, decision, acts, seen }: Review,
  item: Item,
  file: AccountFile,
  assigned: ReturnType<typeof assigner>,
): ItemExplanation {
  const reason = settledReason(engine, view, item) ?? 'settled';
  const one = lastCase(engine, file, item);
  const assignment = assigned(item);
  const policy = one === undefined ? assignment.policy : policyOf(engine, one);
  const unit = itemUnit(item);
  const asked: Asked = {
    engine,
    view,
    file,
    unit,
    policy,
    assignment,
    case: one,
    reason: undefined,
    until: undefined,
    verdict: undefined,
    decision,
    acts,
    seen,
    settled: { reason, item },
  };
  const { noted } = policy === undefined ? { noted: [] } : atRest(engine, policy, view, unit, one);
  return {
    ...basicsOf(view, item),
    ...policyRefOf(policy),
    assignedBy: assignment.by,
    ...caseOf(one),
    stages: noted.map((stage) => stageOf(asked, stage)),
    ...failed(asked, { guard: 'owed', reason, would: owedWays(engine, view, item) }, {}),
  };
}

/** The case that was last about an item, alone or with others. */
function lastCase(engine: Engine, { cases }: AccountFile, item: Item): Case | undefined {
  const subjects = new Set([item.id]);
  for (const policy of engine.policies.values()) subjects.add(subjectOf(policy, item));
  let last: Case | undefined;
  for (const subject of subjects) {
    for (const one of cases.get(subject) ?? []) {
      const about =
        one.subject === item.id ||
        one.carrier === item.id ||
        one.carried?.includes(item.id) === true ||
        one.marks.some((mark) => mark.told?.includes(item.id) === true);
      if (about && (last === undefined || one.opened >= last.opened)) last = one;
    }
  }
  return last;
}
