import { tzdataVersion } from '../../calendar/index.js';
import {
  type Act,
  answerAct,
  decide,
  type Engine,
  emptyFile,
  evolve,
  evolveAll,
  type FileEvent,
  followUps,
  viewOf,
} from '../../engine/index.js';
import { isRecobroError } from '../../errors.js';
import type { AccountFile } from '../../ledger/file.js';
import { compileMessages } from '../../messages/index.js';
import { canonicalJson } from '../../policy/canonical.js';
import type { Documents } from '../../policy/types.js';
import { parseDocuments } from '../../schema/index.js';
import type { Context } from '../context.js';
import type { TenantOptions } from '../handle/options.js';
import { savedDocuments } from '../versions/sets.js';
import { documentsHash, engineOf } from './engine-of.js';
import { whole } from './personal.js';

/** What is replayed, and by which documents. */
export interface ReplayRequest {
  /**
   * Documents of earlier versions: plan, policies and messages as they were together. Those of today are
   * there already, and so are all that were saved in the store.
   */
  readonly documents?: readonly Documents[] | undefined;
  /** Default: all accounts. */
  readonly account?: string | undefined;
}

/** The first place where the log and a new decision are not the same. */
export interface ReplayDifference {
  readonly account: string;
  /** Number of the event within its account. */
  readonly seq: number;
  /**
   * - `documents`: the review was made by documents that were not given
   * - `decision`: the same facts now lead to another event
   * - `unexplained`: an act that no review, and no result of another act, leads to
   * - `unrecorded`: the review does not say by what it was made
   */
  readonly code: 'documents' | 'decision' | 'unexplained' | 'unrecorded';
  /** Plan of the review, as `id@version`. */
  readonly plan?: string | undefined;
  /** Time zone data of the review, where they are not those of today. */
  readonly tz?: string | undefined;
  /** The event of the log; absent where the new decision says more. */
  readonly recorded?: FileEvent | undefined;
  /** The event of the new decision; absent where it says less; of an error, its code. */
  readonly decided?: FileEvent | { readonly error: string } | undefined;
}

/** What a replay came to. */
export interface Replay {
  /** Everything that was decided was decided again, byte for byte. */
  readonly ok: boolean;
  readonly accounts: number;
  /** Reviews made again. */
  readonly reviews: number;
  /** Acts whose id and content came out again. */
  readonly acts: number;
  readonly difference?: ReplayDifference | undefined;
}

interface Entry {
  readonly seq: number;
  readonly at: number;
  readonly event: FileEvent;
}

/** Engines by the hash of their documents, made when a review first asks for them. */
type Engines = ReadonlyMap<string, () => Engine>;

/** Goes through the log account by account; memory holds one account's log at a time. */
export async function replayLog(
  context: Context,
  options: TenantOptions,
  { documents = [], account }: ReplayRequest,
): Promise<Replay> {
  const engines: Engines = new Map([
    [context.decidedBy, () => context.engine],
    ...[...documents.map((given) => parseDocuments(given)), ...(await savedDocuments(context))].map(
      (read) => {
        let engine: Engine | undefined;
        const made = (): Engine => {
          engine ??= engineOf(read, compileMessages(read.messages), options);
          return engine;
        };
        return [documentsHash(read, options), made] as const;
      },
    ),
  ]);
  const counts = { accounts: 0, reviews: 0, acts: 0 };
  const finish = (owner: string, log: readonly Entry[]): ReplayDifference | undefined => {
    counts.accounts++;
    return new AccountReplay(owner, log, engines, counts).run();
  };
  let log: Entry[] = [];
  let owner: string | undefined;
  for await (const one of context.store.events(context.tenant, { account })) {
    if (owner !== undefined && one.account !== owner) {
      const difference = finish(owner, log);
      if (difference !== undefined) return { ok: false, ...counts, difference };
      log = [];
    }
    owner = one.account;
    const event = Object.assign({ type: one.type }, whole(one)) as FileEvent;
    log.push({ seq: one.seq, at: one.at, event });
  }
  const difference = owner === undefined ? undefined : finish(owner, log);
  return difference === undefined ? { ok: true, ...counts } : { ok: false, ...counts, difference };
}

/** What became of acts: what follows from it was written in the same commit. */
const results: ReadonlySet<string> = new Set([
  'act.accepted',
  'act.approved',
  'act.confirmed',
  'act.delayed',
  'act.discarded',
  'act.refused',
  'act.resolved',
  'act.retried',
  'fee.settled',
  'task.closed',
]);

class AccountReplay {
  readonly #account: string;
  readonly #log: readonly Entry[];
  readonly #engines: Engines;
  readonly #counts: { reviews: number; acts: number };
  readonly #acts = new Map<string, Act>();
  /** Documents of the latest review come first when what follows from a result is looked for. */
  #latest: string | undefined;
  #file: AccountFile;
  #at = 0;

  constructor(
    account: string,
    log: readonly Entry[],
    engines: Engines,
    counts: { reviews: number; acts: number },
  ) {
    this.#account = account;
    this.#log = log;
    this.#engines = engines;
    this.#counts = counts;
    this.#file = emptyFile(account);
  }

  run(): ReplayDifference | undefined {
    const ends = this.#reviews();
    let told: Act | undefined;
    while (this.#at < this.#log.length) {
      const end = ends.get(this.#at);
      const entry = this.#log[this.#at];
      if (entry === undefined) return undefined;
      if (end !== undefined) {
        const difference = this.#review(end);
        if (difference !== undefined) return difference;
        told = undefined;
        continue;
      }
      const { event } = entry;
      if (event.type === 'review.made') return this.#difference(entry, 'unrecorded');
      if (event.type === 'act.planned') return this.#difference(entry, 'unexplained', { recorded: event });
      this.#take(1);
      if (event.type === 'answer.given') this.#answer(event);
      if (results.has(event.type) && 'act' in event && typeof event.act === 'string')
        told = this.#acts.get(event.act);
      else if (event.type !== 'contact.recorded') told = undefined;
      // What a review says stands in its own events, though it may say what follows from a result as well.
      if (told !== undefined && !ends.has(this.#at)) this.#follow(told, entry.at);
    }
    return undefined;
  }

  /** Where each review begins, and where it ends. */
  #reviews(): ReadonlyMap<number, number> {
    const ends = new Map<number, number>();
    this.#log.forEach(({ event }, index) => {
      if (event.type === 'review.made' && event.by !== undefined)
        ends.set(index + 1 - event.by.events, index);
    });
    return ends;
  }

  #review(end: number): ReplayDifference | undefined {
    const last = this.#log[end];
    if (last?.event.type !== 'review.made' || last.event.by === undefined) return undefined;
    const { at, by } = last.event;
    const { documents, plan, tz: _, events: __, occasion = at, ...asked } = by;
    const engine = this.#engines.get(documents);
    if (engine === undefined)
      return this.#difference(last, 'documents', { plan: `${plan.id}@${plan.version}`, tz: by.tz });
    let decided: readonly FileEvent[];
    try {
      decided = decide(engine(), this.#file, at, { occasion, ...asked }).events;
    } catch (error) {
      if (!isRecobroError(error)) throw error;
      return this.#difference(last, 'decision', { decided: { error: error.code }, tz: by.tz });
    }
    const own = this.#log.slice(this.#at, end + 1);
    for (let index = 0; index < Math.max(own.length, decided.length); index++) {
      const [entry, fresh] = [own[index], decided[index]];
      if (entry !== undefined && fresh !== undefined && same(entry.event, fresh)) continue;
      return this.#difference(entry ?? last, 'decision', {
        recorded: entry?.event,
        decided: fresh,
        tz: by.tz,
      });
    }
    this.#latest = documents;
    this.#counts.reviews++;
    this.#take(own.length);
    return undefined;
  }

  /** Takes the act of an answer, if some of the documents make the same one of it. */
  #answer(given: Extract<FileEvent, { type: 'answer.given' }>): void {
    const planned = this.#log[this.#at]?.event;
    if (planned?.type !== 'act.planned') return;
    for (const engine of this.#engines.values()) {
      const act = answerAct(engine(), this.#file, given);
      if (!same(planned, { type: 'act.planned', act })) continue;
      this.#take(1);
      return;
    }
  }

  /** Takes what follows from a result, if some of the documents say that it does. */
  #follow(told: Act, at: number): void {
    const known = this.#latest === undefined ? undefined : this.#engines.get(this.#latest);
    for (const engine of [...(known === undefined ? [] : [known]), ...this.#engines.values()]) {
      const made = engine();
      const follow = followUps(made, viewOf(made, this.#file, at), this.#file, told.review, [], told);
      const expected = [
        ...follow.events,
        ...follow.acts.map((act): FileEvent => ({ type: 'act.planned', act })),
      ];
      if (expected.length === 0) continue;
      const own = this.#log.slice(this.#at, this.#at + expected.length);
      if (own.length < expected.length) continue;
      if (!own.every(({ event }, index) => same(event, expected[index]))) continue;
      this.#take(expected.length);
      return;
    }
  }

  #take(count: number): void {
    const events = this.#log.slice(this.#at, this.#at + count).map(({ event }) => event);
    for (const event of events) {
      if (event.type !== 'act.planned') continue;
      this.#acts.set(event.act.id, event.act);
      this.#counts.acts++;
    }
    this.#file = count === 1 ? events.reduce(evolve, this.#file) : evolveAll(this.#file, events);
    this.#at += count;
  }

  #difference(
    { seq }: Entry,
    code: ReplayDifference['code'],
    { tz, recorded, decided, plan }: Partial<ReplayDifference> = {},
  ): ReplayDifference {
    return {
      account: this.#account,
      seq,
      code,
      ...(plan === undefined ? {} : { plan }),
      ...(tz === undefined || tz === tzdataVersion() ? {} : { tz }),
      ...(recorded === undefined ? {} : { recorded }),
      ...(decided === undefined ? {} : { decided }),
    };
  }
}

/** Byte for byte, but for what the shell wrote down with a review. */
function same(recorded: FileEvent, decided: FileEvent | undefined): boolean {
  if (decided === undefined) return false;
  const plain = recorded.type === 'review.made' ? { type: recorded.type, at: recorded.at } : recorded;
  return canonicalJson(plain) === canonicalJson(decided);
}
