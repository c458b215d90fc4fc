import type { ChannelEvent, ConsentEvent, Party, StatusEvent, StatusFailure } from '../../inbound.js';
import { isAddress } from '../../mailbox.js';
import { present, shortText } from '../../webhook-body.js';

/** One vocabulary for what e-mail providers tell, whatever they call it. */
export type MailWord =
  | 'accepted'
  | 'sent'
  | 'delivered'
  | 'deferred'
  /** The address cannot receive. */
  | 'bounced-hard'
  /** It could not be delivered this time. */
  | 'bounced-soft'
  /** The provider refused to send. */
  | 'rejected'
  /** The provider holds the address on a list of its own. */
  | 'suppressed'
  | 'complained'
  | 'unsubscribed'
  /** As unsubscribed, and this mail did not go out for it. */
  | 'dropped-unsubscribed'
  | 'resubscribed'
  | 'opened'
  | 'clicked';

/** What a provider tells of one mail to one recipient. */
export interface MailTold {
  readonly provider: string;
  readonly key: string;
  readonly word: MailWord;
  readonly at?: number | undefined;
  readonly providerId?: string | undefined;
  readonly correlation?: string | undefined;
  readonly to?: string | undefined;
  /** SMTP's or the provider's own code, for the log. */
  readonly code?: string | undefined;
}

/** The neutral event of it. */
export function mailEvent(told: MailTold): ChannelEvent {
  const { provider, key, word, at, providerId, correlation, code } = told;
  const to = partyOf(told.to);
  const base = { provider, key, at };
  const status = (one: StatusEvent['status'], more: Partial<StatusEvent> = {}): ChannelEvent =>
    present<StatusEvent>({ type: 'status', ...base, status: one, providerId, correlation, to, ...more });
  const failed = (scope: StatusFailure['scope'], more: Partial<StatusFailure> = {}): ChannelEvent =>
    status('failed', { failure: { code: codeOf(provider, code ?? word), scope, temporary: false, ...more } });
  const consent = (value: ConsentEvent['value']): ChannelEvent =>
    to === undefined
      ? { type: 'ignored', ...present(base), what: word }
      : present<ConsentEvent>({ type: 'consent', ...base, from: to, value, scope: 'channel' });
  switch (word) {
    case 'accepted':
    case 'sent':
    case 'delivered':
    case 'deferred':
      return status(word);
    case 'bounced-hard':
    case 'suppressed':
      return failed('recipient', { addressUnusable: true });
    case 'bounced-soft':
      return failed('recipient', { temporary: true });
    case 'rejected':
      return failed('message');
    case 'dropped-unsubscribed':
      return failed('recipient', { optedOut: true });
    // It was read: nothing follows in its place, and nothing follows at all.
    case 'complained':
    case 'unsubscribed':
      return consent('stop');
    case 'resubscribed':
      return consent('resume');
    case 'opened':
    case 'clicked':
      return status('read', { trace: word });
  }
}

function partyOf(address: string | undefined): Party | undefined {
  const one = address?.trim().toLowerCase() ?? '';
  return isAddress(one) ? { address: one } : undefined;
}

/** Codes are short and carry no address: providers put whole sentences there. */
function codeOf(provider: string, code: string): string {
  const plain = shortText(code, 64) ?? 'failed';
  return /^[A-Za-z0-9._-]+$/.test(plain) ? `${provider}:${plain}` : `${provider}:failed`;
}
