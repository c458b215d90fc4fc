import { languages } from '../../words/index.js';
import type { Command } from '../command.js';
import { exit } from '../exit.js';
import { outJson } from '../json.js';
import type { CommandSpec } from '../options.js';
import { instantText, table } from '../text.js';
import { workingOptions, workingStore } from '../working.js';

const spec: CommandSpec = {
  name: 'unknown',
  usage: ['--data FOLDER (--config FILE | --preset NAME --zone ZONE)'],
  about:
    'Lists messages of which nobody knows whether they went out: a call was not answered, or its worker was ' +
    'lost. Their cases rest until a receipt, a look-up (recobro reconcile) or a person (recobro resolve) says.',
  options: {
    ...workingOptions,
    account: { value: 'ID', help: 'only those of this account' },
    language: { value: 'LANGUAGE', help: 'language of presets', otherwise: 'en', choices: languages },
  },
  examples: [
    {
      what: 'What is to be looked up at the provider?',
      command: 'recobro unknown --data ./dunning-data --config documents.json',
    },
    {
      what: 'For another program: those of one account',
      command:
        'recobro unknown --account robles --json --url postgres://user@host/db --config documents.json',
    },
  ],
};

export const unknownCommand: Command = {
  spec,
  async run(args, io) {
    const account = args.text('account');
    return workingStore(args, async ({ dunning }) => {
      const found = [];
      for await (const { act, since, code, attempts, lookup } of dunning.unknown({ account }))
        found.push({
          act: act.id,
          account: act.account,
          channel: act.channel,
          since,
          code,
          attempts,
          lookup,
        });
      if (args.has('json')) outJson(io, { unknown: found });
      else if (found.length === 0) io.out('Nothing is unknown.\n');
      else {
        const rows = found.map((one) => [one.act, one.channel ?? '', instantText(one.since), one.code]);
        io.out(`${table(['act', 'channel', 'since', 'what was said'], rows, []).join('\n')}\n`);
      }
      return exit.ok;
    });
  },
};
