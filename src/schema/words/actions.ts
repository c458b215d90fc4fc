import type { FeeRule, FeeTier, InterestRule } from '../../policy/fees.js';
import type {
  AlertAction,
  CloseAction,
  EffectAction,
  EscalateAction,
  FeeAction,
  HandoverAction,
  SendAction,
  TaskAction,
  WriteOffAction,
} from '../../policy/types.js';
import { choice, currency, day, id, money, offset, via } from './elements.js';
import { as, type KeysOf, type Words } from './words.js';

const who = 'Role or person inside the company, as the host names them.';

const sendKeys: KeysOf<SendAction> = {
  send: id('Message', 'Message of the catalogue.', 'reminder'),
  to: {
    title: 'To',
    description:
      'Role of the contact. Where nobody has it or can be reached, another contact of the account is asked.',
    examples: ['billing', 'manager'],
    otherwise: 'billing',
  },
  copy: {
    title: 'Copies to',
    description: 'Roles whose contacts get a copy, where the channel knows copies.',
    examples: [['manager']],
    items: { title: 'Role', description: 'Role of a contact.', examples: ['manager'] },
  },
  from: {
    title: 'From',
    description: 'Sender profile of the host, for messages that come from somebody higher up.',
    examples: ['director'],
  },
  attach: {
    title: 'Attach',
    description: 'Documents, as the host’s document port names them.',
    examples: [['invoice', 'statement']],
    items: { title: 'Document', description: 'Kind of document.', examples: ['invoice'] },
  },
  via: as(via, { otherwise: 'the channels of the policy' }),
};

/** Sends a message. */
export const send: Words = {
  title: 'Send a message',
  description: 'Writes to a contact of the account.',
  examples: [{ send: 'reminder', to: 'billing' }],
  keys: sendKeys,
};

const taskKeys: KeysOf<TaskAction> = {
  task: id('Task', 'What is to be done.', 'call', 'letter', 'review'),
  owner: { title: 'For', description: who, examples: ['Ana'], otherwise: 'the owner of the account' },
  within: offset({
    title: 'Within',
    description: 'Deadline after the day on which it is raised.',
    examples: ['2bd', '5d'],
  }),
};
const task: Words = {
  title: 'Give a person a task',
  description: 'A person calls, writes a letter or looks into it.',
  examples: [{ task: 'call', within: '2bd' }],
  keys: taskKeys,
};

const alertKeys: KeysOf<AlertAction> = {
  alert: id('Alert', 'What people inside are told.', 'big-debt'),
  to: { title: 'To', description: who, examples: ['head-of-sales'], otherwise: 'the owner of the account' },
};
const alert: Words = {
  title: 'Tell people inside',
  description: 'Once per case and day, however often it is reviewed.',
  examples: [{ alert: 'big-debt', to: 'head-of-sales' }],
  keys: alertKeys,
};

const effectKeys: KeysOf<EffectAction> = {
  effect: id('State', 'State that the host is to be in.', 'service-stopped', 'orders-blocked'),
  until: choice(
    'Until',
    'When it is no longer wanted.',
    { level: 'The level is left', settled: 'The debt is settled' },
    'level',
  ),
};
const effect: Words = {
  title: 'Want a state of the host',
  description: 'On when the stage is done; off when the debt is settled or the level is left.',
  examples: [{ effect: 'service-stopped' }],
  keys: effectKeys,
};

const handoverKeys: KeysOf<HandoverAction> = {
  handover: choice('Hand over to', 'Who takes the debt, with a dossier.', {
    agency: 'A collection agency',
    legal: 'Legal',
  }),
  to: { title: 'Name', description: 'Which one, as the host names them.', examples: ['cobros-sa'] },
};
const handover: Words = {
  title: 'Hand the debt over',
  description: 'The case rests until the host reports back.',
  examples: [{ handover: 'agency', to: 'cobros-sa' }],
  keys: handoverKeys,
};

const writeOffKeys: KeysOf<WriteOffAction> = {
  writeOff: {
    title: 'Write off',
    description: 'Proposes it; a person decides.',
    examples: ['propose'],
  },
};
const writeOff: Words = {
  title: 'Propose to write off',
  description: 'A person decides.',
  examples: [{ writeOff: 'propose' }],
  keys: writeOffKeys,
};

const closeKeys: KeysOf<CloseAction> = {
  close: id('Reason', 'Why the case ends.', 'too-small'),
};
const close: Words = {
  title: 'End the case',
  description: 'Nothing follows in this opening.',
  examples: [{ close: 'too-small' }],
  keys: closeKeys,
};

const escalateKeys: KeysOf<EscalateAction> = {
  escalate: {
    title: 'Bring forward',
    description: 'The next stage acts at once, without waiting for its day.',
    examples: ['next'],
  },
};
const escalate: Words = {
  title: 'Bring the next stage forward',
  description: 'The next stage acts at once, without waiting for its day.',
  examples: [{ escalate: 'next' }],
  keys: escalateKeys,
};

const percent: Words = {
  title: 'Percent',
  description: 'Percent of the base, decimal text without sign.',
  examples: ['2.5'],
};

/** Percent a year. */
export const rates: Words = {
  title: 'Rate',
  description: 'Percent a year: one rate, or a table by date.',
  examples: ['12', [{ from: '2026-01-01', rate: '10.15' }]],
  options: [
    { title: 'One rate', description: 'Percent a year, decimal text.', examples: ['12'] },
    {
      title: 'Rates by date',
      description: 'Each holds from its day on.',
      examples: [[{ from: '2026-01-01', rate: '10.15' }]],
      items: {
        title: 'Rate from a day on',
        description: 'Percent a year from a day on.',
        examples: [{ from: '2026-01-01', rate: '10.15' }],
        keys: {
          from: as(day, { title: 'From', description: 'First day, `YYYY-MM-DD`.' }),
          rate: {
            title: 'Rate',
            description: 'Percent a year, decimal text; null where none is known.',
            examples: ['10.15', null],
            options: [
              { title: 'Percent a year', description: 'Decimal text.', examples: ['10.15'] },
              {
                title: 'Not known',
                description: 'No interest is reckoned for these days.',
                examples: [null],
              },
            ],
          },
        },
      },
    },
  ],
};

const tariff = {
  fixed: money({ title: 'Fixed sum', description: 'By currency.', examples: [{ EUR: '5.00' }] }),
  percent,
  min: money({
    title: 'At least',
    description: 'The whole is no less, unless it is nothing.',
    examples: [{ EUR: '2.00' }],
  }),
  max: money({ title: 'At most', description: 'The whole is no more.', examples: [{ EUR: '50.00' }] }),
};

const tierKeys: KeysOf<FeeTier> = {
  ...tariff,
  from: money({
    title: 'From',
    description: 'The least base of the tier, inclusive.',
    examples: [{ EUR: '1000.00' }],
  }),
};

const interestKeys: KeysOf<InterestRule> = {
  rate: as(rates, { otherwise: 'the rates of the terms' }),
  base: choice(
    'On',
    'What interest is charged on.',
    {
      outstanding: 'What is owed on the day of the charge, disputed parts included',
      dunnable: 'What may be chased on that day',
      original: 'What was invoiced',
      daily: 'What was owed on each single day',
    },
    'outstanding',
  ),
  from: choice(
    'Days from',
    'From when days are counted.',
    {
      last: 'The day after the last day that was charged',
      due: 'The day after the due date, less what was charged before',
    },
    'last',
  ),
  dayCount: {
    title: 'Days of a year',
    description: 'By how many days a year is divided.',
    examples: [365, 'actual'],
    otherwise: '`365`',
    labels: {
      '365': '365',
      '360': '360',
      actual: '365, and 366 in leap years',
      '30/360': 'Months of 30 days and years of 360',
    },
  },
  round: choice(
    'Rounded',
    'When amounts are rounded to the minor unit.',
    { end: 'Once per item', period: 'Per stretch of one rate and base', day: 'The amount of each day' },
    'end',
  ),
};

const ruleKeys: KeysOf<FeeRule> = {
  ...tariff,
  base: choice(
    'Percent of',
    'What percentages and tiers are taken of; never of earlier charges.',
    {
      dunnable: 'What may be chased',
      outstanding: 'What is owed',
      original: 'What was invoiced',
      overdue: 'What is owed past its due date',
    },
    'dunnable',
  ),
  tiers: {
    title: 'Tiers',
    description: 'By the size of the base, smallest first; a base below the first pays nothing.',
    examples: [
      [
        { from: { EUR: '0.00' }, fixed: { EUR: '5.00' } },
        { from: { EUR: '1000.00' }, percent: '1' },
      ],
    ],
    items: {
      title: 'Tier',
      description: 'What is charged from an amount on.',
      examples: [{ from: { EUR: '1000.00' }, percent: '1' }],
      keys: tierKeys,
    },
  },
  tiered: choice(
    'How tiers count',
    'Which of the tiers that are reached are charged.',
    {
      single: 'The highest, on the whole base',
      accumulated: 'Each, on its own slice',
    },
    'single',
  ),
  interest: {
    title: 'Interest',
    description: 'Simple interest by the year: base × rate × days ÷ days of the year.',
    examples: [{ rate: '12' }],
    keys: interestKeys,
  },
  ignoreBelow: money({
    title: 'Not below',
    description: 'Smaller charges are not made.',
    examples: [{ EUR: '1.00' }],
  }),
  currency: as(currency, {
    title: 'Currency of the charge',
    otherwise: 'that of the items, else the plan’s',
  }),
  per: choice(
    'One charge per',
    'What a charge is made for.',
    { item: 'Invoice or instalment', message: 'Message, for all its items' },
    'item',
  ),
};

const feeKeys: KeysOf<FeeAction> = {
  fee: id('Fee', 'Name of the fee; once per stage and name.', 'late-fee'),
  ...ruleKeys,
};
const fee: Words = {
  title: 'Charge a fee or interest',
  description: 'An intent that the host books; only on terms that were recorded.',
  examples: [{ fee: 'late-fee', fixed: { EUR: '5.00' } }],
  keys: feeKeys,
};

/** What a stage may do. */
export const action: Words = {
  title: 'Action',
  description: 'One thing that the stage does.',
  examples: [{ send: 'reminder' }],
  options: [send, task, alert, effect, fee, handover, writeOff, close],
};

/** What may follow when a promise ends or a ladder is exhausted. */
export const reaction: Words = {
  title: 'Reaction',
  description: 'One thing that is done.',
  examples: [{ task: 'call' }],
  options: [task, alert, effect, handover, writeOff, escalate],
};
