import { createHash } from 'node:crypto';
import { isDay } from '../../calendar/index.js';
import { type FileEvent, viewOf } from '../../engine/index.js';
import type { AccountFile } from '../../ledger/file.js';
import type { Account } from '../../ledger/types.js';
import { sumByCurrency } from '../../money/index.js';
import type { Context } from '../context.js';
import { codeOf } from '../failures.js';
import { openItems } from './open.js';

/** What plans may be made of. */
export interface PlanRequest {
  readonly account: Account;
  readonly contact?: string | undefined;
  /** Today in the account's zone. */
  readonly on: string;
  /** Open invoices that no plan covers, oldest due first; minor units. */
  readonly open: readonly {
    readonly invoice: string;
    readonly currency: string;
    readonly outstanding: number;
    readonly due?: string | undefined;
  }[];
}

/** A plan that a debtor may choose: all that is open of some invoices of one currency, in instalments. */
export interface PlanProposal {
  /** Yours: up to 64 letters, digits, `_` and `-`, such as `3x`. */
  readonly id: string;
  readonly invoices: readonly string[];
  /** Minor units; they sum to what is open of the invoices. Days from today on, in order. At most 60. */
  readonly instalments: readonly { readonly due: string; readonly amount: number }[];
  /** A policy for its instalments. Default: that of the first invoice. */
  readonly policy?: string | undefined;
}

/** A proposal as it is offered. */
export interface PlanOffer extends PlanProposal {
  /**
   * What is said to accept it: the host's id and a digest of all that it says, so that nobody accepts amounts or days
   * that were not shown. Also the payload of a button: `plan:` and this.
   */
  readonly offer: string;
  readonly currency: string;
}

/** Offers plans. Pure and quick: asked again on acceptance, on the account as it is then. */
export type PlanOffers = (request: PlanRequest) => readonly PlanProposal[];

const mostInstalments = 60;

/** The plans that somebody may choose now. A proposal that does not fit what is open is left out, and logged. */
export function offersFor(
  context: Context,
  file: AccountFile,
  contact: string | undefined,
  at: number,
): readonly PlanOffer[] {
  const { plans } = context.conversation;
  const { account } = file;
  if (plans === undefined || account === undefined) return [];
  const view = viewOf(context.engine, file, at);
  const open = new Map<string, PlanRequest['open'][number]>();
  for (const { invoice, plan, outstanding } of openItems(view, contact)) {
    if (plan !== undefined) continue;
    const known = open.get(invoice.id)?.outstanding ?? 0;
    const { id, currency, due } = invoice;
    const since = due === undefined ? {} : { due };
    open.set(id, { invoice: id, currency, outstanding: known + outstanding, ...since });
  }
  if (open.size === 0) return [];
  const who = contact === undefined ? {} : { contact };
  let proposed: readonly PlanProposal[];
  try {
    proposed = plans({ account, ...who, on: view.on, open: [...open.values()] });
  } catch (error) {
    context.logger.error('no plan could be offered', { code: codeOf(error) });
    return [];
  }
  return proposed.flatMap((one) => {
    const currency = currencyOf(one, open, view.on);
    if (currency === undefined) {
      context.logger.warn('a plan does not fit what is open and is not offered', { account: file.id });
      return [];
    }
    return [{ ...one, currency, offer: `${one.id}.${digestOf(one, currency)}` }];
  });
}

/** The currency of a proposal that fits. */
function currencyOf(
  { id, invoices, instalments }: PlanProposal,
  open: ReadonlyMap<string, PlanRequest['open'][number]>,
  on: string,
): string | undefined {
  const chosen = [...new Set(invoices)].map((invoice) => open.get(invoice));
  const known = chosen.filter((one) => one !== undefined);
  const [sum, ...others] = sumByCurrency(
    known.map(({ outstanding, currency }) => ({ minor: outstanding, currency })),
  );
  const days = instalments.map(({ due }) => due);
  const fits =
    /^[\w-]{1,64}$/.test(id) &&
    sum !== undefined &&
    others.length === 0 &&
    known.length === invoices.length &&
    instalments.length > 0 &&
    instalments.length <= mostInstalments &&
    instalments.every(({ amount, due }) => Number.isSafeInteger(amount) && amount > 0 && isDay(due)) &&
    days.every((day, index) => day >= (days[index - 1] ?? on)) &&
    instalments.reduce((total, { amount }) => total + amount, 0) === sum.minor;
  return fits ? sum.currency : undefined;
}

function digestOf({ invoices, instalments, policy }: PlanProposal, currency: string): string {
  const said = [currency, [...invoices].sort(), instalments.map((one) => [one.due, one.amount]), policy ?? 0];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 12);
}

/** The plan of an offer that was accepted, where no person has to approve it. */
export function agreed(
  { conversation }: Pick<Context, 'conversation'>,
  { invoices, instalments, currency, policy, id: name }: PlanOffer,
  { id, on }: { readonly id: string; readonly on: string },
): readonly FileEvent[] | undefined {
  if (!conversation.acceptPlans) return undefined;
  return [
    {
      type: 'plan.upserted',
      plan: {
        id,
        number: name,
        invoices: [...invoices],
        currency,
        instalments: instalments.map(({ due, amount }, index) => ({ id: String(index + 1), due, amount })),
        made: on,
        author: 'debtor',
        state: 'active',
        ...(policy === undefined ? {} : { policy }),
      },
    },
  ];
}
