import { statfs } from 'node:fs/promises';
import { RecobroError } from '../../errors.js';

/**
 * A segment of PostgreSQL's log (16 MB), and what a large commit writes
 * beside it. A database that cannot write its log ends itself (PANIC); inside
 * of this process there is nobody whom it could end, and PGlite 0.5 then spins
 * for ever. So nothing is written where that could come.
 */
const least = 64 * 1024 * 1024;

/** @throws RecobroError `store_failed`, retryable, if the disk of the folder is all but full */
export async function refuseFullDisk(folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= least) return;
  const message = `The disk is full: less than ${least / 1024 / 1024} MB are left for the database.`;
  throw new RecobroError('store_failed', message, { retryable: true });
}
