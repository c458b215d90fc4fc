import { callbackKey } from '../callback-key.js';
import type { OutboundMessage } from '../channel.js';
import { payloadOf, suffixOf } from './filled.js';
import { labelOf, type WhatsappButton } from './parts.js';
import type { DocumentValue } from './payload.js';

/** Bodies of `POST /{phone-number-id}/messages` for words of one's own, inside the service window. */
export type WindowPayload = {
  readonly messaging_product: 'whatsapp';
  readonly recipient_type: 'individual';
  readonly to: string;
  readonly biz_opaque_callback_data: string;
  /** The message that is answered: shown above the answer. */
  readonly context?: { readonly message_id: string };
} & (
  | { readonly type: 'text'; readonly text: { readonly preview_url: boolean; readonly body: string } }
  | { readonly type: 'document'; readonly document: DocumentValue & { readonly caption: string } }
  | { readonly type: 'interactive'; readonly interactive: Interactive }
);

/** A text with buttons. */
export type Interactive = {
  readonly header?: { readonly type: 'document'; readonly document: DocumentValue };
  readonly body: { readonly text: string };
} & (
  | {
      readonly type: 'button';
      readonly action: {
        readonly buttons: readonly {
          readonly type: 'reply';
          readonly reply: { readonly id: string; readonly title: string };
        }[];
      };
    }
  | {
      readonly type: 'cta_url';
      readonly action: {
        readonly name: 'cta_url';
        readonly parameters: { readonly display_text: string; readonly url: string };
      };
    }
);

/** Longer texts are refused (Meta: send-messages); texts beside buttons and documents are shorter. */
const longestText = 4096;
const longestBeside = 1024;
/** Labels of buttons inside the window are shorter than those of templates, and there are three at most. */
const longestTitle = 20;
const mostReplies = 3;

/** A call that takes its time, and clocks that differ, must not miss the window. */
const margin = 5 * 60_000;

/** Whether the recipient's service window is open for long enough. */
export function isWindowOpen({ windowUntil }: OutboundMessage, now: number): boolean {
  return windowUntil !== undefined && windowUntil - now >= margin;
}

/** What a message brings along beside its text: that of its template. */
export interface Beside {
  readonly buttons?: readonly WhatsappButton[] | undefined;
  readonly document?: DocumentValue | undefined;
}

/**
 * The payload of a message in its own words, where the recipient's service window is open long enough for it to
 * arrive, and everything fits: it costs nothing there and needs no approval (Meta: pricing, 2026-03-30). Buttons of
 * the template become buttons of the message where that can be had: up to three replies, or one address. Undefined:
 * the template has to go, which inside the window costs nothing either.
 */
export function windowPayload(
  message: OutboundMessage,
  now: number,
  { buttons = [], document }: Beside = {},
): WindowPayload | undefined {
  const { content } = message;
  if (content.kind !== 'text' || !isWindowOpen(message, now)) return undefined;
  const { text } = content;
  const longest = buttons.length > 0 || document !== undefined ? longestBeside : longestText;
  if (text.trim() === '' || text.length > longest) return undefined;
  const head = {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: message.to,
    biz_opaque_callback_data: callbackKey(message),
  } as const;
  if (buttons.length > 0) {
    const interactive = interactiveOf(message, text, buttons);
    if (interactive === undefined) return undefined;
    const header = document === undefined ? {} : { header: { type: 'document', document } as const };
    return { ...head, type: 'interactive', interactive: { ...header, ...interactive } };
  }
  if (document !== undefined) return { ...head, type: 'document', document: { ...document, caption: text } };
  return { ...head, type: 'text', text: { preview_url: /https?:\/\//.test(text), body: text } };
}

/**
 * The payload of an answer in its own words: its options as buttons where the text leaves room for them, else all of it
 * as text; with the message that it answers above it. Undefined where the service window is closed.
 */
export function answerPayload(message: OutboundMessage, now: number): WindowPayload | undefined {
  const { answer, content } = message;
  const plain = windowPayload(message, now);
  if (answer === undefined || plain === undefined || content.kind !== 'text') return undefined;
  const quoted = answer.to === undefined ? {} : { context: { message_id: answer.to } };
  const { text, options } = answer;
  if (options.length === 0 || text.length > longestBeside) return { ...plain, ...quoted };
  const buttons = options.map(({ title, payload }) => ({
    type: 'reply' as const,
    reply: { id: payload, title },
  }));
  const { messaging_product, recipient_type, to, biz_opaque_callback_data } = plain;
  const interactive = { type: 'button', body: { text }, action: { buttons } } as const;
  const head = { messaging_product, recipient_type, to, biz_opaque_callback_data };
  return { ...head, ...quoted, type: 'interactive', interactive };
}

function interactiveOf(
  message: OutboundMessage,
  text: string,
  buttons: readonly WhatsappButton[],
): Interactive | undefined {
  const body = { text };
  const [only] = buttons;
  if (buttons.length === 1 && only?.type === 'url') {
    const suffix = only.suffix === undefined ? '' : suffixOf(only, message);
    const display_text = titleOf(only, message);
    if (suffix === undefined || display_text === undefined) return undefined;
    const parameters = { display_text, url: `${only.url}${suffix}` };
    return { type: 'cta_url', body, action: { name: 'cta_url', parameters } };
  }
  const replies = buttons.flatMap((button) => {
    const id = button.type === 'reply' ? payloadOf(button.payload, message) : undefined;
    const title = titleOf(button, message);
    return id === undefined || title === undefined ? [] : [{ type: 'reply' as const, reply: { id, title } }];
  });
  if (replies.length < buttons.length || replies.length > mostReplies) return undefined;
  return { type: 'button', body, action: { buttons: replies } };
}

function titleOf({ text }: WhatsappButton, { language }: OutboundMessage): string | undefined {
  const title = labelOf(text, language);
  return title !== undefined && title.length <= longestTitle ? title : undefined;
}
