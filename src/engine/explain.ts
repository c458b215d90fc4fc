import { formatDay } from '../calendar/index.js';
import type { AccountFile } from '../ledger/file.js';
import type { Item } from '../ledger/items.js';
import type { Act } from './acts.js';
import { segmentOf } from './assign.js';
import { climb, type StageState } from './climb.js';
import type { Engine } from './compile.js';
import { reportCondition } from './condition-report.js';
import { type Decision, decide } from './decide.js';
import { evolveAll } from './evolve.js';
import { guardOf } from './explain/guards.js';
import type { Explanation, ItemExplanation, StageExplanation } from './explain/types.js';
import { lifecycle, type SubjectOfReview } from './lifecycle.js';
import { look } from './look.js';
import { settledReason } from './settled.js';

/** States in which a stage's condition was asked. */
const asked: ReadonlySet<StageState> = new Set([
  'due',
  'condition',
  'superseded',
  'minimum',
  'no_threshold',
  'no_rate',
]);

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
        tried: [],
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
          acts: state === 'due',
          tried: [],
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
      ...(subject.unit.id === item.id ? {} : { group: groupOf(subject) }),
      case: subject.case,
      tried: [],
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

function groupOf({ unit }: SubjectOfReview): NonNullable<ItemExplanation['group']> {
  return {
    id: unit.id,
    carrier: unit.lead.id,
    why: 'oldest',
    items: unit.items.map((item) => item.id),
    passed: [],
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
