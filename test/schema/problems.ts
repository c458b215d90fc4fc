import { isRecobroError, type RecobroError } from '../../src/errors.js';

/** What a call was refused for, as `path code`. */
export function problemsOf(call: () => unknown): string[] {
  return refusal(call).problems.map((problem) => `${problem.path} ${problem.code}`);
}

export function refusal(call: () => unknown): RecobroError {
  try {
    call();
  } catch (error) {
    if (isRecobroError(error)) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
