import { callbackKey } from '../../callback-key.js';
import type { OutboundMessage } from '../../channel.js';

/** What is the same for every message of a sender. */
export interface SenderFields {
  readonly from?: string | undefined;
  readonly messagingServiceSid?: string | undefined;
  readonly statusCallback?: string | undefined;
  readonly validitySeconds: number;
}

/** What is said, and to which address as Twilio writes it. */
export type SaidFields = { readonly to: string } & (
  | { readonly body: string }
  | { readonly contentSid: string; readonly contentVariables?: Readonly<Record<string, string>> | undefined }
);

/**
 * Form fields of `POST /2010-04-01/Accounts/{sid}/Messages.json`. Twilio has no
 * field for a reference of ours, so the act's key travels in the address that
 * status callbacks go to, as the query parameter `act`.
 */
export function messageFields(
  message: OutboundMessage,
  sender: SenderFields,
  said: SaidFields,
): Map<string, string> {
  const fields = new Map([['To', said.to]]);
  if (sender.from !== undefined) fields.set('From', sender.from);
  if (sender.messagingServiceSid !== undefined) fields.set('MessagingServiceSid', sender.messagingServiceSid);
  if ('body' in said) fields.set('Body', said.body);
  else {
    fields.set('ContentSid', said.contentSid);
    const { contentVariables = {} } = said;
    if (Object.keys(contentVariables).length > 0)
      fields.set('ContentVariables', JSON.stringify(contentVariables));
  }
  if (sender.statusCallback !== undefined) {
    const url = new URL(sender.statusCallback);
    url.searchParams.set('act', callbackKey(message));
    fields.set('StatusCallback', url.href);
  }
  fields.set('ValidityPeriod', String(sender.validitySeconds));
  return fields;
}
