/** Messages: catalogue of variables, compiling, rendering, checks. The only home of mustache; reads no clock and no locale of the process. */
export {
  type LengthOptions,
  type MissingContent,
  missingContent,
  type RequiredContent,
  type TextPlace,
  type WorstLength,
  wordlessTemplates,
  worstLengths,
} from './check.js';
export {
  type CompiledEmail,
  type CompiledMessage,
  type CompiledMessages,
  type CompiledText,
  compileMessages,
  hasText,
  messageProblems,
  type TextEntry,
  textsOf,
} from './compile.js';
export { exampleFacts, exampleSender } from './examples.js';
export type {
  EmailContent,
  MessageFacts,
  MessageItem,
  PaymentFacts,
  RenderRequest,
  TextContent,
} from './facts.js';
export { type Formatter, formatterOf } from './format.js';
export { type GivenWords, givenEmail, givenText } from './given.js';
export { formatLocale, languageChain } from './language.js';
export { webLink } from './links.js';
export { type RenderedMessage, renderMessage } from './render.js';
export {
  type PayMethods,
  payProblems,
  type Sender,
  type SenderProfile,
  senderLimits,
  senderProblems,
} from './sender.js';
export { type MessageText, textRefs } from './text-refs.js';
export {
  itemsSection,
  type MessageForm,
  type MessageVariable,
  type VariableScope,
  variableCatalogue,
} from './variables.js';
export {
  type TemplateDefinition,
  type TemplateDefinitionParameter,
  templatesOf,
} from './whatsapp-templates.js';
