/** Plans, policies and messages as data: types, typed definition, facts of conditions, presets, content hash. Pure; no zod. */
export { type AnswerCause, answerAbouts } from './answers.js';
export { canonicalJson, contentHash } from './canonical.js';
export {
  type ChannelId,
  type DocumentSet,
  defineDocuments,
  defineMessages,
  definePlan,
  definePolicy,
  defineWhatsappTemplates,
  type MessageId,
  type SegmentId,
  type StageId,
} from './define.js';
export {
  type AttributeFactName,
  type Fact,
  type FactName,
  type FactPlace,
  type FactType,
  factCatalogue,
  factNames,
  factOf,
  type Operator,
  operators,
  operatorsOf,
  type ScoreFactName,
} from './facts.js';
export type * from './fees.js';
export {
  type CadenceOptions,
  type EndlessOptions,
  type IntervalLevel,
  type IntervalsOptions,
  type LevelRunsOptions,
  type OverdueCriteria,
  type OverdueStatesOptions,
  type Preset,
  type PresetOptions,
  presets,
  type RunLevel,
  type ThresholdsOptions,
} from './presets/index.js';
export {
  type PackLanguage,
  type PresetMessagesOptions,
  presetMessages,
} from './presets/messages/catalogue.js';
export type { PresetMessage } from './presets/messages/pack.js';
export type { CurrencyCode } from './typed/currency-code.js';
export type * from './types.js';
export { type ItemVariable, itemVariables, type TextVariable, textVariables } from './variables.js';
