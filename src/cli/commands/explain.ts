import { checkZone } from '../../calendar/index.js';
import { explanationText } from '../../words/index.js';
import type { Command } from '../command.js';
import { documentOptions, documentsFrom } from '../documents.js';
import { exit } from '../exit.js';
import { explainSimulated, explainStored } from '../explaining.js';
import { historyOf, historyText } from '../history-text.js';
import type { Io } from '../io.js';
import { outJson } from '../json.js';
import { dayOf, ledgerFrom, ledgerOptions, periodOf } from '../ledger.js';
import { type Args, type CommandSpec, UsageError } from '../options.js';
import { demoIn, openStore, storeOptions } from '../store.js';
import { presentOf } from '../stored.js';

const spec: CommandSpec = {
  name: 'explain',
  usage: [
    'ACCOUNT [--at WHEN] --data FOLDER (--config FILE | --preset NAME --zone ZONE)',
    'ACCOUNT [--at WHEN] --ledger FILE.csv [--policy FILE | --preset NAME] [options]',
  ],
  words: 'ACCOUNT',
  about:
    'Says of every invoice of an account what is owed, which stages were done, what comes next and, where ' +
    'nothing goes out, why not.\n\n' +
    'It asks a store (--data, --url), or a ledger in a CSV file as simulate would have left it. With --at, what ' +
    'became known later is not seen.',
  options: {
    at: { value: 'WHEN', help: 'instant with an offset, or a date for its noon', otherwise: 'now' },
    config: { value: 'FILE', help: 'the same as --policy' },
    stages: { help: 'for each stage a line of its own: why not, and what would change it' },
    all: { help: 'tell settled invoices too, not only how many there are' },
    history: { help: 'first what happened to the account so far' },
    tenant: { value: 'NAME', help: 'tenant, in a store', otherwise: 'default' },
    ...storeOptions,
    ...ledgerOptions,
    ...documentOptions,
    language: { value: 'TAG', help: 'language of the text and of a preset: en, es or pt', otherwise: 'en' },
    from: { value: 'DAY', help: 'with --ledger: first day', otherwise: 'the first issue date' },
  },
  examples: [
    {
      what: 'Why did this account hear nothing on 3 March?',
      command: 'recobro explain robles --at 2026-03-03 --data ./dunning-data --config documents.json',
    },
    {
      what: 'What would have been its state under another cadence?',
      command:
        'recobro explain acero --at 2026-02-15 --ledger ar.csv --currency MXN --preset exporter \\\n' +
        '    --zone America/Mexico_City',
    },
  ],
};

export const explainCommand: Command = {
  spec,
  async run(args, io) {
    const [account, surplus] = args.words;
    if (account === undefined || surplus !== undefined) {
      throw new UsageError('name one account: recobro explain ACCOUNT …');
    }
    const zone = args.text('zone');
    if (zone !== undefined) checkZone(zone);
    const { explained, documents } = args.has('ledger')
      ? await ofLedger(account, zone, args, io)
      : await ofStore(account, zone, args);
    const { explanation } = explained;
    const history = args.has('history') ? historyOf(explained, documents) : undefined;
    const language = args.text('language');
    const text = explanationText(explanation, {
      language,
      policies: documents.policies,
      stages: args.has('stages'),
      settled: args.has('all'),
    });
    if (args.has('json')) outJson(io, { ...explanation, text, history });
    else {
      if (history !== undefined) io.out(`${historyText(history, language)}\n`);
      io.out(`${text}\n`);
    }
    return exit.ok;
  },
};

async function ofLedger(account: string, zone: string | undefined, args: Args, io: Io) {
  if (args.has('data') || args.has('url')) throw new UsageError('give either --ledger or a store, not both');
  const documents = await documentsFrom(args, zone ?? 'UTC');
  const from = dayOf(args, 'from');
  const reading = await ledgerFrom(args, io);
  const input = {
    documents,
    ledger: reading.ledger,
    zone,
    from: from ?? periodOf(reading).from,
    payments: args.choice('payments', ['before', 'after'], 'before'),
    disputed: args.choice('disputed', ['hold', 'ignore', 'exclude'], 'hold'),
    reach: args.choice('reach', ['assumed', 'real'], 'assumed'),
  };
  const at = presentOf(args, zone ?? documents.plan.zone);
  return { explained: explainSimulated(input, { id: account, at }), documents };
}

async function ofStore(account: string, zone: string | undefined, args: Args) {
  if (!args.has('data') && !args.has('url')) {
    throw new UsageError(
      'say where the account is known: --data FOLDER, --url postgres://… or --ledger FILE.csv',
    );
  }
  const file = args.text('config') ?? args.text('policy');
  const demo = demoIn(args.text('data') ?? '');
  if (file === undefined && demo === undefined && (zone === undefined || !args.has('preset'))) {
    throw new UsageError('say which documents hold: --config FILE, or --preset NAME --zone ZONE');
  }
  const documents = await documentsFrom(args, zone ?? 'UTC', demo?.documents);
  const at = presentOf(args, documents.plan.zone);
  const store = await openStore(args, { create: false });
  try {
    const tenant = args.text('tenant') ?? 'default';
    return { explained: await explainStored(store, documents, { tenant, id: account, at }), documents };
  } finally {
    await store.close();
  }
}
