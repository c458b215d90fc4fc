import { describe, expect, it } from 'vitest';
import {
  aCredit,
  aLadder,
  anInvoice,
  aPayment,
  aPlan,
  engineOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { actsIn, sent, story, walk } from '../support/walk.js';

const engine = engineOf(aLadder(['1d', '5d', '9d'], { on: { paid: [{ send: 'thanks' }] } }), aPlan({}, free));

describe('money that comes in', () => {
  it('in part keeps the sequence going with what is left', () => {
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 14, {
      facts: {
        '2026-03-03': [told.payment(aPayment({ amount: 4_000, to: 'F1' }))],
        '2026-03-07': [told.payment(aPayment({ id: 'P2', amount: 5_999, to: 'F1' }))],
      },
    });
    expect(actsIn(walked).map((act) => [act.on, act.message, act.totals[0]?.minor])).toEqual([
      ['2026-03-02', 's1d', 10_000],
      ['2026-03-06', 's5d', 6_000],
      ['2026-03-10', 's9d', 1],
    ]);
    expect(actsIn(walked)[1]?.items).toMatchObject([
      { original: 10_000, paid: 4_000, outstanding: 6_000, dunnable: 6_000 },
    ]);
  });

  it('in full stops it, closes the case and gives thanks once', () => {
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 14, {
      facts: { '2026-03-03': [told.payment(aPayment({ to: 'F1' }))] },
      again: [12],
    });
    expect(story(walked)).toEqual([
      '2026-03-01 open F1',
      '2026-03-02 send s1d F1',
      '2026-03-03 close F1 (paid)',
      '2026-03-03 send thanks F1',
    ]);
    expect(actsIn(walked)[1]).toMatchObject({
      purpose: 'service',
      totals: [{ minor: 10_000, currency: 'MXN' }],
    });
  });

  it('thanks for what was paid, not for what was credited', () => {
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 5, {
      facts: {
        '2026-03-03': [
          told.payment(aPayment({ amount: 7_000, to: 'F1' })),
          told.credit(aCredit({ amount: 3_000, to: 'F1' })),
        ],
      },
    });
    expect(actsIn(walked)[1]?.totals).toEqual([{ minor: 7_000, currency: 'MXN' }]);
  });

  it('for several invoices earns one message of thanks', () => {
    const file = owing(anInvoice({ id: 'A' }), anInvoice({ id: 'B' }));
    const walked = walk(engine, file, '2026-03-01', 5, {
      facts: {
        '2026-03-03': [
          told.payment(
            aPayment({
              amount: 20_000,
              allocations: [
                { invoice: 'A', amount: 10_000 },
                { invoice: 'B', amount: 10_000 },
              ],
            }),
          ),
        ],
      },
    });
    expect(sent(walked)).toEqual(['2026-03-02 s1d A+B', '2026-03-03 thanks A+B']);
  });

  it('is thanked for outside gap and caps, but within contact hours', () => {
    const strict = engineOf(
      aLadder(['1d', '5d'], { on: { paid: [{ send: 'thanks' }] } }),
      aPlan({}, { gap: '10d', caps: [{ max: 1, per: '7d' }], windows: [{ from: '09:00', to: '18:00' }] }),
    );
    const walked = walk(strict, owing(anInvoice()), '2026-03-02', 3, {
      facts: { '2026-03-03': [told.payment(aPayment({ to: 'F1' }))] },
      hour: 7,
      again: [9],
    });
    expect(story(walked).slice(-2)).toEqual(['2026-03-03 close F1 (paid)', '2026-03-03 send thanks F1']);
    expect(actsIn(walked).at(-1)?.review).toBe(instant('2026-03-03T09:00:00-06:00'));
  });

  it('and goes back reopens the debt from its dates, repeats nothing, and closes again without a second thanks', () => {
    const back = aPayment({ to: 'F1', state: 'reversed' });
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 20, {
      facts: {
        '2026-03-03': [told.payment(aPayment({ to: 'F1' }))],
        '2026-03-04': [told.payment(back)],
        '2026-03-12': [told.payment({ ...back, state: 'booked' })],
      },
    });
    expect(story(walked)).toEqual([
      '2026-03-01 open F1',
      '2026-03-02 send s1d F1',
      '2026-03-03 close F1 (paid)',
      '2026-03-03 send thanks F1',
      '2026-03-04 open F1#2',
      '2026-03-04 skip s1d F1#2 (done_before)',
      '2026-03-06 send s5d F1',
      '2026-03-10 send s9d F1',
      '2026-03-11 exhaust F1#2',
      '2026-03-12 close F1#2 (paid)',
    ]);
  });
});

describe('a debt that comes back', () => {
  it('goes on with the repeats where it was', () => {
    const repeating = engineOf(aLadder(['1d'], { last: { repeat: '3d', times: 3 } }), aPlan({}, free));
    const walked = walk(repeating, owing(anInvoice()), '2026-03-01', 30, {
      facts: {
        '2026-03-09': [told.payment(aPayment({ to: 'F1' }))],
        '2026-03-11': [told.payment(aPayment({ to: 'F1', state: 'reversed' }))],
      },
    });
    expect(story(walked).slice(1)).toEqual([
      '2026-03-02 send s1d F1',
      '2026-03-05 send s1d F1',
      '2026-03-08 send s1d F1',
      '2026-03-09 close F1 (paid)',
      '2026-03-11 open F1#2',
      '2026-03-11 skip s1d F1#2 (done_before)',
      '2026-03-11 skip s1d F1#2 (done_before)',
      '2026-03-11 skip s1d F1#2 (done_before)',
      '2026-03-14 send s1d F1',
      '2026-03-17 exhaust F1#2',
    ]);
  });
});
