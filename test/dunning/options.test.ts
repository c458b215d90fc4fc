import { describe, expect, it } from 'vitest';
import { createDunning, type DunningOptions } from '../../src/dunning/index.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import { recordingChannel } from '../../src/testing/recording-channel.js';
import { account, documents, world } from '../support/world.js';

const whole = (): DunningOptions => ({
  ...documents,
  store: memoryStore(),
  channels: [recordingChannel('email')],
  sender: { name: 'Acme', phone: '+57 601 555 0100' },
});

describe('options that may come from JavaScript', () => {
  const bad: [string, unknown][] = [
    ['options', undefined],
    ['sender', { ...whole(), sender: undefined }],
    ['store', { ...whole(), store: undefined }],
    ['store', { ...whole(), store: {} }],
    ['channels', { ...whole(), channels: undefined }],
    ['channels[1]', { ...whole(), channels: [recordingChannel('email'), null] }],
    ['channels[0]', { ...whole(), channels: [{ id: 'email' }] }],
    ['channels[1]', { ...whole(), channels: [recordingChannel('email'), recordingChannel('email')] }],
    ...['', ' ', 'a\0b', 'a\ud800', 'x'.repeat(201), 5].map((tenant): [string, unknown] => [
      'tenant',
      { ...whole(), tenant },
    ]),
  ];
  it.each(bad)('%s: refused with its path', (path, options) => {
    expect(() => createDunning(options as DunningOptions)).toThrow(
      expect.objectContaining({ code: 'invalid_option', problems: [expect.objectContaining({ path })] }),
    );
  });

  it.each([null, {}, true, Number.NaN, 1.5, 'tomorrow', new Date(Number.NaN), 8.64e15])(
    '%s is no instant',
    async (now) => {
      await expect(world().dunning.tick({ now: now as never })).rejects.toMatchObject({
        code: 'invalid_instant',
      });
    },
  );

  it('an actor is a text', async () => {
    const { dunning } = world();
    const nobody = dunning.sync({ accounts: [account] }, { actor: 5 as never });
    await expect(nobody).rejects.toMatchObject({ code: 'invalid_option', problems: [{ path: 'actor' }] });
    await expect(dunning.explain('robles')).rejects.toMatchObject({ code: 'unknown_id' });
  });
});

describe('close', () => {
  it('closes everything once, even what stands behind something that fails', async () => {
    const store = memoryStore();
    let closed = 0;
    const close = async (): Promise<void> => {
      closed++;
      throw new TypeError('broken');
    };
    const { dunning } = world({ store, channels: [{ ...recordingChannel('email'), close }] });
    await expect(dunning.close()).rejects.toThrow('broken');
    await expect(dunning.close()).rejects.toThrow('broken');
    expect(closed).toBe(1);
    await expect(dunning.tick()).rejects.toMatchObject({ code: 'closed' });
  });
});
