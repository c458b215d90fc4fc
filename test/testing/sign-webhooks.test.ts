import { createHash, generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import {
  email,
  type MailWebhook,
  postmarkWebhook,
  resendWebhook,
  sendgridWebhook,
} from '../../src/channels/email/index.js';
import { twilioSms } from '../../src/channels/sms/index.js';
import { whatsapp } from '../../src/channels/whatsapp/index.js';
import type { Channel } from '../../src/index.js';
import {
  signPostmarkWebhook,
  signResendWebhook,
  signSendgridWebhook,
  signTwilioWebhook,
  signWhatsappWebhook,
} from '../../src/testing/index.js';
import { account, at, world } from '../support/world.js';

/** Requests that hosts sign in their own tests are taken by the routes that they test. */

const accountSid = `AC${createHash('md5').update('acme').digest('hex')}`;
const secret = `whsec_${Buffer.from('a secret of twenty-four b').toString('base64')}`;
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const now = at('02-06');
const transport = { sendMail: async () => ({ messageId: '<a@b>', accepted: ['a@b.example'], rejected: [] }) };
const mail = (webhook: MailWebhook): Channel => email({ transport, from: 'cobranza@acme.example', webhook });
const params = { AccountSid: accountSid, MessageSid: 'SM1', MessageStatus: 'delivered' };
const bounce = { type: 'email.bounced', data: { email_id: 'e1', to: ['ines@robles.example'] } };
const event = [{ event: 'delivered', email: 'ines@robles.example', sg_event_id: 'e', timestamp: now / 1000 }];

it.each<[string, Channel, () => Request, () => Request]>([
  [
    'Meta',
    whatsapp({ phoneNumberId: '1082000000', accessToken: 't', templates: {}, appSecret: 's' }),
    () => signWhatsappWebhook({ appSecret: 's', body: { entry: [] } }),
    () => signWhatsappWebhook({ appSecret: 'x', body: { entry: [] } }),
  ],
  [
    'Twilio',
    twilioSms({ accountSid, authToken: 'token', from: '+15005550006' }),
    () => signTwilioWebhook({ authToken: 'token', params }),
    () => signTwilioWebhook({ authToken: 'x', params }),
  ],
  [
    'Resend',
    mail(resendWebhook({ secret })),
    () => signResendWebhook({ secret, body: bounce, at: now }),
    () => signResendWebhook({ secret, body: bounce, at: now - 3_600_000 }),
  ],
  [
    'SendGrid',
    mail(sendgridWebhook({ publicKey: spki })),
    () => signSendgridWebhook({ privateKey: pem, body: event, at: now }),
    () => signSendgridWebhook({ privateKey, body: event, at: now - 90_000_000 }),
  ],
  [
    'Postmark',
    mail(postmarkWebhook({ user: 'u', password: 'p' })),
    () => signPostmarkWebhook({ user: 'u', password: 'p', body: { RecordType: 'Delivery', MessageID: 'm' } }),
    () => signPostmarkWebhook({ user: 'u', password: 'x', body: '{}' }),
  ],
])('of %s', async (_, channel, right, wrong) => {
  const { dunning, clock } = world({ channels: [channel] });
  await dunning.sync({ accounts: [account] });
  clock.moveTo(now);
  const hook = dunning.webhook(channel.id);
  expect([(await hook(right())).status, (await hook(wrong())).status]).toEqual([200, 401]);
});
