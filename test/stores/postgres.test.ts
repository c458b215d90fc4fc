import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/stores/memory/index.js';
import {
  migrationSql,
  migrations,
  type PostgresConnection,
  type PostgresPool,
  postgresStore,
} from '../../src/stores/postgres/index.js';
import type { ActChange, ActState, Change, Store } from '../../src/stores/store.js';
import { type PostgresServer, startPostgres } from '../support/postgres.js';
import { describeStore } from '../support/store-suite.js';

let server: PostgresServer;
let pool: pg.Pool;

beforeAll(async () => {
  server = await startPostgres();
  pool = server.pool();
});

afterAll(async () => {
  await server?.stop();
});

/** A transaction of the host on a pool of its own. */
function transactionsOf(host: () => pg.Pool) {
  return async <T>(work: (transaction: pg.PoolClient) => Promise<T>): Promise<T> => {
    const client = await host().connect();
    try {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  };
}

const inTransaction = transactionsOf(() => pool);

function creation(account: string, more: Partial<Change> = {}): Change {
  return { tenant: 't', account, expected: 0, events: [], acts: [], ...more };
}

async function fresh(schema: string): Promise<Store> {
  const store = postgresStore({ client: pool, schema });
  await store.migrate();
  return store;
}

describeStore('PostgreSQL store on two pools', () => {
  const other = server.pool();
  return {
    store: postgresStore({ client: pool }),
    other: postgresStore({ client: other }),
    transaction: (work) => inTransaction(work),
    dispose: () => other.end(),
  };
});

describeStore('PostgreSQL store on a single Client', async () => {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const store = postgresStore({ client, schema: 'single' });
  return { store, transaction: (work) => inTransaction(work), dispose: () => client.end() };
});

describeStore('PostgreSQL store on tables partitioned by tenant', async () => {
  await partitioned();
  const store = postgresStore({ client: pool, schema: 'parts' });
  return { store, transaction: (work) => inTransaction(work) };
});

describeStore('PostgreSQL store where sessions are serializable and drivers parse nothing', () => {
  const raw: pg.CustomTypesConfig = { getTypeParser: () => (value: string | Buffer) => value };
  const strict = server.pool({ options: '-c default_transaction_isolation=serializable', types: raw });
  const store = postgresStore({ client: strict, schema: 'strict' });
  return { store, transaction: (work) => transactionsOf(() => strict)(work), dispose: () => strict.end() };
});

let parts: Promise<void> | undefined;

/** The same tables, each split by the hash of its tenant. */
function partitioned(): Promise<void> {
  parts ??= (async () => {
    await postgresStore({ client: pool, schema: 'parts', partitions: 3 }).migrate();
    const { rows } = await pool.query(
      `SELECT c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant'
       WHERE n.nspname = 'parts' AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(12);
    // Of each table that a step makes, so that a new one cannot be forgotten.
    expect(rows.filter(({ relkind }) => relkind !== 'p')).toEqual([]);
  })();
  return parts;
}

describe('migrations of the PostgreSQL store', () => {
  async function shapeOf(schema: string): Promise<unknown> {
    const columns = await pool.query(
      `SELECT table_name, column_name, data_type, is_nullable, collation_name FROM information_schema.columns
       WHERE table_schema = $1 ORDER BY table_name, ordinal_position`,
      [schema],
    );
    const indexes = await pool.query(
      `SELECT indexname, replace(indexdef, $1 || '.', '') AS def FROM pg_indexes WHERE schemaname = $1 ORDER BY indexname`,
      [schema],
    );
    return [columns.rows, indexes.rows];
  }

  it('come to the same whether run by migrate(), as one text, or step by step', async () => {
    await fresh('by_store');
    await pool.query(migrationSql({ schema: 'by_text' }));
    for (const { sql } of migrations({ schema: 'by_steps' })) await pool.query(sql);
    const shape = await shapeOf('by_store');
    expect(JSON.stringify(shape)).toContain('recobro_acts_rank');
    expect(await shapeOf('by_text')).toEqual(shape);
    expect(await shapeOf('by_steps')).toEqual(shape);
  });

  it('split tables by tenant alike, as one text and by migrate(), and refuse numbers that cannot be', async () => {
    await partitioned();
    await pool.query(migrationSql({ schema: 'parts_by_text', partitions: 3 }));
    const plain = JSON.stringify(await shapeOf('parts_by_text')).replaceAll('parts_by_text', 'parts');
    expect(plain).toBe(JSON.stringify(await shapeOf('parts')));
    for (const partitions of [0, 1.5, 2_000])
      expect(() => migrationSql({ partitions })).toThrow(expect.objectContaining({ code: 'invalid_option' }));
  });

  it('may be run again in every way', async () => {
    await fresh('again');
    await pool.query(migrationSql({ schema: 'again' }));
    await fresh('again');
    const { rows } = await pool.query('SELECT version FROM again.recobro_migrations ORDER BY version');
    expect(rows.map((row) => row.version)).toEqual(migrations().map((one) => one.version));
  });

  it('are safe when many processes start at once', async () => {
    const pools = Array.from({ length: 8 }, () => server.pool({ max: 1 }));
    for (let round = 0; round < 5; round++) {
      const schema = `start_${round}`;
      await Promise.all(pools.map((one) => postgresStore({ client: one, schema }).migrate()));
      const { rows } = await pool.query(`SELECT count(*)::int AS n FROM ${schema}.recobro_migrations`);
      expect(rows[0].n).toBe(migrations().length);
    }
    await Promise.all(pools.map((one) => one.end()));
  });

  it('take any schema name and touch nothing outside of it', async () => {
    const before = await shapeOf('public');
    const names = ['Dunning', 'dunning', 'o"brien; DROP TABLE x', 'ñ schema'];
    const stores = await Promise.all(names.map(fresh));
    for (const [n, store] of stores.entries()) await store.commit([creation('a', { next: n })]);
    for (const [n, store] of stores.entries()) expect((await store.load('t', ['a']))[0]?.next).toBe(n);
    expect(await shapeOf('public')).toEqual(before);
  });

  it('need no right to create a schema that is there, nor any right to create once done', async () => {
    await pool.query(`CREATE ROLE dunner LOGIN PASSWORD 'x'`);
    await pool.query('CREATE SCHEMA granted AUTHORIZATION dunner');
    const own = server.pool({
      user: 'dunner',
      connectionString: server.url.replace('postgres:password', 'dunner:x'),
    });
    await postgresStore({ client: own, schema: 'granted' }).migrate();

    await fresh('served');
    await pool.query('GRANT USAGE ON SCHEMA served TO dunner');
    await pool.query('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA served TO dunner');
    const served = postgresStore({ client: own, schema: 'served' });
    await served.migrate();
    await served.commit([creation('a')]);
    const refused = postgresStore({ client: own, schema: 'not allowed' }).migrate();
    await expect(refused).rejects.toMatchObject({ code: 'store_failed', retryable: false });
    await own.end();
  });

  it('are missing: store_not_migrated', async () => {
    const store = postgresStore({ client: pool, schema: 'nowhere' });
    const failed = { code: 'store_not_migrated', message: expect.stringContaining('migrate()') };
    await expect(store.load('t', ['a'])).rejects.toMatchObject(failed);
    await expect(store.commit([creation('a')])).rejects.toMatchObject(failed);
    await expect(store.claim({ now: 1, lease: 2, limit: 1, token: 'x' })).rejects.toMatchObject(failed);
    await expect(store.files('t')[Symbol.asyncIterator]().next()).rejects.toMatchObject(failed);
  });

  it('begin every primary key with the tenant, but that of the versions', () => {
    const keys = [...migrationSql().matchAll(/PRIMARY KEY \((\w+)/g)].map((one) => one[1]);
    expect(keys.length).toBeGreaterThanOrEqual(10);
    expect(new Set(keys)).toEqual(new Set(['tenant']));
  });

  it('read no clock, use no extension', () => {
    expect(migrationSql()).not.toMatch(/now\(|current_|EXTENSION|clock_timestamp|gen_random/i);
  });
});

describe('statements of the PostgreSQL store', () => {
  const schema = 'plans';
  const at = 1_000_000_000_000;

  beforeAll(async () => {
    await fresh(schema);
    await pool.query(
      `INSERT INTO plans.recobro_files SELECT 't' || (n % 200), 'a' || n, 1, '{}', CASE WHEN n % 10 > 0 THEN $1::bigint + n END
       FROM generate_series(1, 60000) AS n`,
      [at],
    );
    await pool.query(
      `INSERT INTO plans.recobro_acts
       SELECT 't' || (n % 200), 'act ' || n, 'a' || n, (ARRAY['ready', 'accepted', 'accepted', 'sending', 'claimed', 'accepted'])[1 + n % 6],
         $1::bigint + n, 0, CASE WHEN n % 6 IN (3, 4) THEN $1::bigint + n + 60000 END, 'token', '[]', '{}', 'null'
       FROM generate_series(1, 60000) AS n`,
      [at],
    );
    await pool.query('ANALYZE plans.recobro_files, plans.recobro_acts');
  });

  interface Plan {
    readonly 'Node Type': string;
    readonly 'Index Name'?: string;
    readonly Plans?: readonly Plan[];
  }

  /** The plans of the statements that a call of the store runs. */
  async function plansOf(call: (store: Store) => Promise<unknown>): Promise<readonly Plan[]> {
    const plans: Plan[] = [];
    const spying: PostgresConnection = {
      async query(text, values) {
        const explained = await pool.query(`EXPLAIN (FORMAT JSON) ${text}`, values);
        plans.push(explained.rows[0]['QUERY PLAN'][0].Plan);
        return pool.query(text, values);
      },
    };
    await call(postgresStore({ client: spying, schema }));
    return plans;
  }

  function nodes(plan: Plan): readonly Plan[] {
    return [plan, ...(plan.Plans ?? []).flatMap(nodes)];
  }

  const work: readonly (readonly [string, string, (store: Store) => Promise<readonly unknown[]>])[] = [
    ['due', 'recobro_files_due', (store) => store.due({ before: at + 500, limit: 100 })],
    [
      'due of a tenant',
      'recobro_files_due_of_tenant',
      (store) => store.due({ before: at + 50_000, limit: 10, tenant: 't3' }),
    ],
    [
      'claim of a tenant',
      'recobro_acts_rank',
      (store) => store.claim({ now: at + 50_000, lease: at + 90_000, limit: 10, token: 'x', tenant: 't4' }),
    ],
    ['expired', 'recobro_acts_sending', (store) => store.expired({ now: at + 61_000, limit: 100 })],
  ];

  for (const [name, index, call] of work) {
    it(`${name} walks ${index}, sorts nothing and scans no table`, async () => {
      let got: readonly unknown[] = [];
      const plans = await plansOf(async (store) => {
        got = await call(store);
      });
      expect(got.length).toBeGreaterThanOrEqual(10);
      expect(plans).toHaveLength(1);
      const all = plans.flatMap(nodes);
      expect(all.map((node) => node['Index Name'])).toContain(index);
      expect(all.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
      // What is claimed is sorted once more, as it comes back from the update: a sort of what is returned.
      const below = all.find((node) => node['Node Type'] === 'Limit');
      expect(below && nodes(below).some((node) => node['Node Type'].includes('Sort'))).toBe(false);
    });
  }

  it('a due account costs the same among sixty thousand as among few', async () => {
    const explained = await pool.query(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT tenant, account, next FROM plans.recobro_files
       WHERE next <= $1::bigint ORDER BY next, tenant, account LIMIT 10`,
      [at + 500],
    );
    expect(explained.rows[0]['QUERY PLAN'][0].Plan['Shared Hit Blocks']).toBeLessThan(25);
  });

  it('a commit takes as many statements for a thousand accounts as for two', async () => {
    async function statementsFor(tenant: string, n: number): Promise<number> {
      let count = 0;
      const counting: PostgresConnection = {
        query: (text, values) => {
          count += 1;
          return client.query(text, values);
        },
      };
      const client = await pool.connect();
      const store = postgresStore({ client: counting, schema });
      const accounts = Array.from({ length: n }, (_, i) => `a${i}`);
      // Once, before its first commit, it is found out whether it is one connection.
      await store.commit([full(tenant, 'first')]);
      count = 0;
      const outcomes = await store.commit(accounts.map((account) => full(tenant, account)));
      expect(outcomes.every((one) => one.ok)).toBe(true);
      client.release();
      return count;
    }
    expect(await statementsFor('many', 1_000)).toBe(await statementsFor('few', 2));
  });

  function full(tenant: string, account: string): Change {
    return {
      tenant,
      account,
      expected: 0,
      file: { header: { account }, put: new Map([1, 2].map((n) => [`${account}/${n}`, { n }])), remove: [] },
      events: [1, 2].map((seq) => ({ seq, at: seq, type: 'made', actor: 'test', data: { account } })),
      acts: [
        {
          op: 'insert',
          id: `act of ${account}`,
          keys: [`key of ${account}`],
          state: 'ready',
          notBefore: at,
          data: {},
        },
      ],
      next: at,
    };
  }

  it('commits five thousand accounts at once', async () => {
    const store = await fresh('large');
    const accounts = Array.from({ length: 5_000 }, (_, i) => `account ${i}`);
    const outcomes = await store.commit(accounts.map((account) => full('t', account)));
    expect(outcomes.filter((one) => one.ok)).toHaveLength(5_000);
    const second = await store.commit(
      accounts.map((account, i) => ({ ...full('t', account), expected: i % 2, events: [], acts: [] })),
    );
    expect(second.filter((one) => one.ok)).toHaveLength(2_500);
    expect((await store.load('t', accounts)).filter((file) => file.rows.size === 2)).toHaveLength(5_000);
    const counts = await pool.query(
      'SELECT (SELECT count(*) FROM large.recobro_events)::int AS e, (SELECT count(*) FROM large.recobro_act_keys)::int AS k',
    );
    expect(counts.rows[0]).toEqual({ e: 10_000, k: 5_000 });
  });
});

describe('a client with nothing but query', () => {
  const refusal = { code: 'invalid_option', problems: [{ path: 'client' }] };

  it.each([
    ['a pool', 4, (shared: pg.Pool) => shared],
    ['a connection for each statement', 1, () => undefined],
  ])('over %s is refused before anything is written', async (_, max, over) => {
    await fresh('sessionless');
    const shared = server.pool({ max });
    const query: PostgresConnection['query'] = async (text, values) => {
      const direct = over(shared);
      if (direct !== undefined) return direct.query(text, values);
      const client = await shared.connect();
      try {
        return await client.query(text, values);
      } finally {
        client.release(true);
      }
    };
    const store = postgresStore({ client: { query }, schema: 'sessionless' });
    const change = creation('a', { events: [{ seq: 1, at: 1, type: 'made', actor: 'test', data: {} }] });
    for (let times = 0; times < 2; times++)
      await expect(store.commit([change])).rejects.toMatchObject(refusal);
    const { rows } = await pool.query(
      `SELECT (SELECT count(*) FROM sessionless.recobro_files)::int AS files,
        (SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%')::int AS open`,
    );
    expect(rows).toEqual([{ files: 0, open: 0 }]);
    await shared.end();
  });

  it('over one connection is asked once', async () => {
    await fresh('session');
    const client = await pool.connect();
    const probes: string[] = [];
    const query: PostgresConnection['query'] = (text, values) => {
      if (text.includes('set_config')) probes.push(text);
      return client.query(text, values);
    };
    const store = postgresStore({ client: { query }, schema: 'session' });
    for (const account of ['a', 'b'])
      expect(await store.commit([creation(account)])).toMatchObject([{ ok: true }]);
    expect(probes).toHaveLength(1);
    client.release();
  });
});

describe('failures of the PostgreSQL store', () => {
  /** A pool whose connections may fail or be watched. */
  function through(
    hook: (text: string, client: pg.PoolClient) => Promise<void>,
    released: (destroy: boolean) => void = () => undefined,
  ): PostgresPool {
    return {
      query: (text, values) => pool.query(text, values),
      async connect() {
        const client = await pool.connect();
        return {
          async query(text, values) {
            await hook(text, client);
            return client.query(text, values);
          },
          on: (event, listener) => client.on(event, listener),
          off: (event, listener) => client.off(event, listener),
          release(destroy) {
            released(destroy === true);
            client.release(destroy);
          },
        };
      },
    };
  }

  const failure = (code: string) => Object.assign(new Error(`secret of ${code}`), { code });

  it('tries again what lost against another transaction', async () => {
    await fresh('losses');
    for (const code of ['40001', '40P01']) {
      let failures = 3;
      const client = through(async (text) => {
        if (text.startsWith('INSERT INTO') && text.includes('recobro_files') && failures-- > 0)
          throw failure(code);
      });
      const store = postgresStore({ client, schema: 'losses' });
      expect(await store.commit([creation(code)])).toEqual([{ ok: true, version: 1 }]);
    }
  });

  it('gives up after ten tries, with an error that may pass', async () => {
    await fresh('losses');
    let tries = 0;
    const client = through(async (text) => {
      if (!text.startsWith('COMMIT')) return;
      tries += 1;
      throw failure('40001');
    });
    const store = postgresStore({ client, schema: 'losses' });
    await expect(store.commit([creation('never')])).rejects.toMatchObject({
      code: 'store_failed',
      retryable: true,
    });
    expect(tries).toBe(10);
    expect(await store.load('t', ['never'])).toEqual([]);
  });

  it('hands every connection back, as broken only if it is', async () => {
    await fresh('losses');
    const released: boolean[] = [];
    let fail: 'no' | 'statement' | 'connection' = 'no';
    const client = through(
      async (text, connection) => {
        if (!text.startsWith('INSERT INTO') || fail === 'no') return;
        if (fail === 'statement') throw failure('53200');
        await pool.query('SELECT pg_terminate_backend($1)', [
          (connection as unknown as { processID: number }).processID,
        ]);
      },
      (destroy) => released.push(destroy),
    );
    const store = postgresStore({ client, schema: 'losses' });
    await store.commit([creation('one')]);
    fail = 'statement';
    await expect(store.commit([creation('two')])).rejects.toMatchObject({
      code: 'store_failed',
      retryable: true,
    });
    fail = 'connection';
    await expect(store.commit([creation('two')])).rejects.toMatchObject({
      code: 'store_failed',
      retryable: true,
    });
    expect(released).toEqual([false, false, true]);
    fail = 'no';
    expect(await store.load('t', ['two'])).toEqual([]);
    await store.commit([creation('two')]);
  });

  it('says nothing of the data in its messages, and keeps the cause', async () => {
    const store = await fresh('losses');
    const attempt = store.commit([creation('secret\0account')]);
    await expect(attempt).rejects.toMatchObject({
      code: 'store_failed',
      retryable: false,
      cause: { code: '22021' },
    });
    await expect(attempt).rejects.not.toThrow(/secret/);
  });

  it('says that nobody answered', async () => {
    const lost = new pg.Pool({ host: '127.0.0.1', port: 1, user: 'nobody' });
    const store = postgresStore({ client: lost });
    await expect(store.load('t', ['a'])).rejects.toMatchObject({ code: 'store_failed', retryable: true });
    await expect(store.commit([creation('a')])).rejects.toMatchObject({
      code: 'store_failed',
      retryable: true,
    });
    await lost.end();
  });

  it('refuses at once what cannot be a client', () => {
    for (const client of [undefined, null, {}, 'postgres://', { query: 1 }]) {
      expect(() => postgresStore({ client: client as never })).toThrow('client');
    }
    for (const schema of ['', 'x'.repeat(64), 'a\0b']) {
      expect(() => postgresStore({ client: pool, schema })).toThrow('1 to 63 bytes');
    }
  });

  it('refuses what gives no connection, and what is no transaction', async () => {
    const odd: PostgresPool = { query: pool.query.bind(pool), connect: () => Promise.resolve({} as never) };
    await expect(postgresStore({ client: odd }).commit([creation('a')])).rejects.toMatchObject({
      code: 'invalid_option',
    });
    const store = await fresh('losses');
    for (const transaction of [pool, {}, 'tx', null]) {
      await expect(store.commit([creation('a')], { transaction })).rejects.toMatchObject({
        code: 'invalid_option',
      });
    }
  });

  it('never lets two batches of its own wait for each other', async () => {
    await fresh('orders');
    const errors: unknown[] = [];
    const noting: PostgresPool = {
      query: (text, values) => pool.query(text, values),
      async connect() {
        const client = await pool.connect();
        return {
          query: (text, values) =>
            client.query(text, values).catch((error: unknown) => {
              errors.push(error);
              throw error;
            }),
          release: (destroy) => client.release(destroy),
        };
      },
    };
    const store = postgresStore({ client: noting, schema: 'orders' });
    const accounts = Array.from({ length: 200 }, (_, i) => `a${i}`);
    const old = accounts.slice(0, 100);
    await store.commit(old.map((account) => creation(account)));
    for (let round = 1; round <= 5; round++) {
      const orders = [
        accounts,
        [...accounts].reverse(),
        [...accounts].sort(),
        [...accounts].sort().reverse(),
      ];
      const batches = orders.map((order) =>
        store.commit(
          order.map((account) => {
            const keys = [`${account} ${round}`];
            const act: ActChange = {
              op: 'insert',
              id: keys[0] ?? '',
              keys,
              state: 'ready',
              notBefore: 0,
              data: 0,
            };
            return creation(account, { expected: old.includes(account) ? round : round - 1, acts: [act] });
          }),
        ),
      );
      const outcomes = (await Promise.all(batches)).flat();
      expect(outcomes.filter((one) => one.ok)).toHaveLength(200);
    }
    expect(errors).toEqual([]);
  });

  it('refuses a connection on which no transaction has begun, and writes nothing', async () => {
    const store = postgresStore({ client: pool });
    const idle = await pool.connect();
    const tenant = 'not-begun';
    await expect(store.commit([creation('a', { tenant })], { transaction: idle })).rejects.toMatchObject({
      code: 'invalid_option',
      problems: [{ path: 'transaction' }],
    });
    idle.release();
    expect(await store.load(tenant, ['a'])).toEqual([]);
  });

  it('hands out what is free while another transaction holds the rest', async () => {
    const store = await fresh('open');
    const acts = ['one', 'two'].map(
      (id): ActChange => ({ op: 'insert', id, keys: [], state: 'ready', notBefore: 0, data: 0 }),
    );
    await store.commit([creation('a', { acts })]);
    await inTransaction(async (transaction) => {
      const gone: ActChange = { op: 'move', id: 'one', from: ['ready'], to: 'withdrawn' };
      await store.commit([creation('a', { expected: 1, acts: [gone] })], { transaction });
      const impatient = postgresStore({
        client: server.pool({ options: '-c lock_timeout=3s' }),
        schema: 'open',
      });
      const taken = await impatient.claim({ now: 0, lease: 9, limit: 9, token: 'w' });
      expect(taken.map((act) => act.id)).toEqual(['two']);
    });
  });

  it('ends one of two transactions of the host that wait for each other, and does not hide it', async () => {
    const store = await fresh('losses');
    await store.commit([creation('x'), creation('y')]);
    const locked = { x: Promise.withResolvers<void>(), y: Promise.withResolvers<void>() };
    const both = (first: 'x' | 'y', second: 'x' | 'y') =>
      inTransaction(async (transaction) => {
        await store.commit([creation(first, { expected: 1 })], { transaction });
        locked[first].resolve();
        await locked[second].promise;
        const outcomes = await store.commit([creation(second, { expected: 1 })], { transaction });
        return outcomes[0]?.ok === true ? 'both' : 'conflict';
      });
    const results = await Promise.allSettled([both('x', 'y'), both('y', 'x')]);
    const lost = results.filter((one) => one.status === 'rejected');
    expect(lost).toHaveLength(1);
    expect(lost[0]?.reason).toMatchObject({
      code: 'store_failed',
      retryable: true,
      cause: { code: '40P01' },
    });
    expect(results.filter((one) => one.status === 'fulfilled').map((one) => one.value)).toEqual(['both']);
  });

  it('leaves the pool of the host open', async () => {
    const store = await fresh('losses');
    await store.close();
    expect((await pool.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
  });
});

describe('memory and PostgreSQL', () => {
  const states: readonly ActState[] = [
    'ready',
    'claimed',
    'sending',
    'accepted',
    'refused',
    'unknown',
    'withdrawn',
    'open',
    'completed',
  ];
  const id = fc.constantFrom('act 1', 'act 2', 'act 3', 'act 4');
  const keys = fc.uniqueArray(fc.constantFrom('k1', 'k2', 'k3', 'k4', 'k5'), { maxLength: 3 });
  const act: fc.Arbitrary<ActChange> = fc.oneof(
    fc.record({
      op: fc.constant('insert' as const),
      id,
      keys,
      state: fc.constantFrom('ready' as const, 'open' as const),
      notBefore: fc.integer({ min: 0, max: 5 }),
      data: fc.jsonValue() as fc.Arbitrary<null>,
    }),
    fc.record({
      op: fc.constant('move' as const),
      id,
      from: fc.constant(states),
      to: fc.constantFrom(...states),
      token: fc.option(fc.constantFrom('w1', 'w2'), { nil: undefined }),
      lease: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
      notBefore: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined }),
      attempt: fc.option(fc.boolean(), { nil: undefined }),
      result: fc.option(fc.constantFrom(null, { code: 1 }), { nil: undefined }),
    }),
  );
  const row = fc.constantFrom('r1', 'r2', 'r3');
  const change = fc.record({
    account: fc.constantFrom('a', 'b', 'c'),
    stale: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    file: fc.option(
      fc.record({
        header: fc.jsonValue(),
        put: fc.array(fc.tuple(row, fc.jsonValue()), { maxLength: 3 }),
        remove: fc.array(row, { maxLength: 2 }),
      }),
      { nil: undefined },
    ),
    events: fc.nat({ max: 2 }),
    acts: fc.uniqueArray(act, { maxLength: 3, selector: (one) => one.id }),
    next: fc.option(fc.option(fc.integer({ min: 0, max: 9 })), { nil: undefined }),
  });
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('commit' as const),
        batch: fc.uniqueArray(change, { minLength: 1, maxLength: 3, selector: (one) => one.account }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('claim' as const),
        now: fc.integer({ min: 0, max: 9 }),
        lease: fc.integer({ min: 0, max: 9 }),
        token: fc.constantFrom('w1', 'w2'),
      }),
    },
  );

  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

  /** Runs the steps and writes down everything that can be seen. */
  async function story(store: Store, tenant: string, steps: readonly Step[]): Promise<unknown[]> {
    const seen: unknown[] = [];
    const seqs = new Map<string, number>();
    for (const one of steps) {
      if (one.kind === 'claim') {
        seen.push(await store.claim({ ...one, limit: 2, tenant }));
        seen.push(await store.expired({ now: one.now, limit: 2, tenant }));
        continue;
      }
      const versions = new Map(
        (await store.load(tenant, ['a', 'b', 'c'])).map((file) => [file.account, file.version]),
      );
      const changes = one.batch.map((part): Change => {
        const first = seqs.get(part.account) ?? 0;
        const events = Array.from({ length: part.events }, (_, i) => ({
          seq: first + i + 1,
          at: i,
          type: 't',
          actor: 'a',
          data: part.account,
        }));
        const file = part.file && {
          header: part.file.header as null,
          put: new Map(part.file.put as [string, null][]),
          remove: part.file.remove,
        };
        const expected = (versions.get(part.account) ?? 0) + (part.stale ? 1 : 0);
        return { tenant, account: part.account, expected, file, events, acts: part.acts, next: part.next };
      });
      const outcomes = await store.commit(changes);
      for (const [i, { account, events }] of changes.entries()) {
        if (outcomes[i]?.ok) seqs.set(account, (seqs.get(account) ?? 0) + events.length);
      }
      seen.push(outcomes);
    }
    for await (const { rows, ...file } of store.files(tenant)) seen.push({ ...file, rows: [...rows] });
    for await (const event of store.events(tenant)) seen.push(event);
    for await (const stored of store.acts(tenant)) seen.push(stored);
    seen.push(await store.due({ before: 5, limit: 9, tenant }));
    return seen;
  }

  it('tell the same story, whatever happens', async () => {
    const store = await fresh('stories');
    let n = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const tenant = `story ${n++}`;
        expect(await story(store, tenant, steps)).toEqual(await story(memoryStore(), tenant, steps));
      }),
      { numRuns: 120 },
    );
  });
});
