/** What is told of work that does not move, in one language. Texts that are handed in are in that language already. */
export interface StuckWords {
  readonly nothing: string;
  readonly unknown: (count: string, one: boolean) => string;
  readonly leases: (count: string, one: boolean) => string;
  readonly circuits: (count: string, one: boolean) => string;
  readonly rates: (count: string, one: boolean) => string;
  /** A limit that is reached: whose, which, until when. */
  readonly rate: (whose: string, limit: string, until: string) => string;
  readonly overdue: (count: string, one: boolean) => string;
  readonly reviews: (count: string, one: boolean) => string;
  readonly lapsing: (count: string, one: boolean) => string;
  readonly deadLetters: (count: string, one: boolean) => string;
  /** What came in and could not be worked on. */
  readonly aside: (count: string, one: boolean) => string;
  /** An act or account, since when, and why. */
  readonly line: (what: string, since: string, why: string | undefined) => string;
  readonly scope: Readonly<
    Record<
      'account' | 'sender' | 'template' | 'recipient' | 'pair',
      (channel: string, name: string) => string
    >
  >;
  readonly nextProbe: (when: string) => string;
  readonly until: (day: string) => string;
  readonly more: (count: string) => string;
}
