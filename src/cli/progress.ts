import { type Clock, systemClock } from '../clock.js';
import type { Io } from './io.js';

const onTerminal = 100;
const elsewhere = 5_000;

/**
 * How far long work has come, on standard error only: one line written over on
 * a terminal, a plain line every few seconds elsewhere, nothing with `quiet`.
 */
export class Progress {
  readonly #io: Io;
  readonly #quiet: boolean;
  readonly #clock: Clock;
  #last: number;
  #shown = false;

  constructor(io: Io, options: { readonly quiet: boolean; readonly clock?: Clock | undefined }) {
    this.#io = io;
    this.#quiet = options.quiet;
    this.#clock = options.clock ?? systemClock;
    this.#last = this.#clock.now();
  }

  /** Says how far it is, unless that was said a moment ago. */
  update(text: () => string): void {
    if (this.#quiet) return;
    const now = this.#clock.now();
    if (now - this.#last < (this.#io.isTty ? onTerminal : elsewhere)) return;
    this.#last = now;
    if (!this.#io.isTty) {
      this.#io.err(`${text()}\n`);
      return;
    }
    this.#shown = true;
    this.#io.err(`\r\u001b[2K${text().slice(0, Math.max(this.#io.columns - 1, 20))}`);
  }

  /** Takes the line away, so that what comes next begins at its start. */
  done(): void {
    if (this.#shown) this.#io.err('\r\u001b[2K');
    this.#shown = false;
  }
}
