import { describe, expect, it } from 'vitest';
import { parseScenario, runScenario } from '../../../src/testing/index.js';

async function failures(text: string): Promise<readonly string[]> {
  const reports = await runScenario(`scenario: x\n${text}`);
  return reports.flatMap((one) => one.failures.map((failure) => `${failure.path}: ${failure.message}`));
}

const given = (more = '', total = 'total: 100', due = '2026-03-01'): string => `given:
  currency: EUR
  policy: { stages: [{ id: a, at: 1d }, { id: b, at: 8d }] }
  invoices: { id: F-1, ${total}, due: ${due} }
${more}
`;
const step = (inner: string): string => `when:\n  - { at: 2026-03-02, ${inner} }\n`;

describe('a mistake in a scenario is told with what to write', () => {
  it.each<[string, string, string]>([
    [
      'a due date that does not exist, by its path',
      given('', undefined, '2026-02-30') + step('tick: true'),
      'invoices[0].due: "2026-02-30" is no existing date of the form YYYY-MM-DD',
    ],
    [
      'an amount in the way of a country, by its path',
      given('', "total: '1.234,50'") + step('tick: true'),
      "invoices[0].total.amount: write the amount without separators, with a dot for decimals: '1250.00'",
    ],
    [
      'an amount without any currency',
      given().replace('  currency: EUR\n', '') + step('tick: true'),
      "given.invoices.total: it cannot be performed: 100 needs a currency: write '100 EUR', or say `currency` in given",
    ],
    [
      'a trigger that is no duration',
      given().replace('at: 8d', 'at: 8 days') + step('tick: true'),
      'policies[0].stages[1].at.plus: write days, business days, weeks or months, such as 10d, 2bd',
    ],
    [
      'a number of days',
      given().replace('at: 8d', 'at: 8') + step('tick: true'),
      'policies[0].stages[1].at.plus: must be text, not a number; write days',
    ],
    [
      'a first moment, at its step',
      `${given()}when:\n  - { at: '2026-03-02T9:30', tick: true }\n`,
      'when[0]: it was refused: "2026-03-02T9:30" is no moment; write 2026-03-03',
    ],
    [
      'a step back in time, in local moments',
      `${given()}when:\n  - { at: 2026-03-04 }\n  - { at: 2026-03-03 }\n`,
      'when[1]: it was refused: the clock says 2026-03-04T10:00 and never goes back to 2026-03-03T10:00',
    ],
    [
      'another product’s event, with all that there are',
      given() + step('then: { events: { message.sent: 1 } }'),
      'there is no event "message.sent"; known: account.upserted',
    ],
    [
      'a review that is limited to a stage which there is not',
      given() + step('review: { stages: [aa] }'),
      'what there is not: no stage "aa"; known: a, b (unknown_id)',
    ],
    [
      'another product’s member of a record, with all that there are',
      given() + step('promises: { invoice: F-1, until: 2026-03-09 }'),
      'promises[0].until: unknown key "until"; known: id, account, version, invoice',
    ],
  ])('%s', async (_, text, told) => {
    expect((await failures(text)).join('\n')).toContain(told);
  });

  it('an unknown verb, with all that there are', () => {
    expect(() => parseScenario(`scenario: x\n${given()}${step('cancel: F-1')}`)).toThrow(
      'when[0].cancel: unknown key "cancel"; known: at, asOf, note',
    );
  });
});

describe('what stands alone needs no list', () => {
  it('a policy, a channel, a place of a chain, an action, a key of a group', async () => {
    const text = `given:
  currency: EUR
  channels: email
  plan: { contact: none }
  messages: { id: ack, about: promise, text: 'Noted: {{promise.amount}} by {{promise.date}}.' }
  policies: { unit: { group: account }, stages: [{ id: a, at: 1d, do: { send: a, via: email } }], on: { promised: { send: ack } } }
  invoices: { id: F-1, total: 100, due: 2026-03-01 }
${step('tick: true, then: { sent: [{ channel: email, covers: ["~EUR"] }] }')}`;
    expect(await failures(text)).toEqual([]);
  });

  it('a contact of a branch', async () => {
    const accounts =
      '{ id: hq, contacts: { email: a@b.example }, branches: { id: n, contacts: { email: n@b.example } } }';
    const text = `${given(`  channels: email\n  accounts: ${accounts}`).replace('total: 100', 'branch: n, total: 100')}${step(
      'tick: true, then: { sent: [{ to: n@b.example }] }',
    )}`;
    expect(await failures(text)).toEqual([]);
  });

  it('a balance is one of now', async () => {
    const text =
      given() + step('change: { invoices: { id: F-1, balance: 40 } }, then: { amounts: { F-1: 40 } }');
    expect(await failures(text)).toEqual([]);
  });
});

describe('what a scenario leaves out', () => {
  it('an amount is what is owed, also of an invoice that is told with it', async () => {
    const first =
      given('  payments: { invoice: F-1 }') + step('then: { amounts: { F-1: 0 }, reasons: { F-1: paid } }');
    expect(await failures(first)).toEqual([]);
    const later = `invoices: { id: F-2, total: 60, due: 2026-03-20 }, credits: { invoice: F-2 }`;
    const then = 'then: { amounts: { F-2: 0 }, synced: { accounts: 1, written: 2 } }';
    expect(await failures(given() + step(`${later}, ${then}`))).toEqual([]);
  });

  it('consent that is withdrawn is so from now on', async () => {
    const contact = (more: string) => `{ id: customer, contacts: { email: a@b.example${more} } }`;
    const text = `${given(`  channels: email\n  accounts: ${contact('')}`)}${step(
      `change: { accounts: ${contact(', consent: { email: withdrawn }')} }, tick: true, then: { sent: none, tasks: [{ name: find-contact }] }`,
    )}`;
    expect(await failures(text)).toEqual([]);
  });
});

it('explains what keeps an amount back in days and amounts, not in numbers of the engine', async () => {
  const blocks = '[{ kind: promise, amount: 30, until: 2026-03-09 }]';
  const text =
    given() +
    step(
      `promises: { invoice: F-1, amount: 30, date: 2026-03-09 }, then: { explain: { F-1: { blocks: ${blocks} } } }`,
    );
  expect(await failures(text)).toEqual([]);
});
