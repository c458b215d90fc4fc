import {
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  Metadata,
  parsePhoneNumberFromString,
  validatePhoneNumberLength,
} from 'libphonenumber-js/min';
import { canonicalPhone } from '../contact/identity.js';
import type { PhoneFault } from '../ledger/types.js';

/** What a text was read as: a number in E.164, or why it is none. */
export type ReadPhone =
  | { readonly phone: string; readonly fault?: undefined }
  | { readonly phone?: undefined; readonly fault: PhoneFault };

const e164 = /^\+[1-9]\d{6,14}$/;
const longestText = 64;
/** What people write between digits. */
const between = /[\s().\-\u2010-\u2015]/gu;

const faults: Readonly<Record<string, PhoneFault>> = {
  TOO_SHORT: 'too_short',
  TOO_LONG: 'too_long',
  INVALID_LENGTH: 'invalid_length',
};

/**
 * Reads a phone number as people write it. One in E.164 stays as it is; a national one gets the country's calling
 * code, and loses what is only dialled inside it.
 *
 * A number that is *possible* passes: its country exists and its length fits. Whether its range was handed out is not
 * asked, since numbering plans change faster than libraries are updated, and a reminder that is not sent costs more than
 * one that a provider refuses.
 *
 * @param country ISO 3166 alpha-2, for numbers without one
 * @example readPhone('55 1234 5678', 'MX'); // { phone: '+525512345678' }
 * @example readPhone('1234', 'MX'); // { fault: 'too_short' }
 */
export function readPhone(text: string, country?: string): ReadPhone {
  if (isNumber(text)) return { phone: text };
  if (text.length > longestText || !/\p{Nd}/u.test(text)) return { fault: 'not_a_number' };
  const bare = text.replaceAll(between, '');
  if (isNumber(bare)) return { phone: bare };
  const home = country !== undefined && isSupportedCountry(country) ? country : undefined;
  const options = { extract: false, ...(home === undefined ? {} : { defaultCountry: home }) };
  const fault = validatePhoneNumberLength(text, options);
  if (fault === undefined) {
    const found = parsePhoneNumberFromString(text, options);
    return found === undefined || !e164.test(found.number)
      ? { fault: 'not_a_number' }
      : { phone: found.number };
  }
  // As WhatsApp writes its ids: without the plus sign, and with digits that the numbering plan dropped.
  if (home !== undefined && bare.startsWith(getCountryCallingCode(home)) && isNumber(`+${bare}`))
    return { phone: `+${bare}` };
  if (fault === 'INVALID_COUNTRY') return { fault: bare.startsWith('+') ? 'unknown_country' : 'no_country' };
  return { fault: faults[fault] ?? 'not_a_number' };
}

function isNumber(text: string): boolean {
  return e164.test(text) && isPossible(canonicalPhone(text));
}

/** Lengths of national numbers by calling code, of all countries that share it; made when first asked for. */
let lengths: ReadonlyMap<string, ReadonlySet<number>> | undefined;

/** The fast way for what is E.164 already: millions of contacts are synced with such numbers. */
function isPossible(phone: string): boolean {
  lengths ??= everyLength();
  for (let digits = 1; digits <= 3; digits++) {
    const known = lengths.get(phone.slice(1, 1 + digits));
    if (known !== undefined) return known.has(phone.length - 1 - digits);
  }
  return false;
}

function everyLength(): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  for (const country of getCountries()) {
    const plan = new Metadata();
    plan.selectNumberingPlan(country);
    const code = getCountryCallingCode(country);
    const own = found.get(code) ?? new Set();
    for (const length of plan.numberingPlan?.possibleLengths() ?? []) own.add(length);
    found.set(code, own);
  }
  return found;
}
