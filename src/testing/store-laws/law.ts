import type {
  ActInsert,
  ActMove,
  Change,
  CommitOutcome,
  Json,
  Store,
  StoredAct,
  StoredFile,
} from '../../stores/store.js';
import { check } from '../check.js';

/** What a law is tried on. Every law gets tenants of its own, so that laws may share one database. */
export interface Bench {
  readonly store: Store;
  /** What a second process would hold on the same data. */
  readonly other: Store;
  readonly tenant: string;
  readonly neighbour: string;
  /** Runs work in a transaction of the host. */
  readonly transaction: <T>(work: (transaction: unknown) => Promise<T>) => Promise<T>;
  /** Whether there are such transactions. */
  readonly joins: boolean;
}

/** One promise of the store port and the attempt to break it. */
export interface Law {
  /** `group: promise`; stable, since reports name it. */
  readonly name: string;
  /** What the store must be able to do for the law to apply. */
  readonly needs?:
    | 'transaction'
    | 'audit'
    | 'shared'
    | 'bulk'
    | 'inbox'
    | 'references'
    | 'documents'
    | 'backlog'
    | 'left'
    | undefined;
  readonly attempt: (bench: Bench) => Promise<void>;
}

/** A change with the parts that a law does not care about left empty. */
export function change(
  tenant: string,
  account: string,
  expected: number,
  more: Partial<Omit<Change, 'tenant' | 'account' | 'expected'>> = {},
): Change {
  return { tenant, account, expected, events: [], acts: [], ...more };
}

/** The file part of a change. */
export function content(
  header: Json,
  put: Readonly<Record<string, Json>> = {},
  remove: readonly string[] = [],
): NonNullable<Change['file']> {
  return { header, put: new Map(Object.entries(put)), remove };
}

export function insert(id: string, more: Partial<Omit<ActInsert, 'op' | 'id'>> = {}): ActInsert {
  return {
    op: 'insert',
    id,
    keys: [`key of ${id}`],
    state: 'ready',
    notBefore: 1_000,
    data: { id },
    ...more,
  };
}

export function move(
  id: string,
  from: ActMove['from'],
  to: ActMove['to'],
  more: Partial<Omit<ActMove, 'op' | 'id' | 'from' | 'to'>> = {},
): ActMove {
  return { op: 'move', id, from, to, ...more };
}

/** Commits one change and hands back its outcome. */
export async function commitOne(store: Store, one: Change, transaction?: unknown): Promise<CommitOutcome> {
  const outcomes = await store.commit([one], transaction === undefined ? undefined : { transaction });
  const outcome = outcomes[0];
  check(
    outcome !== undefined && outcomes.length === 1,
    `one change must have one outcome, got ${outcomes.length}`,
  );
  return outcome;
}

/** Commits one change that must win. */
export async function win(store: Store, one: Change): Promise<number> {
  const outcome = await commitOne(store, one);
  check(
    outcome.ok,
    `a change of account ${one.account} that nothing speaks against was refused: ${describe(outcome)}`,
  );
  return outcome.version;
}

/** Commits one change that must lose, for this reason. */
export async function lose(store: Store, one: Change, conflict: 'version' | 'act' | 'key'): Promise<void> {
  const outcome = await commitOne(store, one);
  check(!outcome.ok, `a change that must conflict (${conflict}) was accepted`);
  check(outcome.conflict === conflict, `the conflict must be "${conflict}", got "${outcome.conflict}"`);
}

export function describe(outcome: CommitOutcome): string {
  return outcome.ok ? `version ${outcome.version}` : `conflict "${outcome.conflict}"`;
}

export async function fileOf(store: Store, tenant: string, account: string): Promise<StoredFile> {
  const file = (await store.load(tenant, [account]))[0];
  check(file !== undefined, `the file of account ${account} is missing`);
  return file;
}

export async function actOf(store: Store, tenant: string, id: string): Promise<StoredAct> {
  const act = await store.act(tenant, id);
  check(act !== undefined, `the act ${id} is missing`);
  return act;
}

/** The act's state, or "missing". */
export async function stateOf(store: Store, tenant: string, id: string): Promise<string> {
  return (await store.act(tenant, id))?.state ?? 'missing';
}

/** A file as plain data, for comparison. */
export function plain(file: StoredFile): Record<string, unknown> {
  return { ...file, rows: [...file.rows] };
}

/** Creates the account with a ready act that one worker then claims. */
export async function claimed(
  { store, tenant }: Pick<Bench, 'store' | 'tenant'>,
  account: string,
  id: string,
  token: string,
  lease = 2_000,
): Promise<StoredAct> {
  await win(store, change(tenant, account, 0, { acts: [insert(id)] }));
  const act = (await store.claim({ now: 1_000, lease, limit: 1, token, tenant }))[0];
  check(act !== undefined && act.id === id, `a ready act whose time has come must be claimed`);
  return act;
}
