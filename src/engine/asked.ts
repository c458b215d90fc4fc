import type { Case } from '../ledger/file.js';
import type { CompiledPolicy, CompiledStage, Engine } from './compile.js';
import { markOf, nextOccurrence, turnOf } from './marks.js';
import { isExpired, type Schedule } from './schedule.js';
import type { StageNote, StageState } from './stage-state.js';
import type { Unit } from './units.js';
import { barOf, isEmpty, refusalOf, type Skip, type Verdict } from './verdict.js';
import type { AccountView } from './view.js';

/** What is to be done of a stage that was asked for: it acts, or is barred. */
export type AskedVerdict = Exclude<Verdict, { readonly kind: 'exhaust' }> & { readonly stage: CompiledStage };

/**
 * A stage that was asked for acts at once: no day, hour, condition or amount
 * holds it. Blocks, contact rules, a level cap and hardship still do.
 *
 * @param rest the stages ahead, of which those that come before it are passed over
 */
export function askedVerdict(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  unit: Unit,
  one: Case,
  schedule: Schedule,
  rest: readonly CompiledStage[],
): AskedVerdict | undefined {
  const stage = one.asked === undefined ? undefined : policy.byId.get(one.asked);
  if (stage === undefined || isEmpty(stage)) return undefined;
  const reason = barOf(policy, view, unit, stage);
  if (reason !== undefined) return { kind: 'wait', reason, stage, day: undefined, skips: [] };
  const skips: Skip[] = [];
  for (const other of rest.slice(0, Math.max(rest.indexOf(stage), 0))) {
    const day = schedule.days[other.index];
    if (day === undefined || (day > view.today && !policy.climb)) continue;
    if (isExpired(engine, other, unit, day, view.today)) {
      skips.push({ stage: other, reason: 'expired' });
      continue;
    }
    const why = refusalOf(engine, policy, view, unit, one, other) ?? 'superseded';
    skips.push({ stage: other, reason: why, passed: true });
  }
  const { id } = stage.stage;
  return { kind: 'act', stage, occurrence: nextOccurrence(one, id), day: undefined, skips };
}

/** With a stage that was asked for, the days of the others play no part. */
export function noteAsked(
  verdict: AskedVerdict,
  { days }: Schedule,
  rest: readonly CompiledStage[],
  one: Case,
  note: StageNote,
): void {
  const asked = verdict.stage;
  const reason = verdict.kind === 'wait' ? verdict.reason : undefined;
  const own: StageState = reason === 'hardship' || reason === 'level_cap' ? reason : 'due';
  for (const stage of new Set([...rest, asked])) {
    const mark = markOf(one, stage.stage.id, turnOf(one, stage.stage.id));
    const passed = verdict.skips.find((skip) => skip.stage === stage)?.reason ?? 'later';
    const other = passed === 'nothing_to_do' ? 'passed' : passed;
    note(stage, stage === asked ? own : other, days[stage.index], mark);
  }
}
