import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { ingestReport } from './ingest/index.js';
import { ingestText } from './ingest/text.js';
import { type LinearRow, linearRows } from './linearity.js';
import { openPerAccount } from './portfolio.js';
import { type SpeedTable, speedTables } from './speed.js';
import { type StartRow, startRows } from './start-up.js';
import { storeReport } from './store/index.js';
import { storeText } from './store/text.js';
import { count, table } from './table.js';

/**
 * npm run bench -- [--only speed|linear|start|ingest|store] [--rounds 9] [--accounts 10000] [--json]
 *
 * Figures go to standard output, progress to standard error. Nothing is
 * asserted about time; contenders that decide differently end it.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '9' },
    accounts: { type: 'string', default: '10000' },
    json: { type: 'boolean', default: false },
  },
});
const rounds = whole('rounds', values.rounds);
const accounts = whole('accounts', values.accounts);

const wants = (part: string): boolean => values.only === undefined || values.only === part;
const progress = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const report = {
  machine: {
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    load: loadavg(),
  },
  start: wants('start') ? startRows(Math.max(rounds, 9), progress) : [],
  linear: wants('linear')
    ? linearRows(
        [1, 3, 10].map((times) => times * accounts),
        progress,
      )
    : [],
  speed: wants('speed') ? await speedTables({ accounts, rounds }, progress) : [],
  // Ten records each.
  ingest: wants('ingest') ? await ingestReport(2 * accounts, progress) : undefined,
  store: wants('store')
    ? await storeReport({ accounts: 2 * accounts, ticks: [accounts, 100 * accounts], rounds }, progress)
    : undefined,
};

console.log(values.json ? JSON.stringify(report, undefined, 2) : textOf());

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0`);
  return value;
}

function textOf(): string {
  const { machine } = report;
  const load = machine.load.map((one) => one.toFixed(2)).join(' ');
  const head = `node ${machine.node}, ${machine.cores} × ${machine.cpu}, load ${load}`;
  const { speed, linear, start, ingest, store } = report;
  return [
    head,
    ...speed.map(speedText),
    linearText(linear),
    startText(start),
    ingestText(ingest),
    store === undefined ? '' : storeText(store),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function speedText({ title, rounds: done, all, part, rows }: SpeedTable): string {
  const lines = rows.map(({ name, invoices, milliseconds, wall, perSecond, ratio }) => [
    name,
    count(invoices),
    milliseconds.median.toFixed(1),
    `${milliseconds.min.toFixed(1)}–${milliseconds.max.toFixed(1)}`,
    wall.toFixed(1),
    count(perSecond),
    ratio.toFixed(2),
  ]);
  const same = `all: ${count(all.acts)} acts, checksum ${all.checksum}; slow ones: ${count(part.acts)} acts, ${part.checksum}`;
  const header = ['contender', 'invoices', 'cpu ms', 'range', 'wall ms', 'invoices/s', 'recobro ×'];
  return `${title} (${done} rounds by turns; ${same})\n${table([header, ...lines])}`;
}

function linearText(rows: readonly LinearRow[]): string {
  if (rows.length === 0) return '';
  const lines = rows.map(({ invoices, seconds, perSecond, liveMiB, peakMiB }) => [
    count(invoices),
    seconds.toFixed(2),
    count(perSecond),
    liveMiB.toFixed(1),
    peakMiB.toFixed(0),
  ]);
  const header = ['invoices', 'seconds', 'invoices/s', 'live MiB', 'peak RSS MiB'];
  return `accounts streamed, ${openPerAccount} open invoices each\n${table([header, ...lines])}`;
}

function startText(rows: readonly StartRow[]): string {
  if (rows.length === 0) return '';
  const lines = rows.map(({ name, milliseconds: { median, min, max }, packages }) => [
    name,
    median.toFixed(1),
    `${min.toFixed(1)}–${max.toFixed(1)}`,
    packages.join(' '),
  ]);
  return `start-up in a fresh process\n${table([['', 'median ms', 'range ms', 'packages'], ...lines])}`;
}
