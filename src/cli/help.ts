import { type CommandSpec, commonOptions, type OptionSpec } from './options.js';

const widest = 96;
const widestName = 30;

/** The help of one command. */
export function commandHelp(spec: CommandSpec, columns: number): string {
  const width = Math.min(Math.max(columns, 60), widest);
  const usage = spec.usage.map((one) => `  recobro ${spec.name} ${one}`);
  const options = optionLines({ ...spec.options, ...commonOptions }, width);
  const examples = spec.examples.flatMap(({ what, command }) => [`  # ${what}`, `  ${command}`, '']);
  const about = spec.about.split('\n\n').flatMap((paragraph) => [...wrap(paragraph, width), '']);
  return [...about, 'Usage:', ...usage, '', 'Options:', ...options, '', 'Examples:', ...examples].join('\n');
}

/** The help of the program. */
export function programHelp(commands: readonly (readonly [string, string])[]): string {
  const longest = Math.max(...commands.map(([name]) => name.length));
  return [
    'recobro: who is reminded of which debt, when, and why.',
    '',
    'Usage:',
    '  recobro COMMAND [options]',
    '',
    'Commands:',
    ...commands.map(([name, summary]) => `  ${name.padEnd(longest)}  ${summary}`),
    '',
    'recobro COMMAND --help tells a command’s options and shows examples.',
    'recobro --version tells the version.',
    '',
    'Every command takes --json (machine output alone on standard output), --quiet and --debug.',
    'Exit codes: 0 done, 1 findings or a failure, 2 a command line that is not understood,',
    '3 a file that cannot be read or is not valid.',
    '',
  ].join('\n');
}

function optionLines(options: Readonly<Record<string, OptionSpec>>, width: number): string[] {
  const told = Object.entries(options).filter(([, option]) => option.hidden !== true);
  const nameOf = (name: string, { value, choices }: OptionSpec): string =>
    value === undefined ? `--${name}` : `--${name} ${choices === undefined ? value : choices.join('|')}`;
  const longest = Math.min(
    widestName,
    Math.max(...told.map(([name, option]) => nameOf(name, option).length)),
  );
  return told.flatMap(([name, option]) => {
    const head = nameOf(name, option);
    const otherwise = option.otherwise === undefined ? '' : ` (default: ${option.otherwise})`;
    const lines = wrap(`${option.help}${otherwise}`, width - longest - 4);
    const indent = ' '.repeat(longest + 4);
    const rest = lines.slice(1).map((line) => `${indent}${line}`);
    if (head.length > longest) return [`  ${head}`, `${indent}${lines[0] ?? ''}`, ...rest];
    return [`  ${head.padEnd(longest)}  ${lines[0] ?? ''}`, ...rest];
  });
}

/** Breaks a text at its spaces. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
