import { check, collect, same } from '../check.js';
import { change, commitOne, content, fileOf, insert, type Law, move, stateOf, win } from './law.js';

class Rollback extends Error {}

/** A host that books a payment while a worker is about to send. */
export const joiningLaws: readonly Law[] = [
  {
    name: 'transaction: what the host commits first wins against a worker that would send, and what it rolls back does not',
    needs: 'transaction',
    async attempt({ store, other, tenant, transaction }) {
      for (const end of ['commit', 'rollback'] as const) {
        const [account, id] = [`a ${end}`, `act ${end}`];
        await win(store, change(tenant, account, 0, { acts: [insert(id)] }));
        await store.claim({ now: 1_000, lease: 9_000, limit: 1, token: 'w', tenant });
        const start = move(id, ['claimed'], 'sending', { token: 'w', lease: 9_000, attempt: true });
        let sending: ReturnType<typeof commitOne> | undefined;
        const booking = transaction(async (tx) => {
          const booked = { file: content('paid'), acts: [move(id, ['claimed'], 'withdrawn')] };
          same(
            await commitOne(store, change(tenant, account, 1, booked), tx),
            { ok: true, version: 2 },
            'the booking inside',
          );
          // It may have to wait for the host; nobody waits for it.
          sending = commitOne(other, change(tenant, account, 1, { acts: [start] }));
          sending.catch(() => undefined);
          if (end === 'rollback') throw new Rollback();
        });
        const thrown = await booking.then(
          () => undefined,
          (error: unknown) => error,
        );
        check(
          thrown === undefined || thrown instanceof Rollback,
          `the transaction failed: ${String(thrown)}`,
        );
        const outcome = await sending;
        same(
          outcome,
          end === 'commit' ? { ok: false, conflict: 'version' } : { ok: true, version: 2 },
          `the worker that would send, after a ${end}`,
        );
        same(
          await stateOf(store, tenant, id),
          end === 'commit' ? 'withdrawn' : 'sending',
          `the act after a ${end}`,
        );
      }
    },
  },
  {
    name: 'transaction: nobody else sees what joined it before the host commits, nor waits for the end to read',
    needs: 'transaction',
    async attempt({ store, other, tenant, transaction }) {
      // One connection cannot do two things at once.
      if (other === store) return;
      const event = { seq: 1, at: 1, type: 'before', actor: 'a', data: null };
      await win(
        store,
        change(tenant, 'a', 0, {
          file: content('before'),
          events: [event],
          acts: [insert('one')],
          next: 500,
        }),
      );
      await transaction(async (tx) => {
        const acts = [move('one', ['ready'], 'withdrawn'), insert('two', { keys: ['key of one'] })];
        const parts = { file: content('after'), events: [{ ...event, seq: 2 }], acts, next: null };
        same(await commitOne(store, change(tenant, 'a', 1, parts), tx), { ok: true, version: 2 }, 'inside');
        same(await store.appendOnce(tenant, 'k', 1, null, { transaction: tx }), true, 'an inbound event');
        const file = await fileOf(other, tenant, 'a');
        same([file.version, file.header], [1, 'before'], 'the file, from outside');
        same(
          [await stateOf(other, tenant, 'one'), await stateOf(other, tenant, 'two')],
          ['ready', 'missing'],
          'the acts',
        );
        same((await other.due({ before: 500, limit: 9, tenant })).length, 1, 'what is due');
        same((await collect(other.events(tenant))).length, 1, 'the log');
        same(
          (await collect(other.files(tenant))).map(({ version }) => version),
          [1],
          'the files',
        );
        const claim = { now: 1_000, lease: 2_000, limit: 9, token: 'w', tenant };
        same(await other.claim(claim), [], 'a claim of what is being withdrawn');
      });
      same((await fileOf(other, tenant, 'a')).header, 'after', 'the file after the commit');
      same(await stateOf(other, tenant, 'two'), 'ready', 'the act after the commit');
    },
  },
];
