import { sleepOn } from '../../clock.js';
import type { Act } from '../../engine/index.js';
import type { ActMove, StoredAct } from '../../stores/store.js';
import { changeAccounts } from '../change.js';
import { fromJson, toJson } from '../codec.js';
import type { Context } from '../context.js';
import { type Dispatched, dayOf } from '../outcomes.js';
import { type CapacityLook, capacityLook } from './capacity/in-force.js';
import { type Going, goingOf, rememberSenders } from './going.js';
import { type Pauses, pauseLook } from './pauses.js';
import type { Limited, ReachedLimit } from './rates/limits.js';
import { Permits, type Wait } from './rates/permits.js';
import { failedClaim } from './settle.js';
import { standsStill } from './still.js';

/** Waits so short are made by the run itself, with the acts in its hands; longer ones in the store. */
const shortWait = 5_000;
/** Of its claim, what an act that waits has to have left at least. */
const leastLease = 20_000;

/** What somebody wrote is for people when the answer of the host's bot could not go out for longer than this. */
const answerWait = 5 * 60_000;

/** Code of what keeps an act back, and until when. */
interface Kept {
  readonly row: StoredAct;
  readonly until: number;
  readonly code: 'recobro:rate' | 'recobro:paused';
  /** Which limit it is. */
  readonly limit?: ReachedLimit | undefined;
}

/**
 * What stands between a claim and a call: limits of senders, and pauses. What
 * is kept back stays ready with its next instant; it costs no attempt and no
 * entry of the log, and is never dropped. What may go within seconds is waited
 * for, so that one run sends as fast as the limits let it.
 */
export class Throttle {
  readonly #context: Context;
  readonly #time: () => number;
  readonly #permits: Permits;
  readonly #pauses: Pauses;
  readonly #capacity: CapacityLook;
  /** What the limits know of acts in the hands of this run. */
  readonly #going = new Map<string, Limited>();
  #waiting: Kept[] = [];
  /** Kept back for longer, until it is known whether the acts before them need all of their permits. */
  #behind: Kept[] = [];
  /** Whether an act came to an end without a call, so that its permits are others'. */
  #freed = false;
  /** Instants within reach at which what was put off may be claimed again. */
  #soon: number[] = [];

  constructor(context: Context, time: () => number) {
    const { settings, shared } = context.outbox;
    this.#context = context;
    this.#time = time;
    this.#permits = new Permits(shared, context.tenant, settings.rates);
    this.#pauses = pauseLook(context);
    this.#capacity = capacityLook(context);
  }

  /** Whether nothing of the tenant may go out now. */
  async paused(now: number): Promise<boolean> {
    return this.#context.outbox.settings.safe || (await this.#pauses.all(now));
  }

  /** Acts that waited for their moment in this run, and how many still do. */
  take(now: number): readonly StoredAct[] {
    const over = this.#waiting.filter(({ until }) => until <= now);
    this.#waiting = this.#waiting.filter(({ until }) => until > now);
    return over.map(({ row }) => row);
  }

  /** Which of these may go: the others wait, or are put off. */
  async sort(rows: readonly StoredAct[], now: number, results: Dispatched[]): Promise<readonly StoredAct[]> {
    const kept: Kept[] = [];
    const open: StoredAct[] = [];
    for (const row of rows) {
      const until = this.#pauses.until(channelOf(row), now);
      if (until === undefined) open.push(row);
      else kept.push({ row, until, code: 'recobro:paused' });
    }
    const limits = await this.#capacity.limits(now);
    this.#permits.follow(limits);
    const going = await goingOf(
      this.#context,
      open.map((row) => fromJson<Act>(row.data)),
      limits,
      now,
    );
    const waiting = await this.#allot(going, now);
    for (const row of open) {
      const wait = waiting.get(row.id);
      if (wait !== undefined) kept.push({ row, ...wait, code: 'recobro:rate' });
    }
    await this.#keep(kept, now, results);
    return waiting.size === 0 ? open : open.filter((row) => !waiting.has(row.id));
  }

  /** Takes permits, by other senders where the own one is full and others may stand in. Answers those that wait. */
  async #allot(going: readonly Going[], now: number): Promise<ReadonlyMap<string, Wait>> {
    for (const { act } of going) this.#going.set(act.id, act);
    const waiting = new Map(
      await this.#permits.allot(
        going.map(({ act }) => act),
        now,
      ),
    );
    for (let n = 0; ; n++) {
      const again: Limited[] = [];
      for (const { act, others } of going) {
        const wait = waiting.get(act.id);
        const via = others[n];
        if (wait === undefined || via === undefined) continue;
        this.#permits.unqueue(this.#going.get(act.id) ?? act, wait.until);
        const moved = { ...act, via };
        this.#going.set(act.id, moved);
        again.push(moved);
      }
      if (again.length === 0) break;
      const still = await this.#permits.allot(again, now);
      for (const { id } of again) {
        const wait = still.get(id);
        const before = waiting.get(id);
        if (wait === undefined) waiting.delete(id);
        else if (before === undefined || wait.until < before.until) waiting.set(id, wait);
      }
    }
    const goes = going.flatMap(({ act }) => (waiting.has(act.id) ? [] : [this.#going.get(act.id) ?? act]));
    await rememberSenders(this.#context, goes);
    return waiting;
  }

  /** By which of the channel's senders an act goes, where the channel has several. */
  via(act: string): string | undefined {
    return this.#going.get(act)?.via;
  }

  /** The last look, right before an act begins: its permit may have grown old. False when it is kept back after all. */
  async begin(row: StoredAct, results: Dispatched[]): Promise<boolean> {
    const now = this.#time();
    const wait = await this.#permits.begin(row.id, now);
    if (wait === undefined) return true;
    await this.#keep([{ row, ...wait, code: 'recobro:rate' }], now, results);
    return false;
  }

  /** An act came to its end for this run. @param called whether its provider was called */
  done(row: StoredAct, called: boolean): void {
    this.#permits.done(row.id, called);
    this.#going.delete(row.id);
    if (!called) this.#freed = true;
  }

  /** An act does not begin in this run. */
  left(row: StoredAct): void {
    this.#permits.done(row.id, false);
    this.#going.delete(row.id);
  }

  /**
   * Gives back permits that nobody used. What was kept back for the lack of them comes next: acts that always
   * fail before their call would else keep others back for ever. Without such permits it is put off.
   */
  async settle(results: Dispatched[]): Promise<void> {
    const now = this.#time();
    await this.#permits.giveBack(now);
    const { next = [], off = [] } = Object.groupBy(this.#behind.splice(0), (one) =>
      this.#freed && leaseLeft(one, now) >= leastLease ? 'next' : 'off',
    );
    this.#freed = false;
    for (const one of next) {
      this.#permits.unqueue(this.#going.get(one.row.id) ?? fromJson<Act>(one.row.data), one.until);
      this.#waiting.push({ ...one, until: now });
    }
    await this.#putOff(off, now, results);
  }

  /** Waits until something may go again that this run kept back; false when that is not soon. */
  async wait(now: number, signal: AbortSignal | undefined): Promise<boolean> {
    this.#soon = this.#soon.filter((at) => at > now);
    const next = Math.min(...this.#waiting.map(({ until }) => until), ...this.#soon);
    if (standsStill(this.#time) || next - now > shortWait) return false;
    const { work } = this.#context.outbox;
    const over = signal === undefined ? work.ending : AbortSignal.any([signal, work.ending]);
    await sleepOn(this.#context.clock, next - now, over);
    return true;
  }

  /** The run ends: what waits in its hands is put off. */
  async end(results: Dispatched[]): Promise<void> {
    await this.#putOff(this.#waiting.splice(0), this.#time(), results);
  }

  async #keep(kept: readonly Kept[], now: number, results: Dispatched[]): Promise<void> {
    const still = standsStill(this.#time);
    const later: Kept[] = [];
    for (const one of kept) {
      const wait = one.until - now;
      if (one.code !== 'recobro:rate') later.push(one);
      else if (!still && wait <= shortWait && leaseLeft(one, now) - wait >= leastLease)
        this.#waiting.push(one);
      else this.#behind.push(one);
    }
    await this.#putOff(later, now, results);
  }

  /**
   * Ready again, at its next instant; several accounts in one commit. An account that cannot be read stays claimed. An
   * answer to somebody who waits for it is taken back where that instant is far: then people see the message at once.
   */
  async #putOff(kept: readonly Kept[], now: number, results: Dispatched[]): Promise<void> {
    if (kept.length === 0) return;
    const of = Map.groupBy(kept, ({ row }) => row.account);
    const broken = new Map<string, unknown>();
    const onFailure = (account: string, error: unknown): void => void broken.set(account, error);
    const done = await changeAccounts(
      this.#context,
      [...of.keys()],
      { at: now, actor: 'recobro', onFailure },
      (file, account) => {
        const own = of.get(account) ?? [];
        const late = own.filter(isLate);
        const on = dayOf(this.#context, file, now);
        return {
          events: late.map(({ row, code }) => ({ type: 'act.withdrawn', act: row.id, reason: code, on })),
          acts: own.map((one) => moved(one, now)),
          ...(late.length === 0 ? {} : { next: () => 0 }),
          result: undefined,
        };
      },
    );
    for (const one of kept) {
      const { row, until, code, limit } = one;
      if (broken.has(row.account)) {
        results.push(failedClaim(this.#context, row, broken.get(row.account)));
        continue;
      }
      // Somebody else's by now.
      if (done.get(row.account)?.ok !== true) continue;
      const told = limit === undefined ? {} : { limit };
      if (isLate(one)) {
        results.push({ act: fromJson<Act>(row.data), outcome: 'skipped', code, ...told });
        continue;
      }
      results.push({ act: fromJson<Act>(row.data), outcome: 'delayed', code, until, ...told });
      if (code === 'recobro:rate') this.#soon.push(until);
    }
  }
}

/** Whether it answers somebody who would wait too long, and whose message is for nobody else so far. */
function isLate({ row, until }: Kept): boolean {
  const { answers, review } = fromJson<Act>(row.data);
  return answers?.kind === 'message' && answers.settles === true && until - review > answerWait;
}

function moved(one: Kept, now: number): ActMove {
  const { row, until, code, limit } = one;
  const { id, token } = row;
  const base = { op: 'move', id, from: ['claimed'], ...(token === null ? {} : { token }) } as const;
  if (isLate(one)) return { ...base, to: 'withdrawn', result: { reason: code } };
  const result = { code, at: now, ...(limit === undefined ? {} : { limit: toJson(limit) }) };
  return { ...base, to: 'ready', notBefore: until, result };
}

/** An act that was kept back and went out in the same run is told of once. */
export function toldOnce(results: readonly Dispatched[]): readonly Dispatched[] {
  const last = new Map(results.map((one) => [one.act.id, one]));
  return results.filter((one) => one.code !== 'recobro:rate' || last.get(one.act.id) === one);
}

/** Milliseconds for which an act is still this run's. */
function leaseLeft({ row }: Kept, now: number): number {
  return (row.lease ?? now) - now;
}

function channelOf({ data }: StoredAct): string | undefined {
  return fromJson<Act>(data).channel;
}

/** Whether a provider was called, as far as can be told: else its permit counts, to be safe. */
export function wasCalled(result: Dispatched): boolean {
  if (result.outcome === 'skipped') return false;
  return (
    result.outcome === 'sent' || result.outcome === 'unknown' || result.code?.startsWith('recobro:') !== true
  );
}
