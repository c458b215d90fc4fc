import type { CurrencyCode } from '../../src/policy/typed/currency-code.js';
import type { currencyCodes } from '../policy/currency-codes.js';

// The values that the tests compare with `money` are all the members of the type, and no others.
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Equal<A, B>): void => undefined;

same<(typeof currencyCodes)[number], CurrencyCode>(true);
