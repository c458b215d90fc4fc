import type { Problem } from '../errors.js';
import type { Template } from './template.js';

/** Characters of a template's body, without and with its values. */
export const whatsappBodyLimit = 1024;

/**
 * What Meta's review refuses in the body of a template: a variable at its
 * beginning or end (punctuation alone does not count as text), variables next
 * to each other (a space does not part them), and more than two line breaks in a row.
 * https://developers.facebook.com/docs/whatsapp/message-templates/guidelines
 */
export function bodyProblems(template: Template, path: string): Problem[] {
  const problems: Problem[] = [];
  const add = (code: string, message: string) => {
    problems.push({ path, code, message });
  };
  // A variable is undefined, fixed text is itself.
  const parts = template.tokens
    .filter(([symbol]) => symbol === 'text' || symbol === 'name')
    .map(([symbol, value = '']) => (symbol === 'name' ? undefined : value));
  const worded = parts.filter((part) => part === undefined || /[\p{L}\p{N}]/u.test(part));
  if (worded.length > 0 && worded[0] === undefined) {
    add('leading_variable', 'a WhatsApp template must not begin with a variable; put a word before it');
  }
  if (worded.length > 0 && worded.at(-1) === undefined) {
    add(
      'trailing_variable',
      'a WhatsApp template must not end with a variable, even before punctuation; put a word after it',
    );
  }
  const spaced = parts.filter((part) => part === undefined || part.trim() !== '');
  if (spaced.some((part, index) => index > 0 && part === undefined && spaced[index - 1] === undefined)) {
    add(
      'adjacent_variables',
      'more than space must stand between two variables of a WhatsApp template; put a word between them',
    );
  }
  if (/\n{3,}/.test(template.source.replace(/\r\n?/g, '\n'))) {
    add('line_breaks', 'a WhatsApp template has at most two line breaks in a row');
  }
  return problems;
}

/**
 * Words that must stand around so many variables, as a rule of thumb of
 * several providers: a text with fewer is refused as "too many variables".
 */
export function enoughWords(template: Template): boolean {
  const words = template.tokens
    .filter(([symbol]) => symbol === 'text')
    .flatMap(([, value = '']) => value.split(/\s+/))
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  return words.length >= 2 * template.variables.length + 1;
}
