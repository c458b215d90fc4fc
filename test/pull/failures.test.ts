import { describe, expect, it } from 'vitest';
import type { LedgerSource } from '../../src/dunning/index.js';
import { createDunning } from '../../src/dunning/index.js';
import { idSequence } from '../../src/testing/id-sequence.js';
import { account, all, at, documents, invoice, payment, type World, world } from '../support/world.js';
import { type Tables, tables } from './ledger.js';

const soft = at('02-06');
const minute = 60_000;

interface Failing extends World {
  readonly host: Tables;
}

async function failing(source: Partial<LedgerSource> = {}): Promise<Failing> {
  const host = tables(source);
  for (const id of ['robles', 'vega']) {
    host.rows.accounts.push({ ...account, id });
    host.rows.invoices.push({ ...invoice('F-1', '02-03'), account: id });
  }
  const made = world({ ledger: host.source });
  await made.dunning.touch(['robles', 'vega']);
  return { ...made, host };
}

describe('reads that fail', () => {
  it('at review: the accounts are listed, decided nothing about, and tried again later each time', async () => {
    const made = await failing();
    const refuse = (): never => {
      throw new Error('connection refused');
    };
    made.host.next.push(refuse, refuse, refuse, refuse);
    const run = await made.dunning.tick({ now: soft });
    expect(run.failed).toMatchObject([
      {
        account: 'robles',
        code: 'ledger_failed',
        reason: 'it could not be reviewed: what is owed could not be read',
      },
      { account: 'vega', code: 'ledger_failed' },
    ]);
    expect([run.reviewed, run.sent.length]).toEqual([0, 0]);
    // The page, then each alone.
    expect(made.host.asked.length).toBe(3);
    expect((await made.dunning.tick({ now: soft + minute - 1 })).failed).toEqual([]);
    const second = await made.dunning.tick({ now: soft + 2 * minute });
    expect(second.failed.map(({ account: id }) => id)).toEqual(['robles', 'vega']);
    const third = await made.dunning.tick({ now: soft + 10 * minute });
    expect([third.failed, third.sent.map(({ account: id }) => id).sort()]).toEqual([[], ['robles', 'vega']]);
  });

  it('one account that cannot be read does not keep the others from being reviewed', async () => {
    const made = await failing();
    const only = (id: string) => (row: { readonly account: string }) => row.account === id;
    const poison: Tables['next'][number] = ({ accounts }) => {
      if (accounts.includes('robles')) throw new Error('numeric overflow');
      return {
        accounts: [{ ...account, id: 'vega' }],
        invoices: made.host.rows.invoices.filter(only('vega')),
      };
    };
    made.host.next.push(poison, poison, poison);
    const run = await made.dunning.tick({ now: soft });
    expect(run.failed.map(({ account: id }) => id)).toEqual(['robles']);
    expect(run.sent.map(({ account: id }) => id)).toEqual(['vega']);
  });

  it('pauses begin anew after a read that worked, and failures that lie apart leave the source in use', async () => {
    const made = await failing();
    const refuse = (): never => {
      throw new Error('connection refused');
    };
    const dueAt = async (): Promise<number | null | undefined> =>
      (await made.store.load('default', ['robles']))[0]?.next;
    let now = soft;
    for (let round = 0; round < 4; round++) {
      made.host.next.push(refuse);
      expect((await made.dunning.review({ now, accounts: ['robles'] })).failed).toHaveLength(1);
      const due = (await dueAt()) ?? 0;
      expect([due >= now + minute, due < now + 1.2 * minute]).toEqual([true, true]);
      now += 1_000;
      expect((await made.dunning.review({ now, accounts: ['robles'] })).failed).toEqual([]);
    }
    expect(made.host.asked).toHaveLength(8);
  });

  it('records that are not valid fail their account, with their paths; so does what the source says it could not read', async () => {
    const made = await failing();
    const wrong = { ...invoice('F-1', '02-03'), total: { amount: '1,5', currency: 'COP' } };
    const vega = { ...invoice('F-1', '02-03'), account: 'vega' };
    made.host.next.push(() => ({ invoices: [vega, wrong] }));
    const { failed, reviewed } = await made.dunning.review({ now: soft });
    expect(failed).toEqual([{ account: 'robles', code: 'invalid_input' }]);
    expect(reviewed.map((one) => one.account)).toEqual(['vega']);
    made.host.next.push(() => ({ invoices: [vega], unread: [{ account: 'robles' }] }));
    const again = await made.dunning.review({ now: soft, accounts: ['robles', 'vega'] });
    expect(again.failed).toEqual([{ account: 'robles', code: 'ledger_failed' }]);
  });

  it.each([
    ['accounts that nobody asked for', { invoices: [{ ...invoice('F-9', '02-03'), account: 'other' }] }],
    ['kinds that come from elsewhere', { credits: [] }],
    ['what is no list', { invoices: {} }],
    ['nothing at all', undefined],
  ])('an answer with %s is no answer', async (_, answer) => {
    const made = await failing();
    made.host.next.push(() => answer as never);
    expect((await made.dunning.review({ now: soft })).failed).toEqual([
      { account: 'robles', code: 'ledger_failed' },
      { account: 'vega', code: 'ledger_failed' },
    ]);
  });

  it('takes no answer that comes too late, and tells the source to stop', async () => {
    const made = await failing({ timeoutMs: 2_000 });
    let answer = (): void => undefined;
    let stopped = false;
    made.host.next.push(
      ({ signal }) =>
        new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            stopped = true;
          });
          answer = () => resolve({});
        }),
    );
    const review = made.dunning.review({ now: soft });
    while (made.host.asked.length === 0) await new Promise((resolve) => setImmediate(resolve));
    made.clock.advance(2_000);
    expect((await review).failed).toMatchObject([{ code: 'ledger_timeout' }, { code: 'ledger_timeout' }]);
    answer();
    expect(stopped).toBe(true);
    // "Nothing is owed" is what it would have said.
    expect((await made.dunning.tick({ now: soft + 10 * minute })).sent).toHaveLength(2);
  });

  it('at dispatch: the act waits, nothing is sent, and the log tells it once', async () => {
    const made = await failing();
    await made.dunning.review({ now: soft });
    const refuse = (): never => {
      throw new Error('connection refused');
    };
    made.host.next.push(refuse, refuse, refuse, refuse, refuse, refuse);
    const first = await made.dunning.dispatch({ now: soft });
    expect(first).toMatchObject([
      { outcome: 'delayed', code: 'ledger_failed' },
      { outcome: 'delayed', code: 'ledger_failed' },
    ]);
    expect(made.whatsapp.sent).toEqual([]);
    const states = (await all(made.dunning.acts())).map(({ state, attempts }) => [state, attempts]);
    expect(states).toEqual([
      ['ready', 0],
      ['ready', 0],
    ]);
    expect(await made.dunning.dispatch({ now: soft + minute / 2 })).toEqual([]);
    await made.dunning.dispatch({ now: soft + 2 * minute });
    const delays = (await all(made.dunning.history('robles'))).filter(({ type }) => type === 'act.delayed');
    expect(delays).toHaveLength(1);
    made.host.next.length = 0;
    made.host.rows.payments.push({ ...payment('P-1', 'F-1', '02-06'), account: 'robles' });
    const late = await made.dunning.dispatch({ now: soft + 20 * minute });
    expect(late.map(({ act, outcome }) => [act.account, outcome]).sort()).toEqual([
      ['robles', 'skipped'],
      ['vega', 'sent'],
    ]);
    expect(await made.dunning.replay()).toMatchObject({ ok: true });
  });

  it('an account of which nobody knows anything is told once and looked at no more', async () => {
    const made = await failing();
    await made.dunning.touch(['nobody']);
    const run = await made.dunning.review({ now: soft });
    expect(run.failed).toEqual([{ account: 'nobody', code: 'unknown_id' }]);
    expect((await made.dunning.review({ now: soft })).failed).toEqual([]);
    expect((await made.dunning.review({ now: soft, accounts: ['typo'] })).failed).toEqual([
      { account: 'typo', code: 'unknown_id' },
    ]);
    expect(await made.store.load('default', ['typo'])).toEqual([]);
  });

  it('names every option of a source that is wrong', () => {
    const make = (ledger: unknown) => () =>
      createDunning({
        ...documents,
        store: world().store,
        channels: [],
        sender: { name: 'Acme' },
        ids: idSequence('w'),
        ledger: ledger as LedgerSource,
      });
    expect(make({})).toThrow(/ledger: must be a source of facts/);
    const wrong = {
      read: () => ({}),
      owns: ['invoices', 'replies'],
      unlisted: 'paid',
      timeoutMs: 0,
      changes: 1,
    };
    expect(make(wrong)).toThrow(
      /ledger\.owns\[1\].*\n.*ledger\.changes.*\n.*ledger\.unlisted.*\n.*ledger\.timeoutMs/,
    );
    expect(make({ read: () => ({}), owns: [] })).toThrow(/ledger\.owns/);
  });
});

describe('mixed form', () => {
  it('accounts pushed, invoices pulled: each kind has one owner', async () => {
    const host = tables({ owns: ['invoices', 'payments'] });
    host.rows.invoices.push(invoice('F-1', '02-03'));
    const { dunning } = world({ ledger: host.source });
    await dunning.sync({ accounts: [account] });
    expect((await dunning.tick({ now: soft })).sent).toMatchObject([
      { account: 'robles', invoices: ['F-1'] },
    ]);
    await expect(
      dunning.sync({ accounts: [account], payments: [payment('P-1', 'F-1', '02-06')] }),
    ).rejects.toMatchObject({
      code: 'invalid_input',
      problems: [{ path: 'payments', code: 'pulled_kind' }],
    });
    await expect(dunning.ingest([{ invoices: [invoice('F-2', '02-03')] }])).rejects.toMatchObject({
      code: 'invalid_input',
    });
    // What is pushed stays what it is, whatever a read says or leaves out.
    await dunning.sync({ accounts: [{ ...account, name: 'Robles SAS' }] });
    host.rows.payments.push(payment('P-1', 'F-1', '02-06'));
    await dunning.tick({ now: soft });
    const { items } = await dunning.account('robles', { at: soft, settled: true });
    expect(items).toMatchObject([{ item: 'F-1', outstanding: 0 }]);
    expect((await dunning.explain('robles', { at: soft })).text).toContain('Robles SAS');
  });

  it('takes over from a push: what was pushed and is not in the tables is settled', async () => {
    const { dunning, store } = world();
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03'), invoice('F-2', '02-03')] });
    const host = tables({ owns: ['invoices'] });
    host.rows.invoices.push(invoice('F-2', '02-03'));
    const pulling = world({ store, ledger: host.source });
    const { sent } = await pulling.dunning.tick({ now: soft });
    expect(sent.filter(({ stage }) => stage === 'soft')).toMatchObject([{ invoices: ['F-2'] }]);
  });
});
