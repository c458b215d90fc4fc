import { expect, it } from 'vitest';
import { longestLookBack as remembered } from '../../src/contact/gate.js';
import { longestLookBack as accepted } from '../../src/schema/limits.js';

it('accepts gaps and caps as far back as contacts are remembered', () => {
  expect(accepted).toBe(remembered);
});
