import { describe, expect, it } from 'vitest';
import { decide, evolve, evolveAll, settle } from '../../src/engine/index.js';
import {
  aContact,
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
  inTwoParts,
  owing,
  told,
} from '../support/build.js';
import { actsIn, sent, story, walk } from '../support/walk.js';

/** Defects that happened in shipped products of this field; here each stays away. */

const at = instant('2026-03-02T10:00:00-06:00');

describe('re-processing sends twice', () => {
  const engine = engineOf(aLadder(['1d', '3d']), aPlan({}, free));

  it('no: two reviews of one file want the same act under the same keys, so one of them loses', () => {
    const file = owing(anInvoice());
    const [a, b] = [decide(engine, file, at), decide(engine, file, at + 5_000)];
    expect(b.acts[0]?.id).toBe(a.acts[0]?.id);
    expect(b.acts[0]?.keys).toEqual(a.acts[0]?.keys);
  });

  it('no: the review after the one that planned it plans nothing, sent or not', () => {
    const file = owing(anInvoice());
    const planned = evolveAll(file, decide(engine, file, at).events);
    expect(decide(engine, planned, at + 5_000).acts).toEqual([]);
    expect(settle(engine, settle(engine, file, at).file, at + 5_000).acts).toEqual([]);
  });
});

describe('one debtor gets 22 mails in a day, another four copies of one', () => {
  it('no: twenty-two invoices make one message; twenty-two reviews make no more', () => {
    const invoices = Array.from({ length: 22 }, (_, index) =>
      anInvoice({ id: `F${index}`, due: `2026-02-${String(1 + index).padStart(2, '0')}` }),
    );
    const hours = Array.from({ length: 21 }, (_, index) => index + 1);
    const engine = engineOf(aLadder(['1d', '3d', '7d']), aPlan({}, free));
    const walked = walk(engine, owing(...invoices), '2026-03-02', 1, { hour: 0, again: hours });
    expect(actsIn(walked).map((act) => act.covers.length)).toEqual([22]);
  });

  it('no: a contact who holds several roles, or is named twice, hears of it once', () => {
    const twins = [aContact(), aContact({ id: 'ana2', role: 'manager' })];
    const stages = [aStage('s', '1d', { do: [{ send: 's' }, { send: 's', to: 'legal' }] })];
    const engine = engineOf(aLadder([], { stages }), aPlan({}, free));
    const file = fileOf(told.account(anAccount({ contacts: twins })), told.invoice(anInvoice()));
    expect(actsIn(walk(engine, file, '2026-03-02', 1)).map((act) => act.contact)).toEqual(['ana']);
  });
});

it('a stage keyed on exact-day equality is lost when a run is missed', () => {
  const engine = engineOf(aLadder(['3d', '30d']));
  const down = ['2026-03-04', '2026-03-05'];
  expect(sent(walk(engine, owing(anInvoice()), '2026-03-01', 10, { down }))).toEqual(['2026-03-06 s3d F1']);
});

it('the sign of an offset is inverted', () => {
  const engine = engineOf(aLadder(['-5d', '5d']));
  expect(sent(walk(engine, owing(anInvoice()), '2026-02-10', 40))).toEqual([
    '2026-02-24 s-5d F1',
    '2026-03-06 s5d F1',
  ]);
});

it('removing one invoice silences the others on the message', () => {
  const engine = engineOf(aLadder(['1d', '3d']), aPlan({}, free));
  const file = owing(anInvoice({ id: 'A' }), anInvoice({ id: 'B' }), anInvoice({ id: 'C' }));
  const facts = { '2026-03-03': [told.invoice(anInvoice({ id: 'A', status: 'void' }))] };
  expect(sent(walk(engine, file, '2026-03-01', 5, { facts }))).toEqual([
    '2026-03-02 s1d A+B+C',
    '2026-03-04 s3d B+C',
  ]);
});

it('a message is taken for settled because one of its rows is', () => {
  const engine = engineOf(aLadder(['1d', '3d'], { on: { paid: [{ send: 'thanks' }] } }), aPlan({}, free));
  const facts = { '2026-03-03': [told.payment(aPayment({ amount: 5_000, to: 'F1~2' }))] };
  const walked = walk(engine, owing(inTwoParts()), '2026-03-01', 4, { facts });
  expect(story(walked).slice(2)).toEqual([
    '2026-03-02 send s1d F1~1',
    '2026-03-03 close F1~2 (paid)',
    '2026-03-03 send thanks F1~2',
    '2026-03-04 send s3d F1~1',
  ]);
});

describe('wrong currency, or another invoice’s amount, on a consolidated message', () => {
  it('no: each line says its own, totals stand apart by currency', () => {
    const file = owing(
      anInvoice({ id: 'A', total: 100 }),
      anInvoice({ id: 'B', total: 7, currency: 'USD' }),
      anInvoice({ id: 'C', total: 3_000, currency: 'CLP' }),
    );
    const [act] = decide(engineOf(aLadder(['1d'])), file, at).acts;
    expect(act?.items.map(({ item, currency, outstanding }) => [item, outstanding, currency])).toEqual([
      ['A', 100, 'MXN'],
      ['B', 7, 'USD'],
      ['C', 3_000, 'CLP'],
    ]);
    expect(act?.totals).toEqual([
      { minor: 3_000, currency: 'CLP' },
      { minor: 100, currency: 'MXN' },
      { minor: 7, currency: 'USD' },
    ]);
  });

  it('no: a tolerance is compared in its own currency', () => {
    const engine = engineOf(aLadder(['1d']), aPlan({ tolerance: { MXN: '50.00' } }));
    const file = owing(anInvoice({ total: 4_999 }), anInvoice({ id: 'USD', total: 4_999, currency: 'USD' }));
    expect(decide(engine, file, at).acts[0]?.covers.map((cover) => cover.subject)).toEqual(['USD']);
  });

  it('no: sums are exact where binary fractions are not', () => {
    const file = owing(
      ...Array.from({ length: 10 }, (_, index) => anInvoice({ id: `F${index}`, total: 10 })),
    );
    expect(decide(engineOf(aLadder(['1d'])), file, at).acts[0]?.totals).toEqual([
      { minor: 100, currency: 'MXN' },
    ]);
  });
});

it('a threshold on gross totals counts partly paid invoices in full', () => {
  const stage = aStage('s', '1d', { when: { fact: 'account.overdue', gte: { MXN: '150.00' } } });
  const engine = engineOf(aLadder([], { stages: [stage] }));
  const file = owing(anInvoice(), anInvoice({ id: 'F2' }));
  expect(decide(engine, file, at).acts).toHaveLength(1);
  const partly = evolve(file, told.payment(aPayment({ amount: 5_001, to: 'F1' })));
  expect(decide(engine, partly, at)).toMatchObject({ acts: [], waiting: [{ reason: 'condition' }, {}] });
});

describe('dunned on the due date itself', () => {
  it('no: the due date is not overdue, in the zone of the books', () => {
    const engine = engineOf(aLadder(['1d']));
    expect(decide(engine, owing(anInvoice()), instant('2026-03-01T23:59:59-06:00')).acts).toEqual([]);
    const [act] = decide(engine, owing(anInvoice()), instant('2026-03-02T00:00:00-06:00')).acts;
    expect(act?.items[0]?.daysPastDue).toBe(1);
  });

  it('no: a reminder of the due date itself is no overdue one', () => {
    const engine = engineOf(aLadder(['0d']), aPlan({}, free));
    const file = owing(anInvoice(), anInvoice({ id: 'LATE', due: '2026-02-28' }));
    const acts = decide(
      engineOf(aLadder(['0d', '1d']), aPlan({}, free)),
      file,
      instant('2026-03-01T10:00:00-06:00'),
    ).acts;
    expect(acts.map((act) => act.covers.map((cover) => cover.subject))).toEqual([['LATE'], ['F1']]);
    expect(
      decide(engine, owing(anInvoice()), instant('2026-03-01T10:00:00-06:00')).acts[0]?.items[0]?.daysPastDue,
    ).toBe(0);
  });
});

it('planned but never sent stages count as dunned', () => {
  const stages = [aStage('a', '1d'), aStage('b', '0d', { at: { from: 'previous', plus: '2d' } })];
  const engine = engineOf(aLadder([], { stages }), aPlan({}, { gap: '2d' }));
  const file = owing(anInvoice());
  const planned = decide(engine, file, at);
  const back = evolveAll(file, [
    ...planned.events,
    { type: 'act.withdrawn', act: planned.acts[0]?.id ?? '', reason: 'changed', on: '2026-03-02' },
  ]);
  // Neither level nor gap nor the next trigger have moved.
  expect(sent(walk(engine, back, '2026-03-03', 5))).toEqual(['2026-03-03 a F1', '2026-03-05 b F1']);
});

it('partly paid invoices are skipped, the remaining balance is not shown', () => {
  const file = evolve(owing(anInvoice()), told.payment(aPayment({ amount: 9_999, to: 'F1' })));
  expect(decide(engineOf(aLadder(['1d'])), file, at).acts[0]?.items).toMatchObject([
    { original: 10_000, paid: 9_999, outstanding: 1, dunnable: 1 },
  ]);
});
