import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MessageItem, renderMessage } from '../../src/messages/index.js';
import { formatAmount, parseAmount, sumByCurrency } from '../../src/money/index.js';
import { catalogue, facts, item } from './samples.js';

/** What a statement lists: number, due date, days overdue, what is open, what is asked for. */
const body = `| Factura | Vence | Atraso | Saldo | A pagar |
{{#items}}
| {{number}} | {{due}} | {{days}} | {{balance}} | **{{amount}}** |
{{/items}}
| Total | | | **{{balance.amount}}** | **{{amount}}** |`;
const compiled = catalogue({ email: { subject: 'Estado de cuenta', body } }, 'items', 'en');

interface Row {
  readonly number: string;
  readonly balance: readonly string[];
  readonly amount: readonly string[];
}

/** The rows of the plain text, and the same of the HTML: number, what is open, what is asked for. */
function statement(items: readonly MessageItem[]): { text: Row[]; html: Row[] } {
  const { content } = renderMessage(compiled, {
    message: 'm',
    channel: 'email',
    languages: ['en-US'],
    facts: facts({ items }),
  });
  if (content.kind !== 'email') return expect.unreachable();
  const row = (cells: readonly string[]): Row => ({
    number: cells[0] ?? '',
    balance: moneyIn(cells.at(-2)),
    amount: moneyIn(cells.at(-1)),
  });
  const [, rows = ''] = /<table class="rule"[^>]*>(.*?)<\/table>/s.exec(content.html) ?? [];
  const html = [...rows.matchAll(/<tr>(<t[dh][^>]*>.*?)<\/tr>/g)].map(([, cells = '']) =>
    row(
      [...cells.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/g)].map(([, cell = '']) => cell.replace(/<[^>]+>/g, '')),
    ),
  );
  // Columns stand at least two spaces apart; the first of a second total row is empty.
  const text = content.text
    .trimEnd()
    .split('\n')
    .map((line) => row(line.replace(/^ +/, 'none  ').split(/ {2,}/)));
  return { text: text.toSpliced(1, 1), html };
}

const signs: Readonly<Record<string, string>> = { $: 'USD', '€': 'EUR', MX$: 'MXN', KWD: 'KWD', '¥': 'JPY' };

/** `MX$1,250.00 and €3.00` as amounts with their currency. */
function moneyIn(cell = ''): string[] {
  return [...cell.matchAll(/(MX\$|KWD ?|[$€¥])([\d,]+(?:\.\d+)?)/g)].map(
    ([, sign = '', digits = '']) => `${signs[sign.trim()]} ${digits.replaceAll(',', '')}`,
  );
}

function sums(items: readonly MessageItem[], key: 'outstanding' | 'dunnable'): string[] {
  return sumByCurrency(items.map((one) => ({ minor: one[key], currency: one.currency }))).map(
    ({ minor, currency }) => `${currency} ${formatAmount(minor, currency)}`,
  );
}

function added(rows: readonly Row[], key: 'balance' | 'amount'): string[] {
  const monies = rows
    .flatMap((row) => row[key])
    .map((money) => money.split(' '))
    .map(([currency = '', digits = '']) => ({ minor: parseAmount(digits, currency), currency }));
  return sumByCurrency(monies).map(({ minor, currency }) => `${currency} ${formatAmount(minor, currency)}`);
}

function byDue(a: MessageItem, b: MessageItem): number {
  return (a.due ?? '') < (b.due ?? '') ? -1 : a.due === b.due ? 0 : 1;
}

const anyItem = fc
  .record({
    currency: fc.constantFrom('USD', 'EUR', 'MXN', 'KWD', 'JPY'),
    outstanding: fc.integer({ min: 1, max: 1e11 }),
    disputed: fc.double({ min: 0, max: 1, noNaN: true }),
    paid: fc.integer({ min: 0, max: 1e9 }),
    due: fc.constantFrom('2026-01-31', '2026-02-28', '2026-03-15'),
    daysPastDue: fc.integer({ min: -30, max: 400 }),
  })
  .map(({ disputed, paid, ...one }) =>
    item({
      ...one,
      original: one.outstanding + paid,
      dunnable: Math.round(one.outstanding * (1 - disputed)),
    }),
  );

describe('a statement', () => {
  it('adds up to its totals, and these to the items, in every currency, however many are shown', () => {
    fc.assert(
      fc.property(fc.array(anyItem, { minLength: 2, maxLength: 120 }), (given) => {
        const items = given.map((one, index) => ({ ...one, number: `F-${index + 1}` }));
        const { text, html } = statement(items);
        expect(text.map(({ balance, amount }) => [balance, amount])).toEqual(
          html.map(({ balance, amount }) => [balance, amount]),
        );
        const currencies = new Set(items.map((one) => one.currency)).size;
        const rows = html.slice(1, -currencies);
        const totals = html.slice(-currencies);
        const hidden = new Set(
          items
            .toSorted(byDue)
            .slice(50)
            .map((one) => one.currency),
        ).size;
        expect(rows).toHaveLength(Math.min(items.length, 50) + hidden);
        for (const [shown, key] of [
          ['balance', 'outstanding'],
          ['amount', 'dunnable'],
        ] as const) {
          expect(totals.flatMap((row) => row[shown])).toEqual(sums(items, key));
          expect(added(rows, shown)).toEqual(sums(items, key));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('says how many more there are where it does not show all, the oldest first', () => {
    const items = Array.from({ length: 53 }, (_, index) =>
      item({
        number: `F-${index}`,
        currency: index === 50 ? 'EUR' : 'USD',
        due: `2026-0${1 + (index % 3)}-01`,
      }),
    );
    const { html } = statement(items);
    expect(html.slice(1, 3).map(({ number }) => number)).toEqual(['F-0', 'F-3']);
    expect(html.slice(-4, -2)).toEqual([
      { number: '3 more', balance: ['EUR 1250.00'], amount: ['EUR 1250.00'] },
      { number: '', balance: ['USD 2500.00'], amount: ['USD 2500.00'] },
    ]);
    expect(html.slice(-2).map(({ number }) => number)).toEqual(['Total', '']);
  });

  it('says so in lists as well', () => {
    const list = catalogue({
      email: { subject: 'x', body: '- {{ask}}\n{{#items}}\n- {{number}}\n{{/items}}' },
    });
    const items = Array.from({ length: 52 }, (_, index) => item({ number: `F-${index}` }));
    const { content } = renderMessage(list, {
      message: 'm',
      channel: 'email',
      languages: ['es'],
      facts: facts({ items }),
    });
    if (content.kind !== 'email') return expect.unreachable();
    expect(content.text.trimEnd().split('\n').slice(-2)).toEqual(['- F-49', '- 2 más']);
    expect(content.html).toContain('<li>F-49</li>\n<li>2 más</li>');
    expect(content.text.trimEnd().split('\n')).toHaveLength(52);
  });

  it('lists an item of which all is disputed, and asks for nothing of it', () => {
    const items = [item({ currency: 'USD' }), item({ number: 'D', currency: 'EUR', dunnable: 0 })];
    const { html } = statement(items);
    expect(html.slice(-2)).toMatchObject([
      { balance: ['EUR 1250.00'], amount: ['EUR 0.00'] },
      { balance: ['USD 1250.00'], amount: ['USD 1250.00'] },
    ]);
  });

  it('refuses to leave out a row whose facts have a hole, also one that is not shown', () => {
    const items = Array.from({ length: 60 }, (_, index) =>
      item({ number: index === 58 ? ' ' : `F-${index}` }),
    );
    expect(() => statement(items)).toThrowError(expect.objectContaining({ code: 'empty_variable' }));
  });
});
