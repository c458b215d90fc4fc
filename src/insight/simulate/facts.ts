import { type Problem, RecobroError } from '../../errors.js';
import {
  type AccountFacts,
  type FactKind,
  factKinds as kinds,
  type LedgerFacts,
} from '../../ledger/facts.js';
import { type ParseFactsOptions, parseFacts } from '../../schema/facts.js';
import { mostRecords } from '../../schema/limits.js';

type Part = Readonly<Record<FactKind, number[]>>;

/**
 * The facts by account in their normal forms. A ledger larger than one `sync`
 * takes is read in parts, whole accounts at a time.
 *
 * @throws RecobroError `invalid_input` with every problem and its path in the whole ledger
 */
export function* normalFacts(
  ledger: LedgerFacts,
  options: ParseFactsOptions,
): Generator<readonly [string, AccountFacts]> {
  const size = kinds.reduce((sum, kind) => sum + (ledger[kind]?.length ?? 0), 0);
  if (size <= mostRecords) {
    yield* parseFacts(ledger, options);
    return;
  }
  for (const part of partsOf(ledger)) {
    try {
      yield* parseFacts(
        Object.fromEntries(kinds.map((kind) => [kind, part[kind].map((index) => ledger[kind]?.[index])])),
        options,
      );
    } catch (error) {
      throw error instanceof RecobroError ? relocated(error, part) : error;
    }
  }
}

/** Places of the records by account, packed into parts of a size that is read at once. */
function partsOf(ledger: LedgerFacts): Part[] {
  const byAccount = new Map<string, Part>();
  for (const kind of kinds) {
    ledger[kind]?.forEach((record, index) => {
      const account = 'account' in record ? record.account : record.id;
      let part = byAccount.get(account);
      if (part === undefined) {
        part = emptyPart();
        byAccount.set(account, part);
      }
      part[kind].push(index);
    });
  }
  const parts: Part[] = [];
  let current = emptyPart();
  for (const one of byAccount.values()) {
    if (sizeOf(current) > 0 && sizeOf(current) + sizeOf(one) > mostRecords) {
      parts.push(current);
      current = emptyPart();
    }
    for (const kind of kinds) for (const index of one[kind]) current[kind].push(index);
  }
  return [...parts, current];
}

function emptyPart(): Part {
  return {
    accounts: [],
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
  };
}

function sizeOf(part: Part): number {
  return kinds.reduce((sum, kind) => sum + part[kind].length, 0);
}

/** Problems with their paths in the whole ledger. */
function relocated(error: RecobroError, part: Part): RecobroError {
  const problems = error.problems.map((problem): Problem => {
    const path = problem.path.replace(/^(\w+)\[(\d+)\]/, (whole, kind: string, index: string) => {
      const place = kinds.find((one) => one === kind);
      return place === undefined ? whole : `${kind}[${part[place][Number(index)]}]`;
    });
    return { ...problem, path };
  });
  const [title = ''] = error.message.split('\n');
  return new RecobroError(error.code, title, { problems, cause: error });
}
