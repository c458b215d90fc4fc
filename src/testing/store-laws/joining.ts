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
    name: 'transaction: what a host may yet roll back is seen by nobody else',
    needs: 'transaction',
    async attempt({ store, other, tenant, transaction }) {
      const event = { seq: 1, at: 1, type: 'before', actor: 'a', data: null };
      const parts = {
        events: [event],
        acts: [insert('one'), insert('held', { notBefore: 9_000 })],
        next: 500,
      };
      await win(store, change(tenant, 'a', 0, { file: content('before'), ...parts }));
      const seen = async () => ({
        file: (await fileOf(other, tenant, 'a')).header,
        acts: [await stateOf(other, tenant, 'one'), await stateOf(other, tenant, 'two')],
        due: (await other.due({ before: 500, limit: 9, tenant })).length,
        log: (await collect(other.events(tenant))).length,
        files: (await collect(other.files(tenant))).map(({ version }) => version),
        claimed: (await other.claim({ now: 8_000, lease: 8_001, limit: 9, token: 'w', tenant })).length,
      });
      let looking: Promise<readonly unknown[]> | undefined;
      const booking = transaction(async (tx) => {
        const acts = [move('held', ['ready'], 'withdrawn'), insert('two', { keys: ['key of held'] })];
        const booked = { file: content('after'), events: [{ ...event, seq: 2 }], acts, next: null };
        same(await commitOne(store, change(tenant, 'a', 1, booked), tx), { ok: true, version: 2 }, 'inside');
        // Where there is one connection only, the answer comes after the end; it is the same then.
        looking = Promise.all([seen()]);
        looking.catch(() => undefined);
        for (let n = 0; n < 5; n++) await store.load(tenant, ['a'], { transaction: tx });
        throw new Rollback();
      });
      const thrown = await booking.catch((error: unknown) => error);
      check(thrown instanceof Rollback, `the host's own error must come through, got ${String(thrown)}`);
      const before = { file: 'before', acts: ['ready', 'missing'], due: 1, log: 1, files: [1], claimed: 1 };
      same(await looking, [before], 'what others saw');
      const { acts: _, claimed: __, ...kept } = before;
      const { acts, claimed: ___, ...found } = await seen();
      same([found, acts], [kept, ['claimed', 'missing']], 'what others see after the end');
    },
  },
];
