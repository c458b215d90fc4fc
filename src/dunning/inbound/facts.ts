import { formatDay, parseDay } from '../../calendar/index.js';
import type { Act, FileEvent } from '../../engine/index.js';
import type { AccountFile } from '../../ledger/file.js';
import { withoutAmounts } from '../../replies/index.js';
import { aboutInvoices } from './about.js';
import type { Judged, OpenInvoice } from './conversation.js';
import { outlasts } from './promises.js';

/** What was said, by whom, about what. */
export interface Told {
  readonly file: AccountFile;
  readonly act: Act | undefined;
  readonly judged: Judged;
  readonly on: string;
  /** Of the message: records that it makes are called after it. */
  readonly id: string;
  /** What is open, as whoever wrote may know it. */
  readonly open: () => readonly OpenInvoice[];
  /** How far ahead a promise may reach. */
  readonly promiseDays: number;
  readonly text?: string | undefined;
  readonly detail?: string | undefined;
}

/**
 * The facts that a message states: a payment that it reports, a promise, a dispute. Undefined where it is not clear
 * enough what about, or where nothing but a person can answer.
 */
export function factsOf(told: Told): readonly FileEvent[] | undefined {
  // About a document that is not open: not about those that the answered message asked for.
  if (named(told).length === 0 && named(told, 'over').length > 0) return undefined;
  if (!fits(told)) return undefined;
  switch (told.judged.intent) {
    case 'paid':
      return reported(told);
    case 'promise':
      return promised(told);
    case 'dispute':
      return disputed(told);
    default:
      return undefined;
  }
}

/** Held for the plan's days of verification, with a task to verify; of no invoice in particular, the whole account. */
function reported({ on, id, ...told }: Told): readonly FileEvent[] {
  const what = { ...aboutInvoices(aboutOf(told)), ...muchOf(told) };
  const one = { source: 'debtor', ...what, on, state: 'pending' } as const;
  return [{ type: 'unbooked.upserted', unbooked: { id, ...one } }];
}

function promised({ judged, on, id, promiseDays, ...told }: Told): readonly FileEvent[] | undefined {
  // Without a day the plan's own counts, but only a button leaves it out on purpose.
  if (judged.day === undefined && judged.by !== 'button') return undefined;
  // Neither the next decade nor a later day each week: whoever puts off talks to a person.
  if (judged.day !== undefined && judged.day > parseDay(on) + promiseDays) return undefined;
  const invoices = aboutOf(told);
  if (judged.day !== undefined && outlasts(told.file, invoices, formatDay(judged.day), on)) return undefined;
  return [
    {
      type: 'promise.upserted',
      promise: {
        id,
        ...aboutInvoices(invoices),
        ...muchOf({ judged }),
        ...(judged.day === undefined ? {} : { date: formatDay(judged.day) }),
        made: on,
        source: 'debtor',
        state: 'active',
      },
    },
  ];
}

/** Of several invoices somebody has to say which. */
function disputed({ on, id, ...told }: Told): readonly FileEvent[] | undefined {
  const invoices = aboutOf(told);
  const said = told.judged.invoices !== undefined || named(told).length > 0;
  if (invoices.length === 0 || (invoices.length > 1 && told.act !== undefined && !said)) return undefined;
  return invoices.map((invoice, index) => ({
    type: 'dispute.upserted',
    dispute: {
      id: index === 0 ? id : `${id}.${index}`,
      invoice,
      ...muchOf(told),
      reason: 'debtor',
      author: 'debtor',
      opened: on,
      state: 'open',
    },
  }));
}

/** How much; all of it where nothing is said. */
function muchOf({ judged }: Pick<Told, 'judged'>): {
  readonly amount?: number;
  readonly currency?: string;
} {
  const { amount } = judged;
  return amount === undefined ? {} : { amount: amount.minor, currency: amount.currency };
}

/** Whether what was read of invoices and amounts can be: open ones, and no more than is open of them in one currency. */
export function fits(told: Pick<Told, 'file' | 'act' | 'judged' | 'open'>): boolean {
  const { invoices, amount, intent } = told.judged;
  if (invoices === undefined && amount === undefined) return true;
  const open = told.open();
  if (invoices?.every((id) => open.some(({ invoice }) => invoice === id)) === false) return false;
  if (amount === undefined) return true;
  const about = aboutOf(told);
  if (intent === 'dispute' && about.length !== 1) return false;
  const meant = open.filter(
    ({ invoice, currency }) =>
      about.includes(invoice) || (about.length === 0 && currency === amount.currency),
  );
  const sum = meant.reduce((total, { outstanding }) => total + outstanding, 0);
  return meant.every(({ currency }) => currency === amount.currency) && amount.minor <= sum;
}

/**
 * The invoices that a message is about: those that a classifier says, else those whose numbers it names, else those
 * that the answered message asked for.
 */
export function aboutOf(
  told: Pick<Told, 'file' | 'act' | 'text' | 'detail'> & { readonly judged?: Judged },
): readonly string[] {
  if (told.judged?.invoices !== undefined) return told.judged.invoices;
  const own = named(told);
  if (own.length > 0) return own;
  const { act, file } = told;
  const asked = new Set((act?.items ?? []).filter((item) => item.acting).map((item) => item.invoice));
  return [...asked].filter((id) => file.invoices.get(id)?.status === 'open');
}

/**
 * A number counts only where it stands by itself, and is no amount: 10 is not in 2026-10. Short ones could be anything.
 */
function named(
  { file, text = '', detail = '' }: Pick<Told, 'file' | 'text' | 'detail'>,
  which: 'open' | 'over' = 'open',
): readonly string[] {
  const said = `${withoutAmounts(text)} ${detail}`.toLowerCase();
  return [...file.invoices.values()]
    .filter(({ status }) => (status === 'open') === (which === 'open'))
    .filter(({ id, number }) => stands(said, number ?? id) || stands(detail.toLowerCase(), id))
    .map(({ id }) => id)
    .sort();
}

function stands(text: string, number: string): boolean {
  const wanted = number.toLowerCase();
  if (wanted.length < 3 && text !== wanted) return false;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + wanted.length] ?? ' ';
    const next = text[at + wanted.length + 1] ?? ' ';
    const joins = /[\p{L}\p{N}]/u;
    const glued = joins.test(after) || (/[-/.]/.test(after) && joins.test(next));
    if (!joins.test(before) && !/[-/.]/.test(before) && !glued) return true;
  }
  return false;
}
