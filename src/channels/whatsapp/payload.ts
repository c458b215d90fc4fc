import { callbackKey } from '../callback-key.js';
import type { OutboundMessage, TemplateParameter } from '../channel.js';
import type { WhatsappTemplate } from './templates.js';

/** Body of `POST /{phone-number-id}/messages` for a template, the part that is used. */
export interface TemplatePayload {
  readonly messaging_product: 'whatsapp';
  readonly recipient_type: 'individual';
  readonly to: string;
  readonly type: 'template';
  readonly biz_opaque_callback_data: string;
  readonly template: {
    readonly name: string;
    readonly language: { readonly code: string };
    readonly components?: readonly TemplateComponent[];
  };
}

/** The body's values, in order or by name. */
export interface TemplateComponent {
  readonly type: 'body';
  readonly parameters: readonly {
    readonly type: 'text';
    readonly parameter_name?: string;
    readonly text: string;
  }[];
}

/**
 * The payload of a template send, or undefined where a value that the template
 * needs is missing or empty: a placeholder never goes out empty.
 *
 * `to` keeps its plus sign: without it Meta puts the sender's own country code
 * in front and the message may reach a stranger (Meta, Send messages, 2026-04-23).
 */
export function templatePayload(
  message: OutboundMessage,
  template: WhatsappTemplate,
): TemplatePayload | undefined {
  const parameters = parametersOf(message, template);
  if (parameters === undefined) return undefined;
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: message.to,
    type: 'template',
    biz_opaque_callback_data: callbackKey(message.key),
    template: {
      name: template.name,
      language: { code: template.language },
      ...(parameters.length > 0 ? { components: [{ type: 'body', parameters }] } : {}),
    },
  };
}

/** Body of `POST /{phone-number-id}/messages` for words of one's own, inside the service window. */
export interface TextPayload {
  readonly messaging_product: 'whatsapp';
  readonly recipient_type: 'individual';
  readonly to: string;
  readonly type: 'text';
  readonly biz_opaque_callback_data: string;
  readonly text: { readonly preview_url: boolean; readonly body: string };
}

/** Longer texts are refused (Meta: send-messages). */
const longestText = 4096;

/** A call that takes its time, and clocks that differ, must not miss the window. */
const margin = 5 * 60_000;

/**
 * The payload of a text message, where the recipient's service window is open long enough for it to arrive, and the
 * text fits: it costs nothing there and needs no approval (Meta: pricing, 2026-03-30). Undefined: a template has to go.
 */
export function windowPayload(message: OutboundMessage, now: number): TextPayload | undefined {
  const { content, windowUntil } = message;
  if (content.kind !== 'text' || windowUntil === undefined || windowUntil - now < margin) return undefined;
  if (content.text.trim() === '' || content.text.length > longestText) return undefined;
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: message.to,
    type: 'text',
    biz_opaque_callback_data: callbackKey(message.key),
    text: { preview_url: /https?:\/\//.test(content.text), body: content.text },
  };
}

type Parameters = TemplateComponent['parameters'];

function parametersOf(message: OutboundMessage, template: WhatsappTemplate): Parameters | undefined {
  if (message.content.kind !== 'text') return undefined;
  const { variables, parameters } = message.content;
  const wanted = template.parameters ?? parameters.map((parameter) => parameter.name);
  const found: { type: 'text'; parameter_name?: string; text: string }[] = [];
  const entries: [string | undefined, string][] = isList(wanted)
    ? wanted.map((variable) => [undefined, variable])
    : Object.entries(wanted);
  for (const [name, variable] of entries) {
    const text = parameterText(filledWith(variable, variables, parameters));
    if (text === '') return undefined;
    found.push({ type: 'text', ...(name === undefined ? {} : { parameter_name: name }), text });
  }
  return found;
}

function filledWith(
  name: string,
  variables: Readonly<Record<string, string>>,
  parameters: readonly TemplateParameter[],
): string {
  const shown = parameters.find((parameter) => parameter.name === name);
  if (shown !== undefined) return shown.value;
  return Object.hasOwn(variables, name) ? (variables[name] ?? '') : '';
}

/**
 * A value as Meta takes it: on one line, without tabs and without runs of
 * spaces, which Meta refuses. The lines of a list become one sentence, joined by
 * semicolons, so that two invoices do not run into each other.
 */
export function parameterText(value: string): string {
  const lines = value
    .split(/[\r\n\v\f\u0085\u2028\u2029]+/)
    .map((line) => line.replace(/[\p{Cc}\s]+/gu, (run) => (run === '\u00a0' || run === '\u202f' ? run : ' ')))
    .map((line) => line.replace(/^\s*[-•*·]\s+/, '').trim())
    .filter((line) => line !== '');
  return lines.reduce(
    (all, line) => (all === '' ? line : `${all}${/[.,;:!?]$/.test(all) ? ' ' : '; '}${line}`),
    '',
  );
}

function isList(value: readonly string[] | Readonly<Record<string, string>>): value is readonly string[] {
  return Array.isArray(value);
}
