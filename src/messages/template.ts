import mustache from 'mustache';
import type { Problem } from '../errors.js';

/**
 * The only home of mustache. Templates are parsed when they are defined and
 * rendered from their tokens; of mustache's language only variables, comments
 * and the `items` section are let through. The view is plain data without a
 * prototype, so a name finds a listed value or nothing.
 */

/** A token as mustache declares it: symbol and value; a section holds its own tokens at index 4. */
type Token = string[];

/** A parsed piece of text without sections. */
export interface Template {
  readonly source: string;
  /** Names, in order of first appearance. */
  readonly variables: readonly string[];
  /** @internal */
  readonly tokens: readonly Token[];
}

/** A variable where it stands. */
export interface TemplateUse {
  readonly name: string;
  readonly inSection: boolean;
}

// Given explicitly, since a host that shares the package may have changed mustache's own.
const tags: [string, string] = ['{{', '}}'];
const writer = new mustache.Writer();
Object.assign(writer, { templateCache: undefined });

/** What parsing found. `tokens` is absent when there are problems. */
export interface ParsedTemplate {
  readonly problems: readonly Problem[];
  readonly uses: readonly TemplateUse[];
  readonly tokens?: readonly Token[] | undefined;
}

/**
 * Parses and refuses what is not part of recobro's templates. `section` is the
 * name of the one section that is allowed, if any.
 */
export function parseTemplate(source: string, path: string, section?: string): ParsedTemplate {
  const problems: Problem[] = [];
  const uses: TemplateUse[] = [];
  let tokens: Token[];
  try {
    tokens = writer.parse(source, tags);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { problems: [{ path, code: 'invalid_syntax', message: syntaxMessage(error.message) }], uses };
  }
  const add = (code: string, message: string) => {
    problems.push({ path, code, message });
  };
  const walk = (list: readonly Token[], inSection: boolean) => {
    for (const token of list) {
      const [symbol = '', value = ''] = token;
      const inner: unknown = token[4];
      if (symbol === 'text' || symbol === '!') continue;
      if (symbol === 'name') uses.push({ name: value, inSection });
      else if (symbol === '#') {
        if (value !== section) {
          add(
            section === undefined ? 'section_not_allowed' : 'unknown_section',
            section === undefined
              ? `no sections here: {{#${value}}} cannot be sent as a template; write a form of its own for several items`
              : `{{#${value}}} is no section; there is only {{#${section}}}`,
          );
        } else if (inSection) add('nested_section', `{{#${value}}} stands within itself`);
        else if (Array.isArray(inner)) walk(inner, true);
      } else if (symbol === '^') {
        add('section_not_allowed', `{{^${value}}} is not supported: what is empty is never sent`);
      } else if (symbol === '>') add('partial_not_allowed', `{{>${value}}}: there are no partials`);
      else if (symbol === '=') add('delimiters_not_allowed', 'the delimiters {{ and }} cannot be changed');
      else add('unescaped_not_allowed', `write {{${value}}} with two braces; values are always escaped`);
    }
  };
  walk(tokens, false);
  return problems.length > 0 ? { problems, uses } : { problems, uses, tokens };
}

/** A template of text that was already found free of problems and sections. */
export function templateOf(source: string): Template {
  const { tokens, uses, problems } = parseTemplate(source, '');
  // Pieces of a text that was checked as a whole; a tag torn by the markup ends up here.
  if (tokens === undefined) throw new TypeError(problems.map((problem) => problem.message).join('; '));
  return { source, tokens, variables: [...new Set(uses.map((use) => use.name))] };
}

/** The template with its fixed text changed, such as escaped for HTML. */
export function mapText(template: Template, change: (text: string) => string): Template {
  const tokens = template.tokens.map((token): Token => {
    const [symbol = '', value = '', ...rest] = token;
    return symbol === 'text' ? [symbol, change(value), ...rest] : token;
  });
  return { ...template, tokens };
}

/**
 * The text with every variable replaced by what `read` gives, as it is: escaping
 * is its business. A value that ends with a full stop (`Acme S.A.S.`) takes over
 * that of the text behind it, unless `literally` is asked for.
 */
export function renderTemplate(
  template: Template,
  read: (name: string) => string,
  { literally = false } = {},
): string {
  const view = viewOf(template.variables, read);
  const context = new mustache.Context(view);
  const tokens = literally ? template.tokens : withoutSecondStops(template.tokens, read);
  return writer.renderTokens([...tokens], context, undefined, undefined, {
    escape: (value: string) => value,
  });
}

function withoutSecondStops(tokens: readonly Token[], read: (name: string) => string): readonly Token[] {
  return tokens.map((token, index): Token => {
    const [symbol = '', value = '', ...rest] = token;
    const [before, name = ''] = tokens[index - 1] ?? [];
    if (symbol !== 'text' || before !== 'name' || !/^\.(?!\.)/.test(value)) return token;
    return read(name).endsWith('.') ? [symbol, value.slice(1), ...rest] : token;
  });
}

interface View {
  [name: string]: string | View;
}

// Nested, because mustache reads a dotted name as a path; no prototype, so that it ends there.
function viewOf(names: readonly string[], read: (name: string) => string): View {
  const view: View = Object.create(null);
  for (const name of names) {
    const path = name.split('.');
    const last = path.pop() ?? '';
    let at = view;
    for (const key of path) {
      const next = at[key];
      if (typeof next === 'object') at = next;
      else {
        const made: View = Object.create(null);
        at[key] = made;
        at = made;
      }
    }
    at[last] = read(name);
  }
  return view;
}

// mustache's messages name positions and tags of the template, never data.
function syntaxMessage(message: string): string {
  return `does not parse: ${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}
