import { formatDay, localDay, parseDay, startOfDay } from '../calendar/index.js';
import type { PlaceRefusal } from '../contact/recipients.js';
import { RecobroError } from '../errors.js';
import type { AccountFile } from '../ledger/file.js';
import { nextBlockChange } from '../ledger/pauses.js';
import { byHand, handsEnd } from './actions/by-hand.js';
import { followFirst, followUps, mayFollow, withMode } from './actions/index.js';
import { proposalsEnd, proposalsOver } from './actions/proposals.js';
import type { Act } from './acts.js';
import type { Engine } from './compile.js';
import type { FileEvent } from './events.js';
import { evolveAll } from './evolve.js';
import { nextRateOn } from './exchange.js';
import type { Report } from './explain/report.js';
import { leavingOf } from './leaving.js';
import { lifecycle } from './lifecycle.js';
import { look } from './look.js';
import { requestedStages } from './requested.js';
import type { ReviewLimits } from './review-limits.js';
import { Run } from './run.js';

/** Why nothing goes out for an item now, and when that may change by itself. */
export interface Waiting {
  /** The item, or the group that climbs as one: `~MXN`. */
  readonly item: string;
  readonly case?: string | undefined;
  readonly policy?: string | undefined;
  readonly stage?: string | undefined;
  /** Code: `not_yet`, `gap`, `cap`, `window`, `hold`, `dispute`, `promise`, `no_policy`, … */
  readonly reason: string;
  /** The earliest instant at which the answer may differ though no fact was told. */
  readonly at?: number | undefined;
  /** Places of the channel chain that could not be used, for `unreachable`. */
  readonly refusals?: readonly PlaceRefusal[] | undefined;
}

/** What `decide` says: facts for the log, acts for the outbox, when to look again, and why the rest waits. */
export interface Decision {
  readonly events: readonly FileEvent[];
  readonly acts: readonly Act[];
  /** Next review instant; absent when only a new fact, or what becomes of an act, can change anything. */
  readonly next: number | undefined;
  readonly waiting: readonly Waiting[];
  /** Something had to leave first: the rest is decided by another review, at once. */
  readonly unfinished?: true | undefined;
}

export interface DecideOptions {
  /** The review whose contacts count as one occasion with this one. Default: `now`. */
  readonly occasion?: number | undefined;
  /** Only asked in thought: proposals that stand are left alone. */
  readonly thought?: boolean | undefined;
  /** Looks only at these policies, stages or currencies; the rest waits. */
  readonly only?: ReviewLimits | undefined;
  /**
   * Whether `waiting` is told. Default `true`. Without it nothing else changes; only the reasons why things
   * wait are not written down, which makes a review of many accounts quicker.
   *
   * @example decide(engine, file, now, { trace: false }).waiting // []
   */
  readonly trace?: boolean | undefined;
  /** Id of a run on request: policies with `climb` bring each case one stage further, once for a run. */
  readonly run?: string | number | undefined;
  /**
   * A local day before that of the last review: `refuse` (default), or `accept`, which never repeats what
   * was done since. Asked so and not applied, it is a what-if: deciding alone writes nothing.
   */
  readonly backdated?: 'refuse' | 'accept' | undefined;
  /**
   * Lets records that are over, and on which nothing happened for so many days, leave the file. Only for who
   * keeps them: see docs/closed-items.md. Default: nothing leaves.
   */
  readonly leave?: number | undefined;
  /** Is told whom messages would go to and what contact rules say; changes nothing. */
  readonly report?: Report | undefined;
}

/**
 * What is to be done for an account at an instant, and why not more. Pure: the
 * same engine, file and instant give the same answer, byte for byte.
 *
 * @throws RecobroError `backdated_review` when the account was reviewed on a later local day, unless that is accepted
 */
export function decide(
  engine: Engine,
  file: AccountFile,
  now: number,
  options: DecideOptions = {},
): Decision {
  const { view, events: ended } = look(engine, file, now);
  if (
    file.reviewed !== undefined &&
    options.backdated !== 'accept' &&
    localDay(file.reviewed, view.zone) > view.today
  ) {
    throw new RecobroError(
      'backdated_review',
      `the account ${JSON.stringify(file.id)} was already reviewed on ${formatDay(localDay(file.reviewed, view.zone))}`,
    );
  }
  if (options.thought !== true && hasProposals(file)) {
    const { backdated } = options;
    const asked: typeof decide =
      backdated === undefined ? decide : (by, of, at, own) => decide(by, of, at, { ...own, backdated });
    const over = proposalsOver(engine, file, now, asked, options.only);
    // What is over leaves first; the review that follows at once proposes anew.
    if (over.length > 0)
      return {
        events: [...over, { type: 'review.made', at: now }],
        acts: [],
        next: now,
        waiting: [],
        unfinished: true,
      };
  }
  const cases = lifecycle(engine, view);
  const requested =
    options.run === undefined
      ? []
      : requestedStages(engine, view, evolveAll(view.file, cases.events), cases.subjects, options.run);
  const begun = requested.length === 0 ? cases.events : [...cases.events, ...requested];
  const first = engine.follows
    ? followFirst(engine, view, evolveAll(view.file, begun), options.occasion ?? now)
    : undefined;
  if (first !== undefined) {
    const events = ended.concat(begun, first.events, first.acts.map(plannedEvent));
    return {
      events: [...events, { type: 'review.made', at: now }],
      acts: first.acts,
      next: now,
      waiting: [],
      unfinished: true,
    };
  }
  const trace = options.trace ?? true;
  const run = new Run(engine, view, begun, now, options.occasion ?? now, trace, options.report);
  for (const subject of cases.subjects)
    run.consider(requested.length === 0 ? subject : { ...subject, known: undefined }, options.only);
  let acts = run.plan();
  if (engine.manual) acts = acts.map((act) => byHand(engine, view, act));
  // Where every ladder acts by itself no message waits for a person.
  if (engine.follows || engine.adjust !== undefined) acts = acts.map((act) => withMode(engine, act));
  // Joined at the end: a list that grows event by event is copied again and again.
  const parts = [begun, run.skips, run.closeTasks(cases.closed), acts.map(plannedEvent)];
  if (mayFollow(engine, file, run.waiting)) {
    const after = evolveAll(file, ended.concat(...parts));
    const follow = followUps(engine, view, after, options.occasion ?? now, run.waiting);
    parts.push(follow.events, follow.acts.map(plannedEvent));
    acts = acts.concat(follow.acts);
    if (follow.events.length + follow.acts.length > 0) run.unfinished = true;
  }
  if (options.leave !== undefined) {
    const records = leavingOf(engine, view, options.leave);
    if (records.length > 0) parts.push([{ type: 'items.left', on: view.on, records }]);
  }
  if (ended.length > 0 || parts.some((part) => part.length > 0))
    parts.push([{ type: 'review.made', at: now }]);
  const events = ended.concat(...parts);

  let { next } = run;
  const lookAgain = (at: number | undefined): void => {
    if (at !== undefined) next = next === undefined ? at : Math.min(next, at);
  };
  const climbs = cases.subjects.length > 0;
  if (cases.next !== undefined) lookAgain(startOfDay(cases.next, view.zone));
  if (engine.ratesCount) {
    const change = nextRateOn(engine.currencies.rates, view.on);
    if (change !== undefined) lookAgain(startOfDay(parseDay(change), view.zone));
  }
  if (climbs && engine.segmentsTimed) lookAgain(startOfDay(view.today + 1, view.zone));
  // A hold that begins or ends changes what may be chased, and what conditions on amounts say;
  // a promise ends whether or not anything is chased.
  if (climbs || view.file.promises.size > 0)
    lookAgain(nextBlockChange(view.file, view.items, view.today, view.zone, now, engine.reckoning.ledger));
  if (options.thought !== true && (hasProposals(file) || acts.some(({ mode }) => mode !== undefined))) {
    const after = events.length === 0 ? file : evolveAll(file, events);
    const day = hasProposals(after) ? proposalsEnd(engine, after, view.today) : undefined;
    if (day !== undefined) lookAgain(startOfDay(day, view.zone));
    lookAgain(handsEnd(after));
  }
  if (run.unfinished && events.length > 0) {
    // What was done at once, such as raising a task, leads to the next stage: ask what comes after it.
    const after = decide(engine, evolveAll(file, events), now, options);
    lookAgain(after.events.length > 0 ? now : after.next);
  }
  return { events, acts, next, waiting: trace ? run.waiting : [] };
}

function plannedEvent(act: Act): FileEvent {
  return { type: 'act.planned', act };
}

function hasProposals(file: AccountFile): boolean {
  if (file.acts.size === 0) return false;
  for (const act of file.acts.values()) if (act.state === 'proposed') return true;
  return false;
}
