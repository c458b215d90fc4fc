import { expect } from 'vitest';
import type { ErrorCode } from '../../src/errors.js';

/** Expects an operation to be refused with this code. */
export async function refused(operation: Promise<unknown>, code: ErrorCode): Promise<void> {
  await expect(operation).rejects.toMatchObject({ code });
}
