import type { ImportedHistory } from '../../engine/index.js';
import { formatAmount, parseAmount } from '../../money/index.js';
import type { Documents } from '../../policy/types.js';
import type { FactKeys, Loose, OneOrMany, ScenarioStep } from '../../schema/index.js';
import { idsOf } from './acts.js';
import { dateOf, instantOf } from './moments.js';
import { impossible, isLoose, listOf } from './plain.js';
import { by, now, type Stage } from './stage.js';
import { owedOn } from './world.js';

/** What a host does: facts, history, documents, fees, the portfolio. */

/** Tells facts, in one call: in two where an amount is that of an invoice which is told with it, and so has to be known first. */
export async function tell(stage: Stage, keys: FactKeys, path: string): Promise<void> {
  const { accounts, invoices, ...others } = keys;
  if (invoices === undefined || !leansOnOwed(others)) return tellOnce(stage, keys, path);
  await tellOnce(stage, accounts === undefined ? { invoices } : { accounts, invoices }, path);
  const first = stage.answered.synced;
  await tellOnce(stage, others, path);
  const second = stage.answered.synced;
  if (first === undefined || second === undefined) return;
  stage.answered.synced = {
    accounts: Math.max(first.accounts, second.accounts),
    written: first.written + second.written,
    unchanged: first.unchanged + second.unchanged,
    older: first.older + second.older,
    findings: [...first.findings, ...second.findings],
  };
}

/** Whether money is told of invoices without saying how much. */
function leansOnOwed({ payments, credits, plans }: FactKeys): boolean {
  const without = (told: OneOrMany<Loose> | undefined, member: string): boolean =>
    listOf(told).some(
      (one) => one[member] === undefined && (one.invoice !== undefined || one.invoices !== undefined),
    );
  return without(payments, 'amount') || without(credits, 'amount') || without(plans, 'total');
}

async function tellOnce(stage: Stage, keys: FactKeys, path: string): Promise<void> {
  const { world, tenant } = stage;
  const at = stage.asOf ?? world.clock.now();
  const facts = await tenant.book.fill(keys, path, {
    moments: world.moments,
    currency: world.currency,
    now: at,
    today: dateOf(at, world.moments),
    author: stage.author,
    owed: async (account, items) => owedOn(tenant, account, items),
  });
  stage.answered.synced = await tenant.dunning.sync(facts, now(stage));
}

/** Takes in what another system did, account by account. */
export async function takeHistory(stage: Stage, value: OneOrMany<Loose>, path: string): Promise<void> {
  const { tenant } = stage;
  const byAccount = new Map<string, Loose[]>();
  for (const [index, { account, ...entry }] of listOf(value).entries()) {
    const items = typeof entry.item === 'string' ? [entry.item] : [];
    const id = tenant.book.account(account, items, Array.isArray(value) ? `${path}[${index}]` : path);
    const ids = [...new Set(tenant.wiring.policies.map((one) => one.id))];
    const policy = ids.length === 1 ? { policy: ids[0] } : {};
    byAccount.set(id, [...(byAccount.get(id) ?? []), { ...policy, ...entry }]);
  }
  // The library checks entries as those of any host.
  for (const [account, entries] of byAccount)
    await tenant.dunning.importHistory(account, historyOf(entries), by(stage));
}

/** Data of a scenario, which the library checks as that of any host. */
function historyOf(entries: unknown): readonly ImportedHistory[] {
  return entries as readonly ImportedHistory[];
}

/** The host books a fee: onto the invoice that it is about or another, or as a document of its own. */
export async function bookFee(
  stage: Stage,
  value: NonNullable<ScenarioStep['bookFee']>,
  path: string,
): Promise<void> {
  const { onto, document, ...query } = value;
  const { tenant, world } = stage;
  for (const id of await idsOf(tenant, { kind: 'fee', ...query }, ['open'], path)) {
    await tenant.dunning.settleFee(id, 'booked', by(stage));
    const on = dateOf(stage.asOf ?? world.clock.now(), world.moments);
    for (const charge of tenant.acts.get(id)?.charges ?? []) {
      const amount = formatAmount(charge.amount, charge.currency);
      if (document !== undefined) {
        const [first = ''] = charge.items;
        const account = tenant.book.accountOf(first);
        const total = `${amount} ${charge.currency}`;
        const own = {
          ...(account === undefined ? {} : { account }),
          type: 'fee',
          total,
          issued: on,
          ...document,
        };
        await tell(stage, { invoices: [own] }, path);
        continue;
      }
      const invoice = onto ?? charge.items[0]?.split('~')[0] ?? '';
      const known = tenant.book.known('invoices', invoice);
      if (known === undefined)
        throw impossible(path, `nothing was told of the invoice ${JSON.stringify(invoice)}`);
      await tell(stage, { invoices: [withCharge(known, charge.currency, charge.amount, on)] }, path);
    }
  }
}

/** The invoice with a charge more, all of it part of the total. */
function withCharge(invoice: Loose, currency: string, minor: number, on: string): Loose {
  const { total, charges, version } = invoice;
  const before = isLoose(total) && typeof total.amount === 'string' ? parseAmount(total.amount, currency) : 0;
  const known = Array.isArray(charges) ? charges : [];
  return {
    ...invoice,
    total: { amount: formatAmount(before + minor, currency), currency },
    charges: [...known, { id: `charge-${known.length + 1}`, amount: formatAmount(minor, currency), on }],
    ...(typeof version === 'number' ? { version: version + 1 } : {}),
  };
}

/** A dry run of a change of documents. */
export async function impact(
  stage: Stage,
  value: NonNullable<ScenarioStep['impact']>,
  path: string,
): Promise<void> {
  const { until, list, ...keys } = value;
  const { world, tenant } = stage;
  const { plan, policies, messages } = await world.changed(tenant, keys, path);
  const at = stage.asOf ?? world.clock.now();
  const documents: unknown = { plan, policies, messages };
  stage.answered.impact = await tenant.dunning.impact(documents as Documents, {
    at,
    list,
    ...(until === undefined ? {} : { until: instantOf(until, world.moments, at) }),
  });
}

/** Classes and scores over all accounts. */
export async function portfolio(stage: Stage, value: true | Loose): Promise<void> {
  const request: object = value === true ? {} : value;
  stage.answered.portfolio = await stage.tenant.dunning.portfolio({ ...request, ...now(stage) });
}
