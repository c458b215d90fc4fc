import { convertDocuments } from '../../editing/index.js';
import type { Command } from '../command.js';
import { exit } from '../exit.js';
import { readText, writeText } from '../files.js';
import { outJson } from '../json.js';
import { type CommandSpec, UsageError } from '../options.js';

const forms = ['yaml', 'json'] as const;

const spec: CommandSpec = {
  name: 'convert',
  usage: ['FILE --to yaml|json [--out FILE]'],
  words: 'FILE',
  about:
    'Writes a file of documents as YAML or as JSON, with keys in the order of the JSON Schema. JSON holds no ' +
    'comments: those of YAML are lost on the way. Nothing is checked; see recobro lint.',
  options: {
    to: { value: 'FORM', help: 'what to write', choices: forms },
    out: { value: 'FILE', help: 'write it there', otherwise: 'standard output' },
  },
  examples: [
    {
      what: 'A policy as YAML',
      command: 'recobro convert policies.json --to yaml --out policies.yaml',
    },
    { what: 'Documents for a program that reads JSON', command: 'recobro convert policies.yaml --to json' },
  ],
};

export const convertCommand: Command = {
  spec,
  async run(args, io) {
    const [file, ...more] = args.words;
    if (file === undefined || more.length > 0)
      throw new UsageError('name one file: recobro convert FILE --to yaml');
    args.required('to', 'yaml');
    const to = args.choice('to', forms, 'yaml');
    const as = file.toLowerCase().endsWith('.json') ? 'json' : 'yaml';
    const text = convertDocuments(await readText(file), to, { name: file, as });
    const out = args.text('out');
    if (out !== undefined) await writeText(out, text);
    if (args.has('json')) outJson(io, out === undefined ? { text } : { written: out });
    else io.out(out === undefined ? text : `${out}\n`);
    return exit.ok;
  },
};
