import { worklistOf } from '../../dunning/worklist.js';
import { languages, worklistText } from '../../words/index.js';
import type { Command } from '../command.js';
import { exit } from '../exit.js';
import { outJson } from '../json.js';
import type { CommandSpec } from '../options.js';
import { numberOf, readingOptions, readingStore } from '../stored.js';
import { plural } from '../text.js';

const spec: CommandSpec = {
  name: 'worklist',
  usage: ['[--list N] [--owner NAME] --data FOLDER (--config FILE | --preset NAME --zone ZONE)'],
  about:
    'Lists the accounts with which people have something to do, the most pressing first: open tasks and ' +
    'proposals, outcomes that nobody knows, broken promises, disputes, overdue debts without contact.\n\n' +
    'The order is a score from 0 to 100 of amount, age, urgency, risk, broken promises, class and silence; ' +
    '--json has every part of it. It only reads.',
  options: {
    list: { value: 'N', help: 'how many accounts', otherwise: '20' },
    owner: { value: 'NAME', help: 'only those whom this person looks after' },
    ...readingOptions,
    language: { value: 'LANGUAGE', help: 'language of the text', otherwise: 'en', choices: languages },
  },
  examples: [
    {
      what: 'Whom to call this morning?',
      command: 'recobro worklist --data ./dunning-data --config documents.json --list 10',
    },
    {
      what: 'The whole list of one person, with the parts of each score, for another program',
      command:
        'recobro worklist --owner eva --list 500 --json --url postgres://user@host/db --config documents.json',
    },
  ],
};

export const worklistCommand: Command = {
  spec,
  async run(args, io) {
    const list = numberOf(args, 'list') ?? 20;
    const owner = args.text('owner');
    const language = args.choice('language', languages, 'en');
    const worklist = await readingStore(args, (reading) =>
      worklistOf(reading, { list, ...(owner === undefined ? {} : { owner }) }, reading.at),
    );
    if (args.has('json')) {
      outJson(io, worklist);
      return exit.ok;
    }
    io.out(`${worklistText(worklist.lines, { language })}\n`);
    const left = worklist.total - worklist.lines.length;
    if (left > 0 && !args.has('quiet')) io.err(`${plural(left, 'more account')} (--list tells them)\n`);
    return exit.ok;
  },
};
