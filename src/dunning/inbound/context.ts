import type { AccountStatus } from '../../engine/index.js';
import { RecobroError } from '../../errors.js';
import type {
  Contact,
  Dispute,
  Hold,
  PaymentPlan,
  PaymentPromise,
  UnbookedPayment,
} from '../../ledger/types.js';
import { formatAmount } from '../../money/index.js';
import type { Context } from '../context.js';
import { loadFile } from '../explaining.js';
import { dayOf } from '../outcomes.js';
import { statusOfAccount } from '../reads.js';
import { ownerOf } from './message.js';
import { offersFor, type PlanOffer } from './offers.js';
import { type TalkEntry, talkOf } from './talk.js';

/** What is open in one currency. Minor units; `amount` is the open one as decimal text. */
export interface OpenTotal {
  readonly currency: string;
  readonly outstanding: number;
  readonly amount: string;
  readonly overdue: number;
}

/** All that somebody wants to know who answers a customer. Holds personal data. */
export interface CustomerContext {
  readonly account: string;
  readonly name: string;
  /** Whoever leads the conversation, else the account's owner. */
  readonly owner?: string | undefined;
  readonly contacts: readonly Contact[];
  readonly totals: readonly OpenTotal[];
  /** Levels, items, what comes next, and the latest notes. */
  readonly status: AccountStatus;
  /** The latest, oldest first. */
  readonly messages: readonly TalkEntry[];
  /** Those that run or may still be kept. */
  readonly promises: readonly PaymentPromise[];
  readonly disputes: readonly Dispute[];
  readonly reported: readonly UnbookedPayment[];
  readonly plans: readonly PaymentPlan[];
  /** Plans that may be offered now. */
  readonly offers: readonly PlanOffer[];
  readonly holds: readonly Hold[];
}

/** @throws RecobroError `unknown_id`; `invalid_option` */
export async function customerContextOf(
  context: Context,
  account: string,
  at: number,
  messages: number,
): Promise<CustomerContext> {
  if (!Number.isSafeInteger(messages) || messages < 0)
    throw new RecobroError('invalid_option', 'the options are not valid', {
      problems: [{ path: 'messages', code: 'invalid_value', message: 'must be a whole number from 0' }],
    });
  const file = await loadFile(context, account);
  const status = await statusOfAccount(context, account, at, {});
  const talk = await talkOf(context, account);
  const on = dayOf(context, file, at);
  const owner = ownerOf(file);
  const { contacts = [], branches = [], name = account } = file.account ?? {};
  return {
    account,
    name,
    ...(owner === undefined ? {} : { owner }),
    contacts: [...contacts, ...branches.flatMap((branch) => branch.contacts)],
    totals: totalsOf(status),
    status,
    messages: messages === 0 ? [] : talk.slice(-messages),
    promises: [...file.promises.values()].filter(
      ({ state, date }) => state === 'active' && (date === undefined || date >= on),
    ),
    disputes: [...file.disputes.values()].filter(({ state }) => state === 'open'),
    reported: [...file.unbooked.values()].filter(({ state }) => state === 'pending'),
    plans: [...file.plans.values()].filter(({ state }) => state === 'active'),
    offers: offersFor(context, file, undefined, at),
    holds: [...file.holds.values()].filter(
      ({ released, until }) => !released && (until === undefined || until >= on),
    ),
  };
}

function totalsOf({ items }: AccountStatus): readonly OpenTotal[] {
  const currencies = [...new Set(items.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const own = items.filter((item) => item.currency === currency);
    const outstanding = own.reduce((sum, item) => sum + item.outstanding, 0);
    const overdue = own.reduce((sum, item) => sum + (item.overdue ? item.outstanding : 0), 0);
    return { currency, outstanding, amount: formatAmount(outstanding, currency), overdue };
  });
}
