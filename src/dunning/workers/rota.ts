import { RecobroError } from '../../errors.js';

/** Looks right after one another at one tenant, before wake-ups have to wait for each other. */
const mostInARow = 10;
/** Then they wait so long, in milliseconds: an account that never comes to rest keeps nobody busy. */
const breath = 1_000;

/** Someone who waits for a look. */
interface Waiter {
  readonly seen: () => void;
  readonly failed: (error: unknown) => void;
}

/** A tenant's place in the rota. */
export interface Seat<T> {
  readonly of: T;
  /** When it is looked at next. */
  due: number;
  /** When that was settled, for clocks that step back. */
  since: number;
  running: boolean;
  /** Woken while it ran: what it found may be old. */
  again: boolean;
  /** How often that happened in a row. */
  row: number;
  /** Failures in a row. */
  failures: number;
  /** Number of its last turn. */
  turn: number;
  /** Those who asked before the run that goes on began, and since. */
  asked: Waiter[];
  waiting: Waiter[];
}

function stopped(): RecobroError {
  return new RecobroError('closed', 'The worker was stopped.');
}

/** Who is next: of the tenants that are due, the one that waited longest for its turn, so that none starves. */
export class Rota<T extends { readonly tenant: string }> {
  readonly #seats: readonly Seat<T>[];
  readonly #interval: number;
  #turn = 0;
  #closed = false;

  constructor(tenants: readonly T[], interval: number) {
    this.#interval = interval;
    this.#seats = tenants.map((of) => ({
      of,
      due: 0,
      since: 0,
      running: false,
      again: false,
      row: 0,
      failures: 0,
      turn: 0,
      asked: [],
      waiting: [],
    }));
  }

  /** The next tenant whose look is due, if one is. */
  take(now: number): Seat<T> | undefined {
    const [next] = this.#seats
      .filter((seat) => !seat.running && this.#wait(seat, now) <= 0)
      .sort((a, b) => a.turn - b.turn);
    if (next === undefined) return undefined;
    next.running = true;
    next.again = false;
    next.turn = ++this.#turn;
    next.asked = next.waiting;
    next.waiting = [];
    return next;
  }

  /** A look ended. @param next when something is known to be due; at the interval otherwise */
  done(seat: Seat<T>, now: number, next: number | undefined): void {
    seat.failures = 0;
    this.#leave(seat, now, next ?? now + this.#interval);
    for (const { seen } of seat.asked.splice(0)) seen();
  }

  /** A look failed: the next one comes after a pause that doubles each time. Wake-ups do not shorten it. */
  failed(seat: Seat<T>, now: number, pause: number, error: unknown): void {
    const wait = Math.min(this.#interval, pause * 2 ** Math.min(seat.failures, 20));
    seat.failures++;
    seat.again = false;
    this.#leave(seat, now, now + wait);
    for (const { failed } of seat.asked.splice(0)) failed(error);
  }

  /** Someone asks for a look, at a tenant or at all; settles with the first one that begins from now on. */
  async wake(tenant: string | undefined): Promise<void> {
    if (this.#closed) throw stopped();
    const meant = this.#seats.filter((seat) => tenant === undefined || seat.of.tenant === tenant);
    const looks = meant.map((seat) => {
      if (seat.running) seat.again = true;
      else if (seat.failures === 0) seat.due = 0;
      return new Promise<void>((seen, failed) => seat.waiting.push({ seen, failed }));
    });
    await Promise.all(looks);
  }

  /** Milliseconds until somebody is due, the interval at most. */
  wait(now: number): number {
    const waits = this.#seats.filter((seat) => !seat.running).map((seat) => this.#wait(seat, now));
    return Math.max(0, Math.min(this.#interval, ...waits));
  }

  /** Nobody is looked at any more. */
  close(): void {
    this.#closed = true;
    for (const seat of this.#seats) {
      for (const { failed } of seat.waiting.splice(0)) failed(stopped());
    }
  }

  #leave(seat: Seat<T>, now: number, due: number): void {
    seat.running = false;
    seat.row = seat.again ? seat.row + 1 : 0;
    seat.due = !seat.again ? due : seat.row > mostInARow ? now + breath : 0;
    seat.since = now;
  }

  /** No look is further away than the interval, even when the clock stepped back. */
  #wait(seat: Seat<T>, now: number): number {
    if (now < seat.since) seat.since = now;
    return Math.min(seat.due, seat.since + this.#interval) - now;
  }
}
