import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { formatDay, parseDay } from '../../src/calendar/index.js';
import { isRecobroError } from '../../src/errors.js';
import { readLedger } from '../../src/insight/ledger-csv/index.js';
import { bucketOf } from '../../src/insight/run/aging.js';
import { simulate } from '../../src/insight/simulate/index.js';
import type { SimulateInput } from '../../src/insight/simulate/types.js';
import type { LedgerFacts } from '../../src/ledger/facts.js';
import type { Documents, Policy } from '../../src/policy/types.js';
import { parseDocuments } from '../../src/schema/index.js';

const sixStages = parseDocuments(
  JSON.parse(
    readFileSync(fileURLToPath(new URL('../../examples/policies/six-stages.json', import.meta.url)), 'utf8'),
  ),
);
const offsets = [-7, 0, 3, 7, 14, 30];

interface Row {
  readonly account: number;
  readonly number: string;
  readonly issued: number;
  readonly due: number;
  readonly paid: number;
  readonly cents: number;
  readonly disputed: boolean;
}

/** A ledger of the shape of a well-known sample: US dates without zeros, ten-digit numbers, 30 days, all paid. */
function ownLedger(rows: number): Row[] {
  let state = 20_260_301;
  const next = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  return Array.from({ length: rows }, (_, at) => {
    const issued = parseDay('2023-01-02') + next(700);
    const late = next(10) < 6 ? -next(30) : next(46);
    return {
      account: next(40),
      number: String(2_200_000_000 + at * 1_931_117),
      issued,
      due: issued + 30,
      paid: issued + 30 + late,
      cents: 500 + next(12_000),
      disputed: next(4) === 0,
    };
  });
}

function csvOf(rows: readonly Row[]): string {
  const us = (day: number): string => {
    const [year, month, dayOfMonth] = formatDay(day).split('-').map(Number);
    return `${month}/${dayOfMonth}/${year}`;
  };
  const lines = rows.map((row) =>
    [
      `${1000 + row.account}-ABCDE`,
      row.number,
      us(row.issued),
      us(row.due),
      row.cents % 100 === 0 ? row.cents / 100 : (row.cents / 100).toFixed(2),
      row.disputed ? 'Yes' : 'No',
      us(row.paid),
    ].join(','),
  );
  const head = 'customerID,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,Disputed,SettledDate';
  return [head, ...lines, ''].join('\r\n');
}

/** What must come out: an invoice paid late by so many days sees the stages before that day, or up to it. */
function expected(rows: readonly Row[], payments: 'before' | 'after'): number[] {
  return offsets.map((offset) => {
    return rows.filter((row) => {
      const late = row.paid - row.due;
      return payments === 'before' ? offset < late : offset <= late;
    }).length;
  });
}

describe('ages', () => {
  it('fall into buckets; due today is not late', () => {
    const days = [-5, 0, 1, 30, 31, 60, 61, 90, 91, 900];
    expect(days.map(bucketOf)).toEqual([
      ...['current', 'current', 'days30', 'days30', 'days60', 'days60', 'days90', 'days90', 'older', 'older'],
    ]);
  });
});

describe('six stages over a ledger from a file', () => {
  const rows = ownLedger(600);
  const { ledger } = readLedger(csvOf(rows), { currency: 'USD' });
  const run = (more: Partial<SimulateInput>) =>
    simulate({
      documents: sixStages,
      ledger,
      from: '2023-01-01',
      to: '2025-06-30',
      payments: 'before',
      ...more,
    });
  const calm = rows.filter((row) => !row.disputed);

  it.each([
    ['before', 'ignore', rows],
    ['after', 'ignore', rows],
    ['before', 'exclude', calm],
    ['after', 'exclude', calm],
    ['before', 'hold', calm],
    ['after', 'hold', calm],
  ] as const)('payments %s the review, disputes: %s', (payments, disputed, counted) => {
    const result = run({ payments, disputed });
    const reached = result.stages.map((stage) => stage.reached);
    expect(reached).toEqual(expected(counted, payments));
    expect(reached.every((count) => count > 0)).toBe(true);
    const sum = reached.reduce((all, one) => all + one, 0);
    expect(result.totals).toMatchObject({ reached: sum, messages: sum, thanks: 0, tasks: 0, skipped: 0 });
    // Every other way of adding up gives the same.
    expect(result.accounts.reduce((all, one) => all + one.reached, 0)).toBe(sum);
    expect(result.months.reduce((all, one) => all + one.reached, 0)).toBe(sum);
    expect(result.months.flatMap((one) => one.stages).reduce((all, one) => all + one.reached, 0)).toBe(sum);
    expect(result.calendar.reduce((all, one) => all + one.reached, 0)).toBe(sum);
    expect(result.channels).toEqual([{ channel: 'email', messages: sum, thanks: 0, refused: 0 }]);
    const told = result.accounts.flatMap((one) => one.story).filter((line) => line.kind === 'message');
    expect(told).toHaveLength(sum);
  });

  it('comes out the same to the byte, whatever the order of the rows', () => {
    const shuffled = readLedger(csvOf([...rows].reverse()), { currency: 'USD' }).ledger;
    const totals = (from: LedgerFacts) => {
      const { accounts: _, ...rest } = run({ ledger: from });
      return JSON.stringify(rest);
    };
    expect(JSON.stringify(run({}))).toBe(JSON.stringify(run({})));
    expect(totals(shuffled)).toBe(totals(ledger));
  });

  it('ages every balance to the end', () => {
    const result = run({ agingStep: 'day' });
    const [curve] = result.aging;
    expect(result.aging).toHaveLength(1);
    for (const at of [40, 200, 365, 730]) {
      const day = parseDay('2023-01-01') + at;
      const open = rows.filter((row) => row.issued <= day && row.paid > day);
      const sum = (from: number, to: number): number =>
        open
          .filter((row) => day - row.due >= from && day - row.due <= to)
          .reduce((all, row) => all + row.cents, 0);
      expect(curve?.points[at]).toEqual({
        date: formatDay(day),
        current: sum(-99, 0),
        days30: sum(1, 30),
        days60: sum(31, 60),
        days90: sum(61, 90),
        older: sum(91, 999),
      });
    }
    expect(result.money[0]).toMatchObject({ outstanding: 0, overdue: 0 });
    expect(result.money[0]?.invoiced).toBe(rows.reduce((all, row) => all + row.cents, 0));
  });

  it('tells how far it is', () => {
    const seen: number[] = [];
    const result = run({
      onProgress: (progress) => {
        expect(progress.of).toBe(40);
        seen.push(progress.accounts);
        if (progress.accounts === 40) expect(progress.messages).toBe(result0.totals.messages);
      },
    });
    expect(seen).toEqual(Array.from({ length: 40 }, (_, at) => at + 1));
    expect(result.totals).toEqual(result0.totals);
  });
  const result0 = run({});
});

const ladder: Policy = {
  id: 'ladder',
  version: 1,
  via: [{ channel: 'whatsapp' }, { channel: 'email' }],
  stages: [
    { id: 'soon', tone: 'friendly', at: { from: 'due', minus: '2d' }, do: [{ send: 'note' }] },
    { id: 'late', name: 'Late', tone: 'firm', at: { from: 'due', plus: '3d' }, do: [{ send: 'note' }] },
    { id: 'call', tone: 'formal', at: { from: 'due', plus: '10d' }, do: [{ task: 'call', owner: 'Ana' }] },
  ],
  on: { paid: [{ send: 'thanks' }] },
};
const documents: Documents = {
  plan: {
    id: 'p',
    version: 1,
    zone: 'America/Mexico_City',
    default: 'ladder',
    contact: { windows: [{ from: '09:00', to: '18:00' }] },
  },
  policies: [ladder],
  messages: { id: 'm', version: 1, messages: [] },
};
const invoice = (id: string, account: string, issued: string, due: string, minor = 10_000) => ({
  id,
  account,
  issued,
  due,
  total: { minor, currency: 'MXN' },
});
const paid = (id: string, invoiceId: string, account: string, date: string, minor = 10_000) => ({
  id,
  account,
  invoice: invoiceId,
  date,
  amount: { minor, currency: 'MXN' },
});

function run(ledger: LedgerFacts, more: Partial<SimulateInput> = {}) {
  return simulate({ documents, ledger, from: '2026-03-01', to: '2026-03-31', payments: 'before', ...more });
}

/** A story as one line of text per entry. */
function told(result: ReturnType<typeof run>, account = 'A'): string[] {
  const story = result.accounts.find((one) => one.id === account)?.story ?? [];
  return story.map((line) =>
    [line.date.slice(5), line.kind, line.stage ?? line.reason, ...line.invoices].filter(Boolean).join(' '),
  );
}

describe('a simulation', () => {
  const account = { id: 'A', name: 'Robles' };

  it('tells what happened to an account', () => {
    const result = run({
      accounts: [account],
      invoices: [
        invoice('1', 'A', '2026-03-02', '2026-03-10'),
        invoice('2', 'A', '2026-03-02', '2026-03-10'),
        invoice('3', 'A', '2026-03-02', '2026-03-20'),
      ],
      payments: [paid('p1', '1', 'A', '2026-03-12'), paid('p2', '2', 'A', '2026-03-22')],
      disputes: [
        { id: 'd', account: 'A', invoice: '3', reason: 'quality', author: 'ana', opened: '2026-03-05' },
      ],
    });
    expect(told(result)).toEqual([
      '03-02 invoice 1',
      '03-02 invoice 2',
      '03-02 invoice 3',
      '03-05 dispute quality 3',
      '03-05 held dispute 3',
      '03-08 message soon 1 2',
      '03-12 payment 1',
      '03-12 settled paid 1',
      '03-12 thanks on:paid 1',
      '03-13 message late 2',
      '03-20 task call 2',
      '03-21 exhausted last_stage_over 2',
      '03-22 payment 2',
      '03-22 settled paid 2',
      '03-22 task_closed call 2',
      '03-22 thanks on:paid 2',
    ]);
    expect(result.totals).toEqual({
      reached: 4,
      messages: 2,
      thanks: 2,
      tasks: 1,
      skipped: 0,
      refused: 0,
      unknown: 0,
      accountsContacted: 1,
    });
    expect(result.stages).toMatchObject([
      { stage: 'soon', reached: 2, messages: 1, channels: [{ channel: 'whatsapp', messages: 1 }] },
      { stage: 'late', name: 'Late', reached: 1, messages: 1 },
      { stage: 'call', reached: 1, messages: 0, tasks: 1 },
    ]);
    expect(result.held).toEqual([{ reason: 'dispute', count: 1 }]);
    expect(result.waiting).toEqual([{ reason: 'dispute', count: 1 }]);
    expect(result.accounts[0]).toMatchObject({
      highest: { stage: 'call', tone: 'formal' },
      outstanding: [{ minor: 10_000, currency: 'MXN' }],
      overdue: [{ minor: 10_000, currency: 'MXN' }],
    });
  });

  it('books money before or after the review of its day', () => {
    const ledger: LedgerFacts = {
      accounts: [account],
      invoices: [invoice('1', 'A', '2026-03-02', '2026-03-10')],
      payments: [paid('p1', '1', 'A', '2026-03-13')],
    };
    expect(told(run(ledger))).toEqual([
      '03-02 invoice 1',
      '03-08 message soon 1',
      '03-13 payment 1',
      '03-13 settled paid 1',
      '03-13 thanks on:paid 1',
    ]);
    expect(told(run(ledger, { payments: 'after' }))).toEqual([
      '03-02 invoice 1',
      '03-08 message soon 1',
      '03-13 message late 1',
      '03-13 payment 1',
      '03-14 settled paid 1',
      '03-14 thanks on:paid 1',
    ]);
  });

  it('knows on its first day what is older, and sees nothing before its day', () => {
    const ledger: LedgerFacts = {
      accounts: [account],
      invoices: [
        invoice('old', 'A', '2026-01-02', '2026-02-20'),
        invoice('settled', 'A', '2026-01-02', '2026-02-20'),
        invoice('later', 'A', '2026-04-02', '2026-05-20'),
      ],
      payments: [paid('p1', 'settled', 'A', '2026-02-25'), paid('p2', 'old', 'A', '2026-04-01')],
    };
    const result = run(ledger, { payments: 'after', to: '2026-03-12' });
    expect(told(result)).toEqual([
      '03-01 invoice old',
      '03-01 skipped soon old',
      '03-01 message late old',
      '03-08 task call old',
      '03-09 exhausted last_stage_over old',
    ]);
    expect(result.ledger).toMatchObject({ invoices: 2, payments: 1 });
    expect(result.money).toEqual([
      {
        currency: 'MXN',
        opening: 10_000,
        invoiced: 0,
        paid: 0,
        credited: 0,
        outstanding: 10_000,
        overdue: 10_000,
      },
    ]);
  });

  it('learns a pushed balance as of its day', () => {
    const told1 = {
      ...invoice('1', 'A', '2026-03-02', '2026-03-10'),
      balance: { minor: 0, currency: 'MXN', asOf: '2026-03-09T12:00:00-06:00' },
    };
    const result = run({ accounts: [account], invoices: [told1] });
    expect(told(result).slice(0, 3)).toEqual([
      '03-02 invoice 1',
      '03-08 message soon 1',
      '03-09 invoice_changed 1',
    ]);
    expect(result.totals.reached).toBe(1);
  });

  it('leaves disputed invoices out with all that belongs to them', () => {
    const ledger: LedgerFacts = {
      accounts: [account],
      invoices: [
        invoice('1', 'A', '2026-03-02', '2026-03-10'),
        invoice('2', 'A', '2026-03-02', '2026-03-10'),
      ],
      payments: [
        {
          id: 'p',
          account: 'A',
          date: '2026-03-05',
          amount: { minor: 12_000, currency: 'MXN' },
          allocations: [
            { invoice: '1', amount: { minor: 10_000 } },
            { invoice: '2', amount: { minor: 2_000 } },
          ],
        },
      ],
      disputes: [{ id: 'd', account: 'A', invoice: '1', reason: 'x', author: 'y', opened: '2026-03-03' }],
    };
    const result = run(ledger, { disputed: 'exclude' });
    expect(result.ledger.invoices).toBe(1);
    expect(result.money).toMatchObject([{ invoiced: 10_000, paid: 2_000, outstanding: 8_000 }]);
  });

  it('reaches everybody at once, or as contacts and windows say', () => {
    const ledger: LedgerFacts = {
      accounts: [
        { ...account, contacts: [{ email: 'pagos@robles.example' }] },
        { id: 'B', name: 'Nobody' },
      ],
      invoices: [
        invoice('1', 'A', '2026-03-02', '2026-03-10'),
        invoice('1', 'B', '2026-03-02', '2026-03-10'),
      ],
    };
    const assumed = run(ledger, { to: '2026-03-09' });
    expect(assumed.channels).toMatchObject([{ channel: 'whatsapp', messages: 2 }]);
    const lines = (result: typeof assumed) =>
      result.accounts.flatMap((one) => one.story).filter((line) => line.kind === 'message');
    expect(lines(assumed).map((line) => line.at)).toEqual([Date.UTC(2026, 2, 8, 6), Date.UTC(2026, 2, 8, 6)]);
    const real = run(ledger, { to: '2026-03-09', reach: 'real' });
    expect(real.channels).toMatchObject([{ channel: 'email', messages: 1 }]);
    expect(lines(real).map((line) => line.at)).toEqual([Date.UTC(2026, 2, 8, 15)]);
    expect(told(real, 'B').at(-1)).toBe('03-08 task soon 1');
    expect(real.totals.tasks).toBe(1);
    expect(real.stages.map((stage) => stage.tasks)).toEqual([0, 0, 0]);
    expect(real.waiting).toMatchObject([
      { reason: 'not_yet', count: 1 },
      { reason: 'unreachable', count: 1 },
    ]);
  });

  it('keeps each account to the days of its own zone', () => {
    const ledger: LedgerFacts = {
      accounts: [{ ...account, zone: 'Pacific/Kiritimati' }],
      invoices: [invoice('1', 'A', '2026-03-02', '2026-03-10')],
    };
    const [line] = (run(ledger).accounts[0]?.story ?? []).filter((one) => one.kind === 'message');
    expect(line?.date).toBe('2026-03-08');
    expect(line?.at).toBe(Date.UTC(2026, 2, 7, 10));
  });

  it('may have another zone than the plan, and no stories', () => {
    const ledger: LedgerFacts = {
      accounts: [account],
      invoices: [invoice('1', 'A', '2026-03-02', '2026-03-10')],
    };
    const result = run(ledger, { zone: 'Asia/Kolkata', stories: false });
    expect(result.zone).toBe('Asia/Kolkata');
    expect(result.plan.zone).toBe('Asia/Kolkata');
    expect(result.accounts[0]).toMatchObject({ story: [], reached: 3 });
  });

  it('adds no currencies together', () => {
    const result = run({
      accounts: [account],
      invoices: [
        invoice('1', 'A', '2026-03-02', '2026-03-10'),
        { ...invoice('2', 'A', '2026-03-02', '2026-03-10'), total: { minor: 700, currency: 'CLP' } },
      ],
    });
    expect(result.money.map((one) => [one.currency, one.outstanding])).toEqual([
      ['CLP', 700],
      ['MXN', 10_000],
    ]);
    expect(result.aging.map((curve) => curve.currency)).toEqual(['CLP', 'MXN']);
    const line = result.accounts[0]?.story.find((one) => one.kind === 'message');
    expect(line?.amounts).toEqual([
      { minor: 700, currency: 'CLP' },
      { minor: 10_000, currency: 'MXN' },
    ]);
  });

  it('refuses a period that is none, a zone that is none, and facts that are not valid', () => {
    const codes = (work: () => unknown): readonly string[] => {
      try {
        work();
      } catch (error) {
        if (isRecobroError(error)) return [error.code, ...error.problems.map((one) => one.path)];
        throw error;
      }
      return [];
    };
    expect(codes(() => run({}, { from: '2026-02-30', to: 'x' }))).toEqual(['invalid_option', 'from', 'to']);
    expect(codes(() => run({}, { from: '2026-03-02', to: '2026-03-01' }))).toEqual(['invalid_option', 'to']);
    expect(codes(() => run({}, { zone: 'Mars/Base' }))).toEqual(['unknown_zone']);
    const ledger = { accounts: [account], invoices: [invoice('1', 'A', '2026-13-02', '2026-03-10')] };
    expect(codes(() => run(ledger))).toEqual(['invalid_input', 'invoices[0].issued']);
  });

  it('takes ledgers larger than one sync, and tells places in the whole', () => {
    const many = Array.from({ length: 100_001 }, (_, at) => ({ id: `A${at}`, name: 'x' }));
    const bad = many.map((one, at) => (at === 100_000 ? { ...one, country: 'Mexico' } : one));
    expect(() => run({ accounts: bad })).toThrow('accounts[100000].country');
  });
});
