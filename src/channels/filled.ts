import type { OutboundMessage } from './channel.js';

/** The part of a message that texts of the options are filled from. */
export type Filling = Pick<OutboundMessage, 'content'>;

const placeholder = /\{\{\s*([^{}\s]+)\s*\}\}/g;

/** A variable of the message's text by name, in the form in which the text shows it; empty where it has none. */
export function variableOf({ content }: Filling, name: string): string {
  if (content.kind !== 'text') return '';
  const shown = content.parameters.find((parameter) => parameter.name === name);
  if (shown !== undefined) return shown.value;
  return Object.hasOwn(content.variables, name) ? (content.variables[name] ?? '') : '';
}

/**
 * A text of the options with the message's variables in place of their names in double braces; undefined where one
 * is empty: a placeholder never goes out empty.
 */
export function filled(
  text: string,
  message: Filling,
  form: (value: string) => string | undefined,
): string | undefined {
  let whole = true;
  const result = text.replace(placeholder, (_, name: string) => {
    const value = form(variableOf(message, name).trim());
    if (value === undefined || value === '') whole = false;
    return value ?? '';
  });
  return whole && result.trim() !== '' ? result : undefined;
}

/** An address with its variables filled in, encoded. */
export function linkOf(link: string, message: Filling): string | undefined {
  return filled(link, message, encoded);
}

export function encoded(value: string): string | undefined {
  return value.isWellFormed() ? encodeURIComponent(value) : undefined;
}

/** The variables that a text of the options names. */
export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(placeholder)].map(([, name = '']) => name);
}
