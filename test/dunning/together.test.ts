import { describe, expect, it } from 'vitest';
import { together } from '../../src/dunning/together.js';
import { RecobroError } from '../../src/errors.js';
import type { Change, CommitOutcome, StoredFile } from '../../src/stores/store.js';

function change(account: string, expected = 1, tenant = 't'): Change {
  return { tenant, account, expected, events: [], acts: [] };
}

function file(tenant: string, account: string, version = 1): StoredFile {
  return { tenant, account, version, header: null, rows: new Map(), next: null };
}

/** A store whose calls are answered one by one, when the test says so. */
function slow() {
  const calls: { readonly names: readonly string[]; answer(error?: unknown): void }[] = [];
  const pending = <T>(names: readonly string[], value: T): Promise<T> =>
    new Promise((resolve, reject) => {
      calls.push({ names, answer: (error) => (error === undefined ? resolve(value) : reject(error)) });
    });
  const desk = together({
    load: (tenant, accounts) =>
      pending(
        accounts.map((account) => `${tenant}/${account}`),
        accounts.filter((account) => account !== 'nobody').map((account) => file(tenant, account)),
      ),
    commit: (changes) =>
      pending(
        changes.map(({ account, expected }) => `${account}${expected}`),
        changes.map(
          ({ expected, account }): CommitOutcome =>
            account === 'loser' ? { ok: false, conflict: 'version' } : { ok: true, version: expected + 1 },
        ),
      ),
  });
  /** What was asked of the store so far. */
  const asked = async (): Promise<(readonly string[])[]> => {
    for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setImmediate(resolve));
    return calls.map(({ names }) => names);
  };
  return { desk, calls, asked };
}

describe('together', () => {
  it('commits what comes in one turn as one batch, and gives each caller what became of its own', async () => {
    const { desk, calls, asked } = slow();
    const mine = desk.commit([change('a'), change('loser')]);
    const yours = desk.commit([change('b', 4)]);
    expect(await asked()).toEqual([['a1', 'loser1', 'b4']]);
    calls[0]?.answer();
    expect(await mine).toEqual([
      { ok: true, version: 2 },
      { ok: false, conflict: 'version' },
    ]);
    expect(await yours).toEqual([{ ok: true, version: 5 }]);
  });

  it('gathers while a batch is under way, unless a whole batch waits', async () => {
    const { desk, calls, asked } = slow();
    const many = Array.from({ length: 40 }, (_, nth) => change(`m${nth}`));
    const done = [desk.commit([change('a')])];
    await asked();
    done.push(desk.commit([change('b')]), desk.commit([change('c')]));
    expect(await asked()).toEqual([['a1']]);
    done.push(desk.commit(many));
    expect((await asked()).map(({ length }) => length)).toEqual([1, 42]);
    done.push(desk.commit([change('d')]));
    calls[0]?.answer();
    // One is under way still.
    expect(await asked()).toHaveLength(2);
    calls[1]?.answer();
    expect(await asked()).toHaveLength(3);
    calls[2]?.answer();
    await Promise.all(done);
  });

  it('waits no longer for a batch that gets nowhere, but for what is in it', async () => {
    const { desk, calls, asked } = slow();
    const locked = Array.from({ length: 14 }, (_, n) => desk.commit([change('locked', n)]));
    await asked();
    const both = desk.commit([change('mate'), change('locked', 20)]);
    const others = [desk.commit([change('free')]), desk.commit([change('locked', 1, 'tenant')])];
    // Whenever patience ends: nothing but it begins this batch.
    while ((await asked()).length < 2);
    expect(calls.map(({ names }) => names)).toEqual([['locked0'], ['free1', 'locked1']]);
    calls[1]?.answer();
    await Promise.all(others);
    // Nor does anybody wait for one who waits for it.
    const mate = desk.commit([change('mate', 2)]);
    expect((await asked()).slice(2)).toEqual([['mate2']]);
    calls[2]?.answer();
    await mate;
    expect(await asked()).toHaveLength(3);
    calls[0]?.answer();
    for (let nth = 1; nth < 14; nth++) {
      expect((await asked()).at(-1)).toEqual([`locked${nth}`]);
      calls.at(-1)?.answer();
    }
    expect((await asked()).at(-1)).toEqual(['mate1', 'locked20']);
    calls.at(-1)?.answer();
    await Promise.all([...locked, both]);
    expect(calls).toHaveLength(3 + 13 + 1);
  });

  it('has a bound on what takes long, so that a pool keeps connections for others', async () => {
    const { desk, calls, asked } = slow();
    const all: Promise<unknown>[] = [];
    for (let nth = 0; nth < 8; nth++) {
      all.push(desk.commit([change(`locked${nth}`)]));
      while ((await asked()).length <= nth);
    }
    all.push(desk.commit([change('free')]));
    // Longer than patience: the eighth takes long as well.
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await asked()).toHaveLength(8);
    calls[3]?.answer();
    expect((await asked()).at(-1)).toEqual(['free1']);
    for (const one of calls) one.answer();
    await Promise.all(all);
  });

  it('has no account under way twice, and keeps the order of its changes', async () => {
    const { desk, calls, asked } = slow();
    const all = [
      desk.commit([change('a', 1)]),
      desk.commit([change('a', 2), change('b', 1)]),
      desk.commit([change('b', 2)]),
      desk.commit([change('a', 9, 'other')]),
    ];
    expect(await asked()).toEqual([['a1', 'a9']]);
    calls[0]?.answer();
    expect((await asked()).slice(1)).toEqual([['a2', 'b1']]);
    calls[1]?.answer();
    expect((await asked()).slice(2)).toEqual([['b2']]);
    calls[2]?.answer();
    await Promise.all(all);
  });

  it('makes a batch that is refused again call by call, so that one harms no other', async () => {
    const { desk, calls, asked } = slow();
    const good = desk.commit([change('a')]);
    const bad = desk.commit([change('b')]).catch((error: unknown) => error);
    await asked();
    const refused = new RecobroError('impossible_state', 'twice');
    calls[0]?.answer(refused);
    await asked();
    calls[1]?.answer();
    await asked();
    calls[2]?.answer(refused);
    expect(await good).toEqual([{ ok: true, version: 2 }]);
    expect(await bad).toBe(refused);
    expect(await asked()).toEqual([['a1', 'b1'], ['a1'], ['b1']]);
  });

  it('repeats nothing of which nobody knows whether it was written', async () => {
    const { desk, calls, asked } = slow();
    const all = ['a', 'b'].map((account) => desk.commit([change(account)]).catch((error: unknown) => error));
    await asked();
    const gone = new RecobroError('store_failed', 'gone', { retryable: true });
    calls[0]?.answer(gone);
    expect(await Promise.all(all)).toEqual([gone, gone]);
    expect(await asked()).toHaveLength(1);
  });

  it('loads once what several ask for, by tenant, and never what was read before they asked', async () => {
    const { desk, calls, asked } = slow();
    const first = desk.load('t', ['a', 'b']);
    const second = desk.load('t', ['b', 'nobody']);
    const other = desk.load('u', ['a']);
    expect(await asked()).toEqual([['t/a', 't/b', 't/nobody'], ['u/a']]);
    const late = desk.load('t', ['a']);
    expect(await asked()).toHaveLength(2);
    for (const one of calls) one.answer();
    await asked();
    calls[2]?.answer();
    expect((await first).map(({ account }) => account)).toEqual(['a', 'b']);
    expect((await second).map(({ account }) => account)).toEqual(['b']);
    expect(await other).toEqual([file('u', 'a')]);
    expect(await late).toEqual([file('t', 'a')]);
  });
});
