import type { StageMode } from '../../../policy/types.js';

/** What happens outside of the ladder, each with its panel in the picture. */
export type Cause = 'paid' | 'promise' | 'dispute' | 'reply' | 'reported' | 'exhausted' | 'reopened';

/** Every word of the picture of a policy. A `span` is such as `5 days`. */
export interface TimelineWords {
  /** Alternative text: title of the picture. */
  readonly title: (policy: string) => string;
  readonly version: (version: number) => string;
  readonly inactive: string;
  readonly dueDate: string;
  readonly level: (level: number) => string;
  readonly trigger: TriggerWords;
  readonly condition: ConditionWords;
  readonly stage: StageWords;
  readonly action: ActionWords;
  readonly last: LastWords;
  readonly about: AboutWords;
  readonly cause: CauseWords;
  /** How arrows between channels are to be read. */
  readonly legend: { readonly next: string; readonly patience: string };
}

/** When a stage acts. */
export interface TriggerWords {
  /** Under `0` on the scale. */
  readonly day: string;
  /** Under the number on the scale, where it does not count from the due date. */
  readonly short: Readonly<Record<'issue' | 'previous' | 'grace' | 'opened', string>>;
  /** On the scale in place of a number. */
  readonly badge: Readonly<Record<'holds' | 'requested' | 'several' | 'start', string>>;
  readonly after: (span: string, basis: string) => string;
  readonly before: (span: string, basis: string) => string;
  readonly on: (basis: string) => string;
  readonly basis: Readonly<Record<'due' | 'issue' | 'grace' | 'opened', string>>;
  /** The stage before, by which day of it counts. */
  readonly previous: Readonly<Record<'proposed' | 'done' | 'delivered' | 'deadline', string>>;
  readonly endOfMonth: string;
  readonly exclusive: string;
  readonly businessDay: Readonly<Record<'next' | 'previous', string>>;
  readonly latestOf: (list: string) => string;
  readonly earliestOf: (list: string) => string;
  /** Where a chain of stages comes to; `day` is such as `+19`. */
  readonly roughly: (day: string) => string;
  readonly requested: string;
  readonly holds: string;
  readonly opening: string;
}

export interface ConditionWords {
  readonly onlyIf: string;
  /** Least amounts of a stage. */
  readonly amount: (amount: string, of: 'case' | 'account') => string;
  readonly share: (percent: string, of: 'case' | 'account') => string;
  readonly belowActs: string;
}

/** Rules of one stage. */
export interface StageWords {
  readonly mode: Readonly<Record<Exclude<StageMode, 'auto'>, string>>;
  readonly lapses: (span: string) => string;
  readonly gap: (span: string) => string;
  readonly noGap: string;
  readonly fromTime: (time: string) => string;
  readonly expires: (span: string) => string;
  readonly keep: string;
  readonly deadline: (span: string) => string;
  readonly nothing: string;
}

export interface ActionWords {
  readonly message: string;
  readonly task: string;
  readonly within: (span: string) => string;
  readonly to: string;
  readonly copy: string;
  readonly signed: string;
  readonly attached: string;
  /** Documents whose name is not their id. */
  readonly documents: Readonly<Record<string, string>>;
  readonly alert: (text: string, to: string | undefined) => string;
  readonly effect: (effect: string) => string;
  /** Effects whose name is not their id. */
  readonly effects: Readonly<Record<string, string>>;
  readonly untilSettled: string;
  readonly whileLevel: string;
  readonly fee: string;
  readonly feeOf: Readonly<Record<'dunnable' | 'outstanding' | 'original' | 'overdue', string>>;
  readonly from: (amount: string) => string;
  readonly interest: (rate: string) => string;
  readonly agreedInterest: string;
  readonly atLeast: (amount: string) => string;
  readonly atMost: (amount: string) => string;
  readonly perMessage: string;
  readonly handover: Readonly<Record<'agency' | 'legal', string>>;
  readonly writeOff: string;
  readonly close: (reason: string) => string;
  readonly escalate: string;
}

/** What follows the last stage. */
export interface LastWords {
  readonly repeats: (span: string, times: number) => string;
  /** So many repeats that it amounts to endless. */
  readonly endless: (span: string, times: string) => string;
  readonly from: Readonly<Record<'due' | 'issue', string>>;
  readonly end: string;
  readonly exhausted: Readonly<Record<'waited' | 'acted', string>>;
  readonly exhaustedAfter: (span: string) => string;
  readonly life: (span: string, from: 'due' | 'opened' | 'first') => string;
  readonly noStages: string;
}

/** Rules that hold for the whole policy: headings, then what stands under them. */
export interface AboutWords {
  readonly headings: Readonly<
    Record<'who' | 'climbs' | 'messages' | 'contacts' | 'hours' | 'late' | 'pauses' | 'more', string>
  >;
  readonly everyone: string;
  readonly everyoneElse: string;
  readonly named: Readonly<
    Record<'segment' | 'account' | 'branch' | 'entity' | 'area' | 'invoice' | 'experiment', string>
  >;
  readonly share: (percent: string) => string;
  readonly nobody: string;
  readonly scope: string;
  readonly item: string;
  readonly group: (keys: string) => string;
  readonly carrier: Readonly<Record<'recompute' | 'inherit' | 'restart', string>>;
  readonly state: string;
  readonly reentry: Readonly<Record<'once' | 'repeat', string>>;
  readonly climb: string;
  readonly messagePer: (keys: string) => string;
  readonly list: Readonly<Record<'overdue' | 'open', string>>;
  readonly levels: Readonly<Record<'lift' | 'absorb', string>>;
  readonly gap: (span: string) => string;
  readonly noGap: string;
  readonly cap: (max: number, span: string) => string;
  readonly capOf: (max: number, per: 'week' | 'month') => string;
  readonly late: Readonly<Record<'latest' | 'each' | 'drop', string>>;
  readonly entry: Readonly<Record<'first' | 'latest', string>>;
  readonly resume: Readonly<Record<'next' | 'latest' | 'same' | 'first', string>>;
  readonly restart: (span: string) => string;
  readonly grace: (span: string) => string;
  readonly arrears: (span: string) => string;
  readonly done: Readonly<Record<'confirmed' | 'proposed' | 'delivered', string>>;
  readonly both: string;
  /** Accounts and segments for which the plan changes something. */
  readonly adjusted: (list: string) => string;
}

/** What happens when something happens. */
export interface CauseWords {
  readonly heading: string;
  readonly titles: Readonly<Record<Cause, string>>;
  readonly thanks: string;
  readonly acknowledged: string;
  readonly paid: string;
  readonly partPaid: string;
  readonly effectsEnd: string;
  readonly promise: string;
  readonly promiseGrace: (span: string) => string;
  readonly promiseTolerance: (percent: string) => string;
  readonly kept: string;
  readonly broken: string;
  readonly goesOn: string;
  readonly dispute: Readonly<Record<'part' | 'item' | 'account', string>>;
  readonly disputeOver: string;
  readonly reply: (span: string) => string;
  readonly replyIgnored: string;
  readonly reported: (span: string) => string;
  readonly exhausted: string;
  readonly reopened: Readonly<Record<'continue' | 'restart', string>>;
}
