import { expect, it } from 'vitest';
import type { Policy } from '../../src/policy/types.js';
import { aLadder, anInvoice, aPayment, aPlan, engineOf, free, owing, told } from '../support/build.js';
import { sent, walk } from '../support/walk.js';

/** Defects of shipped products where items climb together, or a policy is edited under them. */

it('the oldest invoice is paid, the anchor of a group moves, the queued check does not', () => {
  const policy = aLadder(['1d', '9d'], { unit: { group: ['account'] } });
  const engine = engineOf(policy, aPlan({}, free));
  const file = owing(
    anInvoice({ id: 'OLD', due: '2026-02-21' }),
    anInvoice({ id: 'NEW', due: '2026-02-28' }),
  );
  const facts = { '2026-03-02': [told.payment(aPayment({ to: 'OLD' }))] };
  const all = sent(walk(engine, file, '2026-02-20', 30, { facts }));
  // The last stage comes nine days after the due date of what is left, not of what was paid on the very day.
  expect(all[0]).toBe('2026-02-22 s1d OLD');
  expect(all.filter((line) => line.includes('s9d'))).toEqual(['2026-03-09 s9d NEW']);
});

it('attempt counters are zeroed when a policy is edited, adopted or mapped', () => {
  const first = aLadder(['1d', '3d', '9d']);
  const edits: readonly (readonly [Policy, string])[] = [
    [aLadder(['1d', '3d', '9d'], { version: 2, adopt: 'adopt' }), '2026-03-10 s9d F1'],
    [
      aLadder(['2d', '4d', '9d'], { version: 2, adopt: { map: { s1d: 's2d', s3d: 's4d' } } }),
      '2026-03-10 s9d F1',
    ],
  ];
  for (const [second, last] of edits) {
    const before = walk(engineOf(first, aPlan({}, free)), owing(anInvoice()), '2026-03-01', 4).file;
    const edited = engineOf([first, second], aPlan({}, free));
    expect(sent(walk(edited, before, '2026-03-05', 10))).toEqual([last]);
  }
});
