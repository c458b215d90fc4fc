import { describe, expect, it } from 'vitest';
import type { BlockRules, Policy } from '../../src/policy/types.js';
import { ana, houseOf, living, stage } from '../support/house.js';
import { beside, closings, days, entries, sent, story, through } from '../support/rows.js';
import { account, at, invoice, payment, type World } from '../support/world.js';

/** `docs/policies.md`: holds, promises, disputes, replies, seen payments, consent, recipients, hardship. */

const robles = { account: 'robles' };
const rungs = [stage('soft', '3d'), stage('firm', '10d'), stage('last', '20d')];
const house = (policy: Partial<Policy> = {}, blocks: BlockRules = {}) =>
  houseOf(rungs, policy, { blocks, contact: { gap: 'none' } });

/** A hold from 14 to 22 February over the day of `firm`. */
const hold = { id: 'H', ...robles, reason: 'audit', author: 'bea', from: '2026-02-14', until: '2026-02-22' };

async function held(policy: Partial<Policy> = {}, blocks: BlockRules = {}): Promise<World> {
  const one = await living(house(policy, blocks));
  await through(one, '02-13', '02-13');
  await one.dunning.sync({ holds: [hold] });
  return one;
}

describe('hold', () => {
  it('keeps reason code and author, blocks its last day, and what is overdue stays overdue', async () => {
    const one = await held();
    await days(one, '02-20');
    expect(await one.dunning.item('robles', 'F-1', { at: at('02-20') })).toMatchObject({
      overdue: true,
      daysPastDue: 10,
      outstanding: 100_000,
      dunnable: 0,
      level: { stage: 'soft' },
    });
    expect(await entries(one.dunning, 'hold.upserted')).toMatchObject([
      { data: { hold: { reason: 'audit', author: 'bea' } } },
    ]);
    await through(one, '02-21', '02-24');
    expect(await story(one)).toEqual(['02-13 soft F-1', '02-24 firm F-1']);
  });

  it('end exclusive: the last day is free', async () => {
    const one = await held({}, { holdEnd: 'exclusive' });
    await through(one, '02-14', '02-23');
    expect(await story(one)).toEqual(['02-13 soft F-1', '02-23 firm F-1']);
  });

  it('clear the level: begins anew after it', async () => {
    const one = await held({}, { hold: 'clear' });
    await through(one, '02-14', '03-03');
    expect(await story(one)).toEqual(['02-13 soft F-1', '02-24 soft F-1', '03-03 firm F-1']);
    expect(await closings(one)).toEqual(['ladder/F-1#1 cleared']);
  });

  it('ends by itself on a date (F28), and by a person (F25, F26)', async () => {
    const one = await living(house());
    const [id] = await one.dunning.hold(
      { ...robles, items: ['F-1'], reason: 'audit' },
      { ...ana, now: at('02-01') },
    );
    await through(one, '02-13', '02-16');
    expect(sent(one)).toEqual([]);
    await one.dunning.release('robles', id ?? '', { ...ana, now: at('02-16') });
    await through(one, '02-16', '02-18');
    expect(await story(one)).toEqual(['02-17 soft F-1']);
  });

  it('of part of an amount lets the rest be chased (N18)', async () => {
    const one = await living(house());
    await one.dunning.sync({
      holds: [{ ...hold, from: '2026-02-10', invoice: 'F-1', amount: { amount: '300.00', currency: 'COP' } }],
    });
    const run = await one.dunning.tick({ now: at('02-13') });
    expect(run.sent).toMatchObject([{ amounts: ['700.00 COP'] }]);
  });
});

describe('after any pause', () => {
  const pauses: Readonly<Record<string, (one: World) => Promise<unknown>>> = {
    hold: (one) => one.dunning.sync({ holds: [hold] }),
    promise: (one) =>
      one.dunning.sync({
        promises: [
          {
            id: 'W',
            ...robles,
            invoice: 'F-1',
            made: '2026-02-14',
            date: '2026-02-22',
            source: 'debtor',
          },
        ],
      }),
    dispute: (one) =>
      one.dunning.sync({
        disputes: [{ id: 'D', ...robles, invoice: 'F-1', opened: '2026-02-14', reason: 'x', author: 'bea' }],
      }),
    reply: (one) =>
      one.dunning.sync({
        replies: [{ id: 'Y', ...robles, on: '2026-02-14', at: at('02-14'), until: '2026-02-22' }],
      }),
    'reported payment': (one) =>
      one.dunning.sync({
        unbooked: [{ id: 'U', ...robles, source: 'debtor', on: '2026-02-14', until: '2026-02-22' }],
      }),
  };
  const over = async (name: string, one: World): Promise<void> => {
    await through(one, '02-14', '02-22');
    if (name === 'dispute')
      await one.dunning.sync({
        disputes: [
          {
            id: 'D',
            ...robles,
            invoice: 'F-1',
            opened: '2026-02-14',
            reason: 'x',
            author: 'bea',
            state: 'rejected',
          },
        ],
      });
  };

  it.each(Object.entries(pauses))(
    '%s: the next stage after the restart gap of a day',
    async (name, pause) => {
      const one = await living(house());
      await days(one, '02-13');
      await pause(one);
      await over(name, one);
      await through(one, '02-23', '03-06');
      expect(await story(one)).toEqual(['02-13 soft F-1', '02-24 firm F-1', '03-06 last F-1']);
    },
  );

  it.each(Object.entries(pauses))('%s: restart gap 0', async (name, pause) => {
    const one = await living(house({ restart: '0d' }));
    await days(one, '02-13');
    await pause(one);
    await over(name, one);
    await through(one, '02-23', '03-05');
    expect(await story(one)).toEqual(['02-13 soft F-1', '02-23 firm F-1', '03-05 last F-1']);
  });

  it.each(Object.entries(pauses))('%s: latest due', async (name, pause) => {
    const one = await living(house({ resume: 'latest', restart: '0d' }));
    await days(one, '02-13');
    await pause(one);
    // Nobody reviews before `last` is due as well.
    await over(name, one);
    await days(one, '03-03', '03-04');
    expect(await story(one)).toEqual(['02-13 soft F-1', '03-03 last F-1']);
  });

  it.each(Object.entries(pauses))('%s: same', async (name, pause) => {
    const one = await living(house({ resume: 'same' }));
    await days(one, '02-13');
    await pause(one);
    await over(name, one);
    await through(one, '02-23', '03-03');
    expect(await story(one)).toEqual(['02-13 soft F-1', '02-24 soft F-1', '03-03 firm F-1']);
  });

  it.each(Object.entries(pauses))('%s: first', async (name, pause) => {
    const one = await living(
      houseOf([stage('soft', '1d'), stage('firm', '3d'), stage('last', '10d')], { resume: 'first' }),
    );
    await through(one, '02-11', '02-13');
    await pause(one);
    await over(name, one);
    await through(one, '02-23', '03-05');
    expect(await story(one)).toEqual([
      '02-11 soft F-1',
      '02-13 firm F-1',
      '02-24 soft F-1',
      '02-26 firm F-1',
      '03-05 last F-1',
    ]);
  });
});

describe('dispute', () => {
  const dispute = {
    id: 'D',
    ...robles,
    invoice: 'F-1',
    opened: '2026-02-11',
    reason: 'quantity',
    author: 'bea',
  };
  const part = { ...dispute, amount: { amount: '300.00', currency: 'COP' } };

  it('of a part: the rest is chased, and all of it stays owed (F31, N18)', async () => {
    const one = await living(house());
    await one.dunning.sync({ disputes: [part] });
    const run = await one.dunning.tick({ now: at('02-13') });
    expect(run.sent).toMatchObject([{ amounts: ['700.00 COP'] }]);
    expect(await one.dunning.item('robles', 'F-1', { at: at('02-13') })).toMatchObject({
      outstanding: 100_000,
      dunnable: 70_000,
    });
  });

  it('the whole item, as an option', async () => {
    const one = await living(house({}, { dispute: 'item' }));
    await one.dunning.sync({ invoices: [invoice('F-2', '02-10')], disputes: [part] });
    await days(one, '02-13');
    expect(await story(one)).toEqual(['02-13 soft F-2']);
  });

  it('the whole account, as an option', async () => {
    const one = await living(house({}, { dispute: 'account' }));
    await one.dunning.sync({ invoices: [invoice('F-2', '02-10')], disputes: [part] });
    await days(one, '02-13');
    expect(sent(one)).toEqual([]);
  });

  it('rejected: chased from its original dates', async () => {
    const one = await living(house());
    await one.dunning.sync({ disputes: [dispute] });
    await through(one, '02-11', '02-12');
    await one.dunning.sync({ disputes: [{ ...dispute, state: 'rejected' }] });
    await through(one, '02-12', '02-20');
    expect(await story(one)).toEqual(['02-13 soft F-1', '02-20 firm F-1']);
  });

  it('accepted: leaves as a credit', async () => {
    const one = await living(house());
    await one.dunning.sync({ disputes: [{ ...part, state: 'accepted' }] });
    const run = await one.dunning.tick({ now: at('02-13') });
    expect(run.sent).toMatchObject([{ amounts: ['700.00 COP'] }]);
    await one.dunning.sync({
      payments: [payment('P', 'F-1', '02-14', '700.00')],
    });
    await days(one, '02-14');
    expect(await one.dunning.item('robles', 'F-1', { at: at('02-14') })).toMatchObject({ dunnable: 0 });
    await through(one, '02-15', '03-05');
    expect(await story(one, 'soft', 'firm', 'last')).toEqual(['02-13 soft F-1']);
  });
});

describe('promise to pay', () => {
  const promise = {
    id: 'W',
    ...robles,
    invoice: 'F-1',
    made: '2026-02-14',
    date: '2026-02-20',
    source: 'portal',
  };
  const promised = async (own: object = {}, blocks: BlockRules = {}, policy: Partial<Policy> = {}) => {
    const one = await living(house(policy, blocks));
    await days(one, '02-13');
    await one.dunning.sync({ promises: [{ ...promise, ...own }] });
    await through(one, '02-14', '02-19');
    return one;
  };
  const ended = async (one: World) =>
    (await entries(one.dunning, 'promise.ended')).map(({ data }) => data['promise']);

  it('pauses to the end of its last local day: broken the day after (F93, F95)', async () => {
    const one = await promised();
    await one.dunning.tick({ now: at('02-20', '17:59') });
    expect(await ended(one)).toEqual([]);
    await through(one, '02-21', '02-22');
    expect(await ended(one)).toEqual([{ id: 'W', outcome: 'broken', on: '2026-02-21' }]);
    expect(await story(one)).toEqual(['02-13 soft F-1', '02-22 firm F-1']);
  });

  it('ends with the day of the account’s own zone', async () => {
    const one = await living(house());
    await one.dunning.sync({ accounts: [{ ...account, zone: 'Asia/Tokyo' }] });
    await days(one, '02-13');
    await one.dunning.sync({ promises: [promise] });
    // 20 February 10:30 in Bogotá is the 21st in Tokyo.
    await one.dunning.tick({ now: at('02-20', '09:30') });
    expect(await ended(one)).toEqual([]);
    await one.dunning.tick({ now: at('02-20', '10:30') });
    expect(await ended(one)).toMatchObject([{ outcome: 'broken' }]);
  });

  it('plus grace: its own, else the plan’s', async () => {
    const plan = await promised({}, { promise: { grace: '2d' } });
    await through(plan, '02-20', '02-22');
    expect(await ended(plan)).toEqual([]);
    await through(plan, '02-23', '02-23');
    expect(await ended(plan)).toMatchObject([{ outcome: 'broken', on: '2026-02-23' }]);
    const own = await promised({ graceDays: 1 }, { promise: { grace: '9d' } });
    await through(own, '02-20', '02-22');
    expect(await ended(own)).toMatchObject([{ outcome: 'broken', on: '2026-02-22' }]);
  });

  it('of no day is for the plan’s default (F97)', async () => {
    const one = await living(house({}, { promise: { within: '3d' } }));
    await days(one, '02-13');
    await one.dunning.sync({ promises: [{ ...promise, date: undefined }] });
    await through(one, '02-14', '02-17');
    expect(await ended(one)).toEqual([]);
    await days(one, '02-18');
    expect(await ended(one)).toMatchObject([{ outcome: 'broken', on: '2026-02-18' }]);
  });

  it('kept within tolerance, partly kept, broken and cancelled are events', async () => {
    const kept = await promised({}, { promise: { tolerance: 5 } });
    await kept.dunning.sync({ payments: [payment('P', 'F-1', '02-20', '950.00')] });
    await days(kept, '02-20');
    expect(await ended(kept)).toMatchObject([{ outcome: 'kept', on: '2026-02-20' }]);

    const partly = await promised({}, { promise: { tolerance: 5 } });
    await partly.dunning.sync({ payments: [payment('P', 'F-1', '02-20', '949.99')] });
    await through(partly, '02-20', '02-21');
    expect(await ended(partly)).toMatchObject([{ outcome: 'partly', on: '2026-02-21' }]);

    const cancelled = await promised();
    await cancelled.dunning.sync({ promises: [{ ...promise, state: 'cancelled' }] });
    await through(cancelled, '02-20', '02-22');
    expect(await ended(cancelled)).toEqual([{ id: 'W', outcome: 'cancelled', on: '2026-02-20' }]);
    expect(await story(cancelled)).toEqual(['02-13 soft F-1', '02-21 firm F-1']);
  });

  it('of part of the amount leaves the rest to be chased', async () => {
    const one = await promised({ amount: { amount: '400.00', currency: 'COP' } });
    const run = await one.dunning.tick({ now: at('02-20') });
    expect(run.sent).toMatchObject([{ stage: 'firm', amounts: ['600.00 COP'] }]);
  });

  it('broken: the same stage, as an option', async () => {
    const one = await promised({}, {}, { resume: 'same' });
    await through(one, '02-20', '02-22');
    expect(await story(one)).toEqual(['02-13 soft F-1', '02-22 soft F-1']);
  });

  it('broken: escalates at once, as an option (F96)', async () => {
    const one = await living(house({ on: { promiseBroken: [{ escalate: 'next' }] } }));
    await days(one, '02-13');
    await one.dunning.sync({ promises: [{ ...promise, date: '2026-02-15' }] });
    await through(one, '02-14', '02-18');
    expect((await story(one)).map((line) => line.slice(6))).toEqual(['soft F-1', 'firm F-1']);
  });

  it('broken raises what the policy says, once', async () => {
    const one = await promised({}, {}, { on: { promiseBroken: [{ task: 'call', owner: 'ana' }] } });
    await through(one, '02-20', '02-26');
    expect(await beside(one)).toEqual(['task call open']);
  });

  it('is a fact for rules (F98)', async () => {
    const one = await living(
      houseOf([
        stage('soft', '3d'),
        stage('firm', '10d', { when: { fact: 'account.promisesBroken', gte: 1 } }),
      ]),
    );
    await days(one, '02-13');
    await days(one, '02-20');
    expect(sent(one)).toEqual(['soft']);
    await one.dunning.sync({ promises: [{ ...promise, made: '2026-02-20', date: '2026-02-22' }] });
    await through(one, '02-21', '02-25');
    expect(await story(one)).toEqual(['02-13 soft F-1', '02-24 firm F-1']);
  });
});

describe('payment reported by the debtor', () => {
  const seen = { id: 'U', ...robles, invoice: 'F-1', source: 'debtor' as const, on: '2026-02-12' };

  it('pauses for the verification period, raises a task once, and expires', async () => {
    const one = await living(house());
    await one.dunning.sync({ unbooked: [seen] });
    await through(one, '02-12', '02-17');
    expect(sent(one)).toEqual([]);
    expect(await beside(one)).toEqual(['task verify-payment open']);
    await through(one, '02-18', '02-19');
    expect(await story(one)).toEqual(['02-19 soft F-1']);
    expect(await beside(one)).toEqual(['task verify-payment completed']);
  });

  it('for as long as the plan says', async () => {
    const one = await living(house({}, { unbooked: '2d' }));
    await one.dunning.sync({ unbooked: [seen] });
    await through(one, '02-12', '02-16');
    expect(await story(one)).toEqual(['02-16 soft F-1']);
  });

  it('booked or failed, it is over: the task closes itself with an event', async () => {
    for (const state of ['booked', 'failed'] as const) {
      const one = await living(house());
      await one.dunning.sync({ unbooked: [seen] });
      await through(one, '02-12', '02-13');
      await one.dunning.sync({ unbooked: [{ ...seen, state }] });
      await through(one, '02-14', '02-15');
      expect(await story(one)).toEqual(['02-15 soft F-1']);
      expect(await beside(one)).toEqual(['task verify-payment completed']);
      expect(await entries(one.dunning, 'task.closed')).toMatchObject([{ actor: 'recobro' }]);
    }
  });

  it('seen by the house itself, it holds and gives nobody work', async () => {
    const one = await living(house());
    await one.dunning.sync({
      unbooked: [
        { ...seen, source: 'receipt' },
        { ...seen, id: 'V', source: 'charge' },
      ],
    });
    await through(one, '02-12', '02-17');
    expect([sent(one), await beside(one)]).toEqual([[], []]);
  });

  it('that names nothing holds the account', async () => {
    const one = await living(house());
    await one.dunning.sync({
      invoices: [invoice('F-2', '02-10')],
      unbooked: [{ ...seen, invoice: undefined, amount: { amount: '1000.00', currency: 'COP' } }],
    });
    await through(one, '02-12', '02-14');
    expect(sent(one)).toEqual([]);
    expect(await beside(one)).toEqual(['task verify-payment open']);
  });
});

describe('reply received', () => {
  const reply = { id: 'Y', ...robles, at: at('02-12'), on: '2026-02-12' };

  it('pauses automation for a period, and raises a task for the owner', async () => {
    const one = await living(house());
    await one.dunning.sync({ accounts: [{ ...account, owner: 'luis' }], replies: [reply] });
    const run = await one.dunning.tick({ now: at('02-12') });
    expect(run.tasks).toMatchObject([{ invoices: ['F-1'] }]);
    await through(one, '02-13', '02-15');
    expect(sent(one)).toEqual([]);
    expect(await beside(one)).toEqual(['task answer-reply open']);
    await through(one, '02-16', '02-17');
    expect(await story(one)).toEqual(['02-17 soft F-1']);
  });

  it('long before anything was owed, it is nobody’s work now', async () => {
    const one = await living(house());
    await one.dunning.sync({ replies: [{ ...reply, at: at('01-20'), on: '2026-01-20' }] });
    await days(one, '02-12');
    expect(await beside(one)).toEqual([]);
  });

  it('dealt with, the task closes itself and automation goes on', async () => {
    const one = await living(house());
    await one.dunning.sync({ replies: [reply] });
    await through(one, '02-12', '02-13');
    await one.dunning.sync({ replies: [{ ...reply, handled: true }] });
    await through(one, '02-14', '02-15');
    expect(await beside(one)).toEqual(['task answer-reply completed']);
    expect(await story(one)).toEqual(['02-15 soft F-1']);
  });

  it('continue: nothing pauses, and the owner hears of it all the same', async () => {
    const one = await living(house({}, { reply: 'continue' }));
    await one.dunning.sync({ replies: [reply] });
    await through(one, '02-12', '02-13');
    expect(await story(one)).toEqual(['02-13 soft F-1']);
    expect(await beside(one)).toEqual(['task answer-reply open']);
  });
});

describe('no consent on record', () => {
  const silent = { ...account, contacts: [{ ...account.contacts[0]!, consent: {} }] };
  const via = [{ channel: 'whatsapp' }, { channel: 'email' }];

  it('WhatsApp is not sent; e-mail goes on the contract', async () => {
    const one = await living(house({ via }));
    await one.dunning.sync({ accounts: [silent] });
    await days(one, '02-13');
    expect([one.whatsapp.sent.length, one.email.sent.length]).toEqual([0, 1]);
  });

  it('per channel and purpose: required, contract, off (F81)', async () => {
    const required = await living(
      houseOf(rungs, { via }, { contact: { consent: { email: { dunning: 'required', service: 'off' } } } }),
    );
    await required.dunning.sync({ accounts: [silent] });
    await days(required, '02-13');
    expect([required.whatsapp.sent.length, required.email.sent.length]).toEqual([0, 0]);
    expect(await beside(required)).toHaveLength(1);
    for (const rule of ['contract', 'off'] as const) {
      const one = await living(houseOf(rungs, { via }, { contact: { consent: { whatsapp: rule } } }));
      await one.dunning.sync({ accounts: [silent] });
      await days(one, '02-13');
      expect([one.whatsapp.sent.length, one.email.sent.length]).toEqual([1, 0]);
    }
  });

  it('of a purpose alone serves that purpose', async () => {
    const one = await living(house({ via: [{ channel: 'whatsapp' }] }));
    const granted = { state: 'granted' as const, at: at('01-01') };
    const contact = account.contacts[0]!;
    const only = (purpose: 'dunning' | 'service') =>
      one.dunning.sync({
        accounts: [
          { ...account, contacts: [{ ...contact, consent: { whatsapp: { ...granted, purpose } } }] },
        ],
      });
    await only('service');
    await days(one, '02-13');
    expect(sent(one)).toEqual([]);
    await only('dunning');
    await days(one, '02-14');
    expect(sent(one)).toEqual(['soft']);
  });
});

describe('consent withdrawn, address unusable', () => {
  const withdrawn = { whatsapp: { state: 'withdrawn' as const, at: at('02-01') } };
  const contact = account.contacts[0]!;

  it('that channel is out, the next in the chain serves', async () => {
    const one = await living(house({ via: [{ channel: 'whatsapp' }, { channel: 'email' }] }));
    await one.dunning.sync({ accounts: [{ ...account, contacts: [{ ...contact, consent: withdrawn }] }] });
    await days(one, '02-13');
    expect([one.whatsapp.sent.length, one.email.sent.length]).toEqual([0, 1]);
  });

  it('none left: one task, which closes itself with an event when somebody can be reached', async () => {
    const one = await living(house());
    await one.dunning.sync({ accounts: [{ ...account, contacts: [{ ...contact, consent: withdrawn }] }] });
    await through(one, '02-13', '02-15');
    expect(await beside(one)).toEqual(['task find-contact open']);
    await one.dunning.sync({ accounts: [account] });
    await days(one, '02-16');
    expect(await beside(one)).toEqual(['task find-contact completed']);
    expect(await entries(one.dunning, 'task.closed')).toMatchObject([{ data: { reason: 'reachable' } }]);
  });
});

describe('recipient', () => {
  const person = (id: string, role: string, phone: string) => ({
    id,
    role,
    name: id,
    phone,
    consent: { whatsapp: 'granted' as const },
  });
  const eve = person('eve', 'sales', '+573000000001');
  const bob = person('bob', 'ops', '+573000000002');
  const dora = person('dora', 'billing', '+573000000003');
  const whoGets = async (contacts: readonly (typeof eve)[], named: readonly (string | undefined)[]) => {
    const one = await living(house());
    await one.dunning.sync({
      accounts: [{ ...account, contacts }],
      invoices: named.map((contact, index) => ({ ...invoice(`F-${index + 1}`, '02-10'), contact })),
    });
    await days(one, '02-13');
    return one.whatsapp.sent.map((message) => message.toName);
  };

  it('the dunning contact, then the invoices’ contact if all agree, then the account’s first', async () => {
    expect(await whoGets([eve, bob, dora], ['bob', 'bob'])).toEqual(['dora']);
    expect(await whoGets([eve, bob], ['bob', 'bob'])).toEqual(['bob']);
    expect(await whoGets([eve, bob], ['bob', 'eve'])).toEqual(['eve']);
    expect(await whoGets([eve, bob], [undefined])).toEqual(['eve']);
  });

  it('no usable address: the next', async () => {
    const silent = { ...dora, consent: {} };
    expect(await whoGets([silent as typeof dora, eve, bob], ['bob'])).toEqual(['bob']);
  });

  it('of a branch, else of the head office', async () => {
    const one = await living(house({ message: { by: 'branch' } }));
    await one.dunning.sync({
      accounts: [
        {
          ...account,
          contacts: [dora],
          branches: [
            { id: 'north', name: 'North', contacts: [person('nora', 'billing', '+573000000004')] },
            { id: 'south', name: 'South' },
          ],
        },
      ],
      invoices: [
        { ...invoice('F-1', '02-10'), branch: 'north' },
        { ...invoice('F-2', '02-10'), branch: 'south' },
      ],
    });
    await days(one, '02-13');
    expect(one.whatsapp.sent.map((message) => message.toName).sort()).toEqual(['dora', 'nora']);
  });
});

describe('hardship flag', () => {
  it('no escalation, and a plan is offered, once; the task closes itself when the flag goes', async () => {
    const one = await living(
      houseOf([
        stage('soft', '3d'),
        stage('firm', '10d', { tone: 'firm' }),
        stage('last', '20d', { tone: 'formal' }),
      ]),
    );
    await one.dunning.sync({ accounts: [{ ...account, hardship: true }] });
    await through(one, '02-13', '03-05');
    expect(sent(one)).toEqual(['soft']);
    expect(await beside(one)).toEqual(['task offer-plan open']);
    await one.dunning.sync({ accounts: [account] });
    await through(one, '03-06', '03-08');
    expect(await beside(one)).toEqual(['task offer-plan completed']);
    expect(sent(one)).toEqual(['soft', 'last']);
  });

  it('the plan agreed, the task is over', async () => {
    const one = await living(houseOf([stage('soft', '3d'), stage('firm', '10d', { tone: 'firm' })]));
    await one.dunning.sync({ accounts: [{ ...account, hardship: true }] });
    await through(one, '02-13', '02-20');
    expect(await beside(one)).toEqual(['task offer-plan open']);
    await one.dunning.sync({
      plans: [
        {
          id: 'p',
          ...robles,
          invoices: ['F-1'],
          author: 'ana',
          made: '2026-02-21',
          total: { amount: '1000.00', currency: 'COP' },
          dues: ['2026-04-01', '2026-05-01'],
        },
      ],
    });
    await days(one, '02-21');
    expect(await beside(one)).toEqual(['task offer-plan completed']);
  });

  it('where levels follow what holds now, the plan is offered when a severer one would', async () => {
    const due = (days: number) => ({ fact: 'account.oldestDaysPastDue', gte: days });
    const one = await living(
      houseOf(
        [
          { id: 'mild', tone: 'friendly', when: due(1), do: [{ send: 'mild' }] },
          { id: 'hard', tone: 'firm', when: due(5), do: [{ send: 'hard' }] },
        ],
        { level: 'state' },
      ),
    );
    await one.dunning.sync({ accounts: [{ ...account, hardship: true }] });
    await through(one, '02-11', '02-14');
    expect(await beside(one)).toEqual([]);
    await through(one, '02-15', '02-16');
    expect([sent(one), await beside(one)]).toEqual([['mild'], ['task offer-plan open']]);
    await one.dunning.sync({ accounts: [account] });
    await days(one, '02-17');
    expect([sent(one), await beside(one)]).toEqual([['mild', 'hard'], ['task offer-plan completed']]);
  });
});
