import fs, { mkdtempSync, rmSync } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { pgliteStore } from '../../src/stores/pglite/index.js';
import type { Change, Store } from '../../src/stores/store.js';
import { crowd } from '../support/outbox.js';
import { all, at, world } from '../support/world.js';

let folder: string;
let store: Store;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recobro-disk-'));
  store = pgliteStore({ folder });
  await store.migrate();
});
afterEach(mend);
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const statfs = promises.statfs;
const [open, write] = [fs.openSync, fs.writeSync];
/** Files of this process by their numbers, and those whose disk is full. */
const names = new Map<number, string>();
let full: RegExp | undefined;

fs.openSync = ((path: fs.PathLike, ...rest: unknown[]) => {
  const fd = Reflect.apply(open, fs, [path, ...rest]) as number;
  names.set(fd, String(path));
  return fd;
}) as typeof fs.openSync;
fs.writeSync = ((fd: number, ...rest: unknown[]) => {
  if (full?.test(names.get(fd) ?? '') === true)
    throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', errno: -28 });
  return Reflect.apply(write, fs, [fd, ...rest]) as number;
}) as typeof fs.writeSync;

/** The disk as it was. */
function mend(): void {
  full = undefined;
  promises.statfs = statfs;
  syncBuiltinESMExports();
}

/** What the system says of the disk. */
function leaves(bytes: number): void {
  promises.statfs = (async (path: string) => ({
    ...(await statfs(path)),
    bavail: Math.floor(bytes / 4096),
    bsize: 4096,
  })) as typeof statfs;
  syncBuiltinESMExports();
}

/** A change with some megabytes that nothing makes smaller. */
function large(account: string): Change {
  let seed = 1;
  const noise = Array.from({ length: 400_000 }, () => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return seed.toString(36);
  }).join('');
  const event = { seq: 1, at: 1, type: 't', actor: 'a', data: null };
  const file = { header: noise, put: new Map([['row', 1]]), remove: [] };
  return { tenant: 't', account, expected: 0, file, events: [event], acts: [], next: 1 };
}

/** Accounts that are there as a whole. */
async function whole(one: Store): Promise<readonly string[]> {
  const files = await all(one.files('t'));
  const logged = (await all(one.events('t'))).map(({ account }) => account);
  expect(logged).toEqual(files.map(({ account }) => account));
  expect((await one.due({ before: 9, limit: 99, tenant: 't' })).map(({ account }) => account)).toEqual(
    logged,
  );
  return files.filter(({ rows }) => rows.size === 1).map(({ account }) => account);
}

describe('a full disk under PGlite', () => {
  it('is refused before anything is written, can be read, and is no matter any more when there is room', async () => {
    await store.commit([large('before')]);
    leaves(10_000_000);
    const full = { code: 'store_failed', retryable: true };
    await expect(store.commit([large('during')])).rejects.toMatchObject(full);
    await expect(store.claim({ now: 1, lease: 2, limit: 1, token: 'w' })).rejects.toMatchObject(full);
    await expect(store.appendOnce('t', 'k', 1, null)).rejects.toMatchObject(full);
    expect(await whole(store)).toEqual(['before']);
    const other = pgliteStore({ folder: join(folder, 'new') });
    await expect(other.migrate()).rejects.toMatchObject(full);
    mend();
    await store.commit([large('during')]);
    expect(await whole(store)).toEqual(['before', 'during']);
  });

  it('that tables find full: store_failed, nothing half written, the same after opening it again', async () => {
    full = /\/base\//;
    for (const account of ['x', 'y'])
      await expect(store.commit([large(account)])).rejects.toMatchObject({
        code: 'store_failed',
        retryable: true,
        cause: { code: '53100' },
      });
    mend();
    await store.commit([large('after')]);
    expect(await whole(store)).toEqual(['after', 'before', 'during']);
    await store.close();
    store = pgliteStore({ folder });
    expect(await whole(store)).toEqual(['after', 'before', 'during']);
  });

  it('in the middle of a run: nothing is sent that was not written down before, and all is sent later', async () => {
    const made = await crowd(3, { store });
    await made.dunning.review({ now: at('02-06') });
    leaves(1_000);
    await expect(made.dunning.tick({ now: at('02-06') })).rejects.toMatchObject({ code: 'store_failed' });
    expect(made.whatsapp.sent).toEqual([]);
    mend();
    const next = world({ store });
    expect((await next.dunning.tick({ now: at('02-06', '10:10') })).sent).toHaveLength(3);
    expect((await next.dunning.tick({ now: at('02-06', '10:20') })).sent).toEqual([]);
  });
});
