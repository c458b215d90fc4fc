import { describe, expect, it } from 'vitest';
import { ladderOfAct } from '../../src/engine/adjustments.js';
import { compile, type Engine } from '../../src/engine/index.js';
import type { Adjustment } from '../../src/policy/types.js';
import { codeOf, messageOf } from '../money/thrown.js';
import { aLadder, aPlan, aStage, engineOf, free } from '../support/build.js';

/** What a plan makes other for an account or a segment, and what of it is refused. */

const segments = [{ id: 'vip', when: { fact: 'account.tags', has: 'vip' } }];
const adjusted = (...adjust: readonly Adjustment[]): Engine =>
  engineOf(aLadder(['-3d', '1d', '5d']), aPlan({ adjust, segments }, free));

describe('an adjustment', () => {
  it('is known again by what it was for whom, version by version', () => {
    const engine = adjusted({ account: 'robles', delay: '3d' }, { account: 'other', delay: '5d' });
    const policy = engine.policies.get('ladder')!;
    const variants = ['robles', 'other'].map((id) => engine.adjust!.of(policy, id, undefined));
    expect(variants.map(({ delayDays }) => delayDays)).toEqual([3, 5]);
    for (const variant of variants) {
      expect(engine.adjust?.known(variant.ref)).toBe(variant);
      expect(ladderOfAct(engine, { policy: variant.ref })).toBe(variant);
      expect(engine.adjust?.known({ ...variant.ref, version: 2 })).toBeUndefined();
    }
    expect(ladderOfAct(engine, { policy: policy.ref })).toBe(policy);
    // Where the plan adjusts nothing any more, its act is read by the policy itself.
    const plain = adjusted();
    expect(ladderOfAct(plain, { policy: variants[0]!.ref })).toBe(plain.policies.get('ladder'));
    expect(engine.adjust?.of(policy, 'vip', undefined)).toBe(policy);
  });

  it('of an account is not that of a segment called the same, and says nothing by what it leaves open', () => {
    const named = adjusted({ segment: 'vip', delay: '3d' });
    const policy = named.policies.get('ladder')!;
    expect(named.adjust?.of(policy, 'vip', undefined)).toBe(policy);
    expect(named.adjust?.of(policy, 'robles', 'vip').delayDays).toBe(3);
    const open = adjusted(
      { segment: 'vip', delay: '3d', stages: { s1d: { mode: 'approve' } } },
      {
        account: 'robles',
        stages: { s1d: { mode: undefined, via: [{ channel: 'sms' }] }, s5d: { skip: false } },
      },
    );
    const variant = open.adjust?.of(open.policies.get('ladder')!, 'robles', 'vip');
    expect(variant?.byId.get('s1d')).toMatchObject({ mode: 'approve' });
    expect(variant?.byId.get('s1d')?.sends[0]?.via).toEqual([{ channel: 'sms' }]);
    expect(variant?.byId.get('s5d')?.mode).toBe('auto');
    expect(variant?.delayDays).toBe(3);
    expect(adjusted({ account: 'robles', stages: { s1d: {} } }).adjust).toBeDefined();
  });

  it('changes only how messages of a stage go', () => {
    const stages = [aStage('a', '1d', { do: [{ send: 'a' }, { task: 'call' }] })];
    const adjust = [{ account: 'robles', stages: { a: { via: [{ channel: 'sms' }] } } }];
    const engine = engineOf(aLadder([], { stages }), aPlan({ adjust }, free));
    const variant = engine.adjust?.of(engine.policies.get('ladder')!, 'robles', undefined);
    expect(variant?.policy.stages[0]?.do).toEqual([
      { send: 'a', via: [{ channel: 'sms' }] },
      { task: 'call' },
    ]);
  });

  it('is refused with the name of what it is about', () => {
    const said = (...adjust: readonly Adjustment[]): string => messageOf(() => adjusted(...adjust));
    const account = { account: 'robles', delay: '1d' };
    const segment = { segment: 'vip', policy: 'ladder', delay: '1d' };
    expect(said(account, account)).toBe('the plan adjusts the account "robles" twice');
    expect(said(segment, segment)).toBe('the plan adjusts the segment "vip" under "ladder" twice');
    expect(said({ segment: 'none', delay: '1d' })).toBe(
      'the plan adjusts the segment "none", which does not exist',
    );
    expect(said({ ...account, policy: 'none' })).toBe(
      'the plan adjusts the policy "none", which does not exist',
    );
    expect(said({ account: 'robles', stages: { z: {} } })).toBe(
      'the plan adjusts the stage "z", which does not exist',
    );
  });

  it.each<readonly [string, readonly Adjustment[], boolean]>([
    ['the first stage alone', [{ account: 'robles', stages: { a: { skip: true } } }], true],
    ['the one before it', [{ account: 'robles', stages: { b: { skip: true } } }], false],
    [
      'all of them',
      [{ account: 'robles', stages: { a: { skip: true }, b: { skip: true }, c: { skip: true } } }],
      false,
    ],
    [
      'what is put on a day of its own',
      [{ account: 'robles', stages: { a: { skip: true }, b: { at: { from: 'due' } } } }],
      false,
    ],
    ['nothing', [{ account: 'robles', stages: { a: { skip: false }, b: { mode: 'approve' } } }], false],
    [
      'a stage of another policy',
      [{ account: 'robles', policy: 'other', stages: { a: { skip: true } } }],
      false,
    ],
    [
      'for a segment, and by account what was left',
      [
        { segment: 'vip', stages: { b: { skip: true }, a: { at: { from: 'due' } } } },
        { account: 'robles', stages: { a: { skip: true } } },
      ],
      true,
    ],
    [
      'for one and something of its segment',
      [{ segment: 'vip', stages: { a: { skip: true }, b: { at: { from: 'due' } } } }],
      false,
    ],
  ])('may leave out %s only where what follows counts from something', (_, adjust, refused) => {
    const stages = [
      aStage('a', '1d'),
      aStage('b', '0d', { at: { from: 'previous', plus: '3d' } }),
      aStage('c', '0d', {
        at: {
          any: [
            { from: 'previous', plus: '3d' },
            { from: 'due', plus: '9d' },
          ],
        },
      }),
    ];
    const policies = [aLadder([], { stages }), aLadder([], { id: 'other', stages: [aStage('a', '1d')] })];
    const make = () => compile({ plan: aPlan({ adjust, segments }, free), policies });
    if (refused) expect(codeOf(make)).toBe('invalid_document');
    else expect(make).not.toThrow();
  });
});
