import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import nodemailer from 'nodemailer';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import {
  dkimFields,
  type EmailOptions,
  email,
  type Mail,
  type MailTransport,
} from '../../../src/channels/email/index.js';
import { isAddress, isDomain, mailboxOf } from '../../../src/channels/mailbox.js';
import { isRecobroError } from '../../../src/errors.js';
import type {
  CarriedAlong,
  ChannelSituation,
  ChannelUnderTest,
} from '../../../src/testing/channel-contract.js';
import { describeChannel } from '../../support/channel-suite.js';
import { mailMessage, now, textMessage } from '../message.js';
import { type SmtpScript, smtpBench } from './smtp-bench.js';

const from = 'Acme Cobranza <cobranza@acme.example>';

/** A transport that keeps what it is given. */
function keeping(receipt: Awaited<ReturnType<MailTransport['sendMail']>> = {}) {
  const mails: Mail[] = [];
  const transport: MailTransport = {
    sendMail: (mail) => {
      mails.push(mail);
      return Promise.resolve(receipt);
    },
  };
  return { transport, mails };
}

describe('a mail on a real server', () => {
  it('arrives with texts, headers and envelope as meant', async () => {
    await using bench = await smtpBench();
    const channel = email({ transport: bench.transport(), from, replyTo: 'pagos@acme.example' });
    const outcome = await channel.send(mailMessage({ toName: 'Robles, "Ana" <x@evil.example>' }), { now });
    expect(bench.mails).toHaveLength(1);
    const [mail] = bench.mails;
    expect(mail).toMatchObject({ from: 'cobranza@acme.example', to: ['ana.robles@cliente.example'] });
    const parsed = await PostalMime.parse(mail?.raw ?? '');
    expect(parsed.from).toEqual({ name: 'Acme Cobranza', address: 'cobranza@acme.example' });
    expect(parsed.to).toEqual([
      { name: 'Robles, "Ana" <x@evil.example>', address: 'ana.robles@cliente.example' },
    ]);
    expect(parsed.replyTo).toEqual([{ name: '', address: 'pagos@acme.example' }]);
    expect(parsed.subject).toBe('Factura F-1001: último aviso');
    expect(parsed.text?.replaceAll('\r\n', '\n').trimEnd()).toBe(
      'Hola Ana,\n\n.la factura F-1001 por $1,250.00 sigue pendiente.\n.\nSaludos',
    );
    expect(parsed.html).toContain('<b>F-1001</b>');
    expect(parsed.date).toBe('2026-03-03T16:00:00.000Z');
    expect(parsed.headers.filter(({ key }) => key === 'auto-submitted')).toEqual([
      expect.objectContaining({ value: 'auto-generated' }),
    ]);
    expect(parsed.messageId).toMatch(/^<act\.[0-9a-f]{40}@acme\.example>$/);
    expect(parsed.references).toMatch(/^<thread\.[0-9a-f]{40}@acme\.example>$/);
    expect(parsed.inReplyTo).toBe(parsed.references);
    expect(outcome).toEqual({ outcome: 'accepted', providerId: parsed.messageId });
    for (const line of mail?.raw.split('\r\n') ?? []) expect(line.length).toBeLessThanOrEqual(998);
  });

  it.each<[string, SmtpScript, object]>([
    [
      'an unknown user',
      { rcpt: '550 5.1.1 No such user' },
      { outcome: 'refused', scope: 'recipient', code: 'smtp:550-5.1.1', addressUnusable: true },
    ],
    [
      'greylisting',
      { rcpt: '450 4.7.1 Greylisted' },
      { outcome: 'retry', scope: 'recipient', code: 'smtp:450-4.7.1' },
    ],
    [
      'a full mailbox',
      { rcpt: '552 5.2.2 Mailbox full' },
      { outcome: 'refused', scope: 'recipient', code: 'smtp:552-5.2.2' },
    ],
    [
      'a refused sender',
      { mail: '550 5.7.1 Sender not allowed' },
      { outcome: 'refused', scope: 'sender', code: 'smtp:550-5.7.1' },
    ],
    [
      'spam',
      { data: '554 5.7.1 Rejected as spam' },
      { outcome: 'refused', scope: 'sender', code: 'smtp:554-5.7.1' },
    ],
    [
      'no space at the end',
      { data: '452 4.3.1 Insufficient storage' },
      { outcome: 'retry', scope: 'message', code: 'smtp:452-4.3.1' },
    ],
    [
      'a busy greeting',
      { greeting: '421 4.3.2 Busy' },
      { outcome: 'retry', scope: 'account', code: 'smtp:421-4.3.2' },
    ],
    ['a cut after the mail', { end: 'cut' }, { outcome: 'unknown', code: 'smtp:ECONNECTION' }],
    ['a reset after the mail', { end: 'reset' }, { outcome: 'unknown', code: 'smtp:ECONNRESET' }],
    // Nothing was sent here, but nodemailer does not say so: better unknown than twice.
    ['a cut before the mail', { end: 'cut at rcpt' }, { outcome: 'unknown', code: 'smtp:ECONNECTION' }],
  ])('%s', async (_, script, expected) => {
    await using bench = await smtpBench(script);
    for (const pool of [false, true]) {
      const before = bench.mails.length;
      const transport = nodemailer.createTransport({ host: '127.0.0.1', port: bench.port, pool });
      const outcome = await email({ transport, from }).send(mailMessage(), { now });
      transport.close();
      expect(outcome).toEqual(expected);
      expect(bench.mails.length - before).toBeLessThanOrEqual(1);
    }
  });

  it('wrong and missing logins are misconfigured', async () => {
    await using bench = await smtpBench({ login: true });
    const wrong = email({ transport: bench.transport({ auth: { user: 'user', pass: 'wrong' } }), from });
    expect(await wrong.send(mailMessage(), { now })).toEqual({
      outcome: 'misconfigured',
      scope: 'sender',
      code: 'smtp:535-5.7.8',
    });
    const missing = email({ transport: bench.transport(), from });
    expect(await missing.send(mailMessage(), { now })).toMatchObject({
      outcome: 'misconfigured',
      scope: 'sender',
      code: 'smtp:530',
    });
    const right = email({ transport: bench.transport({ auth: { user: 'user', pass: 'right' } }), from });
    expect(await right.send(mailMessage(), { now })).toMatchObject({ outcome: 'accepted' });
  });

  it('nothing is sent where nobody listens or the name does not resolve', async () => {
    const bench = await smtpBench();
    await bench.close();
    expect(await email({ transport: bench.transport(), from }).send(mailMessage(), { now })).toEqual({
      outcome: 'retry',
      scope: 'account',
      code: 'smtp:ECONNREFUSED',
    });
    const transport = nodemailer.createTransport({ host: 'nobody.invalid', port: 25, dnsTimeout: 3_000 });
    expect(await email({ transport, from }).send(mailMessage(), { now })).toMatchObject({
      outcome: 'retry',
      scope: 'account',
    });
  });

  it('brings files whole, and a button to leave whose headers its DKIM signature covers', async () => {
    await using bench = await smtpBench();
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    const dkim = { domainName: 'acme.example', keySelector: 's', privateKey, headerFieldNames: dkimFields };
    const content = Uint8Array.from({ length: 3000 }, (_, index) => index % 256);
    const unsubscribe = 'https://acme.example/u/AZ-_9';
    const attachments = [{ name: 'Factura nº 1.pdf', type: 'application/pdf', content }];
    const channel = email({ transport: bench.transport({ dkim }), from });
    await channel.send(mailMessage({ unsubscribe, attachments }), { now });
    const raw = bench.mails[0]?.raw ?? '';
    const parsed = await PostalMime.parse(raw);
    const header = (name: string) => parsed.headers.find(({ key }) => key === name)?.value;
    expect(header('list-unsubscribe')).toBe(`<${unsubscribe}>`);
    expect(header('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const [, covered = ''] = /\bh=([^;]*);/.exec(header('dkim-signature') ?? '') ?? [];
    const fields = covered.replace(/\s/g, '').toLowerCase().split(':');
    expect(fields).toEqual(
      expect.arrayContaining([
        'list-unsubscribe',
        'list-unsubscribe-post',
        'message-id',
        'references',
        'from',
      ]),
    );
    expect(parsed.attachments).toMatchObject([{ filename: 'Factura nº 1.pdf', mimeType: 'application/pdf' }]);
    expect(new Uint8Array(parsed.attachments[0]?.content as ArrayBuffer)).toEqual(content);
  });

  it('a pool delivers each of many mails once', async () => {
    await using bench = await smtpBench();
    const transport = nodemailer.createTransport({
      host: '127.0.0.1',
      port: bench.port,
      pool: true,
      maxConnections: 2,
    });
    const channel = email({ transport, from });
    const keys = Array.from({ length: 20 }, (_, n) => `key-${n}`);
    const outcomes = await Promise.all(keys.map((key) => channel.send(mailMessage({ key }), { now })));
    transport.close();
    expect(outcomes.every(({ outcome }) => outcome === 'accepted')).toBe(true);
    const ids = await Promise.all(
      bench.mails.map(async ({ raw }) => (await PostalMime.parse(raw)).messageId),
    );
    expect(new Set(ids).size).toBe(20);
    expect(ids).toHaveLength(20);
  });
});

describe('what comes along', () => {
  const good = { name: 'Luis', address: 'luis@cliente.example' };

  it('is handed to any transport as it may stand in a mail', async () => {
    const { transport, mails } = keeping();
    const whole = new Uint8Array([0, 1, 2, 3, 4, 5]);
    const message = mailMessage({
      copies: [
        { name: 'X', address: 'a@b.example, c@d.example' },
        { name: 'X', address: 'a@b.example\r\nBcc: c@d.example' },
        good,
        { ...good, name: 'Luis\r\nBcc: c@d.example' },
      ],
      attachments: [{ name: 'a.bin', type: 'application/octet-stream', content: whole.subarray(2, 4) }],
    });
    await email({ transport, from }).send(message, { now });
    expect(mails[0]?.cc).toEqual([good, { ...good, name: '' }]);
    expect(mails[0]?.attachments).toEqual([
      { filename: 'a.bin', contentType: 'application/octet-stream', content: Buffer.from([2, 3]) },
    ]);
    const bare = keeping();
    await email({ transport: bare.transport, from }).send(mailMessage({ copies: [] }), { now });
    for (const key of ['cc', 'attachments', 'replyTo']) expect(bare.mails[0]).not.toHaveProperty(key);
  });

  it.each(['from', 'replyTo'] as const)('a %s that could end a header is the set-up’s fault', async (key) => {
    for (const wrong of [
      { ...good, address: 'a@b.example\r\nBcc: c@d.example' },
      { ...good, name: 'A\r\nBcc: c@d.example' },
    ]) {
      const { transport, mails } = keeping();
      const outcome = await email({ transport, from }).send(mailMessage({ [key]: wrong }), { now });
      expect(outcome).toMatchObject({
        outcome: 'misconfigured',
        scope: 'sender',
        code: 'email:invalid_sender',
      });
      expect(mails).toEqual([]);
    }
  });
});

describe('identity', () => {
  const idOf = async (more: Parameters<typeof mailMessage>[0], options: Partial<EmailOptions> = {}) => {
    const { transport, mails } = keeping();
    await email({ transport, from, ...options }).send(mailMessage(more), { now });
    return mails[0];
  };

  it('one act has one Message-ID, another act, tenant or domain another', async () => {
    const first = await idOf({});
    expect((await idOf({ to: 'other@cliente.example' }))?.messageId).toBe(first?.messageId);
    expect((await idOf({ key: 'other' }))?.messageId).not.toBe(first?.messageId);
    expect((await idOf({ tenant: 'other' }))?.messageId).not.toBe(first?.messageId);
    expect((await idOf({}, { domain: 'mail.acme.example' }))?.messageId).toMatch(/@mail\.acme\.example>$/);
  });

  it('shows nothing of the key', async () => {
    const mail = await idOf({ key: 'bad-payers/inv-1#1/legal.1@billing.0' });
    expect(JSON.stringify([mail?.messageId, mail?.references, mail?.headers])).not.toMatch(/bad|inv-1|legal/);
  });

  it('mails of one thread refer to one id, whatever their act', async () => {
    const first = await idOf({});
    expect((await idOf({ key: 'other' }))?.references).toBe(first?.references);
    expect((await idOf({ thread: 'other' }))?.references).not.toBe(first?.references);
    expect((await idOf({ account: 'other' }))?.references).not.toBe(first?.references);
    expect(first?.references).not.toBe(first?.messageId);
  });

  it('writes international domains in ASCII', async () => {
    expect((await idOf({}, { from: 'cobro@compañía.example' }))?.messageId).toMatch(
      /@xn--compaa-7va5a\.example>$/,
    );
  });
});

describe('before any call', () => {
  const never: MailTransport = { sendMail: () => Promise.reject(new Error('called')) };
  const channel = email({ transport: never, from });

  it.each<[string, object, Parameters<typeof mailMessage>[0]]>([
    [
      'a second recipient',
      { outcome: 'refused', code: 'email:invalid_address', addressUnusable: true },
      { to: 'a@b.example, c@d.example' },
    ],
    [
      'a header in the address',
      { outcome: 'refused', code: 'email:invalid_address' },
      { to: 'a@b.example\r\nBcc: c@d.example' },
    ],
    [
      'a header in the name',
      { outcome: 'refused', scope: 'recipient', code: 'email:invalid_name' },
      { toName: 'Ana\r\nBcc: c@d.example' },
    ],
    ['a NUL in the name', { outcome: 'refused', code: 'email:invalid_name' }, { toName: 'Ana\u0000' }],
    [
      'a broken surrogate in the name',
      { outcome: 'refused', code: 'email:invalid_name' },
      { toName: 'Ana\ud800' },
    ],
    [
      'a text instead of a mail',
      { outcome: 'misconfigured', code: 'email:content_not_email' },
      { content: textMessage().content },
    ],
    [
      'a header in the subject',
      { outcome: 'misconfigured', scope: 'template', code: 'email:invalid_subject' },
      { content: { kind: 'email', subject: 'a\nBcc: c@d.example', text: 't', html: '' } },
    ],
  ])('refuses %s', async (_, expected, more) => {
    expect(await channel.send(mailMessage(more), { now })).toMatchObject(expected);
  });

  it('leaves html out where there is none', async () => {
    const { transport, mails } = keeping();
    await email({ transport, from }).send(
      mailMessage({ content: { kind: 'email', subject: 's', text: 't', html: '' } }),
      { now },
    );
    expect(mails[0]).not.toHaveProperty('html');
    expect(mails[0]).toMatchObject({ text: 't', disableFileAccess: true, disableUrlAccess: true });
  });
});

describe('the receipt', () => {
  const outcome = (receipt: Parameters<typeof keeping>[0]) =>
    email({ transport: keeping(receipt).transport, from }).send(mailMessage(), { now });
  const to = 'ana.robles@cliente.example';

  it('gives the server’s id, the transport’s, or ours', async () => {
    expect(await outcome({ messageId: '<a@x>', serverMessageId: '<b@y>' })).toMatchObject({
      providerId: '<b@y>',
    });
    expect(await outcome({ messageId: '<a@x>' })).toMatchObject({ providerId: '<a@x>' });
    expect(await outcome({})).toMatchObject({ providerId: expect.stringMatching(/^<act\./) });
  });

  it('that took others but not ours is a refusal', async () => {
    const rejectedErrors = [
      { recipient: 'archive@acme.example', responseCode: 450, response: '450 later', command: 'RCPT TO' },
      { recipient: to, responseCode: 550, response: '550 5.1.1 no', command: 'RCPT TO' },
    ];
    expect(
      await outcome({ accepted: ['archive@acme.example'], rejected: [to], rejectedErrors }),
    ).toMatchObject({ outcome: 'refused', code: 'smtp:550-5.1.1', addressUnusable: true });
    expect(await outcome({ accepted: [], rejected: [{ address: to.toUpperCase() }] })).toEqual({
      outcome: 'refused',
      scope: 'recipient',
      code: 'smtp:rejected',
    });
    expect(await outcome({ accepted: [to], rejected: ['archive@acme.example'] })).toMatchObject({
      outcome: 'accepted',
    });
  });

  it('leaves no listener on the caller’s signal', async () => {
    const { signal } = new AbortController();
    const calls: string[] = [];
    signal.addEventListener = (type: string) => calls.push(`add ${type}`);
    signal.removeEventListener = (type: string) => calls.push(`remove ${type}`);
    await email({ transport: keeping().transport, from }).send(mailMessage(), { now, signal });
    expect(calls).toEqual(['add abort', 'remove abort']);
  });

  it('of a transport that throws at once is unknown', async () => {
    const transport: MailTransport = {
      sendMail: () => {
        throw new TypeError('x');
      },
    };
    expect(await email({ transport, from }).send(mailMessage(), { now })).toEqual({
      outcome: 'unknown',
      code: 'smtp:failed',
    });
  });
});

describe('email options', () => {
  const problems = (more: Partial<EmailOptions>): string[] => {
    try {
      email({ transport: keeping().transport, from, ...more });
    } catch (error) {
      if (!isRecobroError(error, 'invalid_option')) throw error;
      return error.problems.map(({ path }) => path);
    }
    return [];
  };

  it.each<[string[], Partial<EmailOptions>]>([
    [[], {}],
    [[], { from: 'a@localhost' }],
    [[], { from: '"Acme, S.A." <a@b.example>' }],
    [['transport'], { transport: Object({}) }],
    [['from'], { from: 'acme' }],
    [['from'], { from: Object(undefined) }],
    [['from'], { from: 'Acme\r\nBcc: x@y.example <a@b.example>' }],
    [['from'], { from: 'a@b.example, c@d.example' }],
    [['replyTo'], { replyTo: 'x' }],
    [['domain'], { domain: 'acme example' }],
    [['timeout'], { timeout: Number.NaN }],
    [[], { timeout: 240_000 }],
    [['timeout'], { timeout: 240_001 }],
  ])('%j', (expected, more) => expect(problems(more)).toEqual(expected));

  it('reads mailboxes', () => {
    expect(mailboxOf('Acme Cobranza <a@b.example>')).toEqual({
      name: 'Acme Cobranza',
      address: 'a@b.example',
    });
    expect(mailboxOf('"Acme, S.A." <a@b.example>')).toEqual({ name: 'Acme, S.A.', address: 'a@b.example' });
    expect(mailboxOf(' a@b.example ')).toEqual({ name: '', address: 'a@b.example' });
    for (const text of [
      '',
      '<>',
      'Acme <a@b.example> x',
      '<a@b.example',
      'a b@c.example',
      'A <B <a@b.example>>',
    ]) {
      expect(mailboxOf(text), text).toBeUndefined();
    }
  });

  it('knows addresses', () => {
    for (const good of [
      'a@b.example',
      'a.b+c@x-y.example',
      "o'brien@b.example",
      `${'a'.repeat(64)}@b.example`,
      `a@${'b'.repeat(63)}.example`,
      'josé@compañía.example',
      'a@localhost',
      'a@xn--compaa-7va5a.example',
    ]) {
      expect(isAddress(good), good).toBe(true);
    }
    for (const bad of [
      '',
      '@',
      'a@',
      '@b.example',
      'a@b',
      'a@@b.example',
      'a b@c.example',
      'a@b..example',
      'a@-b.example',
      'a,b@c.example',
      '"a b"@c.example',
      'a@b.example\n',
      'a\u202e@b.example',
      'a@[127.0.0.1]',
      `${'a'.repeat(65)}@b.example`,
      `a@${'b'.repeat(64)}.example`,
    ]) {
      expect(isAddress(bad), bad).toBe(false);
    }
    expect(isDomain('a'.repeat(300))).toBe(false);
  });

  it('takes no address that could be two or end a header', () => {
    const unit = fc.constantFrom(
      'a',
      'b',
      '.',
      '@',
      '.example',
      'ñ',
      '\r',
      '\n',
      '\0',
      ',',
      ' ',
      '<',
      '>',
      '"',
      '\u2028',
      '\ud800',
      '\u202e',
    );
    let taken = 0;
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 12 }), (units) => {
        const text = `${units.join('')}@b.example`;
        if (!isAddress(text)) return;
        taken += 1;
        expect(text).toMatch(/^[a-zñ.]+@b\.example$/);
      }),
      { numRuns: 2_000 },
    );
    expect(taken).toBeGreaterThan(10);
  });
});

/** Who else is in the envelope, and the files of a mail as a mail program reads them. */
async function carriedBy({ raw, to }: { raw: string; to: readonly string[] }): Promise<CarriedAlong> {
  const { attachments } = await PostalMime.parse(raw);
  return {
    copies: to.slice(1),
    attachments: attachments.map(({ filename, mimeType, content }) => ({
      name: filename ?? '',
      type: mimeType,
      content: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
    })),
  };
}

async function contractBench(situation: ChannelSituation): Promise<ChannelUnderTest> {
  const scripts: Partial<Record<ChannelSituation, SmtpScript>> = {
    throttled: { rcpt: '450 4.7.1 Greylisted' },
    refused: { rcpt: '552 5.2.2 Mailbox of ana.robles@cliente.example is full' },
    bad_address: { rcpt: '550 5.1.1 <ana.robles@cliente.example> unknown' },
    misconfigured: { login: true },
    cut: { end: 'cut' },
    silent: { end: 'silent' },
  };
  const bench = await smtpBench(scripts[situation]);
  const auth = { user: 'user', pass: 'smtp-password' };
  const transport = bench.transport(situation === 'misconfigured' ? { auth } : {});
  if (situation === 'unreachable') await bench.close();
  return {
    channel: email({ transport, from, timeout: situation === 'silent' ? 1_000 : 10_000 }),
    message: mailMessage(),
    secrets: ['smtp-password'],
    arrivals: () => bench.mails.length,
    arrived: () => bench.arrived(),
    carried: () => Promise.all(bench.mails.map(carriedBy)),
    keys: () => bench.mails.map(({ raw }) => /^Message-ID: (.*)\r$/m.exec(raw)?.[1] ?? ''),
    dispose: () => (situation === 'unreachable' ? Promise.resolve() : bench.close()),
  };
}

describeChannel('the channel contract on email', contractBench, {
  without: { nonsense: 'any 2xx reply of an SMTP server means that the mail was taken' },
});
