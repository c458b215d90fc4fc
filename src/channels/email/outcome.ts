import type { FailureScope, SendOutcome } from '../channel.js';
import { failureOf, type MailFailure } from './failure.js';

/** What a transport's error means for the mail that was being sent. */
export function outcomeOfMailError(error: unknown): SendOutcome {
  const failure = failureOf(error);
  const { reply, command } = failure;
  if (reply === undefined) return outcomeWithoutReply(failure);
  const code = failure.status === undefined ? `smtp:${reply}` : `smtp:${reply}-${failure.status}`;
  // RFC 5321, 4.2.1: 4yz is a passing failure, and the command was not carried out.
  if (reply < 500) return { outcome: 'retry', scope: scopeOfCommand(command), code };
  if (isLogin(failure)) return { outcome: 'misconfigured', scope: 'sender', code };
  return outcomeOfRefusal(failure, code);
}

function outcomeWithoutReply(failure: MailFailure): SendOutcome {
  const code = `smtp:${failure.cause}`;
  if (failure.before) return { outcome: 'retry', scope: 'account', code };
  switch (failure.code) {
    case 'EAUTH':
    case 'ENOAUTH':
    case 'EOAUTH2':
    case 'ECONFIG':
      return { outcome: 'misconfigured', scope: 'sender', code };
    case 'EENVELOPE':
      // Found by nodemailer itself, before anything was said to the server.
      return { outcome: 'refused', scope: 'recipient', code };
    case 'EMESSAGE':
      // Larger than the server announced to take.
      return { outcome: 'refused', scope: 'message', code };
    default:
      return { outcome: 'unknown', code };
  }
}

/**
 * A 5xx is final for this mail; the enhanced status (RFC 3463) says whose fault
 * it is, else the command that was refused. An address is condemned only where
 * the server says that the address is bad: a full mailbox, a policy or a bare 550
 * ("not found, no access, or rejected for policy reasons") does not say so.
 */
function outcomeOfRefusal({ reply, status, command }: MailFailure, code: string): SendOutcome {
  const refused = (scope: FailureScope): SendOutcome => ({ outcome: 'refused', scope, code });
  const misconfigured = (scope: FailureScope): SendOutcome => ({ outcome: 'misconfigured', scope, code });
  const atSender = command === 'MAIL FROM';
  if (status !== undefined) {
    if (badSender.has(status)) return misconfigured('sender');
    if (badAddress.has(status) && !atSender) {
      return { outcome: 'refused', scope: 'recipient', code, addressUnusable: true };
    }
    if (aboutMessage.has(status) || status.startsWith('5.6.')) return refused('message');
    // Policy: at the recipient it is between us and them, elsewhere it is about us.
    if (status.startsWith('5.7.')) return command === 'RCPT TO' ? refused('pair') : refused('sender');
    if (/^5\.[1234]\./.test(status) && !atSender) return refused('recipient');
  }
  if (reply === 503) return { outcome: 'retry', scope: 'account', code };
  if (reply === 552 && command !== 'RCPT TO') return refused('message');
  switch (command) {
    case 'RCPT TO':
      return refused('recipient');
    case 'MAIL FROM':
      return misconfigured('sender');
    case 'DATA':
      return refused('message');
    default:
      // Greeting, EHLO, STARTTLS: the server does not want to talk to us at all.
      return misconfigured('account');
  }
}

/** 530, 534, 535 and 538 belong to AUTH (RFC 4954); 5.7.8 is "credentials invalid", 5.7.9 "mechanism too weak". */
function isLogin({ reply, status, command, code }: MailFailure): boolean {
  if (reply === 530 || reply === 534 || reply === 535 || reply === 538) return true;
  return code === 'EAUTH' || command.startsWith('AUTH') || status === '5.7.8' || status === '5.7.9';
}

function scopeOfCommand(command: string): FailureScope {
  switch (command) {
    case 'RCPT TO':
      return 'recipient';
    case 'MAIL FROM':
      return 'sender';
    case 'DATA':
      return 'message';
    default:
      return 'account';
  }
}

/** The mailbox or its domain does not exist, or is disabled for good. */
const badAddress: ReadonlySet<string> = new Set([
  '5.1.0',
  '5.1.1',
  '5.1.2',
  '5.1.3',
  '5.1.6',
  '5.1.10',
  '5.2.1',
]);

/** Our own address is not accepted, or fails reverse DNS, SPF or DKIM (RFC 7372). */
const badSender: ReadonlySet<string> = new Set([
  '5.1.7',
  '5.1.8',
  '5.7.20',
  '5.7.21',
  '5.7.22',
  '5.7.23',
  '5.7.24',
  '5.7.25',
  '5.7.26',
  '5.7.27',
]);

/** Too big, too many recipients, or not understood. */
const aboutMessage: ReadonlySet<string> = new Set(['5.2.3', '5.3.4', '5.5.2', '5.5.3']);
