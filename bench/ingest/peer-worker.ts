import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { LedgerFacts } from 'recobro';
import { optionsOf, say, told } from '../store/process.js';
import { byAccount } from './records.js';

export interface PeerOptions {
  readonly url: string;
  readonly accounts: number;
}

export interface PeerResult {
  readonly copyMs: number;
  readonly mergeMs: number;
  readonly rows: number;
  readonly cpuMs: number;
}

/**
 * What a host does by hand: all records into one staging table by COPY, then
 * one INSERT … SELECT … ON CONFLICT into the table with the primary key, in a
 * transaction. Nothing is checked, decided or logged.
 */
const { url, accounts } = optionsOf<PeerOptions>();
const client = new pg.Client({ connectionString: url });
await client.connect();
const columns = `account text NOT NULL, kind text NOT NULL, id text NOT NULL, version bigint, amount bigint,
  currency text, issued date, due date, target text, name text, email text, phone text`;
await client.query(`CREATE TABLE IF NOT EXISTS records (${columns}, PRIMARY KEY (account, kind, id))`);
say('ready');
await told();
const cpu = process.cpuUsage();
const start = performance.now();
await client.query('BEGIN');
await client.query(`CREATE TEMP TABLE staging (${columns}) ON COMMIT DROP`);
await pipeline(
  Readable.from(lines(), { objectMode: false }),
  client.query(copyFrom('COPY staging FROM STDIN')),
);
const copied = performance.now();
const { rowCount } = await client.query(
  `INSERT INTO records SELECT * FROM staging ON CONFLICT (account, kind, id) DO UPDATE SET
     version = excluded.version, amount = excluded.amount, currency = excluded.currency, issued = excluded.issued,
     due = excluded.due, target = excluded.target, name = excluded.name, email = excluded.email, phone = excluded.phone
   WHERE records.version < excluded.version`,
);
await client.query('COMMIT');
const { user, system } = process.cpuUsage(cpu);
const result: PeerResult = {
  copyMs: copied - start,
  mergeMs: performance.now() - copied,
  rows: rowCount ?? 0,
  cpuMs: (user + system) / 1000,
};
await client.end();
say(result);
process.disconnect();

function* lines(): Generator<string> {
  for (const piece of byAccount(accounts)) yield textOf(piece);
}

function textOf({
  accounts: owners = [],
  invoices = [],
  payments = [],
  credits = [],
  refunds = [],
}: LedgerFacts): string {
  let text = '';
  const row = (...values: readonly unknown[]): void => {
    text += `${values.map((one) => one ?? '\\N').join('\t')}\n`;
  };
  for (const { id, version, name, contacts = [] } of owners)
    row(
      id,
      'account',
      id,
      version,
      null,
      null,
      null,
      null,
      null,
      name,
      contacts[0]?.email,
      contacts[0]?.phone,
    );
  for (const { id, account, version, total, issued, due, number } of invoices)
    row(account, 'invoice', id, version, minor(total), total.currency, issued, due, null, number, null, null);
  for (const { id, account, version, amount, date, invoice } of payments)
    row(
      account,
      'payment',
      id,
      version,
      minor(amount),
      amount.currency,
      date,
      null,
      invoice,
      null,
      null,
      null,
    );
  for (const { id, account, version, amount, date, invoice } of credits)
    row(
      account,
      'credit',
      id,
      version,
      minor(amount),
      amount.currency,
      date,
      null,
      invoice,
      null,
      null,
      null,
    );
  for (const { id, account, version, amount, date, payment } of refunds)
    row(
      account,
      'refund',
      id,
      version,
      minor(amount),
      amount.currency,
      date,
      null,
      payment,
      null,
      null,
      null,
    );
  return text;
}

function minor(money: object): unknown {
  return 'minor' in money ? money.minor : undefined;
}
