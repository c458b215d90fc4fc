import { formatDay, localDay } from '../calendar/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import { byId } from '../ledger/order.js';
import { followUps, mayFollow } from './actions/index.js';
import type { Act } from './acts.js';
import type { Engine } from './compile.js';
import { type DecideOptions, type Decision, decide } from './decide.js';
import type { FileEvent } from './events.js';
import { evolveAll } from './evolve.js';
import { viewOf } from './look.js';
import { isStageMark } from './marks.js';
import { rankOf } from './rank.js';
import { recheck } from './recheck.js';

/** A message that is decided and not finished: a row of the outbox. */
export interface InOutbox {
  readonly act: Act;
  /** It is not tried before; milliseconds since 1970. */
  readonly notBefore: number;
  /** Code of what keeps it back until then: a limit of its sender, a failure. */
  readonly reason?: string | undefined;
}

/** What is taken for granted of the world while nothing is told. */
export interface Assumptions {
  /**
   * What becomes of messages. `accepted` (default): providers take each at once, and nothing more is heard
   * of it, so that the next place of a channel chain has its turn when patience ends. `delivered`: each
   * arrives at once as well.
   */
  readonly messages?: 'accepted' | 'delivered' | undefined;
  /** What people do with proposals. `left` (default): nothing. `confirmed`: each at once, as done by hand. */
  readonly proposals?: 'left' | 'confirmed' | undefined;
}

/**
 * What becomes of an act at an instant: a message is `sent`, or `proposed` to
 * a person, or `confirmed` by one; work for people and the host is `raised`.
 */
export type Becomes = 'sent' | 'proposed' | 'confirmed' | 'raised';

/** An act, and when what becomes of it. */
export interface Planned {
  readonly at: number;
  readonly act: Act;
  readonly becomes: Becomes;
}

/** What an account starts from. */
export interface AheadOptions extends Assumptions {
  /** Messages that are decided and not finished. Without their rows they stay where they are. */
  readonly outbox?: readonly InOutbox[] | undefined;
  /** When the account is reviewed first: as the store has it, `null` for never. Default: at once. */
  readonly due?: number | null | undefined;
}

/** No account is reviewed this often at one instant; more would mean that it never comes to rest. */
const mostRounds = 50;

interface Entry {
  readonly at: number;
  readonly act: Act;
  becomes: Becomes | undefined;
}

/**
 * An account played forward: reviews and sends as the shell does, by `decide`,
 * `recheck`, `followUps` and `evolve` alone, with the answers of providers and
 * people taken for granted. It has no rules of its own and writes nothing.
 */
export class Ahead {
  file: AccountFile;
  /** Everything that happened, in order. */
  readonly events: FileEvent[] = [];
  /** The last decision. */
  last: Decision | undefined;
  readonly #engine: Engine;
  readonly #assumed: Assumptions;
  readonly #decide: DecideOptions;
  /** Messages that are ready. */
  readonly #ready = new Map<string, InOutbox>();
  readonly #known = new Map<string, Act>();
  #due: number;
  #rounds = 0;

  constructor(
    engine: Engine,
    file: AccountFile,
    options: AheadOptions = {},
    decideOptions: DecideOptions = {},
  ) {
    this.#engine = engine;
    this.#assumed = options;
    this.#decide = decideOptions;
    this.file = file;
    this.#due = options.due === null ? Number.POSITIVE_INFINITY : (options.due ?? Number.NEGATIVE_INFINITY);
    for (const row of options.outbox ?? []) {
      this.#known.set(row.act.id, row.act);
      if (file.acts.get(row.act.id)?.state === 'planned' && row.act.kind === 'message')
        this.#ready.set(row.act.id, row);
    }
  }

  /** When something may happen next; absent when nothing will. */
  get next(): number | undefined {
    let first = this.#due;
    for (const { notBefore } of this.#ready.values()) first = Math.min(first, notBefore);
    if (this.#confirms && this.#proposals().length > 0) first = Number.NEGATIVE_INFINITY;
    return first === Number.POSITIVE_INFINITY ? undefined : first;
  }

  get #confirms(): boolean {
    return this.#assumed.proposals === 'confirmed';
  }

  /**
   * All that happens at an instant, until the account comes to rest: what is
   * due is reviewed, what is ready is asked again and sent, over and over.
   *
   * @returns what came of it, in the order of decision
   * @throws RecobroError `backdated_review` unless that is accepted; `impossible_state` when it never comes to rest
   */
  play(at: number): readonly Planned[] {
    this.#rounds = 0;
    const entries = new Map<string, Entry>();
    for (;;) {
      this.#review(at, entries);
      if (this.#dispatch(at, entries)) continue;
      if (!this.#confirms || !this.#confirm(at, entries)) break;
    }
    const planned: Planned[] = [];
    for (const { at: when, act, becomes } of entries.values())
      if (becomes !== undefined) planned.push({ at: when, act, becomes });
    return planned;
  }

  #take(events: readonly FileEvent[]): void {
    if (events.length === 0) return;
    this.file = evolveAll(this.file, events);
    for (const event of events) this.events.push(event);
  }

  #review(at: number, entries: Map<string, Entry>): void {
    const { occasion = at } = this.#decide;
    while (this.#due <= at) {
      this.#count();
      const decision = decide(this.#engine, this.file, at, { ...this.#decide, occasion });
      this.last = decision;
      this.#take(decision.events);
      for (const act of decision.acts) this.#enter(act, at, entries);
      const { next = Number.POSITIVE_INFINITY } = decision;
      this.#due = next;
    }
  }

  #enter(act: Act, at: number, entries: Map<string, Entry>): void {
    this.#known.set(act.id, act);
    // Planned and over at once: the log tells of it, the outbox never had it.
    if (!this.file.acts.has(act.id)) return;
    const message = act.kind === 'message' && act.mode === undefined;
    if (message) this.#ready.set(act.id, { act, notBefore: at });
    const becomes = message ? undefined : act.mode === undefined ? 'raised' : 'proposed';
    entries.set(act.id, { at, act, becomes });
  }

  /** @returns whether anything was tried */
  #dispatch(at: number, entries: Map<string, Entry>): boolean {
    const rows = [...this.#ready.values()]
      .filter(({ notBefore }) => notBefore <= at)
      // As workers claim them.
      .sort(
        (a, b) => this.#rank(a.act) - this.#rank(b.act) || a.notBefore - b.notBefore || byId(a.act, b.act),
      );
    const reviewed = this.file;
    for (const row of rows) this.#send(row, at, entries, reviewed === this.file && row.notBefore === at);
    return rows.length > 0;
  }

  #rank(act: Act): number {
    return rankOf(act, this.#engine.plan.zone);
  }

  /** @param fresh nothing happened since the review of this instant that planned it: the first message of a stage is right then */
  #send({ act }: InOutbox, at: number, entries: Map<string, Entry>, fresh: boolean): void {
    this.#count();
    const on = formatDay(localDay(at, this.file.account?.zone ?? this.#engine.plan.zone));
    this.#ready.delete(act.id);
    const sure = fresh && entries.has(act.id) && act.covers.every(isStageMark);
    const checked = sure ? { ok: true as const } : recheck(this.#engine, this.file, act, at);
    if (!checked.ok) {
      if (checked.until !== undefined) {
        this.#ready.set(act.id, { act, notBefore: checked.until });
        return;
      }
      if (this.file.acts.has(act.id))
        this.#take([
          { type: 'act.withdrawn', act: act.id, reason: checked.reason, on },
          ...(checked.refreshed ?? []),
        ]);
      this.#due = at;
      return;
    }
    this.#finish({ type: 'act.accepted', act: act.id, at, on }, act, at, entries, 'sent');
    if (this.#assumed.messages === 'delivered')
      this.#take([{ type: 'act.delivered', act: act.id, at, on, covers: act.covers }]);
  }

  /** The outcome of an act, with what it completes. */
  #finish(event: FileEvent, act: Act, at: number, entries: Map<string, Entry>, becomes: Becomes): void {
    this.#take([event]);
    if (mayFollow(this.#engine, this.file, [])) this.#complete(act, at, entries);
    const known = entries.get(act.id);
    if (known === undefined) entries.set(act.id, { at, act, becomes });
    else known.becomes = becomes;
    this.#due = at;
  }

  #complete(act: Act, at: number, entries: Map<string, Entry>): void {
    const view = viewOf(this.#engine, this.file, at);
    const follow = followUps(this.#engine, view, this.file, act.review, [], act);
    this.#take([
      ...follow.events,
      ...follow.acts.map((one): FileEvent => ({ type: 'act.planned', act: one })),
    ]);
    for (const one of follow.acts) this.#enter(one, at, entries);
  }

  #proposals(): readonly Act[] {
    const acts: Act[] = [];
    for (const { id, state } of this.file.acts.values()) {
      const act = state === 'proposed' ? this.#known.get(id) : undefined;
      if (act !== undefined) acts.push(act);
    }
    return acts.sort(byId);
  }

  /** @returns whether there was anything to confirm */
  #confirm(at: number, entries: Map<string, Entry>): boolean {
    const proposals = this.#proposals();
    const on = formatDay(localDay(at, this.file.account?.zone ?? this.#engine.plan.zone));
    for (const act of proposals) {
      this.#count();
      this.#finish(
        { type: 'act.confirmed', act: act.id, at, on, author: 'forecast' },
        act,
        at,
        entries,
        'confirmed',
      );
    }
    return proposals.length > 0;
  }

  #count(): void {
    if (++this.#rounds <= mostRounds * 4) return;
    const id = JSON.stringify(this.file.id);
    throw new RecobroError('impossible_state', `the account ${id} never comes to rest`);
  }
}
