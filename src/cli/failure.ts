import { type ErrorCode, isRecobroError, type Problem, type RecobroError } from '../errors.js';
import { exit } from './exit.js';
import { UsageError } from './options.js';

/** An error as the program tells it. */
export interface Failure {
  /** For people, without a line break at the end. */
  readonly text: string;
  /** For machines. */
  readonly json: {
    readonly error: {
      readonly code: string;
      readonly message: string;
      readonly problems: readonly Problem[];
    };
  };
  readonly exit: number;
}

/** A file that cannot be read or written; says which and what to do. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

/** Answers to errors that a person can do something about. */
const advice: Readonly<Partial<Record<ErrorCode, string>>> = {
  store_not_migrated: 'run recobro migrate first',
  store_in_use: 'stop the other process, or wait until it ends',
};

const usageCodes: ReadonlySet<ErrorCode> = new Set(['invalid_option', 'unknown_zone', 'unknown_currency']);
const failedCodes: ReadonlySet<ErrorCode> = new Set([
  'store_in_use',
  'store_not_migrated',
  'store_failed',
  'store_conflict',
  'queue_failed',
  'ledger_failed',
  'ledger_timeout',
  'closed',
  'impossible_state',
]);

/** Options of recobro's functions by the name they have on the command line. */
const flagByPath: Readonly<Record<string, string>> = { dateFormat: 'date-format' };

/** Makes an error readable. The stack is told only when asked for. */
export function failureOf(
  error: unknown,
  options: { readonly debug: boolean; readonly command: string },
): Failure {
  const told = describe(error, options.command);
  if (!options.debug || !(error instanceof Error)) return told;
  return { ...told, text: `${told.text}\n\n${stackOf(error)}` };
}

function describe(error: unknown, command: string): Failure {
  if (error instanceof UsageError) {
    const help = `recobro ${command}${command === '' ? '' : ' '}--help tells what there is`;
    return failure('usage', `${error.message}\n${help}`, [], exit.usage, error.message);
  }
  if (isRecobroError(error)) return ofRecobro(error);
  if (error instanceof FileError) return failure('invalid_file', error.message, [], exit.input);
  const message = error instanceof Error ? error.message : String(error);
  return failure(
    'unexpected',
    `${message}\nThis was not foreseen; --debug shows where it happened.`,
    [],
    exit.failed,
    message,
  );
}

function ofRecobro(error: RecobroError): Failure {
  const [title = ''] = error.message.split('\n');
  const lines = error.problems.map((problem) => `  ${placed(problem)}`);
  const cause = error.code === 'store_failed' ? causeOf(error.cause) : undefined;
  const hint = advice[error.code];
  const text = [
    title,
    ...lines,
    ...(cause === undefined ? [] : [`  ${cause}`]),
    ...(hint === undefined ? [] : [hint]),
  ];
  const code = usageCodes.has(error.code)
    ? exit.usage
    : failedCodes.has(error.code)
      ? exit.failed
      : exit.input;
  return failure(error.code, text.join('\n'), error.problems, code, title);
}

/** A problem behind its place: row and column, or the path into the document. */
export function placed(problem: Problem): string {
  const row = 'row' in problem && typeof problem.row === 'number' ? problem.row : undefined;
  const column = 'column' in problem && typeof problem.column === 'string' ? problem.column : undefined;
  if (row !== undefined) return `row ${row}${column === undefined ? '' : `, ${column}`}: ${problem.message}`;
  if (column !== undefined) return `column ${column}: ${problem.message}`;
  const line = 'line' in problem && typeof problem.line === 'number' ? problem.line : undefined;
  if (line !== undefined)
    return `line ${line}${problem.path === '' ? '' : `, ${problem.path}`}: ${problem.message}`;
  const path = flagByPath[problem.path] ?? problem.path;
  return path === '' ? problem.message : `${path}: ${problem.message}`;
}

/** What a database driver says, without what might hold an address or a password: its code. */
function causeOf(cause: unknown): string | undefined {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : undefined;
  const known: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'nobody listens at that address; is the server running?',
    ENOTFOUND: 'there is no such host',
    ETIMEDOUT: 'the server does not answer',
    '28P01': 'user name or password are wrong',
    '28000': 'the server does not let this user in',
    '3D000': 'there is no such database',
    '42501': 'the user lacks the right to do this',
  };
  if (code === undefined) return undefined;
  return Object.hasOwn(known, code) ? `${known[code]} (${code})` : `the driver says ${code}`;
}

function failure(
  code: string,
  text: string,
  problems: readonly Problem[],
  status: number,
  message: string = text,
): Failure {
  return { text, json: { error: { code, message, problems } }, exit: status };
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${stackOf(error.cause)}` : '';
  return `${error.stack ?? error.message}${cause}`;
}
