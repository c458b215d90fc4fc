import type { Terms } from '../../ledger/types.js';
import type {
  Adjustment,
  Assignment,
  BlockRules,
  CalendarRules,
  ContactCap,
  ContactRules,
  ContactWindow,
  CreditRules,
  ExchangeRate,
  Experiment,
  ExperimentArm,
  Pilot,
  Plan,
  PromiseRules,
  Segment,
  SourceRule,
  StageAdjustment,
} from '../../policy/types.js';
import { rates } from './actions.js';
import { condition } from './condition.js';
import {
  channel,
  choice,
  currency,
  day,
  days,
  flag,
  id,
  money,
  offset,
  version,
  via,
  weekdays,
} from './elements.js';
import { stageTrigger } from './trigger.js';
import { as, type KeysOf, type Words } from './words.js';

const given = 'As the host names it.';

/** A policy, or nobody is dunned. */
const policyOrNone: Words = {
  title: 'Policy',
  description: 'Id of a policy; null means: do not dun, and the search ends here.',
  examples: ['balanced', null],
  options: [
    id('A policy', 'Id of a policy.', 'balanced'),
    { title: 'Do not dun', description: 'Nobody is reminded of anything.', examples: [null] },
  ],
};

const segment: KeysOf<Segment> = {
  id: id('Id', 'Name of the segment.', 'key-accounts'),
  when: as(condition, { title: 'Who', description: 'Accounts for which this holds.', options: undefined }),
};

const pilotKeys: KeysOf<Pilot> = {
  percent: {
    title: 'Percent',
    description: 'Share of the accounts, 0 to 100, two decimals at most. Raising it keeps those who are in.',
    examples: [10],
  },
  salt: {
    title: 'Salt',
    description: 'Any text; accounts are drawn anew for each.',
    examples: ['spring'],
    otherwise: 'the id of the policy',
  },
};

const assignment: KeysOf<Assignment> = {
  invoice: { title: 'Invoice', description: `One invoice. ${given}`, examples: ['F-1023'] },
  account: { title: 'Account', description: `One account. ${given}`, examples: ['robles'] },
  branch: { title: 'Branch', description: `A branch of a head office. ${given}`, examples: ['north'] },
  entity: { title: 'Entity', description: `The legal entity that is owed. ${given}`, examples: ['acme-mx'] },
  area: {
    title: 'Area',
    description: `A dunning area: a business unit with a procedure of its own. ${given}`,
    examples: ['retail'],
  },
  segment: id('Segment', 'Accounts of this segment.', 'key-accounts'),
  pilot: {
    title: 'Pilot',
    description:
      'Only for this share of the accounts, the same ones for ever; the others go on in the search.',
    examples: [{ percent: 10 }],
    keys: pilotKeys,
  },
  policy: policyOrNone,
};

const armKeys: KeysOf<ExperimentArm> = {
  id: id('Id', 'Name of the arm.', 'soft'),
  weight: {
    title: 'Weight',
    description: 'Share of the arm among the weights of all.',
    examples: [1],
  },
  policy: policyOrNone,
};

const experiment: KeysOf<Experiment> = {
  id: id('Id', 'Name of the experiment.', 'tone-2026'),
  when: as(condition, {
    title: 'Who takes part',
    description: 'Accounts for which this holds.',
    otherwise: 'everybody',
    options: undefined,
  }),
  arms: {
    title: 'Arms',
    description: 'Accounts are drawn to them by a stable hash of their ids.',
    examples: [
      [
        { id: 'soft', weight: 1, policy: 'gentle' },
        { id: 'usual', weight: 1, policy: 'balanced' },
      ],
    ],
    items: {
      title: 'Arm',
      description: 'A share of the accounts and its policy.',
      examples: [{ id: 'soft', weight: 1, policy: 'gentle' }],
      keys: armKeys,
    },
  },
};

/** Who makes stages act. */
export const mode = choice(
  'Who acts',
  'Whether a person has a say.',
  {
    auto: 'Goes out by itself',
    approve: 'Waits for a person’s approval',
    task: 'Is done by a person',
  },
  'auto',
);

const stageChange: KeysOf<StageAdjustment> = {
  skip: flag('Leave out', 'The stage never acts.', 'false'),
  at: as(stageTrigger, { otherwise: 'as in the policy' }),
  mode: as(mode, { otherwise: 'as in the policy' }),
  via: as(via, { otherwise: 'as in the policy' }),
};

const adjustment: KeysOf<Adjustment> = {
  account: { title: 'Account', description: `Whose rules differ. ${given}`, examples: ['robles'] },
  segment: id('Segment', 'Whose rules differ.', 'key-accounts'),
  policy: { ...id('Policy', 'Only of this policy.', 'balanced'), otherwise: 'whichever applies' },
  delay: days({
    title: 'Later by',
    description: 'Every stage after the due date comes so many days later.',
    examples: ['3d'],
  }),
  stages: {
    title: 'Stages',
    description: 'What is other at single stages, by their ids.',
    examples: [{ firm: { mode: 'approve' } }],
    each: {
      title: 'Changes to the stage',
      description: 'What is not said stays as in the policy.',
      examples: [{ mode: 'approve' }],
      keys: stageChange,
    },
  },
};

const capKeys: KeysOf<ContactCap> = {
  max: {
    title: 'At most',
    description: 'So many occasions: reviews that contacted somebody.',
    examples: [1, 3],
  },
  per: days({ title: 'In any', description: 'So many local days in a row.', examples: ['1d', '7d'] }),
  of: choice(
    'Whose contacts',
    'Whose contacts are counted.',
    { account: 'The account’s', contact: 'Each contact’s' },
    'account',
  ),
  channel: as(channel, { title: 'Only on', otherwise: 'all channels' }),
  in: choice(
    'Period',
    'How days are counted.',
    {
      rolling: 'Any days in a row',
      week: 'The calendar week, from Monday, in place of `per`',
      month: 'The calendar month, in place of `per`',
    },
    'rolling',
  ),
  purpose: choice(
    'Which contacts',
    'Whether thanks and acknowledgements count.',
    { dunning: 'Reminders', any: 'Every message' },
    'dunning',
  ),
};

const windowKeys: KeysOf<ContactWindow> = {
  days: {
    title: 'Days',
    description: 'Days of the week on which it is open.',
    examples: [['mon', 'tue', 'wed', 'thu', 'fri']],
    otherwise: 'every day',
    items: weekdays,
  },
  from: { title: 'From', description: 'Local time in the contact’s zone.', examples: ['09:00'] },
  to: {
    title: 'To',
    description: 'Local time, exclusive; `24:00` is the end of the day.',
    examples: ['18:00', '24:00'],
  },
  channels: {
    title: 'Only for',
    description: 'Channels that it holds for.',
    examples: [['whatsapp', 'sms']],
    otherwise: 'all',
    items: channel,
  },
};

const consentLabels = {
  required: 'Only with a record of consent',
  contract: 'Business contacts may be written to without one',
  off: 'Consent plays no part',
};

const consentRule = (title: string, description: string): Words => choice(title, description, consentLabels);

const gap: Words = {
  title: 'Least distance',
  description: 'Least days between two occasions, inclusive; hours as elapsed time, or `none`.',
  examples: ['1d', '3d', '36h', 'none'],
  otherwise: '`1d`',
};

const contactKeys: KeysOf<ContactRules> = {
  gap,
  gapOf: choice(
    'Distance to contacts of',
    'Which earlier contacts it is counted from.',
    { account: 'The account', case: 'The same case', item: 'The same invoice or instalment' },
    'account',
  ),
  gaps: {
    title: 'Distance by channel',
    description: 'In place of the least distance, between two contacts on one channel.',
    examples: [{ sms: '3d' }],
    each: as(gap, { otherwise: undefined }),
  },
  caps: {
    title: 'Caps',
    description: 'Most occasions in a time. An empty list means none.',
    examples: [
      [
        { max: 1, per: '1d' },
        { max: 3, per: '7d' },
      ],
    ],
    otherwise: '1 per `1d` and 3 per `7d`',
    items: {
      title: 'Cap',
      description: 'At most so many occasions in any so many local days.',
      examples: [{ max: 3, per: '7d' }],
      keys: capKeys,
    },
  },
  windows: {
    title: 'Hours',
    description: 'When contact is allowed. What falls outside waits for the next opening.',
    examples: [[{ days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '09:00', to: '18:00' }]],
    otherwise: 'any time',
    items: {
      title: 'Window',
      description: 'Hours of some days.',
      examples: [{ days: ['mon', 'fri'], from: '09:00', to: '18:00' }],
      keys: windowKeys,
    },
  },
  closedOnHolidays: flag('Closed on holidays', 'No contact on holidays of the calendar.', 'true'),
  consent: {
    title: 'Consent',
    description: 'What each channel needs, by its id.',
    examples: [{ whatsapp: 'required', email: 'contract' }],
    otherwise: 'as the channel says',
    each: {
      title: 'Rule',
      description: 'One rule for all messages, or one for reminders and one for thanks and the like.',
      examples: ['required', { dunning: 'required', service: 'contract' }],
      options: [
        consentRule('For all messages', 'What the channel needs.'),
        {
          title: 'By purpose',
          description: 'What is not said is as the channel says.',
          examples: [{ dunning: 'required' }],
          keys: {
            dunning: consentRule('Reminders', 'What reminders need.'),
            service: consentRule('Thanks and the like', 'What thanks and acknowledgements need.'),
          },
        },
      ],
    },
  },
  lastWorked: choice(
    'Channel that worked last',
    'Where the channel comes on which a contact was reached last: a message arrived, or the contact wrote. Preferred channels come before it.',
    { first: 'Before the others', fallback: 'Before those that come after the first' },
  ),
  restAfter: {
    title: 'Failures in a row',
    description:
      'After so many an address rests that could not be reached. Addresses that are refused for good are out at once.',
    examples: [3],
    otherwise: '3',
  },
  rest: {
    title: 'Rest of an address',
    description: 'How long it rests since it failed last. Any sign of life ends that.',
    examples: ['7d', '36h'],
    otherwise: '`7d`',
  },
};

const calendarKeys: KeysOf<CalendarRules> = {
  weekend: {
    title: 'Weekend',
    description: 'Days of the week that are no business days.',
    examples: [['sat', 'sun']],
    otherwise: 'Saturday and Sunday',
    items: weekdays,
  },
  holidays: {
    title: 'Holidays',
    description: 'Further days that are no business days.',
    examples: [['2026-12-25', '2027-01-01']],
    otherwise: 'none',
    items: day,
  },
};

const rateKeys: KeysOf<ExchangeRate> = {
  from: as(currency, {
    title: 'From',
    description: 'One unit of this currency, ISO 4217.',
    examples: ['USD'],
  }),
  to: as(currency, { title: 'To', description: 'Is so many units of this one.' }),
  rate: { title: 'Rate', description: 'Decimal text.', examples: ['17.25'] },
  on: as(day, { title: 'Since', description: 'First day on which it holds, `YYYY-MM-DD`.' }),
};

const promiseKeys: KeysOf<PromiseRules> = {
  grace: days({
    title: 'Grace',
    description: 'Days after the promised day during which it still counts, for promises that say none.',
    otherwise: '`0d`',
  }),
  tolerance: {
    title: 'May be lacking',
    description: 'Percent of the promised amount that may be lacking and it still counts as kept.',
    examples: [2.5],
    otherwise: '0',
  },
  within: offset({
    title: 'Without a day',
    description: 'The promised day where none was said, counted from when it was made.',
    examples: ['7d', '5bd'],
    otherwise: '`7d`',
  }),
};

const blockKeys: KeysOf<BlockRules> = {
  dispute: choice(
    'A dispute holds',
    'What an open dispute takes out of dunning.',
    { part: 'The disputed part', item: 'The whole invoice or instalment', account: 'The whole account' },
    'part',
  ),
  unapplied: choice(
    'Money put to no invoice',
    'What it does to what is chased.',
    {
      reduce: 'Lowers it, oldest first',
      ignore: 'Plays no part',
      covers: 'Keeps all back, but only when it covers everything overdue',
    },
    'reduce',
  ),
  holdEnd: choice(
    'Last day of a hold',
    'Whether it is still blocked.',
    { inclusive: 'Blocked', exclusive: 'Already free' },
    'inclusive',
  ),
  hold: choice(
    'After a hold',
    'What becomes of the level.',
    { freeze: 'The ladder goes on', clear: 'The ladder begins anew' },
    'freeze',
  ),
  promise: {
    title: 'Promises',
    description: 'When a promise to pay counts as kept.',
    examples: [{ grace: '2d', tolerance: 2.5 }],
    keys: promiseKeys,
  },
  unbooked: days({
    title: 'Payments not yet booked',
    description: 'Days for which a payment that was seen or reported holds what it names.',
    examples: ['5d'],
    otherwise: '`5d`',
  }),
  reply: {
    title: 'After a reply',
    description: 'Days for which a reply of the debtor holds the account, or `continue` where it does not.',
    examples: ['3d', 'continue'],
    otherwise: '`3d`',
  },
};

const sourceKeys: KeysOf<SourceRule> = {
  maxAge: {
    title: 'At most so old',
    description: 'Greatest age of its last good news.',
    examples: ['24h', '2d'],
  },
};

const creditKeys: KeysOf<CreditRules> = {
  margin: days({
    title: 'Margin',
    description: 'Days past due beyond which an item counts as overdue exposure.',
    examples: ['10d'],
    otherwise: '`0d`',
  }),
  returned: days({
    title: 'Returned payments',
    description: 'Days for which a returned payment counts.',
    examples: ['90d'],
    otherwise: '`90d`',
  }),
};

const termsKeys: KeysOf<Terms> = {
  source: {
    title: 'Where it is written',
    description: 'So that a person can look it up: a clause, general terms, a statute.',
    examples: ['general terms, clause 4'],
  },
  basis: choice(
    'Rests on',
    'What gives the right to it.',
    { agreement: 'An agreement', statute: 'A statute' },
    'agreement',
  ),
  fees: {
    title: 'Fees',
    description: 'Fixed sums and percentages: whether they were agreed, or up to how much per charge.',
    examples: [true, { EUR: '40.00' }],
    otherwise: 'none',
    options: [
      { title: 'Agreed or not', description: 'Whether fees may be charged at all.', examples: [true] },
      money({ title: 'Up to', description: 'At most so much per charge.', examples: [{ EUR: '40.00' }] }),
    ],
  },
  interest: {
    title: 'Interest',
    description: 'Whether it was agreed, or up to which rates; rules without a rate charge these.',
    examples: ['12', true],
    otherwise: 'none',
    options: [
      { title: 'Agreed or not', description: 'Whether interest may be charged at all.', examples: [true] },
      rates,
    ],
  },
};

const planKeys: KeysOf<Plan> = {
  id: id('Id', 'Name of the plan.', 'acme'),
  version,
  zone: {
    title: 'Time zone',
    description: 'IANA zone of the books of the company that is owed; days begin and end by it.',
    examples: ['America/Mexico_City', 'Europe/Madrid'],
  },
  language: {
    title: 'Language',
    description: 'BCP 47; used where neither contact nor account says.',
    examples: ['es-MX', 'pt-BR', 'en'],
    otherwise: '`en`',
  },
  facts: {
    title: 'Facts of your own',
    description:
      'Fields of the host by full name, with their types. Once any is declared, conditions and groupings know these and no others.',
    examples: [{ 'account.attributes.tier': ['gold', 'silver'], 'item.attributes.contract': 'text' }],
    otherwise: 'any name',
    each: {
      title: 'Type',
      description: 'Its type, or the texts that it may be.',
      examples: ['number', ['gold', 'silver']],
      options: [
        choice('A type', 'What its values are.', { text: 'Text', number: 'Number', boolean: 'Yes or no' }),
        {
          title: 'Its values',
          description: 'The texts that it may be.',
          examples: [['gold', 'silver']],
          items: { title: 'Value', description: 'One text that it may be.', examples: ['gold'] },
        },
      ],
    },
  },
  roles: {
    title: 'Roles',
    description: 'Roles that contacts may have. Once any is named, messages go to these and no others.',
    examples: [['billing', 'manager']],
    otherwise: 'any',
    items: { title: 'Role', description: 'Role of a contact.', examples: ['billing'] },
  },
  segments: {
    title: 'Segments',
    description: 'Named groups of accounts; the first that holds wins.',
    examples: [[{ id: 'key-accounts', when: { fact: 'account.tags', has: 'key-account' } }]],
    items: {
      title: 'Segment',
      description: 'A named group of accounts.',
      examples: [{ id: 'key-accounts', when: { fact: 'account.tags', has: 'key-account' } }],
      keys: segment,
    },
  },
  assign: {
    title: 'Who gets which policy',
    description:
      'The most specific wins: invoice, account, branch, entity or area, experiment, segment, everybody, then the default.',
    examples: [
      [
        { segment: 'key-accounts', policy: 'gentle' },
        { account: 'robles', policy: null },
      ],
    ],
    items: {
      title: 'Assignment',
      description: 'For whom which policy; one that names nobody is for everybody.',
      examples: [{ segment: 'key-accounts', policy: 'gentle' }],
      keys: assignment,
    },
  },
  default: as(policyOrNone, {
    title: 'Policy of all others',
    description: 'Id of a policy for whoever no assignment names; null: not dunned.',
    otherwise: 'not dunned, with that reason',
  }),
  contact: {
    title: 'Contact rules',
    description: 'When and how often people may be contacted, across all policies and cases.',
    examples: [{ gap: '2d', windows: [{ from: '09:00', to: '18:00' }] }],
    keys: contactKeys,
  },
  calendar: {
    title: 'Calendar',
    description: 'Days that are no business days.',
    examples: [{ holidays: ['2026-12-25'] }],
    keys: calendarKeys,
  },
  tolerance: money({
    title: 'Tolerance',
    description: 'Items of which strictly less is owed count as settled for dunning.',
    examples: [{ MXN: '5.00', EUR: '1.00' }],
  }),
  otherCurrency: choice(
    'A currency that is not named',
    'What happens where a threshold or tolerance lacks the currency of an item.',
    {
      task: 'A person is asked, and the stage waits',
      convert: 'It is converted by the rates below',
      met: 'The threshold counts as met',
      unmet: 'The threshold counts as not met',
    },
    'task',
  ),
  rates: {
    title: 'Exchange rates',
    description: 'For converting thresholds; the latest on or before the day counts.',
    examples: [[{ from: 'USD', to: 'MXN', rate: '17.25', on: '2026-01-02' }]],
    items: {
      title: 'Exchange rate',
      description: 'What one unit of a currency is in another, since a day.',
      examples: [{ from: 'USD', to: 'MXN', rate: '17.25', on: '2026-01-02' }],
      keys: rateKeys,
    },
  },
  experiments: {
    title: 'Experiments',
    description: 'Accounts drawn to policies by lot, to compare them.',
    examples: [
      [
        {
          id: 'tone-2026',
          arms: [
            { id: 'soft', weight: 1, policy: 'gentle' },
            { id: 'usual', weight: 1, policy: 'balanced' },
          ],
        },
      ],
    ],
    items: {
      title: 'Experiment',
      description: 'Who takes part, and the arms.',
      examples: [{ id: 'tone-2026', arms: [{ id: 'soft', weight: 1, policy: 'gentle' }] }],
      keys: experiment,
    },
  },
  adjust: {
    title: 'Exceptions',
    description: 'Changes to a policy for one account or segment, so that nobody has to copy it.',
    examples: [[{ account: 'robles', delay: '3d' }]],
    items: {
      title: 'Exception',
      description: 'For whom what is other.',
      examples: [{ account: 'robles', delay: '3d' }],
      keys: adjustment,
    },
  },
  blocks: {
    title: 'What holds dunning',
    description: 'What keeps amounts out of dunning, where a house may differ.',
    examples: [{ dispute: 'item', reply: '5d' }],
    keys: blockKeys,
  },
  sources: {
    title: 'Sources of facts',
    description: 'Facts that must be fresh before anybody is chased, by the host’s name for the source.',
    examples: [{ bank: { maxAge: '24h' } }],
    each: {
      title: 'Source',
      description: 'A source that is missing, failed or older holds the account.',
      examples: [{ maxAge: '24h' }],
      keys: sourceKeys,
    },
  },
  credit: {
    title: 'Credit',
    description: 'How exposure is reckoned against credit limits.',
    examples: [{ margin: '10d' }],
    keys: creditKeys,
  },
  currency: as(currency, {
    title: 'Currency of fees',
    description: 'ISO 4217; of fees that name none, on messages in several currencies.',
  }),
  terms: {
    title: 'Terms',
    description:
      'What was agreed about paying late with everybody whose record says nothing else. Nothing else is ever charged.',
    examples: [{ source: 'general terms, clause 4', fees: { EUR: '40.00' }, interest: '12' }],
    keys: termsKeys,
  },
};

export const plan: Words = {
  title: 'Plan',
  description: 'Rules of a company: time zone, segments, which policy for whom, contact rules, calendar.',
  examples: [{ id: 'acme', version: 1, zone: 'America/Mexico_City', language: 'es', default: 'balanced' }],
  keys: planKeys,
};
