import { isAbsolute, relative, resolve, sep } from 'node:path';
import { isRecobroError, type Problem } from '../../errors.js';
import { scenarioSchema } from '../../testing/index.js';
import { reportText, runScenarioFile, type ScenarioReport } from '../../testing/scenario/index.js';
import type { Command } from '../command.js';
import { readDocumentFile } from '../documents.js';
import { exit } from '../exit.js';
import { placed } from '../failure.js';
import { outJson } from '../json.js';
import { type CommandSpec, UsageError } from '../options.js';
import { Progress } from '../progress.js';
import { type NamedFile, scenarioFiles } from '../scenario-files.js';
import { plural } from '../text.js';

const spec: CommandSpec = {
  name: 'scenario',
  usage: ['FILE… [--only TEXT] [--root FOLDER]', '--schema'],
  words: 'FILE',
  about:
    'Performs scenarios: files of given / when / then, YAML or JSON, over the public API with a store in memory, ' +
    'a virtual clock and channels that send nothing. FILE is a file, a folder with all that is below it, or a ' +
    'pattern with * and **. Files of a folder that hold no scenario are passed over.\n\n' +
    'Each expectation that fails is told with its place, what was expected and what was found. With --json ' +
    'every decision, state and reason of every step is printed as well, so that other programs can compare.\n\n' +
    'The format is public: docs/scenarios.md. Exit code 1 when something is not as expected, 3 when a file is ' +
    'not valid.',
  options: {
    only: { value: 'TEXT', help: 'only scenarios whose name holds the text, or that carry it as a tag' },
    root: {
      value: 'FOLDER',
      help: 'scenarios may refer to files below it',
      otherwise: 'the current folder, or that of a file elsewhere',
    },
    schema: { help: 'print the JSON Schema of the format, for editors, and perform nothing' },
  },
  examples: [
    { what: 'Perform all scenarios of a folder', command: 'recobro scenario examples/scenarios' },
    {
      what: 'Keep every decision and state, to compare with another program',
      command: 'recobro scenario "examples/scenarios/**/*.yaml" --json',
    },
  ],
};

/** A file that could not be performed. */
interface Invalid {
  readonly file: string;
  readonly code: string;
  readonly message: string;
  readonly problems: readonly Problem[];
}

export const scenarioCommand: Command = {
  spec,
  async run(args, io) {
    if (args.has('schema')) {
      outJson(io, scenarioSchema());
      return exit.ok;
    }
    if (args.words.length === 0) throw new UsageError('name files or folders: recobro scenario FILE…');
    const json = args.has('json');
    const only = args.text('only');
    const files = await scenarioFiles(args.words);
    const progress = new Progress(io, { quiet: args.has('quiet') });
    const reports: ScenarioReport[] = [];
    const invalid: Invalid[] = [];
    let passed = 0;
    for (const [index, file] of files.entries()) {
      if (io.signal.aborted) break;
      progress.update(() => `${index} of ${plural(files.length, 'file')}, ${reports.length - passed} failed`);
      try {
        for (const report of await perform(file, { json, only, root: args.text('root') })) {
          reports.push(report);
          if (report.passed) passed++;
          progress.done();
          if (!json && (!report.passed || !args.has('quiet'))) io.out(`${reportText(report)}\n`);
        }
      } catch (error) {
        if (!isRecobroError(error)) throw error;
        const { code, problems } = error;
        invalid.push({ file: file.file, code, message: error.message, problems });
        progress.done();
        if (!json) io.out(`INVALID ${file.file}\n${told(error.message, problems)}`);
      }
    }
    progress.done();
    const failed = reports.length - passed;
    if (json) outJson(io, { passed, failed, invalid, scenarios: reports });
    else {
      const wrong = invalid.length === 0 ? '' : `, ${plural(invalid.length, 'file')} not valid`;
      io.out(`${plural(reports.length, 'scenario')}: ${passed} passed, ${failed} failed${wrong}\n`);
    }
    if (io.signal.aborted) return exit.stopped;
    if (invalid.length > 0) return exit.input;
    return failed > 0 ? exit.failed : exit.ok;
  },
};

async function perform(
  { file, named }: NamedFile,
  options: { readonly json: boolean; readonly only: string | undefined; readonly root: string | undefined },
): Promise<readonly ScenarioReport[]> {
  if (!named && !(await holdsScenarios(file))) return [];
  const { json, only } = options;
  const root = options.root ?? (isBelow(process.cwd(), file) ? process.cwd() : undefined);
  return runScenarioFile(file, {
    root,
    trace: json,
    ...(only === undefined
      ? {}
      : { only: ({ scenario, tags = [] }) => scenario.includes(only) || tags.includes(only) }),
  });
}

function isBelow(folder: string, file: string): boolean {
  const path = relative(folder, resolve(file));
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** Folders hold policies and other data beside scenarios. */
async function holdsScenarios(file: string): Promise<boolean> {
  const { value } = await readDocumentFile(file);
  return typeof value === 'object' && value !== null && ('scenario' in value || 'scenarios' in value);
}

/** What is wrong with a file, each problem with its line or path. */
function told(message: string, problems: readonly Problem[]): string {
  const [title = ''] = message.split('\n');
  const lines = problems.map((problem) => `    ${placed(problem)}\n`);
  return `  ${title}\n${lines.join('')}`;
}
