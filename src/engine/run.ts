import { type Day, formatDay, parseDay, startOfDay } from '../calendar/index.js';
import { type ContactRequest, type Gate, permission } from '../contact/gate.js';
import { choosePlace, type Place, type PlaceRefusal } from '../contact/recipients.js';
import type { AccountFile, Case } from '../ledger/file.js';
import type { Item } from '../ledger/items.js';
import type { Act } from './acts.js';
import {
  byStrength,
  type Candidate,
  type Group,
  kindOf,
  markOfCandidate,
  planMessage,
  planStageTasks,
  planUnreachable,
} from './acts-of.js';
import { climb, type Skip } from './climb.js';
import type { CompiledPolicy, Engine } from './compile.js';
import type { Waiting } from './decide.js';
import type { FileEvent } from './events.js';
import type { SubjectOfReview } from './lifecycle.js';
import { isBusy, isOpenMark, isStageMark, markOf, sendMark, thanksStage, unreachableStage } from './marks.js';
import type { AccountView } from './view.js';

/** Thanks for a payment are said within a week or not at all. */
const thanksDays = 7;

/** A message that is wanted: what it passes over, and when the answer changes should it have to wait. */
interface Wanted extends Candidate {
  readonly skips: readonly Skip[];
  readonly day: Day | undefined;
}

/** A wanted message with the place where it would go on its own. */
interface Placed {
  readonly wanted: Wanted;
  readonly place: Place;
}

/** One review under way. */
export class Run {
  readonly waiting: Waiting[] = [];
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
  /** Second messages that would only have told the same person the same again. */
  readonly #doubles: Wanted[] = [];

  constructor(engine: Engine, file: AccountFile, view: AccountView, now: number, occasion: number) {
    this.#engine = engine;
    this.#file = file;
    this.#view = view;
    this.#now = now;
    this.#occasion = occasion;
  }

  /** Asks one item's case what it does today. */
  consider({ item, case: id, policy, reason, until }: SubjectOfReview): void {
    const one = id === undefined ? undefined : this.#caseOf(item, id);
    if (policy === undefined || one === undefined || reason !== undefined) {
      this.#wait(
        { item: item.id, case: id, policy: policy?.ref.id, reason: reason ?? 'no_policy' },
        until === undefined ? undefined : until + 1,
      );
      return;
    }
    const verdict = climb(this.#engine, policy, this.#view, item, one);
    const about = { item: item.id, case: one.id, policy: policy.ref.id };
    if (verdict.kind !== 'act') {
      this.#pass(item, one, verdict.skips);
      if (verdict.kind === 'wait')
        this.#wait({ ...about, stage: verdict.stage?.stage.id, reason: verdict.reason }, verdict.day);
      else this.#exhaust(item, one, verdict.reason);
      if (policy.manySends) this.#followUp(item, one, policy);
      return;
    }
    const { stage, occurrence, skips, day } = verdict;
    const base = { item, case: one, policy, stage, occurrence };
    if (stage.sends.length === 0) {
      this.#pass(item, one, skips);
      this.unfinished = true;
      if (stage.tasks.length > 0) this.#tasks.push({ ...base, part: 0, send: undefined });
      else this.#skip(item, one, stage.stage.id, occurrence, 'nothing_to_do');
      return;
    }
    stage.sends.forEach((send, part) => {
      const mark = part === 0 ? undefined : markOf(one, sendMark(stage.stage.id, part), occurrence);
      if (isOpenMark(mark)) this.#wanted.push({ ...base, part, send, skips: part === 0 ? skips : [], day });
    });
  }

  /** Further messages of the stage that acted last, where they have not gone out. */
  #followUp(item: Item, one: Case, policy: CompiledPolicy): void {
    const last = one.marks.findLast(
      (mark) => isStageMark(mark) && (mark.state === 'done' || isBusy(mark)) && policy.byId.has(mark.stage),
    );
    const stage = last === undefined ? undefined : policy.byId.get(last.stage);
    if (last === undefined || stage === undefined) return;
    const { occurrence } = last;
    stage.sends.forEach((send, part) => {
      const mark = markOf(one, sendMark(stage.stage.id, part), occurrence);
      if (part === 0 || !isOpenMark(mark)) return;
      this.#wanted.push({
        item,
        case: one,
        policy,
        stage,
        occurrence,
        part,
        send,
        skips: [],
        day: undefined,
      });
    });
  }

  /** Thanks for cases that payment settled: at once, within contact hours, outside gap and caps; once. */
  thank(): void {
    for (const item of this.#view.items) {
      if (item.entry.cases.length === 0 || item.outstanding > 0) continue;
      const cases = this.#file.invoices.get(item.invoice.id)?.cases ?? [];
      const own = cases.filter((known) => known.subject === item.id);
      const one = own.at(-1);
      if (one?.state !== 'closed' || one.closed?.reason !== 'paid') continue;
      if (this.#view.today > parseDay(one.closed.on) + thanksDays) continue;
      const policy =
        this.#engine.versions.get(`${one.policy}@${one.version}`) ?? this.#engine.policies.get(one.policy);
      policy?.paid.forEach((send, part) => {
        const known = own.map((other) => markOf(other, sendMark(thanksStage, part), 1));
        if (!known.every(isOpenMark)) return;
        const stage = undefined;
        this.#wanted.push({
          item,
          case: one,
          policy,
          stage,
          occurrence: 1,
          part,
          send,
          skips: [],
          day: undefined,
        });
      });
    }
  }

  /** Finds who is to hear of it, groups it, and asks the contact rules whether it may go. */
  plan(): Act[] {
    const acts: Act[] = [];
    const facts = { engine: this.#engine, view: this.#view, review: this.#occasion, file: this.#file };
    for (const group of this.#groups()) {
      const members = group.map(({ wanted }) => wanted).sort(byStrength);
      const [lead, ...others] = members;
      const place = group.find(({ wanted }) => wanted === lead)?.place;
      if (lead === undefined || place === undefined) continue;
      const gate: Gate =
        lead.stage === undefined ? { ...this.#engine.gate, gapDays: 0, caps: [] } : this.#engine.gate;
      const allowed = permission(gate, this.#file, this.#now, this.#request(place));
      if (allowed.at !== this.#now) {
        for (const one of members) this.#postpone(one, allowed.reason ?? 'window', allowed.at);
        continue;
      }
      for (const one of members) {
        this.#pass(one.item, one.case, one.skips);
        if (one.part === 0 && one.stage !== undefined) this.#tasks.push(one);
        for (const double of this.#doubles) {
          if (double.case === one.case && one.part === 0)
            this.#skip(one.item, one.case, markOfCandidate(double), double.occurrence, 'same_contact');
        }
      }
      acts.push(planMessage(facts, { members: [lead, ...others], place } satisfies Group));
    }
    const tasks = [...planStageTasks(facts, this.#tasks), ...planUnreachable(facts, this.#unreachable)];
    if (tasks.length > 0) this.unfinished = true;
    return [...acts, ...tasks];
  }

  /** Tasks whose cause has ended: the debt is settled, or somebody can be reached. */
  closeTasks(closed: ReadonlyMap<string, string>): FileEvent[] {
    const events: FileEvent[] = [];
    const on = formatDay(this.#view.today);
    for (const act of this.#file.acts.values()) {
      if (act.kind !== 'task') continue;
      let reason: string | undefined;
      const over = act.covers.every((cover) => {
        if (cover.stage === unreachableStage && this.#reachable.has(cover.case)) {
          reason = 'reachable';
          return true;
        }
        const known = this.#file.invoices.get(cover.invoice)?.cases.find((one) => one.id === cover.case);
        if (known?.state !== 'closed') return false;
        const why = closed.get(cover.case) ?? known.closed?.reason;
        reason ??= why === 'reassigned' || why === 'unassigned' || why === 'replaced' ? why : 'settled';
        return true;
      });
      if (over) events.push({ type: 'task.closed', act: act.id, reason: reason ?? 'settled', on });
    }
    return events;
  }

  #groups(): Placed[][] {
    const groups = new Map<string, Placed[]>();
    const first = new Map<Case, string | undefined>();
    const named = this.#wanted.length > 1 ? agreedContacts(this.#view, this.#wanted) : undefined;
    for (const wanted of this.#wanted) {
      const kind = shareOf(this.#view, wanted);
      const contact = named === undefined ? wanted.item.invoice.contact : named.get(kind);
      const place = this.#placeOf(wanted, contact ?? undefined);
      if (place === undefined) continue;
      if (wanted.part === 0) first.set(wanted.case, place.contact?.id);
      else if (isFallback(wanted, place) && first.get(wanted.case) === place.contact?.id) {
        this.#doubles.push(wanted);
        continue;
      }
      const key = `${kind}\n${place.contact?.id ?? ''}`;
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [{ wanted, place }]);
      else group.push({ wanted, place });
    }
    return [...groups.values()];
  }

  #placeOf(wanted: Wanted, contact: string | undefined): Place | undefined {
    const { item, case: one, policy, send, stage, part } = wanted;
    const via = send?.via ?? policy.via;
    const tried = markOf(one, markOfCandidate(wanted), wanted.occurrence)?.tried ?? [];
    const refusals: PlaceRefusal[] = [];
    const place = choosePlace(this.#engine.recipients, this.#file, contact, send?.to, via, tried, refusals);
    if (stage === undefined || part > 0) return place;
    if (place !== undefined) {
      this.#reachable.add(one.id);
      return place;
    }
    const about = { item: item.id, case: one.id, policy: policy.ref.id };
    this.#wait({ ...about, stage: stage.stage.id, reason: 'unreachable', refusals }, wanted.day);
    this.#unreachable.push(wanted);
    return undefined;
  }

  /** It may not go now: says why, unless it only follows another message. */
  #postpone(wanted: Wanted, reason: string, at: number | undefined): void {
    const { item, case: one, policy, part } = wanted;
    const day = wanted.day === undefined ? undefined : startOfDay(wanted.day, this.#view.zone);
    this.#lookAgain(at);
    this.#lookAgain(day);
    if (part > 0) return;
    const stage = markOfCandidate(wanted);
    this.waiting.push({ item: item.id, case: one.id, policy: policy.ref.id, stage, reason, at });
  }

  #caseOf(item: Item, id: string): Case | undefined {
    return this.#file.invoices.get(item.invoice.id)?.cases.find((one) => one.id === id);
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

  #exhaust(item: Item, one: Case, reason: string): void {
    const on = formatDay(this.#view.today);
    const { id } = one;
    this.skips.push({ type: 'case.exhausted', invoice: item.invoice.id, case: id, reason, on });
    this.#wait({ item: item.id, case: id, policy: one.policy, reason: 'exhausted' }, undefined);
  }

  #pass(item: Item, one: Case, skips: readonly Skip[]): void {
    for (const { stage, reason } of skips) {
      this.#skip(item, one, stage.stage.id, 1, reason);
      // A stage that counts from one that is over has a day now.
      if (reason === 'expired' || reason === 'missed') this.unfinished = true;
    }
  }

  #skip(item: Item, one: Case, stage: string, occurrence: number, reason: string): void {
    const on = formatDay(this.#view.today);
    const invoice = item.invoice.id;
    this.skips.push({ type: 'stage.skipped', invoice, case: one.id, stage, occurrence, reason, on });
  }

  #wait(waiting: Waiting, day: Day | undefined): void {
    const at = day === undefined ? undefined : startOfDay(day, this.#view.zone);
    this.waiting.push(at === undefined ? waiting : { ...waiting, at });
    this.#lookAgain(at);
  }

  #lookAgain(at: number | undefined): void {
    if (at !== undefined) this.next = this.next === undefined ? at : Math.min(this.next, at);
  }
}

/** Nobody has the role asked for, so another contact stands in. */
function isFallback({ send }: Candidate, { contact }: Place): boolean {
  return contact !== undefined && contact.role !== (send?.to ?? 'billing');
}

/** What may share a message: one policy, one kind of news; one invoice where the policy says so. */
function shareOf(view: AccountView, one: Candidate): string {
  const invoice = one.policy.byInvoice ? one.item.invoice.id : '';
  return `${one.policy.ref.id}\n${kindOf(view, one)}\n${one.part}\n${invoice}`;
}

/** The contact that the invoices of a message name, if all of them name the same. */
function agreedContacts(
  view: AccountView,
  wanted: readonly Wanted[],
): ReadonlyMap<string, string | undefined> {
  const named = new Map<string, string | undefined>();
  for (const one of wanted) {
    const key = shareOf(view, one);
    const { contact } = one.item.invoice;
    named.set(key, named.has(key) && named.get(key) !== contact ? undefined : contact);
  }
  return named;
}
