import type { Terms } from '../../ledger/types.js';
import type { FeeRule, InterestRule } from '../../policy/fees.js';
import type {
  BlockRules,
  ContactCap,
  ContactRules,
  EffectAction,
  LastRule,
  LifeRule,
  MessageAbout,
  MessageGrouping,
  Plan,
  Policy,
  StageMinimum,
  StageMode,
  Tone,
  Trigger,
} from '../../policy/types.js';
import type { FieldKey } from './fields.js';
import type { ThingKind } from './grains.js';

/** The values of fields that choose among a few, by field. */
export interface ChoiceValues {
  'plan.otherCurrency': NonNullable<Plan['otherCurrency']>;
  'contact.gapOf': NonNullable<ContactRules['gapOf']>;
  'contact.lastWorked': NonNullable<ContactRules['lastWorked']>;
  'adjusted.mode': StageMode;
  'blocks.dispute': NonNullable<BlockRules['dispute']>;
  'blocks.unapplied': NonNullable<BlockRules['unapplied']>;
  'blocks.holdEnd': NonNullable<BlockRules['holdEnd']>;
  'blocks.hold': NonNullable<BlockRules['hold']>;
  'terms.basis': NonNullable<Terms['basis']>;
  'policy.level': NonNullable<Policy['level']>;
  'policy.mode': StageMode;
  'policy.late': NonNullable<Policy['late']>;
  'policy.entry': NonNullable<Policy['entry']>;
  'policy.pushed': NonNullable<Policy['pushed']>;
  'policy.resume': NonNullable<Policy['resume']>;
  'policy.done': NonNullable<Policy['done']>;
  'policy.unknown': NonNullable<Policy['unknown']>;
  'policy.proposed': NonNullable<Policy['proposed']>;
  'policy.discarded': NonNullable<Policy['discarded']>;
  'policy.reopen': NonNullable<Policy['reopen']>;
  'policy.counters': NonNullable<Policy['counters']>;
  'policy.reentry': NonNullable<Policy['reentry']>;
  'grouping.list': NonNullable<MessageGrouping['list']>;
  'grouping.levels': NonNullable<MessageGrouping['levels']>;
  'last.from': NonNullable<LastRule['from']>;
  'stage.tone': Tone;
  'stage.mode': StageMode;
  'min.of': NonNullable<StageMinimum['of']>;
  'action.until': NonNullable<EffectAction['until']>;
  'fee.base': NonNullable<FeeRule['base']>;
  'fee.tiered': NonNullable<FeeRule['tiered']>;
  'fee.per': NonNullable<FeeRule['per']>;
  'interest.base': NonNullable<InterestRule['base']>;
  'interest.from': NonNullable<InterestRule['from']>;
  'interest.round': NonNullable<InterestRule['round']>;
  'message.about': MessageAbout;
}

export type Choices = { readonly [K in keyof ChoiceValues]: Readonly<Record<ChoiceValues[K], string>> };

/** What the differences of documents are told with, in one language. What is handed in is in that language already. */
export interface DiffWords {
  readonly none: string;
  /** Heads of the parts of a text. */
  readonly head: (kind: 'plan' | 'policy' | 'messages', name: string) => string;
  readonly list: (parts: readonly string[]) => string;
  /** What things are called: `stage “Firm reminder”`. `name` is quoted already. */
  readonly things: Readonly<
    Record<Exclude<ThingKind, 'action' | 'assignment' | 'adjustment' | 'language'>, (name: string) => string>
  >;
  /** Whom an assignment or an adjustment is for. */
  readonly targets: Readonly<
    Record<'invoice' | 'account' | 'branch' | 'entity' | 'area' | 'segment', (name: string) => string>
  > & { readonly everybody: string };
  readonly assignment: (target: string) => string;
  readonly adjustment: (target: string) => string;
  /** What a stage does. */
  readonly does: Readonly<
    Record<'send' | 'task' | 'alert' | 'effect' | 'fee' | 'close', (name: string) => string>
  > & {
    readonly handover: Readonly<Record<'agency' | 'legal', string>>;
    readonly writeOff: string;
    readonly escalate: string;
  };
  /** Bodies of sentences. */
  readonly changed: (label: string, after: string, before: string) => string;
  readonly newly: (label: string, after: string) => string;
  readonly noLonger: (label: string, before: string) => string;
  /** What held unsaid is now said, or the other way round. */
  readonly saidOutright: (label: string, value: string) => string;
  readonly leftUnsaid: (label: string, value: string) => string;
  readonly added: (thing: string, details: string | undefined) => string;
  readonly removed: (thing: string, details: string | undefined) => string;
  readonly moved: (thing: string, next: string | undefined) => string;
  readonly versionStays: (version: string) => string;
  readonly stages: (count: string, one: boolean) => string;
  readonly comes: (after: string, before: string) => string;
  readonly arrives: (when: string) => string;
  readonly called: (name: string) => string;
  readonly onlyIf: (after: string, before: string | undefined) => string;
  readonly whatever: (before: string) => string;
  readonly channelsGone: (gone: string, left: string) => string;
  readonly channelsCome: (come: string, all: string) => string;
  readonly more: (parts: string) => string;
  readonly less: (parts: string) => string;
  readonly labels: Readonly<Record<FieldKey, string>>;
  readonly choices: Choices;
  /** Values that stand in place of a duration or an id. */
  readonly special: Readonly<
    Record<'none' | 'continue' | 'waited' | 'acted' | 'nobody' | 'inherited', string>
  >;
  /** When a stage comes. */
  readonly trigger: {
    readonly opening: string;
    readonly on: Readonly<Record<Basis, string>>;
    readonly after: (span: string, basis: Basis) => string;
    readonly before: (span: string, basis: Basis) => string;
    readonly endOfMonth: string;
    readonly exclusive: string;
    readonly businessDay: Readonly<Record<'as-is' | 'next' | 'previous', string>>;
    readonly all: (parts: readonly string[]) => string;
    readonly any: (parts: readonly string[]) => string;
  };
  readonly patience: (span: string) => string;
  readonly nextChannel: string;
  readonly anyChannel: string;
  readonly cap: (max: string, span: string, cap: ContactCap, channel: string | undefined) => string;
  readonly noCaps: string;
  readonly anyTime: string;
  readonly window: (
    days: string | undefined,
    from: string,
    to: string,
    channels: string | undefined,
  ) => string;
  readonly consent: Readonly<Record<'required' | 'contract' | 'off', string>>;
  readonly consentFor: Readonly<Record<'dunning' | 'service', string>>;
  readonly unit: {
    readonly item: string;
    readonly group: (keys: string) => string;
    readonly carrier: Readonly<Record<'recompute' | 'inherit' | 'restart', string>>;
  };
  readonly adopt: {
    readonly pin: string;
    readonly adopt: string;
    readonly map: (pairs: string) => string;
  };
  readonly life: (span: string, from: LifeRule['from']) => string;
  readonly most: Readonly<Record<'upcoming' | 'overdue', (count: string) => string>>;
  readonly pilot: (percent: string, salt: string | undefined) => string;
  readonly yearly: (percent: string) => string;
  readonly since: (rate: string, day: string) => string;
  readonly tier: (from: string, charge: string) => string;
  readonly empty: string;
}

/** What a stage counts from, with which day of the stage before where it is that. */
export type Basis = Exclude<Trigger['from'], 'previous'> | `previous.${NonNullable<Trigger['of']>}`;
