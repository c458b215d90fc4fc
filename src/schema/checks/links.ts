import { chargeAllowed } from '../../charges/index.js';
import { isRecobroError } from '../../errors.js';
import { isCurrency, parseAmount } from '../../money/index.js';
import type { Cursor } from '../cursor.js';
import { hint } from '../nearest.js';
import { fee as feeShape } from '../shapes/actions.js';
import { terms as termsShape } from '../shapes/fees.js';

/** What a plan changes at stages, held against the policies concerned. */
export function checkAdjusted(plan: Cursor, policies: readonly Cursor[]): void {
  for (const one of plan.at('adjust').items()) {
    const id = one.at('policy').text();
    const meant = policies.filter((policy) => id === undefined || policy.at('id').text() === id);
    if (meant.length === 0) continue;
    const known = meant.flatMap((policy) => stageIds(policy));
    for (const [stage, change] of one.at('stages').entries()) {
      if (!known.includes(stage)) {
        change.report(
          'unknown_reference',
          `there is no stage ${JSON.stringify(stage)}${id === undefined ? '' : ` in ${JSON.stringify(id)}`}${hint(stage, known)}`,
        );
        continue;
      }
      const stages = meant.flatMap((policy) => stageOf(policy, stage));
      if (change.at('via').exists && !stages.some(sends))
        change.at('via').report('unused_setting', 'the stage sends nothing; leave via out');
    }
    for (const policy of meant) checkFirst(one, policy);
  }
}

/** Where stages are left out, none may come first that counts from the one before it. */
function checkFirst(adjustment: Cursor, policy: Cursor): void {
  const stages = policy.at('stages').items();
  const changeOf = (stage: Cursor): Cursor => adjustment.at('stages').at(stage.at('id').text() ?? '');
  const first = stages.find((stage) => changeOf(stage).at('skip').value !== true);
  if (first === undefined) return;
  const own = changeOf(first).at('at');
  const bases = basesOf(own.exists ? own : first.at('at'));
  if (bases.length === 0 || !bases.every((basis) => basis === 'previous')) return;
  // The first of the document itself is the policy's own concern, unless it is moved here.
  if (first === stages[0] && !own.exists) return;
  (own.exists ? own : adjustment).report(
    'wrong_basis',
    `no stage is left before ${JSON.stringify(first.at('id').text() ?? '')} of ${JSON.stringify(policy.at('id').text() ?? '')}, which counts from "previous"; give it another trigger with at`,
  );
}

function basesOf(at: Cursor): readonly (string | undefined)[] {
  if (at.at('from').exists) return [at.at('from').text()];
  return [...at.at('all').items(), ...at.at('any').items()].map((trigger) => trigger.at('from').text());
}

/** Keys about proposals say nothing where no stage proposes, for nobody. */
export function checkProposals(plan: Cursor, policies: readonly Cursor[]): void {
  const adjusted = plan.at('adjust').items();
  for (const policy of policies) {
    const id = policy.at('id').text();
    const own = adjusted.filter((one) => !one.at('policy').exists || one.at('policy').text() === id);
    const proposes = (stage: Cursor): boolean => {
      const modes = [
        stage.at('mode').exists ? stage.at('mode') : policy.at('mode'),
        ...own.map((one) =>
          one
            .at('stages')
            .at(stage.at('id').text() ?? '')
            .at('mode'),
        ),
      ];
      return modes.some((mode) => mode.exists && mode.text() !== 'auto');
    };
    const stages = policy.at('stages').items();
    for (const stage of stages) {
      if (stage.at('lapses').exists && !proposes(stage))
        stage
          .at('lapses')
          .report(
            'unused_setting',
            'only proposals lapse; write mode: "approve" or "task", or leave lapses out',
          );
    }
    for (const key of ['proposed', 'discarded']) {
      if (policy.at(key).exists && policy.at('stages').exists && !stages.some(proposes))
        policy
          .at(key)
          .report(
            'unused_setting',
            `no stage proposes anything; write mode: "approve" or "task", or leave ${key} out`,
          );
    }
  }
}

/** Stages of earlier versions that a map names, where earlier versions are there to look at. */
export function checkMapped(policies: readonly Cursor[]): void {
  for (const policy of policies) {
    const version = policy.at('version').number();
    if (version === undefined) continue;
    const earlier = policies.filter(
      (other) =>
        other.at('id').text() === policy.at('id').text() &&
        (other.at('version').number() ?? version) < version,
    );
    if (earlier.length === 0) continue;
    const known = earlier.flatMap(stageIds);
    for (const [old, at] of policy.at('adopt').at('map').entries()) {
      if (!known.includes(old))
        at.report(
          'unknown_reference',
          `no earlier version has a stage ${JSON.stringify(old)}${hint(old, known)}`,
        );
    }
  }
}

/**
 * Nothing is charged that was not agreed: where the plan says what was agreed
 * with everybody, a fee beyond it would never be made.
 */
export function checkAgreed(plan: Cursor, policies: readonly Cursor[]): void {
  const { data: terms } = termsShape.safeParse(plan.at('terms').value);
  if (terms === undefined) return;
  for (const policy of policies) {
    for (const stage of policy.at('stages').items()) {
      for (const action of stage.at('do').items()) {
        const { data: fee } = feeShape.safeParse(action.value);
        if (fee === undefined) continue;
        const answer = ask(() => chargeAllowed(fee, terms));
        if (answer !== undefined && !answer.allowed) {
          action.report(
            'not_agreed',
            `plan.${answer.at} does not allow this; charge within what was agreed, or write there what was`,
          );
        } else if (typeof terms.fees === 'object') checkSums(action, fee.fixed, fee.max, terms.fees);
      }
    }
  }
}

type Amounts = Readonly<Record<string, string>>;

function checkSums(action: Cursor, fixed: Amounts = {}, max: Amounts = {}, agreed: Amounts): void {
  for (const [currency, text] of Object.entries(fixed)) {
    const sum = Math.min(
      minorIn(text, currency) ?? 0,
      minorIn(max[currency], currency) ?? Number.POSITIVE_INFINITY,
    );
    const most = minorIn(agreed[currency], currency) ?? 0;
    if (sum <= most) continue;
    const said = agreed[currency] === undefined ? 'nothing' : `${agreed[currency]} at most`;
    action
      .at('fixed')
      .at(currency)
      .report(
        'not_agreed',
        `plan.terms.fees agrees on ${said} in ${currency}; charge that, or write there what was agreed`,
      );
  }
}

function minorIn(text: string | undefined, currency: string): number | undefined {
  return text === undefined || !isCurrency(currency) ? undefined : ask(() => parseAmount(text, currency));
}

/** The answer of the core, or undefined where the value was complained about already. */
function ask<T>(question: () => T): T | undefined {
  try {
    return question();
  } catch (error) {
    if (!isRecobroError(error)) throw error;
    return undefined;
  }
}

function stageIds(policy: Cursor): readonly string[] {
  return policy
    .at('stages')
    .items()
    .flatMap((stage) => stage.at('id').text() ?? []);
}

function stageOf(policy: Cursor, id: string): readonly Cursor[] {
  return policy
    .at('stages')
    .items()
    .filter((stage) => stage.at('id').text() === id);
}

function sends(stage: Cursor): boolean {
  return stage
    .at('do')
    .items()
    .some((action) => action.at('send').exists);
}
