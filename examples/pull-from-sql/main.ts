// Dunning over a host's own tables, with no copy of them: node examples/pull-from-sql/main.ts
import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import nodemailer from 'nodemailer';
import { createDunning, presets } from 'recobro';
import { email } from 'recobro/channels/email';
import { pgliteStore } from 'recobro/stores/pglite';
import { startSmtpCatcher } from 'recobro/testing';
import { sqlLedger } from './ledger.ts';

// The host's database: its own tables, and those of recobro beside them.
const db = await PGlite.create();
await db.exec(readFileSync(new URL('schema.sql', import.meta.url), 'utf8'));
await db.exec(`
  INSERT INTO customers VALUES ('robles', 'Robles Hermanos', 'Inés Robles', 'ines@robles.example');
  INSERT INTO invoices (id, customer, number, issued, due, total, currency) VALUES
    ('i1', 'robles', 'F-1001', '2026-01-30', '2026-03-01', 18560.00, 'MXN'),
    ('i2', 'robles', 'F-1002', '2026-01-30', '2026-03-01', 940.00, 'MXN');
`);
const store = pgliteStore({ client: db, schema: 'dunning' });
await store.migrate();

const mailbox = await startSmtpCatcher({ onMessage: (mail) => console.log(`mail to ${mail.to}`) });
const ledger = sqlLedger(db);
const dunning = createDunning({
  store,
  ledger,
  ...presets.exporter({ zone: 'America/Mexico_City', language: 'en' }),
  channels: [email({ transport: nodemailer.createTransport(mailbox.url), from: 'cobranza@acme.example' })],
  sender: { name: 'Acme', phone: '+52 55 1234 5678', pay: { bank: 'CLABE 012180001234567897' } },
});

// Nothing is pushed: the list of changes tells of the customer, its tables of the debt.
const now = '2026-03-03T10:00:00-06:00';
await dunning.follow();
await dunning.review({ now });
for await (const { act, state } of dunning.acts()) console.log(`${state}: ${act.stage} to ${act.account}`);

// Both invoices are paid between the plan and the message: no message.
await db.exec(`INSERT INTO payments (invoice, amount, booked_on)
  VALUES ('i1', 18560.00, '2026-03-03'), ('i2', 940.00, '2026-03-03')`);
for (const { outcome, code } of await dunning.dispatch({ now })) console.log(`${outcome}: ${code}`);
console.log((await dunning.tick({ now })).text);

// One payment bounces. Told in the transaction of the change itself, it takes effect with it.
await db.transaction(async (transaction) => {
  await transaction.query(`UPDATE payments SET bounced = true WHERE invoice = 'i2'`);
  await dunning.touch(['robles'], { transaction });
});
console.log((await dunning.tick({ now: '2026-03-04T10:00:00-06:00' })).text);
console.log('replayed from the log:', (await dunning.replay()).ok);
await mailbox.close();

export { db, dunning, ledger };
