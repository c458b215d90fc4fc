import { describe, expect, it } from 'vitest';
import {
  type AccountFile,
  decide,
  type Engine,
  emptyFile,
  evolve,
  evolveAll,
  explain,
  type FileEvent,
  settle,
  statusOf,
} from '../../src/engine/index.js';
import type { Case } from '../../src/ledger/file.js';
import type { Plan, Policy } from '../../src/policy/types.js';
import { codeOf } from '../calendar/thrown.js';
import {
  aContact,
  aCredit,
  aHold,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
  aStage,
  engineOf,
  fileOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';

/** Who comes first where two are alike, and what takes its turn when. */

const at = (day: string, hour = '12:00'): number => instant(`2026-${day}T${hour}:00-06:00`);
const after = (file: AccountFile, ...events: readonly FileEvent[]): AccountFile => evolveAll(file, events);

function live(engine: Engine, file: AccountFile, ...days: readonly string[]): AccountFile {
  return days.reduce((current, day) => settle(engine, current, at(day)).file, file);
}

const acting = (engine: Engine, file: AccountFile, day: string) =>
  settle(engine, file, at(day)).acts.map(({ items }) =>
    items.flatMap((item) => (item.acting ? [item.item] : [])).join(' '),
  );

describe('thanks for several debts that were paid', () => {
  const engine = engineOf(
    aLadder(['60d'], {
      message: { by: 'item' },
      on: { paid: [{ send: 'thanks' }, { send: 'more', to: 'legal' }] },
    }),
    aPlan({}, free),
  );
  const contacts = [aContact(), aContact({ id: 'lex', role: 'legal', email: 'lex@robles.example' })];

  it('are for the oldest first, then by case, then in the order of the document', () => {
    const start = fileOf(
      told.account(anAccount({ contacts })),
      told.invoice(anInvoice({ id: 'F2', due: '2026-03-02' })),
      told.invoice(anInvoice({ id: 'F1', due: '2026-03-02' })),
      told.invoice(anInvoice({ id: 'F3' })),
    );
    const open = live(engine, start, '03-03');
    const paid = after(
      open,
      ...['F1', 'F2', 'F3'].map((to) => told.payment(aPayment({ id: `P${to}`, to, date: '2026-03-03' }))),
    );
    const thanked = (file: AccountFile) =>
      settle(engine, file, at('03-04')).acts.map(({ message, items }) => `${message} ${items[0]?.item}`);
    const expected = ['thanks F3', 'thanks F1', 'thanks F2'];
    for (const cases of [[...paid.cases], [...paid.cases].reverse()]) {
      const all = thanked({ ...paid, cases: new Map(cases) });
      expect(all.filter((one) => one.startsWith('thanks'))).toEqual(expected);
      expect(all.filter((one) => one.startsWith('more'))).toEqual(
        expected.map((one) => one.replace('thanks', 'more')),
      );
    }
  });
});

describe('thanks for a group', () => {
  const engine = engineOf(
    aLadder(['60d'], { unit: { group: ['account'] }, on: { paid: [{ send: 'thanks' }] } }),
    aPlan({}, free),
  );
  const paid = (to: string, day: string) =>
    told.payment(aPayment({ id: `P-${to}`, to, date: `2026-${day}` }));
  const thanked = (file: AccountFile, day: string) =>
    settle(engine, file, at(day)).acts.map(({ message, items }) =>
      [message, ...items.map(({ item }) => item)].join(' '),
    );

  it('are for all that was paid since it was last settled, whatever carried it meanwhile', () => {
    const start = live(engine, owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-10' })), '02-20');
    const carried = live(engine, after(start, paid('F1', '03-04')), '03-05');
    expect(carried.cases.get('~MXN')?.map(({ closed }) => closed?.reason)).toEqual([
      'carrier_settled',
      undefined,
    ]);
    const settled = after(carried, paid('F2', '03-12'));
    expect(thanked(settled, '03-12')).toEqual(['thanks F1 F2']);
    // Another debt is thanked for on its own.
    const more = after(
      live(engine, settled, '03-12'),
      told.invoice(anInvoice({ id: 'F3', issued: '2026-03-13', due: '2026-03-20' })),
    );
    expect(thanked(after(live(engine, more, '03-13'), paid('F3', '03-15')), '03-15')).toEqual(['thanks F3']);
  });
});

describe('thanks that nobody could be given', () => {
  const engine = engineOf(aLadder(['60d'], { on: { paid: [{ send: 'thanks' }] } }), aPlan({}, free));
  const nobody = fileOf(told.account(anAccount({ contacts: [] })), told.invoice(anInvoice()));
  const opened = live(engine, nobody, '03-02');
  const thanks = (file: AccountFile, day: string) =>
    settle(engine, after(file, told.account(anAccount())), at(day)).acts.map(({ message }) => message);

  it('are given within a week of the payment, or not at all', () => {
    const paid = live(engine, after(opened, told.payment(aPayment({ to: 'F1' }))), '03-03');
    expect(paid.cases.get('F1')?.[0]?.closed).toMatchObject({ reason: 'paid', on: '2026-03-03' });
    expect(['03-03', '03-10', '03-11'].map((day) => thanks(paid, day))).toEqual([['thanks'], ['thanks'], []]);
  });

  it('are not due for what runs, or ended in another way', () => {
    expect(thanks(opened, '03-03')).toEqual([]);
    const credited = live(engine, after(opened, told.credit(aCredit({ to: 'F1' }))), '03-03');
    expect(credited.cases.get('F1')?.[0]?.closed?.reason).toBe('credited');
    expect(thanks(credited, '03-04')).toEqual([]);
  });
});

describe('what is said of an item before any review', () => {
  it('is the policy that it is under, and no case', () => {
    const engine = engineOf(aLadder(['1d']), aPlan({ tolerance: { MXN: '5.00' } }, free));
    const small = { total: 499, charges: [{ id: 'G1', amount: 499, on: '2026-03-01', waived: false }] };
    const file = after(
      owing(
        anInvoice(),
        anInvoice({ id: 'F2', total: 499 }),
        anInvoice({ id: 'F3', ...small }),
        anInvoice({ id: 'F4', policy: null }),
      ),
      told.hold(aHold({ from: '2026-03-01' })),
    );
    const { items } = statusOf(engine, file, at('03-06'));
    expect(items.map(({ item, policy, case: id, state }) => [item, policy, id, state])).toEqual([
      ['F1', 'ladder', undefined, undefined],
      ['F4', undefined, undefined, undefined],
    ]);
    expect(explain(engine, file, at('03-06')).items.map(({ item, reason }) => `${item} ${reason}`)).toEqual([
      'F1 hold',
      'F2 tolerance',
      'F3 charges',
      'F4 do_not_dun',
    ]);
  });
});

describe('a hold that clears the history', () => {
  it('leaves a case alone while nobody knows whether its message went out', () => {
    const engine = engineOf(aLadder(['1d', '30d']), aPlan({ blocks: { hold: 'clear' } }, free));
    const held = (answer: 'act.accepted' | 'act.unknown') => {
      const start = owing(anInvoice());
      const { events, acts } = decide(engine, start, at('03-02'));
      const when = { act: acts[0]!.id, at: at('03-02'), on: '2026-03-02' };
      const sent = after(
        start,
        ...events,
        answer === 'act.accepted' ? { type: answer, ...when } : { type: answer, code: 'x', ...when },
        told.hold(aHold({ from: '2026-03-03', until: '2026-03-04' })),
      );
      return live(engine, sent, '03-03', '03-05')
        .cases.get('F1')
        ?.map(({ closed }) => closed?.reason);
    };
    expect(held('act.accepted')).toEqual(['cleared', undefined]);
    expect(held('act.unknown')).toEqual([undefined]);
  });
});

describe('the item that carries a group', () => {
  const grouped = engineOf(aLadder(['1d'], { unit: { group: ['account'] } }), aPlan({}, free));
  const carrier = (...invoices: readonly Parameters<typeof anInvoice>[0][]) =>
    live(grouped, owing(...invoices.map(anInvoice)), '03-10').cases.get('~MXN')?.[0]?.carrier;

  it('is the oldest, then the one with the highest balance, then the first by id', () => {
    expect(carrier({ id: 'F1', due: '2026-03-02' }, { id: 'F2' })).toBe('F2');
    expect(carrier({ id: 'F1' }, { id: 'F2', total: 10_001 })).toBe('F2');
    expect(carrier({ id: 'F1', total: 10_001 }, { id: 'F2' })).toBe('F1');
    expect(carrier({ id: 'F2' }, { id: 'F1' })).toBe('F1');
    expect(carrier({ id: 'F1' }, { id: 'F2' })).toBe('F1');
    expect(carrier({ id: 'F1', due: undefined }, { id: 'F2', due: '2026-03-09' })).toBe('F2');
  });

  it('is one on which something may be chased, where there is any', () => {
    const disputed = after(owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-02' })), {
      type: 'dispute.upserted',
      dispute: { id: 'D1', invoice: 'F1', reason: 'x', author: 'luis', opened: '2026-02-20', state: 'open' },
    });
    expect(live(grouped, disputed, '03-10').cases.get('~MXN')?.[0]?.carrier).toBe('F2');
  });
});

describe('what a message of a group speaks of', () => {
  it('is what falls due with the one that carries it, or all that is overdue', () => {
    const engine = engineOf(
      aLadder(['-7d', '1d'], { unit: { group: ['account'] }, message: { list: 'acting' } }),
      aPlan({}, free),
    );
    const file = owing(
      anInvoice({ due: '2026-03-10' }),
      anInvoice({ id: 'F2', due: '2026-03-10' }),
      anInvoice({ id: 'F3', due: '2026-03-12' }),
    );
    expect(acting(engine, file, '03-03')).toEqual(['F1 F2']);
    expect(acting(engine, live(engine, file, '03-03'), '03-11')).toEqual(['F1 F2']);
    expect(acting(engine, live(engine, file, '02-20'), '03-13')).toEqual(['F1 F2 F3']);
  });

  it('parts by what the invoices say, where they say something', () => {
    const engine = engineOf(
      aLadder(['1d'], { unit: { group: ['account', 'entity', 'item.attributes.contract'] } }),
      aPlan({}, free),
    );
    const file = owing(
      anInvoice({ attributes: { contract: null } }),
      anInvoice({ id: 'F2' }),
      anInvoice({ id: 'F3', attributes: { contract: 7 } }),
      anInvoice({ id: 'F4', attributes: { contract: 'a/b~c' }, entity: 'mx' }),
      anInvoice({ id: 'F5', attributes: { contract: false }, entity: 'mx' }),
    );
    expect([...live(engine, file, '02-20').cases.keys()].sort()).toEqual([
      '~MXN',
      '~contract=7~MXN',
      '~entity=mx~contract=a%2Fb%7Ec~MXN',
      '~entity=mx~contract=false~MXN',
    ]);
  });
});

describe('what a policy says about messages', () => {
  const said = (own: Partial<Policy>) => engineOf(aLadder(['1d'], own)).policies.get('ladder')?.message;

  it('is compiled with its defaults', () => {
    expect(said({})).toMatchObject({
      keys: [],
      byChannel: false,
      alone: false,
      byInvoice: false,
      list: 'acting',
      levels: 'own',
      byAccount: true,
      priority: 0,
      gaps: undefined,
      patient: false,
      pushed: 'gives-way',
    });
    expect(said({ message: { by: 'item' } })).toMatchObject({
      keys: ['item'],
      alone: true,
      byInvoice: false,
      byAccount: false,
    });
    expect(said({ message: { by: ['unit', 'account'] } })).toMatchObject({ keys: ['unit'], alone: true });
    expect(said({ message: { by: ['invoice', 'channel'] } })).toMatchObject({
      keys: ['invoice'],
      byChannel: true,
      alone: false,
      byInvoice: true,
      byAccount: false,
    });
    expect(said({ message: { by: 'channel' } })).toMatchObject({
      keys: [],
      byChannel: true,
      byAccount: false,
    });
  });

  it('has patience where any of its messages has', () => {
    expect(said({ via: [{ channel: 'sms' }, { channel: 'email', patience: '4h' }] })?.patient).toBe(true);
    const stage = (do_: Policy['stages'][number]['do']) =>
      said({ stages: [aStage('a', '1d', { do: do_ })] })?.patient;
    expect(stage([{ task: 'call' }, { send: 'a', via: [{ channel: 'email', patience: '4h' }] }])).toBe(true);
    expect(stage([{ task: 'call' }, { send: 'a', via: [{ channel: 'email' }] }])).toBe(false);
  });
});

describe('a task beside messages', () => {
  const stages = [
    aStage('a', '1d', {
      do: [{ send: 'first' }, { send: 'second', to: 'legal' }, { task: 'call', within: '2d' }],
    }),
    aStage('b', '30d'),
  ];
  const contacts = [
    aContact({ phone: '+525512345678' }),
    aContact({ id: 'lex', role: 'legal', email: 'lex@robles.example' }),
  ];
  const said = (engine: Engine, file: AccountFile, when: number) =>
    settle(engine, file, when).acts.map(({ kind, message, name, covers }) => [
      kind,
      message ?? name,
      covers.map((cover) => cover.case).join(' '),
    ]);

  it('is raised once with the stage, not with each of its messages', () => {
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    const one = fileOf(told.account(anAccount({ contacts })), told.invoice(anInvoice()));
    expect(said(engine, one, at('03-02'))).toEqual([
      ['message', 'first', 'ladder/F1#1'],
      ['message', 'second', 'ladder/F1#1'],
      ['task', 'call', 'ladder/F1#1'],
    ]);
    const two = after(one, told.invoice(anInvoice({ id: 'F2' })));
    const both = 'ladder/F1#1 ladder/F2#1';
    expect(said(engine, two, at('03-02'))).toEqual([
      ['message', 'first', both],
      ['message', 'second', both],
      ['task', 'call', both],
    ]);
  });

  it('is not raised again with the message that goes elsewhere because the first never arrived', () => {
    const via = [{ channel: 'email', patience: '4h' }, { channel: 'sms' }];
    const patient = [
      aStage('a', '1d', { do: [{ send: 'first', via }, { task: 'call' }] }),
      aStage('b', '30d'),
    ];
    const consents = [{ channel: 'sms', state: 'granted' as const, at: 0 }];
    const engine = engineOf(aLadder([], { stages: patient }), aPlan({}, free));
    for (const ids of [['F1'], ['F1', 'F2']]) {
      const file = fileOf(
        told.account(anAccount({ contacts: [aContact({ phone: '+525512345678', consents })] })),
        ...ids.map((id) => told.invoice(anInvoice({ id }))),
      );
      const first = settle(engine, file, at('03-02', '10:00'));
      expect(first.acts.map(({ kind, channel }) => [kind, channel])).toEqual([
        ['message', 'email'],
        ['task', undefined],
      ]);
      const again = settle(engine, first.file, at('03-02', '14:00'));
      expect(again.acts.map(({ kind, channel }) => [kind, channel])).toEqual([['message', 'sms']]);
    }
  });
});

describe('the hour of a stage', () => {
  const stages = [aStage('a', '1d', { time: '20:00' }), aStage('b', '30d')];
  const first = (
    plan: Partial<Plan['contact']>,
    hours: readonly string[],
    own: Partial<Policy> = {},
    contact = aContact(),
  ) => {
    const engine = engineOf(aLadder([], { stages, ...own }), aPlan({}, { ...free, ...plan }));
    const file = live(
      engine,
      fileOf(told.account(anAccount({ contacts: [contact] })), told.invoice(anInvoice())),
      '02-20',
    );
    return hours.find((hour) => decide(engine, file, at('03-03', hour)).acts.length > 0);
  };
  const hours = ['08:59', '09:00', '12:00', '19:59', '20:00', '23:00'];

  it('is waited for, past its day too', () => {
    expect(first({}, hours)).toBe('20:00');
    expect(first({ windows: [{ from: '09:00', to: '21:00' }] }, hours)).toBe('20:00');
  });

  it('is given up past its day, where no contact hours are left by then', () => {
    const windows = [{ from: '09:00', to: '18:00' }];
    expect(first({ windows }, hours)).toBe('09:00');
    expect(first({ windows: [{ ...windows[0]!, channels: ['sms'] }] }, hours)).toBe('20:00');
    // Any of its channels, and the zone of any contact, may be what is closed by then.
    const via = [{ channel: 'email' }, { channel: 'sms' }];
    expect(first({ windows: [{ ...windows[0]!, channels: ['sms'] }] }, hours, { via })).toBe('08:59');
    const east = aContact({ zone: 'America/Sao_Paulo' });
    expect(first({ windows: [{ from: '09:00', to: '21:00' }] }, hours, {}, east)).toBe('08:59');
  });
});

describe('an account that is not far enough in arrears', () => {
  const engine = engineOf(aLadder(['5d'], { arrears: '10d' }), aPlan({}, free));
  const next = (day: string, ...dues: readonly string[]) =>
    decide(engine, owing(...dues.map((due, index) => anInvoice({ id: `F${index}`, due }))), at(day)).next;

  it('is looked at on the first day on which something would be held by them', () => {
    const midnight = (day: string): number => at(day, '00:00');
    expect(next('03-01', '2026-03-20')).toBe(midnight('03-21'));
    expect(next('03-01', '2026-03-20', '2026-03-15')).toBe(midnight('03-16'));
    expect(next('03-01', '2026-03-15', '2026-03-20')).toBe(midnight('03-16'));
    expect(next('03-01', '2026-03-01')).toBe(midnight('03-02'));
    expect(next('03-02', '2026-03-01')).toBe(midnight('03-11'));
  });
});

describe('a group whose last message told of what is settled', () => {
  it('begins anew with what is left, where the policy counts so', () => {
    const engine = engineOf(
      aLadder(['1d', '5d'], { unit: { group: ['account'] }, counters: 'last-message' }),
      aPlan({}, free),
    );
    const told1 = live(engine, owing(anInvoice()), '03-02');
    expect(told1.cases.get('~MXN')?.[0]?.marks).toMatchObject([{ stage: 's1d', told: ['F1'] }]);
    const next = after(
      told1,
      told.invoice(anInvoice({ id: 'F2', due: '2026-03-20' })),
      told.payment(aPayment({ to: 'F1' })),
    );
    const { events } = decide(engine, next, at('03-04'));
    expect(events.slice(0, 2)).toMatchObject([
      { type: 'case.closed', case: 'ladder/~MXN#1', reason: 'counted_anew', on: '2026-03-04' },
      { type: 'case.opened', case: 'ladder/~MXN#2', opening: 2, carrier: 'F2' },
    ]);
    // What the message told of in part is still owed: it goes on.
    const part = after(told1, told.invoice(anInvoice({ id: 'F2', due: '2026-03-20' })));
    expect(decide(engine, part, at('03-04')).events).toEqual([]);
    expect(live(engine, next, '03-04', '03-21').cases.get('~MXN')?.at(-1)?.marks).toMatchObject([
      { stage: 's1d', told: ['F2'] },
    ]);
  });
});

describe('policies that are not active', () => {
  const off = aLadder(['1d'], { id: 'off', active: false });
  const why = (plan: Partial<Plan>, own: Partial<Parameters<typeof anInvoice>[0]> = {}) => {
    const engine = engineOf([aLadder(['1d']), off], aPlan(plan, free));
    const { waiting } = decide(engine, owing(anInvoice(own)), at('02-20'));
    return waiting.map(({ policy, reason }) => [policy, reason]);
  };

  it('give nobody anything: the next in rank does, or the reason is told', () => {
    expect(why({}, { policy: 'off' })).toEqual([['ladder', 'not_yet']]);
    expect(why({ default: undefined }, { policy: 'off' })).toEqual([[undefined, 'inactive_policy']]);
    expect(why({ default: null }, { policy: 'off' })).toEqual([[undefined, 'do_not_dun']]);
    expect(why({ default: undefined })).toEqual([[undefined, 'no_policy']]);
    expect(why({ default: 'off' })).toEqual([[undefined, 'inactive_policy']]);
    const assign = (own: object, rest: Partial<Plan> = {}) => ({
      ...rest,
      assign: [{ ...own, policy: 'off' }],
    });
    expect(why(assign({ invoice: 'F1' }))).toEqual([['ladder', 'not_yet']]);
    expect(why(assign({ invoice: 'F1' }, { default: undefined }))).toEqual([[undefined, 'inactive_policy']]);
    expect(why(assign({ invoice: 'F9' }, { default: undefined }))).toEqual([[undefined, 'no_policy']]);
    expect(why(assign({ account: 'robles' }, { default: undefined }))).toEqual([
      [undefined, 'inactive_policy'],
    ]);
    expect(why(assign({ entity: 'mx' }, { default: undefined }))).toEqual([[undefined, 'no_policy']]);
    expect(why(assign({ entity: 'mx' }, { default: undefined }), { entity: 'mx' })).toEqual([
      [undefined, 'inactive_policy'],
    ]);
  });
});

describe('the status of an account', () => {
  const engine = engineOf(aLadder(['1d', '5d'], { on: { paid: [{ send: 'thanks' }] } }), aPlan({}, free));

  it('tells of what is owed, and of what is settled where asked', () => {
    const two = live(engine, owing(anInvoice(), anInvoice({ id: 'F2' })), '03-02');
    const file = after(two, told.payment(aPayment({ to: 'F1', date: '2026-03-03' })));
    const items = (settled?: boolean) =>
      statusOf(engine, file, at('03-03'), { settled }).items.map(({ item }) => item);
    expect(items()).toEqual(['F2']);
    expect(items(false)).toEqual(['F2']);
    expect(items(true)).toEqual(['F1', 'F2']);
    // Thanks are no chasing: they are not what comes next.
    const { next } = statusOf(engine, file, at('03-03'));
    expect(next).toMatchObject({ on: '2026-03-06', stage: 's5d', items: ['F2'] });
  });
});

describe('events', () => {
  it('that are none leave the file as it is, the very same', () => {
    const file = owing(anInvoice());
    expect(evolveAll(file, [])).toBe(file);
  });

  it('of tasks that are not there are refused', () => {
    const closed: FileEvent = { type: 'task.closed', act: 'x', reason: 'completed', on: '2026-03-02' };
    expect(codeOf(() => evolve(emptyFile('robles'), closed))).toBe(
      codeOf(() =>
        evolve(emptyFile('robles'), {
          type: 'act.withdrawn',
          act: 'x',
          reason: 'hold',
          on: '2026-03-02',
        }),
      ),
    );
    expect(() => evolve(emptyFile('robles'), closed)).toThrow('act');
  });

  it('that take in a case replace that case and no other', () => {
    const one = (id: string, opened: string): Case => ({
      id,
      policy: 'ladder',
      version: 1,
      hash: 'h',
      subject: 'F1',
      opening: 1,
      opened,
      state: 'open',
      shift: 0,
      marks: [],
    });
    const file = evolveAll(emptyFile('robles'), [
      { type: 'case.imported', case: one('ladder/F1#1', '2026-03-01') },
      { type: 'case.imported', case: one('other/F1#1', '2026-03-02') },
      { type: 'case.imported', case: one('ladder/F1#1', '2026-03-03') },
    ]);
    expect(file.cases.get('F1')?.map(({ id, opened }) => [id, opened])).toEqual([
      ['other/F1#1', '2026-03-02'],
      ['ladder/F1#1', '2026-03-03'],
    ]);
  });
});
