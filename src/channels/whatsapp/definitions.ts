import { type Problem, RecobroError } from '../../errors.js';
import type { TemplateDefinition } from '../../messages/index.js';
import { type Filling, namesIn } from '../filled.js';
import { suffixOf } from './filled.js';
import { labelOf, type WhatsappButton, type WhatsappParts, type WhatsappUrlButton } from './parts.js';
import { type DerivedTemplateOptions, derivedPlace, metaLanguage, parameterName } from './templates.js';

/** Options of {@link templateDefinitions}: those of `derivedTemplates`, so that what is approved is what is sent. */
export interface TemplateDefinitionOptions extends DerivedTemplateOptions {
  /**
   * Seconds after which a message that could not be delivered is dropped: 30 to 43,200. Default 43,200 (12 h), the
   * longest that Meta takes. Without it a reminder may arrive up to 30 days late, long after payment.
   */
  readonly ttlSeconds?: number | undefined;
  /**
   * Handle of an example PDF, where templates have document headers: `exampleDocument` of {@link whatsappTemplates}
   * gives one.
   */
  readonly documentHandle?: string | undefined;
}

/** What is posted to `/{waba-id}/message_templates`. */
export interface WhatsappTemplateDefinition {
  readonly name: string;
  readonly language: string;
  readonly category: 'UTILITY';
  readonly parameter_format: 'POSITIONAL' | 'NAMED';
  readonly message_send_ttl_seconds: number;
  readonly components: readonly DefinedComponent[];
}

/** A part of a template, with example values for its reviewers. */
export type DefinedComponent =
  | {
      readonly type: 'HEADER';
      readonly format: 'DOCUMENT';
      readonly example: { readonly header_handle: readonly string[] };
    }
  | {
      readonly type: 'BODY';
      readonly text: string;
      readonly example?: {
        readonly body_text?: readonly (readonly string[])[];
        readonly body_text_named_params?: readonly {
          readonly param_name: string;
          readonly example: string;
        }[];
      };
    }
  | { readonly type: 'BUTTONS'; readonly buttons: readonly DefinedButton[] };

/** A button of a template. */
export type DefinedButton =
  | { readonly type: 'QUICK_REPLY'; readonly text: string }
  | { readonly type: 'PHONE_NUMBER'; readonly text: string; readonly phone_number: string }
  | {
      readonly type: 'URL';
      readonly text: string;
      readonly url: string;
      readonly example?: readonly string[];
    };

/** Longest time-to-live of utility templates (Meta: templates/time-to-live, 2026-05-21). */
const longestTtl = 43_200;

/**
 * The templates of a catalogue as Meta takes them for approval: bodies and examples from the very texts that are
 * sent, names, parts and parameters as `derivedTemplates` gives them to each send with the same options. Languages
 * that share a code at Meta are one template: that of the language whose own code it is.
 *
 * @example
 * const options = { prefix: 'acme', parts: { firm: { buttons: [{ type: 'reply', payload: 'paid', text: 'Ya pagué' }] } } };
 * const definitions = templateDefinitions(templatesOf(compiled, sender), options);
 * const channel = whatsapp({ phoneNumberId, accessToken, templates: derivedTemplates(options) });
 * @throws RecobroError `invalid_option` with every label, variable or handle that is missing
 */
export function templateDefinitions(
  templates: readonly TemplateDefinition[],
  options: TemplateDefinitionOptions = {},
): WhatsappTemplateDefinition[] {
  const problems: Problem[] = [];
  const note = (path: string, message: string) => {
    if (!problems.some((problem) => problem.path === path && problem.message === message))
      problems.push({ path, code: 'invalid_option', message });
  };
  const { ttlSeconds = longestTtl } = options;
  if (!Number.isSafeInteger(ttlSeconds) || ttlSeconds < 30 || ttlSeconds > longestTtl)
    note('ttlSeconds', `must be a whole number from 30 to ${longestTtl}`);
  const found = new Map<string, WhatsappTemplateDefinition>();
  for (const template of ordered(templates, options)) {
    const place = derivedPlace(template, options);
    if (place === undefined) {
      note('languages', `has no code of Meta's for ${template.language}`);
      continue;
    }
    const key = `${place.name} ${place.language}`;
    if (found.has(key)) continue;
    found.set(key, {
      ...place,
      category: 'UTILITY',
      parameter_format: options.named === true ? 'NAMED' : 'POSITIONAL',
      message_send_ttl_seconds: ttlSeconds,
      components: componentsOf(template, options, note),
    });
  }
  if (problems.length > 0)
    throw new RecobroError('invalid_option', 'The options of templateDefinitions() are not valid.', {
      problems,
    });
  return [...found.values()];
}

type Note = (path: string, message: string) => void;

/** Languages whose own code is the one wanted come first: another that shares the code then adds nothing. */
function ordered(
  templates: readonly TemplateDefinition[],
  options: DerivedTemplateOptions,
): readonly TemplateDefinition[] {
  const own = ({ language }: TemplateDefinition): boolean => {
    const mapped = options.languages;
    return (
      mapped === undefined || !Object.hasOwn(mapped, language) || mapped[language] === metaLanguage(language)
    );
  };
  return [...templates.filter(own), ...templates.filter((template) => !own(template))];
}

function componentsOf(
  template: TemplateDefinition,
  options: TemplateDefinitionOptions,
  note: Note,
): DefinedComponent[] {
  const parts: WhatsappParts =
    options.parts !== undefined && Object.hasOwn(options.parts, template.message)
      ? (options.parts[template.message] ?? {})
      : {};
  const components: DefinedComponent[] = [];
  if (parts.header !== undefined) {
    const { documentHandle } = options;
    if (documentHandle === undefined) note('documentHandle', 'is needed for templates with a document');
    else
      components.push({ type: 'HEADER', format: 'DOCUMENT', example: { header_handle: [documentHandle] } });
  }
  components.push(bodyOf(template, options.named === true));
  const { buttons = [] } = parts;
  const path = `parts.${template.message}.buttons`;
  if (buttons.length > 0) {
    const defined = buttons.map((button, index) => buttonOf(button, template, `${path}[${index}]`, note));
    components.push({ type: 'BUTTONS', buttons: defined });
  }
  return components;
}

function bodyOf({ body, parameters }: TemplateDefinition, named: boolean): DefinedComponent {
  if (parameters.length === 0) return { type: 'BODY', text: body };
  if (!named)
    return { type: 'BODY', text: body, example: { body_text: [parameters.map(({ example }) => example)] } };
  const nameAt = new Map(
    parameters.map(({ position, variable }) => [String(position), parameterName(variable)]),
  );
  return {
    type: 'BODY',
    text: body.replace(/\{\{(\d+)\}\}/g, (whole, position: string) => {
      const name = nameAt.get(position);
      return name === undefined ? whole : `{{${name}}}`;
    }),
    example: {
      body_text_named_params: parameters.map(({ variable, example }) => ({
        param_name: parameterName(variable),
        example,
      })),
    },
  };
}

function buttonOf(
  button: WhatsappButton,
  template: TemplateDefinition,
  path: string,
  note: Note,
): DefinedButton {
  const text = labelOf(button.text, template.language) ?? '';
  if (text === '') note(`${path}.text`, `has no label in ${template.language}`);
  switch (button.type) {
    case 'reply':
      checkNames(button.payload, template, `${path}.payload`, note);
      return { type: 'QUICK_REPLY', text };
    case 'phone':
      return { type: 'PHONE_NUMBER', text, phone_number: button.phone };
    case 'url':
      if (button.suffix === undefined) return { type: 'URL', text, url: button.url };
      checkNames(button.suffix, template, `${path}.suffix`, note);
      return { type: 'URL', text, url: `${button.url}{{1}}`, example: [exampleUrl(button, template)] };
  }
}

function checkNames(
  text: string,
  { message, language, parameters }: TemplateDefinition,
  path: string,
  note: Note,
) {
  for (const name of namesIn(text)) {
    // Every message about items may have it, whether its text says it or not.
    if (name === 'payment.link' || parameters.some(({ variable }) => variable === name)) continue;
    note(path, `the text of "${message}" in ${language} has no {{${name}}}`);
  }
}

/** With the example values where they give an address, which those of ways to pay without a link do not. */
function exampleUrl(button: WhatsappUrlButton, { parameters }: TemplateDefinition): string {
  const filling: Filling = {
    content: {
      kind: 'text',
      text: '',
      variables: { 'payment.link': `${button.url}example` },
      parameters: parameters.map(({ variable, example }) => ({ name: variable, value: example })),
    },
  };
  return `${button.url}${suffixOf(button, filling) ?? 'example'}`;
}
