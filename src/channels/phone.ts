import { canonicalPhone } from '../contact/identity.js';

/** Whether a text is an E.164 number with its plus sign: what providers take without guessing. */
export function isPhone(text: string): boolean {
  return /^\+[1-9][0-9]{6,14}$/.test(text);
}

/**
 * The form of a number that networks route text messages by: that of today's numbering plan, whatever older form the
 * host wrote. WhatsApp is written to as the host wrote it: its ids keep older forms, and the Cloud API resolves both
 * (Meta, WhatsApp user phone number formats, 2026-04-23).
 *
 * @example networkPhone('+5215512345678'); // '+525512345678'
 */
export function networkPhone(phone: string): string {
  return canonicalPhone(phone);
}
