import { describe, expect, it } from 'vitest';
import { type Engine, evolveAll, explain, type FileEvent } from '../../src/engine/index.js';
import type { Plan } from '../../src/policy/types.js';
import {
  aDispute,
  aHold,
  aLadder,
  anInvoice,
  anUnbooked,
  aPayment,
  aPaymentPlan,
  aPlan,
  aPromise,
  aReply,
  aSource,
  engineOf,
  free,
  instant,
  owing,
  told,
} from '../support/build.js';
import { linesOf } from '../support/explained.js';

/** Of each kind of block: which record ends it, how, and the day on which it ends by itself. */

const at = instant('2026-03-06T10:00:00-06:00');
const engineWith = (plan: Partial<Plan> = {}): Engine =>
  engineOf(aLadder(['1d', '9d'], { entry: 'latest' }), aPlan(plan, free));
const f1 = anInvoice();

/** The answer for F1 on 6 March. */
function answer(facts: readonly FileEvent[], plan: Partial<Plan> = {}, item = 'F1'): string | undefined {
  const file = evolveAll(owing(f1), facts);
  const found = explain(engineWith(plan), file, at).items.find((one) => one.item === item);
  return found === undefined ? undefined : linesOf(found)[1];
}

describe('a block of a kind', () => {
  it.each<[string, readonly FileEvent[], Partial<Plan>, string]>([
    [
      'hold',
      [told.hold(aHold({ until: '2026-03-20' }))],
      {},
      'rests not_blocked hold at 03-21T06 [block hold H1 talks 10000 MXN release 2026-03-20 | date 2026-03-21 03-21T06] (4 asked)',
    ],
    [
      'hold for ever',
      [told.hold(aHold())],
      {},
      'rests not_blocked hold [block hold H1 talks 10000 MXN release] (4 asked)',
    ],
    [
      'hold that comes',
      [told.hold(aHold({ from: '2026-03-07', until: '2026-03-08' }))],
      {},
      'acts with s1d to ana:email (10 asked)',
    ],
    [
      'dispute',
      [told.dispute(aDispute())],
      {},
      'rests not_blocked dispute [block dispute D1 damaged 10000 MXN settle] (4 asked)',
    ],
    [
      'promise',
      [told.promise(aPromise())],
      {},
      'rests not_blocked promise at 03-11T06 [block promise W1 promise 10000 MXN cancel 2026-03-10 | date 2026-03-11 03-11T06] (4 asked)',
    ],
    [
      'money reported',
      [told.unbooked(anUnbooked())],
      {},
      'rests not_blocked unbooked at 03-11T06 [block unbooked U1 debtor 10000 MXN book 2026-03-10 | date 2026-03-11 03-11T06] (4 asked)',
    ],
    [
      'reply',
      [told.reply(aReply())],
      {},
      'rests not_blocked reply at 03-09T06 [block reply Y1 reply 10000 MXN handle 2026-03-08 | date 2026-03-09 03-09T06] (4 asked)',
    ],
    [
      'source',
      [told.source(aSource({ state: 'failed' }))],
      { sources: { bank: { maxAge: '24h' } } },
      'rests not_blocked source [block source bank bank 10000 MXN refresh] (4 asked)',
    ],
    [
      'source unheard of',
      [],
      { sources: { bank: { maxAge: '24h' } } },
      'rests not_blocked source [block source bank bank 10000 MXN refresh] (4 asked)',
    ],
    [
      'two sources',
      [],
      { sources: { bank: { maxAge: '24h' }, erp: { maxAge: '24h' } } },
      'rests not_blocked source [block source bank bank 10000 MXN refresh + block source erp erp 10000 MXN refresh] (4 asked)',
    ],
    [
      'money put to nothing',
      [told.payment(aPayment())],
      {},
      'rests not_blocked unapplied [block unapplied unapplied 10000 MXN apply] (4 asked)',
    ],
    [
      'payment plan',
      [told.plan(aPaymentPlan())],
      {},
      'rests not_blocked plan [block plan p1 plan 10000 MXN end] (4 asked)',
    ],
  ])('is ended by its own record: %s', (_, facts, plan, said) => {
    expect(answer(facts, plan)).toBe(said);
  });
});

describe('several blocks', () => {
  const hold = (id: string, own: Parameters<typeof aHold>[0] = {}) => told.hold(aHold({ id, ...own }));
  const part = (id: string, amount: number) => told.dispute(aDispute({ id, amount, currency: 'MXN' }));
  const paid = (id: string, amount: number) => told.payment(aPayment({ id, amount }));

  it.each<[string, readonly FileEvent[], Partial<Plan>, string]>([
    [
      'holds all end together',
      [hold('H1'), hold('H2'), hold('H3'), hold('H4')],
      {},
      'rests not_blocked hold [block hold H1 talks 10000 MXN release + block hold H2 talks 10000 MXN release + block hold H3 talks 10000 MXN release + block hold H4 talks 10000 MXN release] (4 asked)',
    ],
    [
      'more than four are too many to name',
      [1, 2, 3, 4, 5].map((n) => hold(`H${n}`)),
      {},
      'rests not_blocked hold [] (4 asked)',
    ],
    [
      'the last to end by itself gives the day',
      [hold('H1', { until: '2026-03-20' }), hold('H2', { until: '2026-03-10' })],
      {},
      'rests not_blocked hold at 03-21T06 [date 2026-03-21 03-21T06 | block hold H1 talks 10000 MXN release 2026-03-20 + block hold H2 talks 10000 MXN release 2026-03-10] (4 asked)',
    ],
    [
      'one that never ends leaves no day',
      [hold('H1', { until: '2026-03-20' }), hold('H2')],
      {},
      'rests not_blocked hold [block hold H2 talks 10000 MXN release + block hold H1 talks 10000 MXN release 2026-03-20] (4 asked)',
    ],
    [
      'a gap between two is the day',
      [hold('H1', { until: '2026-03-08' }), hold('H2', { from: '2026-03-10', until: '2026-03-12' })],
      {},
      'rests not_blocked hold at 03-09T06 [block hold H1 talks 10000 MXN release 2026-03-08 | date 2026-03-09 03-09T06] (4 asked)',
    ],
    [
      'two that follow each other leave no gap',
      [hold('H1', { until: '2026-03-08' }), hold('H2', { from: '2026-03-09', until: '2026-03-12' })],
      {},
      'rests not_blocked hold at 03-09T06 [block hold H1 talks 10000 MXN release 2026-03-08 | date 2026-03-13 03-13T06] (4 asked)',
    ],
    [
      'either of two parts',
      [part('D1', 6_000), part('D2', 4_000)],
      {},
      'rests not_blocked dispute [block dispute D1 damaged 6000 MXN settle | block dispute D2 damaged 4000 MXN settle] (4 asked)',
    ],
    [
      'parts below the tolerance end together',
      [part('D1', 5_000), part('D2', 2_500), part('D3', 2_500)],
      { tolerance: { MXN: '60.00' } },
      'rests not_blocked dispute [block dispute D1 damaged 5000 MXN settle + block dispute D2 damaged 2500 MXN settle | block dispute D1 damaged 5000 MXN settle + block dispute D3 damaged 2500 MXN settle] (4 asked)',
    ],
    [
      'a larger part alone, the smaller ones together',
      [part('D1', 6_000), part('D2', 2_000), part('D3', 2_000)],
      { tolerance: { MXN: '35.00' } },
      'rests not_blocked dispute [block dispute D1 damaged 6000 MXN settle | block dispute D2 damaged 2000 MXN settle + block dispute D3 damaged 2000 MXN settle] (4 asked)',
    ],
    [
      'money put to nothing behind a hold',
      [hold('H1'), paid('P1', 10_000)],
      {},
      'rests not_blocked hold [block hold H1 talks 10000 MXN release + block unapplied unapplied 10000 MXN apply] (4 asked)',
    ],
    [
      'money put to nothing and a dispute of a part',
      [part('D1', 4_000), paid('P1', 6_000)],
      {},
      'rests not_blocked unapplied [block dispute D1 damaged 4000 MXN settle | block unapplied unapplied 6000 MXN apply] (4 asked)',
    ],
    [
      'a reply behind money reported',
      [told.unbooked(anUnbooked()), told.reply(aReply())],
      {},
      'rests not_blocked unbooked at 03-11T06 [date 2026-03-11 03-11T06 | block unbooked U1 debtor 10000 MXN book 2026-03-10 + block reply Y1 reply 10000 MXN handle 2026-03-08] (4 asked)',
    ],
    [
      'a source behind a promise',
      [told.promise(aPromise())],
      { sources: { bank: { maxAge: '24h' } } },
      'rests not_blocked promise at 03-11T06 [block promise W1 promise 10000 MXN cancel 2026-03-10 + block source bank bank 10000 MXN refresh] (4 asked)',
    ],
  ])('%s', (_, facts, plan, said) => {
    expect(answer(facts, plan)).toBe(said);
  });

  it('of one record on several items of a group is one change with all that it keeps back', () => {
    const policy = aLadder(['1d'], { unit: { group: ['account'] } });
    const engine = engineOf(policy, aPlan({}, free));
    const dispute = told.dispute(aDispute({ id: 'D2', invoice: 'F2' }));
    const file = evolveAll(owing(f1, anInvoice({ id: 'F2' }), anInvoice({ id: 'F3' })), [
      hold('H1'),
      dispute,
    ]);
    expect(explain(engine, file, at).items.map((item) => linesOf(item).slice(0, 3))).toEqual([
      [
        'F1 0/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 blocked',
        'rests not_blocked hold [block hold H1 talks 10000 MXN release] (4 asked)',
        '- s1d due 03-06 rests not_blocked hold [block hold H1 talks 20000 MXN release] (4 asked)',
      ],
      [
        'F2 0/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 blocked',
        'rests not_blocked dispute [block dispute D2 damaged 10000 MXN settle + block hold H1 talks 10000 MXN release] (4 asked)',
        '- s1d due 03-06 rests not_blocked hold [block hold H1 talks 20000 MXN release] (4 asked)',
      ],
      [
        'F3 0/10000 ladder@1 by default ladder/~MXN#1 open ~MXN F1 blocked',
        'rests not_blocked hold [block hold H1 talks 10000 MXN release] (4 asked)',
        '- s1d due 03-06 rests not_blocked hold [block hold H1 talks 20000 MXN release] (4 asked)',
      ],
    ]);
  });
});
