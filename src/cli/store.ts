import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RecobroError } from '../errors.js';
import { pgliteStore } from '../stores/pglite/index.js';
import { postgresStore } from '../stores/postgres/index.js';
import type { Store } from '../stores/store.js';
import { names as demo } from './demo/folder.js';
import { FileError } from './failure.js';
import { type Args, type OptionSpec, UsageError } from './options.js';

/** Options that say where recobro's tables stand. */
export const storeOptions: Readonly<Record<string, OptionSpec>> = {
  data: { value: 'FOLDER', help: 'folder of an embedded database (PGlite), or that of a demo' },
  url: { value: 'URL', help: 'PostgreSQL server, such as postgres://user@host/database; never printed' },
  schema: { value: 'NAME', help: 'schema of the tables', otherwise: 'public' },
};

/** Opens the store that the options name; closing it closes the connection too. */
export async function openStore(args: Args, options: { readonly create: boolean }): Promise<Store> {
  const [folder, url] = [args.text('data'), args.text('url')];
  if ((folder === undefined) === (url === undefined)) {
    throw new UsageError('give either --data FOLDER or --url postgres://…');
  }
  const schema = args.text('schema');
  if (url !== undefined) return serverStore(url, schema);
  if (!options.create && folder !== undefined && !existsSync(folder)) {
    throw new FileError(`${folder} cannot be read: there is no such folder`);
  }
  return pgliteStore({ folder: folder === undefined ? undefined : (demoIn(folder)?.data ?? folder), schema });
}

/** What the demo left in a folder: its database and the documents that decided. */
export function demoIn(folder: string): { readonly data: string; readonly documents: string } | undefined {
  if (!existsSync(join(folder, demo.marker))) return undefined;
  return { data: join(folder, demo.data), documents: join(folder, demo.documents) };
}

async function serverStore(url: string, schema: string | undefined): Promise<Store> {
  if (!/^postgres(?:ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new UsageError('--url must be of the form postgres://user:password@host:5432/database');
  }
  const { Pool } = await loadPg();
  const pool = new Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 10_000 });
  // A connection that breaks while nobody uses it is no failure: the next call opens another or says what is wrong.
  pool.on('error', () => undefined);
  const store = postgresStore({ client: pool, schema });
  const close = async (): Promise<void> => {
    await store.close();
    await pool.end();
  };
  return Object.assign(Object.create(store) as Store, { close });
}

async function loadPg(): Promise<Pick<typeof import('pg'), 'Pool'>> {
  try {
    return (await import('pg')).default;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    const message = '--url needs the package pg: npm install pg';
    throw new RecobroError('invalid_option', message, { cause: error });
  }
}
