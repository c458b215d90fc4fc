import { readFile, writeFile } from 'node:fs/promises';
import { FileError } from './failure.js';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be opened by this user',
  ENOTDIR: 'part of its path is no folder',
};

/** @throws FileError naming the file and why it cannot be read */
export async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw fileError('read', file, error);
  }
}

/** @throws FileError naming the file and why it cannot be read */
export async function readText(file: string): Promise<string> {
  const bytes = await readBytes(file);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new FileError(`${file} is not UTF-8 text`, { cause: error });
  }
}

/** @throws FileError naming the file and why it cannot be written */
export async function writeText(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text);
  } catch (error) {
    throw fileError('written', file, error);
  }
}

/** What to tell of a file that could not be `read` or `written`. */
export function fileError(done: string, file: string, error: unknown): FileError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reason = reasons[code] ?? (error instanceof Error ? error.message : String(error));
  return new FileError(`${file} cannot be ${done}: ${reason}`, { cause: error });
}
