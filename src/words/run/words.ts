/** What is said of runs and of the work that they bring, in one language. */
export interface RunWords {
  /** What waits for somebody. `until` is the last day, in words. */
  readonly approve: (message: string, until: string | undefined) => string;
  readonly doByHand: (message: string, until: string | undefined) => string;
  /** What a person brings to somebody. */
  readonly byHand: Readonly<
    Record<'call' | 'letter', (message: string, owner: string, until: string | undefined) => string>
  >;
  /** `reminder by WhatsApp` */
  readonly messageBy: (message: string, channel: string | undefined) => string;
  readonly alert: (name: string, owner: string) => string;
  readonly effectOn: (name: string) => string;
  readonly effectOff: (name: string) => string;
  readonly fee: (name: string, sums: string | undefined) => string;
  readonly handover: (to: string) => string;
  readonly legal: string;
  readonly agency: string;
  readonly writeOff: (owner: string) => string;
  readonly task: (what: string, owner: string) => string;
  readonly anyTask: string;
  readonly anyOwner: string;
  /** What became of a message; `why` is a clause. */
  readonly outcome: Readonly<
    Record<
      'unknown' | 'delayed' | 'refused' | 'failed' | 'misconfigured' | 'notReviewed',
      (why: string) => string
    >
  >;
  /** How many messages or people a limit lets out in which time. */
  readonly limit: (
    most: string,
    counts: 'messages' | 'people',
    per: 'second' | 'minute' | 'hour' | 'day',
  ) => string;
  /** The head of a run's text. */
  readonly counts: Readonly<Record<RunList, (count: string, one: boolean) => string>>;
  /** At the head of each line. */
  readonly heads: Readonly<Record<RunList, string>>;
  readonly more: (count: string) => string;
  readonly invoicesMore: (some: string, count: string) => string;
  readonly next: (when: string) => string;
  readonly nothingBefore: (when: string) => string;
  readonly nothingPlanned: string;
  /** That a message waits to be tried, and until when. */
  readonly messageWaits: (when: string) => string;
  /** That nothing goes out, or nothing by a channel. */
  readonly paused: (channel: string | undefined, since: string, author: string) => string;
}

/** The lists of a run. */
export type RunList = 'sent' | 'waiting' | 'skipped' | 'tasks' | 'failed';
