import type { Problem } from '../errors.js';
import { clean } from './clean.js';
import { webLink } from './links.js';

/**
 * How to pay, by method or by currency. Known methods (`bank`, `pix`, `card`,
 * `cash`, `online`) are named in the reader's language; any other key is shown
 * as it is written. A key that is an ISO 4217 code (`MXN`) is shown only in
 * messages with amounts of that currency. SMS shows the first that fits.
 */
export type PayMethods = Readonly<Record<string, string>>;

/** Who writes: the company that is owed, as debtors see it. One line each. */
export interface Sender {
  /** The company, such as `Acme`. */
  readonly name: string;
  /** The desk that answers, such as `Crédito y Cobranza`; default the company. */
  readonly team?: string | undefined;
  /** Number that debtors call, as it should be shown. */
  readonly phone?: string | undefined;
  /** Address that debtors write to. */
  readonly email?: string | undefined;
  /** Postal address or fiscal id for the foot of e-mails. */
  readonly address?: string | undefined;
  /** How to pay where an item has no payment link: one text or link, or several methods. */
  readonly pay?: PayMethods | string | undefined;
}

/** A sender that messages may come from in place of the usual one: somebody higher up, another desk. */
export interface SenderProfile extends Sender {
  /** Sender of e-mails, as `Ana Ruiz <direccion@acme.example>`. Default: as the channel says. The mail server must let it pass. */
  readonly from?: string | undefined;
  /** Where answers to e-mails go, written like `from`. Default: as the channel says. */
  readonly replyTo?: string | undefined;
}

/** Longest texts of a sender, in characters. What debtors must act on is never cut, so it is bounded here. */
export const senderLimits = { name: 50, team: 40, phone: 25, email: 60, address: 200, pay: 160 } as const;

const longestLink = 2000;
const keys: readonly string[] = ['name', 'team', 'phone', 'email', 'address', 'pay'];

/**
 * What is wrong with a sender. Empty means that every message of the presets
 * can be sent, reminders without `pay` for invoices that have a payment link
 * alone: a text that says `{{pay}}` never goes out without a way to pay. Paths
 * begin with `sender`, or what is given as `at`.
 *
 * @example senderProblems({ name: 'Acme' }) // phone or e-mail missing
 */
export function senderProblems(sender: Sender, at = 'sender'): Problem[] {
  // Hosts without types may hand over anything, so nothing is taken for granted here.
  if (typeof sender !== 'object' || sender === null) {
    return [{ path: at, code: 'missing', message: 'say who writes, at least { name, phone or email }' }];
  }
  const problems: Problem[] = [];
  const add = (path: string, code: string, message: string) => {
    problems.push({ path: `${at}.${path}`, code, message });
  };
  for (const key of Object.keys(sender)) {
    if (!keys.includes(key)) add(key, 'unknown_key', `unknown key; there are ${keys.join(', ')}`);
  }
  const checkText = (path: string, value: unknown, limit: number) => {
    problems.push(...textProblems(value, `${at}.${path}`, limit));
  };
  checkText('name', sender.name, senderLimits.name);
  for (const field of ['team', 'phone', 'email', 'address'] as const) {
    const value = sender[field];
    if (value !== undefined) checkText(field, value, senderLimits[field]);
  }
  if (sender.phone === undefined && sender.email === undefined) {
    add('phone', 'no_contact', 'give a phone or an email, so that messages can say whom to ask');
  }
  return sender.pay === undefined ? problems : [...problems, ...payProblems(sender.pay, `${at}.pay`)];
}

/** What is wrong with ways to pay: one text or link, or several by method. */
export function payProblems(pay: unknown, at: string, longest = longestLink): Problem[] {
  const check = (path: string, value: unknown): Problem[] => {
    const isLink = typeof value === 'string' && webLink(value) !== undefined;
    return textProblems(value, path, isLink ? longest : senderLimits.pay);
  };
  if (typeof pay !== 'object' || pay === null) return check(at, pay);
  const entries = Object.entries(pay);
  if (entries.length === 0)
    return [{ path: at, code: 'empty', message: 'name at least one way to pay, or leave it out' }];
  return entries.flatMap(([method, value]) => [
    // JavaScript puts such keys first, whatever the order in which they are written.
    ...(/^\d+$/.test(method)
      ? [
          {
            path: `${at}.${method}`,
            code: 'not_a_name',
            message: 'give the way to pay a name that is no number',
          },
        ]
      : []),
    ...check(`${at}.${method}`, value),
  ]);
}

function textProblems(value: unknown, path: string, limit: number): Problem[] {
  const problem = (code: string, message: string): Problem[] => [{ path, code, message }];
  if (typeof value !== 'string') return problem('not_text', 'must be text');
  const text = clean(value);
  if (text === '') return problem('empty', 'must not be empty');
  return text.length > limit ? problem('too_long', `must have at most ${limit} characters`) : [];
}
