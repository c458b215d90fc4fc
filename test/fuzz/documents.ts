import fc from 'fast-check';
import { stringify } from 'yaml';
import { readDocuments } from '../../src/editing/index.js';
import { readNotation } from '../../src/notation/index.js';
import { presets } from '../../src/policy/presets/index.js';
import { parseDocuments, parseFacts } from '../../src/schema/index.js';
import { account, invoice, payment, documents as small } from '../support/world.js';
import { anyText, canary, mutated, textsLike } from './inputs.js';
import { mayRefuse, type Parser, parser } from './parser.js';

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

export const written: readonly (() => Parser)[] = [ledger, documents, notation];
