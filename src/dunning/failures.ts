import { type ErrorCode, isRecobroError } from '../errors.js';

/** A code for whatever was thrown, without its message: that of a foreign error may hold personal data. */
export function codeOf(error: unknown): string {
  if (isRecobroError(error)) return error.code;
  return `unexpected:${error instanceof Error ? error.name : typeof error}`;
}

const ofStore: ReadonlySet<ErrorCode> = new Set([
  'store_failed',
  'store_not_migrated',
  'store_in_use',
  'closed',
]);

/** Whether the store itself does not work, so that nothing else will either. */
export function isStoreFailure(error: unknown): boolean {
  return isRecobroError(error) && ofStore.has(error.code);
}
