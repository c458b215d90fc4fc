import { describe, expect, it } from 'vitest';
import { parseDay, startOfDay } from '../../src/calendar/index.js';
import { defaultLedgerRules, type FileEvent, itemsOf, type LedgerRules } from '../../src/engine/index.js';
import { type Block, type BlockKind, mainBlock } from '../../src/ledger/block.js';
import { nextBlockChange } from '../../src/ledger/pauses.js';
import {
  aDispute,
  aHold,
  anInvoice,
  anUnbooked,
  aPayment,
  aPromise,
  aReply,
  aSource,
  fileOf,
  instant,
  inTwoParts,
  told,
  zone,
} from '../support/build.js';

const invoice = told.invoice(anInvoice());
const second = told.invoice(anInvoice({ id: 'F2', due: '2026-03-20' }));
const rules = (own: Partial<LedgerRules>): LedgerRules => ({ ...defaultLedgerRules, ...own });
const noon = (day: string): number => instant(`${day}T12:00:00-06:00`);

/** What may be chased of each item on a day, and the kinds that keep the rest back. */
function chased(day: string, facts: readonly FileEvent[], own: Partial<LedgerRules> = {}, now = noon(day)) {
  return Object.fromEntries(
    itemsOf(fileOf(...facts), parseDay(day), rules(own), now).map((item) => [
      item.id,
      [item.dunnable, ...item.blocks.map(({ kind, amount }) => `${kind} ${amount}`)].join(', '),
    ]),
  );
}

/** The days of March on which F1 is kept back. */
function blockedDays(fact: FileEvent, own: Partial<LedgerRules> = {}): readonly number[] {
  const days = Array.from({ length: 31 }, (_, index) => index + 1);
  return days.filter((day) => {
    const date = `2026-03-${String(day).padStart(2, '0')}`;
    return chased(date, [invoice, fact], own).F1 !== '10000';
  });
}

describe('money that was seen and is not booked', () => {
  it('holds for as many days after its day as the plan says, or until its own', () => {
    expect(blockedDays(told.unbooked(anUnbooked()))).toEqual([5, 6, 7, 8, 9, 10]);
    expect(blockedDays(told.unbooked(anUnbooked()), { unbookedDays: 0 })).toEqual([5]);
    expect(blockedDays(told.unbooked(anUnbooked({ until: '2026-03-07' })))).toEqual([5, 6, 7]);
  });

  it('holds what it names as a whole, whatever its amount, else the account', () => {
    const facts = [invoice, second];
    const named = told.unbooked(anUnbooked({ invoice: 'F1', amount: 100, currency: 'MXN' }));
    expect(chased('2026-03-06', [...facts, named])).toEqual({ F1: '0, unbooked 10000', F2: '10000' });
    expect(chased('2026-03-06', [...facts, told.unbooked(anUnbooked())])).toEqual({
      F1: '0, unbooked 10000',
      F2: '0, unbooked 10000',
    });
    const part = told.unbooked(anUnbooked({ invoice: 'F1', instalment: '2' }));
    expect(chased('2026-03-06', [told.invoice(inTwoParts()), part])).toEqual({
      'F1~1': '5000',
      'F1~2': '0, unbooked 5000',
    });
    const third = told.invoice(anInvoice({ id: 'F3' }));
    const several = told.unbooked(anUnbooked({ invoices: ['F1', 'F2'] }));
    expect(chased('2026-03-06', [...facts, third, several])).toEqual({
      F1: '0, unbooked 10000',
      F2: '0, unbooked 10000',
      F3: '10000',
    });
  });

  it('is over when it is booked or failed', () => {
    for (const state of ['booked', 'failed'] as const)
      expect(blockedDays(told.unbooked(anUnbooked({ state })))).toEqual([]);
  });
});

describe('a reply', () => {
  it('pauses the account for as many days as the plan says, until its own day, or not at all', () => {
    expect(blockedDays(told.reply(aReply()))).toEqual([5, 6, 7, 8]);
    expect(blockedDays(told.reply(aReply({ until: '2026-03-06' })))).toEqual([5, 6]);
    expect(blockedDays(told.reply(aReply()), { replyDays: undefined })).toEqual([]);
    expect(blockedDays(told.reply(aReply({ until: '2026-03-06' })), { replyDays: undefined })).toEqual([
      5, 6,
    ]);
  });

  it('that a person dealt with pauses no more', () => {
    expect(blockedDays(told.reply(aReply({ handled: true })))).toEqual([]);
  });
});

describe('a hold of part of an amount', () => {
  const part = (own: Parameters<typeof aHold>[0]): FileEvent =>
    told.hold(aHold({ amount: 3_000, currency: 'MXN', ...own }));

  it('keeps back that part, oldest item first; the rest is chased', () => {
    expect(chased('2026-03-06', [invoice, part({ invoice: 'F1' })])).toEqual({ F1: '7000, hold 3000' });
    expect(chased('2026-03-06', [invoice, second, part({ amount: 12_000 })])).toEqual({
      F1: '0, hold 10000',
      F2: '8000, hold 2000',
    });
  });

  it('in another currency than its invoice means all of it; of the account, what it owes in that currency', () => {
    expect(chased('2026-03-06', [invoice, part({ invoice: 'F1', currency: 'USD' })])).toEqual({
      F1: '0, hold 10000',
    });
    const dollars = told.invoice(anInvoice({ id: 'USD', currency: 'USD' }));
    expect(chased('2026-03-06', [invoice, dollars, part({ currency: 'USD' })])).toEqual({
      F1: '10000',
      USD: '7000, hold 3000',
    });
  });
});

describe('the last day of a hold', () => {
  it('is blocked, or free where the plan says exclusive', () => {
    const hold = told.hold(aHold({ from: '2026-03-05', until: '2026-03-07' }));
    expect(blockedDays(hold)).toEqual([5, 6, 7]);
    expect(blockedDays(hold, { holdEnd: 'exclusive' })).toEqual([5, 6]);
    const oneDay = told.hold(aHold({ from: '2026-03-05', until: '2026-03-05' }));
    expect(blockedDays(oneDay, { holdEnd: 'exclusive' })).toEqual([]);
  });
});

describe('a dispute', () => {
  const facts = [invoice, second, told.dispute(aDispute({ amount: 3_000 }))];

  it('takes out its part, its item, or the account', () => {
    expect(chased('2026-03-06', facts)).toEqual({ F1: '7000, dispute 3000', F2: '10000' });
    expect(chased('2026-03-06', facts, { dispute: 'item' })).toEqual({ F1: '0, dispute 10000', F2: '10000' });
    expect(chased('2026-03-06', facts, { dispute: 'account' })).toEqual({
      F1: '0, dispute 10000',
      F2: '0, dispute 10000',
    });
  });
});

describe('money put to no invoice', () => {
  const facts = (amount: number): readonly FileEvent[] => [
    invoice,
    second,
    told.payment(aPayment({ amount })),
  ];

  it('lowers what is chased, plays no part, or keeps back what is overdue when it covers all of that', () => {
    expect(chased('2026-03-06', facts(4_000))).toEqual({ F1: '6000, unapplied 4000', F2: '10000' });
    expect(chased('2026-03-06', facts(4_000), { unapplied: 'ignore' })).toEqual({ F1: '10000', F2: '10000' });
    expect(chased('2026-03-06', facts(9_999), { unapplied: 'covers' })).toEqual({ F1: '10000', F2: '10000' });
    expect(chased('2026-03-06', facts(10_000), { unapplied: 'covers' })).toEqual({
      F1: '0, unapplied 10000',
      F2: '10000',
    });
    expect(chased('2026-03-01', facts(10_000), { unapplied: 'covers' })).toEqual({
      F1: '10000',
      F2: '10000',
    });
    expect(chased('2026-03-21', facts(10_000), { unapplied: 'covers' })).toEqual({
      F1: '10000',
      F2: '10000',
    });
  });
});

describe('a required source', () => {
  const sources = [{ id: 'bank', maxAge: 3_600_000 }];
  const at = noon('2026-03-05');
  const fresh = told.source(aSource({ at }));

  it('holds everything while it is missing, failed or too old', () => {
    const now = (facts: readonly FileEvent[], instant: number): string | undefined =>
      chased('2026-03-05', [invoice, ...facts], { sources }, instant).F1;
    expect(now([], at)).toBe('0, source 10000');
    expect(now([fresh], at)).toBe('10000');
    expect(now([fresh], at + 3_600_000)).toBe('10000');
    expect(now([fresh], at + 3_600_001)).toBe('0, source 10000');
    expect(now([told.source(aSource({ at, state: 'failed' }))], at)).toBe('0, source 10000');
  });

  it('is named', () => {
    const [item] = itemsOf(fileOf(invoice), parseDay('2026-03-05'), rules({ sources }), at);
    expect(item?.blocks).toEqual([{ kind: 'source', id: 'bank', reason: 'bank', amount: 10_000 }]);
  });

  it('plays no part where no instant is asked about', () => {
    expect(itemsOf(fileOf(invoice), parseDay('2026-03-05'), rules({ sources }))[0]?.dunnable).toBe(10_000);
  });

  it('makes the next look come at the instant when it grows too old', () => {
    const file = fileOf(invoice, fresh, told.hold(aHold({ until: '2026-03-20' })));
    const today = parseDay('2026-03-05');
    const change = (now: number): number | undefined =>
      nextBlockChange(file, [], today, zone, now, rules({ sources }));
    expect(change(at)).toBe(at + 3_600_001);
    expect(change(at + 3_600_001)).toBe(startOfDay(parseDay('2026-03-21'), zone));
  });

  it('among several is looked at when the first grows too old; one that failed grows no older', () => {
    const two = [
      { id: 'bank', maxAge: 3_600_000 },
      { id: 'psp', maxAge: 1_800_000 },
    ];
    const change = (...sources: readonly Parameters<typeof aSource>[0][]): number | undefined =>
      nextBlockChange(
        fileOf(...sources.map((own) => told.source(aSource({ at, ...own })))),
        [],
        parseDay('2026-03-05'),
        zone,
        at,
        rules({ sources: two }),
      );
    expect(change({}, { id: 'psp' })).toBe(at + 1_800_001);
    expect(change({}, { id: 'psp', at: at + 3_000_000 })).toBe(at + 3_600_001);
    expect(change({}, { id: 'psp', state: 'failed' })).toBe(at + 3_600_001);
    expect(change({ state: 'failed' })).toBeUndefined();
    expect(change()).toBeUndefined();
  });
});

it('the block that keeps most back is why the whole is not chased', () => {
  const block = (kind: BlockKind, amount: number): Block => ({ kind, reason: kind, amount });
  expect(mainBlock([block('dispute', 300), block('hold', 700)])?.kind).toBe('hold');
  expect(mainBlock([block('dispute', 500), block('hold', 500)])?.kind).toBe('dispute');
  expect(mainBlock([])).toBeUndefined();
});

it('blocks are taken in one order, and nothing twice', () => {
  const facts = [
    told.reply(aReply()),
    told.unbooked(anUnbooked({ invoice: 'F1' })),
    told.hold(aHold({ invoice: 'F1' })),
    told.promise(aPromise({ amount: 3_000, date: '2026-03-20' })),
    told.dispute(aDispute({ amount: 4_000 })),
    second,
    invoice,
  ];
  const wanted = { F1: '0, dispute 4000, promise 3000, hold 3000', F2: '0, reply 10000' };
  expect(chased('2026-03-06', facts)).toEqual(wanted);
  expect(chased('2026-03-06', facts.toReversed())).toEqual(wanted);
});

it('the next look comes when a pause begins or is over', () => {
  const next = (day: string, fact: FileEvent, own: Partial<LedgerRules> = {}): number | undefined =>
    nextBlockChange(
      fileOf(fact),
      itemsOf(fileOf(fact, invoice), parseDay(day)),
      parseDay(day),
      zone,
      noon(day),
      rules(own),
    );
  const start = (day: string): number => startOfDay(parseDay(day), zone);
  expect(next('2026-03-01', told.unbooked(anUnbooked()))).toBe(start('2026-03-05'));
  expect(next('2026-03-05', told.unbooked(anUnbooked()))).toBe(start('2026-03-11'));
  expect(next('2026-03-05', told.reply(aReply()))).toBe(start('2026-03-09'));
  expect(next('2026-03-05', told.reply(aReply({ handled: true })))).toBeUndefined();
  expect(next('2026-03-05', told.hold(aHold({ until: '2026-03-07' })), { holdEnd: 'exclusive' })).toBe(
    start('2026-03-07'),
  );
  expect(next('2026-03-05', told.promise(aPromise({ date: undefined, made: '2026-03-02' })))).toBe(
    start('2026-03-10'),
  );
  expect(next('2026-03-12', told.unbooked(anUnbooked()))).toBeUndefined();
  const loose = told.payment(aPayment({ amount: 100 }));
  expect(next('2026-02-20', loose)).toBeUndefined();
  expect(next('2026-02-20', loose, { unapplied: 'covers' })).toBe(start('2026-03-02'));
  const more = (...facts: readonly FileEvent[]): number | undefined => {
    const file = fileOf(invoice, loose, ...facts);
    const today = parseDay('2026-03-06');
    return nextBlockChange(
      file,
      itemsOf(file, today),
      today,
      zone,
      noon('2026-03-06'),
      rules({ unapplied: 'covers' }),
    );
  };
  // What is overdue already, is paid or has no due date changes nothing by growing older.
  expect(more(second)).toBe(start('2026-03-21'));
  expect(more(second, told.payment(aPayment({ id: 'P2', to: 'F2' })))).toBeUndefined();
  expect(more(told.invoice(anInvoice({ id: 'F3', due: undefined })))).toBeUndefined();
  expect(more(told.promise(aPromise({ state: 'cancelled', date: '2026-03-10' })))).toBeUndefined();
  expect(more(told.hold(aHold()))).toBeUndefined();
  const applied = told.payment(aPayment({ amount: 100, to: 'F1' }));
  expect(next('2026-02-20', applied, { unapplied: 'covers' })).toBeUndefined();
});
