import { RecobroError } from '../../errors.js';

/** How much one run may do before others get their turn. Looked at between batches, so it is passed by less than one of them. */
export class Turn {
  readonly #limit: number;
  #spent = 0;

  /** @throws RecobroError `invalid_option` */
  constructor(limit = Number.MAX_SAFE_INTEGER) {
    if (!Number.isSafeInteger(limit) || limit < 1) {
      const message = 'is a whole number from 1';
      const problems = [{ path: 'limit', code: 'invalid_value', message }];
      throw new RecobroError('invalid_option', 'the options are not valid', { problems });
    }
    this.#limit = limit;
  }

  /** Whether it is somebody else's turn. */
  get over(): boolean {
    return this.#spent >= this.#limit;
  }

  /** How much more may be done. */
  get left(): number {
    return Math.max(0, this.#limit - this.#spent);
  }

  /** Notes that so many accounts were reviewed or acts performed. */
  spend(count: number): void {
    this.#spent += count;
  }
}
