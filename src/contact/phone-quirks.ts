/**
 * Countries in which one phone has several numbers: what people write down, what WhatsApp reports and what networks
 * take differ. Facts with their sources; nothing here is decided by code.
 */
export interface PhoneQuirk {
  /** ISO 3166 alpha-2. */
  readonly country: string;
  /** Digits after the plus sign. */
  readonly callingCode: string;
  /** What differs, in one sentence. */
  readonly quirk: string;
  /** The other forms of a number, E.164 with plus sign. */
  readonly pattern: RegExp;
  /** The one form that stands for all of them: a text with `$1`, `$2` for the groups of the pattern. */
  readonly canonical: string;
  readonly sources: readonly string[];
}

/** All three concern mobiles: a number that WhatsApp or SMS is sent to is taken for one. */
export const phoneQuirks: readonly PhoneQuirk[] = [
  {
    country: 'MX',
    callingCode: '52',
    quirk: 'The 1 after 52 was dropped in 2019; WhatsApp ids and Twilio’s From may still carry it.',
    pattern: /^\+521(\d{10})$/,
    canonical: '+52$1',
    sources: [
      'https://github.com/chatwoot/chatwoot/issues/14048',
      'https://github.com/google/libphonenumber/blob/master/FAQ.md',
    ],
  },
  {
    country: 'AR',
    callingCode: '54',
    quirk: 'Mobiles have a 9 after 54 in the international form, which people leave out.',
    pattern: /^\+54(?!9)(\d{10})$/,
    canonical: '+549$1',
    sources: [
      'https://github.com/google/libphonenumber/blob/master/FAQ.md',
      'https://github.com/chatwoot/chatwoot/pull/14277',
    ],
  },
  {
    country: 'BR',
    callingCode: '55',
    quirk:
      'Mobiles gained a leading 9, which ids of older WhatsApp accounts lack. Landlines begin with 2 to 5 and gain nothing.',
    pattern: /^\+55(\d{2})([6-9]\d{7})$/,
    canonical: '+55$19$2',
    sources: [
      'https://github.com/wwebjs/whatsapp-web.js/issues/596',
      'https://github.com/devlikeapro/waha/issues/1974',
    ],
  },
];
