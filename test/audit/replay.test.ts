import { afterAll, describe, expect, it } from 'vitest';
import type { Documents } from '../../src/policy/types.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import { pgliteStore } from '../../src/stores/pglite/index.js';
import type { Json, LoggedEvent, Store } from '../../src/stores/store.js';
import { all, at, world } from '../support/world.js';
import { house, live } from './life.js';

const { dunning, store } = await live(memoryStore());
const acts = (await all(store.events('default'))).filter(({ type }) => type === 'act.planned').length;

/** The tenant with another log. */
function relogged(alter: (event: LoggedEvent) => LoggedEvent, documents: Documents = house) {
  const altered: Store = {
    ...store,
    async *events(...args) {
      for await (const event of store.events(...args)) yield alter(event);
    },
  };
  return world({ ...documents, store: altered }).dunning;
}

describe('replay', () => {
  it('decides everything again from the log alone, each act with its id', async () => {
    const found = await dunning.replay();
    expect(found).toEqual({ ok: true, accounts: 3, reviews: expect.any(Number), acts });
    expect(acts).toBeGreaterThan(15);
    expect(await dunning.replay({ account: 'b' })).toMatchObject({ ok: true, accounts: 1 });
    expect(await dunning.replay({ account: 'nobody' })).toEqual({
      ok: true,
      accounts: 0,
      reviews: 0,
      acts: 0,
    });
  });

  it('needs nothing but events: no file, no outbox, no chain', async () => {
    const bare: Store = {
      ...store,
      audit: undefined,
      load: () => Promise.reject(new Error('no file')),
      act: () => Promise.reject(new Error('no outbox')),
    };
    expect(await world({ ...house, store: bare }).dunning.replay()).toMatchObject({ ok: true, acts });
  });

  it('reports the first act that the facts do not lead to', async () => {
    const planned = (await all(store.events('default'))).find(({ type }) => type === 'act.planned');
    const changed = relogged((event) =>
      event.account === planned?.account && event.seq === planned.seq
        ? { ...event, data: JSON.parse(JSON.stringify(event.data).replaceAll('soft.1@', 'soft.2@')) as Json }
        : event,
    );
    const found = await changed.replay();
    expect(found).toMatchObject({
      ok: false,
      difference: {
        account: planned?.account,
        seq: planned?.seq,
        code: 'decision',
        recorded: { type: 'act.planned' },
        decided: { type: 'act.planned' },
      },
    });
  });

  it('reports a fact that was changed at the first decision that it makes another', async () => {
    const changed = relogged((event) =>
      event.type === 'invoice.upserted'
        ? {
            ...event,
            data: JSON.parse(JSON.stringify(event.data).replace('"total":100000', '"total":100001')) as Json,
          }
        : event,
    );
    expect(await changed.replay()).toMatchObject({
      ok: false,
      difference: { account: 'a', code: 'decision' },
    });
  });

  it('reports an act that nothing leads to, and reviews that say nothing of themselves', async () => {
    const unframed = relogged((event) => {
      if (event.type !== 'review.made') return event;
      const { by: _, ...data } = event.data as { readonly [key: string]: Json };
      return { ...event, data };
    });
    expect(await unframed.replay()).toMatchObject({ ok: false, difference: { code: 'unexplained' } });
    const fee = (await all(store.events('default'))).find(
      ({ type, data }) => type === 'act.planned' && JSON.stringify(data).includes('"kind":"fee"'),
    );
    const dearer = relogged((event) =>
      event === fee || (event.account === fee?.account && event.seq === fee.seq)
        ? {
            ...event,
            data: JSON.parse(JSON.stringify(event.data).replace('"amount":500', '"amount":900')) as Json,
          }
        : event,
    );
    expect(await dearer.replay()).toMatchObject({
      ok: false,
      difference: { seq: fee?.seq, code: 'unexplained' },
    });
  });

  it('names the version that it lacks, and goes through once it has it', async () => {
    const store2 = memoryStore();
    const old = world({ store: store2 });
    await old.dunning.sync({ accounts: [{ id: 'a', name: 'A', contacts: [{ email: 'a@a.example' }] }] });
    await old.dunning.sync({
      invoices: [
        {
          id: 'F',
          account: 'a',
          issued: '2026-01-01',
          due: '2026-02-10',
          total: { amount: '10.00', currency: 'COP' },
        },
      ],
    });
    await old.dunning.tick({ now: at('02-13') });
    const documents = await import('../support/world.js').then((one) => one.documents);
    const next: Documents = {
      ...documents,
      plan: { ...documents.plan, version: 2, contact: { ...documents.plan.contact, gap: '2d' } },
    };
    const fresh = world({ ...next, store: store2 }).dunning;
    for (const day of ['02-20', '02-21']) await fresh.tick({ now: at(day) });
    expect(await fresh.replay()).toMatchObject({
      ok: false,
      difference: { account: 'a', code: 'documents', plan: 'plan@1' },
    });
    expect(await fresh.replay({ documents: [documents] })).toMatchObject({
      ok: true,
      acts: expect.any(Number),
    });
    // Under the same version with other content, another hash: not taken for the old one.
    const edited = { ...documents, plan: { ...documents.plan, zone: 'America/Lima' } };
    expect(await fresh.replay({ documents: [edited] })).toMatchObject({
      ok: false,
      difference: { code: 'documents' },
    });
  });
});

describe('on embedded PostgreSQL', () => {
  const pglite = pgliteStore();
  afterAll(() => pglite.close());

  it('the same life is replayed, verified and told alike', async () => {
    await pglite.migrate();
    const other = (await live(pglite)).dunning;
    expect(await other.replay()).toEqual(await dunning.replay());
    expect(await other.verify()).toMatchObject({ ok: true });
    const strip = async (one: typeof dunning) =>
      (await one.changes({ limit: 1000, personal: true })).events.map(({ id: _, ...event }) => event);
    expect(await strip(other)).toEqual(await strip(dunning));
  });
});
