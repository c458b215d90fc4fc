import { currencyExponent, isCurrency } from '../../money/index.js';

/** An amount's digits and separators, with what stood around them taken off. */
export interface AmountText {
  readonly negative: boolean;
  /** Digits, dots and commas. */
  readonly digits: string;
  /** ISO code of a currency written beside the amount. */
  readonly currency: string | undefined;
}

/** Decimal sign that an amount proves; `either` when its one separator may be both. */
export type DecimalProof = '.' | ',' | 'either' | 'none' | 'invalid';

const signs: ReadonlyMap<string, string | undefined> = new Map([
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['₹', 'INR'],
  ['R$', 'BRL'],
  ['US$', 'USD'],
  ['U$S', 'USD'],
  ['MX$', 'MXN'],
  ['S/', 'PEN'],
  ['S/.', 'PEN'],
  // Many countries' currency.
  ['$', undefined],
  ['¥', undefined],
]);

const marked =
  /^([-+−(]?)\s*(US\$|U\$S|MX\$|R\$|S\/\.?|[€£₹$¥]|[A-Z]{3})?\s*([-+−]?)\s*([\d.,]+)\s*(US\$|R\$|[€£₹$¥]|[A-Z]{3})?\s*([-−)]?)$/;

/** Takes an amount's text apart; undefined where it is none. Understands `(12.50)`, `12.50-`, `€ 12,50`, `12 345.00`. */
export function amountText(text: string): AmountText | undefined {
  // Spaces and apostrophes between digits are thousands separators of some countries.
  const joined = text.trim().replace(/(?<=\d)[\s\u00a0\u202f'’](?=\d{3}(?:\D|$))/g, '');
  const match = marked.exec(joined);
  if (match === null) return undefined;
  const [, before = '', mark, sign = '', digits = '', after, end = ''] = match;
  if ((before === '(') !== (end === ')') || !/\d/.test(digits)) return undefined;
  const minus = [before, sign, end].filter((one) => one === '-' || one === '−').length;
  const name = mark ?? after;
  if (minus > 1 || (minus === 1 && before === '(') || (mark !== undefined && after !== undefined))
    return undefined;
  if (name !== undefined && !signs.has(name) && !isCurrency(name)) return undefined;
  return {
    negative: minus === 1 || before === '(',
    digits,
    currency: name === undefined ? undefined : signs.has(name) ? signs.get(name) : name,
  };
}

/** What an amount tells about the decimal sign of its file. */
export function decimalProof(digits: string): DecimalProof {
  const dots = digits.split('.').length - 1;
  const commas = digits.split(',').length - 1;
  if (dots + commas === 0) return 'none';
  if (dots > 0 && commas > 0) {
    const decimal = digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ',';
    return fits(digits, decimal) ? decimal : 'invalid';
  }
  const own = dots > 0 ? '.' : ',';
  const other = dots > 0 ? ',' : '.';
  const asDecimal = fits(digits, own);
  const asThousands = fits(digits, other);
  if (asDecimal && asThousands) return 'either';
  return asDecimal ? own : asThousands ? other : 'invalid';
}

/**
 * Plain decimal text for a currency, or why there is none. Decimals beyond the
 * currency's are dropped when they are zeros, and refused otherwise: amounts
 * are never rounded.
 */
export function plainAmount(
  digits: string,
  decimal: '.' | ',',
  currency: string,
): { readonly text: string } | { readonly wrong: 'separators' | 'decimals' } {
  if (!fits(digits, decimal)) return { wrong: 'separators' };
  const thousands = decimal === '.' ? ',' : '.';
  const [whole = '', fraction = ''] = digits.replaceAll(thousands, '').split(decimal);
  const exponent = currencyExponent(currency);
  const kept = fraction.slice(0, exponent);
  if (/[1-9]/.test(fraction.slice(exponent))) return { wrong: 'decimals' };
  return { text: `${whole.replace(/^0+(?=\d)/, '') || '0'}${kept === '' ? '' : `.${kept}`}` };
}

/** Whether the separators make sense with a decimal sign: thousands in threes, or as in India in twos before the last three. */
function fits(digits: string, decimal: '.' | ','): boolean {
  const thousands = decimal === '.' ? ',' : '.';
  const [whole = '', fraction, ...more] = digits.split(decimal);
  if (more.length > 0 || fraction === '' || fraction?.includes(thousands) === true) return false;
  const groups = whole.split(thousands);
  if (groups.length === 1) return whole !== '' || fraction !== undefined;
  const [first = '', ...rest] = groups;
  const last = rest.pop() ?? '';
  if (last.length !== 3 || first === '' || first.length > 3 || first.startsWith('0')) return false;
  return (
    rest.every((group) => group.length === 3) ||
    (first.length <= 2 && rest.every((group) => group.length === 2))
  );
}
