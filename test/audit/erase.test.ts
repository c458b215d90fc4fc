import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../src/dunning/index.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import { pgliteStore } from '../../src/stores/pglite/index.js';
import type { Store } from '../../src/stores/store.js';
import { all, at, invoice, payment, world } from '../support/world.js';
import { contents, live, person, secrets } from './life.js';

const by = { author: 'eva', reason: 'request 7', now: at('04-01') };

async function settledWorld() {
  const made = world();
  const { dunning } = made;
  await dunning.sync({ accounts: [person('a')], invoices: [{ ...invoice('F-1', '02-10'), account: 'a' }] });
  for (const day of ['02-13', '02-14']) await dunning.tick({ now: at(day) });
  await dunning.sync(
    { payments: [{ ...payment('P-1', 'F-1', '02-15'), account: 'a' }] },
    { now: at('02-15') },
  );
  for (const day of ['02-15', '02-16']) await dunning.tick({ now: at(day) });
  return made;
}

const pglite = pgliteStore();
afterAll(() => pglite.close());

const stores: readonly (readonly [string, () => Promise<Store>])[] = [
  ['in memory', async () => memoryStore()],
  [
    'on PGlite',
    async () => {
      await pglite.migrate();
      return pglite;
    },
  ],
];

describe.each(stores)('erasing a whole account %s', (_, make) => {
  it('leaves nothing of its people anywhere; ids, amounts, decisions and the chain stay', async () => {
    const store = await make();
    const { dunning, whatsapp, email } = await live(store);
    const before = await all(dunning.audit());
    const status = await dunning.account('a', { at: at('04-01') });
    const text = await contents(store);
    for (const secret of secrets('a')) expect(text).toContain(secret);
    const sent = whatsapp.sent.length + email.sent.length;

    const done = await dunning.erase({ account: 'a', force: true }, by);
    expect(done).toMatchObject({ account: 'a', rows: expect.any(Number) });
    expect(done.rows).toBeGreaterThan(5);
    await dunning.seal();

    const after = await contents(store);
    for (const secret of secrets('a')) expect(after).not.toContain(secret);
    expect(after).not.toContain('The contract is in the safe.');
    for (const id of ['b', 'c']) for (const secret of secrets(id)) expect(after).toContain(secret);
    const told = JSON.stringify([await all(dunning.history('a')), await all(dunning.notes('a'))]);
    for (const secret of secrets('a')) expect(told).not.toContain(secret);
    expect(told).toContain('erased 1');
    expect((await all(dunning.notes('a'))).map(({ text: note }) => note)).toEqual([
      expect.stringMatching(/^erased \d+$/),
      expect.stringMatching(/^erased \d+$/),
    ]);

    expect(await dunning.verify()).toMatchObject({ ok: true });
    expect(await dunning.replay()).toMatchObject({ ok: true });
    const lines = await all(dunning.audit());
    expect(lines.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
    const whole = await all(dunning.audit({ account: 'a', personal: true }));
    expect(await verifyAudit(whole)).toMatchObject({ ok: true });
    for (const secret of secrets('a')) expect(whole.join()).not.toContain(secret);
    const { totals: _, ...rest } = { totals: 0, ...(await dunning.account('a', { at: at('04-01') })) };
    expect(
      JSON.stringify(rest.items.map(({ item, outstanding, overdue }) => [item, outstanding, overdue])),
    ).toBe(
      JSON.stringify(status.items.map(({ item, outstanding, overdue }) => [item, outstanding, overdue])),
    );

    // Still owed, it is held for good: nobody is written to, and nobody is asked to find an address.
    const open = (await all(dunning.acts({ account: 'a', states: ['open', 'ready'] }))).length;
    for (const day of ['04-01', '04-02', '04-20', '05-20']) await dunning.tick({ now: at(day) });
    const added = (await all(dunning.acts({ account: 'a' }))).filter(({ act }) => act.review > by.now);
    expect(added.filter(({ act }) => act.kind === 'message' || act.name === 'find-contact')).toEqual([]);
    expect((await all(dunning.acts({ account: 'a', states: ['ready'] }))).length).toBeLessThanOrEqual(open);
    const others = [...whatsapp.sent, ...email.sent].slice(sent);
    expect(JSON.stringify(others)).not.toMatch(/secreta-?a/i);
    expect(await dunning.replay()).toMatchObject({ ok: true });
  });
});

describe('erasing an account', () => {
  it('is refused while something is owed or under way, and goes without force once nothing is', async () => {
    const { dunning, store } = await settledWorld();
    const needy = world();
    await needy.dunning.sync({
      accounts: [person('a')],
      invoices: [{ ...invoice('F-1', '02-10'), account: 'a' }],
    });
    await expect(needy.dunning.erase({ account: 'a' }, by)).rejects.toMatchObject({ code: 'still_needed' });
    expect(await contents(needy.store)).toContain('Secreta a');
    await dunning.erase({ account: 'a' }, by);
    expect(await contents(store)).not.toMatch(/secret/i);
    expect((await all(dunning.history('a'))).filter(({ type }) => type === 'hold.upserted')).toEqual([]);
    expect((await all(dunning.history('a'))).at(-1)).toMatchObject({
      type: 'account.erased',
      actor: 'eva',
      data: { author: 'eva', reason: 'request 7' },
    });
  });

  it('can be made again, after a failure half-way too', async () => {
    const { dunning, store } = await settledWorld();
    const { audit } = store;
    if (audit === undefined) throw new Error('the memory store has a chain');
    let fail = true;
    const failing = world({
      store: {
        ...store,
        audit: {
          ...audit,
          redact: async (query) => {
            if (fail) throw new Error('the plug was pulled');
            return audit.redact(query);
          },
        },
      },
    }).dunning;
    await expect(failing.erase({ account: 'a' }, by)).rejects.toThrow('plug');
    expect(JSON.stringify(await all(store.events('default')))).toMatch(/secreta/i);
    fail = false;
    expect((await failing.erase({ account: 'a' }, by)).rows).toBeGreaterThan(0);
    expect(await contents(store)).not.toMatch(/secret/i);
    expect((await dunning.erase({ account: 'a' }, by)).rows).toBe(0);
    const erasures = (await all(dunning.history('a'))).filter(({ type }) => type === 'account.erased');
    expect(erasures).toHaveLength(1);
  });

  it('lasts: the host may tell of the people again, with or without versions, and nothing comes in', async () => {
    const { dunning, store } = world();
    await dunning.sync({ accounts: [person('a', { version: 3 })] });
    await dunning.erase({ account: 'a' }, by);
    expect(await dunning.sync({ accounts: [person('a', { version: 3 })] })).toMatchObject({
      unchanged: 1,
      written: 0,
    });
    expect(await dunning.sync({ accounts: [person('a', { version: 4, tags: ['vip'] })] })).toMatchObject({
      written: 1,
    });
    expect(await contents(store)).not.toMatch(/secret/i);
    await dunning.seal();
    expect(await dunning.verify()).toMatchObject({ ok: true });
  });

  it('names what is not known', async () => {
    const { dunning } = world();
    await expect(dunning.erase({ account: 'nobody' }, by)).rejects.toMatchObject({ code: 'unknown_id' });
    await dunning.sync({ accounts: [person('a')] });
    await expect(dunning.erase({ account: 'a', contact: 'nobody' }, by)).rejects.toMatchObject({
      code: 'unknown_id',
    });
    await expect(dunning.erase({ account: 'a' }, { author: '' })).rejects.toMatchObject({
      code: 'invalid_option',
    });
    // Of another tenant there is no such account.
    await expect(dunning.for('other').erase({ account: 'a' }, by)).rejects.toMatchObject({
      code: 'unknown_id',
    });
  });

  it('keeps what comes in late about people who are gone out of the log', async () => {
    const { dunning, store, whatsapp } = world();
    await dunning.sync({ accounts: [person('a')], invoices: [{ ...invoice('F-1', '02-10'), account: 'a' }] });
    const [, , , phone = ''] = secrets('a');
    whatsapp.answer(async () => {
      await dunning.erase({ account: 'a', force: true }, by);
      return { outcome: 'refused', code: 'whatsapp:131026', scope: 'recipient', addressUnusable: true };
    });
    await dunning.tick({ now: at('02-13') });
    expect((await all(dunning.history('a'))).map(({ type }) => type)).toContain('act.refused');
    expect(await contents(store)).not.toContain(phone);
    expect(await dunning.replay()).toMatchObject({ ok: true });
  });

  it('keeps ids of providers out, too: that of WhatsApp holds the number', async () => {
    const { dunning, store, whatsapp } = world();
    await dunning.sync({ accounts: [person('a')], invoices: [{ ...invoice('F-1', '02-10'), account: 'a' }] });
    whatsapp.answer(async () => {
      await dunning.erase({ account: 'a', force: true }, by);
      return { outcome: 'accepted', providerId: 'wamid.secret' };
    });
    await dunning.tick({ now: at('02-13') });
    expect((await all(dunning.history('a'))).map(({ type }) => type)).toContain('act.accepted');
    expect(await contents(store)).not.toContain('wamid.secret');
  });
});

describe('erasing a contact', () => {
  async function two() {
    const made = world();
    const { dunning } = made;
    const base = person('a');
    const other = { id: 'boss', role: 'manager', name: 'Jefa Blanco', email: 'jefa@blanco.example' };
    await dunning.sync({
      accounts: [{ ...base, contacts: [...base.contacts, other] }],
      invoices: [{ ...invoice('F-1', '02-10'), account: 'a' }],
    });
    for (const day of ['02-13', '02-14']) await dunning.tick({ now: at(day) });
    await dunning.note('a', 'secreta-A@secret.example bounced.', { ...by, now: at('02-15') });
    await dunning.note('a', 'Jefa Blanco will pay.', { ...by, now: at('02-15') });
    return made;
  }

  it('takes its data and what names it, and leaves the other people; the next one is written to', async () => {
    const { dunning, store, email } = await two();
    await dunning.erase({ account: 'a', contact: 'billing' }, by);
    const text = await contents(store);
    for (const secret of secrets('a').slice(1))
      expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
    expect(text).toContain('Secret a Ltda');
    expect(text).toContain('Jefa Blanco');
    expect((await all(dunning.notes('a'))).map(({ text: note }) => note)).toEqual([
      expect.stringMatching(/^erased \d+$/),
      'Jefa Blanco will pay.',
    ]);
    expect((await dunning.account('a', { at: by.now })).notes?.map(({ text: note }) => note)).toEqual([
      'Jefa Blanco will pay.',
      'erased',
    ]);
    expect(await dunning.verify()).toMatchObject({ ok: true });
    expect(await dunning.replay()).toMatchObject({ ok: true });
    await dunning.tick({ now: by.now });
    expect(email.sent.at(-1)?.to).toBe('jefa@blanco.example');
    await dunning.sync({ accounts: [person('a')] });
    expect((await contents(store)).toLowerCase()).not.toContain('secreta-a@');
  });

  it('is refused where it is the only one who can be reached about a debt, unless forced', async () => {
    const { dunning, store } = world();
    await dunning.sync({ accounts: [person('a')], invoices: [{ ...invoice('F-1', '02-10'), account: 'a' }] });
    const what = { account: 'a', contact: 'billing' };
    await expect(dunning.erase(what, by)).rejects.toMatchObject({ code: 'still_needed' });
    await dunning.erase({ ...what, force: true }, { ...by, now: at('02-12') });
    expect(await contents(store)).not.toContain('Secreta a');
    expect((await dunning.tick({ now: at('02-13') })).tasks).toMatchObject([{ code: 'find-contact' }]);
  });
});

it('however and whenever people are erased, the chain, the proof and the replay hold', async () => {
  const choice = fc.record({
    account: fc.constantFrom('a', 'b', 'c'),
    contact: fc.constantFrom('billing', undefined),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(choice, { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (choices, seal) => {
        const { dunning, store } = await live(memoryStore());
        for (const one of choices) {
          await dunning.erase({ ...one, force: true }, by);
          await dunning.tick({ now: at('04-02') });
          if (seal) await dunning.seal();
        }
        expect(await dunning.verify()).toMatchObject({ ok: true });
        expect(await verifyAudit(await all(dunning.audit({ personal: true })))).toMatchObject({ ok: true });
        expect(await dunning.replay()).toMatchObject({ ok: true });
        const text = await contents(store);
        for (const { account, contact } of choices)
          for (const secret of secrets(account).slice(contact === undefined ? 0 : 1))
            expect(text).not.toContain(secret);
      },
    ),
    { numRuns: 12 },
  );
}, 60_000);
