import type { LedgerFacts } from 'recobro';

/** Records of an account: itself, seven invoices, a payment, and a credit note or refund. */
export const recordsEach = 10;
const invoicesEach = 7;
/** Accounts whose records come together, as an export hands them over. */
const together = 100;

type Piece = { -readonly [K in keyof LedgerFacts]: LedgerFacts[K] };

/** The portfolio with all of an account together, a thousand records at a time. */
export function* byAccount(accounts: number): Generator<LedgerFacts> {
  for (let from = 0; from < accounts; from += together) {
    const piece: Piece = { accounts: [], invoices: [], payments: [], credits: [], refunds: [] };
    for (let n = from; n < Math.min(accounts, from + together); n++) {
      const one = recordsOf(n);
      for (const kind of kinds) piece[kind] = [...(piece[kind] ?? []), ...(one[kind] ?? [])] as never;
    }
    yield piece;
  }
}

/** The same records table by table, payments first and accounts last. */
export function* byKind(accounts: number): Generator<LedgerFacts> {
  for (const kind of ['payments', 'credits', 'refunds', 'invoices', 'accounts'] as const)
    for (const piece of byAccount(accounts)) yield { [kind]: piece[kind] };
}

const kinds = ['accounts', 'invoices', 'payments', 'credits', 'refunds'] as const;

function recordsOf(n: number): LedgerFacts {
  const account = `A${String(n).padStart(7, '0')}`;
  const currency = n % 5 === 0 ? 'USD' : 'MXN';
  const money = (minor: number) => ({ minor, currency });
  return {
    accounts: [
      {
        id: account,
        name: `Comercial ${n} SA de CV`,
        language: 'es',
        version: 1,
        contacts: [
          {
            name: `Contacto ${n}`,
            email: `pagos@cliente-${n}.example`,
            phone: `+52551${String(n).padStart(7, '0')}`,
            consent: { whatsapp: 'granted' },
          },
        ],
      },
    ],
    invoices: Array.from({ length: invoicesEach }, (_, nth) => ({
      id: `${account}-${nth}`,
      account,
      version: 1,
      number: `F-${n}-${nth}`,
      total: money(100_000 + 1_000 * nth + (n % 997)),
      issued: day(n + 9 * nth),
      due: day(n + 9 * nth + 30),
    })),
    payments: [
      {
        id: `${account}-p`,
        account,
        version: 1,
        invoice: `${account}-0`,
        amount: money(25_000),
        date: day(n + 31),
      },
    ],
    ...(n % 2 === 0
      ? {
          credits: [
            {
              id: `${account}-c`,
              account,
              version: 1,
              invoice: `${account}-1`,
              amount: money(5_000),
              date: day(n),
            },
          ],
        }
      : {
          refunds: [
            {
              id: `${account}-r`,
              account,
              version: 1,
              payment: `${account}-p`,
              amount: money(1_000),
              date: day(n + 40),
            },
          ],
        }),
  };
}

const first = Date.UTC(2026, 0, 1);

/** A day of the first half of 2026. */
function day(n: number): string {
  return new Date(first + (n % 120) * 86_400_000).toISOString().slice(0, 10);
}
