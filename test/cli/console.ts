import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { expect } from 'vitest';
import type { Io } from '../../src/cli/io.js';
import { run } from '../../src/cli/run.js';

/** What a call of the program left behind. */
export interface Called {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Calls the program in this process. */
export async function call(...argv: string[]): Promise<Called> {
  const { io, written } = recording();
  const code = await run(argv, io);
  return { code, ...written };
}

/** An `Io` that keeps what is written. */
export function recording(options: { readonly isTty?: boolean; readonly columns?: number } = {}) {
  const written = { out: '', err: '' };
  const io: Io = {
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    isTty: options.isTty ?? false,
    columns: options.columns ?? 100,
    signal: new AbortController().signal,
  };
  return { io, written };
}

/** Runs with a folder of its own, which is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'recobro-cli-'));
  // Only what was made here is removed.
  expect(folder.startsWith(`${tmpdir()}${sep}recobro-cli-`)).toBe(true);
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
