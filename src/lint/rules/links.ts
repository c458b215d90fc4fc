import { parseAmount } from '../../money/index.js';
import { canonicalJson } from '../../policy/canonical.js';
import type { Condition, MoneyThreshold } from '../../policy/types.js';
import { factsOf } from '../conditions.js';
import type { LintContext } from '../context.js';
import type { RuleCheck } from '../finding.js';

/** Rules about what the documents say of each other. */

const noDefaultPolicy: RuleCheck = {
  id: 'no-default-policy',
  severity: 'warning',
  description:
    'Accounts that no assignment names are not dunned, and the plan does not say that this is meant.',
  *check({ documents: { plan } }) {
    if (plan.default !== undefined) return;
    yield {
      path: 'plan.default',
      message: 'accounts that no assignment names are never reminded',
      fix: 'name a policy, or write null if that is meant',
    };
  },
};

const unusedPolicy: RuleCheck = {
  id: 'unused-policy',
  severity: 'info',
  description: 'The plan uses a policy nowhere.',
  *check({ documents: { plan, policies } }) {
    const arms = (plan.experiments ?? []).flatMap((one) => one.arms);
    const used = new Set([plan.default, ...[...(plan.assign ?? []), ...arms].map((one) => one.policy)]);
    const told = new Set<string>();
    for (const [index, { id }] of policies.entries()) {
      // Older versions of a policy stand here for the cases that run on them.
      if (used.has(id) || told.has(id)) continue;
      told.add(id);
      yield {
        path: `policies[${index}]`,
        message: `the plan uses "${id}" nowhere`,
        fix: 'assign it, or take it out; leave it if accounts or invoices name it themselves',
      };
    }
  },
};

const unusedSegment: RuleCheck = {
  id: 'unused-segment',
  severity: 'warning',
  description: 'Neither an assignment nor an adjustment names a segment.',
  *check({ documents: { plan } }) {
    const used = new Set([...(plan.assign ?? []), ...(plan.adjust ?? [])].map((one) => one.segment));
    for (const [index, { id }] of (plan.segments ?? []).entries()) {
      if (used.has(id)) continue;
      yield {
        path: `plan.segments[${index}]`,
        message: `nothing names "${id}", so its accounts are treated like all others`,
        fix: 'assign a policy to it, adjust one for it, or take it out',
      };
    }
  },
};

const shadowedSegment: RuleCheck = {
  id: 'shadowed-segment',
  severity: 'error',
  description: 'A segment never wins: one above it has the same condition.',
  *check({ documents: { plan } }) {
    const first = new Map<string, string>();
    for (const [index, { id, when }] of (plan.segments ?? []).entries()) {
      const condition = canonicalJson(when);
      const before = first.get(condition);
      if (before === undefined) first.set(condition, id);
      else {
        yield {
          path: `plan.segments[${index}]`,
          message: `"${before}" has the same condition and stands above, so nobody is ever in "${id}"`,
          fix: 'change one of the conditions, or take one segment out',
        };
      }
    }
  },
};

const unusedMessage: RuleCheck = {
  id: 'unused-message',
  severity: 'info',
  description: 'No policy sends a message.',
  *check({ sends, messages }) {
    const used = new Set(sends.map((send) => send.action.send));
    for (const [id, { path }] of messages) {
      if (used.has(id)) continue;
      yield { path, message: `no policy sends "${id}"`, fix: 'send it, or take it out' };
    }
  },
};

const missingThreshold: RuleCheck = {
  id: 'missing-threshold',
  severity: 'warning',
  description: 'A threshold names no amount for a currency that others name, or that fees are charged in.',
  *check(context) {
    const found = [...thresholdsOf(context)];
    const { currency } = context.documents.plan;
    const named = found.flatMap(({ amounts }) => Object.keys(amounts));
    const currencies = [...new Set(currency === undefined ? named : [...named, currency])].sort();
    for (const { path, amounts } of found) {
      const missing = currencies.filter((currency) => !Object.hasOwn(amounts, currency));
      if (missing.length === 0) continue;
      yield {
        path,
        message: `names no amount in ${missing.join(', ')}, which others do`,
        fix: `add ${missing.join(', ')}`,
      };
    }
  },
};

interface FoundThreshold {
  readonly path: string;
  readonly amounts: MoneyThreshold;
}

/** Every amount by currency with which something is compared. */
export function* thresholdsOf({ documents: { plan, policies } }: LintContext): Generator<FoundThreshold> {
  if (plan.tolerance !== undefined) yield { path: 'plan.tolerance', amounts: plan.tolerance };
  for (const [index, { when }] of (plan.segments ?? []).entries()) {
    yield* inCondition(when, `plan.segments[${index}].when`);
  }
  for (const [index, { when }] of (plan.experiments ?? []).entries()) {
    if (when !== undefined) yield* inCondition(when, `plan.experiments[${index}].when`);
  }
  for (const [index, { scope, stages }] of policies.entries()) {
    if (scope !== undefined) yield* inCondition(scope, `policies[${index}].scope`);
    for (const [place, { when, min }] of stages.entries()) {
      if (when !== undefined) yield* inCondition(when, `policies[${index}].stages[${place}].when`);
      if (min?.amount !== undefined)
        yield { path: `policies[${index}].stages[${place}].min.amount`, amounts: min.amount };
    }
  }
}

function* inCondition(condition: Condition, path: string): Generator<FoundThreshold> {
  if ('all' in condition || 'any' in condition) {
    const [key, list] =
      'all' in condition ? (['all', condition.all] as const) : (['any', condition.any] as const);
    for (const [index, one] of list.entries()) yield* inCondition(one, `${path}.${key}[${index}]`);
  } else if ('not' in condition) yield* inCondition(condition.not, `${path}.not`);
  else {
    for (const operator of ['eq', 'ne', 'gt', 'gte', 'lt', 'lte'] as const) {
      const amounts = condition[operator];
      if (typeof amounts === 'object') yield { path: `${path}.${operator}`, amounts };
    }
  }
}

const toleranceAboveMinimum: RuleCheck = {
  id: 'tolerance-above-minimum',
  severity: 'warning',
  description: 'A threshold of a stage lies below the tolerance, so that it never decides.',
  *check({ documents: { plan }, ladders }) {
    const { tolerance = {} } = plan;
    for (const { stage, path } of ladders.flatMap((ladder) => ladder.stages)) {
      for (const [currency, text] of Object.entries(stage.min?.amount ?? {})) {
        const settled = Object.hasOwn(tolerance, currency) ? tolerance[currency] : undefined;
        if (settled === undefined || parseAmount(text, currency) > parseAmount(settled, currency)) continue;
        // Several small items may reach a threshold of the account together.
        if (stage.min?.of === 'account' || parseAmount(text, currency) === 0) continue;
        yield {
          path: `${path}.min.amount.${currency}`,
          message: `${text} ${currency} is not above the tolerance of ${settled}, below which nothing is chased`,
          fix: 'raise it above the tolerance, or lower the tolerance',
        };
      }
    }
  },
};

const unusedFact: RuleCheck = {
  id: 'unused-fact',
  severity: 'info',
  description: 'The plan declares a fact of the host’s own that nothing asks about.',
  *check({ documents: { plan, policies } }) {
    const asked = new Set<string>();
    const ask = (condition: Condition | undefined): void => {
      for (const { fact } of condition === undefined ? [] : factsOf(condition)) asked.add(fact);
    };
    for (const { when } of [...(plan.segments ?? []), ...(plan.experiments ?? [])]) ask(when);
    for (const { scope, stages, unit, message } of policies) {
      ask(scope);
      for (const { when } of stages) ask(when);
      for (const key of typeof unit === 'object' ? unit.group : []) asked.add(key);
      for (const key of [message?.by ?? []].flat()) asked.add(key);
    }
    for (const name of Object.keys(plan.facts ?? {})) {
      if (asked.has(name)) continue;
      yield {
        path: `plan.facts["${name}"]`,
        message: `nothing asks about "${name}"`,
        fix: 'ask about it in a condition, or take it out',
      };
    }
  },
};

export const linkRules: readonly RuleCheck[] = [
  noDefaultPolicy,
  unusedPolicy,
  unusedSegment,
  shadowedSegment,
  unusedMessage,
  missingThreshold,
  toleranceAboveMinimum,
  unusedFact,
];
