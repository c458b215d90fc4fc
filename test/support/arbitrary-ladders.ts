import fc from 'fast-check';
import type { Plan, Policy, Stage, StageTrigger, Trigger } from '../../src/policy/types.js';
import { type Portfolio, portfolio } from './portfolio.js';

/** The rarer rules of ladders, put on top of any portfolio. */

const trigger: fc.Arbitrary<Trigger> = fc.record(
  {
    from: fc.constantFrom('due' as const, 'issue' as const, 'opened' as const, 'grace' as const),
    plus: fc.constantFrom('1d', '2bd', '1w', '1mo'),
    endOfMonth: fc.boolean(),
    exclusive: fc.boolean(),
  },
  { requiredKeys: ['from', 'plus'] },
);

const previous: fc.Arbitrary<Trigger> = fc.record({
  from: fc.constant('previous' as const),
  of: fc.constantFrom('done' as const, 'proposed' as const, 'delivered' as const, 'deadline' as const),
  plus: fc.constantFrom('0d', '3d', '2bd'),
});

const several = fc.array(fc.oneof(trigger, previous), { minLength: 1, maxLength: 3 });

/** What is other at a stage; the trigger of the first one counts from nothing before it. */
const atStage = fc.record(
  {
    at: fc.oneof(
      fc.constant(undefined),
      trigger,
      several.map((all): StageTrigger => ({ all })),
      several.map((any): StageTrigger => ({ any })),
    ),
    min: fc.constantFrom(
      { amount: { MXN: '60.00' } },
      { amount: { MXN: '60.00', USD: '10.00' }, share: 40, any: true },
      { share: 50, of: 'account' as const },
    ),
    time: fc.constantFrom('00:30', '10:00', '23:30'),
    expires: fc.constantFrom('0d', '2d', '3bd'),
    keep: fc.boolean(),
    rank: fc.integer({ min: 0, max: 2 }),
    deadline: fc.constantFrom('2d', '1bd'),
    level: fc.integer({ min: 1, max: 4 }),
  },
  { requiredKeys: ['deadline'] },
);

const ofPolicy = fc.record(
  {
    grace: fc.constantFrom('0d', '2d', '3bd'),
    time: fc.constantFrom('09:00', '20:00'),
    resume: fc.constantFrom('next' as const, 'latest' as const, 'same' as const, 'first' as const),
    done: fc.constantFrom('sent' as const, 'confirmed' as const, 'proposed' as const, 'delivered' as const),
    last: fc.record(
      {
        repeat: fc.constantFrom('4d', '3bd', '1mo'),
        times: fc.integer({ min: 1, max: 3 }),
        from: fc.constantFrom('contact' as const, 'due' as const, 'issue' as const),
        exhausted: fc.constantFrom('waited', 'acted', '3d'),
      },
      { requiredKeys: [] },
    ),
    life: fc.record({
      from: fc.constantFrom('due' as const, 'opened' as const, 'first' as const),
      plus: fc.constantFrom('8d', '1mo'),
    }),
    unit: fc.constant({ group: ['account' as const] }),
  },
  { requiredKeys: [] },
);

const ofPlan = fc.record({
  otherCurrency: fc.constantFrom('task' as const, 'convert' as const, 'met' as const, 'unmet' as const),
  rates: fc.constantFrom(
    [],
    [
      { from: 'USD', to: 'MXN', rate: '17.5', on: '2026-01-01' },
      { from: 'USD', to: 'MXN', rate: '1', on: '2026-03-20' },
    ],
  ),
});

function enriched(
  policy: Policy,
  more: Partial<Policy>,
  stages: readonly (Partial<Stage> & { readonly at?: StageTrigger | undefined })[],
): Policy {
  return {
    ...policy,
    ...more,
    stages: policy.stages.map((stage, index) => {
      const own = stages[index % stages.length] ?? {};
      const { at = stage.at, ...rest } = own;
      const fits = index > 0 || !JSON.stringify(at ?? {}).includes('previous');
      const { at: _, ...known } = stage;
      const when = fits && !(Object.hasOwn(own, 'at') && own.at === undefined) ? (at ?? stage.at) : stage.at;
      const bare = index % 3 === 2 && Object.hasOwn(own, 'at') && own.at === undefined;
      return { ...known, ...rest, ...(bare || when === undefined ? {} : { at: when }) };
    }),
  };
}

/** Any portfolio under ladders with every rule there is. */
export const richPortfolio: fc.Arbitrary<Portfolio> = fc
  .record({
    portfolio,
    plan: ofPlan,
    first: ofPolicy,
    second: ofPolicy,
    stages: fc.array(atStage, { minLength: 1, maxLength: 4 }),
    cap: fc.constantFrom(undefined, undefined, 1, 2, 's1'),
    hour: fc.constantFrom(undefined, undefined, '08:30'),
  })
  .map(({ portfolio: base, plan, first, second, stages, cap, hour }): Portfolio => {
    const [ladder, other] = base.policies;
    const withPlan: Plan = { ...base.plan, ...plan };
    return {
      ...base,
      plan: withPlan,
      policies: [enriched(ladder!, first, stages), enriched(other!, second, stages)],
      ledger: base.ledger.map((event) =>
        event.type === 'account.upserted'
          ? { ...event, account: { ...event.account, cap, time: hour } }
          : event,
      ),
    };
  });
