import type { Counted, Lexicon } from '../../words/lexicon/lexicon.js';
import type { StoryKind } from '../run/types.js';
import type { PreviewWords } from './preview/words.js';
import type { TimelineWords } from './timeline/words.js';

/** Every word of pictures and reports in one language, beside the common ones. */
export interface Words extends Lexicon {
  /** Narrow forms for the scale of a timeline. */
  readonly shortUnits: Readonly<Record<'d' | 'bd' | 'w' | 'mo', Counted>>;
  /** The narrowest, for the overview; days have none. */
  readonly tinyUnits: Readonly<Record<'bd' | 'w' | 'mo', string>>;
  /** What a line of a story tells. */
  readonly story: Readonly<Record<StoryKind, string>>;
  readonly timeline: TimelineWords;
  readonly preview: PreviewWords;
  readonly report: ReportWords;
}

export interface ReportWords {
  readonly simulation: string;
  readonly run: string;
  /** Headings; each is an anchor of the page as well. */
  readonly sections: Readonly<
    Record<
      'totals' | 'money' | 'aging' | 'stages' | 'months' | 'calendar' | 'held' | 'policy' | 'accounts',
      string
    >
  >;
  readonly reached: string;
  readonly reachedNote: string;
  readonly messages: string;
  readonly messagesNote: string;
  readonly thanks: string;
  readonly thanksNote: string;
  readonly tasks: string;
  readonly tasksNote: string;
  readonly contacted: string;
  readonly contactedNote: (of: string) => string;
  readonly skipped: string;
  readonly skippedNote: string;
  readonly refused: string;
  readonly refusedNote: string;
  readonly unknown: string;
  readonly unknownNote: string;
  readonly paymentsBefore: string;
  readonly paymentsAfter: string;
  readonly disputes: Readonly<Record<'hold' | 'ignore' | 'exclude', string>>;
  readonly reach: Readonly<Record<'assumed' | 'real', string>>;
  readonly ledgerLine: (accounts: string, invoices: string, payments: string) => string;
  readonly currency: string;
  readonly opening: string;
  readonly invoiced: string;
  readonly paid: string;
  readonly credited: string;
  readonly open: string;
  readonly overdue: string;
  readonly moneyNote: string;
  readonly buckets: Readonly<Record<'current' | 'days30' | 'days60' | 'days90' | 'older', string>>;
  readonly agingNote: string;
  readonly agingOf: (currency: string) => string;
  readonly showNumbers: string;
  readonly date: string;
  readonly total: string;
  readonly repeatsOf: (count: string) => string;
  readonly skippedStages: string;
  readonly reason: string;
  readonly count: string;
  readonly monthsNote: string;
  readonly calendarNote: string;
  readonly heldTitle: string;
  readonly heldNote: string;
  readonly waitingTitle: string;
  readonly waitingNote: string;
  readonly nothing: string;
  readonly accountsNote: string;
  readonly accountsLeftOut: (left: string) => string;
  readonly linesLeftOut: (left: string) => string;
  readonly noContact: string;
  readonly due: string;
  readonly until: string;
  readonly documents: string;
  readonly madeBy: string;
}
