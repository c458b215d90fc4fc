import { isDay } from '../../calendar/index.js';
import { type Act, type FileEvent, viewOf } from '../../engine/index.js';
import { isRecobroError, type Problem, RecobroError } from '../../errors.js';
import type { AccountFile } from '../../ledger/file.js';
import { type MoneyInput, toMinor } from '../../money/index.js';
import type { Context } from '../context.js';
import { aboutInvoices } from '../inbound/about.js';
import { recordId } from '../inbound/keys.js';
import { openItems } from '../inbound/open.js';
import { objectOf } from '../options.js';
import type { TaskOutcome } from './outcome.js';

/**
 * The facts that somebody stated when spoken to: a promise, a payment that was made, a dispute. They are called after
 * the act, so that what is told twice is the same record.
 *
 * @throws RecobroError `invalid_input`, listing every problem with its path
 */
export function factsSaid(
  context: Context,
  file: AccountFile,
  act: Act,
  told: TaskOutcome,
  at: number,
  on: string,
): readonly FileEvent[] {
  const problems: Problem[] = [];
  const found = factsOf(context, file, act, told, at, on, problems);
  if (problems.length > 0)
    throw new RecobroError('invalid_input', 'what was said is not valid', { problems });
  return found;
}

function factsOf(
  context: Context,
  file: AccountFile,
  act: Act,
  told: TaskOutcome,
  at: number,
  on: string,
  problems: Problem[],
): readonly FileEvent[] {
  const id = recordId('task', act.id);
  const view = viewOf(context.engine, file, at);
  const open = new Set(openItems(view, act.contact).map(({ invoice }) => invoice.id));
  const about = [...new Set(act.items.filter(({ acting }) => acting).map(({ invoice }) => invoice))];
  const invoices = (asked: unknown, path: string): readonly string[] => {
    if (asked !== undefined && !Array.isArray(asked)) {
      problems.push(problem(path, 'must be a list of ids'));
      return [];
    }
    const named: readonly unknown[] = asked ?? about.filter((one) => open.has(one));
    if (named.length === 0) problems.push(problem(path, 'nothing of it is open'));
    const known = [...new Set(named)].filter((one) => typeof one === 'string' && open.has(one));
    if (known.length < new Set(named).size)
      problems.push(problem(path, 'must be ids of open invoices of the account'));
    return known.filter((one) => typeof one === 'string');
  };
  const much = (amount: MoneyInput | undefined, of: readonly string[]): Much =>
    amountOf(file, amount, of, problems);
  switch (told.outcome) {
    case 'promised': {
      const { date } = told;
      if (typeof date !== 'string' || !isDay(date) || date < on)
        problems.push(problem('date', `must be a day from ${on} on`));
      const named = invoices(told.invoices, 'invoices');
      const promise = { ...aboutInvoices(named), ...much(told.amount, named), date, made: on } as const;
      return [{ type: 'promise.upserted', promise: { id, ...promise, source: 'agent', state: 'active' } }];
    }
    case 'paid': {
      const named = invoices(told.invoices, 'invoices');
      const what = { ...aboutInvoices(named), ...much(told.amount, named) };
      return [
        { type: 'unbooked.upserted', unbooked: { id, source: 'debtor', ...what, on, state: 'pending' } },
      ];
    }
    case 'disputed': {
      const { invoice, code: reason = 'debtor' } = told;
      if (typeof reason !== 'string' || !/^[\w.-]{1,64}$/.test(reason))
        problems.push(problem('code', 'must be a code of letters, digits, `.`, `_` and `-`'));
      const amount = much(told.amount, invoices([invoice], 'invoice'));
      const dispute = { id, invoice, ...amount, reason, author: 'debtor', opened: on } as const;
      return [{ type: 'dispute.upserted', dispute: { ...dispute, state: 'open' } }];
    }
    default:
      return [];
  }
}

interface Much {
  readonly amount?: number;
  readonly currency?: string;
}

function amountOf(
  file: AccountFile,
  told: MoneyInput | undefined,
  invoices: readonly string[],
  problems: Problem[],
): Much {
  if (told === undefined) return {};
  const [only = ''] = invoices;
  const currency = file.invoices.get(only)?.currency;
  try {
    const money = toMinor(objectOf(told, 'by.amount'));
    if (invoices.length === 1 && money.currency === currency && money.minor > 0)
      return { amount: money.minor, currency };
    problems.push(problem('amount', 'must be more than nothing, of one invoice, and in its currency'));
  } catch (error) {
    if (!isRecobroError(error)) throw error;
    problems.push(problem('amount', error.message));
  }
  return {};
}

function problem(path: string, message: string): Problem {
  return { path: `by.${path}`, code: 'invalid_value', message };
}
