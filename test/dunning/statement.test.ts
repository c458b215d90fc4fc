import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerFacts } from '../../src/ledger/facts.js';
import type { Messages } from '../../src/policy/types.js';
import { account, at, documents, invoice, world } from '../support/world.js';

const rows = '{{#items}}\n- {{number}} is {{balance}} to pay {{amount}}\n{{/items}}';
const messages: Messages = {
  ...documents.messages,
  messages: documents.messages.messages.map((one) => ({
    ...one,
    text:
      one.id === 'soft'
        ? {
            en: {
              email: { subject: 'Statement', body: `All is {{balance.amount}} to pay {{amount}}\n\n${rows}` },
            },
          }
        : one.text,
  })),
};
const [ladder] = documents.policies;
const policies = [{ ...ladder!, via: [{ channel: 'email' }], message: { list: 'open' as const } }];

interface Given {
  readonly currency: 'USD' | 'EUR';
  readonly total: number;
  /** Of what the one before left, in percent. */
  readonly paid: number;
  readonly credited: number;
  readonly disputed: number;
  readonly overdue: boolean;
}

const anyInvoice: fc.Arbitrary<Given> = fc.record({
  currency: fc.constantFrom('USD', 'EUR'),
  total: fc.integer({ min: 100, max: 10_000_000 }),
  paid: fc.constantFrom(0, 0, 30, 99, 100),
  credited: fc.constantFrom(0, 0, 25, 100),
  disputed: fc.constantFrom(0, 0, 40, 100),
  overdue: fc.boolean(),
});

/** What is left of each invoice, and what of it may be asked for, by plain reckoning. */
function left({ total, paid, credited, disputed }: Given) {
  const pay = Math.floor((total * paid) / 100);
  const credit = Math.floor(((total - pay) * credited) / 100);
  const open = total - pay - credit;
  const dispute = Math.floor((open * disputed) / 100);
  return { pay, credit, open, dispute, asked: open - dispute };
}

function factsOf(given: readonly Given[]): LedgerFacts {
  const record = (of: (one: ReturnType<typeof left>) => number) =>
    given.flatMap((one, index) => {
      const minor = of(left(one));
      const amount = { amount: (minor / 100).toFixed(2), currency: one.currency };
      return minor === 0 ? [] : [{ id: `R-${index}`, account: 'robles', invoice: `F-${index}`, amount }];
    });
  return {
    accounts: [account],
    invoices: given.map((one, index) => ({
      ...invoice(`F-${index}`, one.overdue ? '02-03' : '03-20'),
      total: { amount: (one.total / 100).toFixed(2), currency: one.currency },
    })),
    payments: record(({ pay }) => pay).map((one) => ({ ...one, date: '2026-02-01' })),
    credits: record(({ credit }) => credit).map((one) => ({ ...one, date: '2026-02-01' })),
    disputes: record(({ dispute }) => dispute).map((one) => ({ ...one, reason: 'price', author: 'ana' })),
  };
}

/** `$1,250.00 and €3.00` in minor units by currency; nothing of a currency counts as none of it. */
function moneyIn(text = ''): Record<string, number> {
  const found = [...text.matchAll(/([$€])([\d,]+)\.(\d\d)/g)].map(([, sign, whole = '', cents = '']) => [
    sign === '$' ? 'USD' : 'EUR',
    Number(whole.replaceAll(',', '') + cents),
  ]);
  return Object.fromEntries(found.filter(([, minor]) => minor !== 0));
}

function sum(given: readonly Given[], of: 'open' | 'asked'): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const one of given) sums[one.currency] = (sums[one.currency] ?? 0) + left(one)[of];
  return Object.fromEntries(Object.entries(sums).filter(([, minor]) => minor !== 0));
}

describe('a statement that goes out', () => {
  it('agrees with the ledger line by line and in its totals, whatever was paid, credited or disputed', async () => {
    let sent = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyInvoice, { minLength: 1, maxLength: 8 }), async (given) => {
        const { dunning, email } = world({ policies, messages });
        await dunning.sync(factsOf(given));
        await dunning.tick({ now: at('02-06') });
        const content = email.sent[0]?.content;
        const due = given.some((one) => one.overdue && left(one).asked > 0);
        expect(content !== undefined).toBe(due);
        if (content?.kind !== 'email') return;
        sent++;
        const [head = '', ...lines] = content.text.trim().split(/\n+/);
        const listed = given.filter((_, index) => lines.some((line) => line.startsWith(`- F-${index} is`)));
        expect(lines).toHaveLength(listed.length);
        for (const one of given) expect(listed.includes(one)).toBe(left(one).asked > 0);
        given.forEach((one, index) => {
          const [, open, asked] =
            lines.find((line) => line.startsWith(`- F-${index} is`))?.split(/ is | to pay /) ?? [];
          if (open === undefined) return;
          expect([moneyIn(open), moneyIn(asked)]).toEqual([sum([one], 'open'), sum([one], 'asked')]);
        });
        const [, open, asked] = head.split(/ is | to pay /);
        expect([moneyIn(open), moneyIn(asked)]).toEqual([sum(listed, 'open'), sum(listed, 'asked')]);
        expect(moneyIn(asked)).toEqual(sum(given, 'asked'));
      }),
      { numRuns: 60 },
    );
    expect(sent).toBeGreaterThan(20);
  });
});
