import { type Problem, RecobroError } from '../../errors.js';
import type { Tone } from '../../policy/types.js';

/** A secret of 32 bytes or more: random bytes, or text such as `openssl rand -base64 32` writes. */
export type LinkKey = string | Uint8Array;

/** One-click unsubscribing of e-mails (RFC 8058). */
export interface UnsubscribeOptions {
  /** The https address at which {@link Dunning.unsubscribe} is mounted, with the token: its `token` parameter, or the last part of its path. */
  readonly url: (token: string) => string;
  /**
   * Stages whose mails offer it, by tone. Default only `friendly`: notices with legal weight must not be
   * called off by a mail program's button.
   */
  readonly on?: readonly Tone[] | undefined;
}

/** Links that let a debtor see and answer without a login. */
export interface LinkOptions {
  /** Signs; of a list the first does, and all are accepted, so that a key can be changed: new one in front, old one removed when its links are over. */
  readonly key: LinkKey | readonly LinkKey[];
  /** Days for which links are good that say nothing else. From 1 to 400, default 30. */
  readonly days?: number | undefined;
  /** The address of the host's page for a token. Needed where a message says `{{link}}`. */
  readonly page?: ((token: string) => string) | undefined;
  /** Has mails carry `List-Unsubscribe` and `List-Unsubscribe-Post`. Default: none does. */
  readonly unsubscribe?: UnsubscribeOptions | undefined;
}

/** The same, checked. */
export interface Links {
  readonly keys: readonly [Uint8Array, ...Uint8Array[]];
  readonly days: number;
  readonly page: ((token: string) => string) | undefined;
  readonly unsubscribe:
    | { readonly url: (token: string) => string; readonly on: ReadonlySet<Tone> }
    | undefined;
}

export const mostDays = 400;
const shortestKey = 32;
const mostKeys = 10;
const tones: readonly Tone[] = ['friendly', 'firm', 'formal'];

/** @throws RecobroError `invalid_option` naming each that is wrong, and no secret */
export function linksOf(options: LinkOptions | undefined): Links | undefined {
  if (options === undefined) return undefined;
  const problems: Problem[] = [];
  const expect = (fine: boolean, path: string, message: string): void => {
    if (!fine) problems.push({ path: `links${path}`, code: 'invalid_value', message });
  };
  const whole: unknown = options;
  expect(typeof whole === 'object' && whole !== null, '', 'must be an object with a key');
  const { key, days = 30, page, unsubscribe } = options ?? {};
  const given: readonly unknown[] = Array.isArray(key) ? key : [key];
  const keys = given.map((one) => (typeof one === 'string' ? Buffer.from(one, 'utf8') : one));
  const [first, ...others] = keys.filter((one) => one instanceof Uint8Array);
  expect(
    keys.length <= mostKeys && keys.every((one) => one instanceof Uint8Array && one.length >= shortestKey),
    '.key',
    `must be a secret of ${shortestKey} bytes or more, or a list of 1 to ${mostKeys} of them`,
  );
  expect(isDays(days), '.days', `must be days from 1 to ${mostDays}`);
  expect(page === undefined || typeof page === 'function', '.page', 'must be a function');
  if (unsubscribe !== undefined) {
    const { url, on = [] } = unsubscribe;
    expect(typeof url === 'function', '.unsubscribe.url', 'must be a function');
    expect(
      Array.isArray(on) && on.every((one) => tones.includes(one)),
      '.unsubscribe.on',
      `must be a list of ${tones.join(', ')}`,
    );
  }
  if (first === undefined && problems.length === 0) expect(false, '.key', 'must not be an empty list');
  if (problems.length > 0 || first === undefined)
    throw new RecobroError('invalid_option', 'the options are not valid', { problems });
  return {
    keys: [first, ...others],
    days,
    page,
    unsubscribe:
      unsubscribe === undefined
        ? undefined
        : { url: unsubscribe.url, on: new Set(unsubscribe.on ?? ['friendly']) },
  };
}

export function isDays(days: unknown): days is number {
  return typeof days === 'number' && Number.isSafeInteger(days) && days >= 1 && days <= mostDays;
}
