import { parseDocuments, parseMessages, parsePlan, parsePolicy } from '../../schema/index.js';
import { changeText, diffDocuments, diffText, type ToCompare } from '../../words/index.js';
import type { Command } from '../command.js';
import { type DocumentFile, locating, readDocumentFile } from '../documents.js';
import { exit } from '../exit.js';
import { outJson } from '../json.js';
import { type CommandSpec, UsageError } from '../options.js';

const spec: CommandSpec = {
  name: 'diff',
  usage: ['OLD NEW [--language TAG]'],
  words: 'FILE',
  about:
    'Says in sentences what is other in a file of documents than in another: stages that come earlier or later, ' +
    'channels that are no longer tried, new conditions and fees, texts that were written anew. Nothing is left ' +
    'out; where nothing is other, it says so.\n\n' +
    'A file holds plan, policies and messages together, or one of them alone; JSON or YAML. Stages, segments ' +
    'and messages are matched by id. Two files of one policy each are compared whatever the policies are called.\n\n' +
    'What a change does to the accounts of today is another question: see impact in docs/people.md.',
  options: {
    language: { value: 'TAG', help: 'language of the sentences: en, es or pt', otherwise: 'en' },
  },
  examples: [
    { what: 'What has changed since the last version?', command: 'recobro diff policy-1.yaml policy-2.yaml' },
    {
      what: 'The same, for colleagues in Mexico',
      command: 'recobro diff policy-1.yaml policy-2.yaml --language es',
    },
  ],
};

export const diffCommand: Command = {
  spec,
  async run(args, io) {
    const [old, now, surplus] = args.words;
    if (old === undefined || now === undefined || surplus !== undefined)
      throw new UsageError('name two files: recobro diff OLD NEW');
    const [before, after] = [await partsOf(old), await partsOf(now)];
    const language = args.text('language');
    const diff = diffDocuments(before, after);
    if (args.has('json')) {
      const changes = diff.changes.map((change) => ({
        ...change,
        sentence: changeText(change, { language }),
      }));
      outJson(io, { before: old, after: now, changes });
    } else io.out(`${diffText(diff, { language })}\n`);
    return exit.ok;
  },
};

/** What a file holds: all documents, or one of them. */
async function partsOf(path: string): Promise<ToCompare> {
  const file = await readDocumentFile(path);
  return locating(file, () => parsed(file));
}

function parsed({ value }: DocumentFile): ToCompare {
  const has = (key: string): boolean => typeof value === 'object' && value !== null && key in value;
  if (has('stages')) return { policies: [parsePolicy(value)] };
  if (has('plan') || has('policies')) return parseDocuments(value);
  if (has('messages')) return { messages: parseMessages(value) };
  if (has('zone')) return { plan: parsePlan(value) };
  return parseDocuments(value);
}
