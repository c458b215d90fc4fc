import type { ActState, Json, LoggedEvent, Store, StoredAct, StoredFile } from '../store.js';
import { integer, nullable, type Row, type SqlSession, text } from './database.js';
import { literal, type Tables } from './names.js';

/** Rows fetched at a time by the streams. */
const pages = { files: 100, events: 1_000, acts: 500 };

/** The columns of an act, JSON as text: a host may have replaced its driver's parsers. */
export function actColumns(alias: string): string {
  const plain = ['tenant', 'account', 'id', 'state', 'not_before', 'attempts', 'lease', 'token'];
  return [
    ...plain.map((c) => `${alias}.${c}`),
    `${alias}.data::text AS data`,
    `${alias}.result::text AS result`,
  ].join(', ');
}

export function actOf(row: Row): StoredAct {
  return {
    tenant: text(row, 'tenant'),
    account: text(row, 'account'),
    id: text(row, 'id'),
    state: text(row, 'state') as ActState,
    notBefore: integer(row, 'not_before'),
    attempts: integer(row, 'attempts'),
    lease: nullable(row, 'lease', integer),
    token: nullable(row, 'token', text),
    data: json(row, 'data'),
    result: json(row, 'result'),
  };
}

/** The columns of an event (`e`) and of its personal data (`p`). */
export const eventColumns = 'e.seq, e.at, e.type, e.actor, e.data::text AS data, p.data::text AS personal';

export function eventOf(tenant: string, account: string, row: Row): LoggedEvent {
  const personal: Json | null = nullable(row, 'personal', json);
  return {
    tenant,
    account,
    seq: integer(row, 'seq'),
    at: integer(row, 'at'),
    type: text(row, 'type'),
    actor: text(row, 'actor'),
    data: json(row, 'data'),
    ...(personal === null ? {} : { personal }),
  };
}

/** Header and rows in one statement, thus of one moment. */
function fileQuery(tables: Tables, rest: string): string {
  return `SELECT f.tenant, f.account, f.version, f.next, f.header::text AS header,
    (SELECT json_agg(json_build_array(r.id, r.data) ORDER BY r.id)
       FROM ${tables.rows} r WHERE r.tenant = f.tenant AND r.account = f.account)::text AS rows
    FROM ${tables.files} f ${rest}`;
}

export async function loadFiles(
  session: SqlSession,
  tables: Tables,
  tenant: string,
  accounts: readonly string[],
): Promise<readonly StoredFile[]> {
  if (accounts.length === 0) return [];
  const wanted = 'WHERE f.tenant = $1 AND f.account = ANY ($2::text[])';
  return (await session.query(fileQuery(tables, wanted), [tenant, accounts])).map(fileOf);
}

export async function oneAct(
  session: SqlSession,
  tables: Tables,
  tenant: string,
  id: string,
): Promise<StoredAct | undefined> {
  const found = await session.query(
    `SELECT ${actColumns('a')} FROM ${tables.acts} a WHERE a.tenant = $1 AND a.id = $2`,
    [tenant, id],
  );
  return found[0] === undefined ? undefined : actOf(found[0]);
}

/** A statement that fails may be run again, so pages go through this. */
type Fetch = (query: string, values: readonly unknown[]) => Promise<readonly Row[]>;

export async function* streamFiles(fetch: Fetch, tables: Tables, tenant: string): AsyncGenerator<StoredFile> {
  let after: string | undefined;
  for (;;) {
    const where = new Conditions().add('f.tenant = ?', tenant);
    if (after !== undefined) where.add('f.account > ?', after);
    const found = await fetch(
      fileQuery(tables, `${where.sql()} ORDER BY f.account LIMIT ${pages.files}`),
      where.values,
    );
    for (const file of found.map(fileOf)) yield file;
    after = found.length < pages.files ? undefined : text(found[found.length - 1] ?? {}, 'account');
    if (after === undefined) return;
  }
}

export async function* streamEvents(
  fetch: Fetch,
  tables: Tables,
  tenant: string,
  filter: NonNullable<Parameters<Store['events']>[1]>,
): AsyncGenerator<LoggedEvent> {
  let last: LoggedEvent | undefined;
  for (;;) {
    const where = new Conditions().add('e.tenant = ?', tenant);
    if (filter.account !== undefined) where.add('e.account = ?', filter.account);
    if (filter.after !== undefined) where.add('e.seq > ?::bigint', filter.after);
    if (last !== undefined) where.add('(e.account, e.seq) > (?, ?::bigint)', last.account, last.seq);
    const found = await fetch(
      `SELECT e.account, ${eventColumns} FROM ${tables.events} e
       LEFT JOIN ${tables.personal} p ON p.tenant = e.tenant AND p.account = e.account AND p.seq = e.seq
       ${where.sql()} ORDER BY e.account, e.seq LIMIT ${pages.events}`,
      where.values,
    );
    for (const row of found) {
      last = eventOf(tenant, text(row, 'account'), row);
      yield last;
    }
    if (found.length < pages.events) return;
  }
}

export async function* streamActs(
  fetch: Fetch,
  tables: Tables,
  tenant: string,
  filter: NonNullable<Parameters<Store['acts']>[1]>,
): AsyncGenerator<StoredAct> {
  let after: string | undefined;
  for (;;) {
    const where = new Conditions().add('a.tenant = ?', tenant);
    if (filter.account !== undefined) where.add('a.account = ?', filter.account);
    // In the statement rather than among its values, so that the partial indexes serve it.
    if (filter.states !== undefined)
      where.add(
        filter.states.length === 0 ? 'FALSE' : `a.state IN (${filter.states.map(literal).join(', ')})`,
      );
    if (after !== undefined) where.add('a.id > ?', after);
    const found = await fetch(
      `SELECT ${actColumns('a')} FROM ${tables.acts} a ${where.sql()} ORDER BY a.id LIMIT ${pages.acts}`,
      where.values,
    );
    for (const act of found.map(actOf)) yield act;
    after = found.length < pages.acts ? undefined : text(found[found.length - 1] ?? {}, 'id');
    if (after === undefined) return;
  }
}

/** Conditions with numbered parameters. Only literals of this package become SQL text. */
export class Conditions {
  readonly values: unknown[];
  readonly #parts: string[] = [];

  /** Begins after parameters that the statement has already. */
  constructor(...values: readonly unknown[]) {
    this.values = [...values];
  }

  add(condition: string, ...values: readonly unknown[]): this {
    let at = 0;
    this.#parts.push(condition.replaceAll('?', () => `$${this.values.push(values[at++])}`));
    return this;
  }

  sql(): string {
    return `WHERE ${this.#parts.join(' AND ')}`;
  }
}

function fileOf(row: Row): StoredFile {
  const rows = nullable(row, 'rows', json) as readonly (readonly [string, Json])[] | null;
  return {
    tenant: text(row, 'tenant'),
    account: text(row, 'account'),
    version: integer(row, 'version'),
    header: json(row, 'header'),
    rows: new Map(rows ?? []),
    next: nullable(row, 'next', integer),
  };
}

/** A column that holds JSON, read as text. */
export function json(row: Row, column: string): Json {
  return JSON.parse(text(row, column)) as Json;
}
