import { describe, expect, it } from 'vitest';
import type { Dunning } from '../../src/dunning/index.js';
import type { Message } from '../../src/policy/types.js';
import { ana, houseOf, living, stage } from '../support/house.js';
import { refused } from '../support/refused.js';
import { account, all, at, invoice, payment, type World } from '../support/world.js';

const robles = { account: 'robles' };
const host = { author: 'host' };
const terms = { source: 'contract 2026, clause 4', fees: true, interest: '36.5' };

async function days({ dunning }: World, ...list: readonly string[]): Promise<void> {
  for (const day of list) await dunning.tick({ now: at(day) });
}

/** Rows of the outbox beside messages. */
async function rows(dunning: Dunning): Promise<string[]> {
  return (await all(dunning.acts()))
    .filter(({ act }) => act.kind !== 'message')
    .map(({ act, state }) =>
      [act.kind, act.name, act.effect, state].filter((part) => part !== undefined).join(' '),
    )
    .sort();
}

async function types(dunning: Dunning): Promise<string[]> {
  return (await all(dunning.history('robles'))).map((entry) => entry.type);
}

describe('effects on the host', () => {
  const house = houseOf([
    stage('soft', '3d'),
    stage('stop', '10d', { do: [{ send: 'stop' }, { effect: 'stop-service' }] }),
  ]);

  it('are rows for the host with the result of the stage, and not before', async () => {
    const one = await living(house);
    await days(one, '02-13');
    await one.dunning.review({ now: at('02-20') });
    expect(await rows(one.dunning)).toEqual([]);
    const run = await one.dunning.tick({ now: at('02-20') });
    expect(await rows(one.dunning)).toEqual(['effect stop-service on open']);
    expect(run.tasks).toMatchObject([{ code: 'effect', reason: 'begin stop-service', invoices: ['F-1'] }]);
    expect((await one.dunning.account('robles', { at: at('02-20') })).effects).toEqual(['stop-service']);
  });

  it('are completed by the host, released when the debt is paid, and come back with it', async () => {
    const one = await living(house);
    await days(one, '02-13', '02-20');
    const [on] = await all(one.dunning.acts({ kinds: ['effect'] }));
    await one.dunning.complete(on?.act.id ?? '', { ...host, now: at('02-20') });
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-21')] });
    const run = await one.dunning.tick({ now: at('02-21') });
    expect(run.tasks).toMatchObject([{ code: 'effect', reason: 'end stop-service' }]);
    expect(await rows(one.dunning)).toEqual([
      'effect stop-service off open',
      'effect stop-service on completed',
    ]);
    expect((await one.dunning.account('robles', { at: at('02-21') })).effects).toEqual([]);
    const [off] = await all(one.dunning.acts({ kinds: ['effect'], states: ['open'] }));
    await one.dunning.complete(off?.act.id ?? '', { ...host, now: at('02-21') });

    await one.dunning.sync({ payments: [{ ...payment('P-1', 'F-1', '02-21'), state: 'reversed' }] });
    await days(one, '02-25');
    expect((await one.dunning.account('robles', { at: at('02-25') })).effects).toEqual(['stop-service']);
    expect(one.whatsapp.sent.map((message) => message.message)).toEqual(['soft', 'stop']);
  });

  it('not begun yet when the debt is paid: overtaken, with an event', async () => {
    const one = await living(house);
    await days(one, '02-13', '02-20');
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-21')] });
    await days(one, '02-21');
    expect(await rows(one.dunning)).toEqual([
      'effect stop-service off open',
      'effect stop-service on completed',
    ]);
    const log = await all(one.dunning.history('robles'));
    expect(log.filter((entry) => entry.type === 'task.closed').map((entry) => entry.data)).toMatchObject([
      { reason: 'overtaken' },
    ]);
  });

  it('that a person moves an item into begin, and those of before end', async () => {
    const one = await living(house);
    await days(one, '02-13');
    await one.dunning.move({ ...robles, stage: 'stop' }, { ...ana, now: at('02-14') });
    await days(one, '02-14');
    expect((await one.dunning.account('robles', { at: at('02-14') })).effects).toEqual(['stop-service']);
    await one.dunning.move({ ...robles, stage: 'soft' }, { ...ana, now: at('02-15') });
    await days(one, '02-15');
    expect((await one.dunning.account('robles', { at: at('02-15') })).effects).toEqual([]);
  });

  it('end when a person lets a case begin anew, and wait for their stage', async () => {
    const one = await living(house);
    await days(one, '02-13', '02-20');
    await one.dunning.reset(robles, { ...ana, now: at('02-21') });
    await days(one, '02-21');
    expect((await one.dunning.account('robles', { at: at('02-21') })).effects).toEqual([]);
  });
});

describe('alerts', () => {
  const house = houseOf([stage('soft', '3d', { do: [{ send: 'soft' }, { alert: 'big-debt', to: 'cfo' }] })]);

  it('are raised once for a case, however often it is reviewed, and close with it', async () => {
    const one = await living(house);
    const run = await one.dunning.tick({ now: at('02-13') });
    expect(run.tasks).toMatchObject([{ code: 'alert', reason: 'alert big-debt for cfo' }]);
    for (const time of ['11:00', '12:00'])
      await one.dunning.review({ now: at('02-13', time), accounts: 'all' });
    await days(one, '02-14', '02-20');
    expect(await rows(one.dunning)).toEqual(['alert big-debt open']);
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-21')] });
    await days(one, '02-21');
    expect(await rows(one.dunning)).toEqual(['alert big-debt completed']);
  });

  it('of one name are one for a case and day, whoever asks for them', async () => {
    const one = await living(
      houseOf([stage('soft', '3d', { do: [{ send: 'soft' }, { alert: 'big-debt' }] })], {
        last: { exhausted: 'acted' },
        on: { exhausted: [{ alert: 'big-debt' }, { alert: 'over' }] },
      }),
    );
    await days(one, '02-13', '02-14');
    expect(await rows(one.dunning)).toEqual(['alert big-debt open', 'alert over open']);
    expect((await one.dunning.review({ now: at('02-20'), accounts: 'all' })).counts.acts).toEqual({});
  });

  it('of several invoices in one message are one', async () => {
    const one = await living(house);
    await one.dunning.sync({ invoices: [invoice('F-2', '02-10')] });
    await days(one, '02-13');
    expect(await rows(one.dunning)).toEqual(['alert big-debt open']);
  });
});

const feeMessage: Message = {
  id: 'charged',
  about: 'items',
  text: {
    en: {
      whatsapp: {
        one: 'Invoice {{invoice.number}}: {{amount}} and {{fees.amount}} late fee, {{total.amount}} in all. Thanks.',
        many: 'In all {{count}} invoices: {{amount}} and {{fees.amount}} late fees, {{total.amount}} in all. Thanks.',
      },
    },
  },
};

describe('fees', () => {
  const base = houseOf([
    stage('charged', '3d', { do: [{ send: 'charged' }, { fee: 'reminder-fee', fixed: { COP: '50.00' } }] }),
    stage('firm', '10d'),
  ]);
  const house = {
    ...base,
    messages: {
      ...base.messages,
      messages: base.messages.messages.map((message) => (message.id === 'charged' ? feeMessage : message)),
    },
  };
  const agreed = { accounts: [{ ...account, terms }] };
  const id = 'robles/ladder/F-1#1/charged/fee.1.1@-.0';

  async function charged(): Promise<World> {
    const one = await living(house);
    await one.dunning.sync(agreed);
    await days(one, '02-13');
    return one;
  }

  it('are told in the message that brings them, and are the same that the host is asked to book', async () => {
    const one = await living(house);
    await one.dunning.sync(agreed);
    const run = await one.dunning.tick({ now: at('02-13') });
    const text = one.whatsapp.sent[0]?.content.kind === 'text' ? one.whatsapp.sent[0].content.text : '';
    expect(text).toMatch(/COP 1,000 and COP 50 late fee, COP 1,050 in all/);
    expect(run.tasks).toMatchObject([{ act: id, code: 'fee', reason: 'book reminder-fee of 50.00 COP' }]);
    const [message, fee] = [...(await all(one.dunning.acts()))].sort((a, b) =>
      a.act.kind > b.act.kind ? -1 : 1,
    );
    expect(fee?.act).toMatchObject({
      kind: 'fee',
      name: 'reminder-fee',
      charges: [{ fee: 'reminder-fee', amount: 5000, currency: 'COP', items: ['F-1'], basis: 'agreement' }],
    });
    expect(message?.act.charges).toEqual(fee?.act.charges);
  });

  it('for which nothing was agreed are neither told nor made', async () => {
    const one = await living(base);
    await days(one, '02-13');
    expect(one.whatsapp.sent).toHaveLength(1);
    expect(await rows(one.dunning)).toEqual([]);
    const log = await all(one.dunning.history('robles'));
    expect(log.filter((entry) => entry.type === 'stage.skipped').map((entry) => entry.data)).toMatchObject([
      { reason: 'not_agreed' },
    ]);
  });

  it('follow the facts up to the call: what is agreed meanwhile is told, what is not any more is not', async () => {
    const one = await living(base);
    await one.dunning.sync(agreed);
    await one.dunning.review({ now: at('02-13') });
    await one.dunning.sync({ accounts: [account] });
    const run = await one.dunning.tick({ now: at('02-13') });
    expect([run.skipped.map((entry) => entry.code), run.sent.length]).toEqual([['changed'], 1]);
    expect(await rows(one.dunning)).toEqual([]);
  });

  it('that were told are made, though money came while the message was on its way', async () => {
    const one = await living({
      ...base,
      policies: base.policies.map((policy) => ({
        ...policy,
        stages: policy.stages.map((rung) =>
          rung.id === 'charged'
            ? { ...rung, do: [{ send: 'charged' }, { fee: 'late', percent: '10' }] }
            : rung,
        ),
      })),
    });
    await one.dunning.sync(agreed);
    one.whatsapp.answer(async () => {
      await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-13', '400.00')] });
      return { outcome: 'accepted', providerId: 'wamid.1' };
    });
    await days(one, '02-13');
    const [fee] = await all(one.dunning.acts({ kinds: ['fee'] }));
    expect(fee?.act.charges).toMatchObject([{ amount: 10_000 }]);
  });

  it('are booked once, and asked for once', async () => {
    const one = await charged();
    await one.dunning.settleFee(id, 'booked', { ...host, now: at('02-13') });
    await one.dunning.sync({
      invoices: [
        {
          ...invoice('F-1', '02-10', '1050.00'),
          charges: [{ id: 'C-1', amount: '50.00', on: '2026-02-13' }],
        },
      ],
    });
    await days(one, '02-14', '02-20');
    expect(await rows(one.dunning)).toEqual(['fee reminder-fee completed']);
    await refused(one.dunning.settleFee(id, 'waived', host), 'impossible_state');
  });

  it('waived, void and booked are told apart, with author and reason', async () => {
    for (const outcome of ['booked', 'waived', 'void'] as const) {
      const one = await charged();
      await one.dunning.settleFee(id, outcome, { ...ana, now: at('02-14') });
      const log = await all(one.dunning.history('robles'));
      expect(log.filter((entry) => entry.type === 'fee.settled')).toMatchObject([
        { actor: 'ana', data: { act: id, outcome, author: 'ana', reason: 'agreed by phone' } },
      ]);
      await days(one, '02-14', '02-20', '03-20');
      expect(await rows(one.dunning)).toEqual(['fee reminder-fee completed']);
    }
  });

  it('know three outcomes and no fourth, and are settled, not completed', async () => {
    const one = await charged();
    // @ts-expect-error from JavaScript
    await refused(one.dunning.settleFee(id, 'paid', host), 'invalid_option');
    await refused(one.dunning.complete(id, host), 'impossible_state');
    await refused(one.dunning.confirm(id, host), 'impossible_state');
    await refused(one.dunning.discard(id, host), 'impossible_state');
    expect((await all(one.dunning.acts({ kinds: ['fee'] })))[0]?.state).toBe('open');
  });

  it('stay due when the debt is paid: they were told', async () => {
    const one = await charged();
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-14')] });
    await days(one, '02-14');
    expect(await rows(one.dunning)).toEqual(['fee reminder-fee open']);
  });

  it('confirmed by hand are those that were proposed', async () => {
    const one = await living({
      ...base,
      policies: base.policies.map((policy) => ({ ...policy, mode: 'task' as const })),
    });
    await one.dunning.sync(agreed);
    await days(one, '02-13');
    const [proposal] = await all(one.dunning.acts());
    expect(proposal?.act.charges).toMatchObject([{ amount: 5000 }]);
    expect(await rows(one.dunning)).toEqual([]);
    await one.dunning.confirm(proposal?.act.id ?? '', { ...ana, now: at('02-14') });
    expect(await rows(one.dunning)).toEqual(['fee reminder-fee open']);
  });
});

describe('fees of groups', () => {
  const vip = { id: 'vip', version: 1, via: [{ channel: 'whatsapp' }], stages: [stage('kind', '60d')] };
  const house = houseOf(
    [
      stage('soft', '3d', {
        do: [{ send: 'soft' }, { fee: 'late', fixed: { COP: '50.00' } }, { handover: 'legal' }],
      }),
    ],
    { unit: { group: ['account'] }, scope: { fact: 'item.original', gte: { COP: '100.00' } } },
    { assign: [{ invoice: 'F-4', policy: 'vip' }] },
    [vip],
  );

  it('are for what is late of it: not for what is not due, held, out of scope or under another policy', async () => {
    const one = await living(house);
    await one.dunning.sync({
      accounts: [{ ...account, terms }],
      invoices: [
        invoice('F-2', '02-12'),
        invoice('F-3', '03-30'),
        invoice('F-4', '02-10'),
        invoice('F-5', '02-10', '20.00'),
        invoice('F-6', '02-11'),
      ],
      holds: [{ id: 'H', account: 'robles', invoice: 'F-6', from: '2026-02-01', reason: 'x', author: 'bea' }],
    });
    await days(one, '02-13');
    const [fee] = await all(one.dunning.acts({ kinds: ['fee'] }));
    expect(fee?.act.charges?.map((charge) => charge.items)).toEqual([['F-1'], ['F-2']]);
    const [handover] = await all(one.dunning.acts({ kinds: ['handover'] }));
    expect(handover?.act.dossier?.items.map((item) => item.item)).toEqual(['F-1', 'F-6', 'F-2', 'F-3']);
  });
});

describe('interest', () => {
  const house = houseOf([
    stage('soft', '10d', { do: [{ send: 'soft' }, { fee: 'interest', interest: {} }] }),
    stage('firm', '20d', { do: [{ send: 'firm' }, { fee: 'interest', interest: {} }] }),
    stage('last', '30d', { do: [{ send: 'last' }, { fee: 'interest', interest: {} }] }),
  ]);
  const dates = ['02-20', '03-02', '03-12'];

  async function charges(dunning: Dunning): Promise<number[]> {
    const acts = await all(dunning.acts({ kinds: ['fee'] }));
    return acts
      .sort((a, b) => (a.act.on < b.act.on ? -1 : 1))
      .flatMap(({ act }) => (act.charges ?? []).map((charge) => charge.amount));
  }

  it('is charged for each day once', async () => {
    const one = await living(house);
    await one.dunning.sync({ accounts: [{ ...account, terms }] });
    await days(one, ...dates);
    // 36.5 percent of 1000.00 is 1.00 a day: ten days each time.
    expect(await charges(one.dunning)).toEqual([1000, 1000, 1000]);
  });

  it('waived is not charged again; void is, once', async () => {
    for (const [outcome, expected] of [
      ['waived', [1000, 1000, 1000]],
      ['void', [1000, 2000, 1000]],
    ] as const) {
      const one = await living(house);
      await one.dunning.sync({ accounts: [{ ...account, terms }] });
      await days(one, dates[0] ?? '');
      const [first] = await all(one.dunning.acts({ kinds: ['fee'] }));
      await one.dunning.settleFee(first?.act.id ?? '', outcome, { ...ana, now: at('02-21') });
      await days(one, ...dates.slice(1));
      expect(await charges(one.dunning)).toEqual(expected);
    }
  });

  it('void once later days were charged: no day is ever charged twice', async () => {
    const one = await living(house);
    await one.dunning.sync({ accounts: [{ ...account, terms }] });
    await days(one, ...dates.slice(0, 2));
    const [first] = (await all(one.dunning.acts({ kinds: ['fee'] }))).sort((a, b) =>
      a.act.on < b.act.on ? -1 : 1,
    );
    await one.dunning.settleFee(first?.act.id ?? '', 'void', { ...ana, now: at('03-03') });
    await days(one, '03-12');
    expect(await charges(one.dunning)).toEqual([1000, 1000, 1000]);
  });

  it('proposed and not approved is reckoned anew each day, and told as it is when it goes out', async () => {
    const one = await living({
      ...house,
      policies: house.policies.map((policy) => ({ ...policy, mode: 'approve' as const })),
    });
    await one.dunning.sync({ accounts: [{ ...account, terms }] });
    await days(one, '02-20', '02-21');
    const [open] = await all(one.dunning.acts({ states: ['open'] }));
    expect(open?.act.charges).toMatchObject([{ amount: 1100 }]);
    await one.dunning.approve(open?.act.id ?? '', { ...ana, now: at('02-21') });
    await days(one, '02-21');
    expect(await charges(one.dunning)).toEqual([1100]);
  });
});

describe('reactions and ends', () => {
  it('a proposal to write off waits for a person, and closes itself when the debt is paid', async () => {
    const one = await living(
      houseOf([stage('soft', '3d', { do: [{ send: 'soft' }, { writeOff: 'propose' }] })]),
    );
    const run = await one.dunning.tick({ now: at('02-13') });
    expect(run.tasks).toMatchObject([{ code: 'write-off', reason: expect.stringContaining('write it off') }]);
    await one.dunning.sync({ payments: [payment('P-1', 'F-1', '02-14')] });
    await days(one, '02-14');
    expect(await rows(one.dunning)).toEqual(['write-off propose completed']);
    expect((await types(one.dunning)).filter((type) => type === 'task.closed')).toHaveLength(1);
  });

  it('an exhausted case tells people once', async () => {
    const one = await living(
      houseOf([stage('soft', '3d')], {
        last: { exhausted: '2d' },
        on: { exhausted: [{ task: 'decide', owner: 'bea', within: '2bd' }, { alert: 'exhausted' }] },
      }),
    );
    await days(one, '02-13', '02-15', '02-16', '02-20');
    expect(await rows(one.dunning)).toEqual(['alert exhausted open', 'task decide open']);
  });

  it('a debt in a currency without threshold asks a person, once', async () => {
    const one = await living(houseOf([stage('soft', '3d', { min: { amount: { MXN: '10.00' } } })]));
    const run = await one.dunning.tick({ now: at('02-13') });
    expect(run.tasks).toMatchObject([{ code: 'set-threshold' }]);
    await days(one, '02-14', '02-20');
    expect(await rows(one.dunning)).toEqual(['task set-threshold open']);
  });
});
