import { checkZone } from '../../calendar/index.js';
import { previewPage } from '../../insight/preview/index.js';
import { policyText, policyTimeline } from '../../insight/timeline/index.js';
import { presets } from '../../policy/presets/index.js';
import type { Documents } from '../../policy/types.js';
import { parseDocuments, parsePolicy } from '../../schema/index.js';
import { hint } from '../../schema/nearest.js';
import type { Command } from '../command.js';
import { locating, readDocumentFile } from '../documents.js';
import { exit } from '../exit.js';
import { writeText } from '../files.js';
import { outJson } from '../json.js';
import { type Args, type CommandSpec, UsageError } from '../options.js';
import { count } from '../text.js';

const formats = ['svg', 'html', 'text'] as const;
const themes = ['auto', 'light', 'dark'] as const;
const presetPrefix = 'preset:';
const presetNames = Object.keys(presets) as (keyof typeof presets)[];

type Format = (typeof formats)[number];

const spec: CommandSpec = {
  name: 'preview',
  usage: ['FILE [--out FILE] [options]', `${presetPrefix}NAME [--zone ZONE] [--out FILE] [options]`],
  words: 'FILE',
  about:
    'Draws policies as timelines: stages on their days, channels and what follows when one fails, conditions, ' +
    'tones, fees, and what happens on payment, promise, dispute and reply.\n\n' +
    'As html it is a page for a browser or for paper that stands by itself and runs nothing: the picture, the ' +
    'ladder as a table, and every message in every language and channel, as its reader gets it, with made-up ' +
    'data. As text it is the picture in words, for where an image needs an alternative.\n\n' +
    `A file holds plan, policies and messages, or one policy, as JSON or YAML. Presets: ${presetNames.join(', ')}.`,
  options: {
    out: { value: 'FILE', help: 'where to write', otherwise: 'standard output' },
    format: {
      value: 'FORMAT',
      help: 'what to make',
      otherwise: 'by the name of --out, else svg',
      choices: formats,
    },
    theme: {
      value: 'THEME',
      help: 'colours; auto is as the reader’s device says',
      otherwise: 'auto',
      choices: themes,
    },
    language: { value: 'TAG', help: 'language of the words: en, es or pt', otherwise: 'the plan’s' },
    narrow: { help: '360 pixels wide, for phones held upright; a page fits both without it' },
    only: { value: 'ID', help: 'this policy alone', otherwise: 'all' },
    zone: { value: 'ZONE', help: 'with a preset: zone of the books', otherwise: 'UTC' },
  },
  examples: [
    {
      what: 'A page to show around: the cadence and all its messages in Spanish',
      command: 'recobro preview preset:balanced --language es --out balanced.html',
    },
    {
      what: 'A picture for a document, in light colours',
      command: 'recobro preview examples/policies/six-stages.json --theme light --out six-stages.svg',
    },
  ],
};

export const previewCommand: Command = {
  spec,
  async run(args, io) {
    const [source, surplus] = args.words;
    if (source === undefined || surplus !== undefined) {
      throw new UsageError(
        `name one file or preset: recobro preview FILE, recobro preview ${presetPrefix}balanced`,
      );
    }
    const out = args.text('out');
    const format = formatOf(args, out);
    const text = render(await documentsOf(source, args), format, args);
    if (out !== undefined) await writeText(out, text);
    if (args.has('json')) {
      outJson(io, {
        format,
        file: out ?? null,
        bytes: Buffer.byteLength(text),
        ...(out === undefined ? { text } : {}),
      });
    } else if (out === undefined) io.out(text.endsWith('\n') ? text : `${text}\n`);
    else if (!args.has('quiet')) io.err(`${out}: ${count(Buffer.byteLength(text))} bytes\n`);
    return exit.ok;
  },
};

function formatOf(args: Args, out: string | undefined): Format {
  const ending = /\.([a-z]+)$/i.exec(out ?? '')?.[1]?.toLowerCase();
  const byName = ending === 'html' || ending === 'htm' ? 'html' : ending === 'txt' ? 'text' : 'svg';
  return args.choice('format', formats, byName);
}

async function documentsOf(source: string, args: Args): Promise<Documents> {
  if (source.startsWith(presetPrefix)) return presetOf(source.slice(presetPrefix.length), args);
  if (args.has('zone')) throw new UsageError('--zone is for presets; a file of documents says its own');
  const file = await readDocumentFile(source);
  const { value } = file;
  const alone = typeof value === 'object' && value !== null && 'stages' in value;
  if (!alone) return locating(file, () => parseDocuments(value));
  const policy = locating(file, () => parsePolicy(value));
  // A policy by itself is drawn as if the plan were the simplest that there is.
  const plan = { id: policy.id, version: 1, zone: 'UTC', default: policy.id };
  return { plan, policies: [policy], messages: { id: policy.id, version: 1, messages: [] } };
}

function presetOf(name: string, args: Args): Documents {
  const found = presetNames.find((one) => one === name);
  if (found === undefined)
    throw new UsageError(`there is no preset ${JSON.stringify(name)}${hint(name, presetNames)}`);
  const zone = args.text('zone') ?? 'UTC';
  checkZone(zone);
  return presets[found]({ zone, language: args.text('language') ?? 'en' });
}

function render(documents: Documents, format: Format, args: Args): string {
  const language = args.text('language');
  const policy = args.text('only');
  const ids = documents.policies.map((one) => one.id);
  if (policy !== undefined && !ids.includes(policy))
    throw new UsageError(`there is no policy ${JSON.stringify(policy)}${hint(policy, ids)}`);
  const theme = args.choice('theme', themes, 'auto');
  const layout = args.has('narrow') ? 'narrow' : undefined;
  switch (format) {
    case 'svg':
      return policyTimeline(documents, { language, policy, theme, layout });
    case 'html':
      return previewPage(documents, { language, policy, theme, layout });
    case 'text':
      return policyText(documents, { language, policy });
  }
}
