/**
 * What a plan says about amounts, made ready for days and instants. The engine
 * makes them from the plan; see `BlockRules`, `SourceRule` and `CreditRules` of
 * the policy module.
 */
export interface LedgerRules {
  readonly dispute: 'part' | 'item' | 'account';
  readonly unapplied: 'reduce' | 'ignore' | 'covers';
  readonly holdEnd: 'inclusive' | 'exclusive';
  readonly promise: {
    readonly graceDays: number;
    /** Percent that may be lacking. */
    readonly tolerance: number;
    /** Days until the promised day where none was said. */
    readonly withinDays: number;
  };
  /** Days after a payment was seen during which it holds. */
  readonly unbookedDays: number;
  /** Days after a reply during which it holds; undefined: replies do not. */
  readonly replyDays: number | undefined;
  /** Facts that must be fresh, with their greatest age in milliseconds. */
  readonly sources: readonly { readonly id: string; readonly maxAge: number }[];
  readonly credit: {
    /** Days past due beyond which an item is overdue exposure. */
    readonly marginDays: number;
    /** Days for which a returned payment counts. */
    readonly returnedDays: number;
  };
}

/** The rules of a plan that says nothing. */
export const defaultLedgerRules: LedgerRules = {
  dispute: 'part',
  unapplied: 'reduce',
  holdEnd: 'inclusive',
  promise: { graceDays: 0, tolerance: 0, withinDays: 7 },
  unbookedDays: 5,
  replyDays: 3,
  sources: [],
  credit: { marginDays: 0, returnedDays: 90 },
};
