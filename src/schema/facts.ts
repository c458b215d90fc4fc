import { isZone } from '../calendar/index.js';
import { RecobroError } from '../errors.js';
import { type AccountFacts, factKinds, type NormalFacts } from '../ledger/facts.js';
import { Cursor, isRecord } from './cursor.js';
import * as forms from './forms.js';
import { factLimits, mostRecords } from './limits.js';
import { problemList, refuse } from './problems.js';
import { readAccount } from './read/account.js';
import { readDispute, readHold, readPromise } from './read/blocks.js';
import { readInvoice } from './read/invoice.js';
import { readCredit, readPayment, readRefund } from './read/money-in.js';
import { readPlan } from './read/plan.js';
import { Reading, type ReadingOptions } from './read/reading.js';
import { readReply, readSource, readUnbooked } from './read/seen.js';
import { checkTogether, type Entry, type ReadFacts } from './read/together.js';
import { checkKeys, formed } from './read/values.js';
import { snapshot } from './snapshot.js';

export type { AccountFacts, NormalFacts } from '../ledger/facts.js';
export type { ReadingOptions as ParseFactsOptions } from './read/reading.js';

/**
 * Facts as a host writes them, checked and turned into normal forms by account.
 * Every record carries its account; accounts keep the order of their first
 * mention. What is left out and depends on the clock is filled from `now` and
 * listed in {@link AccountFacts.assumed}.
 *
 * @param value `LedgerFacts`, or what claims to be
 * @example parseFacts({ accounts: [{ id: 'robles', name: 'Robles' }] }, { now: clock.now(), zone: plan.zone })
 * @throws RecobroError `invalid_input` with every problem and its path, such as `invoices[3].total.amount`
 */
export function parseFacts(value: unknown, options: ReadingOptions): NormalFacts {
  refuseMasses(value);
  const problems = problemList();
  const plain = snapshot(value, factLimits, problems);
  if (plain === undefined) refuse('invalid_input', 'the facts', problems);
  const top = Cursor.top(plain?.copy, problems);
  checkKeys(top, factKinds);
  const reading = new Reading(options);
  const accounts = entries(top.at('accounts'), (at) => readAccount(at, reading), 'id');
  for (const { record } of accounts)
    if (record.zone !== undefined && isZone(record.zone)) reading.zones.set(record.id, record.zone);
  const facts = {
    accounts,
    invoices: entries(top.at('invoices'), (at) => readInvoice(at, reading)),
    payments: entries(top.at('payments'), (at) => readPayment(at, reading)),
    refunds: entries(top.at('refunds'), (at) => readRefund(at, reading)),
    credits: entries(top.at('credits'), (at) => readCredit(at, reading)),
    holds: entries(top.at('holds'), (at) => readHold(at, reading)),
    disputes: entries(top.at('disputes'), (at) => readDispute(at, reading)),
    promises: entries(top.at('promises'), (at) => readPromise(at, reading)),
    unbooked: entries(top.at('unbooked'), (at) => readUnbooked(at, reading)),
    replies: entries(top.at('replies'), (at) => readReply(at, reading)),
    plans: entries(top.at('plans'), (at) => readPlan(at, reading)),
    sources: entries(top.at('sources'), readSource),
  };
  checkTogether(facts);
  refuse('invalid_input', 'the facts', problems);
  return byAccount(facts, reading);
}

function entries<T>(at: Cursor, read: (at: Cursor) => T, accountKey = 'account'): Entry<T>[] {
  if (at.exists && !Array.isArray(at.value)) at.report('invalid_type', 'must be a list of records');
  return at.items().map((one) => {
    const record = read(one);
    // Whatever is no object has been complained about as a whole.
    const account = isRecord(one.value) ? formed(forms.recordId)(one.at(accountKey)) : '';
    return { at: one, account, record };
  });
}

// Looks at lengths only: copying a hundred thousand records to say that they are too many would be absurd.
function refuseMasses(value: unknown): void {
  if (!isRecord(value)) return;
  let records = 0;
  for (const kind of factKinds) {
    const list: unknown = Object.getOwnPropertyDescriptor(value, kind)?.value;
    if (Array.isArray(list)) records += list.length;
  }
  if (records <= mostRecords) return;
  const message = `${records} records at once; hand over at most ${mostRecords} and call again with the rest`;
  throw new RecobroError('invalid_input', 'the facts: 1 problem', {
    problems: [{ path: '', code: 'too_large', message }],
  });
}

type Building = {
  -readonly [Kind in keyof AccountFacts]: AccountFacts[Kind] extends readonly (infer T)[]
    ? T[]
    : AccountFacts[Kind];
};

function byAccount(facts: ReadFacts, { assumed }: Reading): NormalFacts {
  const result = new Map<string, Building>();
  const of = (id: string): Building => {
    let found = result.get(id);
    if (found === undefined) {
      found = {
        account: undefined,
        invoices: [],
        payments: [],
        refunds: [],
        credits: [],
        holds: [],
        disputes: [],
        promises: [],
        unbooked: [],
        replies: [],
        plans: [],
        sources: [],
        assumed,
      };
      result.set(id, found);
    }
    return found;
  };
  for (const { account, record } of facts.accounts) of(account).account = record;
  for (const { account, record } of facts.invoices) of(account).invoices.push(record);
  for (const { account, record } of facts.payments) of(account).payments.push(record);
  for (const { account, record } of facts.refunds) of(account).refunds.push(record);
  for (const { account, record } of facts.credits) of(account).credits.push(record);
  for (const { account, record } of facts.holds) of(account).holds.push(record);
  for (const { account, record } of facts.disputes) of(account).disputes.push(record.record);
  for (const { account, record } of facts.promises) of(account).promises.push(record.record);
  for (const { account, record } of facts.unbooked) of(account).unbooked.push(record.record);
  for (const { account, record } of facts.replies) of(account).replies.push(record);
  for (const { account, record } of facts.plans) of(account).plans.push(record);
  for (const { account, record } of facts.sources) of(account).sources.push(record);
  return result;
}
