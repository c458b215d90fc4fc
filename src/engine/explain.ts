import { formatDay } from '../calendar/index.js';
import type { PlaceRefusal } from '../contact/recipients.js';
import type { Block } from '../ledger/block.js';
import type { AccountFile } from '../ledger/file.js';
import type { Item } from '../ledger/items.js';
import type { Act, DocumentRef } from './acts.js';
import { type ArmOfExperiment, segmentOf } from './assign.js';
import { climb, type StageState } from './climb.js';
import type { Engine } from './compile.js';
import { type ConditionReport, reportCondition } from './condition-report.js';
import { type Decision, decide, type Waiting } from './decide.js';
import { evolveAll } from './evolve.js';
import { lifecycle, type SubjectOfReview } from './lifecycle.js';
import { look } from './look.js';
import { settledReason } from './settled.js';

/** The questions asked of every item, in this order. The first that fails is why nothing goes out. */
export const guards = [
  'owed',
  'account',
  'policy',
  'not_blocked',
  'not_under_way',
  'date',
  'condition',
  'recipient',
  'contact_rules',
] as const;
export type Guard = (typeof guards)[number];

/** One stage of an item's ladder as seen today. */
export interface StageExplanation {
  readonly stage: string;
  readonly tone: string;
  readonly state: StageState;
  /** Planned day; absent when the date it counts from is missing. */
  readonly day?: string | undefined;
  /** Day on which it was done or skipped. */
  readonly on?: string | undefined;
  readonly reason?: string | undefined;
  /** Where the stage's condition was asked: part by part, with what was found. */
  readonly condition?: ConditionReport | undefined;
}

/** Why an item is or is not dunned today. Codes and data; sentences are made above the core. */
export interface ItemExplanation {
  readonly item: string;
  readonly invoice: string;
  readonly number: string;
  readonly currency: string;
  readonly outstanding: number;
  readonly dunnable: number;
  readonly due?: string | undefined;
  readonly daysPastDue?: number | undefined;
  readonly blocks: readonly Block[];
  readonly policy?: DocumentRef | undefined;
  /** What assigned the policy. */
  readonly assignedBy: string;
  /** The experiment and its arm, where one gave the policy. */
  readonly experiment?: ArmOfExperiment | undefined;
  /** The group that it climbs with, and the item that carries it. */
  readonly group?: { readonly id: string; readonly carrier: string } | undefined;
  readonly case?: string | undefined;
  readonly stages: readonly StageExplanation[];
  /** Acts now, or which guard stopped it. */
  readonly acts: boolean;
  readonly failed?: Guard | undefined;
  /** Code of the failing guard's answer. */
  readonly reason?: string | undefined;
  readonly stage?: string | undefined;
  /** When the answer may change by itself. */
  readonly at?: number | undefined;
  readonly refusals?: readonly PlaceRefusal[] | undefined;
}

/** States in which a stage's condition was asked. */
const asked: ReadonlySet<StageState> = new Set([
  'due',
  'condition',
  'superseded',
  'minimum',
  'no_threshold',
  'no_rate',
]);

/** Everything `decide` looked at for an account at an instant. */
export interface Explanation {
  readonly account: string;
  readonly at: number;
  readonly day: string;
  readonly zone: string;
  readonly segment?: string | undefined;
  readonly plan: DocumentRef;
  readonly items: readonly ItemExplanation[];
  /** What would be planned now. */
  readonly acts: readonly Act[];
  readonly next?: number | undefined;
}

/**
 * Why and why not, for every item of an account. The answers are those of
 * `decide`, asked for the same file and instant; of a day before the last
 * review, too, since asking writes nothing.
 */
export function explain(engine: Engine, file: AccountFile, now: number): Explanation {
  const { view } = look(engine, file, now);
  const decision = decide(engine, file, now, { backdated: 'accept' });
  const cases = lifecycle(engine, view);
  const after = evolveAll(view.file, cases.events);
  const subjects = new Map(
    cases.subjects.flatMap((subject) => subject.unit.items.map((item) => [item.id, subject] as const)),
  );
  // A task to look at what waits does not move it on.
  const acting = new Set(
    decision.acts.flatMap(({ covers }) =>
      covers.flatMap((cover) => (cover.stage.startsWith('task:') ? [] : [cover.case])),
    ),
  );

  const items = view.items.map((item): ItemExplanation => {
    const subject = subjects.get(item.id);
    const base = {
      item: item.id,
      invoice: item.invoice.id,
      number: item.invoice.number,
      currency: item.invoice.currency,
      outstanding: item.outstanding,
      dunnable: item.dunnable,
      ...(item.due === undefined ? {} : { due: formatDay(item.due), daysPastDue: view.today - item.due }),
      blocks: item.blocks,
    };
    if (subject === undefined) {
      return {
        ...base,
        assignedBy: 'none',
        stages: [],
        acts: false,
        failed: 'owed',
        reason: settledReason(engine, view, item),
      };
    }
    const stages: StageExplanation[] = [];
    const one = after.cases.get(subject.unit.id)?.find((known) => known.id === subject.case);
    if (subject.policy !== undefined && one !== undefined) {
      climb(engine, subject.policy, view, subject.unit, one, (stage, state, day, mark) => {
        const { when } = stage.stage;
        const known: StageExplanation = {
          stage: stage.stage.id,
          tone: stage.stage.tone,
          state,
          ...(day === undefined ? {} : { day: formatDay(day) }),
          ...(mark === undefined
            ? {}
            : { on: mark.on, ...(mark.reason === undefined ? {} : { reason: mark.reason }) }),
          ...(when === undefined || !asked.has(state)
            ? {}
            : {
                condition: reportCondition(when, {
                  view,
                  unit: subject.unit,
                  case: one,
                  policy: subject.policy,
                }),
              }),
        };
        const at = stages.findIndex((other) => other.stage === known.stage);
        if (at < 0) stages.push(known);
        else stages[at] = known;
      });
    }
    return {
      ...base,
      policy: subject.policy?.ref,
      assignedBy: subject.assignment.by,
      ...(subject.assignment.experiment === undefined ? {} : { experiment: subject.assignment.experiment }),
      ...(subject.unit.id === item.id
        ? {}
        : { group: { id: subject.unit.id, carrier: subject.unit.lead.id } }),
      case: subject.case,
      stages,
      ...outcomeOf(decision, subject, item, subject.case !== undefined && acting.has(subject.case)),
    };
  });
  return {
    account: file.id,
    at: now,
    day: formatDay(view.today),
    zone: view.zone,
    segment: segmentOf(engine, view),
    plan: engine.planRef,
    items,
    acts: decision.acts,
    next: decision.next,
  };
}

type Outcome = Pick<ItemExplanation, 'acts' | 'failed' | 'reason' | 'stage' | 'at' | 'refusals'>;

/** What a group does is not what each of its items does: one may be blocked or not due yet while the rest is chased. */
function outcomeOf(decision: Decision, subject: SubjectOfReview, item: Item, acts: boolean): Outcome {
  if (subject.unit.items.length > 1) {
    const [block] = item.blocks;
    if (item.dunnable <= 0 && block !== undefined)
      return { acts: false, failed: guardOf({ reason: block.kind }), reason: block.kind };
    const spokenOf = ({ covers, items }: Act): boolean =>
      covers.some((cover) => cover.case === subject.case) &&
      items.some((one) => one.item === item.id && one.acting);
    if (acts && !decision.acts.some(spokenOf)) return { acts: false, failed: 'date', reason: 'not_yet' };
  }
  return outcome(decision, subject, acts);
}

function outcome(decision: Decision, subject: SubjectOfReview, acts: boolean): Outcome {
  const policy = subject.policy?.ref.id;
  const waiting = decision.waiting.find(
    (one) => one.item === subject.unit.id && (policy === undefined || one.policy === policy),
  );
  if (waiting === undefined || (acts && waiting.reason !== 'unreachable')) return { acts };
  return {
    acts: false,
    failed: guardOf(waiting),
    reason: waiting.reason,
    ...(waiting.stage === undefined ? {} : { stage: waiting.stage }),
    ...(waiting.at === undefined ? {} : { at: waiting.at }),
    ...(waiting.refusals === undefined ? {} : { refusals: waiting.refusals }),
  };
}

const guardByReason: Readonly<Record<string, Guard>> = {
  account_missing: 'account',
  no_policy: 'policy',
  do_not_dun: 'policy',
  unknown_policy: 'policy',
  inactive_policy: 'policy',
  ambiguous_policy: 'policy',
  out_of_scope: 'policy',
  assigned: 'not_blocked',
  handed_over: 'not_blocked',
  arrears: 'date',
  hold: 'not_blocked',
  dispute: 'not_blocked',
  promise: 'not_blocked',
  unapplied: 'not_blocked',
  plan: 'not_blocked',
  unbooked: 'not_blocked',
  reply: 'not_blocked',
  source: 'not_blocked',
  discarded: 'not_blocked',
  act_pending: 'not_under_way',
  act_unknown: 'not_under_way',
  not_yet: 'date',
  grace: 'date',
  no_date: 'date',
  time: 'date',
  no_run: 'date',
  not_delivered: 'date',
  last_wait: 'date',
  exhausted: 'date',
  condition: 'condition',
  hardship: 'condition',
  minimum: 'condition',
  no_threshold: 'condition',
  no_rate: 'condition',
  level_cap: 'condition',
  unreachable: 'recipient',
  gap: 'contact_rules',
  cap: 'contact_rules',
  window: 'contact_rules',
  holiday: 'contact_rules',
  priority: 'contact_rules',
  message_limit: 'contact_rules',
};

/** Which question a reason answers. */
export function guardOf(waiting: Pick<Waiting, 'reason'>): Guard {
  return guardByReason[waiting.reason] ?? 'policy';
}
