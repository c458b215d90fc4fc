import { describe, expect, it } from 'vitest';
import { decide, type Engine, evolveAll, type FileEvent, impactOf, settle } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Policy } from '../../src/policy/types.js';
import {
  aLadder,
  anAccount,
  anInvoice,
  aPlan,
  aStage,
  engineOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { actsIn, sent, story, walk } from '../support/walk.js';

const plan = aPlan({}, free);
const on = (day: string): number => instant(`${day}T10:00:00-06:00`);
const first = aLadder(['1d', '5d', '9d']);
const before = engineOf(first, plan);
/** What ran until the day after the second stage. */
const running = walk(before, owing(anInvoice()), '2026-03-01', 7).file;

function second(own: Partial<Policy> = {}): Policy {
  return aLadder(['1d', '5d', '7d', '12d'], { version: 2, ...own });
}

function adoptions(events: readonly FileEvent[]): readonly object[] {
  return events.filter((event) => event.type === 'case.adopted');
}

/** The rest of the story under other documents. */
function later(engine: Engine, file: AccountFile = running): readonly string[] {
  return sent(walk(engine, file, '2026-03-08', 10));
}

describe('a new version of a policy', () => {
  it('leaves running cases with theirs, by default; new cases begin with the newest', () => {
    const engine = engineOf([first, second()], plan);
    const file = evolveAll(running, [told.invoice(anInvoice({ id: 'F2', due: '2026-03-07' }))]);
    expect(later(engine, file)).toEqual([
      '2026-03-08 s1d F2',
      '2026-03-10 s9d F1',
      '2026-03-12 s5d F2',
      '2026-03-14 s7d F2',
    ]);
    const walked = walk(engine, file, '2026-03-08', 3).file;
    expect(['F1', 'F2'].map((id) => walked.cases.get(id)?.[0]?.version)).toEqual([1, 2]);
  });

  it('is adopted where it says so, with an event, and repeats no stage', () => {
    const engine = engineOf([first, second({ adopt: 'adopt' })], plan);
    const { events, file } = settle(engine, running, on('2026-03-08'));
    const hash = engine.policies.get('ladder')?.ref.hash;
    expect(adoptions(events)).toEqual([
      {
        type: 'case.adopted',
        subject: 'F1',
        case: 'ladder/F1#1',
        policy: 'ladder',
        version: 2,
        hash,
        reason: 'new_version',
        on: '2026-03-08',
      },
    ]);
    expect(later(engine)).toEqual(['2026-03-08 s7d F1', '2026-03-13 s12d F1']);
    // Once: the next review finds nothing to adopt.
    expect(adoptions(decide(engine, file, on('2026-03-09')).events)).toEqual([]);
  });

  it('maps stages of other names, and what became one stage counts as done', () => {
    const stages = [aStage('gentle', '1d'), aStage('strict', '8d'), aStage('final', '12d')];
    const mapped = aLadder([], {
      version: 2,
      stages,
      adopt: { map: { s1d: 'gentle', s5d: 'gentle', s9d: 'strict' } },
    });
    const engine = engineOf([first, mapped], plan);
    expect(later(engine)).toEqual(['2026-03-09 strict F1', '2026-03-13 final F1']);
    const { file } = settle(engine, running, on('2026-03-08'));
    expect(file.cases.get('F1')?.[0]?.marks.map((mark) => [mark.stage, mark.state])).toEqual([
      ['gentle', 'done'],
    ]);
    const without = engineOf([first, { ...mapped, adopt: 'adopt' }], plan);
    // Nobody said that they are the same: the ladder begins with what fits.
    expect(later(without)).toEqual(['2026-03-08 gentle F1', '2026-03-09 strict F1', '2026-03-13 final F1']);
  });

  it('gives a name that means another stage now a turn of its own', () => {
    const stages = [aStage('s1d', '1d'), aStage('s9d', '6d'), aStage('s5d', '9d')];
    const newer = aLadder([], { version: 2, stages, adopt: { map: { s5d: 's1d' } } });
    const walked = walk(engineOf([first, newer], plan), running, '2026-03-08', 5);
    expect(sent(walked)).toEqual(['2026-03-08 s9d F1', '2026-03-10 s5d F1']);
    // The act of the former stage of that name bears the first occurrence.
    expect(actsIn(walked).map((act) => act.id)).toEqual([
      'robles/ladder/F1#1/s9d.1@ana.0',
      'robles/ladder/F1#1/s5d.2@ana.0',
    ]);
  });

  it('does not rename a stage while its message is on its way', () => {
    const engine = engineOf([first, second({ adopt: { map: { s9d: 's12d' } } })], plan);
    const at = on('2026-03-10');
    const decision = decide(before, running, at);
    const under = evolveAll(running, decision.events);
    expect(adoptions(decide(engine, under, at).events)).toEqual([]);
    const [act] = decision.acts;
    const done = evolveAll(under, [{ type: 'act.accepted', act: act?.id ?? '', at, on: '2026-03-10' }]);
    const { file } = settle(engine, done, on('2026-03-11'));
    expect(file.cases.get('F1')?.[0]).toMatchObject({ version: 2 });
    expect(file.cases.get('F1')?.[0]?.marks.at(-1)).toMatchObject({ stage: 's12d', state: 'done' });
    // Nor when the old version is not passed any more.
    const gone = engineOf(second({ adopt: { map: { s9d: 's12d' } } }), plan);
    const waiting = decide(gone, under, at);
    expect(adoptions(waiting.events)).toEqual([]);
    expect(waiting.waiting).toMatchObject([{ reason: 'act_pending' }]);
  });

  it('takes over when the old one is not passed any more, and says why', () => {
    const engine = engineOf(second(), plan);
    expect(adoptions(settle(engine, running, on('2026-03-08')).events)).toMatchObject([
      { version: 2, reason: 'version_gone' },
    ]);
    expect(later(engine)).toEqual(['2026-03-08 s7d F1', '2026-03-13 s12d F1']);
    const back = engineOf({ ...first, version: 0 }, plan);
    expect(adoptions(settle(back, running, on('2026-03-08')).events)).toMatchObject([
      { version: 0, reason: 'version_gone' },
    ]);
  });

  it('that climbs in another form takes over what its items had done', () => {
    const group = { group: ['account'] } as const;
    const toGroup = engineOf([first, second({ adopt: 'adopt', unit: group })], plan);
    const walked = walk(toGroup, running, '2026-03-08', 8);
    expect(sent(walked)).toEqual(['2026-03-08 s7d F1', '2026-03-13 s12d F1']);
    expect(story(walked)[0]).toBe('2026-03-08 close F1 (replaced)');
    const grouped = aLadder(['1d', '5d', '9d'], { unit: group });
    const inGroup = walk(engineOf(grouped, plan), owing(anInvoice()), '2026-03-01', 7).file;
    const toItems = engineOf([grouped, second({ adopt: 'adopt' })], plan);
    expect(sent(walk(toItems, inGroup, '2026-03-08', 8))).toEqual([
      '2026-03-08 s7d F1',
      '2026-03-13 s12d F1',
    ]);
    // Pinned, the group goes on as it is, and new items join it.
    const pinned = engineOf([grouped, second()], plan);
    const joined = evolveAll(inGroup, [told.invoice(anInvoice({ id: 'F2', due: '2026-03-07' }))]);
    expect(sent(walk(pinned, joined, '2026-03-08', 4))).toEqual(['2026-03-10 s9d F1+F2']);
  });
});

describe('a policy edited without raising its version', () => {
  const edited = { ...second(), version: 1 };

  it('is noticed: the case goes on by what there is now, and the event says so', () => {
    const engine = engineOf(edited, plan);
    expect(adoptions(settle(engine, running, on('2026-03-08')).events)).toMatchObject([
      { version: 1, hash: engine.policies.get('ladder')?.ref.hash, reason: 'policy_changed' },
    ]);
    expect(later(engine)).toEqual(['2026-03-08 s7d F1', '2026-03-13 s12d F1']);
  });

  it('is noticed behind a newer version, too', () => {
    const engine = engineOf([edited, second({ version: 3 })], plan);
    expect(adoptions(settle(engine, running, on('2026-03-08')).events)).toMatchObject([
      { version: 1, reason: 'policy_changed' },
    ]);
  });

  it('is no change when only written in another order', () => {
    const { stages, id, version, via } = first;
    const engine = engineOf({ stages, via, version, id }, plan);
    expect(decide(engine, running, on('2026-03-08')).events).toEqual([]);
  });
});

describe('a policy that is assigned anew', () => {
  const other = aLadder(['2d', '12d'], { id: 'other' });
  const engine = engineOf([first, other, { ...aLadder(['1d'], { id: 'off' }), active: false }], plan);
  const assigned = (policy: string | null | undefined): FileEvent =>
    told.account(anAccount(policy === undefined ? {} : { policy }));

  it('is a no-op where it is the same', () => {
    const told_ = evolveAll(running, [assigned('ladder')]);
    expect(decide(engine, told_, on('2026-03-08')).events).toEqual([]);
  });

  it('keeps counters and contacts when it returns', () => {
    const facts = { '2026-03-08': [assigned('other')], '2026-03-09': [assigned(undefined)] };
    const walked = walk(engine, running, '2026-03-08', 8, { facts });
    expect(sent(walked)).toEqual(['2026-03-08 s2d F1', '2026-03-10 s9d F1']);
    expect(story(walked).filter((line) => line.includes('close'))).toEqual([
      '2026-03-08 close F1 (reassigned)',
      '2026-03-09 close other/F1 (reassigned)'.replace('other/', ''),
    ]);
  });

  it('leaves the case clear, with the reason, where none is left', () => {
    const none = engineOf(first, aPlan({ default: null }, free));
    const { events, last } = settle(none, running, on('2026-03-08'));
    expect(events).toMatchObject([{ type: 'case.closed', reason: 'unassigned' }, { type: 'review.made' }]);
    expect(last.waiting).toMatchObject([{ item: 'F1', reason: 'do_not_dun' }]);
  });

  it('releases what it wanted of the host, also when it is not passed any more', () => {
    const stages = [aStage('block', '1d', { do: [{ send: 'block' }, { effect: 'orders-blocked' }] })];
    const blocking = aLadder([], { id: 'blocking', stages });
    const file = walk(
      engineOf([blocking], aPlan({ default: 'blocking' }, free)),
      owing(anInvoice()),
      '2026-03-01',
      3,
    ).file;
    expect(file.cases.get('F1')?.[0]?.effects).toEqual(['orders-blocked']);
    const { acts, file: after } = settle(before, file, on('2026-03-08'));
    expect(acts.filter((act) => act.kind === 'effect').map((act) => [act.name, act.effect])).toEqual([
      ['orders-blocked', 'off'],
    ]);
    expect(after.cases.get('F1')?.map((one) => [one.policy, one.effects ?? []])).toEqual([
      ['blocking', []],
      ['ladder', []],
    ]);
  });

  it('is said to be so for a group as well', () => {
    const grouped = aLadder(['1d'], { id: 'grouped', unit: { group: ['account'] } });
    const own = aPlan({ default: 'grouped' }, free);
    const file = walk(engineOf([grouped], own), owing(anInvoice()), '2026-03-01', 3).file;
    const reason = (next: Engine): unknown =>
      settle(next, file, on('2026-03-08')).events.flatMap((event) =>
        event.type === 'case.closed' ? event.reason : [],
      );
    expect(reason(before)).toEqual(['reassigned']);
    expect(reason(engineOf(first, aPlan({ default: null }, free)))).toEqual(['unassigned']);
    expect(reason(engineOf([grouped, first], plan))).toEqual(['reassigned']);
  });

  it('is paused by not being active, and goes on where it was', () => {
    const paused = engineOf({ ...first, active: false }, plan);
    const { file, last } = settle(paused, running, on('2026-03-08'));
    expect(last.waiting).toMatchObject([{ item: 'F1', reason: 'inactive_policy' }]);
    expect(sent(walk(before, file, '2026-03-09', 5))).toEqual(['2026-03-10 s9d F1']);
  });
});

describe('the impact of other documents', () => {
  const at = on('2026-03-08');

  it('of the same ones is none', () => {
    const same = impactOf(before, engineOf(first, plan), running, at);
    expect(same).toMatchObject({ gained: [], lost: [], changed: [], withdrawn: [] });
    expect(same.cases).toEqual([
      {
        case: 'ladder/F1#1',
        subject: 'F1',
        policy: 'ladder',
        change: 'kept',
        same: true,
        version: { before: 1, after: 1 },
        stage: { before: 's5d', after: 's5d' },
      },
    ]);
  });

  it('differs by how a version is taken over', () => {
    const map = { s1d: 's1d', s5d: 's7d' };
    const change = (adopt: Policy['adopt']): unknown => {
      const { cases, gained } = impactOf(before, engineOf([first, second({ adopt })], plan), running, at);
      return [cases[0]?.change, cases[0]?.stage.after, gained.map((act) => act.stage)];
    };
    expect(change('pin')).toEqual(['kept', 's5d', []]);
    expect(change('adopt')).toEqual(['adopted', 's5d', ['s7d']]);
    expect(change({ map })).toEqual(['mapped', 's7d', []]);
  });

  it('tells levels by state, which move at once', () => {
    const stages = [
      aStage('low', '1d', { at: undefined, when: { fact: 'item.daysPastDue', gte: 1 } }),
      aStage('high', '1d', { at: undefined, when: { fact: 'item.daysPastDue', gte: 30 } }),
    ];
    const byState = aLadder([], { level: 'state', stages });
    const file = walk(engineOf(byState, plan), owing(anInvoice()), '2026-03-01', 3).file;
    const sooner = stages.map((stage) => ({ ...stage, when: { fact: 'item.daysPastDue', gte: 1 } }));
    const after = engineOf([byState, { ...byState, version: 2, stages: sooner, adopt: 'adopt' }], plan);
    expect(impactOf(engineOf(byState, plan), after, file, on('2026-03-04')).cases).toMatchObject([
      { change: 'adopted', stage: { before: 'low', after: 'high' } },
    ]);
  });

  it('lists what is closed, opened, lost and said otherwise', () => {
    const moved = impactOf(
      before,
      engineOf([first, aLadder(['2d'], { id: 'other' })], aPlan({ default: 'other' }, free)),
      running,
      at,
    );
    expect(moved.cases.map(({ case: id, change, reason, same }) => [id, change, reason, same])).toEqual([
      ['ladder/F1#1', 'closed', 'reassigned', false],
      ['other/F1#1', 'opened', undefined, false],
    ]);
    const day = on('2026-03-10');
    const stages = first.stages.map((stage) => ({ ...stage, do: [{ send: 'softer' }] }));
    const words = engineOf({ ...first, stages }, plan);
    expect(impactOf(before, words, running, day)).toMatchObject({
      gained: [],
      lost: [],
      changed: [{ before: { message: 's9d' }, after: { message: 'softer' } }],
    });
    const nobody = engineOf(first, aPlan({ default: null }, free));
    expect(impactOf(before, nobody, running, day).lost.map((act) => act.stage)).toEqual(['s9d']);
  });

  it('names acts that were decided and would be taken back', () => {
    const day = on('2026-03-10');
    const decision = decide(before, running, day);
    const file = evolveAll(running, decision.events);
    const nobody = engineOf(first, aPlan({ default: null }, free));
    const outbox = decision.acts.map((act) => ({ act, notBefore: day }));
    expect(impactOf(before, before, file, day, { outbox }).withdrawn).toEqual([]);
    const impact = impactOf(before, nobody, file, day, { outbox });
    expect(impact.withdrawn).toEqual(decision.acts.map((act) => act.id));
    expect(impact.lost).toEqual(decision.acts);
    // Taken back because the plan has another hash, and made again: to whoever gets it nothing changes.
    const renamed = engineOf(first, { ...plan, version: 2 });
    expect(impactOf(before, renamed, file, day, { outbox })).toMatchObject({
      gained: [],
      lost: [],
      changed: [],
      withdrawn: [],
    });
  });

  it('looks ahead if asked', () => {
    const after = engineOf([first, second({ adopt: 'adopt' })], plan);
    const { ahead } = impactOf(before, after, running, at, { until: on('2026-04-10') });
    expect(ahead?.lost.map(({ act }) => `${act.on} ${act.stage}`)).toEqual(['2026-03-10 s9d']);
    expect(ahead?.gained.map(({ act }) => `${act.on} ${act.stage}`)).toEqual([
      '2026-03-08 s7d',
      '2026-03-13 s12d',
    ]);
  });
});
