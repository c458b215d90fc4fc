import fc from 'fast-check';
import type { FileEvent } from '../../src/engine/index.js';
import type {
  ContactCap,
  ContactRules,
  MessageGrouping,
  MessageKey,
  Policy,
  Via,
} from '../../src/policy/types.js';
import { type Portfolio, portfolio } from './portfolio.js';

const keys: readonly MessageKey[] = [
  'invoice',
  'item',
  'unit',
  'level',
  'channel',
  'currency',
  'entity',
  'branch',
  'item.attributes.site',
];

/** How messages are shared, in every way there is. */
const aGrouping: fc.Arbitrary<MessageGrouping> = fc.record(
  {
    by: fc.oneof(fc.constant('account' as const), fc.subarray([...keys], { minLength: 1, maxLength: 3 })),
    list: fc.constantFrom('acting' as const, 'overdue' as const, 'open' as const),
    levels: fc.constantFrom('own' as const, 'lift' as const, 'absorb' as const),
    most: fc.constantFrom({ overdue: 1 }, { upcoming: 1, overdue: 2 }),
  },
  { requiredKeys: [] },
);

const someCaps: fc.Arbitrary<readonly ContactCap[]> = fc.subarray(
  [
    { max: 1, per: '1d' },
    { max: 2, per: '7d' },
    { max: 2, in: 'week' },
    { max: 5, in: 'month' },
    { max: 1, per: '4d', of: 'contact' },
    { max: 1, per: '6d', channel: 'email' },
    { max: 2, per: '5d', purpose: 'any' },
  ] satisfies readonly ContactCap[],
  { maxLength: 3 },
);

export const contactRules: fc.Arbitrary<ContactRules> = fc.record(
  {
    gap: fc.constantFrom('none', '1d', '3d', '36h'),
    gapOf: fc.constantFrom('account' as const, 'case' as const, 'item' as const),
    gaps: fc.constantFrom({ email: '4d' }, { sms: 'none', whatsapp: '2d' }),
    caps: someCaps,
    windows: fc.constantFrom(
      [{ from: '09:00', to: '18:00' }],
      [{ days: ['mon' as const, 'thu' as const], from: '10:00', to: '12:00' }],
    ),
  },
  { requiredKeys: ['gap', 'caps'] },
);

interface Ways {
  readonly message: MessageGrouping;
  readonly priority: number;
  readonly pushed: 'gives-way' | 'both';
  readonly patience: string | undefined;
  readonly gap: string | undefined;
}

const ways: fc.Arbitrary<Ways> = fc.record({
  message: aGrouping,
  priority: fc.integer({ min: 0, max: 2 }),
  pushed: fc.constantFrom('gives-way' as const, 'both' as const),
  patience: fc.constantFrom(undefined, undefined, '4h', '2d'),
  gap: fc.constantFrom(undefined, undefined, 'none', '2d'),
});

function withWays(policy: Policy, { message, priority, pushed, patience, gap }: Ways): Policy {
  const patient = (via: readonly Via[]): readonly Via[] =>
    patience === undefined ? via : via.map((one) => ({ ...one, patience }));
  return {
    ...policy,
    message,
    priority,
    pushed,
    ...(policy.via === undefined ? {} : { via: patient(policy.via) }),
    stages: policy.stages.map((stage, index) =>
      gap === undefined || index % 2 === 0 ? stage : { ...stage, gap },
    ),
  };
}

/** Portfolios whose policies share messages in every way, under every kind of contact rule. */
export function portfolioOfMessages(
  rules: fc.Arbitrary<ContactRules> = contactRules,
): fc.Arbitrary<Portfolio> {
  return fc
    .record({ portfolio, contact: rules, ways: fc.tuple(ways, ways), sites: fc.boolean() })
    .map(({ portfolio: one, contact, ways: [first, second], sites }) => ({
      ...one,
      plan: { ...one.plan, contact },
      policies: one.policies.map((policy, index) => withWays(policy, index === 0 ? first : second)),
      ledger: one.ledger.map((fact) => withFields(fact, sites)),
      facts: Object.fromEntries(
        Object.entries(one.facts).map(([day, facts]) => [day, facts.map((fact) => withFields(fact, sites))]),
      ),
    }));
}

/** Invoices of one account that differ in what messages may be parted by. */
function withFields(fact: FileEvent, sites: boolean): FileEvent {
  if (fact.type !== 'invoice.upserted') return fact;
  const { invoice } = fact;
  const attributes = sites ? { site: invoice.id === 'F1' ? 'north' : 'south' } : {};
  const entity = invoice.id === 'F3' ? { entity: 'mx' } : {};
  return { ...fact, invoice: { ...invoice, attributes, ...entity } };
}
