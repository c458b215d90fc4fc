import { formatDay, localDay } from '../../src/calendar/index.js';
import { demoDocuments } from '../../src/cli/demo/documents.js';
import { customers, type LedgerEntry, ledgerEntries, zoneOf } from '../../src/cli/demo/ledger/index.js';
import { isDeskHour, opening, steps } from '../../src/cli/demo/schedule.js';
import {
  type Act,
  compile,
  decide,
  type Engine,
  emptyFile,
  evolve,
  evolveAll,
  type FileEvent,
} from '../../src/engine/index.js';
import { type AccountFacts, type FactKind, factKinds } from '../../src/ledger/facts.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Documents } from '../../src/policy/types.js';
import { parseFacts } from '../../src/schema/facts.js';

/** Something that went out, or was to: what a second opinion may take as given. */
export interface Performed {
  readonly at: number;
  readonly act: string;
  readonly kind: 'message' | 'task';
  readonly stage: string;
  readonly items: readonly string[];
  readonly channel: string | undefined;
  /** `refused`: the address was at fault. */
  readonly outcome: 'sent' | 'refused' | 'unknown';
  /** When a person found out what became of it, and whether it had gone out. */
  readonly resolved?: { readonly at: number; readonly sent: boolean } | undefined;
}

/** An account at one of the demo's steps: once its facts are told, and once it is reviewed. */
export interface Moment {
  readonly at: number;
  readonly before: AccountFile;
  readonly after: AccountFile;
}

export interface DemoLife {
  readonly engine: Engine;
  readonly documents: Documents;
  readonly entries: ReadonlyMap<number, LedgerEntry>;
  /** By account, in order. */
  readonly moments: ReadonlyMap<string, readonly Moment[]>;
  readonly performed: ReadonlyMap<string, readonly Performed[]>;
}

/** As the demo's stand-ins for the providers have it. */
const wrongAddresses: ReadonlySet<string> = new Set(['+520000000116', 'cuentas@calamar.example']);
/** Acts of which nobody knows whether they went out until the next morning, and what is found out then. */
const lost: Readonly<Record<string, boolean>> = {
  'cenzontle/balanced/TO-4154#1/reminder.1@billing.0': true,
  'jaburana/balanced/TO-4192#1/reminder.1@billing.0': false,
};

/**
 * The demo's three months through the core alone: every account learns its facts and is
 * reviewed at each of the demo's steps, and messages meet the same mishaps.
 */
export function demoLife(): DemoLife {
  const documents = demoDocuments();
  const engine = compile({ plan: documents.plan, policies: documents.policies });
  const entries = ledgerEntries();
  const facts = factsByAccount(entries);
  const moments = new Map<string, readonly Moment[]>();
  const performed = new Map<string, readonly Performed[]>();
  for (const customer of customers) {
    const { id } = customer;
    const life = new AccountLife(engine, id, zoneOf(customer));
    life.learn(facts.get(opening)?.get(id) ?? []);
    const own = steps.map((at): Moment => {
      life.learn(facts.get(at)?.get(id) ?? []);
      life.resolve(at);
      const before = life.file;
      life.review(at);
      return { at, before, after: life.file };
    });
    moments.set(id, own);
    performed.set(id, life.performed);
  }
  return { engine, documents, entries, moments, performed };
}

class AccountLife {
  file: AccountFile;
  readonly performed: Performed[] = [];
  readonly #engine: Engine;
  readonly #zone: string;
  readonly #lost = new Map<string, number>();
  /** When to look again; in the past until the first review has said. */
  #next = 0;

  constructor(engine: Engine, account: string, zone: string) {
    this.#engine = engine;
    this.#zone = zone;
    this.file = emptyFile(account);
  }

  learn(events: readonly FileEvent[]): void {
    if (events.length === 0) return;
    this.#next = 0;
    this.file = evolveAll(this.file, events);
  }

  /** What got lost is looked up at the desk on the next day. */
  resolve(at: number): void {
    for (const [act, since] of this.#lost) {
      if (!isDeskHour(at) || at - since < 12 * 3_600_000) continue;
      this.#lost.delete(act);
      const sent = lost[act] === true;
      const on = formatDay(localDay(at, this.#zone));
      this.learn([{ type: 'act.resolved', act, at, on, sent, author: 'desk' }]);
      const index = this.performed.findIndex((one) => one.act === act);
      const known = this.performed[index];
      if (known !== undefined) this.performed[index] = { ...known, resolved: { at, sent } };
    }
  }

  review(at: number): void {
    // As the shell does: what is not due is not looked at.
    if (this.#next > at) return;
    for (let round = 0; round < 20; round++) {
      const { events, acts, next } = decide(this.#engine, this.file, at);
      if (events.length === 0) {
        this.#next = next ?? Number.POSITIVE_INFINITY;
        return;
      }
      this.learn(events);
      for (const act of acts) this.#perform(act, at);
    }
    throw new Error('the review never came to rest');
  }

  #perform(act: Act, at: number): void {
    if (act.kind !== 'message' && act.kind !== 'task') return;
    const on = formatDay(localDay(at, this.#zone));
    const outcome = act.kind === 'task' ? 'sent' : this.#outcomeOf(act, at, on);
    for (const { subject, stage } of act.covers) {
      // Thanks, and tasks to find somebody, are no stages.
      if (stage.includes(':')) continue;
      const { id, kind, channel } = act;
      this.performed.push({ at, act: id, kind, stage, items: [subject], channel, outcome });
    }
  }

  #outcomeOf(act: Act, at: number, on: string): Performed['outcome'] {
    const contact = this.file.account?.contacts[0];
    const address = act.channel === 'email' ? contact?.email : contact?.phone;
    const mayFail = act.channel !== 'sms' && address !== undefined;
    if (mayFail && wrongAddresses.has(address)) {
      this.#learnOne({
        type: 'act.refused',
        act: act.id,
        at,
        on,
        code: 'bounced',
        scope: 'recipient',
        address,
      });
      return 'refused';
    }
    if (Object.hasOwn(lost, act.id) && !this.performed.some((one) => one.act === act.id)) {
      this.#lost.set(act.id, at);
      this.#learnOne({ type: 'act.unknown', act: act.id, at, on, code: 'no_answer' });
      return 'unknown';
    }
    this.#learnOne({ type: 'act.accepted', act: act.id, at, on });
    return 'sent';
  }

  #learnOne(event: FileEvent): void {
    this.file = evolve(this.file, event);
  }
}

/** The facts of each step as events of each account. */
function factsByAccount(
  entries: ReadonlyMap<number, LedgerEntry>,
): ReadonlyMap<number, ReadonlyMap<string, readonly FileEvent[]>> {
  const zone = demoDocuments().plan.zone;
  const policies = demoDocuments().policies.map(({ id }) => id);
  const facts = new Map<number, ReadonlyMap<string, readonly FileEvent[]>>();
  for (const [at, entry] of entries) {
    const own = new Map<string, readonly FileEvent[]>();
    const told = Object.fromEntries(factKinds.map((kind: FactKind) => [kind, entry.facts[kind] ?? []]));
    for (const [account, known] of parseFacts(told, { now: at, zone, policies }))
      own.set(account, eventsOf(known));
    facts.set(at, own);
  }
  return facts;
}

function eventsOf(facts: AccountFacts): FileEvent[] {
  return [
    ...(facts.account === undefined ? [] : [{ type: 'account.upserted' as const, account: facts.account }]),
    ...facts.invoices.map((invoice) => ({ type: 'invoice.upserted' as const, invoice })),
    ...facts.payments.map((payment) => ({ type: 'payment.upserted' as const, payment })),
    ...facts.credits.map((credit) => ({ type: 'credit.upserted' as const, credit })),
    ...facts.holds.map((hold) => ({ type: 'hold.upserted' as const, hold })),
    ...facts.disputes.map((dispute) => ({ type: 'dispute.upserted' as const, dispute })),
    ...facts.promises.map((promise) => ({ type: 'promise.upserted' as const, promise })),
  ];
}
