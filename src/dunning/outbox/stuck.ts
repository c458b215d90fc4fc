import { formatDay, localDay } from '../../calendar/index.js';
import { type Act, ranksUntil } from '../../engine/index.js';
import type { ActState, StoredAct } from '../../stores/store.js';
import { type StuckFacts, stuckText } from '../../words/stuck/text.js';
import { decodeFile, fromJson } from '../codec.js';
import type { Context } from '../context.js';
import { type AsideEvent, asideOf } from '../inbound/aside.js';
import type { DeadReason } from '../outcomes.js';
import { speechFor } from '../speaking.js';
import { backlogOf } from './backlog.js';
import { lostLetters } from './dead-letters.js';
import { Gate } from './gate.js';
import { sharedOf } from './local-shared.js';
import { type Pause, pausesOf } from './pauses.js';
import { type FullRate, fullRates } from './rates/full.js';
import { readKey, type WideScope } from './scopes.js';
import { dispatchSettings } from './settings.js';
import { unknownOf } from './unknown.js';

/** What counts as stuck. All times in milliseconds. */
export interface StuckRequest {
  /** How long after its moment an act counts as overdue. Default 15 minutes. */
  readonly overdueMs?: number | undefined;
  /** How long after its moment an account counts as not reviewed. Default 1 hour. */
  readonly reviewMs?: number | undefined;
  /** Proposals that lapse within so many days. Default 2. */
  readonly lapsingDays?: number | undefined;
  /** Lines of each kind; the counts count all. Default 100. */
  readonly limit?: number | undefined;
  /** Of the text. Default: the plan's. */
  readonly language?: string | undefined;
}

/** An act that does not move. */
export interface StuckAct {
  readonly act: string;
  readonly account: string;
  readonly stage: string;
  readonly channel?: string | undefined;
  readonly state: ActState;
  readonly since: number;
  readonly ageMs: number;
  readonly code?: string | undefined;
}

/** What is held back: a sender, a template, an account at a provider, or a recipient. */
export interface OpenCircuit {
  readonly scope: WideScope;
  readonly channel: string;
  /** Sender profile (`-` for the channel's own), template, or account and contact. */
  readonly names: readonly string[];
  readonly since: number;
  /** When a single act may try again. */
  readonly until: number;
  /** What the provider said last. */
  readonly code: string;
  /** Whether a person has to act, since it is not set up or was rejected. */
  readonly definite: boolean;
  readonly failures: number;
}

/** Entries of one kind: how many there are, and the first of them. */
export interface Counted<T> {
  readonly count: number;
  readonly list: readonly T[];
}

/** Work that does not move by itself, and what should have moved. */
export interface StuckReport {
  readonly now: number;
  /** Nobody knows whether they went out; the oldest first. */
  readonly unknown: Counted<StuckAct>;
  /** Their workers have not been heard of; the next run parks or frees them. */
  readonly leases: Counted<StuckAct>;
  readonly circuits: Counted<OpenCircuit>;
  /** Limits that are reached now: what they keep back goes out from `until` on. Those of single contacts are not among them. */
  readonly rates: Counted<FullRate>;
  /** Ready for long, and nobody took them. What is held back has its moment later, and is not among them. */
  readonly overdue: Counted<StuckAct>;
  /** Accounts due for long: reviews that fail, or that nobody runs. */
  readonly reviews: Counted<{ readonly account: string; readonly since: number; readonly ageMs: number }>;
  /** Proposals that lapse soon. */
  readonly lapsing: Counted<StuckAct & { readonly lapses: string }>;
  /** Messages that did not go out and that nothing replaced. */
  readonly deadLetters: Counted<StuckAct & { readonly reason: DeadReason }>;
  /** Receipts and answers that could not be worked on, however often it was tried: see `dunning.takeAgain`. */
  readonly aside: Counted<AsideEvent>;
  /** What is paused, since when and by whom. */
  readonly pauses: readonly Pause[];
  readonly text: string;
}

/** What looking at stuck work needs of a tenant: nothing is sent. */
export type Looking = Pick<Context, 'tenant' | 'store' | 'engine' | 'channels'>;

/** Everything that waits for somebody to notice. Reads; changes nothing. */
export async function stuckWork(context: Looking, request: StuckRequest, now: number): Promise<StuckReport> {
  const { overdueMs = 15 * 60_000, reviewMs = 3_600_000, lapsingDays = 2, limit = 100 } = request;
  const { zone } = context.engine.plan;
  const last = formatDay(localDay(now, zone) + lapsingDays);
  const unknown: StuckAct[] = [];
  for await (const row of context.store.acts(context.tenant, { states: ['unknown'] })) {
    const { since, code } = unknownOf(context, row);
    unknown.push(stuckAct(row, fromJson<Act>(row.data), since, now, code));
  }
  const aged = (row: StoredAct, since: number): StuckAct =>
    stuckAct(row, fromJson<Act>(row.data), since, now);
  const claimed = await backlogOf(context, { state: 'claimed', by: 'lease', until: now, limit });
  const sending = await backlogOf(context, { state: 'sending', by: 'lease', until: now, limit });
  const leases = [...claimed.acts, ...sending.acts].map((row) => aged(row, row.lease ?? now));
  const overdue = await backlogOf(context, {
    state: 'ready',
    by: 'notBefore',
    until: now - overdueMs,
    limit,
  });
  const lapsing = await backlogOf(context, { state: 'open', by: 'rank', ...ranksUntil(last, zone), limit });
  const dead: (StuckAct & { readonly reason: DeadReason })[] = [];
  for await (const { act, at, code, reason } of lostLetters(context)) {
    const row = { account: act.account, id: act.id, state: 'refused' } as const;
    dead.push({ ...stuckAct(row, act, at, now, code), reason });
  }
  const circuits = await openCircuits(context, now);
  const rates = await fullRates(context, now);
  const pauses = await pausesOf(sharedOf(context.store), context.tenant);
  const reviews = await lateReviews(context, now, reviewMs);
  const data = {
    now,
    unknown: counted(unknown, limit),
    leases: { ...counted(leases, limit), count: claimed.count + sending.count },
    circuits: counted(circuits, limit),
    rates: counted(rates, limit),
    overdue: { count: overdue.count, list: overdue.acts.map((row) => aged(row, row.notBefore)) },
    reviews: counted(reviews, limit),
    lapsing: {
      count: lapsing.count,
      list: lapsing.acts
        .map((row) => ({ ...aged(row, row.notBefore), lapses: fromJson<Act>(row.data).lapses ?? last }))
        .sort(byLapse),
    },
    deadLetters: counted(dead, limit),
    aside: await asideOf(context, now, limit),
    pauses,
  };
  return { ...data, text: stuckText(factsOf(data), zone, speechFor(context, request.language)) };
}

type StuckRow = Pick<StoredAct, 'account' | 'id' | 'state'>;

function stuckAct(
  { account, id, state }: StuckRow,
  act: Act,
  since: number,
  now: number,
  code?: string,
): StuckAct {
  return {
    act: id,
    account,
    stage: act.stage,
    ...(act.channel === undefined ? {} : { channel: act.channel }),
    state,
    since,
    ageMs: now - since,
    ...(code === undefined ? {} : { code }),
  };
}

/** The oldest first. */
function counted<T extends { readonly since: number }>(all: T[], limit: number): Counted<T> {
  return { count: all.length, list: all.sort((a, b) => a.since - b.since).slice(0, Math.max(0, limit)) };
}

function byLapse(a: { readonly lapses: string }, b: { readonly lapses: string }): number {
  return a.lapses < b.lapses ? -1 : a.lapses > b.lapses ? 1 : 0;
}

/** What is held back now, by key. */
async function openCircuits({ store, tenant }: Looking, now: number): Promise<OpenCircuit[]> {
  const gate = new Gate(sharedOf(store), tenant, dispatchSettings(), 'report');
  await gate.read(now);
  return gate.circuits().flatMap(([key, circuit]) => {
    const about = readKey(key);
    if (about === undefined || circuit.state !== 'open') return [];
    const [channel = '-', ...names] = about.names;
    const { since, until, code, definite, failures } = circuit;
    return [{ scope: about.scope, channel, names, since, until, code, definite, failures }];
  });
}

/** More than anybody reads, and enough to be counted. */
const mostReviews = 1_000;

/**
 * Accounts whose review is late. One that is due "at once" has no moment of
 * its own: it is as late as the last thing that happened to it is long ago.
 */
async function lateReviews(
  context: Looking,
  now: number,
  reviewMs: number,
): Promise<{ account: string; since: number; ageMs: number }[]> {
  const { store, tenant } = context;
  const late: { account: string; since: number; ageMs: number }[] = [];
  const due = await store.due({ before: now - reviewMs, limit: mostReviews, tenant });
  for (const { account, next } of due) {
    const since = next > 0 ? next : await lastTold(context, account);
    if (since !== undefined && since + reviewMs <= now) late.push({ account, since, ageMs: now - since });
  }
  return late;
}

async function lastTold({ store, tenant }: Looking, account: string): Promise<number | undefined> {
  const [stored] = await store.load(tenant, [account]);
  if (stored === undefined) return undefined;
  let at: number | undefined;
  const after = Math.max(0, seqOf(stored) - 1);
  for await (const event of store.events(tenant, { account, after })) at = event.at;
  return at;
}

/** A file that cannot be read is what a failed review is about: then the whole log is looked through. */
function seqOf(stored: Parameters<typeof decodeFile>[0]): number {
  try {
    return decodeFile(stored).seq;
  } catch {
    return 0;
  }
}

function factsOf(report: Omit<StuckReport, 'text'>): StuckFacts {
  const acts = ({ count, list }: Counted<StuckAct>): StuckFacts['unknown'] => ({
    count,
    first: list.map(({ act, since, code }) => ({ what: act, since, code })),
  });
  const { circuits, reviews, lapsing } = report;
  return {
    unknown: acts(report.unknown),
    leases: acts(report.leases),
    rates: { count: report.rates.count, first: report.rates.list },
    pauses: report.pauses,
    overdue: acts(report.overdue),
    deadLetters: acts(report.deadLetters),
    aside: {
      count: report.aside.count,
      first: report.aside.list.map(({ key, channel, since, code }) => ({ what: key, channel, since, code })),
    },
    circuits: {
      count: circuits.count,
      first: circuits.list.map(({ scope, channel, names, since, until, code }) => ({
        what: scope,
        since,
        code,
        circuit: { scope, channel, name: names.join(' '), until },
      })),
    },
    reviews: {
      count: reviews.count,
      first: reviews.list.map(({ account, since }) => ({ what: account, since })),
    },
    lapsing: {
      count: lapsing.count,
      first: lapsing.list.map(({ act, lapses }) => ({ what: act, lapses })),
    },
  };
}
