import type { ActRecord } from '../../dunning/index.js';
import {
  createDunning,
  type Dunning,
  type DunningEvent,
  type ReviewCounts,
  type Reviewed,
} from '../../dunning/index.js';
import type { Act } from '../../engine/index.js';
import type { Sender } from '../../messages/index.js';
import { formatAmount } from '../../money/index.js';
import type { Messages, Plan, Policy } from '../../policy/types.js';
import type { AnswerKeys, LoadKeys } from '../../schema/index.js';
import { hint } from '../../schema/nearest.js';
import { memoryStore } from '../../stores/memory/index.js';
import type { Store } from '../../stores/store.js';
import { idSequence } from '../id-sequence.js';
import { type VirtualClock, virtualClock } from '../virtual-clock.js';
import { type Wiring, type WiringOptions, wire } from './documents.js';
import { Book } from './facts.js';
import { dateOf, type Moments } from './moments.js';
import { impossible } from './plain.js';
import { Script, scriptedChannel } from './scripted-channel.js';
import { standInDocuments, standInSenders } from './stand-ins.js';

/** What one review run said, for expectations and traces. */
export interface ReviewSeen {
  readonly counts: ReviewCounts | { readonly accounts: number };
  readonly reviewed: readonly Reviewed[];
  readonly failed: readonly { readonly account: string; readonly code: string }[];
}

/** One tenant of a scenario: its handle, what the host told, what happened. */
export interface Tenant {
  readonly id: string;
  dunning: Dunning;
  wiring: Wiring;
  readonly book: Book;
  readonly events: DunningEvent[];
  /** Every act that was ever planned, by id. */
  readonly acts: Map<string, Act>;
  readonly reviews: ReviewSeen[];
}

/** A store, a clock, channels and the handles on them. */
export class World {
  readonly store: Store = memoryStore();
  readonly clock: VirtualClock;
  readonly script = new Script();
  readonly moments: Moments;
  readonly options: WiringOptions;
  /** Of amounts that name none. */
  readonly currency: string | undefined;
  readonly #ids = idSequence('w');
  readonly #tenants = new Map<string, Tenant>();

  constructor(start: number, moments: Moments, options: WiringOptions, currency: string | undefined) {
    this.clock = virtualClock(start);
    this.moments = moments;
    this.options = options;
    this.currency = currency;
  }

  /** A tenant's first handle. */
  found(id: string, wiring: Wiring): Tenant {
    const events: DunningEvent[] = [];
    const acts = new Map<string, Act>();
    const dunning = this.#handle(id, wiring, events, acts);
    const tenant: Tenant = { id, dunning, wiring, book: new Book(), events, acts, reviews: [] };
    this.#tenants.set(id, tenant);
    return tenant;
  }

  /** A tenant; one that was not met before has the documents of another. */
  tenant(id: string, like: Tenant): Tenant {
    return this.#tenants.get(id) ?? this.found(id, like.wiring);
  }

  /** Tells channels what to answer. One that nobody has would never be asked. */
  answer({ wiring }: Tenant, answers: readonly AnswerKeys[], path: string): void {
    const ids = wiring.channels.map((one) => one.id);
    for (const { channel } of answers)
      if (channel !== undefined && !ids.includes(channel))
        throw impossible(path, `there is no channel ${JSON.stringify(channel)}${hint(channel, ids)}`);
    this.script.add(answers);
  }

  /** Documents that a change would make. */
  async changed(tenant: Tenant, keys: LoadKeys, at: string): Promise<Wiring> {
    return wire(keys, tenant.wiring, at, this.options);
  }

  /** A new handle on the same store, as a deployment makes it. */
  async load(tenant: Tenant, keys: LoadKeys, at: string): Promise<void> {
    this.#rewire(tenant, await this.changed(tenant, keys, at));
  }

  #rewire(tenant: Tenant, wiring: Wiring): void {
    tenant.dunning = this.#handle(tenant.id, wiring, tenant.events, tenant.acts);
    tenant.wiring = wiring;
  }

  #handle(id: string, wiring: Wiring, events: DunningEvent[], acts: Map<string, Act>): Dunning {
    const made = createDunning({
      tenant: id,
      store: this.store,
      clock: this.clock,
      ids: this.#ids,
      plan: told<Plan>(wiring.plan),
      policies: told<readonly Policy[]>(wiring.policies),
      messages: told<Messages>(wiring.messages),
      sender: told<Sender>(wiring.sender),
      senders: told<Record<string, Sender>>(standInSenders(wiring)),
      documents: standInDocuments(wiring.missing),
      channels: wiring.channels.map((traits) => scriptedChannel(traits, this.script)),
    });
    made.on('event', (event) => {
      events.push(event);
      if (event.type === 'act.planned') acts.set(event.act.id, event.act);
    });
    return made;
  }

  /** The local day of the plan's zone. */
  get today(): string {
    return dateOf(this.clock.now(), this.moments);
  }
}

/** Data of a scenario where the library expects a document; createDunning checks it as that of any host. */
function told<T>(value: unknown): T {
  return value as T;
}

/** All acts of a tenant with their states, in the order in which they were planned. */
export async function actsOf({ dunning, acts }: Tenant): Promise<readonly ActRecord[]> {
  const order = new Map([...acts.keys()].map((id, index) => [id, index]));
  const records: ActRecord[] = [];
  for await (const one of dunning.acts()) records.push(one);
  return records.sort((a, b) => (order.get(a.act.id) ?? 0) - (order.get(b.act.id) ?? 0));
}

/** What is outstanding on items, as decimal text. */
export async function owedOn(
  { dunning }: Tenant,
  account: string,
  items: readonly string[],
): Promise<{ readonly amount: string; readonly currency: string } | undefined> {
  const status = await dunning.account(account, { settled: true });
  const owed = status.items.filter((one) => items.includes(one.item) || items.includes(one.invoice));
  const [first] = owed;
  if (first === undefined) return undefined;
  const minor = owed.reduce((sum, one) => sum + one.outstanding, 0);
  return { amount: formatAmount(minor, first.currency), currency: first.currency };
}

/** The next review instant of a tenant, or of one account. */
export async function nextOf(
  { store }: World,
  { id: tenant }: Tenant,
  account?: string,
): Promise<number | undefined> {
  const due = await store.due({ before: Number.MAX_SAFE_INTEGER, limit: 100_000, tenant });
  return due.find((one) => account === undefined || one.account === account)?.next;
}
