import { describe, expect, it } from 'vitest';
import { houseOf, living, stage } from '../support/house.js';
import { refused } from '../support/refused.js';
import { account, at, invoice, payment, type World } from '../support/world.js';

const house = houseOf(
  [stage('soft', '3d'), stage('firm', '4d'), stage('call', '9d', { do: [{ task: 'call' }] })],
  {},
  { contact: { caps: [{ max: 1, per: '3d' }] } },
);
const march = { from: '2026-02-01', to: '2026-02-28', now: at('02-01') };

/** A second account that owes on the same day. */
async function withAnother({ dunning }: World): Promise<void> {
  await dunning.sync({
    accounts: [{ ...account, id: 'acero', name: 'Acero' }],
    invoices: [{ ...invoice('G-1', '02-10', '250.00'), account: 'acero' }],
  });
}

describe('a calendar', () => {
  it('of one account names each contact on its day, within the caps', async () => {
    const { dunning } = await living(house);
    const { days, ...rest } = await dunning.calendar({ ...march, account: 'robles' });
    expect(rest).toEqual({
      from: '2026-02-01',
      to: '2026-02-28',
      zone: 'America/Bogota',
      accounts: 1,
      failed: [],
    });
    // Three days apart: the cap moves the second message.
    expect(days.map(({ on, contacts, work }) => [on, contacts, work])).toEqual([
      ['2026-02-13', 1, 0],
      ['2026-02-16', 1, 0],
      ['2026-02-19', 0, 1],
    ]);
    expect(days[0]).toEqual({
      on: '2026-02-13',
      contacts: 1,
      proposals: 0,
      work: 0,
      accounts: 1,
      channels: { whatsapp: 1 },
      stages: { 'ladder/soft': 1 },
      amounts: [{ minor: 100_000, currency: 'COP' }],
      entries: [
        {
          at: at('02-13', '09:00'),
          account: 'robles',
          act: 'robles/ladder/F-1#1/soft.1@billing.0',
          kind: 'message',
          becomes: 'sent',
          policy: 'ladder',
          stage: 'soft',
          name: 'soft',
          channel: 'whatsapp',
          contact: 'billing',
          role: 'billing',
          items: ['F-1'],
          totals: [{ minor: 100_000, currency: 'COP' }],
        },
      ],
      more: 0,
    });
  });

  it('of the portfolio adds up accounts, and lists the first of a day', async () => {
    const one = await living(house);
    await withAnother(one);
    const { days, accounts } = await one.dunning.calendar({ ...march, list: 1 });
    expect(accounts).toBe(2);
    expect(days[0]).toMatchObject({
      on: '2026-02-13',
      contacts: 2,
      accounts: 2,
      channels: { whatsapp: 2 },
      stages: { 'ladder/soft': 2 },
      amounts: [{ minor: 125_000, currency: 'COP' }],
      entries: [{ account: 'acero' }],
      more: 1,
    });
  });

  it('lists the first of a day by the hour, whoever comes first by id', async () => {
    const one = await living(house);
    await one.dunning.sync({
      accounts: [{ ...account, id: 'zinc', zone: 'America/Caracas' }],
      invoices: [{ ...invoice('Z-1', '02-10'), account: 'zinc' }],
    });
    const { days } = await one.dunning.calendar({ ...march, list: 1 });
    // Nine o'clock in Caracas is eight in Bogotá.
    expect(days[0]).toMatchObject({
      contacts: 2,
      entries: [{ account: 'zinc', at: at('02-13', '08:00') }],
      more: 1,
    });
    expect(days[0]?.entries).toHaveLength(1);
  });

  it('counts thanks as contacts that ask for nothing', async () => {
    const one = await living(houseOf([stage('soft', '3d')], { on: { paid: [{ send: 'thanks' }] } }));
    await one.dunning.tick({ now: at('02-13') });
    await one.dunning.sync({ payments: [payment('P', 'F-1', '02-14')] });
    const { days } = await one.dunning.calendar({ ...march, now: at('02-14') });
    expect(days).toMatchObject([
      { on: '2026-02-14', contacts: 1, amounts: [], stages: { 'ladder/on:paid': 1 } },
    ]);
    expect((await one.dunning.calendar({ ...march, now: at('02-14'), purposes: ['dunning'] })).days).toEqual(
      [],
    );
  });

  it('tells proposals apart from contacts', async () => {
    const { dunning } = await living(houseOf([stage('soft', '3d', { mode: 'approve' })]));
    const left = await dunning.calendar(march);
    expect(left.days).toMatchObject([{ contacts: 0, proposals: 1, amounts: [], channels: {} }]);
    const confirmed = await dunning.calendar({ ...march, proposals: 'confirmed' });
    expect(confirmed.days).toMatchObject([{ contacts: 1, proposals: 0 }]);
  });

  it('has days of the plan, whatever the zone of the account', async () => {
    const one = await living(houseOf([stage('soft', '3d')], {}, { contact: { windows: [] } }));
    await one.dunning.sync({ accounts: [{ ...account, zone: 'Pacific/Auckland' }] });
    const { days } = await one.dunning.calendar(march);
    // The 13th of February begins on the 12th in Bogotá.
    expect(days.map(({ on, entries }) => [on, entries[0]?.at])).toEqual([
      ['2026-02-12', Date.parse('2026-02-13T00:00:00+13:00')],
    ]);
  });

  it('says nothing of days that are over', async () => {
    const { dunning } = await living(house);
    await dunning.tick({ now: at('02-13') });
    const { days } = await dunning.calendar({ ...march, now: at('02-14') });
    expect(days.every(({ on }) => on >= '2026-02-14')).toBe(true);
    expect((await dunning.calendar({ ...march, now: at('03-05') })).days).toEqual([]);
  });

  it('refuses periods that are none, and accounts that nobody knows', async () => {
    const { dunning } = await living(house);
    await refused(dunning.calendar({ from: '2026-02-02', to: '2026-02-01' }), 'invalid_option');
    await refused(dunning.calendar({ from: '2026-02-02', to: '2029-02-01' }), 'invalid_option');
    await refused(dunning.calendar({ from: '2026-02-30', to: '2026-03-01' }), 'invalid_date');
    await refused(dunning.calendar({ ...march, account: 'nobody' }), 'unknown_id');
    for (const [request, problems] of [
      [{}, ['from: is missing', 'to: is missing']],
      [{ from: '2026-02-01' }, ['to: is missing']],
      [{ from: 20_260_201, to: '2026-03-01' }, ['from: must be an existing date']],
    ] as const)
      for (const problem of problems)
        await expect(dunning.calendar(request as never)).rejects.toMatchObject({
          code: 'invalid_date',
          message: expect.stringContaining(problem) as string,
        });
    const hold = { account: 'robles', reason: 'x', from: '2026-02-30' };
    await expect(dunning.hold(hold, { author: 'ana' })).rejects.toMatchObject({
      code: 'invalid_date',
      problems: [{ path: 'what.from', code: 'invalid_date' }],
    });
  });
});
