import { formatDay } from '../../calendar/index.js';
import { type AccountView, viewOf } from '../../engine/index.js';
import type { Item } from '../../ledger/items.js';
import { namedBy } from '../../ledger/left.js';
import { formatAmount } from '../../money/index.js';
import type { Context } from '../context.js';
import { offersFor, type PlanOffer } from '../inbound/offers.js';
import { openItems } from '../inbound/open.js';
import type { Led } from './link.js';
import type { LinkPurpose } from './token.js';

/** One open item, as the debtor may see it. Amounts are minor units of its currency, `amount` is the open one as text. */
export interface StatementItem {
  readonly item: string;
  /** Answers name this. */
  readonly invoice: string;
  readonly number: string;
  readonly instalment?: string | undefined;
  readonly currency: string;
  readonly original: number;
  readonly outstanding: number;
  /** `outstanding` as decimal text: `1250.00`. */
  readonly amount: string;
  readonly issued: string;
  readonly due?: string | undefined;
  readonly overdue: boolean;
  readonly daysPastDue?: number | undefined;
  readonly paymentUrl?: string | undefined;
}

/** What is open in one currency: the sum of the items. */
export interface StatementTotal {
  readonly currency: string;
  readonly outstanding: number;
  readonly amount: string;
  readonly overdue: number;
}

/** What a debtor said and nobody has dealt with so far. */
export interface StatementPromise {
  readonly invoices: readonly string[];
  readonly date?: string | undefined;
}

/** What a page that a link leads to shows. Only what whoever has the link may know. */
export interface Statement {
  readonly account: string;
  readonly name: string;
  readonly contact?: { readonly id: string; readonly name: string } | undefined;
  /** BCP 47: the contact's, else the account's, else the plan's. */
  readonly language: string;
  /** The day that it shows, in the account's zone. */
  readonly on: string;
  readonly purpose: Exclude<LinkPurpose, 'unsubscribe'>;
  /** When the link ends, in milliseconds. */
  readonly expires: number;
  readonly sender: {
    readonly name: string;
    readonly phone?: string | undefined;
    readonly email?: string | undefined;
  };
  /** How to pay what has no link of its own, as the sender says. */
  readonly pay?: string | Readonly<Record<string, string>> | undefined;
  /** Oldest due first. */
  readonly items: readonly StatementItem[];
  readonly totals: readonly StatementTotal[];
  /** Promises that run. */
  readonly promises: readonly StatementPromise[];
  /** Invoices with an open dispute, and those for which a payment was reported. */
  readonly disputed: readonly string[];
  readonly reported: readonly string[];
  /** Plans that may be chosen. */
  readonly offers: readonly PlanOffer[];
  /** The last day that may be promised. */
  readonly promiseUntil: string;
}

/** What is open for whoever opens a link. */
export function statementOf(context: Context, { file, claims, contact }: Led, at: number): Statement {
  const view = viewOf(context.engine, file, at);
  const items = openItems(view, contact?.id);
  const shown = new Set(items.map(({ invoice }) => invoice.id));
  const { name, phone, email, pay } = context.sender;
  const lines = items.map((item) => lineOf(item, view));
  const mine = (invoice: string): boolean => shown.has(invoice);
  return {
    account: file.id,
    name: file.account?.name ?? file.id,
    ...(contact === undefined ? {} : { contact: { id: contact.id, name: contact.name } }),
    language: contact?.language ?? file.account?.language ?? context.engine.language,
    on: view.on,
    purpose: claims.purpose === 'view' ? 'view' : 'answer',
    expires: claims.expires,
    sender: {
      name,
      ...(phone === undefined ? {} : { phone }),
      ...(email === undefined ? {} : { email }),
    },
    ...(pay === undefined ? {} : { pay: typeof pay === 'string' ? pay : { ...pay } }),
    items: lines,
    totals: totalsOf(lines),
    promises: [...file.promises.values()]
      .filter(({ state, date }) => state === 'active' && (date === undefined || date >= view.on))
      .map(({ invoice, invoices, date }) => ({
        invoices: [...(invoices ?? []), ...(invoice === undefined ? [] : [invoice])],
        ...(date === undefined ? {} : { date }),
      }))
      .filter(({ invoices }) => invoices.every(mine)),
    disputed: [
      ...new Set([...file.disputes.values()].flatMap((one) => (one.state === 'open' ? namedBy(one) : []))),
    ].filter(mine),
    reported: [
      ...new Set([...file.unbooked.values()].flatMap((one) => (one.state === 'pending' ? namedBy(one) : []))),
    ].filter(mine),
    offers: offersFor(context, file, contact?.id, at),
    promiseUntil: formatDay(view.today + context.conversation.promiseDays),
  };
}

function lineOf(item: Item, view: AccountView): StatementItem {
  const { id, invoice, instalment, outstanding, original, due } = item;
  const overdue = due !== undefined && view.today > due;
  return {
    item: id,
    invoice: invoice.id,
    number: invoice.number,
    ...(instalment === undefined ? {} : { instalment: instalment.id }),
    currency: invoice.currency,
    original,
    outstanding,
    amount: formatAmount(outstanding, invoice.currency),
    issued: invoice.issued,
    ...(due === undefined ? {} : { due: formatDay(due) }),
    overdue,
    ...(overdue ? { daysPastDue: view.today - due } : {}),
    ...(invoice.paymentUrl === undefined ? {} : { paymentUrl: invoice.paymentUrl }),
  };
}

function totalsOf(lines: readonly StatementItem[]): readonly StatementTotal[] {
  const currencies = [...new Set(lines.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const own = lines.filter((line) => line.currency === currency);
    const outstanding = own.reduce((sum, line) => sum + line.outstanding, 0);
    const overdue = own.reduce((sum, line) => sum + (line.overdue ? line.outstanding : 0), 0);
    return { currency, outstanding, amount: formatAmount(outstanding, currency), overdue };
  });
}
