import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileAddressRules, defaultAddressRules, healthOf } from '../../src/contact/health.js';
import { choosePlace, inTurn, type PlaceRefusal, workedLast } from '../../src/contact/recipients.js';
import { shippedChannels } from '../../src/contact/traits.js';
import { evolveAll, type FileEvent } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Via } from '../../src/policy/types.js';
import { aContact, anAccount, fileOf, told } from '../support/build.js';

const day = 86_400_000;
const channels = new Map(shippedChannels.map((channel) => [channel.id, channel]));
const address = 'ana@robles.example';
const ana = aContact({ email: address });
const start = fileOf(told.account(anAccount({ contacts: [ana] })));

function failed(at: number, own: Partial<Extract<FileEvent, { type: 'act.failed' }>> = {}): FileEvent {
  return {
    type: 'act.failed',
    act: 'a',
    at,
    on: '1970-01-01',
    code: 'smtp:552-5.2.2',
    scope: 'recipient',
    covers: [],
    place: 'ana:email',
    occasion: 1,
    contact: 'ana',
    channel: 'email',
    address,
    soft: true,
    ...own,
  };
}

const delivered = (at: number): FileEvent => ({
  type: 'act.delivered',
  act: 'a',
  at,
  on: '1970-01-01',
  covers: [],
  contact: 'ana',
  channel: 'email',
});

const wrote = (at: number, kind = 'email'): FileEvent => ({
  type: 'message.received',
  id: 'in:1',
  channel: 'email',
  at,
  on: '1970-01-01',
  kind,
  contact: 'ana',
});

function ask(file: AccountFile, now: number): { readonly place: boolean; readonly refusals: PlaceRefusal[] } {
  const refusals: PlaceRefusal[] = [];
  const via = [{ channel: 'email' }];
  const request = { message: 'm', via, tried: [], purpose: 'dunning', now } as const;
  const place = choosePlace({ channels, consent: {} }, file, request, refusals);
  return { place: place !== undefined, refusals };
}

describe('an address that cannot be reached', () => {
  const thrice = [failed(0), failed(2 * day), failed(4 * day)];

  it('is tried on until it failed three times in a row, then rests for a week and recovers by itself', () => {
    expect(ask(evolveAll(start, thrice.slice(0, 2)), 3 * day).place).toBe(true);
    const file = evolveAll(start, thrice);
    const until = 4 * day + defaultAddressRules.restMs;
    expect(ask(file, 5 * day)).toEqual({
      place: false,
      refusals: [
        {
          contact: 'ana',
          channel: 'email',
          reason: 'address_unusable',
          trouble: { state: 'unreachable', reason: 'smtp:552-5.2.2', at: 4 * day, failures: 3, until },
        },
      ],
    });
    expect(ask(file, until - 1).place).toBe(false);
    expect(ask(file, until).place).toBe(true);
    // It rests anew after the next failure alone: nothing was heard of it in between.
    expect(ask(evolveAll(file, [failed(until)]), until + day).place).toBe(false);
  });

  it.each([
    ['delivered', [delivered(5 * day)], true],
    ['written from', [wrote(5 * day)], true],
    ['answering by itself', [wrote(5 * day, 'auto-reply')], true],
    ['a button that mail providers press', [wrote(5 * day, 'unsubscribe')], false],
    ['delivered before it failed last', [delivered(3 * day)], false],
    ['delivered in the instant in which it failed last', [delivered(4 * day)], false],
    ['said to work', [restored('email')], true],
    ['said to work elsewhere', [restored('sms')], false],
  ])('comes back at once: %s', (_, events, back) => {
    expect(ask(evolveAll(start, [...thrice, ...events]), 5 * day).place).toBe(back);
  });

  it('is counted anew after a sign of life, and after a quarter of a year', () => {
    const alive = evolveAll(start, [...thrice.slice(0, 2), delivered(3 * day), failed(4 * day)]);
    expect(ask(alive, 5 * day).place).toBe(true);
    const later = evolveAll(start, [...thrice.slice(0, 2), failed(100 * day)]);
    expect(later.health).toMatchObject([{ failures: 1 }]);
  });

  it('is told with when it failed and until when it rests, also while it is only beginning to fail', () => {
    const rules = { channels };
    expect(healthOf(rules, evolveAll(start, thrice.slice(0, 1)), day)).toEqual([
      {
        contact: 'ana',
        channel: 'email',
        state: 'unreachable',
        reason: 'smtp:552-5.2.2',
        at: 0,
        failures: 1,
        usable: true,
      },
    ]);
    expect(healthOf(rules, evolveAll(start, thrice), 5 * day)).toMatchObject([
      { usable: false, until: 11 * day },
    ]);
    expect(healthOf(rules, start, 0)).toEqual([]);
  });

  it('rests as the plan says', () => {
    const rules = compileAddressRules({ restAfter: 1, rest: '36h' });
    expect(rules).toEqual({ failures: 1, restMs: 36 * 3_600_000 });
    const file = evolveAll(start, [failed(0)]);
    const out = (now: number) => healthOf({ channels, addresses: rules }, file, now)[0]?.usable === false;
    expect([out(day), out(2 * day)]).toEqual([true, false]);
    expect(compileAddressRules({ rest: '2d' }).restMs).toBe(2 * day);
  });

  it('never rests for longer than the rest after its last failure, whatever came in which order', () => {
    const events = fc.array(
      fc
        .tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom('failed', 'delivered', 'wrote', 'auto'))
        .map(([days, what]) => {
          const at = days * day;
          if (what === 'failed') return failed(at);
          return what === 'delivered' ? delivered(at) : wrote(at, what === 'auto' ? 'auto-reply' : 'email');
        }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(events, (told) => {
        const file = evolveAll(start, told);
        const last = Math.max(
          -Infinity,
          ...told.flatMap((one) => (one.type === 'act.failed' ? [one.at] : [])),
        );
        expect(ask(file, Math.max(0, last + defaultAddressRules.restMs)).place).toBe(true);
        const fails = told.filter((one) => one.type === 'act.failed').length;
        if (fails < 3) expect(file.health.every(({ failures = 1 }) => failures < 3)).toBe(true);
        // At most one mark for an address, however often it failed.
        expect(file.health.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});

function restored(channel: string): FileEvent {
  return { type: 'address.restored', contact: 'ana', channel, at: 5 * day, on: '1970-01-06', author: 'eva' };
}

describe('an address that is refused for good', () => {
  const bounced = failed(0, { soft: undefined, code: 'smtp:550-5.1.1' });

  it('is out at once and for good, until the host says otherwise', () => {
    const file = evolveAll(start, [bounced, failed(day)]);
    expect(ask(file, 1000 * day).refusals).toMatchObject([
      { reason: 'address_unusable', trouble: { state: 'bounced', reason: 'smtp:550-5.1.1', at: 0 } },
    ]);
    expect(ask(evolveAll(file, [restored('email')]), 6 * day).place).toBe(true);
    const moved = told.account(anAccount({ contacts: [{ ...ana, email: 'new@robles.example' }] }));
    expect(ask(evolveAll(file, [moved]), day).place).toBe(true);
    // The old one is not forgotten with that.
    expect(ask(evolveAll(file, [moved, told.account(anAccount({ contacts: [ana] }))]), day).place).toBe(
      false,
    );
  });

  it('comes back with new consent, if that is later than the fault', () => {
    const asked = (at: number) => {
      const consents = [{ channel: 'email', state: 'granted' as const, at }];
      const told_ = told.account(anAccount({ contacts: [{ ...ana, consents }] }));
      return ask(evolveAll(start, [failed(5, { soft: undefined }), told_]), day).place;
    };
    expect([4, 5, 6].map(asked)).toEqual([false, false, true]);
  });

  it('comes back when a message comes from that very address', () => {
    expect(ask(evolveAll(start, [bounced, wrote(day)]), 2 * day).place).toBe(true);
  });

  it('is one that is no number at all, as the facts say', () => {
    const contact = aContact({
      email: undefined,
      phone: '12',
      faults: [{ field: 'phone', fault: 'too_short' }],
      consents: [{ channel: 'sms', state: 'granted', at: 0 }],
    });
    const file = fileOf(told.account(anAccount({ contacts: [contact] })));
    const refusals: PlaceRefusal[] = [];
    const request = {
      message: 'm',
      via: [{ channel: 'sms' }],
      tried: [],
      purpose: 'dunning',
      now: 0,
    } as const;
    expect(choosePlace({ channels, consent: {} }, file, request, refusals)).toBeUndefined();
    expect(refusals).toEqual([
      {
        contact: 'ana',
        channel: 'sms',
        reason: 'address_unusable',
        trouble: { state: 'invalid', reason: 'invalid_phone', fault: 'too_short' },
      },
    ]);
    // WhatsApp answers on another number, which is one.
    const also = { ...contact, whatsapp: '+525512345678' };
    const health = healthOf({ channels }, fileOf(told.account(anAccount({ contacts: [also] }))), 0);
    expect(health.map(({ channel }) => channel)).not.toContain('whatsapp');
  });
});

describe('the channel that worked last', () => {
  const via: readonly Via[] = ['whatsapp', 'sms', 'email'].map((channel) => ({ channel }));
  const turns = (
    lastWorked: 'first' | 'fallback' | undefined,
    prefers: readonly string[],
    ...worked: (readonly [channel: string, at: number])[]
  ): string => {
    const file = { worked: worked.map(([channel, at]) => ({ contact: 'ana', channel, at })) };
    return inTurn({ lastWorked }, file, aContact({ prefers }), via)
      .map(({ channel }) => channel)
      .join(' ');
  };

  it('comes where the plan wants it, behind what the contact prefers', () => {
    expect(turns(undefined, [], ['email', 5])).toBe('whatsapp sms email');
    expect(turns('first', [], ['email', 5], ['sms', 4])).toBe('email whatsapp sms');
    expect(turns('fallback', [], ['email', 5])).toBe('whatsapp email sms');
    expect(turns('fallback', [], ['whatsapp', 5])).toBe('whatsapp sms email');
    expect(turns('first', ['sms'], ['email', 5])).toBe('sms email whatsapp');
    expect(turns('fallback', ['sms'], ['email', 5])).toBe('sms email whatsapp');
    expect(turns('first', ['sms', 'email'], ['email', 5])).toBe('sms email whatsapp');
    expect(turns('first', [])).toBe('whatsapp sms email');
  });

  it('is the one with the latest sign of life of that contact, of those that the stage names', () => {
    const worked = [
      { contact: 'ana', channel: 'letter', at: 9 },
      { contact: 'eva', channel: 'sms', at: 8 },
      { contact: 'ana', channel: 'whatsapp', at: 7 },
      { contact: 'ana', channel: 'email', at: 7 },
    ];
    expect(workedLast({ worked }, ana, via)).toBe('email');
    expect(workedLast({}, ana, via)).toBeUndefined();
    const file = evolveAll(start, [delivered(5), wrote(3), wrote(9, 'auto-reply'), wrote(9, 'unsubscribe')]);
    expect(file.worked).toEqual([{ contact: 'ana', channel: 'email', at: 5 }]);
  });

  it('adds no channel and loses none, and leaves preferences where they are', () => {
    const some = fc.subarray(['whatsapp', 'sms', 'email', 'letter'], { minLength: 0 });
    fc.assert(
      fc.property(
        some.map((list) => list.map((channel) => ({ channel }))),
        some,
        some,
        fc.constantFrom(undefined, 'first' as const, 'fallback' as const),
        (chain, prefers, worked, lastWorked) => {
          const contact = aContact({ prefers });
          const file = { worked: worked.map((channel, at) => ({ contact: 'ana', channel, at })) };
          const turn = inTurn({ lastWorked }, file, contact, chain).map(({ channel }) => channel);
          const plain = inTurn({ lastWorked: undefined }, file, contact, chain).map(({ channel }) => channel);
          expect(turn.toSorted()).toEqual(plain.toSorted());
          const liked = plain.filter((one) => prefers.includes(one));
          expect(turn.slice(0, liked.length)).toEqual(liked);
          if (lastWorked !== 'first') expect(turn[0]).toBe(plain[0]);
        },
      ),
    );
  });
});
