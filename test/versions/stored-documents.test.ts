import { describe, expect, it } from 'vitest';
import { type DunningOptions, type StoredDocuments, storedDocuments } from '../../src/dunning/index.js';
import type { Documents } from '../../src/policy/types.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import type { Store } from '../../src/stores/store.js';
import { account, at, documents, invoice, type World, world } from '../support/world.js';

const eva = { author: 'eva', reason: 'softer', now: at('02-01') };
const [ladder] = documents.policies;

/** The same ladder, whose first stage comes so many days after the due date. */
function edited(version: number, days: string): Documents {
  const [soft, ...rest] = ladder!.stages;
  const policy = {
    ...ladder!,
    version,
    stages: [{ ...soft!, at: { from: 'due' as const, plus: days } }, ...rest],
  };
  return { ...documents, policies: [policy, ...documents.policies] };
}

interface Kept extends World {
  readonly versions: StoredDocuments;
  readonly logged: readonly string[];
}

async function kept(changed: Partial<DunningOptions> = {}, store: Store = memoryStore()): Promise<Kept> {
  const logged: string[] = [];
  const log = (message: string, fields?: Readonly<Record<string, unknown>>): void => {
    logged.push(`${message} ${JSON.stringify(fields)}`);
  };
  const logger = { debug: log, info: log, warn: log, error: log };
  const made = world({ store, adopt: true, logger, ...changed });
  await made.dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
  return { ...made, versions: storedDocuments(store), logged };
}

describe('saving and activating', () => {
  it('keeps each version under its id, with its hash, and who saved it when and why', async () => {
    const versions = storedDocuments(memoryStore());
    const first = await versions.save(documents, eva);
    expect(first.policies).toEqual([
      { id: 'ladder', version: 1, hash: expect.stringMatching(/^[0-9a-f]{16}$/) },
    ]);
    // Known already: nothing changes, not even who saved it.
    expect(await versions.save(documents, { author: 'max', now: at('02-02') })).toEqual(first);
    const second = await versions.save(edited(2, '5d'), { author: 'max', now: at('02-02') });
    expect(second.set).not.toBe(first.set);
    expect(await versions.list({ kind: 'policy' })).toEqual([
      { kind: 'policy', ...first.policies[0], at: at('02-01'), author: 'eva', reason: 'softer' },
      { kind: 'policy', ...second.policies[0], at: at('02-02'), author: 'max', reason: null },
    ]);
    expect((await versions.list({ kind: 'set' })).map(({ id }) => id).sort()).toEqual(
      [first.set, second.set].sort(),
    );
    expect(await versions.load(first.set)).toEqual(documents);
  });

  it('refuses a version with other content, with its path, and saves nothing of the call', async () => {
    const versions = storedDocuments(memoryStore());
    await versions.save(documents, eva);
    const before = await versions.list();
    const other = { ...edited(1, '5d'), policies: edited(1, '5d').policies.slice(0, 1) };
    const plan = { ...documents.plan, version: 2 };
    await expect(versions.save({ ...other, plan }, eva)).rejects.toMatchObject({
      code: 'version_conflict',
      problems: [{ path: 'policies[0]', code: 'version_conflict' }],
    });
    expect(await versions.list()).toEqual(before);
    await expect(versions.save({ ...documents, policies: [] }, eva)).rejects.toMatchObject({
      code: 'invalid_document',
    });
    await expect(versions.save(documents, { author: '' })).rejects.toMatchObject({ code: 'invalid_option' });
  });

  it('activates saved sets, any number of times, and keeps the list of them', async () => {
    const versions = storedDocuments(memoryStore());
    expect(await versions.active()).toBeUndefined();
    const one = await versions.save(documents, eva);
    const two = await versions.save(edited(2, '5d'), eva);
    await Promise.all([one, two, one].map(({ set }) => versions.activate(set, eva)));
    expect((await versions.activations()).map(({ number }) => number)).toEqual([3, 2, 1]);
    expect(await versions.activate(two.set, { author: 'max', now: 7 })).toEqual({
      number: 4,
      set: two.set,
      at: 7,
      author: 'max',
      reason: null,
    });
    expect(await versions.active()).toMatchObject({ number: 4, documents: edited(2, '5d') });
    await expect(versions.activate('0000000000000000', eva)).rejects.toMatchObject({ code: 'unknown_id' });
  });

  it('keeps tenants apart, and asks for a store that can', async () => {
    const store = memoryStore();
    const { set } = await storedDocuments(store).save(documents, eva);
    const other = storedDocuments(store, { tenant: 'other' });
    expect(await other.list()).toEqual([]);
    await expect(other.activate(set, eva)).rejects.toMatchObject({ code: 'unknown_id' });
    const { documents: _, ...without } = store;
    expect(() => storedDocuments(without)).toThrow('keeps no documents');
    expect(() => world({ store: without, adopt: true })).toThrow(/adopt: needs a store/);
  });

  it('gives out nothing that was changed behind its back', async () => {
    const store = memoryStore();
    const versions = storedDocuments(store);
    const { set } = await versions.save(documents, eva);
    const tampered: Store = {
      ...store,
      documents: {
        ...store.documents!,
        async load(tenant, key) {
          const found = await store.documents!.load(tenant, key);
          return found === undefined || key.kind !== 'plan'
            ? found
            : { ...found, content: { ...(found.content as object), zone: 'UTC' } };
        },
      },
    };
    await expect(storedDocuments(tampered).load(set)).rejects.toMatchObject({ code: 'impossible_state' });
  });
});

describe('adopting', () => {
  it('a running service takes up what was activated with its next run, and not before', async () => {
    const { dunning, versions, logged } = await kept();
    const { set } = await versions.save(edited(2, '1d'), eva);
    expect((await dunning.tick({ now: at('02-04') })).sent).toEqual([]);
    expect(await dunning.adopt()).toBeUndefined();
    await versions.activate(set, eva);
    // Reads tell of the documents of the latest run.
    expect((await dunning.explain('robles', { at: at('02-04') })).text).toContain('February 6');
    const { sent } = await dunning.tick({ now: at('02-04', '11:00') });
    expect(sent).toEqual([]);
    expect(logged).toContain(`documents were taken up {"activation":1,"set":"${set}"}`);
    // What a change of documents asks for as ever: all accounts are looked at, and the pinned case stays as it is.
    await dunning.sync({ invoices: [invoice('F-2', '02-04')] });
    await dunning.tick({ now: at('02-04', '12:00') });
    const next = await dunning.tick({ now: at('02-05', '12:00') });
    expect(next.sent).toMatchObject([{ stage: 'soft', invoices: ['F-2'] }]);
    expect(await dunning.adopt()).toEqual({ number: 1, set, changed: false });
  });

  it('replays reviews of every set that was ever in use, found by what the log names', async () => {
    const store = memoryStore();
    const { dunning, versions } = await kept({}, store);
    await dunning.tick({ now: at('02-06') });
    const first = await versions.save(documents, eva);
    for (const [version, day] of [
      [2, '02-14'],
      [3, '02-20'],
    ] as const) {
      const { set } = await versions.save(edited(version, `${version}d`), eva);
      await versions.activate(set, eva);
      await dunning.sync({
        invoices: [
          invoice(
            `F-${version}`,
            day.replace(/\d+$/, (n) => String(Number(n) - 4)),
          ),
        ],
      });
      await dunning.tick({ now: at(day as '02-14') });
    }
    const replay = await dunning.replay();
    expect(replay).toMatchObject({ ok: true });
    expect(replay.reviews).toBeGreaterThan(2);
    // Another service, which knows only its own documents and what was saved.
    const elsewhere = world({ ...edited(9, '9d'), store });
    expect(await elsewhere.dunning.replay()).toMatchObject({ ok: true, reviews: replay.reviews });
    const { documents: _, ...without } = store;
    const blind = world({ ...edited(9, '9d'), store: without });
    expect(await blind.dunning.replay()).toMatchObject({ ok: false, difference: { code: 'documents' } });
    expect(first.plan.id).toBe('plan');
  });

  it('goes on with what it has where it cannot work with what was activated', async () => {
    const { dunning, versions, logged } = await kept();
    const [first, ...rest] = ladder!.stages;
    const other = {
      ...documents,
      policies: [
        {
          ...ladder!,
          version: 2,
          stages: [{ ...first!, do: [{ send: 'soft', attach: ['terms'] }] }, ...rest],
        },
      ],
    };
    const { set } = await versions.save(other, eva);
    await versions.activate(set, eva);
    expect((await dunning.tick({ now: at('02-06') })).sent).toHaveLength(1);
    expect(
      logged.some((line) => line.startsWith('documents that were activated could not be taken up')),
    ).toBe(true);
    await expect(dunning.adopt()).rejects.toMatchObject({ code: 'invalid_option' });
  });

  it('leaves it to the host where it was not asked for, and each tenant has its own', async () => {
    const store = memoryStore();
    const { dunning, versions } = await kept({ adopt: false }, store);
    const { set } = await versions.save(edited(2, '1d'), eva);
    await versions.activate(set, eva);
    await dunning.tick({ now: at('02-04') });
    expect(await dunning.adopt()).toEqual({ number: 1, set, changed: true });
    expect(await dunning.for('other').adopt()).toBeUndefined();
  });
});
