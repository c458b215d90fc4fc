import type { Store } from '../../stores/store.js';
import { check, same } from '../check.js';
import { virtualClock } from '../virtual-clock.js';
import { actOf, change, commitOne, fileOf, insert, type Law, lose, move, stateOf, win } from './law.js';

/** How far a worker comes with an act before it dies. */
const steps = ['claim', 'sending', 'call', 'end'] as const;
type Step = (typeof steps)[number];

/** A worker as recobro has them: claims, says that it is about to call, calls, and writes down what came of it. */
class Worker {
  readonly #store: Store;
  readonly #tenant: string;
  readonly #token: string;
  /** Acts for which it called a provider, in order. */
  readonly calls: string[];

  constructor(store: Store, tenant: string, token: string, calls: string[]) {
    this.#store = store;
    this.#tenant = tenant;
    this.#token = token;
    this.calls = calls;
  }

  async claim(now: number, limit = 4): Promise<readonly { readonly account: string; readonly id: string }[]> {
    const token = this.#token;
    return this.#store.claim({ now, lease: now + 1_000, limit, token, tenant: this.#tenant });
  }

  /** Whether the act is its own, and a call may be made. */
  async sending(account: string, id: string, now: number): Promise<boolean> {
    const lease = now + 1_000;
    return this.#move(account, id, 'claimed', 'sending', { lease, attempt: true });
  }

  async end(account: string, id: string): Promise<boolean> {
    return this.#move(account, id, 'sending', 'accepted', { result: { by: this.#token } });
  }

  /** All of it, up to a step. */
  async perform(account: string, id: string, now: number, last: Step = 'end'): Promise<void> {
    if (last === 'claim' || !(await this.sending(account, id, now)) || last === 'sending') return;
    this.calls.push(id);
    if (last === 'end') await this.end(account, id);
  }

  /** Parks what others left behind in the middle of a call. */
  async park(now: number): Promise<void> {
    for (const { account, id } of await this.#store.expired({ now, limit: 99, tenant: this.#tenant }))
      await this.#move(account, id, 'sending', 'unknown', {}, null);
  }

  async #move(
    account: string,
    id: string,
    from: 'claimed' | 'sending',
    to: 'sending' | 'accepted' | 'unknown',
    more: object,
    token: string | null = this.#token,
  ): Promise<boolean> {
    const named = token === null ? {} : { token };
    for (let tries = 0; tries < 500; tries++) {
      const { version } = await fileOf(this.#store, this.#tenant, account);
      const one = change(this.#tenant, account, version, {
        acts: [move(id, [from], to, { ...more, ...named })],
      });
      const outcome = await commitOne(this.#store, one);
      if (outcome.ok) return true;
      if (outcome.conflict !== 'version') return false;
    }
    throw new Error('a commit lost five hundred times in a row');
  }
}

/** Workers that race, die, come back, and whose clocks do not agree. */
export const workerLaws: readonly Law[] = [
  {
    name: 'race: two workers on the same acts of one account call once for each',
    async attempt({ store, other, tenant }) {
      const ids = Array.from({ length: 24 }, (_, n) => `act ${String(n).padStart(2, '0')}`);
      const acts = ids.map((id) => insert(id));
      await win(store, change(tenant, 'hot', 0, { acts }));
      const calls: string[] = [];
      const drain = async (worker: Worker): Promise<void> => {
        for (let turns = 0; turns < 100; turns++) {
          const got = await worker.claim(1_000);
          if (got.length === 0) return;
          for (const { account, id } of got) await worker.perform(account, id, 1_000);
        }
        throw new Error('acts are handed out again and again');
      };
      await Promise.all([
        drain(new Worker(store, tenant, 'left', calls)),
        drain(new Worker(other, tenant, 'right', calls)),
      ]);
      same([...calls].sort(), ids, 'the calls made');
      for (const id of ids) {
        const act = await actOf(store, tenant, id);
        same([act.state, act.attempts], ['accepted', 1], `state and attempts of ${id}`);
      }
      same(
        (await fileOf(store, tenant, 'hot')).version,
        1 + 2 * ids.length,
        'the version: two commits for each act',
      );
    },
  },
  {
    name: 'crash: whatever the step at which a worker dies, another takes over and nothing is called twice',
    async attempt({ store, other, tenant }) {
      for (const [n, step] of steps.entries()) {
        const account = `dies after ${step}`;
        const id = `act ${step}`;
        const now = 10_000 * (n + 1);
        await win(store, change(tenant, account, 0, { acts: [insert(id, { notBefore: now })] }));
        const calls: string[] = [];
        const [dead, next] = [
          new Worker(store, tenant, 'dead', calls),
          new Worker(other, tenant, 'next', calls),
        ];
        same(
          (await dead.claim(now)).map((act) => act.id),
          [id],
          'what the first worker claims',
        );
        await dead.perform(account, id, now, step);
        same(await next.claim(now + 999), [], `claimed before the lease is over (${step})`);
        await next.park(now + 999);
        // The lease is over: what was begun is parked, what was not is done.
        await next.park(now + 1_000);
        for (const free of await next.claim(now + 1_000))
          await next.perform(free.account, free.id, now + 1_000);
        const expected = { claim: 'accepted', sending: 'unknown', call: 'unknown', end: 'accepted' }[step];
        same(
          await stateOf(other, tenant, id),
          expected,
          `what becomes of an act whose worker died after "${step}"`,
        );
        same(calls.length, step === 'sending' ? 0 : 1, `calls for an act whose worker died after "${step}"`);
        // It was only asleep: nothing of what it still wants to write counts.
        same(await dead.sending(account, id, now + 1_001), false, `the sleeper sends (${step})`);
        same(await dead.end(account, id), false, `the sleeper ends (${step})`);
        same(await stateOf(store, tenant, id), expected, `the state after the sleeper came back (${step})`);
      }
    },
  },
  {
    name: 'lease: holds on a virtual clock for as long as it is renewed, and no longer',
    async attempt({ store, other, tenant }) {
      const clock = virtualClock(5_000);
      await win(store, change(tenant, 'a', 0, { acts: [insert('one', { notBefore: 0 })] }));
      const thief = new Worker(other, tenant, 'thief', []);
      const mine = new Worker(store, tenant, 'mine', []);
      same((await mine.claim(clock.now())).length, 1, 'what the worker claims');
      let version = 1;
      for (const state of ['claimed', 'claimed', 'sending', 'sending', 'sending'] as const) {
        clock.advance(999);
        same(await thief.claim(clock.now()), [], `what another gets while the lease runs (${state})`);
        same(
          await other.expired({ now: clock.now(), limit: 9, tenant }),
          [],
          `expired while it runs (${state})`,
        );
        const from = version === 3 ? 'claimed' : state;
        const beat = move('one', [from], state, { token: 'mine', lease: clock.now() + 1_000 });
        version = await win(store, change(tenant, 'a', version, { acts: [beat] }));
      }
      clock.advance(1_000);
      same(await thief.claim(clock.now()), [], 'an act in sending is nobody’s to claim');
      const expired = await other.expired({ now: clock.now(), limit: 9, tenant });
      same(
        expired.map((act) => [act.id, act.lease]),
        [['one', clock.now()]],
        'expired once it was not renewed',
      );
    },
  },
  {
    name: 'lease: a clock that steps back frees nothing and hands out nothing early',
    async attempt({ store, other, tenant }) {
      const acts = [insert('one', { notBefore: 4_000 }), insert('two', { notBefore: 5_500 })];
      await win(store, change(tenant, 'a', 0, { acts, next: 4_000 }));
      const mine = new Worker(store, tenant, 'mine', []);
      same(
        (await mine.claim(5_000)).map((act) => act.id),
        ['one'],
        'what the worker claims',
      );
      const behind = new Worker(other, tenant, 'behind', []);
      for (const now of [4_999, 4_000, 0, -1]) {
        same(await behind.claim(now), [], `what is claimed at ${now}`);
        same(await other.expired({ now, limit: 9, tenant }), [], `what is expired at ${now}`);
      }
      same(await other.due({ before: 3_999, limit: 9, tenant }), [], 'due before its time');
      check(await mine.sending('a', 'one', 3_000), 'the holder goes on, whatever its clock shows');
      // Its lease is of the clock that stepped back: over for everybody else, so it is reported, and never freed.
      same(
        (await other.expired({ now: 4_000, limit: 9, tenant })).length,
        1,
        'expired by the clock of others',
      );
      check(await mine.end('a', 'one'), 'what nobody parked can still be ended by its holder');
      same(
        (await behind.claim(6_000)).map((act) => act.id),
        ['two'],
        'what is left when the time has come',
      );
    },
  },
  {
    name: 'conflict: a stale version is told as such, whatever else speaks against the change',
    async attempt({ store, tenant }) {
      await win(store, change(tenant, 'a', 0, { acts: [insert('one'), insert('held')] }));
      await win(store, change(tenant, 'b', 0, { acts: [insert('other', { keys: ['taken'] })] }));
      const wrong = move('one', ['sending'], 'accepted', { token: 'nobody' });
      const taken = insert('new', { keys: ['taken'] });
      // "Load again and decide anew" is the only answer that is right for both.
      await lose(store, change(tenant, 'a', 7, { acts: [wrong, taken] }), 'version');
      await lose(store, change(tenant, 'a', 0, { acts: [insert('one', { keys: ['taken'] })] }), 'version');
      await lose(store, change(tenant, 'a', 1, { acts: [wrong, taken] }), 'act');
      await lose(store, change(tenant, 'a', 1, { acts: [taken] }), 'key');
      await win(store, change(tenant, 'a', 1, { acts: [move('one', ['ready'], 'withdrawn')] }));
    },
  },
];
