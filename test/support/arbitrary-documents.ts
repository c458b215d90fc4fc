import fc from 'fast-check';
import type {
  Action,
  BlockRules,
  Condition,
  ContactRules,
  Plan,
  Policy,
  Stage,
  Tone,
} from '../../src/policy/types.js';
import { aZone, channels, dayAfter, rarely } from './arbitrary.js';
import { aPlan } from './build.js';

const tones: readonly Tone[] = ['friendly', 'firm', 'formal'];

const conditions: fc.Arbitrary<Condition | undefined> = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constant({ fact: 'item.dunnable', gte: { MXN: '60.00', USD: '20.00' } }) },
  { weight: 1, arbitrary: fc.constant({ fact: 'item.daysPastDue', eq: 0 }) },
  { weight: 1, arbitrary: fc.constant({ not: { fact: 'account.overdueItems', lt: 2 } }) },
  { weight: 1, arbitrary: fc.constant({ fact: 'account.dunnable', lt: { MXN: '150.00' } }) },
);

const actions: fc.Arbitrary<readonly Action[]> = fc.oneof(
  { weight: 6, arbitrary: fc.constant([{ send: 'm' }]) },
  { weight: 1, arbitrary: fc.constant([{ send: 'm' }, { task: 'call' }]) },
  { weight: 1, arbitrary: fc.constant([{ task: 'call' }]) },
  { weight: 1, arbitrary: fc.constant([]) },
  { weight: 1, arbitrary: fc.constant([{ send: 'm' }, { send: 'copy', to: 'manager' }]) },
  { weight: 1, arbitrary: fc.constant([{ send: 'm', via: [{ channel: 'sms' }, { channel: 'email' }] }]) },
);

/** Stages that count from the due date, ever later and ever sterner. */
const risingStages: fc.Arbitrary<readonly Stage[]> = fc
  .array(fc.record({ step: fc.integer({ min: 0, max: 9 }), when: conditions, do: actions }), {
    minLength: 1,
    maxLength: 6,
  })
  .chain((steps) =>
    fc.integer({ min: -12, max: 3 }).map((first) => {
      let offset = first;
      return steps.map(({ step, when, ...rest }, index): Stage => {
        offset += index === 0 ? 0 : step;
        const at =
          offset < 0
            ? { from: 'due' as const, minus: `${-offset}d` }
            : { from: 'due' as const, plus: `${offset}d` };
        const tone = tones[Math.min(2, Math.floor(index / 2))] ?? 'formal';
        return { id: `s${index}`, tone, at, ...rest, ...(when === undefined ? {} : { when }) };
      });
    }),
  );

const trigger = fc.oneof(
  fc.record({
    from: fc.constantFrom('due' as const, 'issue' as const),
    minus: fc.constantFrom('3d', '2bd', '1w'),
  }),
  fc.record({
    from: fc.constantFrom('due' as const, 'issue' as const, 'opened' as const, 'previous' as const),
    plus: fc.constantFrom('0d', '1d', '3bd', '9d', '2w', '1mo'),
    businessDay: fc.constantFrom('as-is' as const, 'next' as const, 'previous' as const),
  }),
);

/** Stages of every kind, in no order. */
const wildStages: fc.Arbitrary<readonly Stage[]> = fc
  .array(fc.record({ at: trigger, when: conditions, do: actions, tone: fc.constantFrom(...tones) }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((all) =>
    all.map(({ at, when, ...stage }, index) => ({
      id: `s${index}`,
      ...stage,
      at: index === 0 && at.from === 'previous' ? { ...at, from: 'due' as const } : at,
      ...(when === undefined ? {} : { when }),
    })),
  );

function aPolicyOf(id: string, stages: fc.Arbitrary<readonly Stage[]>): fc.Arbitrary<Policy> {
  const last = fc.record({ repeat: fc.constantFrom('4d', '3bd'), times: fc.integer({ min: 1, max: 3 }) });
  return fc
    .record({
      stages,
      by: fc.constantFrom('account' as const, 'invoice' as const),
      list: fc.constantFrom('acting' as const, 'overdue' as const),
      late: fc.constantFrom('latest' as const, 'each' as const, 'drop' as const),
      entry: fc.constantFrom('first' as const, 'latest' as const),
      restart: fc.constantFrom('0d', '1d', '3d'),
      last: fc.option(last, { nil: undefined }),
      thanks: fc.boolean(),
      via: fc.shuffledSubarray([...channels], { minLength: 2 }),
    })
    .map(({ by, list, thanks, via, last: repeated, ...rest }) => ({
      id,
      version: 1,
      ...rest,
      ...(repeated === undefined ? {} : { last: repeated }),
      message: { by, list },
      via: via.map((channel) => ({ channel })),
      on: thanks ? { paid: [{ send: 'thanks' }] } : {},
    }));
}

export const risingPolicy = (id: string): fc.Arbitrary<Policy> => aPolicyOf(id, risingStages);
export const wildPolicy = (id: string): fc.Arbitrary<Policy> => aPolicyOf(id, wildStages);

const contactRules: fc.Arbitrary<ContactRules> = fc.record({
  gap: fc.constantFrom('none', '1d', '2d', '5d'),
  caps: fc.constantFrom(
    [],
    [
      { max: 1, per: '1d' },
      { max: 3, per: '7d' },
    ],
    [{ max: 2, per: '5d' }],
    [{ max: 1, per: '3d', of: 'contact' as const }],
    [{ max: 1, per: '4d', channel: 'email' }],
  ),
  windows: fc.constantFrom(
    [],
    [{ from: '09:00', to: '18:00' }],
    [
      { days: ['mon' as const, 'wed' as const], from: '08:30', to: '12:00' },
      { days: ['fri' as const], from: '16:00', to: '24:00', channels: ['email'] },
    ],
  ),
});

/** The policies `ladder` (by default) and `other` (for late accounts, or for the second invoice). */
const blockRules: fc.Arbitrary<BlockRules> = fc.record({
  dispute: fc.constantFrom('part' as const, 'item' as const, 'account' as const),
  unapplied: fc.constantFrom('reduce' as const, 'ignore' as const, 'covers' as const),
  holdEnd: fc.constantFrom('inclusive' as const, 'exclusive' as const),
  promise: fc.record({
    grace: fc.constantFrom('0d', '2d'),
    tolerance: fc.constantFrom(0, 10),
    within: fc.constantFrom('0d', '4d'),
  }),
  unbooked: fc.constantFrom('0d', '2d'),
  reply: fc.constantFrom('continue', '1d'),
});

export const aPlanOf: fc.Arbitrary<Plan> = fc
  .record({
    zone: aZone,
    contact: contactRules,
    holidays: fc.subarray([3, 4, 10, 17].map(dayAfter)),
    tolerance: fc.constantFrom(undefined, { MXN: '5.00' }),
    segmented: fc.boolean(),
    invoice: fc.boolean(),
    blocks: fc.option(blockRules, { nil: undefined }),
    sourced: rarely(true, false),
  })
  .map(({ zone, contact, holidays, tolerance, segmented, invoice, blocks, sourced }) => ({
    ...aPlan({}, contact),
    zone,
    calendar: { holidays },
    ...(tolerance === undefined ? {} : { tolerance }),
    ...(blocks === undefined ? {} : { blocks }),
    ...(sourced ? { sources: { bank: { maxAge: '100h' } } } : {}),
    segments: [{ id: 'late', when: { fact: 'account.oldestDaysPastDue', gte: 9 } }],
    assign: [
      ...(segmented ? [{ segment: 'late', policy: 'other' }] : []),
      ...(invoice ? [{ invoice: 'F2', policy: 'other' }] : []),
    ],
  }));
