import type { OutboundMessage } from '../channel.js';
import { longestPayload, longestSuffix, type WhatsappUrlButton } from './parts.js';

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
function filled(
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

/** What a quick reply brings back, or undefined where it lacks a value or would be too long. */
export function payloadOf(payload: string, message: Filling): string | undefined {
  const text = filled(payload, message, (value) => value.replace(/[\p{Cc}\s]+/gu, ' '));
  return text === undefined || text.length > longestPayload ? undefined : text;
}

/** What follows the fixed part of a button's address, or undefined where it lacks a value or leads elsewhere. */
export function suffixOf({ url, suffix = '' }: WhatsappUrlButton, message: Filling): string | undefined {
  const text = filled(suffix, message, (value) => {
    if (value.startsWith(url)) return /\s/.test(value) ? undefined : value.slice(url.length);
    // An address of another place, or several of them: the button would lead nowhere.
    return /https?:\/\//i.test(value) ? undefined : encoded(value);
  });
  return text === undefined || text.length > longestSuffix ? undefined : text;
}

/** An address with its variables filled in, encoded. */
export function linkOf(link: string, message: Filling): string | undefined {
  return filled(link, message, encoded);
}

function encoded(value: string): string | undefined {
  return value.isWellFormed() ? encodeURIComponent(value) : undefined;
}

/** The variables that a text of the options names. */
export function namesIn(text: string): readonly string[] {
  return [...text.matchAll(placeholder)].map(([, name = '']) => name);
}
