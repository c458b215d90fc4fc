import { type CompiledMessages, textsOf } from './compile.js';
import { exampleFacts, exampleSender } from './examples.js';
import { renderMessage } from './render.js';
import type { Sender } from './sender.js';
import { renderTemplate } from './template.js';
import type { MessageForm } from './variables.js';

/** What is submitted to WhatsApp for approval, and how the parameters of a send map onto it. */
export interface TemplateDefinition {
  readonly message: string;
  /** BCP 47; the adapter turns it into the provider's code. */
  readonly language: string;
  readonly form: MessageForm;
  /** Reminders of a transaction are utility; nothing in them may promote. */
  readonly category: 'utility';
  /** Text with `{{1}}`, `{{2}}`, … in order of first appearance. */
  readonly body: string;
  /** By position, from 1; the order of `parameters` in a rendered text. */
  readonly parameters: readonly TemplateDefinitionParameter[];
}

/** One placeholder. */
export interface TemplateDefinitionParameter {
  readonly position: number;
  /** Variable of the catalogue. */
  readonly variable: string;
  /** Example value, made by the code that makes the values of a send. */
  readonly example: string;
}

/**
 * The WhatsApp templates of a catalogue, one per message, language and form,
 * made from the very texts that are sent. With the host's sender the examples
 * show its name and contact.
 *
 * @example
 * for (const template of templatesOf(compiled)) console.log(template.message, template.body);
 * @throws RecobroError `empty_variable` when the given sender lacks what a text needs
 */
export function templatesOf(
  compiled: CompiledMessages,
  sender: Sender = exampleSender,
): TemplateDefinition[] {
  const definitions: TemplateDefinition[] = [];
  for (const { message, language, channel, form, content } of textsOf(compiled)) {
    if (channel !== 'whatsapp' || content.kind !== 'text') continue;
    const { variables } = content.template;
    const example = renderMessage(compiled, {
      message,
      channel,
      languages: [language],
      facts: exampleFacts(language, form, sender),
    });
    definitions.push({
      message,
      language,
      form,
      category: 'utility',
      body: renderTemplate(content.template, (name) => `{{${variables.indexOf(name) + 1}}}`).trim(),
      parameters: variables.map((variable, index) => ({
        position: index + 1,
        variable,
        example: example.variables[variable] ?? '',
      })),
    });
  }
  return definitions;
}
