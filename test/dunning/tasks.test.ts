import { describe, expect, it } from 'vitest';
import { callTask, type Letter, letter, letterPage } from '../../src/channels/tasks/index.js';
import type { DunningOptions } from '../../src/dunning/index.js';
import { isRecobroError } from '../../src/errors.js';
import type { Message, Plan, Policy } from '../../src/policy/types.js';
import { recordingChannel } from '../../src/testing/recording-channel.js';
import { houseOf, stage } from '../support/house.js';
import { refused } from '../support/refused.js';
import { account, all, at, invoice, payment, type World, world } from '../support/world.js';

const word = (id: string): Message => ({
  id,
  about: 'items',
  text: {
    en: {
      email: { subject: id, body: '{{amount}} {{ask}}' },
      call: { subject: `${id}: {{amount}}`, body: 'Ask for {{contact.name}} about {{invoice.numbers}}.' },
      letter: { subject: id, body: 'Dear {{contact.name}}, please pay {{amount}}.' },
    },
  },
});

const [inés = { role: 'billing', name: 'Inés' }] = account.contacts;
const robles = {
  ...account,
  owner: 'luis',
  contacts: [{ ...inés, postal: 'Calle 93 # 11\nBogotá' }],
};
const soft = 'robles/ladder/F-1#1/soft.1@billing.0';

async function living(
  via: Policy['via'],
  { policy, plan, ...changed }: Partial<DunningOptions> & { policy?: Partial<Policy>; plan?: Plan } = {},
): Promise<World> {
  const house = houseOf(
    [stage('soft', '3d'), stage('firm', '10d')],
    { via, ...policy },
    { contact: { gap: '3d' } },
  );
  const made = world({
    ...house,
    messages: { id: 'messages', version: 1, messages: [word('soft'), word('firm')] },
    channels: [callTask({ tries: 2, wait: 3_600_000 }), letter(), recordingChannel('email')],
    ...changed,
    ...(plan === undefined ? {} : { plan }),
  });
  await made.dunning.sync({ accounts: [robles], invoices: [invoice('F-1', '02-10')] });
  await made.dunning.tick({ now: at('02-13') });
  return made;
}

const states = async ({ dunning }: World) =>
  (await all(dunning.acts())).map(({ act, state }) => `${act.channel} ${state}`).sort();

describe('a call that waits for a person', () => {
  it('has script, number, owner and deadline, and says whether it may be made now', async () => {
    const { dunning } = await living([{ channel: 'call', patience: '48h' }, { channel: 'letter' }]);
    const draft = await dunning.draft(soft, { at: at('02-13') });
    expect(draft).toMatchObject({
      channel: 'call',
      mode: 'task',
      owner: 'luis',
      deadline: '2026-02-15',
      until: at('02-15'),
      tries: 0,
      message: { to: '+573001112233', toName: 'Inés', content: { subject: 'soft: COP 1,000' } },
    });
    expect(draft.message.content.text).toBe('Ask for Inés about F-1.\n');
    expect(draft.not).toBeUndefined();
    expect((await dunning.draft(soft, { at: at('02-13', '22:00') })).not).toEqual({
      reason: 'window',
      until: at('02-14', '09:00'),
    });
    const told = (language: string) => dunning.explain('robles', { at: at('02-13'), language });
    expect((await told('en')).text).toContain('make the call of “soft” and tell what came of it');
    expect((await told('es')).text).toContain('hacer la llamada de «soft» y decir qué resultó');
    expect((await told('pt')).text).toContain('fazer a ligação de “soft” e dizer o que resultou');
    const { work } = await dunning.nextAction('robles', { at: at('02-13') });
    expect(work).toMatchObject([
      { act: soft, work: 'proposal', owner: 'luis', deadline: '2026-02-15', channel: 'call' },
    ]);
  });

  it('speaks of the number and the name as they are now', async () => {
    const { dunning } = await living([{ channel: 'call' }]);
    await dunning.sync({
      accounts: [{ ...robles, contacts: [{ ...inés, name: 'Ana', phone: '+573009998877' }] }],
    });
    const { message } = await dunning.draft(soft, { at: at('02-13') });
    expect([message.to, message.content.text]).toEqual(['+573009998877', 'Ask for Ana about F-1.\n']);
  });

  it('is told of once, however many tell at once', async () => {
    const { dunning } = await living([{ channel: 'call' }]);
    const by = { author: 'ana', outcome: 'reached', now: at('02-13') } as const;
    const both = await Promise.allSettled([dunning.complete(soft, by), dunning.complete(soft, by)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await refused(dunning.complete(soft, by), 'impossible_state');
    await refused(dunning.draft(soft, { at: at('02-13') }), 'impossible_state');
    const confirmed = (await all(dunning.history('robles'))).filter(({ type }) => type === 'act.confirmed');
    expect(confirmed).toMatchObject([{ actor: 'ana', data: { outcome: 'reached', on: '2026-02-13' } }]);
    expect((await dunning.item('robles', 'F-1', { at: at('02-13') })).reminders).toBe(1);
    const said = { direction: 'out', act: soft, channel: 'call', outcome: 'reached', status: 'delivered' };
    expect(await dunning.conversation('robles')).toMatchObject([said]);
  });

  it('may have been made on an earlier day, and never on a later', async () => {
    const { dunning } = await living([{ channel: 'call' }]);
    const by = { author: 'ana', outcome: 'reached', now: at('02-15') } as const;
    await refused(dunning.complete(soft, { ...by, on: '2026-02-16' }), 'impossible_state');
    await refused(dunning.complete(soft, { ...by, on: '2025-12-31' }), 'impossible_state');
    await dunning.complete(soft, { ...by, on: '2026-02-14' });
    expect((await dunning.item('robles', 'F-1', { at: at('02-15') })).lastReminder).toBe('2026-02-14');
  });

  it('says what is wrong with what is told', async () => {
    const { dunning } = await living([{ channel: 'call' }]);
    const by = { author: 'ana', now: at('02-13') };
    const odd: object = { ...by, outcome: 'shouted' };
    await refused(
      dunning.complete(soft, JSON.parse(JSON.stringify({ ...odd, now: undefined }))),
      'invalid_option',
    );
    const wrong = await dunning
      .complete(soft, {
        ...by,
        outcome: 'promised',
        date: '2026-02-30',
        invoices: ['F-9'],
        amount: { amount: '5.00', currency: 'USD' },
      })
      .catch((error: unknown) => error);
    expect(isRecobroError(wrong, 'invalid_input')).toBe(true);
    expect(isRecobroError(wrong) && wrong.problems?.map(({ path }) => path)).toEqual([
      'by.date',
      'by.invoices',
      'by.amount',
    ]);
    await refused(
      dunning.complete(soft, { ...by, outcome: 'disputed', invoice: 'F-1', code: 'a b' }),
      'invalid_input',
    );
    // Only that it was done is not enough: it says nothing of what came of it.
    await refused(dunning.complete(soft, by), 'impossible_state');
    await refused(dunning.complete('no/such/act', { ...by, outcome: 'reached' }), 'unknown_id');
  });

  it('turns what was said into the facts that anything else would make of it', async () => {
    const said = async (told: Parameters<World['dunning']['complete']>[1]) => {
      const one = await living([{ channel: 'call' }]);
      await one.dunning.complete(soft, told);
      await one.dunning.tick({ now: at('02-24') });
      expect(await one.dunning.replay()).toMatchObject({ ok: true });
      return one;
    };
    const by = { author: 'ana', now: at('02-13') };
    const promised = await said({ ...by, outcome: 'promised', date: '2026-02-28' });
    expect((await promised.dunning.item('robles', 'F-1', { at: at('02-24') })).dunnable).toBe(0);
    const paid = await said({ ...by, outcome: 'paid', invoices: ['F-1'] });
    expect((await all(paid.dunning.acts())).map(({ act }) => act.name)).toContain('verify-payment');
    const half = { amount: '400.00', currency: 'COP' };
    const disputed = await said({ ...by, outcome: 'disputed', invoice: 'F-1', amount: half });
    expect((await disputed.dunning.item('robles', 'F-1', { at: at('02-24') })).dunnable).toBe(60_000);
  });

  it('goes to the next place when nobody answers as often as is tried', async () => {
    const one = await living([{ channel: 'call' }, { channel: 'letter' }]);
    const by = { author: 'ana', outcome: 'noAnswer', reason: 'voice of a machine' } as const;
    await one.dunning.complete(soft, { ...by, now: at('02-13', '17:30') });
    // An hour later is past the hours: from the next morning on.
    expect((await one.dunning.draft(soft, { at: at('02-13', '17:30') })).again).toBe(at('02-14', '09:00'));
    await refused(one.dunning.complete(soft, { ...by, now: at('02-13', '17:31') }), 'impossible_state');
    await one.dunning.complete(soft, { ...by, now: at('02-14') });
    await one.dunning.tick({ now: at('02-14') });
    expect(await states(one)).toEqual(['call refused', 'letter open']);
    const [dead] = await all(one.dunning.deadLetters());
    expect(dead?.history.map(({ code }) => code)).toEqual(['call:no_answer', 'call:no_answer']);
    expect(await one.dunning.replay()).toMatchObject({ ok: true });
  });

  it('is asked for again by hand, where nothing took its place', async () => {
    const one = await living([{ channel: 'call' }]);
    await one.dunning.complete(soft, { author: 'ana', outcome: 'notDone', now: at('02-13') });
    await one.dunning.retry(soft, { author: 'ana', now: at('02-13', '11:00') });
    await one.dunning.tick({ now: at('02-13', '11:00') });
    expect(await states(one)).toContain('call open');
  });

  it('never keeps the words of a person where listeners hear them, nor after they are erased', async () => {
    const heard: unknown[] = [];
    const one = await living([{ channel: 'call' }, { channel: 'letter' }]);
    one.dunning.on('event', (event) => heard.push(event));
    const reason = 'Inés has a new job';
    await one.dunning.complete(soft, { author: 'ana', outcome: 'wrongNumber', reason, now: at('02-13') });
    expect(JSON.stringify(heard)).not.toMatch(/new job|573001112233/);
    const log = await all(one.dunning.history('robles'));
    expect(log.find(({ type }) => type === 'act.refused')?.data).toMatchObject({
      note: reason,
      author: 'ana',
    });
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-14')] });
    await one.dunning.tick({ now: at('02-14') });
    await one.dunning.erase({ account: 'robles' }, { author: 'ana', now: at('02-14') });
    expect(JSON.stringify(await all(one.dunning.history('robles')))).not.toMatch(
      /new job|573001112233|Calle 93/,
    );
  });

  it('is done by a person also where the stage asks for an approval', async () => {
    const one = await living([{ channel: 'call' }], { policy: { mode: 'approve' } });
    expect((await one.dunning.draft(soft, { at: at('02-13') })).mode).toBe('task');
    await refused(one.dunning.approve(soft, { author: 'ana', now: at('02-13') }), 'impossible_state');
  });

  it('takes an outcome also as a plain task, and as that only what was a conversation', async () => {
    const house = houseOf([stage('soft', '3d', { do: [{ task: 'call' }] }), stage('firm', '5d')]);
    const one = world({ ...house, plan: { ...house.plan, contact: { gap: '6d', caps: [] } } });
    await one.dunning.sync({ accounts: [account], invoices: [invoice('F-1', '02-10')] });
    await one.dunning.tick({ now: at('02-13') });
    const [task] = await all(one.dunning.acts({ states: ['open'] }));
    const id = task?.act.id ?? '';
    const by = { author: 'ana', now: at('02-13') };
    await refused(one.dunning.complete(id, { ...by, outcome: 'noAnswer' }), 'impossible_state');
    await one.dunning.complete(id, { ...by, outcome: 'reached' });
    await one.dunning.tick({ now: at('02-15') });
    expect(one.whatsapp.sent).toEqual([]);
    expect((await one.dunning.explain('robles', { at: at('02-15') })).text).toContain(
      'heard from us too recently',
    );
    expect(await one.dunning.replay()).toMatchObject({ ok: true });
  });
});

describe('a letter', () => {
  it('waits as a page to print where nobody takes letters over', async () => {
    const one = await living([{ channel: 'letter' }]);
    const { message } = await one.dunning.draft(soft, { at: at('02-13') });
    const { text, html } = letterPage(message, { now: at('02-13'), zone: 'America/Bogota' });
    // The classes of mails that the page's style names.
    expect(html).toMatch(/class="page"[\s\S]*class="card[\s\S]*class="side/);
    expect(text).toBe(
      'Inés\nCalle 93 # 11\nBogotá\n\nFebruary 13, 2026\n\nsoft\n\nDear Inés, please pay COP 1,000.\n',
    );
    await one.dunning.complete(soft, { author: 'ana', outcome: 'sent', now: at('02-13') });
    expect(await states(one)).toEqual(['letter accepted']);
  });

  it('is handed over once through a port, as any message', async () => {
    const letters: Letter[] = [];
    const post = letter({
      deliver: async (made) => {
        letters.push(made);
        return { outcome: 'accepted', providerId: 'L-1' };
      },
    });
    const one = await living([{ channel: 'letter' }], { channels: [post] });
    await one.dunning.tick({ now: at('02-14') });
    expect(letters.map(({ key, to }) => [key, to])).toEqual([[soft, 'Calle 93 # 11\nBogotá']]);
    expect(await states(one)).toEqual(['letter accepted']);
  });

  it('does not reach who has no postal address', async () => {
    const one = await living([{ channel: 'letter' }, { channel: 'email' }]);
    await one.dunning.sync({ accounts: [{ ...robles, contacts: [inés] }] });
    await one.dunning.tick({ now: at('02-14') });
    await one.dunning.tick({ now: at('02-14') });
    expect(await states(one)).toEqual(['email accepted', 'letter withdrawn']);
  });

  it.each([
    ['of one line', 'Bogotá'],
    ['without a letter', '12\n34'],
    ['with an empty line', 'Calle\n\nBogotá'],
    ['of too many lines', `${'a\n'.repeat(11)}b`],
  ])('goes to no address that cannot stand on an envelope: %s', async (_, postal) => {
    const { dunning } = await living([{ channel: 'letter' }]);
    const { findings } = await dunning.sync({ accounts: [{ ...robles, contacts: [{ ...inés, postal }] }] });
    expect(findings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'invalid_postal accounts["robles"].contacts["billing"].postal',
    ]);
    await dunning.tick({ now: at('02-14') });
    const [act] = (await all(dunning.acts())).filter(({ act }) => act.channel === 'letter');
    expect(act).toMatchObject({ state: 'withdrawn' });
  });

  it('takes no line ended as headers are', async () => {
    const { dunning } = await living([{ channel: 'letter' }]);
    const contacts = [{ ...inés, postal: 'Calle 93\r\nBogotá' }];
    await refused(dunning.sync({ accounts: [{ ...robles, contacts }] }), 'invalid_input');
  });
});
