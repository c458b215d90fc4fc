import { formatDay, instantAt, localDay, parseDay } from '../../src/calendar/index.js';
import {
  type Act,
  askStage,
  compile,
  type Decision,
  decide,
  type Engine,
  evolveAll,
  type FileEvent,
  followUps,
  moveItems,
  recheck,
  recordContact,
  resetItems,
  skipStage,
  takeBackItems,
  viewOf,
} from '../../src/engine/index.js';
import { isRecobroError } from '../../src/errors.js';
import type { AccountFile } from '../../src/ledger/file.js';
import { firstDay } from './arbitrary.js';
import type { AnyDocuments } from './arbitrary-plans.js';
import type { Fate, Step, What } from './arbitrary-steps.js';
import { fileOf } from './build.js';

/** Documents, first facts, and what happens. */
export interface Life {
  readonly documents: AnyDocuments;
  readonly ledger: readonly FileEvent[];
  readonly steps: readonly Step[];
}

/** Where a life stands. */
export interface Moment {
  readonly engine: Engine;
  readonly file: AccountFile;
  readonly now: number;
  /** Every act there ever was, by id, in the order in which they were planned. */
  readonly acts: ReadonlyMap<string, Act>;
  /** Everything since the first facts, in order. */
  readonly log: readonly FileEvent[];
  /** What the host was last told of each effect. */
  readonly effects: ReadonlyMap<string, 'on' | 'off'>;
}

/** What is looked at while a life goes on. */
export interface Witness {
  /** Each decision, with the moment before it. */
  decided?(decision: Decision, before: Moment, occasion: number): void;
  /** After each step, when nothing is left to be decided. */
  rested?(moment: Moment): void;
}

/** Reviews at one instant that an account may need until it rests. */
const mostRounds = 40;

/** Verbs may refuse what is asked of them; anything else that is thrown is a fault. */
const refusals = [
  'empty_selection',
  'nothing_to_chase',
  'not_receivable',
  'out_of_scope',
  'unknown_id',
  'impossible_state',
] as const;

/** Lives a life as the shell would, without a store: decides, sends, and takes what people say. */
export class Living {
  file: AccountFile;
  now: number;
  engine: Engine;
  readonly #documents: AnyDocuments;
  readonly #witness: Witness;
  readonly #acts = new Map<string, Act>();
  readonly #log: FileEvent[] = [];
  readonly #effects = new Map<string, 'on' | 'off'>();

  constructor({ documents, ledger }: Life, witness: Witness = {}) {
    this.#documents = documents;
    this.#witness = witness;
    this.engine = compile({ plan: documents.plan, policies: documents.policies });
    this.file = fileOf(...ledger);
    this.now = instantAt(parseDay(firstDay), 9 * 60, documents.plan.zone);
  }

  get moment(): Moment {
    const { engine, file, now } = this;
    return { engine, file, now, acts: this.#acts, log: this.#log, effects: this.#effects };
  }

  /** Everything that happens. */
  run(steps: readonly Step[]): this {
    for (const step of steps) this.step(step);
    return this;
  }

  step({ hours, what }: Step): void {
    this.now += hours * 3_600_000;
    try {
      this.#perform(what);
    } catch (error) {
      const refused = refusals.some((code) => isRecobroError(error, code));
      const byHand = what.kind !== 'review' && what.kind !== 'dispatch' && what.kind !== 'fact';
      if (!refused || !byHand) throw error;
    }
    this.review();
    this.#witness.rested?.(this.moment);
  }

  /** Decides until the account rests; nothing is sent meanwhile. */
  review(options: { readonly run?: string } = {}): void {
    const occasion = this.now;
    for (let round = 0; ; round++) {
      const decision = decide(this.engine, this.file, this.now, { occasion, ...options });
      this.#witness.decided?.(decision, this.moment, occasion);
      if (decision.events.length === 0) return;
      if (round === mostRounds)
        throw new Error(`never rests: ${JSON.stringify(decision.events).slice(0, 2000)}`);
      this.take(decision.events);
    }
  }

  /** Notes what happened. */
  take(events: readonly FileEvent[]): void {
    this.file = evolveAll(this.file, events);
    for (const event of events) {
      this.#log.push(event);
      if (event.type !== 'act.planned') continue;
      const { act } = event;
      if (this.#acts.has(act.id)) throw new Error(`the act ${act.id} was planned before`);
      this.#acts.set(act.id, act);
      if (act.kind === 'effect') this.#effects.set(act.name ?? '', act.effect ?? 'on');
    }
  }

  /** The outcome of an act, with what it completes. */
  #complete(events: readonly FileEvent[], act: Act): void {
    this.take(events);
    const follow = followUps(
      this.engine,
      viewOf(this.engine, this.file, this.now),
      this.file,
      act.review,
      [],
      act,
    );
    this.take([
      ...follow.events,
      ...follow.acts.map((one): FileEvent => ({ type: 'act.planned', act: one })),
    ]);
  }

  get #on(): string {
    return formatDay(localDay(this.now, this.file.account?.zone ?? this.engine.plan.zone));
  }

  /** The acts that are open and of these states, by id. */
  #open(states: readonly string[], kinds?: readonly string[]): Act[] {
    return [...this.file.acts.values()]
      .filter((one) => states.includes(one.state) && (kinds === undefined || kinds.includes(one.kind)))
      .map((one) => this.#acts.get(one.id))
      .filter((one) => one !== undefined)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  #perform(what: What): void {
    const { engine, file, now } = this;
    const on = this.#on;
    const at = now;
    const by = { author: 'eva' };
    const picked = <T>(all: readonly T[], pick: number): T | undefined => all[pick % Math.max(all.length, 1)];
    switch (what.kind) {
      case 'fact':
        return this.take([what.fact(on)]);
      case 'review': {
        if (what.run !== undefined) this.review({ run: what.run });
        if (what.only !== undefined) this.take(decide(engine, this.file, now, { only: what.only }).events);
        return;
      }
      case 'dispatch':
        return this.#dispatch(what.fates);
      case 'ask':
        return this.take(askStage(engine, file, now, what, by));
      case 'skip':
        return this.take(skipStage(engine, file, now, what, by));
      case 'move':
        return this.take(moveItems(engine, file, now, what, by));
      case 'reset':
        return this.take(resetItems(engine, file, now, what, by));
      case 'take-back':
        return this.take(takeBackItems(engine, file, now, what, by));
      case 'record':
        return this.take([recordContact(engine, file, now, { ...what, channel: 'phone' }, by)]);
      case 'assign':
        return this.take([{ type: 'account.assigned', to: { owner: 'eva', on, ...by } }]);
      case 'unassign':
        return this.take(file.assigned === undefined ? [] : [{ type: 'account.released', on, ...by }]);
      case 'newer': {
        const { plan, policies, newer } = this.#documents;
        this.engine = compile({ plan, policies: [...policies, newer] });
        return;
      }
      case 'approve': {
        const act = picked(
          this.#open(['proposed'], ['message']).filter((one) => one.mode === 'approve'),
          what.pick,
        );
        return act === undefined
          ? undefined
          : this.take([{ type: 'act.approved', act: act.id, at, on, ...by }]);
      }
      case 'confirm': {
        const act = picked(this.#open(['proposed', 'planned'], ['message']), what.pick);
        if (act !== undefined) this.#complete([{ type: 'act.confirmed', act: act.id, at, on, ...by }], act);
        return;
      }
      case 'discard': {
        const act = picked(this.#open(['proposed', 'planned'], ['message']), what.pick);
        if (act === undefined) return;
        const policy =
          engine.versions.get(`${act.policy.id}@${act.policy.version}`) ?? engine.policies.get(act.policy.id);
        return this.take([
          { type: 'act.discarded', act: act.id, on, next: policy?.policy.discarded ?? 'skip', ...by },
        ]);
      }
      case 'complete': {
        const kinds = ['task', 'alert', 'effect', 'handover', 'write-off'];
        const act = picked(this.#open(['planned'], kinds), what.pick);
        return act === undefined
          ? undefined
          : this.take([{ type: 'task.closed', act: act.id, reason: 'completed', on, author: 'eva' }]);
      }
      case 'fee': {
        const act = picked(this.#open(['planned'], ['fee']), what.pick);
        if (act === undefined) return;
        const charges = what.outcome === 'void' ? { charges: act.charges ?? [] } : {};
        return this.take([
          { type: 'fee.settled', act: act.id, on, outcome: what.outcome, ...charges, ...by },
        ]);
      }
      case 'resolve': {
        const act = picked(this.#open(['unknown']), what.pick);
        if (act !== undefined)
          this.#complete([{ type: 'act.resolved', act: act.id, at, on, sent: what.sent, ...by }], act);
        return;
      }
      case 'receipt': {
        const sent = this.#log.flatMap((event) => (event.type === 'act.accepted' ? [event.act] : []));
        const act = this.#acts.get(picked(sent, what.pick) ?? '');
        return act === undefined ? undefined : this.#receipt(act);
      }
    }
  }

  #receipt({ id, covers }: Act): void {
    const told = covers.every(({ subject, case: own, stage, occurrence }) => {
      const one = this.file.cases.get(subject)?.find((known) => known.id === own);
      const mark = one?.marks.find((known) => known.stage === stage && known.occurrence === occurrence);
      return mark === undefined || mark.delivered !== undefined || mark.act !== id;
    });
    if (!told) this.take([{ type: 'act.delivered', act: id, at: this.now, on: this.#on, covers }]);
  }

  /** Messages that are ready are asked again, then sent. */
  #dispatch(fates: readonly Fate[]): void {
    const at = this.now;
    const on = this.#on;
    for (const [index, act] of this.#open(['planned'], ['message']).entries()) {
      const fate = fates[index % fates.length] ?? 'accepted';
      if (fate === 'later') continue;
      const checked = recheck(this.engine, this.file, act, at);
      if (!checked.ok) {
        if (checked.until === undefined)
          this.take([
            { type: 'act.withdrawn', act: act.id, reason: checked.reason, on },
            ...(checked.refreshed ?? []),
          ]);
        continue;
      }
      switch (fate) {
        case 'accepted':
        case 'delivered':
          this.#complete([{ type: 'act.accepted', act: act.id, at, on }], act);
          if (fate === 'delivered') this.#receipt(act);
          break;
        case 'unknown':
          this.take([{ type: 'act.unknown', act: act.id, at, on, code: 'timeout' }]);
          break;
        default: {
          const address = fate === 'unusable' ? { address: `${act.contact}-${act.channel}` } : {};
          this.take([
            { type: 'act.refused', act: act.id, at, on, code: 'blocked', scope: 'recipient', ...address },
          ]);
        }
      }
    }
  }
}
