import { RecobroError } from '../errors.js';
import type { AccountFile, Case, Cover, OpenAct, StageMark } from '../ledger/file.js';
import { noEntries } from '../ledger/lean.js';
import type { Invoice } from '../ledger/types.js';
import type { GoneKind } from './events.js';
import { isOver } from './marks.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A file being changed: a map is copied when it is first written, and only then. */
export class Draft {
  readonly file: Mutable<AccountFile>;
  readonly #own = new Set<ReadonlyMap<string, unknown>>();

  constructor(from: AccountFile) {
    this.file = { ...from };
  }

  #writable<V>(map: ReadonlyMap<string, V>): Map<string, V> {
    if (this.#own.has(map)) return map as Map<string, V>;
    const copy = new Map(map);
    this.#own.add(copy);
    return copy;
  }

  invoices(): Map<string, Invoice> {
    const map = this.#writable(this.file.invoices);
    this.file.invoices = map;
    return map;
  }

  cases(): Map<string, readonly Case[]> {
    const map = this.#writable(this.file.cases);
    this.file.cases = map;
    return map;
  }

  acts(): Map<string, OpenAct> {
    const map = this.#writable(this.file.acts);
    this.file.acts = map;
    return map;
  }

  put<
    K extends
      | 'payments'
      | 'refunds'
      | 'credits'
      | 'holds'
      | 'disputes'
      | 'promises'
      | 'unbooked'
      | 'replies'
      | 'plans'
      | 'sources'
      | 'kept'
      | 'charged'
      | 'moved',
  >(
    key: K,
    record: { readonly id: string } & (AccountFile[K] extends ReadonlyMap<string, infer V> ? V : never),
  ): void {
    const map = this.#writable<unknown>(this.file[key]);
    map.set(record.id, record);
    Object.assign(this.file, { [key]: map });
  }

  /** A record that was in the file before. */
  putBack(key: keyof AccountFile & (GoneKind | 'replies' | 'plans'), record: { readonly id: string }): void {
    const map = this.#writable<unknown>(this.file[key]);
    map.set(record.id, record);
    Object.assign(this.file, { [key]: map });
  }

  remove(key: GoneKind | 'replies' | 'plans' | 'kept' | 'charged' | 'moved', ids: readonly string[]): void {
    const map = this.#writable<unknown>(this.file[key]);
    for (const id of ids) map.delete(id);
    Object.assign(this.file, { [key]: map });
  }
}

export function changeCase(draft: Draft, subject: string, id: string, change: (one: Case) => Case): void {
  const cases = draft.file.cases.get(subject) ?? [];
  const at = cases.findIndex((one) => one.id === id);
  const known = cases[at];
  if (known === undefined) throw missing('case', id);
  draft.cases().set(subject, cases.with(at, change(known)));
}

export type MarkChange = Partial<StageMark> & Pick<StageMark, 'state'>;

/** Sets what is known of one occurrence of a stage; what the change leaves out stays. */
export function mark(
  one: Case,
  stage: string,
  occurrence: number,
  change: (known: StageMark) => MarkChange & { on: string },
): Case {
  const at = one.marks.findIndex((known) => known.stage === stage && known.occurrence === occurrence);
  const known = one.marks[at] ?? {
    stage,
    occurrence,
    state: 'withdrawn',
    on: one.opened,
    tried: noEntries,
    revision: 0,
  };
  const { reason: _, with: _with, ...kept } = known;
  const next: StageMark = { ...kept, ...change(known) };
  const marks = at < 0 ? [...one.marks, next] : one.marks.with(at, next);
  if (one.asked === stage && isTaken(next)) {
    const { asked: _asked, ...rest } = one;
    // What is over only with an act may have its turn again.
    const over = isOver(next) && next.with === undefined;
    return { ...rest, marks: over ? marks : marks.with(at, { ...next, asked: true }) };
  }
  // What was asked for and taken back is asked for still, unless something else was asked for since.
  if (next.asked === true && !isTaken(next) && next.reason !== 'discarded') {
    const { asked: _asked, ...rest } = next;
    return { ...one, asked: one.asked ?? stage, marks: marks.with(at, rest) };
  }
  return { ...one, marks };
}

/** Stages that were over with an act have their turn again: it is withdrawn, and what came with it goes with it. */
export function giveBack(draft: Draft, act: string): void {
  for (const [subject, cases] of draft.file.cases)
    for (const { id, marks } of cases)
      for (const { stage, occurrence, on, with: cause } of marks)
        if (cause === act)
          changeCase(draft, subject, id, (one) =>
            withoutBlank(mark(one, stage, occurrence, () => ({ state: 'withdrawn', on }))),
          );
}

/** A mark that tells nothing is none. */
function withoutBlank(one: Case): Case {
  const marks = one.marks.filter(
    ({ state, reason, revision, tried, proposed, keepsTurn }) =>
      state !== 'withdrawn' ||
      reason !== undefined ||
      revision > 0 ||
      tried.length > 0 ||
      proposed !== undefined ||
      keepsTurn === true,
  );
  return marks.length === one.marks.length ? one : { ...one, marks };
}

/** Whether what was asked for is done, under way, or passed over. */
function isTaken({ state }: StageMark): boolean {
  return state !== 'withdrawn' && state !== 'failed';
}

export function coverMarks(
  draft: Draft,
  covers: readonly Cover[],
  on: string,
  change: (known: StageMark) => MarkChange,
): void {
  for (const cover of covers) {
    changeCase(draft, cover.subject, cover.case, (one) =>
      mark(one, cover.stage, cover.occurrence, (known) => ({ on, ...change(known) })),
    );
  }
}

export function missing(what: string, id: string): RecobroError {
  return new RecobroError('impossible_state', `the file has no ${what} ${JSON.stringify(id)}`);
}
