/** Amounts: whole minor units with an ISO 4217 code, exact or refused, never rounded by accident. */
export { allocate, split } from './allocate.js';
export { currencyExponent, isCurrency } from './currencies.js';
export { addMinor, checkMinor } from './minor.js';
export { add, compare, type Money, type MoneyInput, subtract, sumByCurrency, toMinor } from './money.js';
export { divideRounded, percentOf, type Rounding } from './rounding.js';
export { formatAmount, parseAmount } from './text.js';
