import { expect, it } from 'vitest';
import { callbackKey } from '../../../src/channels/callback-key.js';
import { twilioSms } from '../../../src/channels/sms/index.js';
import { recordingChannel } from '../../../src/testing/recording-channel.js';
import { signTwilioWebhook } from '../../../src/testing/sign-webhooks.js';
import { account, all, at, documents, invoice, world } from '../../support/world.js';

const accountSid = 'AC0123456789abcdef0123456789abcdef';
const authToken = 'token';

it('an SMS that Twilio gives up goes on by e-mail; an answer by SMS is read', async () => {
  const { receive } = twilioSms({ accountSid, authToken, from: '+15005550006' });
  if (receive === undefined) throw new Error('it does not receive');
  const sms = { ...recordingChannel('sms'), receive };
  const email = recordingChannel('email');
  const made = world({ channels: [sms, email] });
  const contact = { ...account.contacts[0], consent: { sms: 'granted' as const } };
  const [policy] = documents.policies;
  if (policy === undefined) throw new Error('no policy');
  const dunning = made.dunning.for('uno', {
    policies: [{ ...policy, via: [{ channel: 'sms' }, { channel: 'email' }] }],
    messages: {
      id: 'messages',
      version: 1,
      messages: ['soft', 'firm', 'thanks'].map((id) => {
        const body =
          id === 'thanks' ? 'Thanks {{contact.name}}.' : `${id}: {{contact.name}}, please pay {{amount}}.`;
        return {
          id,
          about: id === 'thanks' ? ('payment' as const) : ('items' as const),
          text: { en: { sms: { one: body, many: body }, email: { subject: 'Acme', body } } },
        };
      }),
    },
  });
  await dunning.sync({
    accounts: [{ ...account, contacts: [contact] }],
    invoices: [invoice('F-1042', '02-03')],
  });
  const now = at('02-06');
  made.clock.moveTo(now);
  await dunning.tick({ now });
  const [sent] = sms.sent;
  if (sent === undefined) throw new Error('nothing went out');
  const url = `https://acme.example/hooks/twilio?act=${encodeURIComponent(callbackKey(sent))}`;
  const base = { AccountSid: accountSid, From: '+15005550006', To: '+573001112233' };
  const hook = dunning.webhook('sms');
  const params = { ...base, MessageSid: 'sms-1', MessageStatus: 'undelivered', ErrorCode: '30003' };
  expect((await hook(signTwilioWebhook({ authToken, params, url }))).status).toBe(200);
  await dunning.tick({ now });
  expect(email.sent).toHaveLength(1);
  const said = {
    AccountSid: accountSid,
    From: '+573001112233',
    To: '+15005550006',
    MessageSid: 'SM2',
    Body: 'We paid yesterday',
  };
  await hook(signTwilioWebhook({ authToken, params: said }));
  await dunning.tick({ now });
  expect((await all(dunning.history('robles'))).map(({ type }) => type)).toContain('unbooked.upserted');
  expect((await hook(signTwilioWebhook({ authToken: 'other', params: said }))).status).toBe(401);
});
