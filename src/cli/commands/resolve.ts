import { languages } from '../../words/index.js';
import type { Command } from '../command.js';
import { exit } from '../exit.js';
import { outJson } from '../json.js';
import { type CommandSpec, UsageError } from '../options.js';
import { byOf, byOptions, workingOptions, workingStore } from '../working.js';

const spec: CommandSpec = {
  name: 'resolve',
  usage: ['ACT sent|not-sent --by NAME --data FOLDER (--config FILE | --preset NAME --zone ZONE)'],
  words: 'ACT sent|not-sent',
  about:
    'Says of a message of unknown outcome whether it went out. What was sent counts from the day of its call; ' +
    'what was not is planned anew at the next review. It goes into the log with the name of who says so.',
  options: {
    ...byOptions,
    ...workingOptions,
    language: { value: 'LANGUAGE', help: 'language of presets', otherwise: 'en', choices: languages },
  },
  examples: [
    {
      what: 'Seen in the provider’s log',
      command:
        "recobro resolve 'robles/ladder/F-1#1/soft.1@billing.0' sent --by ana --reason 'seen at the provider' --data ./dunning-data --config documents.json",
    },
    {
      what: 'It never went out: it is planned anew',
      command:
        "recobro resolve 'robles/ladder/F-1#1/soft.1@billing.0' not-sent --by ana --url postgres://user@host/db --config documents.json",
    },
  ],
};

export const resolveCommand: Command = {
  spec,
  async run(args, io) {
    const [act, outcome, surplus] = args.words;
    if (act === undefined || (outcome !== 'sent' && outcome !== 'not-sent') || surplus !== undefined)
      throw new UsageError('say recobro resolve ACT sent, or recobro resolve ACT not-sent');
    const by = byOf(args);
    return workingStore(args, async ({ dunning, at, again }) => {
      await dunning.resolve(act, outcome, { ...by, now: at });
      await again([act]);
      if (args.has('json')) outJson(io, { act, outcome });
      else io.out(outcome === 'sent' ? `${act} was sent\n` : `${act} was not sent; it is planned anew\n`);
      return exit.ok;
    });
  },
};
