/**
 * The queue port: two functions that wake workers. The store owns what is to
 * be done, how often it was tried and when it is tried next; a queue only says
 * "look now". So a wake-up may come twice, late, or never: workers look by
 * themselves as well, at an interval, and what nobody was woken for is found
 * then. Nothing is ever sent because of a wake-up that the store does not say
 * is to be sent.
 */

/** What a worker is to look at, and when. */
export interface Wakeup {
  /** Absent: everything that the worker serves. */
  readonly tenant?: string | undefined;
  /** Not before this instant, in milliseconds since 1970; absent, or in the past: at once. */
  readonly at?: number | undefined;
}

/** Hears of wake-ups. Its promise settles when the work was looked at; a rejection may bring the wake-up again. */
export type WakeListener = (wakeup: Wakeup) => Promise<void>;

/** Options of {@link Queue.wake}. */
export interface WakeOptions {
  /**
   * The transaction of the decision, as the store's documentation says. A queue
   * that keeps its jobs in the same database writes them there, so that a wake-up
   * exists if and only if the decision does. Others may wake at once, and too
   * early: the work is then found by the next look.
   */
  readonly transaction?: unknown;
}

/** The port. */
export interface Queue {
  /**
   * Asks that some worker looks, of this process or another. Many wake-ups of
   * one tenant may come as one; one that lies far ahead may be left out, since
   * workers look by themselves. Rejects when nobody can be asked; recobro logs
   * that and goes on, but in a transaction of the host it passes it on.
   */
  wake(wakeups: readonly Wakeup[], options?: WakeOptions): Promise<void>;
  /** Calls the listener for wake-ups whose time has come, until the function in the answer was called and its promise settled. */
  onWake(listener: WakeListener): Promise<() => Promise<void>>;
  /**
   * Whether `wake` writes into the transaction it is given. Absent: no; then
   * recobro asks after its commits instead of inside them.
   */
  readonly joins?: boolean | undefined;
}
