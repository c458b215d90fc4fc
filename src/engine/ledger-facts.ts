import { chargeFree } from '../ledger/items.js';
import { typicalDaysLate, typicalDaysToPay } from '../segments/index.js';
import type { FactValue, Subject } from './conditions.js';
import type { Unit } from './units.js';
import type { AccountView, Amounts } from './view.js';

type Reader = readonly [string, (subject: Subject) => FactValue];

const ofUnit =
  (read: (unit: Unit) => FactValue) =>
  ({ unit }: Subject): FactValue =>
    unit === undefined ? undefined : read(unit);

const ofView =
  (read: (view: AccountView) => FactValue) =>
  ({ view }: Subject): FactValue =>
    read(view);

const amount = (currency: string, minor: number): Amounts => new Map([[currency, minor]]);

/** Amounts of what climbs, in its one currency, minor units. */
export const unitAmounts: ReadonlyMap<string, (unit: Unit) => number> = new Map([
  ['item.outstanding', ({ outstanding }: Unit) => outstanding],
  ['item.original', ({ original }: Unit) => original],
  ['item.dunnable', ({ items }: Unit) => items.reduce((sum, item) => sum + chargeFree(item), 0)],
  ['item.charges', ({ items }: Unit) => items.reduce((sum, item) => sum + item.charges, 0)],
]);

/** Facts of an item beyond its amounts; of a group those of the item that carries it. */
export const itemFacts: readonly Reader[] = [
  ['item.type', ofUnit(({ lead }) => lead.invoice.type ?? 'invoice')],
  ['item.branch', ofUnit(({ lead }) => lead.invoice.branch)],
  ['item.entity', ofUnit(({ lead }) => lead.invoice.entity)],
  ['item.area', ofUnit(({ lead }) => lead.invoice.area)],
  ['item.inPlan', ofUnit(({ lead }) => lead.plan !== undefined)],
];

const exposed = (read: (exposure: NonNullable<AccountView['exposure']>) => number | undefined) =>
  ofView(({ exposure }) => {
    const minor = exposure === undefined ? undefined : read(exposure);
    return exposure === undefined || minor === undefined ? undefined : amount(exposure.currency, minor);
  });

/** Facts of an account that its records and scores tell, and its exposure. */
export const accountFacts: readonly Reader[] = [
  ['account.unapplied', ofView((view) => view.unapplied)],
  ['account.disputed', ofView((view) => view.blocked('dispute'))],
  ['account.openPromises', ofView((view) => view.blocked('promise'))],
  ['account.promisesKept', ofView((view) => view.promises('kept'))],
  ['account.promisesPartlyKept', ofView((view) => view.promises('partly'))],
  ['account.promisesBroken', ofView((view) => view.promises('broken'))],
  ['account.daysSinceReply', ofView((view) => view.daysSinceReply)],
  ['account.typicalDaysToPay', ofView((view) => typicalDaysToPay(view.payment.paid))],
  ['account.typicalDaysLate', ofView((view) => typicalDaysLate(view.payment.paid))],
  ['account.risk', ofView((view) => view.risk)],
  ['account.class', ofView((view) => view.file.account?.scores?.class)],
  ['account.percentile', ofView((view) => view.file.account?.scores?.percentile)],
  ['account.branches', ofView((view) => view.file.account?.branches?.length ?? 0)],
  ['account.creditLimit', exposed((exposure) => exposure.limit)],
  ['exposure.draft', exposed((exposure) => exposure.draft)],
  ['exposure.open', exposed((exposure) => exposure.open)],
  ['exposure.overdue', exposed((exposure) => exposure.overdue)],
  ['exposure.returned', exposed((exposure) => exposure.returned)],
  ['exposure.total', exposed((exposure) => exposure.total)],
  ['exposure.uninsured', exposed((exposure) => exposure.uninsured)],
  ['exposure.overLimit', ofView((view) => view.exposure?.over)],
  ['exposure.usedShare', ofView((view) => view.creditUse)],
];

/** Of these facts, those that change with the mere passing of days. */
export const timedLedgerFacts: readonly string[] = [
  'account.daysSinceReply',
  'account.risk',
  'exposure.open',
  'exposure.overdue',
  'exposure.returned',
  'exposure.overLimit',
];
