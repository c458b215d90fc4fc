import type { Becomes, OpenWork } from '../../engine/index.js';

/** What is told of worklists and of what comes next, in one language. Texts that are handed in are in that language already. */
export interface NextWords {
  readonly empty: string;
  /** `1. Robles Ltda (robles), 87 of 100 points, ana` */
  readonly entry: (place: string, who: string, score: string, owner: string | undefined) => string;
  readonly overdue: (amounts: string, days: string | undefined) => string;
  readonly lastContact: (day: string | undefined) => string;
  readonly since: (what: string, day: string) => string;
  /** What somebody has to do; `name` is in words or quoted. */
  readonly work: Readonly<Record<OpenWork['work'], (name: string) => string>>;
  readonly until: (day: string) => string;
  readonly first: string;
  readonly next: (what: string, when: string) => string;
  readonly becomes: Readonly<Record<Becomes, string>>;
  readonly because: (why: string) => string;
  readonly nothing: string;
  readonly idle: string;
  readonly more: (count: string) => string;
}
