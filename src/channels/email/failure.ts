import { codeBeforeSending } from '../http.js';

/** What a transport's error says, in nodemailer's words; anything may be missing. */
export interface MailFailure {
  /** SMTP reply, such as 550. A reply of 4xx or 5xx means that the server did not take the mail. */
  readonly reply?: number | undefined;
  /** Enhanced status (RFC 3463), such as `5.1.1`. */
  readonly status?: string | undefined;
  /** What was being done, such as `RCPT TO`, `DATA`, `AUTH PLAIN` or `CONN`. */
  readonly command: string;
  /** nodemailer's code, such as `ESOCKET`. */
  readonly code: string;
  /** The system's code behind it, such as `ECONNREFUSED`; else the same. */
  readonly cause: string;
  /** Whether it surely struck before the mail was handed over, where no reply says so. */
  readonly before: boolean;
}

/** Reads a transport's error without trusting its shape; never looks at texts that quote an address. */
export function failureOf(error: unknown): MailFailure {
  const code = textAt(error, 'code') ?? '';
  const command = textAt(error, 'command') ?? '';
  const reply = replyOf(error);
  return {
    reply,
    status: reply === undefined ? undefined : statusOf(textAt(error, 'response')),
    command,
    code,
    cause: plain(textAt(error, 'originalCode') ?? code),
    before: isBefore(error, code, command),
  };
}

/**
 * nodemailer reports every lost connection as command `CONN`, whether it was
 * lost while connecting or after the last byte of the mail. So only what can
 * happen nowhere else counts as "before": no connection came about, the
 * greeting or the TLS handshake failed, or the mail was never begun.
 */
function isBefore(error: unknown, code: string, command: string): boolean {
  if (codeBeforeSending(error) !== undefined) return true;
  switch (code) {
    case 'EDNS':
    case 'ETLS':
    case 'EREQUIRETLS':
    case 'EPROXY':
      return true;
    case 'ECONNECTION':
      // The pooled connection was already closed when the mail's turn came.
      return command === 'API';
    case 'ETIMEDOUT': {
      const phase = textAt(error, 'timeoutType');
      if (phase !== undefined) return setUpPhases.has(phase);
      // Before version 10 only the fixed message tells the phases apart.
      const message = textAt(error, 'message');
      return message === 'Connection timeout' || message === 'Greeting never received';
    }
    default:
      return false;
  }
}

const setUpPhases: ReadonlySet<string> = new Set(['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT']);

function replyOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('responseCode' in error)) return undefined;
  const { responseCode } = error;
  return typeof responseCode === 'number' && responseCode >= 400 && responseCode <= 599
    ? responseCode
    : undefined;
}

function statusOf(response: string | undefined): string | undefined {
  return /^[45]\d\d[ -]([45]\.\d{1,3}\.\d{1,3})(?!\S)/.exec(response ?? '')?.[1];
}

function textAt(error: unknown, name: string): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : undefined;
}

/** Codes come from outside; only what looks like one is passed on. */
function plain(code: string): string {
  return /^[A-Z][A-Z0-9_]{0,59}$/.test(code) ? code : 'failed';
}
