import { describe, expect, it } from 'vitest';
import type { LedgerFacts } from '../../src/ledger/facts.js';
import type { Documents, Policy } from '../../src/policy/types.js';
import { account, all, at, documents, invoice, type World, world } from '../support/world.js';
import { house, reminded, status, text } from './inbound/house.js';

const who = { author: 'eva' };
const full = { outcome: 'refused', scope: 'recipient', code: 'smtp:552-5.2.2' } as const;

/** Seven stages, three days apart, so that a message of each goes out. */
const [ladder] = documents.policies;
const weekly: Policy = {
  ...ladder!,
  stages: [3, 6, 9, 12, 15, 18, 21].map((days) => ({
    id: `s${days}`,
    tone: 'friendly',
    at: { from: 'due', plus: `${days}d` },
    do: [{ send: 'soft' }],
  })),
};

function by(via: readonly string[], contact: object = {}): Partial<Documents> & { policies: [Policy] } {
  const plan = { ...documents.plan, contact: { ...documents.plan.contact, ...contact } };
  return { plan, policies: [{ ...weekly, via: via.map((channel) => ({ channel })) }] };
}

async function withAccount(made: World, accounts: LedgerFacts['accounts'] = [account]): Promise<World> {
  await made.dunning.sync({ accounts, invoices: [invoice('F-1', '02-03')] });
  return made;
}

describe('phone numbers that are none', () => {
  const [person] = account.contacts;
  const wrong = {
    ...account,
    country: 'CO',
    contacts: [
      { ...person!, phone: '300 111', whatsapp: '+57 (300) 111-2233' },
      { ...person!, id: 'leo', phone: 'ask Leo' },
    ],
  };
  const findings = [
    { path: 'accounts["robles"].contacts["billing"].phone', fault: 'too_short', contact: 'billing' },
    { path: 'accounts["robles"].contacts["leo"].phone', fault: 'not_a_number', contact: 'leo' },
  ].map((one) => ({ ...one, code: 'invalid_phone', account: 'robles' }));

  it('are findings of a sync and of an ingest, and keep nothing from being taken in', async () => {
    const { dunning } = world();
    const facts = { accounts: [wrong], invoices: [invoice('F-1', '02-03')] };
    const run = await dunning.sync(facts);
    expect(run).toMatchObject({ written: 2, findings });
    expect(JSON.stringify(run.findings)).not.toContain('Leo');
    expect(await world().dunning.ingest([facts])).toMatchObject({ written: 2, refused: 0, findings });
    // Told again, they are found again: they are still wrong.
    expect(await dunning.sync(facts)).toMatchObject({ written: 0, findings });
  });

  it('are not written to; what stands beside them is', async () => {
    const made = await withAccount(world(), [wrong]);
    await made.dunning.tick({ now: at('02-06') });
    expect(made.whatsapp.sent.map(({ to }) => to)).toEqual(['+573001112233']);
    const { addresses } = await made.dunning.account('robles', { at: at('02-06') });
    expect(addresses).toContainEqual({
      contact: 'leo',
      channel: 'whatsapp',
      state: 'invalid',
      reason: 'invalid_phone',
      fault: 'not_a_number',
      usable: false,
    });
  });

  it('are told where nobody can be reached because of them', async () => {
    const { email: _, ...rest } = person!;
    const made = await withAccount(world(by(['whatsapp'])), [
      { ...account, contacts: [{ ...rest, phone: '12' }] } as typeof account,
    ]);
    await made.dunning.tick({ now: at('02-06') });
    const { text: told } = await made.dunning.explain('robles', { at: at('02-06') });
    expect(told).toContain('WhatsApp: no such number there');
    const mended = { ...account, contacts: [rest] } as typeof account;
    await made.dunning.sync({ accounts: [mended] });
    await made.dunning.tick({ now: at('02-06') });
    expect(made.whatsapp.sent).toHaveLength(1);
  });
});

describe('e-mail and postal addresses that are none', () => {
  const [person] = account.contacts;
  const texts = [
    'Ana <ana@x.example>',
    'a@x.example,b@x.example',
    'ana@robles',
    'no tiene',
    '   ',
    'a..b@x.example',
  ];

  it('are findings of a sync and of an ingest, kept as they were written, and refuse nothing', async () => {
    for (const email of texts) {
      const wrong = { ...account, contacts: [{ ...person!, email, postal: 'Calle Sur 12' }] };
      const facts = { accounts: [wrong], invoices: [invoice('F-1', '02-03')] };
      const { dunning } = world();
      const run = await dunning.sync(facts);
      const found = ['email', 'postal'].map((field) => ({
        path: `accounts["robles"].contacts["billing"].${field}`,
        code: `invalid_${field}`,
        message: 'is no address; it is not written to',
        account: 'robles',
        contact: 'billing',
        fault: 'not_an_address',
      }));
      expect(run).toMatchObject({ written: 2, findings: found });
      expect(await world().dunning.ingest([facts])).toMatchObject({
        written: 2,
        refused: 0,
        findings: found,
      });
      const { addresses } = await dunning.account('robles', { at: at('02-06') });
      expect(addresses).toEqual([
        {
          contact: 'billing',
          channel: 'email',
          state: 'invalid',
          reason: 'invalid_email',
          fault: 'not_an_address',
          usable: false,
        },
      ]);
    }
  });

  it('are not written to until they are mended; what stands beside them is', async () => {
    const made = await withAccount(world(by(['email', 'whatsapp'])), [
      { ...account, contacts: [{ ...person!, email: 'ana@robles' }] },
    ]);
    await made.dunning.tick({ now: at('02-06') });
    expect([made.email.sent.length, made.whatsapp.sent.length]).toEqual([0, 1]);
    for (const [language, words] of [
      ['en', 'Email: what stands there is no address'],
      ['es', 'lo que figura ahí no es una dirección'],
      ['pt', 'o que consta ali não é um endereço'],
    ] as const)
      expect((await made.dunning.explain('robles', { at: at('02-09'), language })).text).toContain(words);
    await made.dunning.sync({
      accounts: [{ ...account, contacts: [{ ...person!, email: ' ana@robles.example ' }] }],
    });
    await made.dunning.tick({ now: at('02-09') });
    expect(made.email.sent.map(({ to }) => to)).toEqual(['ana@robles.example']);
    expect(await made.dunning.replay({ account: 'robles' })).toMatchObject({ ok: true });
  });
});

describe('an address that could not be reached', () => {
  it('rests after the third time in a row, people are asked, and it is tried again by itself', async () => {
    const made = await withAccount(world(by(['email'])));
    made.email.answer(full, full, full);
    for (const day of ['02-06', '02-09', '02-12', '02-15', '02-18'])
      await made.dunning.tick({ now: at(day) });
    // The first three were refused; while it rests nothing is sent and nothing is queued.
    expect(made.email.sent).toHaveLength(3);
    const { addresses } = await made.dunning.account('robles', { at: at('02-15') });
    const until = at('02-19');
    expect(addresses).toEqual([
      {
        contact: 'billing',
        channel: 'email',
        state: 'unreachable',
        reason: 'smtp:552-5.2.2',
        at: at('02-12'),
        failures: 3,
        until,
        usable: false,
      },
    ]);
    const explained = await made.dunning.explain('robles', { at: at('02-15'), language: 'en' });
    expect(explained.text).toContain('Email: could not be reached lately');
    expect(explained.text).toContain('for a sign of life from it');
    expect(await all(made.dunning.acts({ states: ['ready', 'claimed', 'sending'] }))).toEqual([]);
    // People were asked when it failed first, once in the life of a case.
    expect(await all(made.dunning.acts({ kinds: ['task'] }))).toMatchObject([
      { act: { name: 'find-contact' } },
    ]);
    const { lines } = await made.dunning.worklist({ at: at('02-18') });
    expect(lines[0]?.addresses).toMatchObject([{ contact: 'billing', state: 'unreachable' }]);
    // Nobody told anything: the review of that moment comes by itself.
    await made.dunning.tick({ now: until });
    expect(made.email.sent).toHaveLength(4);
    expect(await all(made.dunning.acts({ kinds: ['task'], states: ['open'] }))).toEqual([]);
  });

  it('is written to again once the host says that it works', async () => {
    const made = await withAccount(world(by(['email'])));
    made.email.answer(full, full, full);
    for (const day of ['02-06', '02-09', '02-12', '02-15']) await made.dunning.tick({ now: at(day) });
    expect(made.email.sent).toHaveLength(3);
    const place = { account: 'robles', contact: 'billing' };
    await made.dunning.restoreAddress({ ...place, channel: 'whatsapp' }, { ...who, now: at('02-15') });
    await made.dunning.tick({ now: at('02-15') });
    expect(made.email.sent).toHaveLength(3);
    await made.dunning.restoreAddress({ ...place, channel: 'email' }, { ...who, now: at('02-15') });
    await made.dunning.tick({ now: at('02-15') });
    expect(made.email.sent).toHaveLength(4);
    const log = await all(made.dunning.history('robles'));
    expect(log.map(({ type }) => type)).toContain('address.restored');
    expect(await made.dunning.replay({ account: 'robles' })).toMatchObject({ ok: true });
    for (const [what, refused] of [
      [
        { ...place, channel: 'mail' },
        { code: 'unknown_id', message: /"mail"; there are email, whatsapp/ },
      ],
      [
        { ...place, chanel: 'email' },
        { code: 'invalid_option', message: /what\.chanel/ },
      ],
    ] as const)
      await expect(made.dunning.restoreAddress(what as never, who)).rejects.toMatchObject({
        ...refused,
        message: expect.stringMatching(refused.message) as string,
      });
    await expect(
      made.dunning.restoreAddress({ account: 'robles', contact: 'no' }, who),
    ).rejects.toMatchObject({
      code: 'unknown_id',
    });
    await expect(made.dunning.restoreAddress({ account: 'no', contact: 'no' }, who)).rejects.toMatchObject({
      code: 'unknown_id',
    });
  });

  it('is not blamed for what is the message’s, the sender’s or between the two', async () => {
    const made = await withAccount(world(by(['email'])));
    for (const scope of ['message', 'sender', 'pair'] as const)
      made.email.answer({ outcome: 'refused', scope, code: 'smtp:554-5.6.0' });
    for (const day of ['02-06', '02-09', '02-12', '02-15']) await made.dunning.tick({ now: at(day) });
    expect(made.email.sent).toHaveLength(4);
    expect((await made.dunning.account('robles', { at: at('02-13') })).addresses).toEqual([]);
    const later = await house(by(['whatsapp', 'email']));
    await later.hook(status(await reminded(later), 'failed', { errors: [{ code: 131000 }] }));
    expect((await later.dunning.account('robles', { at: later.clock.now() })).addresses).toEqual([]);
  });

  it('counts failures that come later, and a message from it ends them', async () => {
    const made = await house(by(['whatsapp', 'email']));
    const act = await reminded(made);
    await made.hook(status(act, 'failed', { errors: [{ code: 131049 }] }));
    const state = async () => (await made.dunning.account('robles', { at: made.clock.now() })).addresses;
    expect(await state()).toMatchObject([{ state: 'unreachable', failures: 1, usable: true }]);
    await made.hook(text('Hola'));
    expect(await state()).toEqual([]);
  });
});

describe('who told the provider to stop', () => {
  it('has withdrawn, under every name that the account has for the number', async () => {
    const [person] = account.contacts;
    const leo = { ...person!, id: 'leo', email: 'leo@robles.example' };
    const made = await withAccount(world(by(['whatsapp', 'email'])), [
      { ...account, contacts: [person!, leo] },
    ]);
    made.whatsapp.answer({ outcome: 'refused', scope: 'recipient', code: 'whatsapp:131050', optedOut: true });
    await made.dunning.tick({ now: at('02-06') });
    const log = await all(made.dunning.history('robles'));
    expect(log.filter(({ type }) => type === 'consent.heard')).toMatchObject([
      { data: { contact: 'billing', channel: 'whatsapp', state: 'withdrawn' } },
    ]);
    expect([made.whatsapp.sent.length, made.email.sent.length]).toEqual([1, 1]);
    const explained = await made.dunning.explain('robles', { at: at('02-09'), language: 'en' });
    expect(explained.items[0]?.place).toMatchObject({
      channel: 'email',
      passed: [{ contact: 'billing', channel: 'whatsapp', reason: 'consent_withdrawn' }],
    });
    expect(explained.text).toContain('(not possible: WhatsApp: consent withdrawn)');
    expect(await made.dunning.replay({ account: 'robles' })).toMatchObject({ ok: true });
  });

  it('is forgotten in notes by any form of the number', async () => {
    const [person] = account.contacts;
    const made = await withAccount(world(), [
      {
        ...account,
        contacts: [
          { ...person!, phone: '+5215512345678' },
          { ...person!, id: 'leo' },
        ],
      },
    ]);
    const id = await made.dunning.note('robles', 'Rings back from +525512345678.', who);
    await made.dunning.erase({ account: 'robles', contact: 'billing', force: true }, who);
    const notes = await all(made.dunning.notes('robles'));
    expect(notes.find((one) => one.id === id)?.text).not.toContain('5512345678');
    expect(JSON.stringify(await all(made.dunning.history('robles')))).not.toContain('5512345678');
  });

  it('is stopped with one word in all accounts and for all who have the number', async () => {
    const made = await house(by(['whatsapp', 'email']));
    const [person] = account.contacts;
    await made.dunning.sync({
      accounts: [
        {
          ...account,
          contacts: [person!, { ...person!, id: 'leo', role: 'manager', email: 'leo@robles.example' }],
        },
        { id: 'norte', name: 'Norte', contacts: [{ ...person!, email: 'ines@norte.example' }] },
      ],
      invoices: [{ ...invoice('N-1', '02-08'), account: 'norte' }],
    });
    await reminded(made);
    await made.hook(text('STOP'));
    const before = made.whatsapp.sent.length;
    for (const day of ['02-12', '02-16', '02-20']) {
      made.clock.moveTo(at(day));
      await made.dunning.tick({ now: at(day) });
    }
    expect(made.whatsapp.sent.length).toBe(before);
  });
});

describe('the channel that worked last', () => {
  it('comes first where the plan says so, by receipt or answer, and the explanation says it', async () => {
    const made = await house(by(['email', 'whatsapp'], { lastWorked: 'first' }));
    made.email.answer({ ...full, addressUnusable: true });
    const now = at('02-06');
    made.clock.moveTo(now);
    await made.dunning.tick({ now });
    const [act] = made.whatsapp.sent;
    await made.hook(status(act!.key, 'delivered'));
    const [person] = account.contacts;
    // With another address it would be e-mail's turn again.
    await made.dunning.sync({
      accounts: [{ ...account, contacts: [{ ...person!, email: 'new@robles.example' }] }],
    });
    const told = await made.dunning.explain('robles', { at: at('02-09'), language: 'es' });
    expect(told.items[0]?.place).toMatchObject({
      channel: 'whatsapp',
      channelBy: 'lastWorked',
      channels: ['whatsapp', 'email'],
      passed: [],
    });
    expect(told.text).toContain('por este canal se alcanzó al contacto la última vez');
    made.clock.moveTo(at('02-09'));
    await made.dunning.tick({ now: at('02-09') });
    expect([made.whatsapp.sent.length, made.email.sent.length]).toEqual([2, 1]);
    // The log makes the same choice again.
    expect(await made.dunning.replay({ account: 'robles' })).toMatchObject({ ok: true });
  });
});
