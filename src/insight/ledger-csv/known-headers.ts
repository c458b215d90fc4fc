import { fieldSpecs } from './fields.js';
import type { LedgerField } from './types.js';

/** A field that a header may mean, and how sure that is: 0 is surest. */
export interface Meaning {
  readonly field: LedgerField;
  readonly rank: number;
}

/** Every known header with what it may mean. */
export const knownHeaders: ReadonlyMap<string, readonly Meaning[]> = collect();

function collect(): Map<string, Meaning[]> {
  const known = new Map<string, Meaning[]>();
  for (const { field, headers } of fieldSpecs) {
    headers.split(';').forEach((group, groupIndex) => {
      group.split(',').forEach((text, index) => {
        const header = text.trim().replace(/\s+/g, ' ');
        const meanings = known.get(header) ?? [];
        known.set(header, meanings);
        meanings.push({ field, rank: groupIndex * 1000 + index });
      });
    });
  }
  return known;
}
