import { describe, expect, it } from 'vitest';
import { neutralChannel, shippedChannels } from '../../src/engine/index.js';
import type { AddressMark } from '../../src/ledger/file.js';
import type { Contact } from '../../src/ledger/types.js';
import { aContact, anAccount, anInvoice, free, owing, told } from '../support/build.js';
import { explained, marked, type Situation, stands } from '../support/standing.js';

/** What each place lacks to which a message could go, one thing behind another, and why a message goes where it goes. */

const channels = [...shippedChannels, neutralChannel];
const over = (...via: readonly string[]): Situation => ({
  channels,
  policy: { via: via.map((channel) => ({ channel })) },
});
const knowing = (own: Partial<Contact>, ...more: readonly Contact[]): Situation => ({
  facts: [told.account(anAccount({ contacts: [aContact(own), ...more] }))],
});
const nobody: Situation = { facts: [told.account(anAccount({ contacts: [] }))] };
const tried = (place: string) => marked('s3d', { state: 'failed', tried: [place] });

/** Ana and Eva with an address each, and what is known against these. */
function bad(...health: readonly Partial<AddressMark>[]): Situation {
  const known = {
    contact: 'ana',
    channel: 'email',
    address: 'ana@robles.example',
    state: 'bounced' as const,
  };
  const at = Date.UTC(2026, 2, 4);
  const eva = aContact({
    id: 'eva',
    role: 'boss',
    email: health.length > 1 ? 'eva@robles.example' : undefined,
  });
  const file = owing(anInvoice());
  return {
    ...knowing({ phone: '+525512345678' }, eva),
    file: { ...file, health: health.map((one) => ({ ...known, reason: '550', at, ...one })) },
  };
}

describe('a place that cannot be used', () => {
  it.each<[string, Situation, string]>([
    [
      'lacks a consent that was taken back',
      knowing({ consents: [{ channel: 'email', state: 'withdrawn', at: 1 }] }),
      'recipient unreachable [consent ana email withdrawn]',
    ],
    [
      'lacks an address behind a consent that was taken back',
      knowing({ email: undefined, consents: [{ channel: 'email', state: 'withdrawn', at: 1 }] }),
      'recipient unreachable [consent ana email withdrawn + address ana email missing]',
    ],
    [
      'lacks a text, and nothing else',
      { hasText: (message, channel) => message !== 's3d' || channel !== 'email' },
      'recipient unreachable [text s3d email]',
    ],
    [
      'lacks a text, and the address behind it',
      { ...knowing({ email: undefined }), hasText: () => false },
      'recipient unreachable [text s3d email + address ana email missing]',
    ],
    [
      'lacks a text of a channel that needs nobody',
      { ...nobody, hasText: () => false, ...over('neutral') },
      'recipient unreachable [text s3d neutral]',
    ],
    ['was tried', { marks: [tried('ana:email')] }, 'recipient unreachable [address ana email tried]'],
    [
      'was tried, of a channel that needs nobody',
      { ...nobody, marks: [tried('-:neutral')], ...over('neutral') },
      'recipient unreachable [address neutral tried]',
    ],
    [
      'was tried, and somebody else has consented to nothing',
      {
        ...knowing({}, aContact({ id: 'eva', role: 'boss', phone: '+525512345678', email: undefined })),
        marks: [tried('ana:email')],
        ...over('email', 'whatsapp'),
      },
      'recipient unreachable [address ana email tried | address eva email missing | consent eva whatsapp none | consent ana whatsapp none + address ana whatsapp missing]',
    ],
    [
      'is refused for good',
      { ...bad({ state: 'bounced' }) },
      'recipient unreachable [address ana email unusable | address eva email missing]',
    ],
    [
      'is refused for good, and another cannot be reached either',
      { ...bad({ state: 'bounced' }, { contact: 'eva', address: 'eva@robles.example', state: 'invalid' }) },
      'recipient unreachable [address ana email unusable | address eva email unusable]',
    ],
    [
      'is no address at all',
      knowing({ faults: [{ field: 'email', fault: 'not_an_address' }] }),
      'recipient unreachable [address ana email unusable]',
    ],
    [
      'rests for some days',
      { ...bad({ state: 'unreachable', failures: 3 }) },
      'recipient unreachable [address ana email resting 03-11T00:00 | address eva email missing]',
    ],
    [
      'is refused for good behind a missing consent',
      { ...bad({ channel: 'sms', address: '+525512345678', state: 'invalid' }), ...over('sms') },
      'recipient unreachable [consent ana sms none | consent eva sms none + address eva sms missing]',
    ],
    [
      'is a channel that is not set up, of an account without contacts',
      { ...nobody, ...over('fax') },
      'recipient unreachable [channel fax + address fax missing]',
    ],
    ['is a channel of the host’s that is not set up', over('fax'), 'recipient unreachable [channel fax]'],
  ])('%s', (_, situation, line) => {
    expect(stands('2026-03-05', situation)[0]).toBe(`item open: ${line}`);
  });
});

describe('the place of a message that goes out', () => {
  const by = (
    via: readonly string[],
    lastWorked: 'first' | 'fallback' | undefined,
    channel: string,
    own = {},
  ) => {
    const all = ['whatsapp', 'sms'].map((one) => ({ channel: one, state: 'granted', at: 0 }) as const);
    const { policy } = over(...via);
    const situation = {
      ...knowing({ phone: '+525512345678', consents: all, ...own }),
      file: { ...owing(anInvoice()), worked: [{ contact: 'ana', channel, at: 1 }] },
      rules: { ...free, ...(lastWorked === undefined ? {} : { lastWorked }) },
      policy: policy ?? {},
    };
    const place = explained('2026-03-05', situation)?.place;
    return `${place?.channel} by ${place?.channelBy} of ${place?.channels.join()}`;
  };

  it('is the one that worked last only where that puts it before another', () => {
    const via = ['whatsapp', 'email', 'sms'];
    expect(by(via, 'first', 'email')).toBe('email by lastWorked of email,whatsapp,sms');
    expect(by(via, 'first', 'whatsapp')).toBe('whatsapp by order of whatsapp,email,sms');
    expect(by(via, undefined, 'email')).toBe('whatsapp by order of whatsapp,email,sms');
    expect(by(via, 'fallback', 'sms')).toBe('whatsapp by order of whatsapp,sms,email');
    expect(by(['letter', 'email', 'sms'], 'fallback', 'sms')).toBe('sms by lastWorked of letter,sms,email');
    expect(by(['letter', 'sms', 'email'], 'fallback', 'sms')).toBe('sms by order of letter,sms,email');
    expect(by(via, 'first', 'sms', { consents: [] })).toBe('email by order of sms,whatsapp,email');
    expect(by(via, 'first', 'sms', { prefers: ['email'] })).toBe('email by preference of email,sms,whatsapp');
  });
});
