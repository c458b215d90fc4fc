import { isCurrency } from '../../money/index.js';
import { canonicalLanguage } from '../../schema/checks/scalars.js';
import * as forms from '../../schema/forms.js';
import { amountText } from './amounts.js';
import { readDate } from './dates.js';
import type { ValueKind } from './fields.js';

const yes: ReadonlySet<string> = new Set(
  'yes y true t 1 x si s sim verdadero verdadeiro v disputed disputada disputado'.split(' '),
);
const no: ReadonlySet<string> = new Set('no n false f 0 nao falso none ninguna ninguno nenhuma'.split(' '));

/** Text of a cell on one line, without spaces at the ends. */
export function cellText(cell: string | undefined): string {
  return (cell ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** Yes or no in English, Spanish or Portuguese; empty is no; undefined for what is neither. */
export function readFlag(text: string): boolean | undefined {
  const word = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  if (word === '' || word === '-' || no.has(word)) return false;
  return yes.has(word) ? true : undefined;
}

/** An ISO code, or the one currency that a sign stands for. */
export function readCurrency(text: string): string | undefined {
  const code = text.toUpperCase();
  if (isCurrency(code)) return code;
  return amountText(`${text}1`)?.currency;
}

/** A phone number with country code as E.164; undefined for what is none. */
export function readPhone(text: string): string | undefined {
  const joined = text.replace(/[\s().\-/\u00a0]+/g, '').replace(/^00/, '+');
  return forms.e164.pattern.test(joined) ? joined : undefined;
}

/** Whether a value looks like a kind. What it is exactly is found out when the row is read. */
export function looksLike(text: string, kind: ValueKind): boolean {
  switch (kind) {
    case 'text':
      return true;
    case 'date':
      return readDate(text).kind !== 'none';
    case 'amount':
      return amountText(text) !== undefined;
    case 'flag':
      return readFlag(text) !== undefined;
    case 'currency':
      return readCurrency(text) !== undefined;
    case 'country':
      return forms.country.pattern.test(text.toUpperCase());
    case 'email':
      return text.includes('@');
    case 'phone':
      return text.replace(/\D/g, '').length >= 7;
    case 'language':
      return canonicalLanguage(text) !== undefined;
  }
}
