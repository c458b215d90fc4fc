import { type Problem, RecobroError } from '../../errors.js';
import { hint } from '../../schema/nearest.js';
import { fieldAliases, fieldNames } from './fields.js';
import type { LedgerField, LedgerMapping, ReadLedgerOptions } from './types.js';

/**
 * A mapping as written on a command line: `due=DueDate,number=invoiceNumber`.
 * A header that holds a comma or an equals sign stands in quotes:
 * `amount="Importe, neto"`. An empty column takes the field out of use.
 *
 * @throws RecobroError `invalid_option` with every problem
 */
export function parseLedgerMapping(text: string): LedgerMapping {
  const pairs: [string, unknown][] = [];
  const problems: Problem[] = [];
  for (const part of split(text)) {
    if (part.trim() === '') continue;
    const at = part.indexOf('=');
    if (at < 0) {
      const message = `${JSON.stringify(part.trim().slice(0, 60))} is no field=column, such as due=DueDate`;
      problems.push({ path: 'map', code: 'invalid_format', message });
    } else pairs.push([part.slice(0, at).trim(), unquoted(part.slice(at + 1).trim())]);
  }
  const mapping = checked(pairs, 'map', problems);
  if (problems.length > 0) throw refused('the mapping', problems);
  return mapping;
}

/** What a mapping file may say: the columns, and how to read them. */
export type LedgerMappingFile = Pick<
  ReadLedgerOptions,
  'mapping' | 'dateFormat' | 'decimal' | 'delimiter' | 'currency' | 'zone' | 'terms' | 'attributes'
>;

const settings = {
  dateFormat: (value) => typeof value === 'string',
  decimal: (value) => value === '.' || value === ',',
  delimiter: (value) => typeof value === 'string',
  currency: (value) => typeof value === 'string',
  zone: (value) => typeof value === 'string',
  terms: (value) => typeof value === 'number',
  attributes: (value) => typeof value === 'boolean',
} as const satisfies Record<Exclude<keyof LedgerMappingFile, 'mapping'>, (value: unknown) => boolean>;

/**
 * The content of a mapping file (JSON): either columns by field,
 * `{ "due": "DueDate" }`, or those under `columns` with options of
 * {@link ReadLedgerOptions} beside them:
 * `{ "columns": { "due": "DueDate" }, "dateFormat": "m/d/y", "currency": "USD" }`.
 *
 * @throws RecobroError `invalid_file` with every problem and its path
 */
export function readLedgerMappingFile(text: string): LedgerMappingFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RecobroError('invalid_file', 'the mapping file is not JSON', { cause: error });
  }
  const problems: Problem[] = [];
  if (!isRecord(value)) {
    problems.push({ path: '', code: 'invalid_type', message: 'must be an object of columns by field' });
    throw refused('the mapping file', problems, 'invalid_file');
  }
  const found: Record<string, unknown> = {};
  if (Object.hasOwn(value, 'columns')) {
    const { columns, ...rest } = value;
    if (isRecord(columns)) found.mapping = checked(Object.entries(columns), 'columns', problems);
    else problems.push({ path: 'columns', code: 'invalid_type', message: 'must be an object' });
    for (const [key, one] of Object.entries(rest)) {
      const fits = Object.hasOwn(settings, key) ? settings[key as keyof typeof settings] : undefined;
      if (fits === undefined) {
        const message = `unknown key ${JSON.stringify(key.slice(0, 60))}${hint(key, ['columns', ...Object.keys(settings)])}`;
        problems.push({ path: key, code: 'unknown_key', message });
      } else if (!fits(one)) {
        problems.push({ path: key, code: 'invalid_value', message: 'is not of the right kind' });
      } else found[key] = one;
    }
  } else found.mapping = checked(Object.entries(value), '', problems);
  if (problems.length > 0) throw refused('the mapping file', problems, 'invalid_file');
  return found;
}

function checked(
  pairs: readonly (readonly [string, unknown])[],
  at: string,
  problems: Problem[],
): LedgerMapping {
  const mapping: Partial<Record<LedgerField, string>> = {};
  for (const [key, column] of pairs) {
    const path = at === '' ? key : `${at}.${key}`;
    const field = fieldOf(key);
    if (field === undefined) {
      const message = `there is no field ${JSON.stringify(key.slice(0, 60))}${hint(key, fieldNames)}; fields: ${fieldNames.join(', ')}`;
      problems.push({ path, code: 'unknown_key', message });
    } else if (typeof column !== 'string') {
      problems.push({ path, code: 'invalid_type', message: 'must be the header of a column' });
    } else if (mapping[field] !== undefined) {
      problems.push({ path, code: 'duplicate_entry', message: `the field ${field} is mapped twice` });
    } else mapping[field] = column;
  }
  return mapping;
}

function fieldOf(key: string): LedgerField | undefined {
  const plain = key.toLowerCase().replace(/[^a-z]/g, '');
  return fieldNames.find((name) => name === plain) ?? fieldAliases[plain];
}

function split(text: string): string[] {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  for (const char of text) {
    if (char === '"') quoted = !quoted;
    if (char === ',' && !quoted) {
      parts.push(part);
      part = '';
    } else part += char;
  }
  return [...parts, part];
}

function unquoted(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refused(
  subject: string,
  problems: readonly Problem[],
  code: 'invalid_option' | 'invalid_file' = 'invalid_option',
): RecobroError {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return new RecobroError(code, `${subject}: ${count}`, { problems });
}
