import { describe, expect, it } from 'vitest';
import type { Dunning } from '../../src/dunning/index.js';
import type { Policy, Stage } from '../../src/policy/types.js';
import { ana, houseOf, living, stage } from '../support/house.js';
import { refused } from '../support/refused.js';
import { beside, days, entries, sent, story, through } from '../support/rows.js';
import { account, all, at, invoice, payment, type World } from '../support/world.js';

/** What people can do, always with author and reason, and what can be read. */

const robles = { account: 'robles' };
const free = { contact: { gap: 'none' } } as const;
const rungs = [stage('soft', '3d'), stage('firm', '10d'), stage('last', '20d')];
const soft = 'robles/ladder/F-1#1/soft.1@billing.0';
const house = (policy: Partial<Policy> = {}, stages: readonly Stage[] = rungs) =>
  houseOf(stages, policy, free);
const by = (day: string, time?: string) => ({ ...ana, now: at(day, time) });

describe('verbs', () => {
  it('confirm: done by hand, on the day given', async () => {
    const one = await living(house({ mode: 'task' }));
    await days(one, '02-13');
    await one.dunning.confirm(soft, { ...by('02-15'), on: '2026-02-14' });
    expect(await one.dunning.item('robles', 'F-1', { at: at('02-15') })).toMatchObject({
      level: { stage: 'soft' },
      lastReminder: '2026-02-14',
      daysSince: 1,
    });
    expect(await entries(one.dunning, 'act.confirmed')).toMatchObject([
      { actor: 'ana', data: { author: 'ana', reason: 'agreed by phone', on: '2026-02-14' } },
    ]);
  });

  it('discard: skipped with author and reason', async () => {
    const one = await living(house({ mode: 'approve' }));
    await days(one, '02-13');
    await one.dunning.discard(soft, by('02-13'));
    await through(one, '02-14', '02-19');
    expect(await all(one.dunning.acts({ states: ['open', 'ready', 'accepted'] }))).toEqual([]);
    expect(await entries(one.dunning, 'act.discarded')).toMatchObject([
      { data: { author: 'ana', reason: 'agreed by phone', next: 'skip' } },
    ]);
  });

  it('skip: passed over, the next comes on its day', async () => {
    const one = await living(house());
    await one.dunning.skip({ ...robles, stage: 'soft' }, by('02-01'));
    await through(one, '02-13', '02-20');
    expect(await story(one)).toEqual(['02-20 firm F-1']);
  });

  it('ask for a stage now, on chosen items', async () => {
    const one = await living(house());
    await one.dunning.sync({ invoices: [invoice('F-2', '02-10')] });
    await one.dunning.ask({ ...robles, items: ['F-2'], stage: 'firm' }, by('02-01'));
    await through(one, '02-01', '02-13');
    expect(await story(one)).toEqual(['02-01 firm F-2', '02-13 soft F-1']);
  });

  it.each([
    ['proposed', 'by itself'],
    ['proposed', 'asked for'],
    ['approved', 'by itself'],
    ['approved', 'asked for'],
  ] as const)(
    'ask for a stage: it has its turn when the facts void what is %s of another (%s)',
    async (state, how) => {
      const one = await living(house({ mode: 'approve' }));
      if (how === 'asked for') await one.dunning.ask({ ...robles, stage: 'soft' }, by('02-12'));
      await days(one, '02-13');
      if (state === 'approved') await one.dunning.approve(soft, by('02-14'));
      await one.dunning.ask({ ...robles, stage: 'firm' }, by('02-14'));
      await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-14', '300.00')] });
      await through(one, '02-14', '02-16');
      const acts = (await all(one.dunning.acts())).map(({ act, state }) => `${act.stage} ${state}`);
      expect(acts.sort()).toEqual(['firm open', 'soft withdrawn']);
      expect(await entries(one.dunning, 'act.withdrawn')).toMatchObject([{ data: { reason: 'changed' } }]);
    },
  );

  it('move to a policy and stage: earlier acts stay, marked overridden, and it climbs on from there', async () => {
    const other: Policy = {
      id: 'other',
      version: 1,
      via: [{ channel: 'whatsapp' }],
      stages: [stage('mild', '3d'), stage('hard', '8d')],
    };
    const one = await living(houseOf(rungs, {}, free, [other]));
    await days(one, '02-13');
    await one.dunning.move({ ...robles, items: ['F-1'], stage: 'mild', policy: 'other' }, by('02-16'));
    await through(one, '02-16', '02-25');
    expect(await story(one)).toEqual(['02-13 soft F-1', '02-21 hard F-1']);
    const status = await one.dunning.item('robles', 'F-1', { at: at('02-25') });
    expect([status.policy, status.reminders]).toEqual(['other', 2]);
    expect((await all(one.dunning.acts())).map(({ act }) => act.stage).sort()).toEqual(['hard', 'soft']);
  });

  it('record a contact made elsewhere: counts for gap and caps', async () => {
    const gap = await living(houseOf(rungs, {}, { contact: { gap: '3d' } }));
    await gap.dunning.record({ ...robles, channel: 'phone', on: '2026-02-12' }, by('02-13'));
    await through(gap, '02-13', '02-16');
    expect(await story(gap)).toEqual(['02-15 soft F-1']);
    const cap = await living(houseOf(rungs, {}, { contact: { gap: 'none', caps: [{ max: 1, per: '7d' }] } }));
    await cap.dunning.record({ ...robles, channel: 'phone' }, by('02-10'));
    await through(cap, '02-10', '02-18');
    expect(await story(cap)).toEqual(['02-17 soft F-1']);
  });

  it('complete a task, a call or a letter', async () => {
    const one = await living(
      house({}, [stage('soft', '3d', { do: [{ task: 'call' }, { task: 'letter' }] })]),
    );
    await days(one, '02-13');
    for (const { act } of await all(one.dunning.acts({ kinds: ['task'] })))
      await one.dunning.complete(act.id, { ...by('02-14'), contacted: { channel: 'phone' } });
    expect(await beside(one)).toEqual(['task call completed', 'task letter completed']);
    expect(await entries(one.dunning, 'task.closed')).toMatchObject([
      { data: { author: 'ana', note: 'agreed by phone', reason: 'completed' } },
      { data: { author: 'ana' } },
    ]);
  });

  it('resolve an unknown', async () => {
    const one = await living(house());
    one.whatsapp.answer({ outcome: 'unknown', code: 'x:y' });
    await days(one, '02-13');
    await one.dunning.resolve(soft, 'sent', by('02-14'));
    expect((await one.dunning.item('robles', 'F-1', { at: at('02-14') })).lastReminder).toBe('2026-02-13');
  });

  it('reset: counters anew, contacts and caps stay', async () => {
    const one = await living(houseOf(rungs, {}, { contact: { gap: '3d' } }));
    await days(one, '02-13');
    await one.dunning.reset(robles, by('02-14'));
    await through(one, '02-14', '02-16');
    expect(await story(one)).toEqual(['02-13 soft F-1', '02-16 soft F-1']);
  });

  it('hold and release, of chosen items', async () => {
    const one = await living(house());
    await one.dunning.sync({ invoices: [invoice('F-2', '02-10')] });
    const [id = ''] = await one.dunning.hold({ ...robles, items: ['F-2'], reason: 'audit' }, by('02-01'));
    await days(one, '02-13');
    expect(await story(one)).toEqual(['02-13 soft F-1']);
    await one.dunning.release('robles', id, by('02-14'));
    await through(one, '02-14', '02-15');
    expect(await story(one)).toEqual(['02-13 soft F-1', '02-15 soft F-2']);
  });
});

describe('typed errors: nothing is written', () => {
  const choices: Readonly<Record<string, (dunning: Dunning, items?: readonly string[]) => Promise<unknown>>> =
    {
      ask: (dunning, items) => dunning.ask({ ...robles, items, stage: 'soft' }, ana),
      skip: (dunning, items) => dunning.skip({ ...robles, items, stage: 'soft' }, ana),
      move: (dunning, items) => dunning.move({ ...robles, items, stage: 'soft' }, ana),
      reset: (dunning, items) => dunning.reset({ ...robles, items }, ana),
      takeBack: (dunning, items) => dunning.takeBack({ ...robles, items }, ana),
    };
  it.each(Object.entries(choices))(
    '%s: empty or finished selection, no receivable, unknown id, other tenant, nothing left to chase',
    async (_, verb) => {
      const one = await living(house());
      await one.dunning.sync({
        invoices: [invoice('F-2', '02-10'), { ...invoice('B-1', '02-10'), type: 'payable' }],
        payments: [payment('P', 'F-2', '01-05')],
      });
      const before = await all(one.dunning.history('robles'));
      await refused(verb(one.dunning, []), 'empty_selection');
      await refused(verb(one.dunning, ['F-2']), 'nothing_to_chase');
      await refused(verb(one.dunning, ['B-1']), 'not_receivable');
      await refused(verb(one.dunning, ['F-9']), 'unknown_id');
      await refused(verb(one.dunning.for('other'), ['F-1']), 'unknown_id');
      expect(await all(one.dunning.history('robles'))).toEqual(before);
      await one.dunning.sync({ payments: [payment('P-1', 'F-1', '01-05')] });
      await refused(verb(one.dunning), 'nothing_to_chase');
    },
  );

  it('hold and record: the same', async () => {
    const { dunning } = await living(house());
    const before = await all(dunning.history('robles'));
    await refused(dunning.hold({ ...robles, items: [], reason: 'x' }, ana), 'empty_selection');
    await refused(dunning.hold({ ...robles, items: ['F-9'], reason: 'x' }, ana), 'unknown_id');
    await refused(dunning.hold({ account: 'nobody', reason: 'x' }, ana), 'unknown_id');
    await refused(dunning.release('robles', 'H-9', ana), 'unknown_id');
    await refused(dunning.record({ ...robles, items: [] }, ana), 'empty_selection');
    await refused(dunning.record({ ...robles, items: ['F-9'] }, ana), 'unknown_id');
    await refused(dunning.record({ ...robles, on: '2026-03-01' }, by('02-01')), 'impossible_state');
    await refused(dunning.for('other').record(robles, ana), 'unknown_id');
    expect(await all(dunning.history('robles'))).toEqual(before);
  });

  it('acts of another tenant', async () => {
    const { dunning } = await living(house({ mode: 'approve' }));
    await dunning.tick({ now: at('02-13') });
    for (const verb of ['approve', 'confirm', 'discard', 'complete'] as const)
      await refused(dunning.for('other')[verb](soft, ana), 'unknown_id');
  });
});

describe('steps that wait for people', () => {
  it('approve, task, auto per step (S88); an approval lapses with a visible reason (F53)', async () => {
    const one = await living(
      house({}, [
        stage('soft', '3d'),
        stage('firm', '10d', { mode: 'approve', lapses: '2d' }),
        stage('last', '20d', { mode: 'task' }),
      ]),
    );
    await through(one, '02-13', '03-02');
    expect(await story(one)).toEqual(['02-13 soft F-1']);
    expect(await entries(one.dunning, 'act.discarded')).toMatchObject([{ data: { reason: 'lapsed' } }]);
    const { pending } = await one.dunning.item('robles', 'F-1', { at: at('03-02') });
    expect(pending).toMatchObject({ stage: 'last', state: 'proposed', since: '2026-03-02' });
  });

  it('thanks are kept where a person leads the conversation, and automation stops', async () => {
    const one = await living(house());
    await one.dunning.assign('robles', 'ana', by('02-12'));
    await through(one, '02-13', '02-20');
    expect(sent(one)).toEqual([]);
    await one.dunning.unassign('robles', by('02-20', '12:00'));
    await through(one, '02-21', '02-22');
    expect((await story(one)).length).toBe(1);
  });

  it('stop conditions per strategy (F18): a stage closes the case with a reason', async () => {
    const one = await living(
      house({ last: { repeat: '5d', times: 5 } }, [
        stage('soft', '3d'),
        stage('end', '10d', {
          when: { fact: 'item.dunnable', lt: { COP: '1500.00' } },
          do: [{ close: 'too_small' }],
        }),
        stage('last', '20d'),
      ]),
    );
    await through(one, '02-13', '03-20');
    expect(sent(one)).toEqual(['soft']);
    expect(await entries(one.dunning, 'case.exhausted')).toMatchObject([{ data: { reason: 'too_small' } }]);
  });
});

describe('what can be read', () => {
  async function read(): Promise<World> {
    const one = await living(house());
    await one.dunning.sync({
      accounts: [account],
      invoices: [
        invoice('F-2', '02-20', '500.00'),
        { ...invoice('F-3', '02-10'), total: { amount: '10.00', currency: 'USD' } },
      ],
      payments: [payment('P', 'F-1', '02-12', '250.00')],
      disputes: [
        {
          id: 'D',
          ...robles,
          invoice: 'F-1',
          amount: { amount: '50.00', currency: 'COP' },
          opened: '2026-02-12',
          reason: 'x',
          author: 'b',
        },
      ],
    });
    await days(one, '02-13');
    return one;
  }

  it('per item: overdue, level, reminder count, last reminder, days since, next act', async () => {
    const one = await read();
    expect(await one.dunning.item('robles', 'F-1', { at: at('02-15') })).toMatchObject({
      overdue: true,
      outstanding: 75_000,
      dunnable: 70_000,
      level: { stage: 'soft', number: 1 },
      reminders: 1,
      lastReminder: '2026-02-13',
      daysSince: 2,
      next: { stage: 'firm', on: '2026-02-20' },
    });
    expect(await one.dunning.item('robles', 'F-2', { at: at('02-15') })).toMatchObject({
      overdue: false,
      reminders: 0,
      next: { stage: 'soft', on: '2026-02-23' },
    });
  });

  it('per account, policy and currency: highest level, outstanding, overdue, dunnable, next act', async () => {
    const one = await read();
    expect((await one.dunning.account('robles', { at: at('02-15') })).policies).toMatchObject([
      {
        policy: 'ladder',
        currency: 'COP',
        level: { stage: 'soft' },
        outstanding: 125_000,
        overdue: 75_000,
        dunnable: 120_000,
        next: { stage: 'firm', on: '2026-02-20' },
      },
      { policy: 'ladder', currency: 'USD', outstanding: 1_000, overdue: 1_000, dunnable: 1_000 },
    ]);
  });

  it('per act: original, paid, open, disputed; totals per currency', async () => {
    const one = await read();
    const [row] = await all(one.dunning.acts({ kinds: ['message'] }));
    expect(row?.act.items).toMatchObject([
      {
        item: 'F-1',
        original: 100_000,
        paid: 25_000,
        outstanding: 75_000,
        disputed: 5_000,
        dunnable: 70_000,
      },
      { item: 'F-3', original: 1_000, paid: 0, outstanding: 1_000 },
    ]);
    expect(row?.act.totals).toEqual([
      { minor: 70_000, currency: 'COP' },
      { minor: 1_000, currency: 'USD' },
    ]);
  });

  it('filters of acts', async () => {
    const one = await read();
    const count = async (filter: Parameters<Dunning['acts']>[0]) =>
      (await all(one.dunning.acts(filter))).length;
    expect([
      await count({ states: ['accepted'] }),
      await count({ states: ['open'] }),
      await count({ kinds: ['task'] }),
      await count({ account: 'robles' }),
      await count({ account: 'other' }),
    ]).toEqual([1, 0, 0, 1, 0]);
  });

  it('counts of a review, limited to stages, policies, accounts or currencies', async () => {
    const one = await living(houseOf(rungs, {}, free, [{ id: 'other', version: 1, stages: [] }]));
    await one.dunning.sync({
      invoices: [{ ...invoice('F-3', '02-10'), total: { amount: '10.00', currency: 'USD' } }],
    });
    const dry = await one.dunning.review({ now: at('02-13'), currencies: ['USD'] });
    expect(dry.counts).toMatchObject({ accounts: 1 });
    expect(dry.reviewed[0]?.decision.acts.map((act) => act.items.map((item) => item.item))).toEqual([
      ['F-3'],
    ]);
    // Another occasion: of one account and review there is one overdue message at most.
    const rest = await one.dunning.review({ now: at('02-14'), stages: ['soft'] });
    expect(rest.reviewed[0]?.decision.acts.flatMap((act) => act.items.map((item) => item.item))).toEqual([
      'F-1',
    ]);
    const none = await one.dunning.review({ now: at('02-14'), policies: ['other'] });
    expect(none.reviewed.flatMap(({ decision }) => decision.acts)).toEqual([]);
    await refused(one.dunning.review({ now: at('02-14'), policies: ['nope'] }), 'unknown_id');
    const nobody = await one.dunning.review({ now: at('02-14'), accounts: [] });
    expect(nobody.reviewed).toEqual([]);
  });
});

describe('amounts that people read (F60, F24, F99)', () => {
  it('credit notes and unapplied payments lower what is asked for', async () => {
    const one = await living(house());
    await one.dunning.sync({
      credits: [
        {
          id: 'C',
          ...robles,
          invoice: 'F-1',
          date: '2026-02-11',
          amount: { amount: '100.00', currency: 'COP' },
        },
      ],
      payments: [{ ...payment('P', 'F-1', '02-11', '200.00'), invoice: undefined }],
    });
    const run = await one.dunning.tick({ now: at('02-13') });
    expect(run.sent).toMatchObject([{ amounts: ['700.00 COP'] }]);
  });

  it('a credit limit is a fact for rules', async () => {
    const one = await living(
      house({}, [stage('soft', '3d', { when: { fact: 'exposure.usedShare', gte: 90 } })]),
    );
    await days(one, '02-13');
    expect(sent(one)).toEqual([]);
    await one.dunning.sync({ accounts: [{ ...account, credit: { currency: 'COP', limit: '1000.00' } }] });
    await days(one, '02-14');
    expect(sent(one)).toEqual(['soft']);
  });

  it('instalments of a payment plan are dunned on their own dates', async () => {
    const one = await living(house());
    await one.dunning.sync({
      plans: [
        {
          id: 'p',
          ...robles,
          invoices: ['F-1'],
          author: 'ana',
          made: '2026-02-01',
          total: { amount: '1000.00', currency: 'COP' },
          dues: ['2026-03-01', '2026-04-01'],
        },
      ],
    });
    await through(one, '02-01', '03-05');
    const [row] = await all(one.dunning.acts());
    expect([row?.act.on, row?.act.totals]).toEqual(['2026-03-04', [{ minor: 50_000, currency: 'COP' }]]);
    expect(sent(one)).toEqual(['soft']);
  });
});
