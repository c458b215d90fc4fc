import { describe, expect, it } from 'vitest';
import {
  type AccountFile,
  type Act,
  decide,
  type Engine,
  evolveAll,
  type FileEvent,
  followUps,
  settle,
  viewOf,
} from '../../src/engine/index.js';
import type { Action, Policy, Stage } from '../../src/policy/types.js';
import {
  aDispute,
  aLadder,
  anInvoice,
  aPayment,
  aPlan,
  aStage,
  engineOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';

/** What a message says that it costs is what is charged once it has gone out, and nothing else. */

const noon = (day: string): number => instant(`2026-${day}T12:00:00-06:00`);
const terms = { source: 'general terms, clause 4', fees: true, interest: true } as const;
const late = { fee: 'late', percent: '10' } as const;
const flat = { fee: 'flat', fixed: { MXN: '25.00' } } as const;

function engine(actions: readonly Action[], own: Partial<Policy> = {}, more: readonly Stage[] = []): Engine {
  const stages = [aStage('a', '1d', { do: [{ send: 'a' }, ...actions] }), ...more];
  return engineOf(aLadder([], { stages, ...own }), aPlan({ terms }, free));
}

const amounts = (acts: readonly Act[], kind: Act['kind']) =>
  acts
    .filter((act) => act.kind === kind)
    .map(({ charges = [] }) =>
      charges.map(({ fee, amount, items }) => `${fee} ${amount} ${items.join('+')}`),
    );

/** The charges that a message tells, and those made once it went out while these facts came in. */
function charged(own: Engine, file: AccountFile, facts: readonly FileEvent[] = [], day = '03-02') {
  const planned = decide(own, file, noon(day));
  const [act] = planned.acts;
  if (act === undefined) throw new Error('nothing was planned');
  const out = evolveAll(file, [
    ...planned.events,
    ...facts,
    { type: 'act.accepted', act: act.id, at: noon(day) + 1, on: act.on },
  ]);
  const now = noon(day) + 2;
  const { acts } = followUps(own, viewOf(own, out, now), out, now, [], act);
  return { told: amounts([act], 'message')[0], made: amounts(acts, 'fee'), acts };
}

const booked = told.payment(aPayment({ amount: 4_000, to: 'F1' }));

describe('a fee that a message told of', () => {
  it('is charged as told, whatever was booked meanwhile', () => {
    expect(charged(engine([late]), owing(anInvoice()), [booked])).toMatchObject({
      told: ['late 1000 F1'],
      made: [['late 1000 F1']],
    });
  });

  it('is charged for each name and item that it was told for', () => {
    const both = charged(engine([late, flat]), owing(anInvoice(), anInvoice({ id: 'F2' })), [booked]);
    expect(both.told).toEqual(['late 1000 F1', 'late 1000 F2', 'flat 2500 F1', 'flat 2500 F2']);
    expect(both.made).toEqual([
      ['late 1000 F1', 'late 1000 F2'],
      ['flat 2500 F1', 'flat 2500 F2'],
    ]);
  });

  it('per message is one charge, and is told as such', () => {
    const file = owing(anInvoice(), anInvoice({ id: 'F2' }));
    const once = charged(engine([{ ...flat, per: 'message' }]), file);
    expect([once.told, once.made]).toEqual([['flat 2500 F1+F2'], [['flat 2500 F1+F2']]]);
  });

  it('is that of its own stage: what another stage still lacks is reckoned on the amounts of today', () => {
    const own = engine([late]);
    const file = owing(anInvoice());
    const [act] = decide(own, file, noon('03-02')).acts;
    const sent = evolveAll(settle(own, file, noon('03-02')).file, [booked]);
    const [one] = sent.cases.get('F1') ?? [];
    const marks = one?.marks.filter(({ stage }) => stage === 'a') ?? [];
    const open: AccountFile = { ...sent, acts: new Map(), cases: new Map([['F1', [{ ...one!, marks }]]]) };
    const made = (message: Act) =>
      amounts(followUps(own, viewOf(own, open, noon('03-02')), open, noon('03-02'), [], message).acts, 'fee');
    expect(made(act!)).toEqual([['late 1000 F1']]);
    const covers = act?.covers ?? [];
    expect(made({ ...act!, covers: covers.map((cover) => ({ ...cover, stage: 'b' })) })).toEqual([
      ['late 600 F1'],
    ]);
    expect(made({ ...act!, covers: covers.map((cover) => ({ ...cover, case: 'ladder/F9#1' })) })).toEqual([
      ['late 600 F1'],
    ]);
    expect(made({ ...act!, charges: undefined })).toEqual([['late 600 F1']]);
  });

  it('of items of one message under several cases says nothing of other cases', () => {
    const own = engine([late]);
    const file = owing(anInvoice(), anInvoice({ id: 'F2', due: '2026-03-02' }));
    const first = settle(own, file, noon('03-02'));
    expect(amounts(first.acts, 'fee')).toEqual([['late 1000 F1']]);
    expect(charged(own, first.file, [], '03-03')).toMatchObject({
      told: ['late 1000 F2'],
      made: [['late 1000 F2']],
    });
  });

  it('is of the stage of each case that shares the message', () => {
    const own = engine([late], { entry: 'latest' }, [aStage('b', '9d', { do: [{ send: 'b' }, flat] })]);
    const file = owing(
      anInvoice(),
      anInvoice({ id: 'F2', due: '2026-02-20' }),
      anInvoice({ id: 'F3', due: '2026-02-19' }),
    );
    expect(charged(own, file)).toMatchObject({
      told: ['flat 2500 F3', 'flat 2500 F2', 'late 1000 F1'],
      made: [['late 1000 F1'], ['flat 2500 F3', 'flat 2500 F2']],
    });
  });
});

describe('a fee on a group', () => {
  const grouped = (actions: readonly Action[]) => engine(actions, { unit: { group: ['account'] } });
  const group = (...more: readonly FileEvent[]) =>
    evolveAll(
      owing(
        anInvoice(),
        anInvoice({ id: 'F2', due: '2026-03-20' }),
        anInvoice({ id: 'F3', due: '2026-02-20' }),
      ),
      [...more, told.dispute(aDispute({ invoice: 'F3' }))],
    );

  it('is on what is overdue and may be chased', () => {
    expect(charged(grouped([late]), group()).told).toEqual(['late 1000 F1']);
  });

  it('is on what falls due where nothing is late yet', () => {
    const early = engineOf(
      aLadder([], {
        unit: { group: ['account'] },
        stages: [aStage('a', '-3d', { do: [{ send: 'a' }, late] })],
      }),
      aPlan({ terms }, free),
    );
    expect(charged(early, owing(anInvoice()), [], '02-26').told).toEqual(['late 1000 F1']);
  });
});

describe('an alert', () => {
  const alert = { alert: 'big', to: 'boss' } as const;

  it('that a case had today is not given again, and its stage counts as alerted', () => {
    const own = engine([alert, { task: 'call' }], { late: 'each' });
    const [first, second] = [anInvoice(), anInvoice({ id: 'F2' })];
    const { file, acts } = settle(own, owing(first, second), noon('03-02'));
    const given = acts.find(({ kind }) => kind === 'alert');
    expect(given).toMatchObject({ reason: 'stage', name: 'big', owner: 'boss' });
    expect(given?.covers.map(({ case: id }) => id)).toEqual(['ladder/F1#1', 'ladder/F2#1']);
    // Another stage of F1 would alert of the same on the same day.
    const forget = new Map(
      [...file.cases].map(([subject, cases]) => [
        subject,
        cases.map((one) => ({ ...one, marks: one.marks.filter(({ stage }) => stage === 'a') })),
      ]),
    );
    const only = [{ ...given!, covers: given!.covers.slice(0, 1), state: 'planned' as const }];
    const again: AccountFile = { ...file, cases: forget, acts: new Map(only.map((act) => [act.id, act])) };
    const follow = followUps(own, viewOf(own, again, noon('03-02')), again, noon('03-02'));
    expect(follow.acts.map(({ covers }) => covers.map(({ case: id }) => id))).toEqual([['ladder/F2#1']]);
    expect(follow.events).toEqual([
      {
        type: 'stage.done',
        subject: 'F1',
        case: 'ladder/F1#1',
        stage: 'a/alert.1',
        occurrence: 1,
        on: '2026-03-02',
      },
    ]);
  });
});
