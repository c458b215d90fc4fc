import { formatDay, parseDay, parseDuration, shiftDay } from '../../calendar/index.js';
import type { AccountFile } from '../../ledger/file.js';
import type { Act } from '../acts.js';
import { ladderOfAct } from '../adjustments.js';
import type { Engine } from '../compile.js';
import type { Waiting } from '../decide.js';
import type { FileEvent } from '../events.js';
import { evolveAll } from '../evolve.js';
import { stageOfMark } from '../marks.js';
import type { AccountView } from '../view.js';
import type { ActFacts } from './act-of.js';
import { completions, type Follow, lacksCompletion } from './completions.js';
import { mayNeedPeople, tasksOfDebtor } from './debtor-tasks.js';
import { allCases, policyOf } from './members.js';
import { lacksReaction, reactionsOf } from './reactions.js';
import { needsPerson, tasksOfReasons } from './reason-tasks.js';
import { switchEffects } from './switch-effects.js';
import { mayLackTolerance, tasksOfTolerance } from './tolerance-tasks.js';

export type { Follow } from './completions.js';

/**
 * Everything that follows from what was done and happened, beside messages:
 * alerts, fees, hand-overs, reactions, effects, tasks for what waits for a
 * person. It is what the file still lacks, so asking again changes nothing:
 * a review asks it, and so does the commit of an act's outcome.
 *
 * @param told the message whose outcome is committed
 */
export function followUps(
  engine: Engine,
  view: AccountView,
  file: AccountFile,
  review: number,
  waiting: readonly Waiting[] = [],
  told?: Act,
): Follow {
  const follow: Follow = { events: [], acts: [] };
  let current = file;
  const take = ({ events, acts }: Follow): void => {
    follow.events.push(...events);
    follow.acts.push(...acts);
    const planned = acts.map((act): FileEvent => ({ type: 'act.planned', act }));
    current = evolveAll(current, [...events, ...planned]);
  };
  const facts = (): ActFacts => ({ engine, view, file: current, review, told });
  if (waiting.length > 0) take({ events: [], acts: tasksOfReasons(facts(), waiting) });
  if (mayLackTolerance(engine, file)) take({ events: [], acts: tasksOfTolerance(facts()) });
  if (mayNeedPeople(file)) take({ events: [], acts: tasksOfDebtor(facts()) });
  if (!engine.follows && !mayRelease(current)) return follow;
  const running = () =>
    allCases(current).flatMap((one) => {
      const policy = policyOf(engine, one);
      return policy === undefined ? [] : [{ case: one, policy }];
    });
  take(completions(facts(), running()));
  take(reactionsOf(facts(), running()));
  take(switchEffects(facts()));
  return follow;
}

/** Whether anything may follow at all: where policies only write and raise tasks, nobody has to look. */
export function mayFollow(engine: Engine, file: AccountFile, waiting: readonly Waiting[]): boolean {
  return (
    engine.follows ||
    mayRelease(file) ||
    mayNeedPeople(file) ||
    mayLackTolerance(engine, file) ||
    waiting.some(({ reason }) => needsPerson(reason))
  );
}

/**
 * What follows before anything is written, if it changes what may be written: what a stage that is done, a promise
 * that ended or a case that is exhausted hands over, closes or charges. Nothing else is decided in its review, and
 * the one that comes at once knows of it.
 */
export function followFirst(
  engine: Engine,
  view: AccountView,
  file: AccountFile,
  review: number,
): Follow | undefined {
  if (file.kept.size === 0 && !lacksAnything(engine, file)) return undefined;
  const follow = followUps(engine, view, file, review);
  const changes =
    follow.acts.some(({ kind }) => kind === 'fee') ||
    follow.events.some(({ type }) => type === 'case.handed' || type === 'case.exhausted');
  return changes ? follow : undefined;
}

function lacksAnything(engine: Engine, file: AccountFile): boolean {
  for (const cases of file.cases.values())
    for (const one of cases) {
      const policy = policyOf(engine, one);
      if (policy !== undefined && (lacksCompletion(policy, one) || lacksReaction(policy, one))) return true;
    }
  return false;
}

function mayRelease(file: AccountFile): boolean {
  for (const cases of file.cases.values())
    for (const one of cases) if ((one.effects ?? []).length > 0) return true;
  return false;
}

/** A message of a stage that waits for a person; the strictest mode of what it covers counts. */
export function withMode(engine: Engine, act: Act): Act {
  // A task that a stage gives is done by a person as it is; only a stage itself can wait.
  const waits = act.kind === 'message' || act.name === 'approve-stage' || act.name === 'perform-stage';
  if (!waits || act.purpose !== 'dunning') return act;
  const policy = ladderOfAct(engine, act);
  if (policy === undefined || !policy.follows) return act;
  let { mode } = act;
  let lapses: number | undefined;
  for (const cover of act.covers) {
    const stage = policy.byId.get(stageOfMark({ stage: cover.stage }));
    if (stage === undefined || stage.mode === 'auto') continue;
    if (mode !== 'task') mode = stage.mode;
    const { lapses: within } = stage.stage;
    if (within === undefined) continue;
    const day = shiftDay(parseDay(act.on), parseDuration(within), engine.calendar);
    lapses = Math.min(lapses ?? day, day);
  }
  if (mode === undefined) return act;
  return { ...act, mode, ...(lapses === undefined ? {} : { lapses: formatDay(lapses) }) };
}
