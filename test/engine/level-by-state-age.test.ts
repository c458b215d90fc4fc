import { expect, it } from 'vitest';
import { settle } from '../../src/engine/index.js';
import type { Policy } from '../../src/policy/types.js';
import { anInvoice, aPlan, aStage, engineOf, free, instant, owing } from '../support/build.js';

it('a level by state is that of the age of a debt, also of one that was old when it came in', () => {
  const policy: Policy = {
    id: 'ladder',
    version: 1,
    level: 'state',
    via: [{ channel: 'email' }],
    stages: [aStage('soft', '5d'), aStage('firm', '30d')],
  };
  const engine = engineOf(policy, aPlan({}, free));
  const { acts } = settle(
    engine,
    owing(anInvoice({ due: '2026-01-01' })),
    instant('2026-03-06T12:00:00-06:00'),
  );
  expect(acts.map((act) => act.stage)).toEqual(['firm']);
});
