import type { FileEvent } from '../engine/index.js';
import { type Problem, RecobroError } from '../errors.js';
import { withoutErased } from '../ledger/erased.js';
import { type AccountFacts, type LedgerFacts, settled } from '../ledger/facts.js';
import type { AccountFile } from '../ledger/file.js';
import { upsert } from '../ledger/upsert.js';
import { parseFacts } from '../schema/facts.js';
import { targetsOf } from '../schema/read/together.js';
import type { CommitOptions } from '../stores/store.js';
import { type ChangeFrame, changeAccounts } from './change.js';
import { decodeFile } from './codec.js';
import type { Context } from './context.js';
import { type FactFinding, findingsOf } from './findings.js';
import { recallAll, type Spoken, type SpokenOf } from './left.js';

/** Accounts looked at together. */
const batch = 200;

/** What a sync changed. */
export interface SyncResult {
  /** Accounts with at least one record that was new or changed. */
  readonly accounts: number;
  /** Records that were new or changed. */
  readonly written: number;
  /** Records that were known already. */
  readonly unchanged: number;
  /** Records older than what is known: left out. */
  readonly older: number;
  /** What was taken in but cannot be used as it is, such as phone numbers that are none. Of an ingest the first 1,000. */
  readonly findings: readonly FactFinding[];
}

/**
 * Takes in facts. Idempotent: what is known already changes nothing. Either
 * every record is acceptable or nothing is written.
 *
 * @throws RecobroError `invalid_input`, `version_conflict`, with every problem and its path
 */
export async function syncFacts(
  context: Context,
  facts: LedgerFacts,
  frame: ChangeFrame,
): Promise<SyncResult> {
  const byAccount = parseFacts(facts, {
    now: frame.at,
    zone: context.engine.plan.zone,
    policies: [...context.engine.policies.keys()],
  });
  const spoken: SpokenOf = (account) => spokenIn(byAccount.get(account));
  await refuseConflicts(context, byAccount, spoken, frame);
  const counts = new Map<string, Pick<Found, 'unchanged' | 'older'>>();
  let accounts = 0;
  let written = 0;
  for (const page of pages([...byAccount.keys()])) {
    const outcomes = await changeAccounts<number>(context, page, { ...frame, spoken }, (file, account) => {
      const found = changesOf(file, byAccount.get(account));
      if (found.conflicts.length > 0) throw conflict(found.conflicts);
      counts.set(account, found);
      // Nothing new: nothing is written, and the review that was planned stands.
      if (found.events.length === 0) return undefined;
      return { events: found.events, next: () => 0, result: found.events.length };
    });
    for (const outcome of outcomes.values()) {
      if (!outcome.ok) continue;
      accounts++;
      written += outcome.result;
    }
  }
  const sum = (key: 'unchanged' | 'older'): number =>
    [...counts.values()].reduce((total, one) => total + one[key], 0);
  const findings = [...byAccount.values()].flatMap(findingsOf);
  return { accounts, written, unchanged: sum('unchanged'), older: sum('older'), findings };
}

/** Looks at everything before anything is written, so that one bad record stops the whole call. */
async function refuseConflicts(
  context: Context,
  byAccount: ReadonlyMap<string, AccountFacts>,
  spoken: SpokenOf,
  { at, transaction }: ChangeFrame,
): Promise<void> {
  const options: CommitOptions = transaction === undefined ? {} : { transaction };
  const problems: Problem[] = [];
  for (const page of pages([...byAccount.keys()])) {
    const loaded = await context.store.load(context.tenant, page, options);
    const recalls = await recallAll(context, loaded, spoken, at, options);
    for (const stored of loaded) {
      const seen = recalls.get(stored.account)?.seen ?? decodeFile(stored);
      problems.push(...changesOf(seen, byAccount.get(stored.account)).conflicts);
    }
  }
  if (problems.length > 0) throw conflict(problems);
}

/** What is told of an account, to be looked for among what left it. */
export function spokenIn(facts: AccountFacts | undefined): Spoken | undefined {
  return facts === undefined
    ? undefined
    : { facts: [facts], changes: (seen) => changesOf(seen, facts).events };
}

function pages(ids: readonly string[]): string[][] {
  const all: string[][] = [];
  for (let from = 0; from < ids.length; from += batch) all.push(ids.slice(from, from + batch));
  return all;
}

/** What facts change about an account, and what they cannot. */
export interface Found {
  readonly events: readonly FileEvent[];
  readonly conflicts: readonly Problem[];
  readonly unchanged: number;
  readonly older: number;
}

/** The events that bring a file up to what the host says, in an order that does not depend on the call's. */
export function changesOf(known: AccountFile, facts: AccountFacts | undefined): Found {
  const events: FileEvent[] = [];
  const conflicts: Problem[] = [];
  let unchanged = 0;
  let older = 0;
  if (facts === undefined) return { events, conflicts, unchanged, older };
  const take = <T extends { readonly id: string; readonly version?: number | undefined }>(
    kind: string,
    records: readonly T[],
    find: (id: string) => T | undefined,
    event: (record: T) => FileEvent,
    clean: (record: T) => T = (record) => record,
  ): void => {
    for (const told of records) {
      const before = find(told.id);
      const record = clean(settled(facts, told, before));
      const outcome = upsert(before, record);
      if (outcome === 'new' || outcome === 'changed') events.push(event(record));
      else if (outcome === 'same') unchanged++;
      else if (outcome === 'older') older++;
      else {
        conflicts.push({
          path: `${kind}[${JSON.stringify(record.id)}]`,
          code: 'version_conflict',
          message: `version ${record.version} is known with other content; raise the version when a record changes`,
        });
      }
    }
  };
  take(
    'accounts',
    // Who was erased stays erased, however often the host's own records tell of them.
    facts.account === undefined ? [] : [facts.account],
    () => known.account,
    (account) => ({ type: 'account.upserted', account }),
    (account) => withoutErased(account, known.erased),
  );
  take(
    'invoices',
    facts.invoices,
    (id) => known.invoices.get(id),
    (invoice) => ({ type: 'invoice.upserted', invoice }),
  );
  take(
    'payments',
    facts.payments,
    (id) => known.payments.get(id),
    (payment) => ({ type: 'payment.upserted', payment }),
  );
  take(
    'refunds',
    facts.refunds,
    (id) => known.refunds.get(id),
    (refund) => ({ type: 'refund.upserted', refund }),
  );
  take(
    'credits',
    facts.credits,
    (id) => known.credits.get(id),
    (credit) => ({ type: 'credit.upserted', credit }),
  );
  take(
    'holds',
    facts.holds,
    (id) => known.holds.get(id),
    (hold) => ({ type: 'hold.upserted', hold }),
  );
  take(
    'disputes',
    facts.disputes,
    (id) => known.disputes.get(id),
    (dispute) => ({ type: 'dispute.upserted', dispute }),
  );
  take(
    'promises',
    facts.promises,
    (id) => known.promises.get(id),
    (promise) => ({ type: 'promise.upserted', promise }),
  );
  take(
    'unbooked',
    facts.unbooked,
    (id) => known.unbooked.get(id),
    (unbooked) => ({ type: 'unbooked.upserted', unbooked }),
  );
  take(
    'replies',
    facts.replies,
    (id) => known.replies.get(id),
    (reply) => ({ type: 'reply.upserted', reply }),
  );
  take(
    'plans',
    facts.plans,
    (id) => known.plans.get(id),
    (plan) => ({ type: 'plan.upserted', plan }),
  );
  take(
    'sources',
    facts.sources,
    (id) => known.sources.get(id),
    (source) => ({ type: 'source.upserted', source }),
  );
  conflicts.push(...foreignAmounts(known, facts));
  return { events, conflicts, unchanged, older };
}

/** Amounts in another currency than that of the invoice they name, which may be known from an earlier call. */
export function foreignAmounts(known: AccountFile, facts: AccountFacts): Problem[] {
  const told = new Map(facts.invoices.map((invoice) => [invoice.id, invoice]));
  const problems: Problem[] = [];
  const check = (path: string, currency: string | undefined, id: string): void => {
    const invoice = told.get(id) ?? known.invoices.get(id);
    if (invoice === undefined || currency === undefined || invoice.currency === currency) return;
    const message = `the invoice ${JSON.stringify(id)} is in ${invoice.currency}, not ${currency}`;
    problems.push({ path, code: 'currency_mismatch', message });
  };
  const { payments, refunds, credits } = facts;
  for (const [kind, records] of Object.entries({ payments, refunds, credits })) {
    for (const { id, currency, allocations } of records) {
      for (const one of allocations) check(`${kind}[${JSON.stringify(id)}]`, currency, one.invoice);
    }
  }
  const { holds, disputes, promises, unbooked, plans } = facts;
  for (const [kind, records] of Object.entries({ holds, disputes, promises, unbooked, plans })) {
    for (const one of records) {
      for (const { invoice } of targetsOf(one))
        check(`${kind}[${JSON.stringify(one.id)}]`, one.currency, invoice);
    }
  }
  const received = new Map(payments.map((payment) => [payment.id, payment]));
  for (const { id, payment, currency } of refunds) {
    if (payment === undefined) continue;
    const given = received.get(payment) ?? known.payments.get(payment);
    if (given === undefined || given.currency === currency) continue;
    const message = `the payment ${JSON.stringify(payment)} is in ${given.currency}, not ${currency}`;
    problems.push({ path: `refunds[${JSON.stringify(id)}]`, code: 'currency_mismatch', message });
  }
  return problems;
}

export function conflict(problems: readonly Problem[]): RecobroError {
  const code = problems.some((one) => one.code === 'version_conflict') ? 'version_conflict' : 'invalid_input';
  return new RecobroError(code, 'some records contradict what is known; nothing was written', { problems });
}
