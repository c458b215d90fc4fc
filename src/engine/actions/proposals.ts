import { type Day, formatDay, localDay, parseDay } from '../../calendar/index.js';
import type { AccountFile, Case, Cover, OpenAct } from '../../ledger/file.js';
import { itemsOf } from '../../ledger/items.js';
import { byId } from '../../ledger/order.js';
import { type Said, stillSaid } from '../acts.js';
import type { CompiledPolicy, Engine } from '../compile.js';
import type { DecideOptions, Decision } from '../decide.js';
import type { FileEvent } from '../events.js';
import { evolveAll } from '../evolve.js';
import { graceEndOf } from '../grace.js';
import { isStageMark, stageOfMark } from '../marks.js';
import type { ReviewLimits } from '../review-limits.js';
import { isFee } from './kinds.js';
import { policyOf } from './members.js';

/** How the account is decided; handed in, since deciding asks about proposals. */
export type Decide = (engine: Engine, file: AccountFile, now: number, options: DecideOptions) => Decision;

/** Answers of the contact rules: a proposal is no contact, so they do not touch it. */
const ofContact: ReadonlySet<string> = new Set([
  'gap',
  'cap',
  'window',
  'holiday',
  'message_limit',
  'priority',
]);

/**
 * Proposals that are over: lapsed, or not what would be proposed now. Facts
 * that changed void a proposal, and an approval with it, and it is made anew;
 * that a later stage has become due replaces it only where the policy says so.
 */
export function proposalsOver(
  engine: Engine,
  file: AccountFile,
  now: number,
  decide: Decide,
  only?: ReviewLimits,
): readonly FileEvent[] {
  const on = formatDay(localDay(now, file.account?.zone ?? engine.plan.zone));
  const events: FileEvent[] = [];
  const proposals = [...file.acts.values()]
    .filter((act) => act.state === 'proposed' && (only === undefined || isWithin(only, file, act)))
    .sort(byId);
  for (const act of proposals) {
    if (act.until !== undefined && now >= act.until) {
      // Nobody told what came of it in time: the next place of the chain has its turn.
      const code = `${act.channel ?? 'task'}:not_done`;
      events.push({ type: 'act.refused', act: act.id, at: now, on, code, scope: 'message' });
      continue;
    }
    if (act.lapses !== undefined && on > act.lapses) {
      events.push({
        type: 'act.discarded',
        act: act.id,
        on,
        author: 'recobro',
        reason: 'lapsed',
        next: 'skip',
      });
      continue;
    }
    const rule = ruleOf(engine, file, act);
    if (rule === 'regenerate' && on > act.on) {
      events.push({
        type: 'act.discarded',
        act: act.id,
        on,
        author: 'recobro',
        reason: 'regenerated',
        next: 'again',
      });
      continue;
    }
    if (rule === 'supersede' && countsProposals(policyOfAct(engine, file, act))) {
      const superseded = supersededBy(engine, file, act, on, now, decide);
      if (superseded !== undefined) {
        events.push(superseded);
        continue;
      }
    }
    const standing = standingOf(engine, file, act, act, now, rule !== 'supersede', decide);
    if (standing.holds || standing.ofContact) continue;
    events.push({ type: 'act.withdrawn', act: act.id, reason: standing.reason, on }, ...standing.refreshed);
  }
  return events;
}

/** What lies outside a limited review is left as it is. */
function isWithin({ policies, stages }: ReviewLimits, file: AccountFile, act: OpenAct): boolean {
  return act.covers.some((cover) => {
    const policy = caseOfCover(file, cover)?.policy;
    if (policies !== undefined && (policy === undefined || !policies.includes(policy))) return false;
    return stages === undefined || stages.includes(stageOfMark(cover));
  });
}

/**
 * The first day on which a proposal may be over though no fact was told: it
 * lapses, is made anew each day, a later stage may take its place, or what it
 * says of interest is of its day.
 */
export function proposalsEnd(engine: Engine, file: AccountFile, today: Day): Day | undefined {
  let first: Day | undefined;
  for (const act of file.acts.values()) {
    if (act.state !== 'proposed') continue;
    const end = endsDaily(engine, file, act) ? today + 1 : undefined;
    const late = firstOverdue(engine, file, today);
    const lapse = act.lapses === undefined ? undefined : parseDay(act.lapses) + 1;
    for (const day of [end, lapse, late])
      if (day !== undefined) first = Math.min(first ?? day, Math.max(day, today));
  }
  return first;
}

/** The first day on which something that is coming counts as overdue, which is said in other words. */
function firstOverdue(engine: Engine, file: AccountFile, today: Day): Day | undefined {
  let first: Day | undefined;
  for (const { due } of itemsOf(file, today)) {
    if (due === undefined) continue;
    for (const policy of [undefined, ...engine.versions.values()]) {
      const day = (policy === undefined ? due : graceEndOf(engine, policy, due)) + 1;
      if (day > today && (first === undefined || day < first)) first = day;
    }
  }
  return first;
}

function endsDaily(engine: Engine, file: AccountFile, act: OpenAct): boolean {
  if (ruleOf(engine, file, act) !== 'hold') return true;
  return act.covers.some((cover) => {
    const one = caseOfCover(file, cover);
    const stage = one === undefined ? undefined : policyOf(engine, one)?.byId.get(stageOfMark(cover));
    return stage?.follows.some(({ action }) => isFee(action) && action.interest !== undefined) === true;
  });
}

function caseOfCover(
  file: AccountFile,
  { subject, case: id }: Pick<Cover, 'subject' | 'case'>,
): Case | undefined {
  return file.cases.get(subject)?.find((known) => known.id === id);
}

function policyOfAct(engine: Engine, file: AccountFile, act: OpenAct): CompiledPolicy | undefined {
  const [cover] = act.covers;
  const one = cover === undefined ? undefined : caseOfCover(file, cover);
  return one === undefined ? undefined : policyOf(engine, one);
}

function ruleOf(engine: Engine, file: AccountFile, act: OpenAct): 'hold' | 'regenerate' | 'supersede' {
  return policyOfAct(engine, file, act)?.policy.proposed ?? 'hold';
}

/** Whether stages count from the proposal of the one before. */
function countsProposals(policy: CompiledPolicy | undefined): boolean {
  if (policy === undefined) return false;
  return (
    policy.done === 'proposed' ||
    policy.stages.some(({ triggers }) =>
      triggers.some(({ basis, of }) => basis === 'previous' && of === 'proposed'),
    )
  );
}

/** Where being proposed is being done, later stages count from it: it gives way once one of them would act. */
function supersededBy(
  engine: Engine,
  file: AccountFile,
  act: OpenAct,
  on: string,
  now: number,
  decide: Decide,
): FileEvent | undefined {
  const given: FileEvent = {
    type: 'act.discarded',
    act: act.id,
    on,
    author: 'recobro',
    reason: 'superseded',
    next: 'skip',
  };
  const after = decide(engine, evolveAll(file, [given]), now, { occasion: act.review, thought: true });
  const own = new Set(act.covers.map((cover) => cover.case));
  const later = after.acts.some(
    (other) => other.kind === 'message' && other.covers.some((cover) => own.has(cover.case)),
  );
  return later ? given : undefined;
}

/** Whether an act is still what would be planned. */
export type Standing =
  | { readonly holds: true }
  | {
      readonly holds: false;
      readonly reason: string;
      /** Only the contact rules are against it, until `at`. */
      readonly ofContact: boolean;
      /** It is made anew with what has changed, whatever else has become due meanwhile. */
      readonly refreshed: readonly FileEvent[];
      readonly at?: number | undefined;
    };

/**
 * Whether an act is what would be planned now, were it not there.
 *
 * @param pinned its own stages count, whatever later ones have become due
 */
export function standingOf(
  engine: Engine,
  file: AccountFile,
  act: OpenAct,
  said: Said,
  now: number,
  pinned: boolean,
  decide: Decide,
): Standing {
  const on = formatDay(localDay(now, file.account?.zone ?? engine.plan.zone));
  // A second message has no turn of its own that could be asked for: its stage has acted.
  const second = act.covers.some((cover) => !isStageMark(cover));
  const asked = (second ? [] : act.covers).map(
    ({ subject, case: id, stage }): Extract<FileEvent, { type: 'case.asked' }> => ({
      type: 'case.asked',
      subject,
      case: id,
      stage: stageOfMark({ stage }),
      on,
      author: 'recobro',
    }),
  );
  const without = evolveAll(file, [
    { type: 'act.withdrawn', act: act.id, reason: 'recheck', on },
    ...(pinned ? asked : []),
  ]);
  const stages = act.covers.map((cover) => stageOfMark(cover));
  const again = decide(engine, without, now, {
    occasion: act.review,
    thought: true,
    ...(pinned && second ? { only: { stages } } : {}),
  });
  if (again.acts.some((other) => stillSaid(said, other))) return { holds: true };
  const own = new Set(act.covers.map((cover) => cover.case));
  const closed = new Map<string, string>();
  for (const cover of act.covers) {
    const one = caseOfCover(file, cover);
    if (one?.state === 'closed') closed.set(one.id, one.closed?.reason ?? 'settled');
  }
  for (const event of again.events) if (event.type === 'case.closed') closed.set(event.case, event.reason);
  const anew = new Set(again.acts.flatMap((other) => other.covers.map((cover) => markKey(cover))));
  const made = pinned ? asked.filter((_, index) => anew.has(markKey(act.covers[index]!))) : [];
  // Where a person asked for another stage meanwhile, that one has the turn which this one gives up.
  const refreshed = made
    .filter(({ subject, case: id, stage }) => {
      const wanted = caseOfCover(file, { subject, case: id })?.asked;
      return wanted === undefined || wanted === stage;
    })
    .map((event) => ({ ...event, reason: 'refreshed' }));
  if (act.covers.every((cover) => closed.has(cover.case))) {
    const reason = closed.get(act.covers[0]?.case ?? '') ?? 'settled';
    return { holds: false, reason: reason === 'paid' ? 'settled' : reason, ofContact: false, refreshed };
  }
  // That the first message of its stage waits is no word about the second: it has other content now.
  const anewSecond = second && again.acts.some((other) => other.covers.some((cover) => isOf(act, cover)));
  if (made.length > 0 || anewSecond) return { holds: false, reason: 'changed', ofContact: false, refreshed };
  const reasons = again.waiting.filter((one) => one.case !== undefined && own.has(one.case));
  // Beside a first message that is under way, the contact rules speak for the second.
  const waiting = (second ? reasons.find((one) => ofContact.has(one.reason)) : undefined) ?? reasons[0];
  const reason = waiting?.reason ?? 'changed';
  return { holds: false, reason, ofContact: ofContact.has(reason), refreshed, at: waiting?.at };
}

/** Whether an act is about a turn, of its own message. */
function isOf({ covers }: OpenAct, { case: id, stage, occurrence }: Cover): boolean {
  return covers.some((own) => own.case === id && own.stage === stage && own.occurrence === occurrence);
}

function markKey({ case: id, stage }: Cover): string {
  return `${id}\n${stageOfMark({ stage })}`;
}
