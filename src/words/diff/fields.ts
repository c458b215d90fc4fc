import type { Terms } from '../../ledger/types.js';
import type { FeeRule, InterestRule } from '../../policy/fees.js';
import type {
  BlockRules,
  CalendarRules,
  ContactRules,
  CreditRules,
  LastRule,
  Message,
  MessageGrouping,
  Messages,
  Plan,
  Policy,
  PromiseRules,
  Reactions,
  SourceRule,
  Stage,
  StageAdjustment,
  StageMinimum,
} from '../../policy/types.js';

/** How the value of a field is put into words. */
export type Kind =
  | 'text'
  | 'number'
  | 'percent'
  | 'yes-no'
  | 'span'
  | 'time'
  | 'money'
  | 'condition'
  | 'trigger'
  | 'via'
  | 'actions'
  | 'choice'
  | 'list'
  | 'days'
  | 'dates'
  | 'caps'
  | 'windows'
  | 'consent'
  | 'content'
  | 'data';

/** Keys of a room of fields, each as `room.key`. Those that are compared part by part stand in rooms of their own. */
type Room<N extends string, T, Apart extends keyof T = never> = Readonly<
  Record<`${N}.${Exclude<keyof T, Apart> & string}`, Kind>
>;

const plan = {
  'plan.id': 'text',
  'plan.version': 'number',
  'plan.zone': 'text',
  'plan.language': 'text',
  'plan.facts': 'data',
  'plan.roles': 'list',
  'plan.default': 'text',
  'plan.tolerance': 'money',
  'plan.otherCurrency': 'choice',
  'plan.currency': 'text',
} as const satisfies Room<
  'plan',
  Plan,
  | 'segments'
  | 'assign'
  | 'contact'
  | 'calendar'
  | 'rates'
  | 'experiments'
  | 'adjust'
  | 'blocks'
  | 'sources'
  | 'credit'
  | 'terms'
>;

const planParts = {
  'segment.when': 'condition',
  'assign.policy': 'text',
  'assign.pilot': 'data',
  'contact.gap': 'span',
  'contact.gapOf': 'choice',
  'contact.gaps': 'span',
  'contact.caps': 'caps',
  'contact.windows': 'windows',
  'contact.closedOnHolidays': 'yes-no',
  'contact.consent': 'consent',
  'contact.lastWorked': 'choice',
  'contact.restAfter': 'number',
  'contact.rest': 'span',
  'calendar.weekend': 'days',
  'calendar.holidays': 'dates',
  'rate.rate': 'text',
  'experiment.when': 'condition',
  'arm.weight': 'number',
  'arm.policy': 'text',
  'adjust.delay': 'span',
  'adjusted.skip': 'yes-no',
  'adjusted.at': 'trigger',
  'adjusted.mode': 'choice',
  'adjusted.via': 'via',
  'blocks.dispute': 'choice',
  'blocks.unapplied': 'choice',
  'blocks.holdEnd': 'choice',
  'blocks.hold': 'choice',
  'blocks.unbooked': 'span',
  'blocks.reply': 'span',
  'promise.grace': 'span',
  'promise.tolerance': 'percent',
  'promise.within': 'span',
  'source.maxAge': 'span',
  'credit.margin': 'span',
  'credit.returned': 'span',
  'terms.source': 'text',
  'terms.basis': 'choice',
  'terms.fees': 'money',
  'terms.interest': 'data',
} as const satisfies Room<'contact', ContactRules> &
  Room<'calendar', CalendarRules> &
  Room<'adjusted', StageAdjustment> &
  Room<'blocks', BlockRules, 'promise'> &
  Room<'promise', PromiseRules> &
  Room<'source', SourceRule> &
  Room<'credit', CreditRules> &
  Room<'terms', Terms> &
  Readonly<Record<string, Kind>>;

const policy = {
  'policy.id': 'text',
  'policy.version': 'number',
  'policy.name': 'text',
  'policy.active': 'yes-no',
  'policy.priority': 'number',
  'policy.scope': 'condition',
  'policy.unit': 'data',
  'policy.level': 'choice',
  'policy.via': 'via',
  'policy.mode': 'choice',
  'policy.time': 'time',
  'policy.grace': 'span',
  'policy.arrears': 'span',
  'policy.late': 'choice',
  'policy.entry': 'choice',
  'policy.climb': 'yes-no',
  'policy.restart': 'span',
  'policy.pushed': 'choice',
  'policy.resume': 'choice',
  'policy.done': 'choice',
  'policy.unknown': 'choice',
  'policy.proposed': 'choice',
  'policy.discarded': 'choice',
  'policy.reopen': 'choice',
  'policy.counters': 'choice',
  'policy.reentry': 'choice',
  'policy.adopt': 'data',
  'policy.life': 'data',
  'grouping.by': 'list',
  'grouping.list': 'choice',
  'grouping.levels': 'choice',
  'grouping.most': 'data',
  'last.repeat': 'span',
  'last.times': 'number',
  'last.from': 'choice',
  'last.exhausted': 'span',
  'on.paid': 'actions',
  'on.promised': 'actions',
  'on.disputed': 'actions',
  'on.reported': 'actions',
  'on.promiseKept': 'actions',
  'on.promiseBroken': 'actions',
  'on.exhausted': 'actions',
} as const satisfies Room<'policy', Policy, 'stages' | 'message' | 'last' | 'on'> &
  Room<'grouping', MessageGrouping> &
  Room<'last', LastRule> &
  Room<'on', Reactions>;

const stage = {
  'stage.id': 'text',
  'stage.name': 'text',
  'stage.tone': 'choice',
  'stage.level': 'number',
  'stage.at': 'trigger',
  'stage.when': 'condition',
  'stage.mode': 'choice',
  'stage.lapses': 'span',
  'stage.gap': 'span',
  'stage.time': 'time',
  'stage.expires': 'span',
  'stage.keep': 'yes-no',
  'stage.rank': 'number',
  'stage.deadline': 'span',
  'min.amount': 'money',
  'min.share': 'percent',
  'min.any': 'yes-no',
  'min.of': 'choice',
} as const satisfies Room<'stage', Stage, 'min' | 'do'> & Room<'min', StageMinimum>;

/** All that actions may say; which of them a kind of action has, the schema says. */
const action = {
  'action.to': 'text',
  'action.copy': 'list',
  'action.from': 'text',
  'action.attach': 'list',
  'action.via': 'via',
  'action.owner': 'text',
  'action.within': 'span',
  'action.until': 'choice',
  'fee.fixed': 'money',
  'fee.percent': 'text',
  'fee.min': 'money',
  'fee.max': 'money',
  'fee.base': 'choice',
  'fee.tiers': 'data',
  'fee.tiered': 'choice',
  'fee.ignoreBelow': 'money',
  'fee.currency': 'text',
  'fee.per': 'choice',
  'interest.rate': 'data',
  'interest.base': 'choice',
  'interest.from': 'choice',
  'interest.dayCount': 'text',
  'interest.round': 'choice',
} as const satisfies Room<'fee', FeeRule, 'interest'> &
  Room<'interest', InterestRule> &
  Readonly<Record<string, Kind>>;

const catalogue = {
  'messages.id': 'text',
  'messages.version': 'number',
  'message.id': 'text',
  'message.about': 'choice',
  'message.text': 'content',
} as const satisfies Room<'messages', Messages, 'messages'> & Room<'message', Message>;

/** Every field of the documents that has words of its own, and how its value is told. */
export const fields = { ...plan, ...planParts, ...policy, ...stage, ...action, ...catalogue };

export type FieldKey = keyof typeof fields;

/** What holds where nothing is said, where that is a value and not the want of one. */
export const defaults: Readonly<Partial<Record<FieldKey, unknown>>> = {
  'plan.language': 'en',
  'plan.otherCurrency': 'task',
  'contact.gap': '1d',
  'contact.gapOf': 'account',
  'contact.caps': [
    { max: 1, per: '1d' },
    { max: 3, per: '7d' },
  ],
  'contact.closedOnHolidays': true,
  'contact.restAfter': 3,
  'contact.rest': '7d',
  'calendar.weekend': ['sat', 'sun'],
  'adjusted.skip': false,
  'blocks.dispute': 'part',
  'blocks.unapplied': 'reduce',
  'blocks.holdEnd': 'inclusive',
  'blocks.hold': 'freeze',
  'blocks.unbooked': '5d',
  'blocks.reply': '3d',
  'promise.grace': '0d',
  'promise.tolerance': 0,
  'promise.within': '7d',
  'credit.margin': '0d',
  'credit.returned': '90d',
  'terms.basis': 'agreement',
  'policy.active': true,
  'policy.priority': 0,
  'policy.unit': 'item',
  'policy.level': 'latched',
  'policy.via': [{ channel: 'whatsapp' }, { channel: 'email' }, { channel: 'sms' }],
  'policy.mode': 'auto',
  'policy.grace': '0d',
  'policy.late': 'latest',
  'policy.entry': 'first',
  'policy.climb': false,
  'policy.restart': '1d',
  'policy.pushed': 'gives-way',
  'policy.resume': 'next',
  'policy.done': 'sent',
  'policy.unknown': 'case',
  'policy.proposed': 'hold',
  'policy.discarded': 'skip',
  'policy.reopen': 'continue',
  'policy.counters': 'settled',
  'policy.reentry': 'once',
  'policy.adopt': 'pin',
  'grouping.by': 'account',
  'grouping.list': 'acting',
  'grouping.levels': 'own',
  'last.from': 'contact',
  'last.exhausted': 'waited',
  'stage.keep': false,
  'min.any': false,
  'min.of': 'case',
  'action.to': 'billing',
  'action.until': 'level',
  'fee.base': 'dunnable',
  'fee.tiered': 'single',
  'fee.per': 'item',
  'interest.base': 'outstanding',
  'interest.from': 'last',
  'interest.dayCount': 365,
  'interest.round': 'end',
};
