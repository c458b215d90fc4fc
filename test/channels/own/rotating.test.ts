import { describe, expect, it } from 'vitest';
import { rotating } from '../../../src/channels/index.js';
import { callTask } from '../../../src/channels/tasks/index.js';
import { createDunning } from '../../../src/dunning/index.js';
import { memoryStore } from '../../../src/stores/memory/index.js';
import { recordingChannel } from '../../../src/testing/recording-channel.js';
import { documents } from '../../support/world.js';

describe('rotating', () => {
  it('refuses what people do: nobody would be given the call', () => {
    expect(() => rotating({ north: callTask(), south: callTask() })).toThrow(
      expect.objectContaining({
        code: 'invalid_option',
        problems: ['north', 'south'].map((path) => expect.objectContaining({ path })),
      }),
    );
  });

  it('tells the limit that senders of one account share once', async () => {
    const limits = [{ each: 'account', counts: 'people', per: 'day', most: 30 }] as const;
    const one = { ...recordingChannel('whatsapp'), account: 'portfolio 1', limits };
    const { capacity } = createDunning({
      ...documents,
      store: memoryStore(),
      sender: { name: 'Acme', phone: '+57 601 555 0100' },
      channels: [rotating({ north: { ...one, number: '1' }, south: { ...one, number: '2' } })],
    });
    expect((await capacity()).map(({ sender, most }) => [sender, most]).sort()).toEqual([
      ['*', 30],
      ['north', 30],
      ['south', 30],
    ]);
  });
});
