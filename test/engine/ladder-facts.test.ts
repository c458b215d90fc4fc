import { describe, expect, it } from 'vitest';
import { levelOf } from '../../src/engine/case-facts.js';
import { compile } from '../../src/engine/compile.js';
import { readFact } from '../../src/engine/conditions.js';
import { evolveAll, type FileEvent } from '../../src/engine/index.js';
import { countedOn } from '../../src/engine/marks.js';
import { AccountView } from '../../src/engine/view.js';
import type { AccountFile, StageMark } from '../../src/ledger/file.js';
import type { Policy } from '../../src/policy/types.js';
import { aLadder, anInvoice, aPlan, aStage, engineOf, free, instant, owing, zone } from '../support/build.js';
import { sent, walk } from '../support/walk.js';

const plan = aPlan({}, free);
const three = aLadder(['1d', '5d', '30d']);

function subjectOn(day: string, policy: Policy = three, days = 10) {
  const engine = engineOf(policy, plan);
  const { file } = walk(engine, owing(anInvoice()), '2026-02-20', days);
  return subjectOf(file, day, policy);
}

function subjectOf(file: AccountFile, day: string, policy: Policy = three) {
  const view = new AccountView(file, zone, instant(`${day}T12:00:00-06:00`));
  const compiled = compile({ plan, policies: [policy] }).policies.get('ladder');
  return { view, case: file.cases.get('F1')?.at(-1), policy: compiled };
}

function facts(subject: ReturnType<typeof subjectOf>) {
  return Object.fromEntries(
    ['level', 'stage', 'stagesDone', 'daysSinceContact', 'opening', 'daysOpen'].map((name) => [
      name,
      readFact(`case.${name}`)(subject),
    ]),
  );
}

describe("a case's own past", () => {
  it('is a fact', () => {
    expect(facts(subjectOn('2026-03-01'))).toEqual({
      level: 0,
      stage: undefined,
      stagesDone: 0,
      daysSinceContact: undefined,
      opening: 1,
      daysOpen: 9,
    });
    expect(facts(subjectOn('2026-03-09', three, 16))).toEqual({
      level: 2,
      stage: 's5d',
      stagesDone: 2,
      daysSinceContact: 3,
      opening: 1,
      daysOpen: 17,
    });
  });

  it("has the house's own level numbers; of equal ones the later stage is the level", () => {
    const policy: Policy = {
      ...three,
      stages: three.stages.map((stage, index) => ({ ...stage, level: [7, 7, 3][index] })),
    };
    expect(facts(subjectOn('2026-03-09', policy, 16))).toMatchObject({ level: 7, stage: 's5d' });
    expect(facts(subjectOn('2026-04-09', policy, 60))).toMatchObject({ level: 7, stage: 's5d' });
  });

  it('knows contacts recorded by hand, of this case alone', () => {
    const engine = engineOf(three, plan);
    const { file } = walk(engine, owing(anInvoice()), '2026-02-20', 12);
    const touch = (cases: readonly string[]): FileEvent => ({
      type: 'contact.recorded',
      at: instant('2026-03-05T12:00:00-06:00'),
      on: '2026-03-05',
      cases,
      author: 'luis',
    });
    const since = (cases: readonly string[]) =>
      facts(subjectOf(evolveAll(file, [touch(cases)]), '2026-03-09')).daysSinceContact;
    expect(since(['ladder/F1#1'])).toBe(4);
    expect(since(['ladder/F2#1'])).toBe(7);
  });

  it('counts no move by hand as a contact', () => {
    const engine = engineOf(three, plan);
    const { file } = walk(engine, owing(anInvoice()), '2026-02-20', 5);
    const moved: FileEvent = {
      type: 'case.moved',
      subject: 'F1',
      case: 'ladder/F1#1',
      stage: 's5d',
      author: 'luis',
      on: '2026-02-25',
    };
    expect(facts(subjectOf(evolveAll(file, [moved]), '2026-03-01'))).toMatchObject({
      level: 2,
      daysSinceContact: undefined,
    });
  });

  it('is asked by conditions, and looked at again each day', () => {
    const again: Policy = {
      ...aLadder([]),
      stages: [
        aStage('s1', '1d'),
        {
          id: 'quiet',
          tone: 'firm',
          when: {
            all: [
              { fact: 'case.level', gte: 1 },
              { fact: 'case.daysSinceContact', gte: 6 },
            ],
          },
          do: [{ send: 'quiet' }],
        },
      ],
    };
    expect(sent(walk(engineOf(again, plan), owing(anInvoice()), '2026-03-01', 15))).toEqual([
      '2026-03-02 s1 F1',
      '2026-03-08 quiet F1',
    ]);
  });

  it('is unknown where no ladder asks', () => {
    const { view } = subjectOn('2026-03-01');
    for (const name of ['level', 'stage', 'daysSinceContact', 'opening', 'daysOpen'])
      expect(readFact(`case.${name}`)({ view })).toBeUndefined();
  });
});

describe('the level', () => {
  const mark = (own: Partial<StageMark>): StageMark => ({
    stage: 's1d',
    occurrence: 1,
    state: 'done',
    on: '2026-03-05',
    tried: [],
    revision: 0,
    ...own,
  });

  it('counts what the policy counts as done', () => {
    const on = (own: Partial<StageMark>) =>
      (['sent', 'confirmed', 'proposed', 'delivered'] as const).map((done) => countedOn(done, mark(own)));
    const none = undefined;
    expect(on({ state: 'planned', proposed: '2026-03-02' })).toEqual([none, none, '2026-03-02', none]);
    expect(on({ state: 'planned', proposed: '2026-03-02', confirmed: '2026-03-03' })).toEqual([
      none,
      '2026-03-03',
      '2026-03-02',
      none,
    ]);
    expect(on({ proposed: '2026-03-02', confirmed: '2026-03-03' })).toEqual([
      '2026-03-05',
      '2026-03-03',
      '2026-03-02',
      none,
    ]);
    expect(on({ delivered: '2026-03-06' })).toEqual(['2026-03-05', '2026-03-05', '2026-03-05', '2026-03-06']);
    expect(on({ state: 'unknown', proposed: '2026-03-02' })).toEqual([none, none, '2026-03-02', none]);
    expect(on({ state: 'skipped' })).toEqual([none, none, none, none]);
    expect(on({ state: 'withdrawn', proposed: '2026-03-02' })).toEqual([none, none, none, none]);
    const before = '2026-03-05';
    expect(on({ state: 'skipped', reason: 'done_before' })).toEqual([before, before, before, before]);
  });

  it('of a policy by state is the one that holds', () => {
    const policy = engineOf({ ...three, level: 'state' }, plan).policies.get('ladder')!;
    const [one] = walk(engineOf(three, plan), owing(anInvoice()), '2026-02-20', 20).file.cases.get('F1')!;
    expect(levelOf(policy, { ...one!, level: 's30d' })?.stage.id).toBe('s30d');
    expect(levelOf(policy, { ...one!, level: undefined })).toBeUndefined();
  });

  it('begins anew with the ladder', () => {
    const policy = engineOf(three, plan).policies.get('ladder')!;
    const [one] = walk(engineOf(three, plan), owing(anInvoice()), '2026-02-20', 20).file.cases.get('F1')!;
    expect(levelOf(policy, one!)?.level).toBe(2);
    expect(levelOf(policy, { ...one!, turns: { s5d: 2 } })?.level).toBe(1);
    expect(levelOf(policy, { ...one!, turns: { s1d: 2, s5d: 2 } })).toBeUndefined();
  });
});
