import type { Io } from './io.js';
import type { Args, CommandSpec } from './options.js';

/** A command of the program. */
export interface Command {
  readonly spec: CommandSpec;
  /** Answers the exit code. Whatever goes wrong is thrown; who called it tells it. */
  run(args: Args, io: Io): Promise<number>;
}
