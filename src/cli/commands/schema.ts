import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { jsonSchema, type SchemaName, schemaNames } from '../../schema/index.js';
import type { Command } from '../command.js';
import { exit } from '../exit.js';
import { writeText } from '../files.js';
import { outJson } from '../json.js';
import { type CommandSpec, UsageError } from '../options.js';

const spec: CommandSpec = {
  name: 'schema',
  usage: ['NAME', '[NAME…] --out FOLDER'],
  words: 'NAME',
  about:
    `Prints the JSON Schema (draft 2020-12) of a document, or writes those of all into a folder as ` +
    `NAME.schema.json. NAME is one of ${schemaNames.join(', ')}; without any, all are written.\n\n` +
    'Every key has a title, a description and an example, so that editors help while writing and forms can be ' +
    'made of it. An editor finds a schema by the first line of a file:\n\n' +
    '  # yaml-language-server: $schema=node_modules/recobro/dist/schemas/policy.schema.json',
  options: {
    out: { value: 'FOLDER', help: 'write files there instead; the folder is made where there is none' },
  },
  examples: [
    { what: 'Print the schema of policies', command: 'recobro schema policy' },
    { what: 'Write the schemas of all documents', command: 'recobro schema --out schemas' },
  ],
};

export const schemaCommand: Command = {
  spec,
  async run(args, io) {
    const names = args.words.map(nameOf);
    const folder = args.text('out');
    if (folder === undefined) {
      const [name, ...more] = names;
      if (name === undefined || more.length > 0)
        throw new UsageError(`name one document to print (${schemaNames.join(', ')}), or give --out FOLDER`);
      outJson(io, jsonSchema(name));
      return exit.ok;
    }
    await mkdir(folder, { recursive: true });
    const written: string[] = [];
    for (const name of names.length === 0 ? schemaNames : names) {
      const file = join(folder, `${name}.schema.json`);
      await writeText(file, `${JSON.stringify(jsonSchema(name), null, 2)}\n`);
      written.push(file);
    }
    if (args.has('json')) outJson(io, { written });
    else io.out(written.map((file) => `${file}\n`).join(''));
    return exit.ok;
  },
};

function nameOf(word: string): SchemaName {
  const name = schemaNames.find((one) => one === word);
  if (name === undefined)
    throw new UsageError(`there is no document ${JSON.stringify(word)}; there are ${schemaNames.join(', ')}`);
  return name;
}
