import type { LedgerFacts } from '../../src/ledger/facts.js';
import type { Documents, Policy, Stage, Trigger } from '../../src/policy/types.js';
import type { Performed } from './demo-life.js';
import { addMonth, Calendar, dateOf, localOf, nextOpen, startOf } from './naive-days.js';
import { type NaiveItem, NaiveLedger } from './naive-ledger.js';

/**
 * A second opinion on why a stage was not performed, written from the semantics
 * and the TSDoc of the documents and from nothing of the engine: it goes through
 * the days of one account with what was sent as given, and reckons the rest by
 * itself. It understands what the demo's documents say and refuses anything else.
 */

/** What is said of one stage of one item. */
export interface NaiveAnswer {
  readonly item: string;
  /** Empty where the item has no ladder. */
  readonly stage: string;
  /** `done`, `acts`, or guard and reason: `date: not_yet`. */
  readonly answer: string;
  /** Its planned day, where it waits for it. */
  readonly day?: string | undefined;
  /** The instant from which contact rules permit it. */
  readonly at?: number | undefined;
  /** Where the message goes that goes. */
  readonly channel?: string | undefined;
}

interface Mark {
  readonly done: boolean;
  readonly reason: string;
  readonly day: number;
}

/** One opening of one item. */
interface NaiveCase {
  readonly marks: Map<string, Mark>;
  shift: number;
  notBefore: number;
  paused: boolean;
}

/** A stage whose turn it is. */
interface Turn {
  readonly item: NaiveItem;
  readonly stage: Stage;
  /** What is over once it goes. */
  readonly before: readonly (readonly [stage: string, reason: string])[];
  /** Why it does not go; absent where it does. */
  held?: { readonly answer: string; readonly at?: number | undefined } | undefined;
}

/** When a skipped stage failed, at which guard. */
const guardOfSkip: Readonly<Record<string, string>> = {
  expired: 'date',
  condition: 'condition',
  hardship: 'condition',
};

export class NaiveAccount {
  readonly #id: string;
  readonly #zone: string;
  readonly #documents: Documents;
  readonly #calendar: Calendar;
  readonly #hours: { readonly from: number; readonly to: number };
  readonly #ledger = new NaiveLedger();
  readonly #cases = new Map<string, NaiveCase>();
  /** What was marked when an item was settled last. */
  readonly #closed = new Map<string, ReadonlyMap<string, Mark>>();
  /** Stages done in earlier openings. */
  readonly #earlier = new Map<string, Set<string>>();
  /** Messages that went out or may have, with the items whose outcome is not known. */
  #touches: Performed[] = [];
  #lost: Performed[] = [];
  readonly #wrong = new Set<string>();
  #turns: readonly Turn[] = [];

  constructor(id: string, zone: string, documents: Documents) {
    this.#id = id;
    this.#zone = zone;
    this.#documents = documents;
    const { plan } = documents;
    this.#calendar = new Calendar(plan.calendar?.holidays ?? []);
    const [window, ...others] = plan.contact?.windows ?? [];
    if (window === undefined || others.length > 0 || window.days?.join() !== 'mon,tue,wed,thu,fri')
      throw new Error('contact hours that are not understood here');
    this.#hours = { from: minutes(window.from), to: minutes(window.to) };
  }

  learn(facts: LedgerFacts): void {
    this.#ledger.learn(facts, this.#id);
  }

  /** A person found out what became of a message. */
  resolve(one: Performed): void {
    this.#lost = this.#lost.filter((other) => other.act !== one.act);
    if (one.resolved?.sent !== true) this.#touches = this.#touches.filter((other) => other.act !== one.act);
    else
      for (const item of one.items)
        this.#mark(item, one.stage, { done: true, reason: '', day: this.#dayOf(one.at) });
  }

  /** Something went out, or was to. */
  perform(one: Performed): void {
    for (const item of one.items) {
      const turn = this.#turns.find((other) => other.item.id === item && other.stage.id === one.stage);
      const day = this.#dayOf(one.at);
      for (const [stage, reason] of turn?.before ?? []) this.#mark(item, stage, { done: false, reason, day });
      if (one.outcome === 'sent') this.#mark(item, one.stage, { done: true, reason: '', day });
    }
    if (one.outcome === 'refused') this.#wrong.add(`${one.channel} ${this.#addressOn(one.channel ?? '')}`);
    else if (one.kind === 'message') this.#touches.push(one);
    if (one.outcome === 'unknown') this.#lost.push(one);
  }

  /** Goes on to an instant; `asked`: what there is to say then of every stage of every item. */
  look(at: number, asked: boolean): NaiveAnswer[] {
    const today = this.#dayOf(at);
    const policy = this.#policy();
    const items = this.#ledger.items(today);
    if (policy === undefined)
      return items.map((item) => ({
        item: item.id,
        stage: '',
        answer: `${this.#whole(item) ?? 'policy: do_not_dun'}`,
      }));
    const turns: Turn[] = [];
    for (const item of items) {
      if (this.#whole(item) !== undefined) this.#close(item.id);
      else {
        const turn = this.#climb(item, policy, today);
        if (turn !== undefined) turns.push(turn);
      }
    }
    for (const turn of turns) turn.held = this.#heldBack(turn, policy, at, today);
    this.#turns = turns;
    const answers = (asked ? items : []).flatMap((item) =>
      policy.stages.map((stage): NaiveAnswer => {
        const turn = turns.find((other) => other.item === item);
        return { item: item.id, stage: stage.id, ...this.#answer(item, stage, policy, today, turn) };
      }),
    );
    for (const turn of turns) this.#giveWay(turn, policy, today);
    return answers;
  }

  /** Why nothing is owed. */
  #whole(item: NaiveItem): string | undefined {
    if (item.status !== 'open') return `owed: ${item.status}`;
    if (item.outstanding > 0) return undefined;
    return item.paid > 0 ? 'owed: paid' : 'owed: credited';
  }

  #answer(
    item: NaiveItem,
    stage: Stage,
    policy: Policy,
    today: number,
    turn: Turn | undefined,
  ): Pick<NaiveAnswer, 'answer' | 'day' | 'at' | 'channel'> {
    const whole = this.#whole(item);
    const one = this.#cases.get(item.id);
    const mark = (whole === undefined ? one?.marks : this.#closed.get(item.id))?.get(stage.id);
    if (mark?.done === true) return { answer: 'done' };
    if (mark !== undefined) return { answer: `${guardOfSkip[mark.reason] ?? 'order'}: ${mark.reason}` };
    if (whole !== undefined) return { answer: whole };
    if (item.dunnable <= 0) return { answer: `not_blocked: ${mainBlock(item)}` };
    if (this.#isLost(item.id)) return { answer: 'not_under_way: act_unknown' };
    const day = this.#stageDay(item, stage, policy);
    if (day === undefined) return { answer: 'order: after_previous' };
    if (day > today) return { answer: 'date: not_yet', day: dateOf(day) };
    const refusal = this.#refusal(item, stage, today);
    if (refusal !== undefined) return { answer: `condition: ${refusal}` };
    if (turn?.stage !== stage) return { answer: 'order: superseded' };
    if (turn.held !== undefined) return turn.held;
    return { answer: 'acts', channel: isMessage(stage) ? this.#channelOf(policy) : undefined };
  }

  /** Opens, pauses and resumes the case of an item, and finds the stage whose turn it is. */
  #climb(item: NaiveItem, policy: Policy, today: number): Turn | undefined {
    const one = this.#cases.get(item.id) ?? this.#open(item, policy, today);
    if (item.dunnable <= 0) {
      one.paused = true;
      return undefined;
    }
    if (one.paused) {
      one.paused = false;
      one.notBefore = today + 1;
      one.shift += this.#lacking(item, policy, one, today + 1);
    }
    if (this.#isLost(item.id)) return undefined;
    // A stage for before the due date says nothing true after it.
    for (const stage of policy.stages)
      if (isEarly(stage) && today > item.due && !one.marks.has(stage.id))
        one.marks.set(stage.id, { done: false, reason: 'expired', day: today });
    const due = this.#ahead(policy, one).filter(
      (stage) => (this.#stageDay(item, stage, policy) ?? today + 1) <= today,
    );
    const stage = due.findLast((other) => this.#refusal(item, other, today) === undefined);
    if (stage === undefined) return undefined;
    const index = policy.stages.indexOf(stage);
    const before = this.#ahead(policy, one)
      .filter((other) => policy.stages.indexOf(other) < index)
      .map((other) => [other.id, this.#refusal(item, other, today) ?? 'superseded'] as const);
    return { item, stage, before };
  }

  /** A debt that comes back keeps its dates; one that is old by the time it is known begins at its first overdue stage, today. */
  #open(item: NaiveItem, policy: Policy, today: number): NaiveCase {
    const one: NaiveCase = { marks: new Map(), shift: 0, notBefore: 0, paused: false };
    this.#cases.set(item.id, one);
    const earlier = this.#earlier.get(item.id);
    for (const stage of earlier ?? [])
      one.marks.set(stage, { done: false, reason: 'done_before', day: today });
    if (one.marks.size > 0 || today <= item.due) return one;
    for (const stage of policy.stages) {
      const day = this.#stageDay(item, stage, policy);
      if (day !== undefined && day <= item.due)
        one.marks.set(stage.id, { done: false, reason: 'entry', day: today });
    }
    one.shift = this.#lacking(item, policy, one, today);
    return one;
  }

  #close(item: string): void {
    const one = this.#cases.get(item);
    if (one === undefined) return;
    const done = this.#earlier.get(item) ?? new Set();
    for (const [stage, mark] of one.marks) if (mark.done) done.add(stage);
    this.#earlier.set(item, done);
    this.#closed.set(item, one.marks);
    this.#cases.delete(item);
  }

  /** Days that the next overdue stage lacks to a day. */
  #lacking(item: NaiveItem, policy: Policy, one: NaiveCase, target: number): number {
    for (const stage of this.#ahead(policy, one)) {
      const day = this.#ownDay(item, stage, policy);
      if (day !== undefined && day > item.due) return Math.max(0, target - day);
    }
    return 0;
  }

  /** Stages after the last that was done, without those that were skipped. */
  #ahead(policy: Policy, one: NaiveCase): Stage[] {
    const last = policy.stages.findLastIndex((stage) => {
      const mark = one.marks.get(stage.id);
      return mark?.done === true || mark?.reason === 'done_before';
    });
    return policy.stages.slice(last + 1).filter((stage) => !one.marks.has(stage.id));
  }

  #stageDay(item: NaiveItem, stage: Stage, policy: Policy): number | undefined {
    const day = this.#ownDay(item, stage, policy);
    return day === undefined ? undefined : Math.max(day, this.#cases.get(item.id)?.notBefore ?? 0);
  }

  #ownDay(item: NaiveItem, stage: Stage, policy: Policy): number | undefined {
    const { at } = stage;
    if (at === undefined || 'all' in at || 'any' in at)
      throw new Error('a trigger that is not understood here');
    const one = this.#cases.get(item.id);
    if (at.from === 'due') {
      const day = shifted(item.due, at);
      return day > item.due ? day + (one?.shift ?? 0) : day;
    }
    if (at.from !== 'previous') throw new Error(`a trigger from ${at.from} is not understood here`);
    const previous = policy.stages[policy.stages.indexOf(stage) - 1];
    const mark = one?.marks.get(previous?.id ?? '');
    if (mark === undefined) return undefined;
    return this.#calendar.next(this.#calendar.add(mark.day, businessDays(at.plus)));
  }

  #refusal(item: NaiveItem, stage: Stage, today: number): string | undefined {
    if (stage.tone !== 'friendly' && this.#ledger.account?.hardship === true) return 'hardship';
    const { when } = stage;
    if (when === undefined) return undefined;
    if (!('fact' in when) || when.fact !== 'item.daysPastDue' || typeof when.eq !== 'number')
      throw new Error('a condition that is not understood here');
    return today - item.due === when.eq ? undefined : 'condition';
  }

  /** Whether nobody can be written to, or not yet. */
  #heldBack(turn: Turn, policy: Policy, at: number, today: number): Turn['held'] {
    const one = this.#cases.get(turn.item.id);
    // One stage of a case a day.
    for (const mark of one?.marks.values() ?? [])
      if (mark.done && mark.day === today) return { answer: 'date: not_yet' };
    if (!isMessage(turn.stage)) return undefined;
    if (this.#channelOf(policy) === undefined) return { answer: 'recipient: unreachable' };
    return this.#contactRules(at, today);
  }

  /** The first channel, those that the contact prefers before the others, on which it may and can be written to. */
  #channelOf(policy: Policy): string | undefined {
    const contact = this.#ledger.account?.contacts?.[0];
    const named = (policy.via ?? []).map(({ channel }) => channel);
    const preferred = (contact?.prefers ?? []).filter((channel) => named.includes(channel));
    return [...preferred, ...named.filter((channel) => !preferred.includes(channel))].find((channel) => {
      const address = this.#addressOn(channel);
      const consent = contact?.consent?.[channel];
      if (consent !== undefined && (typeof consent === 'string' || !('state' in consent)))
        throw new Error('consent that is not understood here');
      const allowed = channel === 'email' ? consent?.state !== 'withdrawn' : consent?.state === 'granted';
      return allowed && address !== undefined && !this.#wrong.has(`${channel} ${address}`);
    });
  }

  #addressOn(channel: string): string | undefined {
    const contact = this.#ledger.account?.contacts?.[0];
    return channel === 'email' ? contact?.email : contact?.phone;
  }

  /** A gap of a day, the caps over rolling days, then office hours. */
  #contactRules(at: number, today: number): Turn['held'] {
    const { gap, caps } = this.#documents.plan.contact ?? {};
    if (gap !== '1d') throw new Error('a gap that is not understood here');
    // Each review is one occasion; this one does not count against itself.
    const days = [...new Set(this.#touches.filter((one) => one.at !== at).map((one) => one.at))]
      .map((one) => this.#dayOf(one))
      .sort((a, b) => b - a);
    let reason: string | undefined;
    let day = today;
    if (days[0] === today) {
      day = today + 1;
      reason = 'gap';
    }
    for (const { max, per } of caps ?? []) {
      const oldest = days[max - 1];
      const free = oldest === undefined ? day : oldest + wholeDays(per ?? '0d');
      if (free <= day) continue;
      day = free;
      reason = 'cap';
    }
    const from = day === today ? at : startOf(day, this.#zone);
    const open = nextOpen(from, this.#zone, this.#hours, this.#calendar);
    if (open === at) return undefined;
    const shut = this.#calendar.isHoliday(this.#dayOf(from));
    return { answer: `contact_rules: ${reason ?? (shut ? 'holiday' : 'window')}`, at: open };
  }

  /** What is pushed onto or past the day of a later stage that surely acts then is over. */
  #giveWay({ item, stage, before, held }: Turn, policy: Policy, today: number): void {
    if (held?.at === undefined) return;
    const pushed = this.#dayOf(held.at);
    if (pushed <= today) return;
    for (const next of policy.stages.slice(policy.stages.indexOf(stage) + 1)) {
      const day = this.#stageDay(item, next, policy);
      if (day === undefined || day <= today || !isMessage(next)) continue;
      if (day > pushed) return;
      if (next.when !== undefined || this.#refusal(item, next, today) !== undefined) continue;
      for (const [other, reason] of before) this.#mark(item.id, other, { done: false, reason, day: today });
      this.#mark(item.id, stage.id, { done: false, reason: 'gave_way', day: today });
      return;
    }
  }

  #mark(item: string, stage: string, mark: Mark): void {
    this.#cases.get(item)?.marks.set(stage, mark);
  }

  #isLost(item: string): boolean {
    return this.#lost.some((one) => one.items.includes(item));
  }

  #dayOf(at: number): number {
    return localOf(at, this.#zone).day;
  }

  /** The policy of the first segment that the account is in, else the default. */
  #policy(): Policy | undefined {
    const { plan, policies } = this.#documents;
    const { account } = this.#ledger;
    if (account?.policy === null) return undefined;
    let id = plan.default;
    for (const { id: segment, when } of [...(plan.segments ?? [])].reverse()) {
      if (!('fact' in when) || when.fact !== 'account.tags' || when.has === undefined)
        throw new Error('a segment that is not understood here');
      if (account?.tags?.includes(when.has) === true)
        id = plan.assign?.find((one) => one.segment === segment)?.policy ?? id;
    }
    return policies.find((policy) => policy.id === id);
  }
}

function isMessage(stage: Stage): boolean {
  return stage.do.some((action) => 'send' in action);
}

function isEarly({ at }: Stage): boolean {
  return at !== undefined && 'minus' in at && at.minus !== undefined;
}

/** What keeps most back; of equals the first. */
function mainBlock({ blocks }: NaiveItem): string {
  const most = Math.max(...blocks.map((block) => block.amount));
  return blocks.find((block) => block.amount === most)?.kind ?? 'nothing';
}

function shifted(due: number, { plus, minus }: Trigger): number {
  const month = /^(\d+)mo$/.exec(plus ?? '');
  if (month !== null) return addMonth(due, Number(month[1]));
  if (plus !== undefined) return due + wholeDays(plus);
  return minus === undefined ? due : due - wholeDays(minus);
}

function wholeDays(text: string): number {
  const match = /^(\d+)d$/.exec(text);
  if (match === null) throw new Error(`${text} is not understood here`);
  return Number(match[1]);
}

function businessDays(text: string | undefined): number {
  const match = /^(\d+)bd$/.exec(text ?? '');
  if (match === null) throw new Error(`${text} is not understood here`);
  return Number(match[1]);
}

function minutes(clock: string): number {
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  return hour * 60 + minute;
}
