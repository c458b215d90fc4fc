import type { Io } from './io.js';

/** Writes a result for machines. */
export function outJson(io: Io, value: unknown): void {
  io.out(`${JSON.stringify(value, undefined, 2)}\n`);
}
