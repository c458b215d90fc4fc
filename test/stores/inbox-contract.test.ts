import { describe, expect, it } from 'vitest';
import type { InboxStore } from '../../src/stores/inbox.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import type { ReferenceStore } from '../../src/stores/references.js';
import { storeContract } from '../../src/testing/store-contract.js';

type Spoil = { readonly inbox?: Partial<InboxStore>; readonly references?: Partial<ReferenceStore> };

/** The laws of what comes in that a store breaks, whose parts are replaced. */
async function broken(
  spoil: (inbox: InboxStore, references: ReferenceStore) => Spoil,
): Promise<readonly string[]> {
  const found: string[] = [];
  const cases = storeContract(() => {
    const store = memoryStore();
    const { inbox, references } = store;
    if (inbox === undefined || references === undefined) throw new TypeError('the memory store has both');
    const spoiled = spoil(inbox, references);
    return {
      store: {
        ...store,
        inbox: { ...inbox, ...spoiled.inbox },
        references: { ...references, ...spoiled.references },
      },
    };
  });
  for (const { name, run } of cases) {
    if (!name.startsWith('inbox:') && !name.startsWith('references:')) continue;
    await run().catch(() => found.push(name));
  }
  return found;
}

describe('deliberately broken stores', () => {
  const cases: readonly (readonly [string, string, Parameters<typeof broken>[0]])[] = [
    [
      'takes in what it knows already',
      'inbox: what comes in is kept once by its key, whoever brings it and how often',
      (inbox) => ({
        inbox: {
          receive: async (tenant, entries) => (await inbox.receive(tenant, entries)).map(() => true),
        },
      }),
    ],
    [
      'looks for a key, then writes it',
      'inbox: of several that bring the same entries each entry is new for exactly one',
      (inbox) => {
        const known = new Set<string>();
        return {
          inbox: {
            async receive(tenant, entries) {
              const fresh = entries.map(({ key }) => !known.has(`${tenant} ${key}`));
              await inbox.receive(tenant, entries);
              for (const { key } of entries) known.add(`${tenant} ${key}`);
              return fresh;
            },
          },
        };
      },
    ],
    [
      'hands the newest out first',
      'inbox: entries are handed out in the order in which they came, as many as asked for, each to one taker',
      (inbox) => ({ inbox: { take: async (query) => (await inbox.take(query)).toReversed() } }),
    ],
    [
      'forgets who has what',
      'inbox: several takers at once never get the same entry',
      (inbox) => ({ inbox: { take: (query) => inbox.take({ ...query, lease: query.now }) } }),
    ],
    [
      'ends what another has by now',
      'inbox: an entry whose lease ends is handed out again; its old taker can end nothing',
      (inbox) => {
        let last = '';
        return {
          inbox: {
            take(query) {
              last = query.token;
              return inbox.take(query);
            },
            finish: (tenant, _, entries) => inbox.finish(tenant, last, entries),
          },
        };
      },
    ],
    [
      'puts nothing off',
      'inbox: what is done never comes again, what is put off comes when it is due',
      (inbox) => ({
        inbox: {
          finish: (tenant, token, entries) =>
            inbox.finish(
              tenant,
              token,
              entries.map(({ key }) => ({ key })),
            ),
        },
      }),
    ],
    [
      'hands out again what was put aside',
      'inbox: what is put aside is shown and handed out to nobody, until it is recalled; data may change',
      (inbox) => ({
        inbox: {
          finish: (tenant, token, entries) =>
            inbox.finish(
              tenant,
              token,
              entries.map(({ aside, ...entry }) => (aside === true ? { ...entry, again: 9 } : entry)),
            ),
        },
      }),
    ],
    [
      'recalls what is only put off',
      'inbox: what is put aside is shown and handed out to nobody, until it is recalled; data may change',
      () => ({ inbox: { recall: async (_tenant, entries) => entries.map(() => true) } }),
    ],
    [
      'forgets only what nobody has taken',
      'inbox: what is forgotten is never handed out again, taken or not, nor taken in again; the rest stays',
      (inbox) => {
        const taken = new Set<string>();
        return {
          inbox: {
            async take(query) {
              const entries = await inbox.take(query);
              for (const { data } of entries) taken.add(JSON.stringify(data));
              return entries;
            },
            forget: (tenant, gone) =>
              inbox.forget(tenant, async (data) => !taken.has(JSON.stringify(data)) && gone(data)),
          },
        };
      },
    ],
    [
      'lists what leads to others',
      'references: an account’s are listed and removed, some or all, and nobody else’s',
      (_, references) => ({
        references: {
          list: async (tenant) => [
            ...(await references.list(tenant, 'a')),
            ...(await references.list(tenant, 'b')),
          ],
        },
      }),
    ],
    [
      'keeps one account for a key',
      'references: what is written is found by its keys, of one tenant, by key and account',
      (_, references) => ({
        references: {
          async find(tenant, keys) {
            const found = await references.find(tenant, keys);
            return found.filter(({ key }, index) => found.findIndex((one) => one.key === key) === index);
          },
        },
      }),
    ],
    [
      'removes all where some were named',
      'references: an account’s are listed and removed, some or all, and nobody else’s',
      (_, references) => ({
        references: { remove: (tenant, account) => references.remove(tenant, account) },
      }),
    ],
  ];

  it.each(cases)('one that %s is caught by "%s"', async (_, law, spoil) => {
    expect(await broken(spoil)).toContain(law);
  });

  it('the whole one is not', async () => {
    expect(await broken(() => ({}))).toEqual([]);
  });
});
