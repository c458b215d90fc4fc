import { describe, expect, it } from 'vitest';
import { decide, type FileEvent } from '../../src/engine/index.js';
import type { Account, Invoice } from '../../src/ledger/types.js';
import type { Plan, Policy } from '../../src/policy/types.js';
import {
  aLadder,
  anAccount,
  anInvoice,
  aPlan,
  aStage,
  engineOf,
  fileOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { actsIn, sent, story, walk } from '../support/walk.js';

const at = instant('2026-03-02T10:00:00-06:00');
const ids = ['ladder', 'byInvoice', 'byAccount', 'bySegment', 'other'];
const policies: readonly Policy[] = ids.map((id) => aLadder(['1d'], { id, stages: [aStage(id, '1d')] }));

/** Which policy's message goes out, or why none does. */
function assigned(
  plan: Partial<Plan>,
  account: Partial<Account> = {},
  invoice: Partial<Invoice> = {},
): string {
  const engine = engineOf(policies, aPlan({ default: undefined, ...plan }, free));
  const file = fileOf(
    told.account(anAccount({ tags: ['key'], ...account })),
    told.invoice(anInvoice(invoice)),
  );
  const decision = decide(engine, file, at);
  return decision.acts[0]?.policy.id ?? decision.waiting[0]?.reason ?? '';
}

describe('the policy of an item', () => {
  const segments = [
    { id: 'vip', when: { fact: 'account.tags', has: 'vip' } },
    { id: 'key', when: { fact: 'account.tags', has: 'key' } },
    { id: 'all', when: { fact: 'account.openItems', gte: 0 } },
  ];
  const everything: Partial<Plan> = {
    default: 'ladder',
    segments,
    assign: [
      { segment: 'all', policy: 'other' },
      { segment: 'key', policy: 'bySegment' },
      { account: 'robles', policy: 'byAccount' },
      { invoice: 'F1', policy: 'byInvoice' },
    ],
  };
  const without = (count: number): Partial<Plan> => ({
    ...everything,
    assign: everything.assign?.slice(0, -count),
  });

  it('comes from the most specific assignment: invoice, account, first segment that holds, default', () => {
    expect(assigned(everything)).toBe('byInvoice');
    expect(assigned(without(1))).toBe('byAccount');
    expect(assigned(without(2))).toBe('bySegment');
    expect(assigned(without(2), { tags: [] })).toBe('other');
    expect(assigned({ ...everything, segments: [], assign: [] })).toBe('ladder');
    // The first segment that holds is the account's, also when nothing is assigned to it.
    expect(assigned({ ...without(2) }, { tags: ['vip', 'key'] })).toBe('ladder');
  });

  it('is what the record says before what the plan says of it', () => {
    expect(assigned(everything, {}, { policy: 'other' })).toBe('other');
    expect(assigned(without(1), { policy: 'other' })).toBe('other');
    expect(assigned(everything, { policy: 'other' })).toBe('byInvoice');
  });

  it('may be none: told not to dun, nothing assigned, no such policy', () => {
    expect(assigned(everything, {}, { policy: null })).toBe('do_not_dun');
    expect(assigned(without(1), { policy: null })).toBe('do_not_dun');
    expect(assigned({ ...everything, assign: [{ segment: 'key', policy: null }] })).toBe('do_not_dun');
    expect(assigned({ default: null })).toBe('do_not_dun');
    expect(assigned({})).toBe('no_policy');
    expect(assigned(everything, {}, { policy: 'nobody' })).toBe('unknown_policy');
    const stranger = fileOf(told.invoice(anInvoice()));
    expect(decide(engineOf(policies), stranger, at).waiting[0]?.reason).toBe('account_missing');
  });

  it('assigned twice at one rank, or to nothing that exists, is an error', () => {
    const plan = (assign: Plan['assign']) => () => engineOf(policies, aPlan({ assign }));
    const codes = { code: 'invalid_document' };
    expect(
      plan([
        { account: 'a', policy: 'ladder' },
        { account: 'a', policy: 'other' },
      ]),
    ).toThrow(expect.objectContaining(codes));
    expect(plan([{ segment: 'none', policy: 'other' }])).toThrow(expect.objectContaining(codes));
    expect(plan([{ account: 'a', policy: 'nobody' }])).toThrow(expect.objectContaining(codes));
    expect(plan([{ policy: 'other' }, { policy: 'ladder' }])).toThrow(expect.objectContaining(codes));
  });
});

describe('a policy that changes for a running case', () => {
  const two = [aLadder(['1d', '5d']), aLadder(['2d', '9d'], { id: 'other' })];
  const engine = engineOf(two, aPlan({}, free));

  it('closes the case; the next in precedence begins its own', () => {
    const facts: Record<string, readonly FileEvent[]> = {
      '2026-03-04': [told.account(anAccount({ policy: 'other' }))],
    };
    expect(story(walk(engine, owing(anInvoice()), '2026-03-01', 12, { facts }))).toEqual([
      '2026-03-01 open F1',
      '2026-03-02 send s1d F1',
      '2026-03-04 close F1 (reassigned)',
      '2026-03-04 open F1',
      '2026-03-04 send s2d F1',
      '2026-03-11 send s9d F1',
      '2026-03-12 exhaust F1',
    ]);
  });

  it('and comes back repeats nothing', () => {
    const facts = {
      '2026-03-03': [told.account(anAccount({ policy: null }))],
      '2026-03-05': [told.account(anAccount())],
    };
    expect(story(walk(engine, owing(anInvoice()), '2026-03-01', 8, { facts })).slice(2)).toEqual([
      '2026-03-03 close F1 (unassigned)',
      '2026-03-05 open F1#2',
      '2026-03-05 skip s1d F1#2 (done_before)',
      '2026-03-06 send s5d F1',
      '2026-03-07 exhaust F1#2',
    ]);
  });

  it('does not when only a newer version of it comes: the ladder is pinned', () => {
    const old = aLadder(['1d', '5d']);
    const fresh = aLadder(['1d', '3d', '4d'], { version: 2 });
    const before = walk(engineOf(old, aPlan({}, free)), owing(anInvoice()), '2026-03-01', 2).file;
    const after = walk(engineOf([old, fresh], aPlan({}, free)), before, '2026-03-03', 8);
    expect(sent(after)).toEqual(['2026-03-06 s5d F1']);
    const started = walk(engineOf([fresh, old], aPlan({}, free)), owing(anInvoice()), '2026-03-01', 8);
    expect(sent(started)).toEqual(['2026-03-02 s1d F1', '2026-03-04 s3d F1', '2026-03-05 s4d F1']);
    expect(actsIn(started)[0]?.policy.version).toBe(2);
  });
});
