import { createDunning, isRecobroError, memoryStore, presets } from 'recobro';
import { email } from 'recobro/channels/email';
import { twilioSms } from 'recobro/channels/sms';
import { callTask } from 'recobro/channels/tasks';
import { undiciTransport } from 'recobro/channels/undici';
import { whatsapp } from 'recobro/channels/whatsapp';
import { editDocuments } from 'recobro/editing';
import { compile, decide, emptyFile } from 'recobro/engine';
import { simulate } from 'recobro/insight';
import { compileMessages } from 'recobro/messages';
import { definePolicy } from 'recobro/policy';
import { pgBossQueue } from 'recobro/queues/pg-boss';
import { parseDocuments } from 'recobro/schema';
import { memoryStore as sameStore } from 'recobro/stores/memory';
import { pgliteStore } from 'recobro/stores/pglite';
import { postgresStore } from 'recobro/stores/postgres';
import { storeContract } from 'recobro/testing';
import { diffDocuments, reasonText } from 'recobro/words';

const documents = presets.exporter({ zone: 'America/Bogota', language: 'es' });
const dunning = createDunning({
  store: memoryStore(),
  ...documents,
  channels: [
    email({
      transport: { sendMail: async () => ({ messageId: 'x', accepted: ['a@acme.example'], rejected: [] }) },
      from: 'cobranza@acme.example',
    }),
    callTask(),
  ],
  sender: { name: 'Acme', phone: '+57 601 555 0100', pay: { bank: 'Cuenta 1' } },
});
const run = await dunning.tick({ now: '2026-03-03T10:00:00-05:00' });
const engine = compile({ plan: documents.plan, policies: documents.policies });
const decision = decide(engine, emptyFile('a'), Date.UTC(2026, 2, 3));
const functions = [
  editDocuments,
  simulate,
  compileMessages,
  definePolicy,
  parseDocuments,
  pgBossQueue,
  sameStore,
  pgliteStore,
  postgresStore,
  storeContract,
  twilioSms,
  undiciTransport,
  whatsapp,
];
await using worker = dunning.start();
if (!(await worker.stop()).finished) throw new Error('the worker did not stop');
try {
  await dunning.explain('nobody');
} catch (error) {
  if (!isRecobroError(error, 'unknown_id')) throw error;
}
if (
  run.sent.length !== 0 ||
  decision.acts.length !== 0 ||
  diffDocuments(documents, documents).changes.length !== 0 ||
  reasonText('dispute', 'es') !== 'está en disputa' ||
  functions.some((one) => typeof one !== 'function')
) {
  throw new Error('the package does not behave');
}
console.log('esm ok');
