import { hint } from '../schema/nearest.js';
import { commands, summaries } from './commands.js';
import { exit } from './exit.js';
import { failureOf } from './failure.js';
import { commandHelp, programHelp } from './help.js';
import type { Io } from './io.js';
import { parseOptions, UsageError } from './options.js';
import { version } from './version.js';

/**
 * Runs the program with the words behind its name; answers the exit code and
 * never throws. Nothing outside `io` is written to but the files that a
 * command is asked to write.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const [name = '', ...rest] = argv;
  const asJson = argv.includes('--json');
  try {
    if (name === '' || name === '--help' || name === '-h' || name === 'help') {
      return await help(rest[0], name, io);
    }
    if (name === '--version' || name === '-v') {
      io.out(`${version}\n`);
      return exit.ok;
    }
    const command = await commandOf(name);
    const args = parseOptions(command.spec, rest);
    if (args.has('help')) {
      io.out(commandHelp(command.spec, io.columns));
      return exit.ok;
    }
    return await command.run(args, io);
  } catch (error) {
    const told = failureOf(error, { debug: argv.includes('--debug'), command: name in commands ? name : '' });
    if (asJson) io.out(`${JSON.stringify(told.json, undefined, 2)}\n`);
    io.err(`recobro: ${told.text}\n`);
    return told.exit;
  }
}

async function help(topic: string | undefined, name: string, io: Io): Promise<number> {
  if (name === 'help' && topic !== undefined && !topic.startsWith('-')) {
    io.out(commandHelp((await commandOf(topic)).spec, io.columns));
    return exit.ok;
  }
  const text = programHelp(summaries);
  // Called with nothing at all it is a question nobody asked: the answer goes where errors go.
  if (name === '') io.err(text);
  else io.out(text);
  return name === '' ? exit.usage : exit.ok;
}

async function commandOf(name: string): ReturnType<NonNullable<(typeof commands)[string]>> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    if (name.startsWith('-')) throw new UsageError(`the command comes first: recobro COMMAND ${name}`);
    const near = hint(name, Object.keys(commands)).replaceAll('"', '');
    throw new UsageError(`there is no command ${JSON.stringify(name)}${near}`);
  }
  return load();
}
