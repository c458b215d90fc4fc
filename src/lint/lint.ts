import type { Documents } from '../policy/types.js';
import { contextOf } from './context.js';
import type { Finding, LintOptions, LintRule, Severity } from './finding.js';
import { assignmentRules } from './rules/assignments.js';
import { chargeRules } from './rules/charges.js';
import { contactRules } from './rules/contact.js';
import { endRules } from './rules/ends.js';
import { ladderRules } from './rules/ladder.js';
import { levelRules } from './rules/levels.js';
import { linkRules } from './rules/links.js';
import { textRules } from './rules/texts.js';
import { toneRules } from './rules/tone.js';

/** Every rule, in the order in which findings are told. */
export const lintRules: readonly LintRule[] = [
  ...ladderRules,
  ...levelRules,
  ...endRules,
  ...chargeRules,
  ...contactRules,
  ...assignmentRules,
  ...linkRules,
  ...textRules,
  ...toneRules,
];

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
 * @throws RecobroError `invalid_template`, `invalid_duration` for documents that are not valid
 */
export function lint(documents: Documents, options: LintOptions = {}): Finding[] {
  const context = contextOf(documents, options);
  const findings = lintRules.flatMap(({ id, severity, check }) => [...unique(id, severity, check(context))]);
  return findings.sort((a, b) => order[a.severity] - order[b.severity]);
}

/** A text for both forms is looked at twice and told once. */
function* unique(id: string, severity: Severity, remarks: ReturnType<LintRule['check']>): Generator<Finding> {
  const told = new Set<string>();
  for (const { path, message, fix, severity: own = severity } of remarks) {
    const key = `${path} ${message}`;
    if (told.has(key)) continue;
    told.add(key);
    yield { id, severity: own, path, message, fix };
  }
}
