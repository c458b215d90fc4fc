import { isAttachment, mostAttachments, mostBytes } from '../channels/attachment.js';
import type { Attachment, SendOutcome } from '../channels/channel.js';
import { attemptLimit } from '../channels/limit.js';
import type { Act, ActItem } from '../engine/index.js';
import type { Context } from './context.js';
import { codeOf } from './failures.js';

/** What is asked of a {@link DocumentPort}. */
export interface DocumentRequest {
  readonly tenant: string;
  readonly account: string;
  /** Id of the act that the document goes with. */
  readonly act: string;
  /** The document, as a stage's `attach` names it: `invoice`, `statement`, … */
  readonly name: string;
  /** What the message lists; amounts in minor units. */
  readonly items: readonly ActItem[];
  /** Language of the reader, BCP 47. */
  readonly language: string;
  /** Aborted when the time is over. */
  readonly signal: AbortSignal;
}

/**
 * Where documents come from. Asked right before a message goes out, once for
 * each document that the stage attaches, and only for channels that carry
 * attachments; several accounts may be served at once. The message may still
 * be taken back afterwards, so a call should change nothing.
 *
 * Answer one file, or one for each invoice of a message about several.
 * `undefined` or an empty list says that there is no such document: the message
 * is then not sent over this channel (`recobro:missing_document`). Throw where
 * it cannot be told for now: nothing is sent, and it is tried again later.
 *
 * @example
 * const documents: DocumentPort = {
 *   load: async ({ name, account }) =>
 *     name === 'statement'
 *       ? { name: 'statement.pdf', type: 'application/pdf', content: await readFile(`statements/${account}.pdf`) }
 *       : undefined,
 * };
 */
export interface DocumentPort {
  load(request: DocumentRequest): Promise<Attachment | readonly Attachment[] | undefined>;
  /** Milliseconds for all documents of one message, up to 30,000. Default 15,000. */
  readonly timeout?: number | undefined;
}

const defaultTimeout = 15_000;
/** Well below the lease of a claim, so that the act is still held when its documents are there. */
export const longestDocumentTimeout = 30_000;

/** Files for a message, or why it cannot go out with them. */
export type Loaded =
  | { readonly files: readonly Attachment[] | undefined }
  | { readonly failed: Extract<SendOutcome, { readonly outcome: 'refused' | 'retry' }> };

/**
 * The documents that an act brings along. Everything that goes wrong here is
 * definite: no call of a provider was made yet.
 */
export async function documentsOf(context: Context, act: Act): Promise<Loaded> {
  const { attach = [], channel = '' } = act;
  const { documents } = context;
  if (attach.length === 0) return { files: undefined };
  if (context.channels.get(channel)?.carries?.includes('attachments') !== true) {
    context.logger.info('the channel carries no attachments: the message goes without', {
      act: act.id,
      channel,
    });
    return { files: undefined };
  }
  const port = documents;
  if (port === undefined) return { failed: refused('missing_document') };
  const limit = attemptLimit(port.timeout ?? defaultTimeout, undefined);
  try {
    const { tenant } = context;
    const { account, items, language } = act;
    const { signal } = limit;
    const loading = attach.map(async (name) => ({
      name,
      found: await port.load({ tenant, account, act: act.id, name, items, language, signal }),
    }));
    const loaded = await limit.race(Promise.all(loading));
    if (loaded === undefined) return later(context, act, 'timeout');
    const files: Attachment[] = [];
    for (const { name, found } of loaded) {
      const own: readonly unknown[] = found === undefined || found === null ? [] : [found].flat();
      if (own.length === 0) return never(context, act, 'missing_document', name);
      for (const file of own) {
        if (!isAttachment(file)) return never(context, act, 'unusable_document', name);
        files.push(file);
      }
    }
    const bytes = files.reduce((sum, { content }) => sum + content.byteLength, 0);
    if (files.length > mostAttachments || bytes > mostBytes)
      return never(context, act, 'document_too_large', attach.join(', '));
    return { files };
  } catch (error) {
    return later(context, act, codeOf(error));
  } finally {
    limit.clear();
  }
}

function later(context: Context, act: Act, code: string): Loaded {
  context.logger.error('documents could not be loaded; it is tried again', { act: act.id, code });
  return { failed: { outcome: 'retry', scope: 'message', code: 'recobro:document_unavailable' } };
}

function never(
  context: Context,
  act: Act,
  code: 'missing_document' | 'unusable_document' | 'document_too_large',
  document: string,
): Loaded {
  context.logger.error('a message cannot go out without its documents', { act: act.id, document, code });
  return { failed: refused(code) };
}

function refused(code: string): Extract<Loaded, { readonly failed: unknown }>['failed'] {
  return { outcome: 'refused', scope: 'message', code: `recobro:${code}` };
}
