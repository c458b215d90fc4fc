import fc from 'fast-check';
import { compile } from '../../src/engine/index.js';
import type { ContactRules, Documents, Message, Messages, Plan, Policy } from '../../src/policy/types.js';
import { aZone, dayAfter } from './arbitrary.js';
import { accountFacts, anyPolicy, some } from './arbitrary-policies.js';
import { validDocuments } from './valid-documents.js';

/** Whole documents, with every key that a plan and its policies may have, as the parser takes them. */

const of = fc.constantFrom;

const contact: fc.Arbitrary<ContactRules> = some<ContactRules>({
  gap: of('none', '1d', '3d', '36h'),
  gapOf: of('account' as const, 'case' as const, 'item' as const),
  gaps: of({ email: '4d' }, { sms: 'none', whatsapp: '30h' }),
  caps: fc.subarray([
    { max: 1, per: '1d' },
    { max: 2, per: '7d' },
    { max: 2, in: 'week' as const },
    { max: 5, in: 'month' as const },
    { max: 1, per: '4d', of: 'contact' as const },
    { max: 1, per: '6d', channel: 'email' },
    { max: 2, per: '5d', purpose: 'any' as const },
  ]),
  windows: of(
    [{ from: '09:00', to: '18:00' }],
    [
      { days: ['mon' as const, 'wed' as const], from: '08:30', to: '12:00' },
      { days: ['fri' as const], from: '16:00', to: '24:00', channels: ['email'] },
    ],
  ),
  closedOnHolidays: fc.boolean(),
  consent: of(
    { whatsapp: 'off' as const },
    { email: 'required' as const, sms: { dunning: 'off' as const, service: 'required' as const } },
  ),
  lastWorked: of('first' as const, 'fallback' as const),
  restAfter: of(1, 3),
  rest: of('7d', '36h'),
});

/** Facts and roles that are declared are only checked: they decide nothing. */
type OwnPlan = Omit<Plan, 'id' | 'version' | 'zone' | 'default' | 'facts' | 'roles'>;

const planKeys = some<OwnPlan>({
  language: of('en', 'es'),
  segments: fc.tuple(accountFacts, accountFacts).map(([late, key]) => [
    { id: 'late', when: late },
    { id: 'key', when: key },
  ]),
  assign: fc.subarray<NonNullable<Plan['assign']>[number]>([
    { segment: 'late', policy: 'other' },
    { invoice: 'F2', policy: 'other' },
    { account: 'robles', policy: 'other', pilot: { percent: 50, salt: 'x' } },
    { branch: 'north', policy: 'other' },
    { entity: 'mx', policy: 'other' },
    { area: 'south', policy: null },
    { segment: 'key', policy: 'ladder', pilot: { percent: 30 } },
  ]),
  contact,
  calendar: some({
    weekend: of<NonNullable<NonNullable<Plan['calendar']>['weekend']>>(['fri', 'sat'], []),
    holidays: fc.subarray([3, 4, 10, 17].map(dayAfter)),
  }),
  tolerance: of({ MXN: '5.00' }, { MXN: '20.00', USD: '1.00' }),
  otherCurrency: of('task' as const, 'convert' as const, 'met' as const, 'unmet' as const),
  rates: fc.constant([
    { from: 'USD', to: 'MXN', rate: '17.5', on: '2026-01-01' },
    { from: 'USD', to: 'MXN', rate: '0.05', on: '2026-03-10' },
  ]),
  experiments: fc.constant([
    {
      id: 'x',
      when: { fact: 'account.overdueItems', gte: 1 },
      arms: [
        { id: 'a', weight: 1, policy: 'ladder' },
        { id: 'b', weight: 1, policy: 'other' },
        { id: 'c', weight: 1, policy: null },
      ],
    },
  ]),
  adjust: fc.subarray<NonNullable<Plan['adjust']>[number]>([
    { account: 'robles', policy: 'ladder', delay: '2d' },
    { segment: 'late', stages: { s0: { skip: true } } },
    {
      segment: 'key',
      delay: '1d',
      stages: { s0: { mode: 'approve' }, s1: { at: { from: 'due', plus: '4d' }, via: [{ channel: 'sms' }] } },
    },
  ]),
  blocks: some({
    dispute: of('part' as const, 'item' as const, 'account' as const),
    unapplied: of('reduce' as const, 'ignore' as const, 'covers' as const),
    holdEnd: of('inclusive' as const, 'exclusive' as const),
    hold: of('freeze' as const, 'clear' as const),
    promise: some({ grace: of('0d', '2d'), tolerance: of(0, 10), within: of('0d', '4d') }),
    unbooked: of('0d', '2d'),
    reply: of('continue', '1d', '4d'),
  }),
  sources: fc.constant({ bank: { maxAge: '100h' } }),
  credit: some({ margin: of('0d', '3d'), returned: of('10d', '90d') }),
  currency: of('MXN', 'USD'),
  terms: of(
    { source: 'general terms', fees: true, interest: true },
    { source: 'contract', fees: { MXN: '50.00', USD: '5.00' }, interest: '12' },
  ),
});

const plan: fc.Arbitrary<Plan> = fc.tuple(planKeys, aZone).map(([own, zone]) => ({
  ...own,
  id: 'plan',
  version: 1,
  zone,
  default: 'ladder',
}));

function messageOf(id: string, about: Message['about']): Message {
  const text = 'Dear {{contact.name}}. Thanks.';
  const texts = { whatsapp: text, sms: text, email: { subject: id, body: text } };
  return { id, about, text: { en: texts, es: texts } };
}

export const messages: Messages = {
  id: 'messages',
  version: 1,
  messages: [
    messageOf('m', 'items'),
    messageOf('copy', 'items'),
    messageOf('thanks', 'payment'),
    messageOf('noted', 'promise'),
    messageOf('looking', 'dispute'),
    messageOf('heard', 'report'),
  ],
};

/** Documents with a later version of the policy `ladder` that is loaded some day. */
export interface AnyDocuments extends Documents {
  readonly newer: Policy;
}

/** Documents of any keys that the parser takes. */
export const anyDocuments: fc.Arbitrary<AnyDocuments> = fc
  .record({ plan, first: anyPolicy('ladder'), second: anyPolicy('other'), third: anyPolicy('ladder', 2) })
  .map(({ plan: own, first, second, third }): AnyDocuments | undefined => {
    const documents = validDocuments({ plan: own, policies: [first, second, third], messages });
    if (documents === undefined) return undefined;
    const [ladder, other, newer] = documents.policies;
    if (ladder === undefined || other === undefined || newer === undefined) return undefined;
    try {
      // An adjustment that leaves a stage without its anchor is refused when it meets the policies.
      compile({ plan: documents.plan, policies: documents.policies });
      compile({ plan: documents.plan, policies: [ladder, other] });
    } catch {
      return undefined;
    }
    return { ...documents, policies: [ladder, other], newer };
  })
  .filter((documents) => documents !== undefined);
