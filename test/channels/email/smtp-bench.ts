import type { Socket } from 'node:net';
import nodemailer from 'nodemailer';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { MailTransport } from '../../../src/channels/email/index.js';
import { portOf } from '../../../src/testing/fake-provider.js';

/** What the server does with the next mails. */
export interface SmtpScript {
  /** A reply such as `550 5.1.1 No such user` instead of taking it. */
  readonly greeting?: string;
  readonly mail?: string;
  readonly rcpt?: string;
  readonly data?: string;
  /** Cut after the whole mail is in, never answer it, or cut where the mail should begin. */
  readonly end?: 'cut' | 'silent' | 'cut at rcpt' | 'reset';
  /** Whether a login is demanded; only `user` with `right` may. */
  readonly login?: boolean;
}

export interface SmtpBench extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Mails that were handed over completely. */
  readonly mails: { readonly raw: string; readonly from: string; readonly to: readonly string[] }[];
  arrived(): Promise<void>;
  /** nodemailer's own transporter; that it fits the port as it is, is checked by the compiler here. */
  transport(options?: object): MailTransport;
  close(): Promise<void>;
}

/** A real smtp-server that behaves as told. */
export async function smtpBench(script: SmtpScript = {}): Promise<SmtpBench> {
  const sockets = new Set<Socket>();
  const mails: SmtpBench['mails'] = [];
  const arrival = Promise.withResolvers<void>();
  const cut = () => {
    for (const socket of sockets) script.end === 'reset' ? socket.resetAndDestroy() : socket.destroy();
  };
  const options: SMTPServerOptions = {
    disabledCommands: script.login ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    allowInsecureAuth: true,
    authOptional: !script.login,
    logger: false,
    closeTimeout: 1,
    onConnect: (_, done) => done(errorOf(script.greeting)),
    onAuth: (auth, _, done) =>
      auth.password === 'right' ? done(null, { user: 'user' }) : done(errorOf('535 5.7.8 Bad credentials')),
    onMailFrom: (_, __, done) => done(errorOf(script.mail)),
    onRcptTo: (_, __, done) => (script.end === 'cut at rcpt' ? cut() : done(errorOf(script.rcpt))),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          raw: Buffer.concat(chunks).toString(),
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
        });
        arrival.resolve();
        if (script.end === 'cut' || script.end === 'reset') cut();
        else if (script.end !== 'silent') done(errorOf(script.data));
      });
    },
  };
  const server = new SMTPServer(options);
  // A cut connection is an error to the server, and the point of the test.
  server.on('error', () => undefined);
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server.server.address());
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(resolve));
  };
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    mails,
    arrived: () => arrival.promise,
    transport: (more = {}) => nodemailer.createTransport({ host: '127.0.0.1', port, ...more }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function errorOf(reply: string | undefined): Error | undefined {
  if (reply === undefined) return undefined;
  const [, code = '', text = ''] = /^(\d{3}) (.*)$/.exec(reply) ?? [];
  return Object.assign(new Error(text), { responseCode: Number(code) });
}
