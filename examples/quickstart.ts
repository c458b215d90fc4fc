// One reminder, end to end, on this machine: node examples/quickstart.ts
import nodemailer from 'nodemailer';
import { createDunning, memoryStore, presets } from 'recobro';
import { email } from 'recobro/channels/email';
import { startSmtpCatcher } from 'recobro/testing';

const mailbox = await startSmtpCatcher({
  port: 1025,
  onMessage: (mail) => console.log(`mail to ${mail.to}`),
});

const dunning = createDunning({
  store: memoryStore(),
  ...presets.exporter({ zone: 'America/Mexico_City', language: 'en' }), // or es, pt; +1, +3, +7, +14 days
  channels: [
    email({ transport: nodemailer.createTransport('smtp://localhost:1025'), from: 'cobranza@acme.example' }),
  ],
  sender: { name: 'Acme', phone: '+52 55 1234 5678', pay: { bank: 'CLABE 012180001234567897' } },
});

const total = { amount: '18560.00', currency: 'MXN' };
const contacts = [{ name: 'Inés Robles', email: 'ines@robles.example' }];
await dunning.sync({
  accounts: [{ id: 'robles', name: 'Robles Hermanos', country: 'MX', contacts }],
  invoices: [{ id: 'F-1001', account: 'robles', issued: '2026-01-30', due: '2026-03-01', total }],
});

const now = '2026-03-03T10:00:00-06:00';
console.log((await dunning.tick({ now })).text); // who got what, and why not more
console.log((await dunning.explain('robles', { at: now })).text); // why, and what comes next

await dunning.sync({
  payments: [{ id: 'P-1', account: 'robles', invoice: 'F-1001', date: '2026-03-03', amount: total }],
});
console.log((await dunning.tick({ now })).text); // paid: reminders stop, thanks go out
await mailbox.close();
