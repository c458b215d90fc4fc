import { isDay } from '../calendar/index.js';
import { type Problem, RecobroError } from '../errors.js';
import type { Documents } from '../policy/types.js';
import { contextOf } from './context.js';
import type { Finding, LintOptions, LintRule, RuleCheck, Severity } from './finding.js';
import { isNear } from './near.js';
import { reasons } from './reasons.js';
import { assignmentRules } from './rules/assignments.js';
import { chargeRules } from './rules/charges.js';
import { contactRules } from './rules/contact.js';
import { endRules } from './rules/ends.js';
import { hourRules } from './rules/hours.js';
import { ladderRules } from './rules/ladder.js';
import { levelRules } from './rules/levels.js';
import { linkRules } from './rules/links.js';
import { mannerRules } from './rules/manners.js';
import { setupRules } from './rules/setup.js';
import { smsRules } from './rules/sms.js';
import { textRules } from './rules/texts.js';
import { toneRules } from './rules/tone.js';
import { waitsForCondition } from './rules/waits-for-condition.js';

const checks: readonly RuleCheck[] = [
  ...ladderRules,
  ...levelRules,
  waitsForCondition,
  ...endRules,
  ...chargeRules,
  ...contactRules,
  ...hourRules,
  ...setupRules,
  ...smsRules,
  ...assignmentRules,
  ...linkRules,
  ...textRules,
  ...toneRules,
  ...mannerRules,
];

/** Every rule, in the order in which findings are told. */
export const lintRules: readonly LintRule[] = checks.map((rule) => ({ ...rule, ...reasons[rule.id] }));

const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * What is odd about documents that are valid: unreachable stages, tone that
 * falls, caps that starve a stage, texts that do not say how to pay, and so on.
 * Errors first, then warnings, then what is only worth knowing; the same for
 * the same documents. The presets have none.
 *
 * @param documents valid documents, as `parseDocuments` returns them
 * @example
 * for (const { severity, id, path, message, fix } of lint(documents)) {
 *   console.log(`${severity} ${path}: ${message} (${id}); ${fix}`);
 * }
 * @example lint(documents, { rules: { 'single-channel': 'off', 'too-long': 'error' } })
 * @throws RecobroError `invalid_option` where `rules` names a rule that there is not, or `channels` or
 * `today` are none; `invalid_document` for what is no set of documents; `invalid_template`,
 * `invalid_duration` for documents that are not valid
 */
export function lint(documents: Documents, options: LintOptions = {}): Finding[] {
  checkAsked(documents, options);
  const { rules = {} } = options;
  checkRules(rules);
  const context = contextOf(documents, options);
  const findings = lintRules.flatMap((rule) => {
    const wanted = Object.hasOwn(rules, rule.id) ? rules[rule.id] : undefined;
    return wanted === 'off' ? [] : [...unique(rule, rule.check(context), wanted)];
  });
  return findings.sort((a, b) => order[a.severity] - order[b.severity]);
}

/** Hosts without types may hand over anything: what cannot be looked at at all is refused. */
function checkAsked(documents: unknown, { channels, today }: LintOptions): void {
  const given = isObject(documents) ? documents : {};
  if (!isObject(given.plan) || !Array.isArray(given.policies) || !isObject(given.messages))
    throw new RecobroError('invalid_document', 'lint looks at documents: { plan, policies, messages }');
  const problems: Problem[] = [];
  const ids: unknown = channels;
  if (
    ids !== undefined &&
    !(Array.isArray(ids) && ids.every((one) => isObject(one) && typeof one.id === 'string'))
  )
    problems.push({
      path: 'channels',
      code: 'invalid_value',
      message: "write a list such as [{ id: 'email' }]",
    });
  if (today !== undefined && (typeof today !== 'string' || !isDay(today)))
    problems.push({ path: 'today', code: 'invalid_date', message: 'write a date such as 2026-03-02' });
  if (problems.length > 0)
    throw new RecobroError('invalid_option', 'lint: the options are not valid', { problems });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkRules(rules: Readonly<Record<string, Severity | 'off'>>): void {
  const ids: readonly string[] = lintRules.map((rule) => rule.id);
  const problems = Object.entries(rules).flatMap(([id, wanted]) => {
    const path = `rules.${id}`;
    if (!ids.includes(id)) {
      const near = ids.find((one) => isNear(id, one));
      const hint = near === undefined ? '' : `; did you mean "${near}"?`;
      return [{ path, code: 'unknown_rule', message: `there is no rule ${JSON.stringify(id)}${hint}` }];
    }
    if (wanted === 'off' || Object.hasOwn(order, wanted)) return [];
    return [{ path, code: 'invalid_value', message: 'write "error", "warning", "info" or "off"' }];
  });
  if (problems.length === 0) return;
  const [first] = problems;
  throw new RecobroError('invalid_option', `lint: ${first?.message}`, { problems });
}

/** A text for both forms is looked at twice and told once. */
function* unique(
  { id, severity, explanation }: LintRule,
  remarks: ReturnType<RuleCheck['check']>,
  wanted: Severity | undefined,
): Generator<Finding> {
  const told = new Set<string>();
  for (const { path, message, fix, severity: own = severity } of remarks) {
    const key = `${path} ${message}`;
    if (told.has(key)) continue;
    told.add(key);
    yield { id, severity: wanted ?? own, path, message, explanation, fix };
  }
}
