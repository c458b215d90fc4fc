import type { AccountFile } from '../ledger/file.js';
import type { FileEvent } from './events.js';
import { evolveAll } from './evolve.js';

/**
 * The file of a review with what has begun at it: cases that opened, closed,
 * paused or moved. Made when somebody asks for it, which most reviews do not:
 * what begins changes cases alone, and each of those is known to who made it.
 */
export class CasesNow {
  readonly #before: AccountFile;
  readonly #begun: readonly FileEvent[];
  #file: AccountFile | undefined;

  constructor(before: AccountFile, begun: readonly FileEvent[]) {
    this.#before = before;
    this.#begun = begun;
  }

  get file(): AccountFile {
    this.#file ??= evolveAll(this.#before, this.#begun);
    return this.#file;
  }
}
