import { formatDay, isDay, localDay, parseDay } from '../../calendar/index.js';
import { type Calendar, calendarOf } from '../../dunning/calendar.js';
import type { Command } from '../command.js';
import { exit } from '../exit.js';
import { outJson } from '../json.js';
import { type Args, type CommandSpec, UsageError } from '../options.js';
import { readingOptions, readingStore } from '../stored.js';
import { amount, count, table } from '../text.js';

/** Days that are told where no end is given. */
const usual = 30;

const spec: CommandSpec = {
  name: 'calendar',
  usage: ['[--from DAY] [--to DAY] [--account ID] --data FOLDER (--config FILE | --preset NAME --zone ZONE)'],
  about:
    'Tells the planned contacts of each day if no fact changes, of one account or of all: how many, to how many ' +
    'accounts, over which channels, and what they ask for by currency.\n\n' +
    'Gaps, caps and windows hold. Proposals wait for a person and are counted apart. It only reads.',
  options: {
    from: { value: 'DAY', help: 'first day', otherwise: 'today' },
    to: { value: 'DAY', help: 'last day', otherwise: `${usual} days from the first` },
    account: { value: 'ID', help: 'only this account' },
    ...readingOptions,
  },
  examples: [
    {
      what: 'How many messages go out in March, and over which channels?',
      command:
        'recobro calendar --from 2026-03-01 --to 2026-03-31 --data ./dunning-data --config documents.json',
    },
    {
      what: 'What will this account get?',
      command: 'recobro calendar --account robles --json --data ./dunning-data --config documents.json',
    },
  ],
};

export const calendarCommand: Command = {
  spec,
  async run(args, io) {
    const [first, last, account] = [dayOf(args, 'from'), dayOf(args, 'to'), args.text('account')];
    const calendar = await readingStore(args, (reading) => {
      const from = first ?? formatDay(localDay(reading.at, reading.engine.plan.zone));
      const to = last ?? formatDay(parseDay(from) + usual);
      return calendarOf(reading, { from, to, ...(account === undefined ? {} : { account }) }, reading.at);
    });
    if (args.has('json')) outJson(io, calendar);
    else io.out(`${textOf(calendar)}\n`);
    return exit.ok;
  },
};

function dayOf(args: Args, name: string): string | undefined {
  const text = args.text(name);
  if (text !== undefined && !isDay(text)) throw new UsageError(`--${name} is a date such as 2026-03-31`);
  return text;
}

function textOf({ from, to, zone, accounts, days, failed }: Calendar): string {
  const head = `${from} to ${to}, ${zone}: ${count(accounts)} ${accounts === 1 ? 'account' : 'accounts'}`;
  const rows = days.map((day) => [
    day.on,
    count(day.contacts),
    count(day.accounts),
    count(day.proposals),
    count(day.work),
    Object.entries(day.channels)
      .map(([channel, number]) => `${channel} ${count(number)}`)
      .join(', '),
    day.amounts.map(({ minor, currency }) => amount(minor, currency)).join(' + '),
  ]);
  const heads = ['day', 'contacts', 'accounts', 'proposals', 'work', 'channels', 'asked for'];
  const lines = rows.length === 0 ? ['nothing is planned'] : table(heads, rows, [1, 2, 3, 4]);
  const unread = failed.length === 0 ? [] : [`${count(failed.length)} could not be looked at`];
  return [head, ...lines, ...unread].join('\n');
}
