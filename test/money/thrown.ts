import { isRecobroError } from '../../src/errors.js';

/** Code of the error that a call throws; any other outcome fails the test. */
export function codeOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (isRecobroError(error)) return error.code;
    throw error;
  }
  throw new Error('nothing was thrown');
}
