import type { AccountFile } from 'recobro/engine';

/** Takes one invoice and the stage that acts on it. */
export type Tell = (invoice: string, stage: string) => void;

/** Somebody's way to do the work. */
export interface Contender {
  readonly name: string;
  /** Fast ones do all accounts in each round, slow ones a tenth. */
  readonly slow: boolean;
  /** Reviews one account, and tells of whatever it decided. */
  readonly review: (file: AccountFile, tell: Tell) => Promise<void> | void;
}

/** What came out: how many invoices are to be acted on, and a sum that is equal only for equal pairs. */
export interface Outcome {
  readonly acts: number;
  readonly checksum: string;
}

/** Lets a contender review files. What does not wait for anything is not awaited: that would cost time. */
export async function reviewAll(
  { review }: Contender,
  files: Iterable<AccountFile>,
  tell: Tell,
): Promise<void> {
  for (const file of files) {
    const underWay = review(file, tell);
    if (underWay instanceof Promise) await underWay;
  }
}

/** Lets a contender review files and sums up the pairs; their order plays no part. */
export async function outcomeOf(contender: Contender, files: Iterable<AccountFile>): Promise<Outcome> {
  let acts = 0;
  let sum = 0;
  await reviewAll(contender, files, (invoice, stage) => {
    acts++;
    sum = (sum + hash(`${invoice}\n${stage}`)) >>> 0;
  });
  return { acts, checksum: sum.toString(16).padStart(8, '0') };
}

/** FNV-1a, mixed once more so that sums of hashes of similar texts spread. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}
