import { languages } from '../../words/index.js';
import type { Command } from '../command.js';
import { exit } from '../exit.js';
import { outJson } from '../json.js';
import type { CommandSpec } from '../options.js';
import { instantText, plural, table } from '../text.js';
import { byOf, byOptions, type Working, workingOptions, workingStore } from '../working.js';

const spec: CommandSpec = {
  name: 'retry',
  usage: [
    '--data FOLDER (--config FILE | --preset NAME --zone ZONE)',
    'ACT… --by NAME --data FOLDER (--config FILE | --preset NAME --zone ZONE)',
    '--all --by NAME --data FOLDER (--config FILE | --preset NAME --zone ZONE)',
  ],
  words: 'ACT…',
  about:
    'Without an act: lists messages that ended without having gone out and that nothing replaced. With one, ' +
    'several or --all: has them planned anew at their place of the chain, under a new id, at the next review ' +
    'and within all rules. Never what may have gone out.',
  options: {
    all: { help: 'every message that can be retried' },
    ...byOptions,
    ...workingOptions,
    language: { value: 'LANGUAGE', help: 'language of presets', otherwise: 'en', choices: languages },
  },
  examples: [
    {
      what: 'What did not go out, and why?',
      command: 'recobro retry --data ./dunning-data --config documents.json',
    },
    {
      what: 'The token is new: all of them once more',
      command:
        'recobro retry --all --by ana --reason \'new token\' --url "$DATABASE_URL" --config documents.json',
    },
  ],
};

export const retryCommand: Command = {
  spec,
  async run(args, io) {
    const by = args.has('all') || args.words.length > 0 ? byOf(args) : undefined;
    return workingStore(args, async (working) => {
      const { dunning, at, again } = working;
      if (by === undefined) {
        const letters = await lettersOf(working);
        if (args.has('json')) outJson(io, { deadLetters: letters });
        else if (letters.length === 0) io.out('Nothing is to be retried.\n');
        else {
          const rows = letters.map((one) => [one.act, one.reason, one.code, instantText(one.at)]);
          io.out(`${table(['act', 'reason', 'what was said', 'at'], rows, []).join('\n')}\n`);
        }
        return exit.ok;
      }
      const acts = args.has('all') ? (await lettersOf(working)).map((one) => one.act) : args.words;
      for (const act of acts) await dunning.retry(act, { ...by, now: at });
      await again(acts);
      if (args.has('json')) outJson(io, { retried: acts });
      else io.out(`${plural(acts.length, 'message')} will be planned anew at the next review\n`);
      return exit.ok;
    });
  },
};

async function lettersOf({ dunning }: Working) {
  const letters = [];
  for await (const { act, reason, code, at, attempts } of dunning.deadLetters({ retryable: true }))
    letters.push({ act: act.id, account: act.account, channel: act.channel, reason, code, at, attempts });
  return letters;
}
