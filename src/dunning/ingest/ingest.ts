import { type Problem, RecobroError } from '../../errors.js';
import type { LedgerFacts } from '../../ledger/facts.js';
import type { Context } from '../context.js';
import type { FactFinding } from '../findings.js';
import { refuseOwned } from '../pull/options.js';
import { deal, Lane } from './lane.js';
import { type PageFrame, type PageOutcome, writePage } from './page.js';
import { readPiece } from './pieces.js';
import { checkAll } from './strict.js';
import type { FactSource, IngestChoice, IngestPage, IngestResult, RefusedRecord } from './types.js';

/** Problems that the result keeps, so that memory stays flat. */
const kept = 1_000;
const mostParallel = 16;

/** Who tells when, in whose transaction. The clock is asked for each page. */
export interface IngestFrame extends Omit<PageFrame, 'at'> {
  readonly clock: () => number;
}

/**
 * Takes in a stream of facts. What it leaves behind is what `sync` of one
 * piece after the other leaves behind, but for records that are not acceptable.
 *
 * @throws RecobroError `invalid_option`; in strict mode `invalid_input` or `version_conflict`
 */
export async function ingestFacts(
  context: Context,
  source: FactSource | (() => FactSource),
  frame: IngestFrame,
  choice: IngestChoice,
): Promise<IngestResult> {
  const { strict = false, signal, parallel = frame.transaction === undefined ? 2 : 1 } = choice;
  check(source, parallel, frame, choice);
  const open = (): FactSource => (typeof source === 'function' ? source() : source);
  signal?.throwIfAborted();
  if (strict) await checkAll(context, open(), frame, signal);
  const run = new Run(context, frame, parallel, choice);
  try {
    for await (const piece of open()) {
      signal?.throwIfAborted();
      refuseOwned(context.ledger, piece);
      await run.take(piece);
    }
    return await run.end();
  } catch (error) {
    await run.stop();
    throw error;
  }
}

const counted = ['accounts', 'written', 'unchanged', 'older', 'refused'] as const;
type Counts = { -readonly [K in (typeof counted)[number]]: number };

class Run {
  readonly #context: Context;
  readonly #frame: IngestFrame;
  readonly #choice: IngestChoice;
  readonly #lanes: readonly Lane<PageOutcome>[];
  readonly #totals: Counts = { accounts: 0, written: 0, unchanged: 0, older: 0, refused: 0 };
  readonly #problems: RefusedRecord[] = [];
  readonly #findings: FactFinding[] = [];
  /** What reading refused since the page before. */
  #unread: { refused: number; problems: RefusedRecord[] } = { refused: 0, problems: [] };
  #pieces = 0;
  /** Pages are told one after the other, whatever lane they come from. */
  #telling: Promise<void> = Promise.resolve();

  constructor(context: Context, frame: IngestFrame, parallel: number, choice: IngestChoice) {
    this.#context = context;
    this.#frame = frame;
    this.#choice = choice;
    this.#lanes = Array.from({ length: parallel }, () => {
      const { clock, ...rest } = frame;
      return new Lane(
        (page) => writePage(context, page, { ...rest, at: clock() }),
        (outcome) => this.#tell(outcome),
      );
    });
  }

  async take(piece: LedgerFacts): Promise<void> {
    const { engine } = this.#context;
    const { facts, refused, problems } = readPiece(piece, this.#pieces, {
      now: this.#frame.clock(),
      zone: engine.plan.zone,
      policies: [...engine.policies.keys()],
    });
    this.#unread.refused += refused;
    this.#unread.problems.push(...problems);
    await deal(this.#lanes, this.#pieces, facts);
    this.#pieces++;
    if (this.#unread.problems.length >= kept) await this.#tell(nothing);
  }

  async end(): Promise<IngestResult> {
    for (const lane of this.#lanes) await lane.flush();
    for (const lane of this.#lanes) await lane.settle();
    if (this.#unread.refused + this.#unread.problems.length > 0) await this.#tell(nothing);
    return { ...this.#totals, pieces: this.#pieces, problems: this.#problems, findings: this.#findings };
  }

  /** Lets what is under way come to its end, whatever that is; the first failure is known already. */
  async stop(): Promise<void> {
    await Promise.allSettled(this.#lanes.map((lane) => lane.settle()));
    await this.#telling.catch(() => undefined);
  }

  async #tell(outcome: PageOutcome): Promise<void> {
    this.#telling = this.#telling.then(() => this.#tellNow(outcome));
    await this.#telling;
  }

  async #tellNow(outcome: PageOutcome): Promise<void> {
    const { refused, problems } = this.#unread;
    this.#unread = { refused: 0, problems: [] };
    const page: IngestPage = {
      ...outcome,
      refused: outcome.refused + refused,
      problems: [...problems, ...outcome.problems],
      through: this.#through(),
    };
    for (const key of counted) this.#totals[key] += page[key];
    this.#problems.push(...page.problems.slice(0, kept - this.#problems.length));
    this.#findings.push(...page.findings.slice(0, kept - this.#findings.length));
    await this.#choice.onPage?.(page);
  }

  #through(): number {
    return Math.min(this.#pieces, ...this.#lanes.map((lane) => lane.earliest ?? this.#pieces));
  }
}

const nothing: PageOutcome = {
  accounts: 0,
  written: 0,
  unchanged: 0,
  older: 0,
  refused: 0,
  problems: [],
  findings: [],
};

function check(
  source: unknown,
  parallel: number,
  { transaction }: IngestFrame,
  { strict, onPage }: IngestChoice,
): void {
  const problems: Problem[] = [];
  const wrong = (path: string, message: string): void => {
    problems.push({ path, code: 'invalid_value', message });
  };
  const opens = typeof source === 'function';
  if (!opens && !isIterable(source))
    wrong('source', 'must be an iterable of facts, or a function that opens one');
  else if (strict === true && !opens && !Array.isArray(source))
    wrong('source', 'is read twice in strict mode: give a list, or a function that opens it anew');
  if (!Number.isSafeInteger(parallel) || parallel < 1 || parallel > mostParallel)
    wrong('parallel', `must be a whole number from 1 to ${mostParallel}`);
  else if (transaction !== undefined && parallel > 1)
    wrong('parallel', 'one transaction runs one statement at a time: leave it out');
  if (onPage !== undefined && typeof onPage !== 'function') wrong('onPage', 'must be a function');
  if (problems.length > 0)
    throw new RecobroError('invalid_option', 'the ingest cannot be done so', { problems });
}

function isIterable(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || Symbol.iterator in value)
  );
}
