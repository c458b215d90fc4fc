import { type Problem, RecobroError } from '../errors.js';

/**
 * Collects what is wrong with an adapter's options, so that everything is said
 * at once and at construction, before any reminder is due. Messages name the
 * option and what it should be, never the value: it may be a secret.
 */
export class OptionCheck {
  readonly #problems: Problem[] = [];
  readonly #factory: string;

  constructor(factory: string) {
    this.#factory = factory;
  }

  /** Notes a problem unless `fine`. */
  expect(fine: boolean, path: string, message: string): void {
    if (!fine) this.#problems.push({ path, code: 'invalid_option', message });
  }

  /** A secret or id that goes into a header: visible ASCII only. */
  expectToken(value: unknown, path: string): void {
    const fine = typeof value === 'string' && /^[!-~]+$/.test(value);
    this.expect(fine, path, 'must be a text of visible ASCII characters without spaces');
  }

  /** An http(s) address. */
  expectUrl(value: unknown, path: string): void {
    this.expect(isHttpUrl(value), path, 'must be an http or https URL without credentials');
  }

  /** A whole number of milliseconds or seconds within bounds. */
  expectWhole(value: unknown, path: string, least: number, most: number): void {
    const fine = Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
    this.expect(fine, path, `must be a whole number from ${least} to ${most}`);
  }

  /** Throws `invalid_option` with every problem noted. */
  done(): void {
    if (this.#problems.length === 0) return;
    throw new RecobroError('invalid_option', `The options of ${this.#factory}() are not valid.`, {
      problems: this.#problems,
    });
  }
}

/** A base URL without a slash at its end. */
export function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

/** The longest time limit of one attempt: less than the five minutes after which dispatch takes a call for lost. */
export const longestTimeout = 240_000;

function isHttpUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const url = new URL(value);
  return (
    (url.protocol === 'http:' || url.protocol === 'https:') && url.username === '' && url.password === ''
  );
}
