/** Lint: what is odd about valid documents. Pure; no zod. */
export type { LintContext } from './context.js';
export type {
  Finding,
  LintOptions,
  LintRule,
  MappedButton,
  MappedTemplate,
  MappedTemplates,
  Remark,
  RuleCheck,
  Severity,
  SmsPlan,
} from './finding.js';
export { lint, lintRules } from './lint.js';
export type { Reason, RuleId } from './reasons.js';
