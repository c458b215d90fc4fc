import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyFile, openWorkOf, Ranking, type WorklistEntry } from '../../src/engine/index.js';
import type { OpenAct } from '../../src/ledger/file.js';

function entry(account: string, score: number): WorklistEntry {
  return { account, score, parts: [], reasons: [], work: [], overdue: [], dunnable: [], unscaled: [] };
}

describe('a ranking', () => {
  it('keeps the first ones, whatever the order in which they come', () => {
    const entries = fc.uniqueArray(fc.tuple(fc.string({ maxLength: 3 }), fc.integer({ min: 0, max: 4 })), {
      selector: ([id]) => id,
      maxLength: 30,
    });
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 12 }), (all, limit) => {
        const ranking = new Ranking(limit);
        for (const [id, score] of all) ranking.add(entry(id, score));
        const sorted = all.toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, limit);
        expect(ranking.entries.map(({ account, score }) => [account, score])).toEqual(sorted);
        expect(ranking.total).toBe(all.length);
      }),
    );
  });
});

function open(id: string, own: Partial<OpenAct>): OpenAct {
  return {
    id,
    kind: 'task',
    purpose: 'dunning',
    state: 'planned',
    review: 0,
    on: '2026-03-01',
    covers: [],
    ...own,
  };
}

it('open work stands in the order in which it presses: by kind, deadline, age and id', () => {
  const acts = [
    open('effect', { kind: 'effect' }),
    open('fee', { kind: 'fee' }),
    open('write-off', { kind: 'write-off' }),
    open('alert', { kind: 'alert' }),
    open('handover', { kind: 'handover' }),
    open('proposal', { kind: 'message', state: 'proposed' }),
    open('task b', {}),
    open('task a', {}),
    open('task old', { on: '2026-02-01' }),
    open('task urgent', { on: '2026-03-04' }),
    open('unknown', { kind: 'message', state: 'unknown', on: '2026-03-09' }),
    open('on its way', { kind: 'message' }),
  ];
  const file = { ...emptyFile('robles'), acts: new Map(acts.map((act) => [act.id, act])) };
  const row = { deadline: '2026-03-05' } as never;
  expect(openWorkOf(file, new Map([['task urgent', row]])).map(({ act }) => act)).toEqual([
    'unknown',
    'task urgent',
    'task old',
    'task a',
    'task b',
    'proposal',
    'handover',
    'alert',
    'write-off',
    'fee',
    'effect',
  ]);
});
