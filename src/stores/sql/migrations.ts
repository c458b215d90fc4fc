import type { SqlDatabase, SqlSession } from './database.js';
import { integer } from './database.js';
import { literal, quote, type Tables, tablesIn } from './names.js';
import { partitioned } from './partitions.js';

/** One step of the tables, in SQL of the PostgreSQL dialect. Published steps never change. */
export interface Migration {
  /** From 1, without gaps. */
  readonly version: number;
  readonly name: string;
  /** Its statements, each ended by a semicolon; the last one records the version. To be run in one transaction. */
  readonly sql: string;
}

/** Options of {@link migrations} and {@link migrationSql}. */
export interface MigrationOptions {
  /** Where the tables stand. Default: `public`. */
  readonly schema?: string | undefined;
  /** Leaves out this version and those before it. Default: 0. */
  readonly after?: number | undefined;
  /** Splits the tables that are created by the hash of their tenant into so many, 1 to 1024. Default: they are not split. */
  readonly partitions?: number | undefined;
}

interface Step {
  readonly name: string;
  readonly statements: (tables: Tables) => readonly string[];
}

/** Any number that no other user of the database is likely to lock: "recobro" in ASCII. */
const lock = 0x7265636f62726fn.toString();

/**
 * Every primary key begins with the tenant, so that the tables can be
 * partitioned or distributed by it. Texts compare by their bytes, whatever
 * the database's locale. `json`, not `jsonb`: keys keep their order.
 */
const steps: readonly Step[] = [
  {
    name: 'files, events, acts, inbound events',
    statements: (tables) => [
      `CREATE TABLE IF NOT EXISTS ${tables.files} (
  tenant text COLLATE "C" NOT NULL,
  account text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  header json NOT NULL,
  next bigint,
  PRIMARY KEY (tenant, account)
)`,
      `CREATE INDEX IF NOT EXISTS recobro_files_due ON ${tables.files} (next, tenant, account) WHERE next IS NOT NULL`,
      `CREATE INDEX IF NOT EXISTS recobro_files_due_of_tenant ON ${tables.files} (tenant, next, account) WHERE next IS NOT NULL`,
      `CREATE TABLE IF NOT EXISTS ${tables.rows} (
  tenant text COLLATE "C" NOT NULL,
  account text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  data json NOT NULL,
  PRIMARY KEY (tenant, account, id)
)`,
      `CREATE TABLE IF NOT EXISTS ${tables.events} (
  tenant text COLLATE "C" NOT NULL,
  account text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  at bigint NOT NULL,
  type text NOT NULL,
  actor text NOT NULL,
  data json NOT NULL,
  PRIMARY KEY (tenant, account, seq)
)`,
      `CREATE TABLE IF NOT EXISTS ${tables.acts} (
  tenant text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  account text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL,
  not_before bigint NOT NULL,
  attempts integer NOT NULL,
  lease bigint,
  token text COLLATE "C",
  keys json NOT NULL,
  data json NOT NULL,
  result json NOT NULL,
  PRIMARY KEY (tenant, id)
)`,
      `CREATE INDEX IF NOT EXISTS recobro_acts_ready ON ${tables.acts} (not_before, tenant, id) WHERE state IN ('ready', 'claimed')`,
      `CREATE INDEX IF NOT EXISTS recobro_acts_ready_of_tenant ON ${tables.acts} (tenant, not_before, id) WHERE state IN ('ready', 'claimed')`,
      `CREATE INDEX IF NOT EXISTS recobro_acts_sending ON ${tables.acts} (lease, tenant, id) WHERE state = 'sending'`,
      `CREATE INDEX IF NOT EXISTS recobro_acts_of_account ON ${tables.acts} (tenant, account, id)`,
      `CREATE TABLE IF NOT EXISTS ${tables.keys} (
  tenant text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  act text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, key)
)`,
      `CREATE TABLE IF NOT EXISTS ${tables.inbound} (
  tenant text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  data json NOT NULL,
  PRIMARY KEY (tenant, key)
)`,
    ],
  },
  {
    name: 'chain over the log, personal data apart',
    statements: (tables) => [
      `CREATE TABLE IF NOT EXISTS ${tables.personal} (
  tenant text COLLATE "C" NOT NULL,
  account text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  data json NOT NULL,
  PRIMARY KEY (tenant, account, seq)
)`,
      `CREATE SEQUENCE IF NOT EXISTS ${tables.order}`,
      `CREATE TABLE IF NOT EXISTS ${tables.unsealed} (
  tenant text COLLATE "C" NOT NULL,
  id bigint NOT NULL,
  account text COLLATE "C" NOT NULL,
  first bigint NOT NULL,
  last bigint NOT NULL,
  PRIMARY KEY (tenant, id)
)`,
      `CREATE TABLE IF NOT EXISTS ${tables.sealed} (
  tenant text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  account text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  hash text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, position)
)`,
      `CREATE UNIQUE INDEX IF NOT EXISTS recobro_sealed_events ON ${tables.sealed} (tenant, account, seq)`,
      `CREATE TABLE IF NOT EXISTS ${tables.chains} (
  tenant text COLLATE "C" NOT NULL,
  position bigint NOT NULL,
  hash text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant)
)`,
      // What was logged before there was a chain is sealed first, account by account.
      `INSERT INTO ${tables.unsealed} (tenant, id, account, first, last)
SELECT e.tenant, nextval(${literal(tables.order)}), e.account, e.first, e.last
FROM (SELECT tenant, account, min(seq) AS first, max(seq) AS last FROM ${tables.events} GROUP BY tenant, account ORDER BY min(at)) AS e`,
    ],
  },
  {
    name: 'values that workers share',
    statements: (tables) => [
      `CREATE TABLE IF NOT EXISTS ${tables.shared} (
  tenant text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  value json NOT NULL,
  PRIMARY KEY (tenant, key)
)`,
    ],
  },
  {
    name: 'order of acts by rank, acts at rest by state',
    statements: (tables) => [
      `ALTER TABLE ${tables.acts} ADD COLUMN IF NOT EXISTS rank bigint NOT NULL DEFAULT 0`,
      `CREATE INDEX IF NOT EXISTS recobro_acts_rank ON ${tables.acts} (tenant, rank, not_before, id) WHERE state IN ('ready', 'claimed')`,
      // Claims of all tenants at once sort what is live: whoever works for tenants in turn never makes one.
      `DROP INDEX IF EXISTS ${quote(tables.schema)}.recobro_acts_ready`,
      `CREATE INDEX IF NOT EXISTS recobro_acts_resting ON ${tables.acts} (tenant, state, id) WHERE state IN ('open', 'unknown', 'refused')`,
    ],
  },
  {
    name: 'work to do on what came in, references from outside',
    statements: (tables) => [
      // Without due it is done, as all that was recorded before is.
      `ALTER TABLE ${tables.inbound}
  ADD COLUMN IF NOT EXISTS due bigint,
  ADD COLUMN IF NOT EXISTS place bigint NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS attempts integer NOT NULL DEFAULT 0,
  ADD COLUMN IF NOT EXISTS token text COLLATE "C"`,
      `CREATE INDEX IF NOT EXISTS recobro_inbound_due ON ${tables.inbound} (tenant, due, at, place) WHERE due IS NOT NULL`,
      `CREATE TABLE IF NOT EXISTS ${tables.references} (
  tenant text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  account text COLLATE "C" NOT NULL,
  value json NOT NULL,
  PRIMARY KEY (tenant, key, account)
)`,
      `CREATE INDEX IF NOT EXISTS recobro_references_of_account ON ${tables.references} (tenant, account)`,
    ],
  },
  {
    name: 'records that left the file',
    statements: (tables) => [
      `CREATE TABLE IF NOT EXISTS ${tables.left} (
  tenant text COLLATE "C" NOT NULL,
  account text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  data json NOT NULL,
  PRIMARY KEY (tenant, account, id)
)`,
    ],
  },
  {
    name: 'documents as versions',
    statements: (tables) => [
      `CREATE TABLE IF NOT EXISTS ${tables.documents} (
  tenant text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  hash text COLLATE "C" NOT NULL,
  content json NOT NULL,
  at bigint NOT NULL,
  author text NOT NULL,
  reason text,
  PRIMARY KEY (tenant, kind, id, version)
)`,
      `CREATE TABLE IF NOT EXISTS ${tables.activations} (
  tenant text COLLATE "C" NOT NULL,
  number bigint NOT NULL,
  set_id text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  author text NOT NULL,
  reason text,
  PRIMARY KEY (tenant, number)
)`,
    ],
  },
];

/**
 * The steps of the tables in their order, for hosts whose own tool runs
 * migrations. `store.migrate()` runs the same ones and knows those already
 * run by the table `recobro_migrations`.
 *
 * @throws RecobroError `invalid_option` if no schema can be called so, or for a number of partitions that cannot be.
 *
 * @example
 * for (const { version, name, sql } of migrations({ schema: 'dunning' })) {
 *   await writeFile(`migrations/recobro-${version}.sql`, `-- ${name}\n${sql}`);
 * }
 */
export function migrations(options: MigrationOptions = {}): readonly Migration[] {
  const tables = tablesIn(options.schema);
  return steps
    .map(({ name }, i) => {
      const own = statementsOf(tables, i + 1, options.partitions);
      const statements = [...(i === 0 ? opening(tables) : []), ...own];
      return { version: i + 1, name, sql: statements.map((one) => `${one};\n`).join('') };
    })
    .filter(({ version }) => version > (options.after ?? 0));
}

/**
 * The same as one text for `psql` or a review: one transaction, under the
 * lock that `store.migrate()` takes, so that both may run at once. On tables
 * that are partly there, name the version reached as `after`.
 *
 * @throws RecobroError `invalid_option` if no schema can be called so, or for a number of partitions that cannot be.
 *
 * @example
 * await writeFile('recobro.sql', migrationSql({ schema: 'dunning' })); // psql -f recobro.sql
 */
export function migrationSql(options: MigrationOptions = {}): string {
  const parts = migrations(options).map(({ version, name, sql }) => `-- ${version}: ${name}\n${sql}`);
  return ['BEGIN;\n', `SELECT pg_advisory_xact_lock(${lock});\n\n`, parts.join('\n'), '\nCOMMIT;\n'].join('');
}

/** Brings the tables up to date; does nothing, and needs no right to create anything, where they are. */
export async function migrate(database: SqlDatabase, tables: Tables, partitions?: number): Promise<void> {
  if ((await reached(database, tables)) >= steps.length) return;
  await database.transaction(async (session) => {
    // Held to the end of the transaction: of several processes that start at once, the others wait here
    // and then find the work done.
    await session.query(`SELECT pg_advisory_xact_lock(${lock})`);
    const done = await reached(session, tables);
    if (done === 0) {
      const found = await session.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [tables.schema]);
      // Where the schema exists the right to create one may be missing.
      for (const statement of opening(tables).slice(found.length)) await session.query(statement);
    }
    for (let version = done + 1; version <= steps.length; version++) {
      for (const statement of statementsOf(tables, version, partitions)) await session.query(statement);
    }
  });
}

/**
 * The newest version that the database has; 0 for none. Asks the catalogue's
 * tables: `to_regclass` and the like answer from a cache that may not have
 * heard yet of what another process committed while this one waited.
 */
async function reached(session: SqlSession, tables: Tables): Promise<number> {
  const found = await session.query(
    `SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = $1 AND c.relname = 'recobro_migrations'`,
    [tables.schema],
  );
  if (found.length === 0) return 0;
  const newest = await session.query(`SELECT coalesce(max(version), 0) AS version FROM ${tables.migrations}`);
  return newest[0] === undefined ? 0 : integer(newest[0], 'version');
}

/** The schema, then the table that records versions. */
function opening(tables: Tables): readonly string[] {
  return [
    `CREATE SCHEMA IF NOT EXISTS ${quote(tables.schema)}`,
    `CREATE TABLE IF NOT EXISTS ${tables.migrations} (\n  version integer PRIMARY KEY,\n  name text NOT NULL\n)`,
  ];
}

function statementsOf(tables: Tables, version: number, partitions: number | undefined): readonly string[] {
  const step = steps[version - 1];
  if (step === undefined) return [];
  const record = `INSERT INTO ${tables.migrations} (version, name) VALUES (${version}, '${step.name}') ON CONFLICT DO NOTHING`;
  return [...partitioned(step.statements(tables), partitions), record];
}
