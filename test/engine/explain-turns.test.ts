import { describe, expect, it } from 'vitest';
import { type Change, evolveAll, explain, type FileEvent } from '../../src/engine/index.js';
import type { AccountFile, Case, StageMark } from '../../src/ledger/file.js';
import type { Policy, Stage } from '../../src/policy/types.js';
import {
  aHold,
  aLadder,
  anInvoice,
  aPlan,
  aStage,
  engineOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';

/** What each stage of a ladder waits for, by what became of the others. */

const aCase: Case = {
  ...{ id: 'ladder/F1#1', policy: 'ladder', version: 1, hash: '', subject: 'F1', opening: 1 },
  ...{ opened: '2026-03-01', state: 'open', shift: 0, marks: [] },
};

function marked(stage: string, own: Partial<StageMark> = {}): StageMark {
  return { stage, occurrence: 1, state: 'done', on: '2026-03-02', tried: [], revision: 0, ...own };
}

function shortOf(change: Change): string {
  switch (change.kind) {
    case 'act':
      return `${change.id} ${change.state}`;
    case 'date':
      return change.day;
    case 'ask':
      return `ask ${change.stage}`;
    case 'stage':
      return `${change.stage} ${change.state}`;
    default:
      return change.kind;
  }
}

interface Situation {
  readonly marks?: readonly StageMark[];
  readonly own?: Partial<Case>;
  readonly policy?: Partial<Policy>;
  readonly facts?: readonly FileEvent[];
}

/** Stages as `id state: guard reason [ways]`, or `acts`; what looked at by the guard that failed behind it where asked for. */
function turns(day: string, { marks = [], own = {}, policy = {}, facts = [] }: Situation): readonly string[] {
  const engine = engineOf(aLadder(['1d', '3d', '9d'], policy), aPlan({}, free));
  const known = evolveAll(owing(anInvoice()), facts);
  const file: AccountFile = { ...known, cases: new Map([['F1', [{ ...aCase, ...own, marks }]]]) };
  const [item] = explain(engine, file, instant(`${day}T10:00:00-06:00`)).items;
  return (item?.stages ?? []).map(({ stage, state, acts, failed, reason, would }) => {
    if (acts) return `${stage} ${state}: acts`;
    if (failed === undefined) return `${stage} ${state}`;
    const ways = (would ?? []).map((way) => way.map(shortOf).join(' + ')).join(', ');
    return `${stage} ${state}: ${failed} ${reason} [${ways}]`;
  });
}

const later = 's9d later: date not_yet [2026-03-10]';

describe('a stage whose day has come', () => {
  it('acts where those before it are over, or are passed by it', () => {
    expect(turns('2026-03-04', { marks: [marked('s1d')] })).toEqual(['s1d done', 's3d due: acts', later]);
    expect(turns('2026-03-04', { marks: [marked('s1d', { state: 'skipped', reason: 'by_hand' })] })).toEqual([
      's1d skipped: order by_hand [ask s1d]',
      's3d due: acts',
      later,
    ]);
    for (const state of ['failed', 'withdrawn'] as const)
      expect(turns('2026-03-04', { marks: [marked('s1d', { state })] })).toEqual([
        's1d superseded: order superseded [ask s1d]',
        's3d due: acts',
        later,
      ]);
  });

  it('comes after the one before it where each has its turn', () => {
    const each = { late: 'each' } as const;
    for (const state of ['failed', 'withdrawn'] as const)
      expect(turns('2026-03-04', { marks: [marked('s1d', { state })], policy: each })).toEqual([
        's1d due: acts',
        's3d due: order earlier_first [s1d done]',
        later,
      ]);
  });

  it('waits for what is under way, as all others do', () => {
    for (const [state, reason] of [
      ['planned', 'act_pending'],
      ['unknown', 'act_unknown'],
    ] as const) {
      const why = `not_under_way ${reason} [m1 ${state}]`;
      const marks = [marked('s1d', { state, act: 'm1' })];
      const rest = [`s3d due: ${why}`, `s9d later: ${why}`];
      expect(turns('2026-03-04', { marks })).toEqual([`s1d superseded: ${why}`, ...rest]);
      expect(turns('2026-03-04', { marks, policy: { late: 'each' } })).toEqual([
        `s1d ${state}: ${why}`,
        ...rest,
      ]);
    }
  });

  it('waits for a stage that was asked for', () => {
    expect(turns('2026-03-03', { marks: [marked('s1d')], own: { asked: 's9d' } })).toEqual([
      's1d done',
      's3d later: date not_yet [2026-03-04]',
      's9d due: acts',
    ]);
    const first = { marks: [marked('s1d')], own: { asked: 's9d' } };
    expect(turns('2026-03-05', first)[2]).toBe('s9d due: acts');
  });
});

describe('a stage of a case that rests', () => {
  const marks = [marked('s1d')];

  it('waits for the hand-over to end, for the block to end, or for the stage to be asked for', () => {
    expect(turns('2026-03-04', { marks, own: { handed: { to: 'agency', on: '2026-03-03' } } })).toEqual([
      's1d done',
      's3d due: not_blocked handed_over [handover]',
      's9d later: not_blocked handed_over [handover]',
    ]);
    const held = turns('2026-03-04', {
      marks,
      facts: [told.hold(aHold({ from: '2026-03-03', until: '2026-03-04' }))],
    });
    expect(held.slice(1).map((line) => line.replace(/^.*: /, ''))).toEqual([
      'not_blocked hold [block, 2026-03-05]',
      'not_blocked hold [block, 2026-03-05]',
    ]);
    const stopped = { reason: 'discarded', on: '2026-03-03' };
    const again = [marked('s1d', { state: 'withdrawn', reason: 'discarded' })];
    expect(
      turns('2026-03-04', { marks: again, own: { stopped } }).map((line) => line.replace(/^.*: /, '')),
    ).toEqual([
      'not_blocked discarded [ask s1d]',
      'not_blocked discarded [ask s3d]',
      'not_blocked discarded [ask s9d]',
    ]);
  });

  it('waits for somebody to ask where its ladder is exhausted', () => {
    const all = ['s1d', 's3d', 's9d'].map((stage) => marked(stage));
    const closed = { reason: 'last_stage_over', on: '2026-03-12' };
    expect(turns('2026-03-16', { marks: all, own: { state: 'exhausted', closed } })).toEqual([
      's1d done',
      's3d done',
      's9d done',
    ]);
  });
});

describe('a stage that counts from the one before it', () => {
  const follower = (of?: 'done' | 'proposed' | 'delivered' | 'deadline'): Partial<Policy> => {
    const from = { from: 'previous', plus: '5d', ...(of === undefined ? {} : { of }) } as Stage['at'];
    return { stages: [aStage('a', '1d'), aStage('b', '1d', { at: from! })] };
  };

  it('waits for what it counts from', () => {
    const before = (of?: 'done' | 'proposed' | 'delivered') =>
      turns('2026-03-01', { policy: follower(of) })[1];
    expect(before()).toBe('b later: order after_previous [a done]');
    expect(before('done')).toBe('b later: order after_previous [a done]');
    expect(before('proposed')).toBe('b later: order after_previous [a proposed]');
    expect(before('delivered')).toBe('b later: order after_previous [a delivered]');
  });

  it('waits for news of its delivery once that was sent', () => {
    const sent = (
      of: 'done' | 'proposed' | 'delivered',
      done?: Policy['done'],
      own: Partial<StageMark> = {},
    ) =>
      turns('2026-03-04', {
        marks: [marked('a', own)],
        policy: { ...follower(of), ...(done === undefined ? {} : { done }) },
      })[1];
    expect(sent('delivered')).toBe('b later: date not_delivered [a delivered]');
    expect(sent('done', 'delivered')).toBe('b later: date not_delivered [a delivered]');
    expect(sent('delivered', undefined, { delivered: '2026-03-03' })).toBe(
      'b later: date not_yet [2026-03-08]',
    );
    expect(sent('done')).toBe('b later: date not_yet [2026-03-07]');
    expect(sent('proposed', 'delivered', { proposed: '2026-03-01' })).toBe(
      'b later: date not_yet [2026-03-06]',
    );
  });
});
