/** Whether a text is an E.164 number with its plus sign: what providers take without guessing. */
export function isPhone(text: string): boolean {
  return /^\+[1-9][0-9]{6,14}$/.test(text);
}

/**
 * The one form of a number by which people are told apart, where providers and people write it differently. Only to
 * compare by: what is sent to stays as the host wrote it.
 *
 * Mexico dropped the 1 after 52 (the Cloud API and Twilio may still report it); mobiles of Argentina have a 9 after 54,
 * which people leave out; mobiles of Brazil gained a leading 9, which older WhatsApp ids lack. Sources by rule:
 * chatwoot/chatwoot issue 14048 and pull 14277, google/libphonenumber FAQ, wwebjs/whatsapp-web.js issue 596.
 *
 * @example canonicalPhone('+5215512345678'); // '+525512345678'
 */
export function canonicalPhone(phone: string): string {
  return (
    phone
      .replace(/^\+521(\d{10})$/, '+52$1')
      .replace(/^\+54(?!9)(\d{10})$/, '+549$1')
      // Landlines begin with 2 to 5 and gain nothing.
      .replace(/^\+55(\d{2})([6-9]\d{7})$/, (_, area: string, rest: string) => `+55${area}9${rest}`)
  );
}
