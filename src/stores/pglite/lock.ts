import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RecobroError } from '../../errors.js';
import { randomIds } from '../../ids.js';
import { type Life, lifeOf, type Owner, thisProcess } from './owner.js';
import { giveSignal, hasSignal } from './signal.js';

/** Name of the folder of locks within the folder of the database. */
export const lockFolderName = 'recobro.lock';

/** The exclusive right to a folder. */
export interface FolderLock {
  release(): Promise<void>;
}

interface LockRecord extends Owner {
  /** Name of the socket on which the owner shows that it lives. */
  readonly signal: string | null;
}

/** Numbered locks that are kept below the newest one; see {@link lockFolder}. */
const kept = 8;

/**
 * Takes the exclusive right to a folder, for this process and until it is
 * released or the process dies.
 *
 * Locks are files with rising numbers, and the one with the highest number
 * counts. Each is made by `link`, which gives it its name and its whole
 * content in one step and fails if the name is taken. A lock whose owner is
 * dead is never removed or overwritten by the next owner, who makes the next
 * number instead: of several processes that find the same dead lock exactly
 * one can make it. Age says nothing and is not looked at.
 *
 * Old numbers are removed only when eight newer ones stand above them, so that
 * a process which slept since it looked, and then makes a number that was
 * removed in the meantime, always finds a higher one and gives way.
 *
 * It stands inside the folder, so that it comes along when the folder is a
 * volume that several containers mount, or is reached by several paths.
 *
 * @throws RecobroError `store_in_use` if another process, or this one, has it.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const locks = join(folder, lockFolderName);
  await mkdir(locks, { recursive: true });
  const name = randomIds.next();
  const signal = await giveSignal(join(locks, signalName(name)));
  try {
    const number = await takeNumber(locks, { ...thisProcess(), signal: signal === null ? null : name }, name);
    return {
      release: async () => {
        await rm(pathOf(locks, number), { force: true });
        await signal?.close();
      },
    };
  } catch (error) {
    await signal?.close();
    throw error;
  }
}

async function takeNumber(locks: string, record: LockRecord, name: string): Promise<number> {
  for (;;) {
    const highest = await highestOf(locks);
    if (highest > 0) await refuseUnlessDead(locks, highest);
    const mine = highest + 1;
    if (!(await make(locks, mine, record, name))) continue;
    const now = await numbersIn(locks);
    if (now.some((number) => number > mine)) {
      await rm(pathOf(locks, mine), { force: true });
      continue;
    }
    for (const number of now) if (number <= mine - kept) await rm(pathOf(locks, number), { force: true });
    return mine;
  }
}

/** Returns if the owner is dead, or the lock was released a moment ago. */
async function refuseUnlessDead(locks: string, number: number): Promise<void> {
  const path = pathOf(locks, number);
  const content = await readFile(path, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (content === null) return;
  const owner = parse(content);
  if (owner !== null && (await life(locks, owner)) === 'dead') {
    if (owner.signal !== null) await rm(join(locks, signalName(owner.signal)), { force: true });
    return;
  }
  const who = owner === null ? 'an unknown process' : `process ${owner.pid} on ${owner.host}`;
  throw new RecobroError(
    'store_in_use',
    `The folder is held by ${who}; PGlite serves one process at a time. Close the store there, or use PostgreSQL. ` +
      `If that process is surely gone (another machine or container), delete ${path}.`,
    { retryable: true },
  );
}

async function life(locks: string, owner: LockRecord): Promise<Life> {
  const me = thisProcess();
  const known = lifeOf(owner, me);
  // A socket file tells only about processes under this very kernel.
  if (known !== 'unknown' || owner.signal === null || owner.boot === null || owner.boot !== me.boot)
    return known;
  return hasSignal(join(locks, signalName(owner.signal)));
}

/** False if the number is taken. */
async function make(locks: string, number: number, record: LockRecord, name: string): Promise<boolean> {
  const draft = join(locks, `${name}.draft`);
  const path = pathOf(locks, number);
  const content = `${JSON.stringify(record)}\n`;
  await writeFile(draft, content);
  try {
    await link(draft, path).catch(async (error: unknown) => {
      // File systems without links: the name is as exclusive, but the content follows a moment later, and
      // until then the lock reads as that of an unknown process, which is not taken over.
      if (!hasCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error;
      await writeFile(path, content, { flag: 'wx' });
    });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

async function numbersIn(locks: string): Promise<readonly number[]> {
  return (await readdir(locks)).filter((name) => /^\d+$/.test(name)).map(Number);
}

async function highestOf(locks: string): Promise<number> {
  return Math.max(0, ...(await numbersIn(locks)));
}

function pathOf(locks: string, number: number): string {
  return join(locks, String(number).padStart(6, '0'));
}

function signalName(name: string): string {
  // Short, since the whole path of a socket may have 100 bytes.
  return `${name.slice(0, 8)}.sock`;
}

function parse(content: string): LockRecord | null {
  try {
    const value: unknown = JSON.parse(content);
    return isRecord(value) ? value : null;
  } catch {
    // Cut off or not ours; the caller refuses to take it over.
    return null;
  }
}

function isRecord(value: unknown): value is LockRecord {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map(Object.entries(value));
  const textOrNull = (name: string): boolean =>
    fields.get(name) === null || typeof fields.get(name) === 'string';
  return (
    Number.isSafeInteger(fields.get('pid')) &&
    typeof fields.get('host') === 'string' &&
    ['started', 'boot', 'space', 'signal'].every(textOrNull)
  );
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
