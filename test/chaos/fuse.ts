import { writeSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Kill, Said, StepId } from './steps.js';

/** Sleeps until it is told, spins for so long, and kills the process it is a thread of: whatever that is doing then. */
const killer = `
const { workerData } = require('node:worker_threads');
const told = new Int32Array(workerData);
Atomics.wait(told, 0, 0);
const end = performance.now() + told[1] / 1000;
while (performance.now() < end);
process.kill(process.pid, 'SIGKILL');
`;

/** Kills this very process at one step, when it comes there for the nth time. */
export class Fuse {
  readonly #depth: number;
  readonly #told: Int32Array | undefined;
  /** How long the last work of a step took, in milliseconds. */
  readonly #took = new Map<StepId, number>();
  /** How often it may still come to a step. */
  readonly #left = new Map<StepId, number>();

  /** @param depth where within the work of a step it strikes, from 0 to 1 */
  constructor(kill: Kill | undefined, depth: number) {
    this.#depth = depth;
    // A step within which it strikes is one that says "begun".
    if (kill !== undefined && kill.step !== 'any') {
      for (const { step, nth } of [kill, ...(kill.or === undefined ? [] : [kill.or])])
        this.#left.set(step, nth);
      const memory = new SharedArrayBuffer(8);
      this.#told = new Int32Array(memory);
      new Worker(killer, { eval: true, workerData: memory }).unref();
    }
  }

  /** The process is at a step. */
  at(step: StepId): void {
    if (!this.#reached(step)) return;
    say({ say: 'dying', step });
    process.kill(process.pid, 'SIGKILL');
  }

  /** The process dies while it does the work of a step, at no moment that the work could know. */
  async during<T>(step: StepId, work: () => Promise<T>): Promise<T> {
    const struck = this.#reached(step);
    const begun = performance.now();
    if (struck && this.#told !== undefined) {
      say({ say: 'dying', step });
      const within = this.#took.get(step) ?? 6;
      Atomics.store(this.#told, 1, Math.round(within * this.#depth * 1000));
      Atomics.store(this.#told, 0, 1);
      Atomics.notify(this.#told, 0);
    }
    const result = await work();
    this.#took.set(step, performance.now() - begun);
    // What was done is not known to anybody: the end is near.
    if (struck) await new Promise<never>(() => undefined);
    return result;
  }

  #reached(step: StepId): boolean {
    const left = this.#left.get(step);
    if (left !== undefined) this.#left.set(step, left - 1);
    return left === 1;
  }
}

/** Written at once: what is still in a buffer dies with the process. */
export function say(said: Said): void {
  writeSync(1, `${JSON.stringify(said)}\n`);
}
