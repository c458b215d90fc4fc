import { expect } from 'vitest';
import { isRecobroError, type RecobroError } from '../../src/errors.js';

/** The error that a call throws; any other outcome, and an error that says nothing, fails the test. */
export function thrownBy(call: () => unknown): RecobroError {
  try {
    call();
  } catch (error) {
    if (!isRecobroError(error)) throw error;
    expect(error.message).toMatch(/[a-z]+ [a-z]+ [a-z]+/);
    return error;
  }
  throw new Error('nothing was thrown');
}

/** Code of the error that a call throws. */
export function codeOf(call: () => unknown): string {
  return thrownBy(call).code;
}
