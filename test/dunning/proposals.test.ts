import { describe, expect, it } from 'vitest';
import type { Dunning } from '../../src/dunning/index.js';
import type { Plan, Policy, Stage } from '../../src/policy/types.js';
import { ana, houseOf, living, stage } from '../support/house.js';
import { refused } from '../support/refused.js';
import { account, all, at, invoice, payment, type World } from '../support/world.js';

const ladder = (changed: Partial<Stage> = {}, policy: Partial<Policy> = {}, plan: Partial<Plan> = {}) =>
  houseOf([stage('soft', '3d', { mode: 'approve', ...changed }), stage('firm', '10d')], policy, plan);

const soft = 'robles/ladder/F-1#1/soft.1@billing.0';
const sent = ({ whatsapp }: World): readonly string[] => whatsapp.sent.map((one) => one.message);

async function days({ dunning }: World, ...list: readonly string[]): Promise<void> {
  for (const day of list) await dunning.tick({ now: at(day) });
}

async function rows(dunning: Dunning): Promise<string[]> {
  return (await all(dunning.acts())).map(({ act, state }) => `${act.id} ${state}`);
}

async function reasons(dunning: Dunning, ...types: readonly string[]): Promise<string[]> {
  const log = await all(dunning.history('robles'));
  return log
    .filter((entry) => types.includes(entry.type))
    .map(({ type, actor, data }) => {
      const { reason = '' } = data as { readonly reason?: string };
      return `${type} ${actor} ${reason}`.trim();
    });
}

describe('a proposal', () => {
  it('waits for a person, says so, and goes out once approved', async () => {
    const one = await living(ladder());
    const run = await one.dunning.tick({ now: at('02-13') });
    expect(run.sent).toEqual([]);
    expect(run.tasks).toMatchObject([
      {
        act: soft,
        code: 'approve',
        reason: 'approve soft by WhatsApp',
        invoices: ['F-1'],
        amounts: ['1000.00 COP'],
      },
    ]);
    expect(run.text).toContain('approve soft by WhatsApp');
    await days(one, '02-14', '02-16');
    expect([sent(one), await rows(one.dunning)]).toEqual([[], [`${soft} open`]]);

    await one.dunning.approve(soft, { ...ana, now: at('02-16') });
    expect(await rows(one.dunning)).toEqual([`${soft} ready`]);
    await days(one, '02-16', '02-17');
    expect([sent(one), await rows(one.dunning)]).toEqual([['soft'], [`${soft} accepted`]]);
    expect(await reasons(one.dunning, 'act.approved')).toEqual(['act.approved ana agreed by phone']);
    expect((await one.dunning.item('robles', 'F-1', { at: at('02-17') })).lastReminder).toBe('2026-02-16');
  });

  it('never sent is no reminder, no level and no contact', async () => {
    const one = await living(ladder());
    await one.dunning.sync({ invoices: [{ ...invoice('F-2', '02-04'), policy: 'ladder' }] });
    await days(one, '02-13');
    const { level, reminders, pending } = await one.dunning.item('robles', 'F-1', { at: at('02-13') });
    expect([level, reminders]).toEqual([undefined, 0]);
    expect(pending).toEqual({ act: soft, stage: 'soft', state: 'proposed', since: '2026-02-13' });
    // The other invoice goes on within the gap of a day: nobody was contacted.
    await days(one, '02-14');
    expect((await one.dunning.account('robles', { at: at('02-14') })).items.map((item) => item.item)).toEqual(
      ['F-2', 'F-1'],
    );
  });

  it('is approved once, by whoever is first', async () => {
    const one = await living(ladder());
    await days(one, '02-13');
    const by = { ...ana, now: at('02-13') };
    const both = await Promise.allSettled([one.dunning.approve(soft, by), one.dunning.approve(soft, by)]);
    expect(both.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
    await refused(one.dunning.approve(soft, by), 'impossible_state');
  });

  it('holds the ladder, and shows since when it is stuck, also when facts refresh it', async () => {
    const one = await living(ladder());
    await days(one, '02-13', '02-20', '02-25');
    expect(await rows(one.dunning)).toEqual([`${soft} open`]);
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-25', '400.00')] });
    await days(one, '02-25');
    expect(await rows(one.dunning)).toEqual([`${soft} withdrawn`, `${soft}!1 open`]);
    const { pending } = await one.dunning.item('robles', 'F-1', { at: at('02-25') });
    expect(pending).toMatchObject({ act: `${soft}!1`, since: '2026-02-13' });
  });
});

describe('facts that change', () => {
  it('void an approval: the row is withdrawn and proposed anew under another id', async () => {
    const one = await living(ladder());
    await days(one, '02-13');
    await one.dunning.approve(soft, { ...ana, now: at('02-13') });
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-13', '400.00')] });
    const run = await one.dunning.tick({ now: at('02-13') });
    expect(run.skipped).toMatchObject([{ act: soft, code: 'changed' }]);
    expect(sent(one)).toEqual([]);
    expect(await rows(one.dunning)).toEqual([`${soft} withdrawn`, `${soft}!1 open`]);
    await refused(one.dunning.approve(soft, { ...ana, now: at('02-13') }), 'impossible_state');
    await one.dunning.approve(`${soft}!1`, { ...ana, now: at('02-13') });
    const again = await one.dunning.tick({ now: at('02-13') });
    expect(again.sent).toMatchObject([{ act: `${soft}!1`, amounts: ['600.00 COP'] }]);
  });

  it('refresh it, whatever later stage has become due meanwhile', async () => {
    const one = await living(ladder());
    await days(one, '02-13', '02-25');
    await one.dunning.approve(soft, { ...ana, now: at('02-25') });
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-25', '400.00')] });
    await days(one, '02-25');
    expect([sent(one), await rows(one.dunning)]).toEqual([[], [`${soft} withdrawn`, `${soft}!1 open`]]);
    await one.dunning.approve(`${soft}!1`, { ...ana, now: at('02-26') });
    await days(one, '02-26', '02-27');
    expect(sent(one)).toEqual(['soft', 'firm']);
  });

  it('take an item out of a proposal, and the rest waits', async () => {
    const one = await living(ladder());
    await one.dunning.sync({ invoices: [invoice('F-2', '02-10', '250.00')] });
    await days(one, '02-13');
    const [before] = await all(one.dunning.acts());
    expect(before?.act.items.map((item) => item.item)).toEqual(['F-1', 'F-2']);
    await one.dunning.sync({
      disputes: [
        {
          id: 'D',
          account: 'robles',
          invoice: 'F-2',
          amount: { amount: '250.00', currency: 'COP' },
          opened: '2026-02-14',
          reason: 'quantity',
          author: 'bea',
        },
      ],
    });
    await days(one, '02-14');
    const open = await all(one.dunning.acts({ states: ['open'] }));
    expect(open.map(({ act }) => act.items.map((item) => item.item))).toEqual([['F-1']]);
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-14')] });
    await days(one, '02-15');
    expect(await all(one.dunning.acts({ states: ['open'] }))).toEqual([]);
    expect(await reasons(one.dunning, 'act.withdrawn')).toEqual([
      'act.withdrawn recobro changed',
      'act.withdrawn recobro settled',
    ]);
  });

  it('a hold withdraws it, and it comes again after the hold', async () => {
    const one = await living(ladder());
    await days(one, '02-13');
    await one.dunning.hold(
      { account: 'robles', reason: 'audit', until: '2026-02-20' },
      { ...ana, now: at('02-14') },
    );
    await days(one, '02-14');
    expect(await reasons(one.dunning, 'act.withdrawn')).toEqual(['act.withdrawn recobro hold']);
    await days(one, '02-20', '02-21', '02-22');
    expect(await all(one.dunning.acts({ states: ['open'] }))).toHaveLength(1);
  });
});

describe('contact rules at dispatch', () => {
  it('a window that is shut keeps an approved message for the next morning; the approval stands', async () => {
    const one = await living(ladder());
    await days(one, '02-13');
    await one.dunning.approve(soft, { ...ana, now: at('02-13', '19:00') });
    const run = await one.dunning.tick({ now: at('02-13', '19:00') });
    expect(run.failed).toMatchObject([{ act: soft, code: 'window', next: at('02-14', '09:00') }]);
    expect((await all(one.dunning.acts()))[0]).toMatchObject({
      state: 'ready',
      notBefore: at('02-14', '09:00'),
    });
    await one.dunning.tick({ now: at('02-14', '08:59') });
    expect(sent(one)).toEqual([]);
    await one.dunning.tick({ now: at('02-14', '09:00') });
    expect(sent(one)).toEqual(['soft']);
  });

  it('a contact made meanwhile delays it by the gap; the approval stands', async () => {
    const one = await living(ladder({}, {}, { contact: { gap: '3d' } }));
    await days(one, '02-13');
    await one.dunning.record({ account: 'robles', channel: 'phone' }, { ...ana, now: at('02-14') });
    await one.dunning.approve(soft, { ...ana, now: at('02-14') });
    await days(one, '02-14', '02-16');
    expect(sent(one)).toEqual([]);
    expect((await all(one.dunning.acts()))[0]).toMatchObject({ state: 'ready', result: { code: 'gap' } });
    await days(one, '02-17');
    expect(sent(one)).toEqual(['soft']);
    expect(await reasons(one.dunning, 'act.withdrawn')).toEqual([]);
  });

  it('and paid while it waits, it never goes out', async () => {
    const one = await living(ladder());
    await days(one, '02-13');
    await one.dunning.approve(soft, { ...ana, now: at('02-13', '19:00') });
    await one.dunning.tick({ now: at('02-13', '19:00') });
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-13')] });
    const run = await one.dunning.tick({ now: at('02-14', '09:00') });
    expect([run.sent, run.skipped.map((entry) => entry.code)]).toEqual([[], ['settled']]);
  });
});

describe('a proposal that nobody deals with', () => {
  it('lapses after its last day: the stage is skipped, and cannot be approved any more', async () => {
    const one = await living(ladder({ lapses: '4d' }));
    const run = await one.dunning.tick({ now: at('02-13') });
    expect(run.tasks).toMatchObject([{ reason: 'approve soft by WhatsApp, until February 17, 2026' }]);
    await one.dunning.review({ now: at('02-17'), accounts: 'all' });
    expect(await rows(one.dunning)).toEqual([`${soft} open`]);
    // Nobody has reviewed yet, and it is over all the same.
    await refused(one.dunning.approve(soft, { ...ana, now: at('02-18') }), 'impossible_state');
    await days(one, '02-18');
    expect(await rows(one.dunning)).toEqual([`${soft} withdrawn`]);
    expect(await reasons(one.dunning, 'act.discarded')).toEqual(['act.discarded recobro lapsed']);
    expect((await one.dunning.explain('robles', { at: at('02-18') })).text).toContain(
      'nobody approved or performed it in time',
    );
    await days(one, '02-20');
    expect(sent(one)).toEqual(['firm']);
  });

  it('is made anew each day where the policy says so; the old one is kept as discarded', async () => {
    const one = await living(ladder({}, { proposed: 'regenerate' }));
    await days(one, '02-13', '02-14');
    expect(await rows(one.dunning)).toEqual([`${soft} withdrawn`, `${soft}!1 open`]);
    expect(await reasons(one.dunning, 'act.discarded')).toEqual(['act.discarded recobro regenerated']);
  });

  it('is looked at again by itself: no review is asked for', async () => {
    const lapsing = await living(ladder({ lapses: '4d' }));
    expect((await lapsing.dunning.tick({ now: at('02-13') })).next).toBe(at('02-18', '00:00'));
    const daily = await living(ladder({}, { proposed: 'regenerate' }));
    expect((await daily.dunning.tick({ now: at('02-13') })).next).toBe(at('02-14', '00:00'));
    const resting = await living(ladder());
    expect((await resting.dunning.tick({ now: at('02-13') })).next).toBeUndefined();
  });

  it('outside a limited review is left as it is', async () => {
    const one = await living(ladder({ lapses: '4d' }));
    await days(one, '02-13');
    await one.dunning.review({ now: at('02-19'), stages: ['firm'] });
    expect(await rows(one.dunning)).toEqual([`${soft} open`]);
    await one.dunning.review({ now: at('02-19'), stages: ['soft'] });
    expect(await rows(one.dunning)).toEqual([`${soft} withdrawn`]);
  });

  it('asked for by a person and made anew is asked for still', async () => {
    const one = await living(ladder({}, { proposed: 'regenerate' }));
    await one.dunning.ask({ account: 'robles', stage: 'soft' }, { ...ana, now: at('01-20') });
    await days(one, '01-20', '01-21');
    expect(await rows(one.dunning)).toEqual([`${soft} withdrawn`, `${soft}!1 open`]);
  });

  it('gives way to a later stage where the policy says so', async () => {
    const one = await living(ladder({}, { proposed: 'supersede' }));
    await days(one, '02-13', '02-20');
    expect(sent(one)).toEqual(['firm']);
    expect(await rows(one.dunning)).toEqual([
      'robles/ladder/F-1#1/firm.1@billing.0 accepted',
      `${soft} withdrawn`,
    ]);
  });
});

describe('a proposal that a person discards', () => {
  const discarded = async (policy: Partial<Policy>): Promise<World> => {
    const one = await living(ladder({}, policy));
    await days(one, '02-13');
    await one.dunning.discard(soft, { ...ana, now: at('02-14') });
    expect(await reasons(one.dunning, 'act.discarded')).toEqual(['act.discarded ana agreed by phone']);
    return one;
  };

  it('skips its stage', async () => {
    const one = await discarded({});
    await days(one, '02-14', '02-19');
    expect(await rows(one.dunning)).toEqual([`${soft} withdrawn`]);
    await days(one, '02-20');
    expect(sent(one)).toEqual(['firm']);
  });

  it('is proposed again where the policy says so', async () => {
    const one = await discarded({ discarded: 'again' });
    await days(one, '02-14');
    expect(await rows(one.dunning)).toEqual([`${soft} withdrawn`, `${soft}!1 open`]);
  });

  describe('holds its case where the policy says so', () => {
    const held = () => discarded({ discarded: 'hold' });

    it('until a person says how it goes on, whatever falls due', async () => {
      const one = await held();
      const [reviewed] = (await one.dunning.review({ now: at('02-14'), accounts: ['robles'] })).reviewed;
      expect(reviewed?.decision).toMatchObject({ waiting: [{ reason: 'discarded' }], next: undefined });
      expect((await one.dunning.explain('robles', { at: at('02-14') })).text).toContain(
        'its proposal was discarded, and a person says how it goes on',
      );
      await days(one, '02-20', '03-20');
      expect([sent(one), await rows(one.dunning)]).toEqual([[], [`${soft} withdrawn`]]);
      expect((await one.dunning.explain('robles', { at: at('03-20') })).items[0]).toMatchObject({
        acts: false,
        failed: 'not_blocked',
        reason: 'discarded',
      });
      expect((await one.dunning.item('robles', 'F-1', { at: at('03-20') })).next).toBeUndefined();
    });

    it('asked for again, it is proposed again', async () => {
      const one = await held();
      await one.dunning.ask({ account: 'robles', stage: 'soft' }, { ...ana, now: at('02-16') });
      await days(one, '02-16');
      expect(await rows(one.dunning)).toEqual([`${soft} withdrawn`, `${soft}!1 open`]);
    });

    it('another stage asked for, that one acts', async () => {
      const one = await held();
      await one.dunning.ask({ account: 'robles', stage: 'firm' }, { ...ana, now: at('02-16') });
      await days(one, '02-16', '02-25');
      expect(sent(one)).toEqual(['firm']);
    });

    it('skipped, the next stage comes on its own day', async () => {
      const one = await held();
      await one.dunning.skip({ account: 'robles', stage: 'soft' }, { ...ana, now: at('02-16') });
      await days(one, '02-16', '02-19', '02-20');
      expect(sent(one)).toEqual(['firm']);
    });

    it('moved, it climbs on from there', async () => {
      const one = await held();
      await one.dunning.move({ account: 'robles', stage: 'soft' }, { ...ana, now: at('02-16') });
      await days(one, '02-20', '02-23');
      expect(sent(one)).toEqual(['firm']);
    });

    it('paid, it is over', async () => {
      const one = await held();
      await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-15')] });
      expect((await one.dunning.tick({ now: at('02-15') })).waiting).toEqual([]);
    });
  });
});

describe('what a person is to do', () => {
  const house = houseOf([stage('soft', '3d', { mode: 'task', lapses: '5d' }), stage('firm', '10d')]);

  it('is told as such, never goes out by itself, and is confirmed', async () => {
    const one = await living(house);
    const run = await one.dunning.tick({ now: at('02-13') });
    expect(run.tasks).toMatchObject([
      { code: 'perform', reason: 'do soft by WhatsApp by hand and confirm it, until February 18, 2026' },
    ]);
    await refused(one.dunning.approve(soft, { ...ana, now: at('02-13') }), 'impossible_state');
    await refused(one.dunning.complete(soft, { ...ana, now: at('02-13') }), 'impossible_state');
    await one.dunning.confirm(soft, { ...ana, now: at('02-14') });
    expect(await rows(one.dunning)).toEqual([`${soft} accepted`]);
    await days(one, '02-14', '02-20');
    expect(sent(one)).toEqual(['firm']);
    expect((await one.dunning.item('robles', 'F-1', { at: at('02-20') })).reminders).toBe(2);
  });

  it('for several invoices is one piece of work', async () => {
    const one = await living(house);
    await one.dunning.sync({ invoices: [invoice('F-2', '02-10')] });
    await days(one, '02-13');
    expect(await rows(one.dunning)).toEqual([`${soft} open`]);
    await one.dunning.confirm(soft, { ...ana, now: at('02-13') });
    const { items } = await one.dunning.account('robles', { at: at('02-13') });
    expect(items.map((item) => [item.item, item.reminders])).toEqual([
      ['F-1', 1],
      ['F-2', 1],
    ]);
  });
});

describe('proposals of two accounts', () => {
  it('are approved one by one', async () => {
    const one = await living(ladder());
    await one.dunning.sync({
      accounts: [{ ...account, id: 'other' }],
      invoices: [{ ...invoice('G-1', '02-10'), account: 'other' }],
    });
    await days(one, '02-13');
    await one.dunning.approve(soft, { ...ana, now: at('02-13') });
    await days(one, '02-13');
    expect(await rows(one.dunning)).toEqual(['other/ladder/G-1#1/soft.1@billing.0 open', `${soft} accepted`]);
  });
});
