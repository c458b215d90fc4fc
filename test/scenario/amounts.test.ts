import { describe, expect, it } from 'vitest';
import { decide, type FileEvent } from '../../src/engine/index.js';
import {
  aCredit,
  aDispute,
  aLadder,
  anInvoice,
  aPayment,
  aPlan,
  aPromise,
  engineOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { actsIn, sent, story, walk } from '../support/walk.js';

const engine = engineOf(aLadder(['1d', '5d', '9d'], { on: { paid: [{ send: 'thanks' }] } }), aPlan({}, free));

describe('what settles without a payment earns no thanks', () => {
  const settledBy = (fact: FileEvent): readonly string[] =>
    story(walk(engine, owing(anInvoice()), '2026-03-02', 3, { facts: { '2026-03-03': [fact] } })).slice(2);

  it('credit notes', () => {
    expect(settledBy(told.credit(aCredit({ to: 'F1' })))).toEqual(['2026-03-03 close F1 (credited)']);
  });

  it('a write-off, a void', () => {
    expect(settledBy(told.invoice(anInvoice({ writtenOff: 10_000 })))).toEqual([
      '2026-03-03 close F1 (written-off)',
    ]);
    expect(settledBy(told.invoice(anInvoice({ status: 'void' })))).toEqual(['2026-03-03 close F1 (void)']);
    expect(settledBy(told.invoice(anInvoice({ status: 'written-off' })))).toEqual([
      '2026-03-03 close F1 (written-off)',
    ]);
  });
});

describe('a pushed balance', () => {
  it('of nothing settles; what was booked before does not count twice', () => {
    const asOf = instant('2026-03-03T09:00:00-06:00');
    const told1 = told.invoice(anInvoice({ balance: { amount: 3_000, asOf } }));
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 12, {
      facts: {
        '2026-03-03': [told1, told.payment(aPayment({ amount: 7_000, to: 'F1', bookedAt: asOf - 1 }))],
        '2026-03-08': [told.invoice(anInvoice({ balance: { amount: 0, asOf: asOf + 1 } }))],
      },
    });
    expect(story(walked)).toEqual([
      '2026-03-01 open F1',
      '2026-03-02 send s1d F1',
      '2026-03-06 send s5d F1',
      '2026-03-08 close F1 (paid)',
      '2026-03-08 send thanks F1',
    ]);
    expect(actsIn(walked)[1]?.totals[0]?.minor).toBe(3_000);
  });
});

describe('money put to no invoice, and disputes', () => {
  it('unapplied money that covers the sum pauses; in part it lowers what is asked for', () => {
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 14, {
      facts: {
        '2026-03-03': [told.payment(aPayment({ amount: 4_000 }))],
        '2026-03-07': [told.payment(aPayment({ amount: 10_000 }))],
      },
    });
    expect(story(walked).slice(1)).toEqual([
      '2026-03-02 send s1d F1',
      '2026-03-06 send s5d F1',
      '2026-03-07 pause F1 (unapplied)',
    ]);
    expect(actsIn(walked)[1]?.totals[0]?.minor).toBe(6_000);
  });

  it('a disputed part leaves dunning, the rest is chased; rejected it is chased again', () => {
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 14, {
      facts: {
        '2026-03-03': [told.dispute(aDispute({ amount: 4_000 }))],
        '2026-03-08': [told.dispute(aDispute({ amount: 4_000, state: 'rejected' }))],
      },
    });
    expect(actsIn(walked).map((act) => [act.on, act.totals[0]?.minor, act.items[0]?.outstanding])).toEqual([
      ['2026-03-02', 10_000, 10_000],
      ['2026-03-06', 6_000, 10_000],
      ['2026-03-10', 10_000, 10_000],
    ]);
  });

  it('a promise pauses until its day plus grace, then the next stage comes after the restart gap', () => {
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 25, {
      facts: { '2026-03-03': [told.promise(aPromise({ date: '2026-03-08', graceDays: 2 }))] },
    });
    expect(story(walked)).toEqual([
      '2026-03-01 open F1',
      '2026-03-02 send s1d F1',
      '2026-03-03 pause F1 (promise)',
      '2026-03-11 resume F1',
      '2026-03-12 send s5d F1',
      '2026-03-16 send s9d F1',
      '2026-03-17 exhaust F1',
    ]);
  });
});

describe('the tolerance', () => {
  const tolerant = engineOf(aLadder(['1d', '5d']), aPlan({ tolerance: { MXN: '1.00' } }, free));
  const due = (total: number): readonly string[] =>
    story(walk(tolerant, owing(anInvoice({ total })), '2026-03-02', 1));

  it('settles what is strictly below, in its currency only', () => {
    expect(due(99)).toEqual([]);
    expect(due(100)).toEqual(['2026-03-02 open F1', '2026-03-02 send s1d F1']);
    const dollars = owing(anInvoice({ total: 99, currency: 'USD' }));
    expect(sent(walk(tolerant, dollars, '2026-03-02', 1))).toEqual(['2026-03-02 s1d F1']);
  });

  it('does not ask for a trifle while the rest is disputed', () => {
    const file = owing(anInvoice());
    const walked = walk(tolerant, file, '2026-03-02', 5, {
      facts: { '2026-03-03': [told.dispute(aDispute({ amount: 9_950 }))] },
    });
    expect(story(walked).at(-1)).toBe('2026-03-03 pause F1 (dispute)');
  });
});

it('documents that are never chased: draft, void, written off, zero, negative', () => {
  const file = owing(
    anInvoice({ id: 'draft', status: 'draft' }),
    anInvoice({ id: 'void', status: 'void' }),
    anInvoice({ id: 'off', status: 'written-off' }),
    anInvoice({ id: 'zero', total: 0 }),
    anInvoice({ id: 'minus', total: -500 }),
  );
  const decision = decide(engine, file, instant('2026-03-10T12:00:00-06:00'));
  expect(decision).toEqual({ events: [], acts: [], next: undefined, waiting: [] });
});
