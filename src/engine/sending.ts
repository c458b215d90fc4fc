import { type Permission, permission } from '../contact/gate.js';
import type { Case } from '../ledger/file.js';
import type { Act } from './acts.js';
import { type Planning, planMessage } from './acts-of.js';
import { afterContact, byPriority, type Delayed, type Members, precedence, Tally } from './admission.js';
import { windowEnd } from './answers.js';
import { byStrength, type Candidate, markOfCandidate } from './candidate.js';
import { requestOf } from './contact-request.js';
import type { Gathered } from './gather.js';
import { pushedOnto } from './giving-way.js';
import { type Levelled, levelled } from './levels.js';
import { isDelayed, markOf } from './marks.js';
import type { Notes } from './notes.js';
import type { Placed, Wanted } from './wanted.js';

/** Each keeps its own level. */
const none: Omit<Levelled, 'members'> = { lifted: undefined, absorbed: [], events: [] };

/** The messages of a review: asks the contact rules which of them may go, and plans those. */
export class Sending {
  /** Stages whose message goes, so that the tasks beside it are raised. */
  readonly acting: Candidate[] = [];
  readonly #facts: Planning;
  readonly #now: number;
  readonly #notes: Notes;
  /** Contact rules that never delay anybody. */
  readonly #free: boolean;
  readonly #delayed: Delayed[] = [];

  constructor(facts: Planning, now: number, notes: Notes) {
    this.#facts = facts;
    this.#now = now;
    this.#notes = notes;
    const { counts, windows, closes } = facts.engine.gate;
    this.#free = !counts && windows.length === 0 && !closes;
  }

  /** First messages of stages, then those that go only together with them, then what goes in place of others. */
  plan({ groups, doubles }: Gathered): Act[] {
    const acts: Act[] = [];
    const firsts: Members[] = [];
    const others: (readonly Placed[])[] = [];
    const again: (readonly Placed[])[] = [];
    for (const group of groups) {
      const wanted = group[0]?.wanted;
      if (wanted?.instead !== undefined) again.push(group);
      else if (wanted !== undefined && wanted.part > 0) others.push(group);
      else {
        const permitted = this.#permitted(membersOf(group));
        if (permitted !== undefined) firsts.push(permitted);
      }
    }
    // Who goes is asked by what goes along or in place of others, which most reviews have none of.
    const gone = others.length > 0 || again.length > 0 ? new Set<Case>() : undefined;
    for (const members of this.#admitted(firsts)) acts.push(this.#go(members, gone, doubles));
    for (const group of others) {
      const permitted = this.#permitted(
        membersOf(group.filter(({ wanted }) => !wanted.along || gone?.has(wanted.case) === true)),
      );
      if (permitted !== undefined) acts.push(this.#go(permitted, gone, doubles));
    }
    if (again.length > 0) this.#tryAgain(again, acts, gone, doubles);
    for (const delayed of this.#delayed) this.#delay(delayed);
    return acts;
  }

  /** Each belongs to the occasion of the message that it replaces, and one review makes contact on one occasion. */
  #tryAgain(
    groups: readonly (readonly Placed[])[],
    acts: Act[],
    gone: Set<Case> | undefined,
    doubles: readonly Wanted[],
  ): void {
    let occasion = acts.length > 0 ? this.#facts.review : undefined;
    for (const group of groups) {
      const members = membersOf(group);
      const own = members?.[0].wanted.instead?.awaits?.occasion;
      if (occasion !== undefined && own !== occasion) {
        // The review that follows at once asks for it, when what goes now counts.
        this.#notes.lookAgain(this.#now);
        continue;
      }
      const permitted = this.#permitted(members);
      if (permitted === undefined) continue;
      occasion = own;
      acts.push(this.#go(permitted, gone, doubles));
    }
  }

  /** Those of a message who may hear of it now. Where a gap is that of a case or stage, each is asked on its own. */
  #permitted(members: Members | undefined): Members | undefined {
    if (members === undefined) return undefined;
    const { gaps } = members[0].wanted.policy.message;
    if (this.#free && gaps === undefined) return members;
    if (members.length === 1 || (gaps === undefined && this.#facts.engine.gate.gapOf === 'account'))
      return this.#allows(members) ? members : undefined;
    return membersOf(members.filter((member) => this.#allows([member])));
  }

  #allows(members: Members): boolean {
    const { engine, view, file, review } = this.#facts;
    const answer = permission(engine.gate, file, this.#now, requestOf(view, members[0], review));
    this.#notes.report?.permission(members, answer);
    const { at, reason } = answer;
    if (at === this.#now || this.#answersInTime(members, answer)) return true;
    this.#delayed.push({ members, at, reason: reason ?? 'window' });
    return false;
  }

  /**
   * Whoever wrote may be answered in any words while the service window is open. An acknowledgement that only contact
   * hours keep back until it is over goes at once: they are for people who did not write.
   */
  #answersInTime([{ wanted, place }]: Members, { at, reason }: Permission): boolean {
    if (wanted.answer === undefined || (reason !== 'window' && reason !== 'holiday')) return false;
    const until = windowEnd(this.#facts.file, place.contact?.id, place.channel.id);
    return until !== undefined && until > this.#now && (at === undefined || at >= until);
  }

  /** Those that go on this occasion: no more than the policies allow, the first in rank first. */
  #admitted(firsts: readonly Members[]): readonly Members[] {
    let going = firsts;
    if (this.#delayed.length > 0 && firsts.length > 0) {
      const delayed = [...this.#delayed];
      going = firsts.filter((members) => {
        const at = precedence(this.#facts, this.#now, members, delayed);
        if (at !== undefined) this.#delayed.push({ members, at, reason: 'priority' });
        return at === undefined;
      });
    }
    if (!going.some(isLimited)) return going;
    const tally = new Tally(this.#facts);
    const admitted = new Set<Members>();
    for (const members of going.toSorted(byPriority)) {
      if (!this.#wasLimited(members) && tally.admit(members)) admitted.add(members);
      else this.#delayed.push({ members, at: this.#nextPermitted(members), reason: 'message_limit' });
    }
    return going.filter((members) => admitted.has(members));
  }

  /** When a message may go that has no room on this occasion. */
  #nextPermitted(members: Members): number | undefined {
    const { engine, view } = this.#facts;
    const tomorrow = this.#notes.startOf(view.today + 1);
    const after = afterContact(this.#facts, this.#now, members);
    return permission(engine.gate, after, tomorrow, requestOf(view, members[0], tomorrow)).at;
  }

  #go(all: Members, gone: Set<Case> | undefined, doubles: readonly Wanted[]): Act {
    const notes = this.#notes;
    if (all.length === 1 && doubles.length === 0) return this.#goAlone(all[0], gone);
    const own = all.length === 1 || all[0].wanted.policy.message.levels === 'own';
    const { members, lifted, absorbed, events } = own
      ? { ...none, members: all }
      : levelled(all, this.#facts.view.on);
    const [{ wanted: lead, place }] = members;
    const others = members.slice(1).map(({ wanted }) => wanted);
    const act = planMessage(this.#facts, lead, [lead, ...others], place);
    for (const wanted of absorbed) notes.pass(wanted.unit, wanted.case, wanted.skips, act.id);
    for (const { wanted } of members) {
      if (wanted.skips.length > 0) notes.pass(wanted.unit, wanted.case, wanted.skips, act.id);
      // What goes along with another stage now is asked for by the review that follows.
      if (lifted === undefined || !lifted.has(wanted.case)) gone?.add(wanted.case);
      if (wanted.part > 0 || wanted.stage === undefined) continue;
      if (wanted.instead === undefined && wanted.stage.tasks.length > 0) this.acting.push(wanted);
      for (const double of doubles)
        if (double.case === wanted.case)
          notes.skip(
            wanted.unit,
            wanted.case,
            markOfCandidate(double),
            double.occurrence,
            'same_contact',
            act.id,
          );
    }
    for (const event of events) notes.events.push({ ...event, with: act.id });
    return act;
  }

  /** The same for one case alone, which is most messages. */
  #goAlone({ wanted, place }: Placed, gone: Set<Case> | undefined): Act {
    const act = planMessage(this.#facts, wanted, [wanted], place);
    if (wanted.skips.length > 0) this.#notes.pass(wanted.unit, wanted.case, wanted.skips, act.id);
    gone?.add(wanted.case);
    const { stage, part, instead } = wanted;
    if (stage !== undefined && stage.tasks.length > 0 && part === 0 && instead === undefined)
      this.acting.push(wanted);
    return act;
  }

  /** Tells when to look again at what may not go now, and what gives way because of it. */
  #delay({ members, at, reason }: Delayed): void {
    const notes = this.#notes;
    const { engine, view } = this.#facts;
    notes.lookAgain(at);
    for (const { wanted } of members) {
      const { unit, case: one, policy, day, part, occurrence } = wanted;
      if (day !== undefined) notes.lookAgain(notes.startOf(day));
      // What goes along with another message explains nothing of its own.
      if (part > 0) continue;
      const stage = markOfCandidate(wanted);
      const about = { item: unit.id, case: one.id, policy: policy.ref.id, stage };
      notes.waitUntil({ ...about, reason }, at);
      const next = pushedOnto(engine, view, wanted, at);
      if (next !== undefined && policy.message.pushed === 'gives-way') {
        notes.pass(unit, one, wanted.skips);
        notes.skip(unit, one, stage, occurrence, 'gave_way');
        notes.lookAgain(notes.startOf(next.day));
        continue;
      }
      // It acts before the next one all the same.
      if (reason === 'message_limit') this.#keepBack(wanted, stage, reason);
      else if (next !== undefined && !isDelayed(markOf(one, stage, occurrence)))
        this.#keepBack(wanted, stage, 'pushed');
    }
  }

  #keepBack(
    { unit, case: one, occurrence }: Wanted,
    stage: string,
    reason: 'pushed' | 'message_limit',
  ): void {
    const { on } = this.#facts.view;
    const mark = markOf(one, stage, occurrence);
    if (mark?.reason === reason && mark.on === on) return;
    const base = { subject: unit.id, case: one.id, on };
    this.#notes.events.push({ type: 'stage.delayed', ...base, stage, occurrence, reason });
  }

  /** Whether an earlier review of this day had no room for it. */
  #wasLimited(members: Members): boolean {
    const { on } = this.#facts.view;
    return members.every(({ wanted }) => {
      const mark = markOf(wanted.case, markOfCandidate(wanted), wanted.occurrence);
      return !wanted.policy.climb && mark?.reason === 'message_limit' && mark.on === on;
    });
  }
}

function isLimited([{ wanted }]: Members): boolean {
  const { upcoming, overdue } = wanted.policy.message.most;
  return Number.isFinite(upcoming) || Number.isFinite(overdue);
}

/** Who shares a message, the strongest first. */
function membersOf(group: readonly Placed[]): Members | undefined {
  const [first] = group;
  if (first === undefined) return undefined;
  if (group.length === 1) return [first];
  const [lead = first, ...others] = [...group].sort((a, b) => byStrength(a.wanted, b.wanted));
  return [lead, ...others];
}
