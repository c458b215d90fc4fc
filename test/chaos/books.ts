import { dayOf, debtors, morning, perSecond, type Town, wanted } from './house.js';
import type { ProviderBooks, StoreBooks } from './steps.js';

/** What was run, as far as the laws need it. */
export interface Ran {
  readonly town: Town;
  /** The last day that was lived. */
  readonly last: number;
  readonly parallel: number;
  /** Workers that were killed. */
  readonly kills: number;
  /** Acts that stayed unknown though a receipt of theirs had been acknowledged. */
  readonly forgotten: readonly string[];
  /** Calls whose outcome was taken from whoever told it, once for each time. */
  readonly told: readonly string[];
  /** The version of each account that stopped as the stop left it, as far as its worker lived to say so. */
  readonly stopped: ReadonlyMap<string, number>;
  /** Calls to the provider that were committed, with the version that the commit left. */
  readonly begun: readonly { readonly account: string; readonly version: number }[];
}

/** Names of the laws, for those who break one on purpose. */
export type Law =
  | 'a message key is taken once at most'
  | 'a stage is told once at most'
  | 'every stage that was due is told'
  | 'nobody is reminded who has paid'
  | 'books and provider agree on what was sent'
  | 'nothing is left under way'
  | 'unknown acts are no more than kills times calls in flight'
  | 'a receipt that was acknowledged is never forgotten'
  | 'no receipt of a message that was taken is refused'
  | 'no account hears more than the caps allow'
  | 'what debtors write is taken in once'
  | 'an answer goes out once, or people have the message'
  | 'nothing begins after a stop'
  | 'the outcome of a call counts once'
  | 'limits hold'
  | 'places come back'
  | 'people keep their sender'
  | 'the log verifies'
  | 'the log replays';

export interface Fault {
  readonly law: Law;
  readonly what: string;
}

/** Compares what the provider counted with what the store knows. Empty when all is well. */
export function compare(ran: Ran, store: StoreBooks, provider: ProviderBooks): Fault[] {
  const faults: Fault[] = [];
  const expect: Expect = (holds, law, what) => {
    if (!holds) faults.push({ law, what });
  };
  const counts = new Map(provider.taken.map(({ key, at }) => [key, at.length]));
  for (const [key, count] of counts)
    expect(count === 1, 'a message key is taken once at most', `${key} ${count}×`);
  const told = new Map<string, number>();
  const stages = new Map<string, number>();
  const acts = new Set<string>();
  for (const { id, account, state, stage, covers, kind } of store.acts) {
    // What people do is theirs to end.
    if (kind !== 'message' || stage === 'c1') continue;
    acts.add(id);
    const count = counts.get(id) ?? 0;
    for (const cover of covers) {
      const key = `${account}|${cover}`;
      told.set(key, (told.get(key) ?? 0) + count);
    }
    const key = `${account}|${stage}`;
    stages.set(key, (stages.get(key) ?? 0) + count);
    const limited = ran.town.limits !== undefined && state === 'ready';
    const rest = state === 'accepted' || state === 'withdrawn' || limited;
    expect(rest, 'nothing is left under way', `${id} is ${state}`);
    if (rest)
      expect(
        (state === 'accepted') === count > 0,
        'books and provider agree on what was sent',
        `${id} is ${state}, taken ${count}×`,
      );
  }
  for (const { key } of provider.taken)
    expect(acts.has(key), 'books and provider agree on what was sent', `${key} is not in the store`);
  for (const [cover, count] of told) expect(count <= 1, 'a stage is told once at most', `${cover} ${count}×`);
  // Whose question a bot's answer did not reach waits for people, and automation with it.
  const rests = new Map(debtors(ran.town).map(({ id, writes }) => [id, writes?.day]));
  const paused = (account: string, day: number): boolean =>
    store.waiting.includes(account) && day >= (rests.get(account) ?? Number.MAX_SAFE_INTEGER);
  for (const { account, stage, day } of ran.town.limits === undefined ? wanted(ran.town) : []) {
    if (day > ran.last || paused(account, day)) continue;
    const count = stages.get(`${account}|${stage}`) ?? 0;
    expect(count > 0, 'every stage that was due is told', `${account} ${stage}`);
  }
  expect(store.inbox === 0, 'nothing is left under way', `${store.inbox} entries of the inbox`);
  expect(store.leases === 0, 'nothing is left under way', `${store.leases} leases ran out`);
  const lost = store.parked['recobro:worker_lost'] ?? 0;
  expect(
    lost <= ran.kills * ran.parallel,
    'unknown acts are no more than kills times calls in flight',
    `${lost} after ${ran.kills} kills`,
  );
  for (const id of ran.forgotten) expect(false, 'a receipt that was acknowledged is never forgotten', id);
  for (const [code, count] of Object.entries(provider.refused))
    expect(false, 'no receipt of a message that was taken is refused', `${code} ${count}×`);
  expect(store.verified, 'the log verifies', 'the chain is broken');
  expect(store.replayed, 'the log replays', 'a decision is not what it was');
  const answers = new Set(store.acts.filter((act) => act.answers).map(({ id }) => id));
  contacts(ran, provider, answers, expect);
  conversations(ran, store, counts, expect);
  stops(ran, provider, expect);
  calls(ran, store, expect);
  senders(ran, provider, expect);
  return faults;
}

type Expect = (holds: boolean, law: Law, what: string) => void;

const facts: readonly string[] = [
  ...['answer.given', 'consent.heard whatsapp', 'consent.heard call', 'dispute.upserted'],
  ...['promise.upserted', 'unbooked.upserted', 'account.assigned'],
];

/** Each message once, with what it says once and nothing that it does not say. */
function conversations(
  { town, last }: Ran,
  store: StoreBooks,
  counts: ReadonlyMap<string, number>,
  expect: Expect,
): void {
  const waiting = new Set(store.waiting);
  const answers = new Map(store.acts.filter((act) => act.answers).map((act) => [act.account, act]));
  const received = (id: string | undefined): number => store.log[`${id} message.received`] ?? 0;
  const all = debtors(town);
  const twins = new Map(
    all.flatMap(({ id, shares }) => (shares === undefined ? [] : [[shares.account, id] as const])),
  );
  for (const { id, writes, called, shares } of all) {
    const says = writes === undefined || writes.day > last ? undefined : writes.says;
    const stops =
      shares !== undefined && shares.until <= last ? ['consent.heard whatsapp', 'consent.heard call'] : [];
    const wanted: readonly string[] = [...(says?.facts ?? []), ...stops];
    // In whichever account of the person.
    const messages = received(id) + received(twins.get(id));
    expect(
      shares !== undefined || messages === (says === undefined ? 0 : 1),
      'what debtors write is taken in once',
      `${id} ${says?.what}: received ${messages}×`,
    );
    for (const fact of facts) {
      // Told by whoever called, and looked at there.
      if (called !== undefined && fact === 'promise.upserted') continue;
      const count = store.log[`${id} ${fact}`] ?? 0;
      const right = count === (wanted.includes(fact) ? 1 : 0);
      expect(right, 'what debtors write is taken in once', `${id} ${says?.what}: ${fact} ${count}×`);
    }
    const act = answers.get(id);
    const given = says?.facts.some((fact) => fact === 'answer.given') === true;
    const went = act === undefined ? 0 : (counts.get(act.id) ?? 0);
    const forPeople = waiting.has(id);
    expect(
      !given || went === 1 || (went === 0 && act?.state !== 'accepted' && forPeople),
      'an answer goes out once, or people have the message',
      `${id} ${says?.what}: ${act?.state}, taken ${went}×`,
    );
    if (says?.what === 'person' || says?.what === 'riddle')
      expect(
        forPeople,
        'an answer goes out once, or people have the message',
        `${id} ${says.what}: dealt with`,
      );
  }
}

/** No call is committed on a file that knows of the stop, and none is made on a later day. */
function stops({ town, stopped, begun }: Ran, provider: ProviderBooks, expect: Expect): void {
  for (const { account, version } of begun) {
    const stop = stopped.get(account);
    const what = `${account}: stopped as ${stop}, begun as ${version}`;
    expect(stop === undefined || version < stop, 'nothing begins after a stop', what);
  }
  const until = new Map(
    debtors(town).flatMap(({ id, writes, shares }) => {
      const day = shares?.until ?? (writes?.says.what === 'stop' ? writes.day : undefined);
      return day === undefined ? [] : [[id, day] as const];
    }),
  );
  for (const { account, at } of provider.taken) {
    const day = until.get(account);
    for (const instant of day === undefined ? [] : at)
      expect(
        dayOf(instant) <= (day ?? 0),
        'nothing begins after a stop',
        `${account} on day ${dayOf(instant)}`,
      );
  }
}

/** However often it was told: one contact, and one promise where there was one. */
function calls({ town, last, told }: Ran, store: StoreBooks, expect: Expect): void {
  const taken = Map.groupBy(told, (act) => act);
  for (const [act, all] of taken)
    expect(all.length === 1, 'the outcome of a call counts once', `${act} was taken ${all.length}×`);
  const states = new Map(
    store.acts.filter(({ stage }) => stage === 'c1').map((act) => [act.account, act.state]),
  );
  for (const { id, due, called } of debtors(town)) {
    if (called === undefined || due + 1 > last) continue;
    const [confirmed = 0, promised = 0] = ['act.confirmed', 'promise.upserted'].map(
      (type) => store.log[`${id} ${type}`],
    );
    expect(
      confirmed === 1 && promised === (called === 'promised' ? 1 : 0) && states.get(id) === 'accepted',
      'the outcome of a call counts once',
      `${id} ${called}: ${states.get(id)}, confirmed ${confirmed}×, promised ${promised}×`,
    );
  }
}

const day = 86_400_000;
/**
 * Places are exact where they are taken (test/dunning/rates.test.ts). A busy machine brings a request up to a second
 * later to the provider, so that a second there holds what was begun in two.
 */
const mostInASecond = 2 * perSecond;

function senders({ town, last }: Ran, { taken }: ProviderBooks, expect: Expect): void {
  const { limits } = town;
  const bySender = new Map<string, number[]>();
  const byPerson = new Map<string, Set<string>>();
  const person = new Map(debtors(town).map(({ id, shares }) => [id, shares?.account ?? id]));
  const people: (readonly [at: number, account: string])[] = [];
  for (const { account, at, senders: own } of taken)
    for (const [index, instant] of at.entries()) {
      const sender = own[index] ?? '?';
      bySender.set(sender, [...(bySender.get(sender) ?? []), instant]);
      const who = person.get(account) ?? account;
      byPerson.set(who, (byPerson.get(who) ?? new Set()).add(sender));
      people.push([instant, account]);
    }
  for (const [who, all] of byPerson)
    expect(all.size === 1, 'people keep their sender', `${who} heard from ${all.size}`);
  for (const [sender, all] of bySender) {
    const sorted = all.sort((a, b) => a - b);
    for (const [index, at] of sorted.entries()) {
      const first = sorted[index - mostInASecond];
      const what = `${sender}: more than ${mostInASecond} in ${at - (first ?? 0)} ms`;
      expect(first === undefined || at - first >= 1_000, 'limits hold', what);
    }
  }
  if (limits === undefined) return;
  for (const [end] of people) {
    const within = new Set(
      people.filter(([at]) => at > end - day && at <= end).map(([, account]) => account),
    );
    expect(within.size <= limits.people, 'limits hold', `${within.size} people in a day`);
  }
  for (let on = 1; on <= last; on++) {
    const heard = new Set(people.filter(([at]) => dayOf(at) === on).map(([, account]) => account)).size;
    expect(heard === limits.people, 'places come back', `${heard} people on day ${on}`);
  }
}

/** One message a day and three in seven days, and none after a payment. */
function contacts(ran: Ran, provider: ProviderBooks, answers: ReadonlySet<string>, expect: Expect): void {
  const pays = new Map(debtors(ran.town).map((one) => [one.id, one.pays]));
  const days = new Map<string, number[]>();
  for (const { key, account, at } of provider.taken) {
    // Who is answered asked for it.
    if (answers.has(key)) continue;
    const paid = pays.get(account);
    for (const instant of at) {
      days.set(account, [...(days.get(account) ?? []), dayOf(instant)]);
      if (paid === undefined) continue;
      expect(
        instant < morning(paid),
        'nobody is reminded who has paid',
        `${account} on day ${dayOf(instant)}`,
      );
    }
  }
  for (const [account, all] of days)
    for (const day of new Set(all)) {
      const today = all.filter((one) => one === day).length;
      const week = all.filter((one) => one > day - 7 && one <= day).length;
      const what = `${account}: ${today} on day ${day}, ${week} in seven days`;
      expect(today <= 1 && week <= 3, 'no account hears more than the caps allow', what);
    }
}
