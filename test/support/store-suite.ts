import { describe, expect, it } from 'vitest';
import {
  type StoreContractOptions,
  type StoreUnderTest,
  storeContract,
} from '../../src/testing/store-contract.js';

/** Runs the store contract under vitest; what does not apply is listed, with its reason, by a test of its own. */
export function describeStore(
  name: string,
  factory: () => StoreUnderTest | Promise<StoreUnderTest>,
  options: StoreContractOptions = {},
): void {
  const cases = storeContract(factory, options);
  describe(name, () => {
    for (const one of cases) if (one.skip === undefined) it(one.name, () => one.run());
    const left = cases.filter((one) => one.skip !== undefined);
    if (left.length === 0) return;
    it(`leaves out ${left.length} cases: ${[...new Set(left.map((one) => one.skip))].join('; ')}`, () => {
      expect(left.every((one) => (one.skip ?? '').length > 10)).toBe(true);
    });
  });
}
