import { fill } from './fill.js';
import { helper } from './process.js';
import { rawReview } from './raw.js';
import type { ReviewResult } from './review-worker.js';
import { type Server, since } from './server.js';

export interface ReviewRow {
  readonly accounts: number;
  readonly invoices: number;
  readonly review: ReviewResult;
  /** Processor time of the server, sealing included. */
  readonly serverCpuMs: number | undefined;
  /** Invoices reviewed a second, with all that a commit writes. */
  readonly perSecond: number;
  /** The same, and what was logged sealed afterwards by the same process. */
  readonly perSecondSealed: number;
  /** Rows a second of the raw INSERT … SELECT right before and right after. */
  readonly raw: readonly number[];
  /** Of the faster raw run. */
  readonly share: number;
}

const invoicesEach = 5;

/** Leaves a database in which a message for each account is ready, about so many invoices. */
export async function reviewed(
  server: Server,
  database: string,
  accounts: number,
  invoices: number,
): Promise<Pick<ReviewRow, 'review' | 'serverCpuMs'>> {
  await fill(server, database, { accounts, invoices, next: 'now' });
  const worker = helper('review-worker.ts', { url: server.url(database) });
  await worker.next();
  const used = server.cpu();
  worker.tell('go');
  const review = await worker.next<ReviewResult>();
  if (review.failed > 0 || review.accounts !== accounts) throw new Error('not every account was reviewed');
  return { review, serverCpuMs: since(server, used) };
}

/** Leaves the database `reviewed`. */
export async function reviewRow(server: Server, accounts: number): Promise<ReviewRow> {
  const invoices = accounts * invoicesEach;
  const before = await rawReview(server, invoices);
  const { review, serverCpuMs } = await reviewed(server, 'reviewed', accounts, invoicesEach);
  const after = await rawReview(server, invoices);
  const raw = [before, after].map((ms) => (invoices / ms) * 1000);
  const perSecond = (invoices / review.reviewMs) * 1000;
  return {
    accounts,
    invoices,
    review,
    serverCpuMs,
    perSecond,
    perSecondSealed: (invoices / (review.reviewMs + review.sealMs)) * 1000,
    raw,
    share: perSecond / Math.max(...raw),
  };
}
