import { describe, expect, it } from 'vitest';
import type { DunningOptions, LedgerSource } from '../../src/dunning/index.js';
import { account, all, at, invoice, payment, type World, world } from '../support/world.js';
import { type Tables, tables } from './ledger.js';

interface Pulled extends World {
  readonly host: Tables;
}

/** Robles owes F-1, due on 3 February; the host's tables say so, and recobro was told only that it exists. */
async function pulled(
  source: Partial<LedgerSource> = {},
  options: Partial<DunningOptions> = {},
): Promise<Pulled> {
  const host = tables(source);
  host.rows.accounts.push(account);
  host.rows.invoices.push(invoice('F-1', '02-03'));
  const made = world({ ledger: host.source, ...options });
  await made.dunning.touch(['robles']);
  return { ...made, host };
}

const soft = at('02-06');

async function logged({ dunning }: World): Promise<readonly string[]> {
  return (await all(dunning.history('robles'))).map(({ actor, type }) => `${actor} ${type}`);
}

describe('reading at review and at dispatch', () => {
  it('reminds of what the tables say, without anything pushed', async () => {
    const made = await pulled();
    const run = await made.dunning.tick({ now: soft });
    expect(run.sent).toMatchObject([{ account: 'robles', invoices: ['F-1'], amounts: ['1000.00 COP'] }]);
    expect((await logged(made)).slice(0, 2)).toEqual(['ledger account.upserted', 'ledger invoice.upserted']);
    // Once for the review, once before the message, once for the review after it.
    expect(made.host.asked.map(({ accounts, at: when, tenant }) => [accounts, when, tenant])).toEqual(
      Array(made.host.asked.length).fill([['robles'], soft, 'default']),
    );
  });

  it('writes nothing where nothing is other than it was, and replays every decision', async () => {
    const made = await pulled();
    await made.dunning.tick({ now: soft });
    const before = (await logged(made)).length;
    await made.dunning.touch(['robles']);
    const again = await made.dunning.tick({ now: soft });
    expect([again.reviewed, again.sent.length]).toEqual([1, 0]);
    expect((await logged(made)).length).toBe(before);
    made.host.rows.invoices.push(invoice('F-2', '02-04', '50.00'));
    await made.dunning.touch(['robles']);
    await made.dunning.tick({ now: at('02-17') });
    const replay = await made.dunning.replay();
    expect(replay).toMatchObject({ ok: true, accounts: 1 });
    expect(replay.acts).toBeGreaterThan(2);
    await made.dunning.seal();
    expect(await made.dunning.verify()).toMatchObject({ ok: true });
  });

  it('does not remind of what was paid between the plan and the message', async () => {
    const made = await pulled();
    await made.dunning.review({ now: soft });
    made.host.rows.payments.push(payment('P-1', 'F-1', '02-06'));
    expect(await made.dunning.dispatch({ now: soft })).toMatchObject([
      { outcome: 'skipped', code: 'settled' },
    ]);
    expect(made.whatsapp.sent).toEqual([]);
    // Thanks are all that comes of it.
    const after = await made.dunning.tick({ now: soft });
    expect(after.sent.map(({ stage }) => stage)).toEqual(['on:paid']);
    expect(await made.dunning.replay()).toMatchObject({ ok: true });
  });

  it('does not remind of an invoice that a source of open items lists no more', async () => {
    const made = await pulled({ owns: ['accounts', 'invoices'] });
    await made.dunning.review({ now: soft });
    made.host.rows.invoices.length = 0;
    expect(await made.dunning.dispatch({ now: soft })).toMatchObject([
      { outcome: 'skipped', code: 'settled' },
    ]);
    expect(made.whatsapp.sent).toEqual([]);
    const { items } = await made.dunning.account('robles', { at: soft, settled: true });
    expect(items).toMatchObject([{ item: 'F-1', outstanding: 0 }]);
  });

  it('writes of another amount anew, in a message planned for it', async () => {
    const made = await pulled();
    await made.dunning.review({ now: soft });
    made.host.rows.payments.push(payment('P-1', 'F-1', '02-06', '400.00'));
    expect(await made.dunning.dispatch({ now: soft })).toMatchObject([
      { outcome: 'skipped', code: 'changed' },
    ]);
    const { sent } = await made.dunning.tick({ now: soft });
    expect(sent).toMatchObject([{ amounts: ['600.00 COP'] }]);
  });

  it('reads again after losing against another change, so that no older answer comes after a newer one', async () => {
    const made = await pulled();
    await made.dunning.review({ now: soft });
    // The first answer of the dispatch is old by the time it arrives: the payment is booked and told meanwhile.
    made.host.next.push(async ({ accounts }) => {
      made.host.rows.payments.push(payment('P-1', 'F-1', '02-06'));
      await made.dunning.touch(accounts);
      return { accounts: [account], invoices: [invoice('F-1', '02-03')] };
    });
    expect(await made.dunning.dispatch({ now: soft })).toMatchObject([
      { outcome: 'skipped', code: 'settled' },
    ]);
    expect(made.whatsapp.sent).toEqual([]);
  });

  it('reads the accounts of a review page by page, and what is sent at once together', async () => {
    const host = tables();
    const ids = Array.from({ length: 230 }, (_, n) => `a${String(n).padStart(3, '0')}`);
    for (const id of ids) {
      host.rows.accounts.push({ ...account, id });
      host.rows.invoices.push({ ...invoice(`F-${id}`, '02-03'), account: id });
    }
    const made = world({ ledger: host.source });
    expect(await made.dunning.touch(ids)).toBe(230);
    const { counts } = await made.dunning.review({ now: soft });
    expect(counts).toMatchObject({ accounts: 230, failed: 0 });
    expect(host.asked.map((one) => one.accounts.length)).toEqual([100, 100, 30]);
    expect((await made.dunning.dispatch({ now: soft })).length).toBe(230);
    expect(host.asked.length).toBeLessThan(3 + 230 / 2);
  });
});

describe('what is gone', () => {
  it('closes without a word what was withdrawn', async () => {
    const made = await pulled();
    await made.dunning.review({ now: soft });
    made.host.rows.invoices.length = 0;
    for (let n = 0; n < 4; n++)
      made.host.next.push(() => ({
        accounts: [account],
        gone: [{ account: 'robles', id: 'F-1', as: 'withdrawn' }],
      }));
    const [skipped] = await made.dunning.dispatch({ now: soft });
    expect(skipped).toMatchObject({ outcome: 'skipped' });
    expect(skipped?.code).not.toBe('settled');
    expect((await made.dunning.tick({ now: soft })).sent).toEqual([]);
    expect(made.whatsapp.sent).toEqual([]);
  });

  it('takes for withdrawn what a source that lists paid invoices too lists no more', async () => {
    const made = await pulled({ unlisted: 'withdrawn' });
    await made.dunning.review({ now: soft });
    made.host.rows.invoices.length = 0;
    const run = await made.dunning.tick({ now: soft });
    expect([run.sent, run.skipped.length]).toEqual([[], 1]);
    expect(run.skipped[0]?.code).not.toBe('settled');
  });

  it('leaves what was paid before as it is, also where what is unlisted counts as withdrawn', async () => {
    const made = await pulled({ unlisted: 'withdrawn' });
    made.host.rows.payments.push(payment('P-1', 'F-1', '02-05'));
    await made.dunning.tick({ now: soft });
    made.host.rows.invoices.length = 0;
    made.host.rows.payments.length = 0;
    const before = (await logged(made)).length;
    await made.dunning.touch(['robles']);
    await made.dunning.tick({ now: soft });
    expect((await logged(made)).length).toBe(before);
  });

  it('has an account looked at again where a read before a message told of more than the message is about', async () => {
    const made = await pulled();
    await made.dunning.review({ now: soft });
    made.host.rows.invoices.push(invoice('F-2', '03-20'));
    made.whatsapp.answer({ outcome: 'retry', scope: 'pair', code: 'whatsapp:131056' });
    expect(await made.dunning.dispatch({ now: soft })).toMatchObject([{ outcome: 'delayed' }]);
    expect((await made.store.load('default', ['robles']))[0]?.next).toBe(0);
  });

  it('chases again, under its own version, what comes back', async () => {
    const made = await pulled();
    made.host.rows.invoices[0] = { ...invoice('F-1', '02-03'), version: 3 };
    await made.dunning.review({ now: soft });
    const [row] = made.host.rows.invoices.splice(0);
    await made.dunning.tick({ now: soft });
    made.host.rows.invoices.push(row!);
    await made.dunning.touch(['robles']);
    await made.dunning.tick({ now: soft });
    const { items } = await made.dunning.account('robles', { at: soft });
    expect(items).toMatchObject([{ item: 'F-1', outstanding: 100_000 }]);
    expect(await made.dunning.replay()).toMatchObject({ ok: true });
  });

  it('owes again what a payment that is gone had settled, and keeps what settled a debt that is gone with it', async () => {
    const made = await pulled();
    made.host.rows.payments.push(payment('P-1', 'F-1', '02-05'));
    await made.dunning.tick({ now: soft });
    // Both leave the list together: that is how it was paid.
    const [row] = made.host.rows.invoices.splice(0);
    const [paid] = made.host.rows.payments.splice(0);
    const before = (await logged(made)).length;
    await made.dunning.touch(['robles']);
    await made.dunning.tick({ now: soft });
    expect((await logged(made)).length).toBe(before);
    // The payment bounced: the invoice is back without it.
    made.host.rows.invoices.push(row!);
    await made.dunning.touch(['robles']);
    await made.dunning.tick({ now: soft });
    expect(await logged(made)).toContain('ledger facts.gone');
    const { items } = await made.dunning.account('robles', { at: soft });
    expect(items).toMatchObject([{ item: 'F-1', outstanding: 100_000 }]);
    made.host.rows.payments.push(paid!);
    await made.dunning.touch(['robles']);
    await made.dunning.tick({ now: soft });
    expect((await made.dunning.account('robles', { at: soft })).items).toEqual([]);
  });

  it('lifts a hold of the tables that is gone, and leaves those of people alone', async () => {
    const made = await pulled({ owns: ['accounts', 'invoices', 'holds'] });
    made.host.rows.holds.push({ id: 'crm-1', account: 'robles', reason: 'vip', author: 'crm' });
    expect((await made.dunning.tick({ now: soft })).sent).toEqual([]);
    const [own] = await made.dunning.hold(
      { account: 'robles', reason: 'call' },
      { author: 'ana', now: soft },
    );
    made.host.rows.holds.length = 0;
    await made.dunning.touch(['robles']);
    expect((await made.dunning.tick({ now: soft })).sent).toEqual([]);
    await made.dunning.release('robles', own!, { author: 'ana', now: soft });
    await made.dunning.tick({ now: soft });
    const later = await made.dunning.tick({ now: at('02-10') });
    expect(later.sent).toHaveLength(1);
    expect(await made.dunning.replay()).toMatchObject({ ok: true });
  });

  it('stays out of the file once it left, listed or not, and is owed again when its payment is gone', async () => {
    const made = await pulled({}, { closedAfter: '30d' });
    made.host.rows.payments.push(payment('P-1', 'F-1', '02-05'));
    await made.dunning.tick({ now: soft });
    const later = at('06-01');
    await made.dunning.touch(['robles']);
    await made.dunning.tick({ now: later });
    expect(await logged(made)).toContain('recobro items.left');
    const before = (await logged(made)).length;
    await made.dunning.touch(['robles']);
    await made.dunning.tick({ now: later });
    const [row] = made.host.rows.invoices.splice(0);
    const [paid] = made.host.rows.payments.splice(0);
    await made.dunning.touch(['robles']);
    await made.dunning.tick({ now: later });
    expect((await logged(made)).length).toBe(before);
    made.host.rows.invoices.push(row!);
    await made.dunning.touch(['robles']);
    await made.dunning.tick({ now: later });
    expect((await made.dunning.account('robles', { at: later })).items).toMatchObject([
      { item: 'F-1', outstanding: 100_000 },
    ]);
    made.host.rows.payments.push(paid!);
    await made.dunning.touch(['robles']);
    await made.dunning.tick({ now: later });
    expect((await made.dunning.account('robles', { at: later })).items).toEqual([]);
    expect(await made.dunning.replay()).toMatchObject({ ok: true });
  });
});
