import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomeOfMailError } from '../../../src/channels/email/outcome.js';

/** An error as nodemailer makes it for a reply. */
function reply(command: string, response: string, code = 'EENVELOPE') {
  return Object.assign(new Error(`Recipient command failed: ${response} <ana@cliente.example>`), {
    code,
    command,
    response,
    responseCode: Number(response.slice(0, 3)),
  });
}

/** An error as nodemailer makes it without a reply. */
function lost(fields: object, message = 'x') {
  return Object.assign(new Error(message), { command: 'CONN', ...fields });
}

describe('a reply of the server', () => {
  it.each([
    // The address is the fault.
    [
      'RCPT TO',
      '550 5.1.1 <ana@cliente.example> no such user',
      'refused',
      'recipient',
      'smtp:550-5.1.1',
      true,
    ],
    ['RCPT TO', '550-5.1.1 The email account does not exist', 'refused', 'recipient', 'smtp:550-5.1.1', true],
    ['RCPT TO', '550 5.1.2 Bad destination host', 'refused', 'recipient', 'smtp:550-5.1.2', true],
    ['RCPT TO', '550 5.1.10 Recipient not found', 'refused', 'recipient', 'smtp:550-5.1.10', true],
    ['RCPT TO', '556 5.1.10 Null MX', 'refused', 'recipient', 'smtp:556-5.1.10', true],
    ['DATA', '550 5.1.1 No such user', 'refused', 'recipient', 'smtp:550-5.1.1', true],
    ['RCPT TO', '550 5.2.1 Mailbox disabled', 'refused', 'recipient', 'smtp:550-5.2.1', true],
    // A full mailbox, a policy or a bare 550 is not.
    ['RCPT TO', '552 5.2.2 Mailbox full', 'refused', 'recipient', 'smtp:552-5.2.2', false],
    ['RCPT TO', '550 5.2.2 Over quota', 'refused', 'recipient', 'smtp:550-5.2.2', false],
    ['RCPT TO', '552 Mailbox full', 'refused', 'recipient', 'smtp:552', false],
    ['RCPT TO', '550 Mailbox unavailable', 'refused', 'recipient', 'smtp:550', false],
    ['RCPT TO', '553 Mailbox name not allowed', 'refused', 'recipient', 'smtp:553', false],
    ['RCPT TO', '550 5.4.1 Recipient address rejected', 'refused', 'recipient', 'smtp:550-5.4.1', false],
    ['DATA', '550 5.4.1 Recipient address rejected', 'refused', 'recipient', 'smtp:550-5.4.1', false],
    ['DATA', '554 5.3.0 Other', 'refused', 'recipient', 'smtp:554-5.3.0', false],
    ['DATA', '550 5.2.2 Over quota', 'refused', 'recipient', 'smtp:550-5.2.2', false],
    ['DATA', '552 5.2.3 Longer than the mailbox takes', 'refused', 'message', 'smtp:552-5.2.3', false],
    ['RCPT TO', '550 5.5.0 Protocol', 'refused', 'recipient', 'smtp:550-5.5.0', false],
    ['DATA', '550 5.5.0 Protocol', 'refused', 'message', 'smtp:550-5.5.0', false],
    ['RCPT TO', '550 5.7.1 Blocked', 'refused', 'pair', 'smtp:550-5.7.1', false],
    ['DATA', '554 5.7.1 Rejected as spam', 'refused', 'sender', 'smtp:554-5.7.1', false],
    // The mail is.
    ['DATA', '554 Transaction failed', 'refused', 'message', 'smtp:554', false],
    ['DATA', '552 5.3.4 Message too big', 'refused', 'message', 'smtp:552-5.3.4', false],
    ['MAIL FROM', '552 Message size exceeds limit', 'refused', 'message', 'smtp:552', false],
    ['DATA', '550 5.6.0 Content', 'refused', 'message', 'smtp:550-5.6.0', false],
    // Our own set-up is.
    ['MAIL FROM', '550 Sender refused', 'misconfigured', 'sender', 'smtp:550', false],
    ['MAIL FROM', '550 5.1.1 Sender unknown', 'misconfigured', 'sender', 'smtp:550-5.1.1', false],
    ['RCPT TO', '550 5.1.8 Sender domain does not exist', 'misconfigured', 'sender', 'smtp:550-5.1.8', false],
    ['DATA', '550-5.7.26 Unauthenticated sender', 'misconfigured', 'sender', 'smtp:550-5.7.26', false],
    ['AUTH PLAIN', '535 5.7.8 Bad credentials', 'misconfigured', 'sender', 'smtp:535-5.7.8', false],
    ['MAIL FROM', '530 5.7.0 Authentication required', 'misconfigured', 'sender', 'smtp:530-5.7.0', false],
    ['MAIL FROM', '550 5.7.9 Mechanism too weak', 'misconfigured', 'sender', 'smtp:550-5.7.9', false],
    ['MAIL FROM', '535 Bad credentials', 'misconfigured', 'sender', 'smtp:535', false],
    ['DATA', '550 5.7.8 Bad credentials', 'misconfigured', 'sender', 'smtp:550-5.7.8', false],
    ['AUTH PLAIN', '504 Mechanism not supported', 'misconfigured', 'sender', 'smtp:504', false],
    ['MAIL FROM', '538 Encryption required', 'misconfigured', 'sender', 'smtp:538', false],
    ['EHLO', '534 5.7.14 Log in with a browser', 'misconfigured', 'sender', 'smtp:534-5.7.14', false],
    ['CONN', '554 5.7.1 You are blocked', 'refused', 'sender', 'smtp:554-5.7.1', false],
    ['CONN', '554 No SMTP service here', 'misconfigured', 'account', 'smtp:554', false],
    ['EHLO', '502 Not implemented', 'misconfigured', 'account', 'smtp:502', false],
    // It passes.
    ['RCPT TO', '500 What', 'refused', 'recipient', 'smtp:500', false],
    ['RCPT TO', '400 What', 'retry', 'recipient', 'smtp:400', false],
    ['RCPT TO', '599 5.1234.1 What', 'refused', 'recipient', 'smtp:599', false],
    ['RCPT TO', '450 4.7.1 Greylisted', 'retry', 'recipient', 'smtp:450-4.7.1', false],
    ['RCPT TO', '452 4.2.2 Mailbox full', 'retry', 'recipient', 'smtp:452-4.2.2', false],
    ['MAIL FROM', '451 4.3.0 Try later', 'retry', 'sender', 'smtp:451-4.3.0', false],
    ['DATA', '421 4.3.2 Closing', 'retry', 'message', 'smtp:421-4.3.2', false],
    ['CONN', '421 Too many connections', 'retry', 'account', 'smtp:421', false],
    ['AUTH LOGIN', '454 4.7.0 Temporary authentication failure', 'retry', 'account', 'smtp:454-4.7.0', false],
    ['DATA', '503 Bad sequence', 'retry', 'account', 'smtp:503', false],
  ])('%s: %s', (command, response, outcome, scope, code, unusable) => {
    expect(outcomeOfMailError(reply(command, response))).toEqual({
      outcome,
      scope,
      code,
      ...(unusable ? { addressUnusable: true } : {}),
    });
  });
});

describe('an enhanced status', () => {
  it.each(['5.1.0', '5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1'])(
    '%s condemns the address',
    (status) => {
      expect(outcomeOfMailError(reply('RCPT TO', `550 ${status} x`))).toMatchObject({
        addressUnusable: true,
      });
    },
  );

  it.each(['5.1.7', '5.1.8', '5.7.20', '5.7.21', '5.7.22', '5.7.23', '5.7.24', '5.7.25', '5.7.26', '5.7.27'])(
    '%s is about us',
    (status) => {
      expect(outcomeOfMailError(reply('DATA', `550 ${status} x`))).toMatchObject({
        outcome: 'misconfigured',
        scope: 'sender',
      });
    },
  );

  it.each(['5.2.3', '5.3.4', '5.5.2', '5.5.3', '5.6.7'])('%s is about the mail', (status) => {
    expect(outcomeOfMailError(reply('RCPT TO', `550 ${status} x`))).toMatchObject({
      outcome: 'refused',
      scope: 'message',
    });
  });

  it.each(['5.1.4', '5.1.5', '5.2.2', '5.2.0', '5.3.0', '5.4.4', '5.7.1', '5.7.28', '5.5.0'])(
    '%s condemns nobody',
    (status) => {
      expect(outcomeOfMailError(reply('RCPT TO', `550 ${status} x`))).not.toHaveProperty('addressUnusable');
    },
  );
});

describe('an error without a reply', () => {
  it.each([
    [{ code: 'ESOCKET', originalCode: 'ECONNREFUSED', syscall: 'connect' }, 'retry', 'smtp:ECONNREFUSED'],
    [{ code: 'ESOCKET', syscall: 'connect' }, 'retry', 'smtp:ESOCKET'],
    [{ code: 'EDNS', originalCode: 'ENOTFOUND', syscall: 'getaddrinfo' }, 'retry', 'smtp:ENOTFOUND'],
    [{ code: 'EDNS' }, 'retry', 'smtp:EDNS'],
    [{ code: 'ETLS' }, 'retry', 'smtp:ETLS'],
    [{ code: 'EPROXY' }, 'retry', 'smtp:EPROXY'],
    [{ code: 'ETIMEDOUT', timeoutType: 'CONNECT_TIMEOUT' }, 'retry', 'smtp:ETIMEDOUT'],
    [{ code: 'ETIMEDOUT', timeoutType: 'GREETING_TIMEOUT' }, 'retry', 'smtp:ETIMEDOUT'],
    [{ code: 'ETIMEDOUT', timeoutType: 'UPGRADE_TIMEOUT' }, 'retry', 'smtp:ETIMEDOUT'],
    [{ code: 'ECONNECTION', command: 'API' }, 'retry', 'smtp:ECONNECTION'],
    [{ code: 'EAUTH', command: 'API' }, 'misconfigured', 'smtp:EAUTH'],
    [{ code: 'EENVELOPE', command: 'API' }, 'refused', 'smtp:EENVELOPE'],
    [{ code: 'EMESSAGE', command: 'MAIL FROM' }, 'refused', 'smtp:EMESSAGE'],
    // May all have struck after the mail was handed over.
    [{ code: 'ETIMEDOUT', timeoutType: 'SOCKET_TIMEOUT' }, 'unknown', 'smtp:ETIMEDOUT'],
    [{ code: 'ECONNECTION' }, 'unknown', 'smtp:ECONNECTION'],
    [{ code: 'ESOCKET', originalCode: 'ECONNRESET', syscall: 'read' }, 'unknown', 'smtp:ECONNRESET'],
    [{ code: 'ESOCKET', originalCode: 'ETIMEDOUT', syscall: 'read' }, 'unknown', 'smtp:ETIMEDOUT'],
    [{ code: 'EPROTOCOL' }, 'unknown', 'smtp:EPROTOCOL'],
    [{ code: 'ESTREAM' }, 'unknown', 'smtp:ESTREAM'],
    [{ code: 'EABORT' }, 'unknown', 'smtp:EABORT'],
    [{ code: 'ESES' }, 'unknown', 'smtp:ESES'],
    [{}, 'unknown', 'smtp:failed'],
  ])('%j', (fields, outcome, code) => {
    expect(outcomeOfMailError(lost(fields))).toMatchObject({ outcome, code });
  });

  it('blames the sender’s login, not the account, for missing credentials', () => {
    for (const code of ['EAUTH', 'ENOAUTH', 'EOAUTH2', 'ECONFIG']) {
      expect(outcomeOfMailError(lost({ code }))).toEqual({
        outcome: 'misconfigured',
        scope: 'sender',
        code: `smtp:${code}`,
      });
    }
  });

  it('tells the time-outs of older nodemailers by their message', () => {
    expect(outcomeOfMailError(lost({ code: 'ETIMEDOUT' }, 'Connection timeout')).outcome).toBe('retry');
    expect(outcomeOfMailError(lost({ code: 'ETIMEDOUT' }, 'Greeting never received')).outcome).toBe('retry');
    expect(outcomeOfMailError(lost({ code: 'ETIMEDOUT' }, 'Timeout')).outcome).toBe('unknown');
  });

  it('a reply outside 400 to 599 proves nothing', () => {
    expect(outcomeOfMailError(reply('CONN', '250 2.0.0 OK', 'EPROTOCOL'))).toEqual({
      outcome: 'unknown',
      code: 'smtp:EPROTOCOL',
    });
  });
});

describe('any error', () => {
  it('has a proper outcome that quotes nothing', () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'ESOCKET',
        'RCPT TO',
        'ana@cliente.example',
        '550 5.1.1 ana@cliente.example',
        'ECONNREFUSED',
      ),
    );
    const error = fc.record(
      {
        code: text,
        originalCode: text,
        command: text,
        response: text,
        responseCode: fc.oneof(fc.integer(), text),
        message: text,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(error, fc.anything()), (thrown) => {
        const outcome = outcomeOfMailError(thrown);
        expect('code' in outcome && outcome.code).toMatch(
          /^smtp:(\d{3}(-\d\.\d+\.\d+)?|[A-Z][A-Z0-9_]*|failed)$/,
        );
      }),
    );
  });
});
