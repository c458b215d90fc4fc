import { formatInstant, localDay, parseDay } from '../calendar/index.js';
import { whole } from '../dunning/audit/personal.js';
import { decodeFile } from '../dunning/codec.js';
import { type NamedExplanation, namedExplanation } from '../dunning/explaining.js';
import { type AccountFile, compile, emptyFile, evolveAll, type FileEvent } from '../engine/index.js';
import { RecobroError } from '../errors.js';
import type { LogEntry } from '../insight/run/types.js';
import { normalFacts } from '../insight/simulate/facts.js';
import type { SimulateInput } from '../insight/simulate/index.js';
import { live } from '../insight/simulate/live.js';
import { engineFor, planOf } from '../insight/simulate/reach.js';
import { timelineOf } from '../insight/simulate/timeline.js';
import type { Documents } from '../policy/types.js';
import { hint } from '../schema/nearest.js';
import type { Store } from '../stores/store.js';

/** An account at an instant: what holds, and all that had happened. */
export interface Explained {
  readonly explanation: NamedExplanation;
  /** Oldest first, none later than the instant. */
  readonly entries: readonly LogEntry[];
}

/**
 * Explains an account of a store. For an instant of the past its file is made
 * again from the log as far as it had come, so that nothing later is seen.
 *
 * @throws RecobroError `unknown_id`
 */
export async function explainStored(
  store: Store,
  documents: Documents,
  account: { readonly tenant: string; readonly id: string; readonly at: number },
): Promise<Explained> {
  const [stored] = await store.load(account.tenant, [account.id]);
  if (stored === undefined) {
    throw new RecobroError('unknown_id', `the store knows no account ${JSON.stringify(account.id)}`);
  }
  const engine = compile({ plan: documents.plan, policies: documents.policies });
  const log: LogEntry[] = [];
  for await (const one of store.events(account.tenant, { account: account.id })) {
    // The store keeps each event as its type beside its data, and personal data apart: together again.
    log.push({ at: one.at, event: Object.assign({ type: one.type }, whole(one)) as FileEvent });
  }
  const entries = log.filter((entry) => entry.at <= account.at);
  if (entries.length === 0) {
    const when = formatInstant(account.at, documents.plan.zone);
    throw new RecobroError('unknown_id', `nothing was known of ${JSON.stringify(account.id)} at ${when}`);
  }
  const file = entries.length === log.length ? decodeFile(stored) : fileOf(account.id, entries);
  return { explanation: namedExplanation(engine, file, account.at), entries };
}

/**
 * Explains an account as a simulation over a ledger would have left it at an
 * instant: nothing that became known later is seen.
 *
 * @throws RecobroError `unknown_id`
 */
export function explainSimulated(
  input: Pick<SimulateInput, 'documents' | 'ledger' | 'zone' | 'from' | 'payments' | 'disputed' | 'reach'>,
  account: { readonly id: string; readonly at: number },
): Explained {
  const { id, at } = account;
  const plan = planOf(input.documents, { ...input, to: input.from });
  const engine = engineFor(input.documents, { ...input, to: input.from });
  const policies = input.documents.policies.map((policy) => policy.id);
  const of = <T extends { readonly account: string }>(list: readonly T[] | undefined): T[] =>
    (list ?? []).filter((one) => one.account === id);
  const { ledger } = input;
  const own = {
    accounts: (ledger.accounts ?? []).filter((one) => one.id === id),
    invoices: of(ledger.invoices),
    payments: of(ledger.payments),
    credits: of(ledger.credits),
    holds: of(ledger.holds),
    disputes: of(ledger.disputes),
    promises: of(ledger.promises),
  };
  const from = parseDay(input.from);
  const [found] = normalFacts(own, { now: at, zone: plan.zone, policies });
  if (found === undefined) {
    const near = hint(
      id,
      (ledger.accounts ?? []).map((one) => one.id),
    );
    throw new RecobroError('unknown_id', `the ledger knows no account ${JSON.stringify(id)}${near}`);
  }
  const [, facts] = found;
  const zone = facts.account?.zone ?? plan.zone;
  const timeline = timelineOf(facts, {
    zone,
    from,
    payments: input.payments,
    disputed: input.disputed ?? 'hold',
  });
  const entries = live({ engine, account: id, zone, timeline, from, to: localDay(at, zone) });
  const past = entries.filter((entry) => entry.at <= at);
  return { explanation: namedExplanation(engine, fileOf(id, past), at), entries: past };
}

function fileOf(account: string, entries: readonly LogEntry[]): AccountFile {
  return evolveAll(
    emptyFile(account),
    entries.map((entry) => entry.event),
  );
}
