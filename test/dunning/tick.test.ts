import { describe, expect, it } from 'vitest';
import type { DunningEvent } from '../../src/dunning/index.js';
import { account, all, at, documents, invoice, payment, world } from '../support/world.js';

describe('tick', () => {
  it('reminds on the stage’s day within the hours, once, and says what comes next', async () => {
    const { dunning, whatsapp } = world();
    await dunning.sync({ accounts: [account], invoices: [{ ...invoice('F-1', '02-10'), number: 'A/77' }] });

    expect((await dunning.tick({ now: at('02-12') })).sent).toEqual([]);
    const early = await dunning.tick({ now: at('02-13', '00:00') });
    expect(early.sent).toEqual([]);
    expect(early.waiting).toMatchObject([{ account: 'robles', code: 'window', next: at('02-13', '09:00') }]);
    expect(early.waiting[0]?.invoices).toEqual(['A/77']);
    expect(early.waiting[0]?.reason).toBe('it is outside the contact hours');

    const run = await dunning.tick({ now: at('02-13', '09:00') });
    expect(run.sent).toMatchObject([
      { account: 'robles', stage: 'soft', channel: 'whatsapp', invoices: ['A/77'], amounts: ['1000.00 COP'] },
    ]);
    expect(run.next).toBe(at('02-20', '00:00'));
    expect(whatsapp.sent.map((one) => [one.key, one.to, one.form])).toEqual([
      ['robles/ladder/F-1#1/soft.1@billing.0', '+573001112233', 'one'],
    ]);
    expect(whatsapp.sent[0]?.content).toMatchObject({
      kind: 'text',
      text: expect.stringContaining('invoice A/77'),
    });

    const again = await dunning.tick({ now: at('02-13', '09:05') });
    expect([again.sent, again.reviewed]).toEqual([[], 0]);
    expect(again.text).toContain('nothing is due before February 20, 2026');
  });

  it('puts the invoices of an account into one message, and each climbs on its own', async () => {
    const { dunning, whatsapp } = world();
    await dunning.sync({
      accounts: [account],
      invoices: [invoice('F-1', '02-03'), invoice('F-2', '02-10', '250.50')],
    });
    await dunning.tick({ now: at('02-06') });
    const run = await dunning.tick({ now: at('02-13') });
    expect(run.sent).toMatchObject([{ stage: 'firm', invoices: ['F-1', 'F-2'], amounts: ['1250.50 COP'] }]);
    expect(run.tasks).toMatchObject([{ code: 'call', invoices: ['F-1'], reason: 'call for ana' }]);
    expect(whatsapp.sent.map((one) => [one.message, one.form])).toEqual([
      ['soft', 'one'],
      ['firm', 'many'],
    ]);
    const cases = (await dunning.explain('robles', { at: at('02-13') })).items.map((item) =>
      item.stages.map((stage) => `${stage.stage}:${stage.state}`),
    );
    expect(cases).toEqual([
      ['soft:done', 'firm:done'],
      ['soft:done', 'firm:later'],
    ]);
  });

  it('stops when the invoice is paid, thanks once, and closes the task', async () => {
    const { dunning, whatsapp } = world();
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    await dunning.tick({ now: at('02-06') });
    await dunning.tick({ now: at('02-13') });
    await dunning.sync({ payments: [payment('P-1', 'F-1', '02-14')] });
    const run = await dunning.tick({ now: at('02-14') });
    expect(run.sent).toMatchObject([{ stage: 'on:paid', invoices: ['F-1'] }]);
    expect(whatsapp.sent.map((one) => one.message)).toEqual(['soft', 'firm', 'thanks']);
    expect(await all(dunning.acts({ states: ['open'] }))).toEqual([]);
    for (const day of ['02-15', '02-20', '03-20']) {
      expect((await dunning.tick({ now: at(day) })).sent).toEqual([]);
    }
    expect((await dunning.tick({ now: at('04-20') })).text).toContain(
      'nothing is due and nothing is planned',
    );
  });

  it('part payment: the ladder goes on with what is left', async () => {
    const { dunning, whatsapp } = world();
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    await dunning.tick({ now: at('02-06') });
    await dunning.sync({ payments: [payment('P-1', 'F-1', '02-08', '400.00')] });
    const run = await dunning.tick({ now: at('02-13') });
    expect(run.sent).toMatchObject([{ stage: 'firm', amounts: ['600.00 COP'] }]);
    expect(whatsapp.sent[1]?.content).toMatchObject({ text: expect.stringContaining('600') });
  });

  it('writes everything down, in order, with who did it', async () => {
    const { dunning } = world();
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] }, { actor: 'billing' });
    await dunning.tick({ now: at('02-06') });
    const log = await all(dunning.history('robles'));
    expect(log.map((entry) => [entry.seq, entry.actor, entry.type])).toEqual([
      [1, 'billing', 'account.upserted'],
      [2, 'billing', 'invoice.upserted'],
      [3, 'recobro', 'case.opened'],
      [4, 'recobro', 'act.planned'],
      [5, 'recobro', 'review.made'],
      [6, 'recobro', 'act.accepted'],
    ]);
  });

  it('tells listeners after the commit, without personal data; one that throws harms nothing', async () => {
    const { dunning, whatsapp } = world();
    const heard: DunningEvent[] = [];
    dunning.on('event', () => {
      throw new Error('the host has a bug');
    });
    dunning.on('act.accepted', async () => {
      throw new Error('and another');
    });
    dunning.on('event', (event) => heard.push(event));
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    await dunning.tick({ now: at('02-06') });
    expect(whatsapp.sent).toHaveLength(1);
    expect(heard.map((event) => event.type)).toContain('act.accepted');
    expect(heard.map((event) => event.seq)).toEqual(heard.map((_, index) => index + 1));
    const text = JSON.stringify(heard);
    for (const secret of ['+573001112233', 'ines@', 'Inés']) expect(text).not.toContain(secret);
  });

  it('tells instalments apart', async () => {
    const { dunning } = world();
    const instalments = ['02-03', '03-03'].map((due) => ({ due: `2026-${due}`, amount: '500.00' }));
    const { due: _, ...whole } = invoice('F-1', '02-03');
    await dunning.sync({ accounts: [account], invoices: [{ ...whole, instalments }] });
    const run = await dunning.tick({ now: at('02-06') });
    expect(run.sent).toMatchObject([{ invoices: ['F-1/1'], amounts: ['500.00 COP'] }]);
    expect((await dunning.explain('robles', { at: at('02-06') })).text).toContain('F-1/2: 500.00 COP open');
  });

  it('keeps accounts apart whose invoices have the same ids', async () => {
    const { dunning, whatsapp } = world();
    const accounts = ['a', 'a/ladder', 'b'].map((id) => ({ ...account, id }));
    await dunning.sync({
      accounts,
      invoices: accounts.map((one) => ({ ...invoice('1', '02-03'), account: one.id })),
    });
    const run = await dunning.tick({ now: at('02-06') });
    expect([run.sent.length, run.failed]).toEqual([3, []]);
    expect(new Set(whatsapp.sent.map((one) => one.key)).size).toBe(3);
  });

  it('keeps tenants apart in one process', async () => {
    const { dunning, whatsapp } = world();
    const other = dunning.for('other', {
      plan: { ...documents.plan, default: null },
    });
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    await other.sync({
      accounts: [{ ...account, name: 'Another Robles' }],
      invoices: [invoice('F-1', '02-03')],
    });
    expect((await other.tick({ now: at('02-06') })).waiting).toMatchObject([{ code: 'do_not_dun' }]);
    expect((await dunning.tick({ now: at('02-06') })).sent).toHaveLength(1);
    expect(whatsapp.sent.map((one) => one.tenant)).toEqual(['default']);
    expect((await other.explain('robles', { at: at('02-06') })).text).toContain('Another Robles');
  });

  it('refuses a review on an earlier day than the last one', async () => {
    const { dunning } = world();
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    await dunning.tick({ now: at('02-06') });
    await dunning.sync({ invoices: [invoice('F-2', '02-03')] });
    expect((await dunning.tick({ now: at('02-05') })).failed).toMatchObject([{ code: 'backdated_review' }]);
    expect((await dunning.review({ now: at('02-05'), accounts: ['robles'] })).failed).toEqual([
      { account: 'robles', code: 'backdated_review' },
    ]);
    expect((await dunning.tick({ now: at('02-07') })).sent).toHaveLength(1);
  });

  it('decides for the moment at which it decides: hours that close meanwhile end the day', async () => {
    let now = at('02-06', '17:59');
    const clock = { now: () => now };
    const { dunning, whatsapp, email } = world({ clock });
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    const stop = dunning.on('act.planned', () => {
      now = at('02-06', '18:00');
    });
    const run = await dunning.tick();
    expect(run).toMatchObject({ sent: [], failed: [], skipped: [{ code: 'window' }] });
    expect(run.waiting).toMatchObject([{ code: 'window', next: at('02-07', '09:00') }]);
    expect([...whatsapp.sent, ...email.sent]).toEqual([]);
    stop();
    now = at('02-07', '09:00');
    expect((await dunning.tick()).sent).toHaveLength(1);
  });

  it('contacts of one run are one occasion, however long the run takes', async () => {
    let now = at('02-06', '10:00');
    const policy = documents.policies[0]!;
    const stages = [
      { ...policy.stages[0]!, do: [{ send: 'soft' }, { send: 'firm', to: 'boss' }] },
      policy.stages[1]!,
    ];
    const boss = { role: 'boss', name: 'Luz', phone: '+573001112299', email: 'luz@robles.example' };
    const { dunning, whatsapp, email } = world({
      clock: { now: () => now },
      policies: [{ ...policy, stages }],
      plan: { ...documents.plan, contact: { gap: '1d' } },
    });
    const contacts = [...account.contacts, { ...boss, consent: { whatsapp: 'granted' as const } }];
    await dunning.sync({ accounts: [{ ...account, contacts }], invoices: [invoice('F-1', '02-03')] });
    dunning.on('event', () => {
      now += 1_000;
    });
    whatsapp.answer(
      { outcome: 'accepted', providerId: '1' },
      { outcome: 'refused', scope: 'recipient', code: 'x', addressUnusable: true },
    );
    await dunning.tick();
    expect([whatsapp.sent.length, email.sent.length]).toEqual([2, 1]);
  });

  it('an account that cannot be read or decided is reported and stops no other', async () => {
    const { dunning, store, whatsapp } = world();
    const accounts = ['a', 'b', 'c'].map((id) => ({ ...account, id }));
    const invoices = accounts.map((one) => ({ ...invoice(`F-${one.id}`, '02-03'), account: one.id }));
    await dunning.sync({ accounts, invoices });
    await dunning.review({ now: at('02-07', '08:00'), accounts: ['a'] });
    await dunning.sync({ accounts: [{ ...account, id: 'a', name: 'Other' }] });
    const [file] = await store.load('default', ['b']);
    const header = { format: 99 };
    await store.commit([
      {
        tenant: 'default',
        account: 'b',
        expected: file!.version,
        file: { header, put: new Map(), remove: [] },
        events: [],
        acts: [],
      },
    ]);
    const run = await dunning.tick({ now: at('02-06') });
    expect(run.failed.map(({ account: id, code }) => [id, code])).toEqual([
      ['a', 'backdated_review'],
      ['b', 'impossible_state'],
    ]);
    expect(whatsapp.sent.map((one) => one.account)).toEqual(['c']);
    expect(run.next).toBe(at('02-06'));
  });

  it('reviews named accounts once each, and makes none up', async () => {
    const { dunning, store } = world();
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    const run = await dunning.review({ now: at('02-06'), accounts: ['robles', 'nobody', 'robles'] });
    expect(run.reviewed.map((one) => one.account)).toEqual(['robles']);
    expect(run.failed).toEqual([{ account: 'nobody', code: 'unknown_id' }]);
    expect(await store.load('default', ['nobody'])).toEqual([]);
  });

  it('reviews all accounts when asked to: a new plan begins for those that had nothing to wait for', async () => {
    const { dunning, store } = world({ plan: { ...documents.plan, default: null } });
    const accounts = Array.from({ length: 150 }, (_, index) => ({ ...account, id: `a${index}` }));
    const invoices = accounts.map((one) => ({ ...invoice(`F-${one.id}`, '02-03'), account: one.id }));
    await dunning.sync({ accounts, invoices });
    await dunning.tick({ now: at('02-04') });
    const changed = world({ store });
    expect((await changed.dunning.tick({ now: at('02-06') })).reviewed).toBe(0);
    const all = await changed.dunning.review({ now: at('02-06'), accounts: 'all' });
    expect([all.reviewed.length, all.failed]).toEqual([150, []]);
    expect((await changed.dunning.tick({ now: at('02-06') })).sent).toHaveLength(150);
  });

  it('a review that finds nothing new writes nothing', async () => {
    const { dunning, store } = world();
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03')] });
    await dunning.tick({ now: at('02-04') });
    const [before] = await store.load('default', ['robles']);
    await dunning.review({ now: at('02-04', '11:00'), accounts: ['robles'] });
    expect(await store.load('default', ['robles'])).toEqual([before]);
  });

  it('forecasts what then happens', async () => {
    const { dunning } = world();
    await dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-03'), invoice('F-2', '02-05')] });
    const forecast = await dunning.forecast('robles', { from: at('02-01'), to: at('03-01') });
    const happened: string[] = [];
    for (let day = 1; day < 28; day++) {
      const now = at(`02-${String(day).padStart(2, '0')}`);
      for (const entry of (await dunning.tick({ now })).sent) happened.push(entry.act ?? '');
    }
    expect(happened).toEqual(
      forecast.planned.filter((one) => one.act.kind === 'message').map((one) => one.act.id),
    );
    expect(happened.length).toBeGreaterThan(2);
  });
});
