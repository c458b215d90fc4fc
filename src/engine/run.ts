import type { AccountFile, Case, Cover, StageMark } from '../ledger/file.js';
import { acknowledgementsDue } from './actions/acknowledgements.js';
import { debtorTaskOver } from './actions/debtor-tasks.js';
import { stateVerdict } from './actions/level-state.js';
import { reasonTaskOver } from './actions/reason-tasks.js';
import { type AtStage, proposeStage } from './actions/stage-proposals.js';
import { toleranceTaskOver } from './actions/tolerance-tasks.js';
import type { Act } from './acts.js';
import { Planning, planStageTasks, planUnreachable } from './acts-of.js';
import type { Candidate } from './candidate.js';
import { CasesNow } from './cases-now.js';
import { climb } from './climb.js';
import type { CompiledPolicy, Engine } from './compile.js';
import type { Waiting } from './decide.js';
import type { FileEvent } from './events.js';
import type { Report } from './explain/report.js';
import { type Gathered, gather } from './gather.js';
import type { SubjectOfReview } from './lifecycle.js';
import { isOver, latestMark, nextOccurrence, unreachableStage } from './marks.js';
import { Notes } from './notes.js';
import { allows, looksAt, type ReviewLimits } from './review-limits.js';
import { Sending } from './sending.js';
import { tasksOver } from './tasks-over.js';
import type { Unit } from './units.js';
import type { Skip, Verdict } from './verdict.js';
import type { AccountView } from './view.js';
import { followUps, thanksDue, type Wanted, wantMessages } from './wanted.js';

function handsOver({ policy: { on } }: CompiledPolicy): boolean {
  return on?.exhausted?.some((reaction) => 'handover' in reaction) === true;
}

const noUnits: ReadonlyMap<string, readonly Unit[]> = new Map();

/** One review under way. Most need none of its maps, so they are made when something is put into them. */
export class Run {
  /** Whether something was done at once, so that what follows is not known yet. */
  unfinished = false;
  readonly #engine: Engine;
  readonly #cases: CasesNow;
  readonly #view: AccountView;
  readonly #now: number;
  readonly #occasion: number;
  readonly #notes: Notes;
  readonly #wanted: Wanted[] = [];
  /** Stages without a message that wait for a person. */
  readonly #proposed: { readonly one: AtStage; readonly skips: readonly Skip[] }[] = [];
  readonly #tasks: Candidate[] = [];
  #reachable: Set<string> | undefined;
  /** What climbs by policies whose messages list more than what acts, by their ids. */
  #climbing: Map<string, Unit[]> | undefined;
  /** Cases that tasks may be about, with what climbs by which policy. */
  #considered: Map<string, { readonly policy: CompiledPolicy; readonly unit: Unit }> | undefined;

  /**
   * @param begun what was done to cases before they are asked
   * @param trace whether why things wait is noted
   * @param report who asks why
   */
  constructor(
    engine: Engine,
    view: AccountView,
    begun: readonly FileEvent[],
    now: number,
    occasion: number,
    trace: boolean,
    report?: Report,
  ) {
    this.#engine = engine;
    this.#cases = new CasesNow(view.file, begun);
    this.#view = view;
    this.#now = now;
    this.#occasion = occasion;
    this.#notes = new Notes(view, trace, report);
  }

  get #file(): AccountFile {
    return this.#cases.file;
  }

  get waiting(): readonly Waiting[] {
    return this.#notes.waiting;
  }

  /** Stages that are over or done without having acted, and cases that are exhausted. */
  get skips(): readonly FileEvent[] {
    return this.#notes.events;
  }

  get next(): number | undefined {
    return this.#notes.next;
  }

  /** Asks one item's case what it does today. */
  consider({ unit, case: id, known, policy, reason, until }: SubjectOfReview, only?: ReviewLimits): void {
    const notes = this.#notes;
    const one = id === undefined ? undefined : (known ?? this.#caseOf(unit, id));
    if (one !== undefined && policy !== undefined && this.#view.file.acts.size > 0) {
      this.#considered ??= new Map();
      this.#considered.set(one.id, { policy, unit });
    }
    if (one !== undefined && policy !== undefined && policy.message.list !== 'acting') {
      this.#climbing ??= new Map();
      const units = this.#climbing.get(policy.ref.id);
      if (units === undefined) this.#climbing.set(policy.ref.id, [unit]);
      else units.push(unit);
    }
    if (policy === undefined || one === undefined || reason !== undefined) {
      const waiting = { item: unit.id, case: id, policy: policy?.ref.id, reason: reason ?? 'no_policy' };
      notes.wait(waiting, until === undefined ? undefined : until + 1);
      return;
    }
    if (only !== undefined && !looksAt(only, policy, unit)) {
      const waiting = { item: unit.id, case: id, policy: policy.ref.id, reason: 'not_in_review' };
      notes.wait(waiting, undefined);
      return;
    }
    const verdict = policy.byState
      ? this.#byState(policy, unit, one)
      : climb(this.#engine, policy, this.#view, unit, one);
    if (verdict.kind === 'act') {
      const { id: stage } = verdict.stage.stage;
      if (only !== undefined && !allows(only, stage)) {
        const waiting = { item: unit.id, case: one.id, policy: policy.ref.id, stage };
        notes.wait({ ...waiting, reason: 'not_in_review' }, undefined);
        this.#follow(policy, unit, one, only);
        return;
      }
      this.#act(policy, unit, one, verdict);
      return;
    }
    notes.pass(unit, one, verdict.skips);
    if (verdict.kind === 'wait') {
      const { stage, reason: why, day, at } = verdict;
      if (at === undefined && !notes.tells(why)) notes.lookAgainOn(day);
      else {
        const about = { item: unit.id, case: one.id, policy: policy.ref.id };
        const waiting = { ...about, stage: stage?.stage.id, reason: why };
        if (at === undefined) notes.wait(waiting, day);
        else notes.waitUntil(waiting, at);
      }
    } else {
      if (handsOver(policy)) this.#unlist(policy);
      const { on } = this.#view;
      const base = { subject: unit.id, case: one.id, on };
      notes.events.push({ type: 'case.exhausted', ...base, reason: verdict.reason });
      const waiting = { item: unit.id, case: one.id, policy: policy.ref.id, reason: 'exhausted' };
      notes.wait(waiting, undefined);
    }
    // What is handed over with its last stage is not written to any more.
    if (verdict.kind !== 'exhaust' || !handsOver(policy)) this.#follow(policy, unit, one, only);
  }

  /** What this review hands over is not told of beside other debts: takes back what was noted last. */
  #unlist({ ref }: CompiledPolicy): void {
    this.#climbing?.get(ref.id)?.pop();
  }

  /** Further messages of the stage that acted last. */
  #follow(policy: CompiledPolicy, unit: Unit, one: Case, only: ReviewLimits | undefined): void {
    // A message that its provider gave up goes on to the next place without anybody's patience.
    if (!policy.manySends && !policy.message.patient && !one.marks.some(isAwaited)) return;
    const following = followUps(unit, one, policy, this.#now);
    for (const wanted of following.wanted)
      if (only === undefined || allows(only, wanted.stage?.stage.id ?? '')) this.#wanted.push(wanted);
    this.#notes.lookAgain(following.at);
  }

  /** A stage that acts: writes, gives people tasks, or is done by being reached. */
  #act(policy: CompiledPolicy, unit: Unit, one: Case, verdict: Verdict & { readonly kind: 'act' }): void {
    const { stage, occurrence, skips } = verdict;
    if (stage.sends.length > 0) {
      wantMessages(this.#wanted, unit, one, policy, verdict);
      return;
    }
    const candidate = { unit, case: one, policy, stage, occurrence, part: 0, send: undefined };
    if (stage.tasks.length === 0 && stage.mode !== 'auto') {
      this.#proposed.push({ one: candidate, skips });
      return;
    }
    this.#notes.pass(unit, one, skips);
    if (stage.follows.some(({ action }) => 'handover' in action)) this.#unlist(policy);
    if (stage.tasks.length > 0) {
      this.#tasks.push(candidate);
      return;
    }
    const base = { subject: unit.id, case: one.id, on: this.#view.on };
    this.#notes.events.push({ type: 'stage.done', ...base, stage: stage.stage.id, occurrence });
    this.unfinished = true;
  }

  /** The level that holds now; a change of level is told once. */
  #byState(policy: CompiledPolicy, unit: Unit, one: Case): Verdict {
    const { level, verdict } = stateVerdict(this.#engine, policy, this.#view, unit, one);
    const to = level?.stage.id;
    if (to !== one.level) {
      const base = { subject: unit.id, case: one.id, on: this.#view.on };
      this.#notes.events.push({ type: 'case.level', ...base, from: one.level, to });
      const known = to === undefined ? undefined : latestMark(one, to);
      // Where the policy says so, its stage acts as often as the level is entered.
      if (to !== undefined && policy.policy.reentry === 'repeat' && known !== undefined && isOver(known))
        this.#notes.events.push({ type: 'case.rewound', ...base, turns: { [to]: nextOccurrence(one, to) } });
      this.unfinished = true;
    }
    return verdict;
  }

  /** Finds who is to hear of it, groups it, and asks the contact rules whether it may go. */
  plan(): Act[] {
    if (this.#engine.thanks)
      for (const thanks of thanksDue(this.#engine, this.#view, this.#file)) this.#wanted.push(thanks);
    if (this.#engine.answers)
      for (const answer of acknowledgementsDue(this.#engine, this.#view, this.#file))
        this.#wanted.push(answer);
    if (this.#wanted.length + this.#tasks.length + this.#proposed.length === 0) return [];
    const facts = new Planning(
      this.#engine,
      this.#view,
      this.#cases,
      this.#climbing ?? noUnits,
      this.#occasion,
    );
    // Whom an account has and what was sent to them is not touched by what begins.
    const { file } = this.#view;
    const gathered = gather(this.#engine, file, this.#view, this.#wanted, this.#notes.report);
    if (file.acts.size > 0) this.#countReachable(gathered);
    const notes = this.#notes;
    for (const { wanted, refusals } of gathered.unreachable) {
      const { unit, case: one, policy, stage, day } = wanted;
      const about = { item: unit.id, case: one.id, policy: policy.ref.id, stage: stage?.stage.id };
      notes.wait({ ...about, reason: 'unreachable', refusals }, day);
      // Addresses that rest recover by themselves.
      for (const { trouble } of refusals) notes.lookAgain(trouble?.until);
    }
    const sending = new Sending(facts, this.#now, notes);
    const acts = sending.plan(gathered);
    const tasks = planStageTasks(facts, [...this.#tasks, ...sending.acting]);
    const unreachable = gathered.unreachable.map(({ wanted }) => wanted);
    if (unreachable.length > 0) tasks.push(...planUnreachable(facts, unreachable));
    // What waits for a person leads to nothing yet.
    for (const { one, skips } of this.#proposed) {
      const act = proposeStage(facts, one);
      notes.pass(one.unit, one.case, skips, act.id);
      acts.push(act);
    }
    if (tasks.length === 0) return acts;
    this.unfinished = true;
    return [...acts, ...tasks];
  }

  /** Tasks whose cause has ended. @param closed cases that this review closes, and why */
  closeTasks(closed: ReadonlyMap<string, string>): FileEvent[] {
    if (this.#view.file.acts.size === 0) return [];
    return tasksOver(this.#file, closed, (cover) => this.#ended(cover), this.#view.on);
  }

  /** Why what a task was raised for is over, though its case runs. */
  #ended({ stage, case: id }: Cover): string | undefined {
    if (stage === unreachableStage) return this.#reachable?.has(id) === true ? 'reachable' : undefined;
    const engine = this.#engine;
    const own = this.#considered?.get(id);
    return (
      debtorTaskOver(engine, this.#view, stage) ??
      toleranceTaskOver(engine, this.#view, own?.unit.currency, stage) ??
      (own === undefined ? undefined : reasonTaskOver(engine, this.#view, own.policy, own.unit, stage))
    );
  }

  #countReachable({ groups }: Gathered): void {
    const reachable = new Set<string>();
    for (const { wanted } of groups.flat())
      if (wanted.stage !== undefined && wanted.part === 0 && wanted.instead === undefined)
        reachable.add(wanted.case.id);
    this.#reachable = reachable;
  }

  #caseOf(unit: Unit, id: string): Case | undefined {
    return this.#file.cases.get(unit.id)?.find((one) => one.id === id);
  }
}

function isAwaited({ awaits }: StageMark): boolean {
  return awaits !== undefined;
}
