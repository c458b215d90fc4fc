import type { Case } from '../../ledger/file.js';
import type { LevelCap } from '../../ledger/types.js';
import type { CompiledPolicy, CompiledStage, Engine } from '../compile.js';
import type { Unit } from '../units.js';
import { isAbove } from '../verdict.js';
import type { AccountView } from '../view.js';
import { minimumWays } from './amount-ways.js';
import { conditionWays } from './condition-ways.js';
import type { Way } from './types.js';
import { satisfied, together } from './ways.js';

/** All that would have to change for a stage whose day has come not to be refused: behind one refusal there may be another. */
export function refusalWays(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  one: Case,
  stage: CompiledStage,
): readonly Way[] {
  const { when } = stage.stage;
  return together([
    barWays(policy, view, unit, stage),
    when === undefined ? satisfied : conditionWays(when, { view, unit, case: one, policy }),
    stage.minimum === undefined ? satisfied : minimumWays(engine, policy, stage.minimum, view, unit),
  ]);
}

/** What keeps a stage from acting even when somebody asks for it would have to change. */
export function barWays(
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  stage: CompiledStage,
): readonly Way[] {
  return together([hardshipWays(view, stage), capWays(policy, view, unit, stage)]);
}

function hardshipWays({ file }: AccountView, stage: CompiledStage): readonly Way[] {
  if (stage.tone === 0 || file.account?.hardship !== true) return satisfied;
  return [[{ kind: 'condition', fact: 'account.hardship', op: 'eq', wanted: false, found: true }]];
}

/** The caps of the account and of the invoices above which a stage lies. */
export function capsBelow(
  policy: CompiledPolicy,
  { file }: AccountView,
  unit: Unit,
  stage: CompiledStage,
): readonly { readonly of: 'account' | 'invoice'; readonly id: string; readonly found: LevelCap }[] {
  const owners = [
    { of: 'account' as const, id: file.id, found: file.account?.cap },
    ...unit.items.map(({ invoice }) => ({ of: 'invoice' as const, id: invoice.id, found: invoice.cap })),
  ];
  return owners.flatMap(({ of, id, found }) =>
    found !== undefined && isAbove(policy, stage, found) ? [{ of, id, found }] : [],
  );
}

function capWays(
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  stage: CompiledStage,
): readonly Way[] {
  return [
    capsBelow(policy, view, unit, stage).map((one) => ({
      kind: 'cap' as const,
      ...one,
      wanted: stage.level,
    })),
  ];
}
