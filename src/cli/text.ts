import { formatAmount } from '../money/index.js';

/** `1,421` */
export function count(value: number): string {
  return grouped(String(value));
}

/** `1 row`, `2,466 rows` */
export function plural(value: number, one: string): string {
  return `${count(value)} ${one}${value === 1 ? '' : 's'}`;
}

/** `147,703.18 USD` of minor units. */
export function amount(minor: number, currency: string): string {
  return `${grouped(formatAmount(minor, currency))} ${currency}`;
}

/** `2026-03-03 16:00:00Z` */
export function instantText(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}

/** A decimal text with its thousands apart. */
export function grouped(decimal: string): string {
  const [whole = '', ...rest] = decimal.split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...rest].join('.');
}

/** Rows in columns two spaces apart; those of `right` end at the same place. Without heads there is no first line. */
export function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[],
): string[] {
  const all = heads.length === 0 ? rows : [heads, ...rows];
  const widths: number[] = [];
  for (const row of all) {
    row.forEach((cell, at) => {
      widths[at] = Math.max(widths[at] ?? 0, cell.length);
    });
  }
  return all.map((row) =>
    row
      .map((cell, at) => (right.includes(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
