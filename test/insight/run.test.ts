import { describe, expect, it } from 'vitest';
import { formatDay, parseDay, startOfDay } from '../../src/calendar/index.js';
import { createDunning } from '../../src/dunning/index.js';
import { htmlReport, logOf, type ReportInput, simulate, summarise } from '../../src/insight/index.js';
import type { InvoiceInput, LedgerFacts, PaymentInput } from '../../src/ledger/facts.js';
import { presets } from '../../src/policy/presets/index.js';
import { memoryStore } from '../../src/stores/memory/index.js';
import { recordingChannel } from '../../src/testing/recording-channel.js';
import { all } from '../support/world.js';

const zone = 'America/Bogota';
const documents = presets.balanced({ zone, language: 'es' });
const from = '2026-03-01';
const to = '2026-05-31';

const accounts: LedgerFacts['accounts'] = ['a', 'b', 'c'].map((id) => ({
  id,
  name: `Cuenta ${id.toUpperCase()}`,
  owner: 'Ana',
  contacts: id === 'c' ? [] : [{ email: `pagos@${id}.example` }],
}));
const invoices: InvoiceInput[] = Array.from({ length: 24 }, (_, at) => {
  const issued = parseDay('2026-03-01') + at * 2;
  const currency = at % 4 === 0 ? 'USD' : 'COP';
  return {
    id: `F-${at + 1}`,
    account: ['a', 'b', 'c'][at % 3] ?? 'a',
    issued: formatDay(issued),
    due: formatDay(issued + 10 + (at % 5) * 3),
    total: { minor: 100_000 + at * 1_000, currency },
  };
});
const payments: PaymentInput[] = invoices
  .filter((_, at) => at % 2 === 0)
  .map((invoice, at) => ({
    id: `P-${at}`,
    account: invoice.account,
    invoice: invoice.id,
    amount: invoice.total,
    date: formatDay(parseDay(invoice.due ?? from) + (at % 4) * 4 - 3),
  }));

/** The real thing, day by day: facts of the day, then a run at each instant that it names itself. */
async function realRun(refusedFirst: boolean): Promise<ReportInput> {
  const email = recordingChannel('email');
  if (refusedFirst) {
    email.answer(
      { outcome: 'unknown', code: 'smtp:timeout' },
      { outcome: 'refused', scope: 'message', code: 'smtp:554' },
    );
  }
  const channels = [recordingChannel('whatsapp'), email, recordingChannel('sms')];
  const dunning = createDunning({
    store: memoryStore(),
    ...documents,
    channels,
    sender: {
      name: 'Acme',
      phone: '+57 601 555 0100',
      email: 'cartera@acme.example',
      pay: { bank: 'Cuenta 1' },
    },
  });
  for (let day = parseDay(from); day <= parseDay(to); day++) {
    const date = formatDay(day);
    const start = startOfDay(day, zone);
    await dunning.sync(
      {
        accounts: date === from ? accounts : [],
        invoices: invoices.filter((one) => one.issued === date),
        payments: payments.filter((one) => one.date === date),
      },
      { now: start },
    );
    for (let at: number | undefined = start; at !== undefined && at < startOfDay(day + 1, zone); ) {
      const run: Awaited<ReturnType<typeof dunning.tick>> = await dunning.tick({ now: at });
      at = run.next === undefined || run.next <= at ? undefined : run.next;
    }
  }
  const logs = await Promise.all(
    ['a', 'b', 'c'].map(async (account) => ({
      account,
      entries: logOf(await all(dunning.history(account))),
    })),
  );
  await dunning.close();
  return summarise({ documents, channels, from, to, logs });
}

describe('a real run', () => {
  it('gives the totals, the calendar and the stories that the simulation foretold', async () => {
    const real = await realRun(false);
    const told = simulate({
      documents,
      ledger: { accounts, invoices, payments },
      from,
      to,
      payments: 'before',
      reach: 'real',
    });
    expect(told.totals.reached).toBeGreaterThan(20);
    expect(told.totals.thanks).toBeGreaterThan(3);
    expect(told.totals.tasks).toBeGreaterThan(3);
    const { kind, payments: _, disputed: __, reach: ___, ...foretold } = told;
    expect(kind).toBe('simulation');
    expect({ ...real, kind: undefined }).toEqual({ ...foretold, kind: undefined });
  });

  it('shows what was refused and what nobody knows', async () => {
    const real = await realRun(true);
    expect(real.totals).toMatchObject({ refused: 1, unknown: 1 });
    expect(real.channels.find((one) => one.channel === 'email')?.refused).toBe(1);
    const kinds = real.accounts.flatMap((one) => one.story.map((line) => line.kind));
    expect(kinds).toContain('refused');
    expect(kinds).toContain('unknown');
    const html = htmlReport(real);
    expect(html).toContain('Rechazado por el proveedor');
    expect(html).toContain('smtp:554');
    expect(html).toContain('Quizá enviado');
  });

  it('needs a period', () => {
    expect(() => summarise({ documents, from: '2026-03-01', to: 'later', logs: [] })).toThrow('later');
  });
});
