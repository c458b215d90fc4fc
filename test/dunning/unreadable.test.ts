import { describe, expect, it } from 'vitest';
import type { RateLimit } from '../../src/dunning/index.js';
import { RecobroError } from '../../src/errors.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import type { Json, Store } from '../../src/stores/store.js';
import { account, all, at, invoice, type World, world } from '../support/world.js';

const now = at('02-06');
const minute = 60_000;

/** A store in which the file of an account was written by a newer version, once `broken`. */
function mixed(): { readonly store: Store; readonly inner: Store; broken: boolean } {
  const inner = memoryStore();
  const made = {
    broken: false,
    inner,
    store: {
      ...inner,
      load: async (...asked: Parameters<Store['load']>) =>
        (await inner.load(...asked)).map((file) =>
          made.broken && file.account === 'bad'
            ? { ...file, header: { ...(file.header as Readonly<Record<string, Json>>), format: 2 } }
            : file,
        ),
    },
  };
  return made;
}

async function add({ dunning }: World, id: string, amount: string): Promise<void> {
  await dunning.sync(
    {
      accounts: [{ ...account, id }],
      invoices: [{ ...invoice(`F-${id}`, '02-03', amount), account: id }],
    },
    { now },
  );
}

/** Reviewed: an unreadable account whose message is worth the most, and good ones. */
async function reviewed(
  made: World,
  house: ReturnType<typeof mixed>,
  { lost = false }: { readonly lost?: boolean } = {},
): Promise<void> {
  await add(made, 'bad', '9000.00');
  await made.dunning.review({ now });
  if (lost) {
    const [held] = await house.inner.claim({ now, lease: now + 1, limit: 1, token: 'dead' });
    const [file] = await house.inner.load('default', ['bad']);
    await house.inner.commit([
      {
        tenant: 'default',
        account: 'bad',
        expected: file?.version ?? 0,
        events: [],
        acts: [
          {
            op: 'move',
            id: held?.id ?? '',
            from: ['claimed'],
            to: 'sending',
            token: 'dead',
            lease: now + 1,
            attempt: true,
          },
        ],
      },
    ]);
  }
  for (const id of ['good1', 'good2']) await add(made, id, '100.00');
  await made.dunning.review({ now });
  house.broken = true;
}

const sentTo = ({ whatsapp }: World) => whatsapp.sent.map((one) => one.account).sort();

describe('an account that cannot be read stops nobody else', () => {
  it('when its call is lost: the others go out, it is listed once, and parked when it can be read again', async () => {
    const house = mixed();
    const made = world({ store: house.store });
    await reviewed(made, house, { lost: true });
    const run = await made.dunning.tick({ now: now + 1 });
    expect(sentTo(made)).toEqual(['good1', 'good2']);
    expect(run.failed.map(({ account: of, code }) => [of, code])).toEqual([['bad', 'impossible_state']]);
    expect(run.counts.failed).toBe(1);
    house.broken = false;
    const later = await made.dunning.tick({ now: now + minute });
    expect(later.failed.map(({ account: of, code }) => [of, code])).toEqual([['bad', 'recobro:worker_lost']]);
    expect(sentTo(made)).toEqual(['good1', 'good2']);
  });

  it('when it is put off by a limit', async () => {
    const house = mixed();
    // The unreadable one has the least value, so it is put off.
    const made = world({
      store: house.store,
      dispatch: { rates: [{ channel: 'whatsapp', per: 'hour', most: 1 }] },
    });
    await add(made, 'bad', '1.00');
    for (const id of ['good1', 'good2']) await add(made, id, '100.00');
    await made.dunning.review({ now });
    house.broken = true;
    const run = await made.dunning.tick({ now });
    expect(sentTo(made)).toHaveLength(1);
    expect(
      [...run.waiting, ...run.failed].map(({ account: of, code, next }) => [of === 'bad', code, next]),
    ).toEqual([
      [false, 'recobro:rate', now + 62 * minute],
      [true, 'impossible_state', now + minute],
    ]);
    await made.dunning.tick({ now: now + 62 * minute });
    expect(sentTo(made)).toEqual(['good1', 'good2']);
  });

  it('when it is put off by a pause, and when the pause is over', async () => {
    const house = mixed();
    const made = world({ store: house.store });
    await reviewed(made, house);
    await made.dunning.pause({ channel: 'whatsapp' }, { author: 'ana', now });
    const run = await made.dunning.tick({ now });
    expect(new Map([...run.waiting, ...run.failed].map(({ account: of, code }) => [of, code]))).toEqual(
      new Map([
        ['good1', 'recobro:paused'],
        ['good2', 'recobro:paused'],
        ['bad', 'impossible_state'],
      ]),
    );
    await made.dunning.resume({ channel: 'whatsapp' }, { author: 'ana', now });
    await made.dunning.tick({ now: now + minute });
    expect(sentTo(made)).toEqual(['good1', 'good2']);
  });

  it('when what was claimed is given back at the end of a run', async () => {
    const house = mixed();
    const made = world({ store: house.store, dispatch: { parallel: 1 } });
    await add(made, 'good1', '9000.00');
    for (const id of ['bad', 'good2']) await add(made, id, '100.00');
    await made.dunning.review({ now });
    house.broken = true;
    const end = new AbortController();
    made.whatsapp.answer(() => {
      end.abort(new Error('enough'));
      return { outcome: 'accepted', providerId: '1' };
    });
    await expect(made.dunning.dispatch({ now, signal: end.signal })).rejects.toThrow('enough');
    const states = (await all(house.inner.acts('default'))).map((one) => [one.account, one.state]);
    expect(new Map(states as [string, string][])).toEqual(
      new Map([
        ['good1', 'accepted'],
        ['bad', 'claimed'],
        ['good2', 'ready'],
      ]),
    );
  });

  it('when an answer about it was kept, which is then written down once it can be read', async () => {
    const house = mixed();
    let down = false;
    const failing: Store = {
      ...house.store,
      commit: async (...asked) => {
        if (down) throw new RecobroError('store_failed', 'the database is away');
        return house.store.commit(...asked);
      },
    };
    const made = world({ store: failing });
    await add(made, 'bad', '9000.00');
    made.whatsapp.answer(() => {
      down = true;
      return { outcome: 'accepted', providerId: 'p1' };
    });
    await expect(made.dunning.tick({ now })).rejects.toMatchObject({ code: 'store_failed' });
    down = false;
    for (const id of ['good1', 'good2']) await add(made, id, '100.00');
    house.broken = true;
    const run = await made.dunning.tick({ now: now + 60 * minute });
    expect(run.sent.map((one) => one.account).sort()).toEqual(['good1', 'good2']);
    expect(run.failed.map(({ account: of, code }) => [of, code])).toEqual([['bad', 'impossible_state']]);
    house.broken = false;
    const after = await made.dunning.tick({ now: now + 61 * minute });
    expect([after.sent.map((one) => one.account), after.failed]).toEqual([['bad'], []]);
    expect(sentTo(made)).toEqual(['bad', 'good1', 'good2']);
  });
});

describe('the permit of what failed before its call', () => {
  const rates: readonly RateLimit[] = [{ per: 'hour', most: 1 }];

  it('is for the next one, in the same run', async () => {
    const house = mixed();
    const made = world({ store: house.store, dispatch: { rates } });
    await reviewed(made, house);
    const first = await made.dunning.dispatch({ now });
    expect(first.map((one) => [one.act.account === 'bad', one.outcome]).sort()).toEqual([
      [false, 'delayed'],
      [false, 'sent'],
      [true, 'failed'],
    ]);
    expect(sentTo(made)).toHaveLength(1);
    // It comes first again, and again it keeps nobody back.
    await made.dunning.dispatch({ now: now + 62 * minute });
    expect(sentTo(made)).toEqual(['good1', 'good2']);
  });

  it('counts once "sending" was written', async () => {
    const house = mixed();
    const made = world({ store: house.store, dispatch: { rates } });
    for (const id of ['bad', 'good1']) await add(made, id, id === 'bad' ? '9000.00' : '100.00');
    made.whatsapp.answer(async () => {
      // Another process, of a newer version, writes the file while the call is made.
      const [file] = await house.inner.load('default', ['bad']);
      const change = {
        tenant: 'default',
        account: 'bad',
        expected: file?.version ?? 0,
        events: [],
        acts: [],
      };
      await house.inner.commit([change]);
      house.broken = true;
      return { outcome: 'accepted', providerId: 'p1' };
    });
    await made.dunning.review({ now });
    const outcomes = await made.dunning.dispatch({ now });
    expect(outcomes.map((one) => [one.act.account, one.outcome]).sort()).toEqual([
      ['bad', 'failed'],
      ['good1', 'delayed'],
    ]);
    expect(sentTo(made)).toEqual(['bad']);
  });
});

describe('what a run says of messages that wait', () => {
  it('is when the first of them may be tried again, not that nothing is planned', async () => {
    const made = world();
    await made.dunning.sync({
      accounts: [account],
      invoices: [invoice('F-1', '02-03')],
    });
    made.whatsapp.answer({ outcome: 'retry', scope: 'message', code: 'busy', after: 3 * minute });
    const first = await made.dunning.tick({ now });
    const until = first.failed[0]?.next ?? 0;
    expect(until).toBeGreaterThan(now);
    expect([first.next, first.message]).toEqual([until, until]);
    const second = await made.dunning.tick({ now: now + 1 });
    expect([second.next, second.message]).toEqual([until, until]);
    expect(second.text).toContain('a message waits for its next try, February 6, 2026');
    expect(second.text).not.toContain('nothing is planned');
    for (const [language, text] of [
      ['es', 'un mensaje espera'],
      ['pt', 'uma mensagem espera'],
    ] as const)
      expect((await made.dunning.tick({ now: now + 1, language })).text).toContain(text);
    expect((await made.dunning.tick({ now: until })).sent).toHaveLength(1);
  });

  it('counts limits, and a pause of everything is looked at again after a minute', async () => {
    const made = world({ dispatch: { rates: [{ per: 'hour', most: 1 }] } });
    for (const id of ['a', 'b']) await add(made, id, '100.00');
    expect((await made.dunning.tick({ now })).next).toBe(now + 62 * minute);
    await made.dunning.pause({}, { author: 'ana', now });
    const over = now + 70 * minute;
    expect(await made.dunning.tick({ now: over })).toMatchObject({ next: over + minute, sent: [] });
  });

  it('wakes a worker in time', async () => {
    const made = world();
    await add(made, 'a', '100.00');
    made.clock.moveTo(now);
    made.whatsapp.answer({ outcome: 'retry', scope: 'message', code: 'busy', after: 3 * minute });
    const worker = made.dunning.start({ intervalMs: 24 * 60 * minute });
    const told: (number | undefined)[] = [];
    worker.on('tick', ({ next }) => told.push(next));
    const until = async (ready: () => boolean): Promise<void> => {
      for (let n = 0; !ready() && n < 20_000; n++) await new Promise((resolve) => setImmediate(resolve));
    };
    await until(() => told.length > 0);
    made.clock.moveTo(told.at(-1) ?? now);
    await until(() => made.whatsapp.sent.length === 2);
    expect(made.whatsapp.sent).toHaveLength(2);
    await worker.stop();
  });
});
