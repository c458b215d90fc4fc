import { expect, it, vi } from 'vitest';
import type { ChannelEvent, InboundMessage } from '../../../src/channels/inbound.js';
import { at } from '../../support/world.js';
import { house, reminded, types } from './house.js';

const says = (key: string, text: string): InboundMessage => ({
  type: 'message',
  provider: 'test',
  key,
  providerId: key,
  at: at('02-06', '11:00'),
  from: { address: '+573001112233' },
  kind: 'text',
  text,
});

it('a stop takes hold while a bot still thinks about what came before it', async () => {
  let release = (): void => undefined;
  const thinking = new Promise<undefined>((resolve) => {
    release = () => resolve(undefined);
  });
  const answer = vi.fn(() => thinking);
  const made = await house({ conversation: { bot: { answer, when: 'always', timeoutMs: 60_000 } } });
  await reminded(made);
  await made.dunning.take('whatsapp', [says('m-1', 'And who are you?')]);
  await vi.waitFor(() => expect(answer).toHaveBeenCalled());
  await made.dunning.take('whatsapp', [says('m-2', 'STOP')]);
  await vi.waitFor(async () => expect(await types(made)).toContain('consent.heard'));
  release();
  await made.dunning.tick({ now: made.clock.now() });
  const log = await types(made);
  expect(log.filter((type) => type === 'message.received')).toHaveLength(2);
  // In each channel that it is known on, once.
  expect(log.filter((type) => type === 'consent.heard')).toHaveLength(2);
  expect(answer).toHaveBeenCalledTimes(1);
});

it('a stop that a provider tells again is not taken again: a start may have followed', async () => {
  const info = vi.fn<(message: string) => void>();
  const silent = (): void => undefined;
  const made = await house({ logger: { debug: silent, info, warn: silent, error: silent } });
  const stop: ChannelEvent = {
    type: 'consent',
    provider: 'test',
    key: 'c-1',
    from: { address: '+573009998877' },
    value: 'stop',
    scope: 'channel',
    at: made.clock.now(),
  };
  const taken = (): number => info.mock.calls.filter(([said]) => said === 'a stop waits for its turn').length;
  await made.dunning.take('whatsapp', [stop]);
  await vi.waitFor(() => expect(taken()).toBe(1));
  await made.dunning.take('whatsapp', [stop]);
  await made.dunning.stop();
  expect(taken()).toBe(1);
});
