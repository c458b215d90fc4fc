import { expect, it } from 'vitest';
import { explain } from '../../src/engine/index.js';
import {
  aHold,
  aLadder,
  anInvoice,
  aPlan,
  aPromise,
  engineOf,
  instant,
  owing,
  told,
} from '../support/build.js';
import { walk } from '../support/walk.js';

/** A customer whose debt is promised in part and held altogether: the trace names both, why, and until when. */
it('gives the same trace of a blocked customer every time', () => {
  const plan = aPlan({ segments: [{ id: 'all', when: { fact: 'account.openItems', gte: 1 } }] });
  const engine = engineOf(aLadder(['1d', '3d', '9d']), plan);
  const { file } = walk(engine, owing(anInvoice()), '2026-03-01', 3, {
    facts: {
      '2026-03-03': [
        told.promise(aPromise({ amount: 2_500, currency: 'MXN', made: '2026-03-03' })),
        told.hold(aHold({ from: '2026-03-03', until: '2026-03-20', reason: 'negotiation' })),
      ],
    },
  });
  const at = instant('2026-03-04T10:00:00-06:00');
  const said = explain(engine, file, at);
  expect(JSON.stringify(explain(engine, file, at))).toBe(JSON.stringify(said));

  const blocks = [
    { kind: 'promise', id: 'W1', reason: 'promise', amount: 2_500, until: 20_522 },
    { kind: 'hold', id: 'H1', reason: 'negotiation', amount: 7_500, until: 20_532 },
  ];
  const policy = { id: 'ladder', version: 1, hash: 'c4d642a56f07b1ea' };
  const free = instant('2026-03-21T00:00:00-06:00');
  const would = [
    [
      {
        kind: 'block',
        block: 'hold',
        id: 'H1',
        reason: 'negotiation',
        amount: 7_500,
        currency: 'MXN',
        by: 'release',
        until: '2026-03-20',
      },
    ],
    [{ kind: 'date', day: '2026-03-21', at: free }],
  ];
  const tried = [
    {
      guard: 'owed',
      passed: true,
      inputs: { status: 'open', outstanding: 10_000, charges: 0, currency: 'MXN' },
    },
    { guard: 'account', passed: true, inputs: { known: true } },
    { guard: 'policy', passed: true, inputs: { policy, by: 'default', segment: 'all' } },
    {
      guard: 'not_blocked',
      passed: false,
      reason: 'hold',
      inputs: { dunnable: 0, currency: 'MXN', blocks },
    },
  ];
  const blocked = { acts: false, failed: 'not_blocked', reason: 'hold', tried, would };
  expect(said).toEqual({
    account: 'robles',
    at,
    day: '2026-03-04',
    zone: 'America/Mexico_City',
    segment: 'all',
    plan: { id: 'plan', version: 1, hash: '1b95af3e540c6d90' },
    items: [
      {
        item: 'F1',
        invoice: 'F1',
        number: 'F1',
        currency: 'MXN',
        outstanding: 10_000,
        dunnable: 0,
        due: '2026-03-01',
        daysPastDue: 3,
        blocks,
        policy,
        assignedBy: 'default',
        case: 'ladder/F1#1',
        caseState: 'open',
        stages: [
          {
            stage: 's1d',
            tone: 'friendly',
            state: 'done',
            day: '2026-03-02',
            on: '2026-03-02',
            acts: false,
            tried: [],
          },
          { stage: 's3d', tone: 'friendly', state: 'due', day: '2026-03-04', at: free, ...blocked },
          { stage: 's9d', tone: 'firm', state: 'later', day: '2026-03-10', at: free, ...blocked },
        ],
        // The promise ends first: the answer may be another then, though it is not.
        at: instant('2026-03-11T00:00:00-06:00'),
        ...blocked,
      },
    ],
    acts: [],
    next: instant('2026-03-11T00:00:00-06:00'),
  });
});
