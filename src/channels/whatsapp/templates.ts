import type { OutboundMessage } from '../channel.js';
import { fieldOf } from '../json.js';
import { type MappedForms, type MessageMap, mappedTo, visitMapped } from '../mapped.js';
import { OptionCheck } from '../options.js';
import { checkParts, partProblems, type WhatsappParts } from './parts.js';

/** An approved template of the WhatsApp Business Account, and what goes into its body. */
export interface WhatsappTemplate extends WhatsappParts {
  /** Its name at Meta: lower-case letters, digits and underscores. */
  readonly name: string;
  /** Its language code at Meta, such as `es`, `es_MX` or `pt_BR`. */
  readonly language: string;
  /**
   * What fills the body's placeholders: names of the message's variables in
   * order (`{{1}}`, `{{2}}`, …), or by the template's own parameter names for
   * templates made with named parameters. Default: the variables of the
   * message's text in order of first appearance.
   */
  readonly parameters?: readonly string[] | Readonly<Record<string, string>> | undefined;
}

/** One template for both forms of a message, or one for each. */
export type WhatsappTemplateForms = MappedForms<WhatsappTemplate>;

/**
 * Which template a message goes out as: by message id, then by language (BCP
 * 47). `es-MX` falls back to `es`, never to another language.
 *
 * @example
 * const templates: WhatsappTemplateMap = {
 *   firm: {
 *     es: {
 *       name: 'cobranza_firme',
 *       language: 'es_MX',
 *       parameters: ['contact.name', 'total.amount', 'due'],
 *       header: { type: 'document' },
 *       buttons: [
 *         { type: 'reply', payload: 'paid', text: 'Ya pagué' },
 *         { type: 'reply', payload: 'dispute:{{invoice.number}}', text: 'No reconozco' },
 *       ],
 *     },
 *   },
 * };
 */
export type WhatsappTemplateMap = MessageMap<WhatsappTemplate>;

/** Chooses the template in code; undefined where there is none. */
export interface WhatsappTemplateChoice {
  (message: OutboundMessage): WhatsappTemplate | undefined;
  /** Whether any of them has a document header, so that stages may attach documents. Default false. */
  readonly documents?: boolean | undefined;
}

/** Options of {@link derivedTemplates}. */
export interface DerivedTemplateOptions {
  /** Put before every name. Default `recobro`. */
  readonly prefix?: string | undefined;
  /** Language codes at Meta for languages whose own code is not the one wanted, such as `{ pt: 'pt_PT' }`. */
  readonly languages?: Readonly<Record<string, string>> | undefined;
  /** Whether bodies were made with named parameters (`contact_name` for `{{contact.name}}`). Default: numbered ones. */
  readonly named?: boolean | undefined;
  /** What templates have beside their bodies, by message id. The same goes into `templateDefinitions`. */
  readonly parts?: Readonly<Record<string, WhatsappParts | undefined>> | undefined;
}

/**
 * Names templates after the messages themselves, for accounts whose templates
 * were made from recobro's catalogue: message `firm` is `recobro_firm`, its form
 * for several items `recobro_firm_many`, language es-MX is `es_MX`, and the
 * body's parameters are the text's variables in order of first appearance.
 *
 * @example
 * whatsapp({ phoneNumberId, accessToken, templates: derivedTemplates({ prefix: 'acme' }) });
 */
export function derivedTemplates(options: DerivedTemplateOptions = {}): WhatsappTemplateChoice {
  const { parts = {} } = options;
  const check = new OptionCheck('derivedTemplates');
  for (const [id, own] of Object.entries(parts)) checkParts(check, own, `parts.${id}`);
  check.done();
  const choose = (message: OutboundMessage): WhatsappTemplate | undefined => {
    const place = derivedPlace(message, options);
    if (place === undefined) return undefined;
    const names = options.named === true ? namedParameters(message) : {};
    return { ...place, ...names, ...own(parts, message.message) };
  };
  return Object.assign(choose, {
    documents: Object.values(parts).some((each) => each?.header !== undefined),
  });
}

function namedParameters({ content }: OutboundMessage): Pick<WhatsappTemplate, 'parameters'> {
  if (content.kind !== 'text') return {};
  return {
    parameters: Object.fromEntries(content.parameters.map(({ name }) => [parameterName(name), name])),
  };
}

/** The name of a variable as a named parameter: Meta takes lower-case letters and underscores. */
export function parameterName(variable: string): string {
  return variable
    .toLowerCase()
    .replace(/[^a-z]+/g, '_')
    .replace(/^_+/, '');
}

/** Name and language code of the derived template of a message. */
export function derivedPlace(
  { message, form, language: tag }: Pick<OutboundMessage, 'message' | 'form' | 'language'>,
  { prefix = 'recobro', languages = {} }: DerivedTemplateOptions,
): { readonly name: string; readonly language: string } | undefined {
  const language = own(languages, tag) ?? metaLanguage(tag);
  if (language === undefined) return undefined;
  const many = form === 'many' ? '_many' : '';
  return { name: `${sanitised(prefix)}_${sanitised(message)}${many}`, language };
}

/** Whether any template of a mapping has a document header: only then can documents go along. */
export function bringsDocuments(templates: WhatsappTemplateMap | WhatsappTemplateChoice): boolean {
  if (typeof templates === 'function') return templates.documents === true;
  return Object.values(templates)
    .flatMap((languages) => Object.values(languages ?? {}))
    .flatMap((forms) => (forms === undefined ? [] : 'name' in forms ? [forms] : [forms.one, forms.many]))
    .some((template) => template?.header !== undefined);
}

/**
 * Meta's code for a BCP 47 language: `es-MX` → `es_MX`, `es` → `es`. Scripts and
 * numeric regions (es-419) have no counterpart at Meta and are dropped. Meta has
 * no plain Portuguese or Chinese; those become `pt_BR` and `zh_CN`. Undefined
 * for what is no language tag.
 */
export function metaLanguage(tag: string): string | undefined {
  try {
    const { language, region } = new Intl.Locale(tag);
    if (region !== undefined && /^[A-Z]{2}$/.test(region)) return `${language}_${region}`;
    return withoutPlain[language] ?? language;
  } catch {
    // Intl.Locale throws for a malformed tag: such a message has no template.
    return undefined;
  }
}

const withoutPlain: Readonly<Record<string, string>> = { pt: 'pt_BR', zh: 'zh_CN' };

/** The template of a message, or undefined where none is mapped. */
export function templateFor(
  templates: WhatsappTemplateMap | WhatsappTemplateChoice,
  message: OutboundMessage,
): WhatsappTemplate | undefined {
  return typeof templates === 'function' ? templates(message) : mappedTo(templates, message, 'name');
}

/** Whether a value is a template that Meta could have: a function may have given anything. */
export function isTemplate(value: unknown): value is WhatsappTemplate {
  const name = fieldOf(value, 'name');
  const language = fieldOf(value, 'language');
  return (
    typeof name === 'string' &&
    /^[a-z0-9_]{1,512}$/.test(name) &&
    typeof language === 'string' &&
    /^[a-z]{2,3}(_[A-Za-z]{2,4})?$/.test(language) &&
    areParameters(fieldOf(value, 'parameters')) &&
    partProblems(value).length === 0
  );
}

function areParameters(value: unknown): boolean {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.every((variable) => typeof variable === 'string');
  if (typeof value !== 'object' || value === null) return false;
  // Meta: named parameters are lower-case letters and underscores (Template fundamentals, 2026-05-05).
  return Object.entries(value).every(
    ([name, variable]) => /^[a-z][a-z0-9_]*$/.test(name) && typeof variable === 'string',
  );
}

/** Notes every entry of a mapping that cannot be a template. */
export function checkTemplates(check: OptionCheck, templates: unknown): void {
  if (typeof templates === 'function') return;
  if (typeof templates !== 'object' || templates === null) {
    check.expect(
      false,
      'templates',
      'must map message ids to templates, or be a function such as derivedTemplates()',
    );
    return;
  }
  visitMapped(
    templates,
    'name',
    (template, path) => checkTemplate(check, template, `templates.${path}`),
    (path) => check.expect(false, `templates.${path}`, 'is no form of a message; use one or many'),
  );
}

function checkTemplate(check: OptionCheck, template: unknown, path: string): void {
  const parts = partProblems(template);
  checkParts(check, template, path);
  check.expect(
    parts.length > 0 || isTemplate(template),
    path,
    'must have a name (lower-case letters, digits, underscores), a language code such as es_MX and parameters that are a list of variables or a map of lower-case names to variables',
  );
}

function own<T>(record: Readonly<Record<string, T | undefined>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function sanitised(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9_]/g, '_');
}
