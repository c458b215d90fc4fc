import { RecobroError } from '../../errors.js';
import type { PGliteClient } from './client.js';

/** The part of the package that is used. */
interface PGliteModule {
  readonly PGlite: { create(folder?: string): Promise<PGliteClient & { close(): Promise<void> }> };
}

/**
 * Loads the optional peer.
 *
 * @throws RecobroError `invalid_option` if it is not installed.
 */
export async function loadPGlite(
  load: () => Promise<PGliteModule> = () => import('@electric-sql/pglite'),
): Promise<PGliteModule> {
  try {
    return await load();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    const message =
      'The PGlite store needs the package @electric-sql/pglite: npm install @electric-sql/pglite';
    throw new RecobroError('invalid_option', message, { cause: error });
  }
}
