import type { AccountFile } from '../../ledger/file.js';

/**
 * Whether a new promise would put off one that runs. Who promises a later day before the promised one would
 * otherwise never be reminded: a person has to agree to that.
 */
export function outlasts(
  file: AccountFile,
  invoices: readonly string[],
  date: string,
  today: string,
): boolean {
  return [...file.promises.values()].some((one) => {
    if (one.state !== 'active' || one.date === undefined || one.date < today || one.date >= date)
      return false;
    const own = [...(one.invoices ?? []), ...(one.invoice === undefined ? [] : [one.invoice])];
    return own.length === 0 || invoices.length === 0 || own.some((id) => invoices.includes(id));
  });
}
