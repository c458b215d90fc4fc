// What both examples share: Acme reminds a customer over a stand-in for Meta, and the customer answers.
import { createDunning, memoryStore, presets } from 'recobro';
import { derivedTemplates, whatsapp } from 'recobro/channels/whatsapp';
import { signWhatsappWebhook, startFakeWhatsapp, virtualClock } from 'recobro/testing';

const appSecret = 'secret-of-the-app';
const phoneNumberId = '106540352242922';
const clock = virtualClock(Date.parse('2026-03-03T10:00:00-06:00'));

/** Takes the place of Meta's servers, so that no account is needed and nothing leaves this machine. */
export const meta = await startFakeWhatsapp({ onRequest: ({ to }) => console.log(`WhatsApp to ${to}`) });

export const dunning = createDunning({
  store: memoryStore(),
  clock,
  ...presets.exporter({ zone: 'America/Mexico_City', language: 'en' }),
  sender: { name: 'Acme', phone: '+52 55 1234 5678', pay: { bank: 'CLABE 012180001234567897' } },
  channels: [
    whatsapp({
      phoneNumberId,
      accessToken: 'any',
      templates: derivedTemplates(),
      baseUrl: meta.url, // leave it out to send
      appSecret,
      verifyToken: 'chosen-when-the-address-was-set-up',
    }),
  ],
});

const phone = '+525512345678';
const contacts = [{ name: 'Inés Robles', phone, consent: { whatsapp: 'granted' as const } }];
const total = { amount: '18560.00', currency: 'MXN' };

/** Sends a reminder, has the customer answer it to this address, and shows what became of the answer. */
export async function play(address: string): Promise<void> {
  await dunning.sync({
    accounts: [{ id: 'robles', name: 'Robles Hermanos', country: 'MX', contacts }],
    invoices: [{ id: 'F-1001', account: 'robles', issued: '2026-01-30', due: '2026-03-01', total }],
  });
  await dunning.tick();

  clock.advance(3_600_000);
  const check = `${address}?hub.mode=subscribe&hub.verify_token=chosen-when-the-address-was-set-up&hub.challenge=1158`;
  console.log('address checked:', await (await fetch(check)).text());
  const answer = signWhatsappWebhook({ appSecret, url: address, body: saying('We will pay on Friday') });
  console.log('answered:', (await fetch(answer)).status);
  const forged = signWhatsappWebhook({ appSecret: 'another', url: address, body: saying('STOP') });
  console.log('forged:', (await fetch(forged)).status);

  await dunning.tick();
  for (const { direction, text, intent, status } of await dunning.conversation('robles'))
    console.log(direction === 'out' ? `we wrote: ${status}` : `they wrote: ${text} (${intent})`);
  const { promises } = await dunning.customerContext('robles');
  for (const { date } of promises) console.log(`promised for ${date}; no reminder until then`);
}

/** As Meta posts a message of a customer. */
function saying(body: string): object {
  const message = { from: phone.slice(1), id: `wamid.${body.length}`, type: 'text', text: { body } };
  const timestamp = String(clock.now() / 1000);
  const value = { metadata: { phone_number_id: phoneNumberId }, messages: [{ ...message, timestamp }] };
  return { object: 'whatsapp_business_account', entry: [{ changes: [{ field: 'messages', value }] }] };
}
