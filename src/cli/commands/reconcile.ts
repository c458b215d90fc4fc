import { languages } from '../../words/index.js';
import type { Command } from '../command.js';
import { exit } from '../exit.js';
import { outJson } from '../json.js';
import type { CommandSpec } from '../options.js';
import { plural } from '../text.js';
import { workingOptions, workingStore } from '../working.js';

const spec: CommandSpec = {
  name: 'reconcile',
  usage: ['--channels FILE --data FOLDER (--config FILE | --preset NAME --zone ZONE)'],
  about:
    'Asks the providers about messages of unknown outcome, where a channel can look one up, and settles those ' +
    'that are known there. The channels come from a module of yours, with their credentials.\n\n' +
    'It answers 1 while something is left that a person has to look up.',
  options: {
    ...workingOptions,
    language: { value: 'LANGUAGE', help: 'language of presets', otherwise: 'en', choices: languages },
  },
  examples: [
    {
      what: 'Every quarter of an hour, by a scheduler',
      command: 'recobro reconcile --channels ./channels.js --url "$DATABASE_URL" --config documents.json',
    },
    {
      what: 'What is left for people, as data',
      command:
        'recobro reconcile --channels ./channels.js --json --data ./dunning-data --config documents.json',
    },
  ],
};

export const reconcileCommand: Command = {
  spec,
  async run(args, io) {
    args.required('channels', './channels.js');
    return workingStore(args, async ({ dunning, at, again }) => {
      const { sent, notSent, open } = await dunning.reconcile({ now: at });
      await again([...sent, ...notSent]);
      if (args.has('json')) outJson(io, { sent, notSent, open });
      else {
        io.out(
          `${plural(sent.length, 'message')} sent, ${notSent.length} not sent, ${open.length} still unknown\n`,
        );
        for (const act of open) io.out(`  ${act}\n`);
      }
      return open.length === 0 ? exit.ok : exit.failed;
    });
  },
};
