import { checkZone, formatDay, parseDay } from '../../calendar/index.js';
import { systemClock } from '../../clock.js';
import { htmlReport } from '../../insight/report/index.js';
import { simulate } from '../../insight/simulate/index.js';
import type { Command } from '../command.js';
import { documentOptions, documentsFrom } from '../documents.js';
import { exit } from '../exit.js';
import { writeText } from '../files.js';
import { outJson } from '../json.js';
import { dayOf, ledgerFrom, ledgerOptions, periodOf } from '../ledger.js';
import type { CommandSpec } from '../options.js';
import { Progress } from '../progress.js';
import { simulationText } from '../simulation-text.js';

/** Days behind the last date of the ledger, in which late stages are still reached. */
const afterwards = 60;

const spec: CommandSpec = {
  name: 'simulate',
  usage: ['--ledger FILE.csv [--policy FILE | --preset NAME] [--from DAY] [--to DAY] [options]'],
  about:
    'Runs a policy day by day over a ledger in a CSV file: which stages would have been reached, how many ' +
    'messages would have gone out, what would have been held back and why. It is the engine that decides in ' +
    'production; no message leaves this machine and nothing is stored. No payment is seen before its day.\n\n' +
    'Columns, separator, date and decimal format are found where the file proves them; where it could be read ' +
    'in two ways, the file is refused until you say which. Every bad row is listed with its row and column.',
  options: {
    ...ledgerOptions,
    ...documentOptions,
    from: { value: 'DAY', help: 'first day', otherwise: 'the first issue date' },
    to: { value: 'DAY', help: 'last day', otherwise: `${afterwards} days behind the last date` },
    report: { value: 'FILE', help: 'write an HTML report there: one file that stands by itself' },
    stories: { help: 'with --json: what happened to each account, line by line' },
  },
  examples: [
    {
      what: 'What would the balanced cadence have done with these invoices?',
      command: 'recobro simulate --ledger invoices.csv --currency MXN --zone America/Mexico_City',
    },
    {
      what: 'Own columns, US dates, own policy, two years',
      command:
        'recobro simulate --ledger ar.csv --map number=Folio,due=DueOn --date-format m/d/y --currency USD \\\n' +
        '    --policy examples/policies/six-stages.json --from 2012-01-01 --to 2014-02-28',
    },
  ],
};

export const simulateCommand: Command = {
  spec,
  async run(args, io) {
    const zone = args.text('zone');
    if (zone !== undefined) checkZone(zone);
    const given = { from: dayOf(args, 'from'), to: dayOf(args, 'to') };
    const documents = await documentsFrom(args, zone ?? 'UTC');
    const report = args.text('report');
    const started = systemClock.now();
    const reading = await ledgerFrom(args, io);
    const found = periodOf(reading);
    const progress = new Progress(io, { quiet: args.has('quiet') });
    const result = simulate({
      documents,
      ledger: reading.ledger,
      from: given.from ?? found.from,
      to: given.to ?? formatDay(parseDay(found.to) + afterwards),
      payments: args.choice('payments', ['before', 'after'], 'before'),
      disputed: args.choice('disputed', ['hold', 'ignore', 'exclude'], 'hold'),
      reach: args.choice('reach', ['assumed', 'real'], 'assumed'),
      zone,
      stories: args.has('stories') || report !== undefined,
      onProgress: ({ accounts, of, messages }) =>
        progress.update(() => `simulating: ${accounts} of ${of} accounts, ${messages} messages`),
    });
    progress.done();
    if (report !== undefined) await writeText(report, htmlReport(result));
    if (args.has('json')) {
      const { mapping, detected, problems } = reading;
      const accounts = args.has('stories')
        ? result.accounts
        : result.accounts.map(({ story: _, ...account }) => account);
      outJson(io, { ledger: { mapping, detected, problems }, result: { ...result, accounts } });
      return exit.ok;
    }
    io.out(simulationText(result, reading, systemClock.now() - started));
    if (report !== undefined) io.out(`Report: ${report}\n`);
    return exit.ok;
  },
};
