import type { Counted } from '../../../words/lexicon/lexicon.js';

/** Words of the page that shows a policy with example messages. */
export interface PreviewWords {
  readonly title: (policies: string) => string;
  readonly policy: string;
  readonly table: string;
  readonly columns: Readonly<Record<'when' | 'stage' | 'tone' | 'does' | 'notes', string>>;
  readonly causeTable: string;
  readonly cause: string;
  readonly happens: string;
  readonly messages: string;
  readonly note: string;
  readonly language: string;
  readonly channel: string;
  readonly everyChannel: string;
  readonly invoices: string;
  readonly forms: Readonly<Record<'one' | 'many', string>>;
  readonly usedBy: (list: string) => string;
  readonly unused: string;
  readonly characters: Counted;
  readonly charactersOf: (count: string, most: string) => string;
  readonly segments: Counted;
  readonly shortLetters: Readonly<Record<'gsm7' | 'ucs2', string>>;
  readonly from: string;
  readonly subject: string;
  readonly plainText: string;
  readonly emailFrame: (subject: string) => string;
  readonly noText: string;
  readonly cannot: string;
  readonly today: string;
  readonly madeBy: string;
}
