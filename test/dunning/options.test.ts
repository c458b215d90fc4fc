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
    // Of a channel that is written by hand every word counts: without its consent it would write to anybody.
    ['channels[0].consent', { ...whole(), channels: [{ ...recordingChannel('email'), consent: undefined }] }],
    ['channels[0].consent', { ...whole(), channels: [{ ...recordingChannel('email'), consent: 'yes' }] }],
    ['channels[0].address', { ...whole(), channels: [{ ...recordingChannel('email'), address: 'Email' }] }],
    ['channels[0].id', { ...whole(), channels: [{ ...recordingChannel('email'), id: '' }] }],
    ['channels[0].carries', { ...whole(), channels: [{ ...recordingChannel('email'), carries: 'copies' }] }],
    ['channels[0].manual', { ...whole(), channels: [{ ...recordingChannel('email'), manual: 'yes' }] }],
    [
      'channels[0].limits[0].most',
      {
        ...whole(),
        channels: [{ ...recordingChannel('email'), limits: [{ each: 'sender', per: 'day', most: 0 }] }],
      },
    ],
    // What is misspelt would do nothing.
    ['payment', { ...whole(), payment: { load: () => undefined } }],
    ['dispach', { ...whole(), dispach: { safe: true } }],
    ['conversation.stop', { ...whole(), conversation: { stop: 'channel' } }],
    ['links.pages', { ...whole(), links: { key: 'k'.repeat(32), pages: String } }],
    [
      'links.unsubscribe.tones',
      { ...whole(), links: { key: 'k'.repeat(32), unsubscribe: { url: String, tones: [] } } },
    ],
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

  it('a limit of a channel that is not there is told of', () => {
    const told: unknown[] = [];
    const silent = () => undefined;
    const logger = {
      debug: silent,
      info: silent,
      error: silent,
      warn: (...what: unknown[]) => told.push(what),
    };
    const rates = [
      { channel: 'emial', per: 'day', most: 1 } as const,
      { channel: 'email', per: 'day', most: 1 } as const,
    ];
    createDunning({ ...whole(), logger, dispatch: { rates } });
    expect(told).toEqual([[expect.any(String), { channel: 'emial' }]]);
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
