import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { invalidOption } from '../sql/session.js';
import { type FolderLock, lockFolder, lockFolderName } from './lock.js';

/** A folder that this process alone uses, ready for PGlite. */
export interface OpenFolder {
  readonly path: string;
  /** To be called once the database has opened. */
  settled(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Locks the folder and sees to it that it holds a whole database or none. A
 * process that dies while PGlite makes a new one leaves half of it, which
 * PGlite would then fail to open for ever. So a mark stands for the time of
 * the making, and a folder that still has it is made anew: nothing can have
 * been stored in it.
 *
 * @throws RecobroError `store_in_use`; `invalid_option` if the folder holds other files.
 */
export async function openFolder(folder: string): Promise<OpenFolder> {
  const path = resolve(folder);
  await mkdir(path, { recursive: true });
  const lock = await lockFolder(path);
  const mark = join(path, lockFolderName, 'making');
  try {
    await prepare(path, mark);
  } catch (error) {
    await lock.release();
    throw error;
  }
  return openWith(path, mark, lock);
}

function openWith(path: string, mark: string, lock: FolderLock): OpenFolder {
  return { path, settled: () => rm(mark, { force: true }), release: () => lock.release() };
}

/** What PostgreSQL itself puts into the folder of a database; nothing else is ever removed. */
const clusterEntry =
  /^(?:PG_VERSION|base|global|pg_[a-z_]+(?:\.conf)?|postgresql(?:\.auto)?\.conf|postmaster\.(?:pid|opts))$/;

async function prepare(path: string, mark: string): Promise<void> {
  const unfinished = (await readdir(join(path, lockFolderName))).includes('making');
  const found = (await readdir(path)).filter((name) => name !== lockFolderName);
  if (unfinished && found.every((name) => clusterEntry.test(name))) {
    for (const name of found) await rm(join(path, name), { recursive: true, force: true });
  } else if (!unfinished && found.includes('PG_VERSION')) {
    return;
  } else if (found.length > 0) {
    throw invalidOption(
      'folder',
      'The folder holds other files and no database; name an empty or a new one.',
    );
  }
  await writeFile(mark, '');
}
