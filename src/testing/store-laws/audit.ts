import type { AuditStore, ChainHead, SealedEvent } from '../../stores/audit.js';
import type { LoggedEvent, Store, StoredEvent } from '../../stores/store.js';
import { check, same } from '../check.js';
import { type Bench, change, fileOf, insert, type Law, move, win } from './law.js';

/** Hashes of the laws: readable, so that a broken chain shows where. */
const link = (before: ChainHead, { account, seq }: LoggedEvent): string =>
  `${before.hash.slice(-60)}>${account}.${seq}`;

function auditOf(store: Store): AuditStore {
  check(store.audit !== undefined, 'the store offers no `audit`; say `without: { audit: "reason" }`');
  return store.audit;
}

const event = (seq: number, personal?: StoredEvent['personal']): StoredEvent => ({
  seq,
  at: seq * 10,
  type: 't',
  actor: 'a',
  data: { n: seq },
  ...(personal === undefined ? {} : { personal }),
});

async function sealAll(store: Store, tenant: string, limit = 100): Promise<number> {
  let sealed = 0;
  for (let n = -1; n !== 0; sealed += n) n = await auditOf(store).seal({ tenant, limit, link });
  return sealed;
}

async function sealedOf(store: Store, tenant: string, after = 0): Promise<readonly SealedEvent[]> {
  return auditOf(store).sealed({ tenant, after, limit: 10_000 });
}

/** Positions without gaps, hashes that follow from those before, no event twice, each account in its order. */
function checkChain(chain: readonly SealedEvent[]): void {
  const last = new Map<string, number>();
  let before: ChainHead = { position: 0, hash: '' };
  for (const one of chain) {
    same(one.position, before.position + 1, 'the position of an event, which follows on that before');
    check(one.event !== undefined, `the event at position ${one.position} is missing`);
    same([one.event.account, one.event.seq], [one.account, one.seq], 'what the event says of itself');
    same(one.hash, link(before, one.event), `the hash at position ${one.position}`);
    check((last.get(one.account) ?? 0) < one.seq, `events of account ${one.account} are sealed out of order`);
    last.set(one.account, one.seq);
    before = one;
  }
}

/** Commits an account's next event and hands back the version reached. */
async function log(
  store: Store,
  { tenant, account, n }: { readonly tenant: string; readonly account: string; readonly n: number },
): Promise<void> {
  await win(store, change(tenant, account, n - 1, { events: [event(n)] }));
}

/** What a store that offers `audit` promises of it. */
export const auditLaws: readonly Law[] = [
  {
    name: 'sealing: positions from 1 without gaps, each account in its order, whatever the batches',
    needs: 'audit',
    async attempt({ store, tenant, neighbour }) {
      await win(store, change(tenant, 'b', 0, { events: [event(1), event(2), event(3)] }));
      await win(store, change(tenant, 'a', 0, { events: [event(1)] }));
      await win(store, change(neighbour, 'a', 0, { events: [event(1), event(2)] }));
      await win(store, change(tenant, 'b', 1, { events: [event(4)] }));
      await win(store, change(tenant, 'c', 0));
      same(
        await auditOf(store).head(tenant),
        { position: 0, hash: '' },
        'the chain before anything is sealed',
      );
      same(await sealedOf(store, tenant), [], 'what is sealed before anything is');
      same(await sealAll(store, tenant, 1), 5, 'the number of events sealed');
      const chain = await sealedOf(store, tenant);
      checkChain(chain);
      same(chain.length, 5, 'the length of the chain');
      const { position, hash } = chain[4] ?? { position: 0, hash: '' };
      same(await auditOf(store).head(tenant), { position, hash }, 'where the chain stands');
      same(
        (await sealedOf(store, tenant, 3)).map((one) => one.position),
        [4, 5],
        'what is sealed behind a position',
      );
      same(
        (await auditOf(store).sealed({ tenant, after: 1, limit: 2 })).map((one) => one.position),
        [2, 3],
        'as many as were asked for',
      );
      same(await sealedOf(store, neighbour), [], 'the chain of another tenant');
    },
  },
  {
    name: 'sealing: an event is sealed once, and new ones go behind',
    needs: 'audit',
    async attempt({ store, other, tenant }) {
      await log(store, { tenant, account: 'z', n: 1 });
      await sealAll(store, tenant);
      same(await sealAll(other, tenant), 0, 'what is left after everything was sealed');
      // By account and by instant it would come first.
      await win(store, change(tenant, 'a', 0, { events: [{ ...event(1), at: 0 }] }));
      await log(store, { tenant, account: 'z', n: 2 });
      same(await sealAll(other, tenant), 2, 'the number of new events');
      const chain = await sealedOf(store, tenant);
      checkChain(chain);
      same([chain[0]?.account, chain[0]?.seq], ['z', 1], 'what was sealed first');
    },
  },
  {
    name: 'sealing: several sealers while commits go on lose nothing and seal nothing twice',
    needs: 'audit',
    async attempt({ store, other, tenant }) {
      const accounts = ['a', 'b', 'c', 'd', 'e', 'f'];
      const rounds = 8;
      let over = false;
      const commits = accounts.map(async (account) => {
        for (let n = 1; n <= rounds; n++) await log(store, { tenant, account, n });
      });
      const sealers = [store, other, store, other].map(async (one) => {
        while (!over) {
          const head = await auditOf(one).head(tenant);
          await auditOf(one).seal({ tenant, limit: 3, link });
          const seen = await sealedOf(one, tenant, head.position);
          same(
            seen.map((sealed) => sealed.position),
            seen.map((_, index) => head.position + index + 1),
            'what stands behind a head that was read',
          );
          // A store that answers at once must let the commits come on, too.
          await new Promise((resolve) => setImmediate(resolve));
        }
      });
      await Promise.all(commits).finally(() => {
        over = true;
      });
      await Promise.all(sealers);
      await sealAll(store, tenant);
      const chain = await sealedOf(store, tenant);
      same(chain.length, accounts.length * rounds, 'the number of events sealed');
      checkChain(chain);
    },
  },
  {
    name: 'sealing: tenants with something to seal are told, and only those',
    needs: 'audit',
    async attempt({ store, tenant, neighbour }) {
      const waiting = async (): Promise<boolean[]> => {
        const tenants = await auditOf(store).unsealed({ limit: 10_000 });
        return [tenants.includes(tenant), tenants.includes(neighbour)];
      };
      await win(store, change(tenant, 'a', 0));
      same(await waiting(), [false, false], 'who waits while nothing is logged');
      await win(store, change(neighbour, 'a', 0, { events: [event(1)] }));
      same(await waiting(), [false, true], 'who waits');
      await sealAll(store, neighbour);
      same(await waiting(), [false, false], 'who waits when all is sealed');
      same(await auditOf(store).strays({ tenant: neighbour, limit: 9 }), [], 'events past the chain');
    },
  },
  {
    name: 'sealing: what a host rolled back is not sealed, and its number is free',
    needs: 'audit',
    async attempt(bench) {
      const { store, tenant } = bench;
      await log(store, { tenant, account: 'open', n: 1 });
      await openTransaction(bench, async (tx) => {
        await store.commit([change(tenant, 'open', 1, { events: [event(2)] })], tx);
      });
      await log(store, { tenant, account: 'open', n: 2 });
      await sealAll(store, tenant);
      const chain = await sealedOf(store, tenant);
      checkChain(chain);
      same(
        chain.filter((one) => one.account === 'open').map((one) => one.event?.at),
        [10, 20],
        'the events of the account whose transaction was rolled back',
      );
    },
  },
  {
    name: 'personal: stands with its event, apart from its data, and only where there is some',
    needs: 'audit',
    async attempt({ store, tenant }) {
      const personal = { '/name': ['salt', 'Ana'], b: 1, a: { __proto__: null } };
      await win(store, change(tenant, 'a', 0, { events: [event(1, personal), event(2)] }));
      await sealAll(store, tenant);
      const logged: LoggedEvent[] = [];
      for await (const one of store.events(tenant)) logged.push(one);
      same(
        logged.map((one) => JSON.stringify(one.personal)),
        [JSON.stringify(personal), undefined],
        'personal data of the log',
      );
      same(
        (await sealedOf(store, tenant)).map((one) => JSON.stringify(one.event?.personal)),
        [JSON.stringify(personal), undefined],
        'personal data of sealed events',
      );
      same(logged[0]?.data, { n: 1 }, 'data of the event');
    },
  },
  {
    name: 'personal: redacting changes personal data and acts of one account, and no event or file',
    needs: 'audit',
    async attempt({ store, tenant, neighbour }) {
      for (const [owner, account] of [
        [tenant, 'a'],
        [tenant, 'b'],
        [neighbour, 'a'],
      ] as const) {
        const acts = [insert(`one of ${account}`), insert(`two of ${account}`)];
        await win(
          store,
          change(owner, account, 0, { events: [event(1, 'ana'), event(2), event(3, 'eva')], acts }),
        );
        const moved = move(`one of ${account}`, ['ready'], 'completed', { result: { by: 'ana' } });
        await win(store, change(owner, account, 1, { acts: [moved] }));
        await sealAll(store, owner);
      }
      const file = await fileOf(store, tenant, 'a');
      const chain = (await sealedOf(store, tenant)).map(({ event: _, ...rest }) => rest);
      const asked: number[] = [];
      const changed = await auditOf(store).redact({
        tenant,
        account: 'a',
        personal: (one) => {
          asked.push(one.seq);
          return one.personal === 'ana' ? { gone: true } : undefined;
        },
        act: (one) => (one.result === null ? undefined : { result: { by: null } }),
      });
      same(changed, 2, 'the number of rows changed');
      same(asked, [1, 3], 'the events asked about');
      const personalOf = async (owner: string, account: string): Promise<unknown[]> => {
        const found: unknown[] = [];
        for await (const one of store.events(owner, { account })) found.push(one.personal);
        return found;
      };
      same(await personalOf(tenant, 'a'), [{ gone: true }, undefined, 'eva'], 'the account’s personal data');
      same(await personalOf(tenant, 'b'), ['ana', undefined, 'eva'], 'those of another account');
      same(await personalOf(neighbour, 'a'), ['ana', undefined, 'eva'], 'those of another tenant');
      const act = await store.act(tenant, 'one of a');
      same([act?.state, act?.result, act?.data], ['completed', { by: null }, { id: 'one of a' }], 'the act');
      same((await store.act(tenant, 'one of b'))?.result, { by: 'ana' }, 'the act of another account');
      same((await fileOf(store, tenant, 'a')).version, file.version, 'the version of the file');
      same(
        (await sealedOf(store, tenant)).map(({ event: _, ...rest }) => rest),
        chain,
        'the chain',
      );
    },
  },
];

class Rollback extends Error {}

/** Runs work in a transaction of the host that rolls back; where stores have none, does without. */
async function openTransaction(
  { transaction, joins }: Bench,
  work: (options: { readonly transaction: unknown }) => Promise<void>,
): Promise<void> {
  if (!joins) return;
  const attempt = transaction(async (tx) => {
    await work({ transaction: tx });
    throw new Rollback();
  });
  await attempt.catch((error: unknown) => {
    if (!(error instanceof Rollback)) throw error;
  });
}
