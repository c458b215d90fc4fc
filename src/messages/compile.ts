import { type Problem, RecobroError } from '../errors.js';
import type { EmailText, Message, MessageAbout, Messages, TextVariant } from '../policy/types.js';
import { canonicalLanguage } from './language.js';
import { type Block, parseMarkup } from './markup.js';
import { parseTemplate, type Template, type TemplateUse, templateOf } from './template.js';
import {
  itemsSection,
  type MessageForm,
  type VariableScope,
  variableCatalogue,
  variableOf,
} from './variables.js';
import { bodyProblems } from './whatsapp-body.js';

/** A catalogue ready to be rendered: every template parsed, every variable known. */
export interface CompiledMessages {
  readonly id: string;
  readonly version: number;
  readonly messages: ReadonlyMap<string, CompiledMessage>;
}

/** One message by language (canonical BCP 47), then channel. */
export interface CompiledMessage {
  readonly id: string;
  readonly about: MessageAbout;
  readonly languages: ReadonlyMap<string, ReadonlyMap<string, CompiledText>>;
}

/** The texts of one channel in one language. */
export type CompiledText =
  | { readonly kind: 'text'; readonly forms: Readonly<Record<MessageForm, Template>> }
  | { readonly kind: 'email'; readonly forms: Readonly<Record<MessageForm, CompiledEmail>> };

/** Subject and body of one form. */
export interface CompiledEmail {
  readonly subject: Template;
  readonly body: readonly Block[];
  /** Variables of subject and body, and those of the items section. */
  readonly variables: readonly string[];
  readonly itemVariables: readonly string[];
}

/** One text where it stands in the catalogue. */
export interface TextEntry {
  readonly message: string;
  readonly about: MessageAbout;
  readonly language: string;
  readonly channel: string;
  readonly form: MessageForm;
  readonly content:
    | { readonly kind: 'text'; readonly template: Template }
    | { readonly kind: 'email'; readonly email: CompiledEmail };
}

const forms: readonly MessageForm[] = ['one', 'many'];
const longestSource = 20_000;

/**
 * Parses and checks a catalogue. Everything that could go wrong with a text is
 * found here, not when the message is due.
 *
 * @example const compiled = compileMessages(presets.exporter({ zone: 'America/Bogota' }).messages);
 * @throws RecobroError `invalid_template` with every problem and its path
 */
export function compileMessages(document: Messages): CompiledMessages {
  const { compiled, problems } = tryCompile(document);
  if (problems.length > 0) {
    throw new RecobroError('invalid_template', 'the messages are not valid', { problems });
  }
  return compiled;
}

/** What {@link compileMessages} would refuse; empty when nothing. */
export function messageProblems(document: Messages): Problem[] {
  return tryCompile(document).problems;
}

/** Whether a message has a text for a channel in any language. */
export function hasText(compiled: CompiledMessages, message: string, channel: string): boolean {
  const languages = compiled.messages.get(message)?.languages;
  return languages !== undefined && [...languages.values()].some((channels) => channels.has(channel));
}

/** Every text of a catalogue, in the order of the document. */
export function* textsOf(compiled: CompiledMessages): Generator<TextEntry> {
  for (const { id, about, languages } of compiled.messages.values()) {
    for (const [language, channels] of languages) {
      for (const [channel, text] of channels) {
        for (const form of forms) {
          const content: TextEntry['content'] =
            text.kind === 'text'
              ? { kind: 'text', template: text.forms[form] }
              : { kind: 'email', email: text.forms[form] };
          yield { message: id, about, language, channel, form, content };
        }
      }
    }
  }
}

function tryCompile(document: Messages): { compiled: CompiledMessages; problems: Problem[] } {
  const problems: Problem[] = [];
  const messages = new Map<string, CompiledMessage>();
  document.messages.forEach((message, index) => {
    const path = `messages[${index}]`;
    if (messages.has(message.id)) {
      problems.push({
        path: `${path}.id`,
        code: 'duplicate_message',
        message: 'another message has the same id',
      });
    }
    messages.set(message.id, compileMessage(message, path, problems));
  });
  return { compiled: { id: document.id, version: document.version, messages }, problems };
}

function compileMessage(message: Message, path: string, problems: Problem[]): CompiledMessage {
  const languages = new Map<string, Map<string, CompiledText>>();
  for (const [tag, texts] of Object.entries(message.text)) {
    const at = `${path}.text.${tag}`;
    const language = canonicalLanguage(tag);
    if (language === undefined) {
      problems.push({
        path: at,
        code: 'invalid_language',
        message: 'is no BCP 47 language tag, such as es or es-MX',
      });
      continue;
    }
    if (languages.has(language)) {
      problems.push({
        path: at,
        code: 'duplicate_language',
        message: `${language} stands here twice, written differently`,
      });
    }
    const channels = new Map<string, CompiledText>();
    for (const [channel, text] of Object.entries(texts)) {
      if (text === undefined) continue;
      const compiled = compileChannel(channel, text, message.about, `${at}.${channel}`, problems);
      if (compiled !== undefined) channels.set(channel, compiled);
    }
    languages.set(language, channels);
  }
  if (languages.size === 0)
    problems.push({ path: `${path}.text`, code: 'no_text', message: 'give a text in at least one language' });
  return { id: message.id, about: message.about, languages };
}

function compileChannel(
  channel: string,
  text: TextVariant | EmailText,
  about: MessageAbout,
  path: string,
  problems: Problem[],
): CompiledText | undefined {
  const isEmail = typeof text === 'object' && 'subject' in text;
  if (
    isEmail !== (channel === 'email') &&
    (channel === 'email' || channel === 'whatsapp' || channel === 'sms')
  ) {
    problems.push({
      path,
      code: 'wrong_shape',
      message:
        channel === 'email'
          ? 'an e-mail has a subject and a body'
          : `${channel} takes one text, or one and many`,
    });
    return undefined;
  }
  const scope: Place = { channel, about, problems };
  if (isEmail) {
    const subject = variants(text.subject, `${path}.subject`, (source, at, form) =>
      compileLine(source, at, form, scope),
    );
    const body = variants(text.body, `${path}.body`, (source, at, form) =>
      compileBody(source, at, form, scope),
    );
    const email = (form: MessageForm): CompiledEmail => ({
      subject: subject[form],
      body: body[form].blocks,
      variables: [...new Set([...subject[form].variables, ...body[form].variables])],
      itemVariables: body[form].itemVariables,
    });
    return { kind: 'email', forms: { one: email('one'), many: email('many') } };
  }
  return {
    kind: 'text',
    forms: variants(text, path, (source, at, form) => compileLine(source, at, form, scope)),
  };
}

interface Place {
  readonly channel: string;
  readonly about: MessageAbout;
  readonly problems: Problem[];
}

function variants<T>(
  text: TextVariant,
  path: string,
  compile: (source: string, path: string, form: readonly MessageForm[]) => T,
): Record<MessageForm, T> {
  if (typeof text === 'string') {
    const both = compile(text, path, forms);
    return { one: both, many: both };
  }
  return {
    one: compile(text.one, `${path}.one`, ['one']),
    many: compile(text.many, `${path}.many`, ['many']),
  };
}

/** A subject, or the whole text of a channel other than e-mail. */
function compileLine(source: string, path: string, form: readonly MessageForm[], place: Place): Template {
  const { problems } = place;
  if (!checkSource(source, path, problems)) return templateOf('');
  const parsed = parseTemplate(source, path);
  problems.push(...parsed.problems);
  checkUses(parsed.uses, path, form, place);
  if (parsed.tokens === undefined) return templateOf('');
  const template = templateOf(source);
  if (place.channel === 'whatsapp') problems.push(...bodyProblems(template, path));
  if (place.channel === 'email' && /[\r\n]/.test(source.trim())) {
    problems.push({ path, code: 'line_break', message: 'a subject is one line' });
  }
  return template;
}

interface CompiledBody {
  readonly blocks: readonly Block[];
  readonly variables: readonly string[];
  readonly itemVariables: readonly string[];
}

function compileBody(source: string, path: string, form: readonly MessageForm[], place: Place): CompiledBody {
  const { problems } = place;
  const nothing: CompiledBody = { blocks: [], variables: [], itemVariables: [] };
  if (!checkSource(source, path, problems)) return nothing;
  const parsed = parseTemplate(source, path, itemsSection);
  problems.push(...parsed.problems);
  checkUses(parsed.uses, path, form, place);
  if (parsed.tokens === undefined) return nothing;
  const names = (inSection: boolean) => [
    ...new Set(parsed.uses.filter((use) => use.inSection === inSection).map((use) => use.name)),
  ];
  return {
    blocks: parseMarkup(source, path, problems),
    variables: names(false),
    itemVariables: names(true),
  };
}

/** Names that would do here; the text of an item has few of them, which are all said. */
function advice(name: string, scope: VariableScope, about: MessageAbout): string {
  const known = variableCatalogue
    .filter((variable) => variable.scope === scope && variable.about.includes(about))
    .map((variable) => variable.name);
  if (scope === 'text' && variableOf(name, 'items')?.about.includes(about)) {
    return `; it is one of an item, within {{#${itemsSection}}} … {{/${itemsSection}}} of an e-mail`;
  }
  return `; there are ${known.join(', ')}`;
}

/** `{amount}` with one brace would reach the debtor as it is written. */
function checkBraces(source: string, path: string, problems: Problem[]): void {
  for (const [found, name = ''] of source.matchAll(/(?<!\{)\{\s*([a-z.]+)\s*\}(?!\})/g)) {
    if (variableOf(name, 'text') === undefined && variableOf(name, 'items') === undefined) continue;
    problems.push({ path, code: 'single_braces', message: `${found} has one brace; write {{${name}}}` });
  }
}

function checkSource(source: string, path: string, problems: Problem[]): boolean {
  if (source.trim() === '') {
    problems.push({ path, code: 'empty_text', message: 'must not be empty' });
    return false;
  }
  if (source.length > longestSource) {
    problems.push({
      path,
      code: 'too_long',
      message: `must have at most ${longestSource} characters`,
    });
    return false;
  }
  checkBraces(source, path, problems);
  return true;
}

function checkUses(
  uses: readonly TemplateUse[],
  path: string,
  form: readonly MessageForm[],
  place: Place,
): void {
  const seen = new Set<string>();
  for (const { name, inSection } of uses) {
    const key = `${inSection} ${name}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const scope = inSection ? 'items' : 'text';
    const variable = variableOf(name, scope);
    if (variable === undefined) {
      place.problems.push({
        path,
        code: 'unknown_variable',
        message: `{{${name}}} is no variable ${inSection ? 'of an item' : 'of messages'}${advice(name, scope, place.about)}`,
      });
    } else if (!variable.about.includes(place.about)) {
      place.problems.push({
        path,
        code: 'variable_not_available',
        message: `{{${name}}} is not known in a message about ${place.about === 'items' ? 'items' : `a ${place.about}`}`,
      });
    } else if (!form.every((each) => variable.forms.includes(each))) {
      place.problems.push({
        path,
        code: 'variable_needs_form',
        message: `{{${name}}} is known for a single item only: write the text as { one, many }`,
      });
    }
  }
}
