import { migrationSql } from '../../stores/postgres/index.js';
import type { Command } from '../command.js';
import { exit } from '../exit.js';
import { outJson } from '../json.js';
import { type CommandSpec, UsageError } from '../options.js';
import { openStore, storeOptions } from '../store.js';

const spec: CommandSpec = {
  name: 'migrate',
  usage: ['--url postgres://… [--schema NAME]', '--data FOLDER [--schema NAME]', '--print [--schema NAME]'],
  about:
    'Creates recobro’s tables, or brings them up to date, in one transaction. Where they are up to date it ' +
    'does nothing, so it may run at each deployment, and from several processes at once.\n\n' +
    'With --print the SQL goes to standard output instead, for your own tool or a review; nothing is opened.',
  options: { ...storeOptions, print: { help: 'print the SQL and touch nothing' } },
  examples: [
    { what: 'Read what would be run', command: 'recobro migrate --print --schema dunning' },
    {
      what: 'Run it against the server of this environment',
      command: 'recobro migrate --url "$DATABASE_URL" --schema dunning',
    },
  ],
};

export const migrateCommand: Command = {
  spec,
  async run(args, io) {
    const schema = args.text('schema');
    if (args.has('print')) {
      if (args.has('url') || args.has('data')) {
        throw new UsageError('--print opens no database; leave out --url and --data');
      }
      const sql = migrationSql({ schema });
      if (args.has('json')) outJson(io, { sql });
      else io.out(sql);
      return exit.ok;
    }
    const store = await openStore(args, { create: true });
    try {
      await store.migrate();
    } finally {
      await store.close();
    }
    const where = args.text('data') ?? 'the server';
    if (args.has('json')) outJson(io, { migrated: true, schema: schema ?? 'public' });
    else io.out(`recobro’s tables in schema ${schema ?? 'public'} of ${where} are up to date\n`);
    return exit.ok;
  },
};
