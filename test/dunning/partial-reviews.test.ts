import { describe, expect, it } from 'vitest';
import { ana, houseOf, living, stage } from '../support/house.js';
import { account, all, at, invoice, payment, type World } from '../support/world.js';

const vip = { id: 'vip', version: 1, via: [{ channel: 'whatsapp' }], stages: [stage('kind', '3d')] };
const house = houseOf(
  [stage('soft', '3d'), stage('firm', '10d')],
  { message: { by: ['item'], most: { overdue: 9 } } },
  { assign: [{ account: 'other', policy: 'vip' }] },
  [vip],
);

/** Two accounts, two policies, two currencies, two stages due on 20 February. */
async function portfolio(): Promise<World> {
  const one = await living(house);
  await one.dunning.sync({
    accounts: [{ ...account, id: 'other' }],
    invoices: [
      invoice('F-2', '02-17', '200.00'),
      { ...invoice('F-3', '02-17'), total: { amount: '30.00', currency: 'USD' } },
      { ...invoice('G-1', '02-17'), account: 'other' },
    ],
  });
  // F-1 is at its first stage by then.
  await one.dunning.tick({ now: at('02-13') });
  return one;
}

async function planned({ dunning }: World): Promise<string[]> {
  const acts = await all(dunning.acts({ states: ['ready'] }));
  return acts
    .map(({ act }) => `${act.policy.id} ${act.stage} ${act.items.map((item) => item.item).join(',')}`)
    .sort();
}

const everything = ['ladder firm F-1', 'ladder soft F-2', 'ladder soft F-3', 'vip kind G-1'];

describe('a review limited to', () => {
  const limits = {
    policies: [{ policies: ['vip'] }, ['vip kind G-1']],
    stages: [{ stages: ['firm'] }, ['ladder firm F-1']],
    currencies: [{ currencies: ['USD'] }, ['ladder soft F-3']],
    accounts: [{ accounts: ['robles'] }, ['ladder firm F-1', 'ladder soft F-2', 'ladder soft F-3']],
    'stages and currencies': [{ stages: ['soft'], currencies: ['COP'] }, ['ladder soft F-2']],
    'accounts and policies': [{ accounts: ['robles'], policies: ['vip'] }, []],
    nothing: [{ policies: [] }, []],
  } as const satisfies Record<string, readonly [object, readonly string[]]>;

  it.each(Object.entries(limits))(
    '%s plans these and no others; the rest is due at once',
    async (_, [limit, expected]) => {
      const one = await portfolio();
      const run = await one.dunning.review({ now: at('02-20'), ...limit });
      expect(await planned(one)).toEqual(expected);
      expect(run.counts.acts).toEqual(expected.length === 0 ? {} : { message: expected.length });
      await one.dunning.review({ now: at('02-20') });
      expect(await planned(one)).toEqual(everything);
    },
  );

  it('a stage never skips a milder one that it left out', async () => {
    const one = await living(houseOf([stage('soft', '3d'), stage('firm', '10d')], { entry: 'latest' }));
    await one.dunning.review({ now: at('02-20'), stages: ['soft'] });
    // The latest that is due is firm, and that lies outside.
    expect(await planned(one)).toEqual([]);
    expect((await all(one.dunning.history('robles'))).map((entry) => entry.type)).not.toContain(
      'stage.skipped',
    );
    await one.dunning.tick({ now: at('02-20') });
    expect(one.whatsapp.sent.map((message) => message.message)).toEqual(['firm']);
  });

  it('some leaves tasks and effects of the others as they are', async () => {
    const one = await living(
      houseOf(
        [stage('soft', '3d', { do: [{ send: 'soft' }, { task: 'call' }, { effect: 'stop' }] })],
        {},
        {},
        [vip],
      ),
    );
    await one.dunning.tick({ now: at('02-13') });
    const before = await all(one.dunning.acts());
    await one.dunning.review({ now: at('02-14'), policies: ['vip'] });
    expect(await all(one.dunning.acts())).toEqual(before);
  });
});

describe('counts of a review', () => {
  it('are acts by kind and reasons to wait, whole and limited', async () => {
    const one = await portfolio();
    const limited = await one.dunning.review({ now: at('02-20'), policies: ['vip'] });
    expect(limited.counts).toEqual({
      accounts: 2,
      failed: 0,
      acts: { message: 1 },
      waiting: { not_in_review: 3 },
    });
    const full = await one.dunning.review({ now: at('02-20') });
    expect(full.counts).toMatchObject({ acts: { message: 3 }, waiting: {} });
    const again = await one.dunning.review({ now: at('02-20'), accounts: 'all' });
    expect(again.counts).toMatchObject({ accounts: 2, acts: {}, waiting: { act_pending: 4 } });
  });

  it('tell proposals, tasks, fees and effects apart', async () => {
    const one = await living(
      houseOf(
        [
          stage('soft', '3d', { mode: 'approve' }),
          stage('call', '10d', { do: [{ task: 'call' }, { alert: 'watch' }, { effect: 'stop' }] }),
        ],
        { proposed: 'supersede' },
      ),
    );
    expect((await one.dunning.review({ now: at('02-13') })).counts.acts).toEqual({ proposal: 1 });
    expect((await one.dunning.review({ now: at('02-20') })).counts.acts).toEqual({
      alert: 1,
      effect: 1,
      task: 1,
    });
  });

  it('of accounts that cannot be reviewed', async () => {
    const one = await portfolio();
    await one.dunning.review({ now: at('02-20') });
    const run = await one.dunning.review({ now: at('02-18'), accounts: ['robles', 'nobody'] });
    expect(run.counts).toMatchObject({ accounts: 0, failed: 2, acts: {} });
    expect(run.failed.map((failure) => failure.code).sort()).toEqual(['backdated_review', 'unknown_id']);
  });
});

describe('a run on request', () => {
  const climbing = houseOf(
    [stage('soft', '3d'), stage('firm', '10d'), stage('last', '20d')],
    { climb: true },
    {
      contact: { gap: 'none' },
    },
  );

  it('brings each case one stage further, once for a run, and no review does', async () => {
    const one = await living(climbing);
    const run = async (id: string, day: string): Promise<void> => {
      await one.dunning.review({ now: at(day), accounts: 'all', run: id });
      await one.dunning.dispatch({ now: at(day) });
    };
    await one.dunning.tick({ now: at('02-25') });
    await run('r1', '02-25');
    await run('r1', '02-25');
    await one.dunning.tick({ now: at('02-26') });
    expect(one.whatsapp.sent.map((message) => message.message)).toEqual(['soft']);
    await run('r2', '02-26');
    expect(one.whatsapp.sent.map((message) => message.message)).toEqual(['soft', 'firm']);
  });

  it('brings nothing further that a discarded proposal holds', async () => {
    const one = await living({
      ...climbing,
      policies: climbing.policies.map((policy) => ({
        ...policy,
        mode: 'approve' as const,
        discarded: 'hold' as const,
      })),
    });
    await one.dunning.review({ now: at('02-25'), accounts: 'all', run: 'r1' });
    const [proposal] = await all(one.dunning.acts());
    await one.dunning.discard(proposal?.act.id ?? '', { ...ana, now: at('02-25') });
    await one.dunning.review({ now: at('02-26'), accounts: 'all', run: 'r2' });
    expect(await all(one.dunning.acts({ states: ['open', 'ready'] }))).toEqual([]);
  });

  it('brings nothing further that is paid', async () => {
    const one = await living(climbing);
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-20')] });
    await one.dunning.review({ now: at('02-25'), accounts: 'all', run: 'r1' });
    expect(await all(one.dunning.acts())).toEqual([]);
  });
});
