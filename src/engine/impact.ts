import { formatDay, localDay } from '../calendar/index.js';
import type { AccountFile, Case } from '../ledger/file.js';
import type { Act } from './acts.js';
import type { Planned } from './ahead.js';
import type { Engine } from './compile.js';
import { type Decision, decide } from './decide.js';
import type { FileEvent } from './events.js';
import { evolve } from './evolve.js';
import { forecast } from './forecast.js';
import { isStageMark } from './marks.js';

/** What other documents would change for one account, and what stays. */
export interface Impact {
  readonly account: string;
  readonly at: number;
  /** Cases that run now or would be opened, by id. */
  readonly cases: readonly CaseImpact[];
  /** What the next review would do more, less, and otherwise. */
  readonly gained: readonly Act[];
  readonly lost: readonly Act[];
  readonly changed: readonly { readonly before: Act; readonly after: Act }[];
  /** Ids of acts that are decided already and would be taken back before they go out. */
  readonly withdrawn: readonly string[];
  /** When the account would be looked at next. */
  readonly next: { readonly before?: number | undefined; readonly after?: number | undefined };
  /** With `until`: the contacts and tasks up to then that come or go, if no fact changes. */
  readonly ahead?: { readonly gained: readonly Planned[]; readonly lost: readonly Planned[] } | undefined;
}

/** What becomes of a case under the other documents. */
export interface CaseImpact {
  readonly case: string;
  readonly subject: string;
  readonly policy: string;
  /** `kept` as it is, `adopted` or `mapped` to another version, `closed`, or `opened`. */
  readonly change: 'kept' | 'adopted' | 'mapped' | 'closed' | 'opened';
  /** Why it is adopted or closed: code. */
  readonly reason?: string | undefined;
  /** Whether the documents of today would do the same. */
  readonly same: boolean;
  /** Versions of its policy. */
  readonly version: { readonly before?: number | undefined; readonly after?: number | undefined };
  /** Its level, before and after: the stage that was done last, or by state the one that holds. */
  readonly stage: { readonly before?: string | undefined; readonly after?: string | undefined };
}

export interface ImpactOptions {
  /** Instant up to which the timelines are compared as well. Default: only the next review. */
  readonly until?: number | undefined;
}

/**
 * What changes for an account when other documents are loaded. Writes nothing
 * and has no rules of its own: it is the next decision under both, compared.
 *
 * @example
 * const after = compile({ plan, policies: [...policies, newVersion] });
 * impactOf(compile({ plan, policies }), after, file, now).cases; // [{ case: 'ladder/F1#1', change: 'kept', … }]
 * @throws RecobroError `backdated_review` when the account was reviewed on a later local day
 */
export function impactOf(
  before: Engine,
  after: Engine,
  file: AccountFile,
  now: number,
  options: ImpactOptions = {},
): Impact {
  const old = decide(before, file, now);
  const next = decide(after, file, now);
  const { until } = options;
  return {
    account: file.id,
    at: now,
    cases: casesOf(file, old, next),
    ...difference(old.acts, next.acts),
    withdrawn: takenBack(before, after, file, now),
    next: { before: old.next, after: next.next },
    ...(until === undefined ? {} : { ahead: aheadOf(before, after, file, now, until) }),
  };
}

function casesOf(file: AccountFile, old: Decision, next: Decision): CaseImpact[] {
  const cases: CaseImpact[] = [];
  const otherwise = fates(old.events);
  const now = fates(next.events);
  for (const own of file.cases.values()) {
    for (const one of own) {
      if (one.state === 'closed') continue;
      const level = next.events.findLast((event) => event.type === 'case.level' && event.case === one.id);
      const after = level?.type === 'case.level' ? { level: level.to } : undefined;
      cases.push(impactOn(one, now.get(one.id), otherwise.get(one.id), after));
    }
  }
  const opened = new Set(old.events.flatMap((event) => (event.type === 'case.opened' ? event.case : [])));
  for (const event of next.events) {
    if (event.type !== 'case.opened') continue;
    const { case: id, subject, policy, version } = event;
    cases.push({
      case: id,
      subject,
      policy,
      change: 'opened',
      same: opened.has(id),
      version: { after: version },
      stage: {},
    });
  }
  return cases.sort((a, b) => (a.case < b.case ? -1 : a.case > b.case ? 1 : 0));
}

type Fate = Extract<FileEvent, { type: 'case.closed' | 'case.adopted' }>;

/** The last thing that happens to each case. */
function fates(events: readonly FileEvent[]): ReadonlyMap<string, Fate> {
  const all = new Map<string, Fate>();
  for (const event of events)
    if (event.type === 'case.closed' || event.type === 'case.adopted') all.set(event.case, event);
  return all;
}

function impactOn(
  one: Case,
  fate: Fate | undefined,
  otherwise: Fate | undefined,
  after: { readonly level: string | undefined } | undefined,
): CaseImpact {
  const stage = one.level ?? lastDone(one);
  const base = {
    case: one.id,
    subject: one.subject,
    policy: one.policy,
    same: JSON.stringify(fate) === JSON.stringify(otherwise),
  };
  if (fate === undefined) {
    const version = { before: one.version, after: one.version };
    const level = after === undefined ? stage : after.level;
    return { ...base, change: 'kept', version, stage: { before: stage, after: level } };
  }
  const { reason } = fate;
  if (fate.type === 'case.closed')
    return { ...base, change: 'closed', reason, version: { before: one.version }, stage: { before: stage } };
  const { map, version } = fate;
  const named = stage !== undefined && map !== undefined && Object.hasOwn(map, stage) ? map[stage] : stage;
  return {
    ...base,
    change: map === undefined ? 'adopted' : 'mapped',
    reason,
    version: { before: one.version, after: version },
    stage: { before: stage, after: after === undefined ? named : after.level },
  };
}

function lastDone({ marks }: Case): string | undefined {
  let last: { readonly stage: string; readonly on: string } | undefined;
  for (const mark of marks) {
    if (mark.state === 'done' && isStageMark(mark) && (last === undefined || mark.on >= last.on)) last = mark;
  }
  return last?.stage;
}

function difference(
  before: readonly Act[],
  after: readonly Act[],
): Pick<Impact, 'gained' | 'lost' | 'changed'> {
  const known = new Map(before.map((act) => [act.id, act]));
  const there = new Set(after.map((act) => act.id));
  return {
    gained: after.filter((act) => !known.has(act.id)),
    lost: before.filter((act) => !there.has(act.id)),
    changed: after.flatMap((act) => {
      const old = known.get(act.id);
      return old === undefined || said(old) === said(act) ? [] : [{ before: old, after: act }];
    }),
  };
}

/** What an act does and says, whichever version of a document had it done. */
function said(act: Act): string {
  return JSON.stringify({ ...act, plan: act.plan.id, policy: act.policy.id });
}

/** Decided acts that only the documents of today would decide again as they are. */
function takenBack(before: Engine, after: Engine, file: AccountFile, now: number): string[] {
  const gone: string[] = [];
  for (const act of file.acts.values()) {
    if (act.kind !== 'message' || act.state === 'unknown') continue;
    const zone = file.account?.zone ?? before.plan.zone;
    const on = formatDay(localDay(now, zone));
    const without = evolve(file, { type: 'act.withdrawn', act: act.id, reason: 'impact', on });
    const again = (engine: Engine): string[] =>
      decide(engine, without, now, { occasion: act.review })
        .acts.filter(({ covers }) => sameCovers(covers, act.covers))
        .map(said);
    const kept = new Set(again(after));
    if (again(before).some((text) => !kept.has(text))) gone.push(act.id);
  }
  return gone.sort();
}

function sameCovers(a: Act['covers'], b: Act['covers']): boolean {
  const text = (covers: Act['covers']): string =>
    JSON.stringify(covers.map((cover) => [cover.case, cover.stage, cover.occurrence]).sort());
  return text(a) === text(b);
}

function aheadOf(
  before: Engine,
  after: Engine,
  file: AccountFile,
  from: number,
  until: number,
): NonNullable<Impact['ahead']> {
  const old = forecast(before, file, from, until).planned;
  const next = forecast(after, file, from, until).planned;
  return { gained: without(next, old), lost: without(old, next) };
}

/** Each of `all` that has no counterpart among the others: the same words to the same people about the same debts on one day. */
function without(all: readonly Planned[], others: readonly Planned[]): Planned[] {
  const left = new Map<string, number>();
  for (const one of others) left.set(seen(one), (left.get(seen(one)) ?? 0) + 1);
  return all.filter((one) => {
    const count = left.get(seen(one)) ?? 0;
    left.set(seen(one), count - 1);
    return count <= 0;
  });
}

function seen({ act }: Planned): string {
  const items = act.items.filter((item) => item.acting).map((item) => [item.item, item.dunnable]);
  return JSON.stringify([act.on, act.kind, act.message ?? act.name, act.contact, act.channel, items]);
}
