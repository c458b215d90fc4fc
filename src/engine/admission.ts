import { localDay } from '../calendar/index.js';
import { permission } from '../contact/gate.js';
import type { AccountFile, Topic, Touch } from '../ledger/file.js';
import { byStrength, type PlanFacts, topicOf } from './candidate.js';
import { requestOf } from './contact-request.js';
import type { AccountView } from './view.js';
import type { Placed } from './wanted.js';

/** Messages that share one occasion, and what keeps some of them back. */
export type Members = readonly [Placed, ...Placed[]];

/** A message that contact rules delay. */
export interface Delayed {
  readonly members: Members;
  readonly at: number | undefined;
  readonly reason: string;
}

/** Who is first where messages compete: the policy with the higher priority, then the stronger stage, then the older debt. */
export function byPriority(a: Members, b: Members): number {
  const [x, y] = [a[0].wanted, b[0].wanted];
  return y.policy.message.priority - x.policy.message.priority || byStrength(x, y);
}

/**
 * A message of a policy with higher priority that may go later today, and
 * could not any more if this one went now: this one waits for it, and both go
 * on one occasion.
 */
export function precedence(
  facts: PlanFacts,
  now: number,
  members: Members,
  delayed: readonly Delayed[],
): number | undefined {
  const { wanted } = members[0];
  const { view, file } = facts;
  const { gate } = facts.engine;
  for (const other of delayed) {
    const [lead] = other.members;
    const { at } = other;
    if (lead.wanted.policy.message.priority <= wanted.policy.message.priority) continue;
    if (at === undefined || localDay(at, view.zone) !== view.today) continue;
    // Nothing is won by waiting for a moment at which this one may not go itself.
    const then = permission(gate, file, at, requestOf(view, members[0], at)).at;
    if (then !== at) continue;
    const after = afterContact(facts, now, members);
    if (permission(gate, after, at, requestOf(view, lead, at)).at !== at) return at;
  }
  return undefined;
}

/** The file as if a message had gone out. */
export function afterContact({ file, view, review }: PlanFacts, now: number, members: Members): AccountFile {
  const { place } = members[0];
  const touch: Touch = {
    at: now,
    on: view.on,
    occasion: review,
    purpose: 'dunning',
    channel: place.channel.id,
    contact: place.contact?.id,
    cases: members.map((member) => member.wanted.case.id),
  };
  return { ...file, touches: [...file.touches, touch] };
}

interface Made {
  readonly topic: Topic;
  /** The branch whose people it goes to. */
  readonly branch: string | undefined;
  /** Whether its policy parts messages by account alone. */
  readonly byAccount: boolean;
}

/** How many messages of each kind an occasion has. */
export class Tally {
  readonly #view: AccountView;
  readonly #made: Made[] = [];

  constructor({ engine, file, view, review }: PlanFacts) {
    this.#view = view;
    const byAccount = (id = ''): boolean =>
      engine.policies.get(id.slice(0, id.indexOf('/')))?.message.byAccount === true;
    for (const { kind, review: occasion, topic, contact, covers } of file.acts.values())
      if (kind === 'message' && occasion === review && topic !== undefined)
        this.#made.push({ topic, branch: this.#branchOf(contact), byAccount: byAccount(covers[0]?.case) });
    for (const { occasion, topic, contact, cases } of file.touches)
      if (occasion === review && topic !== undefined)
        this.#made.push({ topic, branch: this.#branchOf(contact), byAccount: byAccount(cases?.[0]) });
  }

  /** Whether the occasion has room for one more; if so it is counted. */
  admit([{ wanted, place }]: Members): boolean {
    const { most } = wanted.policy.message;
    const topic = topicOf(this.#view, wanted);
    const branch = this.#branchOf(place.contact?.id);
    const max = topic === 'overdue' || topic === 'upcoming' ? most[topic] : Number.POSITIVE_INFINITY;
    let made = 0;
    for (const one of this.#made) {
      if (one.topic !== topic) continue;
      // By account alone, only what is grouped likewise shares the limit; each branch has its own.
      if (most.of === 'account' || (one.byAccount && one.branch === branch)) made++;
    }
    if (made >= max) return false;
    this.#made.push({ topic, branch, byAccount: wanted.policy.message.byAccount });
    return true;
  }

  #branchOf(contact: string | undefined): string | undefined {
    const branches = this.#view.file.account?.branches;
    return branches?.find(({ contacts }) => contacts.some((one) => one.id === contact))?.id;
  }
}
