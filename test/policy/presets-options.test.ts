import { describe, expect, it } from 'vitest';
import { isRecobroError } from '../../src/errors.js';
import { lint } from '../../src/lint/index.js';
import { presets } from '../../src/policy/presets/index.js';
import type { Documents, Policy, Stage } from '../../src/policy/types.js';
import { parseDocuments } from '../../src/schema/index.js';

const zone = 'Europe/Madrid';
type Name = keyof typeof presets;
const names = Object.keys(presets) as Name[];

/** The documents, which are valid, with their policy. */
function made(documents: Documents): Documents & { readonly policy: Policy } {
  expect(parseDocuments(documents, { channels: ['whatsapp', 'email', 'sms'] })).toEqual(documents);
  const [policy] = documents.policies;
  if (policy === undefined) throw new Error('a preset has a policy');
  return { ...documents, policy };
}

/** What is wrong with options, as hosts without types may hand them in. */
function problems(name: Name, options?: unknown): string[] {
  try {
    Reflect.apply(presets[name], presets, options === undefined ? [] : [options]);
  } catch (error) {
    if (!isRecobroError(error, 'invalid_option')) throw error;
    expect(error.message).toContain(`presets.${name}()`);
    expect(error.problems.every(({ code, message }) => code !== '' && message !== '')).toBe(true);
    return error.problems.map(({ path }) => path);
  }
  return [];
}

const found = (documents: Documents): string[] => lint(documents).map(({ id }) => id);
const at = ({ stages }: Policy): unknown[] => stages.map((stage) => stage.at);
const sends = ({ stages }: Policy): string[] =>
  stages.flatMap((stage) => stage.do.flatMap((action) => ('send' in action ? [action.send] : [])));
const tones = ({ stages }: Policy): string[] => stages.map((stage) => stage.tone);

describe.each(names)('%s refuses', (name) => {
  it('to be made of nothing', () => {
    expect(problems(name)).toEqual(['zone']);
    for (const wrong of [null, 'Europe/Madrid', []]) expect(problems(name, wrong)).toEqual(['zone']);
    expect(problems(name, {})).toEqual(['zone']);
  });

  it('everything that is wrong with common options, at once', () => {
    const wrong = {
      zone: 'Mars/Olympus',
      language: 'español',
      id: 'no id',
      weekend: ['sat', 'domingo'],
      holidays: ['2026-12-25', '2026-02-30', 7],
      zoen: 'Europe/Madrid',
    };
    expect(problems(name, wrong).sort()).toEqual(
      ['zone', 'language', 'id', 'weekend[1]', 'holidays[1]', 'holidays[2]', 'zoen'].sort(),
    );
    expect(problems(name, { zone, weekend: 'sat', holidays: 'none' })).toEqual(['weekend', 'holidays']);
    const week = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
    expect(problems(name, { zone, weekend: week })).toEqual(['weekend']);
  });
});

describe('levelRuns', () => {
  const { levelRuns } = presets;

  it('has three levels, approved, an end of a month among them', () => {
    const { plan, policy } = made(levelRuns({ zone }));
    expect(at(policy)).toEqual([
      { from: 'due', plus: '10d' },
      { from: 'due', plus: '30d', endOfMonth: true },
      { from: 'previous', plus: '10d' },
    ]);
    expect(policy).toMatchObject({ late: 'each', entry: 'first', mode: 'approve', proposed: 'hold' });
    expect(policy.message).toEqual({ by: ['account', 'level', 'currency'], list: 'acting' });
    expect(policy.stages.map((stage) => [stage.id, stage.level, stage.lapses])).toEqual([
      ['level-1', 1, '30d'],
      ['level-2', 2, '30d'],
      ['level-3', 3, '30d'],
    ]);
    expect(policy.last).toEqual({ exhausted: '10d' });
    expect(policy.on?.exhausted).toEqual([{ task: 'decide', within: '3bd' }]);
    expect(plan.contact?.gap).toBe('7d');
  });

  it('says something else at each of one to nine levels, ever sterner', () => {
    for (let count = 1; count <= 9; count++) {
      const levels = Array.from({ length: count }, (_, index) => ({ days: 10 * (index + 1) }));
      const { policy } = made(levelRuns({ zone, levels, confirm: 'auto' }));
      expect(policy.stages).toHaveLength(count);
      const order = tones(policy).map((tone) => ['friendly', 'firm', 'formal'].indexOf(tone));
      expect(order).toEqual([...order].sort());
      expect(order[0]).toBe(0);
      if (count > 2) expect(sends(policy).at(-1)).toBe('final-notice');
    }
    const five = Array.from({ length: 5 }, (_, index) => ({ days: 10 * (index + 1) }));
    expect(sends(made(levelRuns({ zone, levels: five })).policy)).toEqual([
      'reminder',
      'follow-up',
      'firm',
      'collection-notice',
      'final-notice',
    ]);
  });

  it('takes levels on a basis of their own', () => {
    const levels = [
      { days: 5, basis: 'due' },
      { days: 12, basis: 'previous' },
    ] as const;
    const { policy } = made(levelRuns({ zone, levels }));
    expect(at(policy)).toEqual([
      { from: 'due', plus: '5d' },
      { from: 'previous', plus: '12d' },
    ]);
  });

  it('goes by runs, which lint points out', () => {
    const documents = levelRuns({ zone, pace: 'runs' });
    const { policy } = made(documents);
    expect(policy.climb).toBe(true);
    expect(policy.late).toBeUndefined();
    expect(at(policy)).toEqual([undefined, undefined, undefined]);
    expect(found(documents)).toEqual(['climbs-by-runs']);
  });

  it('lets letters go by themselves, or has them done by hand', () => {
    const { policy } = made(levelRuns({ zone, confirm: 'auto' }));
    expect(policy).not.toHaveProperty('mode');
    expect(policy).not.toHaveProperty('proposed');
    expect(policy.stages[0]).not.toHaveProperty('lapses');
    expect(made(levelRuns({ zone, confirm: 'task' })).policy.mode).toBe('task');
  });

  it('holds proposals as long as said, or for ever, which lint points out', () => {
    expect(made(levelRuns({ zone, lapses: '5bd' })).policy.stages[0]?.lapses).toBe('5bd');
    const never = levelRuns({ zone, lapses: 'never' });
    expect(made(never).policy.stages[0]).not.toHaveProperty('lapses');
    expect(new Set(found(never))).toEqual(new Set(['approval-without-lapse']));
  });

  it('takes what becomes of a discarded proposal, the rhythm, the letters and the end', () => {
    const documents = levelRuns({
      zone,
      discarded: 'again',
      between: '5d',
      letters: 'account',
      finalAfter: '20d',
      final: 'legal',
    });
    const { plan, policy } = made(documents);
    expect(policy.discarded).toBe('again');
    expect(plan.contact?.gap).toBe('5d');
    expect(policy.message?.by).toBe('account');
    expect(policy.last).toEqual({ exhausted: '20d' });
    expect(policy.on?.exhausted).toEqual([{ handover: 'legal' }]);
    expect(found(documents)).toEqual([]);
    expect(made(levelRuns({ zone, final: 'agency' })).policy.on?.exhausted).toEqual([{ handover: 'agency' }]);
  });

  it('refuses what it cannot be', () => {
    const levels = [
      { days: 10, basis: 'previous' },
      { days: 1.5 },
      { days: 5, basis: 'month' },
      7,
      { day: 3 },
    ];
    expect(problems('levelRuns', { zone, levels })).toEqual([
      'levels[0].basis',
      'levels[1].days',
      'levels[2].basis',
      'levels[3]',
      'levels[4].day',
      'levels[4].days',
    ]);
    const wrong = {
      zone,
      levels: [],
      pace: 'weekly',
      confirm: 'yes',
      lapses: '0d',
      discarded: 'never',
      between: '2bd',
      letters: 'item',
      finalAfter: '0d',
      final: 'court',
    };
    expect(problems('levelRuns', wrong)).toEqual(Object.keys(wrong).slice(1));
    expect(problems('levelRuns', { zone, levels: Array.from({ length: 10 }, () => ({ days: 1 })) })).toEqual([
      'levels',
    ]);
    expect(problems('levelRuns', { zone, confirm: 'auto', lapses: '5d', discarded: 'skip' })).toEqual([
      'lapses',
      'discarded',
    ]);
  });
});

describe('levels of levelRuns', () => {
  const due = (days: number) => ({ days });
  const month = (days: number) => ({ days, basis: 'end-of-month' });
  const since = (days: number) => ({ days, basis: 'previous' });

  it.each([
    [[due(50), due(5)], ['levels[1].days']],
    [[due(5), due(5)], ['levels[1].days']],
    [
      [due(5), due(50), due(20), due(30)],
      ['levels[2].days', 'levels[3].days'],
    ],
    [[month(30), due(30)], ['levels[1].days']],
    [[month(30), month(20)], ['levels[1].days']],
    [[due(50), month(20)], ['levels[1].days']],
    [[due(10), since(10), due(20)], ['levels[2].days']],
  ])('%j: refused where one is never later than the one below it', (levels, paths) => {
    expect(problems('levelRuns', { zone, levels })).toEqual(paths);
    expect(problems('levelRuns', { zone, levels, pace: 'runs' })).toEqual([]);
  });

  it.each([
    [[due(5), due(6)]],
    [[due(50), month(21)]],
    [[month(30), due(31)]],
    [[due(50), since(5)]],
    [[due(10), since(10), due(21)]],
  ])('%j: taken where it may be later', (levels) => {
    expect(problems('levelRuns', { zone, levels })).toEqual([]);
  });
});

describe('intervals', () => {
  const { intervals } = presets;
  const days = (policy: Policy) =>
    policy.stages.map(({ at: trigger }) => trigger && 'plus' in trigger && trigger.plus);

  it('has four levels an interval apart, from the first day past the grace on', () => {
    const { plan, policy } = made(intervals({ zone }));
    expect(days(policy)).toEqual(['3d', '17d', '31d', '45d']);
    expect(plan.contact?.gap).toBe('14d');
    expect(policy).toMatchObject({ grace: '2d', arrears: '6d', late: 'each', pushed: 'both', mode: 'auto' });
    expect(policy.message).toEqual({ by: 'account', list: 'overdue' });
    expect(policy.last).toEqual({ exhausted: '14d' });
    expect(plan).not.toHaveProperty('terms');
    expect(plan).not.toHaveProperty('otherCurrency');
  });

  it('takes interval, grace and arrears', () => {
    const { plan, policy } = made(intervals({ zone, interval: '7d', grace: '0d', arrears: '0d' }));
    expect(days(policy)).toEqual(['1d', '8d', '15d', '22d']);
    expect(plan.contact?.gap).toBe('7d');
    expect(policy).not.toHaveProperty('grace');
    expect(policy).not.toHaveProperty('arrears');
  });

  it('takes levels with days, least amounts, shares and charges', () => {
    const terms = { source: 'clause 7', fees: { EUR: '10.00' } };
    const documents = intervals({
      zone,
      levels: [
        {},
        { days: 20, amount: { EUR: '50.00' } },
        { share: 12.5 },
        { amount: { EUR: '100.00' }, share: 10, either: true, charge: { EUR: '7.50' } },
      ],
      terms,
      otherCurrency: 'unmet',
    });
    const { plan, policy } = made(documents);
    expect(days(policy)).toEqual(['3d', '20d', '34d', '48d']);
    expect(policy.stages.map(({ min }) => min)).toEqual([
      undefined,
      { amount: { EUR: '50.00' }, of: 'account' },
      { share: 12.5, of: 'account' },
      { amount: { EUR: '100.00' }, share: 10, any: true, of: 'account' },
    ]);
    expect(policy.stages[3]?.do).toEqual([
      { send: 'final-notice' },
      { fee: 'charge', fixed: { EUR: '7.50' }, per: 'message' },
    ]);
    expect(plan.terms).toEqual(terms);
    expect(plan.otherCurrency).toBe('unmet');
    expect(found(documents)).toEqual([]);
  });

  it('repeats the last level, or waits for confirmation', () => {
    expect(made(intervals({ zone, always: true })).policy.last).toEqual({ repeat: '14d', times: 1000 });
    const approved = intervals({ zone, confirm: 'approve' });
    const { policy } = made(approved);
    expect(policy.mode).toBe('approve');
    expect(policy.stages[0]?.lapses).toBe('14d');
    expect(found(approved)).toEqual([]);
  });

  it('refuses what it cannot be', () => {
    const wrong = {
      zone,
      interval: '0d',
      grace: '-1d',
      arrears: 'none',
      levels: {},
      terms: { fees: true },
      always: 'yes',
      confirm: 'no',
      otherCurrency: 'convert',
    };
    expect(problems('intervals', wrong)).toEqual([
      'interval',
      'grace',
      'arrears',
      'levels',
      'terms.source',
      'always',
      'confirm',
      'otherCurrency',
    ]);
    const levels = [
      { days: 2, either: true },
      { days: 15, amount: { EURO: '1', EUR: 5, USD: '1.005' } },
      { amount: {}, share: 0 },
      { share: 101, charge: { EUR: '-1.00' }, fee: '5' },
      { share: 33.333, amount: '50 EUR' },
    ];
    expect(problems('intervals', { zone, levels }).sort()).toEqual(
      [
        'levels[0].days',
        'levels[0].either',
        'levels[1].days',
        'levels[1].amount.EURO',
        'levels[1].amount.EUR',
        'levels[1].amount.USD',
        'levels[2].amount',
        'levels[2].share',
        'levels[3].share',
        'levels[3].charge',
        'levels[3].charge.EUR',
        'levels[3].fee',
        'levels[4].share',
        'levels[4].amount',
      ].sort(),
    );
    expect(problems('intervals', { zone, levels: [{ days: 5 }, { days: 18 }] })).toEqual(['levels[1].days']);
    expect(problems('intervals', { zone, levels: [{ charge: { EUR: '5.00' } }] })).toEqual([
      'levels[0].charge',
    ]);
  });
});

describe('cadence', () => {
  const { cadence } = presets;

  it('is one conversation for each customer, with a floor', () => {
    const { plan, policy } = made(cadence({ zone }));
    expect(policy.unit).toEqual({ group: ['account'], carrier: 'restart' });
    expect(policy.message).toEqual({ by: 'unit', list: 'overdue' });
    expect(policy).toMatchObject({ late: 'each', entry: 'first', pushed: 'both' });
    expect(plan.contact?.gap).toBe('5d');
    expect(plan.blocks).toEqual({ dispute: 'item' });
    expect(sends(policy)).toEqual(['upcoming', 'reminder', 'follow-up', 'firm', 'collection-notice']);
    expect(policy.stages[0]?.at).toEqual({ from: 'due', minus: '5d' });
  });

  it('enters by context', () => {
    const { policy } = made(cadence({ zone, logic: 'contextual' }));
    expect(policy.unit).toEqual({ group: ['account'], carrier: 'recompute' });
    expect(policy).toMatchObject({ late: 'latest', entry: 'latest', pushed: 'gives-way' });
  });

  it('takes floor, reminders, what comes before and what climbs', () => {
    const documents = cadence({
      zone,
      floor: '7d',
      before: 'none',
      reminders: [2, 12],
      group: ['account', 'item.attributes.contract'],
    });
    const { plan, policy } = made(documents);
    expect(plan.contact?.gap).toBe('7d');
    expect(at(policy).slice(0, 2)).toEqual([
      { from: 'due', plus: '2d' },
      { from: 'due', plus: '12d' },
    ]);
    expect(policy.stages.map(({ id }) => id)).toEqual(['reminder', 'follow-up', 'call']);
    expect(policy.unit).toEqual({ group: ['account', 'item.attributes.contract'], carrier: 'restart' });
    expect(found(documents)).toEqual([]);
    expect(made(cadence({ zone, before: '7d' })).policy.stages[0]?.at).toEqual({ from: 'due', minus: '7d' });
  });

  it('lists all that is open, and then sends statements only', () => {
    const documents = cadence({ zone, list: 'open', before: 'none' });
    const { policy } = made(documents);
    expect(policy.message?.list).toBe('open');
    expect(new Set(sends(policy))).toEqual(new Set(['statement']));
    expect(policy.stages.map(({ id }) => id)).toEqual([
      'statement',
      'statement-2',
      'statement-3',
      'statement-4',
      'call',
    ]);
    expect(new Set(policy.stages.map(({ name }) => name)).size).toBe(5);
    expect(new Set(sends(made(cadence({ zone, list: 'open' })).policy))).toEqual(new Set(['statement']));
    expect(found(documents)).toEqual([]);
  });

  it('refuses what it cannot be', () => {
    const wrong = { zone, logic: 'smart', floor: '0d', before: '0d', reminders: [], list: 'all', group: [] };
    expect(problems('cadence', wrong)).toEqual(Object.keys(wrong).slice(1));
    expect(problems('cadence', { zone, reminders: [3, 3, 'x', 0] })).toEqual([
      'reminders[1]',
      'reminders[2]',
      'reminders[3]',
    ]);
    expect(problems('cadence', { zone, reminders: [1, 2, 3, 4, 5] })).toEqual(['reminders']);
    expect(problems('cadence', { zone, group: ['account', 'currency', 7] })).toEqual([
      'group[1]',
      'group[2]',
    ]);
    expect(problems('cadence', { zone, group: ['account', 'branch', 'account'] })).toEqual(['group[2]']);
  });
});

describe('overdueStates', () => {
  const { overdueStates } = presets;
  const state = (policy: Policy, id: string): Stage | undefined =>
    policy.stages.find((stage) => stage.id === id);

  it('is warned, blocked and stopped by days', () => {
    const { policy } = made(overdueStates({ zone }));
    expect(policy).toMatchObject({ level: 'state', reentry: 'once', unit: { group: ['account'] } });
    expect(policy).not.toHaveProperty('scope');
    expect(policy.stages.map(({ id, when }) => [id, when])).toEqual([
      ['warning', { fact: 'account.oldestDaysPastDue', gte: 10 }],
      ['blocked', { fact: 'account.oldestDaysPastDue', gte: 14 }],
      ['stopped', { fact: 'account.oldestDaysPastDue', gte: 21 }],
    ]);
    expect(sends(policy)).toEqual(['service-warning', 'firm', 'service-stopped']);
    expect(state(policy, 'stopped')?.do).toEqual([
      { send: 'service-stopped' },
      { effect: 'block-changes' },
      { effect: 'stop-service' },
      { task: 'decide', within: '3bd' },
    ]);
  });

  it('takes criteria, which must all hold, names of states and a friendly word before', () => {
    const documents = overdueStates({
      zone,
      reminder: { days: 3 },
      warning: { invoices: 2 },
      blocked: { days: 20, invoices: 3, total: { EUR: '50.00' } },
      stopped: { total: { EUR: '500.00' } },
      block: 'freeze',
      stop: 'off',
      reentry: 'repeat',
      otherCurrency: 'unmet',
    });
    const { plan, policy } = made(documents);
    expect(policy.stages.map(({ id }) => id)).toEqual(['reminder', 'warning', 'blocked', 'stopped']);
    expect(state(policy, 'warning')?.when).toEqual({ fact: 'account.overdueItems', gte: 2 });
    expect(state(policy, 'blocked')).toMatchObject({
      when: {
        all: [
          { fact: 'account.oldestDaysPastDue', gte: 20 },
          { fact: 'account.overdueItems', gte: 3 },
        ],
      },
      min: { amount: { EUR: '50.00' } },
    });
    expect(state(policy, 'stopped')).not.toHaveProperty('when');
    expect(state(policy, 'blocked')?.do).toEqual([{ send: 'firm' }, { effect: 'freeze' }]);
    expect(state(policy, 'stopped')?.do).toContainEqual({ effect: 'off' });
    expect(policy.reentry).toBe('repeat');
    expect(plan.otherCurrency).toBe('unmet');
    expect(found(documents)).toEqual([]);
  });

  it('takes tags to have and not to have', () => {
    const has = (tag: string) => ({ fact: 'account.tags', has: tag });
    const scope = (options: { include?: string[]; exclude?: string[] }) =>
      made(overdueStates({ zone, ...options })).policy.scope;
    expect(scope({ include: ['a', 'b'] })).toEqual({ any: [has('a'), has('b')] });
    expect(scope({ exclude: ['c'] })).toEqual({ not: { any: [has('c')] } });
    expect(scope({ include: ['a'], exclude: ['c'] })).toEqual({
      all: [{ any: [has('a')] }, { not: { any: [has('c')] } }],
    });
  });

  it('refuses what it cannot be', () => {
    const wrong = {
      zone,
      reminder: 3,
      warning: {},
      blocked: { days: 0, invoices: 1.5, total: { EUR: 'a lot' }, age: 7 },
      block: '',
      stop: 7,
      include: [],
      exclude: ['', 'x'],
      reentry: 'twice',
      otherCurrency: 'ask',
    };
    expect(problems('overdueStates', wrong)).toEqual([
      'reminder',
      'warning',
      'blocked.age',
      'blocked.days',
      'blocked.invoices',
      'blocked.total.EUR',
      'block',
      'stop',
      'include',
      'exclude[0]',
      'reentry',
      'otherCurrency',
    ]);
    expect(problems('overdueStates', { zone, block: 'stop-service' })).toEqual(['block']);
  });
});

describe('thresholds', () => {
  const { thresholds } = presets;

  it('has an amount in each of eight currencies and four attempts a week apart', () => {
    const { policy } = made(thresholds({ zone }));
    expect(Object.keys(policy.stages[0]?.min?.amount ?? {})).toEqual([
      'BRL',
      'CLP',
      'COP',
      'EUR',
      'GBP',
      'MXN',
      'PEN',
      'USD',
    ]);
    expect(policy.stages[1]?.min).toEqual(policy.stages[0]?.min);
    expect(at(policy)).toEqual([
      { from: 'due', plus: '1d' },
      { from: 'previous', plus: '7d' },
    ]);
    expect(policy.last).toEqual({ repeat: '7d', times: 2 });
    expect(policy.unit).toEqual({ group: ['account'], carrier: 'inherit' });
    expect(policy).not.toHaveProperty('counters');
  });

  it('takes amounts, attempts, distance, the first day, counters and other currencies', () => {
    const amounts = { EUR: '10.00' };
    const { plan, policy } = made(
      thresholds({
        zone,
        amounts,
        attempts: 2,
        every: '10d',
        after: '5d',
        counters: 'last-message',
        otherCurrency: 'met',
      }),
    );
    expect(policy.stages.map(({ min }) => min?.amount)).toEqual([amounts, amounts]);
    expect(at(policy)).toEqual([
      { from: 'due', plus: '5d' },
      { from: 'previous', plus: '10d' },
    ]);
    expect(policy.last).toEqual({ exhausted: '10d' });
    expect(policy.counters).toBe('last-message');
    expect(plan.otherCurrency).toBe('met');
    for (const counters of ['settled', 'reset', 'never'] as const)
      expect(made(thresholds({ zone, counters })).policy.counters).toBe(counters);
  });

  it('refuses what it cannot be', () => {
    const wrong = {
      zone,
      amounts: {},
      attempts: 1,
      every: '1mo',
      after: '0d',
      counters: 'always',
      otherCurrency: 'convert',
    };
    expect(problems('thresholds', wrong)).toEqual(Object.keys(wrong).slice(1));
  });
});

describe('endless', () => {
  const { endless } = presets;

  it('has three reminders and a standing one', () => {
    const { policy } = made(endless({ zone }));
    expect(at(policy)).toEqual([
      { from: 'due', plus: '7d' },
      { from: 'due', plus: '14d' },
      { from: 'due', plus: '21d' },
      { from: 'previous', plus: '14d' },
    ]);
    expect(sends(policy)).toEqual(['reminder', 'follow-up', 'firm', 'standing-reminder']);
    expect(policy.last).toEqual({ repeat: '14d', times: 1000, from: 'contact' });
    expect(policy.stages.every((stage) => stage.min === undefined)).toBe(true);
  });

  it('takes days, distance, limit, rhythm and least amounts', () => {
    const least = { EUR: '20.00' };
    const options = { zone, reminders: [1, 5, 9], every: '10d', limit: 3, from: 'due', least } as const;
    const { plan, policy } = made(endless({ ...options, otherCurrency: 'met' }));
    expect(at(policy)).toEqual([
      { from: 'due', plus: '1d' },
      { from: 'due', plus: '5d' },
      { from: 'due', plus: '9d' },
      { from: 'previous', plus: '10d' },
    ]);
    expect(policy.last).toEqual({ repeat: '10d', times: 2, from: 'due' });
    expect(policy.stages.map(({ min }) => min)).toEqual(Array(4).fill({ amount: least }));
    expect(plan.otherCurrency).toBe('met');
    expect(made(endless({ zone, limit: 1 })).policy.last).toEqual({ exhausted: '14d' });
  });

  it('refuses what it cannot be', () => {
    const wrong = {
      zone,
      reminders: [7, 14],
      every: '2w',
      limit: 0,
      from: 'issue',
      least: [],
      otherCurrency: 1,
    };
    expect(problems('endless', wrong)).toEqual(Object.keys(wrong).slice(1));
    expect(problems('endless', { zone, reminders: [7, 7, 3] })).toEqual(['reminders[1]', 'reminders[2]']);
    expect(problems('endless', { zone, limit: 1001 })).toEqual(['limit']);
  });
});

describe('what is wrong', () => {
  it('is said in words that fit', () => {
    const said = (make: () => unknown): string => {
      try {
        make();
      } catch (error) {
        if (isRecobroError(error, 'invalid_option'))
          return error.problems.map(({ message }) => message).join();
        throw error;
      }
      return '';
    };
    expect(said(() => Reflect.apply(presets.endless, presets, [{ zone, reminders: [7] }]))).toBe(
      'must be a list of 3 entries',
    );
    expect(said(() => presets.levelRuns({ zone, finalAfter: '1mo' }))).toContain('in days, at least one');
    // Documents with such terms would be refused where they are read.
    expect(said(() => presets.intervals({ zone, terms: { source: 'contract' } }))).toContain('allow nothing');
  });
});

describe('in TypeScript', () => {
  it('options that a preset does not have do not compile', () => {
    const refused: (() => unknown)[] = [
      // @ts-expect-error the zone is missing
      () => presets.balanced({}),
      // @ts-expect-error misspelt
      () => presets.balanced({ zone, weekends: ['sat'] }),
      // @ts-expect-error another preset's option
      () => presets.exporter({ zone, every: '7d' }),
      // @ts-expect-error no pace
      () => presets.levelRuns({ zone, pace: 'weekly' }),
      // @ts-expect-error no basis
      () => presets.levelRuns({ zone, levels: [{ days: 3, basis: 'issue' }] }),
      // @ts-expect-error amounts are texts
      () => presets.intervals({ zone, levels: [{ amount: { EUR: 50 } }] }),
      // @ts-expect-error amounts are not converted without rates
      () => presets.thresholds({ zone, otherCurrency: 'convert' }),
      // @ts-expect-error three reminders
      () => presets.endless({ zone, reminders: [7, 14] }),
      // @ts-expect-error no group of that kind
      () => presets.cadence({ zone, group: ['currency'] }),
      // @ts-expect-error no criterion
      () => presets.overdueStates({ zone, blocked: { age: 3 } }),
    ];
    for (const make of refused) expect(make).toThrowError(/not valid/);
  });
});
