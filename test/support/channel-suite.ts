import { describe, expect, it } from 'vitest';
import {
  type ChannelContractOptions,
  type ChannelFactory,
  channelContract,
} from '../../src/testing/channel-contract.js';

/** Runs the channel contract under vitest; what does not apply is listed, with its reason, by a test of its own. */
export function describeChannel(
  name: string,
  factory: ChannelFactory,
  options: ChannelContractOptions = {},
): void {
  const cases = channelContract(factory, options);
  describe(name, () => {
    for (const one of cases) if (one.skip === undefined) it(one.name, () => one.run());
    const left = cases.filter((one) => one.skip !== undefined);
    if (left.length === 0) return;
    it(`leaves out ${left.length} cases: ${[...new Set(left.map((one) => one.skip))].join('; ')}`, () => {
      expect(left.every((one) => (one.skip ?? '').length > 10)).toBe(true);
    });
  });
}
