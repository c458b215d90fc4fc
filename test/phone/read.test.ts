import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalPhone } from '../../src/contact/identity.js';
import { readPhone } from '../../src/phone/index.js';
import { parseFacts } from '../../src/schema/facts.js';

describe('reading a phone number', () => {
  it.each([
    ['E.164 as it stands', '+525512345678', undefined, '+525512345678'],
    ['the form that WhatsApp keeps, as it stands', '+5215512345678', undefined, '+5215512345678'],
    ['with blanks and dashes', '+52 55 1234-5678', undefined, '+525512345678'],
    ['with the dropped 1 and blanks', '+52 1 55 1234 5678', undefined, '+5215512345678'],
    ['a national one of Mexico', '55 1234 5678', 'MX', '+525512345678'],
    ['a WhatsApp id of Mexico, without plus', '5215512345678', 'MX', '+5215512345678'],
    ['a mobile of Argentina as it is dialled there', '011 15-1234-5678', 'AR', '+5491112345678'],
    ['a mobile of Brazil', '(11) 91234-5678', 'BR', '+5511912345678'],
    ['an older WhatsApp id of Brazil', '+551181234567', undefined, '+551181234567'],
    ['a trunk zero in brackets', '+44 (0)7911 123456', undefined, '+447911123456'],
    ['a trunk zero after the calling code', '+4407911123456', undefined, '+447911123456'],
    ['the prefix for calls abroad', '0034 600 111 222', 'ES', '+34600111222'],
    ['another country than the account’s', '+34 600 111 222', 'MX', '+34600111222'],
    ['an extension', '+1 415 555 2671 ext. 5', undefined, '+14155552671'],
    ['digits of another script', '５５１２３４５６７８', 'MX', '+525512345678'],
    ['a number of no country', '+80012345678', undefined, '+80012345678'],
  ] as const)('takes %s', (_, text, country, phone) => {
    expect(readPhone(text, country)).toEqual({ phone });
  });

  it.each([
    ['words', 'ask for Ana', 'MX', 'not_a_number'],
    ['nothing', '', 'MX', 'not_a_number'],
    ['two numbers', '+52 55 1234 5678 / +52 55 8765 4321', 'MX', 'not_a_number'],
    ['no country', '5512345678', undefined, 'no_country'],
    ['a country that nobody knows', '5512345678', 'XX', 'no_country'],
    ['a calling code that nobody has', '+999123456789', 'MX', 'unknown_country'],
    ['too few digits', '1234', 'MX', 'too_short'],
    ['too few digits behind a plus', '+52123', undefined, 'too_short'],
    ['too many digits', '+34600111222333', undefined, 'too_long'],
  ] as const)('refuses %s', (_, text, country, fault) => {
    expect(readPhone(text, country)).toEqual({ fault });
  });

  it('answers E.164 of at most 15 digits or a fault, and reads its own answer the same', () => {
    const texts = fc.oneof(
      fc.string({ maxLength: 80 }),
      fc.stringMatching(/^[+0-9() .-]{0,24}$/),
      fc.stringMatching(/^\+(52|521|54|549|55|34|1|44)[0-9]{4,12}$/),
    );
    const countries = fc.constantFrom(undefined, 'MX', 'AR', 'BR', 'ES', 'US', 'ZZ');
    fc.assert(
      fc.property(texts, countries, (text, country) => {
        const { phone } = readPhone(text, country);
        if (phone === undefined) return;
        expect(phone).toMatch(/^\+[1-9]\d{6,14}$/);
        expect(readPhone(phone)).toEqual({ phone });
        expect(canonicalPhone(canonicalPhone(phone))).toBe(canonicalPhone(phone));
      }),
    );
  });
});

describe('phone numbers in facts', () => {
  const read = (contact: object, country?: string) =>
    parseFacts(
      {
        accounts: [
          {
            id: 'robles',
            name: 'Robles',
            ...(country === undefined ? {} : { country }),
            contacts: [contact],
          },
        ],
      },
      { now: 0 },
    ).get('robles')?.account?.contacts[0];

  it('are read by the country of the account', () => {
    expect(read({ phone: '55 1234 5678' }, 'MX')).toMatchObject({ phone: '+525512345678' });
    expect(read({ phone: '55 1234 5678' }, 'MX')).not.toHaveProperty('faults');
  });

  it('that are none are kept with what is wrong with them, and refuse nothing', () => {
    expect(read({ email: 'ana@robles.example', phone: '55 1234', whatsapp: 'ask' }, 'MX')).toMatchObject({
      email: 'ana@robles.example',
      phone: '55 1234',
      whatsapp: 'ask',
      faults: [
        { field: 'phone', fault: 'too_short' },
        { field: 'whatsapp', fault: 'not_a_number' },
      ],
    });
  });
});
