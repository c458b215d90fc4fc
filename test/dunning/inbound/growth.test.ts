import { expect, it } from 'vitest';
import { toJson } from '../../../src/dunning/codec.js';
import { all, at } from '../../support/world.js';
import { house, reminded } from './house.js';

it('a file does not grow with each message: the log has them, and each can still be settled', async () => {
  const made = await house();
  await reminded(made);
  const size = async (): Promise<number> =>
    JSON.stringify((await made.store.load('default', ['robles']))[0]).length;
  const write = async (from: number, count: number): Promise<void> => {
    for (let n = from; n < from + count; n++) {
      await made.dunning.take('whatsapp', [
        {
          type: 'message',
          provider: 'meta',
          key: `m${n}`,
          providerId: `m${n}`,
          at: at('02-06', '11:00') + n * 1000,
          kind: 'text',
          from: { address: '+573001112233' },
          text: `what about ${n}`,
        },
      ]);
    }
    made.clock.moveTo(at('02-06', '12:00'));
    await made.dunning.tick({ now: made.clock.now() });
  };
  await write(0, 260);
  const before = await size();
  await write(260, 60);
  expect(Math.abs((await size()) - before)).toBeLessThan(500);
  const talk = (await made.dunning.conversation('robles')).filter(({ direction }) => direction === 'in');
  expect(talk).toHaveLength(320);
  // One task, of the first that waits; one of the row that the file keeps no more is settled with it.
  const tasks = async () => (await all(made.dunning.acts({ kinds: ['task'], states: ['open'] }))).length;
  expect(await tasks()).toBe(1);
  const row = talk[3]?.id ?? '';
  const [file] = await made.store.load('default', ['robles']);
  expect(JSON.stringify(toJson(file))).not.toContain(row);
  await made.dunning.settleReply('robles', row, { author: 'ana', means: 'paid' });
  await made.dunning.tick({ now: made.clock.now() });
  expect(await tasks()).toBe(1);
  expect(
    (await all(made.dunning.acts({ kinds: ['task'], states: ['open'] }))).map(({ act }) => act.name),
  ).toEqual(['verify-payment']);
  await expect(
    made.dunning.settleReply('robles', row, { author: 'ana', means: 'none' }),
  ).rejects.toMatchObject({
    code: 'impossible_state',
  });
  expect(await made.dunning.replay()).toMatchObject({ ok: true });
});
