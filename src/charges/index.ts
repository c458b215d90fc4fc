/** Late fees and interest: what a rule comes to, with its working, within what was agreed. Pure; decides nothing. */

export type { DatedRate, Rates, Terms } from '../ledger/types.js';
export type {
  FeeBase,
  FeeRule,
  FeeTier,
  InterestBase,
  InterestRule,
  NamedFeeRule,
  Tariff,
} from '../policy/fees.js';
export { type Allowance, chargeAllowed } from './allowed.js';
export { balancesOf } from './balances.js';
export type * from './charge.js';
export { type ChargeInput, chargeFor } from './charge-for.js';
export { showExact } from './fraction.js';
export { chargeProblems, termsProblems } from './problems.js';
