import pg from 'pg';

/** What the statements of one kind looked at. */
export interface Looked {
  readonly statement: string;
  calls: number;
  rows: number;
  /** Pages of 8 KiB, from the cache or the disk. */
  buffers: number;
}

interface Plan {
  readonly 'Actual Rows': number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
}

/**
 * A connection that has each statement explained, with what it touches, right before it is run for good.
 */
export async function explaining(url: string): Promise<{
  readonly client: { query(text: string, values?: unknown[]): Promise<{ readonly rows: unknown[] }> };
  readonly looked: ReadonlyMap<string, Looked>;
  end(): Promise<void>;
}> {
  const connection = new pg.Client({ connectionString: url });
  await connection.connect();
  const looked = new Map<string, Looked>();
  let inside = false;
  const explain = async (text: string, values: unknown[] | undefined): Promise<void> => {
    await connection.query(inside ? 'SAVEPOINT bench' : 'BEGIN');
    const found = await connection.query<{ readonly 'QUERY PLAN': readonly { readonly Plan: Plan }[] }>(
      `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) ${text}`,
      values,
    );
    await connection.query(inside ? 'ROLLBACK TO SAVEPOINT bench' : 'ROLLBACK');
    if (inside) await connection.query('RELEASE SAVEPOINT bench');
    const plan = found.rows[0]?.['QUERY PLAN'][0]?.Plan;
    if (plan === undefined) throw new Error('no plan');
    const statement = nameOf(text);
    const known = looked.get(statement) ?? { statement, calls: 0, rows: 0, buffers: 0 };
    known.calls++;
    known.rows += plan['Actual Rows'];
    known.buffers += plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
    looked.set(statement, known);
  };
  return {
    client: {
      async query(text, values) {
        if (/^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)/i.test(text)) await explain(text, values);
        if (/^BEGIN/.test(text)) inside = true;
        if (/^(COMMIT|ROLLBACK)$/.test(text)) inside = false;
        return connection.query(text, values);
      },
    },
    looked,
    end: () => connection.end(),
  };
}

/** `UPDATE acts`: what is done to which table. */
function nameOf(text: string): string {
  const tables = [...text.matchAll(/recobro_(\w+)/g)].map(([, name = '']) => name);
  const verb = /\b(INSERT|UPDATE|DELETE)\b(?! OF)/.exec(text)?.[1] ?? 'SELECT';
  const lock = / FOR UPDATE/.test(text) ? ' locked' : '';
  return `${verb} ${[...new Set(tables)].slice(0, 2).join(', ')}${lock}`;
}
