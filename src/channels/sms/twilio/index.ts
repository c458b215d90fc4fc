import type { Channel, OutboundMessage, SendOptions, SendOutcome } from '../../channel.js';
import { OptionCheck } from '../../options.js';
import { misconfiguredBefore, refusedBefore } from '../../outcomes.js';
import { isPhone, networkPhone } from '../../phone.js';
import { plainSms } from '../plain.js';
import { segmentsOf } from '../segments.js';
import { checkAccount, longestBody, poster, receiving, type TwilioOptions, validityOf } from './account.js';
import { messageFields } from './request.js';

export type { WebhookSecret } from '../../webhook-signature.js';

/** Options of {@link twilioSms}. */
export interface TwilioSmsOptions extends TwilioOptions {
  /** Number, short code or alphanumeric name that messages come from. This or `messagingServiceSid`, or both. */
  readonly from?: string | undefined;
  /** Twilio's own replacement of look-alike characters. Default: the account's setting. */
  readonly smartEncoded?: boolean | undefined;
  /** Whether accents that SMS has no cheap letter for may be dropped; see {@link plainSms}. Default true. */
  readonly transliterate?: boolean | undefined;
  /**
   * Segments that one message may cost, 1 to 10: a longer one is refused before the call, with
   * `sms:too_many_segments`, so that the next channel is tried. Default 10, which is about what Twilio takes.
   */
  readonly maxSegments?: number | undefined;
}

/**
 * SMS over Twilio. Needs consent on record. Twilio has no idempotency key: a
 * time-out or a connection that breaks is `unknown`, never a retry.
 *
 * @throws RecobroError `invalid_option`, listing every option that is wrong.
 *
 * @example
 * const channel = twilioSms({ accountSid, authToken, from: '+15005550006', maxSegments: 2 });
 */
export function twilioSms(options: TwilioSmsOptions): Channel {
  const { from, maxSegments = mostSegments, smartEncoded, transliterate } = options;
  const check = new OptionCheck('twilioSms');
  checkAccount(check, options);
  if (from !== undefined)
    check.expect(
      isSender(from),
      'from',
      'must be an E.164 number, a short code or up to 11 letters and digits',
    );
  check.expectWhole(maxSegments, 'maxSegments', 1, mostSegments);
  check.done();

  const { messagingServiceSid, statusCallback } = options;
  const sender = { from, messagingServiceSid, statusCallback, validitySeconds: validityOf(options) };
  const post = poster(options);
  return {
    id: 'sms',
    address: 'phone',
    consent: 'required',
    async send(message: OutboundMessage, sendOptions: SendOptions): Promise<SendOutcome> {
      if (!isPhone(message.to)) return refusedBefore('sms:invalid_recipient', 'recipient', true);
      if (message.content.kind !== 'text') return misconfiguredBefore('sms:content_not_text', 'template');
      const body = plainSms(message.content.text, { transliterate });
      if (body.trim() === '') return misconfiguredBefore('sms:body_empty', 'template');
      if (body.length > longestBody) return refusedBefore('sms:body_too_long', 'message');
      if (maxSegments < mostSegments && segmentsOf(body).segments > maxSegments)
        return refusedBefore('sms:too_many_segments', 'message');
      const fields = messageFields(message, sender, { to: networkPhone(message.to), body });
      if (smartEncoded !== undefined) fields.set('SmartEncoded', String(smartEncoded));
      return post(fields, sendOptions);
    },
    ...receiving(options, 'sms'),
  };
}

/** Twilio takes 1,600 characters; whether they fit into so few segments is left to it unless fewer are wanted. */
const mostSegments = 10;

/** E.164, a short code, or an alphanumeric sender with at least one letter. */
function isSender(value: string): boolean {
  return isPhone(value) || /^[0-9]{3,8}$/.test(value) || /^(?=.*[A-Za-z])[A-Za-z0-9 +&_-]{1,11}$/.test(value);
}
