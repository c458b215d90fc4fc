import { expect, it } from 'vitest';
import { RecobroError } from '../../../src/errors.js';
import type { Party } from '../../../src/index.js';
import { memoryStore } from '../../../src/stores/memory/index.js';
import type { Store } from '../../../src/stores/store.js';
import { at } from '../../support/world.js';
import { house, reminded, text, types } from './house.js';

/** A store that fails on the way to an account as long as it is told to. */
function failing(): { readonly store: Store; with: RecobroError | undefined } {
  const inner = memoryStore();
  const made = {
    with: undefined as RecobroError | undefined,
    store: {
      ...inner,
      async commit(...about: Parameters<Store['commit']>) {
        if (made.with !== undefined && JSON.stringify(about[0]).includes('message.received')) throw made.with;
        return inner.commit(...about);
      },
    },
  };
  return made;
}

it('what cannot be worked on is put aside after about a day, shows as stuck, and is taken again when somebody says so', async () => {
  const broken = failing();
  const logged: unknown[] = [];
  const log = (message: string, about?: object): void => void logged.push({ message, ...about });
  const logger = { debug: () => {}, info: () => {}, warn: () => {}, error: log };
  const made = await house({ store: broken.store, logger });
  await reminded(made);
  broken.with = new RecobroError('invalid_input', 'a part that nobody thought of');
  await made.hook(text('Ya pagamos ayer'));
  const tries = (): number => logged.length;
  for (let hours = 0; hours < 60; hours++) {
    expect((await made.dunning.stuck({ now: made.clock.now() })).aside.count).toBe(tries() < 12 ? 0 : 1);
    made.clock.moveTo(made.clock.now() + 3_600_000);
    await made.dunning.tick({ now: made.clock.now() });
  }
  expect(tries()).toBe(12);
  expect(logged.at(-1)).toMatchObject({
    message: expect.stringContaining('put aside'),
    code: 'invalid_input',
  });
  expect(JSON.stringify(logged)).not.toMatch(/pagamos|573001112233/);
  const { aside, text: told } = await made.dunning.stuck({ now: made.clock.now(), language: 'es' });
  expect(aside.list).toMatchObject([{ channel: 'whatsapp', type: 'message', code: 'invalid_input' }]);
  expect(told).toContain('1 mensaje o acuse recibido que no se pudo procesar');
  expect(JSON.stringify([aside, told])).not.toMatch(/pagamos|573001112233/);
  // Still not mended: all its tries anew.
  expect(await made.dunning.takeAgain(['none'])).toBe(0);
  expect(await made.dunning.takeAgain(aside.list.map(({ key }) => key))).toBe(1);
  await made.dunning.tick({ now: made.clock.now() });
  expect((await made.dunning.stuck({ now: made.clock.now() })).aside.count).toBe(0);
  broken.with = undefined;
  made.clock.moveTo(made.clock.now() + 3_600_000);
  await made.dunning.tick({ now: made.clock.now() });
  expect(await types(made)).toContain('unbooked.upserted');
  expect(await made.store.inbox?.waiting('default')).toEqual({ count: 0 });
});

it('one that the store fails at, however often, keeps nobody else waiting', async () => {
  const broken = failing();
  const made = await house({ store: broken.store });
  await reminded(made);
  broken.with = new RecobroError('store_failed', 'the store cannot write it', { retryable: true });
  await made.hook(text('Ya pagamos ayer')).catch(() => 0);
  let aside = 0;
  for (let hours = 0; hours < 72 && aside === 0; hours++) {
    made.clock.moveTo(made.clock.now() + 3_600_000);
    await made.dunning.tick({ now: made.clock.now() }).catch(() => undefined);
    aside = (await made.dunning.stuck({ now: made.clock.now() })).aside.count;
  }
  expect(aside).toBe(1);
});

it('a stranger whose first try met a store that failed is told to the host, once', async () => {
  const told: Party[] = [];
  const inner = memoryStore();
  const { references } = inner;
  if (references === undefined) throw new Error('it has them');
  let fails = false;
  const find: typeof references.find = async (...about) => {
    if (fails) throw new RecobroError('store_failed', 'down', { retryable: true });
    return references.find(...about);
  };
  const made = await house({
    store: { ...inner, references: { ...references, find } },
    conversation: { onStranger: ({ party }) => told.push(party) },
  });
  fails = true;
  await made.hook(text('Who are you?', { from: '573009998877' })).catch(() => 0);
  expect(told).toEqual([]);
  fails = false;
  for (const day of ['02-07', '02-08']) {
    made.clock.moveTo(at(day));
    await made.dunning.tick({ now: at(day) });
  }
  expect(told).toEqual([{ address: '+573009998877' }]);
});
