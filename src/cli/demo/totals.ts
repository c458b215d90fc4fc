import type { Act, FileEvent } from '../../engine/index.js';
import { type Money, sumByCurrency } from '../../money/index.js';
import type { LoggedEvent } from '../../stores/store.js';
import { period } from './schedule.js';

/** What three months came to. */
export interface DemoTotals {
  readonly accounts: number;
  readonly invoices: number;
  readonly payments: number;
  readonly paid: readonly Money[];
  /** Messages that went out. */
  readonly messages: {
    readonly all: number;
    readonly byChannel: Readonly<Record<string, number>>;
    /** By the strongest stage of each; `on:paid` for thanks. */
    readonly byStage: Readonly<Record<string, number>>;
  };
  /** Taken back because the facts had changed. */
  readonly takenBack: number;
  /** How often something kept an item from being reminded, by reason. */
  readonly heldBack: Readonly<Record<string, number>>;
  readonly refused: number;
  readonly putOff: number;
  readonly unknown: { readonly all: number; readonly open: number };
  readonly tasks: { readonly all: number; readonly open: number };
}

/** As they follow each other on the ladders of the presets. */
const stageOrder = ['upcoming', 'due-today', 'reminder', 'follow-up', 'firm', 'collection-notice', 'on:paid'];

/** Counts what the log tells. */
export function totalsOf(log: readonly LoggedEvent[]): DemoTotals {
  const acts = new Map<string, Act>();
  const ids = { accounts: new Set<string>(), invoices: new Set<string>(), payments: new Set<string>() };
  const payments = new Map<string, Money>();
  const counts = { takenBack: 0, refused: 0, putOff: 0 };
  const sent = new Set<string>();
  const unknown = { all: 0, open: new Set<string>() };
  const tasks = { all: 0, open: new Set<string>() };
  const heldBack = new Map<string, number>();
  for (const { account, type, data } of log) {
    // The log stores each event as its type beside its data; this puts the two together again.
    const event = Object.assign({ type }, data) as FileEvent;
    switch (event.type) {
      case 'account.upserted':
        ids.accounts.add(account);
        break;
      case 'invoice.upserted':
        ids.invoices.add(event.invoice.id);
        break;
      case 'payment.upserted': {
        const { id, amount, currency, state, date } = event.payment;
        ids.payments.add(id);
        // What came before the first day is part of the opening balance, as in the report.
        if (state === 'reversed' || date < period.from) payments.delete(id);
        else payments.set(id, { minor: amount, currency });
        break;
      }
      case 'case.paused':
        heldBack.set(event.reason, (heldBack.get(event.reason) ?? 0) + 1);
        break;
      case 'act.planned':
        acts.set(event.act.id, event.act);
        if (event.act.kind !== 'task') break;
        tasks.all++;
        tasks.open.add(event.act.id);
        break;
      case 'task.closed':
        tasks.open.delete(event.act);
        break;
      case 'act.accepted':
        unknown.open.delete(event.act);
        sent.add(event.act);
        break;
      case 'act.resolved':
        unknown.open.delete(event.act);
        if (event.sent) sent.add(event.act);
        else counts.takenBack++;
        break;
      case 'act.unknown':
        unknown.all++;
        unknown.open.add(event.act);
        break;
      case 'act.withdrawn':
        counts.takenBack++;
        break;
      case 'act.refused':
        counts.refused++;
        break;
      case 'act.delayed':
        counts.putOff++;
        break;
      default:
    }
  }
  const messages = [...sent].flatMap((id) => acts.get(id) ?? []);
  return {
    accounts: ids.accounts.size,
    invoices: ids.invoices.size,
    payments: ids.payments.size,
    paid: sumByCurrency([...payments.values()]),
    messages: {
      all: messages.length,
      byChannel: counted(
        inOrder(
          messages.map((act) => act.channel ?? ''),
          ['whatsapp', 'email', 'sms'],
        ),
      ),
      byStage: counted(
        inOrder(
          messages.map((act) => act.stage),
          stageOrder,
        ),
      ),
    },
    ...counts,
    heldBack: Object.fromEntries([...heldBack].sort(([a], [b]) => (a < b ? -1 : 1))),
    unknown: { all: unknown.all, open: unknown.open.size },
    tasks: { all: tasks.all, open: tasks.open.size },
  };
}

function counted(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

function inOrder(keys: readonly string[], order: readonly string[]): string[] {
  return [...keys].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}
