import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type PGliteClient, pgliteStore } from '../../src/stores/pglite/index.js';
import { loadPGlite } from '../../src/stores/pglite/package.js';
import type { Change, Store } from '../../src/stores/store.js';
import { killChildren, startChild } from '../support/child.js';
import { describeStore } from '../support/store-suite.js';

let client: PGlite;
let folder: string;

beforeAll(async () => {
  client = await PGlite.create();
  folder = await mkdtemp(join(tmpdir(), 'recobro-pglite-'));
});

afterEach(killChildren);

afterAll(async () => {
  await client.close();
  await rm(folder, { recursive: true, force: true });
});

describeStore('PGlite store on an instance of the host, in memory', () => ({
  store: pgliteStore({ client }),
  other: pgliteStore({ client }),
  transaction: (work) => client.transaction(work),
}));

/** Opening takes its time, so one store serves until a law closes it. */
let held: Store | undefined;

describeStore(
  'PGlite store on a folder',
  () => {
    const store = held ?? pgliteStore({ folder: join(folder, 'contract') });
    held = store;
    const close = async (): Promise<void> => {
      held = undefined;
      await store.close();
    };
    return { store: { ...store, close } };
  },
  {
    without: { transaction: 'the instance stays inside the store; a host that wants to join gives its own' },
  },
);

describe('PGlite store', () => {
  const creation = (account: string): Change => ({
    tenant: 't',
    account,
    expected: 0,
    events: [],
    acts: [],
    next: 1,
  });

  it('keeps a folder from a second opener of this process until it is closed', async () => {
    await held?.close();
    const path = join(folder, 'data');
    const first = pgliteStore({ folder: path });
    await first.migrate();
    await first.commit([creation('kept')]);

    const second = pgliteStore({ folder: path });
    await expect(second.migrate()).rejects.toMatchObject({ code: 'store_in_use', retryable: true });
    await expect(second.load('t', ['kept'])).rejects.toMatchObject({ code: 'store_in_use' });
    await first.close();
    expect(await second.load('t', ['kept'])).toHaveLength(1);
    await second.close();
  });

  it('keeps a folder from another process, and loses nothing that a killed one committed', async () => {
    const path = join(folder, 'data');
    const writer = startChild('stores/processes/writer.ts', path);
    expect(await writer.line()).toBe('open');
    const store = pgliteStore({ folder: path });
    await expect(store.load('t', ['kept'])).rejects.toMatchObject({ code: 'store_in_use' });
    await expect(store.migrate()).rejects.toThrow(`process ${writer.pid}`);

    const committed: string[] = [];
    while (committed.length < 25) committed.push(await writer.line());
    await writer.kill();
    const files = await store.load('t', [...committed, 'kept']);
    expect(files.map((file) => file.account).sort()).toEqual([...committed, 'kept'].sort());

    const late = startChild('stores/processes/writer.ts', path);
    expect(await late.line()).toBe('store_in_use');
    await store.close();
  });

  it('makes a database anew that a dying process left half made', async () => {
    const path = join(folder, 'half');
    await mkdir(join(path, 'recobro.lock'), { recursive: true });
    await writeFile(join(path, 'recobro.lock', 'making'), '');
    await writeFile(join(path, 'PG_VERSION'), '18\n');
    await mkdir(join(path, 'base'));
    const store = pgliteStore({ folder: path });
    await store.migrate();
    await store.commit([creation('a')]);
    await store.close();
    expect(await readdir(join(path, 'recobro.lock'))).toEqual([]);
    const again = pgliteStore({ folder: path });
    expect(await again.load('t', ['a'])).toHaveLength(1);
    await again.close();
  });

  it('touches no folder that holds other files', async () => {
    const path = join(folder, 'documents');
    await mkdir(path);
    await writeFile(join(path, 'letter.txt'), 'dear');
    const store = pgliteStore({ folder: path });
    await expect(store.migrate()).rejects.toMatchObject({
      code: 'invalid_option',
      problems: [{ path: 'folder' }],
    });
    await store.close();
    expect((await readdir(path)).sort()).toEqual(['letter.txt', 'recobro.lock']);
    expect(await readdir(join(path, 'recobro.lock'))).toEqual([]);
  });

  it('says store_not_migrated before the tables are there', async () => {
    const store = pgliteStore({ client, schema: 'nothing here' });
    await expect(store.load('t', ['a'])).rejects.toMatchObject({ code: 'store_not_migrated' });
    await expect(store.commit([creation('a')])).rejects.toMatchObject({ code: 'store_not_migrated' });
  });

  it('keeps schemas apart and leaves the instance of the host open', async () => {
    const [one, two] = [pgliteStore({ client, schema: 'One' }), pgliteStore({ client, schema: 'one' })];
    await one.migrate();
    await two.migrate();
    await one.commit([creation('a')]);
    expect(await two.load('t', ['a'])).toEqual([]);
    await one.close();
    expect((await client.query('SELECT 1 AS n')).rows).toEqual([{ n: 1 }]);
  });

  it('refuses options that cannot work', () => {
    expect(() => pgliteStore({ client, folder: 'x' })).toThrow('not both');
    expect(() => pgliteStore({ folder: '' })).toThrow('empty');
    expect(() => pgliteStore({ client: {} as PGliteClient })).toThrow('instance of PGlite');
    expect(() => pgliteStore({ schema: 'x'.repeat(64) })).toThrow('1 to 63 bytes');
  });

  it('refuses the instance itself as a transaction', async () => {
    const store = pgliteStore({ client });
    await expect(store.commit([], { transaction: client })).rejects.toMatchObject({ code: 'invalid_option' });
  });

  it('says what to install where PGlite is missing', async () => {
    const missing = () =>
      Promise.reject(Object.assign(new Error('not found'), { code: 'ERR_MODULE_NOT_FOUND' }));
    await expect(loadPGlite(missing)).rejects.toMatchObject({
      code: 'invalid_option',
      message: expect.stringContaining('npm install @electric-sql/pglite'),
    });
    const broken = new Error('syntax');
    await expect(loadPGlite(() => Promise.reject(broken))).rejects.toBe(broken);
  });

  it('may be closed before it was ever used', async () => {
    const store = pgliteStore();
    await store.close();
    await expect(store.migrate()).rejects.toMatchObject({ code: 'closed' });
  });
});
