import { describe, expect, it } from 'vitest';
import type { Dunning } from '../../src/dunning/index.js';
import { ana, houseOf, living, stage } from '../support/house.js';
import { refused } from '../support/refused.js';
import { account, all, at, invoice, payment, type World } from '../support/world.js';

const plain = houseOf([stage('soft', '3d'), stage('firm', '10d'), stage('last', '20d')]);
const robles = { account: 'robles' };

/** Ids of the messages that went out. */
const sent = ({ whatsapp }: World): readonly string[] => whatsapp.sent.map((one) => one.message);

async function events(dunning: Dunning, ...types: readonly string[]): Promise<unknown[]> {
  const log = await all(dunning.history('robles'));
  return log
    .filter((entry) => types.includes(entry.type))
    .map(({ type, actor, data }) => ({ type, actor, data }));
}

/** Ticks at 10:00 on each of these days. */
async function days(world: World, ...list: readonly string[]): Promise<void> {
  for (const day of list) await world.dunning.tick({ now: at(day) });
}

describe('asking for a stage', () => {
  it('acts at the next review, whatever its day, and the ladder goes on from there', async () => {
    const one = await living(plain);
    await one.dunning.ask({ ...robles, stage: 'firm' }, { ...ana, now: at('01-20') });
    await days(one, '01-20', '01-25', '02-13', '02-20');
    expect(sent(one)).toEqual(['firm']);
    await days(one, '03-02');
    expect(sent(one)).toEqual(['firm', 'last']);
    expect(await events(one.dunning, 'case.asked')).toMatchObject([
      { actor: 'ana', data: { stage: 'firm', author: 'ana', reason: 'agreed by phone' } },
    ]);
  });

  it('on chosen items leaves the others alone', async () => {
    const one = await living(plain);
    await one.dunning.sync({ invoices: [invoice('F-2', '03-01')] });
    await one.dunning.ask({ ...robles, items: ['F-2'], stage: 'soft' }, { ...ana, now: at('01-20') });
    const run = await one.dunning.tick({ now: at('01-20') });
    expect(run.sent).toMatchObject([{ stage: 'soft', invoices: ['F-2'] }]);
  });

  it('stays within contact hours, gap and blocks', async () => {
    const one = await living(plain);
    await one.dunning.ask({ ...robles, stage: 'soft' }, { ...ana, now: at('01-20', '20:00') });
    await one.dunning.tick({ now: at('01-20', '20:00') });
    expect(sent(one)).toEqual([]);
    await one.dunning.record({ ...robles, channel: 'phone' }, { ...ana, now: at('01-21', '08:00') });
    await days(one, '01-21');
    expect(sent(one)).toEqual([]);
    await one.dunning.sync({
      holds: [{ id: 'H', ...robles, from: '2026-01-22', until: '2026-01-24', reason: 'x', author: 'bea' }],
    });
    await days(one, '01-22', '01-24');
    expect(sent(one)).toEqual([]);
    await days(one, '01-25', '01-26');
    expect(sent(one)).toEqual(['soft']);
  });

  it('of a stage that was done repeats it, as asked', async () => {
    const one = await living(plain);
    await days(one, '02-13');
    await one.dunning.ask({ ...robles, stage: 'soft' }, { ...ana, now: at('02-15') });
    await days(one, '02-15', '02-16');
    expect(sent(one)).toEqual(['soft', 'soft']);
  });
});

describe('what nobody can act on', () => {
  const verbs: Readonly<Record<string, (dunning: Dunning, items?: readonly string[]) => Promise<void>>> = {
    ask: (dunning, items) => dunning.ask({ ...robles, items, stage: 'soft' }, ana),
    skip: (dunning, items) => dunning.skip({ ...robles, items, stage: 'soft' }, ana),
    move: (dunning, items) => dunning.move({ ...robles, items, stage: 'soft' }, ana),
    reset: (dunning, items) => dunning.reset({ ...robles, items }, ana),
    takeBack: (dunning, items) => dunning.takeBack({ ...robles, items }, ana),
  };

  it.each(Object.entries(verbs))(
    '%s: an empty selection, unknown items, what is settled, what we owe',
    async (_, verb) => {
      const { dunning } = await living(plain);
      await dunning.sync({
        invoices: [
          invoice('F-2', '02-10'),
          { ...invoice('F-3', '02-10'), status: 'void' },
          { ...invoice('B-1', '02-10'), type: 'payable' },
        ],
        payments: [payment('P-1', 'F-2', '01-01')],
      });
      const before = await all(dunning.history('robles'));
      await refused(verb(dunning, []), 'empty_selection');
      await refused(verb(dunning, ['F-9']), 'unknown_id');
      await refused(verb(dunning, ['F-1', 'F-9']), 'unknown_id');
      await refused(verb(dunning, ['F-2']), 'nothing_to_chase');
      await refused(verb(dunning, ['F-3']), 'nothing_to_chase');
      await refused(verb(dunning, ['B-1']), 'not_receivable');
      expect(await all(dunning.history('robles'))).toEqual(before);
    },
  );

  it.each(Object.entries(verbs))(
    '%s: an account that owes nothing, is unknown, or is another tenant’s',
    async (_, verb) => {
      const { dunning } = await living(plain);
      await refused(verb(dunning.for('other')), 'unknown_id');
      await dunning.sync({ payments: [payment('P-1', 'F-1', '01-01')] });
      await refused(verb(dunning), 'nothing_to_chase');
    },
  );

  it('is told apart: no policy, out of scope, unknown stage or policy', async () => {
    const scoped = houseOf([stage('soft', '3d')], {
      scope: { fact: 'item.original', gte: { COP: '500.00' } },
    });
    const { dunning } = await living(scoped);
    await dunning.sync({ invoices: [invoice('F-2', '02-10', '100.00')] });
    await refused(dunning.ask({ ...robles, stage: 'nope' }, ana), 'unknown_id');
    await refused(dunning.move({ ...robles, stage: 'soft', policy: 'nope' }, ana), 'unknown_id');
    await refused(dunning.move({ ...robles, stage: 'nope', policy: 'ladder' }, ana), 'unknown_id');
    await refused(dunning.ask({ ...robles, items: ['F-2'], stage: 'soft' }, ana), 'out_of_scope');
    await refused(dunning.ask({ ...robles, items: ['F-1', 'F-2'], stage: 'soft' }, ana), 'out_of_scope');
    // Who names no items means all that can be meant.
    await dunning.ask({ ...robles, stage: 'soft' }, ana);
    const none = await living(houseOf([stage('soft', '3d')], {}, { default: null }));
    await refused(none.dunning.ask({ ...robles, stage: 'soft' }, ana), 'nothing_to_chase');
  });

  it.each(Object.entries(verbs))('%s: nobody does anything without a name', async (_, verb) => {
    void verb;
    const { dunning } = await living(plain);
    const nobody = { author: ' ' };
    await refused(dunning.ask({ ...robles, stage: 'soft' }, nobody), 'invalid_option');
    await refused(dunning.record(robles, nobody), 'invalid_option');
    await refused(dunning.assign('robles', 'ana', nobody), 'invalid_option');
    await refused(dunning.unassign('robles', nobody), 'invalid_option');
    await refused(dunning.importHistory('robles', [], nobody), 'invalid_option');
    for (const verb of ['approve', 'confirm', 'discard', 'complete'] as const)
      await refused(dunning[verb]('x', nobody), 'invalid_option');
    await refused(dunning.settleFee('x', 'booked', nobody), 'invalid_option');
  });

  it('an act that does not exist', async () => {
    const { dunning } = await living(plain);
    for (const verb of ['approve', 'confirm', 'discard', 'complete'] as const)
      await refused(dunning[verb]('x', ana), 'unknown_id');
    await refused(dunning.settleFee('x', 'booked', ana), 'unknown_id');
    await refused(dunning.delivered('x'), 'unknown_id');
  });
});

describe('skipping a stage', () => {
  it('passes it over, with author and reason, and the next comes on its own day', async () => {
    const one = await living(plain);
    await one.dunning.skip({ ...robles, stage: 'soft' }, { ...ana, now: at('01-20') });
    await days(one, '02-13', '02-19');
    expect(sent(one)).toEqual([]);
    await days(one, '02-20');
    expect(sent(one)).toEqual(['firm']);
    expect(await events(one.dunning, 'stage.skipped')).toMatchObject([
      { actor: 'ana', data: { stage: 'soft', reason: 'by_hand', author: 'ana', note: 'agreed by phone' } },
    ]);
    expect((await one.dunning.explain('robles', { at: at('02-20') })).text).toContain('a person skipped it');
  });

  it('whatever words the person uses: they decide nothing', async () => {
    const one = await living(plain);
    await one.dunning.skip(
      { ...robles, stage: 'firm' },
      { author: 'ana', reason: 'done_before', now: at('01-20') },
    );
    await days(one, '02-13', '02-20');
    expect(sent(one)).toEqual(['soft']);
  });

  it('that is done, skipped or under way is impossible', async () => {
    const one = await living(plain);
    await days(one, '02-13');
    await refused(
      one.dunning.skip({ ...robles, stage: 'soft' }, { ...ana, now: at('02-14') }),
      'impossible_state',
    );
    await one.dunning.skip({ ...robles, stage: 'firm' }, { ...ana, now: at('02-14') });
    await refused(
      one.dunning.skip({ ...robles, stage: 'firm' }, { ...ana, now: at('02-14') }),
      'impossible_state',
    );
    await one.dunning.review({ now: at('03-02') });
    await refused(
      one.dunning.skip({ ...robles, stage: 'last' }, { ...ana, now: at('03-02') }),
      'impossible_state',
    );
  });
});

describe('moving items', () => {
  it('to a later stage: they climb on from there, and what was done stays in the log', async () => {
    const one = await living(plain);
    await days(one, '02-13');
    await one.dunning.move({ ...robles, stage: 'firm' }, { ...ana, now: at('02-14') });
    expect((await one.dunning.item('robles', 'F-1', { at: at('02-14') })).level).toMatchObject({
      stage: 'firm',
    });
    await days(one, '02-15', '02-20', '03-01');
    expect(sent(one)).toEqual(['soft']);
    await days(one, '03-02');
    expect(sent(one)).toEqual(['soft', 'last']);
    expect(await events(one.dunning, 'case.moved', 'case.closed')).toMatchObject([
      { actor: 'ana', data: { case: 'ladder/F-1#1', reason: 'moved' } },
      {
        actor: 'ana',
        data: { case: 'ladder/F-1#2', stage: 'firm', author: 'ana', reason: 'agreed by phone' },
      },
    ]);
    // The one before the move and the one after it; the move itself is none.
    const { reminders, lastReminder } = await one.dunning.item('robles', 'F-1', { at: at('03-02') });
    expect([reminders, lastReminder]).toEqual([2, '2026-03-02']);
  });

  it('back to an earlier stage: the next keeps the policy’s own distance', async () => {
    const one = await living(plain);
    await days(one, '02-13', '02-20');
    await one.dunning.move({ ...robles, stage: 'soft' }, { ...ana, now: at('02-25') });
    await days(one, '02-26', '03-03');
    expect(sent(one)).toEqual(['soft', 'firm']);
    // firm comes 7 days after soft, last 10 after firm
    await days(one, '03-04', '03-13');
    expect(sent(one)).toEqual(['soft', 'firm', 'firm']);
    await days(one, '03-14');
    expect(sent(one)).toEqual(['soft', 'firm', 'firm', 'last']);
  });

  it('to another policy: it stands above every other assignment, and others keep theirs', async () => {
    const gentle = {
      id: 'gentle',
      version: 1,
      via: [{ channel: 'whatsapp' }],
      stages: [stage('kind', '5d'), stage('kinder', '15d')],
    };
    const one = await living(
      houseOf(
        [stage('soft', '3d'), stage('firm', '10d')],
        {},
        { assign: [{ invoice: 'F-1', policy: 'ladder' }] },
        [gentle],
      ),
    );
    await one.dunning.sync({ invoices: [invoice('F-2', '02-10')] });
    await days(one, '02-13');
    await one.dunning.move(
      { ...robles, items: ['F-1'], policy: 'gentle', stage: 'kind' },
      { ...ana, now: at('02-14') },
    );
    const status = await one.dunning.account('robles', { at: at('02-14') });
    expect(status.items.map((item) => [item.item, item.policy, item.level?.stage])).toEqual([
      ['F-1', 'gentle', 'kind'],
      ['F-2', 'ladder', 'soft'],
    ]);
    const explained = await one.dunning.explain('robles', { at: at('02-14') });
    expect(explained.items.map((item) => item.assignedBy)).toEqual(['person', 'default']);
    await days(one, '02-20', '02-25');
    expect(sent(one)).toEqual(['soft', 'firm', 'kinder']);
  });

  it('to another policy and back: counters of before do not count', async () => {
    const gentle = {
      id: 'gentle',
      version: 1,
      via: [{ channel: 'whatsapp' }],
      stages: [stage('kind', '5d')],
    };
    const one = await living(houseOf([stage('soft', '3d'), stage('firm', '10d')], {}, {}, [gentle]));
    await days(one, '02-13', '02-20');
    await one.dunning.move({ ...robles, policy: 'gentle', stage: 'kind' }, { ...ana, now: at('02-21') });
    await one.dunning.move({ ...robles, policy: 'ladder', stage: 'soft' }, { ...ana, now: at('02-22') });
    expect((await one.dunning.item('robles', 'F-1', { at: at('02-22') })).level).toMatchObject({
      stage: 'soft',
    });
    await days(one, '02-28');
    expect(sent(one)).toEqual(['soft', 'firm']);
    await days(one, '03-01');
    expect(sent(one)).toEqual(['soft', 'firm', 'firm']);
  });

  it('takes back what is ready, and closes tasks of before', async () => {
    const house = houseOf([
      stage('soft', '3d'),
      stage('firm', '10d', { do: [{ send: 'firm' }, { task: 'call' }] }),
    ]);
    const one = await living(house);
    await days(one, '02-13', '02-20');
    expect(await all(one.dunning.acts({ states: ['open'] }))).toHaveLength(1);
    await one.dunning.move({ ...robles, stage: 'soft' }, { ...ana, now: at('02-21') });
    await days(one, '02-21');
    expect(await all(one.dunning.acts({ states: ['open'] }))).toEqual([]);
    expect(await events(one.dunning, 'task.closed')).toMatchObject([{ data: { reason: 'moved' } }]);
    await one.dunning.review({ now: at('02-28') });
    await one.dunning.move({ ...robles, stage: 'firm' }, { ...ana, now: at('02-28') });
    const run = await one.dunning.tick({ now: at('02-28') });
    expect([run.sent, run.skipped.map((entry) => entry.code)]).toEqual([[], ['moved']]);
  });
});

describe('resetting items', () => {
  it('begins anew, while contacts and caps stay', async () => {
    const house = houseOf(
      [stage('soft', '3d'), stage('firm', '10d')],
      {},
      {
        contact: { caps: [{ max: 2, per: '14d' }] },
      },
    );
    const one = await living(house);
    await days(one, '02-13', '02-20');
    await one.dunning.reset(robles, { ...ana, now: at('02-21') });
    await days(one, '02-21', '02-26');
    // Two contacts in 14 days: the cap holds though the ladder began anew.
    expect(sent(one)).toEqual(['soft', 'firm']);
    await days(one, '02-27');
    expect(sent(one)).toEqual(['soft', 'firm', 'soft']);
    expect((await one.dunning.item('robles', 'F-1', { at: at('02-27') })).level).toMatchObject({
      stage: 'soft',
    });
    expect(await events(one.dunning, 'case.reset')).toMatchObject([
      { actor: 'ana', data: { author: 'ana', reason: 'agreed by phone' } },
    ]);
  });
});

describe('contacts made elsewhere', () => {
  it('count for gap and caps', async () => {
    const house = houseOf(
      [stage('soft', '3d')],
      {},
      { contact: { gap: '3d', caps: [{ max: 1, per: '7d' }] } },
    );
    const one = await living(house);
    await one.dunning.record({ ...robles, channel: 'phone' }, { ...ana, now: at('02-12') });
    const status = await one.dunning.item('robles', 'F-1', { at: at('02-12') });
    expect(status.next).toMatchObject({ on: '2026-02-19', stage: 'soft' });
    await days(one, '02-13', '02-18');
    expect(sent(one)).toEqual([]);
    await days(one, '02-19');
    expect(sent(one)).toEqual(['soft']);
  });

  it('of an earlier day count from that day', async () => {
    const one = await living(houseOf([stage('soft', '3d')], {}, { contact: { gap: '3d' } }));
    await one.dunning.record({ ...robles, on: '2026-02-11' }, { ...ana, now: at('02-13', '08:00') });
    await days(one, '02-13');
    expect(sent(one)).toEqual([]);
    await days(one, '02-14');
    expect(sent(one)).toEqual(['soft']);
  });

  it('of an earlier day never end a gap of hours early', async () => {
    const one = await living(houseOf([stage('soft', '3d')], {}, { contact: { gap: '36h' } }));
    await one.dunning.record({ ...robles, on: '2026-02-12' }, { ...ana, now: at('02-13', '08:00') });
    await one.dunning.tick({ now: at('02-14', '11:00') });
    expect(sent(one)).toEqual([]);
    await one.dunning.tick({ now: at('02-14', '12:00') });
    expect(sent(one)).toEqual(['soft']);
  });

  it('about one item count for its own gap only', async () => {
    const one = await living(houseOf([stage('soft', '3d')], {}, { contact: { gap: '5d', gapOf: 'case' } }));
    await one.dunning.sync({ invoices: [invoice('F-2', '02-10')] });
    await one.dunning.review({ now: at('02-10') });
    await one.dunning.record({ ...robles, items: ['F-1'] }, { ...ana, now: at('02-12') });
    const run = await one.dunning.tick({ now: at('02-13') });
    expect(run.sent).toMatchObject([{ invoices: ['F-2'] }]);
  });

  it('are of a day that was, a contact that is known, an item that is there', async () => {
    const { dunning } = await living(plain);
    const by = { ...ana, now: at('02-12') };
    await refused(dunning.record({ ...robles, on: '2026-02-13' }, by), 'impossible_state');
    await refused(dunning.record({ ...robles, on: '12.02.2026' }, by), 'invalid_date');
    await refused(dunning.record({ ...robles, contact: 'nobody' }, by), 'unknown_id');
    await refused(dunning.record({ ...robles, items: ['F-9'] }, by), 'unknown_id');
    await refused(dunning.record({ ...robles, items: [] }, by), 'empty_selection');
    await refused(dunning.record({ ...robles, channel: '' }, by), 'invalid_option');
    await refused(dunning.record({ account: 'nobody' }, by), 'unknown_id');
  });
});

describe('a person who leads the conversation', () => {
  it('stops automation until released; then the next stage comes after the restart gap', async () => {
    const one = await living(houseOf([stage('soft', '3d')], { on: { paid: [{ send: 'thanks' }] } }));
    await one.dunning.assign('robles', 'bea', { ...ana, now: at('02-12') });
    expect((await one.dunning.account('robles', { at: at('02-12') })).assignedTo).toBe('bea');
    const run = await one.dunning.tick({ now: at('02-13') });
    expect(run.waiting).toMatchObject([{ code: 'assigned' }]);
    await days(one, '02-20');
    await one.dunning.unassign('robles', { ...ana, now: at('02-20') });
    await days(one, '02-20');
    expect(sent(one)).toEqual([]);
    await days(one, '02-21');
    expect(sent(one)).toEqual(['soft']);
    expect(await events(one.dunning, 'account.assigned', 'account.released')).toMatchObject([
      {
        actor: 'ana',
        data: { to: { owner: 'bea', author: 'ana', reason: 'agreed by phone', on: '2026-02-12' } },
      },
      { actor: 'ana', data: { author: 'ana', reason: 'agreed by phone' } },
    ]);
  });

  it('takes back what is ready', async () => {
    const one = await living(plain);
    await one.dunning.review({ now: at('02-13') });
    await one.dunning.assign('robles', 'bea', { ...ana, now: at('02-13') });
    const run = await one.dunning.tick({ now: at('02-13') });
    expect([run.sent, run.skipped.map((entry) => entry.code)]).toEqual([[], ['assigned']]);
  });

  it('is not released from where nobody is', async () => {
    const { dunning } = await living(plain);
    await refused(dunning.unassign('robles', ana), 'impossible_state');
    await refused(dunning.unassign('nobody', ana), 'unknown_id');
    await refused(dunning.assign('nobody', 'bea', ana), 'unknown_id');
    await refused(dunning.assign('robles', '', ana), 'invalid_option');
  });
});

describe('completing tasks', () => {
  const house = houseOf([
    stage('soft', '3d', { do: [{ send: 'soft' }, { task: 'call', owner: 'bea' }] }),
    stage('firm', '7d'),
  ]);
  const task = 'robles/ladder/F-1#1/soft/task.0.1@-.0';

  it('says who and why, once', async () => {
    const one = await living(house);
    await days(one, '02-13');
    await one.dunning.complete(task, { ...ana, now: at('02-14') });
    expect(await events(one.dunning, 'task.closed')).toMatchObject([
      { actor: 'ana', data: { act: task, reason: 'completed', author: 'ana', note: 'agreed by phone' } },
    ]);
    await refused(one.dunning.complete(task, ana), 'impossible_state');
    const [record] = await all(one.dunning.acts({ kinds: ['task'] }));
    expect(record).toMatchObject({ state: 'completed', result: { by: 'ana', reason: 'agreed by phone' } });
    await days(one, '02-17');
    expect(sent(one)).toEqual(['soft', 'firm']);
  });

  it('by a conversation counts for the gap', async () => {
    const one = await living({
      ...house,
      plan: { ...house.plan, contact: { ...house.plan.contact, gap: '3d' } },
    });
    await days(one, '02-13');
    await one.dunning.complete(task, { ...ana, contacted: { channel: 'phone' }, now: at('02-16') });
    await days(one, '02-17', '02-18');
    expect(sent(one)).toEqual(['soft']);
    await days(one, '02-19');
    expect(sent(one)).toEqual(['soft', 'firm']);
  });

  it('is not for messages', async () => {
    const one = await living(house);
    await one.dunning.review({ now: at('02-13') });
    await refused(one.dunning.complete('robles/ladder/F-1#1/soft.1@billing.0', ana), 'impossible_state');
    await refused(one.dunning.approve(task, ana), 'impossible_state');
    await refused(one.dunning.confirm(task, ana), 'impossible_state');
    await refused(one.dunning.discard(task, ana), 'impossible_state');
    await refused(one.dunning.settleFee(task, 'booked', ana), 'impossible_state');
  });

  it('is for people: a task whose debt is paid closes itself, with an event', async () => {
    const one = await living(house);
    await days(one, '02-13');
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-14')] });
    await days(one, '02-14');
    expect(await events(one.dunning, 'task.closed')).toMatchObject([
      { actor: 'recobro', data: { act: task, reason: 'settled' } },
    ]);
    await refused(one.dunning.complete(task, ana), 'impossible_state');
  });
});

describe('a verb that meets a message', () => {
  const soft = 'robles/ladder/F-1#1/soft.1@billing.0';

  it('ready: confirmed or discarded, it does not go out', async () => {
    for (const verb of ['confirm', 'discard'] as const) {
      const one = await living(plain);
      await one.dunning.review({ now: at('02-13') });
      await one.dunning[verb](soft, { ...ana, now: at('02-13') });
      await days(one, '02-13', '02-14');
      expect(sent(one)).toEqual([]);
      expect((await one.dunning.item('robles', 'F-1', { at: at('02-14') })).reminders).toBe(
        verb === 'confirm' ? 1 : 0,
      );
      await days(one, '02-20');
      expect(sent(one)).toEqual(['firm']);
      await refused(one.dunning[verb](soft, ana), 'impossible_state');
    }
  });

  it('claimed by a worker: too late to confirm or discard, and blocks are still asked for', async () => {
    const one = await living(plain);
    await one.dunning.review({ now: at('02-13') });
    const now = at('02-13');
    await one.store.claim({ now, lease: now + 60_000, limit: 9, token: 'other' });
    for (const verb of ['approve', 'confirm', 'discard'] as const)
      await refused(one.dunning[verb](soft, { ...ana, now }), 'impossible_state');
    await one.dunning.skip({ ...robles, stage: 'firm' }, { ...ana, now });
    // The other worker died; the claim is free again.
    await one.dunning.tick({ now: now + 61_000 });
    expect(sent(one)).toEqual(['soft']);
  });

  it('being sent: it is on its way, and counts when it has arrived', async () => {
    const one = await living(plain);
    const tried: string[] = [];
    one.whatsapp.answer(async () => {
      for (const verb of ['confirm', 'discard'] as const)
        await one.dunning[verb](soft, { ...ana, now: at('02-13') }).catch((error: { code: string }) =>
          tried.push(error.code),
        );
      await one.dunning.reset(robles, { ...ana, now: at('02-13') });
      return { outcome: 'accepted', providerId: 'wamid.1' };
    });
    await days(one, '02-13');
    expect([sent(one), tried]).toEqual([['soft'], ['impossible_state', 'impossible_state']]);
    await days(one, '02-13', '02-14');
    // It began anew, and the contact counts: nobody hears twice on a day.
    expect(sent(one)).toEqual(['soft', 'soft']);
    expect(await events(one.dunning, 'act.accepted')).toHaveLength(2);
  });

  it('of unknown outcome: nothing begins anew before somebody says what became of it', async () => {
    const one = await living(plain);
    one.whatsapp.answer({ outcome: 'unknown', code: 'whatsapp:timeout' });
    await days(one, '02-13');
    const by = { ...ana, now: at('02-14') };
    await refused(one.dunning.move({ ...robles, stage: 'firm' }, by), 'impossible_state');
    await refused(one.dunning.reset(robles, by), 'impossible_state');
    await refused(one.dunning.skip({ ...robles, stage: 'soft' }, by), 'impossible_state');
    for (const verb of ['approve', 'confirm', 'discard'] as const)
      await refused(one.dunning[verb](soft, by), 'impossible_state');
    await one.dunning.ask({ ...robles, stage: 'firm' }, by);
    await days(one, '02-15');
    expect(sent(one)).toEqual(['soft']);
    await one.dunning.resolve(soft, 'sent', { ...ana, now: at('02-15') });
    await days(one, '02-15');
    expect(sent(one)).toEqual(['soft', 'firm']);
  });

  it('of unknown outcome that was delivered: it went out', async () => {
    const one = await living(plain);
    one.whatsapp.answer({ outcome: 'unknown', code: 'whatsapp:timeout' });
    await days(one, '02-13');
    await one.dunning.delivered(soft, { now: at('02-13', '12:00') });
    expect((await all(one.dunning.acts()))[0]).toMatchObject({ state: 'accepted' });
    expect((await one.dunning.item('robles', 'F-1', { at: at('02-14') })).reminders).toBe(1);
    const log = await all(one.dunning.history('robles'));
    await one.dunning.delivered(soft, { now: at('02-14') });
    expect(await all(one.dunning.history('robles'))).toEqual(log);
  });

  it('never sent cannot have been delivered', async () => {
    const one = await living(plain);
    await one.dunning.review({ now: at('02-13') });
    await one.dunning.discard(soft, { ...ana, now: at('02-13') });
    await refused(one.dunning.delivered(soft), 'impossible_state');
  });
});

describe('confirming by hand', () => {
  const house = houseOf([
    stage('soft', '3d', { mode: 'approve' }),
    stage('firm', '10d', { at: { from: 'previous', plus: '7d' } }),
  ]);
  const soft = 'robles/ladder/F-1#1/soft.1@billing.0';

  it('counts from the day given: for the next stage, gap and caps', async () => {
    const one = await living({
      ...house,
      plan: { ...house.plan, contact: { ...house.plan.contact, caps: [{ max: 1, per: '9d' }] } },
    });
    await days(one, '02-13');
    await one.dunning.confirm(soft, { ...ana, on: '2026-02-14', now: at('02-16') });
    const { level, lastReminder, daysSince, next } = await one.dunning.item('robles', 'F-1', {
      at: at('02-16'),
    });
    expect([level?.stage, lastReminder, daysSince]).toEqual(['soft', '2026-02-14', 2]);
    // Seven days later it would be the 21st; the cap of one in nine days moves it.
    expect(next).toMatchObject({ on: '2026-02-23', stage: 'firm' });
    await days(one, '02-21', '02-22');
    expect(sent(one)).toEqual([]);
    await days(one, '02-23');
    expect(sent(one)).toEqual(['firm']);
    expect(await events(one.dunning, 'act.confirmed')).toMatchObject([
      { actor: 'ana', data: { author: 'ana', reason: 'agreed by phone', on: '2026-02-14' } },
    ]);
  });

  it('not done without a date that can be', async () => {
    const one = await living(house);
    await days(one, '02-13');
    const by = { ...ana, now: at('02-16') };
    await refused(one.dunning.confirm(soft, { ...by, on: '2026-02-17' }), 'impossible_state');
    await refused(one.dunning.confirm(soft, { ...by, on: '2025-12-31' }), 'impossible_state');
    await refused(one.dunning.confirm(soft, { ...by, on: '' }), 'invalid_date');
    await refused(one.dunning.confirm(soft, { ...by, on: '2026-02-30' }), 'invalid_date');
    expect((await all(one.dunning.acts()))[0]).toMatchObject({ state: 'open' });
  });
});

describe('debts that were handed over', () => {
  const house = houseOf([
    stage('soft', '3d'),
    stage('agency', '10d', { do: [{ handover: 'agency', to: 'Cobros SA' }] }),
    stage('last', '20d'),
  ]);

  it('rest until they are taken back, and climb on after the restart gap', async () => {
    const one = await living(house);
    await days(one, '02-13', '02-20');
    const [handover] = await all(one.dunning.acts({ kinds: ['handover'] }));
    expect(handover).toMatchObject({ state: 'open', act: { name: 'agency', owner: 'Cobros SA' } });
    await one.dunning.complete(handover?.act.id ?? '', { ...ana, now: at('02-21') });
    await days(one, '03-02', '03-10');
    expect(sent(one)).toEqual(['soft']);
    expect((await one.dunning.explain('robles', { at: at('03-10') })).items[0]).toMatchObject({
      reason: 'handed_over',
    });
    await one.dunning.takeBack(robles, { ...ana, now: at('03-10') });
    await days(one, '03-10');
    expect(sent(one)).toEqual(['soft']);
    await days(one, '03-11', '03-20');
    expect(sent(one)).toEqual(['soft', 'last']);
    expect(await events(one.dunning, 'case.returned')).toMatchObject([
      { actor: 'ana', data: { case: 'ladder/F-1#1', author: 'ana', reason: 'agreed by phone' } },
    ]);
    expect(await all(one.dunning.acts({ kinds: ['handover'] }))).toHaveLength(1);
  });

  it('taken back before anybody has them: the hand-over is over', async () => {
    const one = await living(house);
    await days(one, '02-13', '02-20');
    await one.dunning.takeBack(robles, { ...ana, now: at('02-20') });
    const [handover] = await all(one.dunning.acts({ kinds: ['handover'] }));
    expect(handover).toMatchObject({ state: 'completed', result: { reason: 'taken_back', by: 'ana' } });
    await refused(one.dunning.takeBack(robles, { ...ana, now: at('02-20') }), 'impossible_state');
    await refused(one.dunning.complete(handover?.act.id ?? '', ana), 'impossible_state');
  });
});

describe('people of two tenants', () => {
  it('never reach each other’s acts', async () => {
    const one = await living(plain);
    await one.dunning.review({ now: at('02-13') });
    const other = one.dunning.for('other');
    await other.sync({ accounts: [account] });
    await refused(other.discard('robles/ladder/F-1#1/soft.1@billing.0', ana), 'unknown_id');
    await refused(other.item('robles', 'F-1'), 'unknown_id');
  });
});
