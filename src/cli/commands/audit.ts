import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { auditLines } from '../../dunning/audit/export.js';
import { sealLog } from '../../dunning/audit/seal.js';
import { verifyAudit } from '../../dunning/index.js';
import type { Command } from '../command.js';
import { exit } from '../exit.js';
import { fileError } from '../files.js';
import type { Io } from '../io.js';
import { outJson } from '../json.js';
import { type Args, type CommandSpec, UsageError } from '../options.js';
import { openStore, storeOptions } from '../store.js';

const spec: CommandSpec = {
  name: 'audit',
  usage: [
    'verify FILE.jsonl',
    'export (--data FOLDER | --url postgres://…) [--account ID] [--out FILE] [options]',
  ],
  words: 'verify FILE | export',
  about:
    'Checks a proof file by itself, without any store; or writes one: the sealed events of the log, each with ' +
    'its place in the chain, as JSON Lines.\n\n' +
    'A file of one account (--account) proves its events within the whole chain and shows only digests of all others.',
  options: {
    tenant: { value: 'NAME', help: 'export: tenant', otherwise: 'default' },
    account: { value: 'ID', help: 'export: only the events of this account in full' },
    personal: { help: 'export: with names, addresses and free words' },
    out: { value: 'FILE', help: 'export: where to write', otherwise: 'standard output' },
    ...storeOptions,
  },
  examples: [
    {
      what: 'What happened to one customer, for a lawyer',
      command: 'recobro audit export --data ./dunning-data --account robles --personal --out robles.jsonl',
    },
    { what: 'Is the file as it was written?', command: 'recobro audit verify robles.jsonl' },
  ],
};

export const auditCommand: Command = {
  spec,
  async run(args, io) {
    const [verb, file, surplus] = args.words;
    if (surplus !== undefined) throw new UsageError(`${JSON.stringify(surplus)} is not expected here`);
    if (verb === 'verify' && file !== undefined) return verifyFile(file, args, io);
    if (verb === 'export' && file === undefined) return exportLog(args, io);
    throw new UsageError('say recobro audit verify FILE, or recobro audit export …');
  },
};

async function verifyFile(file: string, args: Args, io: Io): Promise<number> {
  const input = createReadStream(file, 'utf8');
  try {
    await once(input, 'open');
  } catch (error) {
    throw fileError('read', file, error);
  }
  const verdict = await verifyAudit(createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY }));
  if (args.has('json')) outJson(io, verdict);
  else if (verdict.ok) {
    io.out(`${file} is whole: ${verdict.events} events of tenant ${verdict.tenant} in full.\n`);
    io.out(`It ends at position ${verdict.end.position}, hash ${verdict.end.hash}.\n`);
  } else {
    const place = verdict.position === undefined ? '' : `, position ${verdict.position}`;
    io.out(`${file} is not as it was written: ${verdict.code} at line ${verdict.line}${place}.\n`);
  }
  return verdict.ok ? exit.ok : exit.failed;
}

async function exportLog(args: Args, io: Io): Promise<number> {
  const [tenant, out] = [args.text('tenant') ?? 'default', args.text('out')];
  const store = await openStore(args, { create: false });
  try {
    await sealLog({ store, tenant });
    const lines = auditLines(
      { store, tenant },
      { account: args.text('account'), personal: args.has('personal') },
    );
    if (out === undefined) {
      for await (const line of lines) io.out(`${line}\n`);
      return exit.ok;
    }
    let written = 0;
    const text = async function* (): AsyncGenerator<string> {
      for await (const line of lines) {
        written++;
        yield `${line}\n`;
      }
    };
    const target = createWriteStream(out, 'utf8');
    try {
      await once(target, 'open');
    } catch (error) {
      throw fileError('written', out, error);
    }
    await pipeline(Readable.from(text()), target);
    if (args.has('json')) outJson(io, { file: out, lines: written });
    else io.out(`${written} lines in ${out}\n`);
    return exit.ok;
  } finally {
    await store.close();
  }
}
