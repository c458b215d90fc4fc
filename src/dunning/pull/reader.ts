import { type Clock, sleepOn } from '../../clock.js';
import { isRecobroError, type Problem, RecobroError } from '../../errors.js';
import { spread } from '../retry.js';
import { type Answers, readAnswer } from './answer.js';
import type { ChangedAccounts, LedgerSource } from './source.js';
import type { PulledFacts } from './told.js';

/** Accounts that a source is asked for together. */
export const pageSize = 100;
const usualLimit = 10_000;
/** Reads that fail one after the other before the source as a whole counts as failing. */
const mostInARow = 3;
const firstPause = 60_000;
const longestPause = 15 * 60_000;
/** Failures remembered by account; what lies beyond begins with the first pause anew. */
const mostRemembered = 100_000;

/** What the reading leans on. */
export interface ReaderParts {
  readonly tenant: string;
  readonly source: LedgerSource;
  readonly clock: Clock;
  /** The plan's zone and the policies' ids, as they are now. */
  readonly documents: () => { readonly zone: string; readonly policies: readonly string[] };
}

interface Asked {
  readonly account: string;
  readonly at: number;
  readonly tell: (answer: PulledFacts | RecobroError) => void;
}

/**
 * Asks a tenant's source, a page at a time: what is wanted while a page is
 * being read goes together with the next one. Remembers who failed, so that
 * the next try comes later each time, and asks a source that fails as a whole
 * no more until a pause is over.
 */
export class LedgerReader {
  readonly #parts: ReaderParts;
  readonly #failures = new Map<string, number>();
  #waiting: Asked[] = [];
  #reading = false;
  /** Reads that failed as a whole, in a row. */
  #row = 0;
  #until = Number.NEGATIVE_INFINITY;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  get source(): LedgerSource {
    return this.#parts.source;
  }

  /** What the source says now, begun after this call. Never rejects. */
  async read(accounts: readonly string[], at: number): Promise<Answers> {
    const answers = await Promise.all(
      accounts.map(
        (account) =>
          new Promise<readonly [string, PulledFacts | RecobroError]>((resolve) => {
            this.#waiting.push({ account, at, tell: (answer) => resolve([account, answer]) });
            if (this.#waiting.length === 1 && !this.#reading) void this.#work();
          }),
      ),
    );
    return new Map(answers);
  }

  /** Remembers a failure; answers when the account is looked at again. */
  again(account: string, now: number): number {
    const times = (this.#failures.get(account) ?? 0) + 1;
    if (this.#failures.size >= mostRemembered) this.#failures.clear();
    this.#failures.set(account, times);
    const pause = pauseAfter(times);
    return now + pause + spread(account, pause);
  }

  /** The account could be read and decided. */
  fine(account: string): void {
    this.#failures.delete(account);
  }

  /** The source's own list of what changed. @throws RecobroError `ledger_failed`, `ledger_timeout` */
  async changes(cursor: string | undefined, limit: number): Promise<ChangedAccounts> {
    const { source, tenant } = this.#parts;
    try {
      return checkedChanges(
        await this.#within((signal) => source.changes?.(cursor, { tenant, limit, signal })),
      );
    } catch (error) {
      throw asFailure(error);
    }
  }

  async #work(): Promise<void> {
    this.#reading = true;
    // Whoever asks in the same turn goes along.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const page: Asked[] = [];
      const at = this.#waiting[0]?.at ?? 0;
      const named = new Set<string>();
      const later: Asked[] = [];
      for (const one of this.#waiting) {
        const fits = one.at === at && (named.has(one.account) || named.size < pageSize);
        if (!fits) later.push(one);
        else {
          named.add(one.account);
          page.push(one);
        }
      }
      this.#waiting = later;
      const answers = await this.#page([...named], at);
      for (const { account, tell } of page) tell(answers.get(account) ?? lost());
    }
    this.#reading = false;
  }

  /** One page; where it fails, account by account, so that one account's trouble is its own. */
  async #page(accounts: readonly string[], at: number): Promise<Answers> {
    if (at < this.#until) return all(accounts, resting());
    const whole = await this.#try(accounts, at);
    if (!(whole instanceof RecobroError)) return whole;
    // Who is slow with many is not asked for each, and what is wrong with an answer is so for all of it.
    const alone = accounts.length > 1 && whole.code !== 'ledger_timeout' && whole.problems.length === 0;
    if (!alone) return all(accounts, whole);
    const answers = new Map<string, PulledFacts | RecobroError>();
    for (const account of accounts) {
      const own = at < this.#until ? resting() : await this.#try([account], at);
      answers.set(account, own instanceof RecobroError ? own : (own.get(account) ?? lost()));
    }
    return answers;
  }

  /** Several failures in a row are the source's own: it is left alone for a while. */
  async #try(accounts: readonly string[], at: number): Promise<Answers | RecobroError> {
    try {
      const answers = await this.#ask(accounts, at);
      this.#row = 0;
      this.#until = Number.NEGATIVE_INFINITY;
      return answers;
    } catch (error) {
      this.#row++;
      // Shorter than the first pause of an account, which then finds it awake.
      if (this.#row >= mostInARow) this.#until = at + pauseAfter(this.#row - mostInARow + 1) / 2;
      return asFailure(error);
    }
  }

  async #ask(accounts: readonly string[], at: number): Promise<Answers> {
    const { source, tenant, documents } = this.#parts;
    const answer = await this.#within((signal) => source.read({ tenant, accounts, at, signal }));
    return readAnswer(source, accounts, answer, { now: at, ...documents() });
  }

  /** @throws RecobroError `ledger_timeout`, or whatever the source throws */
  async #within<T>(ask: (signal: AbortSignal) => T): Promise<Awaited<T>> {
    const { clock, source } = this.#parts;
    const late = new AbortController();
    const over = new AbortController();
    const limit = source.timeoutMs ?? usualLimit;
    try {
      const asked = (async () => ({ found: await ask(late.signal) }))();
      const first = await Promise.race([asked, sleepOn(clock, limit, over.signal)]);
      if (first !== undefined) return first.found;
      // Whatever it says now is of no use.
      asked.catch(() => undefined);
      throw new RecobroError('ledger_timeout', `the ledger source gave no answer within ${limit} ms`, {
        retryable: true,
      });
    } finally {
      over.abort();
      late.abort();
    }
  }
}

/** Doubled with each failure in a row. */
function pauseAfter(times: number): number {
  return Math.min(firstPause * 2 ** Math.min(times - 1, 20), longestPause);
}

function all(accounts: readonly string[], failure: RecobroError): Answers {
  return new Map(accounts.map((account) => [account, failure]));
}

function lost(): RecobroError {
  return new RecobroError('impossible_state', 'a page lost an account');
}

function resting(): RecobroError {
  return new RecobroError(
    'ledger_failed',
    'the ledger source failed a moment ago and is left alone for a while',
    {
      retryable: true,
    },
  );
}

/** Whether it is the source that failed, and not what recobro made of its answer. */
export function isLedgerFailure(error: unknown): error is RecobroError {
  return isRecobroError(error, 'ledger_timeout') || isRecobroError(error, 'ledger_failed');
}

function asFailure(error: unknown): RecobroError {
  if (isLedgerFailure(error)) return error;
  return new RecobroError('ledger_failed', 'the ledger source failed', { cause: error, retryable: true });
}

/** @throws RecobroError `ledger_failed` */
function checkedChanges(found: unknown): ChangedAccounts {
  const problems: Problem[] = [];
  const of = (key: string): unknown =>
    typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined;
  const [accounts, cursor, more] = [of('accounts'), of('cursor'), of('more')];
  if (!isTexts(accounts))
    problems.push({ path: 'accounts', code: 'invalid_type', message: 'is a list of account ids' });
  if (typeof cursor !== 'string' || cursor.length > 1000 || cursor.includes('\0') || !cursor.isWellFormed())
    problems.push({ path: 'cursor', code: 'invalid_type', message: 'is a text of up to 1000 characters' });
  if (problems.length > 0 || !isTexts(accounts) || typeof cursor !== 'string')
    throw new RecobroError(
      'ledger_failed',
      'the ledger source told of changes in a form that cannot be read',
      { problems },
    );
  return { accounts, cursor, ...(typeof more === 'boolean' ? { more } : {}) };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string' && one !== '');
}
