import { parseDay } from '../calendar/index.js';
import type { AccountFile } from './file.js';
import type { Item } from './items.js';
import { noEntries } from './lean.js';
import { byText } from './order.js';
import { isReceivable, type Line, type Piece, Share } from './settlement.js';
import type { Instalment, PaymentPlan } from './types.js';

/** The id of a plan's instalment as an item, and the subject of its case. Ids of invoices hold no `~`. */
export function planItemId(plan: string, instalment: string): string {
  return `~plan:${plan}~${instalment}`;
}

/**
 * Puts payment plans in the place of what they cover: of the items of their
 * invoices, oldest first, as much as the plan has left. These owe that much
 * less, with a block that says so; the plan's instalments owe it, so that no
 * sum counts it twice. What the plan does not cover stays where it was.
 *
 * @param items oldest first; those that a plan covers are replaced in it
 * @returns the items with those of the plans, in no order
 */
export function withPlans(
  file: AccountFile,
  items: readonly Item[],
  lines: ReadonlyMap<string, readonly Line[]> | undefined,
): Item[] {
  const result = [...items];
  const active = [...file.plans.values()].filter((plan) => plan.state === 'active');
  active.sort((a, b) => byText(a.made, b.made) || byText(a.id, b.id));
  for (const plan of active) {
    const own = (item: Item): boolean =>
      item.plan === undefined &&
      item.invoice.currency === plan.currency &&
      plan.invoices.includes(item.invoice.id);
    const open = result.reduce((sum, item) => sum + (own(item) ? Math.max(item.outstanding, 0) : 0), 0);
    const total = plan.instalments.reduce((sum, one) => sum + one.amount, 0);
    const money = plan.invoices
      .flatMap((id) => lines?.get(id) ?? [])
      .filter((line) => line.date >= plan.made);
    const since = clamp(
      money.reduce((sum, line) => sum + (line.credit ? 0 : line.amount), 0),
      total,
    );
    const covered = Math.min(open, total - since);
    const instalments = instalmentsOf(file, plan, money, since, total - covered);
    if (instalments.length === 0) continue;
    let left = covered;
    for (let index = 0; index < result.length; index++) {
      const item = result[index];
      if (item === undefined || !own(item)) continue;
      const used = Math.min(Math.max(item.outstanding, 0), left);
      left -= used;
      result[index] = replacedBy(plan, item, used);
    }
    result.push(...instalments);
  }
  return result;
}

function replacedBy(plan: PaymentPlan, item: Item, amount: number): Item {
  const outstanding = item.outstanding - amount;
  return {
    ...item,
    outstanding,
    dunnable: Math.max(outstanding, 0),
    charges: Math.min(item.charges, Math.max(outstanding, 0)),
    replacedBy: plan.id,
    blocks:
      amount === 0 ? item.blocks : [...item.blocks, { kind: 'plan', id: plan.id, reason: 'plan', amount }],
  };
}

/** The instalments of a plan as items: what is settled of it (`paid` of that by payments) went to the earliest first. */
function instalmentsOf(
  file: AccountFile,
  plan: PaymentPlan,
  money: readonly Line[],
  paid: number,
  settled: number,
): Item[] {
  const own = plan.invoices.flatMap((id) => file.invoices.get(id) ?? []);
  const known = own.filter((invoice) => invoice.currency === plan.currency);
  const first = known.find(isReceivable) ?? known[0];
  if (first === undefined) return [];
  const parts = [...plan.instalments].sort((a, b) => byText(a.due, b.due) || byText(a.id, b.id));
  const shares = parts.map((part) => new Share(part.amount));
  for (const piece of piecesOf(money, paid, settled)) {
    let left = piece.amount;
    for (const share of shares) left -= share.take({ ...piece, amount: left });
  }
  const { number = plan.id } = plan;
  return parts.map((part: Instalment, index): Item => {
    const { outstanding, paid, credited, paidOn } = shares[index] ?? new Share(part.amount);
    return {
      id: planItemId(plan.id, part.id),
      invoice: {
        ...first,
        number: `${number} ${index + 1}/${parts.length}`,
        status: 'open',
        total: part.amount,
        issued: plan.made,
        due: part.due,
        instalments: [],
        balance: undefined,
        writtenOff: 0,
        charges: undefined,
        ...(plan.policy === undefined ? {} : { policy: plan.policy }),
      },
      instalment: undefined,
      plan,
      replacedBy: undefined,
      due: parseDay(part.due),
      original: part.amount,
      outstanding,
      charges: 0,
      paid,
      credited,
      paidOn,
      dunnable: outstanding,
      blocks: noEntries,
    };
  });
}

/** What settled a plan: payments in the order of their days, then credits, then what only a pushed balance tells of. */
function piecesOf(money: readonly Line[], paid: number, settled: number): Piece[] {
  const pieces: Piece[] = [];
  const add = (kind: Piece['kind'], amount: number, date?: string): number => {
    if (amount > 0) pieces.push({ instalment: undefined, amount, kind, date });
    return Math.max(amount, 0);
  };
  let left = paid;
  const payments = money.filter((line) => !line.credit && line.amount > 0);
  payments.sort((a, b) => byText(a.date, b.date) || b.amount - a.amount);
  for (const { amount, date } of payments) left -= add('payment', Math.min(amount, left), date);
  let rest = settled - paid;
  for (const { amount, credit, date } of money)
    if (credit) rest -= add('credit', Math.min(amount, rest), date);
  add('payment', rest);
  return pieces;
}

function clamp(amount: number, most: number): number {
  return Math.min(Math.max(amount, 0), most);
}
