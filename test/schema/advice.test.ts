import { describe, expect, it } from 'vitest';
import { parseFacts, parsePlan } from '../../src/schema/index.js';
import { refusal } from './problems.js';

const now = Date.UTC(2026, 2, 3);
const account = { id: 'a', name: 'A' };
const invoice = {
  id: 'F',
  account: 'a',
  issued: '2026-01-01',
  due: '2026-02-01',
  total: { amount: '10.00', currency: 'USD' },
};

const told = (facts: unknown) =>
  refusal(() => parseFacts(facts, { now })).problems.map(({ path, message }) => `${path}: ${message}`);

describe('advice on facts as databases and newcomers write them', () => {
  it.each<[string, unknown, string]>([
    [
      'ids that are numbers',
      { accounts: [{ ...account, id: 7 }] },
      "accounts[0].id: must be text, not a number; write '7'",
    ],
    [
      'a date with a time',
      { invoices: [{ ...invoice, due: '2026-02-01T00:00:00Z' }] },
      `invoices[0].due: "2026-02-01T00:00:00Z" is no existing date of the form YYYY-MM-DD; leave the time out and write the day in the company's zone`,
    ],
    [
      'separators',
      { invoices: [{ ...invoice, total: { amount: '1.250,00', currency: 'USD' } }] },
      "invoices[0].total.amount: write the amount without separators, with a dot for decimals: '1250.00'",
    ],
    [
      'consent as true',
      { accounts: [{ ...account, contacts: [{ phone: '+573001112233', consent: { sms: true } }] }] },
      "accounts[0].contacts[0].consent.sms: write 'granted', or { state, at, proof } with the moment and the proof",
    ],
    [
      'nested attributes',
      { accounts: [{ ...account, attributes: { x: { y: 1 } } }] },
      'accounts[0].attributes.x: must be text, a number, true, false or null; flatten what is nested',
    ],
  ])('%s', (_, facts, message) => {
    expect(told(facts)).toEqual([message]);
  });

  it('says of a text of a form what it should be, also where it is missing or of another type', () => {
    const plan = { id: 'p', version: 1 };
    const of = (value: object) => refusal(() => parsePlan(value)).problems.map(({ message }) => message);
    expect(of(plan)).toEqual(['is missing; write an IANA time zone, such as America/Mexico_City']);
    expect(of({ ...plan, zone: 'UTC', contact: { gap: 2 } })).toEqual([
      'must be text, not a number; write at least one day or hour, such as 1d, 3d or 36h, or none for no gap',
    ]);
  });
});
