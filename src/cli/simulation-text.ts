import type { LedgerReading } from '../insight/ledger-csv/index.js';
import type { AgingPoint } from '../insight/run/types.js';
import type { SimulationResult } from '../insight/simulate/index.js';
import { formatAmount } from '../money/index.js';
import { reasonText } from '../words/index.js';
import { amount, count, grouped, plural, table } from './text.js';

const disputedText = {
  hold: 'disputed invoices held back',
  ignore: 'disputed invoices chased like the others',
  exclude: 'disputed invoices left out',
} as const;

const shownAccounts = 5;

/** What a simulation found, to be read. */
export function simulationText(result: SimulationResult, reading: LedgerReading, millis: number): string {
  return [
    ...head(result, reading),
    '',
    ...stages(result),
    '',
    ...messages(result),
    ...reasons(
      'Skipped',
      result.skipped.map((one) => ({ ...one, what: `${one.stage}: ${reasonText(one.reason)}` })),
    ),
    ...reasons(
      'Held back at some time',
      result.held.map((one) => ({ ...one, what: reasonText(one.reason) })),
    ),
    '',
    ...accounts(result),
    '',
    ...aging(result),
    '',
    `Took ${(millis / 1000).toFixed(1)} s.`,
    '',
  ].join('\n');
}

function head(result: SimulationResult, reading: LedgerReading): string[] {
  const { ledger, money } = result;
  const sums = money.map((one) => amount(one.invoiced, one.currency)).join(', ');
  const columns = Object.entries(reading.mapping).map(([field, column]) => `${field} ← ${column}`);
  const policies = result.refs.policies.map(({ id, version }) => `${id} v${version}`).join(', ');
  const zone = result.zone;
  return [
    `${plural(reading.detected.rows, 'row')}: ${plural(ledger.accounts, 'account')}, ` +
      `${plural(ledger.invoices, 'invoice')} over ${sums === '' ? 'nothing' : sums}, ${plural(ledger.payments, 'payment')}`,
    `  ${columns.join(', ')}`,
    `${policies} from ${result.from} to ${result.to}, ${zone}`,
    `  payments booked ${result.payments} the day’s review, ${disputedText[result.disputed]}, ` +
      `${result.reach === 'assumed' ? 'everybody taken as reachable at any hour' : 'reach as the ledger says'}`,
  ];
}

function stages(result: SimulationResult): string[] {
  const many = result.policies.length > 1;
  const rows = result.stages.map((one) => [
    many ? `${one.policy} ${one.stage}` : one.stage,
    one.name,
    one.tone,
    count(one.reached),
    count(one.messages),
    count(one.skipped),
  ]);
  const { reached, messages: sent, skipped } = result.totals;
  return table(
    ['Stage', '', 'Tone', 'Reached', 'Messages', 'Skipped'],
    [...rows, ['total', '', '', count(reached), count(sent), count(skipped)]],
    [3, 4, 5],
  );
}

function messages({ totals, channels }: SimulationResult): string[] {
  const by = channels
    .filter((one) => one.messages > 0)
    .map((one) => `${count(one.messages)} by ${one.channel}`);
  const chasing = `${plural(totals.messages, 'reminder')}${by.length === 0 ? '' : ` (${by.join(', ')})`}`;
  return [
    `${plural(totals.reached, 'stage')} reached by ${chasing}; ${count(totals.thanks)} thanks, ${plural(totals.tasks, 'task')}.`,
    'A stage reached is one stage of one invoice; one message may cover several.',
  ];
}

function reasons(
  title: string,
  list: readonly { readonly what: string; readonly count: number }[],
): string[] {
  if (list.length === 0) return [];
  return [
    '',
    title,
    ...table(
      [],
      list.map((one) => [`  ${count(one.count)}`, one.what]),
      [0],
    ),
  ];
}

function accounts(result: SimulationResult): string[] {
  const { accountsContacted } = result.totals;
  const most = result.accounts
    .filter((one) => one.messages > 0)
    .sort((a, b) => b.messages - a.messages || (a.id < b.id ? -1 : 1))
    .slice(0, shownAccounts);
  const rows = most.map((one) => [
    `  ${one.id}${one.name === one.id ? '' : ` (${one.name})`}`,
    plural(one.messages, 'message'),
    one.highest === undefined ? '' : `up to ${one.highest.name}`,
    one.overdue.map((owed) => `${amount(owed.minor, owed.currency)} overdue`).join(', '),
  ]);
  const title = `${count(accountsContacted)} of ${plural(result.accounts.length, 'account')} contacted`;
  return [rows.length === 0 ? `${title}.` : `${title}; most often:`, ...table([], rows, [1])];
}

function aging(result: SimulationResult): string[] {
  const keys: readonly (keyof Omit<AgingPoint, 'date'>)[] = [
    'current',
    'days30',
    'days60',
    'days90',
    'older',
  ];
  const rows = result.aging.flatMap(({ currency, points }) => {
    const last = points.at(-1);
    if (last === undefined) return [];
    const sums = keys.map((key) => grouped(formatAmount(last[key], currency)));
    return [[currency, ...sums]];
  });
  const heads = ['', 'not due', '1–30 days', '31–60', '61–90', 'over 90'];
  return [
    `Open on ${result.to}, by days past due`,
    ...table(heads, rows, [1, 2, 3, 4, 5]).map((line) => `  ${line}`),
  ];
}
