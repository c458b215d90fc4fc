/**
 * What segments are made of, beside the facts of an account: sticky shares for
 * pilots and experiments, risk score, typical delay, ABC classes. Pure: no
 * I/O, no clock, no randomness.
 */
export { type Arm, armOf, armPicker, type Division, isInPilot, pilotPicker } from './arms.js';
export {
  type AbcClass,
  type AbcThresholds,
  type AccountAmount,
  abcClasses,
  abcThresholds,
  type Standing,
} from './classes.js';
export {
  creditUseOf,
  type EndedPromise,
  type PaidItem,
  type PaymentHistory,
  paidItems,
  promiseCounts,
  type SettledItem,
} from './history.js';
export {
  type OwnFacts,
  type Portfolio,
  type PortfolioEntry,
  type PortfolioFacts,
  type PortfolioOptions,
  type PortfolioTally,
  portfolioOf,
  tallyPortfolio,
} from './portfolio.js';
export { type RevenueCredit, type RevenueInvoice, trailingRevenue } from './revenue.js';
export {
  type RiskOptions,
  type RiskPart,
  type RiskPartName,
  type RiskScore,
  type RiskScorer,
  riskScore,
  riskScorer,
  riskWeights,
  scoreBy,
} from './risk.js';
export { shareOf } from './share.js';
export {
  median,
  type TypicalOptions,
  thinHistory,
  typicalDaysLate,
  typicalDaysToPay,
  typicalWindow,
} from './typical.js';
