import type { ActInsert, ActMove, Change, Json } from '../store.js';

/** A change on its way: it stands until something speaks against it. */
export interface Pending {
  readonly change: Change;
  readonly inserts: readonly ActInsert[];
  readonly moves: readonly ActMove[];
  conflict?: 'version' | 'act' | 'key';
}

/** A key in the table of keys. */
export interface HeldKey {
  readonly tenant: string;
  readonly key: string;
  readonly act: string;
}

export const lost = ({ conflict }: Pending): boolean => conflict !== undefined;

export function standing(batch: readonly Pending[]): readonly Pending[] {
  return batch.filter((one) => !lost(one));
}

export function heldKey({ change }: Pending, key: string, act: string): HeldKey {
  return { tenant: change.tenant, key, act };
}

export function accountsOf(batch: readonly Pending[]): readonly (readonly string[])[] {
  return [batch.map(({ change }) => change.tenant), batch.map(({ change }) => change.account)];
}

export function accountKey({ change }: Pending): string {
  return pair(change.tenant, change.account);
}

/** One text for two ids: U+0000 stands in no id. */
export function pair(a: string, b: string): string {
  return `${a}\0${b}`;
}

export function write(value: Json): string {
  return JSON.stringify(value);
}

/**
 * A column of JSON as one text, a value to a line, for {@link lines}: none holds a line break, and
 * as elements of an array they would have to be quoted once more, on both sides. `undefined` is NULL.
 */
export function writeLines(values: readonly (Json | undefined)[]): string {
  return values.map((value) => (value === undefined ? '' : JSON.stringify(value))).join('\n');
}

/** The array of texts behind a parameter that {@link writeLines} made. */
export function lines(parameter: number): string {
  return `string_to_array($${parameter}::text, chr(10), '')`;
}
