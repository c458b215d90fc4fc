import { describe, expect, it } from 'vitest';
import {
  type AccountFile,
  decide,
  type Engine,
  evolveAll,
  type FileEvent,
  recheck,
  settle,
} from '../../src/engine/index.js';
import type { Policy, Reactions, TaskAction } from '../../src/policy/types.js';
import {
  aDispute,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
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

const noonOf = (day: string): number => instant(`${day}T12:00:00-06:00`);

/** Reviews at noon of each day, with everything that is sent accepted. */
function live(engine: Engine, file: AccountFile, from: number, to: number, month = '2026-03'): AccountFile {
  let current = file;
  for (let day = from; day <= to; day++)
    current = settle(engine, current, noonOf(`${month}-${String(day).padStart(2, '0')}`)).file;
  return current;
}

function open(file: AccountFile): string[] {
  return [...file.acts.values()].map((act) => `${act.kind} ${act.name ?? ''}`.trim()).sort();
}

const told2 = (file: AccountFile, ...events: readonly FileEvent[]): AccountFile => evolveAll(file, events);

describe('effects on the host', () => {
  const ladder = aLadder([], {
    stages: [
      aStage('remind', '1d'),
      aStage('stop', '5d', { do: [{ send: 'stop' }, { effect: 'stop-service' }] }),
    ],
  });
  const engine = engineOf(ladder, aPlan({}, free));

  it('come on with the stage that wants them, when it is done and not before', () => {
    const file = live(engine, owing(anInvoice()), 1, 5);
    expect(open(file)).toEqual([]);
    const decided = decide(engine, file, noonOf('2026-03-06'));
    expect(decided.acts.map((act) => act.kind)).toEqual(['message']);
    const done = settle(engine, file, noonOf('2026-03-06')).file;
    expect(open(done)).toEqual(['effect stop-service']);
    expect(done.cases.get('F1')?.[0]?.effects).toEqual(['stop-service']);
  });

  it('are released once the debt is settled, and come back with it, without another message', () => {
    const stopped = live(engine, owing(anInvoice()), 1, 6);
    const paid = settle(engine, told2(stopped, told.payment(aPayment({ to: 'F1' }))), noonOf('2026-03-07'));
    expect(paid.acts.map((act) => [act.kind, act.name, act.effect])).toEqual([
      ['effect', 'stop-service', 'off'],
    ]);
    // The first was not performed yet, so it is overtaken.
    expect(open(paid.file)).toEqual(['effect stop-service']);
    const back = settle(
      engine,
      told2(paid.file, told.payment(aPayment({ to: 'F1', state: 'reversed' }))),
      noonOf('2026-03-08'),
    );
    expect(back.acts.map((act) => [act.kind, act.name, act.effect])).toEqual([
      ['effect', 'stop-service', 'on'],
    ]);
    expect(settle(engine, back.file, noonOf('2026-03-09')).acts).toEqual([]);
  });

  it('wanted by two cases are switched once, and released with the last', () => {
    const two = owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-02' }));
    const both = live(engine, two, 1, 8);
    expect(both.cases.get('F2')?.[0]?.effects).toEqual(['stop-service']);
    expect(open(both)).toEqual(['effect stop-service']);
    const one = settle(engine, told2(both, told.payment(aPayment({ to: 'F1' }))), noonOf('2026-03-09'));
    expect(one.acts).toEqual([]);
    const none = settle(
      engine,
      told2(one.file, told.payment(aPayment({ id: 'P2', to: 'F2' }))),
      noonOf('2026-03-10'),
    );
    expect(none.acts.map((act) => act.effect)).toEqual(['off']);
  });

  it('of a stage that does nothing else need no message', () => {
    const silent = engineOf(aLadder([], { stages: [aStage('stop', '5d', { do: [{ effect: 'stop' }] })] }));
    const { acts } = settle(silent, owing(anInvoice()), noonOf('2026-03-06'));
    expect(acts.map((act) => [act.kind, act.name, act.effect])).toEqual([['effect', 'stop', 'on']]);
  });
});

describe('a level by state', () => {
  const owes = (amount: string) => ({ fact: 'account.overdue', gte: { MXN: amount } });
  const policy: Policy = {
    id: 'ladder',
    version: 1,
    level: 'state',
    via: [{ channel: 'email' }],
    stages: [
      { id: 'warned', tone: 'friendly', when: owes('50.00'), do: [{ send: 'warned' }] },
      { id: 'blocked', tone: 'firm', when: owes('150.00'), do: [{ send: 'blocked' }, { effect: 'block' }] },
    ],
  };
  const engine = engineOf(policy, aPlan({}, free));
  const first = owing(anInvoice({ due: '2026-03-01' }));
  const both = told2(first, told.invoice(anInvoice({ id: 'F2', due: '2026-03-03' })));

  it('is the severest stage whose condition holds, and moves both ways', () => {
    const start = settle(engine, first, noonOf('2026-03-02'));
    expect(start.acts.map((act) => act.message)).toEqual(['warned']);
    const up = settle(
      engine,
      told2(start.file, ...[told.invoice(anInvoice({ id: 'F2', due: '2026-03-03' }))]),
      noonOf('2026-03-04'),
    );
    expect(up.events.filter((event) => event.type === 'case.level')).toMatchObject([
      { from: 'warned', to: 'blocked' },
      { to: 'blocked' },
    ]);
    expect(up.acts.map((act) => act.message ?? act.name)).toEqual(['blocked', 'block']);
    const down = settle(engine, told2(up.file, told.payment(aPayment({ to: 'F2' }))), noonOf('2026-03-05'));
    expect(down.file.cases.get('F1')?.[0]?.level).toBe('warned');
    expect(down.acts.map((act) => [act.name, act.effect])).toEqual([['block', 'off']]);
    const again = settle(
      engine,
      told2(down.file, told.payment(aPayment({ to: 'F2', state: 'reversed' }))),
      noonOf('2026-03-06'),
    );
    // The effect returns; what was said is not said again.
    expect(again.acts.map((act) => [act.name, act.effect])).toEqual([['block', 'on']]);
  });

  it('tells a transition once, however often it is reviewed', () => {
    const { file } = settle(engine, both, noonOf('2026-03-04'));
    const again = decide(engine, file, noonOf('2026-03-04') + 1);
    expect(again.events).toEqual([]);
  });
});

describe('fees', () => {
  const fee = { fee: 'late', fixed: { MXN: '25.00' } };
  const ladder = aLadder([], {
    stages: [aStage('remind', '1d'), aStage('charged', '5d', { do: [{ send: 'charged' }, fee] })],
  });
  const agreed = { source: 'general terms, clause 4', fees: true };

  it('are an intent when the stage is done, once, on recorded terms', () => {
    const engine = engineOf(ladder, aPlan({ terms: agreed }, free));
    const file = live(engine, owing(anInvoice()), 1, 5);
    const { acts, file: after } = settle(engine, file, noonOf('2026-03-06'));
    expect(acts.map((act) => act.kind)).toEqual(['message', 'fee']);
    expect(acts[1]?.charges).toMatchObject([{ fee: 'late', amount: 2_500, currency: 'MXN', items: ['F1'] }]);
    expect(settle(engine, after, noonOf('2026-03-07')).acts).toEqual([]);
  });

  it('that nobody agreed to are never charged, and the log says why', () => {
    const engine = engineOf(ladder, aPlan({}, free));
    const { acts, events } = settle(engine, live(engine, owing(anInvoice()), 1, 5), noonOf('2026-03-06'));
    expect(acts.map((act) => act.kind)).toEqual(['message']);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'stage.skipped', stage: 'charged/fee.1', reason: 'not_agreed' }),
    );
  });

  it('without an amount for the currency are work for a person', () => {
    const engine = engineOf(ladder, aPlan({ terms: agreed }, free));
    const usd = live(engine, owing(anInvoice({ currency: 'USD' })), 1, 5);
    const { acts } = settle(engine, usd, noonOf('2026-03-06'));
    expect(acts.map((act) => [act.kind, act.name, act.reason])).toEqual([
      ['message', undefined, undefined],
      ['task', 'set-fee', 'missing_rate'],
    ]);
  });

  it('of interest go on from the day that was charged last', () => {
    const interest = { fee: 'interest', interest: { rate: '36.5' } };
    const stages = [aStage('a', '10d', { do: [interest] }), aStage('b', '20d', { do: [interest] })];
    const engine = engineOf(
      aLadder([], { stages }),
      aPlan({ terms: { source: 'c', interest: '36.5' } }, free),
    );
    const file = owing(anInvoice({ total: 100_000 }));
    const first = settle(engine, file, noonOf('2026-03-11'));
    expect(first.acts[0]?.charges?.[0]?.amount).toBe(1_000);
    const second = settle(engine, first.file, noonOf('2026-03-21'));
    expect(second.acts[0]?.charges?.[0]).toMatchObject({
      amount: 1_000,
      parts: [{ from: '2026-03-12', days: 10 }],
    });
  });
});

describe('hand-over, alerts, write-off and the end of a case', () => {
  it('an alert is raised once when its stage is done', () => {
    const stages = [aStage('a', '1d', { do: [{ send: 'a' }, { alert: 'big-debt', to: 'head-of-sales' }] })];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    const { acts, file } = settle(engine, owing(anInvoice()), noonOf('2026-03-02'));
    expect(acts.map((act) => [act.kind, act.name, act.owner])).toEqual([
      ['message', undefined, undefined],
      ['alert', 'big-debt', 'head-of-sales'],
    ]);
    expect(decide(engine, file, noonOf('2026-03-02') + 60_000).acts).toEqual([]);
  });

  it('a debt that is handed over rests, with a dossier of its whole story', () => {
    const stages = [
      aStage('a', '1d'),
      aStage('b', '5d', { do: [{ handover: 'agency', to: 'cobros' }] }),
      aStage('c', '8d'),
    ];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    const file = live(engine, owing(anInvoice()), 1, 5);
    const { acts, file: handed } = settle(engine, file, noonOf('2026-03-06'));
    expect(acts.map((act) => act.kind)).toEqual(['handover']);
    expect(acts[0]?.dossier?.totals).toEqual([{ minor: 10_000, currency: 'MXN' }]);
    expect(acts[0]?.dossier?.history.map((line) => `${line.on} ${line.kind} ${line.detail}`)).toEqual([
      '2026-03-02 contact email',
      '2026-03-02 stage a',
      '2026-03-06 stage b',
    ]);
    const later = decide(engine, handed, noonOf('2026-03-10'));
    expect(later.acts).toEqual([]);
    expect(later.waiting[0]?.reason).toBe('handed_over');
  });

  it('a proposal to write off closes itself when the debt is paid', () => {
    const stages = [aStage('a', '1d', { do: [{ writeOff: 'propose' }] })];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    const { file } = settle(engine, owing(anInvoice()), noonOf('2026-03-02'));
    expect(open(file)).toEqual(['write-off propose']);
    const paid = settle(engine, told2(file, told.payment(aPayment({ to: 'F1' }))), noonOf('2026-03-03'));
    expect(open(paid.file)).toEqual([]);
  });

  it('a stage may end the case with a reason; nothing follows in this opening', () => {
    const stages = [aStage('a', '1d', { do: [{ send: 'a' }, { close: 'too_small' }] }), aStage('b', '3d')];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    const file = live(engine, owing(anInvoice()), 1, 6);
    expect(file.cases.get('F1')?.map((one) => [one.state, one.closed?.reason])).toEqual([
      ['exhausted', 'too_small'],
    ]);
    expect(file.cases.get('F1')?.[0]?.marks.map((mark) => mark.stage)).toEqual(['a', 'a/close.1']);
  });
});

describe('reactions', () => {
  const withOn = (on: Reactions): Engine => engineOf(aLadder(['1d', '30d'], { on }), aPlan({}, free));
  const promised = fileOf(
    told.account(anAccount()),
    told.invoice(anInvoice()),
    told.promise(aPromise({ date: '2026-03-10', made: '2026-03-05' })),
  );

  it('to a broken promise happen once, and the next stage comes at once where asked', () => {
    const engine = withOn({ promiseBroken: [{ task: 'call', within: '1d' }, { escalate: 'next' }] });
    const file = live(engine, promised, 2, 10);
    const broken = settle(engine, file, noonOf('2026-03-11'));
    expect(broken.events).toContainEqual(
      expect.objectContaining({
        type: 'promise.ended',
        promise: expect.objectContaining({ outcome: 'broken' }),
      }),
    );
    expect(broken.acts.map((act) => [act.kind, act.name, act.deadline])).toContainEqual([
      'task',
      'call',
      '2026-03-12',
    ]);
    const later = live(engine, broken.file, 12, 20);
    const sent = later.touches.map((touch) => touch.on);
    expect(sent.at(-1)! < '2026-03-15').toBe(true);
    expect(sent.length).toBe(1);
  });

  it('to an exhausted case hand it over', () => {
    const engine = engineOf(aLadder(['1d'], { on: { exhausted: [{ handover: 'legal' }] } }), aPlan({}, free));
    const file = live(engine, owing(anInvoice()), 1, 8);
    expect(open(file)).toEqual(['handover legal']);
  });
});

describe('proposals', () => {
  const approving = (own: Partial<Policy> = {}): Engine =>
    engineOf(aLadder(['1d', '5d'], { mode: 'approve', ...own }), aPlan({}, free));
  const proposed = (engine: Engine, file = owing(anInvoice())) =>
    evolveAll(file, decide(engine, file, noonOf('2026-03-02')).events);

  it('wait for a person, and are no contact', () => {
    const engine = approving();
    const decision = decide(engine, owing(anInvoice()), noonOf('2026-03-02'));
    expect(decision.acts).toMatchObject([{ kind: 'message', mode: 'approve' }]);
    const file = evolveAll(owing(anInvoice()), decision.events);
    expect(file.touches).toEqual([]);
    expect([...file.acts.values()][0]?.state).toBe('proposed');
    expect(decide(engine, file, noonOf('2026-03-03')).events).toEqual([]);
  });

  it('are made anew when facts change, which voids them', () => {
    const engine = approving();
    const file = told2(proposed(engine), told.payment(aPayment({ to: 'F1', amount: 4_000 })));
    const first = decide(engine, file, noonOf('2026-03-03'));
    expect(first.events[0]).toMatchObject({ type: 'act.withdrawn', reason: 'changed' });
    expect(first.next).toBe(noonOf('2026-03-03'));
    const second = decide(engine, evolveAll(file, first.events), noonOf('2026-03-03'));
    expect(second.acts).toMatchObject([{ mode: 'approve', totals: [{ minor: 6_000 }] }]);
  });

  it('of a debt that is settled are withdrawn', () => {
    const engine = approving();
    const file = told2(proposed(engine), told.payment(aPayment({ to: 'F1' })));
    const { file: after } = settle(engine, file, noonOf('2026-03-03'));
    expect(after.acts.size).toBe(0);
  });

  it('hold the ladder, unless a later stage may supersede them', () => {
    const held = approving();
    expect(decide(held, proposed(held), noonOf('2026-03-06')).events).toEqual([]);
    const engine = approving({ proposed: 'supersede' });
    const over = decide(engine, proposed(engine), noonOf('2026-03-06'));
    expect(over.events[0]).toMatchObject({ type: 'act.withdrawn' });
    const next = decide(engine, evolveAll(proposed(engine), over.events), noonOf('2026-03-06'));
    expect(next.acts).toMatchObject([{ stage: 's5d' }]);
  });

  it('lapse on their day, and the stage is skipped', () => {
    const stages = [aStage('a', '1d', { mode: 'approve', lapses: '2d' }), aStage('b', '9d')];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    const file = proposed(engine);
    expect(decide(engine, file, noonOf('2026-03-04')).events).toEqual([]);
    const { events } = decide(engine, file, noonOf('2026-03-05'));
    expect(events[0]).toMatchObject({ type: 'act.discarded', reason: 'lapsed', next: 'skip' });
  });

  it('once approved go out, though a later stage has become due, and fall when they are no longer true', () => {
    const engine = approving();
    const [act] = decide(engine, owing(anInvoice()), noonOf('2026-03-02')).acts;
    const approved = told2(proposed(engine), {
      type: 'act.approved',
      act: act!.id,
      on: '2026-03-06',
      at: noonOf('2026-03-06'),
      author: 'ana',
    });
    expect(recheck(engine, approved, act!, noonOf('2026-03-06'))).toEqual({ ok: true });
    const paid = told2(approved, told.payment(aPayment({ to: 'F1', amount: 1 })));
    expect(recheck(engine, paid, act!, noonOf('2026-03-06'))).toMatchObject({ ok: false, reason: 'changed' });
  });

  it('are made anew each day where the policy says so', () => {
    const engine = approving({ proposed: 'regenerate' });
    const { events } = decide(engine, proposed(engine), noonOf('2026-03-03'));
    expect(events[0]).toMatchObject({ type: 'act.discarded', reason: 'regenerated', next: 'again' });
    const file = evolveAll(proposed(engine), events);
    const again = decide(engine, file, noonOf('2026-03-03'));
    expect(again.acts).toHaveLength(1);
    expect(decide(engine, evolveAll(file, again.events), noonOf('2026-03-03') + 1).events).toEqual([]);
  });
});

describe('a stage without a message that waits for a person', () => {
  const stages = [
    aStage('agency', '1d', {
      mode: 'approve',
      lapses: '3d',
      do: [{ handover: 'agency' }, { effect: 'stop' }],
    }),
  ];
  const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
  const decided = decide(engine, owing(anInvoice()), noonOf('2026-03-02'));
  const proposed = evolveAll(owing(anInvoice()), decided.events);

  it('is proposed, and brings nothing before it is approved', () => {
    expect(decided.acts).toMatchObject([
      { kind: 'task', name: 'approve-stage', mode: 'approve', lapses: '2026-03-05', stage: 'agency' },
    ]);
    expect(decide(engine, proposed, noonOf('2026-03-03')).events).toEqual([]);
    const [act] = decided.acts;
    const done = told2(proposed, {
      type: 'act.confirmed',
      act: act?.id ?? '',
      on: '2026-03-03',
      at: noonOf('2026-03-03'),
      author: 'ana',
    });
    const { acts } = decide(engine, done, noonOf('2026-03-03'));
    expect(acts.map((one) => [one.kind, one.name])).toEqual([
      ['handover', 'agency'],
      ['effect', 'stop'],
    ]);
  });

  it('lapses, and falls when the debt is paid', () => {
    expect(decide(engine, proposed, noonOf('2026-03-06')).events[0]).toMatchObject({
      type: 'act.discarded',
      reason: 'lapsed',
    });
    const paid = told2(proposed, told.payment(aPayment({ to: 'F1' })));
    const { file } = settle(engine, paid, noonOf('2026-03-03'));
    expect(open(file)).toEqual([]);
    expect(file.touches).toEqual([]);
  });
});

it('an act for people or the host says of each item what is disputed, as a message does', () => {
  const stages = [aStage('agency', '1d', { do: [{ handover: 'agency' }] })];
  const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
  const disputed = told2(owing(anInvoice()), told.dispute(aDispute({ amount: 3_000, currency: 'MXN' })));
  const [act] = settle(engine, disputed, noonOf('2026-03-02')).acts;
  expect(act?.items).toMatchObject([{ outstanding: 10_000, dunnable: 7_000, disputed: 3_000 }]);
  expect(act?.dossier?.items).toMatchObject([{ disputed: 3_000 }]);
});

describe('a task about several cases', () => {
  const nobody = told.account(anAccount({ contacts: [] }));
  const stages = (['friendly', 'firm'] as const).map((tone, index) =>
    aStage(`s${index}`, `${1 + 4 * index}d`, { tone, do: [{ send: 'dun' }, { task: 'call' }] }),
  );
  const engine = engineOf(aLadder([], { stages, entry: 'latest' }), aPlan({}, free));
  const facts = [
    nobody,
    told.invoice(anInvoice({ id: 'F3', due: '2026-03-05' })),
    told.invoice(anInvoice({ id: 'F2', due: '2026-03-01' })),
    told.invoice(anInvoice({ id: 'F1', due: '2026-03-05' })),
  ];
  const { acts } = settle(engine, fileOf(...facts), noonOf('2026-03-06'));

  it('is in the tone of the sternest stage, and names the cases by id', () => {
    expect(
      acts.map(({ name, stage, tone, covers }) => [name, stage, tone, covers.map(({ case: id }) => id)]),
    ).toEqual([['find-contact', 's1', 'firm', ['ladder/F1#1', 'ladder/F2#1', 'ladder/F3#1']]]);
    expect(acts[0]?.id).toBe('robles/ladder/F1#1/task:unreachable.1@-.0');
  });

  it('goes to whom it names, else to the owner of the account, where there is one', () => {
    const own = (task: TaskAction, facts: readonly FileEvent[]) => {
      const one = engineOf(aLadder([], { stages: [aStage('a', '1d', { do: [task] })] }), aPlan({}, free));
      return settle(one, fileOf(...facts), noonOf('2026-03-06')).acts.map(({ name, owner, deadline }) => [
        name,
        owner,
        deadline,
      ]);
    };
    const invoice = told.invoice(anInvoice());
    const owned = told.account(anAccount({ owner: 'bea' }));
    expect(own({ task: 'call', within: '2d' }, [owned, invoice])).toEqual([['call', 'bea', '2026-03-08']]);
    expect(own({ task: 'call', owner: 'luis' }, [owned, invoice])).toEqual([['call', 'luis', undefined]]);
    expect(own({ task: 'call' }, [told.account(anAccount()), invoice])).toEqual([
      ['call', undefined, undefined],
    ]);
  });
});
