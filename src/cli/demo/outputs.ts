import { formatAmount, parseAmount } from '../../money/index.js';
import { invoices, payments } from './ledger/index.js';

const heads = [
  'Cliente',
  'Nombre',
  'Factura',
  'Fecha de emisión',
  'Vencimiento',
  'Importe',
  'Moneda',
  'Fecha de pago',
  'Correo',
];

/** The invoices with the day on which each was paid in full, as a company would export them. */
export function ledgerCsv(): string {
  const rows = invoices
    .filter(({ input }) => input.status !== 'draft')
    .map(({ customer, input }) => {
      const { currency } = input.total;
      const total = minorOf(input.total);
      return [
        customer.id,
        customer.name,
        input.id,
        input.issued,
        input.due ?? input.instalments?.at(-1)?.due ?? '',
        formatAmount(total, currency),
        currency,
        paidOn(input.id, total, currency) ?? '',
        customer.email ?? '',
      ];
    });
  return `${[heads, ...rows].map((row) => row.map(quoted).join(',')).join('\n')}\n`;
}

function paidOn(invoice: string, total: number, currency: string): string | undefined {
  let open = total;
  for (const { input } of payments) {
    for (const part of input.allocations ?? []) {
      if (part.invoice === invoice) open -= minorIn(part.amount, currency);
    }
    if (open <= 0) return input.date;
  }
  return undefined;
}

function minorOf(money: (typeof invoices)[number]['input']['total']): number {
  return 'minor' in money ? money.minor : minorIn(money.amount, money.currency);
}

function minorIn(amount: string | { readonly minor: number }, currency: string): number {
  return typeof amount === 'string' ? parseAmount(amount, currency) : amount.minor;
}

function quoted(field: string): string {
  return /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
