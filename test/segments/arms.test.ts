import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { armOf, armPicker, isInPilot, pilotPicker, shareOf } from '../../src/segments/index.js';
import { pathsOf } from './support.js';

const accounts = Array.from({ length: 5000 }, (_, n) => `account-${n}`);

describe('armOf', () => {
  const arms = [
    { id: 'soft', weight: 45, policy: 'soft' },
    { id: 'plain', weight: 45, policy: 'standard' },
    { id: 'hold-out', weight: 10, policy: null },
  ];

  it('gives the arm itself, with whatever it carries, by weight in the order of the document', () => {
    const seen = accounts.map((account) => ({
      share: shareOf(account, 'tone'),
      arm: armOf({ id: 'tone', arms }, account),
    }));
    for (const { share, arm } of seen) {
      expect(arm).toBe(share < 4500 ? arms[0] : share < 9000 ? arms[1] : arms[2]);
    }
    expect(new Set(seen.map(({ arm }) => arm.policy))).toEqual(new Set(['soft', 'standard', null]));
  });

  it('is the same at every tenant, unless the salt names the tenant', () => {
    const own = accounts.map((account) => armOf({ id: 'tone', salt: 'acme/tone', arms }, account).id);
    const other = accounts.map((account) => armOf({ id: 'tone', salt: 'sol/tone', arms }, account).id);
    expect(own).not.toEqual(other);
    expect(accounts.map((account) => armOf({ id: 'other id', salt: 'acme/tone', arms }, account).id)).toEqual(
      own,
    );
  });

  it('shares out the whole scale when weights do not divide it, and gives nothing for no weight', () => {
    const thirds = armPicker({
      id: 'x',
      arms: [
        { id: 'a', weight: 1 },
        { id: 'none', weight: 0 },
        { id: 'b', weight: 1 },
        { id: 'c', weight: 1 },
      ],
    });
    for (const account of accounts) {
      const share = shareOf(account, 'x');
      expect(thirds(account).id).toBe(share <= 3333 ? 'a' : share <= 6666 ? 'b' : 'c');
    }
  });

  it('finds an arm for every account, whatever the weights, and never one without weight', () => {
    const weights = fc
      .array(fc.oneof(fc.constant(0), fc.constant(1), fc.nat(1_000_000)), { minLength: 1, maxLength: 20 })
      .filter((list) => list.some((weight) => weight > 0));
    fc.assert(
      fc.property(weights, fc.string(), (list, account) => {
        const division = { id: 'any', arms: list.map((weight, index) => ({ id: `${index}`, weight })) };
        const arm = armOf(division, account);
        expect(arm.weight).toBeGreaterThan(0);
        expect(armPicker(division)(account)).toBe(arm);
        // Only proportions count.
        const doubled = division.arms.map(({ id, weight }) => ({
          id,
          weight: Math.min(weight * 2, 1_000_000),
        }));
        if (list.every((weight) => weight <= 500_000)) {
          expect(armOf({ id: 'any', arms: doubled }, account).id).toBe(arm.id);
        }
      }),
    );
  });

  it('refuses what cannot divide, with every problem', () => {
    const of = (...list: readonly (readonly [string, number])[]) =>
      pathsOf(() => armPicker({ id: 'x', arms: list.map(([id, weight]) => ({ id, weight })) }));
    expect(of()).toEqual(['arms']);
    expect(of(['a', 0], ['b', 0])).toEqual(['arms']);
    expect(of(['a', 1.5], ['a', -1], ['b', 1_000_001], ['c', Number.NaN])).toEqual([
      'arms[0].weight',
      'arms[1].id',
      'arms[1].weight',
      'arms[2].weight',
      'arms[3].weight',
    ]);
    expect(armOf({ id: 'x', arms: [{ id: 'a', weight: 1_000_000 }] }, 'robles').id).toBe('a');
  });
});

describe('isInPilot', () => {
  it('takes those whose share lies below the percentage', () => {
    expect(isInPilot(30, 'pilot-2026', 'robles')).toBe(true);
    expect(isInPilot(29.35, 'pilot-2026', 'robles')).toBe(true);
    expect(isInPilot(29.34, 'pilot-2026', 'robles')).toBe(false);
    expect(isInPilot(0, 'pilot-2026', 'robles')).toBe(false);
  });

  it('is sticky: a growing percentage only adds, from nobody to everybody', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(10_000), fc.string(), fc.string(), (x, y, salt, account) => {
        const [less, more] = x < y ? [x / 100, y / 100] : [y / 100, x / 100];
        if (isInPilot(less, salt, account)) expect(isInPilot(more, salt, account)).toBe(true);
        expect(isInPilot(0, salt, account)).toBe(false);
        expect(isInPilot(100, salt, account)).toBe(true);
        expect(pilotPicker(more, salt)(account)).toBe(isInPilot(more, salt, account));
      }),
    );
  });

  it('takes every percentage in steps of a hundredth, and about that many accounts', () => {
    for (let hundredths = 0; hundredths <= 10_000; hundredths++) pilotPicker(hundredths / 100, 'x');
    const chosen = accounts.filter(pilotPicker(10, 'pilot-2026')).length;
    expect(Math.abs(chosen - 500)).toBeLessThan(65);
  });

  it.each([-1, 100.01, 0.001, 33.333, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses %d percent',
    (percent) => {
      expect(pathsOf(() => isInPilot(percent, 'x', 'robles'))).toEqual(['percent']);
    },
  );
});
