import { describe, expect, it } from 'vitest';
import {
  type AccountFile,
  askStage,
  decide,
  type Engine,
  evolve,
  evolveAll,
  type FileEvent,
  recheck,
  settle,
} from '../../src/engine/index.js';
import type { Action, Policy } from '../../src/policy/types.js';
import {
  aContact,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPaymentPlan,
  aPlan,
  aPromise,
  aStage,
  engineOf,
  fileOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';

/** Counterexamples that the laws of test/property/any-life.test.ts found, each shrunk and named. */

const noon = (day: string): number => instant(`2026-03-${day}T12:00:00-06:00`);
const start = (day: string): number => instant(`2026-03-${day}T00:00:00-06:00`);

/** Reviews at one instant, with nothing sent, until nothing is decided any more. */
function rested(engine: Engine, file: AccountFile, at: number): { file: AccountFile; events: FileEvent[] } {
  const events: FileEvent[] = [];
  let current = file;
  for (let round = 0; round < 10; round++) {
    const decision = decide(engine, current, at);
    if (decision.events.length === 0) return { file: current, events };
    events.push(...decision.events);
    current = evolveAll(current, decision.events);
  }
  throw new Error('it never comes to rest');
}

const accepted = (act: string, on: string): FileEvent => ({
  type: 'act.accepted',
  act,
  at: noon(on),
  on: `2026-03-${on}`,
});

it('a stage that expires under runs on request is looked at on the day on which it lapses', () => {
  const stages = [aStage('soft', '1d', { expires: '2d' }), aStage('firm', '9d')];
  const engine = engineOf(aLadder([], { stages, climb: true }), aPlan({}, free));
  const { file } = rested(engine, owing(anInvoice()), noon('01'));
  expect(decide(engine, file, noon('01')).next).toBe(start('05'));
  expect(decide(engine, file, start('05') - 1).events).toEqual([]);
  expect(decide(engine, file, start('05')).events).toMatchObject([{ reason: 'expired' }, {}]);
});

describe('what is handed over', () => {
  it('with a broken promise is not written to in the same review', () => {
    const policy = aLadder(['1d', '3d'], {
      restart: '0d',
      on: { promiseBroken: [{ handover: 'agency' }] },
    });
    const engine = engineOf(policy, aPlan({}, free));
    const promised = evolve(owing(anInvoice()), told.promise(aPromise({ date: '2026-03-03' })));
    const { file } = rested(engine, promised, noon('02'));
    const { events } = rested(engine, file, noon('04'));
    const planned = events.flatMap((event) => (event.type === 'act.planned' ? [event.act.kind] : []));
    expect(planned).toEqual(['handover']);
  });

  it('with its last stage is not written to at the next place either', () => {
    const policy = aLadder(['1d'], {
      via: [{ channel: 'email', patience: '30h' }, { channel: 'sms' }],
      on: { exhausted: [{ handover: 'legal' }] },
    });
    const consents = [{ channel: 'sms', state: 'granted' as const, at: 0 }];
    const contact = aContact({ phone: '+525512345678', consents });
    const engine = engineOf(policy, aPlan({}, free));
    const owed = fileOf(told.account(anAccount({ contacts: [contact] })), told.invoice(anInvoice()));
    const planned = rested(engine, owed, noon('02')).file;
    const [act] = [...planned.acts.keys()];
    const sent = evolve(planned, accepted(act ?? '', '02'));
    for (const day of ['04', '05', '06']) {
      const decision = decide(engine, sent, noon(day));
      const after = evolveAll(sent, decision.events);
      for (const one of decision.acts)
        if (one.kind === 'message') expect(recheck(engine, after, one, noon(day))).toEqual({ ok: true });
    }
  });
});

/** Messages that a review plans, and that were not right at once. */
function planned(
  engine: Engine,
  file: AccountFile,
  at: number,
): { sent: string[]; other: string[]; wrong: unknown[] } {
  const wrong: unknown[] = [];
  const all = { sent: [] as string[], other: [] as string[], wrong };
  let current = file;
  for (let round = 0; round < 10; round++) {
    const { acts, events } = decide(engine, current, at, { occasion: at });
    if (events.length === 0) return all;
    current = evolveAll(current, events);
    for (const act of acts) {
      const items = act.items.map(({ item }) => item).join('+');
      (act.kind === 'message' ? all.sent : all.other).push(`${act.name ?? act.stage} ${items}`);
      const checked = act.kind === 'message' ? recheck(engine, current, act, at) : { ok: true };
      if (!checked.ok) wrong.push([act.id, checked]);
    }
  }
  throw new Error('it never comes to rest');
}

describe('what follows from a stage that was done before the review', () => {
  const bringing = (
    own: readonly Action[],
    more: Partial<Policy> = {},
    last: readonly Action[] = [],
  ): Engine => {
    const soft = aStage('soft', '1d', { do: [{ send: 'soft' }, ...own] });
    const firm = aStage('firm', '3d', { do: [{ send: 'firm' }, ...last] });
    const plan = aPlan({ terms: { source: 'contract', interest: '12' } }, free);
    return engineOf(aLadder([], { stages: [soft, firm], ...more }), plan);
  };
  const later: Partial<Policy> = { version: 2, adopt: 'adopt' };
  const softSent = (engine: Engine): AccountFile => {
    const { file } = rested(engine, owing(anInvoice()), noon('02'));
    const [act = ''] = file.acts.keys();
    return evolve(file, accepted(act, '02'));
  };

  it.each([
    ['is handed over', { handover: 'agency' }, { sent: [], other: ['agency F1'] }],
    ['is closed', { close: 'uneconomic' }, { sent: [], other: [] }],
  ] as const)('%s by the version that is adopted, and not written to', (_, action, expected) => {
    expect(planned(bringing([action], later), softSent(bringing([])), noon('04'))).toEqual({
      ...expected,
      wrong: [],
    });
  });

  it('is charged before the next message tells what it charges', () => {
    const fee: Action = { fee: 'late', interest: {} };
    const before = softSent(bringing([], {}, [fee]));
    expect(planned(bringing([fee], later, [fee]), before, noon('04'))).toEqual({
      sent: ['firm F1'],
      other: ['late F1'],
      wrong: [],
    });
  });

  it('is handed over once it is known to have arrived, on the day of the next stage', () => {
    const engine = bringing([{ handover: 'agency' }], { done: 'delivered' });
    const sent = softSent(engine);
    const covers = [{ subject: 'F1', case: 'ladder/F1#1', stage: 'soft', occurrence: 1 }];
    const [act = ''] = sent.cases.get('F1')?.[0]?.marks.flatMap((mark) => mark.act ?? []) ?? [];
    const arrived = evolve(sent, { type: 'act.delivered', act, at: noon('04'), on: '2026-03-04', covers });
    expect(planned(engine, arrived, noon('04'))).toEqual({ sent: [], other: ['agency F1'], wrong: [] });
  });

  it('is handed over by the first version that does so with what is exhausted, and not written to again', () => {
    const by = (own: Partial<Policy>): Engine =>
      engineOf(
        aLadder(['1d'], { via: [{ channel: 'email', patience: '30h' }, { channel: 'sms' }], ...own }),
        aPlan({}, free),
      );
    const consents = [{ channel: 'sms', state: 'granted' as const, at: 0 }];
    const contact = aContact({ phone: '+525512345678', consents });
    const owed = fileOf(told.account(anAccount({ contacts: [contact] })), told.invoice(anInvoice()));
    const { file } = rested(by({}), owed, noon('02'));
    const [act = ''] = file.acts.keys();
    const over = rested(by({}), evolve(file, accepted(act, '02')), noon('03')).file;
    const engine = by({ ...later, on: { exhausted: [{ handover: 'legal' }] } });
    expect(planned(engine, over, noon('04'))).toEqual({ sent: [], other: ['legal F1'], wrong: [] });
  });
});

describe('what this review hands over is not listed in what it writes', () => {
  const both = (engine: Engine, due: string): AccountFile => {
    const { file } = rested(engine, owing(anInvoice({ id: 'A' })), noon('02'));
    const [act = ''] = file.acts.keys();
    return evolveAll(file, [accepted(act, '02'), told.invoice(anInvoice({ id: 'B', due }))]);
  };

  it('where it is exhausted', () => {
    const policy = aLadder(['1d'], {
      message: { list: 'open' },
      on: { exhausted: [{ handover: 'agency' }] },
    });
    const engine = engineOf(policy, aPlan({}, free));
    expect(planned(engine, both(engine, '2026-03-02'), noon('03'))).toEqual({
      sent: ['s1d B'],
      other: ['agency A'],
      wrong: [],
    });
  });

  it('where a stage without a message hands it over', () => {
    const stages = [aStage('soft', '1d'), aStage('out', '4d', { do: [{ handover: 'agency' }] })];
    const engine = engineOf(aLadder([], { stages, message: { list: 'open' } }), aPlan({}, free));
    expect(planned(engine, both(engine, '2026-03-04'), noon('05'))).toEqual({
      sent: ['soft B'],
      other: ['agency A'],
      wrong: [],
    });
  });
});

it('a stage whose message is under way is not passed over when its days are over', () => {
  const stages = [aStage('soft', '1d', { expires: '1d' }), aStage('firm', '9d')];
  const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
  const { file } = rested(engine, owing(anInvoice()), noon('02'));
  const [act] = [...file.acts.keys()];
  const unknown = evolve(file, {
    type: 'act.unknown',
    act: act ?? '',
    at: noon('02'),
    on: '2026-03-02',
    code: 'timeout',
  });
  // Nobody knows whether it went out: it holds its case, also past its last day and the day of the next.
  for (const day of ['04', '11']) expect(decide(engine, unknown, noon(day)).events).toEqual([]);
});

it('a second message that waits for a person is refreshed once, and its stage is not asked for again', () => {
  const stages = [aStage('soft', '1d', { do: [{ send: 'soft' }, { send: 'copy', to: 'manager' }] })];
  const engine = engineOf(aLadder([], { stages, mode: 'task' }), aPlan({}, free));
  const contacts = [aContact(), aContact({ id: 'luis', role: 'manager', email: 'luis@robles.example' })];
  const owed = fileOf(told.account(anAccount({ contacts })), told.invoice(anInvoice()));
  const { file } = rested(engine, owed, noon('02'));
  const first = [...file.acts.keys()].find((id) => id.includes('/soft.1'));
  const done = evolve(file, {
    type: 'act.confirmed',
    act: first ?? '',
    at: noon('02'),
    on: '2026-03-02',
    author: 'eva',
  });
  const partly = evolve(done, told.payment(aPayment({ amount: 4_000, to: 'F1' })));
  const { events } = rested(engine, partly, noon('03'));
  const what = events.map((event) =>
    event.type === 'act.planned' ? `plan ${event.act.message} ${event.act.totals[0]?.minor}` : event.type,
  );
  expect(what.filter((one) => /^(act|plan)/.test(one))).toEqual(['act.withdrawn', 'plan copy 6000']);
});

it('an account that waits for its arrears never asks to be looked at in the past', () => {
  const engine = engineOf(aLadder(['0d'], { arrears: '4d' }), aPlan({}, free));
  const planned = aPaymentPlan({
    made: '2026-03-01',
    instalments: [{ id: '1', due: '2026-03-10', amount: 10_000 }],
  });
  const { file } = rested(engine, evolve(owing(anInvoice()), told.plan(planned)), noon('05'));
  const { events, next } = decide(engine, file, noon('05'));
  expect(events).toEqual([]);
  expect(next).toBeGreaterThan(noon('05'));
});

describe('a level by state', () => {
  it('begins nothing again that is under way, though somebody asks for it', () => {
    const engine = engineOf(aLadder(['1d', '5d'], { level: 'state', mode: 'approve' }), aPlan({}, free));
    const { file } = rested(engine, owing(anInvoice()), noon('02'));
    expect(file.acts.size).toBe(1);
    const asked = evolveAll(file, askStage(engine, file, noon('03'), { stage: 's1d' }, { author: 'eva' }));
    expect(decide(engine, asked, noon('03')).acts).toEqual([]);
    expect(rested(engine, asked, noon('03')).events).toEqual([]);
  });

  it('that decides about itself moves once a day at most', () => {
    const stages = [
      aStage('low', '0d', { do: [{ effect: 'watch' }] }),
      aStage('high', '0d', { do: [{ effect: 'stop' }], when: { fact: 'case.stage', ne: 'high' } }),
    ];
    const engine = engineOf(aLadder([], { stages, level: 'state' }), aPlan({}, free));
    const { events } = rested(engine, owing(anInvoice()), noon('02'));
    expect(events.filter((event) => event.type === 'case.level')).toHaveLength(1);
  });
});

it('a proposal is looked at again when what was coming is overdue, and said in other words', () => {
  const stages = [aStage('soft', '-9d', { keep: true })];
  const engine = engineOf(aLadder([], { stages, mode: 'approve' }), aPlan({}, free));
  const owed = owing(anInvoice({ due: '2026-03-08' }), anInvoice({ id: 'F2', due: '2026-03-05' }));
  const { file } = rested(engine, owed, noon('02'));
  const { next } = decide(engine, file, noon('02'));
  expect(next).toBe(start('06'));
  expect(settle(engine, file, noon('06')).events).not.toEqual([]);
});

it('thanks for a group are said once, though a plan of payments names the paid invoice later', () => {
  const thankful = aLadder(['1d'], { unit: { group: ['account'] }, on: { paid: [{ send: 'thanks' }] } });
  const engine = engineOf(thankful, aPlan({}, free));
  const owed = settle(engine, owing(anInvoice()), noon('02')).file;
  const paid = settle(engine, evolve(owed, told.payment(aPayment({ to: 'F1' }))), noon('03'));
  expect(paid.acts.map((act) => act.message)).toEqual(['thanks']);
  const planned = evolve(paid.file, told.plan(aPaymentPlan({ invoices: ['F1'], made: '2026-03-04' })));
  expect(settle(engine, planned, noon('04')).acts.filter((act) => act.message === 'thanks')).toEqual([]);
});
