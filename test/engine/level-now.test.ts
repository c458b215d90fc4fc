import { describe, expect, it } from 'vitest';
import { stateVerdict } from '../../src/engine/actions/level-state.js';
import { itemUnit } from '../../src/engine/units.js';
import { AccountView } from '../../src/engine/view.js';
import type { Case, StageMark } from '../../src/ledger/file.js';
import type { Policy, Stage } from '../../src/policy/types.js';
import { aLadder, anInvoice, aPlan, aStage, engineOf, free, instant, owing, zone } from '../support/build.js';

/** Which level holds now, what it does, and what keeps the others from being it. */

const mark = (stage: string, own: Partial<StageMark> = {}): StageMark => ({
  ...{ stage, occurrence: 1, state: 'done', on: '2026-03-02', tried: [], revision: 0 },
  ...own,
});
const days = (gte: number): Partial<Stage> => ({ when: { fact: 'item.daysPastDue', gte } });
const stages = [
  aStage('gone', '-9d'),
  aStage('low', '1d'),
  aStage('high', '3d', { tone: 'firm', ...days(9) }),
  aStage('top', '30d', { tone: 'formal' }),
];

function at(day: string, own: Partial<Case> = {}, policy: Partial<Policy> = {}) {
  const engine = engineOf(aLadder([], { stages, level: 'state', ...policy }), aPlan({}, free));
  const compiled = engine.policies.get('ladder')!;
  const view = new AccountView(owing(anInvoice()), zone, instant(`2026-${day}T12:00:00-06:00`));
  const one: Case = {
    ...{ id: 'ladder/F1#1', policy: 'ladder', version: 1, hash: '', subject: 'F1', opening: 1 },
    ...{ opened: '2026-03-01', state: 'open', shift: 0, marks: [], ...own },
  };
  const notes: string[] = [];
  const unit = itemUnit(view.items[0]!);
  const found = stateVerdict(engine, compiled, view, unit, one, (stage, state) => {
    notes.push(`${stage.stage.id} ${state}`);
  });
  const { verdict } = found;
  const again = 'day' in verdict ? verdict.day : undefined;
  return {
    level: found.level?.stage.id,
    does:
      verdict.kind === 'act'
        ? `act ${verdict.stage.stage.id}`
        : `${verdict.kind} ${'reason' in verdict ? verdict.reason : ''}`,
    in: again === undefined ? undefined : again - view.today,
    notes,
  };
}

describe('the level that holds now', () => {
  it('is the severest whose day has come and whose condition holds; it is looked at again when that may change', () => {
    expect(at('03-01')).toEqual({
      ...{ level: 'gone', does: 'act gone', in: 1 },
      notes: ['gone due', 'low later', 'high later', 'top later'],
    });
    expect(at('03-01', {}, { stages: stages.slice(1) })).toEqual({
      ...{ level: undefined, does: 'wait no_level', in: 1 },
      notes: ['low later', 'high later', 'top later'],
    });
    expect(at('03-02')).toMatchObject({
      ...{ level: 'low', does: 'act low', in: 2 },
      notes: ['gone expired', 'low due', 'high later', 'top later'],
    });
    expect(at('03-05')).toMatchObject({
      ...{ level: 'low', does: 'act low', in: 1 },
      notes: ['gone expired', 'low due', 'high condition', 'top later'],
    });
    expect(at('03-10')).toMatchObject({
      ...{ level: 'high', does: 'act high' },
      notes: ['gone expired', 'low superseded', 'high due', 'top later'],
    });
    expect(at('03-31')).toMatchObject({ level: 'top', does: 'act top' });
  });

  it('does nothing again that was done, and waits for what is under way', () => {
    const marks = (state: StageMark['state']) => ({ marks: [mark('low', { state })] });
    expect(at('03-02', marks('done'))).toMatchObject({
      ...{ level: 'low', does: 'wait level_holds' },
      notes: ['gone expired', 'low done', 'high later', 'top later'],
    });
    expect(at('03-02', marks('skipped')).does).toBe('wait level_holds');
    expect(at('03-02', marks('planned'))).toMatchObject({
      ...{ does: 'wait act_pending' },
      notes: ['gone expired', 'low planned', 'high later', 'top later'],
    });
    expect(at('03-02', marks('unknown'))).toMatchObject({
      ...{ does: 'wait act_unknown' },
      notes: ['gone expired', 'low unknown', 'high later', 'top later'],
    });
    expect(at('03-02', marks('withdrawn'))).toMatchObject({
      ...{ does: 'act low' },
      notes: ['gone expired', 'low due', 'high later', 'top later'],
    });
  });

  it('gives way to what somebody asks for, unless that is under way', () => {
    expect(at('03-02', { asked: 'top' })).toMatchObject({
      ...{ level: 'low', does: 'act top' },
      notes: ['gone expired', 'low due', 'high later', 'top due'],
    });
    const busy = (state: StageMark['state']) =>
      at('03-02', { asked: 'top', marks: [mark('top', { state })] }).does;
    expect([busy('planned'), busy('unknown')]).toEqual(['wait act_pending', 'wait act_unknown']);
  });

  it('that asks about itself moves once a day at most', () => {
    const own = [
      aStage('low', '1d'),
      aStage('high', '1d', { tone: 'firm', when: { fact: 'case.stage', eq: 'low' } }),
    ];
    const policy = { stages: own };
    expect(at('03-05', {}, policy).level).toBe('low');
    expect(at('03-05', { level: 'low', levelOn: '2026-03-04' }, policy).level).toBe('high');
    expect(at('03-05', { level: 'low', levelOn: '2026-03-05' }, policy)).toMatchObject({
      level: 'low',
      in: 1,
    });
    expect(at('03-05', { level: undefined, levelOn: '2026-03-05' }, policy).level).toBeUndefined();
    // One that asks about something else moves as often as that changes.
    expect(at('03-10', { level: 'low', levelOn: '2026-03-10' }).level).toBe('high');
  });

  it('that something for a person bars is told by that', () => {
    const min = { amount: { USD: '1.00' } };
    const barred = (own: Partial<Stage>) =>
      at('03-10', { marks: [mark('low')] }, { stages: [stages[1]!, aStage('high', '3d', { min, ...own })] });
    expect(barred({})).toMatchObject({
      ...{ level: 'low', does: 'wait no_threshold' },
      notes: ['low done', 'high no_threshold'],
    });
    expect(barred(days(90)).does).toBe('wait level_holds');
    const over = [stages[1]!, aStage('mid', '3d', { min }), aStage('high', '4d', { tone: 'firm' })];
    expect(at('03-10', { marks: [mark('high')] }, { stages: over }).does).toBe('wait level_holds');
  });
});
