import type { Case, Cover } from '../../ledger/file.js';
import type { Act } from '../acts.js';
import type { ActFacts } from './act-of.js';

/** Whether people are told the same of a case today already, and have not dealt with it: one alert a day is enough. */
export function isAlerted(
  { file, view }: ActFacts,
  planned: readonly Act[],
  name: string,
  one: Case,
): boolean {
  const isSame = (act: {
    readonly kind: string;
    readonly name?: string | undefined;
    readonly on: string;
    readonly covers: readonly Cover[];
  }): boolean =>
    act.kind === 'alert' &&
    act.name === name &&
    act.on === view.on &&
    act.covers.some((cover) => cover.case === one.id);
  return planned.some(isSame) || [...file.acts.values()].some(isSame);
}
