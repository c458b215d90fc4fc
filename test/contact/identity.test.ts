import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressesOf,
  canonicalPhone,
  contactsAt,
  identityOf,
  sameAddress,
} from '../../src/contact/identity.js';
import { phoneQuirks } from '../../src/contact/phone-quirks.js';
import { choosePlace, type PlaceRefusal } from '../../src/contact/recipients.js';
import { shippedChannels } from '../../src/contact/traits.js';
import { evolveAll, type FileEvent } from '../../src/engine/index.js';
import type { Contact } from '../../src/ledger/types.js';
import { aContact, anAccount, fileOf, told } from '../support/build.js';

describe('one address', () => {
  it.each([
    ['+5215512345678', '+525512345678'],
    ['+541112345678', '+5491112345678'],
    ['+551181234567', '+5511981234567'],
    ['Pagos@Robles.example', ' pagos@robles.example'],
  ])('is %s and %s', (one, other) => {
    expect(identityOf(one)).toBe(identityOf(other));
    expect(sameAddress(one, other)).toBe(true);
  });

  it.each([
    // A landline of Brazil gains nothing, and ten digits after 521 are not nine.
    ['+551123456789', '+5511923456789'],
    ['+52155123456', '+5255123456'],
    ['+34600111222', '+34600111223'],
    ['', ''],
  ])('is not %s and %s', (one, other) => {
    expect(sameAddress(one, other)).toBe(false);
  });

  it('has one form, whichever of its forms it is given in', () => {
    const digits = (count: number) => fc.stringMatching(new RegExp(`^[0-9]{${count}}$`));
    const forms = fc.oneof(
      digits(10).map((n) => [`+52${n}`, `+521${n}`]),
      digits(10)
        .filter((n) => !n.startsWith('9'))
        .map((n) => [`+54${n}`, `+549${n}`]),
      fc
        .tuple(digits(2), fc.constantFrom('6', '7', '8', '9'), digits(7))
        .map(([area, first, rest]) => [`+55${area}${first}${rest}`, `+55${area}9${first}${rest}`]),
    );
    fc.assert(
      fc.property(forms, ([one = '', other = '']) => {
        expect(canonicalPhone(one)).toBe(canonicalPhone(other));
        expect(canonicalPhone(canonicalPhone(one))).toBe(canonicalPhone(one));
      }),
    );
  });

  it('is as the collected facts say', () => {
    const { rules } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../fixtures/contracts/phone-quirks.json'), 'utf8'),
    ) as {
      rules: {
        country: string;
        callingCode: string;
        toCanonical?: { pattern: string; build: (string | number)[] };
      }[];
    };
    const known = rules.filter(({ toCanonical }) => toCanonical !== undefined);
    expect(phoneQuirks.map(({ country }) => country)).toEqual(known.map(({ country }) => country));
    for (const { callingCode, toCanonical } of known)
      fc.assert(
        fc.property(fc.stringMatching(/^[0-9]{8,12}$/), (digits) => {
          const phone = `+${callingCode}${digits}`;
          const match = new RegExp(toCanonical?.pattern ?? '').exec(phone);
          const built = toCanonical?.build
            .map((one) => (typeof one === 'number' ? match?.[one] : one))
            .join('');
          expect(canonicalPhone(phone)).toBe(match === null ? phone : built);
        }),
      );
  });

  it('names where each quirk is known from', () => {
    for (const { sources, pattern, callingCode } of phoneQuirks) {
      expect(sources.every((one) => one.startsWith('https://'))).toBe(true);
      expect(pattern.source).toContain(`\\+${callingCode}`);
    }
  });
});

describe('people with one number', () => {
  const consents = [{ channel: 'whatsapp', state: 'granted' as const, at: 0 }];
  const ana = aContact({ email: undefined, whatsapp: '+5215512345678', consents });
  const eva = aContact({ id: 'eva', role: 'manager', email: undefined, phone: '+525512345678', consents });
  const other = aContact({ id: 'leo', email: undefined, phone: '+525587654321', consents });
  const channels = new Map(shippedChannels.map((channel) => [channel.id, channel]));

  function placeIn(contacts: readonly Contact[], tried: readonly string[], ...events: FileEvent[]): string {
    const file = evolveAll(fileOf(told.account(anAccount({ contacts }))), events);
    const refusals: PlaceRefusal[] = [];
    const request = {
      message: 'm',
      via: [{ channel: 'whatsapp' }],
      tried,
      purpose: 'dunning',
      now: 10,
    } as const;
    const place = choosePlace({ channels, consent: {} }, file, request, refusals);
    return place?.contact?.id ?? refusals.map((one) => `${one.contact} ${one.reason}`).join(', ');
  }

  const stop: FileEvent = {
    type: 'consent.heard',
    contact: 'ana',
    channel: 'whatsapp',
    state: 'withdrawn',
    at: 5,
    on: '1970-01-01',
    proof: 'in:1',
  };

  it('are found by any spelling of it', () => {
    const file = fileOf(told.account(anAccount({ contacts: [ana, eva, other] })));
    expect(contactsAt(file, '+525512345678').map(({ id }) => id)).toEqual(['ana', 'eva']);
    expect(addressesOf(eva)).toEqual(['+525512345678']);
  });

  it('are stopped together, and heard again together', () => {
    expect(placeIn([ana, eva], [], stop)).toBe('ana consent_withdrawn, eva consent_withdrawn');
    expect(placeIn([ana, eva, other], [], stop)).toBe('leo');
    expect(placeIn([ana, eva], [], stop, { ...stop, contact: 'eva', state: 'granted', at: 6 })).toBe('ana');
  });

  it('are one place: tried for one, it is tried for all', () => {
    expect(placeIn([ana, eva], ['ana:whatsapp'])).toBe('ana tried, eva tried');
    expect(placeIn([ana, eva, other], ['ana:whatsapp'])).toBe('leo');
  });

  it('have one health', () => {
    const refused: FileEvent = {
      type: 'act.failed',
      act: 'a',
      at: 5,
      on: '1970-01-01',
      code: 'whatsapp:131026',
      scope: 'recipient',
      covers: [],
      place: 'ana:whatsapp',
      occasion: 1,
      contact: 'ana',
      channel: 'whatsapp',
      address: '+5215512345678',
    };
    expect(placeIn([ana, eva], [], refused)).toBe('ana address_unusable, eva address_unusable');
  });
});
