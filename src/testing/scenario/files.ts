import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { readNotation } from '../../notation/index.js';
import { impossible } from './plain.js';
import type { ScenarioOptions } from './run.js';

/** Reads the value of a file that a scenario refers to. */
export type Reader = (path: string, at: string) => Promise<unknown>;

const mostBytes = 4_000_000;

/** Reads files below a folder, and no others: neither by path nor by link. */
export function readerOf({ file, folder, root }: ScenarioOptions): Reader {
  const base = folder ?? (file === undefined ? undefined : dirname(file));
  return async (path, at) => {
    if (base === undefined)
      throw impossible(at, 'a reference to a file needs a folder; hand over `folder` or `file`');
    if (isAbsolute(path)) throw impossible(at, `${JSON.stringify(path)} is not relative to the scenario`);
    const top = await realpath(resolve(root ?? base));
    const real = await realOf(resolve(base, path), path, at);
    const inside = relative(top, real);
    if (inside.startsWith(`..${sep}`) || inside === '..' || isAbsolute(inside))
      throw impossible(at, `${JSON.stringify(path)} leads out of the folder that scenarios may read`);
    return readNotation(
      await textOf(real, path, at),
      path,
      path.toLowerCase().endsWith('.json') ? 'json' : 'yaml',
    ).value;
  };
}

async function realOf(path: string, told: string, at: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    throw impossible(at, `there is no file ${JSON.stringify(told)}`);
  }
}

/** @throws RecobroError `invalid_input` for what is no file of text, or too large */
export async function textOf(path: string, told: string, at: string): Promise<string> {
  const found = await stat(path);
  if (!found.isFile()) throw impossible(at, `${JSON.stringify(told)} is no file`);
  if (found.size > mostBytes)
    throw impossible(at, `${JSON.stringify(told)} holds more than ${mostBytes} bytes`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch {
    throw impossible(at, `${JSON.stringify(told)} is not UTF-8 text`);
  }
}
