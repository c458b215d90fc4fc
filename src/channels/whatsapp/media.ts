import { createHash } from 'node:crypto';
import type { Attachment, SendOptions, SendOutcome } from '../channel.js';
import { type HttpTransport, post } from '../http.js';
import { fieldOf, idOf, parseJson } from '../json.js';
import { outcomeOfAnswer } from './answer.js';

/** Ids of uploaded media last 30 days (Meta: media, 2026-04-17); a day is kept back for what waits to be delivered. */
const lasting = 29 * 86_400_000;
/** Ids kept; the oldest go first. An id that was dropped costs one more upload. */
const mostKept = 1_000;

/** An id to send with, or why there is none. Nothing was sent yet, so it is never `unknown`. */
export type Uploaded =
  /** `kept`: of an earlier message, so that it may be gone. */
  | { readonly id: string; readonly kept?: true }
  | { readonly failed: Exclude<SendOutcome, { readonly outcome: 'accepted' | 'unknown' }> };

/** Where documents are handed over. */
export interface MediaOptions {
  readonly transport: HttpTransport;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeout: number;
}

/**
 * Hands documents to Meta, each content once while its id lasts: a statement of terms that goes to a thousand
 * people is one upload. Ids belong to the phone number and are kept in the memory of the process.
 */
export class MediaShelf {
  readonly #options: MediaOptions;
  readonly #kept = new Map<string, { readonly until: number; readonly id: string }>();
  readonly #under = new Map<string, Promise<Uploaded>>();

  constructor(options: MediaOptions) {
    this.#options = options;
  }

  /** The id of a document, uploaded unless that was done lately. */
  async idFor(file: Attachment, options: SendOptions): Promise<Uploaded> {
    const key = keyOf(file);
    const kept = this.#kept.get(key);
    if (kept !== undefined && kept.until > options.now) return { id: kept.id, kept: true };
    // Several messages with the same document wait for one upload.
    const under = this.#under.get(key);
    if (under !== undefined) return under;
    const upload = this.#upload(file, key, options).finally(() => this.#under.delete(key));
    this.#under.set(key, upload);
    return upload;
  }

  /** After Meta did not take a message with it: the next attempt uploads it anew. */
  forget(file: Attachment): void {
    this.#kept.delete(keyOf(file));
  }

  /** After Meta told that it could not use a document, without saying which: each is uploaded anew when it is needed. */
  forgetAll(): void {
    this.#kept.clear();
  }

  async #upload(file: Attachment, key: string, options: SendOptions): Promise<Uploaded> {
    const { transport, url, headers, timeout } = this.#options;
    const { body, type } = form(file, key);
    const result = await post(transport, {
      url,
      // One caller's signal must not break off what others wait for.
      headers: { ...headers, 'content-type': type },
      body,
      timeout,
    });
    const id = result.kind === 'answered' && result.status < 300 ? mediaId(result.body) : undefined;
    if (id === undefined) return { failed: harmless(outcomeOfAnswer(result, options)) };
    this.#kept.delete(key);
    this.#kept.set(key, { id, until: options.now + lasting });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) break;
      this.#kept.delete(oldest);
    }
    return { id };
  }
}

/** An upload that got lost left nothing with anybody: it can be made again. */
function harmless(outcome: SendOutcome): Extract<Uploaded, { readonly failed: unknown }>['failed'] {
  if (outcome.outcome === 'accepted')
    return { outcome: 'retry', scope: 'message', code: 'whatsapp:no_media_id' };
  return outcome.outcome === 'unknown' ? { outcome: 'retry', scope: 'account', code: outcome.code } : outcome;
}

function mediaId(body: string): string | undefined {
  return idOf(fieldOf(parseJson(body), 'id'));
}

function keyOf({ type, content }: Attachment): string {
  return createHash('sha256').update(type).update('\n').update(content).digest('hex');
}

/**
 * The form that Meta takes files by. The boundary is made from the content's hash, which the content cannot hold; the
 * file's own name is said when it is sent.
 */
function form({ type, content }: Attachment, key: string): { body: Uint8Array<ArrayBuffer>; type: string } {
  const boundary = `recobro-${key.slice(0, 48)}`;
  const part = (name: string, rest: string): string =>
    `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${rest}`;
  const head = [
    part('messaging_product', '\r\n\r\nwhatsapp\r\n'),
    part('type', `\r\n\r\n${type}\r\n`),
    part('file', `; filename="document.pdf"\r\ncontent-type: ${type}\r\n\r\n`),
  ].join('');
  const body = Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${boundary}--\r\n`)]);
  return { body: new Uint8Array(body), type: `multipart/form-data; boundary=${boundary}` };
}
