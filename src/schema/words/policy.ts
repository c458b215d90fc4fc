import type {
  GroupUnit,
  LastRule,
  LifeRule,
  MessageGrouping,
  Policy,
  Reactions,
  Stage,
  StageMinimum,
} from '../../policy/types.js';
import { action, reaction, send } from './actions.js';
import { condition } from './condition.js';
import { choice, days, flag, id, money, offset, version, via } from './elements.js';
import { mode } from './plan.js';
import { stageTrigger } from './trigger.js';
import { as, type KeysOf, type Words } from './words.js';

const time: Words = {
  title: 'From what time',
  description: 'Local time of the account, `HH:MM`.',
  examples: ['10:00'],
  otherwise: 'the start of the day',
};

const minimumKeys: KeysOf<StageMinimum> = {
  amount: money({ title: 'Least amount', description: 'Inclusive, by currency.' }),
  share: {
    title: 'Least share',
    description: 'Percent of all open items in that currency, 0 to 100.',
    examples: [10],
  },
  any: flag('Either is enough', 'One of amount and share, rather than both.', 'false'),
  of: choice('Amounts of', 'What is added up.', { case: 'The case', account: 'The account' }, 'case'),
};

const stageKeys: KeysOf<Stage> = {
  id: id('Id', 'Name of the stage in events, tasks and reports.', 'reminder', 'firm'),
  name: {
    title: 'Name',
    description: 'For people.',
    examples: ['First reminder'],
    otherwise: 'the id',
  },
  tone: choice('Tone', 'How it speaks; a message speaks in the highest tone of its stages.', {
    friendly: 'Friendly',
    firm: 'Firm',
    formal: 'Formal',
  }),
  level: {
    title: 'Level',
    description: 'Its number, where a house numbers its levels.',
    examples: [1],
    otherwise: 'its place among the stages, from 1',
  },
  at: stageTrigger,
  when: as(condition, {
    title: 'Only if',
    description: 'Must hold when the stage is to act.',
    options: undefined,
  }),
  min: {
    title: 'Least amounts',
    description:
      'On amounts that may be chased and are overdue; where they are not reached, the level below acts, if it has not yet.',
    examples: [{ amount: { MXN: '500.00' } }, { amount: { MXN: '500.00' }, share: 10, any: true }],
    keys: minimumKeys,
  },
  mode: as(mode, { otherwise: 'the policy’s' }),
  lapses: offset({
    title: 'Lapses after',
    description: 'With `approve` and `task`: the proposal then lapses and the stage is skipped.',
    examples: ['4d', '2bd'],
  }),
  gap: {
    title: 'Least distance',
    description: 'Least days since the last contact, in place of the plan’s; hours, or `none`.',
    examples: ['3d', '36h', 'none'],
  },
  time: as(time, { otherwise: 'the policy’s, else the start of the day' }),
  expires: days({
    title: 'Over after',
    description: 'Days after its own day during which it may act.',
    examples: ['5d'],
    otherwise: 'it may act until a later stage does',
  }),
  keep: flag('Also after the due date', 'A stage meant for before the due date may act later.', 'false'),
  rank: {
    title: 'Rank',
    description: 'Order among stages of one day; the higher is severer.',
    examples: [1],
    otherwise: 'the later in the document is severer',
  },
  deadline: offset({
    title: 'Payment deadline',
    description: 'Days to pay, counted from the day on which it is done; later stages may count from it.',
    examples: ['10d'],
  }),
  do: {
    title: 'What it does',
    description: 'Actions in order. A stage without any is a level that is reached.',
    examples: [[{ send: 'reminder' }, { task: 'call', within: '2bd' }]],
    items: action,
  },
};

const stage: Words = {
  title: 'Stage',
  description: 'A rung of the ladder.',
  examples: [
    { id: 'reminder', tone: 'friendly', at: { from: 'due', plus: '3d' }, do: [{ send: 'reminder' }] },
  ],
  keys: stageKeys,
};

const hostField = (what: string): Words => ({
  title: 'A field of yours',
  description: `${what} by a field of the host on the invoice.`,
  examples: ['item.attributes.contract'],
});

const groupKeys: KeysOf<GroupUnit> = {
  group: {
    title: 'Keys of the group',
    description: 'Items with the same values climb together; currency is always a key.',
    examples: [['account'], ['account', 'entity']],
    items: {
      title: 'Key',
      description: 'What must be the same.',
      examples: ['account'],
      options: [
        choice('Built in', 'What must be the same.', {
          account: 'Account',
          entity: 'Legal entity',
          area: 'Dunning area',
          branch: 'Branch',
        }),
        hostField('Grouped'),
      ],
    },
  },
  carrier: choice(
    'When the oldest is paid',
    'The oldest unpaid item carries the group; what happens to the level when it is paid.',
    { recompute: 'Computed from what is left', inherit: 'Stays', restart: 'Begins anew' },
    'recompute',
  ),
};

const messageKey: Words = {
  title: 'Key',
  description: 'What must be the same.',
  examples: ['account'],
  options: [
    choice('Built in', 'What must be the same.', {
      account: 'Account',
      invoice: 'Invoice',
      item: 'Invoice or instalment',
      unit: 'What climbs',
      level: 'Level',
      channel: 'Channel',
      currency: 'Currency',
      entity: 'Legal entity',
      area: 'Dunning area',
      branch: 'Branch',
    }),
    hostField('Parted'),
  ],
};

const most = (title: string, description: string): Words => ({ title, description, examples: [1] });

const messageKeys: KeysOf<MessageGrouping> = {
  by: {
    title: 'One message for each',
    description: 'What items must have in common to share a message.',
    examples: ['account', ['account', 'currency'], 'invoice'],
    otherwise: '`account`',
    options: [
      as(messageKey, { title: 'One key' }),
      {
        title: 'Several keys',
        description: 'All must be the same.',
        examples: [['account', 'currency']],
        items: messageKey,
      },
    ],
  },
  list: choice(
    'Which items it lists',
    'Listing alone gives no level.',
    { acting: 'Those whose stage acts', overdue: 'All that are overdue', open: 'All that are open' },
    'acting',
  ),
  levels: choice(
    'Several levels in one message',
    'What becomes of the levels of its items.',
    {
      own: 'Each keeps its own',
      lift: 'All are lifted to the highest',
      absorb: 'The highest absorbs the milder, which count as done',
    },
    'own',
  ),
  most: {
    title: 'At most per review',
    description: 'Messages of a kind per account and review, over all its policies; the others wait.',
    examples: [{ overdue: 1 }],
    otherwise: 'one of each kind where messages are by account alone, else no limit',
    keys: {
      upcoming: most('Before the due date', 'Messages about what falls due.'),
      overdue: most('Overdue', 'Messages about what is overdue.'),
    },
  },
};

const lastKeys: KeysOf<LastRule> = {
  repeat: offset({
    title: 'Repeat every',
    description: 'The last stage comes again so often.',
    examples: ['14d', '1mo'],
  }),
  times: { title: 'So many times', description: 'Repeats at most.', examples: [3], otherwise: '1' },
  from: choice(
    'Repeats count from',
    'What the distance is counted from.',
    { contact: 'The last contact of the case', due: 'The due date', issue: 'The date of issue' },
    'contact',
  ),
  exhausted: {
    title: 'Exhausted',
    description:
      '`waited`: when the last act’s wait is over; `acted`: with the last act; or so many days after it.',
    examples: ['waited', 'acted', '10d'],
    otherwise: '`waited`',
  },
};

const lifeKeys: KeysOf<LifeRule> = {
  from: choice('Counted from', 'When its life begins.', {
    due: 'The due date',
    opened: 'The first day of the case',
    first: 'The first act',
  }),
  plus: offset({
    title: 'Lasts',
    description: 'Then it is exhausted, whatever is left.',
    examples: ['180d', '6mo'],
  }),
};

const answer = (title: string, description: string, id: string): Words => ({
  title,
  description,
  examples: [[{ send: id }]],
  items: send,
});

const reactions = (title: string, description: string): Words => ({
  title,
  description,
  examples: [[{ task: 'call', within: '2bd' }]],
  items: reaction,
});

const onKeys: KeysOf<Reactions> = {
  paid: answer('Paid', 'Thanks, when a case is settled by payment.', 'thanks'),
  promised: answer(
    'Promised',
    'Acknowledges a promise to pay, once, while it is open and was made within the last days.',
    'promise-noted',
  ),
  disputed: answer(
    'Disputed',
    'Acknowledges a dispute, once, while it is open and was opened within the last days.',
    'dispute-noted',
  ),
  reported: answer(
    'Payment reported',
    'Acknowledges a payment that the debtor reports, once, while it is being verified and was reported within the last days.',
    'payment-noted',
  ),
  promiseKept: reactions('Promise kept', 'What follows when a promise was kept.'),
  promiseBroken: reactions(
    'Promise broken',
    'What follows when the day of a promise is over without the payment.',
  ),
  exhausted: reactions('Exhausted', 'What follows when the ladder has come to its end.'),
};

const policyKeys: KeysOf<Policy> = {
  id: id('Id', 'Name of the policy.', 'balanced'),
  version,
  name: { title: 'Name', description: 'For people.', examples: ['Balanced'] },
  active: flag(
    'Active',
    'When not, it is kept for the history of running cases and gives nobody anything.',
    'true',
  ),
  priority: {
    title: 'Priority',
    description: 'When messages of two policies compete for one occasion, the higher goes first.',
    examples: [1],
    otherwise: '0',
  },
  scope: as(condition, {
    title: 'Which items',
    description: 'Items that the policy knows; others are untouched and outside its thresholds.',
    otherwise: 'all',
    options: undefined,
  }),
  unit: {
    title: 'What climbs',
    description: 'Each item on its own, or groups of items as one.',
    examples: ['item', { group: ['account'] }],
    otherwise: '`item`',
    options: [
      { title: 'Each invoice or instalment', description: 'On a ladder of its own.', examples: ['item'] },
      {
        title: 'Groups',
        description: 'Items that climb together.',
        examples: [{ group: ['account'] }],
        keys: groupKeys,
      },
    ],
  },
  level: choice(
    'Level',
    'What the level of a case follows.',
    {
      latched: 'The stages that were done',
      state: 'The severest stage whose conditions hold now, both ways',
    },
    'latched',
  ),
  message: {
    title: 'Messages',
    description: 'How items share messages.',
    examples: [{ by: 'account' }, { by: ['account', 'level'], list: 'overdue' }],
    keys: messageKeys,
  },
  via: as(via, { otherwise: 'WhatsApp, then e-mail, then SMS' }),
  mode,
  time,
  grace: days({
    title: 'Grace',
    description: 'Days added to the due date before an item counts as overdue; later stages wait for them.',
    examples: ['3d'],
    otherwise: '`0d`',
  }),
  arrears: days({
    title: 'Least arrears',
    description: 'The account is chased only once its oldest overdue item has so many days past due.',
    examples: ['10d'],
    otherwise: 'none',
  }),
  late: choice(
    'Several stages have passed',
    'What a review does that comes late.',
    {
      latest: 'The latest acts, the milder are skipped',
      each: 'Each acts, one per review',
      drop: 'A stage lives for its day only',
    },
    'latest',
  ),
  entry: choice(
    'Old when it enters',
    'Where an item begins that is already overdue.',
    {
      first: 'At the first overdue stage, then by the policy’s own distances',
      latest: 'At the stage that fits its age',
    },
    'first',
  ),
  climb: flag(
    'One stage for each run',
    'Each review on request advances one stage, without waiting for days.',
    'false',
  ),
  restart: days({
    title: 'After a pause',
    description: 'Days between the end of a hold, dispute or promise and the next stage.',
    examples: ['1d', '0d'],
    otherwise: '`1d`',
  }),
  pushed: choice(
    'Pushed onto the next stage',
    'What a stage does that contact rules push onto or past the day of the next one.',
    { 'gives-way': 'It gives way and is skipped', both: 'Both act in turn' },
    'gives-way',
  ),
  resume: choice(
    'Goes on with',
    'Which stage follows after a pause.',
    { next: 'The next', latest: 'The latest that is due', same: 'The same again', first: 'The first' },
    'next',
  ),
  done: choice(
    'Done when',
    'When a stage with a message counts as done.',
    {
      sent: 'It was sent',
      confirmed: 'A person confirmed it for sending',
      proposed: 'It was proposed',
      delivered: 'It was delivered',
    },
    'sent',
  ),
  unknown: choice(
    'Nobody knows whether it went out',
    'What waits until that is known.',
    { case: 'The case', act: 'That message only' },
    'case',
  ),
  proposed: choice(
    'A proposal is still unconfirmed',
    'What a review does with it.',
    {
      hold: 'Keeps it, refreshed when facts change',
      regenerate: 'Makes it anew',
      supersede: 'Lets a due later stage take its place',
    },
    'hold',
  ),
  discarded: choice(
    'A proposal was discarded',
    'What becomes of the stage.',
    { skip: 'It is skipped', again: 'It is proposed again', hold: 'The case waits' },
    'skip',
  ),
  reopen: choice(
    'A settled debt comes back',
    'Where the ladder goes on.',
    { continue: 'Where it was', restart: 'From the beginning' },
    'continue',
  ),
  counters: choice(
    'Counters begin anew',
    'When a later debt of a group finds its counters at nothing.',
    {
      settled: 'When the group is settled',
      'last-message': 'When everything that the last message told of is settled',
      reset: 'When a person resets them',
      never: 'Never',
    },
    'settled',
  ),
  reentry: choice(
    'A level is entered again',
    'With `level: state`, what its stage does then.',
    { once: 'Nothing: it acted in this opening', repeat: 'It acts again' },
    'once',
  ),
  adopt: {
    title: 'Running cases',
    description: 'What they do when this version is loaded.',
    examples: ['pin', 'adopt', { map: { 'first-letter': 'reminder' } }],
    otherwise: '`pin`',
    options: [
      choice('All of them', 'Whether they take this version over.', {
        pin: 'Stay with the version they began with',
        adopt: 'Take this version over; what was done stays done',
      }),
      {
        title: 'With other names',
        description: 'They take it over; old stage ids count as these new ones.',
        examples: [{ map: { 'first-letter': 'reminder' } }],
        keys: {
          map: {
            title: 'Old to new',
            description: 'New stage ids by the old ones.',
            examples: [{ 'first-letter': 'reminder' }],
            each: id('New stage', 'Stage of this version.', 'reminder'),
          },
        },
      },
    ],
  },
  stages: {
    title: 'Stages',
    description: 'The ladder, mildest first.',
    examples: [
      [
        { id: 'reminder', tone: 'friendly', at: { from: 'due', plus: '3d' }, do: [{ send: 'reminder' }] },
        {
          id: 'firm',
          tone: 'firm',
          at: { from: 'due', plus: '10d' },
          do: [{ send: 'firm' }, { task: 'call' }],
        },
      ],
    ],
    items: stage,
  },
  last: {
    title: 'After the last stage',
    description: 'What follows while the item stays open.',
    examples: [{ repeat: '14d', times: 3 }],
    keys: lastKeys,
  },
  life: {
    title: 'Longest life',
    description: 'Of a case; then it is exhausted, whatever is left.',
    examples: [{ from: 'due', plus: '180d' }],
    keys: lifeKeys,
  },
  on: {
    title: 'When something happens',
    description: 'Reactions; each once per opening and cause.',
    examples: [{ paid: [{ send: 'thanks' }], promiseBroken: [{ escalate: 'next' }] }],
    keys: onKeys,
  },
};

export const policy: Words = {
  title: 'Policy',
  description: 'A ladder of stages with its rules.',
  examples: [
    {
      id: 'short',
      version: 1,
      stages: [
        { id: 'reminder', tone: 'friendly', at: { from: 'due', plus: '3d' }, do: [{ send: 'reminder' }] },
        {
          id: 'firm',
          tone: 'firm',
          at: { from: 'due', plus: '10d' },
          do: [{ send: 'firm' }, { task: 'call' }],
        },
      ],
      on: { paid: [{ send: 'thanks' }] },
    },
  ],
  keys: policyKeys,
};
