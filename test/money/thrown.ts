import { expect } from 'vitest';
import { isRecobroError, type RecobroError } from '../../src/errors.js';

/** Code of the error that a call throws; any other outcome, and an error that says nothing, fails the test. */
export function codeOf(call: () => unknown): string {
  const { code, message } = thrownBy(call);
  expect(message).toMatch(/[a-z]+ [a-z]+ [a-z]+/);
  return code;
}

/** What the error that a call throws says. */
export function messageOf(call: () => unknown): string {
  return thrownBy(call).message;
}

function thrownBy(call: () => unknown): RecobroError {
  try {
    call();
  } catch (error) {
    if (isRecobroError(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
