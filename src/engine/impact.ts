import type { AccountFile, Case } from '../ledger/file.js';
import { byText } from '../ledger/order.js';
import type { Money } from '../money/index.js';
import type { Act } from './acts.js';
import { Ahead, type InOutbox, type Planned } from './ahead.js';
import type { Engine } from './compile.js';
import type { FileEvent } from './events.js';
import { forecast } from './forecast.js';
import { viewOf } from './look.js';
import { isStageMark } from './marks.js';
import { settledReason } from './settled.js';
import { type Level, levelOf, runningOf } from './status.js';

/** What other documents would change for one account, and what stays. */
export interface Impact {
  readonly account: string;
  readonly at: number;
  /** Cases that run now or would be opened, by id. */
  readonly cases: readonly CaseImpact[];
  /** What the next run would do more, less, and otherwise: messages, and work for people and the host. */
  readonly gained: readonly Act[];
  readonly lost: readonly Act[];
  /** To the same contact about the same items, yet not the same: other words, channel, stage or amounts. */
  readonly changed: readonly { readonly before: Act; readonly after: Act }[];
  /** Fees that the next run would charge more, less, or in another amount. */
  readonly fees: readonly FeeImpact[];
  /** Items that stand on another level after the next run. */
  readonly levels: readonly LevelImpact[];
  /** Ids of acts that are decided already and would be taken back before they go out, and not made again. */
  readonly withdrawn: readonly string[];
  /** When the account would be looked at next, after that run. */
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
  /**
   * Its level as it stands, and as the other documents read it before they act: the stage that was done
   * last, or by state the one that holds.
   */
  readonly stage: { readonly before?: string | undefined; readonly after?: string | undefined };
}

/** A fee that comes, goes or changes. */
export interface FeeImpact {
  readonly change: 'gained' | 'lost' | 'changed';
  /** Name of the fee. */
  readonly fee: string;
  /** Stage that charges it, after the change where it is charged then. */
  readonly stage: string;
  /** Items it is charged on, by id. */
  readonly items: readonly string[];
  /** What is charged today, and with the other documents; minor units. */
  readonly before?: Money | undefined;
  readonly after?: Money | undefined;
}

/** The level of an item, and in which policy. */
export interface ItemLevel extends Level {
  readonly policy: string;
}

/** An item whose level after the next run is another one. */
export interface LevelImpact {
  readonly item: string;
  readonly invoice: string;
  /** The invoice's number. */
  readonly number: string;
  /** `raised` and `lowered` compare the numbers of the levels; `other`: another stage of the same number. */
  readonly change: 'gained' | 'lost' | 'raised' | 'lowered' | 'other';
  /** After the next run with the documents of today, and with the others. */
  readonly before?: ItemLevel | undefined;
  readonly after?: ItemLevel | undefined;
}

export interface ImpactOptions {
  /** Instant up to which the timelines are compared as well. Default: only the next run. */
  readonly until?: number | undefined;
  /** Messages that are decided and not finished. */
  readonly outbox?: readonly InOutbox[] | undefined;
}

/**
 * What changes for an account when other documents are loaded: the next run
 * (a review of the account, then sending what is ready, each message accepted,
 * proposals left to people) under both, compared. It writes nothing and has no
 * rules of its own, so that it is what the next run then does.
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
  const { until, outbox } = options;
  const old = nextRun(before, file, now, outbox);
  const next = nextRun(after, file, now, outbox);
  const acts = difference(old.acts, next.acts);
  return {
    account: file.id,
    at: now,
    cases: casesOf(file, old.events, next.events),
    ...acts,
    fees: feesOf(acts),
    levels: levelsOf(levels(before, old.file, now), levels(after, next.file, now)),
    withdrawn: takenBack(file, old, next, outbox),
    next: { before: old.next, after: next.next },
    ...(until === undefined ? {} : { ahead: aheadOf(before, after, file, now, options, until) }),
  };
}

interface NextRun {
  readonly file: AccountFile;
  readonly events: readonly FileEvent[];
  readonly acts: readonly Act[];
  readonly next: number | undefined;
}

function nextRun(
  engine: Engine,
  file: AccountFile,
  now: number,
  outbox: readonly InOutbox[] | undefined,
): NextRun {
  const ahead = new Ahead(engine, file, { outbox }, { trace: false });
  const acts = ahead.play(now).map(({ act }) => act);
  return { file: ahead.file, events: ahead.events, acts, next: ahead.next };
}

function casesOf(file: AccountFile, old: readonly FileEvent[], next: readonly FileEvent[]): CaseImpact[] {
  const cases: CaseImpact[] = [];
  const otherwise = fates(old);
  const now = fates(next);
  for (const own of file.cases.values()) {
    for (const one of own) {
      if (one.state === 'closed') continue;
      const level = next.findLast((event) => event.type === 'case.level' && event.case === one.id);
      const after = level?.type === 'case.level' ? { level: level.to } : undefined;
      cases.push(impactOn(one, now.get(one.id), otherwise.get(one.id), after));
    }
  }
  const opened = new Set(old.flatMap((event) => (event.type === 'case.opened' ? event.case : [])));
  for (const event of next) {
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
  return cases.sort((a, b) => byText(a.case, b.case));
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

/** Acts that come, go, or are another's counterpart: what is the same on both sides is left out. */
function difference(
  before: readonly Act[],
  after: readonly Act[],
): Pick<Impact, 'gained' | 'lost' | 'changed'> {
  const [lost, gained] = unlike(before, after, said);
  const changed: { readonly before: Act; readonly after: Act }[] = [];
  const others = new Map<string, Act[]>();
  for (const act of lost) others.set(about(act), [...(others.get(about(act)) ?? []), act]);
  const fresh = gained.filter((act) => {
    const other = others.get(about(act))?.shift();
    if (other !== undefined) changed.push({ before: other, after: act });
    return other === undefined;
  });
  const paired = new Set(changed.map((pair) => pair.before));
  return { gained: fresh, lost: lost.filter((act) => !paired.has(act)), changed };
}

/** What is on one side only, counting how often each is there. */
function unlike<T>(a: readonly T[], b: readonly T[], key: (one: T) => string): readonly [T[], T[]] {
  return [without(a, b, key), without(b, a, key)];
}

function without<T>(all: readonly T[], others: readonly T[], key: (one: T) => string): T[] {
  const left = new Map<string, number>();
  for (const one of others) left.set(key(one), (left.get(key(one)) ?? 0) + 1);
  return all.filter((one) => {
    const count = left.get(key(one)) ?? 0;
    left.set(key(one), count - 1);
    return count <= 0;
  });
}

/** What an act does and says, whichever version of a document had it done and when, and however often it was taken back before. */
function said(act: Act): string {
  const { id: _, keys: _keys, dossier: _dossier, review: _review, on: _on, ...rest } = act;
  return JSON.stringify({ ...rest, plan: act.plan.id, policy: act.policy.id });
}

/** By what an act is known again under other documents: the same work for the same contact about the same items. */
function about(act: Act): string {
  const items = act.items.filter((item) => item.acting).map((item) => item.item);
  const named = act.kind === 'message' ? act.purpose : [act.name, act.effect];
  return JSON.stringify([act.kind, named, act.contact, items.sort()]);
}

interface Charged {
  readonly fee: string;
  readonly stage: string;
  readonly items: readonly string[];
  readonly amount: Money;
}

function chargedBy(act: Act): readonly Charged[] {
  if (act.kind !== 'fee') return [];
  return (act.charges ?? []).map(({ fee, currency, amount, items }) => ({
    fee,
    stage: act.stage,
    items: [...items].sort(),
    amount: { minor: amount, currency },
  }));
}

function feesOf({ gained, lost, changed }: Pick<Impact, 'gained' | 'lost' | 'changed'>): FeeImpact[] {
  const [gone, come] = unlike(
    [...lost, ...changed.map((pair) => pair.before)].flatMap(chargedBy),
    [...gained, ...changed.map((pair) => pair.after)].flatMap(chargedBy),
    ({ fee, items, amount }) => JSON.stringify([fee, items, amount]),
  );
  const fees: FeeImpact[] = [];
  for (const { amount, ...rest } of gone) {
    const same = come.findIndex(
      ({ fee, items, amount: { currency } }) =>
        fee === rest.fee && currency === amount.currency && items.join('\n') === rest.items.join('\n'),
    );
    const [other] = same < 0 ? [] : come.splice(same, 1);
    if (other === undefined) fees.push({ change: 'lost', ...rest, before: amount });
    else fees.push({ change: 'changed', ...rest, stage: other.stage, before: amount, after: other.amount });
  }
  for (const { amount, ...rest } of come) fees.push({ change: 'gained', ...rest, after: amount });
  return fees;
}

interface Levelled {
  readonly invoice: string;
  readonly number: string;
  readonly level: ItemLevel | undefined;
}

/** The level of every item on which something is owed. */
function levels(engine: Engine, file: AccountFile, now: number): ReadonlyMap<string, Levelled> {
  const view = viewOf(engine, file, now);
  const all = new Map<string, Levelled>();
  for (const item of view.items) {
    if (settledReason(engine, view, item) !== undefined) continue;
    const running = runningOf(engine, view, item);
    const level = running === undefined ? undefined : levelOf(running.policy, running.case);
    const { id: invoice, number } = item.invoice;
    const policy = running?.case.policy;
    all.set(item.id, {
      invoice,
      number,
      level: level === undefined || policy === undefined ? undefined : { ...level, policy },
    });
  }
  return all;
}

function levelsOf(old: ReadonlyMap<string, Levelled>, next: ReadonlyMap<string, Levelled>): LevelImpact[] {
  const all: LevelImpact[] = [];
  for (const item of new Set([...old.keys(), ...next.keys()])) {
    const [was, is] = [old.get(item), next.get(item)];
    const [before, after] = [was?.level, is?.level];
    const change = levelChange(before, after);
    const { invoice, number } = is ?? was ?? { invoice: item, number: item };
    if (change !== undefined)
      all.push({
        item,
        invoice,
        number,
        change,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      });
  }
  return all.sort((a, b) => byText(a.item, b.item));
}

function levelChange(
  before: ItemLevel | undefined,
  after: ItemLevel | undefined,
): LevelImpact['change'] | undefined {
  if (before === undefined) return after === undefined ? undefined : 'gained';
  if (after === undefined) return 'lost';
  if (before.number !== after.number) return after.number > before.number ? 'raised' : 'lowered';
  return before.stage === after.stage && before.policy === after.policy ? undefined : 'other';
}

/** Decided acts that the run with the other documents takes back and does not make again, and that of today does not. */
function takenBack(
  file: AccountFile,
  old: NextRun,
  next: NextRun,
  outbox: readonly InOutbox[] | undefined,
): string[] {
  const rows = new Map(outbox?.map(({ act }) => [act.id, act]));
  const over = ({ events, acts }: NextRun): Set<string> => {
    const made = new Set(acts.map(said));
    const gone = new Set<string>();
    for (const event of events) {
      if (event.type !== 'act.withdrawn' || !file.acts.has(event.act)) continue;
      const act = rows.get(event.act);
      if (act === undefined || !made.has(said(act))) gone.add(event.act);
    }
    return gone;
  };
  const already = over(old);
  return [...over(next)].filter((id) => !already.has(id)).sort();
}

function aheadOf(
  before: Engine,
  after: Engine,
  file: AccountFile,
  from: number,
  { outbox }: ImpactOptions,
  until: number,
): NonNullable<Impact['ahead']> {
  const old = forecast(before, file, from, until, { outbox }).planned;
  const next = forecast(after, file, from, until, { outbox }).planned;
  const [lost, gained] = unlike(old, next, seen);
  return { gained, lost };
}

/** The same words to the same people about the same debts on one day. */
function seen({ act }: Planned): string {
  const items = act.items.filter((item) => item.acting).map((item) => [item.item, item.dunnable]);
  return JSON.stringify([act.on, act.kind, act.message ?? act.name, act.contact, act.channel, items]);
}
