import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { FileError } from './failure.js';

/** A file of scenarios, and whether it was named itself or found in a folder. */
export interface NamedFile {
  readonly file: string;
  readonly named: boolean;
}

const mostFiles = 10_000;
const kinds = /\.(?:ya?ml|json)$/i;

/**
 * The files that words mean: files, folders with all that is below, and
 * patterns with `*` and `**` that the shell left alone. Sorted, each once.
 *
 * @throws FileError for a word that means nothing
 */
export async function scenarioFiles(words: readonly string[]): Promise<readonly NamedFile[]> {
  const found = new Map<string, NamedFile>();
  for (const word of words) {
    const files = word.includes('*') ? await matching(word) : await below(word);
    if (files.length === 0) throw new FileError(`${word}: there is no file of scenarios`);
    for (const one of files) if (found.get(one.file)?.named !== true) found.set(one.file, one);
    if (found.size > mostFiles) throw new FileError(`more than ${mostFiles} files; name fewer`);
  }
  return [...found.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}

async function below(path: string): Promise<readonly NamedFile[]> {
  const kind = await stat(path).catch(() => undefined);
  if (kind === undefined) throw new FileError(`${path}: there is no such file or folder`);
  if (!kind.isDirectory()) return [{ file: path, named: true }];
  const names = await readdir(path, { recursive: true });
  return names
    .filter((name) => kinds.test(name) && !name.split(sep).includes('node_modules'))
    .map((name) => ({ file: join(path, name), named: false }));
}

async function matching(pattern: string): Promise<readonly NamedFile[]> {
  const parts = pattern.split(/[\\/]/);
  const fixed = parts.slice(
    0,
    parts.findIndex((part) => part.includes('*')),
  );
  const base = fixed.length === 0 ? '.' : fixed.join('/') || '/';
  const rest = parts.slice(fixed.length);
  const files = await below(base);
  return files.filter(({ file }) => fits(rest, relative(base, file).split(sep)));
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  const [name, ...deeper] = path;
  if (first === undefined) return name === undefined;
  if (first === '**') return fits(rest, path) || (name !== undefined && fits(pattern, deeper));
  if (name === undefined) return false;
  const text = first.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${text.join('.*')}$`).test(name) && fits(rest, deeper);
}
