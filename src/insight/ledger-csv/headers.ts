import { hint } from '../../schema/nearest.js';
import { fieldNames, fieldSpecs, smallWords, type ValueKind } from './fields.js';
import { knownHeaders } from './known-headers.js';
import type { LedgerField, LedgerMapping, LedgerNote, LedgerProblem } from './types.js';

/** Place of each field's column, from 0. */
export type Columns = Readonly<Partial<Record<LedgerField, number>>>;

/** Columns by field, and what is to be said of them. */
export interface FoundColumns {
  readonly columns: Columns;
  readonly problems: readonly LedgerProblem[];
  readonly notes: readonly LedgerNote[];
}

/** A header in lower case, without accents, punctuation and small words; `DueDate` is `due date`. */
export function plainHeader(header: string): string {
  return header
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !smallWords.has(word))
    .join(' ');
}

/**
 * Which column serves which field: as told, and for the rest by header, the
 * surest first. A header alone does not decide: `fits` says whether the values
 * of a column look like the field.
 */
export function findColumns(
  headers: readonly string[],
  told: LedgerMapping,
  fits: (column: number, kind: ValueKind) => boolean,
): FoundColumns {
  const columns: Partial<Record<LedgerField, number>> = {};
  const problems: LedgerProblem[] = [];
  const notes: LedgerNote[] = [];
  const off = new Set<LedgerField>();
  for (const field of fieldNames) {
    const wanted = told[field];
    if (wanted === undefined) continue;
    if (wanted === '' || wanted === '-') off.add(field);
    else {
      const column = columnNamed(headers, wanted);
      if (typeof column === 'number') columns[field] = column;
      else problems.push({ path: field, code: 'unknown_column', message: column });
    }
  }
  // Told columns may serve two fields (a number that is the id as well); found ones serve one.
  const taken = new Set(Object.values(columns));
  for (const { field, column } of candidates(headers)) {
    if (columns[field] !== undefined || told[field] !== undefined || off.has(field) || taken.has(column))
      continue;
    const kind = fieldSpecs.find((spec) => spec.field === field)?.kind ?? 'text';
    if (fits(column, kind)) {
      columns[field] = column;
      taken.add(column);
    } else {
      const message = `the column ${JSON.stringify(headers[column])} is named like ${field}, but its values do not look like it, so it is not used; say ${field}=${headers[column]} to use it`;
      notes.push({ code: 'column_not_used', message });
    }
  }
  return { columns, problems, notes };
}

function candidates(headers: readonly string[]): { field: LedgerField; column: number }[] {
  return headers
    .flatMap((header, column) =>
      (knownHeaders.get(plainHeader(header)) ?? []).map((meaning) => ({ ...meaning, column })),
    )
    .sort((a, b) => a.rank - b.rank || a.column - b.column);
}

function columnNamed(headers: readonly string[], wanted: string): number | string {
  const exact = headers.flatMap((header, index) => (header.trim() === wanted.trim() ? [index] : []));
  const plain = plainHeader(wanted);
  const alike =
    exact.length > 0
      ? exact
      : headers.flatMap((header, index) => (plain !== '' && plainHeader(header) === plain ? [index] : []));
  if (alike.length === 1) return alike[0] ?? 0;
  const shown = JSON.stringify(wanted.slice(0, 60));
  if (alike.length > 1) {
    const places = alike.map((index) => `#${index + 1}`).join(' and ');
    return `${alike.length} columns are named ${shown}: ${places}; name one by its place`;
  }
  const place = /^#([1-9]\d{0,3})$/.exec(wanted.trim())?.[1];
  if (place !== undefined && Number(place) <= headers.length) return Number(place) - 1;
  return `there is no column ${shown}${hint(wanted, headers)}`;
}
