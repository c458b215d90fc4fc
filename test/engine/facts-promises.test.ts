import { describe, expect, it } from 'vitest';
import { compile, decide, explain, type FileEvent } from '../../src/engine/index.js';
import type { Condition, Plan } from '../../src/policy/types.js';
import {
  aLadder,
  anInvoice,
  aPayment,
  aPlan,
  aPromise,
  aStage,
  engineOf,
  instant,
  owing,
  told,
} from '../support/build.js';
import { sent, walk } from '../support/walk.js';

const ladder = aLadder(['1d', '3d', '7d', '14d']);

/** What ended, by day, from 1 March 2026 on. */
function ended(
  facts: Readonly<Record<string, readonly FileEvent[]>>,
  plan: Plan = aPlan(),
): readonly string[] {
  return walk(engineOf(ladder, plan), owing(anInvoice()), '2026-03-01', 30, { facts }).days.flatMap(
    ({ day, settled }) =>
      settled
        .flatMap((one) => one.events)
        .flatMap((event) =>
          event.type === 'promise.ended' ? [`${day} ${event.promise.id} ${event.promise.outcome}`] : [],
        ),
  );
}

const promise = told.promise(aPromise({ amount: 6_000, date: '2026-03-10' }));
const paid = (amount: number, date: string): FileEvent => told.payment(aPayment({ amount, to: 'F1', date }));

describe('a promise', () => {
  it('ends once: kept on the day it is paid, partly kept or broken the day after its last, or cancelled', () => {
    const on = (...facts: readonly FileEvent[]): readonly string[] =>
      ended({ '2026-03-02': [promise], '2026-03-06': facts });
    expect(on()).toEqual(['2026-03-11 W1 broken']);
    expect(on(paid(6_000, '2026-03-06'))).toEqual(['2026-03-06 W1 kept']);
    expect(on(paid(2_000, '2026-03-06'))).toEqual(['2026-03-11 W1 partly']);
    expect(on(told.promise(aPromise({ state: 'cancelled' })))).toEqual(['2026-03-06 W1 cancelled']);
  });

  it('has the grace, tolerance and default day of the plan', () => {
    const plan = aPlan({ blocks: { promise: { grace: '2d', tolerance: 50, within: '3d' } } });
    const open = told.promise(aPromise({ amount: 6_000, date: undefined }));
    expect(ended({ '2026-03-02': [open] }, plan)).toEqual(['2026-03-08 W1 broken']);
    expect(ended({ '2026-03-02': [open], '2026-03-04': [paid(3_000, '2026-03-04')] }, plan)).toEqual([
      '2026-03-04 W1 kept',
    ]);
  });

  it('ends in the first review of its day, even where nothing is dunned', () => {
    const engine = engineOf(ladder, aPlan({ default: null }));
    const file = walk(engine, owing(anInvoice()), '2026-03-01', 1, {
      facts: { '2026-03-01': [promise] },
    }).file;
    const before = decide(engine, file, instant('2026-03-10T10:00:00-06:00'));
    expect(before.next).toBe(instant('2026-03-11T00:00:00-06:00'));
    const decision = decide(engine, file, instant('2026-03-11T00:00:00-06:00'));
    expect(decision.events.map((event) => event.type)).toEqual(['promise.ended', 'review.made']);
  });

  it('that is broken lets the ladder go on at the next stage, after the restart gap', () => {
    const all = told.promise(aPromise({ date: '2026-03-10' }));
    const walked = walk(engineOf(ladder), owing(anInvoice()), '2026-03-01', 30, {
      facts: { '2026-03-03': [all] },
    });
    expect(sent(walked)).toEqual([
      '2026-03-02 s1d F1',
      '2026-03-12 s3d F1',
      '2026-03-16 s7d F1',
      '2026-03-23 s14d F1',
    ]);
  });

  it('is a fact for conditions in the review that ends it', () => {
    const holds = (when: Condition): readonly string[] => {
      const policy = aLadder([], { stages: [aStage('s', '1d', { when })] });
      return sent(
        walk(engineOf(policy), owing(anInvoice()), '2026-03-01', 20, { facts: { '2026-03-01': [promise] } }),
      );
    };
    expect(holds({ fact: 'account.promisesBroken', gte: 1 })).toEqual(['2026-03-11 s F1']);
    expect(holds({ fact: 'account.openPromises', gt: { MXN: '0' } })).toEqual(['2026-03-02 s F1']);
    expect(holds({ fact: 'account.promisesKept', gte: 1 })).toEqual([]);
  });

  it('that ended is in what explain looks at', () => {
    const policy = aLadder([], {
      stages: [aStage('s', '1d', { when: { fact: 'account.promisesBroken', gte: 1 } })],
    });
    const engine = compile({ plan: aPlan(), policies: [policy] });
    const file = walk(engine, owing(anInvoice()), '2026-03-01', 5, {
      facts: { '2026-03-01': [promise] },
    }).file;
    const [item] = explain(engine, file, instant('2026-03-11T10:00:00-06:00')).items;
    expect(item?.stages[0]?.condition).toMatchObject({ holds: true });
  });
});
