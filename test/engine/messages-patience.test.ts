import { describe, expect, it } from 'vitest';
import {
  type Act,
  decide,
  type Engine,
  evolve,
  evolveAll,
  type FileEvent,
  recheck,
} from '../../src/engine/index.js';
import type { AccountFile } from '../../src/ledger/file.js';
import type { ContactRules, Policy, Stage, Via } from '../../src/policy/types.js';
import { codeOf } from '../money/thrown.js';
import {
  aContact,
  aHold,
  aLadder,
  anAccount,
  anInvoice,
  aPayment,
  aPlan,
  aStage,
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
const start = fileOf(
  told.account(anAccount({ contacts })),
  told.invoice(anInvoice({ id: 'A' })),
  told.invoice(anInvoice({ id: 'B' })),
);
const chain: readonly Via[] = [
  { channel: 'whatsapp', patience: '4h' },
  { channel: 'sms', patience: '1d' },
  { channel: 'email' },
];

function engineFor(own: Partial<Policy> = {}, contact: ContactRules = free): Engine {
  return engineOf(aLadder(['1d', '9d'], { via: chain, ...own }), aPlan({}, contact));
}

/** Decides, and has everything accepted at once. */
function sendAll(
  engine: Engine,
  file: AccountFile,
  now: number,
): { file: AccountFile; acts: readonly Act[] } {
  const { acts, events } = decide(engine, file, now);
  const accepted = acts.map((act): FileEvent => ({ type: 'act.accepted', act: act.id, at: now, on: act.on }));
  return { file: evolveAll(file, [...events, ...accepted]), acts };
}

const delivered = (act: Act, when: number): FileEvent => ({
  type: 'act.delivered',
  act: act.id,
  at: when,
  on,
  covers: act.covers,
});

describe('a message that is not delivered within the patience with its channel', () => {
  const engine = engineFor();
  const sent = sendAll(engine, start, at);

  it('goes to the next place, in place of the first', () => {
    expect(sent.acts).toMatchObject([{ channel: 'whatsapp', patience: 4 * hour, position: 0 }]);
    expect(decide(engine, sent.file, at).next).toBe(at + 4 * hour);
    expect(decide(engine, sent.file, at + 4 * hour - 1).acts).toEqual([]);
    const [again] = decide(engine, sent.file, at + 4 * hour).acts;
    expect(again).toMatchObject({
      id: 'robles/ladder/A#1/s1d/again.1@ana.1',
      channel: 'sms',
      position: 1,
      stage: 's1d',
      message: 's1d',
      keys: ['robles/ladder/A#1/s1d/again.1@ana.1', 'robles/ladder/B#1/s1d/again.1@ana.1'],
      topic: 'overdue',
    });
    // It belongs to the occasion of the first, and nobody waits for it in turn.
    expect(again?.review).toBe(at);
    expect(again?.patience).toBeUndefined();
  });

  it('is tried elsewhere once', () => {
    const second = sendAll(engine, sent.file, at + 5 * hour);
    expect(second.acts).toHaveLength(1);
    for (const later of [6, 30, 100]) {
      const { acts, next } = decide(engine, second.file, at + later * hour);
      expect(acts).toEqual([]);
      // The next stage, and nothing before it.
      expect(next).toBe(instant('2026-03-10T00:00:00-06:00'));
    }
    expect(second.file.cases.get('A')?.[0]?.marks.map((mark) => [mark.stage, mark.state])).toEqual([
      ['s1d', 'done'],
      ['s1d/again', 'done'],
    ]);
  });

  it('stays where it is once it is delivered, also when that is told before the answer', () => {
    const [act] = sent.acts;
    const known = evolve(sent.file, delivered(act!, at + hour));
    expect(decide(engine, known, at + 5 * hour).acts).toEqual([]);
    expect(decide(engine, known, at + hour).next).toBe(instant('2026-03-10T00:00:00-06:00'));
    const { events } = decide(engine, start, at);
    const early = evolveAll(start, [
      ...events,
      delivered(act!, at),
      { type: 'act.accepted', act: act!.id, at, on },
    ]);
    expect(decide(engine, early, at + 5 * hour).acts).toEqual([]);
  });

  it('is no matter once the next stage acts, the case rests, or the debt is paid', () => {
    const paid = evolveAll(sent.file, [
      told.payment(aPayment({ to: 'A' })),
      told.payment(aPayment({ id: 'P2', to: 'B' })),
    ]);
    expect(decide(engine, paid, at + 5 * hour).acts).toEqual([]);
    const held = evolveAll(sent.file, [told.hold(aHold({ from: on }))]);
    expect(decide(engine, held, at + 5 * hour).acts).toEqual([]);
    const ninth = sendAll(engine, sent.file, instant('2026-03-10T10:00:00-06:00'));
    expect(ninth.acts.map((act) => act.stage)).toEqual(['s9d']);
  });

  it('speaks of what is owed by then', () => {
    const paid = evolve(sent.file, told.payment(aPayment({ to: 'A' })));
    const [again] = decide(engine, paid, at + 5 * hour).acts;
    expect(again?.items.map((item) => item.item)).toEqual(['B']);
  });

  it('tries the place after that when the next one refuses', () => {
    const planned = decide(engine, sent.file, at + 5 * hour);
    const [again] = planned.acts;
    const refused = evolveAll(sent.file, [
      ...planned.events,
      { type: 'act.refused', act: again!.id, at: at + 5 * hour, on, code: 'no', scope: 'pair' },
    ]);
    expect(decide(engine, refused, at + 5 * hour).acts).toMatchObject([{ channel: 'email', position: 2 }]);
  });

  it('leaves it at that where there is no other place', () => {
    const lonely = engineFor({ via: [{ channel: 'whatsapp', patience: '4h' }] });
    const once = sendAll(lonely, start, at);
    const { acts, waiting } = decide(lonely, once.file, at + 5 * hour);
    expect(acts).toEqual([]);
    expect(waiting.map((one) => one.reason)).toEqual(['not_yet', 'not_yet']);
  });

  it('counts from when a person says that it was sent', () => {
    const { events, acts } = decide(engine, start, at);
    const id = acts[0]!.id;
    const file = evolveAll(start, [
      ...events,
      { type: 'act.unknown', act: id, at, on, code: 'timeout' },
      { type: 'act.resolved', act: id, at: at + 2 * hour, on, sent: true, author: 'luis' },
    ]);
    expect(decide(engine, file, at + 5 * hour).acts).toEqual([]);
    expect(decide(engine, file, at + 6 * hour).acts).toHaveLength(1);
  });

  it('is still right at dispatch, and falls when the first one arrives after all', () => {
    const planned = decide(engine, sent.file, at + 5 * hour);
    const file = evolveAll(sent.file, planned.events);
    const [again] = planned.acts;
    expect(recheck(engine, file, again!, at + 5 * hour)).toEqual({ ok: true });
    const arrived = evolve(file, delivered(sent.acts[0]!, at + 5 * hour));
    expect(recheck(engine, arrived, again!, at + 5 * hour)).toMatchObject({ ok: false });
  });

  it('is on the same occasion: no gap lies between, but it counts as a contact of its day', () => {
    const strict = engineFor({}, { gap: '1d', caps: [{ max: 1, per: '1d' }] });
    const first = sendAll(strict, start, at);
    const second = sendAll(strict, first.file, at + 5 * hour);
    expect(second.acts).toHaveLength(1);
    expect(second.file.touches.map((touch) => touch.occasion)).toEqual([at, at]);
    const day = engineFor(
      { via: [{ channel: 'whatsapp', patience: '1d' }, { channel: 'sms' }] },
      { gap: '2d', caps: [] },
    );
    const late = sendAll(day, sendAll(day, start, at).file, at + 24 * hour);
    expect(late.acts).toHaveLength(1);
    const other = evolve(late.file, told.invoice(anInvoice({ id: 'C' })));
    const waiting = decide(day, other, at + 25 * hour).waiting.find((one) => one.item === 'C');
    expect(waiting).toMatchObject({ reason: 'gap', at: instant('2026-03-05T00:00:00-06:00') });
  });

  it('minds windows like any other', () => {
    const office = engineFor({}, { ...free, windows: [{ from: '09:00', to: '12:00' }] });
    const first = sendAll(office, start, at);
    const { acts, next, waiting } = decide(office, first.file, at + 5 * hour);
    const morning = instant('2026-03-03T09:00:00-06:00');
    expect([acts, next]).toEqual([[], morning]);
    expect(waiting).toContainEqual({
      item: 'A',
      case: 'ladder/A#1',
      policy: 'ladder',
      stage: 's1d/again',
      reason: 'window',
      at: morning,
    });
    expect(decide(office, first.file, morning).acts).toHaveLength(1);
  });

  it('lets a new message go first, and goes on its own occasion after it', () => {
    const fresh = evolve(sent.file, told.invoice(anInvoice({ id: 'C' })));
    const now = at + 5 * hour;
    const first = decide(engine, fresh, now);
    expect(first.acts.map((act) => act.channel)).toEqual(['whatsapp']);
    expect(first.next).toBe(now);
    const second = decide(engine, evolveAll(fresh, first.events), now);
    expect(second.acts.map((act) => [act.channel, act.review])).toEqual([['sms', at]]);
  });
});

describe('patience', () => {
  it('belongs to each message of a stage', () => {
    const stages: Stage[] = [
      aStage('a', '1d', {
        do: [
          { send: 'a', via: [{ channel: 'email' }] },
          { send: 'b', to: 'manager', via: [{ channel: 'whatsapp', patience: '2h' }, { channel: 'email' }] },
        ],
      }),
    ];
    const both = [
      ...contacts,
      aContact({ id: 'luis', role: 'manager', email: 'luis@x.example', phone, consents }),
    ];
    const file = fileOf(told.account(anAccount({ contacts: both })), told.invoice(anInvoice()));
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    const sent = sendAll(engine, file, at);
    expect(sent.acts.map((act) => [act.message, act.patience])).toEqual([
      ['a', undefined],
      ['b', 2 * hour],
    ]);
    const [again, ...others] = decide(engine, sent.file, at + 2 * hour).acts;
    expect(others).toEqual([]);
    expect(again).toMatchObject({
      id: 'robles/ladder/F1#1/a/send.1/again.1@luis.1',
      channel: 'email',
      contact: 'luis',
      message: 'b',
    });
  });

  it('is a fixed length', () => {
    const patient = (patience: string) => () => engineFor({ via: [{ channel: 'sms', patience }] });
    for (const ok of ['30min', '4h', '2d', '1w']) expect(patient(ok)).not.toThrow();
    for (const wrong of ['1mo', '2bd', 'soon']) expect(codeOf(patient(wrong))).toBe('invalid_duration');
    const days = decide(engineFor({ via: [{ channel: 'sms', patience: '2d' }] }), start, at).acts;
    const weeks = decide(engineFor({ via: [{ channel: 'sms', patience: '1w' }] }), start, at).acts;
    expect([days[0]?.patience, weeks[0]?.patience]).toEqual([48 * hour, 168 * hour]);
  });
});

describe('what a stage says of its message', () => {
  it('is on the act: copies, sender and attachments', () => {
    const send = {
      send: 'a',
      copy: ['manager', 'legal'],
      from: 'director',
      attach: ['invoice', 'statement'],
    };
    const policy = aLadder([], { stages: [aStage('a', '1d', { do: [send] })] });
    const [act] = decide(engineOf(policy, aPlan({}, free)), start, at).acts;
    expect(act).toMatchObject({
      message: 'a',
      copy: ['manager', 'legal'],
      from: 'director',
      attach: ['invoice', 'statement'],
    });
    const [plain] = decide(engineOf(aLadder(['1d']), aPlan({}, free)), start, at).acts;
    for (const key of ['copy', 'from', 'attach', 'patience', 'charges'])
      expect(plain).not.toHaveProperty(key);
  });

  it('is that of the strongest', () => {
    const stages = [
      aStage('a', '1d', { do: [{ send: 'a', from: 'clerk' }] }),
      aStage('b', '5d', { tone: 'firm', do: [{ send: 'b', from: 'director' }] }),
    ];
    const file = fileOf(
      told.account(anAccount()),
      told.invoice(anInvoice({ id: 'A', due: '2026-02-20' })),
      told.invoice(anInvoice({ id: 'B' })),
    );
    const engine = engineOf(aLadder([], { stages, entry: 'latest' }), aPlan({}, free));
    expect(decide(engine, file, at).acts).toMatchObject([{ message: 'b', from: 'director' }]);
  });
});

describe('the contact that invoices name', () => {
  const named = [
    aContact({ id: 'x', role: 'x' }),
    aContact({ id: 'y', role: 'y' }),
    aContact({ id: 'z', role: 'z' }),
  ];
  const who = (contactsNamed: readonly (string | undefined)[], own: Partial<Policy> = {}): unknown => {
    const invoices = contactsNamed.map((contact, index) =>
      told.invoice(anInvoice({ id: `F${index}`, contact })),
    );
    const file = fileOf(told.account(anAccount({ contacts: named })), ...invoices);
    return decide(engineOf(aLadder(['1d'], own), aPlan({}, free)), file, at).acts.map((act) => act.contact);
  };

  it('gets the message if all agree, else the first of the account', () => {
    expect(who(['y'])).toEqual(['y']);
    expect(who(['y', 'y'])).toEqual(['y']);
    expect(who(['y', 'z'])).toEqual(['x']);
    expect(who(['y', undefined])).toEqual(['x']);
    expect(who(['y', 'z'], { message: { by: 'invoice' } })).toEqual(['y', 'z']);
  });

  it('is asked of all items of a group', () => {
    const unit = { group: ['account' as const] };
    expect(who(['y', 'y'], { unit })).toEqual(['y']);
    expect(who(['y', 'z'], { unit })).toEqual(['x']);
    expect(who(['y', 'z'], { unit, message: { by: 'unit' } })).toEqual(['x']);
  });
});
