import { type LintOptions, lintRules, type Severity } from '../../lint/index.js';
import { hint } from '../../schema/nearest.js';
import type { Command } from '../command.js';
import { exit } from '../exit.js';
import type { Io } from '../io.js';
import { outJson } from '../json.js';
import { annotation, remarkText, ruleText, sumText } from '../lint-formats.js';
import { type Remark, remarksOf } from '../lint-remarks.js';
import { sarifOf } from '../lint-sarif.js';
import { type Args, type CommandSpec, UsageError } from '../options.js';
import { readTemplates } from '../templates.js';
import { version } from '../version.js';

const formats = ['text', 'json', 'sarif', 'github'] as const;

const spec: CommandSpec = {
  name: 'lint',
  usage: ['FILE… [--strict] [--format FORMAT] [--off RULE,…] [--severity RULE=LEVEL,…]', '--rules'],
  words: 'FILE',
  about:
    'Checks files of documents, JSON or YAML: first whether they are valid, then for what is valid and still ' +
    'hardly meant: stages that are never reached, a tone that falls, caps that starve a stage, texts that do ' +
    'not say how to pay.\n\n' +
    'A file holds plan, policies and messages together; then everything is checked. A file with a plan, one ' +
    'policy or a catalogue of messages alone is checked for being valid.\n\n' +
    'Exit code 1 when something is an error; with --strict also for warnings.',
  options: {
    strict: { help: 'warnings count as errors' },
    format: {
      value: 'FORMAT',
      help: 'text for people, json, sarif for code scanning, or github for annotations of a workflow',
      otherwise: 'text',
      choices: formats,
    },
    off: { value: 'RULE,…', help: 'rules to leave out' },
    severity: { value: 'RULE=LEVEL,…', help: 'other severities of rules: error, warning, info or off' },
    channels: {
      value: 'ID,…',
      help: 'channels that are set up; chains pass over others',
      otherwise: 'all that are named',
    },
    templates: {
      value: 'FILE',
      help: 'WhatsApp templates by message and language, as the channel is given them, JSON or YAML',
    },
    'sms-countries': { value: 'CODE,…', help: 'countries to which SMS go, such as MX,ES' },
    'sms-sender': { value: 'SENDER', help: 'number or name as which SMS are shown' },
    'sms-registered': { value: 'CODE,…', help: 'countries in which the sender is registered' },
    'max-segments': { value: 'N', help: 'segments that an SMS may cost at worst', otherwise: '3' },
    'longest-link': { value: 'N', help: 'characters of the longest payment link', otherwise: '160' },
    rules: { help: 'list the rules and check nothing' },
  },
  examples: [
    { what: 'Check a set of documents', command: 'recobro lint examples/policies/six-stages.json' },
    {
      what: 'In a build: fail on warnings, for a code-scanning service, without one of the rules',
      command: 'recobro lint policies/*.yaml --strict --format sarif --off single-channel',
    },
  ],
};

export const lintCommand: Command = {
  spec,
  async run(args, io) {
    if (args.has('rules')) return rules(args.has('json') || args.text('format') === 'json', io);
    if (args.words.length === 0) throw new UsageError('name a file to check: recobro lint FILE…');
    const format = args.has('json') ? 'json' : args.choice('format', formats, 'text');
    if (args.has('json') && args.has('format') && args.text('format') !== 'json')
      throw new UsageError('--json and --format say different things; give one of them');
    const options = await optionsOf(args);
    const found: Remark[] = [];
    for (const file of args.words) found.push(...(await remarksOf(file, options)));
    tell(format, args.words, found, io);
    const count = (severity: Severity): number => found.filter((one) => one.severity === severity).length;
    return count('error') > 0 || (args.has('strict') && count('warning') > 0) ? exit.failed : exit.ok;
  },
};

function tell(
  format: (typeof formats)[number],
  files: readonly string[],
  found: readonly Remark[],
  io: Io,
): void {
  const count = (severity: Severity): number => found.filter((one) => one.severity === severity).length;
  switch (format) {
    case 'json': {
      const findings = found.map(({ place: _, ...one }) => one);
      const sums = { errors: count('error'), warnings: count('warning'), infos: count('info') };
      outJson(io, { files, findings, ...sums });
      return;
    }
    case 'sarif':
      outJson(io, sarifOf(found, files, lintRules, version));
      return;
    case 'github':
      for (const one of found) io.out(`${annotation(one)}\n`);
      return;
    default:
      for (const one of found) io.out(`${remarkText(one)}\n`);
      io.out(`${sumText(files.length, found)}\n`);
  }
}

const severities = ['error', 'warning', 'info', 'off'] as const;

async function optionsOf(args: Args): Promise<LintOptions> {
  const rules: Record<string, Severity | 'off'> = {};
  for (const [id, level = ''] of listed(args, 'severity').map((one) => one.split('='))) {
    const wanted = severities.find((one) => one === level);
    if (id === undefined || wanted === undefined)
      throw new UsageError(
        `--severity takes RULE=LEVEL, such as single-channel=error; levels are ${severities.join(', ')}`,
      );
    rules[id] = wanted;
  }
  for (const id of listed(args, 'off')) rules[id] = 'off';
  const unknown = Object.keys(rules).find((id) => !lintRules.some((rule) => rule.id === id));
  if (unknown !== undefined) {
    const near = hint(
      unknown,
      lintRules.map((rule) => rule.id),
    );
    throw new UsageError(
      `there is no rule ${JSON.stringify(unknown)}${near}; recobro lint --rules lists them`,
    );
  }
  const channels = args.has('channels') ? listed(args, 'channels').map((id) => ({ id })) : undefined;
  const file = args.text('templates');
  return {
    rules,
    channels,
    sms: smsOf(args),
    templates: file === undefined ? undefined : await readTemplates(file),
    maxSegments: wholeOf(args, 'max-segments'),
    longestLink: wholeOf(args, 'longest-link'),
  };
}

function smsOf(args: Args): LintOptions['sms'] {
  const countries = countriesOf(args, 'sms-countries');
  const sender = args.text('sms-sender');
  const registered = countriesOf(args, 'sms-registered');
  if (args.has('sms-countries')) return { countries, sender, registered };
  if (sender === undefined && registered.length === 0) return undefined;
  throw new UsageError(
    '--sms-sender and --sms-registered need --sms-countries, such as --sms-countries MX,ES',
  );
}

function countriesOf(args: Args, name: string): readonly string[] {
  const codes = listed(args, name).map((code) => code.toUpperCase());
  const wrong = codes.find((code) => !/^[A-Z]{2}$/.test(code));
  if (wrong === undefined) return codes;
  throw new UsageError(`--${name} takes codes of countries such as MX,ES, not ${JSON.stringify(wrong)}`);
}

function wholeOf(args: Args, name: string): number | undefined {
  const text = args.text(name);
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new UsageError(`--${name} takes a whole number from 1, not ${JSON.stringify(text)}`);
}

function listed(args: Args, name: string): readonly string[] {
  return (args.text(name) ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function rules(json: boolean, io: Io): number {
  if (json) {
    const list = lintRules.map(({ id, severity, description, explanation, fix }) => ({
      id,
      severity,
      description,
      explanation,
      fix,
    }));
    outJson(io, { rules: list });
  } else io.out(`${lintRules.map(ruleText).join('\n\n')}\n`);
  return exit.ok;
}
