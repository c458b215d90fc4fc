import { stuckWork } from '../../dunning/outbox/stuck.js';
import { languages } from '../../words/index.js';
import type { Command } from '../command.js';
import { exit } from '../exit.js';
import { outJson } from '../json.js';
import type { CommandSpec } from '../options.js';
import { numberOf, readingOptions, readingStore } from '../stored.js';

const spec: CommandSpec = {
  name: 'stuck',
  usage: ['[--list N] --data FOLDER (--config FILE | --preset NAME --zone ZONE)'],
  about:
    'Lists work that does not move by itself: messages of which nobody knows whether they went out, workers ' +
    'that are gone, senders and templates that are held back, messages and reviews that are overdue, ' +
    'proposals about to lapse, messages that did not go out and that nothing replaced.\n\n' +
    'It only reads; --json has all of it.',
  options: {
    list: { value: 'N', help: 'how many of each kind in --json', otherwise: '100' },
    ...readingOptions,
    language: { value: 'LANGUAGE', help: 'language of the text', otherwise: 'en', choices: languages },
  },
  examples: [
    {
      what: 'Does anything wait for somebody to notice?',
      command: 'recobro stuck --data ./dunning-data --config documents.json',
    },
    {
      what: 'For an alarm: everything as data',
      command: 'recobro stuck --json --url postgres://user@host/db --config documents.json',
    },
  ],
};

export const stuckCommand: Command = {
  spec,
  async run(args, io) {
    const limit = numberOf(args, 'list') ?? 100;
    const language = args.choice('language', languages, 'en');
    const report = await readingStore(args, ({ at, ...reading }) =>
      stuckWork({ ...reading, channels: new Map() }, { limit, language }, at),
    );
    if (args.has('json')) outJson(io, report);
    else io.out(`${report.text}\n`);
    return exit.ok;
  },
};
