import { formatDay } from '../../src/calendar/index.js';
import { climb } from '../../src/engine/climb.js';
import { viewAt } from '../../src/engine/explain/ahead.js';
import { itemUnit } from '../../src/engine/units.js';
import type { Verdict } from '../../src/engine/verdict.js';
import type { Case, StageMark } from '../../src/ledger/file.js';
import type { Account, Invoice } from '../../src/ledger/types.js';
import type { Plan, Policy } from '../../src/policy/types.js';
import { aLadder, anAccount, anInvoice, aPlan, engineOf, fileOf, free, instant, told } from './build.js';

/** One case on one day, and in short what its ladder says. */

export interface Situation {
  readonly day: string;
  readonly stages?: readonly string[];
  readonly policy?: Partial<Policy>;
  readonly plan?: Partial<Plan>;
  /** `s1d done 03-02`, with an occurrence as `s1d.2`, and a reason behind the day. */
  readonly marks?: readonly string[];
  readonly case?: Partial<Case>;
  readonly invoice?: Partial<Invoice>;
  readonly account?: Partial<Account>;
}

export function markOf(text: string): StageMark {
  const [name = '', state = '', day = '', reason] = text.split(' ');
  const [stage = '', occurrence = '1'] = name.split('.');
  const mark = {
    stage,
    occurrence: Number(occurrence),
    state: state as StageMark['state'],
    on: `2026-${day}`,
  };
  return { ...mark, ...(reason === undefined ? {} : { reason }), tried: [], revision: 0 };
}

export function shortOf(verdict: Verdict | undefined): string {
  if (verdict === undefined) return 'the long way';
  const skips = verdict.skips.map(
    ({ stage, reason, passed }) => `${stage.stage.id} ${reason}${passed ? '*' : ''}`,
  );
  const over = skips.length === 0 ? '' : `, over: ${skips.join(', ')}`;
  if (verdict.kind === 'exhaust') return `exhaust ${verdict.reason}${over}`;
  const until = verdict.day === undefined ? '' : ` until ${formatDay(verdict.day).slice(5)}`;
  const stage = verdict.stage?.stage.id ?? '-';
  return verdict.kind === 'act'
    ? `act ${stage}.${verdict.occurrence}${until}${over}`
    : `wait ${verdict.reason} ${stage}${until}${over}`;
}

/** What a ladder is asked with, in the order of its parameters. */
export function askedOf({ day, stages = ['-3d', '1d', '3d', '9d'], ...own }: Situation) {
  const engine = engineOf(aLadder(stages, own.policy), aPlan(own.plan, free));
  const file = fileOf(told.account(anAccount(own.account)), told.invoice(anInvoice(own.invoice)));
  const view = viewAt(engine, file, instant(`2026-${day}T10:00:00-06:00`));
  const item = view.items[0];
  const plain = engine.policies.get('ladder');
  if (item === undefined || plain === undefined) throw new Error('nothing to climb');
  const policy = engine.adjust?.of(plain, 'robles', undefined) ?? plain;
  const one: Case = {
    ...{ id: 'ladder/F1#1', policy: 'ladder', version: 1, hash: '', subject: 'F1', opening: 1 },
    ...{ opened: '2026-02-01', state: 'open', shift: 0, marks: (own.marks ?? []).map(markOf), ...own.case },
  };
  return [engine, policy, view, itemUnit(item), one] as const;
}

/** What the ladder as a whole says, with and without a look at each of its stages: `s1d later 03-02`. */
export function climbOf(situation: Situation): { readonly said: string; readonly stages: readonly string[] } {
  const asked = askedOf(situation);
  const said = shortOf(climb(...asked));
  const seen = new Map<string, string>();
  const noted = shortOf(
    climb(...asked, ({ stage: { id } }, state, day) => {
      seen.set(id, [id, state, day === undefined ? '-' : formatDay(day).slice(5)].join(' '));
    }),
  );
  if (said !== noted) throw new Error(`says ${said}, and ${noted} when its stages are looked at`);
  return { said, stages: [...seen.values()] };
}
