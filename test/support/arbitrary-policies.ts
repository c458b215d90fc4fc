import fc from 'fast-check';
import type {
  Action,
  Condition,
  Policy,
  Reaction,
  Stage,
  StageTrigger,
  Trigger,
  Via,
} from '../../src/policy/types.js';

/** Policies with every key there is; what does not go together is taken out by the parser's own word. */

/** Each key one time in five. */
export function some<T extends object>(
  keys: { readonly [K in keyof T]-?: fc.Arbitrary<T[K]> },
): fc.Arbitrary<Partial<T>> {
  const entries = Object.entries(keys) as [string, fc.Arbitrary<unknown>][];
  const drawn = fc.tuple(
    fc.tuple(...entries.map(([, own]) => own)),
    fc.array(fc.integer({ min: 0, max: 4 }), { minLength: entries.length, maxLength: entries.length }),
  );
  return drawn.map(([values, draw]) => {
    const made: Record<string, unknown> = {};
    for (const [index, [key]] of entries.entries()) if (draw[index] === 4) made[key] = values[index];
    return made as Partial<T>;
  });
}

const of = fc.constantFrom;

const amounts = of(
  { MXN: '60.00' },
  { MXN: '60.00', USD: '20.00' },
  { MXN: '120.00', USD: '1.00', EUR: '5.00' },
);

const itemFacts: fc.Arbitrary<Condition> = fc.oneof(
  amounts.map((gte) => ({ fact: 'item.dunnable', gte })),
  amounts.map((lt) => ({ fact: 'item.outstanding', lt })),
  of<Condition>(
    { fact: 'item.daysPastDue', gte: 3 },
    { fact: 'item.overdue', eq: true },
    { fact: 'item.currency', in: ['MXN', 'USD'] },
    { fact: 'item.tags', has: 'key' },
    { fact: 'item.type', eq: 'invoice' },
    { fact: 'item.entity', exists: true },
    { fact: 'item.branch', eq: 'north' },
    { fact: 'item.area', ne: 'south' },
    { fact: 'item.inPlan', eq: false },
    { fact: 'item.charges', gt: { MXN: '0.00' } },
    { fact: 'item.attributes.site', eq: 'north' },
    { fact: 'case.stagesDone', lt: 3 },
    { fact: 'case.level', gte: 1 },
    { fact: 'case.stage', ne: 's1' },
    { fact: 'case.daysSinceContact', gte: 3 },
    { fact: 'case.opening', eq: 1 },
    { fact: 'case.daysOpen', gte: 4 },
  ),
);

/** What segments may ask too. */
export const accountFacts: fc.Arbitrary<Condition> = fc.oneof(
  amounts.map((gte) => ({ fact: 'account.overdue', gte })),
  amounts.map((gte) => ({ fact: 'exposure.total', gte })),
  of<Condition>(
    { fact: 'account.oldestDaysPastDue', gte: 6 },
    { fact: 'account.overdueItems', gte: 2 },
    { fact: 'account.openItems', lt: 3 },
    { fact: 'account.itemsPaidLate', gte: 1 },
    { fact: 'account.shareLate', gt: 20 },
    { fact: 'account.daysToPay', lt: 40 },
    { fact: 'account.tags', has: 'key' },
    { fact: 'account.hardship', eq: false },
    { fact: 'account.unapplied', exists: true },
    { fact: 'account.disputed', gt: { MXN: '10.00', USD: '10.00' } },
    { fact: 'account.openPromises', eq: 0 },
    { fact: 'account.promisesKept', gte: 1 },
    { fact: 'account.promisesBroken', gte: 1 },
    { fact: 'account.daysSinceReply', lt: 6 },
    { fact: 'account.typicalDaysToPay', exists: false },
    { fact: 'account.risk', gte: 40 },
    { fact: 'account.class', in: ['A', 'B'] },
    { fact: 'account.scores.churn', gt: 3 },
    { fact: 'account.attributes.tier', eq: 'gold' },
    { fact: 'account.branches', gte: 1 },
    { fact: 'exposure.overdue', gt: { MXN: '100.00', USD: '5.00' } },
    { fact: 'exposure.overLimit', gt: { MXN: '0.00', USD: '0.00' } },
    { fact: 'exposure.usedShare', gt: 50 },
  ),
);

const fact = fc.oneof(itemFacts, accountFacts);

export const condition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 4, arbitrary: fact },
  { weight: 1, arbitrary: fact.map((not) => ({ not })) },
  { weight: 1, arbitrary: fc.tuple(fact, fact).map((any) => ({ any })) },
  { weight: 1, arbitrary: fc.tuple(fact, fact).map((all) => ({ all })) },
);

const via: fc.Arbitrary<readonly Via[]> = fc
  .tuple(
    fc.shuffledSubarray(['email', 'whatsapp', 'sms'], { minLength: 1 }),
    of(undefined, undefined, '4h', '2d', '30h'),
  )
  .map(([ids, patience]) =>
    ids.map((channel) => ({ channel, ...(patience === undefined ? {} : { patience }) })),
  );

const single: fc.Arbitrary<Trigger> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc
      .tuple(
        of('0d', '1d', '3d', '7d', '2bd', '1w', '2w', '1mo'),
        of<Trigger['from']>('due', 'due', 'issue', 'opened', 'grace'),
      )
      .map(([plus, from]) => ({ from, plus })),
  },
  { weight: 2, arbitrary: of('3d', '5d', '2bd', '1w').map((minus) => ({ from: 'due' as const, minus })) },
  {
    weight: 1,
    arbitrary: fc.record({
      from: of<Trigger['from']>('due', 'issue', 'opened'),
      plus: of('2d', '9d'),
      endOfMonth: fc.boolean(),
      exclusive: fc.boolean(),
      businessDay: of('as-is' as const, 'next' as const, 'previous' as const),
    }),
  },
);

const afterPrevious: fc.Arbitrary<Trigger> = fc.record({
  from: fc.constant('previous' as const),
  of: of('done' as const, 'proposed' as const, 'delivered' as const, 'deadline' as const),
  plus: of('0d', '2d', '5d', '2bd'),
});

const later: fc.Arbitrary<StageTrigger> = fc.oneof(
  { weight: 5, arbitrary: single },
  { weight: 2, arbitrary: afterPrevious },
  { weight: 1, arbitrary: fc.tuple(fc.oneof(single, afterPrevious), single).map((all) => ({ all })) },
  { weight: 1, arbitrary: fc.tuple(single, fc.oneof(single, afterPrevious)).map((any) => ({ any })) },
);

const task = fc
  .tuple(of('call', 'letter'), of(undefined, 'eva'), of(undefined, '2bd'))
  .map(([name, owner, within]): Action => ({ task: name, owner, within }));

const fees = of<Action>(
  { fee: 'fixed', fixed: { MXN: '5.00', USD: '1.00' } },
  { fee: 'share', percent: '2.5', base: 'outstanding', per: 'message', currency: 'MXN' },
  { fee: 'interest', interest: { rate: '24' } },
  {
    fee: 'daily',
    interest: { base: 'daily', from: 'due', round: 'day', dayCount: 'actual' },
    ignoreBelow: { MXN: '0.10' },
  },
  {
    fee: 'tiers',
    tiers: [
      { from: { MXN: '0.00' }, fixed: { MXN: '1.00' } },
      { from: { MXN: '50.00' }, percent: '3' },
    ],
    tiered: 'accumulated',
  },
);

const actions: fc.Arbitrary<readonly Action[]> = fc
  .record({
    send: fc.integer({ min: 0, max: 9 }),
    more: some<{
      copy: Action;
      copied: readonly string[];
      from: string;
      attach: readonly string[];
      via: readonly Via[];
    }>({
      copy: of<Action>({ send: 'copy', to: 'manager' }, { send: 'copy', to: 'legal' }),
      copied: fc.constant(['manager']),
      from: fc.constant('director'),
      attach: fc.constant(['invoice']),
      via,
    }),
    rest: some<
      Record<'task' | 'alert' | 'effect' | 'second' | 'fee' | 'handover' | 'writeOff' | 'close', Action>
    >({
      task,
      alert: of<Action>({ alert: 'late' }, { alert: 'late', to: 'eva' }),
      effect: of<Action>({ effect: 'stop' }, { effect: 'stop', until: 'settled' }),
      second: of<Action>({ effect: 'orders' }),
      fee: fees,
      handover: fc
        .integer({ min: 0, max: 3 })
        .map((n): Action => (n === 0 ? { handover: 'agency', to: 'acme' } : { alert: 'near' })),
      writeOff: fc.constant<Action>({ writeOff: 'propose' }),
      close: fc
        .integer({ min: 0, max: 3 })
        .map((n): Action => (n === 0 ? { close: 'given-up' } : { task: 'review' })),
    }),
  })
  .map(({ send, more, rest }) => {
    const { copy, copied, ...own } = more;
    const first: Action = { send: 'm', ...own, ...(copied === undefined ? {} : { copy: copied }) };
    return [...(send > 1 ? [first] : []), ...(copy === undefined ? [] : [copy]), ...Object.values(rest)];
  });

type OwnStage = Omit<Stage, 'id' | 'tone' | 'at' | 'do'>;

const stageKeys = some<OwnStage>({
  name: fc.constant('A stage'),
  level: fc.integer({ min: 1, max: 4 }),
  when: condition,
  min: of(
    { amount: { MXN: '60.00' } },
    { amount: { MXN: '60.00', USD: '10.00' }, share: 40, any: true },
    { share: 50, of: 'account' as const },
  ),
  mode: of('approve' as const, 'task' as const, 'auto' as const),
  lapses: of('1d', '4d'),
  gap: of('none', '2d', '30h'),
  time: of('00:30', '10:00', '23:30'),
  expires: of('0d', '2d', '3bd'),
  keep: fc.constant(true),
  rank: fc.integer({ min: 0, max: 2 }),
  deadline: of('2d', '1bd'),
});

const stages: fc.Arbitrary<readonly Stage[]> = fc
  .array(fc.record({ own: stageKeys, at: later, bare: fc.integer({ min: 0, max: 7 }), do: actions }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((all) =>
    all.map(({ own, at, bare, do: actions }, index): Stage => {
      const first = index === 0 && JSON.stringify(at).includes('previous');
      return {
        ...own,
        id: `s${index}`,
        tone: index < 2 ? 'friendly' : index < 4 ? 'firm' : 'formal',
        ...(bare === 0 ? {} : { at: first ? { from: 'due' as const, plus: '1d' } : at }),
        do: actions,
      };
    }),
  );

const reactions: fc.Arbitrary<readonly Reaction[]> = fc.uniqueArray(
  of<Reaction>(
    { task: 'call', within: '1bd' },
    { alert: 'promise' },
    { effect: 'stop' },
    { effect: 'orders' },
    { handover: 'legal' },
    { writeOff: 'propose' },
    { escalate: 'next' },
  ),
  { minLength: 1, maxLength: 3 },
);

type OwnPolicy = Omit<Policy, 'id' | 'version' | 'stages' | 'via'>;

const heard = [{ send: 'heard' }];

const policyKeys = some<OwnPolicy>({
  name: fc.constant('A ladder'),
  active: fc.integer({ min: 0, max: 5 }).map((n) => n > 0),
  priority: fc.integer({ min: 0, max: 2 }),
  scope: condition,
  unit: fc.oneof(
    fc.constant('item' as const),
    fc.record({
      group: of(
        ['account'] as const,
        ['entity'] as const,
        ['account', 'branch'] as const,
        ['area'] as const,
        ['item.attributes.site'] as const,
      ),
      carrier: of('recompute' as const, 'inherit' as const, 'restart' as const),
    }),
  ),
  level: of('state' as const, 'latched' as const),
  message: some({
    by: of<NonNullable<NonNullable<Policy['message']>['by']>>(
      'account',
      'invoice',
      'item',
      'unit',
      ['level', 'currency'],
      ['channel'],
      ['entity', 'branch'],
      ['area', 'item.attributes.site'],
    ),
    list: of('acting' as const, 'overdue' as const, 'open' as const),
    levels: of('own' as const, 'lift' as const, 'absorb' as const),
    most: of({ overdue: 1 }, { upcoming: 1, overdue: 2 }),
  }),
  mode: of('auto' as const, 'approve' as const, 'task' as const),
  time: of('09:00', '20:00'),
  grace: of('2d', '3bd'),
  arrears: of('4d', '9d'),
  unknown: of('case' as const, 'act' as const),
  counters: of('settled' as const, 'last-message' as const, 'reset' as const, 'never' as const),
  reentry: of('once' as const, 'repeat' as const),
  late: of('latest' as const, 'each' as const, 'drop' as const),
  entry: of('first' as const, 'latest' as const),
  climb: fc.constant(true),
  restart: of('0d', '1d', '3d'),
  pushed: of('gives-way' as const, 'both' as const),
  resume: of('next' as const, 'latest' as const, 'same' as const, 'first' as const),
  done: of('sent' as const, 'confirmed' as const, 'proposed' as const, 'delivered' as const),
  proposed: of('hold' as const, 'regenerate' as const, 'supersede' as const),
  discarded: of('skip' as const, 'again' as const, 'hold' as const),
  reopen: of('continue' as const, 'restart' as const),
  adopt: of('pin' as const, 'adopt' as const, { map: { s0: 's1', s2: 's1' } }),
  last: some({
    repeat: of('4d', '3bd', '1mo'),
    times: fc.integer({ min: 1, max: 3 }),
    from: of('contact' as const, 'due' as const, 'issue' as const),
    exhausted: of('waited', 'acted', '3d'),
  }),
  life: fc.record({
    from: of('due' as const, 'opened' as const, 'first' as const),
    plus: of('8d', '20d', '1mo'),
  }),
  on: some({
    paid: of([{ send: 'thanks' }], [{ send: 'thanks' }, { send: 'thanks', to: 'manager' }]),
    promised: of([{ send: 'noted' }], [{ send: 'noted' }, { send: 'noted', to: 'manager' }]),
    disputed: of([{ send: 'looking' }], [{ send: 'looking', to: 'legal' }]),
    promiseKept: reactions,
    promiseBroken: reactions,
    exhausted: reactions,
  }).map((on) => (on.disputed === undefined ? on : { ...on, reported: heard })),
});

/** A policy of any keys. */
export function anyPolicy(id: string, version = 1): fc.Arbitrary<Policy> {
  return fc
    .record({ own: policyKeys, stages, via })
    .map(({ own, stages, via }) => ({ ...own, id, version, via, stages }));
}
