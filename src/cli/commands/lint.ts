import { formatDay, localDay } from '../../calendar/index.js';
import { systemClock } from '../../clock.js';
import { isRecobroError, type RecobroError } from '../../errors.js';
import { type Finding, lint, lintRules } from '../../lint/index.js';
import { parseDocuments, parseMessages, parsePlan, parsePolicy } from '../../schema/index.js';
import type { Command } from '../command.js';
import { type DocumentFile, locating, readDocumentFile } from '../documents.js';
import { exit } from '../exit.js';
import type { Io } from '../io.js';
import { outJson } from '../json.js';
import { type CommandSpec, UsageError } from '../options.js';
import { plural, table } from '../text.js';

const spec: CommandSpec = {
  name: 'lint',
  usage: ['FILE… [--strict]', '--rules'],
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
    rules: { help: 'list the rules and check nothing' },
  },
  examples: [
    { what: 'Check a set of documents', command: 'recobro lint examples/policies/six-stages.json' },
    {
      what: 'In a build: fail on warnings, keep the findings',
      command: 'recobro lint policies/*.yaml --strict --json',
    },
  ],
};

/** Something to say about a file: a finding of a rule, or what makes it invalid. */
interface Remark extends Finding {
  readonly file: string;
  readonly line?: number | undefined;
}

export const lintCommand: Command = {
  spec,
  async run(args, io) {
    if (args.has('rules')) return rules(args.has('json'), io);
    if (args.words.length === 0) throw new UsageError('name a file to check: recobro lint FILE…');
    const found: Remark[] = [];
    for (const file of args.words) found.push(...(await check(file)));
    const count = (severity: Finding['severity']): number =>
      found.filter((one) => one.severity === severity).length;
    const [errors, warnings, infos] = [count('error'), count('warning'), count('info')];
    if (args.has('json')) outJson(io, { files: args.words, findings: found, errors, warnings, infos });
    else {
      for (const one of found) io.out(`${remarkText(one)}\n`);
      const sums = [plural(errors, 'error'), plural(warnings, 'warning'), `${infos} worth knowing`];
      io.out(
        `${plural(args.words.length, 'file')}: ${found.length === 0 ? 'nothing found' : sums.join(', ')}\n`,
      );
    }
    return errors > 0 || (args.has('strict') && warnings > 0) ? exit.failed : exit.ok;
  },
};

function rules(json: boolean, io: Io): number {
  const list = lintRules.map(({ id, severity, description }) => ({ id, severity, description }));
  if (json) outJson(io, { rules: list });
  else
    io.out(
      `${table(
        [],
        list.map((one) => [one.id, one.severity, one.description]),
        [],
      ).join('\n')}\n`,
    );
  return exit.ok;
}

async function check(path: string): Promise<Remark[]> {
  try {
    const file = await readDocumentFile(path);
    return findingsOf(file).map((one) => ({ file: path, line: file.lineOf(one.path), ...one }));
  } catch (error) {
    // What cannot be opened ends the command; what is not valid is what it looks for.
    if (!isRecobroError(error)) throw error;
    return invalid(path, error);
  }
}

function findingsOf(file: DocumentFile): Finding[] {
  const { value } = file;
  const has = (key: string): boolean => typeof value === 'object' && value !== null && key in value;
  if (has('stages')) locating(file, () => parsePolicy(value));
  else if (has('messages') && !has('plan') && !has('policies')) locating(file, () => parseMessages(value));
  else if (has('zone') && !has('plan') && !has('policies')) locating(file, () => parsePlan(value));
  else {
    const documents = locating(file, () => parseDocuments(value));
    return lint(documents, { today: formatDay(localDay(systemClock.now(), documents.plan.zone)) });
  }
  return [];
}

function invalid(file: string, error: RecobroError): Remark[] {
  const base = { file, severity: 'error' as const, fix: '' };
  const [message = ''] = error.message.split('\n');
  if (error.problems.length === 0) return [{ ...base, id: error.code, path: '', message }];
  const remarks = error.problems.map((problem) => ({
    ...base,
    id: problem.code,
    path: problem.path,
    message: problem.message,
    line: 'line' in problem && typeof problem.line === 'number' ? problem.line : undefined,
  }));
  return remarks.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function remarkText({ file, line, severity, id, path, message, fix }: Remark): string {
  const place = `${file}${line === undefined ? '' : `:${line}`}`;
  const advice = fix === '' ? '' : `\n    ${fix}`;
  return `${place} ${severity} ${path === '' ? '' : `${path}: `}${message} (${id})${advice}`;
}
