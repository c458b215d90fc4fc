import type { Pause } from '../../dunning/index.js';
import { languages } from '../../words/index.js';
import type { Command } from '../command.js';
import { exit } from '../exit.js';
import { outJson } from '../json.js';
import type { Args, CommandSpec, OptionSpec } from '../options.js';
import { instantText } from '../text.js';
import { byOf, byOptions, type Working, workingOptions, workingStore } from '../working.js';

const options: Readonly<Record<string, OptionSpec>> = {
  channel: { value: 'ID', help: 'only this channel; one of your own is known by --channels' },
  everywhere: { help: 'of all tenants' },
  ...byOptions,
  ...workingOptions,
  language: { value: 'LANGUAGE', help: 'language of presets', otherwise: 'en', choices: languages },
};

const usage =
  '--by NAME [--channel ID] [--everywhere] --data FOLDER (--config FILE | --preset NAME --zone ZONE)';

const pauseSpec: CommandSpec = {
  name: 'pause',
  usage: [usage, '--data FOLDER (--config FILE | --preset NAME --zone ZONE)'],
  about:
    'Lets no message out, from any worker on the store, until recobro resume; reviews go on. Takes hold within ' +
    'a second. Without --by it lists the pauses that hold.',
  options,
  examples: [
    {
      what: 'Something is wrong with a template',
      command:
        'recobro pause --channel whatsapp --by ana --reason \'wrong prices\' --url "$DATABASE_URL" --config documents.json',
    },
    { what: 'Is anything paused?', command: 'recobro pause --data ./dunning-data --config documents.json' },
  ],
};

const resumeSpec: CommandSpec = {
  name: 'resume',
  usage: [usage],
  about:
    'Ends a pause. What it kept back goes out within a minute, after a re-check. Name the channel and ' +
    '--everywhere as they were named when it began.',
  options,
  examples: [
    {
      what: 'The template is right again',
      command: 'recobro resume --channel whatsapp --by ana --url "$DATABASE_URL" --config documents.json',
    },
    {
      what: 'All tenants may send again',
      command: 'recobro resume --everywhere --by ana --data ./dunning-data --config documents.json',
    },
  ],
};

export const pauseCommand: Command = {
  spec: pauseSpec,
  async run(args, io) {
    const by = args.has('by') ? byOf(args) : undefined;
    const pauses = await workingStore(args, async (working) => {
      if (by !== undefined) await working.dunning.pause(choiceOf(args), { ...by, now: working.at });
      return working.dunning.pauses();
    });
    if (args.has('json')) outJson(io, { pauses });
    else io.out(listed(pauses));
    return exit.ok;
  },
};

export const resumeCommand: Command = {
  spec: resumeSpec,
  async run(args, io) {
    const by = byOf(args);
    const pauses = await workingStore(args, async ({ dunning, at }: Working) => {
      await dunning.resume(choiceOf(args), { ...by, now: at });
      return dunning.pauses();
    });
    if (args.has('json')) outJson(io, { pauses });
    else io.out(listed(pauses));
    return exit.ok;
  },
};

function choiceOf(args: Args): { readonly channel?: string; readonly everywhere: boolean } {
  const channel = args.text('channel');
  return { ...(channel === undefined ? {} : { channel }), everywhere: args.has('everywhere') };
}

function listed(pauses: readonly Pause[]): string {
  if (pauses.length === 0) return 'Nothing is paused.\n';
  const lines = pauses.map(({ channel, everywhere, since, author, reason }) => {
    const what = `${channel ?? 'everything'}${everywhere === true ? ' of all tenants' : ''}`;
    return `${what}, since ${instantText(since)} by ${author}${reason === undefined ? '' : `: ${reason}`}\n`;
  });
  return `Paused:\n${lines.map((line) => `  ${line}`).join('')}`;
}
