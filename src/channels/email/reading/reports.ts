import type {
  ChannelEvent,
  ConsentEvent,
  InboundMessage,
  StatusEvent,
  StatusFailure,
} from '../../inbound.js';
import { idOf } from '../../json.js';
import { isAddress } from '../../mailbox.js';
import { digestKey, present, shortText } from '../../webhook-body.js';
import { fieldsOf, headerOf, type ParsedMail, textOfPart } from './parsed.js';

/** Reports of mail systems about a mail of ours: that it bounced, was delayed or delivered, was read, or was called spam. */

/** Statuses that are the address's own fault (RFC 3463). Full boxes and policies are not. */
const deadAddress = new Set(['5.1.0', '5.1.1', '5.1.2', '5.1.3', '5.1.6', '5.1.10', '5.2.1']);

/** The events of a delivery report, one for each recipient; undefined where the mail is none. */
export function deliveryReport(mail: ParsedMail, at: number): readonly ChannelEvent[] | undefined {
  const part = mail.attachments.find(({ mimeType }) => mimeType.toLowerCase() === 'message/delivery-status');
  const report = part === undefined ? flatReport(mail) : textOfPart(part);
  if (report === undefined) return undefined;
  const providerId = originalIdOf(mail);
  const key = keyOf(mail);
  // The first block is about the report itself.
  const blocks = report
    .split(/\r?\n[ \t]*\r?\n/)
    .map(fieldsOf)
    .filter((fields) => fields.has('action'));
  return blocks.slice(0, 100).map((fields, index) => {
    const to = addressIn(fields.get('original-recipient')) ?? addressIn(fields.get('final-recipient'));
    const action = fields.get('action')?.toLowerCase() ?? '';
    const code = /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(fields.get('status') ?? '')?.[1] ?? '';
    const base = {
      provider: 'smtp',
      key: `${key} ${index}`,
      at,
      providerId,
      to: to === undefined ? undefined : { address: to },
    };
    switch (action) {
      case 'failed':
        return present<StatusEvent>({ type: 'status', ...base, status: 'failed', failure: failureOf(code) });
      case 'delayed':
        return present<StatusEvent>({ type: 'status', ...base, status: 'deferred' });
      case 'delivered':
      case 'relayed':
      case 'expanded':
        return present<StatusEvent>({ type: 'status', ...base, status: 'delivered' });
      default:
        return { type: 'ignored', provider: 'smtp', key: `${key} ${index}`, at, what: 'delivery-status' };
    }
  });
}

/** Gateways and mailing lists flatten reports: the fields then stand in the text of the mail system's own mail. */
function flatReport(mail: ParsedMail): string | undefined {
  const text = mail.text ?? '';
  return isMailSystem(mail) && /^final-recipient:/im.test(text) && /^action:/im.test(text)
    ? text.slice(0, longestReport)
    : undefined;
}

const longestReport = 256 * 1024;

/** Whether a mail system wrote, under one of the names that are kept for it (RFC 2142, RFC 5321 4.5.1). */
export function isMailSystem({ from }: ParsedMail): boolean {
  return /^(?:mailer-daemon|postmaster)@/i.test(from?.address?.trim() ?? '');
}

/** `failed` is final whatever the class of its status; that says whose fault it was. */
function failureOf(status: string): StatusFailure {
  const code = status === '' ? 'smtp:failed' : `smtp:${status}`;
  if (deadAddress.has(status)) return { code, scope: 'recipient', temporary: false, addressUnusable: true };
  if (status.startsWith('5.7.')) return { code, scope: 'message', temporary: false };
  return { code, scope: 'recipient', temporary: status.startsWith('4.') || status.startsWith('5.2.') };
}

/**
 * A complaint (RFC 5965): whoever calls a reminder spam is not written to by mail again. One whose sender is not proven
 * names whom it likes: it stops nobody, and is a message of that person for people to look at.
 */
export function abuseReport(
  mail: ParsedMail,
  at: number,
  proven: boolean,
): readonly ChannelEvent[] | undefined {
  const part = mail.attachments.find(({ mimeType }) => mimeType.toLowerCase() === 'message/feedback-report');
  if (part === undefined) return undefined;
  const fields = fieldsOf(textOfPart(part));
  const kind = fields.get('feedback-type')?.toLowerCase();
  const to = addressIn(fields.get('original-rcpt-to')) ?? addressIn(originalOf(mail).get('to'));
  const base = { provider: 'smtp', key: keyOf(mail), at };
  if (to === undefined || kind === 'not-spam')
    return [{ type: 'ignored', ...base, what: `feedback-report:${kind ?? ''}`.slice(0, 64) }];
  if (!proven)
    return [
      present<InboundMessage>({
        type: 'message',
        ...base,
        kind: 'email',
        from: { address: to },
        providerId: base.key,
        subject: shortText(mail.subject, 998),
        replyTo: originalIdOf(mail),
        unproven: true,
      }),
    ];
  return [
    {
      type: 'consent',
      ...base,
      from: { address: to },
      value: 'stop',
      scope: 'channel',
    } satisfies ConsentEvent,
  ];
}

/** A read receipt (RFC 8098). */
export function readReport(mail: ParsedMail, at: number): readonly ChannelEvent[] | undefined {
  const part = mail.attachments.find(
    ({ mimeType }) => mimeType.toLowerCase() === 'message/disposition-notification',
  );
  if (part === undefined) return undefined;
  const fields = fieldsOf(textOfPart(part));
  const base = { provider: 'smtp', key: keyOf(mail), at };
  // "Deleted" is no reading.
  if (!/displayed/i.test(fields.get('disposition') ?? ''))
    return [{ type: 'ignored', ...base, what: 'disposition-notification' }];
  const providerId = idOf(fields.get('original-message-id')) ?? originalIdOf(mail);
  return [present<StatusEvent>({ type: 'status', ...base, status: 'read', providerId })];
}

/** The mail that a report is about. */
function originalOf(mail: ParsedMail): ReadonlyMap<string, string> {
  const types = ['message/rfc822', 'text/rfc822-headers', 'message/rfc822-headers', 'message/global'];
  const part = mail.attachments.find(({ mimeType }) => types.includes(mimeType.toLowerCase()));
  const [block = ''] =
    part === undefined
      ? []
      : textOfPart(part)
          .trimStart()
          .split(/\r?\n\r?\n/);
  return fieldsOf(block);
}

function originalIdOf(mail: ParsedMail): string | undefined {
  const flat =
    flatReport(mail) === undefined ? null : /^message-id:[ \t]*(<[^<>\s]{1,500}>)/im.exec(mail.text ?? '');
  return (
    idOf(originalOf(mail).get('message-id')) ?? idOf(flat?.[1]) ?? idOf(headerOf(mail, 'in-reply-to').trim())
  );
}

export function keyOf(mail: ParsedMail): string {
  return idOf(mail.messageId?.trim()) ?? digestKey(mail.subject, mail.date, mail.from?.address, mail.text);
}

/** `rfc822; ana@cliente.example`, `Ana <ana@cliente.example>`. */
function addressIn(value: string | undefined): string | undefined {
  const found = (value ?? '')
    .replace(/^[a-z0-9-]+;\s*/i, '')
    .replace(/^.*<([^<>]*)>.*$/, '$1')
    .trim()
    .toLowerCase();
  return isAddress(found) ? found : undefined;
}
