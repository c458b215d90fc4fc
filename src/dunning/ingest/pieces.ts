import { isRecobroError, type Problem } from '../../errors.js';
import { type AccountFacts, factKinds, type NormalFacts } from '../../ledger/facts.js';
import { type ParseFactsOptions, parseFacts } from '../../schema/facts.js';
import type { RefusedRecord } from './types.js';

/** More rounds than the limits of one call leave room for; a piece that needs more is beyond repair. */
const mostRounds = 32;

/** A piece without the records that are not acceptable. */
export interface ReadPiece {
  readonly facts: NormalFacts;
  /** Records left out. */
  readonly refused: number;
  readonly problems: readonly RefusedRecord[];
}

type Lists = Readonly<Record<string, unknown>>;

/**
 * Reads a piece as `sync` reads its facts, and again without the records at
 * fault. What concerns no single record, such as an unknown list, refuses the
 * piece as a whole.
 *
 * @param nth number of the piece, for paths
 */
export function readPiece(piece: unknown, nth: number, options: ParseFactsOptions): ReadPiece {
  const problems: RefusedRecord[] = [];
  let left = piece;
  let refused = 0;
  /** Of records that are left, the places that they had at first. */
  const places = new Map<string, readonly number[]>();
  for (let round = 1; ; round++) {
    const found = problemsOf(left, options);
    if (found instanceof Map) return { facts: found, refused, problems };
    const bad = new Map<string, Set<number>>();
    for (const one of found) {
      const place = placeOf(one.path);
      if (place === undefined) continue;
      bad.set(place.kind, (bad.get(place.kind) ?? new Set()).add(place.index));
    }
    const loose = found.filter(({ path }) => placeOf(path) === undefined);
    if (bad.size === 0 || loose.some(({ path }) => path !== '') || round === mostRounds) {
      problems.push(...found.map((one) => ({ ...one, path: told(nth, one.path) })));
      return { facts: new Map(), refused: refused + recordsIn(left), problems };
    }
    const lists = left as Lists;
    problems.push(
      ...found.flatMap((one) => {
        const place = placeOf(one.path);
        if (place === undefined) return [];
        const { kind, index, rest } = place;
        const account = accountOf(kind, listIn(lists, kind)[index]);
        return [
          {
            ...one,
            path: told(nth, `${kind}[${places.get(kind)?.[index] ?? index}]${rest}`),
            ...(account === undefined ? {} : { account }),
          },
        ];
      }),
    );
    const fewer: Record<string, unknown> = { ...lists };
    for (const [kind, indexes] of bad) {
      refused += indexes.size;
      const known = places.get(kind) ?? listIn(lists, kind).map((_, index) => index);
      fewer[kind] = listIn(lists, kind).filter((_, index) => !indexes.has(index));
      places.set(
        kind,
        known.filter((_, index) => !indexes.has(index)),
      );
    }
    left = fewer;
  }
}

/** The path of a problem of a piece: `[3].invoices[17]`. */
export function told(nth: number, path: string): string {
  return path === '' ? `[${nth}]` : `[${nth}].${path}`;
}

function problemsOf(
  piece: unknown,
  options: ParseFactsOptions,
): Map<string, AccountFacts> | readonly Problem[] {
  try {
    return new Map(parseFacts(piece, options));
  } catch (error) {
    if (isRecobroError(error) && error.code === 'invalid_input') return error.problems;
    throw error;
  }
}

function placeOf(
  path: string,
): { readonly kind: string; readonly index: number; readonly rest: string } | undefined {
  const [, kind = '', index = '', rest = ''] = /^(\w+)\[(\d+)\](.*)$/su.exec(path) ?? [];
  return kind === '' ? undefined : { kind, index: Number(index), rest };
}

function accountOf(kind: string, record: unknown): string | undefined {
  if (typeof record !== 'object' || record === null) return undefined;
  const id: unknown = Reflect.get(record, kind === 'accounts' ? 'id' : 'account');
  return typeof id === 'string' ? id.slice(0, 128) : undefined;
}

function listIn(lists: Lists, kind: string): readonly unknown[] {
  const list = lists[kind];
  return Array.isArray(list) ? list : [];
}

/** Records that a piece holds, as far as it holds lists. */
function recordsIn(piece: unknown): number {
  if (typeof piece !== 'object' || piece === null) return 0;
  return factKinds.reduce((sum, kind) => sum + listIn(piece as Lists, kind).length, 0);
}
