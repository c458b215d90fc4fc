import { describe, expect, it } from 'vitest';
import { mailOf } from '../../../src/channels/email/mail.js';

function headersFor(unsubscribe: string | undefined) {
  const content = { kind: 'email', subject: 's', text: 't', html: '' } as const;
  const message = {
    key: 'k',
    tenant: 't',
    account: 'a',
    to: 'a@b.example',
    message: 'm',
    form: 'one',
    language: 'en',
    content,
    thread: 'x',
    unsubscribe,
  } as const;
  const sender = { from: { name: '', address: 'x@y.example' }, domain: 'y.example' };
  return mailOf(message, content, sender, { now: 0 }, new AbortController().signal).headers;
}

describe('unsubscribing', () => {
  it('is offered in both headers of RFC 8058, or in neither', () => {
    expect(headersFor('https://y.example/u/AZ-_9?x=1')).toEqual({
      'List-Unsubscribe': '<https://y.example/u/AZ-_9?x=1>',
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'Auto-Submitted': 'auto-generated',
    });
    expect(headersFor(undefined)).toEqual({ 'Auto-Submitted': 'auto-generated' });
  });

  it('takes no address that is not https, or that would write headers of its own', () => {
    for (const odd of [
      'http://y.example/u',
      'https://y.example/u>\r\nBcc: z@z.example',
      'https://y.example/a b',
      'https://y.example/<x>',
      'https://y.example/a,<mailto:x>',
      `https://y.example/${'x'.repeat(900)}`,
    ])
      expect(headersFor(odd)).toEqual({ 'Auto-Submitted': 'auto-generated' });
  });
});
