import { formatDay, parseDay, startOfDay } from '../calendar/index.js';
import { RecobroError } from '../errors.js';
import type { AccountFile, Case } from '../ledger/file.js';
import { dueOf, type Item } from '../ledger/items.js';
import { byId } from '../ledger/order.js';
import { allCases, itemsOfCase, policyOf } from './actions/members.js';
import type { CompiledPolicy, Engine } from './compile.js';
import type { FileEvent } from './events.js';
import { evolveAll } from './evolve.js';
import { lifecycle, type SubjectOfReview } from './lifecycle.js';
import { viewOf } from './look.js';
import { isBusy, isOver, latestMark, turnOf } from './marks.js';
import { scheduleOf } from './schedule.js';
import { settledReason } from './settled.js';
import type { AccountView } from './view.js';

/** Items of an account that a person chose: invoices or items by id. Absent: all on which something is owed. */
export interface Selection {
  readonly items?: readonly string[] | undefined;
}

/** Who does something by hand, and why. */
export interface Author {
  readonly author: string;
  readonly reason?: string | undefined;
}

interface Chosen {
  readonly view: AccountView;
  /** Events that bring the cases up to the present. */
  readonly events: FileEvent[];
  readonly subjects: readonly (SubjectOfReview & {
    readonly policy: CompiledPolicy;
    readonly case: string;
  })[];
  readonly closed: ReadonlyMap<string, string>;
}

/**
 * A stage is to act now on these items, whatever its day: at the next review,
 * within blocks and contact rules.
 *
 * @throws RecobroError `empty_selection`, `unknown_id` (item, or stage of the policy), `nothing_to_chase`, `not_receivable`
 */
export function askStage(
  engine: Engine,
  file: AccountFile,
  now: number,
  { items, stage }: Selection & { readonly stage: string },
  by: Author,
): readonly FileEvent[] {
  const { view, events, subjects } = choose(engine, file, now, items);
  for (const { unit, case: id, policy } of subjects) {
    known(policy, stage);
    events.push({ type: 'case.asked', subject: unit.id, case: id, stage, on: view.on, ...by });
  }
  return events;
}

/**
 * Passes a stage over.
 *
 * @throws RecobroError as {@link askStage}; `impossible_state` when the stage is done or skipped already
 */
export function skipStage(
  engine: Engine,
  file: AccountFile,
  now: number,
  { items, stage }: Selection & { readonly stage: string },
  by: Author,
): readonly FileEvent[] {
  const { view, events, subjects } = choose(engine, file, now, items);
  const current = evolveAll(file, events);
  for (const { unit, case: id, policy } of subjects) {
    known(policy, stage);
    const one = caseOf(current, unit.id, id);
    const mark = latestMark(one, stage);
    if (mark !== undefined && (isOver(mark) || isBusy(mark)))
      throw new RecobroError(
        'impossible_state',
        `the stage ${JSON.stringify(stage)} of ${id} is ${mark.state}; only a stage that is ahead can be skipped`,
      );
    events.push({
      type: 'stage.skipped',
      subject: unit.id,
      case: id,
      stage,
      occurrence: mark?.occurrence ?? turnOf(one, stage),
      reason: 'by_hand',
      author: by.author,
      ...(by.reason === undefined ? {} : { note: by.reason }),
      on: view.on,
    });
  }
  return events;
}

/**
 * Puts items to a stage, of their policy or of another: what was done before
 * stays in the log, marked as overridden, and the case climbs on from there.
 *
 * The next stage keeps the policy's own distance from the one that it was put to.
 *
 * @throws RecobroError as {@link askStage}; `out_of_scope` when the policy does not know the item;
 * `impossible_state` while nobody knows whether a message about it went out
 */
export function moveItems(
  engine: Engine,
  file: AccountFile,
  now: number,
  { items, stage, policy: id }: Selection & { readonly stage: string; readonly policy?: string | undefined },
  by: Author,
): readonly FileEvent[] {
  const view = viewOf(engine, file, now);
  const { on } = view;
  const moved: FileEvent[] = [];
  let current: AccountFile = file;
  if (id !== undefined) {
    const policy = engine.policies.get(id);
    if (policy === undefined)
      throw new RecobroError('unknown_id', `there is no policy ${JSON.stringify(id)}`);
    known(policy, stage);
    const put = new Map(file.moved);
    for (const item of chosenItems(engine, view, items)) {
      moved.push({ type: 'item.moved', item: item.id, policy: id, on, ...by });
      put.set(item.id, { id: item.id, policy: id, author: by.author, on });
    }
    current = { ...file, moved: put };
  }
  const { view: seen, events, subjects } = choose(engine, current, now, items);
  const fresh = new Set(events.flatMap((event) => (event.type === 'case.opened' ? [event.case] : [])));
  // Where an item stands is what the person says, not what opening its case would have it pass over.
  const own = new Set(subjects.map((subject) => subject.case));
  const begun = events.filter(
    (event) =>
      (event.type !== 'stage.skipped' && event.type !== 'case.shifted') ||
      !own.has(event.case) ||
      !fresh.has(event.case),
  );
  const after: FileEvent[] = [...moved, ...begun];
  for (const { unit, case: running, policy } of subjects) {
    known(policy, stage);
    settledBefore(file, unit.items, running);
    const base = { subject: unit.id, on };
    let target = running;
    // A case that this very call opens has no past to override.
    if (!fresh.has(running)) {
      const cases = (file.cases.get(unit.id) ?? []).filter((one) => one.policy === policy.ref.id);
      target = `${policy.ref.id}/${unit.id}#${cases.length + 1}`;
      after.push({ type: 'case.closed', ...base, case: running, reason: 'moved' });
      after.push({
        type: 'case.opened',
        ...base,
        case: target,
        policy: policy.ref.id,
        version: policy.ref.version,
        hash: policy.ref.hash,
        opening: cases.length + 1,
        ...(policy.groupBy === undefined ? {} : { carrier: unit.lead.id }),
      });
    }
    const days = displacedBy(engine, policy, seen, unit, stage);
    if (days > 0)
      after.push({ type: 'case.shifted', ...base, case: target, days, reason: 'moved', ...dueOf(unit.lead) });
    after.push({ type: 'case.moved', ...base, case: target, stage, ...by });
  }
  return after;
}

/** Days by which a ladder moves so that the stages after one that is done today keep their distances from it. */
function displacedBy(
  engine: Engine,
  policy: CompiledPolicy,
  view: AccountView,
  unit: SubjectOfReview['unit'],
  stage: string,
): number {
  const { days } = scheduleOf(engine, policy, unit, undefined, view.today);
  const day = days[policy.byId.get(stage)?.index ?? -1];
  return day === undefined ? 0 : Math.max(0, view.today - day);
}

/** A new story must not begin while nobody knows how the last one went on. */
function settledBefore(file: AccountFile, items: readonly Item[], running: string): void {
  const own = new Set(items.map((item) => item.id));
  for (const act of file.acts.values()) {
    if (act.state !== 'unknown') continue;
    if (act.covers.some((cover) => cover.case === running || own.has(cover.subject)))
      throw new RecobroError(
        'impossible_state',
        `nobody knows whether ${JSON.stringify(act.id)} went out; resolve it first`,
      );
  }
}

/**
 * Counters start anew: the next review opens new cases that climb from the
 * beginning. Contacts and caps stay.
 *
 * @throws RecobroError as {@link askStage}; `impossible_state` while nobody knows whether a message about it went
 * out, or where the policy never lets counters start anew
 */
export function resetItems(
  engine: Engine,
  file: AccountFile,
  now: number,
  { items }: Selection,
  by: Author,
): readonly FileEvent[] {
  const { view, events, subjects, closed } = choose(engine, file, now, items);
  for (const { unit, case: id, policy } of subjects) {
    if (closed.has(id)) continue;
    if (policy.rules.counters === 'never')
      throw new RecobroError(
        'impossible_state',
        `the policy ${JSON.stringify(policy.ref.id)} never lets counters start anew`,
      );
    settledBefore(file, unit.items, id);
    events.push({ type: 'case.reset', subject: unit.id, case: id, on: view.on, ...by });
  }
  return events;
}

/**
 * Takes debts back from whoever they were handed to: they climb on, after the
 * restart gap, from where they were. A hand-over that was not made yet is over.
 *
 * @throws RecobroError as {@link askStage}; `impossible_state` when nothing chosen was handed over
 */
export function takeBackItems(
  engine: Engine,
  file: AccountFile,
  now: number,
  { items }: Selection,
  by: Author,
): readonly FileEvent[] {
  const { view, events, subjects } = choose(engine, file, now, items);
  const current = evolveAll(file, events);
  const back = new Set<string>();
  for (const { unit, case: id } of subjects) {
    if (caseOf(current, unit.id, id)?.handed === undefined) continue;
    back.add(id);
    events.push({ type: 'case.returned', subject: unit.id, case: id, on: view.on, ...by });
  }
  if (back.size === 0)
    throw new RecobroError('impossible_state', 'nothing of what is chosen was handed over');
  const stillOut = new Set(
    allCases(current).flatMap((one) => (one.handed === undefined || back.has(one.id) ? [] : [one.id])),
  );
  for (const act of [...file.acts.values()].sort(byId)) {
    if (act.kind !== 'handover' || act.covers.some((cover) => stillOut.has(cover.case))) continue;
    if (act.covers.some((cover) => back.has(cover.case)))
      events.push({
        type: 'task.closed',
        act: act.id,
        reason: 'taken_back',
        on: view.on,
        author: by.author,
        ...(by.reason === undefined ? {} : { note: by.reason }),
      });
  }
  return events;
}

/** A contact that was made elsewhere. */
export interface ContactMade extends Selection {
  /** Local day. Default: today. */
  readonly on?: string | undefined;
  /** Any word of yours, such as `phone`; that of a channel counts for its caps. */
  readonly channel?: string | undefined;
  /** Who was spoken to, of the account's contacts. */
  readonly contact?: string | undefined;
}

/**
 * Notes a contact that was made elsewhere: it counts for gap and caps.
 *
 * @throws RecobroError `empty_selection`; `unknown_id` for an item or contact that is not known;
 * `invalid_date`; `impossible_state` for a day that lies ahead
 */
export function recordContact(
  engine: Engine,
  file: AccountFile,
  now: number,
  { items, on: day, channel, contact }: ContactMade,
  by: Author,
): FileEvent {
  if (contact !== undefined && !hasContact(file, contact))
    throw new RecobroError('unknown_id', `the account has no contact ${JSON.stringify(contact)}`);
  const view = viewOf(engine, file, now);
  const about = items === undefined ? undefined : new Set(namedItems(view, items).map(({ id }) => id));
  const cases = allCases(file).filter((one) => {
    if (one.state === 'closed') return false;
    if (about === undefined || about.has(one.subject)) return true;
    const policy = policyOf(engine, one);
    return policy !== undefined && itemsOfCase(engine, view, policy, one).some((item) => about.has(item.id));
  });
  const { at, on } = dayDone(view, day);
  return { type: 'contact.recorded', at, on, channel, contact, cases: cases.map((one) => one.id), ...by };
}

/**
 * The day on which something was done, and the instant from which hours are
 * counted: of a day that is over its last, so that no gap ends early.
 *
 * @throws RecobroError `invalid_date`; `impossible_state` for a day that lies ahead
 */
export function dayDone(
  { today, now, zone }: Pick<AccountView, 'today' | 'now' | 'zone'>,
  day: string | undefined,
): { readonly on: string; readonly at: number } {
  const on = day === undefined ? today : parseDay(day);
  if (on > today)
    throw new RecobroError('impossible_state', 'what was done by hand was done today or before');
  return { on: formatDay(on), at: on === today ? now : startOfDay(on + 1, zone) - 1 };
}

function hasContact({ account }: AccountFile, id: string): boolean {
  const people = [...(account?.contacts ?? []), ...(account?.branches ?? []).flatMap((one) => one.contacts)];
  return people.some((one) => one.id === id);
}

/** The cases of the items chosen, as they stand today. */
function choose(engine: Engine, file: AccountFile, now: number, items: Selection['items']): Chosen {
  const view = viewOf(engine, file, now);
  const chosen = new Set(chosenItems(engine, view, items).map(({ id }) => id));
  const { events, subjects, closed } = lifecycle(engine, view);
  const own: Chosen['subjects'][number][] = [];
  let beyond: RecobroError | undefined;
  for (const subject of subjects) {
    const { policy, case: id, unit, reason = 'no_policy' } = subject;
    if (!unit.items.some((item) => chosen.has(item.id))) continue;
    if (policy !== undefined && id !== undefined) own.push({ ...subject, policy, case: id });
    else
      beyond ??= new RecobroError(
        reason === 'out_of_scope' ? 'out_of_scope' : 'nothing_to_chase',
        `${unit.id} is under no policy that could act on it (${reason})`,
      );
  }
  // Who names none means all that can be meant.
  if (beyond !== undefined && (items !== undefined || own.length === 0)) throw beyond;
  return { view, events: [...events], subjects: own, closed };
}

/** The items meant, all of which must be there and owed. */
function chosenItems(engine: Engine, view: AccountView, ids: Selection['items']): readonly Item[] {
  if (ids === undefined) {
    const owed = view.items.filter((item) => settledReason(engine, view, item) === undefined);
    if (owed.length === 0)
      throw new RecobroError(
        'nothing_to_chase',
        'nothing of the account is owed; there is nothing to act on',
      );
    return owed;
  }
  const all = namedItems(view, ids);
  if (all.some((item) => item.invoice.type === 'payable'))
    throw new RecobroError('not_receivable', 'what is chosen is what we owe, not what is owed to us');
  return [...new Set(ids)].flatMap((id) => {
    const own = all.filter((item) => item.id === id || item.invoice.id === id);
    const owed = own.filter((item) => settledReason(engine, view, item) === undefined);
    const [first] = own;
    if (owed.length === 0 && first !== undefined)
      throw new RecobroError(
        'nothing_to_chase',
        `${JSON.stringify(id)} is over: ${settledReason(engine, view, first)}`,
      );
    return owed;
  });
}

/** Items and invoices by id, all of which must be there. */
function namedItems({ items }: AccountView, ids: readonly string[]): readonly Item[] {
  if (ids.length === 0)
    throw new RecobroError(
      'empty_selection',
      'no item is chosen; name at least one, or leave the list out for all',
    );
  return [...new Set(ids)].flatMap((id) => {
    const own = items.filter((item) => item.id === id || item.invoice.id === id);
    if (own.length === 0)
      throw new RecobroError('unknown_id', `the account has no item ${JSON.stringify(id)}`);
    return own;
  });
}

function known(policy: CompiledPolicy, stage: string): void {
  if (policy.byId.has(stage)) return;
  const ids = policy.stages.map((one) => one.stage.id).join(', ');
  throw new RecobroError(
    'unknown_id',
    `the policy ${JSON.stringify(policy.ref.id)} has no stage ${JSON.stringify(stage)}; it has ${ids}`,
  );
}

function caseOf(file: AccountFile, subject: string, id: string): Case | undefined {
  return file.cases.get(subject)?.find((one) => one.id === id);
}
