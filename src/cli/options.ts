import { parseArgs } from 'node:util';
import { hint } from '../schema/nearest.js';

/** One option of a command. */
export interface OptionSpec {
  /** Name of its value in the help, such as `FILE`; without it the option is a switch. */
  readonly value?: string | undefined;
  /** What it does, in a few words. */
  readonly help: string;
  /** What holds when it is not given, for the help. */
  readonly otherwise?: string | undefined;
  /** The values that it takes, when it takes no other. */
  readonly choices?: readonly string[] | undefined;
  /** Not told in the help. */
  readonly hidden?: boolean | undefined;
}

/** What a command is called with, and what its help says. */
export interface CommandSpec {
  readonly name: string;
  /** What comes behind the name, one line for each way of calling it. */
  readonly usage: readonly string[];
  /** What it does and what one gets, in a few short paragraphs. */
  readonly about: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** Commands to try, each with what it shows. */
  readonly examples: readonly { readonly what: string; readonly command: string }[];
  /** What the words behind the options are, such as `FILE`; absent: none are taken. */
  readonly words?: string | undefined;
}

/** The command line is not understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Options that every command takes. */
export const commonOptions: Readonly<Record<string, OptionSpec>> = {
  json: { help: 'machine-readable result on standard output, and nothing else there' },
  quiet: { help: 'no progress and no notes on standard error' },
  debug: { help: 'show the stack of an error' },
  help: { help: 'show this help' },
};

/** The command line of one command, taken apart and checked. */
export class Args {
  readonly words: readonly string[];
  readonly #values: ReadonlyMap<string, string | true>;

  constructor(words: readonly string[], values: ReadonlyMap<string, string | true>) {
    this.words = words;
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  text(name: string): string | undefined {
    const value = this.#values.get(name);
    return value === true ? undefined : value;
  }

  /** The value of an option that has choices. */
  choice<const T extends string>(name: string, choices: readonly T[], otherwise: T): T {
    const value = this.text(name);
    return choices.find((one) => one === value) ?? otherwise;
  }

  /** @throws UsageError when it is missing */
  required(name: string, example: string): string {
    const value = this.text(name);
    if (value === undefined) throw new UsageError(`--${name} is needed, such as --${name} ${example}`);
    return value;
  }
}

/**
 * Takes a command line apart.
 *
 * @throws UsageError for unknown options, missing and surplus values
 */
export function parseOptions(spec: CommandSpec, argv: readonly string[]): Args {
  const known: Readonly<Record<string, OptionSpec>> = { ...spec.options, ...commonOptions };
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(
      Object.entries(known).map(([name, { value }]) => [
        name,
        { type: value === undefined ? 'boolean' : 'string', ...(name === 'help' ? { short: 'h' } : {}) },
      ]),
    ),
  });
  const values = new Map<string, string | true>();
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const option = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (option === undefined) throw unknownOption(token.rawName, known);
    if (values.has(token.name)) throw new UsageError(`${token.rawName} is given twice`);
    values.set(token.name, checkedValue(token.rawName, option, token.value, token.inlineValue === true));
  }
  if (words.length > 0 && spec.words === undefined && !values.has('help')) {
    throw new UsageError(`${JSON.stringify(words[0])} is not expected here; options begin with --`);
  }
  return new Args(words, values);
}

function checkedValue(
  name: string,
  option: OptionSpec,
  value: string | undefined,
  inline: boolean,
): string | true {
  if (option.value === undefined) {
    if (value !== undefined) throw new UsageError(`${name} takes no value`);
    return true;
  }
  if (value === undefined || value === '' || (!inline && value.startsWith('--'))) {
    throw new UsageError(`${name} needs a value: ${name} ${option.value}`);
  }
  if (option.choices !== undefined && !option.choices.includes(value)) {
    throw new UsageError(`${name} is one of ${option.choices.join(', ')}, not ${JSON.stringify(value)}`);
  }
  return value;
}

function unknownOption(name: string, known: Readonly<Record<string, OptionSpec>>): UsageError {
  const told = Object.keys(known).filter((one) => known[one]?.hidden !== true);
  const near = hint(
    `--${name.replace(/^-+/, '')}`,
    told.map((one) => `--${one}`),
  ).replaceAll('"', '');
  return new UsageError(`there is no option ${name}${near}`);
}
