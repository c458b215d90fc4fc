import { describe, expect, it } from 'vitest';
import { rotating } from '../../../src/channels/index.js';
import { callTask } from '../../../src/channels/tasks/index.js';

describe('rotating', () => {
  it('refuses what people do: nobody would be given the call', () => {
    expect(() => rotating({ north: callTask(), south: callTask() })).toThrow(
      expect.objectContaining({
        code: 'invalid_option',
        problems: ['north', 'south'].map((path) => expect.objectContaining({ path })),
      }),
    );
  });
});
