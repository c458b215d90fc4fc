import { dayOf, debtors, morning, wanted } from './house.js';
import type { ProviderBooks, StoreBooks } from './steps.js';

/** What was run, as far as the laws need it. */
export interface Ran {
  readonly accounts: number;
  readonly days: number;
  /** The last day that was lived. */
  readonly last: number;
  readonly parallel: number;
  /** Workers that were killed. */
  readonly kills: number;
  /** Acts that stayed unknown though a receipt of theirs had been acknowledged. */
  readonly forgotten: readonly string[];
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
  | 'the log verifies'
  | 'the log replays';

export interface Fault {
  readonly law: Law;
  readonly what: string;
}

/** Compares what the provider counted with what the store knows. Empty when all is well. */
export function compare(ran: Ran, store: StoreBooks, provider: ProviderBooks): Fault[] {
  const faults: Fault[] = [];
  const expect = (holds: boolean, law: Law, what: string): void => {
    if (!holds) faults.push({ law, what });
  };
  const counts = new Map(provider.taken.map(({ key, at }) => [key, at.length]));
  for (const [key, count] of counts)
    expect(count === 1, 'a message key is taken once at most', `${key} ${count}×`);
  const told = new Map<string, number>();
  const stages = new Map<string, number>();
  const acts = new Set<string>();
  for (const { id, account, state, stage, covers } of store.acts) {
    acts.add(id);
    const count = counts.get(id) ?? 0;
    for (const cover of covers) {
      const key = `${account}|${cover}`;
      told.set(key, (told.get(key) ?? 0) + count);
    }
    const key = `${account}|${stage}`;
    stages.set(key, (stages.get(key) ?? 0) + count);
    const rest = state === 'accepted' || state === 'withdrawn';
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
  for (const { account, stage, day } of wanted(ran.accounts, ran.days)) {
    if (day > ran.last) continue;
    const count = stages.get(`${account}|${stage}`) ?? 0;
    expect(count > 0, 'every stage that was due is told', `${account} ${stage}`);
  }
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
  contacts(ran, provider, expect);
  return faults;
}

/** One message a day and three in seven days, and none after a payment. */
function contacts(
  ran: Ran,
  provider: ProviderBooks,
  expect: (holds: boolean, law: Law, what: string) => void,
): void {
  const pays = new Map(debtors(ran.accounts, ran.days).map((one) => [one.id, one.pays]));
  const days = new Map<string, number[]>();
  for (const { account, at } of provider.taken) {
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
