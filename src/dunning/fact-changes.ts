import type { FileEvent } from '../engine/index.js';
import { type Problem, RecobroError } from '../errors.js';
import { withoutErased } from '../ledger/erased.js';
import type { AccountFacts } from '../ledger/facts.js';
import { settled } from '../ledger/facts.js';
import type { AccountFile } from '../ledger/file.js';
import { upsert } from '../ledger/upsert.js';
import { targetsOf } from '../schema/read/together.js';
import type { Spoken } from './left.js';

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

/** What is told of an account, to be looked for among what left it. */
export function spokenIn(facts: AccountFacts | undefined): Spoken | undefined {
  return facts === undefined
    ? undefined
    : { facts: [facts], changes: (seen) => changesOf(seen, facts).events };
}
