import type { Action, Condition, Documents, Plan, Policy, Stage, Trigger } from '../../src/policy/types.js';
import { after, base, type Case, call, ladder, message, plan, policy, send, stage } from './documents.js';

/** Stages of a policy of three with the actions of the second. */
function doing(...actions: readonly Action[]): Documents {
  return policy({
    stages: [
      send('a', 'friendly', after('3d')),
      { id: 'b', tone: 'firm', at: after('9d'), do: [{ send: 'firm' }, ...actions] },
      call,
    ],
  });
}

/** A second policy, given to a segment. */
function second(other: Partial<Policy>, change: Partial<Plan> = {}): Documents {
  return {
    ...plan({
      segments: [{ id: 'key', when: { fact: 'account.tags', has: 'key' } }],
      assign: [{ segment: 'key', policy: 'other' }],
      ...change,
    }),
    policies: [ladder, { ...ladder, id: 'other', ...other }],
  };
}

const experiment = (...policies: readonly (string | null)[]): Documents =>
  second(
    {},
    {
      experiments: [
        { id: 'tone', arms: policies.map((id, index) => ({ id: `arm${index}`, weight: 1, policy: id })) },
      ],
    },
  );

const byState = (...stages: readonly Stage[]): Documents => {
  const { late: _, entry: __, last: ___, ...rest } = ladder;
  return { ...base, policies: [{ ...rest, level: 'state', stages }] };
};
const level = (id: string, change: Partial<Stage>): Stage => ({
  id,
  tone: 'friendly',
  do: [{ send: 'reminder' }],
  ...change,
});

const versions = (adopt: Policy['adopt']): Documents => ({
  ...base,
  policies: [
    {
      ...ladder,
      version: 2,
      adopt,
      stages: ladder.stages.map((one) => (one.id === 'firm' ? { ...one, id: 'firmer' } : one)),
    },
    ladder,
  ],
});

const threat = (tag: 'es' | 'en' | 'pt', words: string): Documents =>
  message('firm', (one) => {
    const own = one.text[tag]?.sms;
    if (typeof own !== 'object' || 'subject' in own) throw new Error('the presets write one and many');
    return {
      ...one,
      text: { ...one.text, [tag]: { ...one.text[tag], sms: { ...own, many: `${own.many} ${words}` } } },
    };
  });

const vip: Condition = { fact: 'account.tags', has: 'vip' };
const first = send('a', 'friendly', after('3d'));
const later = send('c', 'formal', after('30d'));
const afterDeadline: Trigger = { from: 'previous', of: 'deadline', plus: '1d' };

/** A stage, and one that counts from it. */
function waiting(before: Partial<Stage>, next: Partial<Stage> = {}, change: Partial<Policy> = {}): Documents {
  return policy({
    stages: [
      { ...first, deadline: '5d', ...before },
      { ...call, at: afterDeadline, ...next },
    ],
    ...change,
  });
}

/** Seeded defects of the rules about what a house may have of its own. */
export const ruleCases: readonly Case[] = [
  {
    id: 'contradictory-condition',
    broken: stage('firm', {
      when: {
        all: [
          { fact: 'item.dunnable', gte: { MXN: '500.00', COP: '9000' } },
          { not: { fact: 'account.hardship', eq: true } },
          { fact: 'item.dunnable', lt: { MXN: '500.00', COP: '8000' } },
        ],
      },
    }),
    path: 'policies[0].stages[3].when',
    clean: stage('firm', {
      when: {
        all: [
          { fact: 'item.dunnable', gte: { MXN: '500.00', COP: '9000' } },
          { fact: 'item.dunnable', lt: { MXN: '500.01', COP: '8000' } },
        ],
      },
    }),
  },
  {
    id: 'contradictory-condition',
    broken: plan({
      segments: [
        {
          id: 'x',
          when: {
            all: [
              { fact: 'account.shareLate', gt: 50 },
              { fact: 'account.shareLate', lte: 50 },
            ],
          },
        },
      ],
    }),
    path: 'plan.segments[0].when',
    clean: plan({
      segments: [
        {
          id: 'x',
          when: {
            any: [
              { fact: 'account.shareLate', gt: 50 },
              { fact: 'account.shareLate', lte: 50 },
            ],
          },
        },
      ],
    }),
  },
  {
    id: 'contradictory-condition',
    broken: plan({
      segments: [
        {
          id: 'x',
          when: {
            all: [
              { fact: 'account.outstanding', gt: { MXN: '5.00' } },
              { fact: 'account.outstanding', lt: { MXN: '5.00' } },
            ],
          },
        },
      ],
    }),
    path: 'plan.segments[0].when',
    // Either part may hold of another currency.
    clean: plan({
      segments: [
        {
          id: 'x',
          when: {
            all: [
              { fact: 'account.outstanding', gt: { MXN: '5.00', USD: '1.00' } },
              { fact: 'account.outstanding', lt: { MXN: '5.00', USD: '1.00' } },
            ],
          },
        },
      ],
    }),
  },
  {
    id: 'contradictory-condition',
    broken: {
      ...base,
      policies: [
        {
          ...ladder,
          scope: { fact: 'item.type', eq: 'invoice' },
          stages: ladder.stages.map((one) =>
            one.id === 'firm' ? { ...one, when: { fact: 'item.type', in: ['rent', 'fee'] } } : one,
          ),
        },
      ],
    },
    path: 'policies[0].stages[3].when',
    clean: {
      ...base,
      policies: [
        {
          ...ladder,
          scope: { fact: 'item.type', eq: 'invoice' },
          stages: ladder.stages.map((one) =>
            one.id === 'firm' ? { ...one, when: { fact: 'item.type', in: ['rent', 'invoice'] } } : one,
          ),
        },
      ],
    },
  },
  {
    id: 'contradictory-condition',
    broken: policy({
      scope: {
        all: [
          { fact: 'item.branch', exists: false },
          { fact: 'item.branch', eq: 'north' },
        ],
      },
    }),
    path: 'policies[0].scope',
    clean: policy({
      scope: {
        all: [
          { fact: 'item.branch', exists: true },
          { fact: 'item.branch', eq: 'north' },
        ],
      },
    }),
  },
  {
    id: 'contradictory-condition',
    broken: stage('firm', {
      when: {
        all: [
          { fact: 'item.branch', eq: 'north' },
          { fact: 'item.branch', eq: 'south' },
        ],
      },
    }),
    path: 'policies[0].stages[3].when',
    clean: stage('firm', {
      when: {
        all: [
          { fact: 'item.branch', eq: 'north' },
          { fact: 'item.entity', eq: 'south' },
        ],
      },
    }),
  },
  {
    id: 'contradictory-condition',
    broken: stage('firm', {
      when: {
        all: [
          { fact: 'item.branch', eq: 'north' },
          { fact: 'item.branch', ne: 'north' },
        ],
      },
    }),
    path: 'policies[0].stages[3].when',
    clean: stage('firm', {
      when: {
        all: [
          { fact: 'item.branch', eq: 'north' },
          { fact: 'item.branch', ne: 'south' },
        ],
      },
    }),
  },
  {
    id: 'unreachable-level',
    broken: byState(
      level('a', { when: { fact: 'account.overdueItems', gte: 1 } }),
      level('b', { tone: 'firm' }),
    ),
    path: 'policies[0].stages[0]',
    clean: byState(
      level('a', { when: { fact: 'account.overdueItems', gte: 1 } }),
      level('b', { tone: 'firm', when: { fact: 'account.overdueItems', gte: 3 } }),
    ),
  },
  {
    id: 'unreachable-level',
    broken: byState(level('a', { at: after('9d') }), level('b', { tone: 'firm', at: after('8d') })),
    path: 'policies[0].stages[0]',
    clean: byState(level('a', { at: after('9d') }), level('b', { tone: 'firm', at: after('10d') })),
  },
  {
    id: 'levels-out-of-order',
    broken: stage('firm', { level: 1 }),
    path: 'policies[0].stages[3].level',
    clean: stage('firm', { level: 4 }),
  },
  {
    id: 'grace-holds-stage',
    broken: policy({ grace: '3d' }),
    path: 'policies[0].stages[2].at',
    clean: policy({ grace: '2d' }),
  },
  {
    id: 'waits-for-condition',
    broken: waiting({ when: vip }),
    path: 'policies[0].stages[1].at',
    clean: waiting({ when: vip }, { when: { all: [{ fact: 'account.openItems', gte: 2 }, vip] } }),
  },
  {
    id: 'waits-for-condition',
    broken: waiting({ min: { amount: { MXN: '500.00' } } }, { min: { amount: { MXN: '400.00' } } }),
    path: 'policies[0].stages[1].at',
    clean: waiting({ min: { amount: { MXN: '500.00' } } }, { min: { amount: { MXN: '500.00' } } }),
  },
  {
    id: 'waits-for-condition',
    broken: waiting({ when: vip }, { at: { all: [{ from: 'due', plus: '30d' }, afterDeadline] } }),
    path: 'policies[0].stages[1].at',
    clean: waiting({ when: vip }, { at: { any: [{ from: 'due', plus: '30d' }, afterDeadline] } }),
  },
  {
    id: 'waits-for-condition',
    broken: waiting({ when: { any: [vip, { fact: 'item.daysPastDue', eq: 5 }] } }),
    path: 'policies[0].stages[1].at',
    // That one comes by itself.
    clean: waiting({ when: { any: [vip, { not: { fact: 'item.daysPastDue', lt: 5 } }] } }),
  },
  {
    id: 'waits-for-condition',
    broken: waiting({ when: { not: { any: [vip, { fact: 'item.daysPastDue', lte: 5 }] } } }),
    path: 'policies[0].stages[1].at',
    clean: waiting({ when: { not: { all: [vip, { fact: 'item.daysPastDue', lte: 5 }] } } }),
  },
  {
    id: 'waits-for-condition',
    broken: waiting({ when: vip, at: { from: 'due', minus: '3d' }, keep: true }),
    path: 'policies[0].stages[1].at',
    clean: waiting({ when: vip, at: { from: 'due', minus: '3d' } }),
  },
  {
    id: 'waits-for-condition',
    // On the due date itself it does not expire, and is due on that day only.
    broken: waiting({ when: { fact: 'item.daysPastDue', eq: 0 }, at: { from: 'due' } }),
    path: 'policies[0].stages[1].at',
    clean: waiting({ when: { fact: 'item.daysPastDue', eq: 0 }, at: { from: 'due' }, expires: '1d' }),
  },
  {
    id: 'waits-for-condition',
    broken: waiting({ when: { fact: 'item.overdue', eq: false } }),
    path: 'policies[0].stages[1].at',
    clean: waiting({ when: { fact: 'item.overdue', eq: true } }),
  },
  {
    id: 'waits-for-condition',
    broken: policy({ stages: [{ ...first, when: vip }, call, { ...later, when: vip }] }),
    path: 'policies[0].stages[1].at',
    // What comes later passes both over.
    clean: policy({ stages: [{ ...first, when: vip }, call, later] }),
  },
  {
    id: 'waits-for-condition',
    broken: policy({ stages: [{ ...first, when: vip }, call, { ...later, at: call.at }] }),
    path: 'policies[0].stages[1].at',
    clean: policy({ stages: [first, call, { ...later, at: call.at }] }),
  },
  {
    id: 'waits-for-condition',
    broken: second({ stages: [first, { ...first, id: 'b', at: undefined, when: vip }, call] }),
    path: 'policies[1].stages[2].at',
    // It begins when it does.
    clean: second({ stages: [{ ...first, at: undefined, when: vip }, call] }),
  },
  {
    id: 'stage-after-end',
    broken: doing({ close: 'too-small' }),
    path: 'policies[0].stages[2]',
    clean: policy({
      stages: [
        send('a', 'friendly', after('3d')),
        {
          id: 'b',
          tone: 'firm',
          at: after('9d'),
          when: { fact: 'item.dunnable', lt: { MXN: '5.00' } },
          do: [{ close: 'too-small' }],
        },
        call,
      ],
    }),
  },
  {
    id: 'handover-without-end',
    broken: policy({
      stages: [send('a', 'friendly', after('3d')), { ...call, do: [{ handover: 'agency' }] }],
    }),
    path: 'policies[0].stages[1].do[0]',
    clean: policy({
      stages: [send('a', 'friendly', after('3d')), { ...call, do: [{ handover: 'agency' }] }],
      life: { from: 'due', plus: '1mo' },
    }),
  },
  {
    id: 'repeated-effect',
    broken: policy({
      stages: [
        { ...send('a', 'friendly', after('3d')), do: [{ effect: 'stop' }] },
        { ...send('b', 'firm', after('9d')), do: [{ send: 'firm' }, { effect: 'stop' }] },
        call,
      ],
    }),
    path: 'policies[0].stages[1].do[1]',
    clean: policy({
      stages: [
        { ...send('a', 'friendly', after('3d')), do: [{ effect: 'warn' }] },
        { ...send('b', 'firm', after('9d')), do: [{ send: 'firm' }, { effect: 'stop' }] },
        call,
      ],
    }),
  },
  {
    id: 'effect-outlives-case',
    broken: doing({ effect: 'stop' }, { close: 'lost' }),
    path: 'policies[0].stages[1].do[2]',
    clean: doing({ close: 'lost' }),
  },
  {
    id: 'approval-without-lapse',
    broken: stage('firm', { mode: 'approve' }),
    path: 'policies[0].stages[3]',
    clean: stage('firm', { mode: 'approve', lapses: '4d' }),
  },
  {
    id: 'approval-without-lapse',
    broken: policy({ mode: 'task' }),
    path: 'policies[0].stages[0]',
    clean: policy({ mode: 'task', proposed: 'supersede' }),
  },
  {
    id: 'mode-without-message',
    broken: stage('call', { mode: 'approve' }),
    path: 'policies[0].stages[5].mode',
    clean: policy({ mode: 'approve' }),
  },
  {
    id: 'climbs-by-runs',
    broken: policy({ climb: true, late: undefined }),
    path: 'policies[0].climb',
    clean: policy({ climb: false }),
  },
  {
    id: 'unused-deadline',
    broken: stage('firm', { deadline: '10d' }),
    path: 'policies[0].stages[3].deadline',
    clean: policy({
      stages: [
        { ...send('a', 'friendly', after('3d')), deadline: '10d' },
        send('b', 'firm', { from: 'previous', of: 'deadline', plus: '1d' }),
        { ...call, deadline: '5d' },
      ],
    }),
  },
  {
    id: 'unused-deadline',
    broken: policy({
      stages: [send('a', 'friendly', after('3d')), { ...send('b', 'firm', after('9d')), deadline: '20d' }],
      last: { repeat: '14d', times: 3 },
    }),
    path: 'policies[0].stages[1].deadline',
    clean: policy({
      stages: [send('a', 'friendly', after('3d')), { ...send('b', 'firm', after('9d')), deadline: '14d' }],
      last: { repeat: '14d', times: 3 },
    }),
  },
  {
    id: 'dead-end',
    broken: policy({ stages: ladder.stages.slice(0, -1), last: { exhausted: '10d' } }),
    path: 'policies[0].stages[4]',
    clean: policy({ stages: ladder.stages.slice(0, -1), on: { exhausted: [{ task: 'decide' }] } }),
  },
  {
    id: 'fee-without-terms',
    broken: doing({ fee: 'late', fixed: { MXN: '50.00' } }),
    path: 'policies[0].stages[1].do[1]',
    clean: {
      ...doing({ fee: 'late', fixed: { MXN: '50.00' } }),
      plan: { ...base.plan, terms: { source: 'terms of sale, 4', fees: true } },
    },
  },
  {
    id: 'missing-fee-currency',
    broken: {
      ...doing({ fee: 'late', fixed: { MXN: '50.00' } }),
      plan: { ...base.plan, tolerance: { MXN: '5.00', USD: '0.50' } },
    },
    path: 'policies[0].stages[1].do[1].fixed',
    clean: {
      ...doing({ fee: 'late', fixed: { MXN: '50.00' }, currency: 'MXN' }),
      plan: { ...base.plan, tolerance: { MXN: '5.00', USD: '0.50' } },
    },
  },
  {
    id: 'missing-threshold',
    broken: {
      ...stage('firm', { min: { amount: { USD: '5.00' } } }),
      plan: { ...base.plan, currency: 'MXN' },
    },
    path: 'policies[0].stages[3].min.amount',
    clean: {
      ...stage('firm', { min: { amount: { USD: '5.00', MXN: '90.00' } } }),
      plan: { ...base.plan, currency: 'MXN' },
    },
  },
  {
    id: 'starved-by-gap',
    broken: stage('due-today', { gap: '8d' }),
    path: 'policies[0].stages[1].at',
    clean: stage('due-today', { gap: '168h' }),
  },
  {
    id: 'starved-by-gap',
    broken: plan({ contact: { ...base.plan.contact, gap: '73h' } }),
    path: 'policies[0].stages[2].at',
    clean: plan({ contact: { ...base.plan.contact, gap: '72h' } }),
  },
  {
    id: 'starved-by-cap',
    broken: plan({ contact: { ...base.plan.contact, caps: [{ max: 2, per: '30d' }] } }),
    path: 'policies[0].stages[2].at',
    clean: plan({ contact: { ...base.plan.contact, caps: [{ max: 2, in: 'month' }] } }),
  },
  {
    id: 'unused-channel-rule',
    broken: plan({
      contact: { ...base.plan.contact, windows: [{ from: '09:00', to: '18:00', channels: ['fax'] }] },
    }),
    path: 'plan.contact.windows[0].channels[0]',
    clean: plan({
      contact: { ...base.plan.contact, windows: [{ from: '09:00', to: '18:00', channels: ['sms'] }] },
    }),
  },
  {
    id: 'unused-channel-rule',
    broken: plan({ contact: { gaps: { fax: '3d' } } }),
    path: 'plan.contact.gaps.fax',
    clean: plan({ contact: { gaps: { email: '3d' } } }),
  },
  {
    id: 'past-holidays',
    broken: plan({ calendar: { holidays: ['2026-01-01', '2025-12-25'] } }),
    path: 'plan.calendar.holidays',
    clean: plan({ calendar: { holidays: ['2026-01-01', '2025-12-25'] } }),
    options: { today: '2026-01-02' },
    cleanOptions: { today: '2026-01-01' },
  },
  {
    id: 'patience-without-next',
    broken: policy({ via: [{ channel: 'whatsapp' }, { channel: 'email', patience: '24h' }] }),
    path: 'policies[0].via[1].patience',
    clean: policy({ via: [{ channel: 'whatsapp', patience: '24h' }, { channel: 'email' }] }),
  },
  {
    id: 'patience-without-next',
    broken: stage('firm', { do: [{ send: 'firm', via: [{ channel: 'sms', patience: '2h' }] }] }),
    path: 'policies[0].stages[3].do[0].via[0].patience',
    clean: stage('firm', { do: [{ send: 'firm', via: [{ channel: 'sms' }] }] }),
  },
  {
    id: 'waits-for-people',
    broken: policy({ via: [{ channel: 'email' }, { channel: 'call' }, { channel: 'letter' }] }),
    path: 'policies[0].via[1]',
    clean: policy({
      via: [{ channel: 'email' }, { channel: 'call', patience: '48h' }, { channel: 'letter' }],
    }),
  },
  {
    id: 'left-behind',
    broken: stage('firm', { do: [{ send: 'firm', attach: ['invoice'], via: [{ channel: 'sms' }] }] }),
    path: 'policies[0].stages[3].do[0].attach',
    clean: stage('firm', { do: [{ send: 'firm', attach: ['invoice'], via: [{ channel: 'email' }] }] }),
  },
  {
    id: 'left-behind',
    broken: stage('firm', { do: [{ send: 'firm', copy: ['owner'], via: [{ channel: 'sms' }] }] }),
    path: 'policies[0].stages[3].do[0].copy',
    clean: stage('firm', {
      do: [{ send: 'firm', copy: ['owner'], via: [{ channel: 'sms' }, { channel: 'email' }] }],
    }),
  },
  {
    id: 'left-behind',
    broken: stage('firm', {
      do: [{ send: 'firm', attach: ['invoice'], via: [{ channel: 'email' }, { channel: 'sms' }] }],
    }),
    path: 'policies[0].stages[3].do[0].attach',
    clean: stage('firm', { do: [{ send: 'firm', via: [{ channel: 'email' }, { channel: 'sms' }] }] }),
  },
  {
    id: 'empty-policy',
    broken: second({ stages: [] }),
    path: 'plan.assign[0].policy',
    clean: second({}),
  },
  {
    id: 'inactive-policy',
    broken: second({ active: false }),
    path: 'plan.assign[0].policy',
    clean: second({ active: true }),
  },
  {
    id: 'pilot-of-all',
    broken: second({}, { assign: [{ segment: 'key', policy: 'other', pilot: { percent: 100 } }] }),
    path: 'plan.assign[0].pilot.percent',
    clean: second({}, { assign: [{ segment: 'key', policy: 'other', pilot: { percent: 99.99 } }] }),
  },
  {
    id: 'same-arms',
    broken: experiment('other', 'other'),
    path: 'plan.experiments[0].arms',
    clean: experiment('other', null),
  },
  {
    id: 'shadowed-experiment',
    broken: second(
      {},
      {
        experiments: [
          { id: 'a', arms: [{ id: 'x', weight: 1, policy: null }] },
          { id: 'b', arms: [{ id: 'x', weight: 1, policy: null }] },
        ],
      },
    ),
    path: 'plan.experiments[1]',
    clean: second(
      {},
      {
        experiments: [
          {
            id: 'a',
            when: { fact: 'account.hardship', eq: true },
            arms: [{ id: 'x', weight: 1, policy: null }],
          },
          { id: 'b', arms: [{ id: 'x', weight: 1, policy: null }] },
        ],
      },
    ),
  },
  {
    id: 'lossy-adopt',
    broken: versions('adopt'),
    path: 'policies[0].adopt',
    clean: versions({ map: { firm: 'firmer' } }),
  },
  {
    id: 'mistyped-role',
    broken: stage('firm', { do: [{ send: 'firm', to: 'biling' }] }),
    path: 'policies[0].stages[3].do[0].to',
    clean: stage('firm', { do: [{ send: 'firm', to: 'manager', copy: ['billing', 'owner'] }] }),
  },
  {
    id: 'mistyped-role',
    broken: policy({
      stages: [
        { ...send('a', 'friendly', after('3d')), do: [{ send: 'reminder', to: 'manager' }] },
        { ...send('b', 'firm', after('9d')), do: [{ send: 'firm', to: 'manager', copy: ['owner'] }] },
        { ...send('c', 'firm', after('15d')), do: [{ send: 'firm', copy: ['mangaer'] }] },
        call,
      ],
    }),
    path: 'policies[0].stages[2].do[0].copy[0]',
    clean: policy({
      stages: [
        { ...send('a', 'friendly', after('3d')), do: [{ send: 'reminder', to: 'level1' }] },
        { ...send('b', 'firm', after('9d')), do: [{ send: 'firm', to: 'level1', copy: ['owner'] }] },
        { ...send('c', 'firm', after('15d')), do: [{ send: 'firm', copy: ['level2'] }] },
        call,
      ],
    }),
  },
  {
    id: 'threatening-words',
    broken: threat('es', 'Última advertencia.'),
    path: 'messages.messages[3].text.es.sms.many',
    clean: threat('es', 'Última factura del año.'),
  },
  {
    id: 'threatening-words',
    broken: threat('en', 'Pay or else!'),
    path: 'messages.messages[3].text.en.sms.many',
    // Words of other languages and parts of words are none.
    clean: threat('en', 'Embargo shipping policed elsewhere.'),
  },
  {
    id: 'threatening-words',
    broken: threat('es', 'El embargo sigue.'),
    path: 'messages.messages[3].text.es.sms.many',
    clean: threat('es', 'Sin embargo, podemos hablar.'),
  },
  {
    id: 'threatening-words',
    broken: threat('es', 'Lista de clientes morosos.'),
    path: 'messages.messages[3].text.es.sms.many',
    clean: threat('es', 'Interés moratorio según contrato.'),
  },
  {
    id: 'threatening-words',
    broken: threat('pt', 'Não seja caloteiro.'),
    path: 'messages.messages[3].text.pt.sms.many',
    clean: threat('pt', 'Agradecemos.'),
  },
  {
    id: 'unused-policy',
    broken: { ...experiment('balanced', null), plan: { ...experiment('balanced', null).plan, assign: [] } },
    path: 'policies[1]',
    clean: { ...experiment('other', null), plan: { ...experiment('other', null).plan, assign: [] } },
  },
  {
    id: 'unused-segment',
    broken: second({}, { assign: [] }),
    path: 'plan.segments[0]',
    clean: second({}, { assign: [], adjust: [{ segment: 'key', delay: '3d' }] }),
  },
];

const effect = { effect: 'stop' } as const;

/** Documents in which a rule finds nothing, though they come near to what it looks for. */
export const quietCases: readonly (readonly [id: string, what: string, documents: Documents])[] = [
  [
    'stage-after-end',
    'a level by state that ends the case',
    byState(
      level('a', { do: [{ close: 'small' }] }),
      level('b', { when: { fact: 'account.hardship', eq: true } }),
    ),
  ],
  [
    'handover-without-end',
    'a later stage that proposes to write off',
    policy({
      stages: [
        send('a', 'friendly', after('3d')),
        { ...call, do: [{ handover: 'agency' }] },
        { id: 'end', tone: 'formal', at: after('60d'), do: [{ writeOff: 'propose' }] },
      ],
    }),
  ],
  [
    'repeated-effect',
    'levels by state that want the same',
    byState(
      level('a', { do: [effect] }),
      level('b', { do: [effect], when: { fact: 'account.overdueItems', gte: 3 } }),
    ),
  ],
  [
    'effect-outlives-case',
    'an effect of a level by state',
    byState(level('a', { do: [effect, { close: 'small' }] })),
  ],
  [
    'unreachable-level',
    'a ladder whose stages are latched',
    policy({ stages: [send('a', 'friendly', after('9d')), send('b', 'friendly', after('3d')), call] }),
  ],
  ['waits-for-condition', 'a ladder whose stages are missed', waiting({ when: vip }, {}, { late: 'drop' })],
  [
    'waits-for-condition',
    'stages that come with runs on request',
    policy({ climb: true, late: undefined, stages: [{ ...first, when: vip }, call] }),
  ],
  [
    'waits-for-condition',
    'levels by state',
    byState(level('a', { when: vip, at: after('3d') }), level('b', { at: { from: 'previous', plus: '9d' } })),
  ],
  [
    'grace-holds-stage',
    'stages that count from elsewhere, or before',
    policy({
      grace: '5d',
      stages: [
        send('a', 'friendly', { from: 'due', minus: '3d' }),
        send('b', 'friendly', { from: 'issue', plus: '3d' }),
        send('c', 'friendly', { from: 'grace', plus: '1d' }),
        { ...call, at: { any: [{ from: 'due', plus: '2d' }, { from: 'opened' }] } },
      ],
    }),
  ],
  [
    'shadowed-experiment',
    'experiments that all say who takes part',
    second(
      {},
      {
        experiments: ['a', 'b'].map((id) => ({
          id,
          when: { fact: 'account.tags', has: id },
          arms: [{ id: 'x', weight: 1, policy: null }],
        })),
      },
    ),
  ],
  ['lossy-adopt', 'cases that stay with their version', versions('pin')],
  [
    'unused-channel-rule',
    'policies that send nothing at all',
    {
      ...plan({ contact: { windows: [{ from: '09:00', to: '18:00', channels: ['sms'] }] } }),
      policies: [
        {
          ...ladder,
          via: undefined,
          on: undefined,
          stages: [call].map((one) => ({ ...one, at: after('3d') })),
        },
      ],
    },
  ],
];
