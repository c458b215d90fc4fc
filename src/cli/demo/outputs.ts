import { formatAmount, toMinor } from '../../money/index.js';
import { invoices, paidOn } from './ledger/index.js';

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
      return [
        customer.id,
        customer.name,
        input.id,
        input.issued,
        input.due ?? input.instalments?.at(-1)?.due ?? '',
        formatAmount(toMinor(input.total).minor, currency),
        currency,
        paidOn(input.id) ?? '',
        customer.email ?? '',
      ];
    });
  return `${[heads, ...rows].map((row) => row.map(quoted).join(',')).join('\n')}\n`;
}

function quoted(field: string): string {
  return /[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
