import type { Command } from '../command.js';
import { type DemoOptions, runDemo } from '../demo/index.js';
import { exit } from '../exit.js';
import { outJson } from '../json.js';
import { type Args, type CommandSpec, UsageError } from '../options.js';

const folder = 'recobro-demo';
const provider = { value: 'URL', help: 'server in place of the demo’s own', hidden: true } as const;

const spec: CommandSpec = {
  name: 'demo',
  usage: ['[--folder FOLDER] [--fresh]'],
  about:
    'Three months of an invented company’s receivables, day by day, in under a minute: the real engine, the ' +
    'real adapters and an embedded PostgreSQL, against stand-ins for the providers on this machine. Nothing ' +
    'leaves it, and no account is needed.\n\n' +
    'It tells who got what, when and why, who paid and was thanked, and what was held back; and leaves the ' +
    'ledger, the mails, a drawing of the policy and a report in the folder. Stopped or killed halfway and ' +
    'called again, it goes on where it was.',
  options: {
    folder: { value: 'FOLDER', help: 'where it leaves what it makes; made if missing', otherwise: folder },
    fresh: { help: 'start over, even if an earlier demo had not finished' },
    'whatsapp-url': provider,
    'sms-url': provider,
    'smtp-url': provider,
    'stop-after': { value: 'STEPS', help: 'end after so many steps', hidden: true },
  },
  examples: [
    { what: 'Watch three months go by', command: 'recobro demo --folder recobro-demo' },
    {
      what: 'Start over elsewhere, and keep the totals',
      command: 'recobro demo --folder ./try --fresh --json',
    },
  ],
};

export const demoCommand: Command = {
  spec,
  async run(args, io) {
    const json = args.has('json');
    const result = await runDemo(
      {
        folder: args.text('folder') ?? folder,
        fresh: args.has('fresh'),
        story: !json,
        quiet: args.has('quiet'),
        providers: providersOf(args),
        steps: stepsOf(args.text('stop-after')),
      },
      io,
    );
    if (json) outJson(io, result);
    return !result.finished && io.signal.aborted ? exit.stopped : exit.ok;
  },
};

function providersOf(args: Args): DemoOptions['providers'] {
  const [whatsapp, twilio, smtp] = [args.text('whatsapp-url'), args.text('sms-url'), args.text('smtp-url')];
  if (whatsapp === undefined && twilio === undefined && smtp === undefined) return undefined;
  if (whatsapp === undefined || twilio === undefined || smtp === undefined) {
    throw new UsageError('--whatsapp-url, --sms-url and --smtp-url go together');
  }
  return { whatsapp, twilio, smtp };
}

function stepsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new UsageError(`--stop-after is a number of steps, not ${JSON.stringify(text)}`);
  return Number(text);
}
