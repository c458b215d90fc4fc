import { check, same } from '../check.js';
import { change, commitOne, content, fileOf, insert, type Law, move, stateOf, win } from './law.js';

/** Thrown by the laws to make the host's transaction roll back. */
class Rollback extends Error {}

/** Commits that join a transaction of the host. */
export const transactionLaws: readonly Law[] = [
  {
    name: 'transaction: what joined it is there when the host commits, and seen inside before',
    needs: 'transaction',
    async attempt({ store, tenant, transaction }) {
      await win(store, change(tenant, 'a', 0, { acts: [insert('one')] }));
      await transaction(async (tx) => {
        const parts = { file: content('booked'), acts: [move('one', ['ready'], 'withdrawn')], next: 5 };
        same(
          await commitOne(store, change(tenant, 'a', 1, parts), tx),
          { ok: true, version: 2 },
          'the outcome',
        );
        same(
          (await store.load(tenant, ['a'], { transaction: tx }))[0]?.header,
          'booked',
          'the file, loaded inside',
        );
        same(
          await commitOne(store, change(tenant, 'a', 2, { next: 6 }), tx),
          { ok: true, version: 3 },
          'a second commit',
        );
        same(await store.appendOnce(tenant, 'k', 1, null, { transaction: tx }), true, 'an inbound event');
      });
      const file = await fileOf(store, tenant, 'a');
      same([file.version, file.header, file.next], [3, 'booked', 6], 'the file after the commit');
      same(await stateOf(store, tenant, 'one'), 'withdrawn', 'the act after the commit');
      same(await store.appendOnce(tenant, 'k', 1, null), false, 'the inbound event after the commit');
    },
  },
  {
    name: 'transaction: nothing remains when the host rolls back',
    needs: 'transaction',
    async attempt({ store, tenant, transaction }) {
      await win(
        store,
        change(tenant, 'a', 0, { file: content('before'), acts: [insert('one', { keys: ['k'] })] }),
      );
      const attempt = transaction(async (tx) => {
        const acts = [move('one', ['ready'], 'withdrawn'), insert('two', { keys: ['k'] })];
        const event = { seq: 1, at: 1, type: 't', actor: 'a', data: null };
        await commitOne(
          store,
          change(tenant, 'a', 1, { file: content('after'), acts, events: [event], next: 1 }),
          tx,
        );
        await commitOne(store, change(tenant, 'b', 0), tx);
        await store.appendOnce(tenant, 'k', 1, null, { transaction: tx });
        throw new Rollback();
      });
      const thrown = await attempt.catch((error: unknown) => error);
      check(thrown instanceof Rollback, `the host's own error must come through, got ${String(thrown)}`);
      const file = await fileOf(store, tenant, 'a');
      same([file.version, file.header, file.next], [1, 'before', null], 'the file');
      same(
        [await stateOf(store, tenant, 'one'), await stateOf(store, tenant, 'two')],
        ['ready', 'missing'],
        'the acts',
      );
      same(await store.load(tenant, ['b']), [], 'the file created inside');
      same(await store.appendOnce(tenant, 'k', 1, null), true, 'the inbound event');
      const event = { seq: 1, at: 1, type: 't', actor: 'a', data: null };
      await win(store, change(tenant, 'a', 1, { events: [event] }));
    },
  },
  {
    name: 'transaction: a conflict leaves it usable',
    needs: 'transaction',
    async attempt({ store, tenant, transaction }) {
      await win(store, change(tenant, 'a', 0, { acts: [insert('one', { keys: ['k'] })] }));
      await transaction(async (tx) => {
        const outcomes = await store.commit(
          [
            change(tenant, 'a', 0),
            change(tenant, 'b', 0, { acts: [insert('two', { keys: ['k'] })] }),
            change(tenant, 'c', 0, { file: content('wins') }),
          ],
          { transaction: tx },
        );
        same(
          outcomes.map((one) => (one.ok ? one.version : one.conflict)),
          ['version', 'key', 1],
          'the outcomes of a batch with two losers',
        );
        same(
          await commitOne(store, change(tenant, 'a', 1, { file: content('still works') }), tx),
          { ok: true, version: 2 },
          'a commit after conflicts',
        );
      });
      same((await fileOf(store, tenant, 'c')).header, 'wins', 'the winner of the batch');
      same((await fileOf(store, tenant, 'a')).header, 'still works', 'the later commit');
      same(await store.load(tenant, ['b']), [], 'the loser');
    },
  },
  {
    name: 'transaction: those that the store itself offers commit everything or nothing',
    needs: 'transaction',
    async attempt({ store, other, tenant }) {
      if (store.transaction === undefined) return;
      const answer = await store.transaction(async (transaction) => {
        await commitOne(store, change(tenant, 'own', 0, { acts: [insert('own 1')] }), transaction);
        return 'done';
      });
      same(answer, 'done', 'what the work answered');
      same((await fileOf(other, tenant, 'own')).version, 1, 'the version after the end');
      let thrown: unknown;
      try {
        await store.transaction(async (transaction) => {
          await commitOne(store, change(tenant, 'own', 1, { acts: [insert('own 2')] }), transaction);
          throw new Rollback();
        });
      } catch (error) {
        thrown = error;
      }
      check(thrown instanceof Rollback, 'what the work throws must come out as it is');
      same((await fileOf(other, tenant, 'own')).version, 1, 'the version after a rollback');
      same(await stateOf(other, tenant, 'own 2'), 'missing', 'the act of a rollback');
    },
  },
];
