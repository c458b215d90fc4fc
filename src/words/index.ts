/**
 * What recobro says to people, in English, Spanish and Portuguese: reasons,
 * explanations, runs. Pure: data in, text out, nothing of Node, no clock.
 */
export { amountText } from './amounts.js';
export {
  type DocumentChange,
  type DocumentDiff,
  diffDocuments,
  type Thing,
  type ToCompare,
} from './diff/compare.js';
export { changeText, diffText } from './diff/text.js';
export {
  type ExplanationTextOptions,
  explanationText,
  itemText,
  type ToExplain,
} from './explain/text.js';
export { type ImpactTextOptions, impactText, type ToReport } from './impact/text.js';
export { type Language, languageOf, languages } from './language.js';
export { type NextTextOptions, nextActionText, worklistText } from './next/text.js';
export { reasonText } from './reason.js';
export type { NamedPolicies } from './stages.js';
