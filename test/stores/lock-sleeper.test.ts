import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { lockFolder } from '../../src/stores/pglite/lock.js';
import { thisProcess } from '../../src/stores/pglite/owner.js';

/** What a process that slept since then believes to be in the folder; used once. */
const stale = vi.hoisted(() => ({ listing: [] as string[] }));

vi.mock('node:fs/promises', async (load) => {
  const real = await load<typeof import('node:fs/promises')>();
  const list = async (path: string) =>
    stale.listing.length > 0 ? stale.listing.splice(0) : real.readdir(path);
  return { ...real, readdir: list };
});

const folders: string[] = [];

afterAll(async () => {
  for (const one of folders) await rm(one, { recursive: true, force: true });
});

it('a process that slept since it found a dead lock gives way to who came after', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recobro-lock-'));
  folders.push(folder);
  const locks = join(folder, 'recobro.lock');
  await mkdir(locks);
  const alive = JSON.stringify({ ...thisProcess(), signal: null });
  const dead = JSON.stringify({ ...thisProcess(), started: '1', signal: null });
  await writeFile(join(locks, '000001'), dead);
  await writeFile(join(locks, '000009'), alive);

  stale.listing = ['000001'];
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'store_in_use' });
  expect((await readdir(locks)).sort()).toEqual(['000001', '000009']);
});
