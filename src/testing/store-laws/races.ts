import type { Store } from '../../stores/store.js';
import { check, same } from '../check.js';
import { actOf, change, claimed, content, fileOf, insert, type Law, move, stateOf, win } from './law.js';

/** Calls that run at once, each on one of two handles. */
async function atOnce<T>(
  store: Store,
  other: Store,
  times: number,
  call: (store: Store, n: number) => Promise<T>,
): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, n) => call(n % 2 === 0 ? store : other, n)));
}

/** What holds when several workers act at the same moment. */
export const raceLaws: readonly Law[] = [
  {
    name: 'race: of several commits from one version exactly one wins',
    async attempt({ store, other, tenant }) {
      for (const expected of [0, 1, 2]) {
        const outcomes = await atOnce(store, other, 8, async (handle, n) => {
          const event = { seq: expected + 1, at: n, type: 'try', actor: `worker ${n}`, data: n };
          const parts = {
            file: content(n),
            events: [event],
            acts: [insert(`${expected}/${n}`, { keys: [] })],
          };
          return (await handle.commit([change(tenant, 'hot', expected, parts)]))[0];
        });
        const winners = outcomes.flatMap((one, n) => (one?.ok === true ? [n] : []));
        same(winners.length, 1, 'winners among eight concurrent commits');
        check(
          outcomes.every((one) => one?.ok || one?.conflict === 'version'),
          'losers must conflict on "version"',
        );
        const file = await fileOf(store, tenant, 'hot');
        same(
          [file.version, file.header],
          [expected + 1, winners[0]],
          'version and content are those of the winner',
        );
        const states = await Promise.all(outcomes.map((_, n) => stateOf(store, tenant, `${expected}/${n}`)));
        same(states.filter((state) => state === 'ready').length, 1, 'acts of the winner alone');
      }
    },
  },
  {
    name: 'race: every increment under optimistic retry is kept',
    async attempt({ store, other, tenant }) {
      await win(store, change(tenant, 'counter', 0, { file: content(0) }));
      await atOnce(store, other, 6, async (handle) => {
        for (let done = 0, tries = 0; done < 5; tries++) {
          check(tries < 500, 'thirty increments must not need thousands of tries');
          const file = await fileOf(handle, tenant, 'counter');
          const next = change(tenant, 'counter', file.version, { file: content(Number(file.header) + 1) });
          const outcome = (await handle.commit([next]))[0];
          if (outcome?.ok === true) done += 1;
        }
      });
      const file = await fileOf(store, tenant, 'counter');
      same([file.header, file.version], [30, 31], 'the counter and its version');
    },
  },
  {
    name: 'race: batches over the same accounts in opposite orders all come to an end',
    async attempt({ store, other, tenant }) {
      const accounts = Array.from({ length: 24 }, (_, i) => `a${i}`);
      await store.commit(accounts.slice(0, 12).map((account) => change(tenant, account, 0)));
      const outcomes = await atOnce(store, other, 6, async (handle, n) => {
        const order = n % 2 === 0 ? accounts : [...accounts].reverse();
        return handle.commit(
          order.map((account) => {
            const expected = accounts.indexOf(account) < 12 ? 1 : 0;
            return change(tenant, account, expected, {
              acts: [insert(`${account} by ${n}`, { keys: [account] })],
            });
          }),
        );
      });
      const wins = outcomes.flat().filter((one) => one.ok).length;
      same(wins, accounts.length, 'wins: each account once, whichever batch was first');
    },
  },
  {
    name: 'race: of several acts with one key, from different accounts, exactly one is inserted',
    async attempt({ store, other, tenant }) {
      const outcomes = await atOnce(store, other, 6, async (handle, n) => {
        const keys = n % 2 === 0 ? ['k1', 'k2'] : ['k2', 'k1'];
        return (
          await handle.commit([change(tenant, `a${n}`, 0, { acts: [insert(`act ${n}`, { keys })] })])
        )[0];
      });
      same(outcomes.filter((one) => one?.ok).length, 1, 'winners');
      check(
        outcomes.every((one) => one?.ok || one?.conflict === 'key'),
        'losers must conflict on "key"',
      );
      same((await store.load(tenant, ['a0', 'a1', 'a2', 'a3', 'a4', 'a5'])).length, 1, 'files created');
    },
  },
  {
    name: 'race: concurrent claims are disjoint and together complete',
    async attempt({ store, other, tenant }) {
      const acts = Array.from({ length: 60 }, (_, i) => insert(`act ${i}`, { notBefore: i }));
      await win(store, change(tenant, 'a', 0, { acts }));
      const taken: string[] = [];
      await atOnce(store, other, 6, async (handle, n) => {
        for (let empty = 0; empty < 2 && taken.length <= 60; ) {
          const got = await handle.claim({
            now: 1_000,
            lease: 9_000,
            limit: 4,
            token: `worker ${n}`,
            tenant,
          });
          taken.push(...got.map((act) => act.id));
          empty = got.length === 0 ? empty + 1 : 0;
        }
      });
      same(taken.length, 60, 'acts handed out');
      same(new Set(taken).size, 60, 'different acts handed out');
    },
  },
  {
    name: 'race: a claim that ran out goes to one of several workers, and the first cannot start it',
    async attempt({ store, other, tenant }) {
      await claimed({ store, tenant }, 'a', 'one', 'slow', 2_000);
      const results = await atOnce(store, other, 5, async (handle, n) => {
        if (n > 0)
          return (await handle.claim({ now: 2_000, lease: 5_000, limit: 1, token: `w${n}`, tenant })).length;
        const start = move('one', ['claimed'], 'sending', { token: 'slow', lease: 5_000, attempt: true });
        return (await handle.commit([change(tenant, 'a', 1, { acts: [start] })]))[0]?.ok === true ? 1 : 0;
      });
      same(
        results.reduce((sum, n) => sum + n, 0),
        1,
        'workers that have the act: a new claim, or the first if it was quicker',
      );
      const act = await actOf(store, tenant, 'one');
      check(
        act.token !== null && act.attempts === (act.state === 'sending' ? 1 : 0),
        'the act must be held by that worker',
      );
    },
  },
  {
    name: 'race: an act is withdrawn or claimed, and a withdrawn one is never started',
    async attempt({ store, other, tenant }) {
      for (let round = 0; round < 5; round++) {
        const [account, id] = [`a${round}`, `act ${round}`];
        await win(store, change(tenant, account, 0, { acts: [insert(id)] }));
        const [gone, got] = await Promise.all([
          store.commit([change(tenant, account, 1, { acts: [move(id, ['ready'], 'withdrawn')] })]),
          other.claim({ now: 1_000, lease: 2_000, limit: 1, token: 'w', tenant }),
        ]);
        const withdrawn = gone[0]?.ok === true;
        check(
          withdrawn !== (got.length === 1),
          `withdrawn: ${withdrawn}, claimed: ${got.length}; exactly one must be`,
        );
        same(await stateOf(store, tenant, id), withdrawn ? 'withdrawn' : 'claimed', 'the state');
        if (!withdrawn)
          await win(store, change(tenant, account, 1, { acts: [move(id, ['claimed'], 'accepted')] }));
      }
    },
  },
  {
    name: 'race: one inbound event that comes several times at once is recorded once',
    async attempt({ store, other, tenant }) {
      const results = await atOnce(store, other, 8, (handle) => handle.appendOnce(tenant, 'wamid', 1, null));
      same(results.filter(Boolean).length, 1, 'calls that were the first');
    },
  },
  {
    name: 'load: a file is never seen half written',
    async attempt({ store, other, tenant }) {
      const rows = (n: number) => Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`r${i}`, n]));
      await win(store, change(tenant, 'a', 0, { file: content(0, rows(0)) }));
      let writing = true;
      const write = async () => {
        try {
          for (let n = 1; n <= 15; n++) {
            await win(store, change(tenant, 'a', n, { file: content(n, rows(n)) }));
          }
        } finally {
          writing = false;
        }
      };
      const readAll = async () => {
        for (let n = 0; writing && n < 300; n++) {
          const file = await fileOf(other, tenant, 'a');
          const whole = [...file.rows.values()].every((row) => row === file.header);
          check(
            whole && file.rows.size === 20 && file.version === Number(file.header) + 1,
            'version, header and rows of one commit',
          );
        }
      };
      await Promise.all([write(), readAll()]);
    },
  },
  {
    name: 'migrate: may be called by several processes at once, and again later',
    async attempt({ store, other, tenant }) {
      await atOnce(store, other, 4, (handle) => handle.migrate());
      await win(store, change(tenant, 'a', 0, { file: content('kept') }));
      await store.migrate();
      same((await fileOf(other, tenant, 'a')).header, 'kept', 'what was stored before a further migrate');
    },
  },
];
