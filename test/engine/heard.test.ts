import { describe, expect, it } from 'vitest';
import { type Act, decide, type Engine, evolve, evolveAll, type FileEvent } from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { Via } from '../../src/policy/types.js';
import {
  aContact,
  aLadder,
  anAccount,
  anInvoice,
  aPlan,
  engineOf,
  fileOf,
  free,
  instant,
  told,
} from '../support/build.js';

const hour = 3_600_000;
const at = instant('2026-03-02T10:00:00-06:00');
const on = '2026-03-02';
const phone = '+525512345678';
const consents = ['whatsapp', 'sms'].map((channel) => ({ channel, state: 'granted' as const, at: 0 }));
const contacts = [aContact({ phone, consents })];
const start = fileOf(told.account(anAccount({ contacts })), told.invoice(anInvoice({ id: 'A' })));
const chain: readonly Via[] = [{ channel: 'whatsapp' }, { channel: 'sms' }, { channel: 'email' }];

function engineFor(via: readonly Via[] = chain, consent?: 'off'): Engine {
  const rules = consent === undefined ? free : { ...free, consent: { whatsapp: consent, sms: consent } };
  return engineOf(aLadder(['1d', '9d'], { via }), aPlan({}, rules));
}

function sendAll(
  engine: Engine,
  file: AccountFile,
  now: number,
): { file: AccountFile; acts: readonly Act[] } {
  const { acts, events } = decide(engine, file, now);
  const accepted = acts
    .filter(({ kind }) => kind === 'message')
    .map((act): FileEvent => ({ type: 'act.accepted', act: act.id, at: now, on: act.on }));
  return { file: evolveAll(file, [...events, ...accepted]), acts };
}

function failed(act: Act, when: number, address?: string): FileEvent {
  const { contact = '', channel = '' } = act;
  return {
    type: 'act.failed',
    act: act.id,
    at: when,
    on,
    code: 'whatsapp:131026',
    scope: 'recipient',
    covers: act.covers,
    place: `${contact}:${channel}`,
    occasion: act.review,
    contact,
    channel,
    ...(address === undefined ? {} : { address }),
  };
}

describe('a message that its provider gives up after taking it', () => {
  const engine = engineFor();
  const sent = sendAll(engine, start, at);
  const [first] = sent.acts;
  if (first === undefined) throw new Error('nothing was sent');

  it('goes to the next place at once, in place of the first, without patience', () => {
    const after = evolve(sent.file, failed(first, at + hour));
    const second = sendAll(engine, after, at + hour);
    expect(second.acts).toMatchObject([
      { channel: 'sms', stage: 's1d', covers: [{ stage: 's1d/again' }], review: first.review },
    ]);
    // Once: what fails there as well waits for the next stage.
    const again = second.acts[0];
    if (again === undefined) throw new Error('nothing followed');
    const twice = evolve(second.file, failed(again, at + 2 * hour));
    expect(decide(engine, twice, at + 2 * hour).acts).toEqual([]);
    // Told once more, it changes nothing.
    expect(decide(engine, evolve(second.file, failed(first, at + 3 * hour)), at + 3 * hour).acts).toEqual([]);
  });

  it('stays where it is where it was delivered by then, or is told so before the next place had its turn', () => {
    const delivered: FileEvent = { type: 'act.delivered', act: first.id, at, on, covers: first.covers };
    for (const events of [
      [delivered, failed(first, at + hour)],
      [failed(first, at + hour), delivered],
    ])
      expect(decide(engine, evolveAll(sent.file, events), at + 2 * hour).acts).toEqual([]);
  });

  it('ends an address where that was the fault; later stages leave it out', () => {
    const after = evolve(sent.file, failed(first, at + hour, phone));
    expect(after.health).toEqual([
      {
        contact: 'ana',
        channel: 'whatsapp',
        address: phone,
        state: 'invalid',
        reason: 'whatsapp:131026',
        at: at + hour,
      },
    ]);
    const second = sendAll(engine, after, at + hour);
    const later = sendAll(engine, second.file, instant('2026-03-10T10:00:00-06:00'));
    expect(later.acts).toMatchObject([{ stage: 's9d', channel: 'sms' }]);
  });

  it('is a task where no place is left', () => {
    const alone = engineFor([{ channel: 'whatsapp' }]);
    const one = sendAll(alone, start, at);
    const [act] = one.acts;
    if (act === undefined) throw new Error('nothing was sent');
    const { acts } = decide(alone, evolve(one.file, failed(act, at + hour)), at + hour);
    expect(acts).toMatchObject([{ kind: 'task' }]);
  });
});

describe('a contact’s own word', () => {
  const heard = (channel: string, state: 'granted' | 'withdrawn', when: number): FileEvent => ({
    type: 'consent.heard',
    contact: 'ana',
    channel,
    state,
    at: when,
    on,
    proof: 'm1',
  });
  const channels = (engine: Engine, ...events: readonly FileEvent[]): readonly unknown[] =>
    decide(engine, evolveAll(start, events), at).acts.map(({ kind, channel }) => channel ?? kind);

  it('ends a channel, whatever the host’s records or rules say, and opens it again', () => {
    expect(channels(engineFor())).toEqual(['whatsapp']);
    expect(channels(engineFor(), heard('whatsapp', 'withdrawn', 5))).toEqual(['sms']);
    expect(channels(engineFor(chain, 'off'), heard('whatsapp', 'withdrawn', 5))).toEqual(['sms']);
    const back = [heard('whatsapp', 'withdrawn', 5), heard('whatsapp', 'granted', 6)];
    expect(channels(engineFor(), ...back)).toEqual(['whatsapp']);
  });

  it('counts by when it was said, not by when it came in; of two at once the withdrawal', () => {
    expect(channels(engineFor(), heard('whatsapp', 'granted', 9), heard('whatsapp', 'withdrawn', 5))).toEqual(
      ['whatsapp'],
    );
    for (const states of [['granted', 'withdrawn'] as const, ['withdrawn', 'granted'] as const])
      expect(channels(engineFor(), ...states.map((state) => heard('whatsapp', state, 7)))).toEqual(['sms']);
  });

  it('outlives what the host tells of the account, unless that is a later consent', () => {
    const stopped = heard('whatsapp', 'withdrawn', 5);
    const again = told.account(anAccount({ contacts }));
    expect(channels(engineFor(), stopped, again)).toEqual(['sms']);
    const asked = [{ channel: 'whatsapp', state: 'granted' as const, at: 6 }, ...consents];
    const consented = told.account(anAccount({ contacts: [aContact({ phone, consents: asked })] }));
    expect(channels(engineFor(), stopped, consented)).toEqual(['whatsapp']);
  });

  it('of everything leaves a task', () => {
    const all = ['whatsapp', 'sms', 'email'].map((channel) => heard(channel, 'withdrawn', 5));
    expect(channels(engineFor(), ...all)).toEqual(['task']);
  });
});

describe('a message that comes in', () => {
  const received = (windowUntil: number): FileEvent => ({
    type: 'message.received',
    id: 'm1',
    channel: 'whatsapp',
    at,
    on,
    kind: 'text',
    contact: 'ana',
    windowUntil,
  });

  it('opens the window; an earlier one that comes late does not shorten it', () => {
    const file = evolveAll(start, [received(at + 2), received(at + 1)]);
    expect(file.windows).toEqual([{ contact: 'ana', channel: 'whatsapp', until: at + 2 }]);
    expect(evolve(file, received(at + 3)).windows).toEqual([
      { contact: 'ana', channel: 'whatsapp', until: at + 3 },
    ]);
  });

  it('opens none for whoever was erased, nor where the channel has none', () => {
    const erased: FileEvent = { type: 'account.erased', on, at, author: 'luis', contact: 'ana' } as never;
    expect(evolveAll(start, [erased, received(at + 2)]).windows).toBeUndefined();
    const { windowUntil: _, ...plain } = received(at) as Extract<FileEvent, { type: 'message.received' }>;
    expect(evolve(start, plain).windows).toBeUndefined();
    const others = evolveAll(start, [
      received(at + 2),
      { ...plain, contact: 'eva', windowUntil: at + 1 },
      { ...plain, channel: 'sms', windowUntil: at + 1 },
    ]);
    expect(others.windows).toHaveLength(3);
    const { contact: __, ...nobody } = received(at + 2) as Extract<FileEvent, { type: 'message.received' }>;
    expect(evolve(start, nobody).windows).toBeUndefined();
  });

  it('decides nothing by itself', () => {
    const before = decide(engineFor(), start, at);
    expect(decide(engineFor(), evolve(start, received(at + 1)), at).acts).toEqual(before.acts);
  });
});
