import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { readDocuments } from '../../src/editing/index.js';
import { readLedger } from '../../src/insight/index.js';
import { readNotation } from '../../src/notation/index.js';
import { presets } from '../../src/policy/presets/index.js';
import { parseDocuments, parseFacts, parseScenarios } from '../../src/schema/index.js';
import { account, invoice, payment, documents as small } from '../support/world.js';
import { anyText, bytesOf, canary, mutated, soup, textsLike } from './inputs.js';
import { isData, mayRefuse, type Parser, parser } from './parser.js';

const person = `${canary} Robles`;
const facts = {
  accounts: [
    { ...account, contacts: [{ ...account.contacts[0], name: person, email: `${canary}@robles.example` }] },
  ],
  invoices: [invoice('F-1', '02-03'), invoice('F-2', '03-04', '12.50')],
  payments: [payment('P-1', 'F-1', '02-05')],
  promises: [
    { id: 'R-1', account: 'robles', by: '2026-03-01', amount: { amount: '10.00', currency: 'COP' } },
  ],
  holds: [{ id: 'H-1', account: 'robles', from: '2026-02-01', until: '2026-02-10' }],
};
const balanced = presets.balanced({ zone: 'America/Mexico_City', language: 'es' });

function ledger(): Parser {
  // Texts of people stand only where they belong; what is written in their place is anything else.
  const near = textsLike([{ ...facts, accounts: [account] }]).filter((text) => !text.includes(canary));
  return parser('schema: facts', 30_000, mutated([facts], near), (value) =>
    mayRefuse(() => parseFacts(value, { now: Date.UTC(2026, 2, 3), zone: 'America/Bogota' }), canary),
  );
}

function documents(): Parser {
  const examples: readonly unknown[] = [small, balanced];
  return parser('schema: documents', 3_000, mutated(examples, textsLike([small])), (value) =>
    mayRefuse(() => parseDocuments(value)),
  );
}

function notation(): Parser {
  const texts = fc
    .tuple(
      mutated([small, facts], textsLike([small])),
      fc.boolean(),
      fc.option(
        fc.record({
          at: fc.nat(),
          text: fc.oneof(anyText, fc.constantFrom('&a', '*a', '<<:', '- ', '!!js', '{', '"', '\t')),
        }),
      ),
    )
    .map(([value, isYaml, spoil]) => {
      const text = isYaml ? stringify(value) : (JSON.stringify(value, null, 1) ?? '');
      if (spoil === null) return text;
      const at = spoil.at % (text.length + 1);
      return text.slice(0, at) + spoil.text + text.slice(at);
    });
  return parser('notation: YAML and JSON', 4_000, texts, (text) => {
    for (const as of ['json', 'yaml'] as const) mayRefuse(() => readNotation(text, 'policy', as));
    mayRefuse(() => readDocuments(text));
  });
}

/** Files of invoices as spreadsheets write them, and as nobody does. */
function spreadsheets(): Parser {
  const header = fc.constantFrom(
    'customerID,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate',
    'Cliente;Factura;Fecha;Vencimiento;Importe;Saldo;Moneda',
    'sep=;',
    '',
  );
  const cells = soup([
    ...[
      'F-1',
      '0379-NEVHP',
      '1/2/2013',
      '13/2/2013',
      '2026-02-30',
      '45000',
      '1.234,56',
      '1,234.56',
      '(12.50)',
    ],
    ...[
      '"',
      '""',
      ',',
      ';',
      '\t',
      'MXN',
      'Yes',
      'no',
      'sí',
      '=1+1',
      '\ufeff',
      '-',
      '€ 5',
      '1e9',
      '+52 55 1234 5678',
    ],
  ]);
  const texts = fc
    .tuple(
      header,
      fc.array(fc.array(cells, { maxLength: 8 }), { maxLength: 6 }),
      fc.constantFrom(',', ';', '\t'),
    )
    .map(([first, rows, separator]) => [first, ...rows.map((row) => row.join(separator))].join('\n'));
  return parser('ledgers: CSV', 10_000, bytesOf(texts), (bytes) => {
    for (const keepGoing of [false, true])
      mayRefuse(() => {
        if (!isData(readLedger(bytes, { currency: 'MXN', keepGoing }).ledger))
          throw new Error('reads no data');
      });
  });
}

function scenarios(): Parser {
  const examples = ['holds', 'people', 'money'].map((name) => {
    const file = new URL(`../../examples/scenarios/${name}.yaml`, import.meta.url);
    return parse(readFileSync(file, 'utf8'));
  });
  return parser('schema: scenarios', 3_000, mutated(examples, textsLike(examples)), (value) =>
    mayRefuse(() => parseScenarios(value)),
  );
}

export const written: readonly (() => Parser)[] = [ledger, documents, notation, spreadsheets, scenarios];
