import { describe, expect, it } from 'vitest';
import { resendWebhook, sendgridWebhook } from '../../../src/channels/email/index.js';
import { request } from './request.js';

/** Signatures that providers publish with key and body, so that we agree with them and not only with ourselves. */

// https://docs.svix.com/receiving/verifying-payloads/how
const svix = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  body: '{"test": 2432232314}',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  time: 1_614_265_330,
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
// sendgrid/sendgrid-nodejs, packages/eventwebhook/src/eventwebhook.spec.js
const sendgrid = {
  publicKey:
    'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA==',
  body: '{"category":"example_payload","event":"test_event","message_id":"message_id"}',
  time: 1_588_788_367,
  signature:
    'MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH2j/0=',
};
/** The key of the same test that did not sign it. */
const anotherKey =
  'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqTxd43gyp8IOEto2LdIfjRQrIbsd4SXZkLW6jDutdhXSJCWHw8REntlo7aNDthvj+y7GjUuFDb/R1NGe1OPzpA==';

function ofResend(
  signature = svix.signature,
  secret: string | readonly string[] = svix.secret,
  body = svix.body,
) {
  const headers = {
    'svix-id': svix.id,
    'svix-timestamp': String(svix.time),
    'svix-signature': signature,
  };
  return resendWebhook({ secret }).receive(request(body, headers), { now: svix.time * 1000 });
}

function ofSendgrid(body: string, publicKey: string | readonly string[] = sendgrid.publicKey) {
  const headers = {
    'X-Twilio-Email-Event-Webhook-Signature': sendgrid.signature,
    'X-Twilio-Email-Event-Webhook-Timestamp': String(sendgrid.time),
  };
  return sendgridWebhook({ publicKey }).receive(request(body, headers), { now: sendgrid.time * 1000 });
}

describe('Svix’s vector', () => {
  const wrong = `v1,${Buffer.alloc(32).toString('base64')}`;

  it('fits, alone or among signatures of other secrets and versions', async () => {
    for (const signature of [
      svix.signature,
      `${wrong} ${svix.signature}`,
      `v2,abc v1a,x ${svix.signature} v1`,
    ])
      expect((await ofResend(signature)).refused).toBeUndefined();
  });

  it('fits any secret while it is being changed, and no other body, signature or version', async () => {
    const next = `whsec_${Buffer.from('the next secret in line').toString('base64')}`;
    expect((await ofResend(svix.signature, [next, svix.secret])).refused).toBeUndefined();
    expect((await ofResend(svix.signature, [next])).refused).toBe('signature');
    expect((await ofResend(svix.signature, svix.secret, '{"test":2432232314}')).refused).toBe('signature');
    for (const signature of [wrong, svix.signature.replace('v1,', 'v2,'), svix.signature.slice(3), ''])
      expect((await ofResend(signature)).refused).toBe('signature');
  });
});

describe('SendGrid’s vector', () => {
  it('fits its key, also among others, and no other body', async () => {
    // SendGrid posts lists of events: what it signed here is no batch, but it is SendGrid's.
    expect((await ofSendgrid(sendgrid.body)).refused).toBe('malformed');
    expect((await ofSendgrid(sendgrid.body, [anotherKey, sendgrid.publicKey])).refused).toBe('malformed');
    expect((await ofSendgrid(sendgrid.body, anotherKey)).refused).toBe('signature');
    expect((await ofSendgrid(`${sendgrid.body}\n`)).refused).toBe('signature');
  });
});
