import { type Problem, RecobroError } from '../../errors.js';
import { type AccountFacts, factKinds } from '../../ledger/facts.js';
import { type ParseFactsOptions, parseFacts } from '../../schema/facts.js';
import type { GoneInvoice, LedgerAnswer, LedgerSource, PulledKind } from './source.js';
import type { PulledFacts } from './told.js';

/** Of each account asked for: what its source says, or why that cannot be used. */
export type Answers = ReadonlyMap<string, PulledFacts | RecobroError>;

const nothing: AccountFacts = {
  invoices: [],
  payments: [],
  refunds: [],
  credits: [],
  holds: [],
  disputes: [],
  promises: [],
  unbooked: [],
  replies: [],
  plans: [],
  sources: [],
  assumed: new Map(),
};

/**
 * Reads an answer as `sync` reads what is pushed. One account whose records
 * are not valid does not spoil the others.
 *
 * @throws RecobroError `ledger_failed` when the answer as a whole is not what was asked for
 */
export function readAnswer(
  source: LedgerSource,
  accounts: readonly string[],
  answer: LedgerAnswer,
  options: ParseFactsOptions,
): Answers {
  const owns: ReadonlySet<PulledKind> = new Set(source.owns);
  const asked = new Set(accounts);
  const { gone, unread } = checked(answer, owns, asked);
  const failed = new Map(unread.map(({ account, cause }) => [account, unreadable(cause)] as const));
  const facts = Object.fromEntries(factKinds.map((kind) => [kind, answer[kind]]));
  const read = readAll(facts, accounts, options);
  const goneBy = Map.groupBy(gone, ({ account }) => account);
  return new Map<string, PulledFacts | RecobroError>(
    accounts.map((account) => {
      const one = failed.get(account) ?? read(account);
      if (one instanceof RecobroError) return [account, one];
      const own = goneBy.get(account) ?? [];
      const pulled: PulledFacts = {
        facts: one === undefined ? nothing : marked(one),
        owns,
        gone: new Map(own.map(({ id, as }) => [id, as])),
        unlisted: source.unlisted ?? 'settled',
        at: options.now,
      };
      return [account, pulled];
    }),
  );
}

type Records = Readonly<Record<string, unknown>>;
type Read = (account: string) => AccountFacts | RecobroError | undefined;

/** All at once; where that fails, account by account, with the paths of the whole answer. */
function readAll(facts: Records, accounts: readonly string[], options: ParseFactsOptions): Read {
  try {
    const normal = parseFacts(facts, options);
    return (account) => normal.get(account);
  } catch (error) {
    if (!(error instanceof RecobroError)) throw error;
    if (accounts.length === 1) return () => error;
  }
  return (account) => {
    const places = new Map<string, number[]>();
    const own: Record<string, unknown> = {};
    for (const [kind, records] of Object.entries(facts)) {
      if (!Array.isArray(records)) continue;
      const at: number[] = [];
      own[kind] = records.filter((record: unknown, index) => {
        const mine = ownerOf(kind, record) === account;
        if (mine) at.push(index);
        return mine;
      });
      places.set(kind, at);
    }
    try {
      return parseFacts(own, options).get(account);
    } catch (error) {
      if (!(error instanceof RecobroError)) throw error;
      const problems = error.problems.map((one) => ({ ...one, path: replaced(one.path, places) }));
      return new RecobroError(error.code, 'the facts that the ledger source gave are not valid', {
        problems,
      });
    }
  };
}

/** `invoices[0].total` of one account's records, as it stands in the whole answer. */
function replaced(path: string, places: ReadonlyMap<string, readonly number[]>): string {
  return path.replace(/^(\w+)\[(\d+)\]/, (whole, kind: string, index: string) => {
    const at = places.get(kind)?.[Number(index)];
    return at === undefined ? whole : `${kind}[${at}]`;
  });
}

function ownerOf(kind: string, record: unknown): unknown {
  if (typeof record !== 'object' || record === null) return undefined;
  return Reflect.get(record, kind === 'accounts' ? 'id' : 'account');
}

interface Checked {
  readonly gone: readonly GoneInvoice[];
  readonly unread: readonly { readonly account: string; readonly cause?: unknown }[];
}

/** What cannot be laid to one account: records of accounts that nobody asked for, or of kinds that come from elsewhere. */
function checked(answer: LedgerAnswer, owns: ReadonlySet<string>, asked: ReadonlySet<unknown>): Checked {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer))
    throw wrong([
      { path: '', code: 'invalid_type', message: 'the answer must be an object with lists of records' },
    ]);
  const problems: Problem[] = [];
  for (const [kind, records] of Object.entries(answer)) {
    if (records === undefined) continue;
    const known = kind === 'gone' || kind === 'unread';
    if (!known && !owns.has(kind)) {
      problems.push({
        path: kind,
        code: 'unknown_key',
        message: `is none of the kinds that the source owns (${[...owns].join(', ')})`,
      });
      continue;
    }
    if (!Array.isArray(records)) {
      problems.push({ path: kind, code: 'invalid_type', message: 'must be a list of records' });
      continue;
    }
    records.forEach((record: unknown, index) => {
      const owner = ownerOf(kind, record);
      if (asked.has(owner)) return;
      problems.push({
        path: `${kind}[${index}]`,
        code: 'unasked_account',
        message: 'belongs to no account that was asked for',
      });
    });
  }
  const gone = list<GoneInvoice>(answer.gone);
  gone.forEach(({ id, as }, index) => {
    if (!owns.has('invoices') || typeof id !== 'string' || (as !== 'settled' && as !== 'withdrawn'))
      problems.push({
        path: `gone[${index}]`,
        code: 'invalid_value',
        message: 'names an invoice by id, as settled or withdrawn',
      });
  });
  if (problems.length > 0) throw wrong(problems);
  return { gone, unread: list(answer.unread) };
}

function list<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value : [];
}

function wrong(problems: readonly Problem[]): RecobroError {
  return new RecobroError('ledger_failed', 'the ledger source gave another answer than it was asked for', {
    problems: problems.slice(0, 100),
  });
}

function unreadable(cause: unknown): RecobroError {
  return new RecobroError('ledger_failed', 'the ledger source could not read the account', {
    cause,
    retryable: true,
  });
}

/** Says of records that may be made here too that these came from the source. */
function marked(facts: AccountFacts): AccountFacts {
  const assumed = new Map(facts.assumed);
  const mark = <T extends object>(records: readonly T[]): readonly (T & { readonly pulled: true })[] =>
    records.map((record) => {
      const own = { ...record, pulled: true as const };
      const members = facts.assumed.get(record);
      if (members !== undefined) assumed.set(own, members);
      return own;
    });
  return {
    ...facts,
    holds: mark(facts.holds),
    disputes: mark(facts.disputes),
    promises: mark(facts.promises),
    unbooked: mark(facts.unbooked),
    plans: mark(facts.plans),
    assumed,
  };
}
