import { createServer, type Socket } from 'node:net';
import { portOf } from './fake-provider.js';

/** A mail as it arrived. */
export interface CaughtMail {
  /** Envelope sender; empty for the null sender. */
  readonly from: string;
  /** Envelope recipients. */
  readonly to: readonly string[];
  /** The mail itself, headers and body, byte for byte with CRLF: an .eml file. */
  readonly raw: Buffer;
}

/** Options of {@link startSmtpCatcher}. */
export interface SmtpCatcherOptions {
  /** Called for every mail, before the server says that it took it. A rejection is answered 451. */
  readonly onMessage?: ((mail: CaughtMail) => void | Promise<void>) | undefined;
  /** A reply such as `550 5.1.1 No such user` for a recipient to refuse. */
  readonly refuse?: ((recipient: string) => string | undefined) | undefined;
  /** Whether to cut the connection after taking a mail, instead of saying so. */
  readonly drop?: ((mail: CaughtMail) => boolean) | undefined;
  /** Default: a free one. */
  readonly port?: number | undefined;
  /** Largest mail in bytes. Default 10 MiB. */
  readonly maxSize?: number | undefined;
}

/** An SMTP server on 127.0.0.1 that delivers to nobody. */
export interface SmtpCatcher extends AsyncDisposable {
  readonly port: number;
  /** For `nodemailer.createTransport(url)`. */
  readonly url: string;
  /** Cuts what is open and stops. */
  close(): Promise<void>;
}

/**
 * Catches the mails of tests and demos. Speaks as much of RFC 5321 as a mail
 * client needs (EHLO, HELO, MAIL, RCPT, DATA, RSET, NOOP, QUIT, pipelining, dot
 * stuffing, size limit); no TLS and no login, hence only on this machine.
 *
 * @example
 * await using catcher = await startSmtpCatcher({ onMessage: (mail) => console.log(mail.to) });
 * const transport = nodemailer.createTransport(catcher.url);
 */
export async function startSmtpCatcher(options: SmtpCatcherOptions = {}): Promise<SmtpCatcher> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    // A client that goes away in the middle ends its conversation, nothing else.
    converse(socket, options).catch(() => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const port = portOf(server.address());
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
  return { port, url: `smtp://127.0.0.1:${port}`, close, [Symbol.asyncDispose]: close };
}

/** Longer lines than RFC 5321 allows (1,000) are still read, but not without end. */
const longestLine = 64 * 1024;

async function converse(socket: Socket, options: SmtpCatcherOptions): Promise<void> {
  const { maxSize = 10 * 1024 * 1024 } = options;
  const say = (reply: string) => socket.write(`${reply}\r\n`);
  let from: string | undefined;
  let to: string[] = [];
  const reset = () => {
    from = undefined;
    to = [];
  };
  say('220 localhost catcher');
  const lines = linesOf(socket);
  for (;;) {
    const { value: line, done } = await lines.next();
    if (done) return;
    const [, verb = ''] = /^([A-Za-z]{4})(?: |$)/.exec(line) ?? [];
    const path = utf8Of(/^[^<]*<([^<>]*)>/.exec(line)?.[1]);
    switch (verb.toUpperCase()) {
      case 'EHLO':
        reset();
        say(`250-localhost\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE ${maxSize}`);
        break;
      case 'HELO':
        reset();
        say('250 localhost');
        break;
      case 'MAIL':
        if (path === undefined) say('501 5.5.4 MAIL FROM:<address> expected');
        else if (from !== undefined) say('503 5.5.1 Sender already given');
        else if (Number(/ SIZE=(\d+)/i.exec(line)?.[1] ?? 0) > maxSize) say('552 5.3.4 Message too big');
        else {
          from = path;
          say('250 2.1.0 OK');
        }
        break;
      case 'RCPT': {
        const refusal = path === undefined ? '501 5.5.4 RCPT TO:<address> expected' : options.refuse?.(path);
        if (from === undefined) say('503 5.5.1 MAIL first');
        else if (refusal !== undefined) say(refusal);
        else {
          to.push(path ?? '');
          say('250 2.1.5 OK');
        }
        break;
      }
      case 'DATA': {
        if (from === undefined || to.length === 0) {
          say('503 5.5.1 RCPT first');
          break;
        }
        say('354 End with a dot on a line of its own');
        const raw = await dataOf(lines, maxSize);
        // The client went away before the dot: nothing was taken.
        if (raw === 'ended') return;
        const mail = raw === 'too big' ? undefined : { from, to, raw };
        reset();
        if (mail === undefined) say('552 5.3.4 Message too big');
        else if (options.drop?.(mail)) {
          socket.destroy();
          return;
        } else say(await taken(mail, options));
        break;
      }
      case 'RSET':
        reset();
        say('250 2.0.0 OK');
        break;
      case 'NOOP':
        say('250 2.0.0 OK');
        break;
      case 'QUIT':
        socket.end('221 2.0.0 Bye\r\n', () => socket.destroy());
        return;
      default:
        say('500 5.5.2 Command not known');
    }
  }
}

async function taken(mail: CaughtMail, options: SmtpCatcherOptions): Promise<string> {
  try {
    await options.onMessage?.(mail);
    return '250 2.0.0 OK: caught';
  } catch {
    // The reply tells the client that the mail was not kept.
    return '451 4.3.0 Not kept';
  }
}

/** Reads up to the lone dot and takes off stuffed dots; the rest of an oversized mail is read and dropped. */
async function dataOf(lines: AsyncIterator<string>, maxSize: number): Promise<Buffer | 'too big' | 'ended'> {
  const kept: string[] = [];
  let size = 0;
  for (;;) {
    const { value: line, done } = await lines.next();
    if (done) return 'ended';
    if (line === '.') return size > maxSize ? 'too big' : Buffer.from(kept.join(''), 'latin1');
    const text = `${line.startsWith('.') ? line.slice(1) : line}\r\n`;
    size += text.length;
    if (size <= maxSize) kept.push(text);
  }
}

/** Lines hold bytes; addresses may hold more (SMTPUTF8). */
function utf8Of(bytes: string | undefined): string | undefined {
  return bytes === undefined ? undefined : Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Lines as they come, one character per byte. Only CRLF ends a line: a bare LF must not smuggle a command in. */
async function* linesOf(socket: Socket): AsyncGenerator<string, undefined> {
  let rest = '';
  for await (const chunk of socket) {
    rest += Buffer.from(chunk).toString('latin1');
    const lines = rest.split('\r\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > longestLine) throw new Error('line too long');
  }
  return undefined;
}
