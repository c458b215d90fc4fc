import { describe, expect, it } from 'vitest';
import type { Dunning } from '../../src/dunning/index.js';
import type { LedgerFacts } from '../../src/ledger/facts.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import type { Store } from '../../src/stores/store.js';
import { tables } from '../pull/ledger.js';
import { account, at, invoice, payment, world } from '../support/world.js';

const by = { author: 'eva', reason: 'asked for' };

/** F1 was reminded of and paid late, F2 is open; what is over leaves after thirty days. */
const facts: LedgerFacts = {
  accounts: [account],
  invoices: [
    { ...invoice('F1', '01-10'), version: 2 },
    invoice('F2', '09-01'),
    { ...invoice('F3', '01-10'), status: 'void' },
  ],
  payments: [{ ...payment('P1', 'F1', '01-20'), bookedAt: at('01-20') }],
  holds: [
    {
      id: 'h1',
      account: 'robles',
      invoice: 'F1',
      reason: 'talks',
      author: 'ana',
      from: '2026-01-11',
      until: '2026-01-12',
    },
  ],
};

const later = at('04-01');

interface Lived {
  readonly dunning: Dunning;
  readonly store: Store;
  /** The account's file at rest, as text. */
  readonly file: () => Promise<string>;
  /** Ids of what left. */
  readonly out: () => Promise<readonly string[]>;
}

/** A spring in which F1 is reminded of, paid and over for two months. */
async function spring(closedAfter = '30d', store: Store = memoryStore()): Promise<Lived> {
  const { dunning } = world({ closedAfter, store });
  await dunning.sync({ accounts: facts.accounts, invoices: facts.invoices }, { now: at('01-02') });
  await dunning.tick({ now: at('01-13') });
  await dunning.sync({ payments: facts.payments, holds: facts.holds }, { now: at('01-20') });
  await dunning.tick({ now: at('01-20', '12:00') });
  await dunning.review({ accounts: ['robles'], now: later });
  const stored = async () => (await store.load('default', ['robles']))[0];
  return {
    dunning,
    store,
    file: async () => {
      const found = await stored();
      return JSON.stringify([found?.header, [...(found?.rows.keys() ?? [])]]);
    },
    out: async () => {
      const ids: string[] = [];
      for await (const { id } of store.left?.list('default', 'robles') ?? []) ids.push(id);
      return ids;
    },
  };
}

async function typesOf(dunning: Dunning): Promise<readonly string[]> {
  const types: string[] = [];
  for await (const { type } of dunning.history('robles')) types.push(type);
  return types;
}

async function actIds(dunning: Dunning): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { act, state } of dunning.acts()) ids.push(`${act.id} ${state} ${act.on}`);
  return ids;
}

describe('items that are over', () => {
  it('leave the working file with all that hangs together with them, and are kept apart', async () => {
    const { dunning, file, out } = await spring();
    expect(await out()).toEqual(['hold/h1', 'invoice/F1', 'invoice/F3', 'payment/P1']);
    expect(await file()).not.toContain('P1');
    expect(JSON.parse(await file())[1]).toEqual(['F2']);
    const log = await typesOf(dunning);
    expect(log.slice(-2)).toEqual(['items.left', 'review.made']);
    await dunning.review({ accounts: ['robles'], now: later + 1 });
    expect(await typesOf(dunning)).toEqual(log);
  });

  it('are still read: their state, their part of the account, their messages and their log', async () => {
    const [left, stayed] = [await spring(), await spring('never')];
    expect(await stayed.out()).toEqual([]);
    const item = await left.dunning.item('robles', 'F1', { at: later });
    expect(item).toEqual(await stayed.dunning.item('robles', 'F1', { at: later }));
    expect([item.settled, item.reminders]).toEqual(['paid', 1]);
    await expect(left.dunning.item('robles', 'F9')).rejects.toMatchObject({ code: 'unknown_id' });
    const all = { at: later, settled: true };
    expect(await left.dunning.account('robles', all)).toEqual(await stayed.dunning.account('robles', all));
    const { items } = await left.dunning.account('robles', { at: later });
    expect(items.map((one) => one.item)).toEqual(['F2']);
    const message = (await actIds(left.dunning)).find((id) => id.includes('soft'))?.split(' ')[0] ?? '';
    const notice = await left.dunning.notice(message, { at: later });
    expect([notice.resolved, notice]).toEqual([true, await stayed.dunning.notice(message, { at: later })]);
    expect((await typesOf(left.dunning)).filter((type) => type === 'act.accepted')).toHaveLength(2);
  });

  it('change nothing when they are told again as they were, or older', async () => {
    const { dunning, file, out } = await spring();
    const [before, gone] = [await file(), await out()];
    expect(await dunning.sync(facts, { now: later })).toMatchObject({ written: 0, unchanged: 6, older: 0 });
    const old = { ...invoice('F1', '01-12'), version: 1 };
    expect(await dunning.sync({ invoices: [old] }, { now: later })).toMatchObject({ written: 0, older: 1 });
    const other = { ...invoice('F1', '01-12'), version: 2 };
    await expect(dunning.sync({ invoices: [other] }, { now: later })).rejects.toMatchObject({
      code: 'version_conflict',
    });
    expect([await file(), await out()]).toEqual([before, gone]);
    expect(await dunning.ingest([facts], { now: later })).toMatchObject({ written: 0, unchanged: 6 });
    expect([await file(), await out()]).toEqual([before, gone]);
  });

  const reversals: readonly (readonly [string, LedgerFacts])[] = [
    ['a chargeback', { payments: [{ ...payment('P1', 'F1', '01-20'), state: 'reversed' }] }],
    [
      'a refund',
      {
        refunds: [
          {
            id: 'R1',
            account: 'robles',
            payment: 'P1',
            date: '2026-04-01',
            amount: { amount: '400.00', currency: 'COP' },
          },
        ],
      },
    ],
    ['a new version of the invoice', { invoices: [{ ...invoice('F1', '01-10', '1500.00'), version: 3 }] }],
    ['a void that is undone', { invoices: [invoice('F3', '01-10')] }],
  ];
  it.each(reversals)('come back with %s, and are dunned as if they had never left', async (_, told) => {
    const [left, stayed] = [await spring(), await spring('never')];
    for (const { dunning } of [left, stayed]) {
      await dunning.sync(told, { now: later });
      for (const day of ['04-01', '04-02', '04-08', '04-20']) await dunning.tick({ now: at(day, '11:00') });
    }
    expect(await actIds(left.dunning)).toEqual(await actIds(stayed.dunning));
    expect((await actIds(stayed.dunning)).length).toBeGreaterThan(2);
    const status = { at: at('04-20'), settled: true };
    expect(await left.dunning.account('robles', status)).toEqual(
      await stayed.dunning.account('robles', status),
    );
    const key = 'invoices' in told && told.invoices?.[0]?.id === 'F3' ? 'invoice/F3' : 'invoice/F1';
    expect(await left.out()).not.toContain(key);
    expect(await left.dunning.replay()).toMatchObject({ ok: true });
  });

  it('come back through ingest, too', async () => {
    const [left, stayed] = [await spring(), await spring('never')];
    const told = { payments: [{ ...payment('P1', 'F1', '01-20'), state: 'reversed' as const }] };
    for (const { dunning } of [left, stayed]) {
      await dunning.ingest([told], { now: later });
      await dunning.tick({ now: at('04-02') });
    }
    expect(await actIds(left.dunning)).toEqual(await actIds(stayed.dunning));
    expect(await left.out()).toEqual(['invoice/F3']);
  });

  it('stay out while a ledger source lists them as they were, and come back when it says otherwise', async () => {
    const lived = async (closedAfter: string) => {
      const host = tables();
      host.rows.accounts.push(account);
      host.rows.invoices.push(...(facts.invoices ?? []));
      const { dunning, store } = world({ ledger: host.source, closedAfter });
      await dunning.touch(['robles']);
      await dunning.tick({ now: at('01-13') });
      host.rows.payments.push(...(facts.payments ?? []));
      for (const [day, time] of [
        ['01-20', '11:00'],
        ['04-01', '10:00'],
        ['04-01', '11:00'],
        ['04-02', '11:00'],
      ] as const) {
        await dunning.touch(['robles']);
        await dunning.tick({ now: at(day, time) });
      }
      const quiet = (await typesOf(dunning)).filter((type) => type.startsWith('items.'));
      host.rows.payments[0] = { ...payment('P1', 'F1', '01-20'), state: 'reversed' };
      for (const day of ['04-03', '04-20']) {
        await dunning.touch(['robles']);
        await dunning.tick({ now: at(day, '11:00') });
      }
      const ids: string[] = [];
      for await (const { id } of store.left?.list('default', 'robles') ?? []) ids.push(id);
      return { dunning, quiet, ids };
    };
    const [left, stayed] = [await lived('30d'), await lived('never')];
    expect([left.quiet, left.ids]).toEqual([['items.left'], ['invoice/F3']]);
    expect(await actIds(left.dunning)).toEqual(await actIds(stayed.dunning));
    expect(await left.dunning.replay()).toMatchObject({ ok: true });
  });

  it('are known to people: what is over is over, what is named comes back', async () => {
    const { dunning, out } = await spring();
    const choice = { account: 'robles', items: ['F1'] };
    const now = later;
    await expect(dunning.ask({ ...choice, stage: 'firm' }, { ...by, now })).rejects.toMatchObject({
      code: 'nothing_to_chase',
    });
    expect(await out()).toHaveLength(4);
    await expect(
      dunning.hold({ account: 'robles', id: 'h1', reason: 'talks' }, { ...by, now }),
    ).rejects.toMatchObject({ code: 'impossible_state' });
    expect(await dunning.hold({ account: 'robles', reason: 'talks' }, { ...by, now })).toEqual(['h2']);
    expect(await dunning.hold({ ...choice, reason: 'audit' }, { ...by, now })).toEqual(['h3']);
    expect(await out()).toEqual(['invoice/F3']);
    // It is over for as long as before, but somebody spoke of it just now.
    await dunning.review({ accounts: ['robles'], now: later + 1 });
    expect(await out()).toEqual(['invoice/F3']);
  });

  it('are counted on in revenue, however far it looks back', async () => {
    const store = memoryStore();
    const { dunning } = await spring('30d', store);
    await dunning.sync(
      {
        accounts: [{ id: 'small', name: 'Small' }],
        invoices: [{ ...invoice('S1', '09-01', '1500.00'), account: 'small' }],
      },
      { now: later },
    );
    await dunning.portfolio({ now: later, thresholds: [50, 95] });
    const [file] = await store.load('default', ['robles']);
    expect(file?.header).toMatchObject({ account: { scores: { class: 'A', percentile: 100 } } });
  });

  it('stay where the store cannot keep them, where nobody wants them to go, or too early', async () => {
    const { left: _, ...plain } = memoryStore();
    const { dunning } = await spring('30d', plain);
    expect(await typesOf(dunning)).not.toContain('items.left');
    expect(await (await spring('90d')).out()).toEqual([]);
    for (const closedAfter of ['29d', '1mo', '', 'x'])
      expect(() => world({ closedAfter })).toThrowError(expect.objectContaining({ code: 'invalid_option' }));
  });

  it('hold no name and no address, so that an erasure leaves none behind', async () => {
    const { dunning, store } = await spring();
    await dunning.erase({ account: 'robles', force: true }, { ...by, now: later });
    const rows: unknown[] = [];
    for await (const row of store.left?.list('default', 'robles') ?? []) rows.push(row);
    expect(rows).toHaveLength(4);
    expect(JSON.stringify(rows)).not.toMatch(/Inés|Robles Ltda|573001112233|@robles/);
  });
});
