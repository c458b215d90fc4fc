import { encoded, type Filling, filled } from '../filled.js';
import { longestPayload, longestSuffix, type WhatsappUrlButton } from './parts.js';

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
