import { type Day, startOfDay } from '../calendar/index.js';
import { type ContactRequest, type Gate, permission } from '../contact/gate.js';
import { choosePlace, type Place, type PlaceRefusal } from '../contact/recipients.js';
import type { AccountFile, Case } from '../ledger/file.js';
import type { Act } from './acts.js';
import {
  byStrength,
  type Candidate,
  markOfCandidate,
  planMessage,
  planStageTasks,
  planUnreachable,
} from './acts-of.js';
import { stateVerdict } from './actions/level-state.js';
import { climb } from './climb.js';
import type { CompiledPolicy, Engine } from './compile.js';
import type { Waiting } from './decide.js';
import type { FileEvent } from './events.js';
import type { SubjectOfReview } from './lifecycle.js';
import { markOf } from './marks.js';
import { tasksOver } from './tasks-over.js';
import type { Unit } from './units.js';
import type { Skip, Verdict } from './verdict.js';
import type { AccountView } from './view.js';
import {
  agreedContacts,
  followUps,
  isFallback,
  messagesOf,
  type Placed,
  shareOf,
  thanksDue,
  type Wanted,
} from './wanted.js';

/** One review under way. */
export class Run {
  readonly waiting: Waiting[] = [];
  /** Stages that are over without having acted, and cases that are exhausted. */
  readonly skips: FileEvent[] = [];
  next: number | undefined;
  /** Whether something was done at once, so that what follows is not known yet. */
  unfinished = false;
  readonly #engine: Engine;
  readonly #file: AccountFile;
  readonly #view: AccountView;
  readonly #now: number;
  readonly #occasion: number;
  readonly #wanted: Wanted[] = [];
  readonly #tasks: Candidate[] = [];
  readonly #unreachable: Candidate[] = [];
  readonly #reachable = new Set<string>();
  readonly #starts = new Map<Day, number>();
  /** Second messages that would only tell the same person the same again. */
  readonly #doubles: Wanted[] = [];

  constructor(engine: Engine, file: AccountFile, view: AccountView, now: number, occasion: number) {
    this.#engine = engine;
    this.#file = file;
    this.#view = view;
    this.#now = now;
    this.#occasion = occasion;
  }

  /** Asks one item's case what it does today. */
  consider({ unit, case: id, policy, reason, until }: SubjectOfReview): void {
    const one = id === undefined ? undefined : this.#caseOf(unit, id);
    if (policy === undefined || one === undefined || reason !== undefined) {
      const waiting = { item: unit.id, case: id, policy: policy?.ref.id, reason: reason ?? 'no_policy' };
      this.#wait(waiting, until === undefined ? undefined : until + 1);
      return;
    }
    const verdict = policy.byState
      ? this.#byState(policy, unit, one)
      : climb(this.#engine, policy, this.#view, unit, one);
    if (verdict.kind === 'act') {
      if (verdict.stage.sends.length > 0) {
        for (const wanted of messagesOf(unit, one, policy, verdict)) this.#wanted.push(wanted);
        return;
      }
      const { stage, occurrence } = verdict;
      this.#pass(unit, one, verdict.skips);
      if (stage.tasks.length === 0) {
        const { on } = this.#view;
        const base = { subject: unit.id, case: one.id, on };
        this.skips.push({ type: 'stage.done', ...base, stage: stage.stage.id, occurrence });
        this.unfinished = true;
        return;
      }
      this.#tasks.push({ unit, case: one, policy, stage, occurrence, part: 0, send: undefined });
      return;
    }
    this.#pass(unit, one, verdict.skips);
    const about = { item: unit.id, case: one.id, policy: policy.ref.id };
    if (verdict.kind === 'wait') {
      const { stage, reason: why, day } = verdict;
      this.#wait({ ...about, stage: stage?.stage.id, reason: why }, day);
    } else {
      this.skips.push({
        type: 'case.exhausted',
        subject: unit.id,
        case: one.id,
        reason: verdict.reason,
        on: this.#view.on,
      });
      this.#wait({ ...about, reason: 'exhausted' }, undefined);
    }
    if (policy.manySends) this.#wanted.push(...followUps(unit, one, policy));
  }

  /** The level that holds now; a change of level is told once. */
  #byState(policy: CompiledPolicy, unit: Unit, one: Case): Verdict {
    const { level, verdict } = stateVerdict(this.#engine, policy, this.#view, unit, one);
    const to = level?.stage.id;
    if (to !== one.level) {
      const { on } = this.#view;
      this.skips.push({ type: 'case.level', subject: unit.id, case: one.id, from: one.level, to, on });
      this.unfinished = true;
    }
    return verdict;
  }

  /** Finds who is to hear of it, groups it, and asks the contact rules whether it may go. */
  plan(): Act[] {
    for (const thanks of thanksDue(this.#engine, this.#view, this.#file)) this.#wanted.push(thanks);
    const acts: Act[] = [];
    const facts = { engine: this.#engine, view: this.#view, review: this.#occasion, file: this.#file };
    const gone = new Set<Case>();
    for (const group of this.#groups()) {
      const members = group
        .filter(({ wanted }) => !wanted.along || gone.has(wanted.case))
        .sort((a, b) => byStrength(a.wanted, b.wanted));
      const [lead, ...others] = members;
      if (lead === undefined || !this.#mayGo(lead, members)) continue;
      for (const { wanted } of members) {
        gone.add(wanted.case);
        this.#pass(wanted.unit, wanted.case, wanted.skips);
        if (wanted.part > 0 || wanted.stage === undefined) continue;
        this.#tasks.push(wanted);
        this.#dropDoubles(wanted);
      }
      const rest = others.map(({ wanted }) => wanted);
      acts.push(planMessage(facts, { members: [lead.wanted, ...rest], place: lead.place }));
    }
    const tasks = [...planStageTasks(facts, this.#tasks), ...planUnreachable(facts, this.#unreachable)];
    if (tasks.length > 0) this.unfinished = true;
    return [...acts, ...tasks];
  }

  /** Tasks whose cause has ended. @param closed cases that this review closes, and why */
  closeTasks(closed: ReadonlyMap<string, string>): FileEvent[] {
    if (this.#file.acts.size === 0) return [];
    return tasksOver(this.#file, closed, this.#reachable, this.#view.on);
  }

  /** First messages before those that go along with them. */
  #groups(): Placed[][] {
    const groups = new Map<string, Placed[]>();
    const first = new Map<Case, string | undefined>();
    const shares = this.#wanted.map((wanted) => shareOf(this.#view, wanted));
    const named = agreedContacts(this.#wanted, shares);
    for (const [index, wanted] of this.#wanted.entries()) {
      const share = shares[index] ?? '';
      const place = this.#placeOf(wanted, named.get(share));
      if (place === undefined) continue;
      const contact = place.contact?.id;
      if (wanted.part === 0) first.set(wanted.case, contact);
      else if (isFallback(wanted, place) && first.get(wanted.case) === contact) {
        this.#doubles.push(wanted);
        continue;
      }
      const key = `${share}\n${contact ?? ''}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [{ wanted, place }]);
      else group.push({ wanted, place });
    }
    const part = (group: readonly Placed[]): number => group[0]?.wanted.part ?? 0;
    return [...groups.values()].sort((a, b) => part(a) - part(b));
  }

  #placeOf(wanted: Wanted, contact: string | undefined): Place | undefined {
    const { unit, case: one, policy, send, stage, part } = wanted;
    if (send === undefined) return undefined;
    const via = send.via ?? policy.via;
    const tried = markOf(one, markOfCandidate(wanted), wanted.occurrence)?.tried ?? [];
    const refusals: PlaceRefusal[] = [];
    const place = choosePlace(this.#engine.recipients, this.#file, contact, send, via, tried, refusals);
    if (stage === undefined || part > 0) return place;
    if (place !== undefined) {
      this.#reachable.add(one.id);
      return place;
    }
    const about = { item: unit.id, case: one.id, policy: policy.ref.id };
    this.#wait({ ...about, stage: stage.stage.id, reason: 'unreachable', refusals }, wanted.day);
    this.#unreachable.push(wanted);
    return undefined;
  }

  /** Asks the contact rules, and tells when to look again if it may not go now. */
  #mayGo({ wanted, place }: Placed, members: readonly Placed[]): boolean {
    const { gate } = this.#engine;
    const thanks: Gate | undefined =
      wanted.stage === undefined ? { ...gate, gapDays: 0, caps: [] } : undefined;
    const { at, reason } = permission(thanks ?? gate, this.#file, this.#now, this.#request(place));
    if (at === this.#now) return true;
    this.#lookAgain(at);
    for (const member of members) {
      const { unit, case: one, policy, part, day } = member.wanted;
      if (day !== undefined) this.#lookAgain(this.#startOf(day));
      // What goes along with another message explains nothing of its own.
      if (part > 0) continue;
      const stage = markOfCandidate(member.wanted);
      const about = { item: unit.id, case: one.id, policy: policy.ref.id, stage, reason: reason ?? 'window' };
      this.waiting.push(at === undefined ? about : { ...about, at });
    }
    return false;
  }

  #dropDoubles(first: Wanted): void {
    for (const double of this.#doubles) {
      if (double.case === first.case)
        this.#skip(first.unit, first.case, markOfCandidate(double), double.occurrence, 'same_contact');
    }
  }

  #caseOf(unit: Unit, id: string): Case | undefined {
    return this.#file.cases.get(unit.id)?.find((one) => one.id === id);
  }

  #request(place: Place): ContactRequest {
    const { zone } = this.#view;
    return {
      contact: place.contact?.id,
      channel: place.channel.id,
      bookZone: zone,
      contactZones: [place.contact?.zone ?? zone],
      occasion: this.#occasion,
    };
  }

  #pass(unit: Unit, one: Case, skips: readonly Skip[]): void {
    for (const { stage, reason } of skips) this.#skip(unit, one, stage.stage.id, 1, reason);
  }

  #skip(unit: Unit, one: Case, stage: string, occurrence: number, reason: string): void {
    const { on } = this.#view;
    const subject = unit.id;
    this.skips.push({ type: 'stage.skipped', subject, case: one.id, stage, occurrence, reason, on });
  }

  #wait(waiting: Waiting, day: Day | undefined): void {
    if (day === undefined) {
      this.waiting.push(waiting);
      return;
    }
    const at = this.#startOf(day);
    this.waiting.push({ ...waiting, at });
    this.#lookAgain(at);
  }

  #startOf(day: Day): number {
    let at = this.#starts.get(day);
    if (at === undefined) {
      at = startOfDay(day, this.#view.zone);
      this.#starts.set(day, at);
    }
    return at;
  }

  #lookAgain(at: number | undefined): void {
    if (at !== undefined) this.next = this.next === undefined ? at : Math.min(this.next, at);
  }
}
