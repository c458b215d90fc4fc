import { describe, expect, it } from 'vitest';
import type { ChangedAccounts, LedgerSource } from '../../src/dunning/index.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import type { Store } from '../../src/stores/store.js';
import { account, at, invoice, world } from '../support/world.js';
import { tables } from './ledger.js';

const soft = at('02-06');

/** A log of changes as a host may keep one: a number for each, and who changed. */
function changeLog(pageMost = 500): {
  readonly log: string[];
  readonly asked: (string | undefined)[];
  readonly changes: NonNullable<LedgerSource['changes']>;
} {
  const log: string[] = [];
  const asked: (string | undefined)[] = [];
  return {
    log,
    asked,
    changes: async (cursor, { limit }): Promise<ChangedAccounts> => {
      asked.push(cursor);
      const from = Number(cursor ?? 0);
      const page = log.slice(from, from + Math.min(limit, pageMost));
      const end = from + page.length;
      return { accounts: [...new Set(page)], cursor: String(end), more: end < log.length };
    },
  };
}

function following(store: Store = memoryStore(), pageMost?: number) {
  const { log, asked, changes } = changeLog(pageMost);
  const host = tables({ changes });
  host.rows.accounts.push(account);
  host.rows.invoices.push(invoice('F-1', '02-03'));
  return { ...world({ store, ledger: host.source }), host, log, asked };
}

describe('following changes', () => {
  it('a tick hears of accounts that nobody told of, and goes on from the cursor', async () => {
    const { dunning, host, log, asked } = following();
    expect((await dunning.tick({ now: soft })).changes).toEqual({ accounts: 0, more: false });
    log.push('robles', 'robles');
    const run = await dunning.tick({ now: soft });
    expect([run.changes, run.sent.length]).toEqual([{ accounts: 1, more: false }, 1]);
    host.rows.payments.push({
      id: 'P-1',
      account: 'robles',
      invoice: 'F-1',
      date: '2026-02-06',
      amount: { amount: '1000.00', currency: 'COP' },
    });
    log.push('robles');
    expect((await dunning.tick({ now: soft })).sent).toMatchObject([{ stage: 'on:paid' }]);
    expect(asked).toEqual([undefined, '0', '2']);
  });

  it('goes page by page, so many in a run, and says that there is more', async () => {
    const { dunning, log, asked } = following(undefined, 1);
    log.push(...Array.from({ length: 25 }, (_, n) => `a${n}`));
    expect(await dunning.follow()).toEqual({ accounts: 20, more: true });
    expect(await dunning.follow()).toEqual({ accounts: 5, more: false });
    expect(asked).toHaveLength(25);
  });

  it('keeps the cursor in the store, for whoever comes next', async () => {
    const store = memoryStore();
    const first = following(store);
    first.log.push('robles');
    await first.dunning.follow();
    const second = following(store);
    second.log.push('robles', 'vega');
    expect(await second.dunning.follow()).toEqual({ accounts: 1, more: false });
    expect(second.asked).toEqual(['1']);
  });

  it('moves the cursor only after the accounts are due', async () => {
    const good = memoryStore();
    let broken = true;
    const store: Store = {
      ...good,
      commit: (changes, options) =>
        broken && changes.some((one) => one.next === 0)
          ? Promise.reject(new Error('cut'))
          : good.commit(changes, options),
    };
    const { dunning, log, asked } = following(store);
    log.push('robles');
    await expect(dunning.follow()).rejects.toThrow('cut');
    broken = false;
    expect(await dunning.follow()).toEqual({ accounts: 1, more: false });
    expect(asked).toEqual([undefined, undefined]);
  });

  it('one worker follows at a time; when it dies another goes on after a minute', async () => {
    const store = memoryStore();
    const host = tables({ changes: () => new Promise(() => undefined), timeoutMs: 600_000 });
    const stuck = world({ store, ledger: host.source });
    void stuck.dunning.follow();
    await new Promise((resolve) => setImmediate(resolve));
    const other = following(store);
    other.log.push('robles');
    expect(await other.dunning.follow()).toEqual({ accounts: 0, more: false });
    other.clock.advance(60_000);
    expect(await other.dunning.follow()).toEqual({ accounts: 1, more: false });
  });

  it('a source that fails to tell stops no run, and is asked again from the same place', async () => {
    const { dunning, store } = following();
    const host = tables({
      changes: async () => {
        throw new Error('no such column');
      },
    });
    const { dunning: failing } = world({ store, ledger: host.source });
    await failing.touch(['robles']);
    expect((await failing.tick({ now: soft })).changes).toEqual({
      accounts: 0,
      more: false,
      failed: 'ledger_failed',
    });
    expect(await dunning.follow()).toEqual({ accounts: 0, more: false });
  });

  it('tenants have cursors of their own', async () => {
    const { dunning, log, asked } = following();
    log.push('robles');
    await dunning.follow();
    await dunning.for('other').follow();
    expect(asked).toEqual([undefined, undefined]);
  });
});

describe('touch', () => {
  it('has a review under way read again, even where the account is due already', async () => {
    const host = tables();
    host.rows.accounts.push(account);
    const { dunning } = world({ ledger: host.source });
    await dunning.touch(['robles']);
    host.next.push(async () => {
      // Booked and told after the source looked, and before the review is committed.
      host.rows.invoices.push(invoice('F-1', '02-03'));
      await dunning.touch(['robles']);
      return { accounts: [account] };
    });
    await dunning.review({ now: soft });
    expect((await dunning.account('robles', { at: soft })).items).toMatchObject([{ item: 'F-1' }]);
  });

  it('takes thousands in few calls of the store, and changes nothing else when told twice', async () => {
    const good = memoryStore();
    let calls = 0;
    const store: Store = {
      ...good,
      load: (...args) => {
        calls++;
        return good.load(...args);
      },
      commit: (...args) => {
        calls++;
        return good.commit(...args);
      },
    };
    const { dunning } = world({ store, ledger: tables().source });
    const ids = Array.from({ length: 5000 }, (_, n) => `a${n}`);
    expect(await dunning.touch([...ids, ...ids])).toBe(5000);
    expect(calls).toBe(10);
    const before = await good.load('default', ['a7']);
    await dunning.touch(['a7']);
    expect(await good.load('default', ['a7'])).toEqual([{ ...before[0]!, version: 2 }]);
    expect(await good.due({ before: 0, limit: 10_000 })).toHaveLength(5000);
  });

  it('refuses what is no id before anything is written', async () => {
    const { dunning, store } = world({ ledger: tables().source });
    await expect(dunning.touch(['robles', ''])).rejects.toMatchObject({ code: 'invalid_option' });
    expect(await store.due({ before: 0, limit: 10 })).toEqual([]);
  });
});
