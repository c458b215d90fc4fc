import { formatDay, localDay } from '../calendar/index.js';
import { plainSms } from '../channels/sms/plain.js';
import { segmentsOf } from '../channels/sms/segments.js';
import { systemClock } from '../clock.js';
import { isRecobroError, type RecobroError } from '../errors.js';
import { type Finding, type LintOptions, lint } from '../lint/index.js';
import type { Region } from '../notation/index.js';
import { parseDocuments, parseMessages, parsePlan, parsePolicy } from '../schema/index.js';
import { type DocumentFile, readDocumentFile } from './documents.js';

/** Something to say about a file: a finding of a rule, or what makes it invalid. */
export interface Remark extends Finding {
  readonly file: string;
  readonly line?: number | undefined;
  /** Where in the file, as far as that is known. */
  readonly region?: Region | undefined;
  /** The path with ids in place of numbers, so that it stays when something is put before it. */
  readonly place: string;
}

/** What is to be said of a file, in a stable order. */
export async function remarksOf(path: string, options: LintOptions): Promise<readonly Remark[]> {
  let file: DocumentFile | undefined;
  try {
    file = await readDocumentFile(path);
    const { value, regionOf } = file;
    return findingsOf(file, options).map((one) => {
      const region = regionOf(one.path);
      return { file: path, line: region?.startLine, region, place: placeOf(value, one.path), ...one };
    });
  } catch (error) {
    // What cannot be opened ends the command; what is not valid is what it looks for.
    if (!isRecobroError(error)) throw error;
    return invalid(path, error, file);
  }
}

function findingsOf({ value }: DocumentFile, options: LintOptions): readonly Finding[] {
  const has = (key: string): boolean => typeof value === 'object' && value !== null && key in value;
  if (has('stages')) parsePolicy(value);
  else if (has('messages') && !has('plan') && !has('policies')) parseMessages(value);
  else if (has('zone') && !has('plan') && !has('policies')) parsePlan(value);
  else {
    const documents = parseDocuments(value);
    return lint(documents, {
      ...options,
      today: formatDay(localDay(systemClock.now(), documents.plan.zone)),
      smsSegments: (text) => segmentsOf(plainSms(text)).segments,
    });
  }
  return [];
}

const whyInvalid = 'A document that is not valid is refused as a whole, and nothing of it takes effect.';

function invalid(file: string, error: RecobroError, read: DocumentFile | undefined): readonly Remark[] {
  const base = { file, severity: 'error' as const, explanation: whyInvalid, fix: '' };
  const [message = ''] = error.message.split('\n');
  if (error.problems.length === 0) return [{ ...base, id: error.code, path: '', place: '', message }];
  const remarks = error.problems.map((problem): Remark => {
    const region = read?.regionOf(problem.path);
    const told = 'line' in problem && typeof problem.line === 'number' ? problem.line : undefined;
    return {
      ...base,
      id: problem.code,
      path: problem.path,
      place: placeOf(read?.value, problem.path),
      message: problem.message,
      line: told ?? region?.startLine,
      region,
    };
  });
  return remarks.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

/** `policies[balanced].stages[firm].tone` for `policies[0].stages[3].tone`. */
function placeOf(value: unknown, path: string): string {
  let at: unknown = value;
  return path.replace(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g, (whole, quoted, index, plain) => {
    at = index === undefined ? memberOf(at, String(quoted ?? plain)) : elementOf(at, Number(index));
    const id = index === undefined ? undefined : memberOf(at, 'id');
    return typeof id === 'string' ? `[${id}]` : String(whole);
  });
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined;
}

function elementOf(value: unknown, index: number): unknown {
  return Array.isArray(value) ? value[index] : undefined;
}
