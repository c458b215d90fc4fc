import { parseDay } from '../calendar/index.js';
import { type AddressHealth, healthOf } from '../contact/health.js';
import type { Exposure } from '../ledger/exposure.js';
import type { AccountFile, Case, Note, StageMark } from '../ledger/file.js';
import { dueOf, type Item } from '../ledger/items.js';
import { byId, byText } from '../ledger/order.js';
import { policyOf } from './actions/members.js';
import { type Assignment, assigner, segmentOf } from './assign.js';
import { levelOf as stageReached } from './case-facts.js';
import type { CompiledPolicy, Engine } from './compile.js';
import { viewOf } from './look.js';
import { isStageMark, markOf, stageOfMark } from './marks.js';
import { comingOf, type NextAct, type NextOptions, nextActOf, waitingOf } from './next-action.js';
import { settledReason } from './settled.js';
import { subjectOf } from './units.js';
import { type AccountView, isOverdue } from './view.js';

/** The level of a case: the severest stage reached. */
export interface Level {
  readonly stage: string;
  /** As the house numbers it; else its place among the stages, from 1. */
  readonly number: number;
}

/** A message under way, and since when it is. */
export interface PendingAct {
  readonly act: string;
  readonly stage: string;
  readonly state: 'proposed' | 'approved' | 'planned' | 'unknown';
  /** Day on which it was first proposed or planned, however often facts have changed it since. */
  readonly since: string;
}

/** One item as a person wants to see it. Amounts are minor units of its currency. */
export interface ItemStatus {
  readonly item: string;
  readonly invoice: string;
  readonly number: string;
  readonly currency: string;
  readonly outstanding: number;
  readonly dunnable: number;
  readonly due?: string | undefined;
  readonly overdue: boolean;
  readonly daysPastDue?: number | undefined;
  /** That of its case, else the one that it is given. */
  readonly policy?: string | undefined;
  readonly case?: string | undefined;
  /** `open`, `exhausted`; absent while no case runs. */
  readonly state?: string | undefined;
  readonly level?: Level | undefined;
  /** Messages of stages done in all openings, those of other systems and of the item's group included. */
  readonly reminders: number;
  readonly lastReminder?: string | undefined;
  readonly daysSince?: number | undefined;
  /** A message about it that waits for a person, for its turn, or for somebody to say whether it went out. */
  readonly pending?: PendingAct | undefined;
  readonly next?: NextAct | undefined;
  /** Why it is not owed any more. */
  readonly settled?: string | undefined;
}

/** An account under one policy in one currency. */
export interface PolicyStatus {
  readonly policy: string;
  readonly currency: string;
  /** The highest level of its items. */
  readonly level?: Level | undefined;
  readonly outstanding: number;
  readonly overdue: number;
  readonly dunnable: number;
  readonly next?: NextAct | undefined;
}

/**
 * What is at risk with an account that has a credit line: buckets, `total`, `limit` and `uninsured` in
 * minor units of `currency`, which is that of the line. Branches are in it.
 *
 * @example
 * const { exposure } = await dunning.account('robles');
 * if (exposure?.over) console.log(`${exposure.total} of ${exposure.limit ?? 'no limit'}, ${exposure.currency}`);
 */
export interface ExposureStatus extends Exposure {
  /** Percent of the limit that is used, rounded down: above 100 beyond it, 1000 at most. Absent without a limit. */
  readonly usedShare?: number | undefined;
}

/** An account as a person wants to see it. */
export interface AccountStatus {
  readonly account: string;
  readonly on: string;
  readonly segment?: string | undefined;
  readonly assignedTo?: string | undefined;
  /** Effects that are on at the host. */
  readonly effects: readonly string[];
  readonly policies: readonly PolicyStatus[];
  /** Absent without a credit line. */
  readonly exposure?: ExposureStatus | undefined;
  /** Oldest first; what is settled comes only with `settled: true`. */
  readonly items: readonly ItemStatus[];
  readonly next?: NextAct | undefined;
  /** Addresses that are out, or begin to fail, and why. Those that are not named work, as far as anybody knows. */
  readonly addresses: readonly AddressHealth[];
  /** The latest notes of people, the newest first. */
  readonly notes: readonly Note[];
}

/** Levels, counts and what comes next, of an account and of each of its items. Pure: reading changes nothing and tells nobody. */
export function statusOf(
  engine: Engine,
  file: AccountFile,
  now: number,
  options: NextOptions & { readonly settled?: boolean | undefined } = {},
): AccountStatus {
  const view = viewOf(engine, file, now);
  const next = nextActs(engine, view, options);
  const assigned = assigner(engine, view);
  const items = view.items
    .filter((item) => options.settled === true || settledReason(engine, view, item) === undefined)
    .map((item) => itemStatus(engine, view, item, assigned(item), next.items));
  const effects = new Set([...file.cases.values()].flat().flatMap((one) => one.effects ?? []));
  const segment = segmentOf(engine, view);
  return {
    account: file.id,
    on: view.on,
    ...(segment === undefined ? {} : { segment }),
    ...(file.assigned === undefined ? {} : { assignedTo: file.assigned.owner }),
    effects: [...effects].sort(),
    policies: policiesOf(items),
    ...exposureStatus(view),
    items,
    ...(next.first === undefined ? {} : { next: next.first }),
    addresses: healthOf(engine.recipients, file, now),
    notes: file.notes?.toReversed() ?? [],
  };
}

function exposureStatus({ exposure, creditUse }: AccountView): Pick<AccountStatus, 'exposure'> {
  if (exposure === undefined) return {};
  return { exposure: { ...exposure, ...(creditUse === undefined ? {} : { usedShare: creditUse }) } };
}

interface NextActs {
  readonly first: NextAct | undefined;
  readonly items: ReadonlyMap<string, NextAct>;
}

/** The next act of the account, and of each item on which something is owed: looked for until each has one. */
function nextActs(engine: Engine, view: AccountView, options: NextOptions): NextActs {
  const { file, now } = view;
  const waiting = waitingOf(engine, file, now);
  const owed = new Set(
    view.items.flatMap((item) => (settledReason(engine, view, item) === undefined ? [item.id] : [])),
  );
  const items = new Map<string, NextAct>();
  let first: NextAct | undefined;
  for (const planned of comingOf(engine, file, now, options)) {
    if (planned.act.purpose !== 'dunning') continue;
    const next = nextActOf(file, planned, waiting, options.outbox);
    first ??= next;
    for (const id of next.items) if (!items.has(id)) items.set(id, next);
    for (const id of next.items) owed.delete(id);
    if (owed.size === 0) break;
  }
  return { first, items };
}

function itemStatus(
  engine: Engine,
  view: AccountView,
  item: Item,
  assignment: Assignment,
  nextActs: ReadonlyMap<string, NextAct>,
): ItemStatus {
  const { today } = view;
  const own = casesOf(engine, view, item, assignment.policy?.ref.id);
  const one = own.at(-1);
  const running = one?.state === 'closed' ? undefined : one;
  const policy = running === undefined ? undefined : policyOf(engine, running);
  const done = [
    ...own.flatMap((known) => remindersOf(engine, known, item)),
    ...remindersElsewhere(engine, view, own, item),
  ];
  const last = done.reduce<string | undefined>(
    (latest, mark) => (latest === undefined || mark.on > latest ? mark.on : latest),
    undefined,
  );
  const level = running === undefined || policy === undefined ? undefined : levelOf(policy, running);
  const settled = settledReason(engine, view, item);
  const next = nextActs.get(item.id);
  return {
    item: item.id,
    invoice: item.invoice.id,
    number: item.invoice.number,
    currency: item.invoice.currency,
    outstanding: Math.max(item.outstanding, 0),
    dunnable: item.dunnable,
    ...dueOf(item),
    overdue: isOverdue(item, today),
    ...(item.due === undefined ? {} : { daysPastDue: today - item.due }),
    ...policyNow(running, settled === undefined ? assignment.policy?.ref.id : undefined),
    ...(level === undefined ? {} : { level }),
    reminders: done.length,
    ...(last === undefined ? {} : { lastReminder: last, daysSince: today - parseDay(last) }),
    ...(running === undefined ? {} : pendingOf(view.file, running)),
    ...(next === undefined ? {} : { next }),
    ...(settled === undefined ? {} : { settled }),
  };
}

function policyNow(
  running: Case | undefined,
  given: string | undefined,
): Pick<ItemStatus, 'policy' | 'case' | 'state'> {
  if (running !== undefined) return { policy: running.policy, case: running.id, state: running.state };
  return given === undefined ? {} : { policy: given };
}

/** Reasons of marks that count as done without the debtor having heard of the item. */
const silent = new Set(['moved', 'absorbed']);

/** Messages that went out about an item; of its group only those since it was invoiced. */
function remindersOf(engine: Engine, one: Case, item: Item): readonly StageMark[] {
  const policy = policyOf(engine, one);
  return one.marks.filter((mark) => {
    if (mark.state !== 'done' || !isStageMark(mark) || silent.has(mark.reason ?? '')) return false;
    return policy?.byId.get(mark.stage)?.sends.length !== 0 && mark.on >= item.invoice.issued;
  });
}

/** Messages that asked for an item in groups of policies that it is not under any more. */
function remindersElsewhere(
  engine: Engine,
  { file }: AccountView,
  own: readonly Case[],
  item: Item,
): readonly StageMark[] {
  return [...file.cases.values()]
    .flat()
    .filter((one) => one.subject.startsWith('~') && !own.includes(one))
    .flatMap((one) => remindersOf(engine, one, item).filter(({ told }) => told?.includes(item.id) === true));
}

/** The message about a case that is under way. */
function pendingOf(file: AccountFile, one: Case): Pick<ItemStatus, 'pending'> {
  for (const act of [...file.acts.values()].sort(byId)) {
    const cover =
      act.kind === 'message' && act.purpose === 'dunning'
        ? act.covers.find((known) => known.case === one.id)
        : undefined;
    if (cover === undefined) continue;
    const since = markOf(one, cover.stage, cover.occurrence)?.proposed ?? act.on;
    const state = act.approved === true && act.state === 'planned' ? 'approved' : act.state;
    return { pending: { act: act.id, stage: stageOfMark(cover), state, since } };
  }
  return {};
}

/** The case that runs for an item, alone or in a group, with its ladder. */
export function runningOf(
  engine: Engine,
  view: AccountView,
  item: Item,
): { readonly case: Case; readonly policy: CompiledPolicy } | undefined {
  const one = casesOf(engine, view, item, assigner(engine, view)(item).policy?.ref.id).at(-1);
  const policy = one === undefined || one.state === 'closed' ? undefined : policyOf(engine, one);
  return one === undefined || policy === undefined ? undefined : { case: one, policy };
}

/** Cases of an item, alone or in a group of the policy that it is under, what runs last. */
function casesOf(engine: Engine, view: AccountView, item: Item, policy: string | undefined): readonly Case[] {
  const { cases } = view.file;
  const all = [...(cases.get(item.id) ?? [])];
  for (const [subject, own] of cases) {
    if (!subject.startsWith('~') || subject === item.id) continue;
    for (const one of own) {
      const known = one.policy === policy ? policyOf(engine, one) : undefined;
      if (known?.groupBy !== undefined && subjectOf(known, item) === subject) all.push(one);
    }
  }
  return all.sort((a, b) => Number(a.state !== 'closed') - Number(b.state !== 'closed'));
}

/** What `case.level` and `case.stage` say: the severest stage that counts as done; with `level: 'state'` the one that holds now. */
export function levelOf(policy: CompiledPolicy, one: Case): Level | undefined {
  const top = stageReached(policy, one);
  return top === undefined ? undefined : { stage: top.stage.id, number: top.level };
}

function policiesOf(items: readonly ItemStatus[]): readonly PolicyStatus[] {
  const rows = new Map<string, PolicyStatus>();
  for (const item of items) {
    if (item.policy === undefined) continue;
    const { policy, currency } = item;
    const key = `${policy}\n${currency}`;
    const known = rows.get(key) ?? { policy, currency, outstanding: 0, overdue: 0, dunnable: 0 };
    const level = higher(known.level, item.level);
    const next = sooner(known.next, item.next);
    rows.set(key, {
      policy,
      currency,
      ...(level === undefined ? {} : { level }),
      outstanding: known.outstanding + item.outstanding,
      overdue: known.overdue + (item.overdue ? item.outstanding : 0),
      dunnable: known.dunnable + item.dunnable,
      ...(next === undefined ? {} : { next }),
    });
  }
  return [...rows].sort(([a], [b]) => byText(a, b)).map(([, row]) => row);
}

function higher(a: Level | undefined, b: Level | undefined): Level | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.number > a.number ? b : a;
}

function sooner(a: NextAct | undefined, b: NextAct | undefined): NextAct | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.at < a.at ? b : a;
}
