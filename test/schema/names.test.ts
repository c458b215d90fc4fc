import { describe, expect, it } from 'vitest';
import { isRecobroError } from '../../src/errors.js';
import { presets } from '../../src/policy/presets/index.js';
import type { Plan, Policy } from '../../src/policy/types.js';
import { parseDocuments } from '../../src/schema/index.js';

const base = presets.balanced({ zone: 'UTC' });
const [ladder] = base.policies as [Policy];

/** Problems by path, as `code: message`. */
function problemsOf(plan: Partial<Plan>, policy: Partial<Policy> = {}): Readonly<Record<string, string>> {
  try {
    parseDocuments({ ...base, plan: { ...base.plan, ...plan }, policies: [{ ...ladder, ...policy }] });
    return {};
  } catch (error) {
    if (!isRecobroError(error)) throw error;
    return Object.fromEntries(error.problems.map(({ path, code, message }) => [path, `${code}: ${message}`]));
  }
}

const facts: Plan['facts'] = {
  'account.attributes.tier': ['gold', 'silver'],
  'account.attributes.employees': 'number',
  'account.attributes.public': 'boolean',
  'item.attributes.contract': 'text',
  'account.scores.own': 'number',
};
const when = (condition: NonNullable<Policy['scope']>): Partial<Policy> => ({
  stages: ladder.stages.map((stage, index) => (index === 0 ? { ...stage, when: condition } : stage)),
});

describe('names that a plan declares', () => {
  it('hold wherever they are used as declared', () => {
    const used: Partial<Policy> = {
      ...when({
        all: [
          { fact: 'account.attributes.tier', in: ['gold', 'silver'] },
          { not: { fact: 'account.attributes.employees', gte: 500 } },
          {
            any: [
              { fact: 'account.attributes.public', ne: true },
              { fact: 'account.scores.own', lt: 3 },
            ],
          },
          { fact: 'item.attributes.contract', exists: true },
        ],
      }),
      message: { by: ['account', 'item.attributes.contract'] },
    };
    expect(problemsOf({ facts }, used)).toEqual({});
    // Without a declaration any name will do.
    expect(problemsOf({}, when({ fact: 'account.attributes.teir', eq: 'gold' }))).toEqual({});
  });

  it('are facts of the host’s own, and scores numbers', () => {
    expect(problemsOf({ facts: { tier: 'text', 'account.scores.own': 'text' } })).toEqual({
      'plan.facts.tier':
        'unknown_fact: a fact of your own is account.attributes.x, item.attributes.x or account.scores.x',
      'plan.facts["account.scores.own"]': 'invalid_value: a score is a number; write "number"',
    });
  });

  it('are the only ones in conditions and groupings', () => {
    const wrong: Partial<Policy> = {
      ...when({ all: [{ fact: 'account.attributes.teir', eq: 'gold' }] }),
      scope: { not: { fact: 'item.attributes.x', exists: true } },
      unit: { group: ['account', 'item.attributes.contrat'] },
      message: { by: 'item.attributes.z' },
    };
    const segments = [{ id: 'a', when: { fact: 'account.scores.mine', gt: 1 } }];
    expect(problemsOf({ facts, segments }, wrong)).toEqual({
      'plan.segments[0].when.fact': expect.stringContaining('unknown_fact: plan.facts does not declare'),
      'policies[0].scope.not.fact': expect.stringContaining('does not declare "item.attributes.x"'),
      'policies[0].unit.group[1]': expect.stringContaining('did you mean "item.attributes.contract"?'),
      'policies[0].message.by': expect.stringContaining('does not declare "item.attributes.z"'),
      'policies[0].stages[0].when.all[0].fact': expect.stringContaining(
        'did you mean "account.attributes.tier"?',
      ),
    });
  });

  it.each([
    [{ fact: 'account.attributes.tier', eq: 'glod' }, 'eq', 'never "glod"; did you mean "gold"?'],
    [{ fact: 'account.attributes.tier', in: ['gold', 'x'] }, 'in[1]', 'never "x"; known: gold, silver'],
    [{ fact: 'account.attributes.tier', gt: 1 }, 'gt', 'wrong_operator: gt does not fit'],
    [{ fact: 'account.attributes.tier', eq: 1 }, 'eq', 'is text; write text'],
    [{ fact: 'account.attributes.employees', gte: '500' }, 'gte', 'write a number'],
    [{ fact: 'account.attributes.public', eq: 'yes' }, 'eq', 'is true or false'],
  ])('have their types: %j', (condition, key, says) => {
    expect(problemsOf({ facts }, when(condition))).toEqual({
      [`policies[0].stages[0].when.${key}`]: expect.stringContaining(says),
    });
  });

  it('are the roles to which messages go', () => {
    const roles = ['billing', 'manager'];
    const sending = (to: string, copy: string): Partial<Policy> => ({
      stages: ladder.stages.map((stage, index) =>
        index === 0 ? { ...stage, do: [{ send: 'upcoming', to, copy: [copy] }] } : stage,
      ),
    });
    expect(problemsOf({ roles }, sending('billing', 'manager'))).toEqual({});
    expect(problemsOf({}, sending('anybody', 'else'))).toEqual({});
    expect(problemsOf({ roles }, sending('biling', 'owner'))).toEqual({
      'policies[0].stages[0].do[0].to': expect.stringContaining('did you mean "billing"?'),
      'policies[0].stages[0].do[0].copy[0]': expect.stringContaining('plan.roles does not name "owner"'),
    });
  });

  it('are stages of the policy itself where conditions speak of them', () => {
    const other = ladder.stages[1]?.id ?? '';
    expect(problemsOf({}, when({ fact: 'case.stage', eq: other }))).toEqual({});
    expect(problemsOf({}, when({ fact: 'case.stage', in: [other, 'nowhere'] }))).toEqual({
      'policies[0].stages[0].when.in[1]': expect.stringContaining('there is no stage "nowhere"'),
    });
  });
});
