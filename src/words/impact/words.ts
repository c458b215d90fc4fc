/** What the dry run of a change is told with, in one language. Texts that are handed in are in that language already. */
export interface ImpactWords {
  readonly title: (affected: string, all: string, one: boolean, when: string | undefined) => string;
  readonly nothing: (all: string, one: boolean) => string;
  /** Heads of the sums. */
  readonly heads: Readonly<Record<'messages' | 'fees' | 'levels' | 'cases', string>>;
  readonly gained: (count: string, amounts: string | undefined) => string;
  readonly lost: (count: string, amounts: string | undefined) => string;
  readonly changed: (count: string, after: string | undefined, before: string | undefined) => string;
  readonly levels: Readonly<
    Record<'gained' | 'lost' | 'raised' | 'lowered' | 'other', (count: string, one: boolean) => string>
  >;
  readonly cases: Readonly<
    Record<'kept' | 'adopted' | 'mapped' | 'closed' | 'opened', (count: string, one: boolean) => string>
  >;
  readonly withdrawn: (count: string, one: boolean) => string;
  readonly failed: (count: string, one: boolean) => string;
  /** Lines of an account. */
  readonly gains: (what: string) => string;
  readonly loses: (what: string) => string;
  readonly instead: (after: string, before: string) => string;
  readonly feeGained: (fee: string, amount: string) => string;
  readonly feeLost: (fee: string, amount: string) => string;
  readonly feeChanged: (fee: string, after: string, before: string) => string;
  readonly level: (item: string, after: string | undefined, before: string | undefined) => string;
  readonly ahead: (when: string) => string;
  readonly more: (count: string) => string;
  readonly moreAccounts: (count: string, one: boolean) => string;
}
