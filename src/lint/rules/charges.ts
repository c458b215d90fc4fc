import type { LintContext } from '../context.js';
import type { RuleCheck } from '../finding.js';
import { thresholdsOf } from './links.js';

/** Rules about fees and interest. */

function* feesOf({ ladders }: LintContext) {
  for (const { stages } of ladders)
    for (const { stage, path } of stages)
      for (const [index, action] of stage.do.entries())
        if ('fee' in action) yield { fee: action, path: `${path}.do[${index}]` };
}

const feeWithoutTerms: RuleCheck = {
  id: 'fee-without-terms',
  severity: 'warning',
  description: 'A stage charges, but the plan does not say what was agreed about paying late.',
  *check(context) {
    if (context.documents.plan.terms !== undefined) return;
    for (const { fee, path } of feesOf(context)) {
      yield {
        path,
        message: `"${fee.fee}" is charged only to whom terms are recorded on the account or the invoice`,
        fix: 'write plan.terms if all agreed to it, else record terms where they were agreed',
      };
    }
  },
};

const missingFeeCurrency: RuleCheck = {
  id: 'missing-fee-currency',
  severity: 'warning',
  description: 'A fee names no amount for a currency that other amounts name.',
  *check(context) {
    const { currency } = context.documents.plan;
    const fees = [...feesOf(context)].filter(({ fee }) => fee.fixed !== undefined);
    const named = new Set([
      ...[...thresholdsOf(context)].flatMap(({ amounts }) => Object.keys(amounts)),
      ...fees.flatMap(({ fee }) => Object.keys(fee.fixed ?? {})),
      ...(currency === undefined ? [] : [currency]),
    ]);
    for (const { fee, path } of fees) {
      const missing = [...named].filter((one) => !Object.hasOwn(fee.fixed ?? {}, one)).sort();
      if (missing.length === 0 || fee.currency !== undefined) continue;
      yield {
        path: `${path}.fixed`,
        message: `names no amount in ${missing.join(', ')}, so debts in it are not charged`,
        fix: `add ${missing.join(', ')}, or the currency in which it is charged`,
      };
    }
  },
};

export const chargeRules: readonly RuleCheck[] = [feeWithoutTerms, missingFeeCurrency];
