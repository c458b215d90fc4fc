import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IngestPage } from '../../src/dunning/index.js';
import type { LedgerFacts } from '../../src/ledger/facts.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import type { Store } from '../../src/stores/store.js';
import { account, all, at, invoice, payment, world } from '../support/world.js';

/** Salts that do not depend on the order in which they are drawn. */
const ids = { next: () => 'salt' };
const now = at('02-01');

function shell(store: Store = memoryStore()) {
  return { ...world({ store, ids }), store };
}

/** All that a store holds of the tenant, whoever wrote it. */
async function contentOf(store: Store): Promise<unknown> {
  const files = (await all(store.files('default'))).map((file) => ({ ...file, rows: [...file.rows] }));
  return JSON.parse(JSON.stringify({ files, events: await all(store.events('default')) }));
}

/** The same but for versions of files: a page may hold what several calls of `sync` write. */
async function meaningOf(store: Store): Promise<unknown> {
  const { files, events } = (await contentOf(store)) as { files: object[]; events: unknown };
  return { files: files.map((file) => ({ ...file, version: 0 })), events };
}

const cents = (amount: number) => ({ minor: amount * 100, currency: 'COP' });
const anAccount = fc.constantFrom('a1', 'a2', 'a3', 'a4');
/** Content follows from the version, or there would be records that contradict each other. */
const versioned = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined });
const some = <T extends { readonly id: string; readonly account: string }>(one: fc.Arbitrary<T>) =>
  fc.uniqueArray(one, { maxLength: 4, selector: ({ id, account: of }) => `${of}/${id}` });
const aPiece: fc.Arbitrary<LedgerFacts> = fc.record(
  {
    accounts: fc.uniqueArray(
      fc.record({ id: anAccount, version: versioned }).map(({ id, version }) => ({
        id,
        version,
        name: `Name ${version}`,
        contacts: [{ email: `${id}-${version}@example.com`, phone: '+573001112233' }],
      })),
      { maxLength: 3, selector: ({ id }) => id },
    ),
    invoices: some(
      fc
        .record({ id: fc.constantFrom('F1', 'F2', 'F3'), account: anAccount, version: versioned })
        .map((one) => ({ ...one, total: cents(one.version ?? 9), issued: '2026-01-01', due: '2026-02-03' })),
    ),
    payments: some(
      fc
        .record({ id: fc.constantFrom('P1', 'P2'), account: anAccount, version: versioned })
        .map((one) => ({ ...one, invoice: 'F1', amount: cents(one.version ?? 1), date: '2026-01-20' })),
    ),
    credits: some(
      fc
        .record({ id: fc.constant('C1'), account: anAccount, version: versioned })
        .map((one) => ({ ...one, invoice: 'F2', amount: cents(one.version ?? 1), date: '2026-01-21' })),
    ),
    refunds: some(
      fc
        .record({ id: fc.constant('R1'), account: anAccount, version: versioned })
        .map((one) => ({ ...one, payment: 'P1', amount: cents(1), date: '2026-01-22' })),
    ),
    holds: some(
      fc
        .record({ id: fc.constant('H1'), account: anAccount })
        .map((one) => ({ ...one, reason: 'query "x" \\ y', author: 'ana' })),
    ),
  },
  { requiredKeys: [] },
);

describe('ingest', () => {
  it('leaves behind what sync of one piece after the other leaves behind', async () => {
    const pieces = fc.array(aPiece, { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        pieces,
        fc.integer({ min: 1, max: 3 }),
        fc.boolean(),
        async (given, parallel, bulk) => {
          const one = shell();
          const sums = { written: 0, unchanged: 0, older: 0 };
          for (const piece of given) {
            const done = await one.dunning.sync(piece, { now });
            for (const key of ['written', 'unchanged', 'older'] as const) sums[key] += done[key];
          }
          const store = memoryStore();
          const other = shell(bulk ? store : { ...store, bulk: undefined });
          const done = await other.dunning.ingest(given, { now, parallel });
          expect(done).toMatchObject({ ...sums, pieces: given.length, refused: 0, problems: [] });
          expect(await meaningOf(store)).toEqual(await meaningOf(one.store));
          const again = await other.dunning.ingest(given.slice(-1), { now });
          expect(again).toMatchObject({ written: 0, accounts: 0 });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('leaves out records that are not acceptable, tells their paths, and writes the others', async () => {
    const { dunning } = shell();
    const other = { ...account, id: 'perez', name: 'Perez' };
    const pages: IngestPage[] = [];
    const done = await dunning.ingest(
      [
        { accounts: [account], invoices: [{ ...invoice('F-1', '02-03'), version: 1 }] },
        {
          accounts: [{ ...other, zone: 'Mars/Olympus' }, other],
          invoices: [
            invoice('F-2', '02-30'),
            invoice('F-3', '02-04'),
            { ...invoice('F-4', '02-04'), total: { amount: '1.005', currency: 'COP' } },
            invoice('F-3', '02-05'),
          ],
          payments: [
            { ...payment('P-1', 'F-1', '02-01', '1.00'), amount: { amount: '1.00', currency: 'USD' } },
            payment('P-2', 'F-1', '02-01', '1.00'),
          ],
        },
        { invioces: [] } as LedgerFacts,
        { invoices: [{ ...invoice('F-1', '02-03', '7.00'), version: 1 }, invoice('F-9', '02-03')] },
      ],
      { now, onPage: (page) => void pages.push(page) },
    );
    const places = done.problems.map(({ path, code, account: of }) => [path, code, of]).sort();
    expect(places).toEqual([
      ['[1].accounts[0].zone', 'unknown_zone', 'perez'],
      // The second of two records that are the same one.
      ['[1].accounts[1].id', 'duplicate_id', 'perez'],
      ['[1].invoices[0].due', 'invalid_date', 'robles'],
      ['[1].invoices[2].total.amount', 'invalid_amount', 'robles'],
      ['[1].invoices[3].id', 'duplicate_id', 'robles'],
      ['[1].payments["P-1"]', 'currency_mismatch', 'robles'],
      ['[2].invioces', 'unknown_key', undefined],
      ['[3].invoices["F-1"]', 'version_conflict', 'robles'],
    ]);
    expect(done).toMatchObject({ pieces: 4, refused: 7, written: 5, accounts: 1 });
    expect(pages.reduce((sum, page) => sum + page.refused, 0)).toBe(7);
    expect(pages.at(-1)?.through).toBe(4);
    const { items } = await dunning.account('robles', { at: now });
    expect(items.map(({ item, outstanding }) => [item, outstanding])).toEqual([
      ['F-1', 99_900],
      ['F-9', 100_000],
      ['F-3', 100_000],
    ]);
  });

  it('is strict if asked: one bad record, of form or against what is known, and nothing is written', async () => {
    const { dunning, store } = shell();
    await dunning.sync(
      { accounts: [account], invoices: [{ ...invoice('F-1', '02-03'), version: 1 }] },
      { now },
    );
    const before = await contentOf(store);
    const good = { invoices: [invoice('F-2', '02-03')] };
    const pieces = [good, { invoices: [invoice('F-3', '02-30')] }];
    await expect(dunning.ingest(() => pieces, { now, strict: true })).rejects.toMatchObject({
      code: 'invalid_input',
      problems: [{ path: '[1].invoices[0].due', account: 'robles' }],
    });
    const against = [good, { invoices: [{ ...invoice('F-1', '02-03', '9.00'), version: 1 }] }];
    await expect(dunning.ingest(against, { now, strict: true })).rejects.toMatchObject({
      code: 'version_conflict',
      problems: [{ path: '[1].invoices["F-1"]' }],
    });
    expect(await contentOf(store)).toEqual(before);
    expect(await dunning.ingest([good], { now, strict: true })).toMatchObject({ written: 1 });
  });

  it('done again after a failure anywhere, it ends where it would have ended', async () => {
    const pieces = Array.from({ length: 4 }, (_, nth) => ({
      accounts: [0, 1].map((n) => ({ ...account, id: `a${nth}-${n}` })),
      invoices: Array.from({ length: 1_100 }, (_, n) => ({
        ...invoice(`F-${nth}-${n}`, '02-03'),
        account: `a${nth}-${n % 2}`,
      })),
    }));
    const one = shell();
    const records = 4 * 1_102;
    expect(await one.dunning.ingest(pieces, { now })).toMatchObject({ written: records, pieces: 4 });
    const end = JSON.stringify(await contentOf(one.store));
    // Each account is a page of its own: the fourth is the second half of the second piece.
    for (const [broken, whole] of [
      [0, 0],
      [3, 1],
    ] as const) {
      const store = memoryStore();
      let writes = 0;
      let through = 0;
      const failing: Store = {
        ...store,
        bulk: {
          write: async (changes, options) => {
            if (writes++ === broken) throw new Error('the plug was pulled');
            return (await store.bulk?.write(changes, options)) ?? [];
          },
        },
      };
      const first = shell(failing).dunning.ingest(pieces, {
        now,
        parallel: 1,
        onPage: (page) => {
          through = page.through;
        },
      });
      await expect(first).rejects.toThrow('the plug was pulled');
      expect(through).toBe(whole);
      // Whoever kept the count of pieces goes on from there.
      const second = await shell(store).dunning.ingest(pieces.slice(through), { now });
      expect(second.written + second.unchanged).toBe((4 - through) * 1_102);
      expect(JSON.stringify(await contentOf(store)) === end).toBe(true);
      expect(await shell(store).dunning.ingest(pieces, { now })).toMatchObject({ written: 0, accounts: 0 });
    }
  });

  it('gives way to another change of the account and looks again', async () => {
    const store = memoryStore();
    const rival = shell(store);
    let raced = false;
    const slow: Store = {
      ...store,
      bulk: {
        write: async (changes, options) => {
          if (!raced) {
            raced = true;
            await rival.dunning.sync({ invoices: [{ ...invoice('F-1', '02-03'), version: 5 }] }, { now });
          }
          return (await store.bulk?.write(changes, options)) ?? [];
        },
      },
    };
    const done = await shell(slow).dunning.ingest(
      [{ accounts: [account], invoices: [{ ...invoice('F-1', '02-03', '3.00'), version: 4 }] }],
      { now },
    );
    expect(done).toMatchObject({ written: 1, older: 1, accounts: 1 });
    expect((await rival.dunning.account('robles', { at: now })).items).toMatchObject([
      { outstanding: 100_000 },
    ]);
  });

  it('wakes workers and tells listeners once a page is in, and plans a review at once', async () => {
    const woken: unknown[] = [];
    const queue = {
      wake: async (wakeups: unknown) => void woken.push(wakeups),
      onWake: async () => async () => undefined,
    };
    const { dunning, store } = world({ store: memoryStore(), ids, queue });
    const heard: string[] = [];
    dunning.on('event', ({ type, account: of, seq }) => heard.push(`${of} ${seq} ${type}`));
    await dunning.ingest([{ accounts: [account] }, { invoices: [invoice('F-1', '02-03')] }], { now });
    expect(heard).toEqual(['robles 1 account.upserted', 'robles 2 invoice.upserted']);
    expect(woken).toEqual([[{ tenant: 'default', at: 0 }]]);
    expect(await store.due({ before: 0, limit: 5 })).toMatchObject([{ account: 'robles', next: 0 }]);
    expect(await dunning.verify()).toMatchObject({ ok: true });
  });

  it('stops by its signal, passes on what the source throws, and refuses options that cannot work', async () => {
    const { dunning, store } = shell();
    const stop = new AbortController();
    async function* endless(): AsyncGenerator<LedgerFacts> {
      for (let n = 0; ; n++) {
        if (n === 3) stop.abort(new Error('enough'));
        yield { invoices: [invoice(`F-${n}`, '02-03')] };
      }
    }
    await expect(dunning.ingest(endless(), { now, signal: stop.signal })).rejects.toThrow('enough');
    const torn = function* (): Generator<LedgerFacts> {
      yield { accounts: [account] };
      throw new Error('the export broke off');
    };
    await expect(dunning.ingest(torn, { now })).rejects.toThrow('the export broke off');
    expect(await all(store.files('default'))).toEqual([]);
    for (const [source, options, path] of [
      [{ accounts: [] }, {}, 'source'],
      [endless(), { strict: true }, 'source'],
      [[], { parallel: 0 }, 'parallel'],
      [[], { parallel: 2, transaction: {} }, 'parallel'],
      [[], { onPage: 'yes' }, 'onPage'],
    ] as const)
      await expect(dunning.ingest(source as never, options as never)).rejects.toMatchObject({
        code: 'invalid_option',
        problems: [{ path }],
      });
  });
});
