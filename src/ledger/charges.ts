import { byId, byText } from './order.js';
import type { Instalment, Invoice } from './types.js';

/** Booked fees of an invoice or instalment. */
export interface ChargeSums {
  /** Those that are owed. */
  readonly owed: number;
  /** Those that were waived though the total still holds them. */
  readonly waived: number;
}

const none: ChargeSums = { owed: 0, waived: 0 };

/** The booked fees of a whole invoice, or of one instalment of it. */
export function chargesOf(invoice: Invoice, instalment?: Instalment): ChargeSums {
  const { charges } = invoice;
  if (charges === undefined || charges.length === 0) return none;
  const carrier = instalment === undefined ? undefined : lastDue(invoice.instalments)?.id;
  let owed = 0;
  let waived = 0;
  for (const charge of charges) {
    if (instalment !== undefined && (charge.instalment ?? carrier) !== instalment.id) continue;
    if (charge.waived) waived += charge.amount;
    else owed += charge.amount;
  }
  return { owed, waived };
}

function lastDue(instalments: readonly Instalment[]): Instalment | undefined {
  return instalments.toSorted((a, b) => byText(a.due, b.due) || byId(a, b)).at(-1);
}
