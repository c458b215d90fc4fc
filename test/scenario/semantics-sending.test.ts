import { describe, expect, it } from 'vitest';
import type { Documents, Policy } from '../../src/policy/types.js';
import { parseDocuments } from '../../src/schema/index.js';
import { recordingChannel } from '../../src/testing/recording-channel.js';
import { ana, houseOf, living, stage } from '../support/house.js';
import { refused } from '../support/refused.js';
import { beside, days, entries, sent, story, through } from '../support/rows.js';
import { account, all, at, invoice, payment, reminder, type World, world } from '../support/world.js';

/** The guarantee of sending, point by point. */

const robles = { account: 'robles' };
const free = { contact: { gap: 'none' } } as const;
const rungs = [stage('soft', '3d'), stage('firm', '10d'), stage('last', '20d')];
const soft = 'robles/ladder/F-1#1/soft.1@billing.0';
const house = (policy: Partial<Policy> = {}) => houseOf(rungs, policy, free);
const states = async ({ dunning }: World) =>
  (await all(dunning.acts())).map(({ act, state }) => `${act.id} ${state}`);

describe('1: the next review instant', () => {
  it('is a pure function of facts and policy, recomputed after every fact change', async () => {
    const one = await living(house());
    expect((await one.dunning.tick({ now: at('02-01') })).next).toBe(at('02-13', '00:00'));
    await one.dunning.sync({
      holds: [{ id: 'H', ...robles, reason: 'x', author: 'b', from: '2026-02-05', until: '2026-02-20' }],
    });
    expect((await one.dunning.tick({ now: at('02-02') })).next).toBe(at('02-05', '00:00'));
    expect((await one.dunning.tick({ now: at('02-05') })).next).toBe(at('02-21', '00:00'));
    await one.dunning.sync({ payments: [payment('P', 'F-1', '02-05')] });
    await days(one, '02-06');
    expect((await one.dunning.tick({ now: at('02-21') })).next).toBeUndefined();
  });
});

describe('2: an act', () => {
  it('covers cases, stages and occurrences; its keys are readable, unique, and hold no address', async () => {
    const one = await living(house({ last: { repeat: '5d', times: 1 } }));
    await one.dunning.sync({ invoices: [invoice('F-2', '02-10')] });
    await through(one, '02-13', '03-07');
    const rows = await all(one.dunning.acts());
    const keys = rows.flatMap(({ act }) => act.keys);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toContain('robles/ladder/F-2#1/last.2@billing.0');
    expect(keys.join()).not.toMatch(/\+57|@robles/);
  });

  it('retries reuse the key', async () => {
    const one = await living(house());
    one.whatsapp.answer({ outcome: 'retry', scope: 'sender', code: 'x:1' });
    await one.dunning.tick({ now: at('02-13') });
    await through(one, '02-14', '02-14');
    expect(one.whatsapp.sent.map((message) => message.key)).toEqual([soft, soft]);
    expect(await states(one)).toEqual([`${soft} accepted`]);
  });
});

describe('3: unknown', () => {
  const unknown = async (policy: Partial<Policy> = {}) => {
    const one = await living(house(policy));
    await one.dunning.sync({ invoices: [invoice('F-2', '02-17')] });
    one.whatsapp.answer({ outcome: 'unknown', code: 'x:timeout' });
    await days(one, '02-13');
    return one;
  };

  it('holds its case, and no other', async () => {
    const one = await unknown();
    await through(one, '02-14', '02-27');
    expect(await story(one)).toEqual(['02-20 soft F-2', '02-27 firm F-2']);
    expect(await states(one)).toContain(`${soft} unknown`);
  });

  it('holds that act only, as an option: the ladder goes on, and it is never repeated', async () => {
    const one = await unknown({ unknown: 'act' });
    for (const day of ['02-14', '02-15', '02-16'])
      expect((await one.dunning.tick({ now: at(day) })).failed).toEqual([]);
    await through(one, '02-17', '03-10');
    expect(await story(one)).toEqual([
      '02-20 firm F-1+F-2',
      '02-27 firm F-2',
      '03-02 last F-1',
      '03-09 last F-2',
    ]);
    expect(sent(one).filter((id) => id === 'soft')).toHaveLength(1);
    expect(await states(one)).toContain(`${soft} unknown`);
    await one.dunning.resolve(soft, 'not-sent', { ...ana, now: at('03-10') });
    await through(one, '03-10', '03-20');
    expect(sent(one).filter((id) => id === 'soft')).toHaveLength(1);
  });

  it('of the last stage, held alone: repeats go on from its day', async () => {
    const one = await living(
      houseOf([stage('soft', '3d')], { unknown: 'act', last: { repeat: '5d', times: 1 } }, free),
    );
    one.whatsapp.answer({ outcome: 'unknown', code: 'x:timeout' });
    await days(one, '02-01');
    await through(one, '02-13', '02-28');
    expect(await story(one)).toEqual(['02-18 soft F-1']);
    expect((await entries(one.dunning, 'case.exhausted')).map(({ data }) => data.on)).toEqual(['2026-02-23']);
  });

  it('is resolved by a callback, as sent', async () => {
    const one = await unknown();
    await one.dunning.delivered(soft, { now: at('02-14') });
    await one.dunning.delivered(soft, { now: at('02-14') });
    await through(one, '02-14', '02-20');
    expect(await story(one, 'firm')).toEqual(['02-20 firm F-1+F-2']);
  });

  it('is resolved by a person, as sent or not sent', async () => {
    const yes = await unknown();
    await yes.dunning.resolve(soft, 'sent', { ...ana, now: at('02-14') });
    await days(yes, '02-14', '02-15');
    expect(sent(yes)).toEqual(['soft']);
    const no = await unknown();
    await no.dunning.resolve(soft, 'not-sent', { ...ana, now: at('02-14') });
    await days(no, '02-14', '02-15');
    expect(sent(no)).toEqual(['soft', 'soft']);
    await refused(no.dunning.resolve(soft, 'sent', ana), 'impossible_state');
  });
});

describe('4: everything is read again at dispatch', () => {
  const planned = async (policy: Partial<Policy> = {}) => {
    const one = await living(house(policy));
    await one.dunning.review({ now: at('02-13') });
    expect(await states(one)).toEqual([`${soft} ready`]);
    return one;
  };
  const changes: Readonly<Record<string, object>> = {
    paid: { payments: [payment('P', 'F-1', '02-13')] },
    'part paid': { payments: [payment('P', 'F-1', '02-13', '400.00')] },
    'a new item': { invoices: [invoice('F-2', '02-10')] },
    'a hold': { holds: [{ id: 'H', ...robles, reason: 'x', author: 'b', from: '2026-02-13' }] },
    'a dispute': {
      disputes: [{ id: 'D', ...robles, invoice: 'F-1', reason: 'x', author: 'b', opened: '2026-02-13' }],
    },
    'consent withdrawn': {
      accounts: [
        {
          ...account,
          contacts: [
            {
              ...account.contacts[0],
              consent: { whatsapp: { state: 'withdrawn', at: at('02-13', '09:30') } },
            },
          ],
        },
      ],
    },
  };
  it.each(Object.entries(changes))('%s: the content is true no more, and it is skipped', async (_, facts) => {
    const one = await planned();
    await one.dunning.sync(facts as object);
    const done = await one.dunning.dispatch({ now: at('02-13') });
    expect([done.map(({ outcome }) => outcome), sent(one)]).toEqual([['skipped'], []]);
  });

  it('part paid is planned anew with what is left (F102)', async () => {
    const one = await planned();
    await one.dunning.sync({ payments: [payment('P', 'F-1', '02-13', '400.00')] });
    const run = await one.dunning.tick({ now: at('02-13') });
    expect(run.sent).toMatchObject([{ amounts: ['600.00 COP'] }]);
  });

  it('a policy that changed: planned anew', async () => {
    const one = await planned();
    const other = world({
      ...houseOf([stage('other', '3d')], { version: 2, adopt: 'adopt' }, free),
      store: one.store,
    });
    const done = await other.dunning.dispatch({ now: at('02-13') });
    expect(done.map(({ outcome }) => outcome)).toEqual(['skipped']);
    await other.dunning.tick({ now: at('02-13') });
    expect(sent(other)).toEqual(['other']);
  });

  it('an approved text is never rendered anew in silence (F53, F54)', async () => {
    const one = await living(house({ mode: 'approve' }));
    await days(one, '02-13');
    await one.dunning.approve(soft, { ...ana, now: at('02-13') });
    await one.dunning.sync({ payments: [payment('P', 'F-1', '02-13', '400.00')] });
    await days(one, '02-13', '02-14');
    expect([sent(one), await states(one)]).toEqual([[], [`${soft} withdrawn`, `${soft}!1 open`]]);
  });
});

describe('5: provider events', () => {
  it('late, twice, or before the send’s own commit: no-ops, and status only moves forward', async () => {
    const one = await living(house());
    one.whatsapp.answer(async () => {
      await one.dunning.delivered(soft, { now: at('02-13') });
      return { outcome: 'accepted', providerId: 'p' };
    });
    await days(one, '02-13');
    await one.dunning.delivered(soft, { now: at('02-14') });
    await one.dunning.delivered(soft, { now: at('02-15') });
    expect(await states(one)).toEqual([`${soft} accepted`]);
    expect((await entries(one.dunning, 'act.delivered')).length).toBe(1);
  });
});

describe('6 and 7: effects commit with the result, and what counts for gap and caps', () => {
  it('nothing is marked before the result: no level, no reminder, no effect', async () => {
    const one = await living(
      houseOf([stage('soft', '3d', { do: [{ send: 'soft' }, { effect: 'stop' }] })], {}, free),
    );
    await one.dunning.review({ now: at('02-13') });
    expect(await one.dunning.item('robles', 'F-1', { at: at('02-13') })).toMatchObject({ reminders: 0 });
    expect(await beside(one)).toEqual([]);
    await one.dunning.dispatch({ now: at('02-13') });
    expect(await one.dunning.item('robles', 'F-1', { at: at('02-13') })).toMatchObject({
      reminders: 1,
      level: { stage: 'soft' },
    });
    expect(await beside(one)).toEqual(['effect stop on open']);
  });

  it('real sends count, whoever made them; what-if and impact do not (F79)', async () => {
    const one = await living(houseOf(rungs, {}, { contact: { gap: '3d' } }));
    await one.dunning.record({ ...robles, channel: 'phone' }, { ...ana, now: at('02-12') });
    await one.dunning.forecast('robles', { from: at('02-12'), to: at('04-01') });
    await one.dunning.impact(house(), { at: at('02-12'), until: at('04-01') });
    await through(one, '02-12', '02-16');
    expect(await story(one)).toEqual(['02-15 soft F-1']);
  });
});

describe('8: fallback to the next channel', () => {
  const chain = (patience?: string) =>
    house({ via: [{ channel: 'whatsapp', patience }, { channel: 'email' }] });
  it('on definite failure, once (F71)', async () => {
    const one = await living(chain());
    one.whatsapp.answer({ outcome: 'refused', scope: 'message', code: 'x:1' });
    one.email.answer({ outcome: 'refused', scope: 'message', code: 'x:2' });
    await through(one, '02-13', '02-16');
    expect([one.whatsapp.sent.length, one.email.sent.length]).toEqual([1, 1]);
  });

  it('when not delivered or read within the stage’s patience, once', async () => {
    const one = await living(chain('24h'));
    await through(one, '02-13', '02-18');
    expect([one.whatsapp.sent.length, one.email.sent.length]).toEqual([1, 1]);
    const read = await living(chain('24h'));
    await days(read, '02-13');
    await read.dunning.delivered(soft, { now: at('02-13', '12:00') });
    await through(read, '02-14', '02-18');
    expect([read.whatsapp.sent.length, read.email.sent.length]).toEqual([1, 0]);
  });
});

describe('9: exhausted, escalated, task and alert events', () => {
  it('fire once per opening and reason; tasks close themselves, with an event', async () => {
    const one = await living(
      houseOf(
        [stage('soft', '3d', { do: [{ send: 'soft' }, { task: 'call' }, { alert: 'late' }] })],
        { on: { exhausted: [{ alert: 'over' }] } },
        free,
      ),
    );
    await through(one, '02-13', '02-20');
    for (let index = 0; index < 3; index++)
      await one.dunning.review({ now: at('02-20', '12:00'), accounts: 'all' });
    expect(await beside(one)).toEqual(['alert late open', 'alert over open', 'task call open']);
    expect(await entries(one.dunning, 'case.exhausted')).toHaveLength(1);
    await one.dunning.sync({ payments: [payment('P', 'F-1', '02-21')] });
    await days(one, '02-21', '02-22');
    expect(await beside(one)).toEqual([
      'alert late completed',
      'alert over completed',
      'task call completed',
    ]);
    expect(await entries(one.dunning, 'task.closed')).toHaveLength(3);
    // It comes back: a new opening, which is exhausted once more.
    await one.dunning.sync({ payments: [{ ...payment('P', 'F-1', '02-21'), state: 'reversed' }] });
    await through(one, '02-23', '02-28');
    expect(await entries(one.dunning, 'case.exhausted')).toHaveLength(2);
  });

  it('a task for a missing threshold closes itself once the plan has it', async () => {
    const lacking = houseOf([stage('soft', '3d', { min: { amount: { USD: '1.00' } } })], {}, free);
    const one = await living(lacking);
    await through(one, '02-13', '02-15');
    expect(await beside(one)).toEqual(['task set-threshold open']);
    const there = houseOf(
      [stage('soft', '3d', { min: { amount: { COP: '1.00' } } })],
      { version: 2, adopt: 'adopt' },
      free,
    );
    const next = world({ ...there, store: one.store });
    await next.dunning.review({ now: at('02-16'), accounts: 'all' });
    await days(next, '02-16');
    expect([await beside(next), sent(next)]).toEqual([['task set-threshold completed'], ['soft']]);
  });
});

describe('10: errors at load, with their path', () => {
  const base = house();
  const first = base.policies[0]!;
  const broken: Readonly<Record<string, [unknown, string]>> = {
    'an unknown key': [{ ...base, policies: [{ ...first, colour: 'red' }] }, 'policies[0].colour'],
    'a first stage based on a previous one': [
      { ...base, policies: [{ ...first, stages: [{ ...rungs[0], at: { from: 'previous', plus: '1d' } }] }] },
      'policies[0].stages[0].at.from',
    ],
    'an unknown fee kind': [
      {
        ...base,
        policies: [{ ...first, stages: [{ ...rungs[0], do: [{ send: 'soft' }, { fee: 'x', share: 1 }] }] }],
      },
      'policies[0].stages[0].do[1].share',
    ],
    'a non-positive budget': [
      { ...base, policies: [{ ...first, last: { repeat: '1d', times: 0 } }] },
      'policies[0].last.times',
    ],
    'a template fault': [
      {
        ...base,
        messages: {
          ...base.messages,
          messages: base.messages.messages.map((message) => ({
            ...message,
            text: { en: { whatsapp: 'Dear {{nobody.there}}' } },
          })),
        },
      },
      'messages.messages[0].text.en.whatsapp',
    ],
    'duplicate locales': [
      {
        ...base,
        messages: {
          ...base.messages,
          messages: [
            { ...reminder('soft'), text: { en: reminder('soft').text.en, EN: reminder('soft').text.en } },
            ...base.messages.messages.slice(1),
          ],
        },
      },
      'messages.messages[0].text.EN',
    ],
  };
  it.each(Object.entries(broken))('%s', (_, [documents, path]) => {
    let problems: readonly { readonly path: string }[] = [];
    try {
      parseDocuments(documents);
    } catch (error) {
      problems = (error as { problems: typeof problems }).problems;
    }
    expect(problems.map((problem) => problem.path)).toContain(path);
  });

  it('a policy with no active stage is valid', () => {
    const documents: Documents = { ...base, policies: [{ ...first, stages: [] }] };
    expect(parseDocuments(documents).policies[0]?.stages).toEqual([]);
  });
});

describe('11: reads never emit, impossible states are typed errors and nothing is written', () => {
  it('reads leave log, rows and listeners alone', async () => {
    const one = await living(house({ mode: 'approve' }));
    await days(one, '02-13');
    const heard: string[] = [];
    one.dunning.on('event', (event) => heard.push(event.type));
    const before = await all(one.dunning.history('robles'));
    await one.dunning.account('robles', { at: at('03-20') });
    await one.dunning.item('robles', 'F-1', { at: at('03-20') });
    await one.dunning.explain('robles', { at: at('03-20') });
    await one.dunning.forecast('robles', { from: at('02-13'), to: at('06-01') });
    await one.dunning.impact(house(), { at: at('03-20') });
    await all(one.dunning.acts());
    expect([heard, await all(one.dunning.history('robles'))]).toEqual([[], before]);
  });

  it('done without a date, done without approval, done twice', async () => {
    const one = await living(house({ mode: 'approve' }));
    await days(one, '02-13');
    const before = [await states(one), await all(one.dunning.history('robles'))];
    const by = { ...ana, now: at('02-13') };
    await refused(one.dunning.confirm(soft, { ...by, on: '2026-02-14' }), 'impossible_state');
    await refused(one.dunning.confirm(soft, { ...by, on: '2026-02-30' }), 'invalid_date');
    await refused(one.dunning.confirm(soft, { ...by, on: '' }), 'invalid_date');
    await refused(one.dunning.resolve(soft, 'sent', by), 'impossible_state');
    await refused(one.dunning.delivered(soft, { now: at('02-13') }), 'impossible_state');
    await refused(one.dunning.complete(soft, by), 'impossible_state');
    await refused(one.dunning.settleFee(soft, 'booked', by), 'impossible_state');
    expect([await states(one), await all(one.dunning.history('robles'))]).toEqual(before);
  });
});

describe('contact, as sending sees it', () => {
  it('days, hours and zone of the recipient (F77, F78)', async () => {
    const one = await living(
      houseOf(rungs, {}, { contact: { windows: [{ days: ['mon', 'tue'], from: '09:00', to: '10:00' }] } }),
    );
    await one.dunning.sync({
      accounts: [{ ...account, contacts: [{ ...account.contacts[0]!, zone: 'Europe/Madrid' }] }],
    });
    // Friday 13 February; the next Monday 09:00 in Madrid is 03:00 in Bogotá.
    const run = await one.dunning.tick({ now: at('02-13') });
    expect(run.next).toBe(Date.parse('2026-02-16T09:00:00+01:00'));
    await one.dunning.tick({ now: at('02-16', '02:59') });
    expect(sent(one)).toEqual([]);
    await one.dunning.tick({ now: at('02-16', '03:00') });
    expect(sent(one)).toEqual(['soft']);
  });

  it('caps across policies and channels, with priority when two compete (F79, N14)', async () => {
    const other: Policy = {
      id: 'other',
      version: 1,
      priority: 5,
      via: [{ channel: 'email' }],
      stages: [stage('vip', '3d')],
    };
    const one = await living(
      houseOf(
        rungs,
        {},
        { contact: { caps: [{ max: 1, per: '1d' }] }, assign: [{ invoice: 'F-2', policy: 'other' }] },
        [other],
      ),
    );
    await one.dunning.sync({ invoices: [invoice('F-2', '02-10')] });
    await days(one, '02-13');
    expect((await story(one))[0]).toContain('vip');
  });

  it('escalated sender and recipients, copies (F75, F76)', async () => {
    const mail = recordingChannel('email');
    const one = await living(
      houseOf(
        [
          stage('soft', '3d', {
            do: [{ send: 'soft', to: 'manager', copy: ['billing'], via: [{ channel: 'email' }] }],
          }),
        ],
        {},
        free,
      ),
      { channels: [recordingChannel('whatsapp'), mail] },
    );
    await one.dunning.sync({
      accounts: [
        {
          ...account,
          contacts: [...account.contacts, { role: 'manager', name: 'Boss', email: 'boss@robles.example' }],
        },
      ],
    });
    await days(one, '02-13');
    expect(mail.sent.map((message) => message.to)).toEqual(['boss@robles.example']);
    expect(mail.sent[0]?.copies).toMatchObject([{ address: 'ines@robles.example' }]);
  });

  it('an alert names a role, once per case and day (S85, F124); a step has owner and deadline (S86, F122, F123)', async () => {
    const one = await living(
      houseOf(
        [
          stage('soft', '3d', {
            do: [
              { send: 'soft' },
              { alert: 'late', to: 'cfo' },
              { task: 'call', owner: 'luis', within: '2d' },
            ],
          }),
        ],
        {},
        free,
      ),
    );
    const run = await one.dunning.tick({ now: at('02-13') });
    expect(run.tasks.map((task) => task.reason).sort()).toEqual(['alert late for cfo', 'call for luis']);
    const [task] = await all(one.dunning.acts({ kinds: ['task'] }));
    expect([task?.act.owner, task?.act.deadline]).toEqual(['luis', '2026-02-15']);
  });

  it('a hand-over carries its dossier and rests the case (F125, F126)', async () => {
    const one = await living(
      houseOf(
        [
          stage('soft', '3d'),
          stage('agency', '10d', { do: [{ handover: 'agency', to: 'acme' }] }),
          rungs[2]!,
        ],
        {},
        free,
      ),
    );
    await through(one, '02-13', '03-05');
    const [row] = await all(one.dunning.acts({ kinds: ['handover'] }));
    expect(row?.act.dossier).toMatchObject({
      account: 'robles',
      totals: [{ minor: 100_000, currency: 'COP' }],
    });
    expect(row?.act.dossier?.history.map((line) => `${line.on} ${line.kind}`)).toContain('2026-02-13 stage');
    expect(sent(one)).toEqual(['soft']);
  });
});
