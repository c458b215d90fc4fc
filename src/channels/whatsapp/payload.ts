import { callbackKey } from '../callback-key.js';
import type { OutboundMessage } from '../channel.js';
import { variableOf } from '../filled.js';
import { parameterText } from '../parameter-text.js';
import { payloadOf, suffixOf } from './filled.js';
import type { WhatsappButton } from './parts.js';
import type { WhatsappTemplate } from './templates.js';

/** A document as Meta takes it: uploaded, or to be fetched. */
export type DocumentValue =
  | { readonly id: string; readonly filename?: string }
  | { readonly link: string; readonly filename?: string };

interface Addressed {
  readonly messaging_product: 'whatsapp';
  readonly recipient_type: 'individual';
  readonly to: string;
  readonly biz_opaque_callback_data: string;
}

/** Body of `POST /{phone-number-id}/messages` for a template, the part that is used. */
export interface TemplatePayload extends Addressed {
  readonly type: 'template';
  readonly template: {
    readonly name: string;
    readonly language: { readonly code: string };
    readonly components?: readonly TemplateComponent[];
  };
}

/** The values of a part of a template. */
export type TemplateComponent = BodyComponent | HeaderComponent | ButtonComponent;

/** The body's values, in order or by name. */
export interface BodyComponent {
  readonly type: 'body';
  readonly parameters: readonly {
    readonly type: 'text';
    readonly parameter_name?: string;
    readonly text: string;
  }[];
}

/** The document above the text. */
export interface HeaderComponent {
  readonly type: 'header';
  readonly parameters: readonly [{ readonly type: 'document'; readonly document: DocumentValue }];
}

/** What a button takes; buttons are told apart by their place. */
export type ButtonComponent = {
  readonly type: 'button';
  readonly index: string;
} & (
  | {
      readonly sub_type: 'quick_reply';
      readonly parameters: readonly [{ readonly type: 'payload'; readonly payload: string }];
    }
  | {
      readonly sub_type: 'url';
      readonly parameters: readonly [{ readonly type: 'text'; readonly text: string }];
    }
);

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
  document?: DocumentValue,
): TemplatePayload | undefined {
  const parameters = parametersOf(message, template);
  const buttons = buttonsOf(message, template.buttons ?? []);
  if (parameters === undefined || buttons === undefined) return undefined;
  if (template.header !== undefined && document === undefined) return undefined;
  const components: TemplateComponent[] = [];
  if (document !== undefined)
    components.push({ type: 'header', parameters: [{ type: 'document', document }] });
  if (parameters.length > 0) components.push({ type: 'body', parameters });
  components.push(...buttons);
  return {
    ...addressed(message),
    type: 'template',
    template: {
      name: template.name,
      language: { code: template.language },
      ...(components.length > 0 ? { components } : {}),
    },
  };
}

function addressed(message: OutboundMessage): Addressed {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    to: message.to,
    biz_opaque_callback_data: callbackKey(message),
  };
}

function buttonsOf(
  message: OutboundMessage,
  buttons: readonly WhatsappButton[],
): readonly ButtonComponent[] | undefined {
  const found: ButtonComponent[] = [];
  for (const [place, button] of buttons.entries()) {
    const index = String(place);
    if (button.type === 'reply') {
      const payload = payloadOf(button.payload, message);
      if (payload === undefined) return undefined;
      found.push({
        type: 'button',
        sub_type: 'quick_reply',
        index,
        parameters: [{ type: 'payload', payload }],
      });
    } else if (button.type === 'url' && button.suffix !== undefined) {
      const text = suffixOf(button, message);
      if (text === undefined) return undefined;
      found.push({ type: 'button', sub_type: 'url', index, parameters: [{ type: 'text', text }] });
    }
  }
  return found;
}

type Parameters = BodyComponent['parameters'];

function parametersOf(message: OutboundMessage, template: WhatsappTemplate): Parameters | undefined {
  if (message.content.kind !== 'text') return undefined;
  const { parameters } = message.content;
  const wanted = template.parameters ?? parameters.map((parameter) => parameter.name);
  const found: { type: 'text'; parameter_name?: string; text: string }[] = [];
  const entries: [string | undefined, string][] = isList(wanted)
    ? wanted.map((variable) => [undefined, variable])
    : Object.entries(wanted);
  for (const [name, variable] of entries) {
    const text = parameterText(variableOf(message, variable));
    if (text === '') return undefined;
    found.push({ type: 'text', ...(name === undefined ? {} : { parameter_name: name }), text });
  }
  return found;
}

function isList(value: readonly string[] | Readonly<Record<string, string>>): value is readonly string[] {
  return Array.isArray(value);
}
