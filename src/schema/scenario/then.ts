import { z } from 'zod';
import { registry, strict } from '../shapes/elements.js';
import { moment, words } from './given.js';

/** Expectations. Values are data or operators, which the runner reads; keys are checked here. */

const any = z.unknown();

/** Members that something found can have; each may be expected. A misspelt one would make `none` say nothing. */
function found(keys: readonly string[]) {
  return z.union([words, strict(Object.fromEntries(keys.map((key) => [key, any.optional()])))]);
}

function list<T extends z.ZodType>(element: T) {
  return z.union([
    z.literal('none'),
    z.int().min(0),
    z.array(element).max(2000),
    strict({
      some: z.array(element).max(2000).optional(),
      exactly: z.array(element).max(2000).optional(),
      none: z.array(element).max(2000).optional(),
      every: element.optional(),
      count: any.optional(),
      inOrder: z.boolean().optional(),
    }),
  ]);
}

/** Members of an act as expectations see it. */
export const actKeys = [
  'id',
  'account',
  'kind',
  'name',
  'message',
  'stage',
  'policy',
  'version',
  'hash',
  'plan',
  'tone',
  'mode',
  'state',
  'purpose',
  'topic',
  'answers',
  'channel',
  'contact',
  'position',
  'copy',
  'from',
  'attach',
  'owner',
  'deadline',
  'lapses',
  'reason',
  'effect',
  'occurrence',
  'language',
  'covers',
  'items',
  'invoices',
  'totals',
  'charges',
  'fee',
  'amount',
  'currency',
  'interest',
  'dossier',
  'on',
  'attempts',
  'notBefore',
  'patience',
  'result',
] as const;

/** Beside those of its act. */
export const sentKeys = [
  ...actKeys,
  'to',
  'toName',
  'form',
  'subject',
  'text',
  'html',
  'thread',
  'at',
  'attempt',
  'outcome',
  'code',
  'parameters',
  'copies',
  'attachments',
  'mailbox',
  'replyTo',
] as const;

/** Beside those of its act. */
export const draftKeys = [
  ...actKeys,
  'to',
  'toName',
  'form',
  'subject',
  'text',
  'html',
  'tries',
  'again',
  'until',
  'not',
] as const;

export const feeKeys = [
  'act',
  'account',
  'stage',
  'fee',
  'amount',
  'currency',
  'interest',
  'fixed',
  'percent',
  'items',
  'on',
  'basis',
  'source',
  'state',
] as const;

export const outcomeKeys = ['act', 'account', 'stage', 'channel', 'outcome', 'code', 'until'] as const;
export const skippedKeys = [
  'account',
  'item',
  'case',
  'stage',
  'occurrence',
  'reason',
  'author',
  'note',
  'on',
] as const;

export const noticeKeys = [
  'act',
  'account',
  'stage',
  'message',
  'contact',
  'at',
  'resolved',
  'items',
  'asked',
  'open',
] as const;

const acts = list(found(actKeys));
const sent = list(found(sentKeys));
const event = z.union([words, z.record(z.string(), any)]);

const happenings = {
  acts: acts.optional(),
  sent: sent.optional(),
  attempts: sent.optional(),
  tasks: acts.optional(),
  alerts: acts.optional(),
  fees: list(found(feeKeys)).optional(),
  handovers: acts.optional(),
  outcomes: list(found(outcomeKeys)).optional(),
  skipped: list(found(skippedKeys)).optional(),
  events: z.union([list(event), z.record(z.string(), any)]).optional(),
  text: any.optional(),
};

const byId = z.record(z.string(), any);

export const expectations = strict({
  ...happenings,
  soFar: strict(happenings).optional(),
  nothing: z.literal(true).optional(),
  pending: acts.optional(),
  drafts: list(found(draftKeys)).optional(),
  notices: list(found(noticeKeys)).optional(),
  levels: byId.optional(),
  items: byId.optional(),
  accounts: byId.optional(),
  amounts: byId.optional(),
  totals: byId.optional(),
  effects: z.record(z.string(), z.enum(['on', 'off'])).optional(),
  counters: byId.optional(),
  reasons: byId.optional(),
  explain: byId.optional(),
  next: any.optional(),
  forecast: strict({ until: moment, acts }).optional(),
  reviewed: any.optional(),
  failed: list(found(['account', 'code'])).optional(),
  synced: any.optional(),
  portfolio: any.optional(),
  impact: any.optional(),
  lint: list(found(['id', 'severity', 'path', 'message', 'fix'])).optional(),
});

registry.add(expectations, {
  title: 'Then',
  description: 'What is expected: partial unless `exactly` or `none` says otherwise.',
});
