import { RecobroError } from '../../errors.js';
import type { DetectedLedger } from './types.js';

/** Text of a file, and how it was encoded. */
export interface Decoded {
  readonly text: string;
  readonly encoding: DetectedLedger['encoding'];
}

/**
 * The text of a file. UTF-8, UTF-16 with its mark, and, for bytes that are
 * neither, windows-1252, which is what spreadsheets of western locales write
 * when they are not told otherwise.
 */
export function decode(source: string | Uint8Array, mostBytes: number): Decoded {
  const size = typeof source === 'string' ? source.length : source.byteLength;
  if (size > mostBytes) {
    const limit = `${Math.round(mostBytes / 1_000_000)} MB`;
    throw new RecobroError('invalid_file', `the file is larger than ${limit}; split it by account`, {
      problems: [{ path: '', code: 'too_large', message: `at most ${limit} are read at once` }],
    });
  }
  if (typeof source === 'string') return { text: withoutMark(source), encoding: 'text' };
  const utf16 = utf16Label(source);
  if (utf16 !== undefined) return { text: new TextDecoder(utf16).decode(source), encoding: 'utf-16' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(source), encoding: 'utf-8' };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { text: new TextDecoder('windows-1252').decode(source), encoding: 'windows-1252' };
  }
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function utf16Label(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}
