import { chargeAllowed } from '../../charges/index.js';
import { isRecobroError } from '../../errors.js';
import { isCurrency, parseAmount } from '../../money/index.js';
import type { Cursor } from '../cursor.js';
import { hint } from '../nearest.js';
import { fee as feeShape } from '../shapes/actions.js';
import { terms as termsShape } from '../shapes/fees.js';

/** A policy as checks across documents look at it: read once, asked for every adjustment. */
interface Ladder {
  readonly id: string | undefined;
  readonly policy: Cursor;
  readonly stages: readonly { readonly id: string; readonly at: Cursor }[];
}

function laddersOf(policies: readonly Cursor[]): readonly Ladder[] {
  return policies.map((policy) => ({
    id: policy.at('id').text(),
    policy,
    stages: policy
      .at('stages')
      .items()
      .map((at) => ({ id: at.at('id').text() ?? '', at })),
  }));
}

/** What a plan changes at stages, held against the policies concerned. */
export function checkAdjusted(plan: Cursor, policies: readonly Cursor[]): void {
  const adjustments = plan.at('adjust').items();
  if (adjustments.length === 0) return;
  const ladders = laddersOf(policies);
  const byStage = Map.groupBy(
    ladders.flatMap((ladder) => ladder.stages.map((stage) => ({ ladder, stage }))),
    ({ stage }) => stage.id,
  );
  const byFirst = Map.groupBy(ladders, ({ stages }) => stages[0]?.id);
  const ids = new Set(ladders.map((ladder) => ladder.id));
  for (const one of adjustments) {
    const id = one.at('policy').text();
    // A policy that is not there has been complained about.
    if (id !== undefined && !ids.has(id)) continue;
    const isMeant = (ladder: Ladder): boolean => id === undefined || ladder.id === id;
    for (const [stage, change] of one.at('stages').entries()) {
      const meant = (byStage.get(stage) ?? []).filter(({ ladder }) => isMeant(ladder));
      if (meant.length === 0) reportStage(change, stage, id, ladders);
      else if (change.at('via').exists && !meant.some((found) => sends(found.stage.at)))
        change.at('via').report('unused_setting', 'the stage sends nothing; leave via out');
      // Only what becomes of its first stage lets another one come first.
      for (const ladder of byFirst.get(stage) ?? []) if (isMeant(ladder)) checkFirst(one, ladder);
    }
  }
}

function reportStage(at: Cursor, stage: string, id: string | undefined, ladders: readonly Ladder[]): void {
  const known = ladders
    .filter((ladder) => id === undefined || ladder.id === id)
    .flatMap((ladder) => ladder.stages.map((one) => one.id));
  const where = id === undefined ? '' : ` in ${JSON.stringify(id)}`;
  at.report(
    'unknown_reference',
    `there is no stage ${JSON.stringify(stage)}${where}${hint(stage, [...new Set(known)])}`,
  );
}

/** Where stages are left out or moved, none may come first that counts from the one before it. */
function checkFirst(adjustment: Cursor, { id, stages }: Ladder): void {
  const changeOf = (stage: string): Cursor => adjustment.at('stages').at(stage);
  const first = stages.find((stage) => changeOf(stage.id).at('skip').value !== true);
  if (first === undefined) return;
  const own = changeOf(first.id).at('at');
  const bases = basesOf(own.exists ? own : first.at.at('at'));
  if (bases.length === 0 || !bases.every((basis) => basis === 'previous')) return;
  // The first of the document itself is the policy's own concern, unless it is moved here.
  if (first === stages[0] && !own.exists) return;
  (own.exists ? own : adjustment).report(
    'wrong_basis',
    `no stage is left before ${JSON.stringify(first.id)} of ${JSON.stringify(id ?? '')}, which counts from "previous"; give it another trigger with at`,
  );
}

function basesOf(at: Cursor): readonly (string | undefined)[] {
  if (at.at('from').exists) return [at.at('from').text()];
  return [...at.at('all').items(), ...at.at('any').items()].map((trigger) => trigger.at('from').text());
}

/** Keys about proposals say nothing where no stage proposes, for nobody. */
export function checkProposals(plan: Cursor, policies: readonly Cursor[]): void {
  const keyOf = (policy: string | undefined, stage: string): string =>
    JSON.stringify([policy ?? null, stage]);
  const adjusted = new Set<string>();
  for (const one of plan.at('adjust').items())
    for (const [stage, change] of one.at('stages').entries())
      if (isProposing(change.at('mode'))) adjusted.add(keyOf(one.at('policy').text(), stage));
  for (const { id, policy, stages } of laddersOf(policies)) {
    const proposes = (stage: Ladder['stages'][number]): boolean =>
      isProposing(stage.at.at('mode').exists ? stage.at.at('mode') : policy.at('mode')) ||
      adjusted.has(keyOf(undefined, stage.id)) ||
      adjusted.has(keyOf(id, stage.id));
    for (const stage of stages) {
      if (stage.at.at('lapses').exists && !proposes(stage))
        stage.at
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

function isProposing(mode: Cursor): boolean {
  return mode.exists && mode.text() !== 'auto';
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

function sends(stage: Cursor): boolean {
  return stage
    .at('do')
    .items()
    .some((action) => action.at('send').exists);
}
