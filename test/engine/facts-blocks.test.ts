import { describe, expect, it } from 'vitest';
import { decide, evolveAll, explain, type FileEvent, recheck } from '../../src/engine/index.js';
import type { Plan } from '../../src/policy/types.js';
import {
  aLadder,
  anAccount,
  anInvoice,
  anUnbooked,
  aPayment,
  aPaymentPlan,
  aPlan,
  aRefund,
  aReply,
  aSource,
  engineOf,
  fileOf,
  instant,
  owing,
  told,
} from '../support/build.js';
import { sent, story, walk } from '../support/walk.js';

const ladder = aLadder(['1d', '3d', '7d', '14d']);

function messages(
  facts: Readonly<Record<string, readonly FileEvent[]>>,
  plan: Plan = aPlan(),
  from: readonly FileEvent[] = [told.invoice(anInvoice())],
): readonly string[] {
  const file = fileOf(told.account(anAccount()), ...from);
  return sent(walk(engineOf(ladder, plan), file, '2026-03-01', 60, { facts }));
}

describe('money that was seen', () => {
  it('pauses the ladder for its days, then the next stage comes after the restart gap', () => {
    expect(messages({ '2026-03-03': [told.unbooked(anUnbooked({ on: '2026-03-03' }))] })).toEqual([
      '2026-03-02 s1d F1',
      '2026-03-10 s3d F1',
      '2026-03-14 s7d F1',
      '2026-03-21 s14d F1',
    ]);
    const plan = aPlan({ blocks: { unbooked: '1d' } });
    expect(messages({ '2026-03-03': [told.unbooked(anUnbooked({ on: '2026-03-03' }))] }, plan)[1]).toBe(
      '2026-03-06 s3d F1',
    );
  });

  it('that is booked settles, and that failed lets the ladder go on', () => {
    const seen = told.unbooked(anUnbooked({ on: '2026-03-03' }));
    const booked = told.unbooked(anUnbooked({ on: '2026-03-03', state: 'booked' }));
    const paid = told.payment(aPayment({ to: 'F1', date: '2026-03-04' }));
    expect(messages({ '2026-03-03': [seen], '2026-03-04': [booked, paid] })).toEqual(['2026-03-02 s1d F1']);
    const failed = told.unbooked(anUnbooked({ on: '2026-03-03', state: 'failed' }));
    expect(messages({ '2026-03-03': [seen], '2026-03-05': [failed] })[1]).toBe('2026-03-06 s3d F1');
  });
});

describe('a reply', () => {
  it('pauses the ladder, or does not where the plan says continue', () => {
    const reply = told.reply(aReply({ on: '2026-03-03' }));
    expect(messages({ '2026-03-03': [reply] })[1]).toBe('2026-03-08 s3d F1');
    expect(messages({ '2026-03-03': [reply] }, aPlan({ blocks: { reply: 'continue' } }))[1]).toBe(
      '2026-03-04 s3d F1',
    );
  });
});

describe('a payment plan', () => {
  const plan = told.plan(aPaymentPlan({ made: '2026-03-03' }));
  const broken = told.plan(aPaymentPlan({ made: '2026-03-03', state: 'broken' }));

  it('takes the place of the schedule: its instalments climb on their own dates', () => {
    expect(messages({ '2026-03-03': [plan] })).toEqual([
      '2026-03-02 s1d F1',
      '2026-04-02 s1d ~plan:p1~1',
      '2026-04-04 s3d ~plan:p1~1',
      '2026-04-08 s7d ~plan:p1~1',
      '2026-04-15 s14d ~plan:p1~1',
    ]);
    const instalment = told.payment(aPayment({ amount: 5_000, to: 'F1', date: '2026-04-03' }));
    expect(messages({ '2026-03-03': [plan], '2026-04-03': [instalment] })).toEqual([
      '2026-03-02 s1d F1',
      '2026-04-02 s1d ~plan:p1~1',
    ]);
  });

  it('that is broken gives the invoice its place on the ladder back', () => {
    expect(messages({ '2026-03-03': [plan], '2026-04-05': [broken] })).toEqual([
      '2026-03-02 s1d F1',
      '2026-04-02 s1d ~plan:p1~1',
      '2026-04-04 s3d ~plan:p1~1',
      '2026-04-06 s3d F1',
      '2026-04-10 s7d F1',
      '2026-04-17 s14d F1',
    ]);
  });

  it('that is paid in full settles plan and invoice', () => {
    const all = told.payment(aPayment({ to: 'F1', date: '2026-03-20' }));
    const walked = walk(engineOf(ladder), owing(anInvoice()), '2026-03-01', 40, {
      facts: { '2026-03-03': [plan], '2026-03-20': [all] },
    });
    const lines = story(walked).filter((line) => line.startsWith('2026-03-20'));
    expect(lines.sort()).toEqual([
      '2026-03-20 close F1 (paid)',
      '2026-03-20 close ~plan:p1~1 (paid)',
      '2026-03-20 close ~plan:p1~2 (paid)',
    ]);
  });

  it('is what explain tells of the invoice', () => {
    const engine = engineOf(ladder);
    const file = evolveAll(owing(anInvoice()), [plan]);
    const { items } = explain(engine, file, instant('2026-03-05T10:00:00-06:00'));
    expect(items[0]).toMatchObject({ item: 'F1', failed: 'not_blocked', reason: 'plan' });
    expect(items[1]).toMatchObject({
      item: '~plan:p1~1',
      number: 'p1 1/2',
      due: '2026-04-01',
      failed: 'date',
    });
  });
});

describe('a required source', () => {
  const plan = aPlan({ sources: { bank: { maxAge: '24h' } } });
  const health = (at: string): FileEvent => told.source(aSource({ at: instant(at) }));
  const engine = engineOf(ladder, plan);
  const now = instant('2026-03-02T10:00:00-06:00');

  it('that was never heard of, is too old or failed keeps everything back, and says so', () => {
    const said = (...facts: readonly FileEvent[]): unknown =>
      decide(engine, evolveAll(owing(anInvoice()), facts), now).waiting.map((one) => one.reason);
    expect(said()).toEqual(['source']);
    expect(said(health('2026-03-01T10:00:00-06:00'))).toEqual([]);
    expect(said(health('2026-03-01T09:59:59-06:00'))).toEqual(['source']);
  });

  it('pauses nothing: once it is fresh the ladder is where it was', () => {
    const fresh = (day: string): FileEvent => health(`2026-03-${day}T09:00:00-06:00`);
    const facts = { '2026-03-02': [fresh('02')], '2026-03-05': [fresh('05')], '2026-03-08': [fresh('08')] };
    const walked = walk(engine, owing(anInvoice()), '2026-03-01', 9, { facts });
    expect(story(walked)).toEqual([
      '2026-03-01 open F1',
      '2026-03-02 send s1d F1',
      '2026-03-05 send s3d F1',
      '2026-03-08 send s7d F1',
    ]);
  });

  it('is asked again at dispatch', () => {
    const file = evolveAll(owing(anInvoice()), [health('2026-03-02T09:00:00-06:00')]);
    const decision = decide(engine, file, now);
    const [act] = decision.acts;
    const planned = evolveAll(file, decision.events);
    expect(recheck(engine, planned, act!, now + 3_600_000)).toEqual({ ok: true });
    const late = instant('2026-03-03T09:00:01-06:00');
    expect(recheck(engine, planned, act!, late)).toEqual({ ok: false, reason: 'source' });
  });

  it('wakes the account when it grows too old', () => {
    const file = evolveAll(owing(anInvoice({ due: '2026-03-20' })), [health('2026-03-02T09:00:00-06:00')]);
    expect(decide(engine, file, now).next).toBe(instant('2026-03-03T09:00:00-06:00') + 1);
  });
});

describe('booked fees', () => {
  const fee = { id: 'fee', amount: 500, on: '2026-03-02', waived: false };
  const charged = told.invoice(anInvoice({ total: 10_500, charges: [fee] }));

  it('carry no case: when the debt is paid it is over', () => {
    const debt = told.payment(aPayment({ amount: 10_000, to: 'F1', date: '2026-03-03' }));
    const walked = walk(engineOf(ladder), owing(anInvoice()), '2026-03-01', 30, {
      facts: { '2026-03-02': [charged], '2026-03-03': [debt] },
    });
    expect(story(walked).at(-1)).toBe('2026-03-03 close F1 (charges)');
  });
});

it('a refund reopens the debt from its original date, and repeats no done message', () => {
  const paid = told.payment(aPayment({ to: 'F1', date: '2026-03-05' }));
  const back = told.refund(aRefund({ amount: 4_000, date: '2026-03-09' }));
  const never = told.refund(aRefund({ amount: 4_000, date: '2026-03-09', state: 'reversed' }));
  expect(messages({ '2026-03-05': [paid], '2026-03-09': [back] })).toEqual([
    '2026-03-02 s1d F1',
    '2026-03-04 s3d F1',
    '2026-03-09 s7d F1',
    '2026-03-15 s14d F1',
  ]);
  expect(messages({ '2026-03-05': [paid], '2026-03-09': [back], '2026-03-10': [never] })).toHaveLength(3);
});
