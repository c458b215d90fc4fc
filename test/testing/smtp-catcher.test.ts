import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import nodemailer from 'nodemailer';
import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { email } from '../../src/channels/email/index.js';
import {
  type CaughtMail,
  type SmtpCatcherOptions,
  startSmtpCatcher,
} from '../../src/testing/smtp-catcher.js';
import { mailMessage, now } from '../channels/message.js';

async function catching(options: SmtpCatcherOptions = {}) {
  const mails: CaughtMail[] = [];
  const catcher = await startSmtpCatcher({
    ...options,
    onMessage: async (mail) => {
      mails.push(mail);
      await options.onMessage?.(mail);
    },
  });
  return { mails, catcher, [Symbol.asyncDispose]: () => catcher.close() };
}

describe('startSmtpCatcher', () => {
  it('catches what the e-mail adapter sends', async () => {
    await using bench = await catching();
    const transport = nodemailer.createTransport(bench.catcher.url);
    const outcome = await email({ transport, from: 'Acme <cobranza@acme.example>' }).send(mailMessage(), {
      now,
    });
    expect(outcome).toMatchObject({ outcome: 'accepted' });
    expect(bench.mails).toHaveLength(1);
    expect(bench.mails[0]).toMatchObject({
      from: 'cobranza@acme.example',
      to: ['ana.robles@cliente.example'],
    });
    const parsed = await PostalMime.parse(bench.mails[0]?.raw ?? '');
    expect(parsed.subject).toBe('Factura F-1001: último aviso');
    expect(parsed.text).toContain('\n.la factura');
  });

  it('gives back every body byte for byte', async () => {
    await using bench = await catching();
    const transport = nodemailer.createTransport({
      host: '127.0.0.1',
      port: bench.catcher.port,
      pool: true,
      maxConnections: 1,
    });
    const line = fc.oneof(
      fc.constantFrom('', '.', '..', '.a', 'QUIT', 'DATA', 'é'),
      fc.string({ unit: 'grapheme', maxLength: 20 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 12 }), async (lines) => {
        const raw = `Subject: x\r\n\r\n${lines.map((one) => one.replace(/[\r\n]/g, '')).join('\r\n')}\r\n`;
        bench.mails.length = 0;
        await transport.sendMail({ envelope: { from: 'a@b.example', to: 'c@d.example' }, raw });
        expect(bench.mails.map((mail) => mail.raw.toString())).toEqual([raw]);
      }),
      { numRuns: 50 },
    );
    transport.close();
  });

  it('starts every mail of a connection afresh', async () => {
    await using bench = await catching();
    const transport = nodemailer.createTransport({
      host: '127.0.0.1',
      port: bench.catcher.port,
      pool: true,
      maxConnections: 1,
    });
    for (const n of [1, 2, 3])
      await transport.sendMail({ from: `a${n}@b.example`, to: `c${n}@d.example`, text: 'x' });
    transport.close();
    expect(bench.mails.map(({ from, to }) => [from, to])).toEqual(
      [1, 2, 3].map((n) => [`a${n}@b.example`, [`c${n}@d.example`]]),
    );
  });

  it('takes big mails up to its limit and no further', async () => {
    await using bench = await catching({ maxSize: 200_000 });
    const transport = nodemailer.createTransport(bench.catcher.url);
    const send = (size: number) =>
      transport.sendMail({ from: 'a@b.example', to: 'c@d.example', text: 'x '.repeat(size / 2) });
    await send(100_000);
    await expect(send(400_000)).rejects.toMatchObject({ responseCode: 552 });
    expect(bench.mails).toHaveLength(1);
  });

  it('refuses recipients, keeps to the rest, and may drop the connection', async () => {
    await using bench = await catching({
      refuse: (address) => (address.startsWith('gone') ? '550 5.1.1 No such user' : undefined),
      drop: (mail) => mail.to.includes('drop@d.example'),
    });
    const transport = nodemailer.createTransport(bench.catcher.url);
    const channel = email({ transport, from: 'a@b.example' });
    expect(await channel.send(mailMessage({ to: 'gone@d.example' }), { now })).toMatchObject({
      outcome: 'refused',
      code: 'smtp:550-5.1.1',
    });
    expect(await channel.send(mailMessage({ to: 'drop@d.example' }), { now })).toMatchObject({
      outcome: 'unknown',
    });
    await transport.sendMail({
      from: 'a@b.example',
      to: ['gone@d.example', 'c@d.example', 'josé@d.example'],
      text: 'x',
    });
    expect(bench.mails.map(({ to }) => to)).toEqual([['c@d.example', 'josé@d.example']]);
  });

  it('says so when the mail could not be kept', async () => {
    await using bench = await catching({ onMessage: () => Promise.reject(new Error('disk full')) });
    const transport = nodemailer.createTransport(bench.catcher.url);
    const outcome = await email({ transport, from: 'a@b.example' }).send(mailMessage(), { now });
    expect(outcome).toEqual({ outcome: 'retry', scope: 'message', code: 'smtp:451-4.3.0' });
  });

  it('keeps to the protocol, pipelined or byte by byte', async () => {
    await using bench = await catching();
    const talk = [
      'MAIL FROM:<x@b.example>',
      'helo me',
      'RCPT TO:<c@d.example>',
      'MAIL FROM:<>',
      'MAIL FROM:<a@b.example>',
      'DATA',
      'RSET',
      'MAIL FROM:<a@b.example>',
      'RCPT TO:c@d.example',
      'RCPT TO:<c@d.example> NOTIFY=NEVER',
      'VRFY c',
      '',
      'NOOP x',
      'DATA',
      'one\ntwo',
      '.',
      'MAIL FROM:<a@b.example> SIZE=99999999',
      'quit',
    ];
    const codes = [
      '220',
      '250',
      '250',
      '503',
      '250',
      '503',
      '503',
      '250',
      '250',
      '501',
      '250',
      '500',
      '500',
      '250',
      '354',
      '250',
      '552',
      '221',
    ];
    for (const size of [1_000_000, 1]) {
      const socket = connect(bench.catcher.port, '127.0.0.1');
      const all = `${talk.join('\r\n')}\r\n`;
      for (let at = 0; at < all.length; at += size) socket.write(all.slice(at, at + size));
      const replies = await textOf(socket);
      expect(
        replies
          .trim()
          .split('\r\n')
          .map((line) => line.slice(0, 3)),
      ).toEqual(codes);
    }
    // A bare line feed ends no line, so nothing can be smuggled past the dot.
    expect(bench.mails.map(({ raw }) => raw.toString())).toEqual(['one\ntwo\r\n', 'one\ntwo\r\n']);
  });

  it('survives clients that leave, babble or send noise', async () => {
    await using bench = await catching();
    for (const noise of [
      '',
      'EHLO',
      'MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\nhalf a ma',
      '\0\xff'.repeat(500),
      'x'.repeat(100_000),
    ]) {
      const socket = connect(bench.catcher.port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.end(noise);
      await new Promise((resolve) => socket.resume().once('close', resolve));
    }
    expect(bench.mails).toEqual([]);
    await nodemailer
      .createTransport(bench.catcher.url)
      .sendMail({ from: 'a@b.example', to: 'c@d.example', text: 'x' });
    expect(bench.mails).toHaveLength(1);
  });

  it('says where its port is taken', async () => {
    await using bench = await catching();
    await expect(startSmtpCatcher({ port: bench.catcher.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});

async function textOf(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return text;
}
