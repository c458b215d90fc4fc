import { describe, expect, it } from 'vitest';
import { consentOf, consentRuleOf } from '../../src/contact/consent.js';
import {
  choosePlace,
  contactOf,
  contactsOfBranch,
  type PlaceRefusal,
  type PlaceRequest,
} from '../../src/contact/recipients.js';
import { shippedChannels } from '../../src/contact/traits.js';
import type { Account, Consent } from '../../src/ledger/types.js';
import type { ContactRules } from '../../src/policy/types.js';
import { aContact, anAccount, fileOf, told } from '../support/build.js';

const channels = new Map(shippedChannels.map((channel) => [channel.id, channel]));
const phone = '+525512345678';

function placeOf(
  account: Account,
  own: Partial<PlaceRequest> = {},
  consent: NonNullable<ContactRules['consent']> = {},
): string {
  const refusals: PlaceRefusal[] = [];
  const request: PlaceRequest = {
    message: 'm',
    via: [{ channel: 'whatsapp' }, { channel: 'email' }],
    tried: [],
    purpose: 'dunning',
    now: 0,
    ...own,
  };
  const place = choosePlace({ channels, consent }, fileOf(told.account(account)), request, refusals);
  if (place !== undefined) return `${place.contact?.id} ${place.channel.id}`;
  return refusals.map((one) => `${one.contact}:${one.channel} ${one.reason}`).join(', ');
}

const granted = (purpose?: Consent['purpose'], at = 1): Consent => ({
  channel: 'whatsapp',
  state: 'granted',
  purpose,
  at,
});
const withdrawn = (purpose?: Consent['purpose'], at = 2): Consent => ({
  channel: 'whatsapp',
  state: 'withdrawn',
  purpose,
  at,
});

describe('consent', () => {
  it('is the latest word about a channel, for a purpose', () => {
    const say = (...consents: Consent[]): unknown =>
      (['dunning', 'service'] as const).map((purpose) =>
        consentOf(aContact({ consents }), 'whatsapp', purpose),
      );
    expect(say()).toEqual([undefined, undefined]);
    expect(say(granted())).toEqual(['granted', 'granted']);
    expect(say(granted('service'))).toEqual([undefined, 'granted']);
    expect(say(granted(), withdrawn('dunning'))).toEqual(['withdrawn', 'granted']);
    expect(say(granted('dunning'), withdrawn())).toEqual(['withdrawn', 'withdrawn']);
    expect(say(withdrawn(undefined, 2), granted('dunning', 3))).toEqual(['granted', 'withdrawn']);
    expect(say(granted('dunning', 2), withdrawn('dunning', 2))).toEqual(['withdrawn', undefined]);
    expect(consentOf(aContact({ consents: [granted()] }), 'sms')).toBeUndefined();
    expect(consentOf(aContact({ consents: [withdrawn('dunning')] }), 'whatsapp')).toBe('withdrawn');
  });

  it('is asked for as the plan says for a purpose, else as the channel says', () => {
    const email = { id: 'email', consent: 'contract' as const };
    expect(consentRuleOf({}, email, 'dunning')).toBe('contract');
    expect(consentRuleOf({ email: 'off' }, email, 'service')).toBe('off');
    const rules = { email: { dunning: 'required' as const } };
    expect(consentRuleOf(rules, email, 'dunning')).toBe('required');
    expect(consentRuleOf(rules, email, 'service')).toBe('contract');
    expect(consentRuleOf({}, { id: 'constructor', consent: 'off' }, 'dunning')).toBe('off');
  });

  it('withdrawn for one purpose closes a channel for that one only', () => {
    const account = anAccount({
      contacts: [aContact({ phone, consents: [granted(), withdrawn('dunning')] })],
    });
    expect(placeOf(account)).toBe('ana email');
    expect(placeOf(account, { purpose: 'service' })).toBe('ana whatsapp');
  });

  it('may be needed for thanks and not for chasing, or the other way round', () => {
    const account = anAccount({ contacts: [aContact({ phone })] });
    const rules = { whatsapp: { dunning: 'required' as const, service: 'contract' as const } };
    expect(placeOf(account, {}, rules)).toBe('ana email');
    expect(placeOf(account, { purpose: 'service' }, rules)).toBe('ana whatsapp');
    expect(placeOf(account, { purpose: 'service' })).toBe('ana email');
  });

  it('given again for the purpose takes an earlier fault of the address back', () => {
    const unusable = {
      contact: 'ana',
      channel: 'whatsapp',
      address: phone,
      state: 'invalid',
      reason: 'stop',
      at: 5,
    } as const;
    const place = (consents: Consent[]): unknown => {
      const file = {
        ...fileOf(told.account(anAccount({ contacts: [aContact({ phone, consents })] }))),
        health: [unusable],
      };
      const request: PlaceRequest = {
        message: 'm',
        via: [{ channel: 'whatsapp' }],
        tried: [],
        purpose: 'dunning',
        now: 0,
      };
      return choosePlace({ channels, consent: {} }, file, request)?.channel.id;
    };
    expect(place([granted()])).toBeUndefined();
    expect(place([granted(), granted('dunning', 6)])).toBe('whatsapp');
    expect(place([granted(), granted('service', 6)])).toBeUndefined();
  });
});

describe('the recipient', () => {
  const mail = (id: string, role = 'billing') => aContact({ id, role, email: `${id}@robles.example` });

  it('is a contact of the role, then the one that invoices name, then any other', () => {
    const account = anAccount({ contacts: [mail('a', 'x'), mail('b', 'y'), mail('c'), mail('d')] });
    expect(placeOf(account)).toBe('c email');
    expect(placeOf(account, { role: 'y' })).toBe('b email');
    expect(placeOf(account, { role: 'z' })).toBe('a email');
    expect(placeOf(account, { role: 'z', named: 'd' })).toBe('d email');
    expect(placeOf(account, { named: 'b' })).toBe('c email');
    expect(placeOf(account, { named: 'd', tried: ['c:email'] })).toBe('d email');
  });

  const branches = [
    { id: 'north', name: 'North', contacts: [mail('n1', 'x'), mail('n2')] },
    { id: 'south', name: 'South', contacts: [] },
  ];
  const office = anAccount({ contacts: [mail('head')], branches });

  it('of a branch’s debt is somebody at the branch, else at its head office', () => {
    expect(placeOf(office, { branch: 'north' })).toBe('n2 email');
    expect(placeOf(office, { branch: 'north', role: 'x' })).toBe('n1 email');
    expect(placeOf(office, { branch: 'north', tried: ['n1:email', 'n2:email'] })).toBe('head email');
    expect(placeOf(office, { branch: 'north', role: 'y', named: 'n2' })).toBe('n2 email');
    expect(placeOf(office, { branch: 'south' })).toBe('head email');
    expect(placeOf(office, { branch: 'east' })).toBe('head email');
    expect(placeOf(office)).toBe('head email');
  });

  it('is found by id wherever it belongs', () => {
    expect(contactOf(office, 'head')?.id).toBe('head');
    expect(contactOf(office, 'n1')?.id).toBe('n1');
    expect([contactOf(office, 'nobody'), contactOf(office, undefined), contactOf(undefined, 'a')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(contactOf(anAccount(), 'nobody')).toBeUndefined();
    expect(contactsOfBranch(office, 'north').map((one) => one.id)).toEqual(['n1', 'n2']);
    expect([contactsOfBranch(office, undefined), contactsOfBranch(anAccount(), 'north')]).toEqual([[], []]);
  });

  it('is told with the patience that there is with the channel', () => {
    const via = [
      { channel: 'whatsapp', patience: '4h' },
      { channel: 'email', patience: '1d' },
    ];
    const file = fileOf(told.account(office));
    const request: PlaceRequest = { message: 'm', via, tried: [], purpose: 'dunning', now: 0 };
    expect(choosePlace({ channels, consent: {} }, file, request)?.patience).toBe('1d');
  });

  it('that cannot be reached is told place by place', () => {
    expect(
      placeOf(anAccount({ contacts: [aContact({ email: undefined })] }), { tried: ['ana:whatsapp'] }),
    ).toBe('ana:whatsapp no_consent, ana:email no_address');
  });
});
