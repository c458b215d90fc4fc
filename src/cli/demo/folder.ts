import {
  appendFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, parse, resolve, sep } from 'node:path';
import { RecobroError } from '../../errors.js';
import { lockFolderName } from '../../stores/pglite/lock.js';
import { version } from '../version.js';

/** How far the demo has come in its folder. */
export interface Progress {
  /** Steps that are done; the next one has this index. */
  readonly done: number;
  /** How often the next step was begun and not finished. */
  readonly tries: number;
  /** Whether a process is at it; found so by the next one, it was killed. */
  readonly running: boolean;
  readonly finished: boolean;
}

/** Where a demo begins. */
const beginning: Progress = { done: 0, tries: 0, running: false, finished: false };

/** Names of what the demo makes in its folder, and nothing else is ever touched there. */
export const names = {
  marker: 'recobro-demo.json',
  data: 'data',
  mails: 'mails',
  requests: 'providers.jsonl',
  documents: 'documents.json',
  ledger: 'ledger.csv',
  report: 'report.html',
  timeline: 'policies.svg',
  digest: 'digest.txt',
} as const;

const files = [
  names.requests,
  names.documents,
  names.ledger,
  names.report,
  names.timeline,
  names.digest,
] as const;

/** As {@link DemoFolder.saveMail} names them. */
const mailName = /^\d{4}-\d{2}-\d{2} [^/\\]+\.eml$/;

/** The folder of a demo: where things are, and how far it has come. */
export interface DemoFolder {
  readonly path: string;
  readonly progress: Progress | undefined;
  in(name: keyof typeof names): string;
  has(name: keyof typeof names): boolean;
  read(name: keyof typeof names): string;
  save(progress: Progress): void;
  write(name: keyof typeof names, text: string): void;
  append(name: keyof typeof names, line: string): void;
  saveMail(name: string, raw: Buffer): void;
  /** Takes away what an earlier demo made here, and only that. */
  clear(): void;
}

/**
 * Finds or makes the folder. A folder is the demo's own only by its marker
 * file; one that has other files and no marker is refused, and so are those
 * that nobody means to hand over: a root, the home, the folder one stands in
 * and those above it.
 *
 * @throws RecobroError `invalid_option`
 */
export function demoFolder(given: string): DemoFolder {
  const path = checkedPath(given);
  mkdirSync(path, { recursive: true });
  const marker = join(path, names.marker);
  const progress = existsSync(marker) ? readMarker(marker) : undefined;
  if (progress === undefined) {
    if (readdirSync(path).some((name) => name !== lockFolderName))
      throw refused('it holds other files; name a new or an empty folder');
    // From now on it is ours: marked before anything else is made in it.
    writeMarker(marker, beginning);
  }
  const inside = (name: keyof typeof names): string => join(path, names[name]);
  return {
    path,
    progress,
    in: inside,
    has: (name) => existsSync(inside(name)),
    read: (name) => readFileSync(inside(name), 'utf8'),
    save: (next) => writeMarker(marker, next),
    write: (name, text) => replaceFile(inside(name), text),
    append: (name, line) => appendFileSync(inside(name), `${line}\n`),
    saveMail(name, raw) {
      mkdirSync(inside('mails'), { recursive: true });
      writeFileSync(join(inside('mails'), name), raw);
    },
    clear: () => clear(path, marker),
  };
}

function checkedPath(given: string): string {
  if (typeof given !== 'string' || given.trim() === '') throw refused('it is empty');
  const path = resolve(given);
  const real = existsSync(path) ? realpathSync(path) : path;
  for (const place of new Set([path, real])) {
    if (place === parse(place).root) throw refused('it is the root of a disk');
    if (holds(place, homedir())) throw refused('it is your home folder or one above it');
    if (holds(place, process.cwd()) || holds(place, realpathSync(process.cwd())))
      throw refused('it is the folder you are in or one above it; name one inside');
  }
  if (existsSync(path) && !lstatSync(real).isDirectory()) throw refused('it is a file');
  return real;
}

/** Whether `inner` is that folder or lies in it. */
function holds(folder: string, inner: string): boolean {
  return inner === folder || inner.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

function refused(why: string): RecobroError {
  const message = 'this folder cannot be the demo’s';
  return new RecobroError('invalid_option', message, {
    problems: [{ path: 'folder', code: 'invalid_option', message: why }],
  });
}

function readMarker(marker: string): Progress {
  const found: unknown = JSON.parse(readFileSync(marker, 'utf8'));
  const fields = new Map(typeof found === 'object' && found !== null ? Object.entries(found) : []);
  if (fields.get('demo') !== 'recobro' || fields.get('format') !== 1)
    throw refused(`its ${names.marker} is not one that this version of the demo wrote`);
  return {
    done: Number(fields.get('done')),
    tries: Number(fields.get('tries')),
    running: fields.get('running') === true,
    finished: fields.get('finished') === true,
  };
}

function writeMarker(marker: string, progress: Progress): void {
  replaceFile(marker, `${JSON.stringify({ demo: 'recobro', format: 1, version, ...progress })}\n`);
}

/** Whole or not at all, also when the process is killed in between. */
function replaceFile(file: string, text: string): void {
  const draft = `${file}.new`;
  writeFileSync(draft, text);
  renameSync(draft, file);
}

function clear(path: string, marker: string): void {
  // Asked again right here, whatever was checked before: nothing is taken away without the marker.
  readMarker(marker);
  for (const name of [...files, names.marker]) {
    for (const file of [join(path, name), join(path, `${name}.new`)])
      if (file !== marker && isFile(file)) unlinkSync(file);
  }
  clearMails(join(path, names.mails));
  clearData(path, join(path, names.data));
  writeMarker(marker, beginning);
}

function clearMails(mails: string): void {
  if (!isFolder(mails)) return;
  for (const name of readdirSync(mails)) if (mailName.test(name)) unlinkSync(join(mails, name));
  // What somebody else put there stays, and then the folder does too.
  if (readdirSync(mails).length === 0) rmdirSync(mails);
}

/** The database is a tree of its own; it goes as a whole, if it is one that PGlite and its lock made. */
function clearData(path: string, data: string): void {
  if (dirname(data) !== path || !isFolder(data)) return;
  if (!isFolder(join(data, lockFolderName)))
    throw refused(`${names.data} in it is not a database that recobro made`);
  rmSync(data, { recursive: true });
}

function isFile(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

/** A link to a folder is none: what it leads to is not ours. */
function isFolder(folder: string): boolean {
  return lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
}
